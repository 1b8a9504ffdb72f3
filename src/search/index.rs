//! The index: a built base, and what changed since.

use foldhash::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use crate::search::alphabet::{Alphabet, Letter};
use crate::search::base::{Base, id};
use crate::search::bits::Bits;
use crate::search::pending::Row;
use crate::search::score::Scratch;
use crate::search::stage::Stage;
use crate::search::{Doc, TermId};

/// So many changes may wait before a rebuild is due.
const PENDING: usize = 2000;

/// Scratches that are kept for the next query.
const KEPT: usize = 8;

/// The index.
#[derive(Default)]
pub struct Index {
    pub(super) alphabet: Alphabet,
    pub(super) base: Base,
    /// Records of the base that changed or went.
    pub(super) dead: Bits,
    pub(super) gone: usize,
    /// Records that came or changed since.
    pub(super) pending: Vec<Row>,
    /// Where the pending ones stand, by kind and number.
    places: HashMap<u64, usize>,
    /// Terms by field and text; there are few fields.
    by_text: Vec<(&'static str, HashMap<String, TermId>)>,
    pub(super) terms: Vec<Vec<Box<[Letter]>>>,
    /// Terms that came or were renamed since.
    pub(super) late: HashSet<TermId>,
    stage: Stage,
    scratches: Mutex<Vec<Scratch>>,
}

impl Index {
    /// An empty index.
    pub fn new() -> Index {
        Index::default()
    }

    /// The number of a shared text of a field, if it was met.
    pub fn known_term(&self, field: &str, text: &str) -> Option<TermId> {
        let (_, texts) = self.by_text.iter().find(|row| row.0 == field)?;
        texts.get(text).copied()
    }

    /// The number of a shared text of a field; new ones are added.
    pub fn term(&mut self, field: &'static str, text: &str) -> TermId {
        if let Some(term) = self.known_term(field, text) {
            return term;
        }
        let term = self.terms.len() as TermId;
        let letters = self.letters(text);
        self.terms.push(vec![letters]);
        match self.by_text.iter_mut().find(|row| row.0 == field) {
            Some((_, texts)) => {
                texts.insert(text.to_owned(), term);
            }
            None => self
                .by_text
                .push((field, HashMap::from_iter([(text.to_owned(), term)]))),
        }
        self.late.insert(term);
        term
    }

    fn letters(&mut self, text: &str) -> Box<[Letter]> {
        let mut letters = Vec::new();
        self.alphabet.letters(text, false, &mut letters);
        letters.into_boxed_slice()
    }

    /// Gives a shared text other names, under which it is found from now on.
    pub fn name_term(&mut self, term: TermId, texts: &[String]) {
        let letters = texts.iter().map(|text| self.letters(text)).collect();
        if let Some(slot) = self.terms.get_mut(term as usize) {
            *slot = letters;
            self.late.insert(term);
        }
    }

    /// The shared texts of a field.
    pub fn terms_of(&self, field: &'static str) -> impl Iterator<Item = (&str, TermId)> {
        let texts = self.by_text.iter().filter(move |row| row.0 == field);
        let texts = texts.flat_map(|row| &row.1);
        texts.map(|(text, term)| (text.as_str(), *term))
    }

    /// Adds a record for the next [`Index::build`].
    pub fn push(&mut self, doc: &Doc) {
        self.stage.push(doc, &mut self.alphabet);
    }

    /// Builds the base from what was pushed.
    pub fn build(&mut self) {
        let stage = std::mem::take(&mut self.stage);
        let renamed = self.alphabet.sort();
        for letter in self.terms.iter_mut().flatten().flat_map(|text| &mut **text) {
            *letter = renamed
                .get(usize::from(*letter))
                .copied()
                .unwrap_or(*letter);
        }
        self.base = Base::build(stage, &self.alphabet, &renamed, &self.terms);
        self.dead = Bits::default();
        self.dead.empty(self.base.ids.len());
        self.gone = 0;
        self.late.clear();
        self.pending.clear();
        self.places.clear();
    }

    /// Adds or replaces a record; the next search finds it.
    pub fn put(&mut self, doc: Doc) {
        self.remove(doc.kind, doc.number);
        let row = Row::new(doc.into_owned(), &mut self.alphabet);
        self.places
            .insert(id(row.doc.kind, row.doc.number), self.pending.len());
        self.pending.push(row);
    }

    /// Takes a record out.
    pub fn remove(&mut self, kind: u8, number: u64) {
        if let Some(at) = self.places.remove(&id(kind, number)) {
            self.pending.swap_remove(at);
            if let Some(moved) = self.pending.get(at) {
                self.places.insert(id(moved.doc.kind, moved.doc.number), at);
            }
        }
        if let Some(at) = self.base.place(id(kind, number))
            && !self.dead.has(at)
        {
            self.dead.set(at);
            self.gone += 1;
        }
    }

    /// How many changes are not built in.
    pub fn waiting(&self) -> usize {
        self.pending.len() + self.late.len()
    }

    /// Whether so much has changed that building anew pays.
    pub fn needs_rebuild(&self) -> bool {
        self.waiting() > PENDING
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
        let letters = self.terms.iter().flatten().map(|text| text.len() * 2 + 16);
        let texts = self.by_text.iter().flat_map(|row| &row.1);
        let texts: usize = texts.map(|(text, _)| text.len() + 48).sum();
        self.base.bytes()
            + self.dead.bytes()
            + self.alphabet.bytes()
            + letters.sum::<usize>()
            + self.terms.len() * 24
            + texts
    }

    /// A scratch for one query; give it back with [`Index::put_back`].
    pub(super) fn scratch(&self) -> Scratch {
        let mut kept = self
            .scratches
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        kept.pop().unwrap_or_default()
    }

    pub(super) fn put_back(&self, scratch: Scratch) {
        let mut kept = self
            .scratches
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.push(scratch);
        }
    }
}
