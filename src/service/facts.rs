//! What a list tells of a record beside its own fields: people, agreements, holes, days.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::activity::sessions;
use crate::domain::activity_tell::counts;
use crate::domain::agreement::{parties, signed};
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::value::Value;
use crate::domain::world::World;
use crate::protocol::Row;
use crate::protocol::work::{Facts, WITH_FACTS};

/// The store, as long as one page is made: volunteers and teams of many activities are read once.
struct Page<'a> {
    reader: &'a dyn World,
    records: RefCell<HashMap<Code, Option<Record>>>,
    equal: RefCell<HashMap<(Kind, String, String), Vec<u64>>>,
}

impl World for Page<'_> {
    fn record(&self, code: Code) -> Option<Record> {
        let known = self.records.borrow().get(&code).cloned();
        known.unwrap_or_else(|| {
            let found = self.reader.record(code);
            self.records.borrow_mut().insert(code, found.clone());
            found
        })
    }

    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64> {
        let key = (kind, field.to_owned(), value.to_owned());
        let known = self.equal.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let found = self.reader.equal(kind, field, value);
            self.equal.borrow_mut().insert(key, found.clone());
            found
        })
    }

    fn each(&self, kind: Kind, found: &mut dyn FnMut(Record) -> bool) {
        self.reader.each(kind, found);
    }

    fn setting(&self, key: &str) -> Option<i64> {
        self.reader.setting(key)
    }

    fn calendar(&self) -> &crate::domain::workday::Calendar {
        self.reader.calendar()
    }
}

/// Fills in the facts of the rows of a page.
pub fn fill(reader: &dyn World, rows: &mut [Row], today: NaiveDate) {
    let page = Page {
        reader,
        records: RefCell::default(),
        equal: RefCell::default(),
    };
    for row in rows.iter_mut().filter(|row| WITH_FACTS.contains(&row.kind)) {
        if let Some(record) = page.record(row.code) {
            row.facts = facts(&page, &record, today);
        }
    }
}

fn facts(world: &dyn World, record: &Record, today: NaiveDate) -> Facts {
    let text = |key: &str| record.text(key).to_owned();
    match record.kind {
        Kind::Activity => activity(world, record, today),
        Kind::Agreement => {
            let parties = parties(world, record);
            let signed = signed(record);
            let done = parties
                .iter()
                .filter(|party| signed.iter().any(|(key, _)| *key == party.key));
            Facts {
                agreements: Some((done.count(), parties.len())),
                day: text("to"),
                ..Facts::default()
            }
        }
        Kind::Need => Facts {
            day: text("due_on"),
            about: text("recipient"),
            ..Facts::default()
        },
        Kind::Insurance => Facts {
            day: text("to").get(..10).unwrap_or("").to_owned(),
            about: text("insurer"),
            ..Facts::default()
        },
        Kind::Certificate => Facts {
            day: text(match record.status() {
                "申请" => "due_on",
                _ => "issued_on",
            }),
            about: format!("{}/{}", record.text("from"), record.text("to")),
            minutes: match record.get("minutes") {
                Some(Value::Int(minutes)) => Some(*minutes),
                _ => None,
            },
            ..Facts::default()
        },
        _ => Facts::default(),
    }
}

fn activity(world: &dyn World, record: &Record, today: NaiveDate) -> Facts {
    let counts = counts(world, record);
    let under_way = record.status() == "进行";
    let next = sessions(record)
        .into_iter()
        .find(|span| under_way && span.end.date() >= today)
        .map(|span| span.start.date().to_string());
    Facts {
        people: Some((counts.taking, counts.needed)),
        agreements: Some((counts.agreements, counts.agreements)),
        holes: counts.holes,
        untold: counts.untold,
        day: next.unwrap_or_else(|| record.text("day").to_owned()),
        ..Facts::default()
    }
}
