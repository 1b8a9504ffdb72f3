//! One month of the calendar as plain data, before it is drawn.

use chrono::{Datelike, NaiveDate};

use crate::domain::named_day::named_on;
use crate::domain::said::Lang;
use crate::domain::workday::{Calendar, Kind};

/// One thing on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the day shows of it.
    pub text: String,
    /// Whether something is still in its way: drawn with `!`.
    pub alarm: bool,
}

/// One day of the month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCell {
    /// The day.
    pub day: NaiveDate,
    /// Whether it is worked on.
    pub kind: Kind,
    /// The holiday, and the days of the work that begin or last a few days.
    pub label: String,
    /// What happens.
    pub entries: Vec<Entry>,
    /// Whether it is today.
    pub today: bool,
    /// Whether the cursor is on it.
    pub chosen: bool,
}

/// One month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// The month, from 1.
    pub month: u32,
    /// Its days in their order.
    pub days: Vec<DayCell>,
    /// Whether the year's holidays are not known.
    pub unknown_year: bool,
}

impl Month {
    /// The month of the chosen day, still without entries.
    pub fn of(calendar: &Calendar, chosen: NaiveDate, today: NaiveDate, lang: Lang) -> Month {
        let (year, month) = (chosen.year(), chosen.month());
        let first = chosen.with_day(1).unwrap_or(chosen);
        let days = first.iter_days().take_while(|day| day.month() == month);
        let cell = |day: NaiveDate| DayCell {
            day,
            kind: calendar.kind(day),
            label: label(calendar, day, lang),
            entries: Vec::new(),
            today: day == today,
            chosen: day == chosen,
        };
        Month {
            year,
            month,
            days: days.map(cell).collect(),
            unknown_year: !calendar.knows(year),
        }
    }

    /// Puts something on a day; days of other months are passed over.
    pub fn put(&mut self, day: NaiveDate, text: String, alarm: bool) {
        if let Some(cell) = self.days.iter_mut().find(|cell| cell.day == day) {
            cell.entries.push(Entry { text, alarm });
        }
    }

    /// How many days of its first week lie before it.
    pub fn offset(&self) -> usize {
        self.days
            .first()
            .map_or(0, |cell| cell.day.weekday().num_days_from_monday() as usize)
    }

    /// How many weeks it touches.
    pub fn weeks(&self) -> usize {
        (self.offset() + self.days.len()).div_ceil(7)
    }

    /// The day in a week and a column from Monday.
    pub fn at(&self, week: usize, column: usize) -> Option<&DayCell> {
        self.days
            .get((week * 7 + column).checked_sub(self.offset())?)
    }
}

/// A week or a month of the work is named on its first day alone; a made-up day by its glyph alone.
fn label(calendar: &Calendar, day: NaiveDate, lang: Lang) -> String {
    let about = calendar.day(day);
    let holiday = about.name.filter(|_| about.kind == Kind::Holiday);
    let named = named_on(day)
        .filter(|(named, first)| *first || named.days <= 3)
        .map(|(named, _)| match (named.fixed, lang) {
            (true, _) => named.name.get(lang).to_owned(),
            // Each year's notice decides.
            (false, Lang::Zh) => format!("约{}", named.name.zh),
            (false, Lang::En) => format!("about {}", named.name.en),
        });
    let holiday = holiday.map(|name| name.get(lang).to_owned());
    let names: Vec<String> = holiday.into_iter().chain(named).collect();
    names.join(" ")
}
