//! `kezhi --plain`: what is typed and not sent is there at the next call, however the first one ended.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::command::{Desk, kezhi, ok};
use crate::plain::{heard, in_order, person, talk};

/// A dialogue that goes on while the test looks.
struct Call {
    child: Child,
    typed: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Call {
    fn new(dir: &Path) -> Call {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kezhi"))
            .arg("--data")
            .arg(dir)
            .arg("--plain")
            .env_remove("KEZHI_SOCKET")
            .env_remove("KEZHI_LANG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let typed = child.stdin.take().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Call {
            child,
            typed,
            lines,
        }
    }

    fn write(&mut self, text: &str) {
        self.typed.write_all(text.as_bytes()).unwrap();
    }

    /// All that is heard up to a mark.
    fn until(&mut self, mark: &str) -> String {
        let mut heard = String::new();
        while !heard.contains(mark) {
            let line = self.lines.next();
            let line = line.unwrap_or_else(|| panic!("{mark} never came:\n{heard}"));
            heard.push_str(&line.unwrap());
            heard.push('\n');
        }
        heard
    }
}

#[test]
fn a_half_filled_form_outlives_the_end_of_the_input() {
    let desk = Desk::new();
    let dir = desk.path();
    let text = talk(dir, &["新建 志愿者", "陈二虎", "/手机", "138-0013-8000"]);
    in_order(&text, &["已存草稿", "以后答一项存一项", "草稿 接着填"]);
    assert_eq!(text.matches("以后答一项存一项").count(), 1, "{text}");
    // The next call says so, reads it out, and goes on where it was.
    let text = talk(
        dir,
        &["草稿", "1", "+", "?", "", "红山区科技志愿者队", "", "草稿"],
    );
    in_order(
        &text,
        &[
            "有 1 份没有提交的草稿",
            "1 新建志愿者，已填 2 项",
            "姓名：陈二虎",
            "手机：",
            "还缺：所属组织",
            "已保存：ZY-000001",
            "没有草稿",
        ],
    );
    let shown = ok(dir, &["show", "zy1"]);
    assert!(shown.contains("陈二虎") && shown.contains("138****8000"));
}

#[test]
fn ctrl_c_in_the_middle_of_a_long_text_loses_no_line_that_was_finished() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut call = Call::new(dir);
    call.write("新建 投诉\n/事实\n队伍活动迟到一小时\n");
    call.until("已存草稿");
    // The writes after the first are not told.
    call.write("负责人没有到场\n\n/请求\n道歉\n");
    let pid = call.child.id().to_string();
    for _ in 0..20 {
        if talk(dir, &["草稿"]).contains("已填 2 项") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap()
            .success()
    );
    let told = call.until("已结束");
    assert!(told.contains("答过的各项已存草稿"), "{told}");
    assert!(call.child.wait().unwrap().success());
    let text = talk(dir, &["草稿", "1", "/提交", "+", "."]);
    assert!(text.contains("新建投诉"), "{text}");
    let text = talk(dir, &["草稿", "1", "/事实", ".", "退出"]);
    in_order(&text, &["现为 队伍活动迟到一小时；负责人没有到场"]);
}

#[test]
fn a_draft_is_thrown_away_and_taken_back_by_its_number() {
    let desk = Desk::new();
    let dir = desk.path();
    let text = talk(
        dir,
        &[
            "新建 志愿者",
            "陈二虎",
            ".",
            "放弃 1",
            "草稿",
            "放弃 1",
            "草稿",
            "1",
            "1",
            ".",
        ],
    );
    in_order(
        &text,
        &[
            "草稿 接着填，退出也还在",
            "不行：还没有读出有序号的",
            "1 新建志愿者",
            "已放弃：新建志愿者",
            "已放弃，写序号恢复",
            "已恢复：新建志愿者",
            "1 新建志愿者，已填 1 项",
            "志愿者，共",
        ],
    );
    // What reads alone has no drafts to go on with.
    let denied = heard(dir, &["--read-only"], "草稿\n".as_bytes());
    assert!(denied.contains("打开时没有 --read-only 的科志"), "{denied}");
    assert!(!denied.contains("新建志愿者"));
}

#[test]
fn whoever_opened_a_draft_last_goes_on_with_it() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut first = Call::new(dir);
    first.write("新建 志愿者\n陈二虎\n");
    first.until("已存草稿");
    let text = talk(dir, &["草稿", "1", "/民族", "蒙古族", "."]);
    assert!(text.contains("已填 1 项"), "{text}");
    first.write("/性别\n男\n");
    let told = first.until("在那边接着填");
    assert!(told.contains("草稿已在另一终端打开"), "{told}");
    // Nothing that came later was overwritten.
    first.write("草稿\n1\n/民族\n.\n退出\n");
    let told = first.until("再见");
    assert!(told.contains("现为 蒙古族"), "{told}");
    assert!(first.child.wait().unwrap().success());
    assert!(kezhi(dir, &["show", "zy1"]).status.code() != Some(0));
}

#[test]
fn an_edit_is_gone_on_with_on_the_record_as_it_is_now() {
    let desk = Desk::new();
    let dir = desk.path();
    person(dir, "单立文", "13912344471");
    talk(dir, &["编辑 zy1", "/工作单位", "农牧局"]);
    ok(dir, &["edit", "zy1", "gender=男"]);
    let text = talk(dir, &["草稿", "1", "+", "", ""]);
    in_order(
        &text,
        &[
            "编辑 ZY-000001",
            "对方的其他改动已并入",
            "已保存：ZY-000001，第 3 版",
        ],
    );
    let shown = ok(dir, &["show", "zy1"]);
    assert!(shown.contains("农牧局") && shown.contains("男"));
}
