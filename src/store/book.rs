//! The two books of the log: the open one, and one for records that do not exist for some.
//!
//! Each has its own numbers and its own chain, so that nothing in the open one, not even how far it
//! has come, depends on what is sealed.

use redb::{MultimapTableDefinition, TableDefinition};

use crate::domain::change::Entry;
use crate::domain::kind::{Code, Kind};

/// A book of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Book {
    /// What everybody's numbers count.
    Open,
    /// Entries about sealed records.
    Sealed,
}

/// Both.
pub const BOOKS: [Book; 2] = [Book::Open, Book::Sealed];

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The book.
    pub book: Book,
    /// Its number there.
    pub seq: u64,
}

impl Book {
    /// The book of a kind.
    pub fn of(kind: Kind) -> Book {
        match kind.spec().sealed {
            true => Book::Sealed,
            false => Book::Open,
        }
    }

    /// The book into which an entry goes.
    pub fn takes(entry: &Entry) -> Book {
        let kind = entry.code.map(|code| code.kind);
        let kind = kind.or(entry.bulk.as_ref().map(|bulk| bulk.kind));
        kind.map_or(Book::Open, Book::of)
    }

    /// The books in which a record may have entries: sealed ones had theirs in the open one once.
    pub(crate) fn may_hold(code: Code) -> &'static [Book] {
        match Book::of(code.kind) {
            Book::Open => &[Book::Open],
            Book::Sealed => &BOOKS,
        }
    }

    /// The entries.
    pub(crate) fn table(self) -> TableDefinition<'static, u64, &'static [u8]> {
        TableDefinition::new(match self {
            Book::Open => "log",
            Book::Sealed => "sealed",
        })
    }

    /// From records to the numbers of their entries.
    pub(crate) fn trail(self) -> MultimapTableDefinition<'static, u64, u64> {
        MultimapTableDefinition::new(match self {
            Book::Open => "trail",
            Book::Sealed => "sealed_trail",
        })
    }
}
