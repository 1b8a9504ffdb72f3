//! Organisations that a sheet brings itself: rows below may stand under them.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::input::Context;
use crate::domain::kind::{Code, Kind};
use crate::domain::reading::fold;
use crate::domain::record::Record;
use crate::domain::rule::World;
use crate::domain::said::Said;
use crate::domain::value::Value;
use crate::service::import::provisional;
use crate::service::tree::spellings;

/// The new organisations of the rows so far.
#[derive(Default)]
pub(super) struct Sheet {
    made: HashMap<u64, Record>,
    named: HashMap<String, u64>,
}

impl Sheet {
    /// Takes in the record of a row, under the number by which later rows refer to it.
    pub(super) fn bring(&mut self, record: &Record) {
        if record.kind != Kind::Organisation {
            return;
        }
        let number = provisional(record.kind, self.made.len() as u64).number;
        for name in spellings(record.title()) {
            self.named.insert(fold(&name), number);
        }
        let mut record = record.clone();
        record.number = number;
        self.made.insert(number, record);
    }

    /// What typed values mean, with the organisations of the sheet.
    pub(super) fn typing<'a>(&'a self, typing: &'a dyn Context) -> Both<'a> {
        Both {
            sheet: self,
            typing,
        }
    }

    /// The other records, with those of the sheet.
    pub(super) fn world<'a>(&'a self, world: &'a dyn World) -> Beside<'a> {
        Beside { sheet: self, world }
    }

    /// The record with the nearest stored organisation for a parent: scope is judged by that.
    pub(super) fn resolved<'a>(&self, record: &'a Record) -> Cow<'a, Record> {
        let mut record = Cow::Borrowed(record);
        loop {
            let above = record.refs("parent").next();
            let Some(above) = above.and_then(|code| self.made.get(&code.number)) else {
                break;
            };
            let up = above.get("parent").cloned();
            record
                .to_mut()
                .set("parent", up.unwrap_or_else(|| Value::from("")));
        }
        record
    }
}

/// What typed values may depend on, with the organisations of the sheet.
pub(super) struct Both<'a> {
    sheet: &'a Sheet,
    typing: &'a dyn Context,
}

impl Context for Both<'_> {
    fn today(&self) -> NaiveDate {
        self.typing.today()
    }

    fn reference(&self, kind: Kind, raw: &str) -> Result<Code, Said> {
        self.typing.reference(kind, raw).or_else(|said| {
            let found = self.sheet.named.get(&fold(raw));
            found
                .filter(|_| kind == Kind::Organisation)
                .map(|number| Code::new(kind, *number))
                .ok_or(said)
        })
    }
}

/// The records of the store, with those of the sheet.
pub(super) struct Beside<'a> {
    sheet: &'a Sheet,
    world: &'a dyn World,
}

impl World for Beside<'_> {
    fn record(&self, code: Code) -> Option<Record> {
        let made = || self.sheet.made.get(&code.number).cloned();
        self.world
            .record(code)
            .or_else(|| made().filter(|record| record.kind == code.kind))
    }

    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64> {
        self.world.equal(kind, field, value)
    }

    fn each(&self, kind: Kind, found: &mut dyn FnMut(Record) -> bool) {
        self.world.each(kind, found);
    }

    fn setting(&self, key: &str) -> Option<i64> {
        self.world.setting(key)
    }

    fn calendar(&self) -> &crate::domain::workday::Calendar {
        self.world.calendar()
    }
}
