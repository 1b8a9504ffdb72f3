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
    /// Cells that it is sure to get.
    pub cap: usize,
    /// Cells that it can use.
    pub most: usize,
    /// Rows whose text is never cut: the other columns shrink or go.
    pub whole: fn(&Row) -> bool,
    /// Whether the rows in sight settle its width, before the others get theirs: the names of people.
    pub sight: bool,
    /// Whether it grows after the others: few names are long.
    pub late: bool,
    /// Cells that it gets in a wide pane before less wanted columns get any.
    pub fair: usize,
    /// Cells to which it shrinks before a name beside it is cut.
    pub brief: Option<usize>,
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
        sight: false,
        late: false,
        fair: 0,
        brief: None,
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

/// Cells from which on columns stand two blanks apart.
const ROOMY: usize = 64;

/// Cells up to which a name that is not in sight widens its column: scrolling moves nothing.
const ALIGNED: usize = 18;

/// Cells from which on a name takes the rest from the column that it may run over, in its own row alone:
/// as many as fit.
const SPILLS: [usize; 2] = [14, 8];

/// Cells below which a text that is cut says nothing.
const LEGIBLE: usize = 4;

/// The columns that fit, and their widths, for the rows in sight.
pub struct Fitted {
    columns: Vec<(&'static Column, usize)>,
    gap: usize,
}

/// The cells of some columns with the blanks between them.
fn used(shared: &[(&Column, usize)], gap: usize) -> usize {
    let cells: usize = shared.iter().map(|(_, width)| width + gap).sum();
    cells.saturating_sub(gap)
}

/// The column behind the names that a long one may run over, and its cells: the first that may be cut.
fn run_over(columns: &[(&'static Column, usize)]) -> Option<(&'static Column, usize)> {
    let behind = columns
        .iter()
        .skip_while(|(column, _)| !column.sight)
        .skip(1);
    let may = |column: &Column| column.rank > 0 && column.cap == column.least && !column.tail;
    behind.copied().find(|(column, _)| may(column))
}

/// The cells that a name needs in its own column, if it may run over so many of another.
fn own_cells(name: usize, over: usize, spills: usize) -> usize {
    name.min(spills).max(name.saturating_sub(over))
}

impl Fitted {
    /// Shares a width out among columns, the same for all rows: names by the rows in sight, the others by all that are loaded.
    pub fn new<'a>(
        columns: impl IntoIterator<Item = &'static Column>,
        rows: &[Row],
        seen: impl Iterator<Item = &'a Row> + Clone,
        width: usize,
        lang: Lang,
    ) -> Fitted {
        let gap = if width >= ROOMY { 2 } else { 1 };
        let longest = |column: &Column, counts: &dyn Fn(&Row) -> bool| {
            let rows = rows.iter().filter(|row| counts(row));
            rows.map(|row| (column.of)(row, lang).width())
                .max()
                .unwrap_or(0)
        };
        let shares = columns
            .into_iter()
            .map(|column| {
                let whole = match column.sight {
                    true => 0,
                    false => longest(column, &|row| (column.whole)(row)).min(column.cap),
                };
                let fair = match gap {
                    2.. if column.fair > 0 => longest(column, &|_| true).min(column.fair),
                    _ => 0,
                };
                (column, whole.max(fair).max(column.least))
            })
            // A column in which no row has anything takes no cells.
            .filter(|(_, width)| *width > 0);
        let shared: Vec<(&'static Column, usize)> = shares.collect();
        // A name in sight is never cut, as long as its number and where it stands keep their cells.
        let kept: Vec<_> = shared
            .iter()
            .filter(|one| one.0.rank == 0)
            .map(|(column, cells)| {
                (
                    *column,
                    column.brief.map_or(*cells, |most| most.min(*cells)),
                )
            })
            .collect();
        let spare = width.saturating_sub(used(&kept, gap));
        let named = |over: usize, spills: usize| {
            let mut shared = shared.clone();
            for (column, cells) in shared.iter_mut().filter(|one| one.0.sight) {
                let names = seen.clone().filter(|row| (column.whole)(row));
                let need = names.map(|row| own_cells((column.of)(row, lang).width(), over, spills));
                *cells = need.max().unwrap_or(0).clamp(*cells, *cells + spare);
            }
            shared
        };
        let (over, rank) = run_over(&shared).map_or((0, 0), |(column, cells)| (cells, column.rank));
        // What is less wanted than the column that it runs over is left out first.
        let fits = |all: &[(&'static Column, usize)]| {
            let wanted = all.iter().filter(|(column, _)| column.rank <= rank);
            used(&wanted.copied().collect::<Vec<_>>(), gap) <= width
        };
        let mut runs = SPILLS.iter().map(|spills| named(over, *spills));
        let run = runs.find(|all| over > 0 && fits(all));
        let mut shared = run.unwrap_or_else(|| named(0, 0));
        while used(&shared, gap) > width {
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
        // Then the state says less, and at the very last the name yields: where a person stands is never lost.
        let mut lacking = used(&shared, gap).saturating_sub(width);
        for (column, cells) in shared.iter_mut().filter(|one| one.0.rank == 0) {
            let brief = column.brief.map_or(*cells, |most| most.min(*cells));
            let less = lacking.min(*cells - brief);
            *cells -= less;
            lacking -= less;
        }
        if let Some((_, cells)) = shared.iter_mut().find(|one| one.0.sight) {
            *cells = cells.saturating_sub(lacking);
        }
        // What is over goes to the columns that are cut, then to names out of sight, then to all that can grow.
        let mut rest = width.saturating_sub(used(&shared, gap));
        let mut give = |cells: &mut usize, need: usize| {
            let more = need.saturating_sub(*cells).min(rest);
            *cells += more;
            rest -= more;
        };
        if gap == 2 {
            for (column, cells) in shared.iter_mut().filter(|one| one.0.late) {
                give(cells, longest(column, &|_| true).min(ALIGNED));
            }
        }
        for late in [false, true] {
            for (column, cells) in shared.iter_mut().filter(|one| one.0.late == late) {
                give(cells, longest(column, &|_| true).min(column.most));
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

    /// The cells with their widths. A name that is too long runs over the column that may be cut.
    fn cells(&self, row: &Row, lang: Lang) -> Vec<(&'static Column, (String, usize))> {
        let long = self.columns.iter().find(|(column, _)| column.sight);
        let long = long.filter(|(column, _)| (column.whole)(row));
        let lacks = long.map_or(0, |(column, width)| {
            (column.of)(row, lang).width().saturating_sub(*width)
        });
        let given = run_over(&self.columns).filter(|(_, cells)| *cells >= lacks);
        let cell = |(column, width): &(&'static Column, usize)| {
            let width = match given {
                Some((over, _)) if std::ptr::eq(over, *column) => width - lacks,
                Some(_) if column.sight => width + lacks,
                _ => *width,
            };
            let text = (column.of)(row, lang);
            let text = match text.width() > width {
                true if column.tail => ending(&text, column.least),
                true if width < LEGIBLE => String::new(),
                // What is left beside a name that ran over it says nothing.
                true if column.sight => text,
                true if given.is_some() && width < column.least => String::new(),
                _ => text,
            };
            (*column, (text, width))
        };
        self.columns.iter().map(cell).collect()
    }
}

/// The last characters of a text.
fn ending(text: &str, count: usize) -> String {
    let skip = text.chars().count().saturating_sub(count);
    text.chars().skip(skip).collect()
}
