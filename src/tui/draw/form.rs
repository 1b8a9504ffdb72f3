//! Drawing forms: a line per field, the help of the chosen one below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::field::{Field, Need, Type};
use crate::domain::input::split_list;
use crate::domain::said::Lang;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::{fit, wrap_words};
use crate::tui::draw::border::{rule, shell};
use crate::tui::draw::tree::{named, refers};
use crate::tui::draw::typed;
use crate::tui::form::{Form, several};
use crate::tui::paint::{at, line, part};
use crate::tui::pick::source;
use crate::tui::sheet::{Line, lines};

/// Rows of help below the fields.
const BELOW: usize = 4;

/// Columns of a form at most: one that is wider is harder to read.
const MOST: u16 = 112;

/// Columns that a field of a short kind needs: what is said beside it has the rest.
fn short(app: &App, field: &Field) -> usize {
    match field.of {
        Type::Day | Type::Int(..) | Type::Flag => 12,
        Type::Moment | Type::Phone => 18,
        Type::Choice(words) => {
            let words = words.iter().map(|word| word.get(app.lang).width() + 1);
            words.max().unwrap_or(0).max(12)
        }
        _ => usize::MAX,
    }
}

fn room(area: Rect) -> usize {
    usize::from(area.height).saturating_sub(BELOW + 3).max(1)
}

/// Keeps the field with the cursor in sight.
pub fn scroll(form: &mut Form, area: Rect) {
    let lines = lines(form);
    let at = lines.iter().position(|line| line.fields.contains(&form.at));
    let at = at.unwrap_or(0);
    form.top = form.top.min(at);
    let rows = |from: usize, to: usize| -> usize {
        let shown = lines.get(from..=to).unwrap_or_default();
        shown.iter().map(|line| line.rows).sum()
    };
    while form.top < at && rows(form.top, at) > room(area) {
        form.top += 1;
    }
    // On a screen that grew nothing stays above while there is room below.
    let last = lines.len().saturating_sub(1);
    while form.top > 0 && rows(form.top - 1, last) <= room(area) {
        form.top -= 1;
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
        return (format!("! {}", app.way(bare)), "msg.error");
    }
    let text = form.text(nth);
    if text.is_empty() && form.kept(field) {
        let kept = app.say("不填则保持原值", "empty: stays as it is");
        return (kept.to_owned(), "input.placeholder");
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
        return (app.keyed("{search} 选择", "{search} to choose"), "key");
    }
    (String::new(), "text.muted")
}

/// Whether a field shares its line.
fn shared(lines: &[Line], nth: usize) -> bool {
    let mut lines = lines.iter();
    lines.any(|line| line.fields.len() > 1 && line.fields.contains(&nth))
}

/// What the help tells of a field, in full.
pub(super) fn about(
    app: &App,
    form: &Form,
    nth: usize,
    field: &Field,
) -> Vec<(String, &'static str)> {
    let mut told = Vec::new();
    if let Some(problem) = form.problems.get(field.key) {
        told.push((format!("! {}", app.way(problem)), "msg.error"));
    }
    // Beside a field that shares its line there is no room for what its codes mean.
    let all = lines(form);
    let shares = shared(&all, nth);
    let (beside, role) = note(app, form, nth, field);
    if shares && role != "msg.error" && !beside.is_empty() {
        told.push((beside, role));
    }
    let words = field.words();
    if !words.is_empty() {
        let list: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(nth, word)| format!("{} {}", nth + 1, word.get(app.lang)))
            .collect();
        told.push((list.join("  "), "text"));
    }
    let help = field.help.get(app.lang);
    if !help.is_empty() {
        told.push((app.way(help), "text.muted"));
    }
    if let Type::Lines(most) | Type::Line(most) = field.of {
        let count = form.text(nth).chars().count();
        let text = match app.lang {
            Lang::Zh => format!("{count}/{most} 字"),
            Lang::En => format!("{count} of {most} characters"),
        };
        told.push((text, "text.muted"));
    }
    // What is wrong with the others of a shared line is told below: the field with the cursor comes first.
    for (key, problem) in &form.problems {
        let place = form.place(key).filter(|place| *place != nth);
        if place.is_some_and(|place| shared(&all, place)) {
            told.push((format!("! {problem}"), "msg.error"));
        }
    }
    told
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
        let right = !form.problems.contains_key(field.key);
        if form.kept(field) || right && !form.text(nth).trim().is_empty() {
            filled += 1;
        }
    }
    let right = if form.sending {
        app.say("提交中", "saving").to_owned()
    } else if form.confirmed {
        app.keyed("再按 {steps} 确认保存", "{steps} again saves it")
    } else {
        let label = app.say("必填", "required");
        let changed = app.say("改动", "changed");
        format!("{label} {filled}/{all}  {changed} {}", form.changes())
    };
    let others = form
        .code()
        .map_or_else(String::new, |code| app.said_others(code));
    let kept = app.said_ahead(&form.ahead);
    let right = [others, kept, right];
    let right: Vec<String> = right.into_iter().filter(|text| !text.is_empty()).collect();
    let right = right.join("  ");
    let inside = shell(app, buffer, area, &form.title, &right);
    let inside = part(inside, 0, 0, inside.width.min(MOST), inside.height);
    let labels = if app.lang == Lang::Zh { 18 } else { 22 };
    let room = room(area);
    let mut place = None;
    let mut row = 0;
    let lines = lines(form);
    let sheet = lines.iter().any(|line| line.fields.len() > 1);
    for one in lines.iter().skip(form.top) {
        let high = one.rows.min(room.saturating_sub(row));
        if high == 0 {
            break;
        }
        let count = one.fields.len();
        // In a shared line the label takes less, and nothing stands beside the value.
        let labels = match count {
            1 if !sheet => labels,
            _ => labels.min(if app.lang == Lang::Zh { 14 } else { 18 }),
        };
        let cell = inside.width / count.max(1) as u16;
        for (nth, x) in one
            .fields
            .iter()
            .zip((0..).step_by(usize::from(cell.max(1))))
        {
            let area = part(inside, x, row as u16, cell, high as u16);
            place = place.or(field(app, form, *nth, buffer, area, (labels, count > 1)));
        }
        row += high;
    }
    if form.fields.is_empty() {
        let help = form.taken().map_or("", |step| step.help.get(app.lang));
        line(buffer, inside, 0, help, app.theme.role("text"));
        let go = app.keyed(
            "没有要填的：{steps} 办理，{cancel} 返回",
            "nothing to fill: {steps} does it, {cancel} goes back",
        );
        line(buffer, inside, 1, &go, app.theme.role("key"));
    }
    below(app, form, buffer, area, room);
    place
}

/// Draws one field with its label; gives the place of the cursor if it is there.
fn field(
    app: &App,
    form: &Form,
    nth: usize,
    buffer: &mut Buffer,
    area: Rect,
    (labels, shared): (usize, bool),
) -> Option<Position> {
    let field = form.fields.get(nth)?;
    let mut place = None;
    let width = usize::from(area.width);
    let here = nth == form.at;
    let wrong = form.problems.contains_key(field.key);
    let mark = match field.need {
        // Beside a field that shares its line there is no room to say what is wrong.
        _ if wrong && shared => "!",
        Need::Required => "*",
        _ => " ",
    };
    let label = format!(
        "{}{mark}{}",
        if here { ">" } else { " " },
        field.label.get(app.lang)
    );
    let role = match here {
        _ if wrong && shared => "msg.error",
        true => "text.strong",
        false => "text",
    };
    at(
        buffer,
        area,
        0,
        0,
        &fit(&label, labels),
        app.theme.role(role),
    );
    let role = match wrong {
        true => "input.invalid",
        false => "input",
    };
    // Long texts need the room, but for those beside which something is to be said.
    let noted = form.kept(field) || form.problems.contains_key(field.key);
    let free = width.saturating_sub(labels + 2).max(8);
    let value = match shared || several(field) && !noted {
        true if shared => free.saturating_sub(1),
        true => free,
        false => short(app, field).min((free * 11 / 20).max(8)),
    };
    for line in 0..usize::from(area.height) {
        for (column, text) in [(labels, "["), (labels + value + 1, "]")] {
            at(
                buffer,
                area,
                column,
                line,
                text,
                app.theme.role("text.muted"),
            );
        }
    }
    let room = part(area, labels as u16 + 1, 0, value as u16, area.height);
    if let Some(input) = form.inputs.get(nth)
        && !room.is_empty()
    {
        let style = app.theme.role(role);
        place = typed::field(buffer, room, input, several(field), here, style);
    }
    if !shared {
        let (text, role) = note(app, form, nth, field);
        let from = labels + value + 3;
        let text = fit(&text, width.saturating_sub(from));
        at(buffer, area, from, 0, text.trim_end(), app.theme.role(role));
    }
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
    let wrapped = lines.iter().flat_map(|(text, role)| {
        wrap_words(text, width)
            .into_iter()
            .map(move |line| (line, *role))
    });
    for (row, (text, role)) in wrapped.enumerate() {
        if text.width() > 0 {
            line(buffer, inside, row, &text, app.theme.role(role));
        }
    }
}
