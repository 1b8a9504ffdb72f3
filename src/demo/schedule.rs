//! When teams act: three years by the months of the plan, and what is planned for the next weeks.

use chrono::{Datelike, Duration, Months, NaiveDate};

use crate::demo::Plan;
use crate::demo::class::Class;
use crate::demo::planted::Defect;
use crate::demo::random::Random;
use crate::demo::team::Team;
use crate::domain::workday::Calendar;

/// Activities by month, in ten thousand.
const MONTHS: [u64; 12] = [
    350, 300, 1150, 850, 1750, 1000, 700, 650, 1800, 650, 400, 400,
];

/// Since how many days a team without activities did nothing (D25): more than twelve months.
const IDLE_DAYS: i64 = 400;

/// Within how many days every other team did something.
const LIVELY_DAYS: i64 = 350;

/// A day on which something happens, the team that does it, and whether it may be called off.
pub struct Slot {
    /// The day.
    pub day: NaiveDate,
    /// The place of the team among all.
    pub team: Option<usize>,
    /// Whether it takes place for certain.
    pub sure: bool,
}

/// All of them, in the order of their days.
pub fn slots(plan: &Plan) -> Vec<Slot> {
    let days = (0..plan.size.deeds.activities).map(|at| day(at as u64, plan.today));
    let mut slots: Vec<Slot> = days
        .map(|day| Slot {
            day,
            team: None,
            sure: false,
        })
        .collect();
    slots.sort_by_key(|slot| slot.day);
    keep_alive(plan, &mut slots);
    let drawn = Drawn::of(&plan.teams);
    for (at, slot) in slots.iter_mut().enumerate() {
        if slot.team.is_none() {
            let mut random = Random::of("activity-team", at as u64);
            let team = (0..12).find_map(|_| {
                drawn
                    .pick(&mut random)
                    .filter(|team| acts(plan, *team, slot.day))
            });
            slot.team = Some(team.unwrap_or(0));
        }
    }
    slots
}

/// One in so many lies ahead, within a month.
const AHEAD: u64 = 40;

/// These are of today, so that something is always under way.
const TODAY: [u64; 2] = [77, 177];

/// The others keep the shares of the months, and two days of three are worked on.
fn day(at: u64, today: NaiveDate) -> NaiveDate {
    let mut random = Random::of("activity-day", at);
    if TODAY.contains(&at) {
        return today;
    }
    if at % AHEAD == AHEAD / 2 {
        return today + Duration::days(1 + random.below(30) as i64);
    }
    let month = random.at(MONTHS.into_iter()) as u32 + 1;
    let passed = i32::from(month > today.month());
    let year = today.year() - passed - random.below(3) as i32;
    let work = random.below(100) < 68;
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(today);
    let days = (first + Months::new(1) - first).num_days() as u64;
    let mut day = first;
    for _ in 0..32 {
        day = first + Duration::days(random.below(days) as i64);
        if Calendar::shipped().is_workday(day) == work {
            break;
        }
    }
    if day > today {
        day = day - Months::new(36);
    }
    day
}

fn since(team: &Team) -> Option<NaiveDate> {
    team.record.day("founded_on")
}

fn acts(plan: &Plan, team: usize, day: NaiveDate) -> bool {
    plan.teams.get(team).is_some_and(|team| {
        let idle = team.has(Defect::Idle) && day > plan.today - Duration::days(IDLE_DAYS);
        !idle && since(team).is_some_and(|since| since <= day)
    })
}

/// Gives every team but the idle ones a day within the last year that is not called off, the youngest first.
fn keep_alive(plan: &Plan, slots: &mut [Slot]) {
    let start = plan.today - Duration::days(LIVELY_DAYS);
    let year = NaiveDate::from_ymd_opt(plan.today.year(), 1, 1).unwrap_or(start);
    let mut lively: Vec<(NaiveDate, usize)> = plan
        .teams
        .iter()
        .enumerate()
        .filter(|(_, team)| !team.has(Defect::Idle))
        .filter_map(|(at, team)| {
            let from = since(team)?.max(start);
            // The regional team is asked for something within the calendar year.
            let from = if team.class == Class::Top {
                from.max(year)
            } else {
                from
            };
            Some((from, at))
        })
        .collect();
    lively.sort_by(|one, other| other.cmp(one));
    let end = slots.partition_point(|slot| slot.day < plan.today);
    for (from, at) in lively {
        let begin = slots.partition_point(|slot| slot.day < from);
        let width = end.saturating_sub(begin);
        let first = Random::of("lively", at as u64).below(width as u64) as usize;
        let free = (0..width)
            .map(|step| begin + (first + step) % width)
            .find(|at| slots.get(*at).is_some_and(|slot| slot.team.is_none()));
        if let Some(slot) = free.and_then(|at| slots.get_mut(at)) {
            slot.team = Some(at);
            slot.sure = true;
        }
    }
}

/// Teams drawn by how busy their class is.
struct Drawn {
    upto: Vec<(u64, usize)>,
}

impl Drawn {
    fn of(teams: &[Team]) -> Drawn {
        let mut sum = 0;
        let founded = teams.iter().enumerate().filter(|(_, team)| team.founded);
        let upto = founded.map(|(at, team)| {
            sum += team.class.row().busy;
            (sum, at)
        });
        Drawn {
            upto: upto.collect(),
        }
    }

    fn pick(&self, random: &mut Random) -> Option<usize> {
        let sum = self.upto.last()?.0;
        let at = random.below(sum);
        let place = self.upto.partition_point(|(upto, _)| *upto <= at);
        self.upto.get(place).map(|row| row.1)
    }
}
