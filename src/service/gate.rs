//! A gate before long work: twice as many at once as there are processors, the others wait their turn.
//!
//! Two hundred sessions that all search at the same moment would otherwise share the processors in
//! slices, and each would hold the memory's lock, and a waiting writer, for as long as all together.

use std::sync::{Condvar, Mutex, PoisonError};

/// A gate.
pub struct Gate {
    free: Mutex<usize>,
    opened: Condvar,
}

/// Leave to pass; the gate is free again when it goes.
pub struct Pass<'a>(&'a Gate);

impl Gate {
    /// Twice as wide as the machine.
    pub fn new() -> Gate {
        let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        // The next one is awake when a turn ends: twice as many as can run.
        let width = processors * 2;
        Gate {
            free: Mutex::new(width),
            opened: Condvar::new(),
        }
    }

    /// Waits for a turn.
    pub fn pass(&self) -> Pass<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self
            .opened
            .wait_while(free, |free| *free == 0)
            .unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Pass(self)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.opened.notify_one();
    }
}
