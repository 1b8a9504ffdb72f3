//! What cannot be: times, enrolments, minors in danger, hours; and certificates for all.

use crate::story::{activity, enrolled, json, now, ok, people, refused, rule, status};

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
    // Nobody was told at a time that is still to come.
    let of = enrolled(&desk, &bad, "王建国");
    let (_, refusal) = refused(&desk, &["do", "tell", &of, "told_on=2026-12-03 08:59"]);
    assert_eq!(refusal["field"], "told_on");
    assert!(refusal["message"].as_str().unwrap().contains("还没有到"));
    ok(dir, &["do", "tell", &of]);
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
fn hours_of_one_session_are_not_entered_twice() {
    let desk = people();
    let dir = desk.path();
    let one = activity(&desk, &[]);
    enrolled(&desk, &one, "王建国");
    let of = format!("activity={one}");
    let head = ["new", "service_record", of.as_str(), "volunteer=王建国"];
    let new = |more: &[&'static str]| [&head[..], more].concat();
    ok(dir, &new(&["minutes=60"]));
    // Another operator with the same list: the record that is there is named, and how to correct it.
    let (exit, refusal) = refused(&desk, &new(&["minutes=50"]));
    let (said, hint) = (&refusal["message"], refusal["hint"].as_str().unwrap());
    let said = said.as_str().unwrap();
    assert_eq!(exit, 3, "{refusal}");
    assert!(
        said.contains("FW-0000001 王建国") && said.contains("60 分钟，待确认"),
        "{said}"
    );
    assert!(
        hint.contains("kezhi edit") && hint.contains("start=... end=..."),
        "{hint}"
    );
    // Times beside a record without any say nothing of a second shift.
    refused(&desk, &new(&["start=10:00", "end=11:00"]));
    ok(dir, &["edit", "FW-1", "start=09:00", "end=10:00"]);
    refused(&desk, &new(&["start=09:59", "end=11:00"]));
    ok(dir, &new(&["start=10:00", "end=11:00"]));
    // Nor do two shifts become one by a correction; what is none of their times is free.
    let said = rule(&desk, &["edit", "FW-2", "start=09:30"], "第九条（三）");
    assert!(said.contains("FW-0000001"), "{said}");
    ok(dir, &["edit", "FW-2", "evidence=签到表第 2 页"]);
    ok(dir, &["do", "confirm", "FW-1", "FW-2"]);
    // What was returned is put right, not entered anew; what was withdrawn stands in nobody's way.
    ok(dir, &["do", "unconfirm", "FW-1"]);
    ok(dir, &["do", "return", "FW-1", "note=核对"]);
    let said = rule(&desk, &new(&["start=09:00", "end=10:00"]), "第九条（三）");
    assert!(said.contains("退回"), "{said}");
    ok(dir, &["do", "withdraw", "FW-1", "note=重复"]);
    ok(dir, &new(&["start=09:00", "end=10:00"]));
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
