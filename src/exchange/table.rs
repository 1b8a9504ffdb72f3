//! The cells of a sheet, packed: a sheet of a hundred thousand people stays small in memory.

use crate::domain::said::Said;
use crate::say;

/// What a cell held before it became a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Held {
    /// A text, or nothing.
    #[default]
    Text,
    /// A number: a day's serial where the column is one of days.
    Number,
    /// The result of a formula that failed.
    Fault,
}

/// One cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Its text; days are ISO where the cell is a day.
    pub text: &'a str,
    /// What it held.
    pub held: Held,
}

/// Rows of cells. Offsets are 32 bits wide; what does not fit is refused at the end.
#[derive(Debug, Default)]
pub struct Table {
    text: String,
    /// Where the text of each cell ends.
    cells: Vec<(u32, Held)>,
    /// Where the cells of each row end.
    rows: Vec<u32>,
    overfull: bool,
}

impl Table {
    /// Adds a cell to the row that is being written.
    pub fn push(&mut self, text: &str, held: Held) {
        self.text.push_str(text);
        let end = self.offset(self.text.len());
        self.cells.push((end, held));
    }

    /// Ends the row; empty cells at its end are dropped.
    pub fn end_row(&mut self) {
        let first = self.rows.last().map_or(0, |end| *end as usize);
        let start = |at: usize| {
            at.checked_sub(1)
                .and_then(|at| self.cells.get(at))
                .map_or(0, |cell| cell.0)
        };
        let mut end = self.cells.len();
        while end > first && start(end) == start(end - 1) {
            end -= 1;
        }
        self.cells.truncate(end);
        let end = self.offset(end);
        self.rows.push(end);
    }

    fn offset(&mut self, at: usize) -> u32 {
        u32::try_from(at).unwrap_or_else(|_| {
            self.overfull = true;
            u32::MAX
        })
    }

    /// The table, if all of it fitted.
    pub fn whole(self) -> Result<Table, Said> {
        if self.overfull {
            return Err(say!(
                "表格超过 4 GB，请分成几个文件",
                "the sheet is longer than 4 GB; split it into several files"
            ));
        }
        Ok(self)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The cells of a row.
    pub fn row(&self, at: usize) -> impl DoubleEndedIterator<Item = Cell<'_>> + ExactSizeIterator {
        let end = |at: usize| self.rows.get(at).map_or(0, |end| *end as usize);
        let first = at.checked_sub(1).map_or(0, end);
        (first..end(at).max(first)).map(|at| self.cell(at))
    }

    fn cell(&self, at: usize) -> Cell<'_> {
        let start = at
            .checked_sub(1)
            .and_then(|at| self.cells.get(at))
            .map_or(0, |cell| cell.0 as usize);
        let (end, held) = self.cells.get(at).copied().unwrap_or_default();
        Cell {
            text: self.text.get(start..end as usize).unwrap_or(""),
            held,
        }
    }
}
