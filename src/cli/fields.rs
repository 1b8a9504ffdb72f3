//! The field table, printed.

use crate::cli::{Desk, kind, print};
use crate::domain::field::{Need, Privacy};
use crate::domain::kind::KINDS;
use crate::domain::refusal::Refusal;

pub(crate) fn print(desk: &Desk, only: Option<&str>) -> Result<u8, Refusal> {
    let only = only.map(kind).transpose()?;
    let mut rows = Vec::new();
    let mut array = Vec::new();
    for spec in KINDS
        .iter()
        .filter(|spec| only.is_none_or(|only| only == spec.kind))
    {
        for field in spec.fields {
            let need = match field.need {
                Need::Required => "required",
                Need::Optional => "",
                Need::System => "by steps",
            };
            let masked = if field.privacy == Privacy::Open {
                ""
            } else {
                "masked"
            };
            let words: Vec<&str> = field
                .words()
                .iter()
                .map(|word| word.get(desk.lang))
                .collect();
            array.push(serde_json::json!({
                "kind": spec.key, "field": field.key, "label": field.label.get(desk.lang), "need": need,
                "masked": field.privacy != Privacy::Open, "values": words,
            }));
            let help = if words.is_empty() {
                field.help.get(desk.lang).to_owned()
            } else {
                words.join(" ")
            };
            rows.push(vec![
                spec.key.to_owned(),
                field.key.to_owned(),
                field.label.get(desk.lang).to_owned(),
                need.to_owned(),
                masked.to_owned(),
                help,
            ]);
        }
    }
    if desk.global.json {
        println!("{}", serde_json::Value::Array(array));
    } else {
        println!("{}", print::table(&["kind", "field", "", "", "", ""], rows));
    }
    Ok(0)
}
