//! Fields that take several lines on a card: sessions, rows, long texts, and what is still open.

use chrono::{Datelike, NaiveDateTime};

use crate::domain::agreement::ELEMENTS;
use crate::domain::certificate::hours;
use crate::domain::field::{Field, Type};
use crate::domain::kind::Kind;
use crate::domain::moment::{Span, spans};
use crate::domain::said::{Lang, Text, t};
use crate::domain::value::Value;
use crate::protocol::View;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::{fit, wrap_words};
use crate::tui::draw::group::told;
use crate::tui::draw::tree::word;
use crate::tui::paint::Run;

const WEEKDAYS: [Text; 7] = [
    t("周一", "Mon"),
    t("周二", "Tue"),
    t("周三", "Wed"),
    t("周四", "Thu"),
    t("周五", "Fri"),
    t("周六", "Sat"),
    t("周日", "Sun"),
];

/// The parties of an agreement that are no volunteers, as they are stored.
const PARTIES: &[Text] = &[t("组织", "organisation"), t("服务对象", "recipient")];

/// A day as it is read aloud: with its weekday, without its year where that is this one.
fn day(app: &App, moment: NaiveDateTime) -> String {
    let date = moment.date();
    let text = match date.year() == app.now.date().year() {
        true => date.format("%m-%d").to_string(),
        false => date.format("%Y-%m-%d").to_string(),
    };
    let weekday = WEEKDAYS.get(date.weekday().num_days_from_monday() as usize);
    format!("{text} {}", weekday.map_or("", |name| name.get(app.lang)))
}

/// A session: `12-01 周二 09:00-11:00`; the last day too where it is another one.
pub fn session(app: &App, span: &Span) -> String {
    let (from, to) = (span.start.format("%H:%M"), span.end.format("%H:%M"));
    let first = day(app, span.start);
    match (span.end.date() - span.start.date()).num_days() {
        0 => format!("{first} {from}-{to}"),
        1 => format!("{first} {from}-{}{to}", app.say("次日 ", "next day ")),
        _ => format!("{first} {from}-{} {to}", day(app, span.end)),
    }
}

/// The rows of a field as a table: a line each, or more where one is too narrow.
fn table(
    app: &App,
    view: &View,
    columns: &'static [Field],
    value: &Value,
    width: usize,
) -> Vec<String> {
    let rows: Vec<Vec<String>> = value
        .parts()
        .iter()
        .map(|row| {
            let Value::Map(row) = row else {
                return vec![row.to_string()];
            };
            let cell = |column: &Field| match (row.get(column.key), column.key) {
                (None, _) => String::new(),
                // The version tells which text was signed.
                (Some(version), "version") => format!("v{version}"),
                (Some(Value::Int(minutes)), "minutes") => hours(*minutes).get(app.lang).to_owned(),
                (Some(party), "party") if view.kind == Kind::Agreement => {
                    let text = told(app, view, column, party);
                    word(PARTIES, &text, app.lang)
                }
                (Some(value), _) => told(app, view, column, value),
            };
            columns.iter().map(cell).collect()
        })
        .collect();
    let longest = |nth: usize| {
        let cells = rows.iter().filter_map(|row| row.get(nth));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(longest).collect();
    let mut lines = Vec::new();
    for row in rows {
        let mut line = String::new();
        let mut first = true;
        for (cell, cells) in row.iter().zip(&widths).filter(|(_, cells)| **cells > 0) {
            let used = line.trim_end().width();
            if used > 0 && line.width() + cell.width() > width {
                lines.push(line.trim_end().to_owned());
                line = "  ".to_owned();
                first = false;
            }
            match first {
                true => line.push_str(&format!("{}  ", fit(cell, *cells))),
                false => line.push_str(&format!("{cell}  ")),
            }
        }
        if !line.trim().is_empty() {
            lines.extend(wrap_words(line.trim_end(), width));
        }
    }
    lines
}

/// The lines of such a field, without its label; none if it is written like any other.
pub fn lines(
    app: &App,
    view: &View,
    field: &Field,
    value: &Value,
    width: usize,
) -> Option<Vec<String>> {
    match field.of {
        Type::Sessions => {
            let spans = spans(Some(value));
            Some(spans.iter().map(|span| session(app, span)).collect())
        }
        Type::Rows(columns) => Some(table(app, view, columns, value, width)),
        Type::Lines(_) => Some(wrap_words(&value.to_string(), width)),
        _ => None,
    }
}

/// Whether a field belongs on a card although nothing is in it: what an agreement must still say.
pub fn open(view: &View, field: &Field) -> bool {
    let status = view.fields.get("status").and_then(Value::text);
    view.kind == Kind::Agreement
        && ELEMENTS.contains(&field.key)
        && !matches!(status, Some("期满" | "终止"))
}

/// The line of an open field.
pub fn missing(app: &App, field: &Field) -> Vec<Run> {
    let name = field.label.get(app.lang);
    let label = if app.lang == Lang::Zh { 12 } else { 15 }.max(name.width());
    vec![
        (format!("  {} ", fit(name, label)), "text.muted"),
        (app.say("（未填）", "(open)").to_owned(), "status.danger"),
    ]
}

/// Whether a field says again what another one says in full.
pub fn repeats(view: &View, field: &Field) -> bool {
    view.kind == Kind::Activity
        && matches!(field.key, "day" | "until" | "days")
        && view.fields.contains_key("sessions")
}
