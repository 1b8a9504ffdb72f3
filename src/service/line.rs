//! The lines of a result: what is shown of each record, and why each word found it.

use crate::domain::field::{Field, Privacy, Seek, Type};
use crate::domain::kind::{Code, Kind, KindSpec};
use crate::domain::mask::masked;
use crate::domain::phone::is_mobile;
use crate::domain::place;
use crate::domain::value::Value;
use crate::protocol::find::CODE;
use crate::protocol::work::Facts;
use crate::protocol::{Row, Why};
use crate::search::{Teller, Word, words};
use crate::service::desk::Desk;
use crate::service::tree::Tree;
use crate::service::{project, view};

/// Texts of a stored record: field and text.
type Texts<'a> = &'a [(&'a str, &'a str)];

/// Makes the lines of one answer.
pub struct Lines<'a> {
    tree: &'a Tree,
    words: Vec<Word>,
    teller: Teller<'a>,
}

fn first<'a>(texts: Texts<'a>, key: &str) -> &'a str {
    texts
        .iter()
        .find(|row| row.0 == key)
        .map_or("", |row| row.1)
}

fn all<'a>(texts: Texts<'a>, key: &'a str) -> impl Iterator<Item = &'a str> {
    texts
        .iter()
        .filter(move |row| row.0 == key)
        .map(|row| row.1)
}

impl<'a> Lines<'a> {
    /// For the answer to a line of words.
    pub fn new(desk: &'a Desk, text: &str) -> Lines<'a> {
        let words = words(text);
        Lines {
            tree: &desk.tree,
            teller: desk.index.teller(&words),
            words,
        }
    }

    /// The line of one record.
    pub fn row(&mut self, code: Code, texts: Texts) -> Row {
        let spec = code.kind.spec();
        let org = |text: &str| Code::read(text).map_or("", |code| self.tree.name(code.number));
        let owner = spec.owner.map_or("", |key| org(first(texts, key)));
        let subtitle = match code.kind {
            Kind::Organisation => format!("{} {owner}", first(texts, "kind"))
                .trim_end()
                .to_owned(),
            Kind::Operator => all(texts, "roles").collect::<Vec<_>>().join("、"),
            _ => owner.to_owned(),
        };
        let phone = first(texts, "phone");
        let phone = match spec.field("phone").map(|field| field.privacy) {
            Some(Privacy::Open) => phone.to_owned(),
            Some(Privacy::Office) if !is_mobile(phone) => phone.to_owned(),
            Some(_) => {
                let typed: Vec<&str> = self.words.iter().filter_map(Word::digits).collect();
                view::phone(phone, &typed)
            }
            None => String::new(),
        };
        Row {
            code,
            kind: code.kind,
            title: first(texts, spec.title).to_owned(),
            subtitle,
            area: place::by_code(first(texts, "area")).map_or_else(String::new, place::Place::path),
            phone,
            status: first(texts, "status").to_owned(),
            day: spec
                .recency
                .map_or_else(String::new, |key| first(texts, key).to_owned()),
            why: (0..self.words.len())
                .filter_map(|nth| self.why(nth, code, spec, texts))
                .collect(),
            facts: Facts::default(),
        }
    }

    fn why(
        &mut self,
        nth: usize,
        code: Code,
        spec: &'static KindSpec,
        texts: Texts,
    ) -> Option<Why> {
        let word = self.words.get(nth)?;
        let typed = word.typed.clone();
        let (field, text) = match numbered(word, code, spec, texts) {
            Some(found) => found,
            None => self
                .told(nth, spec, texts)
                .unwrap_or_else(|| (spec.title, first(texts, spec.title).to_owned())),
        };
        Some(Why {
            word: typed,
            field: field.to_owned(),
            text,
        })
    }

    /// The first text that matches: names stand first, and most words are names.
    fn told(
        &mut self,
        nth: usize,
        spec: &'static KindSpec,
        texts: Texts,
    ) -> Option<(&'static str, String)> {
        for field in spec.fields {
            if matches!(
                field.seek,
                Seek::Digits | Seek::Tail | Seek::No | Seek::Narrow | Seek::Day | Seek::LastDay
            ) {
                continue;
            }
            for text in all(texts, field.key) {
                if let Some(found) = self.text(nth, field, text) {
                    return Some((field.key, found));
                }
            }
        }
        None
    }

    fn text(&mut self, nth: usize, field: &'static Field, text: &str) -> Option<String> {
        let teller = &mut self.teller;
        match field.of {
            Type::Area => project::place_names(text)
                .into_iter()
                .find(|name| teller.tier(nth, name, false).is_some()),
            Type::Ref(Kind::Organisation) | Type::Refs(Kind::Organisation, _) => {
                let unit = self.tree.unit(Code::read(text)?.number)?;
                let mut names = unit.names.iter();
                names
                    .find(|name| teller.tier(nth, name, false).is_some())
                    .cloned()
            }
            _ => {
                let person = matches!(field.of, Type::PersonName);
                teller.tier(nth, text, person).map(|_| text.to_owned())
            }
        }
    }
}

/// What a code or a word of digits found.
fn numbered(
    word: &Word,
    code: Code,
    spec: &'static KindSpec,
    texts: Texts,
) -> Option<(&'static str, String)> {
    if word.code == Some((code.kind.bit(), code.number)) {
        return Some((CODE, code.to_string()));
    }
    let digits = word.digits()?;
    if word.numbers(spec).is_some() && digits.parse() == Ok(spec.last(code.number)) {
        return Some((CODE, code.to_string()));
    }
    for field in spec.fields {
        for text in all(texts, field.key) {
            let plain = || -> String {
                let kept = text.chars().filter(char::is_ascii_alphanumeric);
                kept.map(|c| c.to_ascii_lowercase()).collect()
            };
            match field.seek {
                Seek::Digits if plain().contains(digits) => {
                    return Some((field.key, view::phone(text, &[digits])));
                }
                Seek::Tail if digits.len() >= 4 && plain().ends_with(digits) => {
                    let shown = masked(field, &Value::from(text)).to_string();
                    return Some((field.key, shown));
                }
                _ => {}
            }
        }
    }
    None
}
