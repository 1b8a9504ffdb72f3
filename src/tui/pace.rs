//! When a frame is drawn: at once for the operator, at leisure for what others do.

use std::time::{Duration, Instant};

/// Two frames of a held key take as long as this: a key is drawn at once, and so is its answer.
const TWO: Duration = Duration::from_millis(66);
/// The same where the way is long.
const TWO_AFAR: Duration = Duration::from_millis(200);
/// What others do is shown once a second.
const OTHERS: Duration = Duration::from_secs(1);
/// An input method may be composing so long after a key: nothing moves meanwhile.
const COMPOSING: Duration = Duration::from_millis(800);
/// A selection that does not move for so long rests: a held key repeats sooner.
const RESTS: Duration = Duration::from_millis(150);
/// A way there and back that is long.
const LONG: Duration = Duration::from_millis(120);

/// What waits to be drawn.
#[derive(Default)]
pub struct Pace {
    long: bool,
    own: bool,
    others: bool,
    /// The last frame, and the one before it.
    drawn: [Option<Instant>; 2],
    drawn_others: Option<Instant>,
    key: Option<Instant>,
    /// The key before that.
    before: Option<Instant>,
}

impl Pace {
    /// The way to the terminal and back took so long.
    pub fn trip(&mut self, trip: Duration) {
        self.long = trip > LONG;
    }

    /// The operator did something.
    pub fn key(&mut self, now: Instant) {
        self.before = self.key.replace(now);
        self.own = true;
    }

    /// From when on the selection rests: at once after a single key, else when no other follows.
    pub fn rests(&self, now: Instant) -> Instant {
        match (self.before, self.key) {
            (Some(before), Some(key)) if key - before < RESTS => key + RESTS,
            _ => now,
        }
    }

    /// Something changed that the operator waits for.
    pub fn own(&mut self) {
        self.own = true;
    }

    /// Something changed by itself, or through others.
    pub fn others(&mut self) {
        self.others = true;
    }

    /// When the next frame is due; none if nothing changed.
    pub fn due(&self, now: Instant, typing: bool) -> Option<Instant> {
        let gap = if self.long { TWO_AFAR } else { TWO };
        let [_, before] = self.drawn;
        let after = |moment: Option<Instant>, wait: Duration| moment.map_or(now, |at| at + wait);
        let own = self.own.then(|| after(before, gap));
        let others = self.others.then(|| {
            let quiet = if typing {
                after(self.key, COMPOSING)
            } else {
                now
            };
            after(self.drawn_others, OTHERS).max(quiet)
        });
        own.into_iter().chain(others).min()
    }

    /// A frame was drawn: it shows everything.
    pub fn drawn(&mut self, now: Instant) {
        if self.others {
            self.drawn_others = Some(now);
        }
        let [last, _] = self.drawn;
        self.drawn = [Some(now), last];
        self.own = false;
        self.others = false;
    }
}
