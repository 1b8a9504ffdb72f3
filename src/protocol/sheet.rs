//! Rows of a sheet, and what came of them.

use serde::{Deserialize, Serialize};

use crate::domain::change::FieldChange;
use crate::domain::kind::Code;
use crate::domain::refusal::Refusal;
use crate::domain::value::Fields;

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// Its number in the sheet.
    pub row: u64,
    /// Raw values by field; `code` says which record it is, where the sheet does.
    pub fields: Fields,
    /// What is wrong with cells that could not be read: such a row is checked, never taken.
    #[serde(default)]
    pub problems: Vec<Refusal>,
}

/// What came of rows of an import; each row counts once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportAnswer {
    /// Rows that can be written as new records.
    pub new: u64,
    /// Rows that change a known record.
    pub updated: u64,
    /// Rows that say what is known already.
    pub unchanged: u64,
    /// Everything that stands in the way of the other rows, row by row.
    pub problems: Vec<(u64, Refusal)>,
    /// Known records and what would change, masked.
    pub differences: Vec<(u64, Code, Vec<FieldChange>)>,
}
