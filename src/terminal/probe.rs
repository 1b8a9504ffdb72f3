//! Asks the terminal how wide its characters are, before anything is shown.

use std::time::{Duration, Instant};

use crate::terminal::width::Profile;

/// Four characters that are one column each or two, the last of them twice more for those who can
/// repeat, and ten of two columns for certain: as many bytes are so many more columns where UTF-8 is taken
/// for another encoding that no such answer looks like one of those below.
const SAMPLE: &str = "“—·─\x1b[2b好好好好好好好好好好";

/// The columns behind the sample, and what each proves: the widths, and whether characters are repeated.
const COLUMNS: [(u16, Profile, bool); 4] = [
    (25, Profile::Narrow, false),
    (27, Profile::Narrow, true),
    (29, Profile::Wide, false),
    (33, Profile::Wide, true),
];
/// The longest wait: a terminal on a slow link answers within this, or never.
const WAIT: Duration = Duration::from_secs(1);
/// An answer that comes later than this is no answer of ours.
const STRAY: Duration = Duration::from_secs(5);

/// A question to the terminal.
pub struct Probe {
    asked: Instant,
    answer: Option<Answer>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it does with ambiguous characters.
    pub profile: Profile,
    /// Whether every width is proved.
    pub proved: bool,
    /// Whether it can be told to repeat a character.
    pub repeats: bool,
    /// Whether characters came out in an unheard-of width, as when it takes UTF-8 for something else.
    pub odd: bool,
    /// How long the question and the answer took together.
    pub trip: Option<Duration>,
}

const SILENT: Answer = Answer {
    profile: Profile::Unknown,
    proved: false,
    repeats: false,
    odd: false,
    trip: None,
};

impl Probe {
    /// The question, as bytes: the sample, where the cursor is behind it, whether frames can be held back; then nothing of it is left.
    pub fn question() -> String {
        format!("\r{SAMPLE}\x1b[6n\x1b[?2026$p\r\x1b[K")
    }

    /// The question was just sent.
    pub fn new(now: Instant) -> Probe {
        Probe {
            asked: now,
            answer: None,
        }
    }

    /// The terminal says where its cursor is: the column from 1. Gives what that means, once.
    pub fn heard(&mut self, column: u16, now: Instant) -> Option<Answer> {
        let trip = now.saturating_duration_since(self.asked);
        if trip > STRAY || self.answer.is_some_and(|answer| answer.trip.is_some()) {
            return None;
        }
        let known = COLUMNS.iter().find(|(known, ..)| *known == column);
        let (profile, repeats) = known
            .map_or((Profile::Unknown, false), |(_, profile, repeats)| {
                (*profile, *repeats)
            });
        let answer = Answer {
            profile,
            proved: known.is_some(),
            repeats,
            odd: known.is_none(),
            trip: Some(trip),
        };
        self.answer = Some(answer);
        Some(answer)
    }

    /// What is known by now; none while an answer may still come.
    pub fn settled(&mut self, now: Instant) -> Option<Answer> {
        if self.answer.is_none() && now.saturating_duration_since(self.asked) >= WAIT {
            self.answer = Some(SILENT);
        }
        self.answer
    }

    /// When the wait is over.
    pub fn until(&self) -> Instant {
        self.asked + WAIT
    }
}
