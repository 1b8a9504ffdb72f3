//! What was looked for, underlined where it stands in a row.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::protocol::Row;
use crate::tui::theme::Theme;

/// Underlines the words of the query in a row that was painted; a word that was typed by its sound stands nowhere.
pub fn underline(buffer: &mut Buffer, area: Rect, row: usize, found: &Row, theme: &Theme) {
    let Ok(row) = u16::try_from(row) else { return };
    if row >= area.height {
        return;
    }
    let y = area.y + row;
    // The half of a wide character that is not its first holds nothing.
    let cells: Vec<(u16, String)> = (area.left()..area.right())
        .filter_map(|x| Some((x, buffer.cell((x, y))?.symbol().to_owned())))
        .collect();
    let style = Style::new().add_modifier(theme.role("match").add_modifier);
    for why in found.why.iter().filter(|why| !why.word.is_empty()) {
        for from in 0..cells.len() {
            let Some(end) = reach(&cells, from, &why.word) else {
                continue;
            };
            for (x, _) in cells.get(from..end).unwrap_or_default() {
                if let Some(cell) = buffer.cell_mut((*x, y)) {
                    cell.set_style(style);
                }
            }
            break;
        }
    }
}

/// Behind the cell with which a word ends that begins in a cell.
fn reach(cells: &[(u16, String)], from: usize, word: &str) -> Option<usize> {
    let mut rest = word;
    for (at, (_, symbol)) in cells.iter().enumerate().skip(from) {
        rest = match rest.strip_prefix(symbol.as_str()) {
            Some(rest) => rest,
            // Behind a wide character the buffer keeps a blank.
            None if symbol == " " && at > from => continue,
            None => return None,
        };
        if rest.is_empty() {
            return Some(at + 1);
        }
    }
    None
}
