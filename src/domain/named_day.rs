//! Days of the work: what the regulation names in article 12, and when it is.

use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::domain::said::Said;

/// Which day of its month it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Day(u32),
    /// The nth of a day of the week, and so many days on.
    Nth(Weekday, u8, u64),
}

/// A day of the work, or a week or month that begins on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDay {
    /// What it is called.
    pub name: Said,
    month: u32,
    rule: Rule,
    /// How many days it lasts.
    pub days: u64,
    /// The first year of it.
    pub since: i32,
    /// Whether the day is fixed; otherwise each year's notice decides, and this is what is usual.
    pub fixed: bool,
    /// Who says so.
    pub source: &'static str,
}

static NAMED: LazyLock<Vec<NamedDay>> = LazyLock::new(|| {
    let lines = include_str!("data/named_days.csv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(read).collect()
});

/// All of them, those of article 12 (4) first.
pub fn named_days() -> &'static [NamedDay] {
    &NAMED
}

/// Those that a day belongs to, and whether it is their first day.
pub fn named_on(day: NaiveDate) -> impl Iterator<Item = (&'static NamedDay, bool)> {
    NAMED.iter().filter_map(move |named| {
        let first = named.first(day.year())?;
        let last = first.checked_add_days(Days::new(named.days.saturating_sub(1)))?;
        (first..=last)
            .contains(&day)
            .then_some((named, day == first))
    })
}

impl NamedDay {
    /// Its first day in a year; none before there was such a day.
    pub fn first(&self, year: i32) -> Option<NaiveDate> {
        if year < self.since {
            return None;
        }
        match self.rule {
            Rule::Day(day) => NaiveDate::from_ymd_opt(year, self.month, day),
            Rule::Nth(weekday, nth, on) => {
                NaiveDate::from_weekday_of_month_opt(year, self.month, weekday, nth)?
                    .checked_add_days(Days::new(on))
            }
        }
    }
}

fn read(line: &'static str) -> Option<NamedDay> {
    let mut cells = line.split(',');
    Some(NamedDay {
        name: Said {
            zh: cells.next()?.to_owned(),
            en: cells.next()?.to_owned(),
        },
        month: cells.next()?.parse().ok()?,
        rule: rule(cells.next()?)?,
        days: cells.next()?.parse().ok()?,
        since: cells.next()?.parse().ok()?,
        fixed: cells.next()? == "1",
        source: cells.next()?,
    })
}

fn rule(text: &str) -> Option<Rule> {
    if let Ok(day) = text.parse() {
        return Some(Rule::Day(day));
    }
    let (text, on) = match text.split_once('+') {
        Some((text, on)) => (text, on.parse().ok()?),
        None => (text, 0),
    };
    let weekday = match text.chars().next()? {
        '一' => Weekday::Mon,
        '六' => Weekday::Sat,
        '日' => Weekday::Sun,
        _ => return None,
    };
    let nth = text.get('一'.len_utf8()..)?.parse().ok()?;
    Some(Rule::Nth(weekday, nth, on))
}
