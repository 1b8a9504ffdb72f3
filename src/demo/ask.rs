//! Who asks for what: the needs behind activities, and those that wait, were matched or declined.

use chrono::{Duration, NaiveDate};

use crate::demo::Plan;
use crate::demo::act::Act;
use crate::demo::number::Yearly;
use crate::demo::random::Random;

/// A need.
pub struct Ask {
    /// Its place among the draws.
    pub at: u64,
    /// Its number.
    pub number: u64,
    /// The day on which somebody asked.
    pub on: NaiveDate,
    /// The activity that came of it, by its place.
    pub act: Option<usize>,
}

/// The place of 科技服务供需对接 among the scopes: these activities come from a need.
const MATCHING: usize = 1;

/// Needs that nothing came of reach so many days back.
const BACK: u64 = 500;

/// All needs, in the order of their days; the activities learn from which they came.
pub fn asks(plan: &Plan, acts: &mut [Act]) -> Vec<Ask> {
    let turned = acts.iter().filter(|act| act.theme.scope == MATCHING);
    let turned = turned.map(|act| {
        let mut random = Random::of("ask-day", act.at as u64);
        let on = act.day() - Duration::days(random.between(12, 40));
        (on.min(plan.today), Some(act.at))
    });
    let alone = (0..plan.size.deeds.needs as u64).map(|at| {
        let mut random = Random::of("ask-alone", at);
        // Every other one is of the last weeks, so that there is something to answer.
        let back = random.below(if at % 2 == 0 { 14 } else { BACK });
        (plan.today - Duration::days(back as i64), None)
    });
    let mut all: Vec<(NaiveDate, Option<usize>)> = turned.chain(alone).collect();
    all.sort();
    let mut numbers = Yearly::default();
    let asks: Vec<Ask> = all
        .into_iter()
        .enumerate()
        .map(|(at, (on, act))| Ask {
            at: at as u64,
            number: numbers.next(on),
            on,
            act,
        })
        .collect();
    for ask in &asks {
        if let Some(act) = ask.act.and_then(|at| acts.get_mut(at)) {
            act.need = Some(ask.number);
        }
    }
    asks
}
