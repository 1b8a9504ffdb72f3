//! Forgetting what a log entry said, without breaking its chain.
//!
//! An erased entry keeps its place, its link, and who did what act when. Its link no longer follows
//! from it: a later entry names it, with its link and a hash of what is left. Without that it counts
//! as tampered with.

use redb::ReadableTable;
use sm3::{Digest, Sm3};

use crate::domain::change::{Entry, Erased};
use crate::domain::kind::Code;
use crate::store::book::{At, Book};
use crate::store::coding::{decode, encode};
use crate::store::writer::Writer;
use crate::store::{StoreError, chain};

/// The act that an entry names which erases others.
pub const ACT: &str = "erase";

/// The hash of what is left of an entry.
pub fn left(body: &[u8]) -> String {
    chain::hex(&Sm3::digest(body).into())
}

impl Writer {
    /// Takes the content out of all entries of a record so far, and logs that; `by` says who and when.
    pub fn erase(&mut self, code: Code, by: &Entry) -> Result<(), StoreError> {
        let mut erases = Vec::new();
        for book in Book::may_hold(code) {
            for seq in self.numbered(*book, code)? {
                erases.extend(self.forget(At { book: *book, seq })?);
            }
        }
        if erases.is_empty() {
            return Ok(());
        }
        self.log(&Entry {
            action: ACT.to_owned(),
            code: Some(code),
            bulk: None,
            from_rev: 0,
            to_rev: 0,
            changes: Vec::new(),
            reason: String::new(),
            erases,
            ..by.clone()
        })?;
        Ok(())
    }

    fn numbered(&self, book: Book, code: Code) -> Result<Vec<u64>, StoreError> {
        let trail = self.txn.open_multimap_table(book.trail())?;
        let mut found = Vec::new();
        for seq in redb::ReadableMultimapTable::get(&trail, code.id())? {
            found.push(seq?.value());
        }
        Ok(found)
    }

    /// None for an entry that says nothing anyway.
    fn forget(&mut self, at: At) -> Result<Option<Erased>, StoreError> {
        let mut table = self.txn.open_table(at.book.table())?;
        let Some(stored) = table.get(at.seq)?.map(|stored| stored.value().to_vec()) else {
            return Ok(None);
        };
        let cut = || StoreError::Broken(format!("log entry {} is cut", at.seq));
        let (link, body) = chain::split(&stored).ok_or_else(cut)?;
        let mut entry: Entry = decode(body)?;
        if entry.erased || entry.changes.is_empty() && entry.reason.is_empty() {
            return Ok(None);
        }
        entry.changes.clear();
        entry.reason.clear();
        entry.erased = true;
        let body = encode(&entry)?;
        let mut stored = link.to_vec();
        stored.extend_from_slice(&body);
        table.insert(at.seq, stored.as_slice())?;
        Ok(Some(Erased {
            seq: at.seq,
            sealed: at.book == Book::Sealed,
            link: chain::hex(&link),
            left: left(&body),
        }))
    }
}
