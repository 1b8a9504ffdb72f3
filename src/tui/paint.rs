//! Painting lines of cells.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::terminal::width::{Measure, shadowed, symbols};
use crate::tui::cells::fit;
use crate::tui::theme::Theme;

/// A piece of a line in one role.
pub type Run = (String, &'static str);

/// Puts a text into the cells of a line, as far as there is room: the only way by which text comes onto the screen.
///
/// A symbol stands in its first cell; the second one of a wide symbol holds `" "`. Where the width of a symbol is
/// not sure (`width::shadowed`), that blank has the symbol's style and is its shadow: a terminal may cover it with the
/// symbol's second half, or leave it as it is. So whoever sends the cells sends the shadow before its symbol, and
/// moves the cursor to where it believes to be after it. Characters that steer a terminal never come this far.
fn put(buffer: &mut Buffer, place: Rect, text: &str, style: Style) {
    let place = place.intersection(buffer.area);
    if place.is_empty() {
        return;
    }
    cut(buffer, place.x, place.y);
    let mut x = place.x;
    symbols(text, |symbol, columns| {
        let columns = columns as u16;
        if columns > place.right() - x {
            x = place.right();
            return;
        }
        cut(buffer, x + columns, place.y);
        for nth in 0..columns {
            if let Some(cell) = buffer.cell_mut((x + nth, place.y)) {
                if nth == 0 {
                    cell.set_symbol(symbol).set_style(style);
                } else if shadowed(symbol) {
                    cell.set_symbol(" ").set_style(style);
                } else {
                    // As the library leaves it: so it is sent anew when the character goes.
                    cell.reset();
                }
            }
        }
        x += columns;
    });
}

/// Puts a text into one cell, to see where the terminal itself lets it end; so many columns are kept free for it.
pub fn raw(
    buffer: &mut Buffer,
    area: Rect,
    column: u16,
    row: u16,
    text: &str,
    columns: usize,
    style: Style,
) {
    let place = part(area, column, row, area.width, 1);
    if usize::from(place.width) < columns || place.height == 0 {
        return;
    }
    // The library counts every sign as one column, and passes over as many cells.
    let short = columns.saturating_sub(text.chars().count());
    if let Some(cell) = buffer.cell_mut(place.as_position()) {
        let blanks = " ".repeat(short);
        cell.set_symbol(&format!("{text}{blanks}")).set_style(style);
    }
}

/// Blanks a character that stands across the left edge of a cell.
pub fn cut(buffer: &mut Buffer, x: u16, y: u16) {
    let Some(left) = x.checked_sub(1).and_then(|left| buffer.cell_mut((left, y))) else {
        return;
    };
    if left.symbol().width() > 1 {
        let style = left.style();
        left.set_symbol(" ");
        if let Some(cell) = buffer.cell_mut((x, y)) {
            cell.set_symbol(" ").set_style(style);
        }
    }
}

/// Paints one line of an area, filled to its width.
pub fn line(buffer: &mut Buffer, area: Rect, row: usize, text: &str, style: Style) {
    let Ok(row) = u16::try_from(row) else { return };
    if row >= area.height || area.width == 0 {
        return;
    }
    let place = part(area, 0, row, area.width, 1);
    put(buffer, place, &fit(text, usize::from(area.width)), style);
}

/// Paints a text at a place of a line, cut with `~` at the area's edge.
pub fn at(buffer: &mut Buffer, area: Rect, column: usize, row: usize, text: &str, style: Style) {
    let (Ok(x), Ok(y)) = (u16::try_from(column), u16::try_from(row)) else {
        return;
    };
    if y < area.height && x < area.width {
        let place = part(area, x, y, area.width, 1);
        let room = usize::from(place.width);
        if text.width() > room {
            put(buffer, place, &fit(text, room), style);
        } else {
            put(buffer, place, text, style);
        }
    }
}

/// Paints the runs of a line one after the other.
pub fn runs(buffer: &mut Buffer, area: Rect, row: usize, runs: &[Run], theme: &Theme) {
    let mut column = 0;
    for (text, role) in runs {
        at(buffer, area, column, row, text, theme.role(role));
        column += text.width();
    }
}

/// Paints what stands before the selected row.
pub fn marker(buffer: &mut Buffer, area: Rect, row: usize, theme: &Theme, focused: bool) {
    let style = match (theme.whole, focused) {
        (false, false) => theme.role("text"),
        (true, false) => theme.role("row.select.idle"),
        (_, true) => theme.role("row.select"),
    };
    at(buffer, area, 0, row, &theme.marker, style);
}

/// Blanks an area.
pub fn blank(buffer: &mut Buffer, area: Rect, style: Style) {
    for position in area.intersection(buffer.area).positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            // A modifier of what lay here before would shine through.
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// A part of an area, cut to what there is.
pub fn part(area: Rect, x: u16, y: u16, width: u16, height: u16) -> Rect {
    let left = area.x.saturating_add(x).min(area.right());
    let top = area.y.saturating_add(y).min(area.bottom());
    Rect {
        x: left,
        y: top,
        width: width.min(area.right().saturating_sub(left)),
        height: height.min(area.bottom().saturating_sub(top)),
    }
}

/// The cursor at a column and a row of an area.
pub fn cursor(area: Rect, column: usize, row: usize) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let column = u16::try_from(column).ok()?.min(area.width - 1);
    let row = u16::try_from(row).ok()?.min(area.height - 1);
    Some(Position::new(area.x + column, area.y + row))
}
