//! Records and entries as stored bytes.

use serde::{Deserialize, Serialize};

use crate::domain::field::{Field, Type};
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::value::{Fields, Value};
use crate::store::StoreError;

/// The first byte of every stored value.
pub const FORMAT: u8 = 1;

#[derive(Serialize)]
struct Out<'a> {
    rev: u64,
    fields: &'a Fields,
}

#[derive(Deserialize)]
struct In {
    rev: u64,
    fields: Fields,
}

/// Encodes anything behind the format byte.
pub fn encode(value: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    let mut bytes = vec![FORMAT];
    rmp_serde::encode::write_named(&mut bytes, value)
        .map_err(|error| StoreError::Broken(error.to_string()))?;
    Ok(bytes)
}

/// Decodes what [`encode`] wrote.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, StoreError> {
    match bytes.split_first() {
        Some((&FORMAT, body)) => {
            rmp_serde::from_slice(body).map_err(|error| StoreError::Broken(error.to_string()))
        }
        Some((format, _)) => Err(StoreError::Broken(format!("unknown format byte {format}"))),
        None => Err(StoreError::Broken("empty value".to_owned())),
    }
}

/// A record's stored bytes.
pub fn encode_record(record: &Record) -> Result<Vec<u8>, StoreError> {
    encode(&Out {
        rev: record.rev,
        fields: &record.fields,
    })
}

/// A record from its stored bytes.
pub fn decode_record(kind: Kind, number: u64, bytes: &[u8]) -> Result<Record, StoreError> {
    let stored: In = decode(bytes)?;
    Ok(Record {
        kind,
        number,
        rev: stored.rev,
        fields: stored.fields,
    })
}

/// The index keys of a record: field and value, one per part of a list.
pub fn index_keys(record: &Record) -> Vec<(&'static str, String)> {
    let mut keys = Vec::new();
    for field in record
        .kind
        .spec()
        .fields
        .iter()
        .filter(|field| field.indexed)
    {
        for part in record.texts(field.key).chain(named(field, record)) {
            let key = (field.key, part.to_owned());
            // Rows may name the same record twice.
            if !matches!(field.of, Type::Rows(_)) || !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

/// The records that the rows of a field name.
fn named<'a>(field: &'static Field, record: &'a Record) -> impl Iterator<Item = &'a str> {
    let columns = match field.of {
        Type::Rows(columns) => columns,
        _ => &[],
    };
    let rows = match columns {
        [] => &[],
        _ => record.get(field.key).map_or(&[][..], Value::parts),
    };
    rows.iter().flat_map(move |row| {
        let columns = columns.iter().filter(|column| !column.names().is_empty());
        columns.filter_map(move |column| match row {
            Value::Map(row) => row.get(column.key)?.text(),
            _ => None,
        })
    })
}
