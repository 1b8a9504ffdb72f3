//! Painting lines of cells.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::cells::fit;

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

/// Paints a text at a place of a line, cut at the area's edge.
pub fn at(buffer: &mut Buffer, area: Rect, column: usize, row: usize, text: &str, style: Style) {
    let (Ok(column), Ok(row)) = (u16::try_from(column), u16::try_from(row)) else {
        return;
    };
    if row < area.height && column < area.width {
        buffer.set_stringn(
            area.x + column,
            area.y + row,
            text,
            usize::from(area.width - column),
            style,
        );
    }
}

/// Blanks an area.
pub fn blank(buffer: &mut Buffer, area: Rect, style: Style) {
    for row in 0..usize::from(area.height) {
        line(buffer, area, row, "", style);
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
