//! Answering a query.

use std::cell::RefCell;

use crate::search::automaton::{Automaton, States};
use crate::search::base::{Row, Texts, id, tie};
use crate::search::fuzzy;
use crate::search::index::Index;
use crate::search::query::{Word, words};
use crate::search::top::Key;
use crate::search::trie::Go;
use crate::search::{Hit, Hits, Query, Tier};

thread_local! {
    static SCRATCH: RefCell<(Vec<u8>, Vec<u8>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

impl Index {
    /// Answers a query.
    pub fn find(&self, query: &Query) -> Hits {
        let words = words(query.text);
        if words.is_empty() {
            return if query.text.trim().is_empty() {
                self.all(query)
            } else {
                Hits::default()
            };
        }
        let hits =
            SCRATCH.with_borrow_mut(|(sum, word)| self.scored(query, &words, sum, word, None));
        if hits.total > 0 {
            return hits;
        }
        let guesses: Vec<fuzzy::Guesses> =
            words.iter().map(|word| fuzzy::guess(self, word)).collect();
        let mut hits = SCRATCH
            .with_borrow_mut(|(sum, word)| self.scored(query, &words, sum, word, Some(&guesses)));
        hits.fuzzy = true;
        hits
    }

    fn all(&self, query: &Query) -> Hits {
        let mut later: Vec<Key> = self
            .pending
            .iter()
            .filter(|row| self.row_passes(query, row))
            .map(|row| {
                (
                    0,
                    0,
                    tie(row.doc.live, row.doc.recency),
                    id(row.doc.kind, row.doc.number),
                )
            })
            .collect();
        later.sort_unstable();
        let mut later = later.into_iter().peekable();
        let mut hits = Hits::default();
        let mut take = |id: u64| {
            if hits.total >= query.offset && hits.rows.len() < query.limit {
                hits.rows.push(hit(id, 0));
            }
            hits.total += 1;
        };
        for at in &self.base.order {
            if self.is_dead(*at) || !self.passes(query, *at) {
                continue;
            }
            let key = (0, 0, self.tie(*at), self.id(*at));
            while let Some(pending) = later.next_if(|pending| *pending < key) {
                take(pending.3);
            }
            take(key.3);
        }
        later.for_each(|pending| take(pending.3));
        hits
    }

    fn scored(
        &self,
        query: &Query,
        words: &[Word],
        sum: &mut Vec<u8>,
        one: &mut Vec<u8>,
        guesses: Option<&[fuzzy::Guesses]>,
    ) -> Hits {
        for (nth, word) in words.iter().enumerate() {
            let target = if nth == 0 { &mut *sum } else { &mut *one };
            target.clear();
            target.resize(self.base.ids.len(), 0);
            self.score(word, target);
            if let Some(guesses) = guesses.and_then(|guesses| guesses.get(nth)) {
                guesses.mark(self, target);
            }
            if nth > 0 {
                for (total, word) in sum.iter_mut().zip(one.iter()) {
                    *total = if *total == 0 || *word == 0 {
                        0
                    } else {
                        *total + *word
                    };
                }
            }
        }
        let keep = query.offset.saturating_add(query.limit);
        let (mut total, mut keys) = match guesses {
            None => self.best(query, sum, keep),
            Some(guesses) => self.guessed(query, sum, guesses),
        };
        let mut offer = |key: Key| {
            total += 1;
            keys.push(key);
        };
        let mut automata: Vec<Automaton> = words
            .iter()
            .map(|word| self.automaton(&word.text))
            .collect();
        for row in self
            .pending
            .iter()
            .filter(|row| self.row_passes(query, row))
        {
            let mut score = 0u16;
            let mut likeness = 0;
            let all =
                words
                    .iter()
                    .zip(&mut automata)
                    .enumerate()
                    .all(|(nth, (word, automaton))| {
                        let guess = guesses.and_then(|guesses| guesses.get(nth));
                        let like = guess.and_then(|guess| guess.score(self, row.names.first()?));
                        likeness += like.unwrap_or(0);
                        let tier = self
                            .row_tier(row, word, automaton)
                            .or(like.map(|_| Tier::Fuzzy));
                        score += tier.map_or(0, |tier| tier as u16);
                        tier.is_some()
                    });
            if all {
                let doc = &row.doc;
                offer((
                    u16::MAX - score,
                    u16::MAX - likeness,
                    tie(doc.live, doc.recency),
                    id(doc.kind, doc.number),
                ));
            }
        }
        keys.sort_unstable();
        let rows = keys
            .into_iter()
            .take(keep)
            .skip(query.offset)
            .map(|key| hit(key.3, u16::MAX - key.0))
            .collect();
        Hits {
            total,
            rows,
            fuzzy: false,
        }
    }

    /// The records that are left when names are guessed, the most like first.
    fn guessed(&self, query: &Query, sum: &[u8], guesses: &[fuzzy::Guesses]) -> (usize, Vec<Key>) {
        let mut keys = Vec::new();
        for (at, score) in sum.iter().enumerate().filter(|(_, score)| **score != 0) {
            let at = at as u32;
            if self.is_dead(at) || !self.passes(query, at) {
                continue;
            }
            let name = self.name_of(at);
            let likeness: u16 = guesses.iter().map(|guess| guess.likeness(name)).sum();
            keys.push((
                u16::MAX - u16::from(*score),
                u16::MAX - likeness,
                self.tie(at),
                self.id(at),
            ));
        }
        (keys.len(), keys)
    }

    /// Leaves each record's tier for one word.
    #[expect(
        clippy::indexing_slicing,
        reason = "the column is as long as the base; the base names only its own records"
    )]
    fn score(&self, word: &Word, out: &mut [u8]) {
        let base = &self.base;
        let raise = |slot: &mut u8, tier: Tier| *slot = (*slot).max(tier as u8);
        let mut names: Vec<(std::ops::Range<u32>, Tier)> = Vec::new();
        let mut automaton = self.automaton(&word.text);
        self.heads(&base.names, &mut automaton, |range, tier| {
            names.push((range, tier))
        });
        self.inner(&base.names, &mut automaton, |text| {
            names.push((text..text + 1, Tier::Syllable))
        });
        for (range, tier) in names {
            let (from, to) = (
                base.first[range.start as usize],
                base.first[range.end as usize],
            );
            for slot in &mut out[from as usize..to as usize] {
                raise(slot, tier);
            }
            let from = base.aliases.partition_point(|alias| alias.0 < range.start);
            for (_, at) in base.aliases[from..]
                .iter()
                .take_while(|alias| alias.0 < range.end)
            {
                raise(&mut out[*at as usize], tier);
            }
        }
        for term in self.terms_of(&mut automaton) {
            for at in base.of_term(term) {
                raise(&mut out[*at as usize], Tier::Other);
            }
        }
        if let Some((kind, number)) = word.code
            && let Some(at) = base.place(id(kind, number))
        {
            out[at as usize] = Tier::Exact as u8;
        }
        let Some(digits) = word.digits() else { return };
        if digits.len() >= 3 && !digits.ends_with('x') {
            base.runs
                .find(digits, |at| raise(&mut out[at as usize], Tier::Other));
        }
        if digits.len() >= 4 {
            base.tails
                .find(digits, |at| raise(&mut out[at as usize], Tier::Other));
        }
        if let Ok(number) = digits.parse::<u64>() {
            for spec in crate::domain::kind::KINDS {
                if let Some(at) = base.place(id(spec.kind.bit(), number)) {
                    raise(&mut out[at as usize], Tier::Other);
                }
            }
        }
    }

    fn terms_of(&self, automaton: &mut Automaton) -> Vec<u32> {
        let mut texts: Vec<std::ops::Range<u32>> = Vec::new();
        self.heads(&self.base.terms, automaton, |range, _| texts.push(range));
        self.inner(&self.base.terms, automaton, |text| {
            texts.push(text..text + 1)
        });
        let mut terms: Vec<u32> = Vec::new();
        for range in texts {
            let from = self.base.term_of.partition_point(|row| row.0 < range.start);
            let rows = self.base.term_of.iter().skip(from);
            terms.extend(rows.take_while(|row| row.0 < range.end).map(|row| row.1));
        }
        for late in &self.late {
            let hit = self.term_matches(*late, automaton);
            terms.retain(|term| term != late);
            if hit {
                terms.push(*late);
            }
        }
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    pub(super) fn term_matches(&self, term: u32, automaton: &mut Automaton) -> bool {
        let texts = self.terms.get(term as usize).map_or(&[][..], Vec::as_slice);
        texts
            .iter()
            .any(|text| self.tier(text, automaton).is_some())
    }

    fn heads(
        &self,
        texts: &Texts,
        automaton: &mut Automaton,
        mut found: impl FnMut(std::ops::Range<u32>, Tier),
    ) {
        let mut stack: Vec<(States, Tier)> = vec![(Automaton::START, Tier::Fuzzy)];
        let done = automaton.done();
        texts.heads.walk(|seen| {
            stack.truncate(seen.depth);
            let Some((before, reached)) = stack.last().copied() else {
                return Go::Over;
            };
            let mut states = automaton.step(&self.alphabet, before, seen.letter);
            let mut reached = reached;
            if states.any & done != 0 {
                let tier = if states.begun & done != 0 {
                    Tier::Prefix
                } else {
                    Tier::Syllable
                };
                if tier > reached {
                    found(seen.all.clone(), tier);
                    reached = tier;
                }
                if !seen.ends.is_empty() {
                    if states.whole & done != 0 {
                        found(seen.ends.clone(), Tier::Exact);
                    } else if states.first & done != 0 {
                        found(seen.ends.clone(), Tier::Initials);
                    }
                }
            }
            let rest = done - 1;
            states.any &= rest;
            states.whole &= rest;
            states.begun = 0;
            states.first &= rest;
            let better = states.whole != 0
                || states.first != 0
                || (reached < Tier::Syllable && states.any != 0);
            if better {
                stack.push((states, reached));
                Go::Down
            } else {
                Go::Over
            }
        });
    }

    fn inner(&self, texts: &Texts, automaton: &mut Automaton, mut found: impl FnMut(u32)) {
        let mut stack: Vec<States> = vec![Automaton::START];
        let done = automaton.done();
        texts.inner.walk(|seen| {
            stack.truncate(seen.depth);
            let Some(before) = stack.last().copied() else {
                return Go::Over;
            };
            let before = States {
                any: before.any,
                ..States::default()
            };
            let states = automaton.step(&self.alphabet, before, seen.letter);
            if states.any & done != 0 {
                let owners = texts
                    .owners
                    .get(seen.all.start as usize..seen.all.end as usize);
                owners.unwrap_or(&[]).iter().for_each(|text| found(*text));
                return Go::Over;
            }
            if states.any == 0 {
                return Go::Over;
            }
            stack.push(states);
            Go::Down
        });
    }

    pub(super) fn id(&self, at: u32) -> u64 {
        self.base.ids.get(at as usize).copied().unwrap_or(0)
    }

    pub(super) fn tie(&self, at: u32) -> u32 {
        self.base.ties.get(at as usize).copied().unwrap_or(0)
    }

    fn name_of(&self, at: u32) -> Option<u32> {
        Some(
            self.base
                .first
                .partition_point(|first| *first <= at)
                .checked_sub(1)? as u32,
        )
    }

    pub(super) fn passes(&self, query: &Query, at: u32) -> bool {
        let id = self.id(at);
        let kind = (id >> 56) as u8;
        if query.kinds != 0 && query.kinds >> kind & 1 == 0 {
            return false;
        }
        if query
            .hidden
            .is_some_and(|hidden| hidden(kind, id & ((1 << 56) - 1)))
        {
            return false;
        }
        [query.permit, query.within]
            .into_iter()
            .flatten()
            .all(|scope| {
                if self
                    .base
                    .primary
                    .get(at as usize)
                    .is_some_and(|org| scope.has(*org))
                {
                    return true;
                }
                let from = self.base.further.partition_point(|row| row.0 < at);
                let further = self
                    .base
                    .further
                    .iter()
                    .skip(from)
                    .take_while(|row| row.0 == at);
                further.into_iter().any(|row| scope.has(row.1))
            })
    }

    fn row_passes(&self, query: &Query, row: &Row) -> bool {
        let doc = &row.doc;
        (query.kinds == 0 || query.kinds >> doc.kind & 1 == 1)
            && !query
                .hidden
                .is_some_and(|hidden| hidden(doc.kind, doc.number))
            && [query.permit, query.within]
                .into_iter()
                .flatten()
                .all(|scope| doc.scope.iter().any(|org| scope.has(*org)))
    }
}

fn hit(id: u64, score: u16) -> Hit {
    Hit {
        kind: (id >> 56) as u8,
        number: id & ((1 << 56) - 1),
        score,
    }
}
