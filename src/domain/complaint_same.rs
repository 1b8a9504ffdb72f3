//! The same matter: by the same person, or about the same with facts that read alike.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;

use crate::domain::complaint;
use crate::domain::fold::bare;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::setting::SAME_DAYS;
use crate::domain::world::World;

/// Of a hundred pairs of characters of the shorter facts so many must stand in the longer ones.
const ALIKE: usize = 45;

/// The other complaints that may be the same matter, those of the same person first, then the newest, as far as the caller's world holds them and confides who made them.
pub fn same(record: &Record, world: &dyn World, today: NaiveDate) -> Vec<Record> {
    let mut found: BTreeMap<u64, Record> = BTreeMap::new();
    let mut look = |key: &str, value: &str| {
        for number in world.equal(Kind::Complaint, key, value) {
            let other = || world.record(Code::new(Kind::Complaint, number));
            if let std::collections::btree_map::Entry::Vacant(free) = found.entry(number)
                && let Some(other) = other()
            {
                free.insert(other);
            }
        }
    };
    for key in ["complainant", "contact", "accused", "activity"] {
        record
            .texts(key)
            .filter(|text| !text.is_empty())
            .for_each(|text| look(key, text));
    }
    let recent = |other: &Record| {
        let days = other.day("day").map(|day| (today - day).num_days());
        complaint::open(other) || days.is_some_and(|days| days <= SAME_DAYS.now(world))
    };
    // Who made either of the two is told to its handler and the heads alone, by a match as well.
    let own = record.number == 0 || world.confides(record);
    let by_one = |other: &Record| own && one_person(record, other) && world.confides(other);
    let gone = |other: &Record| matches!(other.status(), "移送" | "撤回");
    let mut found: Vec<Record> = found
        .into_values()
        .filter(|other| other.number != record.number && recent(other) && !gone(other))
        .filter(|other| by_one(other) || one_subject(record, other) && alike(record, other))
        .collect();
    found.sort_by_cached_key(|other| {
        let day = other.day("day");
        (std::cmp::Reverse(by_one(other)), std::cmp::Reverse(day))
    });
    found
}

fn one_person(one: &Record, other: &Record) -> bool {
    let same = |key: &str| !one.text(key).is_empty() && one.text(key) == other.text(key);
    same("complainant") || same("contact")
}

/// Whether both are about one of the accused, or about one activity.
fn one_subject(one: &Record, other: &Record) -> bool {
    let shared = |key: &str| {
        one.refs(key)
            .any(|code| other.refs(key).any(|two| two == code))
    };
    shared("accused") || shared("activity")
}

/// Whether the facts of two read alike: how many pairs of neighbouring characters they share.
fn alike(one: &Record, other: &Record) -> bool {
    let (one, other) = (pairs(one.text("facts")), pairs(other.text("facts")));
    let shared = one.intersection(&other).count();
    let shorter = one.len().min(other.len());
    shorter > 0 && shared * 100 >= shorter * ALIKE
}

fn pairs(text: &str) -> HashSet<(char, char)> {
    let text: Vec<char> = bare(text).chars().filter(|c| c.is_alphanumeric()).collect();
    text.iter()
        .zip(text.iter().skip(1))
        .map(|(one, next)| (*one, *next))
        .collect()
}
