//! What a row only repeats of a known record: it is not judged again, however it came to be stored.

use crate::domain::field::{Field, Type};
use crate::domain::record::Record;
use crate::domain::value::{Fields, Value};
use crate::service::{Service, reading, view};
use crate::store::reader::Reader;

/// Takes out of the fields what the record says already, in stored form or as an export shows it.
pub(super) fn take_out(service: &Service, reader: &Reader, record: &Record, fields: &mut Fields) {
    let spec = record.kind.spec();
    fields.retain(|key, value| {
        let stored = record.get(key);
        let same = stored.is_some_and(|stored| {
            stored == value
                || spec
                    .field(key)
                    .and_then(|field| shown(service, reader, field, stored))
                    .is_some_and(|shown| value.text() == Some(shown.as_str()))
        });
        value.is_empty() || !same
    });
}

/// How an export shows a value that it does not show as it is stored.
fn shown(service: &Service, reader: &Reader, field: &Field, value: &Value) -> Option<String> {
    if matches!(field.of, Type::Rows(_) | Type::Sessions) {
        return serde_json::to_string(value).ok();
    }
    if let Value::Int(number) = value {
        return Some(number.to_string());
    }
    if field.names().is_empty() && !matches!(field.of, Type::Area) && !field.is_list() {
        return None;
    }
    let desk = reading(&service.desk);
    let part =
        |text: &str| view::name(&desk.tree, reader, field, text).unwrap_or_else(|| text.to_owned());
    let parts: Vec<String> = value.texts().map(part).collect();
    Some(parts.join("、"))
}
