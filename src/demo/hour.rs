//! The hours: what each enrolment of somebody who came leaves as service records.

use chrono::{Duration, NaiveDate};

use crate::demo::Plan;
use crate::demo::act::Act;
use crate::demo::cast::Mark;
use crate::demo::enrolment::late;
use crate::demo::random::Random;
use crate::domain::moment::Span;
use crate::domain::service_record::CONFIRMED;

/// A service record as far as adding up goes.
#[derive(Clone, Copy)]
pub struct Hour<'a> {
    /// Its number.
    pub number: u64,
    /// The number of the volunteer.
    pub person: u64,
    /// The activity.
    pub act: &'a Act,
    /// The day.
    pub day: NaiveDate,
    /// From when to when, where that is said.
    pub span: Option<Span>,
    /// The minutes.
    pub minutes: i64,
    /// Its state.
    pub status: &'static str,
}

/// States of records in a thousand, when they are older than two weeks.
const OLD: &[(&str, u64)] = &[(CONFIRMED, 975), ("退回", 12), ("撤销", 8), ("待确认", 5)];
/// And when they are younger.
const NEW: &[(&str, u64)] = &[("待确认", 600), (CONFIRMED, 380), ("退回", 20)];

/// Younger than so many days is not confirmed in most cases.
const YOUNG: i64 = 14;

/// D23: minutes more than the activity lasted.
const TOO_MANY: i64 = 60;

/// All of them, numbered from 1, in the order of the enrolments.
pub fn hours(plan: &Plan) -> impl Iterator<Item = Hour<'_>> + Send + '_ {
    let work = plan.work();
    let over = work.acts.iter().filter(|act| act.state == "结项");
    let seats = over.flat_map(|act| act.seats.clone().map(move |at| (act, at)));
    let came = seats.filter_map(move |(act, at)| {
        let seat = work.cast.seats.get(at)?;
        (seat.answer == "到场").then_some((act, at, seat.person))
    });
    came.flat_map(move |(act, at, person)| {
        let parts = parts(act, at, work.cast.marks.get(&at).copied());
        parts.into_iter().map(move |part| (act, at, person, part))
    })
    .zip(1..)
    .map(|((act, at, person, part), number)| Hour {
        number,
        person,
        act,
        day: part.day,
        span: part.span,
        minutes: part.minutes,
        status: match work.cast.marks.get(&at) {
            Some(_) => CONFIRMED,
            None => status(plan, part.day, number),
        },
    })
}

fn status(plan: &Plan, day: NaiveDate, number: u64) -> &'static str {
    let mut random = Random::of("hour", number);
    let young = (plan.today - day).num_days() < YOUNG;
    random.weighted(if young { NEW } else { OLD })
}

struct Part {
    day: NaiveDate,
    span: Option<Span>,
    minutes: i64,
}

impl Part {
    fn of(span: Span) -> Part {
        Part {
            day: span.start.date(),
            minutes: span.minutes(),
            span: Some(span),
        }
    }
}

/// One record a session, from its first minute to its last but for who was late or left early.
fn parts(act: &Act, at: usize, mark: Option<Mark>) -> Vec<Part> {
    let mut random = Random::of("parts", at as u64);
    let mut spans = act.spans.clone();
    match mark {
        Some(Mark::Whole) => {}
        Some(Mark::Long) => {
            let day = act.day();
            let held = spans
                .iter()
                .filter(|span| span.days().any(|one| one == day));
            let minutes = held.map(Span::minutes).sum::<i64>() + TOO_MANY;
            return vec![Part {
                day,
                span: None,
                minutes,
            }];
        }
        None => {
            let late = Duration::minutes(late(act, at));
            let early = match random.below(100) {
                0..4 => Duration::minutes(10 * random.between(1, 3)),
                _ => Duration::zero(),
            };
            if let Some(first) = spans.first_mut() {
                first.start += late;
            }
            if let Some(last) = spans.last_mut() {
                last.end -= early;
            }
        }
    }
    let alone = mark.is_none() && spans.len() == 1;
    match (spans.as_slice(), random.below(60)) {
        // Two tasks one after the other: the records touch.
        ([span], 0) if alone && span.minutes() >= 120 => {
            let middle = span.start + Duration::minutes(span.minutes() / 60 * 30);
            let (mut one, mut two) = (*span, *span);
            one.end = middle;
            two.start = middle;
            vec![Part::of(one), Part::of(two)]
        }
        // Old lists say only how long.
        ([span], 1..4) if alone => vec![Part {
            span: None,
            ..Part::of(*span)
        }],
        (spans, _) => spans.iter().map(|span| Part::of(*span)).collect(),
    }
}
