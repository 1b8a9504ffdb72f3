//! How Chinese text is read: folding, and the initials of its readings.

use pinyin::ToPinyin;

use crate::domain::fold::{is_han, narrow_char};

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
