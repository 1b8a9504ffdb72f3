//! How far a text is written ahead, and when it is due.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, TimeDelta};

use crate::protocol::draft::Draft;

/// After the last key.
const REST: TimeDelta = TimeDelta::milliseconds(500);
/// While somebody goes on typing.
const LONGEST: TimeDelta = TimeDelta::seconds(2);

/// What is typed, by field.
pub(super) type Texts = BTreeMap<String, String>;

/// How far a text is written ahead.
#[derive(Clone, Debug, Default)]
pub struct Ahead {
    /// The number of the draft.
    pub id: u64,
    /// How often the draft was taken over.
    pub turn: u64,
    /// The number of the last write.
    pub(super) number: u64,
    /// The last write that was finished.
    pub(super) held: u64,
    /// What was there when it was looked at last.
    seen: Texts,
    /// Since when something is not written.
    pub(super) since: Option<NaiveDateTime>,
    /// When it changed last.
    last: NaiveDateTime,
    /// When the last write was finished, and whether it went to a file of this machine.
    pub(super) at: Option<(String, bool)>,
    /// Whether another session goes on with it.
    pub taken: bool,
    /// The draft that this one takes the place of.
    pub(super) former: Option<u64>,
}

impl Ahead {
    /// Nothing is typed yet.
    pub fn new(id: u64) -> Ahead {
        Ahead {
            id,
            ..Ahead::default()
        }
    }

    /// What goes on from a draft.
    pub fn of(draft: &Draft) -> Ahead {
        Ahead {
            id: draft.id,
            turn: draft.turn,
            number: draft.number,
            held: draft.number,
            seen: draft.texts.clone(),
            at: draft.kept.get(11..19).map(|at| (at.to_owned(), false)),
            ..Ahead::default()
        }
    }

    /// Whether something was ever written.
    pub fn begun(&self) -> bool {
        self.number > 0
    }

    /// When the last write was finished.
    pub fn kept_at(&self) -> Option<&str> {
        self.at.as_ref().map(|(at, _)| at.as_str())
    }

    /// Whether something is typed that no finished write holds.
    pub fn unkept(&self) -> bool {
        self.since.is_some() || self.held < self.number
    }

    /// Looks at what is typed.
    pub(super) fn look(&mut self, texts: Texts, now: NaiveDateTime) {
        if self.seen != texts {
            self.seen = texts;
            self.last = now;
            self.since.get_or_insert(now);
        }
    }

    /// What is not written must be written again.
    pub(super) fn anew(&mut self, now: NaiveDateTime) {
        self.last = now;
        self.since.get_or_insert(now);
    }

    /// The rest takes another number: it is another draft.
    pub(super) fn renew(&mut self, id: u64, now: NaiveDateTime) {
        self.former = Some(self.id).filter(|_| self.begun());
        (self.id, self.turn, self.held) = (id, 0, 0);
        if self.former.is_some() {
            self.since = Some(now - LONGEST);
        }
    }

    /// When it is due; none if there is nothing to write.
    pub(super) fn due(&self) -> Option<NaiveDateTime> {
        if self.taken {
            return None;
        }
        Some((self.last + REST).min(self.since? + LONGEST))
    }

    /// Takes the write that is due now.
    pub(super) fn write(&mut self, now: NaiveDateTime, at_once: bool) -> bool {
        let due = self.due().is_some_and(|due| at_once || due <= now);
        if due {
            self.since = None;
            self.number += 1;
        }
        due
    }
}
