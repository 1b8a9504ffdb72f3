//! Text that is being typed, and the place of its cursor: input methods look for it there.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use tui_input::Input;
use tui_textarea::TextArea;
use unicode_segmentation::UnicodeSegmentation;

use crate::terminal::width::Measure;
use crate::tui::cells::wrap;
use crate::tui::paint::{cursor, line, part};

fn beginning(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map(|(end, _)| end);
    text.get(..end.unwrap_or(text.len())).unwrap_or(text)
}

/// The part of a text in which its cursor is seen, and the column of the cursor in it.
pub fn window(text: &str, at: usize, room: usize) -> (&str, usize) {
    let before = beginning(text, at).width();
    if before < room {
        return (text, before);
    }
    // By half a field at a time, so that not every key moves all of it.
    let half = (room / 2).max(1);
    let lose = ((before - room) / half + 1) * half;
    let mut lost = 0;
    for (from, grapheme) in text.grapheme_indices(true) {
        if lost >= lose {
            return (text.get(from..).unwrap_or_default(), before - lost);
        }
        lost += grapheme.width();
    }
    ("", before.saturating_sub(lost))
}

/// Paints a line that is typed into, behind its label; gives the place of the cursor.
pub fn typed(
    buffer: &mut Buffer,
    area: Rect,
    row: usize,
    lead: &str,
    input: &Input,
    style: Style,
) -> Option<Position> {
    let place = part(area, 0, u16::try_from(row).ok()?, area.width, 1);
    let indent = lead.width();
    line(buffer, place, 0, lead, style);
    let room = part(place, u16::try_from(indent).ok()?, 0, place.width, 1);
    single(buffer, room, input.value(), Some(input.cursor()), style).or(cursor(place, indent, 0))
}

fn single(
    buffer: &mut Buffer,
    room: Rect,
    text: &str,
    at: Option<usize>,
    style: Style,
) -> Option<Position> {
    let (text, column) = window(text, at.unwrap_or(0), usize::from(room.width));
    line(buffer, room, 0, text, style);
    at.and(cursor(room, column, 0))
}

/// Paints a field of a form; gives the place of the cursor if it is there.
pub fn field(
    buffer: &mut Buffer,
    room: Rect,
    input: &TextArea,
    several: bool,
    here: bool,
    style: Style,
) -> Option<Position> {
    let (row, column) = (input.cursor().0, input.cursor().1);
    if !several {
        let text = input.lines().first().map_or("", String::as_str);
        return single(buffer, room, text, here.then_some(column), style);
    }
    if here {
        // It learns its width only by being drawn, and goes up and down by it.
        input.render(room, &mut Buffer::empty(room));
    }
    let width = usize::from(room.width);
    let mut lines: Vec<String> = Vec::new();
    let mut place = (0, 0);
    for (nth, text) in input.lines().iter().enumerate() {
        let mut rest = column;
        let parts = wrap(text, width);
        let last = parts.len().saturating_sub(1);
        for (at, one) in parts.into_iter().enumerate() {
            let count = one.chars().count();
            if nth == row && (rest < count || at == last && rest <= count) {
                place = (lines.len(), beginning(&one, rest).width());
            }
            rest = rest.checked_sub(count).unwrap_or(usize::MAX);
            lines.push(one);
        }
        if nth == row && place.1 >= width {
            // Behind a full line the next character begins another one.
            place = (place.0 + 1, 0);
            lines.push(String::new());
        }
    }
    let height = usize::from(room.height);
    // What one does not type into is read from its beginning.
    let top = match here {
        true if place.0 >= height => place.0 + 1 - height,
        _ => 0,
    };
    for nth in 0..height {
        let text = lines.get(top + nth).map_or("", String::as_str);
        line(buffer, room, nth, text, style);
    }
    match here {
        true => cursor(room, place.1, place.0 - top),
        false => None,
    }
}
