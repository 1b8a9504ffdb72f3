//! Cards: groups of fields in two columns.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::field::Type;
use crate::domain::kind::Kind;
use crate::domain::organisation::POSTS;
use crate::domain::said::{Lang, Text, t};
use crate::domain::value::{Fields, Value};
use crate::protocol::{LogEntry, View};
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::fit;
use crate::tui::draw::border::{divider, more, shell};
use crate::tui::draw::call;
use crate::tui::draw::case;
use crate::tui::draw::first::first;
use crate::tui::draw::group::{fields, groups, lines};
use crate::tui::draw::history;
use crate::tui::draw::others::beside_others;
use crate::tui::draw::several;
use crate::tui::draw::tree::{numbers, word};
use crate::tui::overlay::Card;
use crate::tui::paint::{Run, part, runs};

/// What a record is called.
pub fn title(view: &View) -> String {
    view.fields
        .get(view.kind.spec().title)
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// Its state in the language of the session.
pub fn state(app: &App, view: &View) -> String {
    let status = view
        .fields
        .get("status")
        .map(ToString::to_string)
        .unwrap_or_default();
    view.kind.spec().said(&status, app.lang).to_owned()
}

/// Kind, code and name: the code is never cut.
pub fn heading(app: &App, view: &View) -> String {
    let kind = view.kind.spec().label.get(app.lang);
    format!("{kind} {}  {}", view.code, title(view))
}

pub(super) fn head(text: Text, lang: Lang) -> Vec<Run> {
    vec![(text.get(lang).to_owned(), "text.strong")]
}

/// A post; the key is its row's.
fn post(app: &App, view: &View, key: &str, row: &Fields, width: usize) -> Vec<Vec<Run>> {
    let get = |key: &str| row.get(key).map(ToString::to_string).unwrap_or_default();
    let ended = row.contains_key("to");
    let role = if ended { "text.muted" } else { "text" };
    // The month is enough for a term.
    let month = |key: &str| get(key).get(..7).unwrap_or("").to_owned();
    let term = match (app.lang, ended) {
        (Lang::Zh, false) => format!("{} 起", month("from")),
        (Lang::En, false) => format!("from {}", month("from")),
        (Lang::Zh, true) => format!("{} 至 {}", month("from"), month("to")),
        (Lang::En, true) => format!("{} to {}", month("from"), month("to")),
    };
    let name = word(POSTS, &get("post"), app.lang);
    let label = if app.lang == Lang::Zh { 9 } else { 18 }.max(name.width() + 1);
    let first: Run = (format!("  {}", fit(&name, label)), "text.muted");
    let (phone, digits) = match app.revealed(view, &format!("{key}.phone")) {
        Some(text) => (text.to_owned(), "pii.shown"),
        None => (get("phone"), role),
    };
    if width >= label + 56 {
        let own = fit(&get("holder_post"), width.saturating_sub(label + 48).max(8));
        let text = format!("{}  {own}  ", fit(&get("holder"), 10));
        let blanks = " ".repeat(14_usize.saturating_sub(phone.width()));
        let rest = (format!("{blanks}{term}"), role);
        return vec![vec![first, (text, role), (phone, digits), rest]];
    }
    let lead = " ".repeat(label + 2);
    let term = format!("{term}  {}", get("holder_post"));
    let holder = get("holder");
    // A number is never cut: beside a long name it has no room.
    if label + 4 + holder.width() + phone.width() > width {
        return vec![
            vec![first, (holder, role)],
            vec![(lead.clone(), "text"), (phone, digits)],
            vec![(lead, "text"), (term, "text.muted")],
        ];
    }
    vec![
        vec![first, (format!("{holder}  "), role), (phone, digits)],
        vec![(lead, "text"), (term, "text.muted")],
    ]
}

fn posts(app: &App, view: &View, width: usize) -> Vec<Vec<Run>> {
    let all = view.fields.get("posts").map_or(&[][..], Value::parts);
    let mut rows: Vec<(String, &Fields)> = all
        .iter()
        .enumerate()
        .filter_map(|(nth, row)| match row {
            Value::Map(row) => Some((format!("posts.{}", nth + 1), row)),
            _ => None,
        })
        .collect();
    rows.sort_by_key(|(_, row)| row.contains_key("to"));
    let mut lines = vec![head(t("任职", "Posts"), app.lang)];
    if rows.is_empty() {
        let text = app.keyed(
            "  未登记负责人，{steps} 任职",
            "  nobody on record, {steps} appoints",
        );
        lines.push(vec![(text, "status.warn")]);
    }
    let rows = rows.into_iter();
    lines.extend(rows.flat_map(|(key, row)| post(app, view, &key, row, width)));
    lines
}

/// The left and the right column of a record, each in its width.
pub fn columns(
    app: &App,
    view: &View,
    latest: &[LogEntry],
    widths: [usize; 2],
) -> [Vec<Vec<Run>>; 2] {
    let mut left = Vec::new();
    let mut right = Vec::new();
    if view.kind == Kind::Organisation {
        right.extend(posts(app, view, widths[1]));
        right.extend(call::last(app, view, widths[1]));
        let [people, below] = numbers(app, view.code.number);
        right.push(head(t("规模", "Size"), app.lang));
        for (label, text) in [
            (app.say("成员", "members"), people),
            (app.say("直属下级", "directly below"), below),
        ] {
            right.push(vec![
                (format!("  {} ", fit(label, 14)), "text.muted"),
                (text, "text"),
            ]);
        }
    }
    if view.kind != Kind::Organisation {
        right.extend(call::last(app, view, widths[1]));
    }
    for group in groups(view.kind) {
        let (side, width) = if group.left {
            (&mut left, widths[0])
        } else {
            (&mut right, widths[1])
        };
        let mut held = Vec::new();
        for field in fields(view.kind, group) {
            match view.fields.get(field.key) {
                Some(_) if several::repeats(view, field) => {}
                Some(value) => {
                    let mut lines = lines(app, view, field, value, width);
                    // The heading says what the rows below it are.
                    if matches!(field.of, Type::Rows(_)) && field.label == group.title {
                        lines.drain(..1.min(lines.len()));
                    }
                    held.append(&mut lines);
                }
                None if several::open(view, field) => held.push(several::missing(app, field)),
                None => {}
            }
        }
        if !held.is_empty() {
            side.push(head(group.title, app.lang));
            side.append(&mut held);
        }
    }
    if !latest.is_empty() {
        right.push(head(
            t("最近变更（h 全部）", "Latest changes (h for all)"),
            app.lang,
        ));
        right.extend(history::latest(app, view.kind, latest));
    }
    [left, right]
}

fn heads(line: &[Run]) -> bool {
    matches!(line, [(_, "text.strong")])
}

/// Lines with one left free before each heading, where there is room for all of that.
pub fn spaced(lines: Vec<Vec<Run>>, height: usize) -> Vec<Vec<Run>> {
    if !airy(&lines, height) {
        return lines;
    }
    let mut all = Vec::new();
    for (nth, line) in lines.into_iter().enumerate() {
        if nth > 0 && heads(&line) {
            all.push(Vec::new());
        }
        all.push(line);
    }
    all
}

fn airy(lines: &[Vec<Run>], height: usize) -> bool {
    let free = lines.iter().skip(1).filter(|line| heads(line)).count();
    lines.len() + free <= height
}

/// Paints lines from one of them on; gives how many there are below.
pub(super) fn paint(
    app: &App,
    buffer: &mut Buffer,
    area: Rect,
    lines: &[Vec<Run>],
    top: usize,
) -> usize {
    let height = usize::from(area.height);
    let top = top.min(lines.len().saturating_sub(height));
    for (row, line) in lines.iter().skip(top).take(height).enumerate() {
        runs(buffer, area, row, line, &app.theme);
    }
    lines.len().saturating_sub(top + height)
}

/// Paints a record into an area: two columns where there is room; gives how many lines there are
/// below. The divider joins the frame around.
pub fn body(
    app: &App,
    buffer: &mut Buffer,
    area: Rect,
    view: &View,
    latest: &[LogEntry],
    top: usize,
) -> usize {
    if area.is_empty() {
        return 0;
    }
    // What is to be said first stands across, and moves with the rest.
    let said = first(app, view, usize::from(area.width));
    let rest = paint(app, buffer, area, said.get(top..).unwrap_or_default(), 0);
    let above = said.len().saturating_sub(top).min(usize::from(area.height)) as u16;
    let top = top.saturating_sub(said.len());
    let area = part(area, 0, above, area.width, area.height - above);
    if area.is_empty() {
        return rest.max(1);
    }
    let half = area.width / 2;
    let two = area.width >= 70;
    let widths = if two {
        [half - 1, area.width - half - 2]
    } else {
        [area.width; 2]
    };
    let widths = widths.map(usize::from);
    let [mut left, mut right] = columns(app, view, latest, widths);
    let height = usize::from(area.height);
    if !two {
        left.append(&mut right);
        return paint(app, buffer, area, &spaced(left, height), top);
    }
    // Both columns, or none: headings that stand side by side stay so.
    let room = [&left, &right].iter().all(|lines| airy(lines, height));
    let [left, right] = match room {
        true => [left, right].map(|lines| spaced(lines, height)),
        false => [left, right],
    };
    let column = part(area, 0, 0, half.saturating_sub(1), area.height);
    let below = paint(app, buffer, column, &left, top);
    divider(
        app,
        buffer,
        area.x + half,
        area.y.saturating_sub(u16::from(above == 0)),
        area.bottom(),
    );
    let column = part(area, half + 2, 0, area.width - half - 2, area.height);
    below.max(paint(app, buffer, column, &right, top))
}

/// The key to what is below, in both languages.
pub(super) const ON: (&str, &str) = ("PgDn", "PgDn");

/// Draws a card.
pub fn card(app: &App, card: &Card, buffer: &mut Buffer, area: Rect) {
    let view = &card.view;
    let revision = match app.lang {
        Lang::Zh => format!("{}  第 {} 版", state(app, view), view.rev),
        Lang::En => format!("{}  revision {}", state(app, view), view.rev),
    };
    match (&card.history, &card.case) {
        (None, Some(one)) => case::case(app, card, one, buffer, area),
        (None, None) => {
            let revision = beside_others(app, view, &revision);
            let inside = shell(app, buffer, area, &heading(app, view), &revision);
            let hidden = body(app, buffer, inside, view, &card.latest, card.top);
            more(app, buffer, area, hidden, ON);
        }
        (Some(entries), _) => {
            let what = app.say("变更记录", "History");
            let text = format!("{what} {}  {}", view.code, title(view));
            let inside = shell(app, buffer, area, &text, &revision);
            let lines = history::history(app, view, entries, usize::from(inside.width));
            let hidden = paint(app, buffer, inside, &lines, card.top);
            more(app, buffer, area, hidden, ON);
        }
    }
}
