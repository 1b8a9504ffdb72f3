//! Which requests are done already: what each made, and what it was.

use redb::{ReadableTable, ReadableTableMetadata};
use sm3::{Digest, Sm3};

use crate::domain::kind::Code;
use crate::store::reader::Reader;
use crate::store::writer::Writer;
use crate::store::{DONE, StoreError};

/// How many request ids are remembered.
const REMEMBERED: u64 = 100_000;

/// A request that is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// The record that it made or changed.
    pub code: Code,
    /// The print of what was asked; none where an earlier version of the program remembered it.
    pub print: Option<u64>,
}

/// The print of what is asked: of two that differ it differs too.
pub fn print(body: &[u8]) -> u64 {
    let hash: [u8; 32] = Sm3::digest(body).into();
    let first = hash.first_chunk::<8>();
    first.map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// A request id of one caller.
fn asked(uid: u32, request: u64) -> u64 {
    request ^ u64::from(uid).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn found(
    table: &impl ReadableTable<u64, &'static [u8]>,
    uid: u32,
    request: u64,
) -> Result<Option<Done>, StoreError> {
    let found = table.get(asked(uid, request))?;
    Ok(found.and_then(|bytes| {
        let (code, rest) = bytes.value().split_first_chunk::<8>()?;
        // The last eight bytes are its place in the log.
        let print = rest.split_first_chunk::<8>();
        let print = print.filter(|(_, place)| !place.is_empty());
        Some(Done {
            code: Code::from_id(u64::from_le_bytes(*code))?,
            print: print.map(|(print, _)| u64::from_le_bytes(*print)),
        })
    }))
}

impl Reader {
    /// What somebody's request id already did: an id that another used says nothing.
    pub fn done(&self, uid: u32, request: u64) -> Result<Option<Done>, StoreError> {
        found(&self.txn.open_table(DONE)?, uid, request)
    }
}

impl Writer {
    /// What somebody's request id already did, as this transaction sees it.
    pub fn done(&self, uid: u32, request: u64) -> Result<Option<Done>, StoreError> {
        found(&self.txn.open_table(DONE)?, uid, request)
    }

    /// Remembers that somebody's request is done, and forgets the oldest ones now and then.
    pub fn remember(
        &mut self,
        uid: u32,
        request: u64,
        code: Code,
        print: u64,
    ) -> Result<(), StoreError> {
        let seq = self.head().seq;
        let mut table = self.txn.open_table(DONE)?;
        let mut value = code.id().to_le_bytes().to_vec();
        value.extend_from_slice(&print.to_le_bytes());
        value.extend_from_slice(&seq.to_le_bytes());
        table.insert(asked(uid, request), value.as_slice())?;
        if table.len()? > REMEMBERED + REMEMBERED / 10 {
            let oldest = seq.saturating_sub(REMEMBERED);
            table.retain(|_, value| {
                value
                    .last_chunk::<8>()
                    .is_some_and(|seq| u64::from_le_bytes(*seq) >= oldest)
            })?;
        }
        Ok(())
    }
}
