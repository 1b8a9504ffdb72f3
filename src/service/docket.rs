//! The docket: every matter with what the queue needs of it, in the order in which it is lost.
//!
//! What a clock runs on is read from the record once, when the record changes; until when it runs
//! is reckoned anew for a new day, a new calendar or another setting, never read from the record.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chrono::{NaiveDate, Timelike};

use crate::domain::clock::{CLOCKS, Count};
use crate::domain::kind::{Code, Kind};
use crate::domain::reading::{fold, initials, readings};
use crate::domain::record::Record;
use crate::domain::value::Value;
use crate::domain::world::World;
use crate::service::lock;
use crate::service::turn::{Begun, Turn, counts};

/// Whether records of a kind are matters: clocks run on them.
pub fn holds(kind: Kind) -> bool {
    CLOCKS.iter().any(|clock| clock.kind == kind)
}

/// A matter as the queue knows it.
pub struct Entry {
    /// Its code.
    pub code: Code,
    /// What it is about.
    pub title: Box<str>,
    /// Its kind as stored, or what records of its kind are called.
    pub kind: &'static str,
    /// Its state as stored.
    pub status: &'static str,
    /// Whether it waits for somebody.
    pub open: bool,
    /// Whether it is urgent.
    pub urgent: bool,
    /// The organisations that it belongs to.
    pub owners: Box<[u32]>,
    /// Who handles it.
    pub handler: Option<Code>,
    /// The day on which it came.
    pub day: Option<NaiveDate>,
    /// What its words are looked for in.
    pub sought: Box<str>,
    pub(super) clocks: Box<[Begun]>,
}

impl Entry {
    fn of(record: &Record) -> Entry {
        let spec = record.kind.spec();
        let words = spec.field("kind").map_or(&[][..], |field| field.words());
        let word = words.iter().find(|word| word.zh == record.text("kind"));
        let state = spec.state(record.status());
        let begun = CLOCKS.iter().zip(0_u8..).filter_map(|(clock, nth)| {
            let from = (clock.begins)(record).filter(|_| clock.kind == record.kind)?;
            // Of a clock in hours the minute of the day is kept in the place of further days.
            let more = match clock.count {
                Count::Hours(_) => (clock.at)(record)?.time().num_seconds_from_midnight() / 60,
                _ => u32::from((clock.more)(record)),
            };
            Some(Begun {
                clock: nth,
                from,
                more: u16::try_from(more).unwrap_or(u16::MAX),
            })
        });
        let title = record.title();
        let code = record.code();
        Entry {
            code,
            title: title.into(),
            kind: word.map_or(spec.label.zh, |word| word.zh),
            status: state.map_or("", |state| state.name.zh),
            open: record.live(),
            urgent: record.get("urgent") == Some(&Value::Flag(true)),
            owners: record.owners().map(|code| code.number as u32).collect(),
            handler: spec.handler.and_then(|key| record.refs(key).next()),
            day: spec.recency.and_then(|key| record.day(key)),
            sought: sought(title, code),
            clocks: begun.collect(),
        }
    }
}

/// The most ways of reading a title that are kept.
const WAYS: usize = 8;

/// What the words of a search are looked for in: title, its first letters as it may be read, code.
fn sought(title: &str, code: Code) -> Box<str> {
    let mut ways = vec![String::new()];
    for c in title.chars() {
        let mut heads: Vec<char> = readings(c)
            .iter()
            .filter_map(|one| one.chars().next())
            .collect();
        heads.dedup();
        if heads.is_empty() {
            heads.extend(initials(c.encode_utf8(&mut [0; 4])).chars());
        }
        if heads.is_empty() {
            continue;
        }
        if ways.len() * heads.len() > WAYS {
            heads.truncate(1);
        }
        let longer = ways
            .iter()
            .flat_map(|way| heads.iter().map(move |head| format!("{way}{head}")));
        ways = longer.collect();
    }
    format!(
        "{} {} {}",
        fold(title),
        ways.join(" "),
        fold(&code.to_string())
    )
    .into()
}

/// All matters.
#[derive(Default)]
pub struct Docket {
    entries: Vec<Entry>,
    places: HashMap<u64, u32>,
    /// The day that was asked for last.
    turn: Mutex<Option<Arc<Turn>>>,
}

impl Docket {
    /// All matters, in the order in which they came in.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// A matter by the number of its entry.
    pub fn entry(&self, at: u32) -> Option<&Entry> {
        self.entries.get(at as usize)
    }

    /// Takes in a matter, new or changed.
    pub fn put(&mut self, record: &Record) {
        let entry = Entry::of(record);
        let id = entry.code.id();
        let next = self.entries.len() as u32;
        let at = *self.places.entry(id).or_insert(next);
        let slot = self.turn.get_mut();
        let slot = slot.unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(turn) = slot.as_mut().map(Arc::make_mut) {
            let old = self.entries.get(at as usize);
            if let Some(old) = old.map(|old| turn.key(old, at))
                && let Ok(place) = turn.keys.binary_search(&old)
            {
                turn.keys.remove(place);
            }
            let new = turn.key(&entry, at);
            let place = turn.keys.binary_search(&new).unwrap_or_else(|place| place);
            turn.keys.insert(place, new);
        }
        match self.entries.get_mut(at as usize) {
            Some(slot) => *slot = entry,
            None => self.entries.push(entry),
        }
    }

    /// The queue on a day; reckoned anew only if the day, the calendar or a setting is another.
    pub fn turn(&self, day: NaiveDate, world: &dyn World) -> Arc<Turn> {
        let counts = counts(world);
        let calendar = world.calendar();
        let mut slot = lock(&self.turn);
        if let Some(turn) = slot.as_ref()
            && turn.stands(day, &counts, calendar)
        {
            return Arc::clone(turn);
        }
        let mut turn = Turn::new(day, counts, calendar.clone(), self.entries.len());
        let mut keys = std::mem::take(&mut turn.keys);
        for (entry, at) in self.entries.iter().zip(0..) {
            keys.push(turn.key(entry, at));
        }
        keys.sort_unstable();
        turn.keys = keys;
        let turn = Arc::new(turn);
        *slot = Some(Arc::clone(&turn));
        turn
    }
}
