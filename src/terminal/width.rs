//! How many columns a text takes: the one place where that is decided.

use std::cell::Cell;

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

/// The columns of a text.
pub fn width(text: &str) -> usize {
    match profile() {
        Profile::Narrow => text.width(),
        Profile::Wide | Profile::Unknown => text.width_cjk(),
    }
}

/// Whether a character takes one column on some terminals and two on others.
pub fn ambiguous(c: char) -> bool {
    c.width() != c.width_cjk()
}
