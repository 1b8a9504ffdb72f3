//! Why a record matched, told per word from the record's own texts.

use crate::search::Tier;
use crate::search::alphabet::Alphabet;
use crate::search::automaton::Automaton;
use crate::search::query::Word;

/// A text of a record with the field it stands in.
pub struct Said<'a> {
    /// Key of the field.
    pub field: &'static str,
    /// The text.
    pub text: &'a str,
    /// Whether it is a person's name.
    pub person: bool,
}

/// The text that a word matches best, and how well.
pub fn why<'a, 'b>(word: &Word, texts: &'a [Said<'b>]) -> Option<(&'a Said<'b>, Tier)> {
    let mut best: Option<(&Said, Tier)> = None;
    for said in texts {
        let mut alphabet = Alphabet::default();
        let letters = alphabet.letters(said.text, said.person);
        let mut automaton = Automaton::new(&word.text, alphabet.len());
        let done = automaton.done();
        let mut tier = None;
        for from in 0..letters.len() {
            let mut states = Automaton::START;
            for letter in letters.iter().skip(from) {
                states = automaton.step(&alphabet, states, *letter);
                if states.any & done != 0 {
                    let whole = from == 0 && states.begun & done != 0;
                    tier = tier.max(Some(if whole { Tier::Prefix } else { Tier::Syllable }));
                }
                if states.any == 0 {
                    break;
                }
            }
        }
        if let Some(tier) = tier
            && best.as_ref().is_none_or(|(_, other)| tier > *other)
        {
            best = Some((said, tier));
        }
    }
    best
}
