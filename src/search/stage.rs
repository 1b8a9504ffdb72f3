//! Records between reading and building: columns in the order in which they came.

use crate::search::alphabet::{Alphabet, Letter};
use crate::search::base::{id, tie};
use crate::search::day::Columns;
use crate::search::digits::{Tail, digits_of};
use crate::search::texts::Interner;
use crate::search::{Doc, TermId};

/// Columns over the records that came so far.
#[derive(Default)]
pub struct Stage {
    /// Names and aliases.
    pub names: Interner,
    /// Kind and number.
    pub ids: Vec<u64>,
    /// Live and recent first.
    pub ties: Vec<u32>,
    /// State, by its number in the kind's table.
    pub states: Vec<u8>,
    /// Days.
    pub days: Columns,
    /// Name.
    pub name: Vec<u32>,
    /// Record and further name.
    pub aliases: Vec<(u32, u32)>,
    /// First telephone number, as digits; 0 for none.
    pub phones: Vec<u64>,
    /// Record and further numbers.
    pub more: Vec<(u32, Box<[u8]>)>,
    /// Ends of document numbers.
    pub tails: Vec<Tail>,
    /// Terms of record `r` are `terms[term_starts[r]..term_starts[r + 1]]`.
    pub terms: Vec<TermId>,
    /// Where each record's terms begin.
    pub term_starts: Vec<u32>,
    /// Organisations, likewise.
    pub orgs: Vec<u32>,
    /// Where each record's organisations begin.
    pub org_starts: Vec<u32>,
    letters: Vec<Letter>,
}

impl Stage {
    /// Adds a record.
    pub fn push(&mut self, doc: &Doc, alphabet: &mut Alphabet) {
        let at = self.ids.len() as u32;
        if self.term_starts.is_empty() {
            self.term_starts.push(0);
            self.org_starts.push(0);
        }
        self.ids.push(id(doc.kind, doc.number));
        self.ties.push(tie(doc.live, doc.recency));
        self.states.push(doc.state);
        self.days.push(doc.kind, at, &doc.days);
        let name = self.text(&doc.name, doc.person, alphabet);
        self.name.push(name);
        for alias in &doc.aliases {
            let text = self.text(alias, doc.person, alphabet);
            self.aliases.push((at, text));
        }
        let mut first = 0;
        for (nth, number) in doc.digits.iter().enumerate() {
            match digits_of(number) {
                Some(packed) if nth == 0 => first = packed,
                _ => {
                    let digits = number.bytes().filter(u8::is_ascii_digit).collect();
                    self.more.push((at, digits));
                }
            }
        }
        self.phones.push(first);
        self.tails
            .extend(doc.tails.iter().filter_map(|tail| Tail::new(at, tail)));
        self.terms.extend_from_slice(&doc.terms);
        self.term_starts.push(self.terms.len() as u32);
        self.orgs.extend_from_slice(&doc.scope);
        self.org_starts.push(self.orgs.len() as u32);
    }

    fn text(&mut self, text: &str, person: bool, alphabet: &mut Alphabet) -> u32 {
        self.letters.clear();
        alphabet.letters(text, person, &mut self.letters);
        self.names.id(&self.letters)
    }

    /// The terms of a record.
    pub fn terms_of(&self, at: u32) -> &[TermId] {
        span(&self.terms, &self.term_starts, at)
    }

    /// The organisations of a record, the primary one first.
    pub fn orgs_of(&self, at: u32) -> &[u32] {
        span(&self.orgs, &self.org_starts, at)
    }
}

fn span<'a>(all: &'a [u32], starts: &[u32], at: u32) -> &'a [u32] {
    match starts.get(at as usize..at as usize + 2) {
        Some([from, to]) => all.get(*from as usize..*to as usize).unwrap_or(&[]),
        _ => &[],
    }
}
