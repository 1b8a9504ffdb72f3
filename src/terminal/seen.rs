//! What a terminal shows in a cell, as far as that is known for sure.

use crate::terminal::pen::{PLAIN, Pen};

/// What is seen of a cell.
pub type Seen = (Pen, String);

/// A cell of which nothing is seen.
pub fn empty() -> Option<Seen> {
    Some((PLAIN, " ".to_owned()))
}

/// The half of a wide character that is not its first.
pub fn half() -> Option<Seen> {
    Some((PLAIN, String::new()))
}

/// Characters that are two columns wide wherever they are shown at all.
pub fn han(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let first = chars.next();
    first.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && chars.next().is_none()
}

/// Characters of which a terminal that measured the probe as expected is known to have the width.
pub fn common(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let (first, more) = (chars.next(), chars.next());
    more.is_none()
        && first.is_some_and(|c| {
            matches!(c, ' '..='~' | '·' | '—' | '“' | '”' | '\u{2500}'..='\u{257f}' | '\u{3000}'..='\u{303f}'
                | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
        })
}
