//! Boards: the frame, the rows in sight, and what a row begins with.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::said::Lang;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::board::{Board, Body};
use crate::tui::cells::fit;
use crate::tui::draw::{calendar, findings, hours, matching, roster};
use crate::tui::paint::{self, Run, line, marker, part, runs};

/// Rows that fit into a box.
pub fn height(board: &Board, area: Rect) -> usize {
    let inside = usize::from(area.height.saturating_sub(2));
    let rows = match &board.body {
        Body::Roster(_) => inside.saturating_sub(3),
        Body::Hours(_) => inside.saturating_sub(6),
        Body::Sums(_) | Body::Matching(_) | Body::Findings(_) => inside.saturating_sub(4),
        Body::Calendar(one) if one.list => inside.saturating_sub(2),
        Body::Calendar(_) => usize::from(calendar::below(area)).saturating_sub(1),
    };
    rows.max(1)
}

/// Draws a board; gives the place of the cursor.
pub fn board(app: &App, board: &Board, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    match &board.body {
        Body::Roster(one) => {
            roster::roster(app, board, one, buffer, area);
            None
        }
        Body::Hours(one) => hours::hours(app, board, one, buffer, area),
        Body::Sums(one) => {
            hours::sums(app, board, one, buffer, area);
            None
        }
        Body::Matching(one) => {
            matching::matching(app, board, one, buffer, area);
            None
        }
        Body::Calendar(one) => {
            calendar::calendar(app, board, one, buffer, area);
            None
        }
        Body::Findings(one) => findings::findings(app, board, one, buffer, area),
    }
}

/// What a row begins with: whether it is selected, and whether it is marked.
pub fn lead(chosen: bool, marked: bool) -> Run {
    let text = match (chosen, marked) {
        (_, true) => " *",
        (_, false) => "  ",
    };
    let role = match (chosen, marked) {
        (true, _) => "row.select",
        (_, true) => "row.mark",
        _ => "text",
    };
    (text.to_owned(), role)
}

/// A column of a row: its text, its width, its role.
pub type Cell<'a> = (&'a str, usize, &'static str);

/// The columns of a row; on the selected row plain text is in its role.
pub fn cells(chosen: bool, cells: &[Cell]) -> Vec<Run> {
    let role = |role| match role {
        "text" | "text.muted" if chosen => "row.select",
        role => role,
    };
    let run = |(text, width, own): &Cell| (format!("{} ", fit(text, *width)), role(own));
    cells.iter().map(run).collect()
}

/// The rows in sight, each painted by what it is.
pub fn rows(
    app: &App,
    board: &Board,
    buffer: &mut Buffer,
    area: Rect,
    row: impl Fn(usize, bool) -> Vec<Run>,
) {
    for (nth, at) in (board.top..board.rows())
        .take(usize::from(area.height))
        .enumerate()
    {
        let chosen = at == board.at;
        if !chosen || !app.theme.whole {
            runs(buffer, area, nth, &row(at, false), &app.theme);
            if chosen {
                marker(buffer, area, nth, &app.theme, true);
            }
            continue;
        }
        line(buffer, area, nth, "", app.theme.role("row.select"));
        let mut column = 0;
        for (text, role) in row(at, chosen) {
            let shown = text.trim_end();
            paint::at(buffer, area, column, nth, shown, app.theme.lit(role));
            column += text.width();
        }
        marker(buffer, area, nth, &app.theme, true);
    }
}

/// What stands where there are no rows.
pub fn empty(app: &App, board: &Board, buffer: &mut Buffer, area: Rect, text: &str) {
    if board.rows() > 0 {
        return;
    }
    let text = if board.waiting {
        app.say("正在取...", "on its way...")
    } else {
        text
    };
    line(
        buffer,
        area,
        0,
        &format!("  {text}"),
        app.theme
            .role(if board.waiting { "stale" } else { "text.muted" }),
    );
}

/// The part of the inside below so many lines of heading.
pub fn rest(inside: Rect, heads: u16) -> Rect {
    part(
        inside,
        0,
        heads,
        inside.width,
        inside.height.saturating_sub(heads),
    )
}

/// Where the selection is: `12/500`, with the marked ones.
pub fn count(app: &App, board: &Board) -> String {
    let rows = board.rows();
    let at = (board.at + 1).min(rows);
    match (board.marked.len(), app.lang) {
        (0, _) => format!("{at}/{rows}"),
        (marked, Lang::Zh) => format!("标 {marked}  {at}/{rows}"),
        (marked, Lang::En) => format!("marked {marked}  {at}/{rows}"),
    }
}

/// The width of a state's name.
pub fn state_width(app: &App) -> usize {
    if app.lang == Lang::Zh { 6 } else { 11 }
}

/// A length in hours and minutes.
pub fn duration(app: &App, minutes: i64) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match app.lang {
        Lang::Zh => format!("{hours} 小时 {rest:02} 分"),
        Lang::En => format!("{hours} h {rest:02} min"),
    }
}

/// The width of a column: that of the longest text in sight, within limits.
pub fn longest<'a>(
    board: &Board,
    texts: impl Iterator<Item = &'a str>,
    least: usize,
    most: usize,
) -> usize {
    let seen = texts.skip(board.top).take(board.height);
    seen.map(Measure::width)
        .max()
        .unwrap_or(0)
        .clamp(least, most)
}

/// The width of the column of names: they are not cut while what stands beside them has cells over its least.
///
/// Each column beside them is what it takes and the least that it needs; the last gives way first.
pub fn names<'a>(
    board: &Board,
    texts: impl Iterator<Item = &'a str>,
    room: usize,
    beside: &mut [(usize, usize)],
) -> usize {
    let need = longest(board, texts, 6, room.max(6));
    let taken: usize = beside.iter().map(|(cells, _)| cells).sum();
    let mut lacking = (need + taken).saturating_sub(room);
    for (cells, least) in beside.iter_mut().rev() {
        let less = lacking.min(cells.saturating_sub(*least));
        *cells -= less;
        lacking -= less;
    }
    need.saturating_sub(lacking).max(6)
}

/// A text at the right of so many cells.
pub fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// What the last column says: as long as there is room, in its role unless the row is selected.
pub fn tail(chosen: bool, text: &str, role: &'static str) -> Run {
    let plain = matches!(role, "text" | "text.muted");
    (
        text.to_owned(),
        if chosen && plain { "row.select" } else { role },
    )
}
