//! A record: its kind, its number, its revision and its fields.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::kind::{Code, Kind};
use crate::domain::value::{Fields, Value};

/// A record of any kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The kind.
    pub kind: Kind,
    /// The number within the kind.
    pub number: u64,
    /// Grows by one with every change; the first is 1.
    pub rev: u64,
    /// Only fields that hold something.
    pub fields: Fields,
}

impl Record {
    /// A new record that was not yet stored.
    pub fn new(kind: Kind, number: u64, fields: Fields) -> Self {
        Record {
            kind,
            number,
            rev: 0,
            fields,
        }
    }

    /// Its code.
    pub fn code(&self) -> Code {
        Code::new(self.kind, self.number)
    }

    /// A field's value.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.fields.get(key)
    }

    /// A text field; empty where there is none.
    pub fn text(&self, key: &str) -> &str {
        self.get(key).and_then(Value::text).unwrap_or("")
    }

    /// A number field; 0 where there is none.
    pub fn int(&self, key: &str) -> i64 {
        match self.get(key) {
            Some(Value::Int(number)) => *number,
            _ => 0,
        }
    }

    /// The rows of a field that has rows.
    pub fn rows(&self, key: &str) -> impl Iterator<Item = &Fields> {
        let parts = self.get(key).map_or(&[][..], Value::parts).iter();
        parts.filter_map(|part| match part {
            Value::Map(row) => Some(row),
            _ => None,
        })
    }

    /// The texts of a list field.
    pub fn texts(&self, key: &str) -> impl Iterator<Item = &str> {
        self.get(key).into_iter().flat_map(Value::texts)
    }

    /// A day field.
    pub fn day(&self, key: &str) -> Option<NaiveDate> {
        self.text(key).parse().ok()
    }

    /// The codes that a reference field names.
    pub fn refs(&self, key: &str) -> impl Iterator<Item = Code> {
        self.texts(key).filter_map(Code::read)
    }

    /// Writes a field; an empty value takes it away.
    pub fn set(&mut self, key: &str, value: Value) {
        if value.is_empty() {
            self.fields.remove(key);
        } else {
            self.fields.insert(key.to_owned(), value);
        }
    }

    /// Puts one code in the place of another wherever a field names it, alone or as `CODE@CODE`.
    pub fn point(&mut self, from: &str, to: &str) {
        for value in self.fields.values_mut() {
            let parts = match value {
                Value::List(parts) => parts.as_mut_slice(),
                one => std::slice::from_mut(one),
            };
            for part in parts {
                let Some(text) = part.text().filter(|text| text.contains(from)) else {
                    continue;
                };
                let codes = text
                    .split('@')
                    .map(|one| if one == from { to } else { one });
                *part = codes.collect::<Vec<_>>().join("@").into();
            }
        }
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        self.text(self.kind.spec().title)
    }

    /// Its state.
    pub fn status(&self) -> &str {
        self.text("status")
    }

    /// Whether its state counts as live.
    pub fn live(&self) -> bool {
        self.kind
            .spec()
            .state(self.status())
            .is_none_or(|state| state.live)
    }

    /// The organisations it belongs to, the primary one first.
    pub fn owners(&self) -> impl Iterator<Item = Code> {
        let owner = match self.kind {
            Kind::Organisation => None,
            _ => self.kind.spec().owner,
        };
        owner
            .and_then(|key| self.get(key))
            .into_iter()
            .flat_map(Value::texts)
            .filter_map(Code::read)
    }
}
