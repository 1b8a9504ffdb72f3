//! All that teams do, planned as a whole: activities, who takes part, and the needs they came from.

use crate::demo::act::{Act, acts};
use crate::demo::ask::{Ask, asks};
use crate::demo::cast::{Cast, cast};
use crate::demo::people::People;
use crate::demo::watch::{Lacking, lacking};
use crate::demo::{Plan, flaw, misfit};

/// The plan of it.
pub struct Work {
    /// The activities, in the order of their days.
    pub acts: Vec<Act>,
    /// Their people.
    pub cast: Cast,
    /// The needs, in the order of their days.
    pub asks: Vec<Ask>,
    /// What the oversight of major ones lacks.
    pub lacking: Lacking,
}

impl Work {
    /// Plans it.
    pub fn of(plan: &Plan) -> Work {
        let mut acts = acts(plan);
        let asks = asks(plan, &mut acts);
        flaw::claim(plan, &mut acts);
        let mut people = People::new(plan);
        let mut cast = cast(plan, &mut acts, &mut people);
        misfit::plant(plan, &acts, &mut people, &mut cast);
        let lacking = lacking(&plan.size, &acts);
        Work {
            acts,
            cast,
            asks,
            lacking,
        }
    }
}
