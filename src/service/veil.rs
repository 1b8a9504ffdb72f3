//! What does not exist for a caller, kept between keystrokes: worked out once until something of it changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use crate::protocol::Who;
use crate::service::lock;

/// So many callers are remembered; more than that are forgotten together.
const MOST: usize = 1000;

/// The records that do not exist for one caller.
#[derive(Debug, Default)]
pub struct Veil {
    /// As the index numbers them, in order.
    pub ids: Vec<u64>,
    /// Where the index has them, of those that are built in.
    pub places: Vec<u32>,
}

/// Whoever sees the same.
type Key = (Who, u16);

/// The veils that are known.
#[derive(Default)]
pub struct Veils(Mutex<HashMap<Key, Arc<Veil>>>);

impl Veils {
    /// The veil of a caller over some kinds, made if it is not known.
    pub fn of(&self, who: &Who, kinds: u16, make: impl FnOnce() -> Veil) -> Arc<Veil> {
        let key = (who.clone(), kinds);
        if let Some(known) = lock(&self.0).get(&key) {
            return Arc::clone(known);
        }
        let made = Arc::new(make());
        let mut known = lock(&self.0);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, Arc::clone(&made));
        made
    }

    /// Forgets them all: somebody may see more, or less, than before.
    pub fn forget(&self) {
        lock(&self.0).clear();
    }
}
