//! A whole copy of the store while writers go on.

use std::fs::File;
use std::path::{Path, PathBuf};

use redb::{
    Database, MultimapTableDefinition, ReadableMultimapTable, ReadableTable, ReadableTableMetadata,
    TableDefinition,
};

use crate::domain::kind::KINDS;
use crate::store::book::{BOOKS, Book};
use crate::store::own::OWN;
use crate::store::reader::Reader;
use crate::store::{COUNTER, DONE, META, StoreError, builder, index_name, records, sum};

fn io(error: std::io::Error) -> StoreError {
    StoreError::Engine(redb::Error::Io(error))
}

/// Copies a view into a new file, checks the copy, and only then gives it its name; gives the number
/// of rows, as far as it does not tell how much is sealed.
pub fn backup(from: &Reader, path: &Path) -> Result<u64, StoreError> {
    let partial = partial(path);
    let _ = std::fs::remove_file(&partial);
    let result = copy(from, &partial).and_then(|count| {
        File::open(&partial)
            .and_then(|file| file.sync_all())
            .map_err(io)?;
        std::fs::rename(&partial, path).map_err(io)?;
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            File::open(folder)
                .and_then(|file| file.sync_all())
                .map_err(io)?;
        }
        Ok(count)
    });
    if result.is_err() {
        let _ = std::fs::remove_file(&partial);
    }
    result
}

fn partial(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}

fn copy(from: &Reader, path: &Path) -> Result<u64, StoreError> {
    let mut db = builder()
        .create(path)
        .map_err(|error| StoreError::Engine(error.into()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).map_err(io)?;
    }
    let txn = db.begin_write()?;
    let mut count = 0;
    count += table(from, &txn, META)?;
    count += table(from, &txn, COUNTER)?;
    table(from, &txn, DONE)?;
    table(from, &txn, OWN)?;
    for book in BOOKS {
        let rows = table(from, &txn, book.table())?;
        count += if book == Book::Open { rows } else { 0 };
        multimap(from, &txn, book.trail())?;
    }
    for spec in KINDS {
        let rows = table(from, &txn, records(spec.kind))?;
        count += if spec.sealed { 0 } else { rows };
        for field in spec.fields.iter().filter(|field| field.indexed) {
            let name = index_name(spec.kind, field.key);
            multimap(
                from,
                &txn,
                MultimapTableDefinition::<&[u8], u64>::new(&name),
            )?;
        }
        for name in sum::names(spec) {
            table(from, &txn, sum::table(&name))?;
        }
    }
    txn.commit()?;
    let sound = db
        .check_integrity()
        .map_err(|error| StoreError::Engine(error.into()))?;
    if !sound {
        return Err(StoreError::Broken(
            "the copy failed its integrity check".to_owned(),
        ));
    }
    drop::<Database>(db);
    Ok(count)
}

fn table<K: redb::Key + 'static, V: redb::Value + 'static>(
    from: &Reader,
    to: &redb::WriteTransaction,
    name: TableDefinition<K, V>,
) -> Result<u64, StoreError> {
    let source = from.txn.open_table(name)?;
    let mut target = to.open_table(name)?;
    for row in source.iter()? {
        let (key, value) = row?;
        target.insert(key.value(), value.value())?;
    }
    if target.len()? != source.len()? {
        return Err(StoreError::Broken("the copy lacks rows".to_owned()));
    }
    Ok(source.len()?)
}

fn multimap<K: redb::Key + 'static, V: redb::Key + 'static>(
    from: &Reader,
    to: &redb::WriteTransaction,
    name: MultimapTableDefinition<K, V>,
) -> Result<(), StoreError> {
    let source = from.txn.open_multimap_table(name)?;
    let mut target = to.open_multimap_table(name)?;
    for row in source.iter()? {
        let (key, values) = row?;
        for value in values {
            target.insert(key.value(), value?.value())?;
        }
    }
    Ok(())
}
