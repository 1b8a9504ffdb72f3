//! Answers as people and as programs read them.

use std::io::Write;

use chrono::NaiveDate;
use comfy_table::{ContentArrangement, Table};

use crate::domain::day;
use crate::domain::field::{Field, Type};
use crate::domain::kind::Kind;
use crate::domain::mask::HIDDEN;
use crate::domain::moment::{Span, spans};
use crate::domain::route_why;
use crate::domain::said::{Lang, Text, t};
use crate::domain::value::{Fields, Value};
use crate::protocol::{Row, View};

/// A table without frames, as wide as its content.
pub fn table(heads: &[&str], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(
        heads
            .iter()
            .map(|head| (*head).to_owned())
            .collect::<Vec<String>>(),
    );
    for row in rows {
        table.add_row(row);
    }
    table
        .to_string()
        .lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Prints a line; a reader that has enough ends the program quietly, a full disk with a sentence.
pub fn out(line: std::fmt::Arguments) {
    let mut out = std::io::stdout().lock();
    if let Err(error) = writeln!(out, "{line}") {
        std::process::exit(ended(&error));
    }
}

/// The exit code after a write to the output failed.
pub fn ended(error: &std::io::Error) -> i32 {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return 0;
    }
    eprintln!("{error}");
    1
}

/// A record as JSON; as of a day, with the age then and the posts held then.
pub fn view_json(view: &View, lang: Lang, on: Option<NaiveDate>) -> serde_json::Value {
    let mut fields = view.fields.clone();
    let inner = view.kind.spec().fields.iter().filter(|field| field.inner);
    inner.for_each(|field| {
        fields.remove(field.key);
    });
    let mut years = None;
    if let Some(on) = on {
        for field in view.kind.spec().fields {
            years = years.or_else(|| age(field, view.fields.get(field.key), on));
            if let (Type::Rows(_), Some(Value::List(rows))) = (field.of, fields.get_mut(field.key))
            {
                rows.retain(|row| match row {
                    Value::Map(row) => term(row, on) == Term::Now,
                    _ => true,
                });
            }
        }
    }
    let mut json = serde_json::json!({
        "code": view.code, "kind": view.kind, "rev": view.rev, "fields": fields
    });
    if let Some(more) = json.as_object_mut().filter(|_| !view.told.is_empty()) {
        let told = view.told.iter().map(|said| said.get(lang));
        more.insert("told".to_owned(), told.collect());
    }
    if let Some(more) = json.as_object_mut().filter(|_| !view.findings.is_empty()) {
        let findings = view.findings.iter().map(|one| {
            let mut row = one.json(lang);
            row.get_mut("refusal")
                .map(serde_json::Value::take)
                .unwrap_or_default()
        });
        more.insert("findings".to_owned(), findings.collect());
    }
    if let Some(more) = json.as_object_mut().filter(|_| !view.calls.is_empty()) {
        more.insert("calls".to_owned(), serde_json::json!(view.calls));
    }
    if let (Some(on), Some(more)) = (on, json.as_object_mut()) {
        more.insert("as_of".to_owned(), on.to_string().into());
        if let Some(years) = years {
            more.insert("age".to_owned(), years.into());
        }
    }
    json
}

/// Where a day lies in a term.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Term {
    Before,
    Now,
    Over,
}

fn term(row: &Fields, on: NaiveDate) -> Term {
    let day = |key: &str| row.get(key)?.text()?.parse::<NaiveDate>().ok();
    if day("from").is_some_and(|from| on < from) {
        Term::Before
    } else if day("to").is_some_and(|to| to <= on) {
        Term::Over
    } else {
        Term::Now
    }
}

fn age(field: &Field, value: Option<&Value>, on: NaiveDate) -> Option<i32> {
    let birth = value?.text()?.parse().ok()?;
    (field.aged && birth <= on).then(|| day::age(birth, on))
}

/// A row of fields in the order of its columns, days of a term with an arrow.
pub fn row(columns: &[Field], row: &Fields) -> String {
    let cells = columns.iter().filter_map(|column| {
        let arrow = if column.key == "to" { "→ " } else { "" };
        Some(format!("{arrow}{}", row.get(column.key)?))
    });
    cells.collect::<Vec<_>>().join("  ")
}

/// A record for people: label and value, one per line, ages and posts as of a day.
pub fn view(view: &View, lang: Lang, on: Option<NaiveDate>) -> String {
    let on = on.unwrap_or_else(|| chrono::Local::now().date_naive());
    let spec = view.kind.spec();
    let mut rows = vec![vec![
        spec.label.get(lang).to_owned(),
        match lang {
            Lang::Zh => format!("{}  第 {} 版", view.code, view.rev),
            Lang::En => format!("{}  revision {}", view.code, view.rev),
        },
    ]];
    for said in &view.told {
        rows.push(vec!["▸".to_owned(), said.get(lang).to_owned()]);
    }
    for finding in &view.findings {
        rows.push(vec!["!".to_owned(), finding.line(lang)]);
    }
    for field in spec.fields.iter().filter(|field| !field.inner) {
        if let Some(value) = view.fields.get(field.key) {
            for (at, line) in lines(view, field, value, lang, on).into_iter().enumerate() {
                let label = if at == 0 { field.label.get(lang) } else { "" };
                rows.push(vec![label.to_owned(), line]);
            }
        }
    }
    for (nth, call) in view.calls.iter().enumerate() {
        let label = t("近三次来电", "Last calls");
        let label = if nth == 0 { label.get(lang) } else { "" };
        rows.push(vec![
            label.to_owned(),
            format!("{}  {}", call.code, call.line(lang)),
        ]);
    }
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    rows.into_iter().for_each(|row| {
        table.add_row(row);
    });
    table
        .to_string()
        .lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A field's value as it is read, in lines.
pub(crate) fn lines(
    view: &View,
    field: &Field,
    value: &Value,
    lang: Lang,
    on: NaiveDate,
) -> Vec<String> {
    let zh = lang == Lang::Zh;
    if let Type::Rows(columns) = field.of {
        let said = |part: &Value| match part {
            Value::Map(fields) => {
                let state = match term(fields, on) {
                    Term::Before if zh => "  未到任",
                    Term::Before => "  to come",
                    Term::Now => "",
                    Term::Over if zh => "  已离任",
                    Term::Over => "  ended",
                };
                format!("{}{state}", row(columns, fields))
            }
            other => other.to_string(),
        };
        return value.parts().iter().map(said).collect();
    }
    if let Type::Sessions = field.of {
        return spans(Some(value)).iter().map(Span::said).collect();
    }
    let parts = value.parts().iter();
    let texts: Vec<String> = parts.map(|part| named(view, field, part, lang)).collect();
    let mut text = texts.join(if zh { "、" } else { ", " });
    if let Some(years) = age(field, Some(value), on) {
        text.push_str(&if zh {
            format!("（{years} 周岁）")
        } else {
            format!(" (aged {years})")
        });
    }
    let said = |line: &str| match field.key {
        "route" => route_why::said(line).get(lang).to_owned(),
        _ => line.to_owned(),
    };
    text.split('\n').map(said).collect()
}

/// A value with the name behind its code, a choice in the reader's language.
fn named(view: &View, field: &Field, value: &Value, lang: Lang) -> String {
    let text = match value {
        Value::Flag(yes) => return flag(*yes).get(lang).to_owned(),
        value => value.to_string(),
    };
    if text == HIDDEN {
        return t(HIDDEN, "on file, not shown").get(lang).to_owned();
    }
    let word = field.words().iter().find(|word| word.zh == text);
    match (view.names.get(&text), word) {
        (Some(name), _) => format!("{text} {name}"),
        (None, Some(word)) => word.get(lang).to_owned(),
        (None, None) => text,
    }
}

/// Yes or no, as people read it.
pub(crate) fn flag(yes: bool) -> Text {
    match yes {
        true => t("是", "yes"),
        false => t("否", "no"),
    }
}

/// The columns of a list.
pub fn list(kind: Kind, views: &[View], lang: Lang) -> String {
    let fields: Vec<_> = kind
        .spec()
        .fields
        .iter()
        .filter(|field| field.width > 0)
        .collect();
    let mut heads = vec![if lang == Lang::Zh { "编号" } else { "Code" }];
    heads.extend(fields.iter().map(|field| field.label.get(lang)));
    let rows = views
        .iter()
        .map(|view| {
            let mut row = vec![view.code.to_string()];
            row.extend(fields.iter().map(|field| {
                let value = view.fields.get(field.key);
                value.map_or_else(String::new, |value| {
                    if let Type::Sessions = field.of {
                        let first = spans(Some(value)).first().map(Span::said);
                        return first.unwrap_or_default();
                    }
                    let names: Vec<String> = value
                        .parts()
                        .iter()
                        .map(|part| {
                            let name = view.names.get(&part.to_string());
                            name.cloned()
                                .unwrap_or_else(|| named(view, field, part, lang))
                        })
                        .collect();
                    names.join("、")
                })
            }));
            row
        })
        .collect();
    table(&heads, rows)
}

/// The hits of a search.
pub fn rows(rows: &[Row], lang: Lang) -> String {
    let heads = match lang {
        Lang::Zh => ["编号", "名称", "所属", "属地", "电话", "状态", "为何命中"],
        Lang::En => [
            "Code",
            "Name",
            "Belongs to",
            "Area",
            "Phone",
            "State",
            "Why",
        ],
    };
    let lines = rows
        .iter()
        .map(|row| {
            let why: Vec<String> = row
                .why
                .iter()
                .filter(|why| why.text != row.title)
                .map(|why| format!("{}→{}", why.word, why.text))
                .collect();
            vec![
                row.code.to_string(),
                row.title.clone(),
                row.subtitle.clone(),
                row.area.clone(),
                row.phone.clone(),
                row.kind.spec().said(&row.status, lang).to_owned(),
                why.join(" "),
            ]
        })
        .collect();
    table(&heads, lines)
}
