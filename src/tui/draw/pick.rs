//! Drawing pickers.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::fit;
use crate::tui::draw::border::shell;
use crate::tui::draw::typed::typed;
use crate::tui::paint::{line, marker, part};
use crate::tui::pick::{Pick, Source, Target};

/// Rows that a picker needs; where lines come and go it keeps its size.
pub fn height(pick: &Pick) -> u16 {
    match pick.source {
        Source::Words(words) => u16::try_from(words.len()).unwrap_or(20).clamp(5, 18) + 5,
        Source::Places | Source::Records(_) | Source::Days(_) => 20,
        Source::Typed => 8,
    }
}

/// Draws a picker; gives the place of the cursor.
pub fn pick(app: &App, pick: &Pick, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let label = pick.field.label.get(app.lang);
    let title = match pick.target {
        Target::Field => format!("{} {label}", app.say("选择", "Choose")),
        Target::Filter(_) => format!("{} {label}", app.say("筛选", "Filter by")),
    };
    let ticked = if pick.several {
        format!("{} {}", app.say("已选", "ticked"), pick.chosen.len())
    } else {
        String::new()
    };
    let inside = shell(app, buffer, area, &title, &ticked);
    let width = usize::from(inside.width);
    let lead = app.say("查: ", "find: ");
    let style = app.theme.role("input");
    let place = typed(buffer, inside, 0, lead, &pick.input, style);
    let lines = pick.lines(app.lang);
    let rows = usize::from(inside.height.saturating_sub(2));
    let list = part(inside, 0, 1, inside.width, rows as u16);
    let top = pick.at.saturating_sub(rows.saturating_sub(1));
    let digits = pick.numbered();
    let longest = lines.iter().map(|one| one.label.width()).max();
    let name = longest.unwrap_or(0).min(width.saturating_sub(34).max(12));
    for (row, (nth, one)) in lines.iter().enumerate().skip(top).take(rows).enumerate() {
        let chosen = nth == pick.at;
        let tick = match (pick.several, pick.chosen.contains(&one.value)) {
            (false, _) => "",
            (true, true) => "[x] ",
            (true, false) => "[ ] ",
        };
        let digit = match digits {
            true if one.value.is_empty() => "0".to_owned(),
            true if nth < 9 => (nth + 1).to_string(),
            _ => " ".to_owned(),
        };
        let text = format!(" {digit} {tick}{}  {}", fit(&one.label, name), one.note);
        let role = app.theme.row(chosen, true, "text");
        line(buffer, list, row, &text, app.theme.role(role));
        if chosen {
            marker(buffer, list, row, &app.theme, true);
        }
    }
    if lines.is_empty() {
        let text = match pick.source {
            Source::Typed => app.say("  直接打字，Enter 填入", "  type it, Enter takes it"),
            _ => app.say("  没有找到：换个词", "  nothing found: other words"),
        };
        line(buffer, list, 0, text, app.theme.role("text.muted"));
    }
    // Where names are looked for, digits and blanks are part of what is typed.
    let foot = match (pick.several, digits, &pick.source) {
        (false, ..) => app.say("Enter 填入，Esc 返回", "Enter takes, Esc back"),
        (true, true, _) => app.say(
            "数字、空格或 Tab 勾选，Enter 填入，Esc 返回",
            "digit, blank or Tab ticks, Enter takes, Esc back",
        ),
        (true, false, Source::Records(_)) => app.say(
            "Tab 勾选，Enter 填入，Esc 返回",
            "Tab ticks, Enter takes, Esc back",
        ),
        (true, false, _) => app.say(
            "空格或 Tab 勾选，Enter 填入，Esc 返回",
            "blank or Tab ticks, Enter takes, Esc back",
        ),
    };
    line(buffer, inside, rows + 1, foot, app.theme.role("text.muted"));
    place
}
