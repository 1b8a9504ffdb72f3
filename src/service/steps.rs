//! The steps of a record's lifecycle as they stand now.

use std::sync::Arc;

use crate::domain::kind::Code;
use crate::domain::lifecycle::{Effect, Step};
use crate::domain::refusal::Refusal;
use crate::domain::value::Fields;
use crate::protocol::{Act, StepView};
use crate::service::change::{chance, minute};
use crate::service::plan::{Plan, from};
use crate::service::sight::Eyes;
use crate::service::{Service, Session, permit, reading, today};

impl Service {
    /// The steps of a record, each with what stands in its way now.
    pub fn steps(&self, session: &Session, code: Code) -> Result<Vec<StepView>, Refusal> {
        let record = self.seen(&session.who, code)?;
        let reader = self.reader()?;
        let eyes = Arc::new(Eyes::of(&reading(&self.desk), &session.who));
        let may = |step: &Step| {
            step.roles
                .iter()
                .any(|role| session.who.roles.contains(role))
        };
        let refusal = |step: &'static Step| {
            if !may(step) {
                return Some(permit::no_step(&session.who, step));
            }
            if let Err(refusal) = from(&record, step) {
                return Some(refusal);
            }
            let plan = Plan {
                kind: code.kind,
                act: Act::Step {
                    code,
                    step: step.key.to_owned(),
                    rev: None,
                },
                values: Fields::new(),
                confirmed: true,
                // Whether a reason lifts it is asked when the step is taken.
                reason: "--".to_owned(),
                who: session.who.clone(),
                today: today(),
                now: minute(),
                chance: chance(),
                eyes: Arc::clone(&eyes),
            };
            // What its form asks for is not known yet, and bars nothing.
            let asked = |field: &str| step.asks.iter().any(|one| one.key == field);
            decided(step)
                .then(|| plan.work_out(&reader, None).err())
                .flatten()
                .filter(|refusal| !refusal.field.as_deref().is_some_and(asked))
        };
        let steps = code.kind.spec().steps.iter();
        Ok(steps
            .map(|step| StepView {
                key: step.key.to_owned(),
                refusal: refusal(step),
            })
            .collect())
    }
}

/// Whether a step can be judged before its answers are given: it asks for nothing that decides.
fn decided(step: &Step) -> bool {
    let plain = |ask: &crate::domain::field::Field| ask.key == "note" || ask.key == "day";
    step.asks.iter().all(plain)
        && !matches!(
            step.effect,
            Effect::Appoint | Effect::Relieve | Effect::Rename
        )
}
