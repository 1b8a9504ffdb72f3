//! Drawing two versions of a record side by side.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::app::App;
use crate::tui::cells::wrap_words;
use crate::tui::conflict::{Conflict, by};
use crate::tui::draw::border::shell;
use crate::tui::paint::{Run, line, part, runs};

/// Draws it.
pub fn conflict(app: &App, conflict: &Conflict, buffer: &mut Buffer, area: Rect) {
    let who = by(conflict.whose.as_ref(), app.lang);
    let changed = app.say("刚改过", "changed");
    let title = format!("{} {changed} {}", who.trim_end(), conflict.view.code);
    let inside = shell(app, buffer, area, &title, "");
    let told = app.keyed(
        "你填的都在。下列各项两边都改了：数字切换，{steps} 合并回表单，{cancel} 先不合并",
        "your text is safe. Both changed these: a digit turns one, {steps} merges, {cancel} leaves it",
    );
    // Both keys must be read: what does not fit in a row takes another.
    let told = wrap_words(&told, usize::from(inside.width));
    for (row, text) in told.iter().enumerate() {
        line(buffer, inside, row, text, app.theme.role("msg.warn"));
    }
    let head = told.len() as u16 + 1;
    let each = 4;
    let rows = usize::from(inside.height.saturating_sub(head));
    let fitting = (rows / each).max(1);
    let top = conflict.at.saturating_sub(fitting - 1);
    let body = part(inside, 0, head, inside.width, rows as u16);
    for (nth, clash) in conflict.clashes.iter().enumerate().skip(top).take(fitting) {
        let row = (nth - top) * each;
        let here = if nth == conflict.at { ">" } else { " " };
        let head: [Run; 1] = [(
            format!("{here}{} {}", nth + 1, clash.field.label.get(app.lang)),
            "text.strong",
        )];
        runs(buffer, body, row, &head, &app.theme);
        let mark = |taken: bool| if taken { "(x)" } else { "( )" };
        let flat = |text: &str| match text {
            "" => app.say("（空）", "(empty)").to_owned(),
            text => text.replace('\n', " "),
        };
        let versions: [[Run; 2]; 3] = [
            [
                (
                    format!("       {} ", app.say("原值", "base  ")),
                    "text.muted",
                ),
                (flat(&clash.base), "diff.old"),
            ],
            [
                (
                    format!("   {} {} ", mark(!clash.keep), app.say("对方", "theirs")),
                    "text",
                ),
                (flat(&clash.theirs), "diff.new"),
            ],
            [
                (
                    format!("   {} {} ", mark(clash.keep), app.say("我的", "mine  ")),
                    "text",
                ),
                (flat(&clash.mine), "diff.new"),
            ],
        ];
        for (nth, version) in versions.iter().enumerate() {
            runs(buffer, body, row + 1 + nth, version, &app.theme);
        }
    }
}
