//! Drawing the workstation.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::domain::kind::Kind;
use crate::domain::said::Lang;
use crate::protocol::Row;
use crate::tui::action::ACTIONS;
use crate::tui::app::{App, Level};
use crate::tui::cells::{fit, spread};
use crate::tui::draw_over;
use crate::tui::layout::layout;
use crate::tui::list::List;
use crate::tui::paint::{at, blank, line};

/// Tells the lists how many rows they have.
pub fn measure(app: &mut App, area: Rect) {
    let Some(layout) = layout(area, app.focus, app.zoom) else {
        return;
    };
    let [tree, rest @ ..] = layout.panes;
    app.tree_height = usize::from(tree.height.saturating_sub(1)).max(1);
    for (list, pane) in app.lists.iter_mut().zip(rest) {
        list.height = usize::from(pane.height.saturating_sub(1)).max(1);
    }
    let selected = app.tree.at();
    if selected < app.tree.top {
        app.tree.top = selected;
    }
    if selected >= app.tree.top + app.tree_height {
        app.tree.top = selected + 1 - app.tree_height;
    }
    draw_over::measure(app, area);
}

/// Draws everything.
pub fn draw(app: &App, frame: &mut Frame) {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    blank(buffer, area, app.theme.role("text"));
    let Some(layout) = layout(area, app.focus, app.zoom) else {
        line(
            buffer,
            area,
            0,
            app.say("窗口太小 需 80x24", "too small: 80x24 is needed"),
            app.theme.role("msg.warn"),
        );
        return;
    };
    head(app, buffer, layout.head);
    let mut cursor = None;
    for (pane, place) in layout.panes.into_iter().enumerate() {
        if place.width == 0 || place.height == 0 {
            continue;
        }
        if place.x > 0 {
            for row in 0..usize::from(place.height) {
                buffer.set_string(
                    place.x - 1,
                    place.y + row as u16,
                    "|",
                    app.theme.role("frame"),
                );
            }
        }
        match pane {
            0 => tree(app, buffer, place),
            _ => cursor = cursor.or(list(app, buffer, place, pane)),
        }
    }
    if layout.preview.width > 0 {
        preview(app, buffer, layout.preview);
    }
    message(app, buffer, layout.message);
    hints(app, buffer, layout.hints);
    if !app.over.is_empty() {
        cursor = draw_over::draw(app, buffer, area);
    }
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

fn head(app: &App, buffer: &mut Buffer, area: Rect) {
    let who = &app.welcome.who.name;
    let demo = if app.welcome.demo {
        app.say(" | 演示数据", " | demonstration data")
    } else {
        ""
    };
    let left = match app.lang {
        Lang::Zh => format!(" 科志 科技志愿服务工作台 | {who}{demo}"),
        Lang::En => format!(" Kezhi workstation | {who}{demo}"),
    };
    let now = chrono::Local::now().format("%m-%d %H:%M");
    let right = if app.offline {
        app.say("离线 ", "offline ").to_owned()
    } else {
        format!("{now} ")
    };
    line(
        buffer,
        area,
        0,
        &spread(&left, &right, usize::from(area.width)),
        app.theme.role("text.strong"),
    );
}

/// A title line: `==` where the keys go, `--` elsewhere.
fn title(app: &App, buffer: &mut Buffer, area: Rect, focused: bool, left: &str, right: &str) {
    let mark = if focused { "=" } else { "-" };
    let width = usize::from(area.width);
    let text = format!("{mark}{mark} {left} ");
    let end = format!(" {right} {mark}");
    let room = width.saturating_sub(end.width());
    let text = if text.width() > room {
        fit(&text, room)
    } else {
        format!("{text}{}", mark.repeat(room - text.width()))
    };
    let role = if focused { "title.focus" } else { "title" };
    line(
        buffer,
        area,
        0,
        &format!("{text}{end}"),
        app.theme.role(role),
    );
}

fn tree(app: &App, buffer: &mut Buffer, area: Rect) {
    let focused = app.focus == 0 && app.over.is_empty();
    let sum: u32 = app
        .tree
        .nodes
        .iter()
        .zip(&app.tree.totals)
        .filter(|(node, _)| node.parent == 0)
        .map(|(_, total)| *total)
        .sum();
    let people = match app.lang {
        Lang::Zh => format!("{sum} 人"),
        Lang::En => format!("{sum}"),
    };
    title(
        app,
        buffer,
        area,
        focused,
        app.say("1 组织", "1 Organisations"),
        &people,
    );
    let selected = app.tree.at();
    for row in 0..usize::from(area.height.saturating_sub(1)) {
        let Some(one) = app.tree.lines.get(app.tree.top + row) else {
            break;
        };
        let Some(node) = app.tree.nodes.get(one.node) else {
            break;
        };
        let total = app.tree.totals.get(one.node).copied().unwrap_or(0);
        let chosen = app.tree.top + row == selected;
        let mark = match one.open {
            Some(true) => "-",
            Some(false) => "+",
            None => " ",
        };
        // Established ones stand plain; planned and missing ones say so.
        let state = match node.status.as_str() {
            "应成立" => app.say(" 未成立", " due"),
            "筹建" => app.say(" 筹建", " planned"),
            "已注销" => app.say(" 注销", " dissolved"),
            _ => "",
        };
        let left = format!(
            "{}{}{mark} {}",
            if chosen { ">" } else { " " },
            "  ".repeat(one.depth),
            short(&node.name)
        );
        let right = format!("{state} {total:>4}");
        let role = match (chosen, focused, node.status.as_str()) {
            (true, true, _) => "row.select",
            (true, false, _) => "row.select.idle",
            (_, _, "应成立") => "status.warn",
            (_, _, "筹建") => "status.ok",
            (_, _, "已注销") => "text.muted",
            _ => "text",
        };
        line(
            buffer,
            area,
            row + 1,
            &spread(&left, &right, usize::from(area.width)),
            app.theme.role(role),
        );
    }
}

/// In the tree the common end of the names says nothing.
fn short(name: &str) -> &str {
    crate::domain::organisation::SPELLINGS
        .iter()
        .find_map(|spelling| name.strip_suffix(spelling))
        .unwrap_or(name)
}

fn list(app: &App, buffer: &mut Buffer, area: Rect, pane: usize) -> Option<Position> {
    let list = app.lists.get(pane - 1)?;
    let focused = app.focus == pane && app.over.is_empty();
    let name = match pane {
        1 => app.say("2 志愿者", "2 Volunteers"),
        2 => app.say("3 活动与协议", "3 Activities"),
        _ => app.say("4 投诉与监督", "4 Complaints"),
    };
    let within = match (&list.within, app.tree.node()) {
        (Some(_), Some(node)) => format!(" [{}]", short(&node.name)),
        _ => String::new(),
    };
    let mut left = format!("{name}{within}");
    let mut cursor = None;
    if list.typing || !list.input.value().is_empty() {
        let lead = format!("{left}  {}", app.say("查找: ", "find: "));
        let column = 3 + lead.width() + list.input.visual_cursor();
        if focused && list.typing {
            cursor = Some(Position::new(
                area.x + (column as u16).min(area.width.saturating_sub(1)),
                area.y,
            ));
        }
        left = format!("{lead}{}", list.input.value());
    }
    let guess = if list.fuzzy && list.total > 0 {
        app.say("近似 ", "like ")
    } else {
        ""
    };
    let count = format!(
        "{guess}{}/{}",
        if list.total == 0 { 0 } else { list.at + 1 },
        list.total
    );
    title(app, buffer, area, focused, &left, &count);
    for row in 0..usize::from(area.height.saturating_sub(1)) {
        let number = list.top + row;
        if number >= list.total {
            if row == 0 && !list.waiting {
                line(
                    buffer,
                    area,
                    1,
                    empty(app, list),
                    app.theme.role("text.muted"),
                );
            }
            break;
        }
        let chosen = number == list.at;
        let text = match list.row(number) {
            Some(found) => format!(
                "{}{}",
                if chosen { ">" } else { " " },
                columns(found, usize::from(area.width).saturating_sub(1), app.lang)
            ),
            None => " …".to_owned(),
        };
        let live = list.row(number).is_none_or(|row| {
            row.kind
                .spec()
                .state(&row.status)
                .is_none_or(|state| state.live)
        });
        let role = match (chosen, focused, live) {
            (true, true, _) => "row.select",
            (true, false, _) => "row.select.idle",
            (_, _, false) => "text.muted",
            _ => "text",
        };
        line(buffer, area, row + 1, &text, app.theme.role(role));
    }
    cursor
}

fn empty(app: &App, list: &List) -> &'static str {
    if list.input.value().is_empty() {
        app.say("  这里还没有记录", "  nothing here yet")
    } else {
        app.say(
            "  没有找到：换个词，或 Esc 清空",
            "  nothing found: other words, or Esc",
        )
    }
}

/// The columns of a row, as many as fit.
pub fn columns(row: &Row, width: usize, lang: Lang) -> String {
    let code = row.code.to_string();
    let status = row.kind.spec().said(&row.status, lang);
    let state = if lang == Lang::Zh { 6 } else { 11 };
    match row.kind {
        Kind::Volunteer => {
            let phone = if width >= 50 { 14 } else { 0 };
            let area = if width >= 90 { 24 } else { 0 };
            let team = width.saturating_sub(22 + phone + area + state);
            format!(
                "{} {} {} {}{}{}",
                fit(&row.title, 10),
                fit(&code, 9),
                fit(&row.subtitle, team),
                if phone > 0 {
                    fit(&row.phone, phone)
                } else {
                    String::new()
                },
                if area > 0 {
                    fit(&row.area, area)
                } else {
                    String::new()
                },
                fit(status, state)
            )
        }
        Kind::Organisation => {
            let rest = width.saturating_sub(11 + state);
            let name = rest * 3 / 5;
            format!(
                "{} {} {} {}",
                fit(&code, 8),
                fit(&row.title, name),
                fit(&row.subtitle, rest.saturating_sub(name + 2)),
                fit(status, state)
            )
        }
        Kind::Activity | Kind::Complaint | Kind::Operator => {
            let rest = width.saturating_sub(24 + state);
            let name = if width >= 60 { rest * 3 / 5 } else { rest };
            format!(
                "{} {} {}{} {}",
                fit(&code, 12),
                fit(&row.title, name),
                if width >= 60 {
                    format!("{} ", fit(&row.subtitle, rest.saturating_sub(name + 2)))
                } else {
                    String::new()
                },
                fit(&row.day, 10),
                fit(status, state - 1)
            )
        }
    }
}

fn preview(app: &App, buffer: &mut Buffer, area: Rect) {
    let row = match app.focus {
        0 => None,
        at => app.lists.get(at - 1).and_then(List::selected),
    };
    let name = row.map_or_else(
        || {
            app.tree
                .node()
                .map_or(String::new(), |node| node.name.clone())
        },
        |row| format!("{} {}", row.title, row.code),
    );
    title(
        app,
        buffer,
        area,
        false,
        &format!("{} {name}", app.say("5 预览", "5 Preview")),
        app.say("Enter 打开", "Enter opens"),
    );
    let Some(row) = row else { return };
    let mut lines = vec![
        format!("{}  {}", app.say("所属", "belongs to"), row.subtitle),
        format!("{}  {}", app.say("属地", "area"), row.area),
        format!("{}  {}", app.say("电话", "phone"), row.phone),
        format!(
            "{}  {}  {}",
            app.say("状态", "state"),
            row.kind.spec().said(&row.status, app.lang),
            row.day
        ),
    ];
    for why in &row.why {
        let label = row
            .kind
            .spec()
            .field(&why.field)
            .map_or(why.field.as_str(), |field| field.label.get(app.lang));
        lines.push(format!("{} → {label}: {}", why.word, why.text));
    }
    for (at, text) in lines.iter().enumerate() {
        line(
            buffer,
            area,
            at + 1,
            &format!(" {text}"),
            app.theme.role("text"),
        );
    }
}

fn message(app: &App, buffer: &mut Buffer, area: Rect) {
    let Some((level, text)) = &app.message else {
        return;
    };
    let (mark, role) = match level {
        Level::Info => ("", "msg.info"),
        Level::Warn => (app.say("注意 ", "note "), "msg.warn"),
        Level::Error => (app.say("不行 ", "no "), "msg.error"),
    };
    line(
        buffer,
        area,
        0,
        &format!(" {mark}{text}"),
        app.theme.role(role),
    );
}

/// Hints by priority; what does not fit is dropped whole.
fn hints(app: &App, buffer: &mut Buffer, area: Rect) {
    let mut used = 1;
    for action in ACTIONS
        .iter()
        .filter(|action| !action.hint.get(app.lang).is_empty())
    {
        let key = app
            .keymap
            .keys(action.key)
            .first()
            .map_or("", String::as_str);
        let text = action.hint.get(app.lang);
        let width = key.width() + 1 + text.width() + 2;
        if used + width > usize::from(area.width) {
            continue;
        }
        at(buffer, area, used, 0, key, app.theme.role("key"));
        at(
            buffer,
            area,
            used + key.width() + 1,
            0,
            text,
            app.theme.role("text"),
        );
        used += width;
    }
}
