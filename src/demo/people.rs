//! What casting must know of the volunteers: each is made once more, when it is first asked for.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::demo::Plan;
use crate::demo::random::Random;
use crate::domain::day::age;
use crate::domain::record::Record;

/// What is known of somebody.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Since when registered.
    pub joined: NaiveDate,
    /// Birth.
    pub birth: NaiveDate,
    /// Whether 在册.
    pub serves: bool,
    /// Whether 已清退.
    pub removed: bool,
    /// Whether a guardian is named.
    pub guarded: bool,
    /// Whether something is said of the health.
    pub frail: bool,
}

/// Nobody older is sent into danger.
const OLD: i32 = 65;

impl Facts {
    fn of(record: &Record) -> Facts {
        Facts {
            joined: record.day("joined_on").unwrap_or(NaiveDate::MAX),
            birth: record.day("birth").unwrap_or(NaiveDate::MIN),
            serves: record.status() == "在册",
            removed: record.status() == "已清退",
            guarded: !record.text("guardian").is_empty(),
            frail: !record.text("health_note").is_empty(),
        }
    }

    /// Whether somebody may take part in something on a day.
    pub fn may(&self, day: NaiveDate, danger: bool) -> bool {
        let years = age(self.birth, day);
        let grown = years >= 18 || (self.guarded && !danger);
        let fit = !danger || (years < OLD && !self.frail);
        self.serves && self.joined <= day && grown && fit
    }
}

/// The volunteers, as far as somebody has asked.
pub struct People<'a> {
    plan: &'a Plan,
    known: Vec<Option<Facts>>,
}

impl<'a> People<'a> {
    /// Nobody is known yet.
    pub fn new(plan: &'a Plan) -> People<'a> {
        let count = plan.teams.iter().map(|team| team.members).sum();
        People {
            plan,
            known: vec![None; count],
        }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.known.len() as u64
    }

    /// What is known of the one with a number.
    pub fn facts(&mut self, number: u64) -> Option<Facts> {
        let slot = self.known.get_mut(number.checked_sub(1)? as usize)?;
        if slot.is_none() {
            *slot = self.plan.person(number).map(|record| Facts::of(&record));
        }
        *slot
    }

    /// One of a range; the first ones come up more often, as a few do most of the work everywhere.
    pub fn draw(random: &mut Random, of: &RangeInclusive<u64>) -> u64 {
        let count = of.end() + 1 - of.start();
        let part = random.below(1 << 16);
        let mut share = (part * part) >> 16;
        if random.below(2) == 0 {
            share = (share * part) >> 16;
        }
        of.start() + ((count * share) >> 16)
    }
}
