//! How many columns a text takes: the one place where that is decided.

#![expect(
    clippy::disallowed_methods,
    reason = "all others ask here, so that one profile holds for the whole screen"
)]

use std::cell::Cell;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What the terminal does with characters that Unicode calls ambiguous (East Asian Width A).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// One column each: it was asked and answered.
    #[default]
    Narrow,
    /// Two columns each: it was asked and answered.
    Wide,
    /// It did not answer: what may be two columns wide gets the room of two.
    Unknown,
}

thread_local! {
    static PROFILE: Cell<Profile> = const { Cell::new(Profile::Narrow) };
}

/// Measures by a profile from now on, in this thread: the one that draws.
pub fn measure_by(profile: Profile) {
    PROFILE.set(profile);
}

/// The profile that this thread measures by.
pub fn profile() -> Profile {
    PROFILE.get()
}

/// What stands for an ambiguous character where nobody knows its width: two columns everywhere, or ASCII.
const SAFE: &[(&str, &str)] = &[
    ("“", "「"),
    ("”", "」"),
    ("‘", "'"),
    ("’", "'"),
    ("…", ".."),
    ("—", "--"),
    ("―", "--"),
    ("–", "-"),
    ("·", "."),
    ("•", "*"),
    ("●", "*"),
    ("★", "*"),
    ("☆", "*"),
    ("○", "o"),
    ("■", "#"),
    ("□", "#"),
    ("▲", "^"),
    ("→", "->"),
    ("←", "<-"),
    ("↑", "^"),
    ("↓", "v"),
    ("×", "x"),
    ("÷", "/"),
    ("±", "+-"),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("①", "(1)"),
    ("②", "(2)"),
    ("③", "(3)"),
    ("④", "(4)"),
    ("⑤", "(5)"),
    ("⑥", "(6)"),
    ("⑦", "(7)"),
    ("⑧", "(8)"),
    ("⑨", "(9)"),
    ("⑩", "(10)"),
    ("Ⅰ", "I"),
    ("Ⅱ", "II"),
    ("Ⅲ", "III"),
    ("Ⅳ", "IV"),
    ("Ⅴ", "V"),
    ("─", "-"),
    ("│", "|"),
];

/// Marks of half-width kana, of which libraries do not agree whether they take a column: shown by their wide forms.
const MARKS: &[(char, &str)] = &[('ﾞ', "゛"), ('ﾟ', "゜")];

fn narrow(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

fn wide(text: &str) -> usize {
    let base = text.chars().next().is_some_and(ambiguous);
    narrow(text)
        .max(text.width_cjk())
        .max(2 * usize::from(base))
}

fn columns(text: &str) -> usize {
    match profile() {
        Profile::Narrow => narrow(text),
        Profile::Wide | Profile::Unknown => wide(text),
    }
}

/// Tells the symbols of a text as the terminal is sent them, with the columns of each: one or two.
pub fn symbols<'a>(text: &'a str, mut tell: impl FnMut(&'a str, usize)) {
    for grapheme in text.graphemes(true) {
        if grapheme.chars().any(char::is_control) {
            // Nothing of a record may steer the terminal.
            tell(" ", 1);
            continue;
        }
        let safe = SAFE.iter().find(|(one, _)| *one == grapheme);
        match (safe, columns(grapheme)) {
            (Some((_, safe)), _) if profile() == Profile::Unknown => {
                safe.graphemes(true).for_each(|one| tell(one, narrow(one)));
            }
            // It has no place of its own.
            (_, 0) => {}
            (_, known @ 1..=2) if !grapheme.contains(['ﾞ', 'ﾟ']) => tell(grapheme, known),
            // Some scripts join what is as long as a word.
            _ => parted(grapheme, &mut tell),
        }
    }
}

fn parted<'a>(grapheme: &'a str, tell: &mut impl FnMut(&'a str, usize)) {
    for one in grapheme.split_inclusive(|_| true) {
        let mark = MARKS.iter().find(|(mark, _)| one.starts_with(*mark));
        match (mark, columns(one)) {
            (Some((_, shown)), _) => tell(shown, narrow(shown)),
            (None, 0) => {}
            (None, known) => tell(one, known),
        }
    }
}

/// The columns of a text as it is shown.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        return text.len();
    }
    let mut sum = 0;
    symbols(text, |_, columns| sum += columns);
    sum
}

/// Whether a character takes one column on some terminals and two on others.
pub fn ambiguous(c: char) -> bool {
    let letter = || LETTERS.iter().any(|(from, to)| (*from..=*to).contains(&c));
    c.width() != c.width_cjk() || !c.is_ascii() && letter()
}

/// Whether the cell after a symbol is its shadow: a blank that a terminal may cover with the symbol's second half.
pub fn shadowed(symbol: &str) -> bool {
    profile() != Profile::Narrow && narrow(symbol) == 1 && wide(symbol) == 2
}

/// What can be measured.
pub trait Measure {
    /// Its columns.
    fn width(&self) -> usize;
}

impl Measure for str {
    fn width(&self) -> usize {
        width(self)
    }
}

/// Letters that terminals for Chinese draw in two columns: East Asian Width A, which `unicode-width` leaves at one.
#[rustfmt::skip]
const LETTERS: &[(char, char)] = &[
    ('\u{a8}', '\u{a8}'), ('\u{aa}', '\u{aa}'), ('\u{b4}', '\u{b4}'), ('\u{b8}', '\u{b8}'), ('\u{ba}', '\u{ba}'),
    ('\u{c6}', '\u{c6}'), ('\u{d0}', '\u{d0}'), ('\u{d8}', '\u{d8}'), ('\u{de}', '\u{e1}'), ('\u{e6}', '\u{e6}'),
    ('\u{e8}', '\u{ea}'), ('\u{ec}', '\u{ed}'), ('\u{f0}', '\u{f0}'), ('\u{f2}', '\u{f3}'), ('\u{f8}', '\u{fa}'),
    ('\u{fc}', '\u{fc}'), ('\u{fe}', '\u{fe}'), ('\u{101}', '\u{101}'), ('\u{111}', '\u{111}'), ('\u{113}', '\u{113}'),
    ('\u{11b}', '\u{11b}'), ('\u{126}', '\u{127}'), ('\u{12b}', '\u{12b}'), ('\u{131}', '\u{133}'),
    ('\u{138}', '\u{138}'), ('\u{13f}', '\u{142}'), ('\u{144}', '\u{144}'), ('\u{148}', '\u{14b}'),
    ('\u{14d}', '\u{14d}'), ('\u{152}', '\u{153}'), ('\u{166}', '\u{167}'), ('\u{16b}', '\u{16b}'),
    ('\u{1ce}', '\u{1ce}'), ('\u{1d0}', '\u{1d0}'), ('\u{1d2}', '\u{1d2}'), ('\u{1d4}', '\u{1d4}'),
    ('\u{1d6}', '\u{1d6}'), ('\u{1d8}', '\u{1d8}'), ('\u{1da}', '\u{1da}'), ('\u{1dc}', '\u{1dc}'),
    ('\u{251}', '\u{251}'), ('\u{261}', '\u{261}'), ('\u{2c4}', '\u{2c4}'), ('\u{2c7}', '\u{2c7}'),
    ('\u{2c9}', '\u{2cb}'), ('\u{2cd}', '\u{2cd}'), ('\u{2d0}', '\u{2d0}'), ('\u{2d8}', '\u{2db}'),
    ('\u{2dd}', '\u{2dd}'), ('\u{2df}', '\u{2df}'), ('\u{391}', '\u{3a1}'), ('\u{3a3}', '\u{3a9}'),
    ('\u{3b1}', '\u{3c1}'), ('\u{3c3}', '\u{3c9}'), ('\u{401}', '\u{401}'), ('\u{410}', '\u{44f}'),
    ('\u{451}', '\u{451}'), ('\u{207f}', '\u{207f}'), ('\u{2113}', '\u{2113}'), ('\u{2126}', '\u{2126}'),
    ('\u{212b}', '\u{212b}'),
];
