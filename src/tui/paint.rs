//! Painting lines of cells.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use crate::tui::cells::fit;
use crate::tui::theme::Theme;

/// A piece of a line in one role.
pub type Run = (String, &'static str);

/// Paints one line of an area, filled to its width.
pub fn line(buffer: &mut Buffer, area: Rect, row: usize, text: &str, style: Style) {
    let Ok(row) = u16::try_from(row) else { return };
    if row >= area.height || area.width == 0 {
        return;
    }
    buffer.set_string(
        area.x,
        area.y + row,
        fit(text, usize::from(area.width)),
        style,
    );
}

/// Paints a text at a place of a line, cut with `~` at the area's edge.
pub fn at(buffer: &mut Buffer, area: Rect, column: usize, row: usize, text: &str, style: Style) {
    let (Ok(x), Ok(y)) = (u16::try_from(column), u16::try_from(row)) else {
        return;
    };
    if y < area.height && x < area.width {
        let room = usize::from(area.width - x);
        let text = if text.width() > room {
            fit(text, room)
        } else {
            text.to_owned()
        };
        buffer.set_string(area.x + x, area.y + y, text, style);
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
