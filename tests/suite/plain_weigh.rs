//! `kezhi --plain`: a step that others see or that does not come back is asked for, and what is light comes back.

use crate::command::{Desk, ok};
use crate::plain::{in_order, person, talk};

#[test]
fn what_others_see_is_told_and_takes_a_one() {
    let desk = Desk::new();
    let dir = desk.path();
    person(dir, "单立文", "13912344471");
    let text = talk(
        dir,
        &[
            "看 zy1",
            "办理 zy1 leave",
            "搬走",
            "",
            "+",
            "2",
            ".",
            "看 zy1",
        ],
    );
    in_order(
        &text,
        &[
            "请核对：退出，ZY-000001，单立文，此后为 已退出",
            "谁看到：所派活动的队伍",
            "1 退出，2 返回",
            "没有办理",
        ],
    );
    assert!(!text.contains("已办「退出」"), "{text}");
    assert!(!ok(dir, &["show", "zy1"]).contains("已退出"));
    let text = talk(dir, &["办理 zy1 leave", "搬走", "", "+", "x", "1"]);
    in_order(&text, &["1 退出，2 返回", "1 退出，2 返回", "已办「退出」"]);
    // What others see is not taken back.
    assert!(!text.contains("撤回 可撤回"), "{text}");
    assert!(ok(dir, &["show", "zy1"]).contains("已退出"));
}

#[test]
fn what_does_not_come_back_takes_the_last_four_digits() {
    let desk = Desk::new();
    let dir = desk.path();
    person(dir, "单立文", "13912344471");
    // A rule that stands in the way comes before the question.
    let text = talk(dir, &["办理 ZZ-0035 dissolve", "并入", "", "+", "."]);
    assert!(text.contains("不行：还有 1 名志愿者"), "{text}");
    assert!(!text.contains("后四位"), "{text}");
    let text = talk(
        dir,
        &["办理 ZZ-0036 dissolve", "并入", "", "+", "0035", "", "."],
    );
    in_order(
        &text,
        &[
            "不能恢复：注销的组织不能恢复",
            "注销原因：并入",
            "写 ZZ-0036 的后四位就办理",
            "与编号后四位不符",
            "没有办理",
        ],
    );
    assert!(!ok(dir, &["show", "zz36"]).contains("已注销"));
    let text = talk(dir, &["草稿", "1", "+", "", "００３６"]);
    in_order(&text, &["注销原因：并入", "已办「注销」：ZZ-0036"]);
    assert!(ok(dir, &["show", "zz36"]).contains("已注销"));
}

#[test]
fn what_is_light_comes_back_within_the_dialogue() {
    let desk = Desk::new();
    let dir = desk.path();
    person(dir, "单立文", "13912344471");
    let text = talk(
        dir,
        &[
            "撤回",
            "编辑 zy1",
            "/工作单位",
            "农牧局",
            "",
            "撤回",
            "撤回",
        ],
    );
    in_order(
        &text,
        &[
            "没有可撤回的",
            "已保存：ZY-000001，第 2 版",
            "30 秒内写 撤回",
            "已撤回「修改」：ZY-000001",
            "没有可撤回的",
        ],
    );
    assert!(!ok(dir, &["show", "zy1"]).contains("农牧局"));
}
