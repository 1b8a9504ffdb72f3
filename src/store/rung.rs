//! The rungs of the migration ladder.

use redb::{MultimapTableDefinition, ReadableTable, WriteTransaction};

use crate::domain::clock;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::world::World;
use crate::store::coding::{decode_record, encode_record};
use crate::store::{META, StoreError, index_name, open_kind, records};

/// From schema 1: activities had other names for their team and their states, and few indexes.
pub fn activities(txn: &WriteTransaction) -> Result<(), StoreError> {
    const STATES: [(&str, &str); 3] = [("计划", "草拟"), ("进行", "进行"), ("完成", "结项")];
    // The indexes of schema 2: those that come later are the matter of later rungs.
    const INDEXED: [&str; 5] = ["title", "org", "need", "status", "days"];
    each(txn, Kind::Activity, &INDEXED, |record| {
        if let Some(team) = record.fields.remove("organisation") {
            record.set("org", team);
        }
        let state = STATES.iter().find(|(from, _)| *from == record.status());
        if let Some((_, to)) = state {
            record.set("status", (*to).into());
        }
        let day = record.text("day").to_owned();
        record.set("until", day.clone().into());
        record.set("days", vec![day].into());
    })
}

/// From schema 3: a complaint had a handling team and three states; nothing was written down of its course.
/// Operators were not found by their names.
pub fn complaints(txn: &WriteTransaction) -> Result<(), StoreError> {
    each(txn, Kind::Operator, &["name"], |_| {})?;
    const INDEXED: [&str; 5] = ["kind", "complainant", "accused", "receiver", "status"];
    let today = chrono::Local::now().date_naive();
    each(txn, Kind::Complaint, &INDEXED, |record| {
        if let Some(team) = record.fields.remove("handler") {
            record.set("receiver", team);
        }
        if record.status() == "办理" {
            record.set("status", "核查".into());
        }
        let (about, day, title) = (
            record.get("accused").cloned(),
            record.text("day").to_owned(),
            record.title().to_owned(),
        );
        if let Some(about) = about {
            record.set("against", about.clone());
            record.set("accused", vec![about.to_string()].into());
        }
        record.set("kind", "投诉".into());
        record.set("received_at", day.clone().into());
        if record.status() != "登记" {
            record.set("accepted_on", day.into());
        }
        record.set("facts", title.into());
        clock::wind(record, &Settings(txn), today);
    })
}

/// What a clock looks at beside its record: what the department decided, and the days that come with the program.
struct Settings<'a>(&'a WriteTransaction);

impl World for Settings<'_> {
    fn record(&self, _: Code) -> Option<Record> {
        None
    }

    fn equal(&self, _: Kind, _: &str, _: &str) -> Vec<u64> {
        Vec::new()
    }

    fn each(&self, _: Kind, _: &mut dyn FnMut(Record) -> bool) {}

    fn setting(&self, key: &str) -> Option<i64> {
        let table = self.0.open_table(META).ok()?;
        let mark = table.get(format!("setting:{key}").as_str()).ok()??;
        String::from_utf8_lossy(mark.value()).parse().ok()
    }
}

/// Rewrites every record of a kind, and enters it in the indexes that the schema of its time has.
fn each(
    txn: &WriteTransaction,
    kind: Kind,
    indexed: &[&str],
    mend: impl Fn(&mut Record),
) -> Result<(), StoreError> {
    open_kind(txn, kind)?;
    let mut table = txn.open_table(records(kind))?;
    let mut old = Vec::new();
    for row in table.iter()? {
        let (number, bytes) = row?;
        old.push(decode_record(kind, number.value(), bytes.value())?);
    }
    for mut record in old {
        mend(&mut record);
        table.insert(record.number, encode_record(&record)?.as_slice())?;
        for field in indexed {
            let name = index_name(kind, field);
            let mut index =
                txn.open_multimap_table(MultimapTableDefinition::<&[u8], u64>::new(&name))?;
            for value in record.texts(field) {
                index.insert(value.as_bytes(), record.number)?;
            }
        }
    }
    Ok(())
}
