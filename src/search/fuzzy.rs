//! Guesses for a word that matches nothing: did you mean.
//!
//! A name may have been meant if the word's letters stand in it in their order and it is not much
//! longer; Han characters are compared by their sounds, since an input method's wrong choice sounds
//! like the right one.

use std::collections::HashMap;

use nucleo::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo::{Config, Matcher, Utf32Str};

use crate::search::alphabet::{Alphabet, Letter, sound_of};
use crate::search::bits::Bits;
use crate::search::index::Index;
use crate::search::query::Word;
use crate::search::score::Scratch;

/// Names that are scored at most for a word, so that a keystroke stays a keystroke.
const BUDGET: usize = 4000;

/// What may have been meant by the words of a line.
pub struct Guesser {
    words: Vec<Option<Guess>>,
    matcher: Matcher,
    spelled: String,
}

struct Guess {
    pattern: String,
    letters: u32,
    atom: Atom,
    names: HashMap<u32, u16>,
}

impl Guess {
    /// A single letter is like too much to guess from, and digits are like no name.
    fn new(word: &Word) -> Option<Guess> {
        let mut pattern = String::new();
        for c in word.text.chars() {
            sound_of(c).spell(&mut pattern);
        }
        let guessable = word.code.is_none()
            && pattern.len() >= 2
            && pattern.bytes().all(|b| b.is_ascii_lowercase());
        guessable.then(|| Guess {
            letters: signature(&pattern),
            atom: Atom::new(
                &pattern,
                CaseMatching::Ignore,
                Normalization::Never,
                AtomKind::Fuzzy,
                false,
            ),
            pattern,
            names: HashMap::new(),
        })
    }

    /// Whether a name of this signature can be meant: it has all the letters, and few more.
    fn likely(&self, signature: u32) -> bool {
        let length = (signature >> LENGTH & LONGEST) as usize;
        self.letters & !signature == 0
            && length <= self.pattern.len() + MORE.max(self.pattern.len())
    }

    /// Whether the letters stand in the name in their order: a quick look before the score.
    fn in_order(&self, alphabet: &Alphabet, letters: &[Letter]) -> bool {
        let mut wanted = self.pattern.bytes().peekable();
        for sound in letters.iter().filter_map(|letter| alphabet.sound(*letter)) {
            let Some((reading, _)) = sound.readings.first() else {
                continue;
            };
            for byte in reading.bytes() {
                wanted.next_if_eq(&byte);
            }
        }
        wanted.peek().is_none()
    }
}

/// Where a signature holds the length of the name.
const LENGTH: u32 = 26;

/// The greatest length that it can hold; longer names count as so long.
const LONGEST: u32 = 31;

/// Letters that a name may have beside those typed, at least; more if more were typed.
const MORE: usize = 4;

/// The letters of a text as bits.
fn signature(text: &str) -> u32 {
    text.bytes().fold(0, |bits, byte| match byte {
        b'a'..=b'z' => bits | 1 << (byte - b'a'),
        _ => bits,
    })
}

/// The letters of a name as it would be spelled, and how many, for the base to keep.
pub fn sign(alphabet: &Alphabet, letters: &[Letter]) -> u32 {
    let (mut bits, mut length) = (0, 0);
    for sound in letters.iter().filter_map(|letter| alphabet.sound(*letter)) {
        match sound.readings.first() {
            Some((reading, _)) => {
                bits |= signature(reading);
                length += reading.len() as u32;
            }
            None => length += 1,
        }
    }
    bits | length.min(LONGEST) << LENGTH
}

impl Index {
    /// Whether a name of the base is the name of any of these records.
    fn names_any(&self, text: u32, records: &Bits) -> bool {
        let mut of = self.base.names.of(text).iter();
        of.any(|at| records.has(*at) && self.base.name_of.get(*at as usize) == Some(&text))
    }
}

impl Guesser {
    /// Guesses the names that may have been meant; none if a word neither matches nor can be guessed.
    ///
    /// `filtered` says whether `scratch.filter` tells what may be seen: other names are not guessed.
    pub fn new(
        index: &Index,
        words: &[Word],
        scratch: &Scratch,
        filtered: bool,
    ) -> Option<Guesser> {
        let mut guesser = Guesser {
            words: Vec::new(),
            matcher: Matcher::new(Config::DEFAULT),
            spelled: String::new(),
        };
        for (word, marks) in words.iter().zip(&scratch.marks) {
            let guess = Guess::new(word);
            let waits = !index.pending.is_empty();
            if guess.is_none() && marks.any.is_untouched() && !waits {
                return None;
            }
            guesser.words.push(guess);
        }
        for nth in 0..words.len() {
            guesser.look(index, nth, filtered.then_some(&scratch.filter));
        }
        Some(guesser)
    }

    fn look(&mut self, index: &Index, nth: usize, seen: Option<&Bits>) {
        let Some(Some(guess)) = self.words.get(nth) else {
            return;
        };
        let names = index.base.signatures.iter().zip(0..);
        let likely: Vec<u32> = names
            .filter(|(signature, _)| guess.likely(**signature))
            .map(|(_, text)| text)
            .filter(|text| guess.in_order(&index.alphabet, index.base.names.get(*text)))
            // Names that the asker does not see take no part in the budget: what is guessed would
            // tell that they are there.
            .filter(|text| seen.is_none_or(|seen| index.names_any(*text, seen)))
            .take(BUDGET)
            .collect();
        for text in likely {
            let score = self.score(index, nth, index.base.names.get(text));
            if let (Some(score), Some(Some(guess))) = (score, self.words.get_mut(nth)) {
                guess.names.insert(text, score);
            }
        }
    }

    /// Adds the records of the guessed names to what their words match.
    pub fn mark(&mut self, index: &Index, scratch: &mut Scratch) {
        for (guess, marks) in self.words.iter().zip(&mut scratch.marks) {
            for text in guess.iter().flat_map(|guess| guess.names.keys()) {
                for at in index.base.names.of(*text) {
                    if index.base.name_of.get(*at as usize) == Some(text) {
                        marks.any.set(*at);
                    }
                }
            }
        }
    }

    /// How like a name of the base is to all the words.
    pub fn likeness(&self, name: Option<&u32>) -> u16 {
        let scores = self.words.iter().flatten();
        scores
            .filter_map(|guess| guess.names.get(name?))
            .fold(0, |sum, score| sum.saturating_add(*score))
    }

    /// How like a name is to one of the words.
    pub fn score(&mut self, index: &Index, nth: usize, letters: &[Letter]) -> Option<u16> {
        let guess = self.words.get(nth)?.as_ref()?;
        if !guess.likely(sign(&index.alphabet, letters))
            || !guess.in_order(&index.alphabet, letters)
        {
            return None;
        }
        self.spelled.clear();
        for sound in letters
            .iter()
            .filter_map(|letter| index.alphabet.sound(*letter))
        {
            sound.spell(&mut self.spelled);
        }
        let mut buffer = Vec::new();
        guess
            .atom
            .score(Utf32Str::new(&self.spelled, &mut buffer), &mut self.matcher)
    }
}
