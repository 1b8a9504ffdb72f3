//! Clocks of matters: exact days, over holidays, and what moves them.

use kezhi::domain::clock::{CLOCKS, of, running, wind};
use kezhi::domain::complaint::SPEC;
use kezhi::domain::complaint_step::STEPS;
use kezhi::domain::record::Record;

use crate::command::{Desk, json, kezhi, ok};
use crate::rule::row::{Few, record};

fn matter(more: &str) -> Record {
    record(&format!(
        "TS-2026-000001 kind=投诉 complainant=来人 facts=事 {more}"
    ))
}

/// The clock, the record, the last day (empty: it does not run).
const TERMS: &[(&str, &str, &str)] = &[
    ("tell", "status=登记 day=2026-11-20", "2026-12-07"),
    // The fifteenth day is in the Spring Festival, 15 to 23 February.
    ("tell", "status=登记 day=2026-01-31", "2026-02-24"),
    ("tell", "status=登记 day=2026-09-16", "2026-10-08"),
    ("tell", "status=登记 day=2026-09-20", "2026-10-08"),
    (
        "tell",
        "status=登记 day=2026-06-01 anonymous=是 complainant=",
        "",
    ),
    ("tell", "status=登记 day=2026-06-01 complainant=", ""),
    (
        "tell",
        "status=转办 day=2026-06-01 transferred_on=2026-06-05",
        "2026-06-22",
    ),
    (
        "tell",
        "status=受理 day=2026-06-01 accepted_on=2026-06-02",
        "",
    ),
    ("tell", "kind=举报 status=登记 day=2026-06-01", ""),
    (
        "tell_named",
        "kind=举报 status=登记 day=2026-06-01",
        "2026-06-23",
    ),
    // 28 February is worked, 14 too; 15 to 23 are off.
    (
        "tell_named",
        "kind=举报 status=登记 day=2026-02-12",
        "2026-03-11",
    ),
    ("move", "status=登记 day=2026-02-13", "2026-02-25"),
    ("move", "status=登记 day=2026-09-30", "2026-10-10"),
    (
        "move",
        "status=受理 day=2026-09-30 accepted_on=2026-09-30",
        "",
    ),
    (
        "object",
        "status=转办 day=2026-06-01 transferred_on=2026-09-30",
        "2026-10-13",
    ),
    (
        "object",
        "status=登记 day=2026-06-01 transferred_on=2026-09-30",
        "",
    ),
    (
        "handle",
        "status=受理 day=2026-06-01 accepted_on=2026-08-03",
        "2026-10-08",
    ),
    (
        "handle",
        "status=核查 day=2026-06-01 accepted_on=2026-08-03 extended_days=30",
        "2026-11-02",
    ),
    (
        "handle",
        "status=核查 day=2026-06-01 accepted_on=2026-08-03 suspended_days=10",
        "2026-10-12",
    ),
    (
        "handle",
        "status=中止 day=2026-06-01 accepted_on=2026-08-03",
        "",
    ),
    (
        "target",
        "status=受理 day=2026-06-01 accepted_on=2026-09-18",
        "2026-10-15",
    ),
    (
        "target",
        "status=受理 day=2026-06-01 accepted_on=2026-09-18 extended_days=10",
        "",
    ),
    (
        "suggestion",
        "kind=建议意见 status=受理 day=2026-06-01 accepted_on=2026-09-18",
        "2026-10-15",
    ),
    (
        "data",
        "kind=个人信息 status=受理 day=2026-06-01 accepted_on=2026-09-18",
        "2026-10-15",
    ),
    (
        "review_right",
        "status=答复 day=2026-06-01 answered_on=2026-09-01",
        "2026-10-08",
    ),
    (
        "review_right",
        "status=答复 day=2026-06-01 answered_on=2026-09-01 delivered_on=2026-09-10",
        "2026-10-10",
    ),
    (
        "recheck_right",
        "status=答复 day=2026-06-01 delivered_on=2026-05-01 review_answered_on=2026-06-01 review_delivered_on=2026-06-03",
        "2026-07-03",
    ),
    (
        "resume",
        "status=中止 day=2026-06-01 suspended_on=2026-06-01 until=2026-07-01",
        "2026-07-01",
    ),
    ("resume", "status=核查 day=2026-06-01", ""),
    // What was accepted and is passed on runs on.
    (
        "handle",
        "status=转办 day=2026-06-01 accepted_on=2026-08-03 transferred_on=2026-09-01",
        "2026-10-08",
    ),
    (
        "review",
        "status=复查 day=2026-06-01 review_on=2026-01-20",
        "2026-02-24",
    ),
    (
        "recheck_right",
        "status=答复 day=2026-06-01 review_answered_on=2026-06-01",
        "2026-07-01",
    ),
    (
        "recheck",
        "status=复核 day=2026-06-01 recheck_on=2026-06-01",
        "2026-07-01",
    ),
];

#[test]
fn every_clock_ends_on_its_day() {
    let world = Few::default();
    for (key, more, day) in TERMS {
        let due = of(key).unwrap().due(&matter(more), &world);
        let found = due.map_or_else(String::new, |due| due.day.to_string());
        assert_eq!(found, *day, "{key} {more}");
    }
    for clock in CLOCKS.iter().filter(|clock| clock.kind == SPEC.kind) {
        assert!(
            TERMS
                .iter()
                .any(|(key, _, day)| *key == clock.key && !day.is_empty()),
            "{}",
            clock.key
        );
        for stop in clock.stops {
            assert!(
                STEPS.iter().any(|step| step.key == *stop),
                "{} {stop}",
                clock.key
            );
        }
        assert!(!clock.article.is_empty() && clock.label.zh != clock.label.en);
    }
}

#[test]
fn an_unknown_year_makes_an_estimate_and_says_so() {
    let world = Few::default();
    let today = "2026-12-28".parse().unwrap();
    let late = matter("status=登记 day=2026-12-28");
    let all = running(&late, &world, today);
    let moving = all.iter().find(|one| one.clock.key == "move").unwrap();
    assert!(!moving.estimated(), "it ends within the year");
    let tell = all.iter().find(|one| one.clock.key == "tell").unwrap();
    assert!(tell.estimated());
    let said = tell.said(today);
    assert!(
        said.zh.contains("按自然周估算，缺 2027 年放假安排"),
        "{}",
        said.zh
    );
    assert!(
        said.en.contains("the holidays of 2027 are not entered"),
        "{}",
        said.en
    );
}

#[test]
fn a_minute_before_midnight_counts_that_day_and_an_edited_day_winds_anew() {
    let desk = Desk::new();
    let dir = desk.path();
    let new = [
        "new",
        "complaint",
        "kind=投诉",
        "facts=收费",
        "accused=红山区",
        "complainant=来人",
        "received_at=2026-09-16T23:59",
    ];
    let made = json(dir, &new);
    let code = made["code"].as_str().unwrap().to_owned();
    assert_eq!(made["fields"]["day"], "2026-09-16");
    let told = ok(dir, &["show", &code]);
    assert!(told.contains("顺延 10-08"), "{told}");
    assert!(
        told.contains("受理或转办：2026-09-20"),
        "a Sunday that is worked: {told}"
    );
    let edit = ["edit", &code, "received_at=2026-09-17T00:01"];
    let bare = String::from_utf8_lossy(&kezhi(dir, &edit).stderr).into_owned();
    assert!(
        bare.contains("期限随之重算"),
        "a reason is asked for: {bare}"
    );
    ok(dir, &[&edit[..], &["--reason", "来信邮戳为次日"]].concat());
    let shown = json(dir, &["show", &code]);
    let told = ok(dir, &["show", &code]);
    assert!(told.contains("受理或转办：2026-09-21"), "{told}");
    // Looking stops no clock.
    assert_eq!(json(dir, &["show", &code])["fields"], shown["fields"]);
    let history = ok(dir, &["--json", "history", &code]);
    assert!(
        history.contains("2026-09-16T23:59") && history.contains("来信邮戳为次日"),
        "{history}"
    );
}

#[test]
fn holidays_are_learnt_once_and_clocks_follow() {
    let desk = Desk::new();
    let dir = desk.path();
    let due = || json(dir, &["due", "2026-12-28", "5", "working"]);
    assert_eq!(due()["due"], "2027-01-04");
    assert!(due()["steps"].to_string().contains("缺 2027 年放假安排"));
    let file = dir.join("2027.csv");
    let learn = |text: &str, reason: &str| {
        std::fs::write(&file, text).unwrap();
        kezhi(
            dir,
            &[
                "calendar",
                "--learn",
                file.to_str().unwrap(),
                "--reason",
                reason,
            ],
        )
    };
    let said = |out: std::process::Output| String::from_utf8_lossy(&out.stderr).into_owned();
    let broken = "2027,元旦,2027-01-01,2027-01-03,\n2027,春节,2027-02-05";
    let refused = said(learn(broken, "通知"));
    assert!(
        refused.contains("第 2 行") && refused.contains("一行也没有记下"),
        "{refused}"
    );
    assert!(said(learn("# 空\n", "通知")).contains("没有一行"));
    let whole = |year: &str| {
        let rows = [
            ("元旦", "01-01", "01-03"),
            ("春节", "02-05", "02-11"),
            ("清明节", "04-03", "04-05"),
            ("劳动节", "05-01", "05-05"),
            ("端午节", "06-12", "06-14"),
            ("国庆节、中秋节", "09-26", "10-07"),
        ];
        let lines = rows.iter();
        let lines =
            lines.map(|(name, from, to)| format!("{year},{name},{year}-{from},{year}-{to},\n"));
        lines.collect::<String>()
    };
    let text = whole("2027");
    assert!(said(learn(&text, " ")).contains("依据"));
    // Nothing is taken of what is not whole or contradicts itself.
    for (wrong, why) in [
        (
            "2027,元旦,2027-01-01,2027-01-03,".to_owned(),
            "缺 春节、清明节",
        ),
        (text.replace("2027,端午节", "2027,别的节"), "缺 端午节"),
        (
            format!("{text}2027,元旦,2027-12-30,2027-12-31,"),
            "第 7 行与第 1 行都是元旦",
        ),
        (
            format!("{text}2027,特别假,2027-05-05,2027-05-06,"),
            "第 7 行与第 4 行重叠",
        ),
        (
            format!("{text}2027,特别假,2027-12-30,2027-12-31,2027-05-02"),
            "上班日 2027-05-02",
        ),
    ] {
        let refused = said(learn(&wrong, "通知"));
        assert!(refused.contains(why), "{why}: {refused}");
    }
    assert_eq!(due()["due"], "2027-01-04", "nothing was learnt");
    // Its last day of telling lies in a week that 2026 gives off anew.
    let new = [
        "new",
        "complaint",
        "kind=投诉",
        "facts=收费",
        "accused=红山区",
        "complainant=来人",
        "received_at=2026-11-23",
    ];
    let code = json(dir, &new)["code"].as_str().unwrap().to_owned();
    let before = json(dir, &["show", &code])["fields"]["due_on"].clone();
    assert_eq!(before, "2026-11-26");
    let special = "2026,特别假,2026-11-24,2026-11-25,";
    let out = learn(&format!("{}{special}\n{text}", whole("2026")), "国办通知");
    assert!(out.status.success(), "{}", said(out));
    assert_eq!(due()["due"], "2027-01-05");
    assert!(!due()["steps"].to_string().contains("缺 2027"));
    assert_eq!(
        json(dir, &["show", &code])["fields"]["due_on"],
        "2026-11-30"
    );
    assert!(!ok(dir, &["calendar", "2027-02"]).contains("尚无放假安排"));
    let log = ok(dir, &["log", "export"]);
    assert!(log.contains("国办通知") && log.contains("learn"), "{log}");
    // It holds after a restart.
    ok(dir, &["stop"]);
    assert_eq!(due()["due"], "2027-01-05");
}

#[test]
fn the_first_clock_to_end_is_written_and_a_right_comes_last() {
    let world = Few::default();
    let mut one = matter("status=受理 day=2026-06-01 accepted_on=2026-06-02");
    wind(&mut one, &world, "2026-06-30".parse().unwrap());
    assert_eq!(
        (one.text("clock"), one.text("due_on")),
        ("办理时限", "2026-06-24")
    );
    // What the law ends today goes before what the department wanted long ago.
    wind(&mut one, &world, "2026-08-03".parse().unwrap());
    assert_eq!(
        (one.text("clock"), one.text("due_on")),
        ("办结申诉求决", "2026-08-03")
    );
    one.set("status", "办结".into());
    wind(&mut one, &world, "2026-06-30".parse().unwrap());
    assert_eq!((one.text("clock"), one.text("due_on")), ("", ""));
}

#[test]
fn a_setting_that_a_clock_reads_winds_what_runs_and_both_are_logged() {
    let desk = Desk::new();
    let dir = desk.path();
    let new = [
        "new",
        "complaint",
        "kind=建议意见",
        "facts=收费",
        "anonymous=是",
        "received_at=2026-06-01",
    ];
    let code = json(dir, &new)["code"].as_str().unwrap().to_owned();
    let due = || json(dir, &["show", &code])["fields"]["due_on"].clone();
    assert_eq!(due(), "2026-06-04");
    ok(dir, &["setting", "move_days=5", "--reason", "人手不足"]);
    assert_eq!(due(), "2026-06-08");
    let history = ok(dir, &["--json", "history", &code]);
    assert!(
        history.contains("2026-06-08") && history.contains("人手不足"),
        "{history}"
    );
}
