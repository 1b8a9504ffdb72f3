//! Characters as numbers, each with its readings.

use foldhash::HashMap;

use crate::domain::reading::{fold_char, may_be_surname, readings, surname};

/// The number of a character with its readings.
pub type Letter = u16;

/// How a character may be typed.
#[derive(Clone, Debug)]
pub struct Sound {
    /// The character itself.
    pub itself: char,
    /// The reading that the place in a surname gives it.
    special: &'static str,
    /// Readings in letters; the flag tells an ordinary or surname reading from a rare one.
    pub readings: Vec<(String, bool)>,
    /// First letters of the readings as bits: most characters are ruled out by one look.
    pub heads: u32,
}

impl Sound {
    /// How it is spelled in a guess: by its first reading, or as itself.
    pub fn spell(&self, out: &mut String) {
        match self.readings.first() {
            Some((reading, _)) => out.push_str(reading),
            None => out.push(self.itself),
        }
    }
}

/// The bit of a letter; 0 for anything else.
pub fn bit(c: char) -> u32 {
    match c {
        'a'..='z' => 1 << (c as u32 - 'a' as u32),
        _ => 0,
    }
}

/// What a typed character comes to, for the plane that nearly all text lies in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    /// Not met yet.
    No,
    /// Passed over.
    Passed,
    /// A letter, with its ordinary readings.
    Letter(Letter),
}

/// All characters met so far.
#[derive(Default)]
pub struct Alphabet {
    ids: HashMap<(char, &'static str), Letter>,
    sounds: Vec<Sound>,
    /// By character as typed, up to the end of the basic plane.
    typed: Vec<Known>,
}

impl Alphabet {
    /// The letters of a text, appended; with `person`, the head is read as a surname where it is one.
    pub fn letters(&mut self, text: &str, person: bool, out: &mut Vec<Letter>) {
        if person && text.chars().next().is_some_and(may_be_surname) {
            return self.person(text, out);
        }
        for c in text.chars() {
            let at = c as usize;
            match self.typed.get(at) {
                Some(Known::Letter(letter)) => out.push(*letter),
                Some(Known::Passed) => {}
                Some(Known::No) | None => {
                    let letter = fold_char(c).map(|folded| self.letter(folded, ""));
                    out.extend(letter);
                    if at < 0x1_0000 {
                        self.typed.resize(0x1_0000, Known::No);
                        if let Some(slot) = self.typed.get_mut(at) {
                            *slot = letter.map_or(Known::Passed, Known::Letter);
                        }
                    }
                }
            }
        }
    }

    fn person(&mut self, text: &str, out: &mut Vec<Letter>) {
        let chars: Vec<char> = text.chars().filter_map(fold_char).collect();
        let special = surname(&chars).unwrap_or(&[]);
        for (at, c) in chars.iter().enumerate() {
            let letter = self.letter(*c, special.get(at).copied().unwrap_or(""));
            out.push(letter);
        }
    }

    /// The letters of a text whose characters were all met before; others become `unmet`.
    pub fn known(&self, text: &str, person: bool, unmet: Letter, out: &mut Vec<Letter>) {
        if person && text.chars().next().is_some_and(may_be_surname) {
            let chars: Vec<char> = text.chars().filter_map(fold_char).collect();
            let special = surname(&chars).unwrap_or(&[]);
            for (at, c) in chars.iter().enumerate() {
                let key = (*c, special.get(at).copied().unwrap_or(""));
                out.push(self.ids.get(&key).copied().unwrap_or(unmet));
            }
            return;
        }
        for c in text.chars() {
            match self.typed.get(c as usize) {
                Some(Known::Letter(letter)) => out.push(*letter),
                Some(Known::Passed) => {}
                Some(Known::No) | None => {
                    let letter = fold_char(c).map(|c| self.ids.get(&(c, "")).copied());
                    out.extend(letter.map(|letter| letter.unwrap_or(unmet)));
                }
            }
        }
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

    /// Numbers the letters anew in the order of their readings; gives the new number of each old one.
    pub fn sort(&mut self) -> Vec<Letter> {
        let mut order: Vec<Letter> = (0..self.sounds.len())
            .filter_map(|at| Letter::try_from(at).ok())
            .collect();
        let key = |at: &Letter| {
            let sound = self.sounds.get(usize::from(*at));
            sound.map(|sound| {
                let reading = sound.readings.first().map_or("", |reading| &reading.0);
                (reading.to_owned(), sound.itself, sound.special)
            })
        };
        order.sort_by_cached_key(key);
        let mut renamed = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            if let Some(slot) = renamed.get_mut(usize::from(*old)) {
                *slot = new as Letter;
            }
        }
        let new = |old: Letter| renamed.get(usize::from(old)).copied().unwrap_or(old);
        self.ids.values_mut().for_each(|id| *id = new(*id));
        for known in &mut self.typed {
            if let Known::Letter(letter) = known {
                *letter = new(*letter);
            }
        }
        let mut old = std::mem::take(&mut self.sounds);
        for at in &order {
            if let Some(sound) = old.get_mut(usize::from(*at)) {
                let blank = Sound {
                    itself: ' ',
                    special: "",
                    readings: Vec::new(),
                    heads: 0,
                };
                self.sounds.push(std::mem::replace(sound, blank));
            }
        }
        renamed
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
        self.sounds.len() * 160 + self.typed.len() * size_of::<Known>()
    }
}

/// How a character may be typed, outside any surname.
pub fn sound_of(c: char) -> Sound {
    sound(c, "")
}

/// How a character may be typed; a special reading stands before the ordinary one.
fn sound(c: char, special: &'static str) -> Sound {
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
        special,
        readings: all,
        heads,
    }
}
