//! From a village's request to the certificate, through the command line, and what stands in the way.

use std::path::Path;

use serde_json::Value;

use crate::command::{Desk, json as json_of, kezhi as run, ok as ok_of};
use crate::console::refused as refused_of;

/// The text with its days moved: the story's 1 December is six days from now, its codes are of this year.
pub fn now(text: &str) -> String {
    let today = chrono::Local::now().date_naive();
    let there = chrono::NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    let by = today + chrono::Duration::days(6) - there;
    let year = chrono::Datelike::year(&today);
    let text = text.replace("-2026-0", &format!("-{year}-0"));
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("2026-") {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let day = found
            .get(..10)
            .and_then(|day| day.parse::<chrono::NaiveDate>().ok());
        match day {
            Some(day) => {
                out.push_str(&(day + by).to_string());
                rest = &found[10..];
            }
            None => {
                out.push_str(&found[..5]);
                rest = &found[5..];
            }
        }
    }
    out + rest
}

fn filled<T>(args: &[&str], run: impl FnOnce(&[&str]) -> T) -> T {
    let args: Vec<String> = args.iter().map(|text| now(text)).collect();
    run(&args.iter().map(String::as_str).collect::<Vec<_>>())
}

fn ok(dir: &Path, args: &[&str]) -> String {
    filled(args, |args| ok_of(dir, args))
}

fn json(dir: &Path, args: &[&str]) -> Value {
    filled(args, |args| json_of(dir, args))
}

fn kezhi(dir: &Path, args: &[&str]) -> std::process::Output {
    filled(args, |args| run(dir, args))
}

fn refused(desk: &Desk, args: &[&str]) -> (i32, Value) {
    filled(args, |args| refused_of(desk, args))
}

/// A desk with three people in 红山区's team.
pub fn people() -> Desk {
    let desk = Desk::new();
    let rows = [
        ("单立文", "13912344471", "1970-03-01", "科普宣讲"),
        ("王建国", "13912344472", "1990-01-02", "农牧技术"),
        ("琪琪格", "13912344473", "1992-05-02", "科普宣讲"),
    ];
    for (name, phone, birth, skill) in rows {
        let (name, phone) = (format!("name={name}"), format!("phone={phone}"));
        let (birth, skill) = (format!("birth={birth}"), format!("skills={skill}"));
        ok(
            desk.path(),
            &[
                "new",
                "volunteer",
                &name,
                &phone,
                &birth,
                &skill,
                "teams=红山区",
            ],
        );
    }
    desk
}

fn status(desk: &Desk, code: &str) -> String {
    let shown = json(desk.path(), &["show", code]);
    shown["fields"]["status"].as_str().unwrap().to_owned()
}

fn told(desk: &Desk, code: &str) -> String {
    json(desk.path(), &["show", code])["told"].to_string()
}

fn rule(desk: &Desk, args: &[&str], article: &str) -> String {
    let (exit, refusal) = refused(desk, args);
    assert_eq!(exit, 3, "{args:?}: {refusal}");
    assert_eq!(
        refusal["article"].as_str().unwrap_or(""),
        article,
        "{refusal}"
    );
    assert!(!refusal["hint"].as_str().unwrap().is_empty(), "{refusal}");
    refusal["message"].as_str().unwrap().to_owned()
}

const ACTIVITY: [&str; 7] = [
    "new",
    "activity",
    "title=草原防火讲座",
    "org=红山区",
    "place=红山中学",
    "scope=科技服务供需对接",
    "sessions=[{\"start\":\"2026-12-01T09:00\",\"end\":\"2026-12-01T11:00\"}]",
];

fn activity(desk: &Desk, more: &[&str]) -> String {
    let made = json(desk.path(), &[&ACTIVITY, more].concat());
    made["code"].as_str().unwrap().to_owned()
}

fn enrolled(desk: &Desk, activity: &str, volunteer: &str) -> String {
    let (activity, volunteer) = (
        format!("activity={activity}"),
        format!("volunteer={volunteer}"),
    );
    let made = json(desk.path(), &["new", "enrolment", &activity, &volunteer]);
    let code = made["code"].as_str().unwrap().to_owned();
    ok(desk.path(), &["do", "agree", &code, "agreed_by=本人"]);
    code
}

#[test]
fn from_the_need_to_the_red_certificate() {
    let desk = people();
    let dir = desk.path();
    ok(
        dir,
        &[
            "new",
            "need",
            "title=草原防火讲座",
            "recipient=红山中学",
            "phone=0476-8223344",
            "org=红山区",
            "sessions=2026-12-01 09:00-11:00",
            "needed=2",
            "dangers=草原森林防火",
        ],
    );
    for (who, result) in [("王建国", "去"), ("单立文", "不去"), ("琪琪格", "去")] {
        let (who, result) = (format!("volunteer={who}"), format!("result={result}"));
        ok(dir, &["do", "ask", "XQ-2026-0001", &who, &result]);
    }
    ok(dir, &["do", "turn", "XQ-2026-0001"]);
    assert_eq!(status(&desk, "XQ-2026-0001"), "已转活动");
    assert!(told(&desk, "XQ-2026-0001").contains(&now("HD-2026-0001")));
    let made = json(dir, &["show", "HD-2026-0001"]);
    assert_eq!(made["fields"]["need"], now("XQ-2026-0001"));
    assert_eq!(made["fields"]["day"], now("2026-12-01"));
    let hd = "HD-2026-0001";
    ok(
        dir,
        &["edit", hd, "place=红山中学", "in_charge=李敏 8223344"],
    );
    let mut enrolments = Vec::new();
    for row in json(
        dir,
        &["list", "enrolment", "--where", "activity=HD-2026-0001"],
    )
    .as_array()
    .unwrap()
    {
        enrolments.push(row["code"].as_str().unwrap().to_owned());
    }
    if enrolments.is_empty() {
        enrolments = ["王建国", "琪琪格"]
            .map(|who| enrolled(&desk, hd, who))
            .to_vec();
    }
    for step in ["submit", "approve", "recruit"] {
        ok(dir, &["do", step, hd]);
    }
    let agree: Vec<&str> = ["do", "agree"]
        .into_iter()
        .chain(enrolments.iter().map(String::as_str))
        .collect();
    kezhi(dir, &[&agree[..], &["agreed_by=本人"]].concat());
    let said = rule(&desk, &["do", "ready", hd], "第九条（六）");
    assert!(
        said.contains("王建国") && said.contains("琪琪格") && !said.contains("单立文"),
        "{said}"
    );
    let tell: Vec<&str> = ["do", "tell"]
        .into_iter()
        .chain(enrolments.iter().map(String::as_str))
        .collect();
    ok(
        dir,
        &[&tell[..], &["told_by=李敏", "told_on=2026-11-24 10:00"]].concat(),
    );
    let said = rule(&desk, &["do", "ready", hd], "第九条（六）");
    assert!(
        said.contains("保险") && said.contains("王建国") && said.contains("琪琪格"),
        "{said}"
    );
    let policy = |no: &str, to: &str| {
        let (no, to) = (format!("policy_no={no}"), format!("to={to}"));
        ok(
            dir,
            &[
                "new",
                "insurance",
                "activity=HD-2026-0001",
                &no,
                "insurer=人保",
                "from=2026-11-30",
                &to,
            ],
        )
    };
    // One that ends at the midnight before covers nothing, and says so.
    assert!(policy("PA1", "2026-12-01T00:00").contains("不含"));
    rule(&desk, &["do", "ready", hd], "第九条（六）");
    policy("PA2", "2026-12-01");
    ok(dir, &["do", "ready", hd]);
    // Another time opens the hole again.
    let moved = "sessions=2026-12-02 09:00-11:00";
    ok(dir, &["edit", hd, moved]);
    rule(&desk, &["do", "start", hd], "第九条（六）");
    ok(dir, &["edit", hd, "sessions=2026-12-01 09:00-11:00"]);

    ok(
        dir,
        &[
            "new",
            "agreement",
            "org=红山区",
            "volunteers=王建国,琪琪格",
            "recipient=红山中学",
            "activity=HD-2026-0001",
            "rights=各尽其责",
            "content=讲座",
            "way=现场",
            "time=12 月 1 日",
            "place=红山中学",
            "conditions=扩音设备",
            "other=无",
        ],
    );
    let xy = "XY-2026-0001";
    assert!(told(&desk, xy).contains("安全保障措施"));
    ok(dir, &["do", "offer", xy]);
    let said = rule(&desk, &["do", "sign", xy, "party=组织"], "第十三条");
    assert!(said.contains("安全保障措施"), "{said}");
    ok(dir, &["edit", xy, "safety=备灭火器"]);
    ok(dir, &["do", "sign", xy, "party=组织"]);
    rule(&desk, &["do", "activate", xy], "第十三条");
    ok(dir, &["do", "sign", xy, "party=志愿者"]);
    assert_eq!(status(&desk, xy), "待签");
    ok(dir, &["do", "sign", xy, "party=红山中学"]);
    assert_eq!(status(&desk, xy), "生效");
    // Another time is another version, to be signed by all again.
    ok(dir, &["edit", xy, "time=12 月 1 日上午"]);
    assert_eq!(status(&desk, xy), "待签");
    let lines = told(&desk, xy);
    assert!(
        lines.contains("王建国") && lines.contains("红山中学"),
        "{lines}"
    );

    ok(dir, &["do", "start", hd]);
    let arrive: Vec<&str> = ["do", "arrive"]
        .into_iter()
        .chain(enrolments.iter().map(String::as_str))
        .collect();
    ok(dir, &arrive);
    let of = "activity=HD-2026-0001";
    ok(
        dir,
        &[
            "new",
            "service_record",
            "volunteer=王建国",
            of,
            "start=09:00",
            "end=11:00",
            "evidence=签到表 1 页",
        ],
    );
    let wrong = json(
        dir,
        &[
            "new",
            "service_record",
            "volunteer=琪琪格",
            of,
            "minutes=300",
        ],
    );
    assert_eq!(
        wrong["findings"][0]["article"], "第九条（三）",
        "marked before it is confirmed"
    );
    let out = kezhi(dir, &["--json", "do", "confirm", "FW-1", "FW-2"]);
    assert_eq!(out.status.code(), Some(3));
    let answer: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(answer["done"], serde_json::json!(["FW-0000001"]));
    assert_eq!(answer["refused"][0]["code"], "FW-0000002");
    assert_eq!(answer["refused"][0]["refusal"]["article"], "第九条（三）");
    ok(dir, &["do", "return", "FW-2", "note=请改"]);
    ok(dir, &["do", "finish", hd, "evaluation=满意"]);

    ok(
        dir,
        &[
            "new",
            "certificate",
            "volunteer=王建国",
            "from=2026-01-01",
            "to=2026-12-31",
            "purpose=评优",
        ],
    );
    let zm = "ZM-2026-0001";
    rule(&desk, &["print", zm], "第九条（五）");
    let issued = json(dir, &["do", "issue", zm]);
    assert_eq!(issued["fields"]["minutes"], 120);
    let check = issued["fields"]["check_code"].as_str().unwrap().to_owned();
    let pdf = dir.join("zm.pdf");
    ok(dir, &["print", zm, "-o", pdf.to_str().unwrap()]);
    let read = crate::paper::read(&std::fs::read(&pdf).unwrap());
    let text: String = read.text();
    for part in [
        "王建国",
        "2小时",
        "草原防火讲座",
        "红山区科技志愿者队",
        &check[..4],
    ] {
        let text = text.replace(' ', "");
        assert!(text.contains(part), "{part}: {text}");
    }
    let spoken = format!("{}-{} {}", &check[..4], &check[4..8], &check[8..]);
    let shown = json(dir, &["show", &spoken]);
    assert_eq!(shown["code"], now(zm));
    assert!(shown["told"][0].as_str().unwrap().starts_with("有效"));
    // One digit heard wrong.
    let wrong = format!("{}{}", (check.as_bytes()[0] - b'0') % 9 + 1, &check[1..]);
    let (exit, refusal) = refused(&desk, &["show", &wrong]);
    assert_eq!(exit, 4);
    assert!(
        refusal["message"].as_str().unwrap().contains("校验位"),
        "{refusal}"
    );

    ok(dir, &["do", "withdraw", "FW-1", "note=重复"]);
    assert_eq!(status(&desk, zm), "待更正");
    let lines = told(&desk, &check);
    assert!(
        lines.contains("待更正") && lines.contains("须告知") && lines.contains("评优"),
        "{lines}"
    );
    rule(&desk, &["print", zm], "第九条（五）");
    rule(&desk, &["do", "correct", zm, "note=已撤销"], "第九条（五）");
    ok(dir, &["do", "revoke", zm, "note=记录撤销"]);
    assert!(told(&desk, zm).contains("已撤销"));
    // The log stands behind everything.
    assert!(ok(dir, &["verify"]).contains("一致"));
    let history = ok(dir, &["history", zm]);
    assert!(
        history.contains("FW-0000001"),
        "what turned it red is told: {history}"
    );
}

#[test]
fn times_that_cannot_be() {
    let desk = people();
    let cases = [
        ("2026-12-01 11:00-09:00", "不晚于开始"),
        ("2026-02-30 09:00-11:00", "没有"),
        ("2026-12-01 25:00-26:00", "不是场次"),
        ("09:00-11:00", "没有日期"),
        ("明年", "不是场次"),
        ("2026-12-01 09:00-11:00;2026-12-01 10:00-12:00", "重叠"),
        ("[{\"start\":\"2026-12-01T09:00\"}]", "缺 end"),
        (
            "[{\"start\":\"2026-12-01T09:00\",\"end\":\"2026-12-01T11:00\",\"x\":1}]",
            "没有「x」",
        ),
    ];
    for (typed, said) in cases {
        let sessions = format!("sessions={typed}");
        let (exit, refusal) = refused(
            &desk,
            &["new", "activity", "title=t", "org=红山区", &sessions],
        );
        let message = refusal["message"].as_str().unwrap();
        assert_eq!(exit, 3, "{typed}: {message}");
        assert!(message.contains(said), "{typed}: {message}");
        assert_eq!(refusal["field"], "sessions");
    }
    // Overnight, several days, repeated.
    let long = activity(&desk, &["sessions=2026-12-01 22:00 - 2026-12-02 02:00"]);
    let shown = json(desk.path(), &["show", &long]);
    assert_eq!(shown["fields"]["until"], now("2026-12-02"));
    // What serves the program alone is shown to nobody.
    assert!(shown["fields"].get("days").is_none(), "{shown}");
    let weekly = activity(&desk, &["sessions=2026-12-01 09:00-11:00 每周 4 次"]);
    let shown = json(desk.path(), &["show", &weekly]);
    assert_eq!(shown["fields"]["until"], now("2026-12-22"));
    assert_eq!(shown["fields"]["sessions"].as_array().unwrap().len(), 4);
    let midnight = activity(&desk, &["sessions=2026-12-01 20:00-24:00"]);
    let shown = json(desk.path(), &["show", &midnight]);
    assert_eq!(shown["fields"]["until"], now("2026-12-01"));
}

#[test]
fn enrolments_that_cannot_be() {
    let desk = people();
    let dir = desk.path();
    let one = activity(&desk, &[]);
    let code = enrolled(&desk, &one, "王建国");
    // Twice the same.
    let of = format!("activity={one}");
    let (exit, refusal) = refused(&desk, &["new", "enrolment", &of, "volunteer=王建国"]);
    assert_eq!(exit, 3);
    assert!(
        refusal["message"].as_str().unwrap().contains(&code),
        "{refusal}"
    );
    // Another activity at the same time: only with a reason, which the log keeps.
    let other = activity(
        &desk,
        &["title=别的活动", "sessions=2026-12-01 10:30-12:00"],
    );
    let of = format!("activity={other}");
    let args = ["new", "enrolment", &of, "volunteer=王建国"];
    let (exit, refusal) = refused(&desk, &args);
    assert_eq!((exit, &refusal["kind"]), (3, &"confirm".into()));
    assert!(
        refusal["message"].as_str().unwrap().contains(&one),
        "{refusal}"
    );
    assert_eq!(
        refused(&desk, &[&args[..], &["--yes"]].concat()).0,
        3,
        "yes alone is no reason"
    );
    let made = json(
        dir,
        &[&args[..], &["--reason", "两地相邻，分段参加"]].concat(),
    );
    assert!(ok(dir, &["history", made["code"].as_str().unwrap()]).contains("两地相邻"));
    // The way between two places.
    let later = activity(&desk, &["title=之后", "sessions=2026-12-01 12:10-13:00"]);
    let of = format!("activity={later}");
    let args = ["new", "enrolment", &of, "volunteer=琪琪格"];
    enrolled(&desk, &other, "琪琪格");
    ok(dir, &["setting", "travel_minutes=30"]);
    assert_eq!(refused(&desk, &args).1["kind"], "confirm");
    ok(dir, &["setting", "travel_minutes=0"]);
    ok(dir, &args);
    // No yes, no agreement.
    let third = activity(&desk, &["title=第三", "sessions=2026-12-09 09:00-10:00"]);
    let of = format!("activity={third}");
    let made = json(dir, &["new", "enrolment", &of, "volunteer=单立文"]);
    let code = made["code"].as_str().unwrap();
    assert_eq!(
        refused(&desk, &["do", "agree", code]).1["field"],
        "agreed_by"
    );
    ok(dir, &["do", "agree", code, "agreed_by=本人"]);
    // Who leaves is out of what is still to come.
    ok(dir, &["do", "leave", "ZY-1", "note=迁居"]);
    assert_eq!(status(&desk, code), "不能来");
    rule(&desk, &["do", "agree", code, "agreed_by=本人"], "第七条");
    // A removed activity takes nobody.
    ok(dir, &["do", "cancel", &third, "note=下雪"]);
    let (_, refusal) = refused(&desk, &["new", "enrolment", &of, "volunteer=王建国"]);
    assert!(
        refusal["message"].as_str().unwrap().contains("取消"),
        "{refusal}"
    );
}

#[test]
fn minors_and_danger() {
    let desk = people();
    let dir = desk.path();
    let made = json(
        dir,
        &[
            "new",
            "volunteer",
            "name=小明",
            "phone=13912344474",
            "birth=2010-01-01",
            "guardian=父亲 13900000000",
            "teams=红山区",
        ],
    );
    let minor = made["code"].as_str().unwrap();
    let safe = activity(&desk, &[]);
    let code = enrolled(&desk, &safe, minor);
    let bad = activity(
        &desk,
        &[
            "title=防火",
            "dangers=草原森林防火",
            "sessions=2026-12-03 09:00-10:00",
        ],
    );
    let (of, who) = (format!("activity={bad}"), format!("volunteer={minor}"));
    rule(&desk, &["new", "enrolment", &of, &who], "第九条（四）");
    assert_eq!(status(&desk, &code), "同意");
    // Told after it began.
    let of = enrolled(&desk, &bad, "王建国");
    rule(
        &desk,
        &["do", "tell", &of, "told_on=2026-12-03 09:00"],
        "第九条（六）",
    );
    ok(dir, &["do", "tell", &of, "told_on=2026-12-03 08:59"]);
}

#[test]
fn hours_that_cannot_be() {
    let desk = people();
    let dir = desk.path();
    let one = activity(&desk, &[]);
    let code = enrolled(&desk, &one, "王建国");
    let of = format!("activity={one}");
    let head = ["new", "service_record", of.as_str()];
    let new = |more: &[&'static str]| [&head[..], more].concat();
    let (_, refusal) = refused(&desk, &new(&["volunteer=王建国", "minutes=90.5"]));
    assert!(
        refusal["message"].as_str().unwrap().contains("整数"),
        "{refusal}"
    );
    let (_, refusal) = refused(
        &desk,
        &new(&["volunteer=王建国", "start=11:00", "end=09:00"]),
    );
    assert!(
        refusal["message"].as_str().unwrap().contains("不晚于开始"),
        "{refusal}"
    );
    let (_, refusal) = refused(&desk, &new(&["volunteer=王建国"]));
    assert_eq!(refusal["field"], "minutes");
    ok(dir, &["do", "miss", &code]);
    rule(
        &desk,
        &new(&["volunteer=王建国", "minutes=60"]),
        "第九条（三）",
    );
    ok(dir, &["do", "arrive", &code, "late=10"]);
    let made = json(dir, &new(&["volunteer=王建国", "start=09:10", "end=11:00"]));
    assert_eq!(made["fields"]["minutes"], 110);
    ok(dir, &["do", "confirm", "FW-1"]);
    // Two places at once.
    let other = activity(&desk, &["title=别处", "sessions=2026-12-01 10:00-12:00"]);
    let of = format!("activity={other}");
    ok(
        dir,
        &[
            "new",
            "service_record",
            &of,
            "volunteer=王建国",
            "start=10:00",
            "end=12:00",
        ],
    );
    let said = rule(&desk, &["do", "confirm", "FW-2"], "第九条（三）");
    assert!(said.contains("FW-0000001"), "{said}");
    // The activity is moved: the day no longer is one of its days.
    ok(dir, &["edit", &other, "sessions=2026-12-05 10:00-12:00"]);
    ok(dir, &["do", "unconfirm", "FW-1"]);
    let (_, refusal) = refused(&desk, &["do", "confirm", "FW-2"]);
    assert_eq!(refusal["kind"], "confirm");
    assert!(
        refusal["message"]
            .as_str()
            .unwrap()
            .contains(&now("2026-12-05")),
        "{refusal}"
    );
    ok(
        dir,
        &["do", "confirm", "FW-2", "--reason", "活动改期前已服务"],
    );
}

#[test]
fn certificates_for_all_and_papers_of_an_activity() {
    let desk = people();
    let dir = desk.path();
    let one = activity(&desk, &[]);
    let of = format!("activity={one}");
    for who in ["王建国", "琪琪格"] {
        let code = enrolled(&desk, &one, who);
        assert!(!code.is_empty());
        let who = format!("volunteer={who}");
        ok(dir, &["new", "service_record", &of, &who, "minutes=100"]);
    }
    for step in ["submit", "approve", "ready", "start"] {
        ok(dir, &["do", step, &one]);
    }
    ok(dir, &["do", "finish", &one]);
    rule(&desk, &["do", "certify", &one], "第九条（五）");
    ok(dir, &["do", "confirm", "FW-1", "FW-2"]);
    ok(dir, &["do", "certify", &one]);
    assert_eq!(
        json(dir, &["list", "certificate"])
            .as_array()
            .unwrap()
            .len(),
        2
    );
    rule(&desk, &["do", "certify", &one], "第九条（五）");
    let file = dir.join("all.pdf");
    let name = file.to_str().unwrap();
    ok(dir, &["print", &one, "--paper", "certificates", "-o", name]);
    assert_eq!(
        crate::paper::read(&std::fs::read(&file).unwrap())
            .pages
            .len(),
        2
    );
    let list = ok(dir, &["print", &one, "--paper", "sign-in"]);
    assert!(
        list.contains("王建国") && list.contains("139****4472") && list.contains("本人签名"),
        "{list}"
    );
    assert!(!list.contains("13912344472"), "{list}");
    let notice = ok(dir, &["print", &one, "--paper", "notice"]);
    assert!(
        notice.contains("草原防火讲座") && notice.contains("红山中学"),
        "{notice}"
    );
    let (exit, refusal) = refused(&desk, &["print", "zy1"]);
    assert!(matches!(exit, 2 | 5), "{refusal}");
}
