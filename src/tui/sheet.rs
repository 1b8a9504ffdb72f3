//! Forms that are filled while somebody talks: short fields share a line, so that all is in sight.

use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::tui::form::{Form, several};

/// A line of a sheet: its fields, and the rows that it takes.
type Row = (&'static [&'static str], usize);

/// The sheets, by kind; fields that a sheet does not name follow, one a line.
const SHEETS: &[(Kind, &[Row])] = &[(
    Kind::Complaint,
    &[
        (&["kind", "channel"], 1),
        (&["complainant", "contact"], 1),
        (&["anonymous", "confidential"], 1),
        (&["accused"], 1),
        (&["accused_other", "activity"], 1),
        (&["topic", "urgent"], 1),
        (&["facts"], 3),
        (&["happened_at", "place"], 1),
        (&["claims"], 2),
        (&["evidence"], 2),
        (&["wanted", "representatives"], 1),
        (&["title"], 1),
        (&["received_at", "right"], 1),
        (&["subject", "call"], 1),
    ],
)];

/// A line of a form: the numbers of its fields, and the rows that it takes.
pub struct Line {
    /// The fields.
    pub fields: Vec<usize>,
    /// The rows.
    pub rows: usize,
}

fn sheet(kind: Kind) -> &'static [Row] {
    let found = SHEETS.iter().find(|(of, _)| *of == kind);
    found.map_or(&[], |(_, rows)| *rows)
}

/// Puts the fields of a record into the order of its sheet.
pub fn order(kind: Kind, fields: &mut [&'static Field]) {
    let keys: Vec<&str> = sheet(kind)
        .iter()
        .flat_map(|(keys, _)| keys.iter().copied())
        .collect();
    fields.sort_by_key(|field| {
        let at = keys.iter().position(|key| *key == field.key);
        at.unwrap_or(keys.len())
    });
}

/// The lines of a form, always the same, so that nothing moves.
pub fn lines(form: &Form) -> Vec<Line> {
    let sheet = match form.taken() {
        Some(_) => &[],
        None => sheet(form.kind()),
    };
    let mut lines: Vec<Line> = Vec::new();
    let mut last: Option<&Row> = None;
    for (at, field) in form.fields.iter().enumerate() {
        let row = sheet.iter().find(|(keys, _)| keys.contains(&field.key));
        let same = row.is_some() && row.map(|row| row.0) == last.map(|row| row.0);
        match lines.last_mut().filter(|_| same) {
            Some(line) => line.fields.push(at),
            None => lines.push(Line {
                fields: vec![at],
                rows: match row {
                    Some((_, rows)) => *rows,
                    None if several(field) => 3,
                    None => 1,
                },
            }),
        }
        last = row;
    }
    lines
}
