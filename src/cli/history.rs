//! The history of a record as people read it: who changed what from what to what.

use std::collections::BTreeMap;

use crate::cli::data::code;
use crate::cli::{Desk, odd};
use crate::domain::change::{Entry, FieldChange};
use crate::domain::field::{Field, Type};
use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::place;
use crate::domain::refusal::Refusal;
use crate::domain::said::{Lang, Text, t};
use crate::domain::spot;
use crate::domain::value::Value;
use crate::protocol::work::PAPERS;
use crate::protocol::{Answer, LogEntry, Request};
use crate::wire::client::Client;

/// What is done to a record beside the steps of its lifecycle.
const ACTS: &[(&str, Text)] = &[
    ("new", t("新建", "new")),
    ("edit", t("修改", "edit")),
    ("import:new", t("导入新建", "new by import")),
    ("import:edit", t("导入修改", "edit by import")),
    ("reveal", t("查看隐藏项", "masked field read")),
    ("print", t("打印", "print")),
    ("look", t("监督员查看", "inspector looked")),
    ("erase", t("清除记录内容", "content erased")),
    ("blank", t("清除草稿中的内容", "erased in drafts")),
    ("undo", t("撤回", "undone")),
];

/// Names of the organisations that a history mentions.
pub(crate) type Names = BTreeMap<String, String>;

pub(crate) fn history(desk: &Desk, raw: &str) -> Result<u8, Refusal> {
    let code = code(raw)?;
    let client = desk.connect()?;
    let Answer::Entries(entries) = client.ask(Request::History { code, limit: 1000 })? else {
        return Err(odd());
    };
    if desk.global.json {
        outln!(
            "{}",
            serde_json::to_string(&entries).map_err(Refusal::fault)?
        );
        return Ok(0);
    }
    tell(&client, code.kind, &entries, desk.lang)?;
    Ok(0)
}

/// The entries of a record for people.
pub(crate) fn tell(
    client: &Client,
    kind: Kind,
    entries: &[LogEntry],
    lang: Lang,
) -> Result<(), Refusal> {
    for line in lines(kind, entries, &names(client)?, lang) {
        outln!("{line}");
    }
    Ok(())
}

/// The entries of a record, a line for each and for each of its changes.
pub(crate) fn lines(kind: Kind, entries: &[LogEntry], names: &Names, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for LogEntry { seq, entry } in entries {
        lines.push(head(*seq, kind, entry, lang));
        for change in &entry.changes {
            let told = told(kind, change, names, lang);
            lines.extend(told.into_iter().map(|line| format!("    {line}")));
        }
    }
    lines
}

/// The names of the organisations that one sees.
pub(crate) fn names(client: &Client) -> Result<Names, Refusal> {
    let Answer::Tree(nodes) = client.ask(Request::Tree)? else {
        return Err(odd());
    };
    let code = |number| Code::new(Kind::Organisation, number).to_string();
    Ok(nodes
        .into_iter()
        .map(|node| (code(node.number), node.name))
        .collect())
}

fn head(seq: u64, kind: Kind, entry: &Entry, lang: Lang) -> String {
    let (act, rest) = entry
        .action
        .split_once(':')
        .filter(|(act, rest)| {
            matches!(*act, "reveal" | "print" | "undo") || Code::read(rest).is_some()
        })
        .unwrap_or((&entry.action, ""));
    // What a step of another record changed in this one is told with that record.
    let cause = Code::read(rest);
    let kinds = std::iter::once(kind).chain(cause.map(|code| code.kind));
    // Of what came from a sealed one only the step is kept.
    let kinds = kinds.chain(KINDS.iter().map(|spec| spec.kind));
    let steps = kinds.flat_map(|kind| kind.spec().steps.iter());
    let steps = steps.map(|step| (step.key, step.label));
    let act_key = act;
    let act = ACTS
        .iter()
        .copied()
        .chain(steps)
        .find(|(key, _)| *key == act)
        .map_or(act, |(_, label)| label.get(lang));
    let field = match cause {
        Some(code) => code.to_string(),
        None if act_key == "print" => paper(rest, lang),
        None if act_key == "undo" && rest.is_empty() => String::new(),
        None if act_key == "undo" => undone(kind, rest, lang),
        None => spot::label(kind, rest, lang),
    };
    let at = entry.at.get(..19).unwrap_or(&entry.at).replace('T', " ");
    let mut line = format!("#{seq}  {at}  {}  {act}", entry.who);
    for more in [field.as_str(), entry.reason.as_str()] {
        if !more.is_empty() {
            line.push_str("  ");
            line.push_str(more);
        }
    }
    if entry.erased {
        line.push_str(
            t(
                "  （内容已依法清除）",
                "  (content erased as the law orders)",
            )
            .get(lang),
        );
    }
    line
}

/// What was taken back.
fn undone(kind: Kind, act: &str, lang: Lang) -> String {
    let acts = ACTS.iter().find(|(key, _)| *key == act);
    let label = acts.map(|(_, label)| *label);
    let label = label.or_else(|| kind.spec().step(act).map(|step| step.label));
    label.map_or_else(|| act.to_owned(), |label| label.get(lang).to_owned())
}

/// A paper by the name under which its printing is logged.
fn paper(name: &str, lang: Lang) -> String {
    let known = PAPERS.iter().map(|paper| paper.label());
    let found = known.into_iter().find(|label| label.zh == name);
    found.map_or_else(|| name.to_owned(), |label| label.get(lang).to_owned())
}

fn told(kind: Kind, change: &FieldChange, names: &Names, lang: Lang) -> Vec<String> {
    let field = kind.spec().field(&change.field);
    let label = field.map_or(change.field.as_str(), |field| field.label.get(lang));
    let parts = |value: &Option<Value>| -> Vec<String> {
        let Some(value) = value else {
            return Vec::new();
        };
        let parts = value.parts().iter();
        parts.map(|part| named(field, part, names, lang)).collect()
    };
    let (old, new) = (parts(&change.from), parts(&change.to));
    let listed = field.is_some_and(Field::is_list);
    let long = old
        .iter()
        .chain(&new)
        .any(|text| text.contains('\n') || text.chars().count() > 60);
    if !listed && !long {
        let said = |texts: &[String]| texts.first().cloned().unwrap_or_else(|| "—".to_owned());
        return vec![format!("{label}: {} → {}", said(&old), said(&new))];
    }
    // Of long lists and texts only what went and what came is told.
    let lines = |texts: Vec<String>| -> Vec<String> {
        let texts = texts.iter().flat_map(|text| text.split('\n'));
        texts.map(str::to_owned).collect()
    };
    let (old, new) = (lines(old), lines(new));
    let gone = old.iter().filter(|text| !new.contains(text));
    let come = new.iter().filter(|text| !old.contains(text));
    let mut told: Vec<String> = gone
        .map(|text| format!("{label}: − {text}"))
        .chain(come.map(|text| format!("{label}: + {text}")))
        .collect();
    if told.is_empty() {
        told.push(format!("{label}: {} → {}", old.join("、"), new.join("、")));
    }
    told
}

fn named(field: Option<&'static Field>, value: &Value, names: &Names, lang: Lang) -> String {
    match (field.map(|field| field.of), value) {
        (Some(Type::Rows(columns)), Value::Map(row)) => crate::cli::print::row(columns, row),
        (Some(Type::Area), Value::Text(text)) => place::by_code(text)
            .map_or_else(|| text.clone(), |place| format!("{text} {}", place.path())),
        (_, Value::Flag(yes)) => crate::cli::print::flag(*yes).get(lang).to_owned(),
        (_, Value::Text(text)) => {
            let words = field.map_or(&[][..], |field| field.words());
            let word = words.iter().find(|word| word.zh == *text);
            match (names.get(text), word) {
                (Some(name), _) => format!("{text} {name}"),
                (None, Some(word)) => word.get(lang).to_owned(),
                (None, None) => text.clone(),
            }
        }
        (_, other) => other.to_string(),
    }
}
