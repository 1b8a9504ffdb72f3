//! The file: records, their indexes, the log and its chain, in one redb database.
//!
//! Only this module knows redb. Values are `[format byte] ++ rmp (named)`; keys are numbers and
//! bytes. Every commit is durable and saves the allocator, so that opening after a crash needs no
//! repair.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use redb::{Database, MultimapTableDefinition, ReadableDatabase, StorageBackend, TableDefinition};

use crate::domain::kind::{KINDS, Kind};
use crate::domain::workday::Calendar;
use crate::store::book::BOOKS;
use crate::store::reader::Reader;
use crate::store::writer::Writer;

pub mod backup;
pub mod book;
pub mod chain;
pub mod coding;
pub mod done;
pub mod erase;
mod own;
pub mod projection;
pub mod reader;
mod rung;
pub mod sum;
pub mod verify;
pub mod writer;

/// The schema that this program writes.
pub const SCHEMA: u64 = LADDER.len() as u64 + 1;

pub(crate) const META: TableDefinition<&str, &[u8]> = TableDefinition::new("meta");
pub(crate) const COUNTER: TableDefinition<&str, u64> = TableDefinition::new("counter");
pub(crate) const DONE: TableDefinition<u64, &[u8]> = TableDefinition::new("done");

/// The table of a kind.
pub(crate) fn records(kind: Kind) -> TableDefinition<'static, u64, &'static [u8]> {
    TableDefinition::new(kind.spec().key)
}

/// The index of a field of a kind.
pub(crate) fn index_name(kind: Kind, field: &str) -> String {
    format!("ix_{}_{field}", kind.spec().key)
}

/// What can go wrong with the file.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The engine or the disk.
    #[error("{0}")]
    Engine(#[from] redb::Error),
    /// Another process has the file.
    #[error("the store is open in another process")]
    Busy,
    /// Bytes that this program cannot read.
    #[error("{0}")]
    Broken(String),
    /// The file was written by a newer program.
    #[error("the store has schema {found}, this program knows up to {known}")]
    Newer {
        /// The file's schema.
        found: u64,
        /// The program's schema.
        known: u64,
    },
}

macro_rules! from_engine {
    ($($error:ty),*) => { $(
        impl From<$error> for StoreError {
            fn from(error: $error) -> Self {
                StoreError::Engine(error.into())
            }
        }
    )* };
}
from_engine!(
    redb::TransactionError,
    redb::TableError,
    redb::StorageError,
    redb::CommitError,
    redb::SetDurabilityError
);

/// One step of the migration ladder, from the schema of its place to the next.
pub type Rung = fn(&redb::WriteTransaction) -> Result<(), StoreError>;

/// The steps from the first schema to [`SCHEMA`].
const LADDER: &[Rung] = &[rung::activities, sum::complete, rung::complaints];

/// An open store.
pub struct Store {
    db: Database,
    calendar: Shared,
}

/// The calendar that every view of the store gives; replaced whole when a year is learnt.
pub(crate) type Shared = Arc<RwLock<Arc<Calendar>>>;

/// The mark that holds the lines of the years that the department added.
pub(crate) const HOLIDAYS: &str = "holidays";

/// The years that come with the program, and those of these lines.
pub(crate) fn merged(lines: &str) -> Arc<Calendar> {
    let shipped = Calendar::shipped();
    Arc::new(shipped.with(lines).unwrap_or_else(|_| shipped.clone()))
}

fn builder() -> redb::Builder {
    let mut builder = Database::builder();
    builder.set_cache_size(256 << 20);
    builder
}

impl Store {
    /// Opens or makes the file; waits up to five seconds for a predecessor to let go of it.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        Store::climb(path, LADDER)
    }

    /// Opens a file and climbs a ladder, whose last rung leads to the schema that is known.
    pub fn climb(path: &Path, ladder: &[Rung]) -> Result<Store, StoreError> {
        let until = Instant::now() + Duration::from_secs(5);
        loop {
            match builder().create(path) {
                Ok(db) => return Store::ready(db, ladder),
                Err(redb::DatabaseError::DatabaseAlreadyOpen) if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(redb::DatabaseError::DatabaseAlreadyOpen) => return Err(StoreError::Busy),
                Err(error) => return Err(StoreError::Engine(error.into())),
            }
        }
    }

    /// Opens a store on another medium, for tests that cut its power.
    pub fn open_on(backend: impl StorageBackend) -> Result<Store, StoreError> {
        let db = builder()
            .create_with_backend(backend)
            .map_err(|error| StoreError::Engine(error.into()))?;
        Store::ready(db, LADDER)
    }

    fn ready(db: Database, ladder: &[Rung]) -> Result<Store, StoreError> {
        let mut store = Store {
            db,
            calendar: Shared::default(),
        };
        let known = ladder.len() as u64 + 1;
        match store.schema()? {
            None => {
                store.found()?;
                store.migrate(SCHEMA, ladder)?;
            }
            Some(found) if found > known => return Err(StoreError::Newer { found, known }),
            Some(found) => store.migrate(found, ladder)?,
        }
        let lines = store.read()?.mark(HOLIDAYS)?.unwrap_or_default();
        store.calendar = Arc::new(RwLock::new(merged(&lines)));
        Ok(store)
    }

    fn found(&self) -> Result<(), StoreError> {
        let txn = self.begin()?;
        {
            let mut meta = txn.open_table(META)?;
            meta.insert("schema", SCHEMA.to_le_bytes().as_slice())?;
            txn.open_table(COUNTER)?;
            txn.open_table(DONE)?;
            txn.open_table(own::OWN)?;
            open_books(&txn)?;
            for spec in KINDS {
                open_kind(&txn, spec.kind)?;
            }
            sum::complete(&txn)?;
        }
        txn.commit()?;
        Ok(())
    }

    /// Climbs the ladder: one transaction per step from an older schema, then tables that are new.
    fn migrate(&self, found: u64, ladder: &[Rung]) -> Result<(), StoreError> {
        for (at, step) in ladder
            .iter()
            .enumerate()
            .skip(found.saturating_sub(1) as usize)
        {
            let txn = self.begin()?;
            step(&txn)?;
            txn.open_table(META)?
                .insert("schema", (at as u64 + 2).to_le_bytes().as_slice())?;
            txn.commit()?;
        }
        let txn = self.begin()?;
        txn.open_table(own::OWN)?;
        open_books(&txn)?;
        for spec in KINDS {
            open_kind(&txn, spec.kind)?;
        }
        sum::complete(&txn)?;
        txn.commit()?;
        Ok(())
    }

    /// The schema of the file; none for an empty one.
    pub fn schema(&self) -> Result<Option<u64>, StoreError> {
        let txn = self.db.begin_read()?;
        let meta = match txn.open_table(META) {
            Ok(meta) => meta,
            Err(redb::TableError::TableDoesNotExist(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let schema = meta.get("schema")?;
        Ok(schema.and_then(|bytes| Some(u64::from_le_bytes(bytes.value().try_into().ok()?))))
    }

    fn begin(&self) -> Result<redb::WriteTransaction, StoreError> {
        let mut txn = self.db.begin_write()?;
        txn.set_durability(redb::Durability::Immediate)?;
        txn.set_quick_repair(true);
        Ok(txn)
    }

    /// A consistent view; hold it only as long as it takes to copy out.
    pub fn read(&self) -> Result<Reader, StoreError> {
        let calendar = self.calendar.read().unwrap_or_else(PoisonError::into_inner);
        Ok(Reader::new(self.db.begin_read()?, Arc::clone(&calendar)))
    }

    /// A transaction; nothing is saved before its commit returns.
    pub fn write(&self) -> Result<Writer, StoreError> {
        Writer::new(self.begin()?, Arc::clone(&self.calendar))
    }
}

fn open_books(txn: &redb::WriteTransaction) -> Result<(), StoreError> {
    for book in BOOKS {
        txn.open_table(book.table())?;
        txn.open_multimap_table(book.trail())?;
    }
    Ok(())
}

fn open_kind(txn: &redb::WriteTransaction, kind: Kind) -> Result<(), StoreError> {
    txn.open_table(records(kind))?;
    for field in kind.spec().fields.iter().filter(|field| field.indexed) {
        let name = index_name(kind, field.key);
        txn.open_multimap_table(MultimapTableDefinition::<&[u8], u64>::new(&name))?;
    }
    Ok(())
}
