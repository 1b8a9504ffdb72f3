//! What a session did lately: by this its changes are known when they are taken back.

use std::time::{Duration, Instant};

use crate::domain::kind::Code;
use crate::domain::lifecycle::{Step, Weight};
use crate::protocol::Act;
use crate::protocol::undo::{SECONDS, Undo};
use crate::service::plan::step_of;
use crate::service::writer::Made;

/// How long a change can be taken back.
pub const WITHIN: Duration = Duration::from_secs(SECONDS);

/// So many changes of a session are remembered: of those that are too old it is still said that they are.
const REMEMBERED: usize = 60;

/// A record as a change left it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touched {
    pub(super) code: Code,
    /// Whether it was meant, and did not only change with another.
    pub(super) main: bool,
    /// The revision before; 0 of a record that the change made.
    pub(super) from: u64,
    /// The revision that the change made.
    pub(super) to: u64,
    /// The revision that holds the same now: what came after it was taken back.
    pub(super) stands: u64,
}

/// A change of a session.
#[derive(Clone, Debug)]
pub(super) struct Deed {
    pub(super) at: Instant,
    pub(super) act: Act,
    /// The records that it was meant for.
    pub(super) mains: Vec<Code>,
    /// Whether something went out of the log with it.
    pub(super) erased: bool,
    pub(super) touched: Vec<Touched>,
}

impl Deed {
    /// The step that it was.
    pub(super) fn step(&self) -> Option<&'static Step> {
        match &self.act {
            Act::Step { code, step, .. } => step_of(code.kind, step).ok(),
            _ => None,
        }
    }

    /// How much hung on it.
    pub(super) fn weight(&self) -> Weight {
        self.step().map_or(Weight::Light, |step| step.weight)
    }

    /// What it is called in the log.
    pub(super) fn key(&self) -> &'static str {
        match self.act {
            Act::New(_) => "new",
            Act::Edit { .. } => "edit",
            Act::Step { .. } => self.step().map_or("step", |step| step.key),
        }
    }

    /// Whether it may still be taken back at a moment.
    pub(super) fn fresh(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.at) <= WITHIN
    }
}

/// The changes of a session, the last one at the end.
#[derive(Default)]
pub struct Deeds(Vec<Deed>);

impl Deeds {
    /// Notes what was done to some records, with what changed with them.
    pub(super) fn note(&mut self, act: Act, mains: &[Code], made: &Made) {
        let mut touched: Vec<Touched> = Vec::with_capacity(made.records.len());
        for (before, after) in &made.records {
            let code = after.code();
            // Of several that change the same other record each makes a revision of it: they go back as one.
            match touched.iter_mut().find(|one| one.code == code) {
                Some(one) => (one.to, one.stands) = (after.rev, after.rev),
                None => touched.push(Touched {
                    code,
                    main: mains.contains(&code),
                    from: before.as_ref().map_or(0, |before| before.rev),
                    to: after.rev,
                    stands: after.rev,
                }),
            }
        }
        if touched.is_empty() {
            return;
        }
        if self.0.len() >= REMEMBERED {
            self.0.remove(0);
        }
        self.0.push(Deed {
            at: Instant::now(),
            act,
            mains: mains.to_vec(),
            erased: made.erased,
            touched,
        });
    }

    /// The last change that was meant for a record, or the one that made a revision of it.
    pub(super) fn find(&self, undo: &Undo) -> Option<&Deed> {
        // A step may leave its own record as it was, and make another.
        let fits =
            |one: &Touched| one.code != undo.code || undo.rev.is_none_or(|rev| rev == one.to);
        let mut all = self.0.iter().rev();
        all.find(|taken| taken.mains.contains(&undo.code) && taken.touched.iter().all(fits))
    }

    /// Forgets a change that was taken back: what stood before it stands again under new revisions.
    pub(super) fn undone(&mut self, taken: &Deed, made: &Made) {
        let same = |one: &Deed| one.at == taken.at && one.act == taken.act;
        self.0.retain(|one| !same(one));
        for gone in &taken.touched {
            let mut now = made.records.iter().map(|(_, after)| after);
            let Some(now) = now.find(|after| after.code() == gone.code) else {
                continue;
            };
            let touched = self.0.iter_mut().rev().flat_map(|one| &mut one.touched);
            for one in touched.filter(|one| one.code == gone.code && one.to == gone.from) {
                one.stands = now.rev;
            }
        }
    }
}
