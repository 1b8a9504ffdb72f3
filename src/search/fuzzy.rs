//! Guesses for a word that matches nothing: did you mean.

use std::collections::HashMap;

use nucleo::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo::{Config, Matcher, Utf32Str};

use crate::search::Tier;
use crate::search::alphabet::{Alphabet, Letter};
use crate::search::index::Index;
use crate::search::query::Word;

/// Names that are scored at most, so that a keystroke stays a keystroke.
const BUDGET: usize = 20_000;

/// Names that may have been meant.
pub struct Guesses {
    atom: Atom,
    names: HashMap<u32, u16>,
    /// A single letter is like too much to guess from.
    idle: bool,
}

/// Guesses the names that may have been meant by a word.
pub fn guess(index: &Index, word: &Word) -> Guesses {
    let atom = Atom::new(
        &word.text,
        CaseMatching::Ignore,
        Normalization::Never,
        AtomKind::Fuzzy,
        false,
    );
    let mut guesses = Guesses {
        atom,
        names: HashMap::new(),
        idle: word.text.chars().count() < 2,
    };
    if guesses.idle {
        return guesses;
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let wanted = signature(word.text.chars());
    let names = index.base.signatures.iter().enumerate();
    let likely = names
        .filter(|(_, has)| wanted & !**has == 0)
        .map(|(text, _)| text as u32);
    for text in likely.take(BUDGET) {
        let spelled = spell(index, index.base.names.get(text));
        let score = guesses
            .atom
            .score(Utf32Str::new(&spelled, &mut buffer), &mut matcher);
        if let Some(score) = score {
            guesses.names.insert(text, score);
        }
    }
    guesses
}

/// The letters of a text as bits; anything else is one bit.
fn signature(chars: impl Iterator<Item = char>) -> u32 {
    chars.fold(0, |bits, c| match c {
        'a'..='z' => bits | 1 << (c as u32 - 'a' as u32),
        _ => bits | 1 << 31,
    })
}

/// The letters of a name as it would be spelled, for the base to keep.
pub fn sign(alphabet: &Alphabet, letters: &[Letter]) -> u32 {
    letters
        .iter()
        .filter_map(|letter| alphabet.sound(*letter))
        .fold(0, |bits, sound| match sound.readings.first() {
            Some((reading, _)) => bits | signature(reading.chars()),
            None => bits | signature(std::iter::once(sound.itself)),
        })
}

fn spell(index: &Index, letters: &[Letter]) -> String {
    let mut spelled = String::new();
    for sound in letters
        .iter()
        .filter_map(|letter| index.alphabet.sound(*letter))
    {
        match sound.readings.first() {
            Some((reading, _)) => spelled.push_str(reading),
            None => spelled.push(sound.itself),
        }
    }
    spelled
}

impl Guesses {
    /// Raises the records of the guessed names to the last tier.
    #[expect(
        clippy::indexing_slicing,
        reason = "the base names only its own records"
    )]
    pub fn mark(&self, index: &Index, out: &mut [u8]) {
        for text in self.names.keys() {
            let (from, to) = (
                index.base.first[*text as usize],
                index.base.first[*text as usize + 1],
            );
            for slot in &mut out[from as usize..to as usize] {
                *slot = (*slot).max(Tier::Fuzzy as u8);
            }
        }
    }

    /// How like a name is to the word.
    pub fn likeness(&self, name: Option<u32>) -> u16 {
        name.and_then(|name| self.names.get(&name))
            .copied()
            .unwrap_or(0)
    }

    /// How like any other text is to the word.
    pub fn score(&self, index: &Index, letters: &[Letter]) -> Option<u16> {
        if self.idle {
            return None;
        }
        let mut buffer = Vec::new();
        let mut matcher = Matcher::new(Config::DEFAULT);
        let spelled = spell(index, letters);
        self.atom
            .score(Utf32Str::new(&spelled, &mut buffer), &mut matcher)
    }
}
