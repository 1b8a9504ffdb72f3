//! The rows of the queue: what is wrong, what is left, the state, the code, the matter, who handles it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::said::Lang;
use crate::protocol::matter::{Matter, QueueView};
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::fit;
use crate::tui::draw::board::{lead, right};
use crate::tui::list::List;
use crate::tui::mark::{CHANGED, Mark, NEW, OVERDUE, URGENT};
use crate::tui::paint::{self, Run, line, marker, runs};

/// Days that a duty is about to be lost in.
const SOON: i64 = 2;

/// Cells of the days that are left.
const LEFT: usize = 7;

/// From so many cells on a row has its columns one by one.
const HANDLER: usize = 58;
const STATE: usize = 44;
const CLOCK: usize = 100;

/// Below so many columns the counts stand close together.
const NARROW: u16 = 48;

/// What the queue holds: `8 件 逾 1 急 1 今日 3`.
pub fn counts(app: &App, view: &QueueView, width: u16) -> String {
    let (open, over, urgent, today) = (view.open, view.overdue, view.urgent, view.today);
    match (app.lang, width < NARROW) {
        (Lang::Zh, false) => format!("{open} 件 逾 {over} 急 {urgent} 今日 {today}"),
        (Lang::Zh, true) => format!("{open}件 逾{over} 急{urgent} 今日{today}"),
        (Lang::En, false) => format!("{open}, over {over}, urgent {urgent}, today {today}"),
        (Lang::En, true) => format!("{open} -{over} !{urgent} {today} today"),
    }
}

/// What is left of a clock, in few cells: `剩 3`, `逾 12`, working days marked.
pub fn left(lang: Lang, one: &Matter) -> String {
    if one.due.is_none() {
        return String::new();
    }
    let count = one.left.abs();
    let unit = match (one.workdays, lang) {
        (false, _) => "",
        (true, Lang::Zh) => "工",
        (true, Lang::En) => "w",
    };
    match (one.left, lang) {
        (0, Lang::Zh) => "今天".to_owned(),
        (0, Lang::En) => "today".to_owned(),
        (1.., Lang::Zh) => format!("剩{count}{unit}"),
        (_, Lang::Zh) => format!("逾{count}{unit}"),
        (1.., Lang::En) => format!("{count}{unit}"),
        (_, Lang::En) => format!("-{count}{unit}"),
    }
}

fn mark(app: &App, one: &Matter) -> Option<&'static Mark> {
    let overdue = one.due.is_some() && one.left < 0;
    match () {
        () if one.urgent && open(one) => Some(&URGENT),
        () if overdue => Some(&OVERDUE),
        () if app.changed.contains(&one.code) => Some(&CHANGED),
        () if one.handler.is_empty() && one.status == "登记" => Some(&NEW),
        () => None,
    }
}

fn open(one: &Matter) -> bool {
    let state = one.code.kind.spec().state(&one.status);
    state.is_some_and(|state| state.live)
}

fn role(one: &Matter) -> &'static str {
    match (one.due, one.left) {
        (None, _) => "text.muted",
        (_, ..0) => "status.overdue",
        (_, 0..=SOON) => "status.warn",
        _ => "text",
    }
}

fn row(app: &App, one: &Matter, widths: &Widths, chosen: bool, stale: bool) -> Vec<Run> {
    let plain = match (chosen, open(one)) {
        (true, _) => "row.select",
        _ if stale => "stale",
        (_, false) => "text.muted",
        _ => "text",
    };
    let mark = mark(app, one);
    let (text, shade) = mark.map_or(("  ", plain), |mark| (mark.text.get(app.lang), mark.role));
    let mut days = left(app.lang, one);
    // The mark says already that it is late.
    if mark.is_some_and(|mark| mark.role == OVERDUE.role) {
        days = days.trim_start_matches('逾').to_owned();
    }
    let days = right(&days, widths.left);
    let mut line: Vec<Run> = vec![
        (format!("{text} "), shade),
        (
            format!("{days} "),
            match role(one) {
                _ if stale => plain,
                "text" | "text.muted" => plain,
                role => role,
            },
        ),
    ];
    let mut cell = |text: &str, width: usize| {
        if width > 0 {
            line.push((format!("{} ", fit(text, width)), plain));
        }
    };
    let spec = one.code.kind.spec();
    cell(spec.said(&one.status, app.lang), widths.state);
    cell(&one.code.to_string(), widths.code);
    cell(&one.title, widths.title);
    let handler = match one.handler.as_str() {
        "" if open(one) => app.say("未派", "nobody"),
        name => name,
    };
    cell(handler, widths.handler);
    cell(&one.receiver, widths.receiver);
    cell(one.clock.get(app.lang), widths.clock);
    // A blank behind the last column would count as a text that goes on.
    if let Some((last, _)) = line.last_mut() {
        last.truncate(last.trim_end().len());
    }
    line
}

/// The widths of the columns; 0 leaves one out.
struct Widths {
    left: usize,
    state: usize,
    code: usize,
    title: usize,
    handler: usize,
    receiver: usize,
    clock: usize,
}

impl Widths {
    fn of(app: &App, rows: &[Matter], width: usize) -> Widths {
        let longest = |of: &dyn Fn(&Matter) -> usize| rows.iter().map(of).max().unwrap_or(0);
        let room = |least: usize, cells: usize| if width >= least { cells } else { 0 };
        let state = longest(&|one| one.code.kind.spec().said(&one.status, app.lang).width());
        let mut widths = Widths {
            left: longest(&|one| left(app.lang, one).width()).min(LEFT),
            state: room(STATE, state.min(12)),
            code: longest(&|one| one.code.to_string().width()),
            title: 0,
            handler: room(HANDLER, longest(&|one| one.handler.width()).clamp(6, 10)),
            receiver: room(CLOCK, 18),
            clock: room(
                CLOCK,
                longest(&|one| one.clock.get(app.lang).width()).min(30),
            ),
        };
        let fixed = [
            widths.left,
            widths.state,
            widths.code,
            widths.handler,
            widths.receiver,
            widths.clock,
        ];
        let used: usize = fixed
            .iter()
            .filter(|width| **width > 0)
            .map(|width| width + 1)
            .sum();
        // The two cells before a row, and the mark.
        widths.title = width.saturating_sub(used + 5).max(4);
        widths
    }
}

/// The rows that are in sight.
pub fn rows(app: &App, list: &List, buffer: &mut Buffer, area: Rect, focused: bool) {
    let widths = Widths::of(app, &list.docket.rows, usize::from(area.width));
    let late = app.late(list);
    let numbers = (list.top..list.total).take(usize::from(area.height));
    for (row_at, number) in numbers.enumerate() {
        let Some(one) = list.matter(number) else {
            line(buffer, area, row_at, "  ...", app.theme.role("stale"));
            continue;
        };
        let chosen = number == list.at;
        let lit = chosen && app.theme.whole;
        let mut line_of = vec![lead(lit, list.marked.contains(&one.code))];
        if let (true, Some((text, _))) = (late, line_of.first_mut())
            && text.trim().is_empty()
        {
            *text = " ~".to_owned();
        }
        let stale = late || list.gone.contains(&one.code);
        line_of.extend(row(app, one, &widths, lit && focused, stale));
        if !lit {
            runs(buffer, area, row_at, &line_of, &app.theme);
            if chosen {
                marker(buffer, area, row_at, &app.theme, focused);
            }
            continue;
        }
        let base = app.theme.row(chosen, focused, "text");
        line(buffer, area, row_at, "", app.theme.role(base));
        let mut column = 0;
        for (text, role) in line_of {
            let style = match role {
                "row.select" | "text" | "text.muted" | "stale" => app.theme.role(base),
                role if focused => app.theme.lit(role),
                role => app.theme.role(role),
            };
            paint::at(buffer, area, column, row_at, text.trim_end(), style);
            column += text.width();
        }
        marker(buffer, area, row_at, &app.theme, focused);
    }
}
