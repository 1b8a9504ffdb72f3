//! The columns of lists: one table per kind.

use unicode_width::UnicodeWidthStr;

use crate::domain::kind::Kind;
use crate::domain::organisation::KINDS_OF_TEAM;
use crate::domain::said::{Lang, Text, t};
use crate::protocol::Row;
use crate::tui::cells::fit;
use crate::tui::draw::tree::short;

/// A column.
pub struct Column {
    /// Its heading.
    pub head: Text,
    /// Cells that it needs.
    least: usize,
    /// Cells that it is sure to get; a longer text borrows from its neighbours.
    cap: usize,
    /// Cells that it can use.
    most: usize,
    /// Rows whose text is never cut: the other columns shrink.
    whole: fn(&Row) -> bool,
    /// Whether it grows after the others: few names are long, and those borrow.
    late: bool,
    /// The higher, the sooner it is left out.
    rank: u8,
    /// What stands in it.
    of: fn(&Row, Lang) -> String,
}

const fn column(
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
        rank,
        of,
    }
}

const fn whole(
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

fn code(row: &Row, _: Lang) -> String {
    row.code.to_string()
}

fn title(row: &Row, _: Lang) -> String {
    row.title.clone()
}

fn area(row: &Row, _: Lang) -> String {
    row.area.clone()
}

fn phone(row: &Row, _: Lang) -> String {
    row.phone.clone()
}

fn day(row: &Row, _: Lang) -> String {
    row.day.clone()
}

fn status(row: &Row, lang: Lang) -> String {
    row.kind.spec().said(&row.status, lang).to_owned()
}

/// What it belongs to; the kind of an organisation in the language of the session.
fn owner(row: &Row, lang: Lang) -> String {
    let (head, rest) = row
        .subtitle
        .split_once(' ')
        .unwrap_or((row.subtitle.as_str(), ""));
    match KINDS_OF_TEAM.iter().find(|word| word.zh == head) {
        Some(word) if row.kind == Kind::Organisation => {
            let text = format!("{} {}", word.get(lang), short(rest));
            text.trim_end().to_owned()
        }
        _ => short(&row.subtitle).to_owned(),
    }
}

fn kind(row: &Row, lang: Lang) -> String {
    let label = row.kind.spec().label.get(lang);
    let letters = if lang == Lang::Zh { 1 } else { 3 };
    label.chars().take(letters).collect()
}

const CODE: Text = t("编号", "Code");
const STATE: Text = t("状态", "State");
const DAY: Text = t("日期", "Day");

const VOLUNTEERS: &[Column] = &[
    Column {
        cap: 8,
        late: true,
        ..whole(t("姓名", "Name"), 8, 20, 0, title)
    },
    whole(CODE, 9, 12, 0, code),
    column(t("所属", "Team"), 7, 34, 1, owner),
    column(t("属地", "Area"), 30, 34, 5, area),
    whole(t("登记", "Joined"), 10, 10, 4, day),
    whole(t("电话", "Phone"), 11, 14, 2, phone),
    whole(STATE, 4, 16, 3, status),
];

const ORGANISATIONS: &[Column] = &[
    whole(CODE, 7, 9, 0, code),
    column(t("名称", "Name"), 14, 40, 0, title),
    column(t("类别与上级", "Kind and parent"), 10, 40, 2, owner),
    whole(STATE, 4, 12, 1, status),
];

const MATTERS: &[Column] = &[
    whole(CODE, 12, 14, 0, code),
    column(t("名称", "Title"), 10, 44, 0, title),
    column(t("组织", "Organisation"), 12, 34, 4, owner),
    whole(DAY, 10, 10, 2, day),
    whole(STATE, 4, 12, 1, status),
];

/// Of all kinds at once.
const MIXED: &[Column] = &[
    whole(t("", ""), 2, 3, 0, kind),
    Column {
        // The names of people are never cut; those of teams may be.
        whole: |row| row.kind == Kind::Volunteer,
        ..column(t("名称", "Name"), 8, 34, 0, title)
    },
    whole(CODE, 7, 14, 0, code),
    column(t("所属", "Belongs to"), 10, 40, 2, owner),
    whole(t("电话", "Phone"), 11, 14, 1, phone),
    whole(STATE, 4, 16, 3, status),
];

/// The columns of a list of these kinds.
pub fn columns(kinds: &[Kind]) -> &'static [Column] {
    match kinds {
        [Kind::Volunteer] => VOLUNTEERS,
        [Kind::Organisation] => ORGANISATIONS,
        [_] => MATTERS,
        _ => MIXED,
    }
}

/// The columns that fit, and their widths, for the rows in sight.
pub struct Fitted {
    columns: Vec<(&'static Column, usize)>,
    gap: usize,
}

impl Fitted {
    /// Shares a width out among columns; by all rows that are loaded, so that scrolling moves nothing.
    pub fn new(columns: &'static [Column], rows: &[Row], width: usize, lang: Lang) -> Fitted {
        let gap = if width >= 64 { 2 } else { 1 };
        let longest = |column: &Column, counts: &dyn Fn(&Row) -> bool| {
            let rows = rows.iter().filter(|row| counts(row));
            rows.map(|row| (column.of)(row, lang).width())
                .max()
                .unwrap_or(0)
        };
        let mut shared: Vec<(&'static Column, usize)> = columns
            .iter()
            .map(|column| {
                let whole = longest(column, &|row| (column.whole)(row));
                (column, whole.clamp(column.least, column.cap))
            })
            .collect();
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

    /// The line of a row. A long name takes its cells from the columns that may be cut.
    pub fn row(&self, row: &Row, lang: Lang) -> String {
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
        self.join(cells.into_iter().filter(|(_, width)| *width > 0))
    }
}
