//! A typed word as an automaton over the characters of a name.
//!
//! States are positions in the word, held as bits. At each character the word may consume the
//! character itself, any beginning of any of its readings, or its first letter. Three sets run
//! together: any match, whole readings so far, first letters so far.

use crate::search::Tier;
use crate::search::alphabet::{Alphabet, Letter, Sound, bit};

/// Longest word, in characters.
pub const LONGEST: usize = 40;

/// Positions reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct States {
    /// By any way.
    pub any: u64,
    /// By whole readings or the characters themselves.
    pub whole: u64,
    /// By whole readings, but the last character only begun.
    pub begun: u64,
    /// By first letters.
    pub first: u64,
}

#[derive(Clone, Copy)]
struct Arc {
    from: u8,
    any: u64,
    whole: u64,
    begun: u64,
    first: u64,
}

/// A word.
#[derive(Default)]
pub struct Automaton {
    word: Vec<char>,
    /// The letters of the word as bits.
    heads: u32,
    /// Per letter: which of `spans` is its own; `u16::MAX` where its arcs are not yet made.
    letters: Vec<u16>,
    /// Where arcs begin and end; the first one is empty.
    spans: Vec<(u32, u32)>,
    arcs: Vec<Arc>,
}

impl Automaton {
    /// Becomes the automaton of a folded word over an alphabet of so many letters, in the same room.
    pub fn reset(&mut self, word: &str, letters: usize) {
        self.word.clear();
        self.word.extend(word.chars().take(LONGEST));
        self.heads = self.word.iter().fold(0, |bits, c| bits | bit(*c));
        self.letters.clear();
        self.letters.resize(letters, u16::MAX);
        self.spans.clear();
        self.spans.push((0, 0));
        self.arcs.clear();
    }

    /// The states before the first character.
    pub const START: States = States {
        any: 1,
        whole: 1,
        begun: 0,
        first: 1,
    };

    /// The bit of a word that is consumed.
    pub fn done(&self) -> u64 {
        1 << self.word.len()
    }

    /// The states after one more letter.
    pub fn step(&mut self, alphabet: &Alphabet, states: States, letter: Letter) -> States {
        let mut next = States::default();
        let (from, to) = self.span(alphabet, letter);
        if from == to {
            return next;
        }
        let arcs = self.arcs.get(from as usize..to as usize);
        for arc in arcs.unwrap_or(&[]) {
            if states.any >> arc.from & 1 == 1 {
                next.any |= arc.any;
                if states.whole >> arc.from & 1 == 1 {
                    next.whole |= arc.whole;
                    next.begun |= arc.begun;
                }
                if states.first >> arc.from & 1 == 1 {
                    next.first |= arc.first;
                }
            }
        }
        next
    }

    /// The tier of the word in one text.
    pub fn tier(&mut self, alphabet: &Alphabet, text: &[Letter]) -> Option<Tier> {
        let done = self.done();
        let mut best = None;
        for from in 0..text.len() {
            let mut states = Automaton::START;
            for (nth, letter) in text.iter().enumerate().skip(from) {
                states = self.step(alphabet, states, *letter);
                if states.any == 0 {
                    break;
                }
                if states.any & done == 0 {
                    continue;
                }
                let last = nth + 1 == text.len();
                let tier = match from {
                    0 if last && states.whole & done != 0 => Tier::Exact,
                    0 if states.begun & done != 0 => Tier::Prefix,
                    0 if last && states.first & done != 0 => Tier::Initials,
                    _ => Tier::Syllable,
                };
                best = best.max(Some(tier));
            }
        }
        best
    }

    #[inline]
    fn span(&mut self, alphabet: &Alphabet, letter: Letter) -> (u32, u32) {
        match self.letters.get(usize::from(letter)) {
            Some(0) => (0, 0),
            Some(&at) if at != u16::MAX => {
                self.spans.get(usize::from(at)).copied().unwrap_or_default()
            }
            _ => self.make(alphabet, letter),
        }
    }

    #[cold]
    fn make(&mut self, alphabet: &Alphabet, letter: Letter) -> (u32, u32) {
        let at = usize::from(letter);
        if alphabet.sound(letter).is_none() {
            return (0, 0);
        }
        if at >= self.letters.len() {
            self.letters.resize(at + 1, u16::MAX);
        }
        let from = self.arcs.len() as u32;
        // Most characters have nothing in common with a word.
        let common =
            |sound: &&Sound| sound.heads & self.heads != 0 || self.word.contains(&sound.itself);
        if let Some(sound) = alphabet.sound(letter).filter(common) {
            arcs(&self.word, sound, &mut self.arcs);
        }
        let span = (from, self.arcs.len() as u32);
        let known = match u16::try_from(self.spans.len()) {
            _ if span.0 == span.1 => 0,
            Ok(known) if known < u16::MAX => {
                self.spans.push(span);
                known
            }
            _ => return span,
        };
        if let Some(slot) = self.letters.get_mut(at) {
            *slot = known;
        }
        span
    }
}

fn arcs(word: &[char], sound: &Sound, out: &mut Vec<Arc>) {
    for from in 0..word.len() {
        let rest = word.get(from..).unwrap_or(&[]);
        let Some(next) = rest.first() else { break };
        if *next != sound.itself && sound.heads & bit(*next) == 0 {
            continue;
        }
        let mut arc = Arc {
            from: from as u8,
            any: 0,
            whole: 0,
            begun: 0,
            first: 0,
        };
        if *next == sound.itself {
            let bit = 2 << from;
            arc.any |= bit;
            arc.whole |= bit;
            arc.begun |= bit;
            if !sound.readings.is_empty() || sound.itself.is_ascii_alphanumeric() {
                arc.first |= bit;
            }
        }
        for (reading, good) in &sound.readings {
            let common = reading
                .chars()
                .zip(rest)
                .take_while(|(a, b)| a == *b)
                .count();
            for length in 1..=common {
                let bit = 1u64 << (from + length);
                arc.any |= bit;
                if *good {
                    arc.begun |= bit;
                    if length == reading.len() {
                        arc.whole |= bit;
                    }
                    let two = length == 2 && matches!(reading.get(..2), Some("zh" | "ch" | "sh"));
                    if length == 1 || two {
                        arc.first |= bit;
                    }
                }
            }
        }
        if arc.any != 0 {
            out.push(arc);
        }
    }
}
