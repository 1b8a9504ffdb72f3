//! The same matter and the link between two: told to whoever may know, and to nobody else.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::refusal::Refusal;
use kezhi::domain::said::Lang;
use kezhi::protocol::{Answer, Request, View};
use kezhi::service::Session;

use crate::complaint::{Bench, Given};

/// What a new complaint of 李四 is told before it is entered.
fn told(bench: &Bench, session: &Session, about: Given) -> String {
    let mut given = vec![
        ("kind", "投诉"),
        ("complainant", "李四"),
        ("contact", "13500001111"),
    ];
    given.extend(about);
    let made: Result<View, Refusal> = bench.new_one(session, Kind::Complaint, &given);
    made.err()
        .map_or_else(String::new, |refusal| refusal.line(Lang::Zh))
}

fn history(bench: &Bench, session: &Session, code: Code) -> usize {
    let asked = Request::History { code, limit: 50 };
    match bench.service.handle(session, asked).unwrap() {
        Answer::Entries(entries) => entries.len(),
        _ => panic!(),
    }
}

#[test]
fn who_complained_is_not_asked_by_entering_another() {
    let bench = Bench::new();
    let (region, song) = (bench.operator(1), bench.operator(4));
    let given = [
        ("accused_other", "路人"),
        ("complainant", "李四"),
        ("contact", "13500001111"),
        ("facts", "讲座之后向学生收取材料费三十元"),
    ];
    let code = bench.complain(&region, &given).code;
    let to = [("to", "ZZ-0036"), ("note", "属地办理")];
    bench.step(&region, code, "transfer", &to).unwrap();
    assert!(bench.show(&song, code).is_ok(), "it lies in the county");
    let other = [("accused_other", "某人"), ("facts", "场地没有人打扫卫生")];
    let code_said = code.to_string();
    // A head may know; whoever neither heads nor handles it may not.
    assert!(told(&bench, &region, &other).contains(&code_said));
    assert_eq!(told(&bench, &song, &other), "");
    // Nor is it told on the card of one that the same person made.
    let mine = [
        ("accused_other", "别人"),
        ("complainant", "李四"),
        ("facts", "夜里施工扰民"),
    ];
    let mine = bench.complain(&song, &mine).code;
    let card = bench.show(&song, mine).unwrap();
    let card = serde_json::to_string(&card.told).unwrap();
    assert!(!card.contains(&code_said), "{card}");
    let card = bench.show(&region, mine).unwrap();
    let card = serde_json::to_string(&card.told).unwrap();
    assert!(card.contains(&code_said), "{card}");
    // Whoever handles it knows.
    let handler = [("handler", "CZ-004")];
    bench.step(&region, code, "assign", &handler).unwrap();
    // Both came on one day: either may be named as the latest.
    let both = told(&bench, &song, &other);
    assert!(
        both.contains(&code_said) || both.contains(" 件，最近一件"),
        "{both}"
    );
}

#[test]
fn the_same_facts_about_the_same_are_told_whoever_asks() {
    let bench = Bench::new();
    let (region, song) = (bench.operator(1), bench.operator(4));
    let activity = [
        ("title", "科普日"),
        ("org", "ZZ-0036"),
        ("scope", "1"),
        ("place", "学校"),
        ("sessions", "2027-05-01 09:00-11:00"),
    ];
    let activity = bench
        .new_one(&region, Kind::Activity, &activity)
        .unwrap()
        .code
        .to_string();
    let facts = ("facts", "讲座之后向学生收取材料费三十元");
    let about = [
        ("activity", activity.as_str()),
        facts,
        ("complainant", "张三"),
    ];
    let code = bench.complain(&region, &about).code;
    let to = [("to", "ZZ-0036"), ("note", "属地办理")];
    let passed = bench.step(&region, code, "transfer", &to);
    // What is about the county's own activity may be walled from it: then a head alone is asked.
    let asks = if passed.is_ok() && bench.show(&song, code).is_ok() {
        &song
    } else {
        &region
    };
    assert!(told(&bench, asks, &about[..2]).contains(&code.to_string()));
    assert_eq!(
        told(&bench, &song, &[("accused_other", "某人"), facts]),
        "",
        "about nothing in common"
    );
}

#[test]
fn a_link_leaves_no_trace_on_the_other_for_those_who_see_that_one_alone() {
    let bench = Bench::new();
    let (league, county) = (bench.operator(2), bench.operator(3));
    let walled = bench
        .complain(&league, &[("accused", "ZZ-0035"), ("complainant", "甲")])
        .code;
    let seen = [
        ("accused_other", "路人"),
        ("complainant", "乙"),
        ("facts", "夜里施工扰民"),
    ];
    let seen = bench.complain(&county, &seen).code;
    assert!(bench.show(&county, walled).is_err());
    let (before, entries) = (
        bench.show(&county, seen).unwrap(),
        history(&bench, &county, seen),
    );
    bench
        .step(&league, walled, "link", &[("to", &seen.to_string())])
        .unwrap();
    assert_eq!(bench.show(&county, seen).unwrap(), before);
    assert_eq!(history(&bench, &county, seen), entries);
    let card = bench.show(&league, seen).unwrap();
    let card = serde_json::to_string(&card.told).unwrap();
    assert!(card.contains(&format!("与此件关联：{walled}")), "{card}");
    let Ok(Answer::Case(case)) = bench.service.handle(&league, Request::Case(seen)) else {
        panic!()
    };
    let beside = case.beside.iter().find(|one| one.code == walled).unwrap();
    assert_eq!(beside.why.zh, "关联");
}
