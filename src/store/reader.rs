//! Reading.

use std::sync::Arc;

use redb::{MultimapTableDefinition, ReadTransaction, ReadableTable, ReadableTableMetadata};

use crate::domain::change::Entry;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::rule::World;
use crate::domain::workday::Calendar;
use crate::store::book::{At, Book};
use crate::store::coding::{decode, decode_record};
use crate::store::{META, StoreError, chain, index_name, projection, records};

/// A consistent view of the store.
pub struct Reader {
    pub(crate) txn: ReadTransaction,
    calendar: Arc<Calendar>,
}

/// Where the log ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Sequence number of the last entry; 0 for an empty log.
    pub seq: u64,
    /// Its link.
    pub link: chain::Link,
}

impl Reader {
    pub(crate) fn new(txn: ReadTransaction, calendar: Arc<Calendar>) -> Self {
        Reader { txn, calendar }
    }

    /// A record.
    pub fn get(&self, code: Code) -> Result<Option<Record>, StoreError> {
        let table = self.txn.open_table(records(code.kind))?;
        let found = table.get(code.number)?;
        found
            .map(|bytes| decode_record(code.kind, code.number, bytes.value()))
            .transpose()
    }

    /// Calls back with the texts of each of these records, in their order; what is gone is passed over.
    pub fn texts(
        &self,
        codes: impl Iterator<Item = Code>,
        mut each: impl FnMut(Code, &[(&str, &str)]),
    ) -> Result<(), StoreError> {
        let mut open = None;
        for code in codes {
            if !matches!(&open, Some((kind, _)) if *kind == code.kind) {
                open = Some((code.kind, self.txn.open_table(records(code.kind))?));
            }
            let Some((_, table)) = &open else { continue };
            if let Some(bytes) = table.get(code.number)? {
                let mut texts = Vec::with_capacity(24);
                projection::texts(bytes.value(), &mut |key, text| texts.push((key, text)))?;
                each(code, &texts);
            }
        }
        Ok(())
    }

    /// The numbers under a value of an indexed field.
    pub fn numbers(&self, kind: Kind, field: &str, value: &str) -> Result<Vec<u64>, StoreError> {
        let name = index_name(kind, field);
        let table = self
            .txn
            .open_multimap_table(MultimapTableDefinition::<&[u8], u64>::new(&name))?;
        let mut found = Vec::new();
        for number in table.get(value.as_bytes())? {
            found.push(number?.value());
        }
        Ok(found)
    }

    /// How many records of a kind there are.
    pub fn count(&self, kind: Kind) -> Result<u64, StoreError> {
        Ok(self.txn.open_table(records(kind))?.len()?)
    }

    /// Calls back with every record's number and stored bytes, from a number on, until told to stop.
    pub fn scan(
        &self,
        kind: Kind,
        from: u64,
        mut each: impl FnMut(u64, &[u8]) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let table = self.txn.open_table(records(kind))?;
        for row in table.range(from..)? {
            let (number, bytes) = row?;
            if !each(number.value(), bytes.value())? {
                break;
            }
        }
        Ok(())
    }

    /// Calls back with every record of a kind, from a number on, until told to stop.
    pub fn each(
        &self,
        kind: Kind,
        from: u64,
        mut each: impl FnMut(Record) -> bool,
    ) -> Result<(), StoreError> {
        self.scan(kind, from, |number, bytes| {
            Ok(each(decode_record(kind, number, bytes)?))
        })
    }

    /// One log entry.
    pub fn entry(&self, at: At) -> Result<Option<Entry>, StoreError> {
        let table = self.txn.open_table(at.book.table())?;
        let Some(stored) = table.get(at.seq)? else {
            return Ok(None);
        };
        written(at.seq, stored.value()).map(Some)
    }

    /// Where a record's entries stand, oldest first.
    pub fn trail(&self, code: Code) -> Result<Vec<At>, StoreError> {
        let mut found = Vec::new();
        for book in Book::may_hold(code) {
            let table = self.txn.open_multimap_table(book.trail())?;
            for seq in table.get(code.id())? {
                let (book, seq) = (*book, seq?.value());
                found.push(At { book, seq });
            }
        }
        Ok(found)
    }

    /// Where the open book of the log ends.
    pub fn head(&self) -> Result<Head, StoreError> {
        let table = self.txn.open_table(Book::Open.table())?;
        head(
            table
                .last()?
                .map(|(seq, stored)| (seq.value(), stored.value().to_vec())),
        )
    }

    /// A mark of the store, such as what made it.
    pub fn mark(&self, key: &str) -> Result<Option<String>, StoreError> {
        let table = self.txn.open_table(META)?;
        let found = table.get(key)?;
        Ok(found.map(|bytes| String::from_utf8_lossy(bytes.value()).into_owned()))
    }
}

pub(crate) fn head(last: Option<(u64, Vec<u8>)>) -> Result<Head, StoreError> {
    match last {
        None => Ok(Head {
            seq: 0,
            link: chain::START,
        }),
        Some((seq, stored)) => {
            let (link, _) = chain::split(&stored)
                .ok_or_else(|| StoreError::Broken(format!("log entry {seq} is cut")))?;
            Ok(Head { seq, link })
        }
    }
}

/// An entry of the log as it is stored.
pub(super) fn written(seq: u64, stored: &[u8]) -> Result<Entry, StoreError> {
    let (_, body) = chain::split(stored)
        .ok_or_else(|| StoreError::Broken(format!("log entry {seq} is cut")))?;
    decode(body)
}

impl World for Reader {
    fn record(&self, code: Code) -> Option<Record> {
        self.get(code).ok().flatten()
    }

    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64> {
        self.numbers(kind, field, value).unwrap_or_default()
    }

    fn each(&self, kind: Kind, found: &mut dyn FnMut(Record) -> bool) {
        let _ = Reader::each(self, kind, 0, found);
    }

    fn setting(&self, key: &str) -> Option<i64> {
        let mark = self.mark(&format!("setting:{key}")).ok().flatten();
        mark.and_then(|text| text.parse().ok())
    }

    fn logged(&self, code: Code, action: &str) -> bool {
        let at = self.trail(code).unwrap_or_default().into_iter();
        let mut entries = at.filter_map(|at| self.entry(at).ok().flatten());
        entries.any(|entry| entry.action == action)
    }

    fn calendar(&self) -> &Calendar {
        &self.calendar
    }
}
