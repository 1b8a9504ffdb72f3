//! Drawing the tour: its desk, and what is wanted of the operator below.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::app::App;
use crate::tui::cells::wrap_words;
use crate::tui::draw::border::shell;
use crate::tui::paint::{Run, line, part, runs};
use crate::tui::tour::{STEPS, Tour};

/// Rows of the panel.
const ROWS: u16 = 7;

/// Draws the desk of the tour and the panel over its last rows.
pub fn tour(app: &App, tour: &Tour, frame: &mut Frame) {
    super::draw(&tour.app, frame);
    let area = frame.area();
    let rows = ROWS.min(area.height);
    let place: Rect = part(area, 0, area.height - rows, area.width, rows);
    let buffer = frame.buffer_mut();
    let count = format!("{}/{}", (tour.at + 1).min(STEPS.len()), STEPS.len());
    let title = app.say(
        "教程（示例数据，什么都不会存）",
        "Tour (sample data, nothing is kept)",
    );
    let inside = shell(app, buffer, place, title, &count);
    let width = usize::from(inside.width);
    let (why, leave) = match tour.step() {
        Some(step) => (
            step.why.get(app.lang),
            app.say("Esc 离开教程", "Esc leaves the tour"),
        ),
        None => (
            app.say(
                "好了：这六个键就能接电话、办事。其余的 F1 和 F9 都有",
                "that is all for calls and steps; F1 and F9 hold the rest",
            ),
            "",
        ),
    };
    let ask = match tour.step().is_some() {
        true => app.say("请按 ", "Press "),
        false => app.say("完成，按 ", "Done, press "),
    };
    let head: [Run; 2] = [(ask.to_owned(), "text.strong"), (tour.key(), "key")];
    runs(buffer, inside, 0, &head, &app.theme);
    for (row, text) in wrap_words(why, width).into_iter().take(2).enumerate() {
        line(buffer, inside, 1 + row, &text, app.theme.role("text"));
    }
    line(buffer, inside, 3, &tour.told, app.theme.role("msg.warn"));
    let esc = tour.step().is_some_and(|step| step.action == "cancel");
    let leave = if esc { "" } else { leave };
    line(buffer, inside, 4, leave, app.theme.role("text.muted"));
}
