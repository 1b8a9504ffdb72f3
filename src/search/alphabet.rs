//! Characters as numbers, each with its readings.

use std::collections::HashMap;

use crate::domain::reading::{fold_char, readings, surname};

/// The number of a character with its readings.
pub type Letter = u16;

/// How a character may be typed.
#[derive(Clone, Debug)]
pub struct Sound {
    /// The character itself.
    pub itself: char,
    /// Readings in letters; the flag tells an ordinary or surname reading from a rare one.
    pub readings: Vec<(String, bool)>,
    /// First letters of the readings as bits: most characters are ruled out by one look.
    pub heads: u32,
}

/// The bit of a letter; 0 for anything else.
pub fn bit(c: char) -> u32 {
    match c {
        'a'..='z' => 1 << (c as u32 - 'a' as u32),
        _ => 0,
    }
}

/// All characters met so far.
#[derive(Default)]
pub struct Alphabet {
    ids: HashMap<(char, &'static str), Letter>,
    sounds: Vec<Sound>,
}

impl Alphabet {
    /// The letters of a text; with `person`, the head is read as a surname where it is one.
    pub fn letters(&mut self, text: &str, person: bool) -> Vec<Letter> {
        let chars: Vec<char> = text.chars().filter_map(fold_char).collect();
        let special = person.then(|| surname(&chars)).flatten().unwrap_or(&[]);
        chars
            .iter()
            .enumerate()
            .map(|(at, c)| self.letter(*c, special.get(at).copied().unwrap_or("")))
            .collect()
    }

    fn letter(&mut self, c: char, special: &'static str) -> Letter {
        if let Some(id) = self.ids.get(&(c, special)) {
            return *id;
        }
        // Beyond 65,535 letters the last one stands for all others: it matches too much, never too little.
        let id = Letter::try_from(self.sounds.len()).unwrap_or(Letter::MAX);
        if self.sounds.len() <= usize::from(Letter::MAX) {
            self.sounds.push(sound(c, special));
        }
        self.ids.insert((c, special), id);
        id
    }

    /// How a letter may be typed.
    pub fn sound(&self, letter: Letter) -> Option<&Sound> {
        self.sounds.get(usize::from(letter))
    }

    /// How many letters there are.
    pub fn len(&self) -> usize {
        self.sounds.len()
    }

    /// Bytes held, about.
    pub fn bytes(&self) -> usize {
        self.sounds.len() * 160
    }
}

/// How a character may be typed; a special reading stands before the ordinary one.
pub fn sound(c: char, special: &str) -> Sound {
    // 那 哈 查 召 also stand at the head of Mongolian names, where the ordinary reading is the right one.
    let both = matches!(c, '那' | '哈' | '查' | '召');
    let mut all: Vec<(String, bool)> = Vec::new();
    if !special.is_empty() {
        all.push((special.to_owned(), true));
    }
    for (at, reading) in readings(c).into_iter().enumerate() {
        let good = at == 0 && (special.is_empty() || both);
        if !all.iter().any(|(other, _)| *other == reading) {
            all.push((reading, good));
        }
    }
    let heads = all
        .iter()
        .filter_map(|(reading, _)| reading.chars().next())
        .fold(0, |bits, c| bits | bit(c));
    Sound {
        itself: c,
        readings: all,
        heads,
    }
}
