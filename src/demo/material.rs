//! Words that names are made of.

use std::collections::HashMap;
use std::sync::LazyLock;

static LINES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    include_str!("data/names.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(key, words)| (key, words.split(' ').collect()))
        .collect()
});

/// The words of a line.
pub fn words(key: &str) -> &'static [&'static str] {
    LINES.get(key).map_or(&[], Vec::as_slice)
}

static SURNAMES: LazyLock<Vec<(&'static str, u64)>> = LazyLock::new(|| {
    words("surnames")
        .iter()
        .filter_map(|word| {
            let at = word.find(|c: char| c.is_ascii_digit())?;
            let (surname, weight) = word.split_at_checked(at)?;
            Some((surname, weight.parse().ok()?))
        })
        .collect()
});

/// Surnames with their weights.
pub fn surnames() -> &'static [(&'static str, u64)] {
    &SURNAMES
}

static LEAGUES: LazyLock<Vec<(&'static str, u64, u64)>> = LazyLock::new(|| {
    words("leagues")
        .iter()
        .filter_map(|word| {
            let mut parts = word.split('/');
            Some((
                parts.next()?,
                parts.next()?.parse().ok()?,
                parts.next()?.parse().ok()?,
            ))
        })
        .collect()
});

/// Leagues: code, weight of population per 10,000, Mongolian permille.
pub fn leagues() -> &'static [(&'static str, u64, u64)] {
    &LEAGUES
}
