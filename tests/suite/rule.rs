//! Rules: one record that passes and one that is refused, for every row.

use chrono::NaiveDate;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::record::Record;
use kezhi::domain::rule::{Assent, Case, World, guard, rules};
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::{Act, Answer, Change, Request};
use kezhi::service::Service;

mod county;
mod harm;
pub mod matter;
mod oversight;
mod person;
pub mod row;
mod team;
mod work;

use row::Few;

const YES: Assent = Assent {
    yes: true,
    reason: "",
};

fn record(kind: Kind, number: u64, fields: &[(&str, &str)]) -> Record {
    let mut record = Record::new(kind, number, Fields::new());
    for (key, value) in fields {
        record.set(key, (*value).into());
    }
    record
}

fn world() -> Few {
    let mut few = Few::default();
    let mut add = |record: Record| few.0.insert((record.kind.bit(), record.number), record);
    let org = |number, name, kind, parent, area| {
        record(
            Kind::Organisation,
            number,
            &[
                ("name", name),
                ("kind", kind),
                ("parent", parent),
                ("area", area),
                ("status", "已成立"),
            ],
        )
    };
    add(org(1, "总队", "总队", "", "150000"));
    add(org(2, "赤峰市队", "盟市队", "ZZ-0001", "150400"));
    add(org(3, "红山区队", "旗县队", "ZZ-0002", "150402"));
    add(org(4, "通辽市队", "盟市队", "ZZ-0001", "150500"));
    add(org(5, "空队", "分队", "ZZ-0003", "150402"));
    let mut ended = org(6, "旧盟队", "盟市队", "ZZ-0001", "150400");
    ended.set("status", "已注销".into());
    add(ended);
    add(record(
        Kind::Volunteer,
        7,
        &[
            ("name", "单立文"),
            ("phone", "13912344471"),
            ("id_number", "11010519491231002X"),
            ("teams", "ZZ-0003"),
            ("status", "在册"),
        ],
    ));
    for (number, user, status) in [(1, "limin", "启用"), (2, "wangl", "停用")] {
        let fields = [("user", user), ("name", "李敏"), ("status", status)];
        add(record(Kind::Operator, number, &fields));
    }
    few
}

fn refused_by(after: &Record, before: Option<&Record>, act: &str) -> Option<&'static str> {
    let world = world();
    let case = Case {
        before,
        after,
        act,
        today: NaiveDate::from_ymd_opt(2026, 6, 30).unwrap(),
        world: &world,
        sees: None,
    };
    let first = rules(after.kind)
        .filter(|rule| rule.applies(&case))
        .find(|rule| (rule.check)(&case).is_some())
        .map(|rule| rule.id);
    assert_eq!(first.is_some(), guard(&case, Assent::default()).is_err());
    first
}

fn person(fields: &[(&str, &str)]) -> Record {
    record(Kind::Volunteer, 0, fields)
}

#[test]
fn volunteers() {
    let by = |fields: &[(&str, &str)]| refused_by(&person(fields), None, "new");
    assert_eq!(by(&[("name", "张三"), ("phone", "13800000000")]), None);
    assert_eq!(by(&[("id_number", "110105194912310021")]), Some("R08.1-03"));
    assert_eq!(by(&[("id_number", "X1"), ("id_type", "护照")]), None);
    assert_eq!(
        by(&[("id_number", "12010519900101101X"), ("birth", "1990-01-02")]),
        Some("R08.1-03")
    );
    assert_eq!(
        by(&[("id_number", "11010519491231002X"), ("birth", "1949-12-30")]),
        Some("R08.1-03")
    );
    assert_eq!(
        by(&[("id_number", "11010519491231002X"), ("gender", "男")]),
        Some("R08.1-03")
    );
    assert_eq!(by(&[("birth", "2018-07-01")]), Some("R07-06"));
    assert_eq!(by(&[("birth", "2018-06-30")]), Some("R07-06"));
    assert_eq!(
        by(&[("birth", "2018-06-30"), ("guardian", "张父 13800000000")]),
        None
    );
    assert_eq!(by(&[("birth", "2008-07-01")]), Some("R07-06"));
    assert_eq!(by(&[("birth", "2008-06-30")]), None);
    assert_eq!(
        by(&[("id_number", "11010519491231002X"), ("name", "别人")]),
        Some("R08.1-03")
    );
    assert_eq!(
        by(&[("name", "单立文"), ("phone", "13912344471")]),
        Some("R08.1-03")
    );
    assert_eq!(
        by(&[("name", "单家人"), ("phone", "13912344471")]),
        None,
        "families share a phone"
    );
}

#[test]
fn organisations() {
    let world = world();
    let unit = |number| world.record(Code::new(Kind::Organisation, number)).unwrap();
    let new =
        |fields: &[(&str, &str)]| refused_by(&record(Kind::Organisation, 0, fields), None, "new");
    assert_eq!(
        new(&[
            ("name", "松山区队"),
            ("kind", "旗县队"),
            ("parent", "ZZ-0002"),
            ("area", "150404")
        ]),
        None
    );
    assert_eq!(
        new(&[("name", "又一总队"), ("kind", "总队")]),
        Some("R04-01")
    );
    assert_eq!(
        new(&[
            ("name", "红山区队"),
            ("kind", "旗县队"),
            ("parent", "ZZ-0002")
        ]),
        Some("SAME-NAME")
    );
    assert_eq!(
        new(&[
            ("name", "松山区队"),
            ("kind", "旗县队"),
            ("parent", "ZZ-0001")
        ]),
        Some("R06.2-01")
    );
    assert_eq!(
        new(&[("name", "松山区队"), ("kind", "旗县队")]),
        Some("R04-02")
    );
    assert_eq!(
        new(&[
            ("name", "松山区队"),
            ("kind", "旗县队"),
            ("parent", "ZZ-0004"),
            ("area", "150404")
        ]),
        Some("R06.2-01")
    );
    assert_eq!(
        new(&[
            ("name", "松山区队"),
            ("kind", "旗县队"),
            ("parent", "ZZ-0006"),
            ("area", "150404")
        ]),
        Some("R04-02")
    );
    let mut moved = unit(2);
    moved.set("parent", "ZZ-0003".into());
    assert_eq!(refused_by(&moved, Some(&unit(2)), "move"), Some("R04-02"));
    let become_a = |number, kind: &str| {
        let mut after = unit(number);
        after.set("kind", kind.into());
        refused_by(&after, Some(&unit(number)), "edit")
    };
    assert_eq!(become_a(2, "学会队"), Some("R06.2-01"));
    assert_eq!(become_a(4, "学会队"), None);
    let dissolved = |number| {
        let mut after = unit(number);
        after.set("status", "已注销".into());
        refused_by(&after, Some(&unit(number)), "dissolve")
    };
    assert_eq!(dissolved(2), Some("DISSOLVE-CHILD"));
    assert_eq!(dissolved(3), Some("DISSOLVE-CHILD"));
    assert_eq!(dissolved(5), None);
}

#[test]
fn operators() {
    let new = |user: &str| {
        let fields = [("user", user), ("name", "王丽"), ("status", "启用")];
        refused_by(&record(Kind::Operator, 0, &fields), None, "new")
    };
    assert_eq!(new("limin"), Some("SAME-USER"));
    assert_eq!(new("wangl"), Some("SAME-USER"), "it is enabled instead");
    assert_eq!(new("bao"), None);
}

#[test]
fn a_team_with_live_members_is_not_dissolved() {
    let mut few = world();
    few.0.remove(&(0, 5));
    let unit = few.record(Code::new(Kind::Organisation, 3)).unwrap();
    let mut after = unit.clone();
    after.set("status", "已注销".into());
    let case = Case {
        before: Some(&unit),
        after: &after,
        act: "dissolve",
        today: NaiveDate::from_ymd_opt(2026, 6, 30).unwrap(),
        world: &few,
        sees: None,
    };
    let refusal = guard(&case, YES).unwrap_err();
    assert!(
        refusal.message.zh.contains("1 名志愿者"),
        "{}",
        refusal.message.zh
    );
}

/// The record changed in these fields, judged as an edit or a step of what is stored.
fn changed(stored: &Record, act: &str, fields: &[(&str, &str)]) -> Option<&'static str> {
    let mut after = stored.clone();
    for (key, value) in fields {
        after.set(key, (*value).into());
    }
    refused_by(&after, Some(stored), act)
}

#[test]
fn what_a_change_leaves_as_it_was_is_not_held_against_it() {
    let unit = |fields: &[(&str, &str)]| {
        let mut all = vec![("name", "松山区队"), ("status", "已成立")];
        all.extend(fields);
        record(Kind::Organisation, 9, &all)
    };
    let county = [("kind", "旗县队"), ("area", "150404")];
    let skips = unit(&[&county[..], &[("parent", "ZZ-0001")]].concat());
    let elsewhere = unit(&[&county[..], &[("parent", "ZZ-0004")]].concat());
    let circle = unit(&[&county[..], &[("parent", "ZZ-0009")]].concat());
    let top = unit(&[("kind", "总队")]);
    let same = unit(&[
        ("name", "红山区队"),
        ("kind", "旗县队"),
        ("parent", "ZZ-0002"),
    ]);
    for stored in [&skips, &elsewhere, &circle, &top, &same] {
        assert_eq!(changed(stored, "edit", &[("phone", "04761234567")]), None);
    }
    assert_eq!(changed(&skips, "edit", &[("area", "150402")]), None);
    assert_eq!(
        changed(&skips, "edit", &[("kind", "盟市队"), ("area", "150500")]),
        None
    );
    assert_eq!(
        changed(&elsewhere, "edit", &[("area", "150402")]),
        Some("R06.2-01")
    );
    assert_eq!(
        changed(&elsewhere, "move", &[("parent", "ZZ-0001")]),
        Some("R06.2-01")
    );
    let person = |fields: &[(&str, &str)]| {
        let mut all = vec![
            ("name", "张三"),
            ("phone", "13800000000"),
            ("status", "待核"),
        ];
        all.extend(fields);
        record(Kind::Volunteer, 9, &all)
    };
    let digit = person(&[("id_number", "110105194912310021")]);
    let born = person(&[("id_number", "110105200001010028"), ("birth", "2001-01-01")]);
    let minor = person(&[("birth", "2010-01-01")]);
    let infant = person(&[("birth", "2020-01-01")]);
    let twice = person(&[("id_number", "11010519491231002X")]);
    let same = person(&[("name", "单立文"), ("phone", "13912344471")]);
    for stored in [&digit, &born, &minor, &infant, &twice, &same] {
        for (act, fields) in [
            ("edit", ("employer", "某局")),
            ("edit", ("phone2", "13800000001")),
            ("leave", ("status", "已退出")),
        ] {
            assert_eq!(changed(stored, act, &[fields]), None, "{act} {fields:?}");
        }
    }
    assert_eq!(changed(&twice, "edit", &[("name", "张四")]), None);
    // Who is entered in the register is judged whole.
    for (stored, rule) in [
        (&digit, "R08.1-03"),
        (&minor, "R07-06"),
        (&infant, "R07-06"),
    ] {
        let entered = changed(stored, "confirm", &[("status", "在册")]);
        assert_eq!(entered, Some(rule));
    }
    let cleared = record(Kind::Volunteer, 9, &[("birth", "2010-01-01")]);
    let mut guarded = cleared.clone();
    guarded.set("guardian", "张父".into());
    assert_eq!(refused_by(&cleared, Some(&guarded), "edit"), Some("R07-06"));
}

#[test]
fn an_old_term_that_is_wrong_does_not_keep_anybody_in_office() {
    let post = |holder: &str, to: &str| {
        let row = [
            ("post", "副队长"),
            ("holder", holder),
            ("from", "2025-01-01"),
            ("to", to),
        ];
        let row = row.map(|(key, value)| (key.to_owned(), Value::from(value)));
        Value::Map(Fields::from(row))
    };
    let unit = |posts: Vec<Value>| {
        let mut unit = record(Kind::Organisation, 9, &[("name", "松山区队")]);
        unit.set("posts", Value::List(posts));
        unit
    };
    let stored = unit(vec![post("甲", "2024-01-01"), post("乙", "")]);
    let relieved = |to: &str| {
        let after = unit(vec![post("甲", "2024-01-01"), post("乙", to)]);
        refused_by(&after, Some(&stored), "relieve")
    };
    assert_eq!(relieved("2026-01-01"), None);
    assert_eq!(relieved("2024-12-31"), Some("POST-TERM"));
}

#[test]
fn what_is_stored_is_not_completed_by_another_change() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.redb");
    let store = kezhi::store::Store::open(&path).unwrap();
    kezhi::service::found::lay(&store).unwrap();
    let mut old = person(&[
        ("name", "张三"),
        ("phone", "13800000000"),
        ("teams", "ZZ-0035"),
        ("id_number", "110105194912310021"),
    ]);
    (old.number, old.rev) = (1, 1);
    let mut writer = store.write().unwrap();
    writer.put(&old).unwrap();
    writer.commit().unwrap();
    drop(store);
    let service = Service::open(dir.path(), 1, true).unwrap();
    let session = service.join(crate::right::who(&[Role::Operator], 1), |_| {});
    let change = Change {
        act: Act::Edit {
            code: old.code(),
            rev: None,
        },
        fields: Fields::from([("employer".to_owned(), "某局".into())]),
        confirmed: false,
        reason: String::new(),
    };
    let made = service.handle(&session, Request::Make { token: 0, change });
    let Ok(Answer::View(view)) = made else {
        panic!("{made:?}")
    };
    assert!(!view.fields.contains_key("id_type"));
}
