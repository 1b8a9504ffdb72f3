//! Records as an operator sees them: masked, with the names behind codes.

use std::collections::BTreeMap;

use crate::domain::change::{Entry, FieldChange};
use crate::domain::field::{Field, Type};
use crate::domain::kind::{Code, Kind};
use crate::domain::mask::{self, masked, middle};
use crate::domain::place;
use crate::domain::record::Record;
use crate::domain::value::{Fields, Value};
use crate::domain::world::{self, World};
use crate::protocol::View;
use crate::service::sight::Eyes;
use crate::service::tree::Tree;

/// Through what a record is looked at.
#[derive(Clone, Copy)]
pub struct Glass<'a> {
    /// The organisations.
    pub tree: &'a Tree,
    /// The other records.
    pub world: &'a dyn World,
    /// What does not exist for whoever looks.
    pub eyes: &'a Eyes,
}

/// A record, masked.
pub fn view(glass: Glass, record: &Record) -> View {
    show(glass, record, true)
}

/// A record, unmasked: only for an export that was logged.
pub fn whole(glass: Glass, record: &Record) -> View {
    show(glass, record, false)
}

fn show(glass: Glass, record: &Record, mask: bool) -> View {
    let record = &*glass.eyes.stripped(glass.world, record);
    let mut names = BTreeMap::new();
    let mut hidden = Vec::new();
    let mut fields = Fields::new();
    for (key, value) in &record.fields {
        let field = record.kind.spec().field(key);
        let value = match field {
            Some(field) if mask => {
                hidden.extend(mask::hidden(field, value));
                masked(field, value)
            }
            _ => value.clone(),
        };
        if let Some(field) = field {
            for (field, text) in coded(field, &value) {
                // The code of a person may be known to whoever may not read of people; the name is not told.
                let reads = glass.eyes.reads(text);
                let name = name(glass.tree, glass.world, field, text);
                if let Some(name) = name.filter(|_| reads) {
                    names.insert(text.to_owned(), name);
                }
            }
        }
        fields.insert(key.clone(), value);
    }
    View {
        code: record.code(),
        kind: record.kind,
        rev: record.rev,
        fields,
        names,
        masked: hidden,
        told: Vec::new(),
        findings: Vec::new(),
        calls: Vec::new(),
    }
}

/// The texts of a value that may be codes, those in the columns of rows among them.
fn coded<'a>(field: &'static Field, value: &'a Value) -> Vec<(&'static Field, &'a str)> {
    let Type::Rows(columns) = field.of else {
        return value.texts().map(|text| (field, text)).collect();
    };
    let rows = value.parts().iter().filter_map(|row| match row {
        Value::Map(row) => Some(row),
        _ => None,
    });
    rows.flat_map(|row| {
        let cell = |column: &'static Field| {
            let text = row.get(column.key).and_then(Value::text);
            text.map(|text| (column, text))
        };
        columns.iter().filter_map(cell)
    })
    .collect()
}

/// The name behind a code of a reference or a place.
pub fn name(tree: &Tree, world: &dyn World, field: &Field, text: &str) -> Option<String> {
    if matches!(field.of, Type::Area) {
        return place::by_code(text).map(place::Place::path);
    }
    if field.names().is_empty() {
        return None;
    }
    let code = Code::read(text)?;
    match code.kind {
        Kind::Organisation => tree.unit(code.number).map(|unit| unit.node.name.clone()),
        _ => world.record(code).map(|record| world::name(world, &record)),
    }
}

/// A log entry with its personal values masked, without a trace of what does not exist for the caller.
pub fn entry(world: &dyn World, eyes: &Eyes, kind: Option<Kind>, mut entry: Entry) -> Entry {
    eyes.strip_entry(world, kind, &mut entry);
    if let Some(kind) = kind {
        entry.changes = changes(kind, entry.changes);
    }
    entry
}

/// What changes in a record, its personal values masked.
pub fn changes(kind: Kind, mut changes: Vec<FieldChange>) -> Vec<FieldChange> {
    for change in &mut changes {
        let Some(field) = kind.spec().field(&change.field) else {
            continue;
        };
        for value in [&mut change.from, &mut change.to].into_iter().flatten() {
            *value = masked(field, value);
        }
    }
    changes
}

/// A phone whose middle is hidden, but for the digits that were typed to find it.
pub fn phone(number: &str, typed: &[&str]) -> String {
    let hidden = middle(number, 3, 4);
    let plain: Vec<char> = number.chars().collect();
    let mut shown: Vec<char> = hidden.chars().collect();
    for run in typed.iter().filter(|run| run.len() >= 3) {
        if let Some(from) = number.find(run) {
            for at in from..from + run.len() {
                if let (Some(slot), Some(c)) = (shown.get_mut(at), plain.get(at)) {
                    *slot = *c;
                }
            }
        }
    }
    shown.into_iter().collect()
}
