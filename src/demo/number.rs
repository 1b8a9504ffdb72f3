//! Numbers of the kinds whose codes carry the year.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::domain::kind::YEAR;

/// Counts each year from one.
#[derive(Default)]
pub struct Yearly(BTreeMap<i32, u64>);

impl Yearly {
    /// The next number of the year of a day.
    pub fn next(&mut self, day: NaiveDate) -> u64 {
        let nth = self.0.entry(day.year()).or_default();
        *nth += 1;
        u64::from(day.year().unsigned_abs()) * YEAR + *nth
    }
}
