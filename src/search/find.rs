//! Answering a query.

use crate::search::base::tie;
use crate::search::bits::Bits;
use crate::search::fuzzy::Guesser;
use crate::search::index::Index;
use crate::search::pending::Row;
use crate::search::query::{Word, words};
use crate::search::rank::{Key, Page, ranked, recent, score_of};
use crate::search::score::{Marks, Scratch};
use crate::search::{Hit, Hits, Query, Sort, Tier};

impl Index {
    /// Answers a query.
    pub fn find(&self, query: &Query) -> Hits {
        let words = words(query.text);
        if words.is_empty() && !query.text.trim().is_empty() {
            return Hits::default();
        }
        let mut scratch = self.scratch();
        let hits = self.answer(query, &words, &mut scratch);
        self.put_back(scratch);
        hits
    }

    fn answer(&self, query: &Query, words: &[Word], scratch: &mut Scratch) -> Hits {
        scratch
            .marks
            .resize_with(words.len().max(scratch.marks.len()), Marks::default);
        for (word, marks) in words.iter().zip(&mut scratch.marks) {
            self.mark(word, marks);
        }
        let filtered = self.filter(query, scratch);
        intersect(scratch, words.len(), filtered, self.base.ids.len());
        let pending = self.pending(query, words, scratch, None);
        let total = scratch.all.count() + pending.len();
        if total > 0 || words.is_empty() {
            let page = Page {
                skip: query.offset.saturating_sub(pending.len()),
                take: query.limit.saturating_add(pending.len().min(query.offset)),
            };
            let keys = self.page(scratch, words.len(), query.sort, page);
            let scored = query.sort == Sort::Rank && !words.is_empty();
            return hits(total, keys, pending, query, page.skip, scored);
        }
        let Some(mut guesser) = Guesser::new(self, words, scratch, filtered) else {
            return Hits {
                fuzzy: true,
                ..Hits::default()
            };
        };
        guesser.mark(self, scratch);
        intersect(scratch, words.len(), filtered, self.base.ids.len());
        let mut keys: Vec<Key> = scratch
            .all
            .iter()
            .map(|at| {
                let marks = scratch.marks.iter().take(words.len());
                let tiers = marks.map(|marks| marks.tier(at).unwrap_or(Tier::Fuzzy as u16));
                let likeness = guesser.likeness(self.base.name_of.get(at as usize));
                ranked(tiers.sum(), likeness, self.tie(at), self.id(at))
            })
            .collect();
        keys.extend(self.pending(query, words, scratch, Some(&mut guesser)));
        keys.sort_unstable();
        let total = keys.len();
        Hits {
            fuzzy: true,
            ..hits(total, keys, Vec::new(), query, 0, true)
        }
    }

    /// What the asker may see and asked for; false if that is everything.
    pub(super) fn filter(&self, query: &Query, scratch: &mut Scratch) -> bool {
        let scopes = [query.permit, query.within];
        let open = query.kinds == 0
            && query.states.is_none()
            && query.terms.is_empty()
            && query.days.is_empty()
            && query.hidden.is_empty()
            && query.assigned.is_none()
            && scopes.iter().all(Option::is_none)
            && self.gone == 0;
        if open {
            return false;
        }
        let base = &self.base;
        let Scratch { filter, spare, .. } = scratch;
        let records = base.ids.len();
        filter.empty(records);
        base.of_kinds(
            if query.kinds == 0 {
                u16::MAX
            } else {
                query.kinds
            },
            filter,
        );
        if let Some((kinds, ids)) = query.assigned {
            spare.empty(records);
            match query.permit {
                Some(scope) => scope.each(|org| base.orgs.fill(org, spare)),
                None => base.of_kinds(u16::MAX, spare),
            }
            let mut alone = Bits::default();
            alone.empty(records);
            base.of_kinds(kinds, &mut alone);
            spare.and_not(&alone);
            let places = ids.iter().filter_map(|id| base.place(*id));
            places.for_each(|at| spare.set(at));
            filter.and(spare);
        } else if let Some(scope) = query.permit {
            spare.empty(records);
            scope.each(|org| base.orgs.fill(org, spare));
            filter.and(spare);
        }
        if let Some(scope) = query.within {
            spare.empty(records);
            scope.each(|org| base.orgs.fill(org, spare));
            filter.and(spare);
        }
        for any in query.terms {
            spare.empty(records);
            any.iter().for_each(|term| base.posts.fill(*term, spare));
            filter.and(spare);
        }
        for asked in query.days {
            let kind = query.kinds.trailing_zeros() as u8;
            self.keep_dated(kind, asked, spare, filter);
        }
        if let Some(states) = query.states {
            spare.empty(records);
            for (state, at) in base.states.iter().zip(0..) {
                if states >> state & 1 == 1 {
                    spare.set(at);
                }
            }
            filter.and(spare);
        }
        filter.and_not(&self.dead);
        match query.hidden_at {
            Some(places) => places.iter().for_each(|at| filter.clear(*at)),
            None => {
                let places = query.hidden.iter().filter_map(|id| base.place(*id));
                places.for_each(|at| filter.clear(at));
            }
        }
        true
    }

    /// Where records are that are built in, given by kind and number in one.
    pub fn places(&self, ids: &[u64]) -> Vec<u32> {
        let found = ids.iter().filter_map(|id| self.base.place(*id));
        found.collect()
    }

    /// The keys of what matches among the records that are not built in, in order.
    fn pending(
        &self,
        query: &Query,
        words: &[Word],
        scratch: &mut Scratch,
        mut guesser: Option<&mut Guesser>,
    ) -> Vec<Key> {
        if self.pending.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(&Row, u16, u16)> = Vec::new();
        for row in &self.pending {
            if !self.row_passes(query, row) {
                continue;
            }
            let (mut score, mut likeness) = (0, 0);
            let parts = words.iter().zip(&mut scratch.marks);
            let all = parts.enumerate().all(|(nth, (word, marks))| {
                let like = guesser
                    .as_mut()
                    .and_then(|guesser| guesser.score(self, nth, row.names.first()?));
                likeness += like.unwrap_or(0);
                let tier = self
                    .row_tier(row, word, marks)
                    .or(like.map(|_| Tier::Fuzzy));
                score += tier.map_or(0, |tier| tier as u16);
                tier.is_some()
            });
            if all {
                found.push((row, score, likeness));
            }
        }
        if query.sort == Sort::Name && guesser.is_none() {
            let key = |row: &Row| {
                let doc = &row.doc;
                (tie(doc.live, doc.recency), doc.kind, doc.number)
            };
            found.sort_by(|a, b| {
                let names = a.0.names.first().cmp(&b.0.names.first());
                names.then_with(|| key(a.0).cmp(&key(b.0)))
            });
        }
        let mut keys: Vec<Key> = found
            .iter()
            .enumerate()
            .map(|(nth, (row, score, likeness))| {
                let doc = &row.doc;
                let id = crate::search::base::id(doc.kind, doc.number);
                let tie = tie(doc.live, doc.recency);
                let sort = if guesser.is_some() {
                    Sort::Rank
                } else {
                    query.sort
                };
                match sort {
                    Sort::Rank => ranked(*score, *likeness, tie, id),
                    Sort::Name => self.named(row, nth, tie, id),
                    Sort::Recent => (recent(tie), 0, id),
                    Sort::Code => (0, 0, id),
                }
            })
            .collect();
        keys.sort_unstable();
        keys
    }

    /// The key by name of a record that is not built in; names between two of the base go by their turn.
    fn named(&self, row: &Row, turn: usize, tie: u32, id: u64) -> Key {
        match self
            .base
            .names
            .find(row.names.first().map_or(&[], |name| name))
        {
            Ok(name) => (u64::from(name) * 2 + 1, u64::from(tie), id),
            Err(name) => (u64::from(name) * 2, turn as u64, id),
        }
    }
}

/// What all words match, of what may be seen.
fn intersect(scratch: &mut Scratch, words: usize, filtered: bool, records: usize) {
    let Scratch {
        all, filter, marks, ..
    } = scratch;
    if filtered {
        all.copy(filter);
    } else if let Some(first) = marks.get(..words).and_then(<[Marks]>::first) {
        all.copy(&first.any);
    } else {
        all.empty(records);
        all.fill(0, records as u32);
    }
    for marks in marks.iter().take(words) {
        all.and(&marks.any);
    }
}

fn hits(
    total: usize,
    mut keys: Vec<Key>,
    pending: Vec<Key>,
    query: &Query,
    skipped: usize,
    scored: bool,
) -> Hits {
    if !pending.is_empty() {
        keys.extend(pending);
        keys.sort_unstable();
    }
    let rows = keys
        .into_iter()
        .skip(query.offset - skipped)
        .take(query.limit)
        .map(|key| Hit {
            kind: (key.2 >> 56) as u8,
            number: key.2 & ((1 << 56) - 1),
            score: if scored { score_of(&key) } else { 0 },
        })
        .collect();
    Hits {
        total,
        rows,
        fuzzy: false,
    }
}
