//! The log of a record, in lines.

use crate::domain::field::Privacy;
use crate::domain::kind::Kind;
use crate::domain::said::Lang;
use crate::domain::spot::label;
use crate::domain::value::Value;
use crate::protocol::{LogEntry, View};
use crate::tui::app::App;
use crate::tui::paint::Run;

/// What was done, by the key in the log.
fn action(app: &App, kind: Kind, key: &str) -> String {
    let (head, rest) = key.split_once(':').unwrap_or((key, ""));
    let field = label(kind, rest, app.lang);
    match head {
        "new" => app.say("新建", "new").to_owned(),
        "edit" => app.say("编辑", "edit").to_owned(),
        "import" => app.say("导入", "import").to_owned(),
        "load" => app.say("装载", "load").to_owned(),
        "skeleton" => app.say("初始", "skeleton").to_owned(),
        "reveal" => format!("{} {field}", app.say("查看", "saw")),
        "export" => app.say("导出", "export").to_owned(),
        _ => kind
            .spec()
            .step(head)
            .map_or(head, |step| step.label.get(app.lang))
            .to_owned(),
    }
}

/// `2026-11-24T09:30:12+08:00` as `11-24 09:30`, with the year where there is room.
fn moment(at: &str, year: bool) -> String {
    let day = at.get(if year { 0 } else { 5 }..10).unwrap_or(at);
    let clock = at.get(11..16).unwrap_or("");
    format!("{day} {clock}")
}

/// The newest entries, a line each.
pub fn latest(app: &App, kind: Kind, entries: &[LogEntry]) -> Vec<Vec<Run>> {
    entries
        .iter()
        .take(5)
        .map(|one| {
            let entry = &one.entry;
            let fields: Vec<&str> = entry
                .changes
                .iter()
                .filter_map(|change| kind.spec().field(&change.field))
                .map(|field| field.label.get(app.lang))
                .collect();
            let what = if entry.reason.is_empty() {
                fields.join(app.say("、", ", "))
            } else {
                entry.reason.clone()
            };
            vec![
                (format!("  {} ", moment(&entry.at, false)), "text.muted"),
                (format!("{} ", entry.who), "text"),
                (
                    format!("{} ", action(app, kind, &entry.action)),
                    "text.strong",
                ),
                (what, "text"),
            ]
        })
        .collect()
}

fn said(app: &App, view: &View, field: &str, value: Option<&Value>) -> String {
    let Some(value) = value else {
        return app.say("空", "empty").to_owned();
    };
    match view.kind.spec().field(field) {
        Some(field) if field.privacy == Privacy::Open => {
            crate::tui::form::typed(field, value, app.lang)
        }
        _ => value.to_string(),
    }
}

/// The whole history: who, when, what, and each field from what to what.
pub fn history(app: &App, view: &View, entries: &[LogEntry]) -> Vec<Vec<Run>> {
    let mut lines = Vec::new();
    if entries.is_empty() {
        let text = app.say("没有变更记录", "no entries");
        lines.push(vec![(text.to_owned(), "text.muted")]);
    }
    for one in entries {
        let entry = &one.entry;
        let number = match app.lang {
            // Whoever only looks makes no revision.
            _ if entry.to_rev == 0 => format!("#{}", one.seq),
            Lang::Zh => format!("第 {} 版  #{}", entry.to_rev, one.seq),
            Lang::En => format!("revision {}  #{}", entry.to_rev, one.seq),
        };
        lines.push(vec![
            (format!("{}  ", moment(&entry.at, true)), "text.strong"),
            (format!("{}  ", entry.who), "text"),
            (
                format!("{}  ", action(app, view.kind, &entry.action)),
                "text.strong",
            ),
            (number, "text.muted"),
        ]);
        if !entry.reason.is_empty() {
            let lead = app.say("原因 ", "reason ");
            lines.push(vec![
                (format!("    {lead}"), "text.muted"),
                (entry.reason.clone(), "text"),
            ]);
        }
        for change in &entry.changes {
            let field = view.kind.spec().field(&change.field);
            let label = field.map_or(change.field.as_str(), |field| field.label.get(app.lang));
            lines.push(vec![
                (format!("    {label}  "), "text.muted"),
                (
                    said(app, view, &change.field, change.from.as_ref()),
                    "diff.old",
                ),
                (" -> ".to_owned(), "text.muted"),
                (
                    said(app, view, &change.field, change.to.as_ref()),
                    "diff.new",
                ),
            ]);
        }
    }
    lines
}
