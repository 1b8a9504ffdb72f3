//! Drawing menus, and the keys that may follow `g`.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::terminal::width::Measure;
use crate::tui::action::{GO, label};
use crate::tui::app::App;
use crate::tui::cells::{fit, wrap_words};
use crate::tui::draw::border::{rule, shell};
use crate::tui::draw::typed::typed;
use crate::tui::menu::{Menu, NINE};
use crate::tui::paint::{Run, at, line, marker, part, runs};

/// Rows that a menu needs.
pub fn height(menu: &Menu) -> u16 {
    u16::try_from(menu.items.len())
        .unwrap_or(u16::MAX)
        .saturating_add(6)
        .max(9)
}

/// Draws a numbered menu; gives the place of the cursor.
pub fn menu(app: &App, menu: &Menu, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let found = menu.matching();
    let count = format!("{}/{}", (menu.at + 1).min(found.len()), found.len());
    let inside = shell(app, buffer, area, &menu.title, &count);
    let width = usize::from(inside.width);
    let style = app.theme.role("input");
    let place = typed(buffer, inside, 0, "> ", &menu.input, style);
    // The last two rows tell the chosen line in full, but not instead of the lines.
    let told = inside.height >= 8;
    let rows = usize::from(inside.height.saturating_sub(if told { 4 } else { 1 }));
    let list = part(inside, 0, 1, inside.width, rows as u16);
    let top = menu.at.saturating_sub(rows.saturating_sub(1));
    let longest = found.iter().map(|item| item.label.width()).max();
    let label = longest.unwrap_or(0).clamp(8, (width / 2).max(8));
    for (row, (nth, item)) in found.iter().enumerate().skip(top).take(rows).enumerate() {
        let numbered = nth < NINE && menu.input.value().is_empty();
        let digit = if numbered {
            (nth + 1).to_string()
        } else {
            " ".to_owned()
        };
        let chosen = nth == menu.at;
        let plain = if item.open { "text" } else { "status.locked" };
        let role = app.theme.row(chosen, true, plain);
        let mark = if item.open {
            "  "
        } else {
            app.say("禁", "no")
        };
        let text = format!(" {digit} {mark} {}  {}", fit(&item.label, label), item.note);
        line(buffer, list, row, &text, app.theme.role(role));
        if chosen {
            marker(buffer, list, row, &app.theme, true);
        }
        if item.open && !(chosen && app.theme.whole) {
            at(buffer, list, 1, row, &digit, app.theme.role("key"));
            let style = app.theme.role("text.muted");
            at(buffer, list, label + 8, row, &item.note, style);
        }
    }
    if found.is_empty() {
        let text = app.say(
            "  没有这样的一行：换个词",
            "  nothing like that: other words",
        );
        line(buffer, list, 0, text, app.theme.role("text.muted"));
    }
    if !told {
        return place;
    }
    rule(app, buffer, area, rows + 2, "");
    if let Some(item) = found.get(menu.at) {
        let role = if item.open { "text.muted" } else { "msg.warn" };
        let full = part(inside, 0, rows as u16 + 2, inside.width, 2);
        for (row, text) in wrap_words(&item.note, width).into_iter().enumerate() {
            line(buffer, full, row, &text, app.theme.role(role));
        }
    }
    place
}

/// The keys after `g`, once somebody waits for them.
pub fn keys(app: &App, buffer: &mut Buffer, area: Rect) {
    if !app.shows_keys() {
        return;
    }
    let rows = GO.len() as u16 + 2;
    let width = 36.min(area.width);
    let place = part(
        area,
        area.width - width,
        area.height.saturating_sub(rows + 2),
        width,
        rows,
    );
    let inside = shell(app, buffer, place, app.say("前往 g", "Go to g"), "");
    for (row, (letter, action)) in GO.iter().enumerate() {
        let line: [Run; 2] = [
            (format!("{letter}  "), "key"),
            (label(action).get(app.lang).to_owned(), "text"),
        ];
        runs(buffer, inside, row, &line, &app.theme);
    }
}
