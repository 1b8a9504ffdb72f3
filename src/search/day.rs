//! The days of records: a column for each field by whose days lists are narrowed.
//!
//! A column reaches over the records of its kind alone, with two bytes a record; further days of a
//! record, and those that two bytes do not hold, stand beside.

use crate::search::Dated;
use crate::search::bits::Bits;
use crate::search::index::Index;

/// The day before the first that a slot holds, 1925-01-01, counted from the common era.
const BEFORE: i32 = 702_726;

/// The days of one field of one kind.
struct Column {
    kind: u8,
    field: u8,
    /// The record of the first slot.
    first: u32,
    /// A day for each record; 0 for none.
    slots: Vec<u16>,
    /// Records with days that stand in no slot.
    more: Vec<(u32, i32)>,
}

/// All columns.
#[derive(Default)]
pub struct Columns(Vec<Column>);

fn slot(day: i32) -> Option<u16> {
    u16::try_from(day - BEFORE).ok().filter(|slot| *slot > 0)
}

impl Column {
    fn put(&mut self, at: u32, day: i32) {
        let place = (at - self.first) as usize;
        if self.slots.len() <= place {
            self.slots.resize(place + 1, 0);
        }
        match (self.slots.get_mut(place), slot(day)) {
            (Some(held), Some(slot)) if *held == 0 => *held = slot,
            _ => self.more.push((at, day)),
        }
    }

    fn slot(&self, at: u32) -> u16 {
        let place = at.checked_sub(self.first);
        let held = place.and_then(|place| self.slots.get(place as usize));
        held.copied().unwrap_or(0)
    }

    fn fill(&self, from: i32, to: i32, out: &mut Bits) {
        let low = u16::try_from(from.saturating_sub(BEFORE).max(1));
        let high = u16::try_from(to.saturating_sub(BEFORE).clamp(0, u16::MAX.into()));
        if let (Ok(low), Ok(high)) = (low, high)
            && low <= high
        {
            for (slot, at) in self.slots.iter().zip(self.first..) {
                if (low..=high).contains(slot) {
                    out.set(at);
                }
            }
        }
        let more = self.more.iter().filter(|one| (from..=to).contains(&one.1));
        more.for_each(|one| out.set(one.0));
    }

    /// Takes out what has a day.
    fn clear(&self, out: &mut Bits) {
        for (slot, at) in self.slots.iter().zip(self.first..) {
            if *slot > 0 {
                out.clear(at);
            }
        }
        self.more.iter().for_each(|one| out.clear(one.0));
    }
}

impl Columns {
    /// Takes in the days of a record, by the number of their field; records come in order.
    pub fn push(&mut self, kind: u8, at: u32, days: &[(u8, i32)]) {
        for (field, day) in days {
            let own = |one: &Column| one.kind == kind && one.field == *field;
            let nth = self.0.iter().position(own).unwrap_or_else(|| {
                self.0.push(Column {
                    kind,
                    field: *field,
                    first: at,
                    slots: Vec::new(),
                    more: Vec::new(),
                });
                self.0.len() - 1
            });
            if let Some(column) = self.0.get_mut(nth) {
                column.put(at, *day);
            }
        }
    }

    /// The same columns over records in another order, where those of each kind stand together.
    pub fn seated(&self, order: &[u32], kinds: &[u32], sit: impl Fn(u32) -> u32) -> Columns {
        let columns = self.0.iter().filter_map(|column| {
            let kind = usize::from(column.kind);
            let (from, to) = (*kinds.get(kind)?, *kinds.get(kind + 1)?);
            let own = order.get(from as usize..to as usize)?;
            Some(Column {
                first: from,
                slots: own.iter().map(|record| column.slot(*record)).collect(),
                more: column
                    .more
                    .iter()
                    .map(|(at, day)| (sit(*at), *day))
                    .collect(),
                ..*column
            })
        });
        Columns(columns.collect())
    }

    /// Adds the records of a kind, which stand in a span of the base, whose days are as asked.
    pub fn fill(&self, kind: u8, span: (u32, u32), asked: &Dated, out: &mut Bits) {
        let own = |one: &&Column| one.kind == kind && one.field == asked.field;
        let column = self.0.iter().find(own);
        match asked.within {
            Some((from, to)) => {
                if let Some(column) = column {
                    column.fill(from, to, out);
                }
            }
            None => {
                out.fill(span.0, span.1);
                if let Some(column) = column {
                    column.clear(out);
                }
            }
        }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        let bytes = |column: &Column| column.slots.capacity() * 2 + column.more.capacity() * 8;
        self.0.iter().map(bytes).sum()
    }
}

impl Dated {
    /// Whether the days of a record, by the number of their field, are as asked.
    pub fn fits(&self, days: &[(u8, i32)]) -> bool {
        let mut own = days.iter().filter(|one| one.0 == self.field);
        match self.within {
            Some((from, to)) => own.any(|one| (from..=to).contains(&one.1)),
            None => own.next().is_none(),
        }
    }
}

impl Index {
    /// Keeps of some records of the base those of a kind whose days are as asked.
    pub(super) fn keep_dated(&self, kind: u8, asked: &Dated, spare: &mut Bits, out: &mut Bits) {
        spare.empty(self.base.ids.len());
        self.base
            .days
            .fill(kind, self.base.span(kind), asked, spare);
        out.and(spare);
    }

    /// The numbers of the records of a kind whose days are as asked, in order.
    pub fn dated(&self, kind: u8, days: &[Dated]) -> Vec<u64> {
        let (mut all, mut spare) = (Bits::default(), Bits::default());
        all.empty(self.base.ids.len());
        let (from, to) = self.base.span(kind);
        all.fill(from, to);
        for asked in days {
            self.keep_dated(kind, asked, &mut spare, &mut all);
        }
        all.and_not(&self.dead);
        // The order of codes has each kind at the same places.
        let codes = self.base.codes.get(from as usize..to as usize);
        let codes = codes.unwrap_or(&[]).iter().filter(|at| all.has(**at));
        let mut found: Vec<u64> = codes.map(|at| self.id(*at) & ((1 << 56) - 1)).collect();
        let pending = self.pending.iter().map(|row| &row.doc);
        let late = pending
            .filter(|doc| doc.kind == kind && days.iter().all(|asked| asked.fits(&doc.days)));
        found.extend(late.map(|doc| doc.number));
        found.sort_unstable();
        found
    }
}
