//! The built part of the index: columns over all records, in the order of their names.

use crate::search::alphabet::{Alphabet, Letter};
use crate::search::digits::{Runs, Tails};
use crate::search::trie::Trie;
use crate::search::{Doc, TermId};

/// Sorted distinct texts with a trie from their heads and one from every later place.
#[derive(Default)]
pub struct Texts {
    letters: Vec<Letter>,
    starts: Vec<u32>,
    /// From the heads.
    pub heads: Trie,
    /// From later places; an entry of the trie is an index into `owners`.
    pub inner: Trie,
    /// The text that an inner entry belongs to.
    pub owners: Vec<u32>,
}

impl Texts {
    /// Builds both tries over sorted, distinct texts.
    fn build(sorted: &[&[Letter]]) -> Texts {
        let mut letters = Vec::with_capacity(sorted.iter().map(|text| text.len()).sum());
        let mut starts = vec![0];
        for text in sorted {
            letters.extend_from_slice(text);
            starts.push(letters.len() as u32);
        }
        let mut suffixes: Vec<(u64, u32, u16)> = Vec::new();
        for (at, text) in sorted.iter().enumerate() {
            for from in 1..text.len() {
                let rest = text.get(from..).unwrap_or(&[]);
                let key = (0..4).fold(0u64, |key, nth| {
                    key << 16 | rest.get(nth).map_or(0, |letter| u64::from(*letter) + 1)
                });
                suffixes.push((key, at as u32, from as u16));
            }
        }
        let rest = |entry: &(u64, u32, u16)| {
            sorted
                .get(entry.1 as usize)
                .and_then(|text| text.get(usize::from(entry.2)..))
                .unwrap_or(&[])
        };
        suffixes.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0)
                .then_with(|| rest(a).cmp(rest(b)))
                .then(a.1.cmp(&b.1))
        });
        let inner = Trie::build(suffixes.len(), |at| suffixes.get(at).map_or(&[][..], rest));
        Texts {
            heads: Trie::build(sorted.len(), |at| sorted.get(at).copied().unwrap_or(&[])),
            inner,
            owners: suffixes.iter().map(|entry| entry.1).collect(),
            letters,
            starts,
        }
    }

    /// The letters of a text.
    pub fn get(&self, at: u32) -> &[Letter] {
        let from = self.starts.get(at as usize).copied().unwrap_or(0) as usize;
        let to = self.starts.get(at as usize + 1).copied().unwrap_or(0) as usize;
        self.letters.get(from..to).unwrap_or(&[])
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn bytes(&self) -> usize {
        self.letters.len() * 2
            + self.starts.len() * 4
            + self.owners.len() * 4
            + self.heads.bytes()
            + self.inner.bytes()
    }
}

/// The columns.
#[derive(Default)]
pub struct Base {
    /// Names and aliases.
    pub names: Texts,
    /// The letters of each name, for guesses.
    pub signatures: Vec<u32>,
    /// Records with primary name `t` lie in `first[t]..first[t + 1]`.
    pub first: Vec<u32>,
    /// Name and record of further names, sorted.
    pub aliases: Vec<(u32, u32)>,
    /// Kind and number.
    pub ids: Vec<u64>,
    /// Live and recent first.
    pub ties: Vec<u32>,
    /// Records in the order of ties.
    pub order: Vec<u32>,
    /// Primary organisation.
    pub primary: Vec<u32>,
    /// Record and further organisations, sorted.
    pub further: Vec<(u32, u32)>,
    /// Phones.
    pub runs: Runs,
    /// Document numbers.
    pub tails: Tails,
    /// Records in the order of kind and number.
    pub codes: Vec<u32>,
    /// Shared texts.
    pub terms: Texts,
    /// The term behind a text of `terms`, sorted by text.
    pub term_of: Vec<(u32, TermId)>,
    /// Records of term `t` are `posts[post_starts[t]..post_starts[t + 1]]`.
    pub posts: Vec<u32>,
    /// Where each term's records begin.
    pub post_starts: Vec<u32>,
}

/// The number of a record within one column.
pub fn id(kind: u8, number: u64) -> u64 {
    u64::from(kind) << 56 | number
}

/// What orders records of equal score: live first, then recent.
pub fn tie(live: bool, recency: i32) -> u32 {
    let old = (1 << 30) - recency.clamp(-(1 << 29), 1 << 29);
    u32::from(!live) << 31 | old.unsigned_abs()
}

/// A record with its names as letters, before it is built in.
pub struct Row {
    /// The record.
    pub doc: Doc,
    /// Its name, then its aliases.
    pub names: Vec<Box<[Letter]>>,
}

impl Row {
    /// Reads the names of a record.
    pub fn new(doc: Doc, alphabet: &mut Alphabet) -> Row {
        let mut names = vec![alphabet.letters(&doc.name, doc.person).into_boxed_slice()];
        for alias in &doc.aliases {
            names.push(alphabet.letters(alias, doc.person).into_boxed_slice());
        }
        Row { doc, names }
    }
}

impl Base {
    /// Builds all columns.
    #[expect(
        clippy::indexing_slicing,
        reason = "columns are made here with the lengths they are indexed by"
    )]
    pub fn build(mut rows: Vec<Row>, terms: &[Vec<Box<[Letter]>>]) -> Base {
        rows.sort_unstable_by(|a, b| {
            (a.names.first(), id(a.doc.kind, a.doc.number))
                .cmp(&(b.names.first(), id(b.doc.kind, b.doc.number)))
        });
        let mut texts: Vec<&[Letter]> = rows
            .iter()
            .flat_map(|row| row.names.iter().map(|name| &**name))
            .collect();
        texts.sort_unstable();
        texts.dedup();
        let names = Texts::build(&texts);
        let mut base = Base {
            first: Vec::with_capacity(texts.len() + 1),
            runs: Runs::new(rows.len()),
            ..Base::default()
        };
        let mut text = 0;
        for (at, row) in rows.iter().enumerate() {
            let name = row.names.first().map_or(&[][..], |name| name);
            while text < texts.len() && texts[text] < name {
                text += 1;
                base.first.resize(text + 1, at as u32);
            }
            if base.first.len() < text + 1 {
                base.first.resize(text + 1, at as u32);
            }
            for alias in row.names.iter().skip(1) {
                if let Ok(found) = texts.binary_search(&&**alias) {
                    base.aliases.push((found as u32, at as u32));
                }
            }
            let doc = &row.doc;
            base.ids.push(id(doc.kind, doc.number));
            base.ties.push(tie(doc.live, doc.recency));
            base.primary.push(doc.scope.first().copied().unwrap_or(0));
            for more in doc.scope.iter().skip(1) {
                base.further.push((at as u32, *more));
            }
            base.runs.add(at as u32, &doc.digits);
            for tail in &doc.tails {
                base.tails.add(at as u32, tail);
            }
        }
        base.first.resize(texts.len() + 1, rows.len() as u32);
        base.aliases.sort_unstable();
        base.tails.sort();
        base.codes = (0..rows.len() as u32).collect();
        base.codes.sort_unstable_by_key(|at| base.ids[*at as usize]);
        base.order = (0..rows.len() as u32).collect();
        base.order
            .sort_unstable_by_key(|at| (base.ties[*at as usize], base.ids[*at as usize]));
        base.posted(&rows, terms.len());
        drop(texts);
        base.names = names;
        let mut texts: Vec<(&[Letter], TermId)> = terms
            .iter()
            .enumerate()
            .flat_map(|(term, texts)| texts.iter().map(move |text| (&**text, term as TermId)))
            .collect();
        texts.sort_unstable();
        let mut distinct: Vec<&[Letter]> = texts.iter().map(|text| text.0).collect();
        distinct.dedup();
        for (text, term) in &texts {
            if let Ok(found) = distinct.binary_search(text) {
                base.term_of.push((found as u32, *term));
            }
        }
        base.terms = Texts::build(&distinct);
        base
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "a term's number is less than the number of terms"
    )]
    fn posted(&mut self, rows: &[Row], terms: usize) {
        let mut counts = vec![0u32; terms + 1];
        for row in rows {
            for term in &row.doc.terms {
                counts[*term as usize + 1] += 1;
            }
        }
        for at in 1..counts.len() {
            counts[at] += counts[at - 1];
        }
        self.post_starts = counts.clone();
        self.posts = vec![0; counts.last().copied().unwrap_or(0) as usize];
        for (at, row) in rows.iter().enumerate() {
            for term in &row.doc.terms {
                let slot = &mut counts[*term as usize];
                self.posts[*slot as usize] = at as u32;
                *slot += 1;
            }
        }
    }

    /// The records of a term.
    pub fn of_term(&self, term: TermId) -> &[u32] {
        let from = self.post_starts.get(term as usize).copied().unwrap_or(0) as usize;
        let to = self
            .post_starts
            .get(term as usize + 1)
            .copied()
            .unwrap_or(0) as usize;
        self.posts.get(from..to).unwrap_or(&[])
    }

    /// The place of a record in the columns.
    pub fn place(&self, id: u64) -> Option<u32> {
        let at = self
            .codes
            .binary_search_by_key(&id, |at| self.ids.get(*at as usize).copied().unwrap_or(0))
            .ok()?;
        self.codes.get(at).copied()
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.names.bytes()
            + self.terms.bytes()
            + self.runs.bytes()
            + self.tails.bytes()
            + self.first.len() * 4
            + self.signatures.len() * 4
            + self.aliases.len() * 8
            + self.ids.len() * (8 + 4 + 4 + 4 + 4)
            + self.further.len() * 8
            + self.posts.len() * 4
            + self.post_starts.len() * 4
            + self.term_of.len() * 8
    }
}
