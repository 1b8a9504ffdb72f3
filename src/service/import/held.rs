//! The rows that were found good, packed until they are written or forgotten.

use crate::domain::value::Fields;
use crate::protocol::Act;
use crate::service::plan::Plan;
use crate::store::StoreError;
use crate::store::coding::{decode, encode};

/// Rows in their stored form: a tenth of what they take as maps of values.
#[derive(Default)]
pub(super) struct Held {
    bytes: Vec<u8>,
    /// Number in the sheet, and where its bytes end.
    rows: Vec<(u64, usize)>,
}

impl Held {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn push(&mut self, row: u64, plan: &Plan) -> Result<(), StoreError> {
        self.bytes
            .extend_from_slice(&encode(&(&plan.act, &plan.values))?);
        self.rows.push((row, self.bytes.len()));
        Ok(())
    }

    /// Each row: its number, what it does, its values.
    pub(super) fn rows(&self) -> impl Iterator<Item = Result<(u64, Act, Fields), StoreError>> + '_ {
        let mut from = 0;
        self.rows.iter().map(move |(row, to)| {
            let bytes = self.bytes.get(from..*to).unwrap_or(&[]);
            from = *to;
            let (act, values) = decode(bytes)?;
            Ok((*row, act, values))
        })
    }
}
