//! Which days are worked on: weekends, statutory holidays, and the weekend days worked for them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::domain::said::{Said, Text, t};
use crate::domain::workday_whole::unsound;
use crate::say;

/// What kind of day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Monday to Friday.
    Work,
    /// A day of a weekend that is worked on: 调休上班.
    MadeUp,
    /// Saturday or Sunday.
    Weekend,
    /// A day off for a statutory holiday, whatever day of the week.
    Holiday,
}

impl Kind {
    /// Whether nobody works.
    pub const fn rests(self) -> bool {
        matches!(self, Kind::Weekend | Kind::Holiday)
    }
}

/// What is known about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day<'a> {
    /// What kind of day it is.
    pub kind: Kind,
    /// The holiday: its own, or the one that it is worked for.
    pub name: Option<&'a Said>,
    /// Whether the holidays of its year are known; if not, only weekends count.
    pub known: bool,
}

/// The names of the holidays; another name stands as it is in both languages.
pub(super) const NAMES: &[Text] = &[
    t("元旦", "New Year"),
    t("春节", "Spring Festival"),
    t("清明节", "Qingming"),
    t("劳动节", "Labour Day"),
    t("端午节", "Dragon Boat"),
    t("中秋节", "Mid-Autumn"),
    t("国庆节", "National Day"),
];

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) year: i32,
    pub(super) name: Said,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    pub(super) worked: Vec<NaiveDate>,
}

/// The days off and the days worked for them, of every year that is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calendar {
    rows: Vec<Row>,
    days: BTreeMap<NaiveDate, (Kind, usize)>,
}

static SHIPPED: LazyLock<Calendar> = LazyLock::new(|| {
    let empty = Calendar::default();
    empty
        .with(include_str!("data/holidays.csv"))
        .unwrap_or(empty)
});

impl Calendar {
    /// The years that come with the program.
    pub fn shipped() -> &'static Calendar {
        &SHIPPED
    }

    /// This calendar with further years, one line a holiday: `year,name,from,to,worked worked`.
    ///
    /// A year that is here already is replaced, because a notice may be amended.
    pub fn with(&self, text: &str) -> Result<Calendar, Said> {
        let added: Vec<Row> = lines(text)?.into_iter().map(|(_, row)| row).collect();
        let mut rows = self.rows.clone();
        rows.retain(|row| added.iter().all(|new| new.year != row.year));
        rows.extend(added);
        let mut days = BTreeMap::new();
        for (nth, row) in rows.iter().enumerate() {
            let off = row.from.iter_days().take_while(|day| *day <= row.to);
            days.extend(off.map(|day| (day, (Kind::Holiday, nth))));
            days.extend(row.worked.iter().map(|day| (*day, (Kind::MadeUp, nth))));
        }
        Ok(Calendar { rows, days })
    }

    /// What is kept of the years that the department added: those of `old` that `new` does not replace, then `new`.
    ///
    /// A line that is not understood is refused, and so is a text without any, or with a part of a year.
    pub fn learnt(&self, old: &str, new: &str) -> Result<(String, Vec<i32>), Said> {
        let year = |line: &str| {
            line.split(',')
                .next()
                .and_then(|year| year.trim().parse().ok())
        };
        let said = |line: &&str| !passed_over(line);
        let rows = lines(new)?;
        let mut years: Vec<i32> = rows.iter().map(|(_, row)| row.year).collect();
        years.sort_unstable();
        years.dedup();
        if years.is_empty() {
            return Err(say!(
                "文件里没有一行放假安排",
                "the file has no line with a holiday"
            ));
        }
        if let Some(wrong) = unsound(&rows) {
            return Err(wrong);
        }
        let kept = old.lines().filter(said);
        let kept = kept.filter(|line| year(line).is_none_or(|year| !years.contains(&year)));
        let lines: Vec<&str> = kept
            .chain(new.lines().filter(said))
            .map(str::trim)
            .collect();
        Ok((lines.join("\n"), years))
    }

    /// Whether the holidays of a year are known.
    pub fn knows(&self, year: i32) -> bool {
        self.rows.iter().any(|row| row.year == year)
    }

    /// What is known about a day.
    pub fn day(&self, day: NaiveDate) -> Day<'_> {
        let row = self.days.get(&day).and_then(|(_, nth)| self.rows.get(*nth));
        Day {
            kind: self.kind(day),
            name: row.map(|row| &row.name),
            known: row.is_some() || self.knows(day.year()),
        }
    }

    /// What kind of day it is.
    pub fn kind(&self, day: NaiveDate) -> Kind {
        match self.days.get(&day) {
            Some((kind, _)) => *kind,
            None if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) => Kind::Weekend,
            None => Kind::Work,
        }
    }

    /// Whether a day is worked on.
    pub fn is_workday(&self, day: NaiveDate) -> bool {
        !self.kind(day).rests()
    }

    /// The working day so many after a day, which itself is not counted.
    pub fn add_workdays(&self, from: NaiveDate, count: u16) -> NaiveDate {
        let mut after = from.iter_days().skip(1).filter(|day| self.is_workday(*day));
        match count.checked_sub(1) {
            None => from,
            Some(before) => after.nth(before.into()).unwrap_or(NaiveDate::MAX),
        }
    }

    /// How many working days lie behind the first day, up to and with the second; negative backwards.
    pub fn workdays_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.workdays_between(to, from);
        }
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        days.map(|day| i64::from(self.is_workday(day))).sum()
    }
}

/// The lines that hold a holiday, each with its number.
fn lines(text: &str) -> Result<Vec<(usize, Row)>, Said> {
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !passed_over(line));
    let rows = lines.map(|(nth, line)| {
        let nth = nth + 1;
        let row = read(line).ok_or_else(|| {
            say!(
                "第 {nth} 行读不懂，写法如 2026,元旦,2026-01-01,2026-01-03,2026-01-04",
                "line {nth} is not understood; write it as 2026,元旦,2026-01-01,2026-01-03,2026-01-04"
            )
        })?;
        Ok((nth, row))
    });
    rows.collect()
}

/// A line that holds no holiday: empty, a remark, the heading.
fn passed_over(line: &str) -> bool {
    let line = line.trim().trim_start_matches('\u{feff}');
    line.is_empty() || line.starts_with('#') || line.starts_with("year,")
}

fn read(line: &str) -> Option<Row> {
    let mut cells = line.split(',').map(str::trim);
    let year = cells.next()?.parse().ok()?;
    let name = cells.next().filter(|name| !name.is_empty())?;
    let known = NAMES.iter().find(|known| known.zh == name);
    let row = Row {
        year,
        name: known.map_or_else(|| say!("{name}", "{name}"), Text::said),
        from: cells.next()?.parse().ok()?,
        to: cells.next()?.parse().ok()?,
        worked: cells
            .next()
            .unwrap_or("")
            .split_whitespace()
            .map(|day| day.parse().ok())
            .collect::<Option<_>>()?,
    };
    // A slip of the pen would empty the calendar: a break of more than three weeks is none.
    let length = (row.to - row.from).num_days();
    let near = (year - 1..=year).contains(&row.from.year()) && row.to.year() == year;
    let weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let sound = (0..21).contains(&length) && near && row.worked.iter().all(weekend);
    (sound && cells.next().is_none()).then_some(row)
}
