//! Fuzzy choice among a few lines: Chinese, initials, pinyin, English, keys.

use nucleo::pattern::{CaseMatching, Normalization, Pattern};
use nucleo::{Config, Matcher, Utf32Str};

use crate::domain::reading::{initials, readings};

/// A text read out: the ordinary reading of each character, blanks between them.
pub fn pinyin(text: &str) -> String {
    let read: Vec<String> = text
        .chars()
        .map(|c| {
            let reading = readings(c).into_iter().next();
            reading.unwrap_or_else(|| c.to_lowercase().to_string())
        })
        .collect();
    read.join(" ")
}

/// Ways in which a Chinese text may be typed.
pub fn ways(text: &str) -> [String; 3] {
    [
        text.to_owned(),
        initials(text),
        pinyin(text).replace(' ', ""),
    ]
}

/// The places of the items that match, best first; all of them for an empty query.
pub fn rank<T>(query: &str, items: &[T], texts: impl Fn(&T) -> Vec<String>) -> Vec<usize> {
    let query = query.trim().to_lowercase();
    if query.is_empty() {
        return (0..items.len()).collect();
    }
    let pattern = Pattern::parse(&query, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, usize)> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let best = texts(item)
            .iter()
            .filter_map(|text| {
                let text = text.to_lowercase();
                let score = pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher)?;
                // A whole text or its beginning comes before letters scattered in it.
                let bonus = match text.find(&query) {
                    Some(0) if text.len() == query.len() => 3000,
                    Some(0) => 2000,
                    Some(_) => 1000,
                    None => 0,
                };
                Some(score + bonus)
            })
            .max();
        if let Some(score) = best {
            scored.push((score, at));
        }
    }
    scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    scored.into_iter().map(|(_, at)| at).collect()
}
