//! A month as a grid: a row a week, Monday first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::said::{Lang, Text, t};
use crate::tui::app::App;
use crate::tui::draw::day::day;
use crate::tui::month::Month;
use crate::tui::paint::{Run, at, blank, line, part, runs};
use crate::tui::theme::FrameStyle;

const WEEK: [Text; 7] = [
    t("一", "Mon"),
    t("二", "Tue"),
    t("三", "Wed"),
    t("四", "Thu"),
    t("五", "Fri"),
    t("六", "Sat"),
    t("日", "Sun"),
];

/// Weeks of at least so many rows have a line between them.
const ROOMY: u16 = 5;

/// Where the columns and weeks stand.
struct Grid {
    area: Rect,
    weeks: u16,
    ruled: bool,
}

impl Grid {
    fn of(area: Rect, weeks: usize) -> Grid {
        let weeks = u16::try_from(weeks).unwrap_or(6).max(1);
        let ruled = area.height / weeks >= ROOMY;
        Grid { area, weeks, ruled }
    }

    /// Shares a length out to so many parts: where the nth begins, and how long it is.
    fn share(length: u16, parts: u16, nth: u16) -> (u16, u16) {
        let (each, rest) = (length / parts, length % parts);
        (each * nth + nth.min(rest), each + u16::from(nth < rest))
    }

    /// The cell of a week and a column, with the gutter at its left.
    fn cell(&self, week: u16, column: u16) -> Rect {
        let (x, width) = Grid::share(self.area.width, 7, column);
        let (y, height) = Grid::share(self.area.height, self.weeks, week);
        let rule = u16::from(self.ruled && week + 1 < self.weeks);
        part(self.area, x, y, width, height.saturating_sub(rule))
    }
}

/// Draws the month.
pub fn month(app: &App, buffer: &mut Buffer, area: Rect, month: &Month) {
    blank(buffer, area, app.theme.role("text"));
    runs(buffer, area, 0, &title(app, month), &app.theme);
    let foot = u16::from(month.unknown_year);
    let below = area.height.saturating_sub(2 + foot);
    if month.unknown_year {
        let text = match app.lang {
            Lang::Zh => format!("{} 年尚无放假安排，只按周末标休", month.year),
            Lang::En => format!(
                "the holidays of {} are not known: only weekends are marked",
                month.year
            ),
        };
        let last = usize::from(area.height.saturating_sub(1));
        line(buffer, area, last, &text, app.theme.role("msg.warn"));
    }
    let grid = Grid::of(part(area, 0, 2, area.width, below), month.weeks());
    let head = Grid::of(part(area, 0, 1, area.width, 1), 1);
    for (column, name) in (0..).zip(WEEK) {
        let role = if column < 5 { "text.muted" } else { "day.rest" };
        let place = head.cell(0, column);
        let name = name.get(app.lang);
        at(buffer, place, 1, 0, name, app.theme.role(role));
        gutter(app, buffer, place, column);
    }
    for week in 0..grid.weeks {
        for column in 0..7 {
            let place = grid.cell(week, column);
            gutter(app, buffer, place, column);
            if let Some(cell) = month.at(usize::from(week), usize::from(column)) {
                day(app, buffer, place, cell);
            }
        }
        rule(app, buffer, &grid, week);
    }
}

fn title(app: &App, month: &Month) -> Vec<Run> {
    let (year, number) = (month.year, month.month);
    let name = match app.lang {
        Lang::Zh => format!(" {year} 年 {number} 月   "),
        Lang::En => format!(" {year}-{number:02}   "),
    };
    let mut title = vec![(name, "title")];
    let say = |zh, en| t(zh, en).get(app.lang).to_owned();
    title.extend([
        (say("* 今天  ", "* today  "), "text.muted"),
        (say("休 周末  ", "off weekend  "), "day.rest"),
        (say("休 放假  ", "off holiday  "), "day.holiday"),
        (say("班 调休上班  ", "on made up  "), "day.made_up"),
    ]);
    // In its cell the name may be cut.
    if let Some(cell) = month.days.iter().find(|cell| cell.chosen) {
        let text = format!("{} {}", cell.day.format("%m-%d"), cell.label);
        title.push((text, "day.named"));
    }
    title
}

/// The line at the left of a cell; the first column has blanks.
fn gutter(app: &App, buffer: &mut Buffer, place: Rect, column: u16) {
    let bar = match app.frame() {
        FrameStyle::Line => "│",
        FrameStyle::Title => "|",
    };
    let bar = if column == 0 { " " } else { bar };
    for row in 0..usize::from(place.height) {
        at(buffer, place, 0, row, bar, app.theme.role("frame"));
    }
}

fn rule(app: &App, buffer: &mut Buffer, grid: &Grid, week: u16) {
    if !grid.ruled || week + 1 == grid.weeks {
        return;
    }
    let (dash, cross) = match app.frame() {
        FrameStyle::Line => ("─", "┼"),
        FrameStyle::Title => ("-", "+"),
    };
    for column in 0..7 {
        let place = grid.cell(week, column);
        let width = usize::from(place.width).saturating_sub(1);
        let joint = if column == 0 { " " } else { cross };
        let text = format!("{joint}{}", dash.repeat(width));
        let under = Rect {
            y: place.bottom(),
            height: 1,
            ..place
        };
        at(buffer, under, 0, 0, &text, app.theme.role("frame"));
    }
}
