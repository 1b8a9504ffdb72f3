//! The days of a complaint: what is extended, rests, is delivered, and what judging them costs.

use kezhi::domain::complaint::SPEC;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::lifecycle::Effect;
use kezhi::domain::record::Record;
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::rule::{Assent, Case, World, guard};
use kezhi::domain::value::{Fields, Value};
use kezhi::domain::world::Reckon;
use kezhi::service::Session;

use crate::complaint::{Bench, Given, text};
use crate::complaint_course::{ACCEPT, ANSWER, WHY, answered, said};
use crate::rule::row::{Few, record};

#[test]
fn nobody_but_a_head_suspends() {
    let bench = Bench::new();
    let (region, song) = (bench.operator(1), bench.operator(4));
    let code = bench.complain(&region, &[("accused_other", "路人")]).code;
    let given = [("to", "ZZ-0036"), ("note", "属地办理")];
    bench.step(&region, code, "transfer", &given).unwrap();
    bench.step(&song, code, "accept", ACCEPT).unwrap();
    let rest = [("until", "2099-01-01"), ("note", "等鉴定")];
    let refused = bench.step(&song, code, "suspend", &rest).unwrap_err();
    assert_eq!(refused.kind, RefusalKind::NotPermitted);
    assert!(said(bench.step(&region, code, "suspend", &rest)).contains("合计超过 90 天"));
}

/// A complaint as it would stand after a step on a day, worked out on a clone.
fn own(line: &str, act: &'static str, given: Given, day: &str) -> Record {
    let world = Few::of(&[]);
    let mut record = record(line);
    let answers: Fields = given
        .iter()
        .map(|(key, value)| ((*key).to_owned(), Value::from(*value)))
        .collect();
    let before = record.clone();
    let reckon = Reckon {
        before: Some(&before),
        act,
        today: day.parse().unwrap(),
        now: "2026-06-30T09:00",
        who: "",
        uid: 1,
        operator: None,
        home: None,
        chance: 0,
        given: &answers,
        world: &world,
    };
    let step = SPEC.step(act).unwrap();
    if let Some(to) = step.to {
        record.set("status", to.into());
    }
    let Effect::Own(own) = step.effect else {
        panic!("{act}")
    };
    own(&mut record, &answers, &reckon).unwrap();
    record
}

#[test]
fn it_is_accepted_once_and_rests_no_longer_than_it_may() {
    let line = "TS-2026-000001 kind=投诉 status=转办 day=2026-06-01 accepted_on=2026-06-02 transferred_on=2026-06-20";
    let again = own(line, "accept", ACCEPT, "2026-06-25");
    assert_eq!(again.text("accepted_on"), "2026-06-02");
    let first = own(
        &line.replace("accepted_on=2026-06-02", ""),
        "accept",
        ACCEPT,
        "2026-06-25",
    );
    assert_eq!(first.text("accepted_on"), "2026-06-25");
    let line = "TS-2026-000001 kind=投诉 status=中止 suspended_on=2026-06-01 until=2026-06-11";
    for (day, rested) in [("2026-06-06", 5), ("2026-06-30", 10)] {
        let resumed = own(line, "resume", &[], day);
        assert_eq!(
            (resumed.int("suspended_days"), resumed.text("until")),
            (rested, "")
        );
    }
}

#[test]
fn what_is_overdue_is_not_extended() {
    let world = Few::of(&[]);
    let before = record("TS-2026-000001 kind=投诉 status=核查 accepted_on=2026-06-02");
    let mut after = before.clone();
    after.set("extended_days", 30.into());
    after.set("extended_on", "2026-08-03".into());
    let on = |day: &str| {
        let case = Case {
            before: Some(&before),
            after: &after,
            act: "extend",
            today: day.parse().unwrap(),
            world: &world,
            sees: None,
        };
        guard(&case, Assent::default())
    };
    assert!(on("2026-08-03").is_ok(), "the last day");
    let late = on("2026-08-04").unwrap_err();
    assert!(
        late.message.zh.contains("2026-08-03 已过") && late.hint.zh.contains("立即答复"),
        "{late:?}"
    );
}

#[test]
fn what_was_entered_is_corrected_by_a_head_with_a_reason() {
    let bench = Bench::new();
    let (region, league, song) = (bench.operator(1), bench.operator(2), bench.operator(4));
    let code = bench.complain(&region, &[("accused_other", "路人")]).code;
    bench
        .edit(&region, code, &[("contact", "13900000000")])
        .unwrap();
    let given = [("to", "ZZ-0036"), ("note", "属地办理")];
    bench.step(&region, code, "transfer", &given).unwrap();
    for change in [
        ("kind", "建议意见"),
        ("received_at", "2025-01-01T09:00"),
        ("complainant", "别人"),
        ("contact", "13911111111"),
        ("facts", "另一回事"),
    ] {
        let refused = bench.edit(&region, code, &[change]).unwrap_err();
        assert_eq!(refused.kind, RefusalKind::Rule, "{change:?}");
        assert!(refused.hint.zh.contains("do correct"), "{refused:?}");
    }
    bench.edit(&region, code, &[("claims", "退费")]).unwrap();
    let wrong = [("kind", "申诉求决"), ("note", "来人请求退费，不是投诉")];
    let refused = bench.step(&song, code, "correct", &wrong).unwrap_err();
    assert_eq!(refused.kind, RefusalKind::NotPermitted);
    assert!(said(bench.step(&region, code, "correct", &wrong[..1])).contains("原因"));
    let right = bench.step(&region, code, "correct", &wrong).unwrap();
    assert_eq!(text(&right, "kind"), "申诉求决");
    let unnamed = [("anonymous", "是"), ("note", "来人要求匿名")];
    let unnamed = bench.step(&region, code, "correct", &unnamed).unwrap();
    assert_eq!(
        (text(&unnamed, "complainant"), text(&unnamed, "contact")),
        ("", "")
    );
    drop(league);
}

#[test]
fn a_delivery_sets_the_days_of_a_review_going() {
    let bench = Bench::new();
    let (region, league) = (bench.operator(1), bench.operator(2));
    let code = answered(&bench, &league);
    let today = chrono::Local::now().date_naive();
    let day = |more: i64| (today + chrono::Duration::days(more)).to_string();
    let deliver = |session: &Session, day: &str| {
        let given = [("delivered_on", day), ("delivered_how", "邮寄签收")];
        bench.step(session, code, "deliver", &given)
    };
    assert!(said(deliver(&league, &day(1))).contains("还没有到"));
    assert!(said(deliver(&league, &day(-1))).contains("至今天之间"));
    let done = deliver(&league, &day(0)).unwrap();
    assert_eq!(text(&done, "delivered_on"), day(0));
    bench.step(&league, code, "review", WHY).unwrap();
    let mut second: Vec<(&str, &str)> = ANSWER.to_vec();
    let now = day(0);
    second.extend([
        ("delivered_on", now.as_str()),
        ("delivered_how", "当面签收"),
    ]);
    let done = bench.step(&region, code, "answer", &second).unwrap();
    assert_eq!(
        (
            text(&done, "delivered_on"),
            text(&done, "review_delivered_on")
        ),
        (now.as_str(), now.as_str())
    );
    assert_eq!(text(&done, "delivered_how"), "当面签收");
}

/// A world that counts how often all operators are gone through.
struct Counted(Few, std::cell::Cell<usize>);

impl World for Counted {
    fn record(&self, code: Code) -> Option<Record> {
        self.0.record(code)
    }
    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64> {
        self.0.equal(kind, field, value)
    }
    fn each(&self, kind: Kind, found: &mut dyn FnMut(Record) -> bool) {
        self.1.set(self.1.get() + 1);
        self.0.each(kind, found);
    }
    fn setting(&self, key: &str) -> Option<i64> {
        self.0.setting(key)
    }
}

#[test]
fn to_judge_what_stands_nobody_goes_through_all_operators() {
    let world = Counted(Few::of(crate::rule::matter::WORLD), Default::default());
    let one = record(
        "TS-2026-000001 kind=投诉 accused=ZZ-0035 receiver=ZZ-0005 facts=收费 status=登记 day=2026-06-29",
    );
    let case = Case {
        before: None,
        after: &one,
        act: kezhi::domain::rule::STANDING,
        today: crate::rule::row::today(),
        world: &world,
        sees: None,
    };
    let found = kezhi::domain::rule::standing(&case).count();
    assert_eq!((world.1.get(), found > 0), (0, true));
}

#[test]
fn of_many_about_the_same_team_the_newest_are_compared() {
    let mut world = Few::of(crate::rule::matter::WORLD);
    let facts = "facts=活动后向农户收取讲课费二百元";
    for number in 1..=120 {
        let day = if number == 1 {
            "2024-01-01"
        } else {
            "2026-06-01"
        };
        world.put(record(&format!(
            "TS-2026-{number:06} kind=投诉 complainant=人{number} accused=ZZ-0035 receiver=ZZ-0005 {facts} status=办结 day={day}"
        )));
    }
    let one = record(&format!(
        "TS-2026-000999 kind=投诉 complainant=人3 accused=ZZ-0035 receiver=ZZ-0005 {facts} status=登记"
    ));
    let found = kezhi::domain::complaint_same::same(&one, &world, crate::rule::row::today());
    // By the same person, however long ago it was entered, and the newest fifty about the same.
    assert_eq!(found.len(), 51);
    assert_eq!(found[0].text("complainant"), "人3");
    assert_eq!(
        found.iter().map(|one| one.number % 1_000_000).max(),
        Some(120)
    );
}
