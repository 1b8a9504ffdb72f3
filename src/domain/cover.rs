//! 保障: whether each participant is insured for every minute of an activity, and told of the danger before.

use std::collections::HashMap;

use chrono::NaiveDateTime;

use crate::domain::activity::sessions;
use crate::domain::enrolment::TAKES_PART;
use crate::domain::insurance::ACCIDENT;
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::{Span, begins, ends};
use crate::domain::record::Record;
use crate::domain::world::{World, holding};

/// A policy as far as covering goes.
struct Policy {
    from: NaiveDateTime,
    to: NaiveDateTime,
    covers: Vec<Code>,
}

/// What insures people in one activity.
pub struct Cover {
    spans: Vec<Span>,
    policies: Vec<Policy>,
    /// The enrolments, in any state.
    pub enrolled: Vec<Record>,
    /// Everybody enrolled, with their teams and those above them.
    people: HashMap<Code, (Record, Vec<Code>)>,
}

/// One participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The enrolment.
    pub enrolment: Code,
    /// The volunteer.
    pub volunteer: Code,
    /// The stretches of the activity during which nobody insures them.
    pub holes: Vec<Span>,
    /// Whether they were told of the danger before it begins.
    pub told: bool,
}

impl Cover {
    /// The cover of an activity.
    pub fn of(world: &dyn World, activity: &Record) -> Cover {
        let enrolled = holding(world, Kind::Enrolment, "activity", activity.code());
        // Policies that name a participant or a team of theirs, each read once.
        let mut named: Vec<Code> = Vec::new();
        let (mut all, mut above) = (HashMap::new(), HashMap::new());
        for enrolment in &enrolled {
            for code in enrolment.refs("volunteer") {
                named.push(code);
                if let Some(person) = world.record(code) {
                    let homes = homes(world, &person, &mut above);
                    named.extend(&homes);
                    all.insert(code, (person, homes));
                }
            }
        }
        named.sort_unstable();
        named.dedup();
        let policy = |field, code: Code| world.equal(Kind::Insurance, field, &code.to_string());
        let mut numbers = policy("activity", activity.code());
        numbers.extend(named.into_iter().flat_map(|code| policy("covers", code)));
        // A policy for hundreds is read once, not once for each of them.
        numbers.sort_unstable();
        numbers.dedup();
        let found = numbers
            .into_iter()
            .filter_map(|number| world.record(Code::new(Kind::Insurance, number)));
        let mine = |policy: &Record| {
            let mut only = policy.refs("activity");
            policy.live()
                && policy.text("kind") == ACCIDENT
                && only.next().is_none_or(|code| code == activity.code())
        };
        let policies = found.filter(mine);
        let policies = policies.filter_map(|policy| {
            Some(Policy {
                from: begins(policy.text("from"))?,
                to: ends(policy.text("to"))?,
                covers: policy.refs("covers").collect(),
            })
        });
        Cover {
            spans: sessions(activity),
            policies: policies.collect(),
            enrolled,
            people: all,
        }
    }

    /// Somebody who is enrolled.
    pub fn person(&self, volunteer: Code) -> Option<&Record> {
        self.people.get(&volunteer).map(|(person, _)| person)
    }

    /// The stretches of the activity during which a volunteer is not insured.
    pub fn holes(&self, world: &dyn World, volunteer: Code) -> Vec<Span> {
        let unknown;
        let homes: &[Code] = match self.people.get(&volunteer) {
            Some((_, homes)) => homes,
            None => {
                let person = world.record(volunteer);
                unknown = person.map(|person| homes(world, &person, &mut HashMap::new()));
                unknown.as_deref().unwrap_or(&[])
            }
        };
        let mut covered: Vec<Span> = self
            .policies
            .iter()
            .filter(|policy| {
                policy.covers.is_empty()
                    || policy.covers.contains(&volunteer)
                    || policy.covers.iter().any(|code| homes.contains(code))
            })
            .map(|policy| Span {
                start: policy.from,
                end: policy.to,
            })
            .collect();
        covered.sort_unstable();
        self.spans
            .iter()
            .flat_map(|span| open(*span, &covered))
            .collect()
    }
}

/// What of a stretch none of the covered ones covers; those are sorted by their start.
fn open(span: Span, covered: &[Span]) -> Vec<Span> {
    let mut holes = Vec::new();
    let mut at = span.start;
    for cover in covered.iter().filter(|cover| cover.overlaps(&span)) {
        if at < cover.start {
            holes.push(Span {
                start: at,
                end: cover.start,
            });
        }
        at = at.max(cover.end);
    }
    if at < span.end {
        holes.push(Span {
            start: at,
            end: span.end,
        });
    }
    holes
}

/// The teams of a volunteer, and those above them; many people share what stands above their team.
fn homes(world: &dyn World, volunteer: &Record, above: &mut HashMap<Code, Vec<Code>>) -> Vec<Code> {
    let mut homes: Vec<Code> = Vec::new();
    for team in volunteer.refs("teams") {
        let chain = above.entry(team).or_insert_with(|| chain(world, team));
        for code in chain.iter() {
            if !homes.contains(code) {
                homes.push(*code);
            }
        }
    }
    homes
}

/// A team and those above it.
fn chain(world: &dyn World, team: Code) -> Vec<Code> {
    let mut chain: Vec<Code> = Vec::new();
    let mut up = Some(team);
    while let Some(code) = up.filter(|code| !chain.contains(code) && chain.len() < 64) {
        chain.push(code);
        up = world
            .record(code)
            .and_then(|team| team.refs("parent").next());
    }
    chain
}

/// Whether an enrolment says that the danger was told before the activity begins.
pub fn told_before(enrolment: &Record, spans: &[Span]) -> bool {
    let told = begins(enrolment.text("told_on"));
    told.is_some_and(|told| spans.first().is_none_or(|first| told < first.start))
}

/// Everybody who takes part in an activity, with holes and telling.
pub fn people(world: &dyn World, activity: &Record) -> Vec<Person> {
    people_in(world, activity, TAKES_PART)
}

/// Everybody whose enrolment is in one of these states, with holes and telling.
pub fn people_in(world: &dyn World, activity: &Record, states: &[&str]) -> Vec<Person> {
    let cover = Cover::of(world, activity);
    cover
        .enrolled
        .iter()
        .filter(|enrolment| states.contains(&enrolment.status()))
        .filter_map(|enrolment| {
            let volunteer = enrolment.refs("volunteer").next()?;
            Some(Person {
                enrolment: enrolment.code(),
                volunteer,
                holes: cover.holes(world, volunteer),
                told: told_before(enrolment, &cover.spans),
            })
        })
        .collect()
}

/// The policies that stand behind an incident: good at its moment, for its activity and one of its people.
pub fn policies(world: &dyn World, incident: &Record) -> Vec<Code> {
    let Some(at) = begins(incident.text("happened_at")) else {
        return Vec::new();
    };
    let activity = incident.refs("activity").next();
    let mut named: Vec<(&str, Code)> = activity
        .map(|code| ("activity", code))
        .into_iter()
        .collect();
    let mut above = HashMap::new();
    for code in incident.refs("volunteers") {
        named.push(("covers", code));
        let person = world.record(code);
        let homes = person.map(|person| homes(world, &person, &mut above));
        named.extend(homes.into_iter().flatten().map(|home| ("covers", home)));
    }
    let numbers = named
        .into_iter()
        .flat_map(|(field, code)| world.equal(Kind::Insurance, field, &code.to_string()));
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    let codes = numbers
        .into_iter()
        .map(|number| Code::new(Kind::Insurance, number));
    let good = |policy: &Record| {
        let only = policy.refs("activity").next();
        let from = begins(policy.text("from")).is_some_and(|from| from <= at);
        let to = ends(policy.text("to")).is_some_and(|to| at < to);
        policy.live() && from && to && only.is_none_or(|code| Some(code) == activity)
    };
    codes
        .filter(|code| world.record(*code).is_some_and(|policy| good(&policy)))
        .collect()
}
