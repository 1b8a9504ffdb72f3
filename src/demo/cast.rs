//! Who is asked for which activity: nobody for two at a time, nobody before joining, no minor alone or in danger.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveDateTime};

use crate::demo::act::Act;
use crate::demo::people::People;
use crate::demo::random::Random;
use crate::demo::{Plan, answer};

/// An enrolment.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    /// The number of the volunteer.
    pub person: u64,
    /// Its state.
    pub answer: &'static str,
}

/// What is to be so about the service record of an enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// One confirmed record over the whole activity.
    Whole,
    /// D23: one that is longer than the activity.
    Long,
}

/// All enrolments, in the order of the activities.
#[derive(Default)]
pub struct Cast {
    /// They themselves; the first has number 1.
    pub seats: Vec<Seat>,
    /// What is marked, by their places.
    pub marks: BTreeMap<usize, Mark>,
}

/// Gives the activities their people: as many in all as the size has.
pub fn cast(plan: &Plan, acts: &mut [Act], people: &mut People) -> Cast {
    let sum: u64 = acts.iter().map(weight).sum();
    let total = plan.size.deeds.enrolments as u64;
    let mut free = Free {
        until: vec![NaiveDateTime::MIN; people.count() as usize],
    };
    let (mut seats, mut upto) = (Vec::new(), 0);
    for act in acts {
        let before = upto * total / sum.max(1);
        upto += weight(act);
        let want = (upto * total / sum.max(1) - before) as usize;
        act.needed = (want * 9 / 10).max(1);
        let first = seats.len();
        let mut random = Random::of("cast", act.at as u64);
        let pools = pools(plan, act);
        for nth in 0..want {
            let Some(person) = free.find(act, &pools, people, &mut random) else {
                break;
            };
            let answer = answer::state(act, nth, &mut random);
            seats.push(Seat { person, answer });
        }
        act.seats = first..seats.len();
    }
    Cast {
        seats,
        marks: BTreeMap::new(),
    }
}

/// Nobody is asked for what is not decided yet, but the few who are planned.
fn weight(act: &Act) -> u64 {
    match act.state {
        "草拟" | "待批" => act.weight.div_ceil(3),
        _ => act.weight,
    }
}

/// Where its people come from, with how often each is tried: the team, the one above it, everywhere.
fn pools(plan: &Plan, act: &Act) -> Vec<(RangeInclusive<u64>, u32)> {
    let of = |at: usize| plan.teams.get(at).map(|team| team.numbers());
    let parent = plan
        .teams
        .get(act.team)
        .and_then(|team| team.record.refs("parent").next());
    let above = parent.and_then(|code| of((code.number as usize).checked_sub(1)?));
    let own = of(act.team).map(|pool| (pool, 16));
    let above = above.map(|pool| (pool, 8));
    let pools = own.into_iter().chain(above);
    pools.filter(|(pool, _)| !pool.is_empty()).collect()
}

/// Until when everybody is taken.
struct Free {
    until: Vec<NaiveDateTime>,
}

/// How many are tried anywhere before everybody is, one after another.
const ANYWHERE: u32 = 64;

impl Free {
    fn find(
        &mut self,
        act: &Act,
        pools: &[(RangeInclusive<u64>, u32)],
        people: &mut People,
        random: &mut Random,
    ) -> Option<u64> {
        for (pool, tries) in pools {
            for _ in 0..*tries {
                let person = People::draw(random, pool);
                if self.takes(act, person, people) {
                    return Some(person);
                }
            }
        }
        let count = people.count();
        let tried = (0..ANYWHERE).find_map(|_| {
            let person = 1 + random.below(count);
            self.takes(act, person, people).then_some(person)
        });
        tried.or_else(|| (1..=count).find(|person| self.takes(act, *person, people)))
    }

    /// Takes somebody who is free and fit.
    fn takes(&mut self, act: &Act, person: u64, people: &mut People) -> bool {
        let (Some(whole), Some(until)) = (act.whole(), self.until.get_mut(person as usize - 1))
        else {
            return false;
        };
        if *until > whole.start {
            return false;
        }
        let day: NaiveDate = act.day();
        let may = people
            .facts(person)
            .is_some_and(|facts| facts.may(day, !act.risks.is_empty()));
        if may {
            *until = whole.end;
        }
        may
    }
}
