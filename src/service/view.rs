//! Records as an operator sees them: masked, with the names behind codes.

use std::collections::BTreeMap;

use crate::domain::change::{Entry, FieldChange};
use crate::domain::field::{Field, Type};
use crate::domain::kind::{Code, Kind};
use crate::domain::mask::{self, masked, middle};
use crate::domain::place;
use crate::domain::record::Record;
use crate::domain::value::Fields;
use crate::protocol::View;
use crate::service::tree::Tree;

/// A record, masked.
pub fn view(tree: &Tree, record: &Record) -> View {
    show(tree, record, true)
}

/// A record, unmasked: only for an export that was logged.
pub fn whole(tree: &Tree, record: &Record) -> View {
    show(tree, record, false)
}

fn show(tree: &Tree, record: &Record, mask: bool) -> View {
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
            for text in value.texts() {
                if let Some(name) = name(tree, field, text) {
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
    }
}

/// The name behind a code of a reference or a place.
pub fn name(tree: &Tree, field: &Field, text: &str) -> Option<String> {
    match field.of {
        Type::Area => place::by_code(text).map(place::Place::path),
        Type::Ref(Kind::Organisation) | Type::Refs(Kind::Organisation, _) => {
            let code = Code::read(text)?;
            tree.unit(code.number).map(|unit| unit.node.name.clone())
        }
        _ => None,
    }
}

/// A log entry with its personal values masked.
pub fn entry(kind: Option<Kind>, mut entry: Entry) -> Entry {
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
