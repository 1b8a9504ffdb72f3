//! The posts of a team: who holds one on a day, and since when nobody does.

use chrono::NaiveDate;

use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::value::Value;

/// The rows of the posts, each read like a record.
pub fn rows(record: &Record) -> impl DoubleEndedIterator<Item = Record> {
    let rows = record.get("posts").map_or(&[][..], Value::parts);
    rows.iter().filter_map(|row| match row {
        Value::Map(fields) => Some(Record::new(Kind::Organisation, 0, fields.clone())),
        _ => None,
    })
}

/// Who holds one of the posts on a day: come by then, and not gone by then.
///
/// Who leaves on the day on which the next one comes does not hold it on that day any more.
pub fn holders(record: &Record, posts: &[&str], on: NaiveDate) -> Vec<Record> {
    rows(record)
        .filter(|row| posts.contains(&row.text("post")))
        .filter(|row| row.day("from").is_none_or(|from| from <= on))
        .filter(|row| row.day("to").is_none_or(|to| to > on))
        .collect()
}

/// Since when nobody holds any of the posts: the day on which the last one left, or the founding.
pub fn vacant_since(record: &Record, posts: &[&str], on: NaiveDate) -> Option<NaiveDate> {
    let left = rows(record)
        .filter(|row| posts.contains(&row.text("post")))
        .filter_map(|row| row.day("to"))
        .filter(|to| *to <= on);
    left.max().or_else(|| record.day("founded_on"))
}
