//! Steps as somebody new takes them: what is recorded stands, what was done lies behind, and all of it comes back.

use kezhi::domain::kind::KINDS;
use kezhi::domain::refusal::Refusal;
use kezhi::domain::route;
use kezhi::domain::said::Lang;
use kezhi::domain::value::Fields;
use kezhi::protocol::work::Many;
use kezhi::protocol::{Act, Answer, Request, View};

use crate::consequence::{ask, code};
use crate::rule::row::{Few, record, today};
use crate::undo::Bench;

const LINES: &[&str] = &[
    "ZZ-0901 name=甲队 kind=其他 parent=ZZ-0005 status=筹建 founded_on=2026-10-01 founder=甲单位",
    "ZZ-0902 name=乙队 kind=其他 parent=ZZ-0005 status=筹建 founded_on=2099-10-01 founder=乙单位",
    "ZZ-0903 name=丙队 kind=其他 parent=ZZ-0005 status=筹建",
    "ZY-000010 name=单立文 phone=13900000001 teams=ZZ-0035 status=在册 joined_on=2026-05-01",
    "ZY-000011 name=包志强 phone=13900000002 teams=ZZ-0035 status=在册 joined_on=2026-05-01",
    "ZY-000012 name=韩梅 phone=13900000003 teams=ZZ-0035 status=待核 joined_on=2026-05-01",
    "ZY-000013 name=白音 phone=13900000004 teams=ZZ-0035 status=已退出 joined_on=2020-05-01",
];

fn bench() -> Bench {
    Bench::of(LINES)
}

fn step(bench: &Bench, of: &str, step: &str, fields: &[(&str, &str)]) -> Result<View, Refusal> {
    let act = Act::Step {
        code: code(of),
        step: step.into(),
        rev: None,
    };
    ask(&bench.service, &bench.me, act, fields, "")
}

fn no(bench: &Bench, of: &str, key: &str, fields: &[(&str, &str)]) -> String {
    step(bench, of, key, fields).unwrap_err().line(Lang::Zh)
}

#[test]
fn a_day_that_was_entered_before_is_not_overwritten_by_today() {
    let bench = bench();
    bench.take("ZZ-0901", "found", &[("founder", "甲单位")]);
    assert_eq!(bench.field("ZZ-0901", "founded_on"), "2026-10-01");
    // Emptied it means today, as the form says.
    let bench = self::bench();
    let day = chrono::Local::now().date_naive().to_string();
    bench.take("ZZ-0901", "found", &[("founder", "甲单位"), ("day", "")]);
    assert_eq!(bench.field("ZZ-0901", "founded_on"), day);
    bench.take("ZZ-0903", "found", &[("founder", "丙单位")]);
    assert_eq!(bench.field("ZZ-0903", "founded_on"), day);
    // Who comes back comes anew.
    bench.take("ZY-000013", "register", &[]);
    assert_eq!(bench.field("ZY-000013", "joined_on"), day);
}

#[test]
fn what_was_done_lies_behind_and_after_what_it_follows() {
    let bench = bench();
    let late = no(&bench, "ZY-000012", "confirm", &[("day", "2099-01-01")]);
    assert!(late.contains("2099-01-01 还没有到"), "{late}");
    let early = no(&bench, "ZY-000012", "confirm", &[("day", "1999-01-01")]);
    assert!(early.contains("早于登记日期 2026-05-01"), "{early}");
    assert_eq!(bench.field("ZY-000012", "status"), "待核");
    step(&bench, "ZY-000012", "confirm", &[("day", "2026-05-01")]).unwrap();
    // A day that was entered before is judged as well.
    let held = no(&bench, "ZZ-0902", "found", &[("founder", "乙单位")]);
    assert!(held.contains("2099-10-01 还没有到"), "{held}");
}

#[test]
fn every_day_that_a_step_stamps_is_asked_for_as_past() {
    for spec in KINDS {
        for step in spec.steps.iter().filter(|step| step.stamp.is_some()) {
            let mut asks = step.asks.iter().filter(|ask| ask.key == "day");
            assert!(asks.all(|ask| ask.past), "{} {}", spec.key, step.key);
            for key in step.stamp.into_iter().chain(step.after) {
                assert!(spec.field(key).is_some(), "{} {key}", spec.key);
            }
        }
    }
}

#[test]
fn a_suspension_comes_back_whatever_the_entry_lacks() {
    let bench = bench();
    step(&bench, "ZY-000010", "suspend", &[("note", "出差")]).unwrap();
    bench.back("ZY-000010").unwrap();
    assert_eq!(bench.field("ZY-000010", "status"), "在册");
    let codes = vec![code("ZY-000010"), code("ZY-000011")];
    let fields = [("note".to_owned(), "出差".into())];
    let many = Many {
        codes,
        step: "suspend".into(),
        fields: Fields::from(fields),
        confirmed: true,
        reason: String::new(),
    };
    match bench
        .service
        .handle(&bench.me, Request::Many { token: 1, many })
    {
        Ok(Answer::Many(done)) => assert!(done.refused.is_empty(), "{done:?}"),
        other => panic!("{other:?}"),
    }
    let undone = bench.back("ZY-000010").unwrap();
    assert_eq!((undone.count, undone.left.len()), (2, 0));
    assert_eq!(bench.field("ZY-000011", "status"), "在册");
}

#[test]
fn what_nobody_has_founded_handles_no_complaint() {
    let world = Few::of(&[
        "ZZ-0001 name=总队 kind=总队 status=已成立",
        "ZZ-0005 name=市队 kind=盟市队 parent=ZZ-0001 status=已成立",
        "ZZ-0903 name=区队 kind=旗县队 parent=ZZ-0005 status=筹建",
        "ZZ-0911 name=分队 kind=分队 parent=ZZ-0903 status=应成立",
    ]);
    let matter = record("TS-2026-000001 facts=事 accused=ZZ-0911 status=登记");
    let way = route::route(&matter, &world, None, today());
    assert_eq!(way.receiver, Some(code("ZZ-0005")), "{way:?}");
    let why = way.why.join("；");
    assert!(why.contains("区队还没有成立，再上一级"), "{why}");
}

#[test]
fn what_a_step_needs_is_told_by_the_field_of_its_form() {
    let mut lines = LINES.to_vec();
    lines.extend([
        "HD-2026-0001 title=义诊 org=ZZ-0035 status=招募 day=2026-06-10",
        "PQ-000001 activity=HD-2026-0001 volunteer=ZY-000010 org=ZZ-0035 status=拟派",
    ]);
    let bench = Bench::of(&lines);
    let no = no(&bench, "PQ-000001", "agree", &[]);
    assert!(no.contains("填「谁答应」"), "{no}");
    assert!(!no.contains("先办本人同意"), "{no}");
}

#[test]
fn to_end_what_goes_on_is_no_way_to_bring_it_back() {
    let bench = bench();
    let no = no(&bench, "ZY-000012", "register", &[]);
    assert!(no.contains("现在可办") && !no.contains("先办"), "{no}");
}

#[test]
fn lists_are_read_as_people_write_them() {
    let mut lines = LINES.to_vec();
    lines.push("HD-2026-0001 title=义诊 org=ZZ-0035 status=草拟");
    let bench = Bench::of(&lines);
    let view = bench.edit("ZY-000010", &[("skills", "农技，科普")]);
    let skills: Vec<&str> = view.fields["skills"].texts().collect();
    assert_eq!(skills, ["农牧技术", "科普宣讲"]);
    let view = bench.edit("HD-2026-0001", &[("parts", "讲师：1，秩序 2")]);
    let parts = crate::consequence::rows(&view, "parts");
    let said: Vec<String> = parts
        .iter()
        .map(|row| format!("{} {}", row["role"], row["count"]))
        .collect();
    assert_eq!(said, ["讲师 1", "秩序 2"]);
}
