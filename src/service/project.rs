//! From records to what the search index holds, by the field table.

use foldhash::HashMap;

use crate::domain::field::{Field, Seek, Type};
use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::{period, place};
use crate::search::{Doc, Index, TermId};
use crate::service::tree::Tree;

/// What a field is read for.
pub struct Use {
    /// The field's key.
    pub key: &'static str,
    field: &'static Field,
    recency: bool,
    owner: bool,
}

/// Fields that are read though nobody searches them: states are counted, the accused does not see.
const READ: [&str; 2] = ["status", "accused"];

/// What each field of each kind is read for.
pub struct Uses {
    kinds: Vec<(Vec<Use>, HashMap<&'static str, u8>)>,
}

impl Default for Uses {
    fn default() -> Self {
        let mut specs = KINDS;
        specs.sort_by_key(|spec| spec.kind.bit());
        let kinds = specs.iter().map(|spec| {
            let uses = spec.fields.iter().map(|field| Use {
                key: field.key,
                field,
                recency: spec.recency == Some(field.key),
                owner: spec.owner == Some(field.key) && spec.kind != Kind::Organisation,
            });
            let read = |one: &Use| {
                one.field.seek != Seek::No || one.recency || one.owner || READ.contains(&one.key)
            };
            let uses: Vec<Use> = uses.filter(read).collect();
            let numbers = uses.iter().map(|one| one.key).zip(0..).collect();
            (uses, numbers)
        });
        Uses {
            kinds: kinds.collect(),
        }
    }
}

impl Uses {
    fn of(&self, kind: Kind) -> Option<&(Vec<Use>, HashMap<&'static str, u8>)> {
        self.kinds.get(usize::from(kind.bit()))
    }

    /// The number of a field among those that are read, if it is.
    pub fn nth(&self, kind: Kind, key: &str) -> Option<u8> {
        self.of(kind)?.1.get(key).copied()
    }

    /// What such a field is read for.
    pub fn get(&self, kind: Kind, nth: u8) -> Option<&Use> {
        self.of(kind)?.0.get(usize::from(nth))
    }

    /// Reads one record's texts, given as number of the field and text, into a document.
    pub fn doc<'a>(
        &self,
        kind: Kind,
        number: u64,
        texts: impl Iterator<Item = (u8, &'a str)>,
        index: &mut Index,
        tree: &Tree,
    ) -> Doc<'a> {
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
        for (nth, text) in texts {
            let Some(one) = self.get(kind, nth) else {
                continue;
            };
            if one.key == "status" {
                let state = spec.states.iter().position(|state| state.name.zh == text);
                doc.live = state == Some(0);
                doc.state = state.unwrap_or(0) as u8;
            }
            if one.field.by_day()
                && let Some(day) = period::day_of(one.field, text)
            {
                doc.days
                    .push((nth, chrono::Datelike::num_days_from_ce(&day)));
            }
            if one.recency
                && let Ok(day) = text.parse::<chrono::NaiveDate>()
            {
                doc.recency = chrono::Datelike::num_days_from_ce(&day);
            }
            if one.owner
                && let Some(code) = Code::read(text)
            {
                doc.scope.push(code.number as u32);
            }
            match one.field.seek {
                Seek::No | Seek::Day | Seek::LastDay => {}
                Seek::Name => {
                    doc.person = matches!(one.field.of, Type::PersonName);
                    doc.name = text.into();
                }
                Seek::Alias => doc.aliases.push(text.into()),
                Seek::Digits if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                    doc.digits.push(text.into());
                }
                Seek::Digits => {
                    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                    doc.digits.push(digits.into());
                }
                Seek::Tail => doc.tails.push(text.into()),
                Seek::Term => doc.terms.push(term(index, tree, one.field, text)),
                Seek::Narrow => doc.terms.push(unsaid(index, one.field, text)),
            }
        }
        if kind == Kind::Organisation
            && let Some(unit) = tree.unit(number)
        {
            doc.aliases = unit
                .names
                .iter()
                .skip(1)
                .map(|name| name.clone().into())
                .collect();
        }
        doc
    }
}

/// The term of a field's text; places and organisations are given all their names.
fn term(index: &mut Index, tree: &Tree, field: &'static Field, text: &str) -> TermId {
    if let Some(term) = index.known_term(group(field), text) {
        return term;
    }
    let term = index.term(group(field), text);
    let names = names(tree, field, text);
    if !names.is_empty() {
        index.name_term(term, &names);
    }
    term
}

/// The term of a text that no word finds.
fn unsaid(index: &mut Index, field: &'static Field, text: &str) -> TermId {
    if let Some(term) = index.known_term(group(field), text) {
        return term;
    }
    let term = index.term(group(field), text);
    index.name_term(term, &[]);
    term
}

/// An organisation goes by other names now.
pub fn renamed(index: &mut Index, tree: &Tree, number: u64) {
    let code = Code::new(Kind::Organisation, number).to_string();
    if let Some(term) = index.known_term(TEAMS, &code)
        && let Some(unit) = tree.unit(number)
    {
        index.name_term(term, &unit.names);
    }
}

/// The group of all references to organisations.
const TEAMS: &str = "teams";

/// Fields that name the same thing share their terms.
pub fn group(field: &Field) -> &'static str {
    match field.of {
        Type::Ref(Kind::Organisation) | Type::Refs(Kind::Organisation, _) => TEAMS,
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
