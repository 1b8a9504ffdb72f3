//! What the service finds wrong with a demonstration is what was planted, no more and no less.

use std::collections::BTreeMap;
use std::path::Path;

use kezhi::domain::kind::{KINDS, Kind};
use kezhi::domain::world::Reckon;
use kezhi::protocol::work::Check;
use kezhi::service::Service;
use kezhi::store::Store;

use super::{S, day};
use crate::command::{Desk, json, ok};

/// Rule, what else the message says, D-number, planted at size M and at size S.
const PLANTED: [(&str, &str, &str, usize, usize); 15] = [
    ("R09六-01", "", "D13", 2, 1),
    ("R09六-02", "", "D14", 5, 2),
    ("R13-", "", "D15", 5, 1),
    ("R07-06", "", "D20", 2, 1),
    ("R09四-02", "", "D20", 1, 1),
    ("R09三-04", "同一时间", "D22", 30, 1),
    ("R09三-04", "活动只有", "D23", 12, 1),
    ("R02-01", "", "D27", 1, 1),
    ("R09七-02", "", "D29", 1, 1),
    ("R19-02", "", "D17", 3, 1),
    ("R19-03", "", "D18", 4, 1),
    ("R19-03T", "", "D18", 6, 1),
    ("R18-02", "", "D19", 5, 1),
    ("R10四-02", "", "D28", 2, 1),
    ("R09五-02", "", "D30", 4, 1),
];

/// The kinds of what teams do, and of what is said and done about it.
const WORK: [&str; 10] = ["HD", "PQ", "XY", "FW", "BD", "ZM", "TS", "SH", "JD", "CL"];

/// The findings on what teams do, by rule.
fn found(dir: &Path) -> BTreeMap<String, Vec<String>> {
    let service = Service::open(dir, 1, true).unwrap();
    let who = service.identify(1, None).unwrap();
    let asked = Check {
        article: None,
        within: None,
        as_of: Some(day()),
        ..Check::default()
    };
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in service.check(&who, &asked).unwrap() {
        let prefix = finding.code.split('-').next().unwrap();
        if WORK.contains(&prefix) {
            let line = format!("{} {}", finding.code, finding.message.zh);
            found.entry(finding.rule).or_default().push(line);
        }
    }
    service.close();
    found
}

fn compare(size: &str) {
    let desk = Desk::new();
    let dir = desk.path();
    let day = day().to_string();
    let made = json(dir, &["demo", "--size", size, "--day", &day, "--no-open"]);
    if size == "S" {
        assert_eq!(made["service_record"], S.served.len());
    }
    let found = found(dir);
    let mut expected = 0;
    for (rule, part, what, m, s) in PLANTED {
        let of = found.iter().filter(|(id, _)| match rule.ends_with('-') {
            true => id.starts_with(rule),
            false => *id == rule,
        });
        let lines: Vec<&String> = of
            .flat_map(|(_, lines)| lines)
            .filter(|line| line.contains(part))
            .collect();
        let count = if size == "M" { m } else { s };
        assert_eq!(lines.len(), count, "{what} {rule}: {lines:#?}");
        expected += count;
    }
    let all: usize = found.values().map(Vec::len).sum();
    assert_eq!(all, expected, "{found:#?}");
}

#[test]
fn check_finds_what_was_planted_and_nothing_else() {
    compare("S");
}

#[test]
#[ignore = "size M takes a minute in a debug build"]
fn check_finds_what_was_planted_at_size_m() {
    compare("M");
}

#[test]
fn every_record_is_as_the_program_reckons_it() {
    let desk = Desk::new();
    let dir = desk.path();
    ok(dir, &["demo", "--size", "S", "--no-open"]);
    let store = Store::open(&dir.join("store.redb")).unwrap();
    let reader = store.read().unwrap();
    for spec in KINDS {
        if spec.kind == Kind::Organisation {
            continue;
        }
        reader
            .each(spec.kind, 0, |record| {
                let mut again = record.clone();
                let reckon = Reckon {
                    given: &kezhi::domain::value::Fields::new(),
                    before: Some(&record),
                    act: "edit",
                    today: day(),
                    now: "2026-06-30T09:00",
                    who: "demo",
                    chance: 0,
                    uid: 0,
                    operator: None,
                    home: None,
                    world: &reader,
                };
                (spec.reckon)(&mut again, &reckon);
                assert_eq!(again, record);
                true
            })
            .unwrap();
    }
}
