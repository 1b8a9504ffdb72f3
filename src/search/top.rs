//! The best of many: counting first, so that few are compared.

use crate::search::Query;
use crate::search::index::Index;

/// What orders hits, best first: inverted score, inverted likeness, ties, kind and number.
pub type Key = (u16, u16, u32, u64);

/// Scores are sums of at most eight tiers of at most six.
const SCORES: usize = 64;

/// A score that fewer than one in so many records have is collected; a commoner one is met soon in the order of ties.
const RARE: usize = 32;

impl Index {
    /// The best `keep` records by score and tie, and how many there are; what does not pass is set to 0.
    #[expect(
        clippy::indexing_slicing,
        reason = "scores are less than 64; the order names only records of the base"
    )]
    pub(super) fn best(&self, query: &Query, scores: &mut [u8], keep: usize) -> (usize, Vec<Key>) {
        let mut counts = [0usize; SCORES];
        let open = query.kinds == 0
            && query.permit.is_none()
            && query.within.is_none()
            && query.hidden.is_none()
            && self.gone == 0;
        for (block, chunk) in scores.chunks_mut(8).enumerate() {
            if chunk.iter().fold(0, |any, score| any | *score) == 0 {
                continue;
            }
            for (nth, score) in chunk
                .iter_mut()
                .enumerate()
                .filter(|(_, score)| **score != 0)
            {
                let at = (block * 8 + nth) as u32;
                if open || (!self.is_dead(at) && self.passes(query, at)) {
                    counts[usize::from(*score) % SCORES] += 1;
                } else {
                    *score = 0;
                }
            }
        }
        let total = counts.iter().sum();
        let mut above = 0;
        let mut cutoff = SCORES - 1;
        while cutoff > 1 && above + counts[cutoff] < keep {
            above += counts[cutoff];
            cutoff -= 1;
        }
        let walk = counts[cutoff] > (scores.len() / RARE).max(keep);
        let least = if walk { cutoff + 1 } else { cutoff };
        let mut keys = Vec::with_capacity(keep.min(total));
        if above > 0 || !walk {
            for (block, chunk) in scores.chunks(8).enumerate() {
                if chunk.iter().fold(0, |most: u8, score| most.max(*score)) < least as u8 {
                    continue;
                }
                for (nth, score) in chunk
                    .iter()
                    .enumerate()
                    .filter(|(_, score)| usize::from(**score) >= least && **score != 0)
                {
                    keys.push(self.key((block * 8 + nth) as u32, *score));
                }
            }
        }
        if walk {
            let wanted = keep.saturating_sub(above);
            let met = self
                .base
                .order
                .iter()
                .filter(|at| usize::from(scores[**at as usize]) == cutoff);
            keys.extend(met.take(wanted).map(|at| self.key(*at, cutoff as u8)));
        }
        (total, keys)
    }

    fn key(&self, at: u32, score: u8) -> Key {
        (
            u16::MAX - u16::from(score),
            u16::MAX,
            self.tie(at),
            self.id(at),
        )
    }
}
