//! Frames of panes and overlays, in both styles.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::symbols::merge::MergeStrategy;
use ratatui::widgets::{Block, BorderType, Widget};

use crate::domain::said::Lang;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::fit;
use crate::tui::layout::Slot;
use crate::tui::paint::{at, blank, cut, line, part};
use crate::tui::theme::FrameStyle;

fn role(focused: bool) -> &'static str {
    if focused { "frame.focus" } else { "frame" }
}

/// The lines around a pane. Shared edges join; the focused pane comes last and is heavy.
pub fn outline(app: &App, buffer: &mut Buffer, place: Slot, focused: bool) {
    if place.outer.is_empty() {
        return;
    }
    let style = app.theme.role(role(focused));
    match app.frame() {
        FrameStyle::Line => {
            let kind = if focused {
                BorderType::Thick
            } else {
                BorderType::Plain
            };
            Block::bordered()
                .border_type(kind)
                .merge_borders(MergeStrategy::Exact)
                .border_style(style)
                .render(place.outer, buffer);
        }
        FrameStyle::Title if place.inner.x > place.outer.x => {
            for row in 0..usize::from(place.outer.height) {
                at(buffer, place.outer, 0, row, "|", app.theme.role("frame"));
            }
        }
        FrameStyle::Title => {}
    }
}

/// Sets a title into the top line of a pane; gives the column at which its text begins.
pub fn title(
    app: &App,
    buffer: &mut Buffer,
    place: Slot,
    focused: bool,
    left: &str,
    right: &str,
) -> usize {
    let top = Rect {
        x: place.inner.x,
        y: place.outer.y,
        width: place.inner.width,
        height: 1.min(place.outer.height),
    };
    heading(app, buffer, top, focused, left, right);
    match app.frame() {
        FrameStyle::Line => 2,
        FrameStyle::Title => 3,
    }
}

fn heading(app: &App, buffer: &mut Buffer, top: Rect, focused: bool, left: &str, right: &str) {
    let width = usize::from(top.width);
    let name = if focused { "title.focus" } else { "title" };
    match app.frame() {
        FrameStyle::Line => {
            let end = if right.is_empty() {
                String::new()
            } else {
                format!(" {right} ")
            };
            let shown = !end.is_empty() && end.width() + 8 < width;
            let room = width.saturating_sub(if shown { end.width() + 2 } else { 2 });
            let text = format!(" {left} ");
            let text = if text.width() > room {
                fit(&text, room)
            } else {
                text
            };
            at(buffer, top, 1, 0, &text, app.theme.role(name));
            if shown {
                let from = width - end.width() - 1;
                at(buffer, top, from, 0, &end, app.theme.role("title"));
            }
        }
        FrameStyle::Title => {
            let mark = if focused { "=" } else { "-" };
            let end = if right.is_empty() {
                mark.to_owned()
            } else {
                format!(" {right} {mark}")
            };
            let text = format!("{mark}{mark} {left} ");
            let room = width.saturating_sub(end.width());
            let text = if text.width() > room {
                fit(&text, room)
            } else {
                format!("{text}{}", mark.repeat(room - text.width()))
            };
            line(
                buffer,
                top,
                0,
                &format!("{text}{end}"),
                app.theme.role(name),
            );
        }
    }
}

/// Cells of a title that hold what is done and the code.
const NAMED: usize = 26;

/// A box over the panes; gives its inside.
pub fn shell(app: &App, buffer: &mut Buffer, area: Rect, left: &str, right: &str) -> Rect {
    clear(app, buffer, area);
    let top = part(area, 1, 0, area.width.saturating_sub(2), 1);
    let style = app.theme.role("frame.focus");
    match app.frame() {
        FrameStyle::Line => Block::bordered()
            .border_type(BorderType::Thick)
            .border_style(style)
            .render(area, buffer),
        FrameStyle::Title => {
            let last = usize::from(area.height.saturating_sub(1));
            let width = usize::from(area.width);
            for row in 1..last {
                at(buffer, area, 0, row, "|", style);
                at(buffer, area, width.saturating_sub(1), row, "|", style);
            }
            for row in [0, last] {
                let dashes = "-".repeat(width.saturating_sub(2));
                at(buffer, area, 0, row, &format!("+{dashes}+"), style);
            }
        }
    }
    // What stands at the right yields first: the left names the record.
    let named = left.width().min(NAMED) + 6;
    let mut right = right;
    while !right.is_empty() && named + right.width() > usize::from(top.width) {
        right = right.rsplit_once("  ").map_or("", |(before, _)| before);
    }
    heading(app, buffer, top, true, left, right);
    part(
        area,
        2,
        1,
        area.width.saturating_sub(4),
        area.height.saturating_sub(2),
    )
}

/// Says in the lower edge of a box how many lines more there are, and the key to them.
pub fn more(app: &App, buffer: &mut Buffer, area: Rect, hidden: usize, key: (&str, &str)) {
    if hidden == 0 || area.width < 30 {
        return;
    }
    let text = match app.lang {
        Lang::Zh => format!(" {} 还有 {hidden} 行 ", key.0),
        Lang::En => format!(" {} for {hidden} more lines ", key.1),
    };
    let from = usize::from(area.width).saturating_sub(text.width() + 2);
    let last = usize::from(area.height.saturating_sub(1));
    at(buffer, area, from, last, &text, app.theme.role("key"));
}

/// Clears a box and one column on each side, and what is left of characters cut in half.
fn clear(app: &App, buffer: &mut Buffer, area: Rect) {
    let wider = Rect {
        x: area.x.saturating_sub(1),
        width: area.width + area.x.min(1) + 1,
        ..area
    }
    .intersection(buffer.area);
    for row in wider.top()..wider.bottom() {
        cut(buffer, wider.x, row);
        cut(buffer, wider.right(), row);
    }
    blank(buffer, wider, app.theme.role("text"));
}

/// A line across a box, with a title in it.
pub fn rule(app: &App, buffer: &mut Buffer, area: Rect, row: usize, text: &str) {
    let style = app.theme.role("frame");
    let Ok(row) = u16::try_from(row) else { return };
    if row + 1 >= area.height || area.width < 4 {
        return;
    }
    let y = area.y + row;
    match app.frame() {
        FrameStyle::Line => {
            for x in area.x + 1..area.right() - 1 {
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    cell.set_symbol("─").set_style(style);
                }
            }
            for (x, end) in [(area.x, "╶"), (area.right() - 1, "╴")] {
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    cell.merge_symbol(end, MergeStrategy::Exact);
                }
            }
        }
        FrameStyle::Title => {
            let inside = part(area, 1, row, area.width - 2, 1);
            line(
                buffer,
                inside,
                0,
                &"-".repeat(usize::from(inside.width)),
                style,
            );
        }
    }
    if !text.is_empty() {
        let inside = part(area, 3, row, area.width.saturating_sub(6), 1);
        at(
            buffer,
            inside,
            0,
            0,
            &format!(" {text} "),
            app.theme.role("text.strong"),
        );
    }
}

/// A line down a box, from one row to another.
pub fn divider(app: &App, buffer: &mut Buffer, column: u16, from: u16, to: u16) {
    let style = app.theme.role("frame");
    for y in from..=to {
        let Some(cell) = buffer.cell_mut((column, y)) else {
            continue;
        };
        match app.frame() {
            // The ends join the lines they touch.
            FrameStyle::Line if y == from => {
                cell.merge_symbol("╷", MergeStrategy::Exact);
            }
            FrameStyle::Line if y == to => {
                cell.merge_symbol("╵", MergeStrategy::Exact);
            }
            FrameStyle::Line => {
                cell.set_symbol("│").set_style(style);
            }
            FrameStyle::Title if y > from && y < to => {
                cell.set_symbol("|").set_style(style);
            }
            FrameStyle::Title => {}
        }
    }
}
