//! Why a record matched, told per word from the record's own texts.

use crate::search::Tier;
use crate::search::alphabet::Letter;
use crate::search::index::Index;
use crate::search::query::Word;
use crate::search::score::{Marks, Scratch};

/// The words of a line, ready to be looked for in texts.
pub struct Teller<'a> {
    index: &'a Index,
    scratch: Scratch,
    words: usize,
    letters: Vec<Letter>,
}

impl Index {
    /// A teller for these words.
    pub fn teller(&self, words: &[Word]) -> Teller<'_> {
        let mut scratch = self.scratch();
        let most = words.len().max(scratch.marks.len());
        scratch.marks.resize_with(most, Marks::default);
        for (word, marks) in words.iter().zip(&mut scratch.marks) {
            marks.automaton.reset(&word.text, self.alphabet.len());
        }
        Teller {
            index: self,
            scratch,
            words: words.len(),
            letters: Vec::new(),
        }
    }
}

impl Teller<'_> {
    /// How a word, by its place in the line, matches a text.
    pub fn tier(&mut self, nth: usize, text: &str, person: bool) -> Option<Tier> {
        let marks = self.scratch.marks.get_mut(..self.words)?.get_mut(nth)?;
        self.letters.clear();
        let alphabet = &self.index.alphabet;
        // A character that no record has matches nothing.
        alphabet.known(text, person, Letter::MAX, &mut self.letters);
        marks.automaton.tier(alphabet, &self.letters)
    }
}

impl Drop for Teller<'_> {
    fn drop(&mut self) {
        self.index.put_back(std::mem::take(&mut self.scratch));
    }
}
