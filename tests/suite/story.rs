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

pub fn filled<T>(args: &[&str], run: impl FnOnce(&[&str]) -> T) -> T {
    let args: Vec<String> = args.iter().map(|text| now(text)).collect();
    run(&args.iter().map(String::as_str).collect::<Vec<_>>())
}

pub fn ok(dir: &Path, args: &[&str]) -> String {
    filled(args, |args| ok_of(dir, args))
}

pub fn json(dir: &Path, args: &[&str]) -> Value {
    filled(args, |args| json_of(dir, args))
}

pub fn kezhi(dir: &Path, args: &[&str]) -> std::process::Output {
    filled(args, |args| run(dir, args))
}

pub fn refused(desk: &Desk, args: &[&str]) -> (i32, Value) {
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

pub fn status(desk: &Desk, code: &str) -> String {
    let shown = json(desk.path(), &["show", code]);
    shown["fields"]["status"].as_str().unwrap().to_owned()
}

pub fn told(desk: &Desk, code: &str) -> String {
    json(desk.path(), &["show", code])["told"].to_string()
}

pub fn rule(desk: &Desk, args: &[&str], article: &str) -> String {
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

pub fn activity(desk: &Desk, more: &[&str]) -> String {
    // What is given anew stands once.
    let key = |word: &str| word.split('=').next().unwrap_or("").to_owned();
    let given: Vec<String> = more.iter().map(|word| key(word)).collect();
    let base = ACTIVITY.iter().copied();
    let base: Vec<&str> = base.filter(|word| !given.contains(&key(word))).collect();
    let made = json(desk.path(), &[&base, more].concat());
    made["code"].as_str().unwrap().to_owned()
}

pub fn enrolled(desk: &Desk, activity: &str, volunteer: &str) -> String {
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
    // Whom the need brought is in it, and not once more.
    let twice = [
        "new",
        "enrolment",
        "activity=HD-2026-0001",
        "volunteer=王建国",
    ];
    assert!(rule(&desk, &twice, "第十条（二）").contains("PQ-0000"));
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
