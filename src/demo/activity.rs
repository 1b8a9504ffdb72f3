//! The activities: what stands on the card of each.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::Datelike;

use crate::demo::class::Class;
use crate::demo::material::leagues;
use crate::demo::random::Random;
use crate::demo::schedule::{Slot, slots};
use crate::demo::title::title;
use crate::demo::{MARK, Plan};
use crate::domain::kind::{Kind, YEAR};
use crate::domain::record::Record;
use crate::domain::value::Fields;

/// All activities, in the order of their days.
pub fn all(plan: &Plan) -> impl Iterator<Item = Record> + Send + '_ {
    let mut nth_of_year: BTreeMap<i32, u64> = BTreeMap::new();
    slots(plan).into_iter().enumerate().map(move |(at, slot)| {
        let nth = nth_of_year.entry(slot.day.year()).or_default();
        *nth += 1;
        let number = u64::from(slot.day.year().unsigned_abs()) * YEAR + *nth;
        record(plan, at as u64, number, &slot)
    })
}

fn record(plan: &Plan, at: u64, number: u64, slot: &Slot) -> Record {
    let mut random = Random::of("activity", at);
    let mut record = Record::new(Kind::Activity, number, Fields::new());
    record.rev = 1;
    if let Some(team) = slot.team.and_then(|at| plan.teams.get(at)) {
        let place = match team.class {
            Class::Top | Class::Society | Class::Discipline => {
                let league = random.at(leagues().iter().map(|row| row.share));
                plan.county(league, &mut random)
            }
            Class::League => plan.county(team.league, &mut random),
            _ => team.place,
        };
        record.set("title", title(&mut random, team, place, slot.day).into());
        record.set("org", team.record.code().to_string().into());
        record.set("area", place.map_or("", |place| place.code).into());
    }
    let off = random.below(100) < 4 && !slot.sure;
    let state = match slot.day.cmp(&plan.today) {
        _ if off => "取消",
        Ordering::Greater => "草拟",
        Ordering::Equal => "进行",
        Ordering::Less => "结项",
    };
    let day = slot.day.to_string();
    record.set("day", day.clone().into());
    record.set("until", day.clone().into());
    record.set("days", vec![day].into());
    record.set("status", state.into());
    record.set("note", MARK.into());
    record
}
