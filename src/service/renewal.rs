//! Keeping memory up to date: single changes at once, and now and then everything anew beside the work.

use std::sync::Arc;

use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::service::desk::Desk;
use crate::service::writer::Made;
use crate::service::{Service, lock, unbroken, writing};

/// What happens while memory is built anew.
#[derive(Default)]
pub struct Renewal {
    /// Grows with every renewal that is begun; one that was overtaken is thrown away.
    turn: u64,
    /// Whether one is under way.
    running: bool,
    /// What was committed since it began.
    since: Vec<(Option<Record>, Record)>,
}

impl Service {
    /// Takes in what was committed; called by the writing thread alone.
    pub(crate) fn take_in(self: &Arc<Self>, made: &[Result<Made, Refusal>], many: bool) {
        if many {
            return self.renew_now();
        }
        let changes = made.iter().flatten().flat_map(|made| &made.records);
        let due = {
            // The renewal is locked before the desk, here and where it ends.
            let mut renewal = lock(&self.renewal);
            let mut desk = writing(&self.desk);
            for (before, after) in changes {
                desk.take(before.as_ref(), after);
                if renewal.running {
                    renewal.since.push((before.clone(), after.clone()));
                }
            }
            !renewal.running && desk.index.needs_rebuild()
        };
        if due {
            self.renew_beside();
        }
    }

    /// So much came in at once that everything is read anew before the answer.
    pub(super) fn renew_now(&self) {
        {
            let mut renewal = lock(&self.renewal);
            renewal.turn += 1;
            renewal.running = false;
            renewal.since.clear();
        }
        if let Ok(built) = self.reader().and_then(|reader| Desk::build(&reader)) {
            *writing(&self.desk) = built;
        }
    }

    /// Builds memory anew in a thread of its own, while searching and writing go on.
    fn renew_beside(self: &Arc<Self>) {
        // The view is taken in the writing thread, so that it holds what the desk holds.
        let Ok(reader) = self.reader() else { return };
        let turn = {
            let mut renewal = lock(&self.renewal);
            renewal.turn += 1;
            renewal.running = true;
            renewal.since.clear();
            renewal.turn
        };
        let service = Arc::downgrade(self);
        let work = move || {
            let built = unbroken(|| Desk::build(&reader));
            drop(reader);
            let Some(service) = service.upgrade() else {
                return;
            };
            let mut renewal = lock(&service.renewal);
            if renewal.turn != turn {
                return;
            }
            renewal.running = false;
            let since = std::mem::take(&mut renewal.since);
            if let Some(Ok(mut built)) = built {
                for (before, after) in &since {
                    built.take(before.as_ref(), after);
                }
                *writing(&service.desk) = built;
            }
        };
        let spawned = std::thread::Builder::new()
            .name("renewal".to_owned())
            .spawn(work);
        if spawned.is_err() {
            lock(&self.renewal).running = false;
        }
    }
}
