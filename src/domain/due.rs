//! Terms in days and in working days, and how they were counted (Civil Code, articles 201 and 203).

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::domain::said::Said;
use crate::domain::workday::{Calendar, Kind};

/// What moves the last day of a term in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roll {
    /// Every day off, weekends among them: the usual practice.
    Rest,
    /// Statutory holidays alone: the bare words of article 203.
    Holiday,
    /// Nothing.
    Never,
}

/// What a term is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Working days.
    Workdays,
    /// Days of the calendar.
    Days(Roll),
    /// Hours from the moment itself, until this one.
    Hours(NaiveDateTime),
}

/// A run of days that did not count, or on which the term could not end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The first of them.
    pub from: NaiveDate,
    /// The last of them.
    pub to: NaiveDate,
    /// How many.
    pub days: u16,
    /// The holiday.
    pub name: Said,
}

/// When a term ends, and why then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The day that set it going, not counted itself.
    pub from: NaiveDate,
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: Unit,
    /// The first day counted.
    pub first: NaiveDate,
    /// The last day counted.
    pub end: NaiveDate,
    /// The last day on which the thing is still in time.
    pub day: NaiveDate,
    /// Holidays that were not counted as working days.
    pub holidays: Vec<Skipped>,
    /// Days of plain weekends that were not counted as working days.
    pub weekend: u16,
    /// Days of weekends that were worked on and counted.
    pub made_up: Vec<NaiveDate>,
    /// Years touched whose holidays are not known.
    pub unknown: Vec<i32>,
    /// What the last counted day is, where the end moved on.
    pub rest: Option<Said>,
}

impl Due {
    /// Whether it is an estimate: the holidays of a year that it depends on are not known.
    pub fn estimated(&self) -> bool {
        !self.unknown.is_empty()
    }
}

impl Calendar {
    /// The last day counted of a term, and the last day on which the thing is still in time.
    pub fn last(&self, from: NaiveDate, count: u16, unit: Unit) -> (NaiveDate, NaiveDate) {
        let end = match unit {
            Unit::Workdays => self.add_workdays(from, count),
            Unit::Days(_) => from
                .checked_add_days(chrono::Days::new(count.into()))
                .unwrap_or(NaiveDate::MAX),
            Unit::Hours(until) => until.date(),
        };
        let moves = |day: &NaiveDate| match (unit, self.kind(*day)) {
            (Unit::Days(Roll::Rest), kind) => kind.rests(),
            (Unit::Days(Roll::Holiday), kind) => kind == Kind::Holiday,
            _ => false,
        };
        let day = end.iter_days().find(|day| !moves(day)).unwrap_or(end);
        (end, day)
    }

    /// When a term ends that a day sets going.
    pub fn due(&self, from: NaiveDate, count: u16, unit: Unit) -> Due {
        let (end, day) = self.last(from, count, unit);
        let mut due = Due {
            from,
            count,
            unit,
            first: match unit {
                Unit::Workdays => self.add_workdays(from, 1),
                Unit::Days(_) => from.succ_opt().unwrap_or(from),
                Unit::Hours(_) => from,
            },
            end,
            day,
            holidays: Vec::new(),
            weekend: 0,
            made_up: Vec::new(),
            unknown: Vec::new(),
            rest: (day != end).then(|| self.rest(end)),
        };
        self.walk(&mut due);
        due
    }

    fn walk(&self, due: &mut Due) {
        let last = due.day;
        for day in due.from.iter_days().skip(1).take_while(|day| *day <= last) {
            let about = self.day(day);
            // Of a term in days only the end can fall on a holiday.
            let matters = match due.unit {
                Unit::Workdays => true,
                Unit::Days(Roll::Never) | Unit::Hours(_) => false,
                Unit::Days(_) => day >= due.end,
            };
            if matters && !about.known && !due.unknown.contains(&day.year()) {
                due.unknown.push(day.year());
            }
            match about.kind {
                _ if due.unit != Unit::Workdays => {}
                Kind::Holiday => skip(&mut due.holidays, day, about.name),
                Kind::Weekend => due.weekend += 1,
                Kind::MadeUp => due.made_up.push(day),
                Kind::Work => {}
            }
        }
    }

    fn rest(&self, day: NaiveDate) -> Said {
        match self.day(day).name {
            Some(name) => name.clone(),
            None => weekday(day),
        }
    }
}

fn skip(runs: &mut Vec<Skipped>, day: NaiveDate, name: Option<&Said>) {
    let name = name.cloned().unwrap_or_default();
    match runs.last_mut() {
        Some(run) if run.to.succ_opt() == Some(day) => {
            run.to = day;
            run.days += 1;
            if !run.name.zh.contains(&name.zh) {
                let (old, new) = (&run.name, &name);
                run.name = Said {
                    zh: format!("{}、{}", old.zh, new.zh),
                    en: format!("{}, {}", old.en, new.en),
                };
            }
        }
        _ => runs.push(Skipped {
            from: day,
            to: day,
            days: 1,
            name,
        }),
    }
}

fn weekday(day: NaiveDate) -> Said {
    let at = day.weekday().num_days_from_monday() as usize;
    let zh = ["一", "二", "三", "四", "五", "六", "日"].get(at);
    Said {
        zh: format!("周{}", zh.unwrap_or(&"")),
        en: day.weekday().to_string(),
    }
}
