//! Defects that are planted in activities: telling, insurance, fees (D13, D14, D27), each in one of its own.

use chrono::Datelike;

use crate::demo::Plan;
use crate::demo::act::Act;
use crate::demo::material::shuffled;

/// What is wrong with an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// D13: somebody was told of the danger after it began.
    ToldLate,
    /// D14: no policy, one that was cancelled, one of another kind.
    Uninsured(usize),
    /// D14: a policy that ends at the midnight before, or begins too late.
    ShortPolicy(usize),
    /// D27: the recipients pay.
    Fee,
}

/// A flaw, by the how-manieth of its kind it is.
type Nth = fn(usize) -> Flaw;

/// Flaw and number at size M.
const ROWS: [(Nth, usize); 4] = [
    (|_| Flaw::ToldLate, 2),
    (Flaw::Uninsured, 3),
    (Flaw::ShortPolicy, 2),
    (|_| Flaw::Fee, 1),
];

/// Gives every flaw an activity that is over; dangerous or not, as it needs.
pub fn claim(plan: &Plan, acts: &mut [Act]) {
    let order = shuffled("flaw", acts.len());
    for (flaw, count) in ROWS {
        for nth in 0..plan.size.planted(count) {
            let flaw = flaw(nth);
            // Teams are insured as a whole in this year alone.
            let fits = |act: &Act| {
                let past = act.state == "结项" && act.flaw.is_none();
                past && match flaw {
                    Flaw::Fee => act.risks.is_empty(),
                    _ => !act.risks.is_empty() && act.day().year() < plan.today.year(),
                }
            };
            let free = order
                .iter()
                .copied()
                .find(|at| acts.get(*at).is_some_and(fits));
            if let Some(act) = free.and_then(|at| acts.get_mut(at)) {
                act.flaw = Some(flaw);
            }
        }
    }
}
