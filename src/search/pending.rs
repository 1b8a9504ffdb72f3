//! Records that are not built in: matched one by one, with the same words and the same tiers.

use crate::domain::kind::KINDS;
use crate::search::alphabet::{Alphabet, Letter};
use crate::search::index::Index;
use crate::search::query::Word;
use crate::search::score::Marks;
use crate::search::{Doc, Query, Tier};

/// A record with its names as letters.
pub struct Row {
    /// The record.
    pub doc: Doc<'static>,
    /// Its name, then its aliases.
    pub names: Vec<Box<[Letter]>>,
}

impl Row {
    /// Reads the names of a record.
    pub fn new(doc: Doc<'static>, alphabet: &mut Alphabet) -> Row {
        let names = std::iter::once(&doc.name).chain(&doc.aliases);
        let names = names.map(|name| {
            let mut letters = Vec::new();
            alphabet.letters(name, doc.person, &mut letters);
            letters.into_boxed_slice()
        });
        Row {
            names: names.collect(),
            doc,
        }
    }
}

impl Index {
    /// The tier of a word in a record that is not built in.
    pub(super) fn row_tier(&self, row: &Row, word: &Word, marks: &mut Marks) -> Option<Tier> {
        let doc = &row.doc;
        if word.code == Some((doc.kind, doc.number)) {
            return Some(Tier::Exact);
        }
        let name = row
            .names
            .iter()
            .filter_map(|name| marks.automaton.tier(&self.alphabet, name))
            .max();
        if name.is_some() {
            return name.max(coded(doc, word));
        }
        let other = doc.terms.iter().any(|term| marks.terms.has(*term))
            || word.digits().is_some_and(|digits| numbered(doc, digits));
        other.then_some(Tier::Other).max(coded(doc, word))
    }

    /// Whether the asker may see a record that is not built in, and asked for such.
    pub(super) fn row_passes(&self, query: &Query, row: &Row) -> bool {
        let doc = &row.doc;
        let number = crate::search::base::id(doc.kind, doc.number);
        let (alone, assigned) = match query.assigned {
            Some((kinds, ids)) => (kinds >> doc.kind & 1 == 1, ids.contains(&number)),
            None => (false, false),
        };
        let lies = |scope: &crate::search::Scope| doc.scope.iter().any(|org| scope.has(*org));
        (query.kinds == 0 || query.kinds >> doc.kind & 1 == 1)
            && query
                .states
                .is_none_or(|states| states >> doc.state & 1 == 1)
            && query
                .terms
                .iter()
                .all(|any| any.iter().any(|term| doc.terms.contains(term)))
            && query.days.iter().all(|asked| asked.fits(&doc.days))
            && query
                .hidden
                .binary_search(&crate::search::base::id(doc.kind, doc.number))
                .is_err()
            && (assigned || !alone && query.permit.is_none_or(lies))
            && query.within.is_none_or(lies)
    }
}

/// How well the digits of a word name a record by the number in its code.
fn coded(doc: &Doc, word: &Word) -> Option<Tier> {
    let last: u64 = word.digits()?.parse().ok()?;
    let spec = KINDS.iter().find(|spec| spec.kind.bit() == doc.kind)?;
    let tier = word.numbers(spec)?;
    (spec.last(doc.number) == last).then_some(tier)
}

/// Whether a phone has these digits, or a document number ends so.
fn numbered(doc: &Doc, digits: &str) -> bool {
    let run = digits.len() >= 3 && doc.digits.iter().any(|number| number.contains(digits));
    let kept: String = digits.chars().rev().take(12).collect();
    let tail = digits.len() >= 4
        && doc.tails.iter().any(|number| {
            let back: String = number
                .to_lowercase()
                .chars()
                .rev()
                .filter(char::is_ascii_alphanumeric)
                .take(12)
                .collect();
            back.starts_with(&kept)
        });
    run || tail
}
