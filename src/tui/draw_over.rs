//! Drawing what lies over the panes.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::domain::field::{Field, Privacy};
use crate::domain::said::Lang;
use crate::domain::value::Value;
use crate::protocol::View;
use crate::tui::app::App;
use crate::tui::cells::{fit, wrap};
use crate::tui::draw::columns;
use crate::tui::draw_form;
use crate::tui::draw_menu;
use crate::tui::overlay::{Card, Look, Overlay};
use crate::tui::paint::{at, blank, line, part};

/// The box of an overlay: the whole of a small screen, the middle of a large one.
fn place(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = if area.width < 100 {
        (area.width, area.height.saturating_sub(2))
    } else {
        (
            width.min(area.width),
            height.min(area.height.saturating_sub(2)),
        )
    };
    part(
        area,
        (area.width - width) / 2,
        (area.height.saturating_sub(1) - height) / 2,
        width,
        height,
    )
}

fn large(area: Rect) -> Rect {
    place(
        area,
        120.min(area.width.saturating_sub(8)),
        area.height.saturating_sub(6),
    )
}

/// Tells the look-up and the form how many rows they have.
pub fn measure(app: &mut App, area: Rect) {
    let large = large(area);
    match app.over.last_mut() {
        Some(Overlay::Look(look)) => look.list.height = usize::from(large.height / 2).max(3),
        Some(Overlay::Form(form)) => {
            let rows = usize::from(large.height.saturating_sub(4)).max(1);
            if form.at < form.top {
                form.top = form.at;
            }
            if form.at >= form.top + rows {
                form.top = form.at + 1 - rows;
            }
        }
        _ => {}
    }
}

/// Draws the topmost overlay; gives the place of the cursor.
pub fn draw(app: &App, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    match app.over.last()? {
        Overlay::Look(one) => look(app, one, buffer, large(area)),
        Overlay::Card(one) => {
            card(app, one, buffer, large(area));
            None
        }
        Overlay::Form(one) => draw_form::form(app, one, buffer, large(area)),
        Overlay::Menu(one) => draw_menu::menu(app, one, buffer, place(area, 84, 24)),
        Overlay::Help(input) => draw_menu::help(
            app,
            input.value(),
            input.visual_cursor(),
            buffer,
            large(area),
        ),
        Overlay::Reason(code, field, input) => {
            let inside = frame(
                app,
                buffer,
                place(area, 76, 8),
                app.say(
                    "显示隐藏项：写明原因，将记入日志",
                    "show a masked field: the reason is logged",
                ),
                "Esc",
            );
            let label = code
                .kind
                .spec()
                .field(field)
                .map_or(field.as_str(), |field| field.label.get(app.lang));
            line(
                buffer,
                inside,
                1,
                &format!("{code}  {label}"),
                app.theme.role("text"),
            );
            let lead = app.say("原因: ", "reason: ");
            line(
                buffer,
                inside,
                3,
                &format!("{lead}{}", input.value()),
                app.theme.role("input"),
            );
            line(
                buffer,
                inside,
                4,
                app.say("Enter 显示 20 秒", "Enter shows it for 20 seconds"),
                app.theme.role("text.muted"),
            );
            cursor(inside, lead.width() + input.visual_cursor(), 3)
        }
        Overlay::Cover => {
            blank(buffer, area, app.theme.role("text"));
            let row = usize::from(area.height) / 2;
            line(
                buffer,
                area,
                row,
                app.say(
                    "  屏幕已遮挡，按 Enter 回来",
                    "  the screen is covered: Enter comes back",
                ),
                app.theme.role("text.strong"),
            );
            None
        }
    }
}

pub(super) fn cursor(area: Rect, column: usize, row: usize) -> Option<Position> {
    let column = u16::try_from(column)
        .ok()?
        .min(area.width.saturating_sub(1));
    let row = u16::try_from(row).ok()?.min(area.height.saturating_sub(1));
    Some(Position::new(area.x + column, area.y + row))
}

/// A box of title, sides and foot; gives its inside.
pub(super) fn frame(app: &App, buffer: &mut Buffer, area: Rect, title: &str, right: &str) -> Rect {
    // A Han character that the box cuts in half goes: half a character breaks the line on a terminal.
    for row in area.top()..area.bottom() {
        if let Some(cell) = area
            .x
            .checked_sub(1)
            .and_then(|x| buffer.cell_mut((x, row)))
            && cell.symbol().width() > 1
        {
            cell.set_symbol(" ");
        }
    }
    blank(buffer, area, app.theme.role("text"));
    let width = usize::from(area.width);
    let end = format!(" {right} ==");
    let text = format!("== {title} ");
    let room = width.saturating_sub(end.width());
    let text = if text.width() > room {
        fit(&text, room)
    } else {
        format!("{text}{}", "=".repeat(room - text.width()))
    };
    line(
        buffer,
        area,
        0,
        &format!("{text}{end}"),
        app.theme.role("title.focus"),
    );
    let last = usize::from(area.height.saturating_sub(1));
    line(
        buffer,
        area,
        last,
        &"-".repeat(width),
        app.theme.role("frame"),
    );
    for row in 1..last {
        at(buffer, area, 0, row, "|", app.theme.role("frame"));
        at(
            buffer,
            area,
            width.saturating_sub(1),
            row,
            "|",
            app.theme.role("frame"),
        );
    }
    part(
        area,
        2,
        1,
        area.width.saturating_sub(4),
        area.height.saturating_sub(2),
    )
}

fn look(app: &App, look: &Look, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let guess = if look.list.fuzzy && look.list.total > 0 {
        app.say("近似 ", "like ")
    } else {
        ""
    };
    let count = format!("{guess}{} {}", app.say("结果", "hits"), look.list.total);
    let inside = frame(
        app,
        buffer,
        area,
        app.say("来电查询 F2", "Look up F2"),
        &count,
    );
    let lead = app.say("查: ", "find: ");
    line(
        buffer,
        inside,
        0,
        &format!("{lead}{}", look.list.input.value()),
        app.theme.role("input"),
    );
    line(
        buffer,
        inside,
        1,
        app.say("姓名、拼音首字母、全拼、电话任意三位、证件后四位、编号、队名、地名；空格=同时满足", "names, initials, pinyin, 3 digits of a phone, 4 of a document, codes, teams, places; blank = and"),
        app.theme.role("text.muted"),
    );
    let rows = look.list.height;
    for row in 0..rows {
        let number = look.list.top + row;
        let Some(found) = look.list.row(number).filter(|_| number < look.list.total) else {
            break;
        };
        let chosen = number == look.list.at;
        let kind: String = found
            .kind
            .spec()
            .label
            .get(app.lang)
            .chars()
            .take(if app.lang == Lang::Zh { 1 } else { 3 })
            .collect();
        let text = format!(
            "{} {} {}",
            if chosen { ">" } else { " " },
            fit(&kind, 3),
            columns(found, usize::from(inside.width).saturating_sub(6), app.lang)
        );
        line(
            buffer,
            inside,
            row + 2,
            &text,
            app.theme.role(if chosen { "row.select" } else { "text" }),
        );
    }
    if look.list.total == 0 && !look.list.waiting {
        line(
            buffer,
            inside,
            2,
            app.say("  没有找到：换个词试试", "  nothing found: try other words"),
            app.theme.role("text.muted"),
        );
    }
    let below = part(
        inside,
        0,
        rows as u16 + 2,
        inside.width,
        inside.height.saturating_sub(rows as u16 + 2),
    );
    line(
        buffer,
        below,
        0,
        &"-".repeat(usize::from(below.width)),
        app.theme.role("frame"),
    );
    if let Some(view) = &look.preview {
        for (row, text) in facts(app, view, usize::from(below.width))
            .iter()
            .enumerate()
        {
            line(buffer, below, row + 1, text, app.theme.role("text"));
        }
    }
    cursor(inside, lead.width() + look.list.input.visual_cursor(), 0)
}

/// A record's fields, label and value, two lines where one is too short.
fn facts(app: &App, view: &View, width: usize) -> Vec<String> {
    let mut lines = vec![match app.lang {
        Lang::Zh => format!("{}  {}  第 {} 版", title(view), view.code, view.rev),
        Lang::En => format!("{}  {}  revision {}", title(view), view.code, view.rev),
    }];
    for field in view.kind.spec().fields {
        let Some(value) = view.fields.get(field.key) else {
            continue;
        };
        let label = fit(
            field.label.get(app.lang),
            if app.lang == Lang::Zh { 12 } else { 18 },
        );
        let text = match app.revealed(view, field.key) {
            Some(text) => format!("{text}  ({})", app.say("20 秒", "20 s")),
            None if field.privacy != Privacy::Open => {
                format!("{}  {}", value, app.say("Ctrl-E 显示", "Ctrl-E shows"))
            }
            None if !field.words().is_empty() => worded(field, value, app.lang),
            None => told(view, value),
        };
        for (nth, part) in wrap(&text, width.saturating_sub(label.width() + 1))
            .into_iter()
            .enumerate()
        {
            let label = if nth == 0 {
                label.clone()
            } else {
                " ".repeat(label.width())
            };
            lines.push(format!("{label} {part}"));
        }
    }
    lines
}

/// Fixed words in the language of the session; other words as they are.
fn worded(field: &Field, value: &Value, lang: Lang) -> String {
    let said: Vec<&str> = value
        .texts()
        .map(|text| {
            let known = field.words().iter().find(|word| word.zh == text);
            known.map_or(text, |word| word.get(lang))
        })
        .collect();
    said.join(if lang == Lang::Zh { "、" } else { ", " })
}

fn title(view: &View) -> String {
    view.fields
        .get(view.kind.spec().title)
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn told(view: &View, value: &Value) -> String {
    value
        .parts()
        .iter()
        .map(|part| match part {
            Value::Map(row) => {
                let get = |key: &str| row.get(key).map(ToString::to_string).unwrap_or_default();
                let until = if get("to").is_empty() {
                    String::new()
                } else {
                    format!(" 至 {}", get("to"))
                };
                format!(
                    "{} {} {} {} {}{until}\n",
                    get("post"),
                    get("holder"),
                    get("holder_post"),
                    get("phone"),
                    get("from")
                )
            }
            other => {
                let text = other.to_string();
                match view.names.get(&text) {
                    Some(name) => format!("{name}({text}) "),
                    None => format!("{text} "),
                }
            }
        })
        .collect::<String>()
        .trim_end()
        .to_owned()
}

fn card(app: &App, card: &Card, buffer: &mut Buffer, area: Rect) {
    let view = &card.view;
    let hint = app.say(
        "F4 编辑  F8 办理  h 记录  Esc 返回",
        "F4 edit  F8 steps  h history  Esc back",
    );
    let inside = frame(
        app,
        buffer,
        area,
        &format!("{} {}", view.kind.spec().label.get(app.lang), title(view)),
        hint,
    );
    let width = usize::from(inside.width);
    let mut lines = Vec::new();
    match &card.history {
        None => lines = facts(app, view, width),
        Some(entries) => {
            for one in entries {
                let entry = &one.entry;
                lines.push(format!(
                    "#{} {} {} {} {}",
                    one.seq, entry.at, entry.who, entry.action, entry.reason
                ));
                for change in &entry.changes {
                    let label = view
                        .kind
                        .spec()
                        .field(&change.field)
                        .map_or(change.field.as_str(), |field| field.label.get(app.lang));
                    let said = |value: &Option<Value>| {
                        value
                            .as_ref()
                            .map_or_else(|| "—".to_owned(), ToString::to_string)
                    };
                    lines.push(format!(
                        "    {label}: {} → {}",
                        said(&change.from),
                        said(&change.to)
                    ));
                }
            }
        }
    }
    let top = card
        .top
        .min(lines.len().saturating_sub(usize::from(inside.height)));
    for (row, text) in lines
        .iter()
        .skip(top)
        .take(usize::from(inside.height))
        .enumerate()
    {
        line(buffer, inside, row, text, app.theme.role("text"));
    }
}
