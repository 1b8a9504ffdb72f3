//! The queue as it stands on a day: until when the clocks run, and what is lost first.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use crate::domain::clock::{CLOCKS, Count, roll};
use crate::domain::due::Unit;
use crate::domain::setting::HOUSE;
use crate::domain::workday::Calendar;
use crate::domain::world::World;
use crate::service::docket::Entry;

/// A clock that runs on a matter: which, since when, how many days more.
#[derive(Clone, Copy)]
pub(super) struct Begun {
    pub(super) clock: u8,
    pub(super) from: NaiveDate,
    pub(super) more: u16,
}

/// What comes first of the queue: the smaller is lost sooner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// A duty whose day is over.
    Overdue,
    /// A duty that runs.
    Duty,
    /// A right of somebody else that lapses.
    Right,
    /// Nothing runs.
    Still,
    /// It waits for nobody.
    Closed,
}

/// The place of a matter in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// What kind of loss.
    pub group: Group,
    /// Of what is overdue, whether the law sets the day; the house's own targets come after.
    house: bool,
    due: i32,
    calm: bool,
    came: i32,
    id: u64,
    /// The number of its entry.
    pub at: u32,
    clock: u8,
    // What is looked at of every matter stands here: its entry lies elsewhere in memory.
    /// The bit of its kind.
    pub(super) kind: u8,
    /// The organisation that it belongs to; `SEVERAL` for more than one.
    pub(super) owner: u32,
    /// Who handles it, by number; 0 for nobody.
    pub(super) handler: u32,
}

/// More than one organisation: they stand in the entry.
pub(super) const SEVERAL: u32 = u32::MAX;

impl Key {
    /// The last day of its clock.
    pub fn due(&self) -> Option<NaiveDate> {
        let runs = self.group < Group::Still;
        NaiveDate::from_num_days_from_ce_opt(self.due).filter(|_| runs)
    }

    /// Its id.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Whether it waits for somebody.
    pub fn open(&self) -> bool {
        self.group < Group::Closed
    }

    /// Whether it is urgent.
    pub fn urgent(&self) -> bool {
        !self.calm
    }

    /// How many days its duty is past; 0 on the last day, none before it.
    pub fn over(&self, today: i32) -> Option<i32> {
        let over = today - self.due;
        (self.group <= Group::Duty && over >= 0).then_some(over)
    }

    /// The number of its clock in the table.
    pub fn clock(&self) -> usize {
        usize::from(self.clock)
    }
}

/// How long the clocks run now: by settings and calendar.
#[derive(Clone)]
struct Terms {
    counts: Vec<(u16, Unit)>,
    calendar: Calendar,
}

/// How long each clock of the table runs now.
pub(super) fn counts(world: &dyn World) -> Vec<(u16, Unit)> {
    let roll = roll(world);
    let count = |count: &Count| match count {
        Count::Law(days) => *days,
        Count::House(setting) | Count::Hours(setting) => {
            u16::try_from(setting.now(world)).unwrap_or(0)
        }
    };
    let unit = |workdays: bool| match workdays {
        true => Unit::Workdays,
        false => Unit::Days(roll),
    };
    let each = CLOCKS.iter();
    each.map(|clock| (count(&clock.count), unit(clock.workdays)))
        .collect()
}

/// The whole queue as it stands on a day.
#[derive(Clone)]
pub struct Turn {
    /// The day.
    pub day: NaiveDate,
    terms: Terms,
    /// Terms end on the same day for all that began on the same.
    ends: HashMap<(u8, NaiveDate, u16), NaiveDate>,
    /// The matters, what is lost first before the others.
    pub keys: Vec<Key>,
}

impl Turn {
    pub(super) fn new(
        day: NaiveDate,
        counts: Vec<(u16, Unit)>,
        calendar: Calendar,
        matters: usize,
    ) -> Turn {
        Turn {
            day,
            terms: Terms { counts, calendar },
            ends: HashMap::new(),
            keys: Vec::with_capacity(matters),
        }
    }

    /// Whether it was reckoned for this day, these settings and this calendar.
    pub(super) fn stands(
        &self,
        day: NaiveDate,
        counts: &[(u16, Unit)],
        calendar: &Calendar,
    ) -> bool {
        self.day == day && self.terms.counts == counts && self.terms.calendar == *calendar
    }

    fn due(&mut self, begun: Begun) -> Option<NaiveDate> {
        let (count, unit) = *self.terms.counts.get(usize::from(begun.clock))?;
        let clock = CLOCKS.get(usize::from(begun.clock))?;
        if matches!(clock.count, Count::Hours(_)) {
            let begin = begun.from.and_hms_opt(0, 0, 0)?;
            let minutes = i64::from(count) * 60 + i64::from(begun.more);
            return Some((begin + chrono::Duration::minutes(minutes)).date());
        }
        let calendar = &self.terms.calendar;
        let end = self
            .ends
            .entry((begun.clock, begun.from, begun.more))
            .or_insert_with(|| {
                calendar
                    .last(begun.from, count.saturating_add(begun.more), unit)
                    .1
            });
        Some(*end)
    }

    pub(super) fn key(&mut self, entry: &Entry, at: u32) -> Key {
        let came = entry.day.map_or(0, |day| day.num_days_from_ce());
        let mut key = Key {
            group: if entry.open {
                Group::Still
            } else {
                Group::Closed
            },
            house: false,
            due: 0,
            calm: !entry.urgent,
            // Of what is closed the newest is looked for first.
            came: if entry.open { came } else { -came },
            id: entry.code.id(),
            at,
            clock: 0,
            kind: entry.code.kind.bit(),
            owner: match &*entry.owners {
                [] => 0,
                [owner] => *owner,
                _ => SEVERAL,
            },
            handler: entry.handler.map_or(0, |code| code.number as u32),
        };
        let mut last_day = None;
        for begun in &entry.clocks {
            let (Some(clock), Some(due)) = (CLOCKS.get(usize::from(begun.clock)), self.due(*begun))
            else {
                continue;
            };
            let group = match (clock.right, due < self.day) {
                (false, true) => Group::Overdue,
                (false, false) => Group::Duty,
                (true, false) => Group::Right,
                // A right that has lapsed is nobody's turn.
                (true, true) => continue,
            };
            let one = Key {
                group,
                house: group == Group::Overdue && clock.article == HOUSE,
                due: due.num_days_from_ce(),
                clock: begun.clock,
                ..key
            };
            if group == Group::Duty && due == self.day && clock.article != HOUSE {
                last_day = Some(one);
            }
            key = key.min(one);
        }
        // What the law ends today is lost before what the house wanted by a day that is over.
        match last_day.filter(|_| key.house) {
            Some(law) => Key {
                group: key.group,
                ..law
            },
            None => key,
        }
    }
}
