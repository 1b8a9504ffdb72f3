//! Defects that are planted in enrolments and their hours: minors, the removed, two places at once, too long (D20, D22, D23, D29).

use std::collections::BTreeSet;

use crate::demo::Plan;
use crate::demo::act::Act;
use crate::demo::cast::{Cast, Mark};
use crate::demo::material::shuffled;
use crate::demo::people::{Facts, People};
use crate::domain::day::age;
use crate::domain::moment::Span;

/// D20: minors without a guardian, at size M.
const UNGUARDED: usize = 2;
/// D20: minors in danger.
const IN_DANGER: usize = 1;
/// D22: records that overlap with another.
const OVERLAPPING: usize = 30;
/// D23: records longer than the activity.
const TOO_LONG: usize = 12;
/// D29: removed and yet sent.
const REMOVED: usize = 1;

/// Plants them, each in an activity of its own.
pub fn plant(plan: &Plan, acts: &[Act], people: &mut People, cast: &mut Cast) {
    let mut field = Field {
        acts,
        order: shuffled("misfit", acts.len()),
        used: BTreeSet::new(),
    };
    for _ in 0..plan.size.planted(UNGUARDED) {
        let fits = |act: &Act, facts: &Facts| {
            let young = age(facts.birth, act.day()) < 18 && facts.joined <= act.day();
            young && facts.serves && !facts.guarded
        };
        field.misplace(people, cast, Act::plain, fits);
    }
    for _ in 0..plan.size.planted(IN_DANGER) {
        let danger = |act: &Act| act.state == "结项" && !act.risks.is_empty() && act.flaw.is_none();
        let fits = |act: &Act, facts: &Facts| {
            let young = age(facts.birth, act.day()) < 18 && facts.joined <= act.day();
            young && facts.serves && facts.guarded
        };
        field.misplace(people, cast, danger, fits);
    }
    for _ in 0..plan.size.planted(REMOVED) {
        let coming = |act: &Act| act.state == "招募" && act.risks.is_empty();
        field.misplace(people, cast, coming, |_, facts| facts.removed);
    }
    for _ in 0..plan.size.planted(OVERLAPPING) {
        field.overlap(cast);
    }
    for _ in 0..plan.size.planted(TOO_LONG) {
        if let Some((at, seat)) = field.present(cast, |act| act.plain()) {
            field.used.insert(at);
            cast.marks.insert(seat, Mark::Long);
        }
    }
}

/// The activities, in the order in which they are looked through.
struct Field<'a> {
    acts: &'a [Act],
    order: Vec<usize>,
    used: BTreeSet<usize>,
}

/// How many people are looked at for each activity.
const LOOK: u64 = 2_000;

impl Field<'_> {
    /// The first activity that fits and has somebody who came or will.
    fn present(&self, cast: &Cast, fits: impl Fn(&Act) -> bool) -> Option<(usize, usize)> {
        let acts = self.order.iter().filter(|at| !self.used.contains(at));
        acts.filter_map(|at| Some((*at, self.acts.get(*at)?)))
            .filter(|(_, act)| fits(act))
            .find_map(|(at, act)| Some((at, seat(act, cast)?)))
    }

    /// Puts somebody who does not fit into the seat of one who took part.
    fn misplace(
        &mut self,
        people: &mut People,
        cast: &mut Cast,
        fits: impl Fn(&Act) -> bool,
        wrong: impl Fn(&Act, &Facts) -> bool,
    ) {
        let acts: Vec<usize> = self.order.clone();
        for at in acts {
            let Some(act) = self.acts.get(at).filter(|act| fits(act)) else {
                continue;
            };
            let Some(seat) = seat(act, cast).filter(|_| !self.used.contains(&at)) else {
                continue;
            };
            let count = people.count();
            let first = (act.at as u64 * 7_919) % count.max(1);
            let found = (0..LOOK.min(count))
                .map(|step| 1 + (first + step) % count)
                .find(|person| {
                    people
                        .facts(*person)
                        .is_some_and(|facts| wrong(act, &facts))
                        && self.clear(act, *person, cast)
                });
            if let (Some(person), Some(seat)) = (found, cast.seats.get_mut(seat)) {
                seat.person = person;
                self.used.insert(at);
                return;
            }
        }
    }

    /// Whether somebody is in nothing else around the days of an activity.
    fn clear(&self, act: &Act, person: u64, cast: &Cast) -> bool {
        let near = self
            .acts
            .iter()
            .filter(|other| (other.day() - act.day()).num_days().abs() <= 7);
        let mut seats = near.filter_map(|other| cast.seats.get(other.seats.clone()));
        !seats.any(|seats| seats.iter().any(|seat| seat.person == person))
    }

    /// Gives somebody who took part in one activity a seat in another that lies within its time.
    fn overlap(&mut self, cast: &mut Cast) {
        for at in self.order.clone() {
            let Some((inner, span)) = self.alone(at) else {
                continue;
            };
            let Some(theirs) = seat(inner, cast) else {
                continue;
            };
            let same_day = self.acts.iter().enumerate().filter(|(other, outer)| {
                *other != at && outer.day() == inner.day() && outer.team != inner.team
            });
            let met = same_day
                .filter_map(|(other, _)| Some((other, self.alone(other)?)))
                .filter(|(_, (_, outer))| outer.holds(&span))
                .find_map(|(other, (outer, _))| Some((other, seat(outer, cast)?)));
            let Some((other, mine)) = met else {
                continue;
            };
            let person = cast.seats.get(mine).map_or(0, |seat| seat.person);
            if let Some(seat) = cast.seats.get_mut(theirs) {
                seat.person = person;
                self.used.extend([at, other]);
                cast.marks
                    .extend([(mine, Mark::Whole), (theirs, Mark::Whole)]);
                return;
            }
        }
    }

    /// An activity of one session in which nothing is planted, and that session.
    fn alone(&self, at: usize) -> Option<(&Act, Span)> {
        let act = self.acts.get(at).filter(|act| act.plain())?;
        match act.spans.as_slice() {
            [span] if !self.used.contains(&at) => Some((act, *span)),
            _ => None,
        }
    }
}

/// The first who came, or will.
fn seat(act: &Act, cast: &Cast) -> Option<usize> {
    act.seats.clone().find(|at| {
        cast.seats
            .get(*at)
            .is_some_and(|seat| crate::demo::answer::takes_part(seat.answer))
    })
}
