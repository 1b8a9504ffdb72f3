//! A place within a record, by its key: a field, or a column of one row of a field.

use crate::domain::field::{Field, Privacy, Type};
use crate::domain::kind::Kind;
use crate::domain::said::Lang;
use crate::domain::value::{Fields, Value};

fn parts(key: &str) -> (&str, Option<(&str, &str)>) {
    match key.split_once('.') {
        Some((head, rest)) => (head, rest.split_once('.')),
        None => (key, None),
    }
}

/// The field at `phone`, or at `posts.2.phone` the column of the second row, and what is held there.
pub fn spot<'a>(
    kind: Kind,
    fields: &'a Fields,
    key: &str,
) -> Option<(&'static Field, Option<&'a Value>)> {
    let (head, rest) = parts(key);
    let field = kind.spec().field(head)?;
    let Some((nth, column)) = rest else {
        return (head == key).then(|| (field, fields.get(head)));
    };
    let column = column_of(field, column)?;
    Some((column, row(fields, head, nth)?.get(column.key)))
}

/// The row that a key names, if it names one.
pub fn row_at<'a>(fields: &'a Fields, key: &str) -> Option<&'a Fields> {
    let (head, rest) = parts(key);
    row(fields, head, rest?.0)
}

fn row<'a>(fields: &'a Fields, head: &str, nth: &str) -> Option<&'a Fields> {
    let nth: usize = nth.parse().ok()?;
    match fields.get(head)?.parts().get(nth.checked_sub(1)?)? {
        Value::Map(row) => Some(row),
        _ => None,
    }
}

fn column_of(field: &Field, key: &str) -> Option<&'static Field> {
    match field.of {
        Type::Rows(columns) => columns.iter().find(|column| column.key == key),
        _ => None,
    }
}

/// The column of all rows that a key such as `posts.to` names, where everybody who sees the record reads it.
pub fn column(kind: Kind, key: &str) -> Option<&'static Field> {
    let (head, column) = key.split_once('.')?;
    let field = kind.spec().field(head)?;
    let open = !field.inner && field.privacy == Privacy::Open;
    column_of(field, column).filter(|_| open)
}

/// The texts of a field, or of the column that such a key names.
pub fn texts<'a>(fields: &'a Fields, key: &'a str) -> Vec<&'a str> {
    let Some((head, column)) = key.split_once('.') else {
        return fields.get(key).into_iter().flat_map(Value::texts).collect();
    };
    let rows = fields.get(head).map_or(&[][..], Value::parts);
    let cell = |row: &'a Value| match row {
        Value::Map(row) => row.get(column)?.text(),
        _ => None,
    };
    rows.iter().filter_map(cell).collect()
}

/// What the place is called: `手机`, `任职 2 电话`; an unknown key is itself.
pub fn label(kind: Kind, key: &str, lang: Lang) -> String {
    let (head, rest) = parts(key);
    let Some(field) = kind.spec().field(head) else {
        return key.to_owned();
    };
    let name = field.label.get(lang);
    match rest.and_then(|(nth, column)| Some((nth, column_of(field, column)?))) {
        Some((nth, column)) => format!("{name} {nth} {}", column.label.get(lang)),
        None => name.to_owned(),
    }
}
