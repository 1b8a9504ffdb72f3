//! Clocks on a case: what is left, how much is used up, and how it was counted.

use crate::domain::said::Lang;
use crate::protocol::matter::ClockView;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::{fit, wrap_words};
use crate::tui::paint::Run;

/// Lines of a column, each in runs.
pub type Lines = Vec<Vec<Run>>;

/// Adds a text behind a lead, on as many lines as it needs.
pub fn put(lines: &mut Lines, lead: &str, text: &str, role: &'static str, width: usize) {
    let indent = lead.width();
    for (nth, part) in wrap_words(text, width.saturating_sub(indent).max(8))
        .into_iter()
        .enumerate()
    {
        let lead = if nth == 0 {
            lead.to_owned()
        } else {
            " ".repeat(indent)
        };
        lines.push(vec![(lead, "text.muted"), (part, role)]);
    }
}

/// Days that are left, in full.
pub fn left(app: &App, one: &ClockView) -> (String, &'static str) {
    let count = one.left.abs();
    let unit = match (one.workdays, app.lang) {
        (true, Lang::Zh) => "个工作日",
        (false, Lang::Zh) => "天",
        (true, Lang::En) => "working d",
        (false, Lang::En) => "d",
    };
    match (one.left, app.lang) {
        (0, Lang::Zh) => ("今天到期".to_owned(), "status.warn"),
        (0, Lang::En) => ("due today".to_owned(), "status.warn"),
        (1.., Lang::Zh) => (format!("剩 {count} {unit}"), soon(one)),
        (1.., Lang::En) => (format!("{count} {unit} left"), soon(one)),
        (_, Lang::Zh) => (format!("逾 {count} {unit}"), "status.overdue"),
        (_, Lang::En) => (format!("{count} {unit} over"), "status.overdue"),
    }
}

fn soon(one: &ClockView) -> &'static str {
    if one.left <= 2 && !one.right {
        "status.warn"
    } else {
        "text.strong"
    }
}

/// Cells of the bar of a clock.
const BAR: usize = 10;

/// A clock in two lines: what is due and what is left, how much is used up and until when.
pub fn clock(app: &App, one: &ClockView, width: usize) -> Lines {
    let (days, role) = left(app, one);
    let room = width.saturating_sub(days.width() + 3);
    let label = fit(one.label.get(app.lang), room);
    let full = usize::from(one.used) * BAR / 100;
    let bar = format!("  [{}{}] ", "#".repeat(full), "-".repeat(BAR - full));
    let late = one.left < 0 && !one.right;
    let bar_role = if late { "status.overdue" } else { "text" };
    let until = match app.lang {
        Lang::Zh => format!("{}% {} 止", one.used, one.due),
        Lang::En => format!("{}% by {}", one.used, one.due),
    };
    let doubt = match one.estimated {
        true => app.say(" 估", " est"),
        false => "",
    };
    vec![
        vec![
            ("  ".to_owned(), "text"),
            (format!("{label} "), "text.strong"),
            (days, role),
        ],
        vec![
            (bar, bar_role),
            (until, "text"),
            (doubt.to_owned(), "status.warn"),
        ],
    ]
}

/// How a clock was counted, by which article, whose turn it is, and what stops it.
pub fn counted(app: &App, one: &ClockView, width: usize) -> Lines {
    let mut lines = Lines::new();
    let (label, whose) = (one.label.get(app.lang), one.whose.get(app.lang));
    let article = &one.article;
    let stops: Vec<&str> = one.stops.iter().map(|stop| stop.get(app.lang)).collect();
    let text = match app.lang {
        Lang::Zh => format!("{label}：轮到{whose}（{article}）"),
        Lang::En => format!("{label}: turn of {whose} ({article})"),
    };
    put(&mut lines, "  ", &text, "text", width);
    put(
        &mut lines,
        "    ",
        &app.way(one.told.get(app.lang)),
        "text.muted",
        width,
    );
    let text = match app.lang {
        Lang::Zh => format!("停于：{}", stops.join("、")),
        Lang::En => format!("stopped by: {}", stops.join(", ")),
    };
    put(&mut lines, "    ", &text, "text.muted", width);
    lines
}
