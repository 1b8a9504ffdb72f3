//! Drawing the messages of the session.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::app::App;
use crate::tui::cells::{fit, wrap_words};
use crate::tui::draw::border::{rule, shell};
use crate::tui::draw::typed::typed;
use crate::tui::message::{Log, level, named};
use crate::tui::paint::{at, line, part};

/// Rows that tell the selected message in full.
const FULL: u16 = 4;

/// Draws the messages; gives the place of the cursor.
pub fn log(app: &App, log: &Log, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let found = log.matching(app);
    let count = format!("{}/{}", (log.at + 1).min(found.len()), found.len());
    let title = app.say("消息记录 g l", "Messages g l");
    let inside = shell(app, buffer, area, title, &count);
    let lead = app.say("查: ", "find: ");
    let width = usize::from(inside.width);
    let style = app.theme.role("input");
    let place = typed(buffer, inside, 0, lead, &log.input, style);
    let rows = inside.height.saturating_sub(FULL + 2);
    let list = part(inside, 0, 1, inside.width, rows);
    let rows = usize::from(rows);
    let top = log.at.saturating_sub(rows.saturating_sub(1));
    for (row, (nth, told)) in found.iter().enumerate().skip(top).take(rows).enumerate() {
        let chosen = nth == log.at;
        let (word, role) = level(told.level);
        let word = fit(word.get(app.lang), 7);
        let lead = if chosen { "> " } else { "  " };
        let when = told.at.format("%H:%M:%S");
        let text = format!("{lead}{when}  {word}  {}", told.text);
        let plain = if chosen { "row.select" } else { "text" };
        line(buffer, list, row, &text, app.theme.role(plain));
        if !chosen {
            at(buffer, list, 12, row, word.trim_end(), app.theme.role(role));
        }
    }
    if found.is_empty() {
        let text = app.say("  没有找到：换个词", "  nothing found: other words");
        line(buffer, list, 0, text, app.theme.role("text.muted"));
    }
    rule(app, buffer, area, rows + 2, "");
    if let Some(told) = found.get(log.at) {
        let full = part(inside, 0, rows as u16 + 2, inside.width, FULL);
        let mut lines = wrap_words(&told.text, width);
        lines.truncate(usize::from(FULL) - 1);
        lines.push(match named(&told.text) {
            Some(code) => format!("Enter {} {code}", app.say("打开", "opens")),
            None => app.say("Esc 返回", "Esc goes back").to_owned(),
        });
        let (_, role) = level(told.level);
        let last = lines.len() - 1;
        for (row, text) in lines.iter().enumerate() {
            let role = if row == last { "text.muted" } else { role };
            line(buffer, full, row, text, app.theme.role(role));
        }
    }
    place
}
