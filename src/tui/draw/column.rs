//! The columns of lists, and how they share the width.

use crate::domain::said::{Lang, Text};
use crate::protocol::Row;
use crate::terminal::width::Measure;
use crate::tui::cells::fit;
pub use crate::tui::draw::table::columns;

/// A column.
pub struct Column {
    /// Its heading.
    pub head: Text,
    /// Cells that it needs.
    pub least: usize,
    /// Cells that it is sure to get; a longer text borrows from its neighbours.
    pub cap: usize,
    /// Cells that it can use.
    pub most: usize,
    /// Rows whose text is never cut: the other columns shrink.
    pub whole: fn(&Row) -> bool,
    /// Whether it grows after the others: few names are long, and those borrow.
    pub late: bool,
    /// Whether a text that does not fit keeps its end: a day without its year.
    pub tail: bool,
    /// The higher, the sooner it is left out.
    pub rank: u8,
    /// What stands in it.
    pub of: fn(&Row, Lang) -> String,
    /// The role in which it stands, where that is not the row's.
    pub role: fn(&Row) -> Option<&'static str>,
}

/// A column that may be cut.
pub const fn column(
    head: Text,
    least: usize,
    most: usize,
    rank: u8,
    of: fn(&Row, Lang) -> String,
) -> Column {
    Column {
        head,
        least,
        cap: least,
        most,
        whole: |_| false,
        late: false,
        tail: false,
        rank,
        of,
        role: |_| None,
    }
}

/// A column that is never cut.
pub const fn whole(
    head: Text,
    least: usize,
    most: usize,
    rank: u8,
    of: fn(&Row, Lang) -> String,
) -> Column {
    Column {
        cap: most,
        whole: |_| true,
        ..column(head, least, most, rank, of)
    }
}

/// Cells up to which a long name widens its column for all rows.
const ALIGNED: usize = 18;

/// Cells below which a text that is cut says nothing.
const LEGIBLE: usize = 4;

/// The columns that fit, and their widths, for the rows in sight.
pub struct Fitted {
    columns: Vec<(&'static Column, usize)>,
    gap: usize,
}

impl Fitted {
    /// Shares a width out among columns; by all rows that are loaded, so that scrolling moves nothing.
    pub fn new(
        columns: impl IntoIterator<Item = &'static Column>,
        rows: &[Row],
        width: usize,
        lang: Lang,
    ) -> Fitted {
        let gap = if width >= 64 { 2 } else { 1 };
        let longest = |column: &Column, counts: &dyn Fn(&Row) -> bool| {
            let rows = rows.iter().filter(|row| counts(row));
            rows.map(|row| (column.of)(row, lang).width())
                .max()
                .unwrap_or(0)
        };
        let mut shared: Vec<(&'static Column, usize)> = columns
            .into_iter()
            .map(|column| {
                let whole = longest(column, &|row| (column.whole)(row));
                (column, whole.clamp(column.least, column.cap))
            })
            .collect();
        // A column in which no row has anything takes no cells.
        shared.retain(|(_, width)| *width > 0);
        let used = |shared: &[(&Column, usize)]| {
            let cells: usize = shared.iter().map(|(_, width)| width + gap).sum();
            cells.saturating_sub(gap)
        };
        while used(&shared) > width {
            let last = shared
                .iter()
                .map(|(column, _)| column.rank)
                .max()
                .unwrap_or(0);
            let Some(at) = shared
                .iter()
                .rposition(|(column, _)| last > 0 && column.rank == last)
            else {
                break;
            };
            shared.remove(at);
        }
        // What is over goes first to the columns that are cut, then to long names, then to all that can grow.
        let mut rest = width.saturating_sub(used(&shared));
        // Where columns have room to lend, most names stand in their own: what is beside them lines up.
        if gap == 2 {
            for (column, cells) in shared.iter_mut().filter(|one| one.0.late) {
                let need = longest(column, &|_| true).min(ALIGNED);
                let more = need.saturating_sub(*cells).min(rest);
                *cells += more;
                rest -= more;
            }
        }
        for late in [false, true] {
            for (column, cells) in shared.iter_mut().filter(|one| one.0.late == late) {
                let need = longest(column, &|_| true).min(column.most);
                let more = need.saturating_sub(*cells).min(rest);
                *cells += more;
                rest -= more;
            }
        }
        let grows = |column: &Column| column.cap < column.most;
        let mut takers = shared.iter().filter(|one| grows(one.0)).count();
        for (column, cells) in shared.iter_mut().filter(|one| grows(one.0)) {
            let more = (rest / takers.max(1)).min(column.most.saturating_sub(*cells));
            *cells += more;
            rest -= more;
            takers -= 1;
        }
        Fitted {
            columns: shared,
            gap,
        }
    }

    fn join(&self, cells: impl Iterator<Item = (String, usize)>) -> String {
        let cells: Vec<String> = cells.map(|(text, width)| fit(&text, width)).collect();
        cells.join(&" ".repeat(self.gap))
    }

    /// The line of headings.
    pub fn heads(&self, lang: Lang) -> String {
        let heads = self.columns.iter();
        self.join(heads.map(|(column, width)| (column.head.get(lang).to_owned(), *width)))
    }

    /// The line of a row.
    pub fn row(&self, row: &Row, lang: Lang) -> String {
        self.join(self.cells(row, lang).into_iter().map(|(_, cell)| cell))
    }

    /// The cells of a row that stand in a role of their own: where they begin, and their text.
    pub fn spots(&self, row: &Row, lang: Lang) -> Vec<(usize, String, &'static str)> {
        let mut from = 0;
        let mut spots = Vec::new();
        for (column, (text, width)) in self.cells(row, lang) {
            if let Some(role) = (column.role)(row) {
                spots.push((from, fit(&text, width).trim_end().to_owned(), role));
            }
            from += width + self.gap;
        }
        spots
    }

    /// The cells with their widths. A long name takes its cells from the columns that may be cut.
    fn cells(&self, row: &Row, lang: Lang) -> Vec<(&'static Column, (String, usize))> {
        let mut cells: Vec<(String, usize)> = self
            .columns
            .iter()
            .map(|(column, width)| ((column.of)(row, lang), *width))
            .collect();
        let mut lacking = 0;
        for ((column, _), (text, width)) in self.columns.iter().zip(&mut cells) {
            let more = text.width().saturating_sub(*width);
            if more > 0 && (column.whole)(row) {
                *width += more;
                lacking += more;
            }
        }
        let mut lenders: Vec<_> = self.columns.iter().zip(&mut cells).collect();
        lenders.sort_by_key(|((column, _), _)| std::cmp::Reverse(column.rank));
        for ((column, _), (_, width)) in lenders {
            if !(column.whole)(row) {
                let less = lacking.min(*width);
                *width -= less;
                lacking -= less;
                if *width == 0 {
                    lacking = lacking.saturating_sub(self.gap);
                }
            }
        }
        // Then from the blanks of the others.
        for (text, width) in cells.iter_mut().rev() {
            let less = lacking.min(width.saturating_sub(text.width()));
            *width -= less;
            lacking -= less;
        }
        // What still does not fit is left out whole, never cut.
        let mut last: Vec<_> = self.columns.iter().zip(&mut cells).collect();
        last.sort_by_key(|((column, _), _)| std::cmp::Reverse(column.rank));
        for ((column, _), (_, width)) in last {
            if lacking > 0 && column.rank > 0 && *width > 0 {
                lacking = lacking.saturating_sub(*width + self.gap);
                *width = 0;
            }
        }
        // At the very last the name itself yields: where a person stands is never lost.
        for ((column, _), (_, width)) in self.columns.iter().zip(&mut cells) {
            if column.late {
                let less = lacking.min(*width);
                *width -= less;
                lacking -= less;
            }
        }
        for ((column, _), (text, width)) in self.columns.iter().zip(&mut cells) {
            if !(column.whole)(row) && *width < LEGIBLE && text.width() > *width && !column.tail {
                text.clear();
            }
        }
        let columns = self.columns.iter().map(|(column, _)| *column);
        let shown = columns.zip(cells).filter(|(_, (_, width))| *width > 0);
        shown
            .map(|(column, (text, width))| {
                let short = column.tail && text.width() > width;
                let text = if short {
                    ending(&text, column.least)
                } else {
                    text
                };
                (column, (text, width))
            })
            .collect()
    }
}

/// The last characters of a text.
fn ending(text: &str, count: usize) -> String {
    let skip = text.chars().count().saturating_sub(count);
    text.chars().skip(skip).collect()
}
