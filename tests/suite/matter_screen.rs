//! A complaint about the leader of a county's team, and the oversight of a major activity, as an operator
//! does it by keys.

use std::path::Path;

use kezhi::domain::kind::{KINDS, Kind};
use kezhi::domain::lifecycle::Weight;
use serde_json::Value;

use crate::command::{Desk, json, ok};
use crate::screen::{F7, F8, Terminal};
use crate::story::people;
use crate::story_screen::{BACK, Operator};

const F3: &str = "\x1bOR";

fn day(by: i64) -> String {
    let today = chrono::Local::now().date_naive();
    (today + chrono::Duration::days(by)).to_string()
}

/// Three people in 红山区's team, which 王建国 leads; an operator of the league beside whoever runs this.
fn desk() -> (Desk, Operator) {
    let desk = people();
    let dir = desk.path();
    ok(dir, &["do", "confirm", "ZY-000002"]);
    let leads = ["do", "appoint", "ZZ-0035", "post=队长", "holder=王建国"];
    ok(dir, &[&leads[..], &["--reason", "试"]].concat());
    let clerk = ["new", "operator", "user=limin", "name=李敏"];
    ok(
        dir,
        &[&clerk[..], &["roles=值班员", "scope=ZZ-0005"]].concat(),
    );
    let one = Terminal::open(dir, 120, 36, &[]);
    (desk, Operator { one })
}

fn field(dir: &Path, code: &str, key: &str) -> Value {
    json(dir, &["show", code])["fields"][key].clone()
}

/// The last day of a clock of a case.
fn due(dir: &Path, code: &str, clock: &str) -> String {
    let clocks = json(dir, &["case", code])["clocks"].clone();
    let mut rows = clocks.as_array().unwrap().iter();
    let one = rows.find(|one| one["key"] == clock).unwrap();
    one["due"].as_str().unwrap().to_owned()
}

/// The digit that stands before a step on the screen of a case.
fn digit(text: &str, step: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| !line.contains("下一步"));
    let line = lines.find(|line| line.contains(&format!(" {step}  ")))?;
    let (before, _) = line.split_once(&format!(" {step}  "))?;
    let digit = before.chars().last().filter(char::is_ascii_digit)?;
    Some(digit.to_string())
}

/// The number of a case of which the screen is shown.
fn shown(text: &str, head: &str) -> Option<String> {
    let (_, rest) = text.split_once(head)?;
    rest.split_whitespace().next().map(str::to_owned)
}

/// Takes a step of the open case by its digit, with what its form asks.
fn takes(who: &mut Operator, code: &str, step: &str, fields: &[&str]) -> String {
    let digit = who.one.until(step, |text| digit(text, step));
    who.does(&digit, &format!("━ {step} {code} "));
    agrees(who, step, fields, &format!("已办「{step}」：{code}"))
}

/// Fills the form of a step; what others see of it is asked about first.
fn agrees(who: &mut Operator, step: &str, fields: &[&str], seen: &str) -> String {
    let mut steps = KINDS.iter().flat_map(|spec| spec.steps);
    let known = steps.find(|one| one.label.zh == step).unwrap();
    if known.weight == Weight::Light {
        return who.fills(fields, seen);
    }
    who.fills(fields, "谁看到");
    who.does("1", seen)
}

#[test]
fn from_the_call_to_the_first_decision_by_keys() {
    let (desk, mut who) = desk();
    let dir = desk.path();

    // The call: what is said stands in the form as it is said, and whom it is about is found by name.
    who.sees("1/3");
    who.does(&format!("{BACK}4"), "━ 4 投诉与监督");
    who.does(F7, "━ 新建 投诉");
    let who_called = ["投诉", "电话", "李四", "13912345678", "", "是", ""];
    who.one.send(&who_called.join("\t"));
    who.sees("─ 被反映对象  7/");
    who.does(F3, "━ 选择 被反映对象");
    who.does("王建国", "[ ] 王建国  ZY-000002");
    who.does("\r", "─ 未登记的对象  8/");
    let received = format!("{} 10:00", day(-14));
    let said = [
        "",
        "",
        "收取报酬",
        "",
        "讲座后向每户收二十元",
        "",
        "",
        "退还并答复",
        "三户证言 书证 值班室",
        "",
        "",
        "",
        &received,
    ];
    // Days as they are: an operator's helper would move them to those of another story.
    who.one.send(&said.join("\t"));
    let text = who.does(F8, "受理号 TS-");
    // The number to be read aloud, where it goes and why, and what the caller is told.
    let code = shown(&text, "━ 投诉 ").unwrap();
    assert!(
        text.contains(&format!("受理号 {code}，读作 T S，")),
        "{text}"
    );
    assert!(
        text.contains("去向：") && text.contains("请告诉来人："),
        "{text}"
    );
    assert!(text.contains("上一级是赤峰"), "{text}");
    // Who complained is not on the screen.
    assert!(
        !text.contains("李四") && !text.contains("13912345678"),
        "{text}"
    );
    let tell = due(dir, &code, "tell");
    who.one.wait(&format!("{} 止", &tell[5..]));

    // It stands in the queue, and on today's desk.
    who.does(BACK, "━ 4 投诉与监督");
    let text = who.sees(&code);
    assert!(text.contains("1件"), "{text}");
    who.does("j", "━ 4 今日必办");
    who.sees(&code);
    who.does("j", "━ 4 投诉与监督");
    who.sees(&code);
    who.does("\r", &format!("━ 投诉 {code}"));
    who.sees("[登记]>受理");

    // What cannot be done yet says what comes first.
    who.does("r", "现在是「登记」");
    takes(&mut who, &code, "受理", &["短信"]);
    who.sees("登记>[受理]");
    takes(&mut who, &code, "指定承办", &["CZ-001"]);
    who.sees("CZ-001 李敏");
    takes(&mut who, &code, "核查", &[]);
    who.sees("受理>[核查]");

    // Longer, with the head's approval: the clock on the case moves.
    let before = due(dir, &code, "handle");
    who.one.wait(&format!("{} 止", &before[5..]));
    takes(&mut who, &code, "延期", &["20", "须走访十户", "短信"]);
    let after = due(dir, &code, "handle");
    assert!(after > before, "{before} {after}");
    who.one.wait(&format!("{} 止", &after[5..]));

    // The answer: refused while something is missing, kept when left, gone on with where it was left.
    let form = format!("━ 答复 {code} ");
    who.does("r", &form);
    who.fills(&["收取属实"], "未提交：3 项要改（理由、处理意见、依据）");
    let text = who.does(BACK, "拟答复（草稿，r 接着写）");
    assert!(text.contains("收取属实"), "{text}");
    who.sees("已保留，再办这一步接着填");
    who.does("r", &form);
    let answered = format!("已办「答复」：{code}");
    let rest = ["有三户证言", "属实", "支持", "第二条、第十条（四）"];
    agrees(&mut who, "答复", &rest, &answered);
    let text = who.sees("核查>[答复]");
    assert!(text.contains("三十日内"), "the way to a review: {text}");
    who.sees(&format!("kezhi print {code} -o"));
    let letter = ok(dir, &["print", &code, "--paper", "answer"]);
    assert!(letter.contains("第二条"), "{letter}");

    // Not satisfied: the level above looks at it again, and upholds.
    takes(&mut who, &code, "复查", &["来人要求退还"]);
    who.sees("受理组织     ZZ-0001 ");
    // The steps come with the case after the card itself.
    who.one.until("答复", |text| digit(text, "答复"));
    who.does("r", &form);
    let again = ["收取属实", "三户证言一致", "属实", "支持", "第二条"];
    agrees(&mut who, "答复", &again, &answered);
    who.sees("核查>[答复]");
    assert_eq!(field(dir, &code, "review_answered_on"), day(0).as_str());

    // What is left of the history goes away with one key, and the case is there again.
    who.does("h", "━ 变更记录");
    let text = who.sees("现行时限");
    assert!(
        !text.contains("target") && !text.contains("handle"),
        "{text}"
    );
    who.does(BACK, "核查>[答复]");

    // What follows: the person and the matter are known to the form.
    who.does(F7, "属于");
    who.does("处理\r", "━ 新建 处理");
    who.sees("王建国");
    let proposed = [
        "清退",
        "",
        "",
        "",
        "",
        "",
        "向服务对象收取现金",
        "多次收取，拒不退还",
        "三户证言 书证 总队档案柜",
    ];
    let text = who.fills(&proposed, "━ 处理 CL-");
    let sanction = shown(&text, "━ 处理 ").unwrap();
    who.sees("[拟议]>告知");
    assert_eq!(field(dir, &sanction, "complaint"), code.as_str());
    let subject = serde_json::json!(["ZY-000002"]);
    assert_eq!(field(dir, &sanction, "subject"), subject);
    let told = ["书面送达", "收取现金，拟予清退", "十五日内向总队申诉"];
    takes(&mut who, &sanction, "告知", &told);
    takes(&mut who, &sanction, "陈述", &["本人承认"]);
    takes(&mut who, &sanction, "初定", &["清退出志愿者队伍"]);
    who.sees("陈述>[初定]");

    // The second decision is another person's: the same login is told so, and nothing happens.
    who.does(F8, &format!("━ 办理 {sanction}"));
    who.does("生效\r", &format!("━ 生效 {sanction} "));
    who.fills(&["书面送达"], "须由另一人作第二次决定");
    assert_eq!(field(dir, &sanction, "status"), "初定");
    assert_eq!(field(dir, "ZY-000002", "status"), "在册");
    assert!(ok(dir, &["verify"]).contains("一致"));
}

#[test]
fn a_major_activity_is_not_ready_before_both_inspectors_by_keys() {
    let (desk, mut who) = desk();
    let dir = desk.path();
    let sessions = format!("sessions={} 09:00-11:00", day(6));
    let made = json(
        dir,
        &[
            "new",
            "activity",
            "title=盟市科普日",
            "org=赤峰市",
            "place=文化广场",
            "scope=大型活动科普服务",
            "budget=80000",
            "major=是",
            &sessions,
        ],
    );
    let activity = made["code"].as_str().unwrap().to_owned();
    for step in ["submit", "approve"] {
        ok(dir, &["do", step, &activity, "--yes"]);
    }
    let ready = |who: &mut Operator, seen: &str| {
        who.chooses(Kind::Activity, &activity, "ready", seen);
    };
    let card = &format!("━ 活动 {activity}");
    let names = |who: &mut Operator, office: &str, name: &str| {
        who.does(F7, "属于");
        who.does("监督\r", "━ 新建 监督");
        who.fills(&[office, "", name], &format!("{office} 盟市科普日 ━"));
        who.does(BACK, card);
    };
    who.sees("1/3");
    who.does(&format!("{BACK}3"), "━ 3 活动");
    who.sees("盟市科普日");
    who.does("\r", card);
    ready(&mut who, "审计");
    who.sees("第十九条");
    who.does(BACK, card);
    names(&mut who, "纪检监察", "旗纪委 张平");
    ready(&mut who, "审计");
    assert_eq!(field(dir, &activity, "status"), "招募");
    who.does(BACK, card);
    names(&mut who, "审计", "旗审计局 王芳");
    // Named is not there yet.
    ready(&mut who, "事前");
    assert_eq!(field(dir, &activity, "status"), "招募");
    who.does(BACK, card);
    who.does(BACK, "━ 3 活动");
    who.does("4pp", "━ 4 监督");
    // Both were there before it begins; then nothing stands in the way.
    for (code, office, key) in [
        ("JD-2026-0001", "纪检监察", "\x1b[H"),
        ("JD-2026-0002", "审计", "\x1b[F"),
    ] {
        who.sees(code);
        who.does(&format!("{key}\r"), &format!("{office} 盟市科普日 ━"));
        let stage = ["事前", "", "看了方案和预算"];
        who.takes(Kind::Oversight, code, "attend", &stage);
        who.does(BACK, "━ 4 监督");
    }
    who.does("3", "━ 3 活动");
    who.does("\r", card);
    who.takes(Kind::Activity, &activity, "ready", &[]);
    assert_eq!(field(dir, &activity, "status"), "就绪");
}
