//! What is taken out of records and entries before somebody sees them: every trace of sealed records
//! that do not exist for them.

use std::borrow::Cow;

use crate::domain::change::Entry;
use crate::domain::field::{Field, Type};
use crate::domain::kind::{Code, Kind, KindSpec};
use crate::domain::record::Record;
use crate::domain::value::Value;
use crate::domain::world::World;
use crate::service::sight::Eyes;

/// Whether a field may name a sealed record.
fn names_sealed(field: &Field) -> bool {
    let own = field.names().iter().any(|kind| kind.spec().sealed);
    own || matches!(field.of, Type::Rows(columns) if columns.iter().any(names_sealed))
}

/// Whether a field of a kind may name a sealed record; what no table knows may be anything.
fn telling(spec: &'static KindSpec, key: &str) -> Option<Option<&'static Field>> {
    match spec.field(key) {
        Some(field) => names_sealed(field).then_some(Some(field)),
        None => Some(None),
    }
}

impl Eyes {
    /// Whether a code names nothing that is sealed from the caller.
    fn knows(&self, world: &dyn World, text: &str) -> bool {
        match Code::read(text).filter(|code| code.kind.spec().sealed) {
            Some(code) => world.record(code).is_some_and(|record| self.see(&record)),
            None => true,
        }
    }

    /// Whether a text that is typed into a field names nothing that is sealed from the caller.
    pub fn knows_all(&self, world: &dyn World, field: &Field, text: &str) -> bool {
        let code = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let mut words = text.split(|c: char| !code(c));
        !names_sealed(field) || words.all(|word| self.knows(world, word))
    }

    /// A record without the codes of what does not exist for the caller.
    pub fn stripped<'r>(&self, world: &dyn World, record: &'r Record) -> Cow<'r, Record> {
        let mut out = Cow::Borrowed(record);
        for (key, value) in &record.fields {
            let Some(field) = telling(record.kind.spec(), key) else {
                continue;
            };
            let left = self.strip(world, field, value);
            if left.as_ref() != Some(value) {
                let empty = Value::from("");
                out.to_mut().set(key, left.unwrap_or(empty));
            }
        }
        out
    }

    /// A value without such codes; none if nothing is left.
    fn strip(&self, world: &dyn World, field: Option<&Field>, value: &Value) -> Option<Value> {
        match (field.map(|field| field.of), value) {
            (_, Value::List(parts)) => {
                let left: Vec<Value> = parts
                    .iter()
                    .filter_map(|part| self.strip(world, field, part))
                    .collect();
                (!left.is_empty()).then_some(Value::List(left))
            }
            (Some(Type::Rows(columns)), Value::Map(row)) => {
                let cell = |(key, value): (&String, &Value)| {
                    let column = columns.iter().find(|column| column.key == key);
                    let left = match column.filter(|column| names_sealed(column)) {
                        Some(column) => self.strip(world, Some(column), value),
                        None => Some(value.clone()),
                    };
                    left.map(|left| (key.clone(), left))
                };
                Some(Value::Map(row.iter().filter_map(cell).collect()))
            }
            (_, value) => {
                let known = value.text().is_none_or(|text| self.knows(world, text));
                known.then(|| value.clone())
            }
        }
    }

    /// Takes such codes out of an entry, and the act on what does not exist that led to it.
    pub fn strip_entry(&self, world: &dyn World, kind: Option<Kind>, entry: &mut Entry) {
        let cause = entry.action.split_once(':').map(|(_, cause)| cause);
        if cause.is_some_and(|cause| !self.knows(world, cause)) {
            entry.action = "edit".to_owned();
            entry.reason.clear();
        }
        let Some(spec) = kind.map(Kind::spec) else {
            return;
        };
        let told = entry.changes.len();
        for change in &mut entry.changes {
            let Some(field) = telling(spec, &change.field) else {
                continue;
            };
            for slot in [&mut change.from, &mut change.to] {
                let value = slot.take();
                *slot = value.and_then(|value| self.strip(world, field, &value));
            }
        }
        // What changed in nothing else than what does not exist did not change.
        entry.changes.retain(|change| change.from != change.to);
        if told > 0 && entry.changes.is_empty() {
            entry.action = "edit".to_owned();
            entry.reason.clear();
        }
    }
}
