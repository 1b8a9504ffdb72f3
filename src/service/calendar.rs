//! The activities of some days, day by day, through the index of days.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};

use crate::domain::activity::sessions;
use crate::domain::enrolment::takes_part;
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::Span;
use crate::domain::place;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::world::holding;
use crate::protocol::Who;
use crate::protocol::work::{Calendar, CalendarRow};
use crate::say;
use crate::search::Scope;
use crate::service::{Service, reading};

/// The most days that are asked for at once.
const MOST: i64 = 400;

impl Service {
    /// What is on in some days, by day, time and code.
    pub fn calendar(&self, who: &Who, asked: Calendar) -> Result<Vec<CalendarRow>, Refusal> {
        let (from, to) = (asked.from, asked.to);
        if to < from || (to - from).num_days() >= MOST {
            return Err(Refusal::new(
                RefusalKind::Usage,
                say!(
                    "日历要有先后，至多 {MOST} 天：{from} 至 {to}",
                    "a calendar runs forward and over {MOST} days at most: {from} to {to}"
                ),
            ));
        }
        let reader = self.reader()?;
        let desk = reading(&self.desk);
        let within = match asked.within {
            Some(code) if desk.tree.in_scope(who, code) => {
                Some(Scope::of(desk.tree.below(code.number)))
            }
            Some(code) => return Err(Refusal::not_found(&code.to_string())),
            None => None,
        };
        let inside = |record: &Record| {
            let mut owners = record.owners();
            desk.sees(who, record)
                && within
                    .as_ref()
                    .is_none_or(|scope| owners.any(|code| scope.has(code.number as u32)))
        };
        // An activity of many days is read once; one that is not to be seen is kept as none.
        let mut read: BTreeMap<u64, Option<(Record, CalendarRow)>> = BTreeMap::new();
        let mut rows = Vec::new();
        for day in from.iter_days().take_while(|day| *day <= to) {
            let mut today = Vec::new();
            for number in reader.numbers(Kind::Activity, "days", &day.to_string())? {
                let known = match read.entry(number) {
                    std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
                    std::collections::btree_map::Entry::Vacant(free) => {
                        let record = reader.get(Code::new(Kind::Activity, number))?;
                        free.insert(record.filter(inside).map(|record| {
                            let team = record.owners().next();
                            let team = team.map_or("", |code| desk.tree.name(code.number));
                            let row = row(&record, team, taking(&reader, &record));
                            (record, row)
                        }))
                    }
                };
                if let Some((record, row)) = known {
                    today.push(CalendarRow {
                        day,
                        time: time(record, day),
                        ..row.clone()
                    });
                }
            }
            today.sort_by(|one, other| one.time.cmp(&other.time).then(one.code.cmp(&other.code)));
            rows.extend(today);
        }
        Ok(rows)
    }
}

fn taking(reader: &crate::store::reader::Reader, activity: &Record) -> usize {
    let enrolled = holding(reader, Kind::Enrolment, "activity", activity.code());
    enrolled.iter().filter(|one| takes_part(one)).count()
}

fn row(activity: &Record, team: &str, taking: usize) -> CalendarRow {
    let needed = activity.int("needed");
    CalendarRow {
        day: NaiveDate::MIN,
        time: String::new(),
        code: activity.code(),
        title: activity.title().to_owned(),
        team: team.to_owned(),
        area: place::by_code(activity.text("area")).map_or_else(String::new, place::Place::path),
        status: activity.status().to_owned(),
        people: (taking, needed),
    }
}

/// When it is on, on this day: a session that runs over midnight is cut there; empty for the whole day.
fn time(activity: &Record, day: NaiveDate) -> String {
    let start = day.and_time(chrono::NaiveTime::MIN);
    let whole = Span {
        start,
        end: start + Duration::days(1),
    };
    let on = sessions(activity).into_iter();
    let on = on.filter(|span| span.overlaps(&whole) && !span.holds(&whole));
    let said = on.map(|span| {
        let from = span.start.max(whole.start).format("%H:%M");
        match span.end < whole.end {
            true => format!("{from}-{}", span.end.format("%H:%M")),
            false => format!("{from}-24:00"),
        }
    });
    said.collect::<Vec<_>>().join("、")
}
