//! Why a record matched, told per word from the record's own texts.

use crate::search::Tier;
use crate::search::alphabet::Letter;
use crate::search::automaton::Automaton;
use crate::search::index::Index;
use crate::search::query::Word;

/// The words of a line, ready to be looked for in texts.
pub struct Teller<'a> {
    index: &'a Index,
    automata: Vec<Automaton>,
    letters: Vec<Letter>,
}

impl Index {
    /// A teller for these words.
    pub fn teller(&self, words: &[Word]) -> Teller<'_> {
        Teller {
            index: self,
            automata: words
                .iter()
                .map(|word| self.automaton(&word.text))
                .collect(),
            letters: Vec::new(),
        }
    }
}

impl Teller<'_> {
    /// How a word, by its place in the line, matches a text.
    pub fn tier(&mut self, nth: usize, text: &str, person: bool) -> Option<Tier> {
        let automaton = self.automata.get_mut(nth)?;
        self.letters.clear();
        let alphabet = &self.index.alphabet;
        // A character that no record has matches nothing.
        alphabet.known(text, person, Letter::MAX, &mut self.letters);
        automaton.tier(alphabet, &self.letters)
    }
}
