//! Numbers of the kinds whose codes carry the year.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::demo::random::Random;
use crate::domain::kind::YEAR;

fn year(day: NaiveDate) -> u64 {
    u64::from(day.year().unsigned_abs()) * YEAR
}

/// Counts each year from one.
#[derive(Default)]
pub struct Yearly(BTreeMap<i32, u64>);

impl Yearly {
    /// The next number of the year of a day.
    pub fn next(&mut self, day: NaiveDate) -> u64 {
        let nth = self.0.entry(day.year()).or_default();
        *nth += 1;
        year(day) + *nth
    }
}

/// Draws six digits, as sealed records have them: their numbers tell nobody how many there are.
#[derive(Default)]
pub struct Drawn(BTreeSet<u64>);

impl Drawn {
    /// A number of the year of a day that was not drawn before.
    pub fn next(&mut self, random: &mut Random, day: NaiveDate) -> u64 {
        loop {
            let number = year(day) + 100_000 + random.below(YEAR - 100_000);
            if self.0.insert(number) {
                return number;
            }
        }
    }
}
