//! Writing: records with their indexes, and the log entry that belongs to the change.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use redb::{MultimapTableDefinition, ReadableMultimapTable, ReadableTable, WriteTransaction};

use crate::domain::change::Entry;
use crate::domain::kind::{Code, Kind, YEAR};
use crate::domain::record::Record;
use crate::domain::rule::World;
use crate::domain::workday::Calendar;
use crate::store::book::{At, BOOKS, Book};
use crate::store::coding::{decode_record, encode, encode_record, index_keys};
use crate::store::reader::{Head, head, written};
use crate::store::sum::{self, Sums};
use crate::store::{
    COUNTER, HOLIDAYS, META, Shared, StoreError, chain, index_name, merged, records,
};

/// A transaction.
pub struct Writer {
    pub(super) txn: WriteTransaction,
    /// Where each book ends.
    heads: [Head; BOOKS.len()],
    /// What the sums change by, written with the commit: many records of one team touch one row.
    sums: HashMap<Kind, Sums>,
    calendar: Arc<Calendar>,
    /// Where the calendar goes with the commit.
    shared: Shared,
    /// Whether something was written that is neither record nor log.
    touched: bool,
}

impl Writer {
    pub(crate) fn new(txn: WriteTransaction, shared: Shared) -> Result<Self, StoreError> {
        let last = |book: Book| {
            let log = txn.open_table(book.table())?;
            let last = log.last()?;
            head(last.map(|(seq, stored)| (seq.value(), stored.value().to_vec())))
        };
        let heads = [last(Book::Open)?, last(Book::Sealed)?];
        let calendar = Arc::clone(&shared.read().unwrap_or_else(PoisonError::into_inner));
        Ok(Writer {
            txn,
            heads,
            sums: HashMap::new(),
            calendar,
            shared,
            touched: false,
        })
    }

    /// A record as this transaction sees it.
    pub fn get(&self, code: Code) -> Result<Option<Record>, StoreError> {
        let table = self.txn.open_table(records(code.kind))?;
        let found = table.get(code.number)?;
        found
            .map(|bytes| decode_record(code.kind, code.number, bytes.value()))
            .transpose()
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

    /// Takes the next number of a kind; yearly kinds count within the year.
    ///
    /// Of a sealed kind a free number is drawn: counted ones would tell by their gaps that there are
    /// others. `chance` is a number nobody can foresee.
    pub fn next_number(&mut self, kind: Kind, year: i32, chance: u64) -> Result<u64, StoreError> {
        let spec = kind.spec();
        if spec.sealed {
            return self.draw(kind, year, chance);
        }
        let mut table = self.txn.open_table(COUNTER)?;
        let key = if spec.yearly {
            format!("{}:{year}", spec.key)
        } else {
            spec.key.to_owned()
        };
        let last = table.get(key.as_str())?.map_or(0, |value| value.value());
        let next = last + 1;
        table.insert(key.as_str(), next)?;
        Ok(if spec.yearly {
            u64::from(year.unsigned_abs()) * YEAR + next
        } else {
            next
        })
    }

    fn draw(&self, kind: Kind, year: i32, mut chance: u64) -> Result<u64, StoreError> {
        let year = u64::from(year.unsigned_abs()) * YEAR;
        for _ in 0..YEAR {
            // Six digits without a leading nought are read aloud without a doubt.
            let number = year + 100_000 + chance % (YEAR - 100_000);
            if self.get(Code::new(kind, number))?.is_none() {
                return Ok(number);
            }
            chance = chance
                .wrapping_mul(0x5851_f42d_4c95_7f2d)
                .wrapping_add(0x1405_7b7e_f767_814f);
        }
        Err(StoreError::Broken("no number is free".to_owned()))
    }

    /// Lifts a kind's counter so that numbers up to this one are taken.
    pub fn reserve(&mut self, code: Code) -> Result<(), StoreError> {
        let spec = code.kind.spec();
        if spec.sealed {
            return Ok(());
        }
        let (key, number) = if spec.yearly {
            (
                format!("{}:{}", spec.key, code.number / YEAR),
                code.number % YEAR,
            )
        } else {
            (spec.key.to_owned(), code.number)
        };
        let mut table = self.txn.open_table(COUNTER)?;
        let last = table.get(key.as_str())?.map_or(0, |value| value.value());
        if last < number {
            table.insert(key.as_str(), number)?;
        }
        Ok(())
    }

    /// Stores a record and brings its indexes and sums up to date; gives the version before.
    pub fn put(&mut self, record: &Record) -> Result<Option<Record>, StoreError> {
        let bytes = encode_record(record)?;
        let before = {
            let mut table = self.txn.open_table(records(record.kind))?;
            let old = table.insert(record.number, bytes.as_slice())?;
            old.map(|old| decode_record(record.kind, record.number, old.value()))
                .transpose()?
        };
        let old = before.as_ref().map(index_keys).unwrap_or_default();
        let new = index_keys(record);
        for (field, value) in old.iter().filter(|key| !new.contains(key)) {
            self.index(record.kind, field, value, record.number, false)?;
        }
        for (field, value) in new.iter().filter(|key| !old.contains(key)) {
            self.index(record.kind, field, value, record.number, true)?;
        }
        self.add_up(before.as_ref(), record);
        Ok(before)
    }

    fn add_up(&mut self, before: Option<&Record>, after: &Record) {
        if after.kind.spec().sum.is_some() {
            let sums = self.sums.entry(after.kind).or_default();
            if let Some(before) = before {
                sum::add(sums, before, -1);
            }
            sum::add(sums, after, 1);
        }
    }

    fn index(
        &mut self,
        kind: Kind,
        field: &str,
        value: &str,
        number: u64,
        add: bool,
    ) -> Result<(), StoreError> {
        let name = index_name(kind, field);
        let mut table = self
            .txn
            .open_multimap_table(MultimapTableDefinition::<&[u8], u64>::new(&name))?;
        if add {
            table.insert(value.as_bytes(), number)?;
        } else {
            table.remove(value.as_bytes(), number)?;
        }
        Ok(())
    }

    /// Stores many new records of one kind, whose numbers are free: table first, then each index in order.
    pub fn load(&mut self, kind: Kind, batch: &[Record]) -> Result<(), StoreError> {
        let mut keys: Vec<(&'static str, String, u64)> = Vec::new();
        {
            let mut table = self.txn.open_table(records(kind))?;
            for record in batch {
                table.insert(record.number, encode_record(record)?.as_slice())?;
                keys.extend(
                    index_keys(record)
                        .into_iter()
                        .map(|(field, value)| (field, value, record.number)),
                );
            }
        }
        for record in batch {
            self.add_up(None, record);
        }
        keys.sort_unstable();
        for run in keys.chunk_by(|one, other| one.0 == other.0) {
            let Some((field, _, _)) = run.first() else {
                continue;
            };
            let name = index_name(kind, field);
            let mut table = self
                .txn
                .open_multimap_table(MultimapTableDefinition::<&[u8], u64>::new(&name))?;
            for (_, value, number) in run {
                table.insert(value.as_bytes(), number)?;
            }
        }
        if let Some(last) = batch.iter().max_by_key(|record| record.number) {
            self.reserve(last.code())?;
        }
        Ok(())
    }

    /// Appends an entry to the book of the log that it belongs to.
    pub fn log(&mut self, entry: &Entry) -> Result<At, StoreError> {
        self.log_in(Book::takes(entry), entry)
    }

    /// Whether the log, as this transaction sees it, holds an act on a record.
    fn acted(&self, code: Code, action: &str) -> Result<bool, StoreError> {
        for book in Book::may_hold(code) {
            let trail = self.txn.open_multimap_table(book.trail())?;
            let entries = self.txn.open_table(book.table())?;
            for seq in trail.get(code.id())? {
                let seq = seq?.value();
                let stored = entries.get(seq)?;
                let entry = stored.map(|stored| written(seq, stored.value()));
                if entry
                    .transpose()?
                    .is_some_and(|entry| entry.action == action)
                {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Appends an entry to a book of the log.
    pub fn log_in(&mut self, book: Book, entry: &Entry) -> Result<At, StoreError> {
        let [open, sealed] = &mut self.heads;
        let head = match book {
            Book::Open => open,
            Book::Sealed => sealed,
        };
        let seq = head.seq + 1;
        let body = encode(entry)?;
        let link = chain::next(&head.link, seq, &body);
        let mut stored = link.to_vec();
        stored.extend_from_slice(&body);
        self.txn
            .open_table(book.table())?
            .insert(seq, stored.as_slice())?;
        if let Some(code) = entry.code {
            self.txn
                .open_multimap_table(book.trail())?
                .insert(code.id(), seq)?;
        }
        *head = Head { seq, link };
        Ok(At { book, seq })
    }

    /// Writes a mark of the store.
    pub fn mark(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.txn.open_table(META)?.insert(key, value.as_bytes())?;
        Ok(())
    }

    /// The lines of the years that the department added; empty if none.
    pub fn holidays(&self) -> Result<String, StoreError> {
        let table = self.txn.open_table(META)?;
        let mark = table.get(HOLIDAYS)?;
        Ok(mark.map_or_else(String::new, |bytes| {
            String::from_utf8_lossy(bytes.value()).into_owned()
        }))
    }

    /// Replaces those lines: what is reckoned in this transaction, and after its commit everywhere, goes by them.
    pub fn learn(&mut self, lines: &str) -> Result<(), StoreError> {
        self.mark(HOLIDAYS, lines)?;
        self.calendar = merged(lines);
        Ok(())
    }

    /// Where the open book of the log ends in this transaction.
    pub fn head(&self) -> Head {
        let [open, _] = self.heads;
        open
    }

    /// Where both books end: what is logged moves one of them.
    pub fn heads(&self) -> [Head; BOOKS.len()] {
        self.heads
    }

    pub(super) fn touch(&mut self) {
        self.touched = true;
    }

    /// Whether something was written that is neither record nor log.
    pub fn touched(&self) -> bool {
        self.touched
    }

    /// Makes it durable; only after this returns is anything saved.
    pub fn commit(self) -> Result<(), StoreError> {
        for (kind, sums) in self.sums {
            sum::write(&self.txn, kind, sums)?;
        }
        self.txn.commit()?;
        let mut shared = self.shared.write().unwrap_or_else(PoisonError::into_inner);
        *shared = self.calendar;
        Ok(())
    }

    /// Leaves everything as it was.
    pub fn abort(self) -> Result<(), StoreError> {
        self.txn.abort()?;
        Ok(())
    }
}

impl World for Writer {
    fn record(&self, code: Code) -> Option<Record> {
        self.get(code).ok().flatten()
    }

    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64> {
        self.numbers(kind, field, value).unwrap_or_default()
    }

    fn each(&self, kind: Kind, found: &mut dyn FnMut(Record) -> bool) {
        let Ok(table) = self.txn.open_table(records(kind)) else {
            return;
        };
        let Ok(rows) = table.iter() else { return };
        for (number, bytes) in rows.flatten() {
            let record = decode_record(kind, number.value(), bytes.value());
            if !record.is_ok_and(&mut *found) {
                return;
            }
        }
    }

    fn setting(&self, key: &str) -> Option<i64> {
        let table = self.txn.open_table(META).ok()?;
        let mark = table.get(format!("setting:{key}").as_str()).ok()??;
        String::from_utf8_lossy(mark.value()).parse().ok()
    }

    fn logged(&self, code: Code, action: &str) -> bool {
        self.acted(code, action).unwrap_or(false)
    }

    fn calendar(&self) -> &Calendar {
        &self.calendar
    }
}
