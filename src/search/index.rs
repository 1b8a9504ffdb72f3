//! The index: a built base, and what changed since.

use std::collections::HashMap;

use crate::search::alphabet::{Alphabet, Letter};
use crate::search::automaton::Automaton;
use crate::search::base::{Base, Row, id};
use crate::search::fuzzy::sign;
use crate::search::{Doc, TermId};

/// So many changes may wait before a rebuild is due.
const PENDING: usize = 2000;

/// The index.
#[derive(Default)]
pub struct Index {
    pub(super) alphabet: Alphabet,
    pub(super) base: Base,
    /// Records of the base that changed or went.
    pub(super) dead: Vec<u64>,
    pub(super) gone: usize,
    /// Records that came or changed since.
    pub(super) pending: Vec<Row>,
    by_text: HashMap<String, HashMap<String, TermId>>,
    pub(super) terms: Vec<Vec<Box<[Letter]>>>,
    /// Terms that came or were renamed since.
    pub(super) late: Vec<TermId>,
    waiting: Vec<Row>,
}

impl Index {
    /// An empty index.
    pub fn new() -> Index {
        Index::default()
    }

    /// The number of a shared text of a field; new ones are added.
    pub fn term(&mut self, field: &str, text: &str) -> TermId {
        if let Some(term) = self.by_text.get(field).and_then(|texts| texts.get(text)) {
            return *term;
        }
        let term = self.terms.len() as TermId;
        let letters = self.alphabet.letters(text, false).into_boxed_slice();
        self.terms.push(vec![letters]);
        self.by_text
            .entry(field.to_owned())
            .or_default()
            .insert(text.to_owned(), term);
        self.late.push(term);
        term
    }

    /// Gives a shared text other names, under which it is found from now on.
    pub fn name_term(&mut self, term: TermId, texts: &[String]) {
        let letters = texts
            .iter()
            .map(|text| self.alphabet.letters(text, false).into_boxed_slice())
            .collect();
        if let Some(slot) = self.terms.get_mut(term as usize) {
            *slot = letters;
            if !self.late.contains(&term) {
                self.late.push(term);
            }
        }
    }

    /// Adds a record for the next [`Index::build`].
    pub fn push(&mut self, doc: Doc) {
        let row = Row::new(doc, &mut self.alphabet);
        self.waiting.push(row);
    }

    /// Builds the base from what was pushed.
    pub fn build(&mut self) {
        let rows = std::mem::take(&mut self.waiting);
        self.dead = vec![0; rows.len().div_ceil(64)];
        self.gone = 0;
        self.base = Base::build(rows, &self.terms);
        let names = &self.base.names;
        let signs = (0..names.len() as u32).map(|text| sign(&self.alphabet, names.get(text)));
        self.base.signatures = signs.collect();
        self.late.clear();
        self.pending.clear();
    }

    /// Adds or replaces a record; the next search finds it.
    pub fn put(&mut self, doc: Doc) {
        self.remove(doc.kind, doc.number);
        let row = Row::new(doc, &mut self.alphabet);
        self.pending.push(row);
    }

    /// Takes a record out.
    pub fn remove(&mut self, kind: u8, number: u64) {
        self.pending
            .retain(|row| (row.doc.kind, row.doc.number) != (kind, number));
        if let Some(at) = self.base.place(id(kind, number))
            && let Some(word) = self.dead.get_mut(at as usize / 64)
        {
            let bit = 1 << (at % 64);
            self.gone += usize::from(*word & bit == 0);
            *word |= bit;
        }
    }

    pub(super) fn is_dead(&self, at: u32) -> bool {
        self.dead
            .get(at as usize / 64)
            .is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// Whether so much has changed that building anew pays.
    pub fn needs_rebuild(&self) -> bool {
        self.pending.len() + self.late.len() > PENDING
    }

    /// How many records it holds.
    pub fn len(&self) -> usize {
        self.base.ids.len() - self.gone + self.pending.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes held, about.
    pub fn bytes(&self) -> usize {
        let terms: usize = self
            .terms
            .iter()
            .flatten()
            .map(|text| text.len() * 2 + 40)
            .sum();
        self.base.bytes() + self.dead.len() * 8 + self.alphabet.bytes() + terms * 2
    }

    pub(super) fn automaton(&self, word: &str) -> Automaton {
        Automaton::new(word, self.alphabet.len())
    }
}
