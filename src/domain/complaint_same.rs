//! The same matter: by the same person, or about the same with facts that read alike.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;

use crate::domain::complaint;
use crate::domain::fold::bare;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::setting::SAME_DAYS;
use crate::domain::world::World;

/// Of a hundred pairs of characters of the shorter facts so many must stand in the longer ones.
const ALIKE: usize = 45;

/// Of the complaints by the same person, and of those about the same, so many are compared at most.
const MOST: usize = 50;

/// So many of each are read at most to find them.
const READ: usize = 400;

/// The other complaints that may be the same matter, those of the same person first, then the newest, as far as the caller's world holds them and confides who made them.
pub fn same(record: &Record, world: &dyn World, today: NaiveDate) -> Vec<Record> {
    let numbers = |keys: [&str; 2]| {
        let values = keys.into_iter().flat_map(|key| {
            let texts = record.texts(key).filter(|text| !text.is_empty());
            texts.map(move |text| (key, text))
        });
        let found = values.flat_map(|(key, text)| world.equal(Kind::Complaint, key, text));
        found.collect::<BTreeSet<u64>>()
    };
    let days = SAME_DAYS.now(world);
    let recent = |other: &Record| {
        let past = other.day("day").map(|day| (today - day).num_days());
        complaint::open(other) || past.is_some_and(|past| past <= days)
    };
    // Who made either of the two is told to its handler and the heads alone, by a match as well.
    let own = record.number == 0 || world.confides(record);
    let by_one = |other: &Record| own && one_person(record, other) && world.confides(other);
    let gone = |other: &Record| matches!(other.status(), "移送" | "撤回");
    // Numbers grow with the years: of a team that is complained of every day the newest are read.
    let newest = |numbers: BTreeSet<u64>| {
        let others = numbers.into_iter().rev();
        let others = others.filter(|number| *number != record.number);
        let others = others.filter_map(|number| world.record(Code::new(Kind::Complaint, number)));
        let others = others
            .take(READ)
            .filter(|other| recent(other) && !gone(other));
        others.take(MOST).collect::<Vec<_>>()
    };
    let theirs = numbers(["complainant", "contact"]);
    let about = &numbers(["accused", "activity"]) - &theirs;
    let mut found = newest(theirs);
    found.extend(newest(about));
    found.retain(|other| by_one(other) || one_subject(record, other) && alike(record, other));
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
