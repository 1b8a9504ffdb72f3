//! Drawing a month with its activities, and the days as a list.

use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::kind::Kind;
use crate::domain::said::Lang;
use crate::domain::workday;
use crate::protocol::work::CalendarRow;
use crate::tui::app::App;
use crate::tui::board::Board;
use crate::tui::calendar::{Calendar, people, short};
use crate::tui::draw::board::{cells, count, empty, lead, rest, rows};
use crate::tui::draw::border::{rule, shell};
use crate::tui::draw::month;
use crate::tui::paint::{Run, line, part};

/// Rows below the grid, with the line above them.
pub fn below(area: Rect) -> u16 {
    (area.height / 4)
        .clamp(4, 10)
        .min(area.height.saturating_sub(2))
}

/// What the calendar is of.
fn whose(app: &App, one: &Calendar) -> String {
    let org = one.within.and_then(|code| {
        let nodes = app.tree.node().filter(|node| node.number == code.number);
        nodes.map(|node| node.name.clone())
    });
    org.or_else(|| one.within.map(|code| code.to_string()))
        .unwrap_or_default()
}

fn weekday(app: &App, day: NaiveDate) -> &'static str {
    let zh = ["一", "二", "三", "四", "五", "六", "日"];
    let en = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let nth = day.weekday().num_days_from_monday() as usize;
    let names = if app.lang == Lang::Zh { zh } else { en };
    names.get(nth).copied().unwrap_or("")
}

fn row(app: &App, one: &CalendarRow, chosen: bool, width: usize, day: Option<String>) -> Vec<Run> {
    let alarm = short(one, app.now.date());
    let status = Kind::Activity.spec().said(&one.status, app.lang);
    let count = format!("{}{}", if alarm { "!" } else { " " }, people(one));
    let role = if alarm { "status.danger" } else { "text" };
    let day_width = if day.is_some() { 14 } else { 0 };
    let state = if app.lang == Lang::Zh { 6 } else { 14 };
    let left = width.saturating_sub(2 + day_width + 12 + 8 + state + 6);
    let (title, rest) = (left / 2, left - left / 2);
    let place = format!("{}  {}", one.team, one.area);
    let mut line = vec![lead(chosen, false)];
    if let Some(day) = day {
        line.extend(cells(chosen, &[(&day, day_width, "text.strong")]));
    }
    line.extend(cells(
        chosen,
        &[
            (&one.time, 11, "text"),
            (&one.title, title, "text"),
            (&count, 8, role),
            (status, state, "text"),
            (&place, rest, "text.muted"),
        ],
    ));
    line
}

/// Draws it.
pub fn calendar(app: &App, board: &Board, one: &Calendar, buffer: &mut Buffer, area: Rect) {
    let title = format!("{}  {}", app.say("日历", "Calendar"), whose(app, one));
    let right = if one.inside() {
        count(app, board)
    } else {
        String::new()
    };
    let inside = shell(app, buffer, area, title.trim_end(), &right);
    if one.list {
        return list(app, board, one, buffer, inside);
    }
    let foot = below(area);
    let grid = part(
        inside,
        0,
        0,
        inside.width,
        inside.height.saturating_sub(foot),
    );
    month::month(app, buffer, grid, &one.month(app.now.date(), app.lang));
    let day = format!("{} {}", one.day, weekday(app, one.day));
    rule(app, buffer, area, usize::from(grid.height) + 1, &day);
    let list = rest(inside, grid.height.saturating_add(1));
    empty(
        app,
        board,
        buffer,
        list,
        app.say("这一天没有活动", "nothing on this day"),
    );
    let width = usize::from(inside.width);
    let listed: Vec<&CalendarRow> = one.listed().collect();
    if one.within_day {
        rows(app, board, buffer, list, |at, chosen| {
            listed
                .get(at)
                .map_or_else(Vec::new, |found| row(app, found, chosen, width, None))
        });
        return;
    }
    for (nth, found) in listed.iter().take(usize::from(list.height)).enumerate() {
        crate::tui::paint::runs(
            buffer,
            list,
            nth,
            &row(app, found, false, width, None),
            &app.theme,
        );
    }
}

fn list(app: &App, board: &Board, one: &Calendar, buffer: &mut Buffer, inside: Rect) {
    let (year, month) = (one.day.year(), one.day.month());
    let known = workday::Calendar::shipped().knows(year);
    let text = match (app.lang, known) {
        (Lang::Zh, true) => format!("{year} 年 {month} 月"),
        (Lang::En, true) => format!("{year}-{month:02}"),
        (Lang::Zh, false) => format!("{year} 年 {month} 月  {year} 年尚无放假安排，只按周末标休"),
        (Lang::En, false) => {
            format!("{year}-{month:02}  the holidays of {year} are not known: only weekends")
        }
    };
    let role = if known { "title" } else { "msg.warn" };
    line(buffer, inside, 0, &text, app.theme.role(role));
    let area = rest(inside, 2);
    empty(
        app,
        board,
        buffer,
        area,
        app.say("这个月没有活动", "nothing in this month"),
    );
    let listed: Vec<&CalendarRow> = one.listed().collect();
    let width = usize::from(inside.width);
    rows(app, board, buffer, area, |at, chosen| {
        let Some(found) = listed.get(at) else {
            return Vec::new();
        };
        let again = at.checked_sub(1).and_then(|at| listed.get(at));
        // The day stands once, at its first row in sight.
        let same = at > board.top && again.is_some_and(|last| last.day == found.day);
        let day = if same {
            String::new()
        } else {
            let kind = workday::Calendar::shipped().kind(found.day);
            let off = if kind.rests() {
                app.say(" 休", " off")
            } else {
                ""
            };
            format!(
                "{} {}{off}",
                found.day.format("%m-%d"),
                weekday(app, found.day)
            )
        };
        row(app, found, chosen, width, Some(day))
    });
}
