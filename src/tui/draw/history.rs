//! The log of a record, in lines.

use crate::domain::change::FieldChange;
use crate::domain::field::{Field, Type};
use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::mask::HIDDEN;
use crate::domain::place;
use crate::domain::said::Lang;
use crate::domain::spot::label;
use crate::domain::value::Value;
use crate::protocol::{LogEntry, View};
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::{fit, wrap_words};
use crate::tui::draw::diff::{Line, by_line};
use crate::tui::form::typed;
use crate::tui::paint::Run;

/// What was done, by the key in the log.
fn action(app: &App, kind: Kind, key: &str) -> String {
    let (head, rest) = key.split_once(':').unwrap_or((key, ""));
    let field = label(kind, rest, app.lang);
    match head {
        "new" if !rest.is_empty() => format!("{} {rest}", app.say("新建", "new")),
        "new" => app.say("新建", "new").to_owned(),
        "edit" => app.say("编辑", "edit").to_owned(),
        "import" => app.say("导入", "import").to_owned(),
        "load" => app.say("装载", "load").to_owned(),
        "skeleton" => app.say("初始", "skeleton").to_owned(),
        "sweep_drafts" => app.say("清理旧草稿", "old drafts swept").to_owned(),
        "reveal" => format!("{} {field}", app.say("查看", "saw")),
        "look" => app.say("监督员查看", "inspector looked").to_owned(),
        "undo" if rest.is_empty() || Code::read(rest).is_some() => {
            app.say("撤回", "undone").to_owned()
        }
        "undo" => format!("{} {}", app.say("撤回", "undone"), action(app, kind, rest)),
        "export" => app.say("导出", "export").to_owned(),
        "print" => app.say("打印", "print").to_owned(),
        "blank" => app.say("清除草稿中的内容", "erased in drafts").to_owned(),
        // A step of another record may have changed this one with it.
        _ => std::iter::once(kind)
            .chain(KINDS.iter().map(|spec| spec.kind))
            .find_map(|kind| kind.spec().step(head))
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

/// One value as it is read: names behind codes, rows in the order of their columns.
fn said(app: &App, field: Option<&Field>, value: &Value) -> String {
    let text = value.to_string();
    if text == HIDDEN {
        return app.say("有记录，已隐去", "on record, hidden").to_owned();
    }
    let Some(field) = field else { return text };
    match (field.of, value) {
        (Type::Rows(columns), Value::Map(row)) => {
            let cells = columns.iter().filter_map(|column| {
                let text = said(app, Some(column), row.get(column.key)?);
                Some(match column.key {
                    "to" => format!("{} {text}", app.say("至", "to")),
                    _ => text,
                })
            });
            cells.collect::<Vec<_>>().join(" ")
        }
        (Type::Area, _) => place::by_code(&text).map_or(text, place::Place::path),
        (Type::Ref(Kind::Organisation) | Type::Refs(Kind::Organisation, _), _) => {
            let number = Code::read(&text).map(|code| code.number);
            let mut nodes = app.tree.nodes.iter();
            match nodes.find(|node| Some(node.number) == number) {
                Some(node) => format!("{text} {}", node.name),
                None => text,
            }
        }
        _ => typed(field, value, app.lang),
    }
}

/// A change: from what to what; of lists and of what is long, what went and what came.
fn change(app: &App, kind: Kind, change: &FieldChange, width: usize) -> Vec<Vec<Run>> {
    let field = kind.spec().field(&change.field);
    let label = field.map_or(change.field.as_str(), |field| field.label.get(app.lang));
    let lead = format!("    {label}  ");
    let parts = |value: &Option<Value>| -> Vec<String> {
        let parts = value.iter().flat_map(Value::parts);
        parts.map(|part| said(app, field, part)).collect()
    };
    let (old, new) = (parts(&change.from), parts(&change.to));
    let whole = |parts: &[String]| match parts {
        [] => app.say("空", "empty").to_owned(),
        parts => parts.join(app.say("、", ", ")),
    };
    let (from, to) = (whole(&old), whole(&new));
    let fits = lead.width() + from.width() + to.width() + 4 <= width;
    let listed = field.is_some_and(Field::is_list) && old.len().max(new.len()) > 1;
    if fits && !listed && !from.contains('\n') && !to.contains('\n') {
        return vec![vec![
            (lead, "text.muted"),
            (from, "diff.old"),
            (" -> ".to_owned(), "text.muted"),
            (to, "diff.new"),
        ]];
    }
    let told: Vec<(&str, &str, &str)> =
        if field.is_some_and(|field| matches!(field.of, Type::Lines(_))) {
            let from = old.first().map_or("", String::as_str);
            let to = new.first().map_or("", String::as_str);
            let lines = by_line(from, to).into_iter();
            lines
                .filter_map(|line| match line {
                    Line::Gone(text) => Some(("- ", text, "diff.old")),
                    Line::Come(text) => Some(("+ ", text, "diff.new")),
                    Line::Same(_) => None,
                })
                .collect()
        } else {
            let gone = old.iter().filter(|text| !new.contains(text));
            let come = new.iter().filter(|text| !old.contains(text));
            gone.map(|text| ("- ", text.as_str(), "diff.old"))
                .chain(come.map(|text| ("+ ", text.as_str(), "diff.new")))
                .collect()
        };
    let room = width.saturating_sub(lead.width() + 2).max(8);
    told.into_iter()
        .flat_map(|(sign, text, role)| {
            let lines = wrap_words(text, room).into_iter().enumerate();
            lines.map(move |(nth, part)| (if nth == 0 { sign } else { "  " }, part, role))
        })
        .map(|(sign, part, role)| {
            vec![
                (lead.clone(), "text.muted"),
                (format!("{sign}{part}"), role),
            ]
        })
        .collect()
}

/// The whole history: who, when, what, and each field from what to what.
pub fn history(app: &App, view: &View, entries: &[LogEntry], width: usize) -> Vec<Vec<Run>> {
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
        if entry.erased {
            let gone = app.say("    内容已依法清除", "    content erased as the law orders");
            lines.push(vec![(gone.to_owned(), "text.muted")]);
        }
        let fields = view.kind.spec().fields;
        // The days of an activity say again what its sessions say.
        let told = entry.changes.iter().filter(|one| one.field != "days");
        let mut changes: Vec<&FieldChange> = told.collect();
        changes.sort_by_key(|one| fields.iter().position(|field| field.key == one.field));
        let changes = changes.into_iter();
        lines.extend(changes.flat_map(|one| change(app, view.kind, one, width)));
    }
    lines
}

/// Lines of a text that an entry of the timeline shows; the history holds it whole.
const SHOWN: usize = 3;

/// What happened, newest first: who, when, what act, and what was entered with it.
pub fn timeline(app: &App, view: &View, entries: &[LogEntry], width: usize) -> Vec<Vec<Run>> {
    let mut lines = Vec::new();
    for one in entries {
        let entry = &one.entry;
        lines.push(vec![
            (format!("{} ", moment(&entry.at, false)), "text.strong"),
            (format!("{} ", entry.who), "text"),
            (action(app, view.kind, &entry.action), "text.strong"),
        ]);
        let mut told: Vec<String> = Vec::new();
        if !entry.reason.is_empty() {
            told.push(entry.reason.clone());
        }
        let fields = view.kind.spec().fields;
        let mut changes: Vec<&FieldChange> = entry.changes.iter().collect();
        changes.sort_by_key(|one| fields.iter().position(|field| field.key == one.field));
        for change in changes {
            let field = view.kind.spec().field(&change.field);
            let Some(field) = field.filter(|field| !field.inner && telling(field)) else {
                continue;
            };
            let parts = change.to.iter().flat_map(Value::parts);
            let text: Vec<String> = parts.map(|part| named(app, view, field, part)).collect();
            let label = field.label.get(app.lang);
            told.push(format!("{label} {}", text.join(app.say("、", ", "))));
        }
        let room = width.saturating_sub(4).max(8);
        for text in told {
            let parts = wrap_words(&text, room);
            let cut = parts.len() > SHOWN;
            for (nth, mut part) in parts.into_iter().take(SHOWN).enumerate() {
                if cut && nth + 1 == SHOWN {
                    // A text that goes on is cut there.
                    part = fit(&format!("{part}{}", " ".repeat(room)), room);
                }
                lines.push(vec![("  | ".to_owned(), "text.muted"), (part, "text")]);
            }
        }
    }
    lines
}

/// Whether a field tells something that the act does not say already.
fn telling(field: &Field) -> bool {
    !matches!(
        field.key,
        "status" | "clock" | "due_on" | "day" | "taken_by" | "route"
    ) && !matches!(field.of, Type::Day)
}

/// A value with the name behind its code.
fn named(app: &App, view: &View, field: &Field, value: &Value) -> String {
    let text = value.to_string();
    let known = || Code::read(&text).and_then(|code| app.names.get(&code));
    match view.names.get(&text).or_else(known) {
        Some(name) if !field.names().is_empty() => format!("{text} {name}"),
        _ => said(app, Some(field), value),
    }
}
