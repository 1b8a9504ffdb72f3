//! F2: results above, the facts of the chosen one below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::certificate::can_be;
use crate::tui::app::App;
use crate::tui::draw::border::{rule, shell};
use crate::tui::draw::typed::typed;
use crate::tui::draw::{call, card, pane};
use crate::tui::overlay::Look;
use crate::tui::paint::{line, part};
use crate::tui::waiting::Wait;

/// Rows of results in a box of a height.
pub fn rows(height: u16) -> u16 {
    (height / 2).saturating_sub(5).max(3)
}

/// Draws it; gives the place of the cursor.
pub fn look(app: &App, look: &Look, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let list = &look.list;
    let guess = if list.fuzzy && list.total > 0 {
        app.say("近似 ", "like ")
    } else {
        ""
    };
    let count = if look.recent {
        app.say("最近打开", "opened last").to_owned()
    } else {
        let (waits, old) = match (app.waits(list) > Wait::None, app.late(list)) {
            (true, late) => (app.say("查询中  ", "asking  "), if late { "~" } else { "" }),
            _ => ("", ""),
        };
        format!(
            "{waits}{guess}{} {old}{}",
            app.say("结果", "hits"),
            list.total
        )
    };
    let name = app.say("来电查询 F2", "Look up F2");
    let inside = shell(app, buffer, area, name, &count);
    let lead = app.say("查: ", "find: ");
    let style = app.theme.role("input");
    let place = typed(buffer, inside, 0, lead, &list.input, style);
    let help = app.say(
        "姓名、拼音、首字母、尾号、编号、单位、属地；空格=同时满足",
        "name, pinyin, initials, last digits, code, team, place; blank = and",
    );
    line(buffer, inside, 1, help, app.theme.role("input.placeholder"));
    let found = part(inside, 0, 2, inside.width, rows(area.height));
    pane::body(app, list, buffer, found, true);
    if list.total == 0 && !list.waiting {
        let text = match look.check_code() {
            Some(code) if !can_be(&code) => app.say(
                "  没有找到；若是证明的查验码，校验位不符：请对方再念一遍",
                "  nothing found; as a certificate's check code its check digits do not agree: have it read again",
            ),
            Some(_) => app.say(
                "  没有出具过这个查验码的证明；有纸质证明的请记下并报告",
                "  no certificate was issued with this check code; if there is a paper, note it down and report it",
            ),
            None => app.say("  没有找到：换个词试试", "  nothing found: try other words"),
        };
        line(buffer, found, 0, text, app.theme.role("text.muted"));
    }
    let row = 3 + usize::from(found.height);
    // The facts of another record would be read out.
    let selected = list.selected().map(|row| row.code);
    let view = look
        .preview
        .as_ref()
        .filter(|view| Some(view.code) == selected);
    let chosen = view.map_or_else(String::new, |view| {
        let why: Vec<String> = list
            .selected()
            .into_iter()
            .flat_map(|row| &row.why)
            .map(|why| {
                let label = why.label(view.kind, app.lang);
                format!("{}={label} {}", why.word, why.text)
            })
            .collect();
        format!(
            "{}  {}  {}  {}",
            card::title(view),
            view.code,
            card::state(app, view),
            why.join("  ")
        )
        .trim_end()
        .to_owned()
    });
    rule(app, buffer, area, row, &chosen);
    let last = inside.height.saturating_sub(call::ROWS);
    let free = last.saturating_sub(row as u16);
    let below = part(inside, 0, row as u16, inside.width, free);
    // Before the facts: the line down their middle ends in it.
    rule(app, buffer, area, usize::from(last) + 1, "");
    if let Some(view) = view {
        card::body(app, buffer, below, view, &[], 0);
    }
    let note = part(inside, 0, last, inside.width, call::ROWS);
    let noted = call::note(app, look, buffer, note);
    if look.noting { noted } else { place }
}
