//! What a record went through: the reasons given at its steps, and its log.

use crate::domain::change::Entry;
use crate::domain::kind::{Code, KINDS};
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::service::sight::Eyes;
use crate::service::view;
use crate::store::reader::Reader;

/// The entries of a record as whoever prints sees them, oldest first.
pub(super) fn entries(reader: &Reader, eyes: &Eyes, code: Code) -> Result<Vec<Entry>, Refusal> {
    let mut found = Vec::new();
    for seq in reader.trail(code)? {
        let seen = |entry| view::entry(reader, eyes, Some(code.kind), entry);
        found.extend(reader.entry(seq)?.map(seen));
    }
    Ok(found)
}

/// What was noted at the last time that a step was taken, without its day and name.
pub(super) fn reason(record: &Record, step: &str) -> String {
    let label = record.kind.spec().step(step);
    let label = label.map_or("", |step| step.label.zh);
    let mut reason = String::new();
    let mut inside = false;
    for line in record.text("note").lines() {
        match noted(record, line) {
            Some((of, text)) => {
                inside = of == label;
                if inside {
                    reason = text.to_owned();
                }
            }
            None if inside => {
                reason.push('\n');
                reason.push_str(line);
            }
            None => {}
        }
    }
    reason
}

/// The step and the text of a line with which a note begins: `2026-06-30 延期：…`.
fn noted<'a>(record: &Record, line: &'a str) -> Option<(&'a str, &'a str)> {
    let (day, rest) = line.split_once(' ')?;
    day.parse::<chrono::NaiveDate>().ok()?;
    let (label, text) = rest.split_once('：')?;
    let mut steps = record.kind.spec().steps.iter();
    steps
        .any(|step| step.label.zh == label)
        .then_some((label, text))
}

/// What a step of any kind is called.
fn elsewhere(key: &str) -> Option<&'static str> {
    let mut kinds = KINDS.iter();
    kinds
        .find_map(|spec| spec.steps.iter().find(|step| step.key == key))
        .map(|step| step.label.zh)
}

/// What an entry of the log says was done.
pub(super) fn act(record: &Record, action: &str) -> String {
    let label = |key: &str| record.kind.spec().step(key).map(|step| step.label.zh);
    let named = |key: &str| record.kind.spec().field(key).map_or("", |one| one.label.zh);
    match action.split_once(':') {
        Some(("print", paper)) => format!("打印{paper}"),
        Some(("reveal", key)) => format!("查看{}", named(key)),
        Some(("undo", was)) if Code::read(was).is_none() => format!("撤回{}", act(record, was)),
        Some(("undo", _)) => "撤回".to_owned(),
        // What another record led to tells what was done, not which record that was.
        Some((act, _)) => label(act)
            .or_else(|| elsewhere(act))
            .unwrap_or("修改")
            .to_owned(),
        None => match action {
            "new" => "登记".to_owned(),
            "edit" => "修改".to_owned(),
            "undo" => "撤回".to_owned(),
            "blank" => "清除草稿中的内容".to_owned(),
            _ => label(action).unwrap_or(action).to_owned(),
        },
    }
}
