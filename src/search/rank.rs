//! The best of many: counting first, so that few are compared.

use crate::search::bits::Bits;
use crate::search::index::Index;
use crate::search::score::{Marks, Scratch};
use crate::search::{Sort, Tier};

/// What orders hits: the order's own number, a second one, then kind and number.
pub type Key = (u64, u64, u64);

/// So many hits or fewer are simply compared.
const FEW: usize = 1024;

/// Places of a page in the whole order: skip so many, then take so many.
#[derive(Clone, Copy)]
pub struct Page {
    /// Skip so many.
    pub skip: usize,
    /// Take so many.
    pub take: usize,
}

impl Page {
    fn end(self) -> usize {
        self.skip.saturating_add(self.take)
    }
}

/// The key of a hit in the order of ranks.
pub fn ranked(score: u16, likeness: u16, tie: u32, id: u64) -> Key {
    let major = u64::from(u16::MAX - score) << 16 | u64::from(u16::MAX - likeness);
    (major, u64::from(tie), id)
}

/// The score of such a key.
pub fn score_of(key: &Key) -> u16 {
    u16::MAX - (key.0 >> 16) as u16
}

/// A tie without the state: recency alone.
pub fn recent(tie: u32) -> u64 {
    u64::from(tie & 0x7fff_ffff)
}

impl Index {
    /// The key of a record of the base.
    pub(super) fn key(&self, sort: Sort, at: u32, score: u16) -> Key {
        let (tie, id) = (self.tie(at), self.id(at));
        match sort {
            Sort::Rank => ranked(score, 0, tie, id),
            Sort::Name => {
                let name = self.base.name_of.get(at as usize).copied().unwrap_or(0);
                (u64::from(name) * 2 + 1, u64::from(tie), id)
            }
            Sort::Recent => (recent(tie), 0, id),
            Sort::Code => (0, 0, id),
        }
    }

    /// A page of what all words match, in order.
    pub(super) fn page(
        &self,
        scratch: &mut Scratch,
        words: usize,
        sort: Sort,
        page: Page,
    ) -> Vec<Key> {
        let total = scratch.all.count();
        let marks = scratch.marks.get(..words).unwrap_or(&[]);
        if total <= FEW {
            let score = |at| match sort {
                Sort::Rank => marks.iter().filter_map(|marks| marks.tier(at)).sum(),
                _ => 0,
            };
            let keys = scratch.all.iter().map(|at| self.key(sort, at, score(at)));
            let mut keys: Vec<Key> = keys.collect();
            keys.sort_unstable();
            keys.truncate(page.end());
            keys.drain(..page.skip.min(keys.len()));
            return keys;
        }
        match sort {
            Sort::Rank => self.by_rank(scratch, words, page),
            Sort::Name => self.by_name(&scratch.all, page),
            Sort::Recent => self.walked(&scratch.all, Sort::Recent, self.by_recency(), page),
            Sort::Code => {
                let codes = self.base.codes.iter().copied();
                self.walked(&scratch.all, Sort::Code, codes, page)
            }
        }
    }

    fn walked(
        &self,
        all: &Bits,
        sort: Sort,
        order: impl Iterator<Item = u32>,
        page: Page,
    ) -> Vec<Key> {
        let met = order.filter(|at| all.has(*at));
        met.skip(page.skip)
            .take(page.take)
            .map(|at| self.key(sort, at, 0))
            .collect()
    }

    fn by_name(&self, all: &Bits, page: Page) -> Vec<Key> {
        let mut keys = Vec::new();
        let mut passed = 0;
        let mut same: Vec<Key> = Vec::new();
        for text in 0..self.base.names.len() as u32 {
            let own = |at: &&u32| self.base.name_of.get(**at as usize) == Some(&text);
            let here = self.base.names.of(text).iter().filter(own);
            same.extend(
                here.filter(|at| all.has(**at))
                    .map(|at| self.key(Sort::Name, *at, 0)),
            );
            if passed + same.len() > page.skip {
                same.sort_unstable();
                keys.extend(same.iter().skip(page.skip.saturating_sub(passed)));
            }
            passed += same.len();
            same.clear();
            if passed >= page.end() {
                break;
            }
        }
        keys.truncate(page.take);
        keys
    }

    /// The two halves of the order of ties as one, by recency alone.
    fn by_recency(&self) -> impl Iterator<Item = u32> + '_ {
        let (live, rest) = self
            .base
            .order
            .split_at_checked(self.base.live)
            .unwrap_or((&self.base.order, &[]));
        let key = |at: &u32| (recent(self.tie(*at)), self.id(*at));
        let (mut live, mut rest) = (live.iter().peekable(), rest.iter().peekable());
        std::iter::from_fn(move || match (live.peek(), rest.peek()) {
            (Some(one), Some(other)) if key(other) < key(one) => rest.next().copied(),
            (Some(_), _) => live.next().copied(),
            (None, _) => rest.next().copied(),
        })
    }

    /// Group by group of equal score, the best first; a group that is passed over is only counted.
    fn by_rank(&self, scratch: &mut Scratch, words: usize, page: Page) -> Vec<Key> {
        let Scratch {
            marks,
            all,
            spare,
            planes,
            ..
        } = scratch;
        let marks = marks.get(..words).unwrap_or(&[]);
        sum(planes, all, marks);
        let mut keys: Vec<Key> = Vec::new();
        let mut passed = 0;
        let highest = words * (Tier::Exact as usize - Tier::Syllable as usize + 2);
        for above in (words..=highest).rev() {
            equal(spare, planes, all, above);
            let count = spare.count();
            let (from, to) = (
                page.skip.saturating_sub(passed).min(count),
                page.end().saturating_sub(passed).min(count),
            );
            if from < to {
                let score = (above + words) as u16;
                self.group(spare, count, score, from, to, &mut keys);
            }
            passed += count;
            if passed >= page.end() {
                break;
            }
        }
        keys
    }

    fn group(
        &self,
        group: &Bits,
        count: usize,
        score: u16,
        from: usize,
        to: usize,
        keys: &mut Vec<Key>,
    ) {
        let records = self.base.ids.len();
        // Walking the order of ties meets one of the group every `records / count` steps.
        if count * count > to * records {
            let met = self.base.order.iter().filter(|at| group.has(**at));
            let wanted = met.skip(from).take(to - from);
            keys.extend(wanted.map(|at| self.key(Sort::Rank, *at, score)));
            return;
        }
        let mut all: Vec<Key> = group
            .iter()
            .map(|at| self.key(Sort::Rank, at, score))
            .collect();
        if to < all.len() {
            all.select_nth_unstable(to);
            all.truncate(to);
        }
        all.sort_unstable();
        keys.extend(all.into_iter().skip(from));
    }

    pub(super) fn id(&self, at: u32) -> u64 {
        self.base.ids.get(at as usize).copied().unwrap_or(0)
    }

    pub(super) fn tie(&self, at: u32) -> u32 {
        self.base.ties.get(at as usize).copied().unwrap_or(0)
    }
}

/// Sums the words' tiers, counted from 1, of 64 records at a time: plane `n` holds bit `n` of the sums.
#[expect(
    clippy::indexing_slicing,
    reason = "all sets are made as long as the base before"
)]
fn sum(planes: &mut [Bits; 6], all: &Bits, marks: &[Marks]) {
    for plane in planes.iter_mut() {
        plane.copy(all);
    }
    let [p0, p1, p2, p3, p4, p5] = planes.each_mut().map(Bits::words_mut);
    let levels: Vec<[&[u64]; 4]> = marks
        .iter()
        .map(|marks| std::array::from_fn(|nth| marks.levels[nth + 1].words()))
        .collect();
    for (at, within) in all.words().iter().enumerate() {
        let mut sum = [0u64; 6];
        if *within != 0 {
            for [syllable, initials, prefix, exact] in &levels {
                let five = exact[at];
                let four = five | prefix[at];
                let three = four | initials[at];
                let two = three | syllable[at];
                let mut carry = 0;
                let value = [!two | (three & !four) | five, two & !four, four, 0, 0, 0];
                for (digit, value) in sum.iter_mut().zip(value) {
                    let (one, other) = (*digit, value);
                    *digit = one ^ other ^ carry;
                    carry = (one & other) | (carry & (one ^ other));
                }
            }
        }
        [p0[at], p1[at], p2[at], p3[at], p4[at], p5[at]] = sum;
    }
}

/// The records of `all` whose sum is this.
fn equal(out: &mut Bits, planes: &[Bits; 6], all: &Bits, sum: usize) {
    out.copy(all);
    for (nth, plane) in planes.iter().enumerate() {
        if sum >> nth & 1 == 1 {
            out.and(plane);
        } else {
            out.and_not(plane);
        }
    }
}
