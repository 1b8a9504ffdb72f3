//! 保障: whether each participant is insured for every minute of an activity, and told of the danger before.

use chrono::NaiveDateTime;

use crate::domain::activity::sessions;
use crate::domain::enrolment::takes_part;
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
        let mut found = holding(world, Kind::Insurance, "activity", activity.code());
        let enrolled = holding(world, Kind::Enrolment, "activity", activity.code());
        // Policies that name a participant or a team of theirs, each read once.
        let mut named: Vec<Code> = Vec::new();
        for enrolment in &enrolled {
            for code in enrolment.refs("volunteer") {
                named.push(code);
                named.extend(homes(world, code));
            }
        }
        named.sort_unstable();
        named.dedup();
        for code in named {
            found.extend(holding(world, Kind::Insurance, "covers", code));
        }
        found.sort_by_key(|policy| policy.number);
        found.dedup_by_key(|policy| policy.number);
        let mine = |policy: &Record| {
            let mut only = policy.refs("activity");
            policy.live()
                && policy.text("kind") == ACCIDENT
                && only.next().is_none_or(|code| code == activity.code())
        };
        let policies = found.iter().filter(|policy| mine(policy));
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
        }
    }

    /// The stretches of the activity during which a volunteer is not insured.
    pub fn holes(&self, world: &dyn World, volunteer: Code) -> Vec<Span> {
        let homes = homes(world, volunteer);
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

/// The teams of a volunteer, and those above them.
fn homes(world: &dyn World, volunteer: Code) -> Vec<Code> {
    let mut homes: Vec<Code> = Vec::new();
    let Some(volunteer) = world.record(volunteer) else {
        return homes;
    };
    for team in volunteer.refs("teams") {
        let mut up = Some(team);
        while let Some(code) = up.filter(|code| !homes.contains(code) && homes.len() < 64) {
            homes.push(code);
            up = world
                .record(code)
                .and_then(|team| team.refs("parent").next());
        }
    }
    homes
}

/// Whether an enrolment says that the danger was told before the activity begins.
pub fn told_before(enrolment: &Record, spans: &[Span]) -> bool {
    let told = begins(enrolment.text("told_on"));
    told.is_some_and(|told| spans.first().is_none_or(|first| told < first.start))
}

/// Everybody who takes part in an activity, with holes and telling.
pub fn people(world: &dyn World, activity: &Record) -> Vec<Person> {
    let cover = Cover::of(world, activity);
    let enrolled = holding(world, Kind::Enrolment, "activity", activity.code());
    enrolled
        .iter()
        .filter(|enrolment| takes_part(enrolment))
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
