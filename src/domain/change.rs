//! An entry of the log: who changed what, when, from what to what.

use serde::{Deserialize, Serialize};

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::value::Value;

/// One field before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field.
    pub field: String,
    /// Before; none if it was empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Value>,
    /// After; none if it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Value>,
}

/// A run of records that came in together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bulk {
    /// Their kind.
    pub kind: Kind,
    /// First number.
    pub first: u64,
    /// Last number.
    pub last: u64,
}

/// An entry whose content the law wanted forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Its number.
    pub seq: u64,
    /// Whether it stands in the log of sealed records.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sealed: bool,
    /// Its link in the chain, over what it said.
    pub link: String,
    /// The SM3 of what is left of it.
    pub left: String,
}

/// One entry of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Moment, `2026-11-24T09:30:12+08:00`.
    pub at: String,
    /// Unix user id.
    pub uid: u32,
    /// Name of the operator.
    pub who: String,
    /// Session number within the service.
    #[serde(default)]
    pub session: u64,
    /// Request id; 0 where there is none.
    #[serde(default)]
    pub request: u64,
    /// What was done: `new`, `edit`, a step's key, `reveal`, `export`, `import`, `load`.
    pub action: String,
    /// The record it was done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// Many records at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bulk: Option<Bulk>,
    /// Revision before.
    #[serde(default)]
    pub from_rev: u64,
    /// Revision after.
    #[serde(default)]
    pub to_rev: u64,
    /// The fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<FieldChange>,
    /// The reason given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Whether it lost its fields and its reason because the law wanted them forgotten.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
    /// The entries before it that did so with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erases: Vec<Erased>,
}

/// The fields in which two versions of a record differ.
pub fn difference(before: Option<&Record>, after: &Record) -> Vec<FieldChange> {
    let old = before.map(|record| &record.fields);
    let mut keys: Vec<&String> = after
        .fields
        .keys()
        .chain(old.into_iter().flat_map(|old| old.keys()))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter()
        .filter_map(|key| {
            let from = old.and_then(|old| old.get(key)).cloned();
            let to = after.fields.get(key).cloned();
            (from != to).then(|| FieldChange {
                field: key.clone(),
                from,
                to,
            })
        })
        .collect()
}
