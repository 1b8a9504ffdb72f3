//! Rules: one record that passes and one that is refused, for every row.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::organisation_rule;
use kezhi::domain::record::Record;
use kezhi::domain::rule::{Case, Rule, World, guard};
use kezhi::domain::value::Fields;
use kezhi::domain::volunteer_rule;

#[derive(Default)]
struct Few(BTreeMap<(u8, u64), Record>);

impl World for Few {
    fn record(&self, code: Code) -> Option<Record> {
        self.0.get(&(code.kind.bit(), code.number)).cloned()
    }
    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64> {
        let fits =
            |record: &&Record| record.kind == kind && record.texts(field).any(|text| text == value);
        self.0
            .values()
            .filter(fits)
            .map(|record| record.number)
            .collect()
    }
    fn setting(&self, _: &str) -> Option<i64> {
        None
    }
}

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
    let rows: &[Rule] = if after.kind == Kind::Volunteer {
        volunteer_rule::RULES
    } else {
        organisation_rule::RULES
    };
    let first = rows
        .iter()
        .filter(|rule| rule.acts.is_empty() || rule.acts.contains(&act))
        .find(|rule| (rule.check)(&case).is_some())
        .map(|rule| rule.id);
    assert_eq!(first.is_some(), guard(&case, false).is_err());
    first
}

fn person(fields: &[(&str, &str)]) -> Record {
    record(Kind::Volunteer, 0, fields)
}

#[test]
fn volunteers() {
    let by = |fields: &[(&str, &str)]| refused_by(&person(fields), None, "new");
    assert_eq!(by(&[("name", "张三"), ("phone", "13800000000")]), None);
    assert_eq!(
        by(&[("id_number", "110105194912310021")]),
        Some("ID-NUMBER")
    );
    assert_eq!(by(&[("id_number", "X1"), ("id_type", "护照")]), None);
    assert_eq!(
        by(&[("id_number", "12010519900101101X"), ("birth", "1990-01-02")]),
        Some("ID-NUMBER")
    );
    assert_eq!(
        by(&[("id_number", "11010519491231002X"), ("birth", "1949-12-30")]),
        Some("ID-BIRTH")
    );
    assert_eq!(
        by(&[("id_number", "11010519491231002X"), ("gender", "男")]),
        Some("ID-GENDER")
    );
    assert_eq!(by(&[("birth", "2018-07-01")]), Some("MINOR-8"));
    assert_eq!(by(&[("birth", "2018-06-30")]), Some("MINOR-18"));
    assert_eq!(
        by(&[("birth", "2018-06-30"), ("guardian", "张父 13800000000")]),
        None
    );
    assert_eq!(by(&[("birth", "2008-07-01")]), Some("MINOR-18"));
    assert_eq!(by(&[("birth", "2008-06-30")]), None);
    assert_eq!(
        by(&[("id_number", "11010519491231002X"), ("name", "别人")]),
        Some("SAME-ID")
    );
    assert_eq!(
        by(&[("name", "单立文"), ("phone", "13912344471")]),
        Some("SAME-NAME-PHONE")
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
        Some("ONE-TOP")
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
        Some("TREE-LEVEL")
    );
    assert_eq!(
        new(&[("name", "松山区队"), ("kind", "旗县队")]),
        Some("TREE-LEVEL")
    );
    assert_eq!(
        new(&[
            ("name", "松山区队"),
            ("kind", "旗县队"),
            ("parent", "ZZ-0004"),
            ("area", "150404")
        ]),
        Some("TREE-LEVEL")
    );
    let mut moved = unit(2);
    moved.set("parent", "ZZ-0003".into());
    assert_eq!(
        refused_by(&moved, Some(&unit(2)), "move"),
        Some("TREE-CYCLE")
    );
    assert_eq!(
        refused_by(&unit(2), Some(&unit(2)), "dissolve"),
        Some("DISSOLVE-CHILD")
    );
    let mut childless = unit(3);
    childless.number = 3;
    assert_eq!(
        refused_by(&childless, Some(&unit(3)), "dissolve"),
        Some("DISSOLVE-CHILD")
    );
    assert_eq!(refused_by(&unit(5), Some(&unit(5)), "dissolve"), None);
}

#[test]
fn a_team_with_live_members_is_not_dissolved() {
    let mut few = world();
    few.0.remove(&(0, 5));
    let unit = few.record(Code::new(Kind::Organisation, 3)).unwrap();
    let case = Case {
        before: Some(&unit),
        after: &unit,
        act: "dissolve",
        today: NaiveDate::from_ymd_opt(2026, 6, 30).unwrap(),
        world: &few,
        sees: None,
    };
    let refusal = guard(&case, true).unwrap_err();
    assert!(
        refusal.message.zh.contains("1 名志愿者"),
        "{}",
        refusal.message.zh
    );
}
