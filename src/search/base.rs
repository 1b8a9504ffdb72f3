//! The built part of the index: columns over all records, those of one team side by side.
//!
//! Records stand by kind, primary organisation and first terms, so that organisations, places and
//! employers are few runs each; names, phones and document numbers lead to places in that order.

use crate::domain::kind::{KindSpec, YEAR};
use crate::search::TermId;
use crate::search::alphabet::{Alphabet, Letter};
use crate::search::bits::Bits;
use crate::search::day::Columns;
use crate::search::digits::{Runs, Tails};
use crate::search::fuzzy::sign;
use crate::search::posting::Postings;
use crate::search::stage::Stage;
use crate::search::texts::Texts;

/// The columns.
#[derive(Default)]
pub struct Base {
    /// Names and aliases, with their records.
    pub names: Texts,
    /// The letters of each name, for guesses.
    pub signatures: Vec<u32>,
    /// The name of each record.
    pub name_of: Vec<u32>,
    /// Kind and number.
    pub ids: Vec<u64>,
    /// Live and recent first.
    pub ties: Vec<u32>,
    /// State, by its number in the kind's table.
    pub states: Vec<u8>,
    /// Records in the order of ties.
    pub order: Vec<u32>,
    /// How many of `order` are live.
    pub live: usize,
    /// Records in the order of kind and number.
    pub codes: Vec<u32>,
    /// Where the records of each kind begin.
    pub kinds: [u32; 17],
    /// Days.
    pub days: Columns,
    /// Records by the number of the organisation they belong to.
    pub orgs: Postings,
    /// Phones.
    pub runs: Runs,
    /// Document numbers.
    pub tails: Tails,
    /// Shared texts, with their terms.
    pub terms: Texts,
    /// Records by term.
    pub posts: Postings,
}

/// The number of a record within one column.
pub fn id(kind: u8, number: u64) -> u64 {
    u64::from(kind) << 56 | number
}

/// What orders records of equal score: live first, then recent.
pub fn tie(live: bool, recency: i32) -> u32 {
    let old = (1 << 30) - recency.clamp(-(1 << 29), 1 << 29);
    u32::from(!live) << 31 | old.unsigned_abs()
}

/// Where each record goes: records of one kind, team and first terms together.
fn seats(stage: &Stage) -> Vec<u32> {
    let mut keys: Vec<(u64, u32)> = (0..stage.ids.len() as u32)
        .map(|record| {
            let kind = stage.ids.get(record as usize).map_or(0, |id| id >> 56);
            let primary = stage.orgs_of(record).first().copied().unwrap_or(0);
            let mut key = kind << 60 | u64::from(primary & 0xf_ffff) << 40;
            for (nth, term) in stage.terms_of(record).iter().take(2).enumerate() {
                key |= u64::from(term & 0xf_ffff) << (20 - 20 * nth);
            }
            (key, record)
        })
        .collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, record)| record).collect()
}

fn gather<T: Copy + Default>(column: &[T], order: &[u32]) -> Vec<T> {
    order
        .iter()
        .map(|record| column.get(*record as usize).copied().unwrap_or_default())
        .collect()
}

impl Base {
    /// Builds all columns.
    pub fn build(
        mut stage: Stage,
        alphabet: &Alphabet,
        renamed: &[Letter],
        terms: &[Vec<Box<[Letter]>>],
    ) -> Base {
        let order = seats(&stage);
        let mut seat = vec![0u32; order.len()];
        for (at, record) in order.iter().enumerate() {
            if let Some(slot) = seat.get_mut(*record as usize) {
                *slot = at as u32;
            }
        }
        let sit = |record: u32| seat.get(record as usize).copied().unwrap_or(0);
        let interner = std::mem::take(&mut stage.names);
        let (named, mut base) = std::thread::scope(|scope| {
            let named = scope.spawn(|| {
                let mut texts = interner.texts();
                let rename = |letter: &mut Letter| {
                    *letter = renamed
                        .get(usize::from(*letter))
                        .copied()
                        .unwrap_or(*letter);
                };
                texts
                    .iter_mut()
                    .for_each(|text| text.iter_mut().for_each(rename));
                let mut pairs: Vec<(u32, u32)> =
                    gather(&stage.name, &order).into_iter().zip(0..).collect();
                let further = stage.aliases.iter();
                pairs.extend(further.map(|(record, text)| (*text, sit(*record))));
                Texts::build(&texts, &pairs)
            });
            let base = Base::columns(&stage, &order, sit, terms.len());
            (named.join().unwrap_or_default(), base)
        });
        base.names = named.0;
        base.name_of = gather(&stage.name, &order)
            .into_iter()
            .map(|name| named.1.get(name as usize).copied().unwrap_or(0))
            .collect();
        let texts = 0..base.names.len() as u32;
        base.signatures = texts
            .map(|text| sign(alphabet, base.names.get(text)))
            .collect();
        base.runs = Runs::build(
            order.len(),
            order
                .iter()
                .map(|record| stage.phones.get(*record as usize).copied().unwrap_or(0)),
            stage
                .more
                .iter()
                .map(|(record, digits)| (sit(*record), digits.clone()))
                .collect(),
        );
        base.tails = Tails::build(std::mem::take(&mut stage.tails), sit);
        base.terms = Base::shared(terms);
        base
    }

    fn columns(stage: &Stage, order: &[u32], sit: impl Fn(u32) -> u32, terms: usize) -> Base {
        let mut base = Base {
            ids: gather(&stage.ids, order),
            ties: gather(&stage.ties, order),
            states: gather(&stage.states, order),
            ..Base::default()
        };
        let mut codes: Vec<(u64, u32)> = stage.ids.iter().copied().zip((0..).map(&sit)).collect();
        codes.sort_unstable();
        base.codes = codes.into_iter().map(|(_, at)| at).collect();
        let mut ties: Vec<(u32, u64, u32)> = base
            .ties
            .iter()
            .zip(&base.ids)
            .zip(0..)
            .map(|((tie, id), at)| (*tie, *id, at))
            .collect();
        ties.sort_unstable();
        base.live = ties.partition_point(|row| row.0 >> 31 == 0);
        base.order = ties.into_iter().map(|(_, _, at)| at).collect();
        for (kind, start) in base.kinds.iter_mut().enumerate() {
            *start = base.ids.partition_point(|id| (id >> 56) < kind as u64) as u32;
        }
        base.days = stage.days.seated(order, &base.kinds, &sit);
        let most = stage.orgs.iter().max().map_or(0, |most| *most as usize + 1);
        base.orgs = Postings::build(most, order.len(), |add| {
            for (record, at) in order.iter().zip(0..) {
                stage.orgs_of(*record).iter().for_each(|org| add(*org, at));
            }
        });
        base.posts = Postings::build(terms, order.len(), |add| {
            for (record, at) in order.iter().zip(0..) {
                stage
                    .terms_of(*record)
                    .iter()
                    .for_each(|term| add(*term, at));
            }
        });
        base
    }

    fn shared(terms: &[Vec<Box<[Letter]>>]) -> Texts {
        let all: Vec<(&[Letter], TermId)> = terms
            .iter()
            .zip(0..)
            .flat_map(|(texts, term)| texts.iter().map(move |text| (&**text, term)))
            .collect();
        let mut interner = crate::search::texts::Interner::default();
        let pairs: Vec<(u32, u32)> = all
            .iter()
            .map(|(text, term)| (interner.id(text), *term))
            .collect();
        Texts::build(&interner.texts(), &pairs).0
    }

    /// The place of a record in the columns.
    pub fn place(&self, id: u64) -> Option<u32> {
        let at = self
            .codes
            .binary_search_by_key(&id, |at| self.ids.get(*at as usize).copied().unwrap_or(0))
            .ok()?;
        self.codes.get(at).copied()
    }

    /// The records of a kind whose codes end in this number, of whatever year.
    pub fn numbered(&self, spec: &KindSpec, last: u64) -> impl Iterator<Item = u32> {
        let kind = spec.kind.bit();
        let (from, to) = self.span(kind);
        let year = |nth: u32| {
            let at = self.codes.get(nth as usize)?;
            let id = self.ids.get(*at as usize)?;
            Some(id % (1 << 56) / YEAR)
        };
        let years = match (year(from), to.checked_sub(1).and_then(year)) {
            (Some(first), Some(newest)) if spec.yearly && from < to => first..=newest,
            _ => 0..=0,
        };
        let known = !spec.yearly || last < YEAR;
        let years = years.filter(move |_| known);
        years.filter_map(move |year| self.place(id(kind, year * YEAR + last)))
    }

    /// Where the records of a kind begin and end.
    pub fn span(&self, kind: u8) -> (u32, u32) {
        let kind = usize::from(kind);
        match self.kinds.get(kind..kind + 2) {
            Some([from, to]) => (*from, *to),
            _ => (0, 0),
        }
    }

    /// Adds the records of some kinds, given as a mask.
    pub fn of_kinds(&self, mask: u16, out: &mut Bits) {
        for kind in 0..16usize {
            if mask >> kind & 1 == 1
                && let Some([from, to]) = self.kinds.get(kind..kind + 2)
            {
                out.fill(*from, *to);
            }
        }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.names.bytes()
            + self.terms.bytes()
            + self.runs.bytes()
            + self.tails.bytes()
            + self.orgs.bytes()
            + self.posts.bytes()
            + self.days.bytes()
            + self.signatures.capacity() * 4
            + self.ids.capacity() * 8
            + self.states.capacity()
            + (self.name_of.capacity() + self.ties.capacity()) * 4
            + (self.order.capacity() + self.codes.capacity()) * 4
    }
}
