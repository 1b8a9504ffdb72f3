//! Matching: who fits a need, or could take somebody's place in an activity.
//!
//! The index names a bounded number of people by skill and place; only these are read from the store
//! and judged by time, age, health, training and load.

use std::collections::HashSet;

use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::Refusal;
use crate::domain::world::World;
use crate::protocol::work::Match;
use crate::protocol::{MOST_ROWS, Who};
use crate::search::{Fit, Query, Scope, TermId};
use crate::service::{Service, permit, reading, today};

mod busy;
mod person;
mod team;
mod wish;

use person::Judge;
use wish::Wish;

/// So many people are read from the store and judged at most.
const READ: usize = 400;

/// States of somebody who may be asked.
const STATES: [&str; 2] = ["在册", "待核"];

impl Service {
    /// Who fits a need or an activity, the best first; what was answered already stands beside each.
    pub fn matching(&self, who: &Who, code: Code, limit: usize) -> Result<Vec<Match>, Refusal> {
        let record = self.reached(who, code)?;
        if !permit::may(&who.roles, "read", Some(Kind::Volunteer)) {
            return Err(permit::denied(who));
        }
        let _turn = self.gate.pass();
        let reader = self.reader()?;
        let wish = Wish::of(record, &reader);
        let limit = limit.clamp(1, MOST_ROWS);
        let teams = match code.kind {
            Kind::Need => self.teams(who, &wish, limit / 4, &reader),
            _ => Vec::new(),
        };
        let people = self.people(who, &wish, limit, &reader);
        let mut people = shortened(people, limit.saturating_sub(teams.len()));
        people.extend(teams);
        Ok(people)
    }

    /// The volunteers, in their order.
    fn people(&self, who: &Who, wish: &Wish, limit: usize, world: &dyn World) -> Vec<Match> {
        let fitting = {
            let desk = reading(&self.desk);
            let permit = desk.tree.permit(who);
            let must = wish.languages(&desk.index);
            let (wishes, near) = (wish.skills(&desk.index), wish.near(&desk.index));
            desk.index.fitting(&Fit {
                query: query(permit.as_ref(), &must),
                wishes: &wishes,
                near: &near,
                most: READ.max(limit * 2),
                turn: wish.turn(),
            })
        };
        let mut seen = HashSet::new();
        let answered = wish.answers.keys().copied();
        let codes = answered.chain(fitting.into_iter().filter_map(Code::from_id));
        let codes = codes.filter(|code| seen.insert(*code));
        let records: Vec<_> = codes.filter_map(|code| world.record(code)).collect();
        let mut judge = Judge::new(wish, world, today());
        let mut judged: Vec<_> = records
            .iter()
            .filter(|record| STATES.contains(&record.status()))
            .filter_map(|record| judge.judge(record))
            .collect();
        judged.sort_by(|one, other| one.key.cmp(&other.key));
        let desk = reading(&self.desk);
        let judged = judged.iter().filter(|one| desk.sees(who, one.record));
        let activity = |code| world.record(code);
        let rows = judged.map(|one| one.row(&desk, who, activity));
        rows.collect()
    }
}

/// The volunteers among whom is chosen.
fn query<'a>(permit: Option<&'a Scope>, must: &'a [Vec<TermId>]) -> Query<'a> {
    let all = Kind::Volunteer.spec().states.iter().zip(0..);
    let states = all.filter(|(state, _)| STATES.contains(&state.name.zh));
    Query {
        kinds: 1 << Kind::Volunteer.bit(),
        permit,
        states: Some(states.fold(0, |bits, (_, nth)| bits | 1 << nth)),
        terms: must,
        ..Query::default()
    }
}

/// The first rows that there is room for; who was asked already keeps up to half of it.
fn shortened(rows: Vec<Match>, room: usize) -> Vec<Match> {
    let asked = rows.iter().filter(|row| row.asked.is_some()).count();
    let mut free = room - asked.min(room / 2);
    let mut rows = rows;
    rows.retain(|row| {
        let stays = row.asked.is_some() || free > 0;
        free -= usize::from(row.asked.is_none() && stays);
        stays
    });
    rows.truncate(room);
    rows
}
