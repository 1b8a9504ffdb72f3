//! D17, D18, D19, D28 and D30: exactly so many, counted from the records alone; and that the rest is in order.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, NaiveDate};
use kezhi::domain::kind::Kind;
use kezhi::domain::record::Record;
use kezhi::domain::value::{Fields, Value};
use kezhi::domain::workday::Calendar;

use super::{M, S, Seen};

fn both(test: impl Fn(&Seen, bool)) {
    test(&S, false);
    test(&M, true);
}

fn few(m: bool, at_m: usize) -> usize {
    if m { at_m } else { 1 }
}

fn cell<'a>(row: &'a Fields, key: &str) -> &'a str {
    row.get(key).and_then(Value::text).unwrap_or("")
}

/// A team, and whether it is another or below it.
fn inside(seen: &Seen, team: u64, root: u64) -> bool {
    seen.line(team).contains(&root)
}

#[test]
fn major_activities_are_overseen_but_where_it_is_planted() {
    both(|seen, m| {
        let mut of: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
        for one in &seen.oversights {
            of.entry(one.text("activity").to_owned())
                .or_default()
                .push(one);
        }
        let over = seen
            .activities
            .iter()
            .filter(|one| one.get("major") == Some(&Value::Flag(true)) && one.status() == "结项");
        let whole = |activity: &&Record| {
            ["纪检监察", "审计"].into_iter().all(|office| {
                let one = of[&activity.code().to_string()]
                    .iter()
                    .find(|one| one.text("office") == office);
                one.is_some_and(|one| {
                    let stages: BTreeSet<&str> =
                        one.rows("presence").map(|row| cell(row, "stage")).collect();
                    let before = one.rows("presence").all(|row| {
                        let start = activity.text("day");
                        cell(row, "stage") != "事前" || cell(row, "day") < start
                    });
                    stages.len() == 3 && before && one.refs("inspector").next().is_some()
                })
            })
        };
        let lacking = over.filter(|one| !whole(one)).count();
        assert_eq!(lacking, few(m, 3), "D17");
    });
}

#[test]
fn complaints_go_up_but_where_they_are_planted() {
    both(|seen, m| {
        let open = |one: &&Record| matches!(one.status(), "登记" | "受理" | "核查");
        let own = seen.complaints.iter().filter(open).filter(|one| {
            let accused = one.refs("accused").next();
            let receiver = one.refs("receiver").next().unwrap();
            let team = accused.filter(|code| code.kind == Kind::Organisation);
            team.is_some_and(|team| inside(seen, receiver.number, team.number))
        });
        assert_eq!(own.count(), few(m, 4), "D18");
        let calendar = Calendar::shipped();
        let lying = seen.complaints.iter().filter(|one| {
            let days = calendar.workdays_between(one.day("day").unwrap(), seen.today);
            one.status() == "登记" && days > 3
        });
        assert_eq!(lying.count(), few(m, 6), "D18");
        let paid = seen.complaints.iter().filter(|one| {
            let upheld = matches!(one.text("outcome"), "属实" | "部分属实");
            let accused = one.refs("accused").next();
            let person = accused.is_some_and(|code| code.kind == Kind::Volunteer);
            upheld && person && one.text("topic") == "收取报酬"
        });
        assert_eq!(paid.count(), few(m, 2), "D28");
    });
}

#[test]
fn harm_is_settled_but_where_it_is_planted() {
    both(|seen, m| {
        let late = seen.incidents.iter().filter(|one| {
            let age = seen.today - one.day("entered_on").unwrap();
            one.status() != "办结" && age > Duration::days(15)
        });
        assert_eq!(late.count(), few(m, 5), "D19");
        for one in seen.incidents.iter().filter(|one| one.status() == "办结") {
            for key in ["responsible", "measures", "conclusion", "breach"] {
                assert!(!one.text(key).is_empty(), "{} {key}", one.code());
            }
            let took = one.day("closed_on").unwrap() - one.day("entered_on").unwrap();
            assert!(took <= Duration::days(15), "{}", one.code());
        }
    });
}

#[test]
fn certificates_wait_three_working_days_and_holidays_do_not_count() {
    both(|seen, m| {
        let calendar = Calendar::shipped();
        let waited = |one: &Record| {
            let until = match one.status() {
                "申请" => seen.today,
                _ => one.day("issued_on").unwrap(),
            };
            let asked = one.day("asked_on").unwrap();
            let days = (until - asked).num_days();
            (calendar.workdays_between(asked, until), days)
        };
        let once = |one: &&Record| matches!(one.status(), "申请" | "有效" | "待更正");
        let waits: Vec<(i64, i64)> = seen.certificates.iter().filter(once).map(waited).collect();
        let late = waits.iter().filter(|(work, _)| *work > 3).count();
        assert_eq!(late, few(m, 4), "D30");
        let over_holidays = waits.iter().filter(|(work, days)| *work == 3 && *days >= 9);
        assert!(over_holidays.count() >= few(m, 3), "in time over a holiday");
    });
}

#[test]
fn every_kind_channel_and_state_occurs_and_the_days_follow_one_another() {
    let order = [
        "day",
        "told_on",
        "investigated_on",
        "answered_on",
        "review_on",
        "review_answered_on",
        "recheck_on",
        "rechecked_on",
        "closed_on",
    ];
    both(|seen, m| {
        let mut states: BTreeMap<&str, usize> = BTreeMap::new();
        let mut numbers = BTreeSet::new();
        for one in &seen.complaints {
            *states.entry(one.status()).or_default() += 1;
            assert!(numbers.insert(one.number), "{} twice", one.code());
            assert!((100_000..1_000_000).contains(&(one.number % 1_000_000)));
            let days: Vec<NaiveDate> = order.iter().filter_map(|key| one.day(key)).collect();
            assert!(days.is_sorted(), "{}: {days:?}", one.code());
            assert!(days.last().is_none_or(|day| *day <= seen.today));
            let name = one.text("complainant");
            assert!(name.is_empty() || name.ends_with("（演示）"), "{name}");
            if let Some(handler) = one.refs("handler").next() {
                assert!(seen.operators.iter().any(|clerk| clerk.code() == handler));
            }
            if one.status() == "移送" {
                assert!(one.text("facts").is_empty() && name.is_empty());
            }
        }
        if !m {
            return;
        }
        for state in [
            "登记",
            "转办",
            "异议",
            "受理",
            "核查",
            "答复",
            "复查",
            "复核",
            "中止",
            "不予受理",
            "移送",
            "撤回",
            "办结",
        ] {
            assert!(states.contains_key(state), "{state}: {states:?}");
        }
        for (key, least) in [
            ("kind", 7),
            ("channel", 6),
            ("outcome", 4),
            ("satisfaction", 5),
        ] {
            let found: BTreeSet<&str> = seen.complaints.iter().map(|one| one.text(key)).collect();
            let found = found.iter().filter(|text| !text.is_empty()).count();
            assert_eq!(found, least, "{key}");
        }
        assert!(
            seen.complaints
                .iter()
                .any(|one| one.get("linked").is_some())
        );
    });
}

#[test]
fn sanctions_are_told_heard_and_decided_by_two() {
    both(|seen, _| {
        for one in &seen.sanctions {
            if one.day("effective_on").is_none() {
                continue;
            }
            for key in ["notice", "remedy", "decision", "decided_by", "confirmed_by"] {
                assert!(!one.text(key).is_empty(), "{} {key}", one.code());
            }
            assert_ne!(one.get("decider"), one.get("confirmer"), "{}", one.code());
        }
        assert!(
            seen.sanctions
                .iter()
                .any(|one| one.text("measure") == "清退")
        );
    });
}

#[test]
fn calls_are_about_somebody_who_rings_again_and_are_taken_above_them() {
    both(|seen, _| {
        let mut about: BTreeMap<&str, usize> = BTreeMap::new();
        for call in &seen.calls {
            let whom = call.texts("about").next().unwrap();
            *about.entry(whom).or_default() += 1;
            let code = call.refs("about").next().unwrap();
            let desk = call.refs("org").next().unwrap().number;
            if code.kind == Kind::Organisation {
                assert!(inside(seen, code.number, desk), "{}", call.code());
            }
            assert!(!call.title().is_empty() && !call.text("taken_by").is_empty());
        }
        let again = about.values().filter(|count| **count >= 3).count();
        assert!(again * 2 > about.len(), "{about:?}");
        for status in ["待回", "已答复"] {
            assert!(seen.calls.iter().any(|call| call.status() == status));
        }
    });
}
