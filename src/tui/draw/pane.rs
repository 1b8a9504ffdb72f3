//! The lists of panes 2, 3 and 4.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::said::Lang;
use crate::protocol::Order;
use crate::protocol::matter::Which;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::draw::border;
use crate::tui::draw::column::Fitted;
use crate::tui::draw::found::underline;
use crate::tui::draw::queue;
use crate::tui::draw::tree::short;
use crate::tui::draw::typed::window;
use crate::tui::filter::WHICH;
use crate::tui::layout::{Class, Slot};
use crate::tui::list::List;
use crate::tui::paint::{at, cursor, line, marker, part};
use crate::tui::waiting::Wait;
use crate::tui::work::turns;

/// Whether a list has a line of headings.
pub fn headed(class: Class, pane: usize, place: Slot) -> bool {
    pane == 1 && class >= Class::Middle && place.inner.height > 3
}

fn name(app: &App, pane: usize) -> String {
    let queue = app.lists.get(pane - 1).and_then(|list| list.queue);
    let mut which = WHICH.iter().skip(1);
    if let Some((_, name)) = which.find(|(which, _)| queue == Some(*which)) {
        return format!("{} {}", pane + 1, name.get(app.lang));
    }
    let kind = app.listed_kind(pane - 1);
    let shown = turns(pane - 1).iter().find(|(one, _)| Some(*one) == kind);
    let name = shown.map(|(_, name)| name.get(app.lang));
    name.unwrap_or(app.say("2 志愿者", "2 Volunteers"))
        .to_owned()
}

/// What narrows the list: organisation, filters.
fn narrowing(app: &App, list: &List) -> String {
    let mut text = String::new();
    if let (Some(_), Some(node)) = (&list.within, app.tree.node()) {
        text.push_str(&format!(" [{}]", short(&node.name)));
    }
    for (key, value) in &list.filters {
        text.push_str(&format!(" [{}]", app.filter_named(list, key, value)));
    }
    text
}

fn count(app: &App, list: &List, width: u16) -> String {
    let mut text = String::new();
    if app.waits(list) > Wait::None {
        text.push_str(app.say("查询中  ", "asking  "));
    }
    if list.news > 0 {
        let news = list.news;
        text.push_str(&match (app.lang, width < 60) {
            (Lang::Zh, false) => format!("新 {news} 按 F5  "),
            (Lang::En, false) => format!("{news} new: F5  "),
            (Lang::Zh, true) => format!("新{news} F5 "),
            (Lang::En, true) => format!("+{news} F5 "),
        });
    }
    if !list.marked.is_empty() {
        let count = list.marked.len();
        text.push_str(&match app.lang {
            Lang::Zh => format!("标记 {count}  "),
            Lang::En => format!("{count} marked  "),
        });
    }
    if list.queue.is_some() {
        text.push_str(&queue::counts(app, &list.docket, width));
        // Where all that is open is listed, the counts say it all.
        if list.total == list.docket.open || width < 60 {
            return text;
        }
        text.push_str("  ");
    }
    if list.sort != Order::Rank {
        let sort = crate::tui::filter::order(list.sort).get(app.lang);
        text.push_str(&format!("{} {sort}  ", app.say("排序", "by")));
    }
    if list.fuzzy && list.total > 0 {
        text.push_str(app.say("近似 ", "like "));
    }
    let here = if list.total == 0 { 0 } else { list.at + 1 };
    let old = if app.late(list) { "~" } else { "" };
    text.push_str(&format!("{old}{here}/{}", list.total));
    text
}

/// Title, count and the search line of a pane; gives the place of the cursor.
pub fn title(app: &App, buffer: &mut Buffer, place: Slot, pane: usize) -> Option<Position> {
    let list = app.lists.get(pane - 1)?;
    let focused = app.focus == pane && app.over.is_empty();
    let mut left = format!("{}{}", name(app, pane), narrowing(app, list));
    let count = count(app, list, place.inner.width);
    let mut column = None;
    if list.typing || !list.input.value().is_empty() {
        let lead = format!("{left}  {}", app.say("查找: ", "find: "));
        let taken = lead.width() + count.width() + 7;
        let room = usize::from(place.inner.width).saturating_sub(taken).max(8);
        let (text, before) = window(list.input.value(), list.input.cursor(), room);
        if focused && list.typing {
            column = Some(lead.width() + before);
        }
        left = format!("{lead}{text}");
    }
    let from = border::title(app, buffer, place, focused, &left, &count);
    let top = part(place.outer, 0, 0, place.outer.width, 1);
    let off = usize::from(place.inner.x - place.outer.x);
    cursor(top, off + from + column?, 0)
}

/// The rows of a pane.
pub fn rows(app: &App, buffer: &mut Buffer, place: Slot, pane: usize, class: Class) {
    let Some(list) = app.lists.get(pane - 1) else {
        return;
    };
    let focused = app.focus == pane && app.over.is_empty();
    let mut area = place.inner;
    let head = headed(class, pane, place);
    let top = area;
    if head {
        area = part(area, 0, 1, area.width, area.height - 1);
    }
    if list.total == 0 {
        if !list.waiting {
            line(
                buffer,
                top,
                0,
                empty(app, list),
                app.theme.role("text.muted"),
            );
        } else if app.waits(list) > Wait::None {
            let text = app.say("  查询中", "  asking");
            line(buffer, top, 0, text, app.theme.role("text.muted"));
        }
        return;
    }
    let heads = body(app, list, buffer, area, focused);
    if head {
        line(buffer, top, 0, &heads, app.theme.role("text.muted"));
    }
}

/// Draws the rows of a list that are in sight; gives the line of their headings.
pub fn body(app: &App, list: &List, buffer: &mut Buffer, area: Rect, focused: bool) -> String {
    if list.queue.is_some() {
        queue::rows(app, list, buffer, area, focused);
        return String::new();
    }
    let height = usize::from(area.height);
    let numbers: Vec<usize> = (list.top..list.total).take(height).collect();
    // Marks take cells only where the data has them.
    let marks = numbers
        .iter()
        .filter_map(|at| list.row(*at))
        .any(|row| app.mark(row).is_some());
    let lead = if marks { 5 } else { 2 };
    let width = usize::from(area.width).saturating_sub(lead);
    let late = app.late(list);
    let seen = numbers.iter().filter_map(|at| list.row(*at));
    let fitted = Fitted::new(app.columns(list), &list.rows, seen, width, app.lang);
    for (row, number) in numbers.into_iter().enumerate() {
        let chosen = number == list.at;
        let Some(found) = list.row(number) else {
            line(buffer, area, row, "  ...", app.theme.role("stale"));
            continue;
        };
        let live = found
            .kind
            .spec()
            .state(&found.status)
            .is_none_or(|state| state.live);
        let stale = late || list.gone.contains(&found.code);
        let plain = match (stale, live) {
            (true, _) => "stale",
            (_, true) => "text",
            _ => "text.muted",
        };
        let role = app.theme.row(chosen, focused, plain);
        let lit = chosen && app.theme.whole;
        let marked = list.marked.contains(&found.code);
        let text = format!(
            " {}{}{}",
            match (marked, late) {
                (true, _) => "*",
                (_, true) => "~",
                _ => " ",
            },
            if marks { "   " } else { "" },
            fitted.row(found, app.lang)
        );
        line(buffer, area, row, &text, app.theme.role(role));
        let spots = fitted.spots(found, app.lang);
        for (from, text, role) in spots.into_iter().filter(|_| !stale) {
            // Of the selected row only what is wrong keeps its colour.
            let style = match (lit, role) {
                (false, _) => app.theme.role(role),
                (true, "status.danger" | "status.overdue") => app.theme.lit(role),
                (true, _) => continue,
            };
            at(buffer, area, lead + from, row, &text, style);
        }
        if chosen {
            marker(buffer, area, row, &app.theme, focused);
        }
        if marked && !lit {
            at(buffer, area, 1, row, "*", app.theme.role("row.mark"));
        }
        if let Some(mark) = app.mark(found) {
            let role = if lit { role } else { mark.role };
            let text = mark.text.get(app.lang);
            at(buffer, area, 2, row, text, app.theme.role(role));
        }
        underline(buffer, area, row, found, &app.theme);
    }
    format!("{}{}", " ".repeat(lead), fitted.heads(app.lang))
}

fn empty(app: &App, list: &List) -> &'static str {
    if list.denied {
        return app.say("  您的角色不看这里", "  not for your role");
    }
    match (list.input.value().is_empty(), list.filters.is_empty()) {
        (false, _) => app.say(
            "  没有找到：换个词，或 Esc 清空",
            "  nothing found: other words, or Esc",
        ),
        (_, false) => app.say(
            "  筛选后没有记录：f 改筛选，或 Esc 清除",
            "  nothing passes the filter: f changes it, Esc clears it",
        ),
        _ if list.queue == Some(Which::Today) => app.say(
            "  今天没有必办的；j 看全部待办",
            "  nothing must be done today; j shows all that is open",
        ),
        _ if list.queue.is_some() => app.say(
            "  没有待办的；F7 登记来电来信，f 看已结的",
            "  nothing waits; F7 enters a complaint, f shows closed ones",
        ),
        _ => app.say("  这里还没有记录", "  nothing here yet"),
    }
}
