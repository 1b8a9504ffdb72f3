//! What operators keep for themselves: preferences and texts that are not sent yet. It is no record and no log.

use redb::{ReadableTable, TableDefinition};

use crate::store::StoreError;
use crate::store::reader::Reader;
use crate::store::writer::Writer;

/// By user and key.
pub(super) const OWN: TableDefinition<(u32, &str), &[u8]> = TableDefinition::new("own");

impl Reader {
    /// What a user keeps under keys that begin so, in the order of the keys.
    pub fn own(&self, uid: u32, head: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        collect(&self.txn.open_table(OWN)?, uid, head)
    }
}

impl Writer {
    /// What a user keeps under keys that begin so, as this transaction sees it.
    pub fn own(&self, uid: u32, head: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        collect(&self.txn.open_table(OWN)?, uid, head)
    }

    /// How long what a user keeps under such keys is.
    pub fn own_sizes(&self, uid: u32, head: &str) -> Result<Vec<(String, usize)>, StoreError> {
        let mut sizes = Vec::new();
        for row in self.txn.open_table(OWN)?.range((uid, head)..)? {
            let (key, value) = row?;
            let (owner, name) = key.value();
            if owner != uid || !name.starts_with(head) {
                break;
            }
            sizes.push((name.to_owned(), value.value().len()));
        }
        Ok(sizes)
    }

    /// What all users keep under such keys.
    pub fn owned(&self, head: &str) -> Result<Vec<(u32, String, Vec<u8>)>, StoreError> {
        let mut found = Vec::new();
        for row in self.txn.open_table(OWN)?.iter()? {
            let (key, value) = row?;
            let (owner, name) = key.value();
            if name.starts_with(head) {
                found.push((owner, name.to_owned(), value.value().to_vec()));
            }
        }
        Ok(found)
    }

    /// Keeps bytes for a user under a key; none removes what is there.
    pub fn keep(&mut self, uid: u32, key: &str, bytes: Option<&[u8]>) -> Result<(), StoreError> {
        let mut table = self.txn.open_table(OWN)?;
        match bytes {
            Some(bytes) => table.insert((uid, key), bytes)?,
            None => table.remove((uid, key))?,
        };
        drop(table);
        self.touch();
        Ok(())
    }
}

fn collect(
    table: &impl ReadableTable<(u32, &'static str), &'static [u8]>,
    uid: u32,
    head: &str,
) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let mut found = Vec::new();
    for row in table.range((uid, head)..)? {
        let (key, value) = row?;
        let (owner, name) = key.value();
        if owner != uid || !name.starts_with(head) {
            break;
        }
        found.push((name.to_owned(), value.value().to_vec()));
    }
    Ok(found)
}
