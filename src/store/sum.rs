//! Kept sums: what a kind adds up, by year and by what each record names, brought up to date like an index.

use std::collections::HashMap;

use redb::{ReadableTable, TableDefinition, TableHandle, WriteTransaction};

use crate::domain::kind::{Code, KINDS, Kind, KindSpec, Sum};
use crate::domain::record::Record;
use crate::domain::value::Value;
use crate::store::coding::decode_record;
use crate::store::reader::Reader;
use crate::store::{StoreError, records};

/// The year under which all years are added up.
pub const ALL: u16 = 0;

/// What was added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// The sum of the field.
    pub amount: i64,
    /// Of how many records.
    pub count: u64,
}

/// A row of a sum: the field it goes by, the year, the record that is named.
pub(crate) type Row = (&'static str, u16, u64);

/// Sums, or changes of sums, by their rows: amount and count.
pub(crate) type Sums = HashMap<Row, (i64, i64)>;

/// The table of a sum: year and code, then amount and count.
type Definition<'a> = TableDefinition<'a, (u16, u64), (i64, u64)>;

/// The name of a sum's table.
pub(crate) fn name(kind: Kind, by: &str) -> String {
    format!("sum_{}_{by}", kind.spec().key)
}

pub(crate) fn table(name: &str) -> Definition<'_> {
    TableDefinition::new(name)
}

/// Adds what a record counts for, or takes it away.
pub(crate) fn add(sums: &mut Sums, record: &Record, sign: i64) {
    let Some(sum) = &record.kind.spec().sum else {
        return;
    };
    let Some(Value::Int(amount)) = record.get(sum.field) else {
        return;
    };
    if record.status() != sum.state {
        return;
    }
    let year: Option<u16> = record
        .text(sum.day)
        .get(..4)
        .and_then(|year| year.parse().ok());
    for by in sum.by {
        for code in record.refs(by) {
            for year in [Some(ALL), year.filter(|year| *year != ALL)]
                .into_iter()
                .flatten()
            {
                let row = sums.entry((*by, year, code.id())).or_default();
                row.0 += amount * sign;
                row.1 += sign;
            }
        }
    }
}

/// Brings the tables of a kind up to date; a row over no records goes.
pub(crate) fn write(txn: &WriteTransaction, kind: Kind, sums: Sums) -> Result<(), StoreError> {
    let mut rows: Vec<(Row, (i64, i64))> =
        sums.into_iter().filter(|(_, by)| *by != (0, 0)).collect();
    rows.sort_unstable();
    for run in rows.chunk_by(|one, other| one.0.0 == other.0.0) {
        let Some(((by, _, _), _)) = run.first() else {
            continue;
        };
        let name = name(kind, by);
        let mut open = txn.open_table(table(&name))?;
        for ((_, year, id), (amount, count)) in run {
            let key = (*year, *id);
            let had = open.get(key)?.map_or((0, 0), |row| row.value());
            let count = had.1.saturating_add_signed(*count);
            if count == 0 {
                open.remove(key)?;
            } else {
                open.insert(key, (had.0 + amount, count))?;
            }
        }
    }
    Ok(())
}

/// Makes the tables that are not there, and fills them from the records that are.
pub(crate) fn complete(txn: &WriteTransaction) -> Result<(), StoreError> {
    let there: Vec<String> = txn
        .list_tables()?
        .map(|one| one.name().to_owned())
        .collect();
    for spec in KINDS {
        let missing: Vec<&str> = bys(spec)
            .filter(|by| !there.contains(&name(spec.kind, by)))
            .collect();
        if missing.is_empty() {
            continue;
        }
        let mut sums = Sums::new();
        for row in txn.open_table(records(spec.kind))?.iter()? {
            let (number, bytes) = row?;
            let record = decode_record(spec.kind, number.value(), bytes.value())?;
            add(&mut sums, &record, 1);
        }
        sums.retain(|(by, _, _), _| missing.contains(by));
        for by in missing {
            txn.open_table(table(&name(spec.kind, by)))?;
        }
        write(txn, spec.kind, sums)?;
    }
    Ok(())
}

/// The names of a kind's tables.
pub(crate) fn names(spec: &KindSpec) -> impl Iterator<Item = String> {
    let kind = spec.kind;
    bys(spec).map(move |by| name(kind, by))
}

/// A row of the sums, what it says, and what it should say.
type Wrong = (Row, Total, Total);

fn bys(spec: &KindSpec) -> impl Iterator<Item = &'static str> {
    let sum: Option<&Sum> = spec.sum.as_ref();
    sum.map_or(&[][..], |sum| sum.by).iter().copied()
}

impl Reader {
    /// What is added up for one record in a year; year 0 for all years.
    pub fn sum(&self, kind: Kind, by: &str, year: u16, code: Code) -> Result<Total, StoreError> {
        let name = name(kind, by);
        let open = self.txn.open_table(table(&name))?;
        let found = open.get((year, code.id()))?;
        Ok(found.map_or(Total::default(), |row| total(row.value())))
    }

    /// Calls back with everything that is added up in a year, in the order of the codes.
    pub fn sums(
        &self,
        kind: Kind,
        by: &str,
        year: u16,
        mut each: impl FnMut(Code, Total),
    ) -> Result<(), StoreError> {
        let name = name(kind, by);
        let open = self.txn.open_table(table(&name))?;
        for row in open.range((year, 0)..=(year, u64::MAX))? {
            let (key, value) = row?;
            if let Some(code) = Code::from_id(key.value().1) {
                each(code, total(value.value()));
            }
        }
        Ok(())
    }

    /// The rows of a kind's sums that differ from a recount, with what they say and what they should.
    pub(crate) fn wrong_sums(
        &self,
        spec: &KindSpec,
        mut counted: Sums,
    ) -> Result<(u64, Vec<Wrong>), StoreError> {
        let (mut read, mut wrong) = (0, Vec::new());
        for by in bys(spec) {
            let name = name(spec.kind, by);
            let open = self.txn.open_table(table(&name))?;
            for row in open.iter()? {
                let (key, value) = row?;
                let ((year, id), said) = (key.value(), total(value.value()));
                read += 1;
                let right = counted.remove(&(by, year, id)).unwrap_or_default();
                let right = total((right.0, right.1.unsigned_abs()));
                if said != right {
                    wrong.push(((by, year, id), said, right));
                }
            }
        }
        let lacking = counted.into_iter();
        wrong.extend(lacking.map(|(row, (amount, count))| {
            (row, Total::default(), total((amount, count.unsigned_abs())))
        }));
        wrong.sort_unstable_by_key(|(row, _, _)| *row);
        Ok((read, wrong))
    }
}

fn total((amount, count): (i64, u64)) -> Total {
    Total { amount, count }
}
