//! How Chinese text is read: folding, readings of characters and of surnames, initials.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};
use pinyin::{ToPinyin, ToPinyinMulti};

use crate::domain::fold::{is_han, narrow_char};
use crate::domain::person_name::is_dot;

static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    include_str!("data/simplified.txt")
        .split_whitespace()
        .filter_map(|pair| {
            let mut chars = pair.chars();
            Some((chars.next()?, chars.next()?))
        })
        .collect()
});

static SURNAMES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    include_str!("data/surnames.csv")
        .lines()
        .filter_map(|line| line.split_once(','))
        .map(|(surname, reading)| (surname, reading.split(' ').collect()))
        .collect()
});

/// One character as search compares it: narrow, lower case, simplified, `ü` as `v`; none if it is passed over.
pub fn fold_char(c: char) -> Option<char> {
    let c = narrow_char(c);
    if is_dot(c) || c.is_whitespace() || c.is_control() {
        return None;
    }
    let c = SIMPLIFIED.get(&c).copied().unwrap_or(c);
    if is_han(c) {
        return Some(c);
    }
    let c = match c {
        'ü' | 'Ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        _ => c.to_lowercase().next().unwrap_or(c),
    };
    c.is_alphanumeric().then_some(c)
}

/// A text as search compares it.
pub fn fold(text: &str) -> String {
    text.chars().filter_map(fold_char).collect()
}

fn plain(reading: &str) -> String {
    reading.replace('ü', "v")
}

/// The readings of a character without tones, the ordinary one first, each once.
pub fn readings(c: char) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    if let Some(ordinary) = c.to_pinyin() {
        found.push(plain(ordinary.plain()));
    }
    if let Some(several) = c.to_pinyin_multi() {
        for reading in several {
            let reading = plain(reading.plain());
            if !found.contains(&reading) {
                found.push(reading);
            }
        }
    }
    found
}

static HEADS: LazyLock<HashSet<char>> = LazyLock::new(|| {
    SURNAMES
        .keys()
        .filter_map(|name| name.chars().next())
        .collect()
});

/// Whether a character stands at the head of a surname that is read otherwise: a quick first look.
pub fn may_be_surname(c: char) -> bool {
    HEADS.contains(&c) || SIMPLIFIED.contains_key(&c)
}

/// The readings of a surname that is read otherwise than its characters, by the head of a name.
pub fn surname(name: &[char]) -> Option<&'static [&'static str]> {
    [2, 1].into_iter().find_map(|length| {
        let head: String = name.get(..length)?.iter().collect();
        SURNAMES.get(head.as_str()).map(Vec::as_slice)
    })
}

/// The first letters of the ordinary readings; letters and digits stay, the rest is dropped.
pub fn initials(text: &str) -> String {
    text.chars()
        .map(narrow_char)
        .filter_map(|c| match c.to_pinyin() {
            Some(reading) => reading.first_letter().chars().next(),
            None if c.is_ascii_alphanumeric() => Some(c.to_ascii_lowercase()),
            None if is_han(c) => Some(c),
            None => None,
        })
        .collect()
}
