//! Drawing the cover: title and clock, and the line for the digits where some are set.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::Input;

use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::{spread, wrap_words};
use crate::tui::draw::typed::typed;
use crate::tui::paint::{blank, line, part};

/// Columns of the line for the digits.
const WIDE: u16 = 24;

/// Draws the cover; gives the place of the cursor where digits are typed.
pub fn cover(app: &App, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    blank(buffer, area, app.theme.role("text"));
    let clock = app.now.format("%m-%d %H:%M ").to_string();
    let head = spread(app.say(" 科志", " Kezhi"), &clock, usize::from(area.width));
    line(buffer, area, 0, &head, app.theme.role("text.muted"));
    let middle = |row: u16, text: &str| {
        let column = area.width.saturating_sub(text.width() as u16) / 2;
        part(area, column, area.height / 2 + row, area.width, 1)
    };
    let (text, hint) = match app.pin.set {
        Some(true) => (
            app.say(
                "屏幕已遮挡，输口令后 Enter",
                "the screen is covered: PIN, then Enter",
            ),
            app.say(
                "忘了口令：重新登录，执行 kezhi pin --clear",
                "forgotten: log in again and run kezhi pin --clear",
            ),
        ),
        _ => (
            app.say(
                "屏幕已遮挡，按 Enter 回来",
                "the screen is covered: Enter comes back",
            ),
            app.say(
                "要口令才能回来：F9 设遮挡口令",
                "to ask for a PIN: F9, PIN of the cover",
            ),
        ),
    };
    let mut muted = |row: u16| {
        let lines = wrap_words(hint, usize::from(area.width));
        for (text, row) in lines.iter().zip(row..) {
            line(
                buffer,
                middle(row, text),
                0,
                text,
                app.theme.role("text.muted"),
            );
        }
    };
    if app.pin.set != Some(true) {
        muted(2);
        line(buffer, middle(0, text), 0, text, app.theme.role("cover"));
        return None;
    }
    muted(5);
    line(buffer, middle(0, text), 0, text, app.theme.role("cover"));
    let (stars, told) = app.cover_line();
    line(
        buffer,
        middle(3, &told),
        0,
        &told,
        app.theme.role("msg.warn"),
    );
    let column = area.width.saturating_sub(WIDE) / 2;
    let inside = part(area, column, area.height / 2 + 1, WIDE, 1);
    let lead = app.say("口令: ", "PIN: ");
    typed(
        buffer,
        inside,
        0,
        lead,
        &Input::new(stars),
        app.theme.role("input"),
    )
}
