//! The field table, printed.

use crate::cli::{Desk, kind, print};
use crate::domain::field::{Need, Privacy};
use crate::domain::kind::KINDS;
use crate::domain::refusal::Refusal;
use crate::domain::said::{Text, t};

const HEADS: [Text; 6] = [
    t("类别", "Kind"),
    t("字段", "Field"),
    t("名称", "Name"),
    t("要求", "Need"),
    t("隐私", "Privacy"),
    t("取值", "Values"),
];

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
                Need::Required => t("必填", "required"),
                Need::Optional => t("", ""),
                Need::System => t("由步骤填", "by steps"),
            }
            .get(desk.lang);
            let masked = if field.privacy == Privacy::Open {
                ""
            } else {
                t("隐藏", "masked").get(desk.lang)
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
        outln!("{}", serde_json::Value::Array(array));
    } else {
        outln!(
            "{}",
            print::table(&HEADS.map(|head| head.get(desk.lang)), rows)
        );
    }
    Ok(0)
}
