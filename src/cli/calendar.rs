//! `kezhi calendar`: a month of activities as a grid or as a list, with the days that are worked on.

use chrono::{Datelike, Months, NaiveDate};

use crate::cli::named::named;
use crate::cli::{Desk, odd, print};
use crate::domain::kind::Kind;
use crate::domain::named_day::named_on;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Lang, Text, t};
use crate::domain::workday;
use crate::protocol::work::{Calendar, CalendarRow};
use crate::protocol::{Answer, Request};
use crate::say;
use crate::tui::cells::fit;
use crate::tui::month::{DayCell, Month};

/// Columns of a day in the grid.
const CELL: usize = 16;
/// Activities that a day of the grid shows; of more it says how many.
const SHOWN: usize = 3;

const WEEK: [Text; 7] = [
    t("一", "Mon"),
    t("二", "Tue"),
    t("三", "Wed"),
    t("四", "Thu"),
    t("五", "Fri"),
    t("六", "Sat"),
    t("日", "Sun"),
];

/// Reads `2026-12`, `2026/12`, `2026年12月` as the first day of that month.
fn month(raw: &str) -> Result<NaiveDate, Refusal> {
    let parts: Vec<&str> = raw
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let first = match parts.as_slice() {
        [year, month] if year.len() == 4 => year
            .parse()
            .ok()
            .zip(month.parse().ok())
            .and_then(|(year, month)| NaiveDate::from_ymd_opt(year, month, 1)),
        _ => None,
    };
    first
        .filter(|day| (1900..=2100).contains(&day.year()))
        .ok_or_else(|| {
            Refusal::new(
                RefusalKind::Usage,
                say!(
                    "「{raw}」不是月份，写法如 2026-12",
                    "\"{raw}\" is no month; write it as 2026-12"
                ),
            )
            .field("month")
        })
}

pub(crate) fn calendar(
    desk: &Desk,
    raw: Option<&str>,
    org: Option<&str>,
    list: bool,
) -> Result<u8, Refusal> {
    let today = desk
        .as_of
        .unwrap_or_else(|| chrono::Local::now().date_naive());
    let from = match raw {
        Some(raw) => month(raw)?,
        None => today.with_day(1).unwrap_or(today),
    };
    let next = from.checked_add_months(Months::new(1));
    let to = next.and_then(|day| day.pred_opt()).unwrap_or(from);
    let client = desk.connect()?;
    let within = org.map(|raw| named(&client, raw, Kind::Organisation.alone()));
    let asked = Calendar {
        from,
        to,
        within: within.transpose()?,
    };
    let Answer::Calendar(rows) = client.ask(Request::Calendar(asked))? else {
        return Err(odd());
    };
    let Answer::Holidays(lines) = client.ask(Request::Holidays)? else {
        return Err(odd());
    };
    let shipped = workday::Calendar::shipped();
    let known = &shipped.with(&lines).unwrap_or_else(|_| shipped.clone());
    if desk.global.json {
        let days = from.iter_days().take_while(|day| *day <= to);
        let days: Vec<_> = days.map(|day| json(known, day, &rows)).collect();
        outln!("{}", serde_json::Value::Array(days));
        return Ok(0);
    }
    let month = Month::of(known, from, today, desk.lang);
    if month.unknown_year {
        let year = month.year;
        outln!(
            "{}",
            say!(
                "{year} 年尚无放假安排，只按周末标休",
                "the holidays of {year} are not known: only weekends are marked"
            )
            .get(desk.lang)
        );
    }
    match list {
        true => outln!("{}", by_day(&month, &rows, desk.lang)),
        false => outln!("{}", grid(&month, &rows, desk.lang)),
    }
    Ok(0)
}

fn on(rows: &[CalendarRow], day: NaiveDate) -> impl Iterator<Item = &CalendarRow> {
    rows.iter().filter(move |row| row.day == day)
}

fn json(known: &workday::Calendar, day: NaiveDate, rows: &[CalendarRow]) -> serde_json::Value {
    let about = known.day(day);
    let kind = match about.kind {
        workday::Kind::Work => "work",
        workday::Kind::MadeUp => "made_up",
        workday::Kind::Weekend => "weekend",
        workday::Kind::Holiday => "holiday",
    };
    let named: Vec<&str> = named_on(day)
        .map(|(named, _)| named.name.zh.as_str())
        .collect();
    serde_json::json!({
        "day": day, "workday": kind, "holiday": about.name.map(|name| &name.zh), "known": about.known,
        "named": named, "activities": on(rows, day).collect::<Vec<_>>(),
    })
}

/// What a day is, in one sign: 休 off, 班 worked for a holiday.
fn sign(kind: workday::Kind, lang: Lang) -> &'static str {
    match kind {
        workday::Kind::Work => "",
        workday::Kind::MadeUp => t("班", "on").get(lang),
        workday::Kind::Weekend | workday::Kind::Holiday => t("休", "off").get(lang),
    }
}

fn grid(month: &Month, rows: &[CalendarRow], lang: Lang) -> String {
    let mut lines = vec![match lang {
        Lang::Zh => format!("{} 年 {} 月", month.year, month.month),
        Lang::En => format!("{}-{:02}", month.year, month.month),
    }];
    lines.push(line(WEEK.iter().map(|day| day.get(lang).to_owned())));
    for week in 0..month.weeks() {
        let cells: Vec<Vec<String>> = (0..7)
            .map(|column| {
                let cell = month.at(week, column);
                cell.map_or_else(Vec::new, |cell| inside(cell, rows, lang))
            })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for nth in 0..height {
            let texts = cells
                .iter()
                .map(|cell| cell.get(nth).cloned().unwrap_or_default());
            lines.push(line(texts));
        }
    }
    lines.join("\n")
}

/// The lines of a day: number and sign, what day it is, what is on.
fn inside(cell: &DayCell, rows: &[CalendarRow], lang: Lang) -> Vec<String> {
    let today = if cell.today { "*" } else { "" };
    let head = format!("{:>2}{today} {}", cell.day.day(), sign(cell.kind, lang));
    let mut lines = vec![head.trim_end().to_owned()];
    if !cell.label.is_empty() {
        lines.push(cell.label.clone());
    }
    let all: Vec<&CalendarRow> = on(rows, cell.day).collect();
    let entries = all.iter().take(SHOWN).map(|row| {
        let start = row.time.get(..5).unwrap_or("");
        format!("{start} {}", row.title).trim().to_owned()
    });
    lines.extend(entries);
    if let Some(more) = all.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        lines.push(say!("另 {more} 项", "{more} more").get(lang).to_owned());
    }
    lines
}

/// Texts in columns, each cut or filled to its cell.
fn line(cells: impl Iterator<Item = String>) -> String {
    let mut line = String::new();
    for text in cells {
        line.push_str(&fit(&text, CELL - 1));
        line.push(' ');
    }
    line.trim_end().to_owned()
}

fn by_day(month: &Month, rows: &[CalendarRow], lang: Lang) -> String {
    let heads: &[&str] = match lang {
        Lang::Zh => &[
            "日期",
            "",
            "时间",
            "编号",
            "活动",
            "主办组织",
            "属地",
            "状态",
            "人数",
        ],
        Lang::En => &[
            "Day", "", "Time", "Code", "Activity", "Team", "Area", "State", "People",
        ],
    };
    let mut lines = Vec::new();
    for cell in &month.days {
        let week = WEEK.get(cell.day.weekday().num_days_from_monday() as usize);
        let week = week.map_or("", |day| day.get(lang));
        let about = format!("{week} {} {}", sign(cell.kind, lang), cell.label);
        let about = about.split_whitespace().collect::<Vec<_>>().join(" ");
        let day = cell.day.format("%m-%d").to_string();
        let mut firsts = std::iter::once([day, about]);
        for row in on(rows, cell.day) {
            let [day, about] = firsts.next().unwrap_or_default();
            let (taking, needed) = row.people;
            let status = Kind::Activity.spec().said(&row.status, lang);
            lines.push(vec![
                day,
                about,
                row.time.clone(),
                row.code.to_string(),
                row.title.clone(),
                row.team.clone(),
                row.area.clone(),
                status.to_owned(),
                match needed {
                    0 => taking.to_string(),
                    _ => format!("{taking}/{needed}"),
                },
            ]);
        }
        // A day that has a name, or is worked for a holiday, stands in the list even if nothing is on.
        if let Some([day, about]) = firsts.next()
            && (!cell.label.is_empty() || cell.kind == workday::Kind::MadeUp)
        {
            let mut row = vec![day, about];
            row.resize(heads.len(), String::new());
            lines.push(row);
        }
    }
    print::table(heads, lines)
}
