//! Whom to ask: records by how much they have of what is wished for and how near they are.
//!
//! Sets of bits are counted and intersected as in a search; only the records that are given out are
//! named. Where more fit alike than are wanted, they are taken in even steps from a place that
//! differs from question to question, so that not the same ones are asked each time.

use crate::search::base::id;
use crate::search::bits::Bits;
use crate::search::index::Index;
use crate::search::{Query, TermId};

/// Who is wanted.
#[derive(Clone, Copy)]
pub struct Fit<'a> {
    /// Who may come at all: kinds, permit, states, and terms that must be there.
    pub query: Query<'a>,
    /// What is wished for: of each list one term; the more lists the better.
    pub wishes: &'a [Vec<TermId>],
    /// The terms of places, the nearest first.
    pub near: &'a [Vec<TermId>],
    /// At most so many.
    pub most: usize,
    /// Tells one question from another.
    pub turn: u64,
}

impl Index {
    /// The records that fit best, by kind and number in one (`Code::id`).
    pub fn fitting(&self, fit: &Fit) -> Vec<u64> {
        let mut scratch = self.scratch();
        self.filter(&fit.query, &mut scratch);
        let records = self.base.ids.len();
        let met = self.met(&scratch.filter, fit.wishes);
        let rows = self.rows(fit);
        let mut chosen = Vec::new();
        let (mut group, mut place) = (Bits::default(), Bits::default());
        for (level, bits) in met.iter().enumerate().rev() {
            // Those that have exactly so much and are not yet given out.
            let mut left = bits.clone();
            if let Some(more) = met.get(level + 1) {
                left.and_not(more);
            }
            for near in 0..=fit.near.len() {
                let room = fit.most - chosen.len();
                if room == 0 {
                    break;
                }
                group.copy(&left);
                if let Some(terms) = fit.near.get(near) {
                    place.empty(records);
                    terms
                        .iter()
                        .for_each(|term| self.base.posts.fill(*term, &mut place));
                    group.and(&place);
                    left.and_not(&place);
                }
                let late = rows.iter().filter(|row| (row.0, row.1) == (level, near));
                let late = late.map(|row| row.2);
                let count = group.count() + late.clone().count();
                let known = group.iter().filter_map(|at| self.base.ids.get(at as usize));
                let takes = spread(count, room, fit.turn);
                let all = late.chain(known.copied()).enumerate();
                chosen.extend(all.filter(|(nth, _)| takes(*nth)).map(|(_, id)| id));
            }
        }
        self.put_back(scratch);
        chosen
    }

    /// How many records of each organisation fit, with anything of what is wished for.
    pub fn fitting_in(&self, fit: &Fit, orgs: &[u32]) -> Vec<usize> {
        let mut scratch = self.scratch();
        self.filter(&fit.query, &mut scratch);
        let least = usize::from(!fit.wishes.is_empty());
        let met = self.met(&scratch.filter, fit.wishes);
        let late: Vec<&crate::search::pending::Row> = self
            .pending
            .iter()
            .filter(|row| {
                self.row_passes(&fit.query, row) && self.level(fit, &row.doc.terms) >= least
            })
            .collect();
        let mut bits = Bits::default();
        let count = |org: &u32| {
            bits.empty(self.base.ids.len());
            self.base.orgs.fill(*org, &mut bits);
            if let Some(met) = met.get(least) {
                bits.and(met);
            }
            let late = late.iter().filter(|row| row.doc.scope.contains(org));
            bits.count() + late.count()
        };
        let counts = orgs.iter().map(count).collect();
        self.put_back(scratch);
        counts
    }

    /// By how many of the wishes they meet at least: all of the filter, those with one, with two.
    fn met(&self, filter: &Bits, wishes: &[Vec<TermId>]) -> Vec<Bits> {
        let records = self.base.ids.len();
        let mut met = vec![filter.clone()];
        let (mut has, mut more) = (Bits::default(), Bits::default());
        for wish in wishes {
            has.empty(records);
            wish.iter()
                .for_each(|term| self.base.posts.fill(*term, &mut has));
            let mut most = Bits::default();
            most.empty(records);
            met.push(most);
            for at in (1..met.len()).rev() {
                let (below, from) = met.split_at_mut(at);
                if let (Some(below), Some(here)) = (below.last(), from.first_mut()) {
                    more.copy(below);
                    more.and(&has);
                    here.or(more.words());
                }
            }
        }
        met
    }

    fn level(&self, fit: &Fit, terms: &[TermId]) -> usize {
        let met = |wish: &&Vec<TermId>| wish.iter().any(|term| terms.contains(term));
        fit.wishes.iter().filter(met).count()
    }

    /// The records that are not built in: wishes met, nearness, which.
    fn rows(&self, fit: &Fit) -> Vec<(usize, usize, u64)> {
        let rows = self.pending.iter();
        let rows = rows.filter(|row| self.row_passes(&fit.query, row));
        rows.map(|row| {
            let doc = &row.doc;
            let here = |terms: &Vec<TermId>| terms.iter().any(|term| doc.terms.contains(term));
            let near = fit.near.iter().position(here);
            (
                self.level(fit, &doc.terms),
                near.unwrap_or(fit.near.len()),
                id(doc.kind, doc.number),
            )
        })
        .collect()
    }
}

/// Which of so many are taken where there is room for fewer: even steps, begun at a turn.
fn spread(count: usize, room: usize, turn: u64) -> impl Fn(usize) -> bool {
    let (count, room) = (count as u64, room as u64);
    move |nth| count <= room || ((nth as u64 + turn % count) % count * room) % count < room
}
