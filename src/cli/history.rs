//! The history of a record as people read it: who changed what from what to what.

use std::collections::BTreeMap;

use crate::cli::data::code;
use crate::cli::{Desk, odd};
use crate::domain::change::{Entry, FieldChange};
use crate::domain::clock;
use crate::domain::field::{Field, Type};
use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::place;
use crate::domain::refusal::Refusal;
use crate::domain::said::{Lang, Text, t};
use crate::domain::spot;
use crate::domain::value::Value;
use crate::protocol::{Answer, LogEntry, Request};
use crate::wire::client::Client;

/// What is done to a record beside the steps of its lifecycle.
const ACTS: &[(&str, Text)] = &[
    ("new", t("新建", "new")),
    ("edit", t("修改", "edit")),
    ("import:new", t("导入新建", "new by import")),
    ("import:edit", t("导入修改", "edit by import")),
    ("reveal", t("查看隐藏项", "masked field read")),
    ("look", t("监督员查看", "inspector looked")),
    ("erase", t("清除记录内容", "content erased")),
];

/// Names of the organisations that a history mentions.
type Names = BTreeMap<String, String>;

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
    let names = names(client)?;
    for LogEntry { seq, entry } in entries {
        outln!("{}", head(*seq, kind, entry, lang));
        for change in &entry.changes {
            for line in told(kind, change, &names, lang) {
                outln!("    {line}");
            }
        }
    }
    Ok(())
}

fn names(client: &Client) -> Result<Names, Refusal> {
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
        .filter(|(act, rest)| *act == "reveal" || Code::read(rest).is_some())
        .unwrap_or((&entry.action, ""));
    // What a step of another record changed in this one is told with that record.
    let cause = Code::read(rest);
    let kinds = std::iter::once(kind).chain(cause.map(|code| code.kind));
    // Of what came from a sealed one only the step is kept.
    let kinds = kinds.chain(KINDS.iter().map(|spec| spec.kind));
    let steps = kinds.flat_map(|kind| kind.spec().steps.iter());
    let steps = steps.map(|step| (step.key, step.label));
    let act = ACTS
        .iter()
        .copied()
        .chain(steps)
        .find(|(key, _)| *key == act)
        .map_or(act, |(_, label)| label.get(lang));
    let field = match cause {
        Some(code) => code.to_string(),
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
    let held = field.zip(value.text());
    if let Some(name) = held.and_then(|(field, key)| clock::name_of(field, key)) {
        return name.get(lang).to_owned();
    }
    match (field.map(|field| field.of), value) {
        (Some(Type::Rows(columns)), Value::Map(row)) => crate::cli::print::row(columns, row),
        (Some(Type::Area), Value::Text(text)) => place::by_code(text)
            .map_or_else(|| text.clone(), |place| format!("{text} {}", place.path())),
        (_, Value::Text(text)) => match names.get(text) {
            Some(name) => format!("{text} {name}"),
            None => text.clone(),
        },
        (_, other) => other.to_string(),
    }
}
