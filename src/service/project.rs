//! From records to what the search index holds, by the field table.

use std::collections::HashMap;

use crate::domain::field::{Field, Seek, Type};
use crate::domain::kind::{Code, Kind};
use crate::domain::place;
use crate::search::{Doc, Index, TermId};
use crate::service::tree::Tree;

/// Terms that were named already.
#[derive(Default)]
pub struct Terms {
    known: HashMap<(&'static str, String), TermId>,
}

impl Terms {
    /// The term of a field's text; places and organisations are given all their names.
    pub fn get(
        &mut self,
        index: &mut Index,
        tree: &Tree,
        field: &'static Field,
        text: &str,
    ) -> TermId {
        let term = index.term(group(field), text);
        if let std::collections::hash_map::Entry::Vacant(slot) =
            self.known.entry((group(field), text.to_owned()))
        {
            slot.insert(term);
            let names = names(tree, field, text);
            if !names.is_empty() {
                index.name_term(term, &names);
            }
        }
        term
    }

    /// An organisation goes by other names now.
    pub fn renamed(&mut self, index: &mut Index, tree: &Tree, number: u64) {
        let code = Code::new(Kind::Organisation, number).to_string();
        if let Some(term) = self.known.get(&("teams", code))
            && let Some(unit) = tree.unit(number)
        {
            index.name_term(*term, &unit.names);
        }
    }
}

/// Fields that name the same thing share their terms.
fn group(field: &Field) -> &'static str {
    match field.of {
        Type::Ref(Kind::Organisation) | Type::Refs(Kind::Organisation, _) => "teams",
        _ => field.key,
    }
}

fn names(tree: &Tree, field: &Field, text: &str) -> Vec<String> {
    match field.of {
        Type::Area => place_names(text),
        Type::Ref(Kind::Organisation) | Type::Refs(Kind::Organisation, _) => Code::read(text)
            .and_then(|code| tree.unit(code.number))
            .map(|unit| unit.names.clone())
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// All names under which a place is looked for, those of its league among them.
pub fn place_names(code: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let place = place::by_code(code);
    let league = place
        .and_then(place::Place::parent)
        .filter(|up| up.level() == place::Level::League);
    for place in place.into_iter().chain(league) {
        for name in [place.name, place.short]
            .into_iter()
            .chain(place.aliases.iter().copied())
        {
            if !found.iter().any(|other| other == name) {
                found.push(name.to_owned());
            }
        }
    }
    if let (Some(place), Some(_)) = (place, league) {
        found.push(place.path());
    }
    found
}

/// Reads one record's texts, given as key and text, into a document.
pub fn doc<'a>(
    kind: Kind,
    number: u64,
    texts: impl Iterator<Item = (&'a str, &'a str)>,
    index: &mut Index,
    terms: &mut Terms,
    tree: &Tree,
) -> Doc {
    let spec = kind.spec();
    let mut doc = Doc {
        kind: kind.bit(),
        number,
        live: true,
        ..Doc::default()
    };
    if kind == Kind::Organisation {
        doc.scope.push(number as u32);
    }
    for (key, text) in texts {
        if key == "status" {
            doc.live = spec
                .states
                .first()
                .is_some_and(|state| state.name.zh == text);
        }
        if spec.recency == Some(key)
            && let Ok(day) = text.parse::<chrono::NaiveDate>()
        {
            doc.recency = chrono::Datelike::num_days_from_ce(&day);
        }
        if spec.owner == Some(key)
            && kind != Kind::Organisation
            && let Some(code) = Code::read(text)
        {
            doc.scope.push(code.number as u32);
        }
        let Some(field) = spec.field(key) else {
            continue;
        };
        match field.seek {
            Seek::No => {}
            Seek::Name => {
                doc.person = matches!(field.of, Type::PersonName);
                doc.name = text.to_owned();
            }
            Seek::Alias => doc.aliases.push(text.to_owned()),
            Seek::Digits => doc
                .digits
                .push(text.chars().filter(char::is_ascii_digit).collect()),
            Seek::Tail => doc.tails.push(text.to_owned()),
            Seek::Term => doc.terms.push(terms.get(index, tree, field, text)),
        }
    }
    if kind == Kind::Organisation
        && let Some(unit) = tree.unit(number)
    {
        doc.aliases = unit.names.iter().skip(1).cloned().collect();
    }
    if kind == Kind::Operator {
        // Operators belong to no team; only administrators see them, and those see them all.
        doc.scope.push(1);
    }
    doc
}
