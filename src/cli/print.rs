//! Answers as people and as programs read them.

use comfy_table::{ContentArrangement, Table};

use crate::domain::kind::Kind;
use crate::domain::said::Lang;
use crate::domain::value::Value;
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

/// A record as JSON.
pub fn view_json(view: &View) -> serde_json::Value {
    serde_json::json!({ "code": view.code, "kind": view.kind, "rev": view.rev, "fields": view.fields })
}

/// A record for people: label and value, one per line.
pub fn view(view: &View, lang: Lang) -> String {
    let spec = view.kind.spec();
    let mut rows = vec![vec![
        spec.label.get(lang).to_owned(),
        match lang {
            Lang::Zh => format!("{}  第 {} 版", view.code, view.rev),
            Lang::En => format!("{}  revision {}", view.code, view.rev),
        },
    ]];
    for field in spec.fields {
        if let Some(value) = view.fields.get(field.key) {
            for (at, line) in lines(view, value).into_iter().enumerate() {
                let label = if at == 0 { field.label.get(lang) } else { "" };
                rows.push(vec![label.to_owned(), line]);
            }
        }
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

fn lines(view: &View, value: &Value) -> Vec<String> {
    match value {
        Value::List(parts) if parts.iter().any(|part| matches!(part, Value::Map(_))) => parts
            .iter()
            .map(|part| match part {
                Value::Map(row) => ["post", "holder", "holder_post", "phone", "from", "to"]
                    .iter()
                    .filter_map(|key| {
                        Some(format!(
                            "{}{}",
                            if *key == "to" { "→ " } else { "" },
                            row.get(*key)?
                        ))
                    })
                    .collect::<Vec<_>>()
                    .join("  "),
                other => other.to_string(),
            })
            .collect(),
        other => {
            let texts: Vec<String> = other.parts().iter().map(|part| named(view, part)).collect();
            texts.join("、").split('\n').map(str::to_owned).collect()
        }
    }
}

/// A value with the name behind its code.
pub fn named(view: &View, value: &Value) -> String {
    let text = value.to_string();
    match view.names.get(&text) {
        Some(name) => format!("{text} {name}"),
        None => text,
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
                    let names: Vec<String> = value
                        .parts()
                        .iter()
                        .map(|part| {
                            let text = part.to_string();
                            view.names.get(&text).cloned().unwrap_or(text)
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
                row.status.clone(),
                why.join(" "),
            ]
        })
        .collect();
    table(&heads, lines)
}
