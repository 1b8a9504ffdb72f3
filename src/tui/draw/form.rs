//! Drawing forms: a line per field, the help of the chosen one below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;
use tui_textarea::CursorMove;
use unicode_width::UnicodeWidthStr;

use crate::domain::field::{Field, Need, Type};
use crate::domain::input::split_list;
use crate::domain::said::Lang;
use crate::tui::app::App;
use crate::tui::cells::{fit, wrap};
use crate::tui::draw::border::{rule, shell};
use crate::tui::draw::tree::{named, refers};
use crate::tui::form::{Form, several};
use crate::tui::paint::{at, cursor, line, part};
use crate::tui::pick::source;

/// Rows of help below the fields.
const BELOW: usize = 4;

/// Columns of a form at most: one that is wider is harder to read.
const MOST: u16 = 112;

/// Rows that a field takes; always the same, so that nothing moves.
fn rows(field: &Field) -> usize {
    if several(field) { 3 } else { 1 }
}

fn room(area: Rect) -> usize {
    usize::from(area.height).saturating_sub(BELOW + 3).max(1)
}

/// Keeps the field with the cursor in sight.
pub fn scroll(form: &mut Form, area: Rect) {
    if form.at < form.top {
        form.top = form.at;
    }
    let rows = |from: usize| -> usize {
        let shown = form.fields.get(from..=form.at).unwrap_or_default();
        shown.iter().map(|field| rows(field)).sum()
    };
    while form.top < form.at && rows(form.top) > room(area) {
        form.top += 1;
    }
}

/// What stands beside a field: what is wrong, what it means, how it is chosen.
fn note(app: &App, form: &Form, nth: usize, field: &Field) -> (String, &'static str) {
    if let Some(problem) = form.problems.get(field.key) {
        let label = field.label.get(app.lang);
        let bare = problem
            .strip_prefix(label)
            .map_or(problem.as_str(), |rest| {
                rest.trim_start_matches(['：', ':', ' '])
            });
        return (format!("! {bare}"), "msg.error");
    }
    let text = form.text(nth);
    if text.is_empty() && form.kept(field) {
        let kept = app.say("不填则保持原值", "empty: stays as it is");
        return (kept.to_owned(), "text.muted");
    }
    let names: Vec<&str> = if refers(field.of) {
        let parts = split_list(&text);
        parts.iter().filter_map(|part| named(app, part)).collect()
    } else {
        Vec::new()
    };
    if !names.is_empty() {
        return (names.join(app.say("、", ", ")), "text");
    }
    if matches!(field.of, Type::Area)
        && let Some(place) = crate::domain::place::by_code(text.trim())
    {
        return (place.path(), "text");
    }
    if nth == form.at && source(field).is_some() {
        return (app.say("F3 选择", "F3 to choose").to_owned(), "key");
    }
    (String::new(), "text.muted")
}

/// What the help tells of a field, in full.
fn about(app: &App, form: &Form, nth: usize, field: &Field) -> Vec<(String, &'static str)> {
    let mut lines = Vec::new();
    if let Some(problem) = form.problems.get(field.key) {
        lines.push((format!("! {problem}"), "msg.error"));
    }
    let words = field.words();
    if !words.is_empty() {
        let list: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(nth, word)| format!("{} {}", nth + 1, word.get(app.lang)))
            .collect();
        lines.push((list.join("  "), "text"));
    }
    let help = field.help.get(app.lang);
    if !help.is_empty() {
        lines.push((help.to_owned(), "text.muted"));
    }
    if let Type::Lines(most) | Type::Line(most) = field.of {
        let count = form.text(nth).chars().count();
        let text = match app.lang {
            Lang::Zh => format!("{count}/{most} 字"),
            Lang::En => format!("{count} of {most} characters"),
        };
        lines.push((text, "text.muted"));
    }
    lines
}

/// Draws a form; gives the place of the cursor.
pub fn form(app: &App, form: &Form, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let needed = form
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.need == Need::Required);
    let (mut filled, mut all) = (0, 0);
    for (nth, field) in needed {
        all += 1;
        if form.kept(field) || !form.text(nth).trim().is_empty() {
            filled += 1;
        }
    }
    let right = if form.sending {
        app.say("提交中", "saving").to_owned()
    } else if form.confirmed {
        app.say("再按 F8 确认保存", "F8 again saves it").to_owned()
    } else {
        let label = app.say("必填", "required");
        let changed = app.say("改动", "changed");
        format!("{label} {filled}/{all}  {changed} {}", form.changes())
    };
    let inside = shell(app, buffer, area, &form.title, &right);
    let inside = part(inside, 0, 0, inside.width.min(MOST), inside.height);
    let labels = if app.lang == Lang::Zh { 18 } else { 22 };
    let room = room(area);
    let width = usize::from(inside.width);
    let value = (width.saturating_sub(labels + 2) * 11 / 20).max(8);
    let mut place = None;
    let mut row = 0;
    for (nth, field) in form.fields.iter().enumerate().skip(form.top) {
        let high = rows(field).min(room.saturating_sub(row));
        if high == 0 {
            break;
        }
        let here = nth == form.at;
        let mark = if field.need == Need::Required {
            "*"
        } else {
            " "
        };
        let label = format!(
            "{}{mark}{}",
            if here { ">" } else { " " },
            field.label.get(app.lang)
        );
        let role = if here { "text.strong" } else { "text" };
        let text = fit(&label, labels);
        at(buffer, inside, 0, row, &text, app.theme.role(role));
        let role = if form.problems.contains_key(field.key) {
            "input.invalid"
        } else {
            "input"
        };
        // Long texts need the room, but for those beside which something is to be said.
        let noted = form.kept(field) || form.problems.contains_key(field.key);
        let value = match several(field) && !noted {
            true => width.saturating_sub(labels + 2).max(8),
            false => value,
        };
        for line in 0..high {
            at(
                buffer,
                inside,
                labels,
                row + line,
                "[",
                app.theme.role("text.muted"),
            );
            let end = labels + value + 1;
            at(
                buffer,
                inside,
                end,
                row + line,
                "]",
                app.theme.role("text.muted"),
            );
        }
        let (x, y) = (labels as u16 + 1, row as u16);
        let field_area = part(inside, x, y, value as u16, high as u16);
        if let Some(input) = form.inputs.get(nth)
            && !field_area.is_empty()
        {
            match here || !several(field) {
                true => input.render(field_area, buffer),
                // What one does not type into is read from its beginning.
                false => {
                    let mut still = input.clone();
                    still.move_cursor(CursorMove::Jump(0, 0));
                    still.render(field_area, buffer);
                }
            }
            buffer.set_style(field_area, app.theme.role(role));
            if here {
                let (top, left) = input.scroll_offset();
                let screen = input.screen_cursor();
                let column = screen.col.saturating_sub(usize::from(left));
                let line = screen.row.saturating_sub(usize::from(top));
                place = cursor(field_area, column, line);
            }
        }
        let (text, role) = note(app, form, nth, field);
        let from = labels + value + 3;
        let text = fit(&text, width.saturating_sub(from));
        at(
            buffer,
            inside,
            from,
            row,
            text.trim_end(),
            app.theme.role(role),
        );
        row += high;
    }
    if form.fields.is_empty() {
        let help = form.taken().map_or("", |step| step.help.get(app.lang));
        line(buffer, inside, 0, help, app.theme.role("text"));
        let go = app.say(
            "没有要填的：F8 办理，Esc 返回",
            "nothing to fill: F8 does it, Esc goes back",
        );
        line(buffer, inside, 1, go, app.theme.role("key"));
    }
    below(app, form, buffer, area, room);
    place
}

fn below(app: &App, form: &Form, buffer: &mut Buffer, area: Rect, room: usize) {
    let Some(field) = form.field() else { return };
    let last = form.fields.len();
    let title = format!("{}  {}/{last}", field.label.get(app.lang), form.at + 1);
    rule(app, buffer, area, room + 1, &title);
    let inside = part(
        area,
        2,
        room as u16 + 2,
        area.width.saturating_sub(4),
        (BELOW as u16).min(area.height.saturating_sub(room as u16 + 3)),
    );
    let width = usize::from(inside.width);
    let lines = about(app, form, form.at, field);
    let wrapped = lines
        .iter()
        .flat_map(|(text, role)| wrap(text, width).into_iter().map(move |line| (line, *role)));
    for (row, (text, role)) in wrapped.enumerate() {
        if text.width() > 0 {
            line(buffer, inside, row, &text, app.theme.role(role));
        }
    }
}
