//! 科技志愿服务协议: the parties, the elements of article 13, the signatures.

use crate::domain::agreement::{ELEMENTS, SPEC, parties, signed};
use crate::domain::kind::Code;
use crate::exchange::document::Document;
use crate::service::print::{Source, day};

/// The ordinals of the clauses.
const NUMBERS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "七", "八"];

/// The document of an agreement, whatever its state: a draft says so.
pub(super) fn document(source: &Source) -> Document {
    let record = source.record;
    let version = record
        .get("version")
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut document = Document::new("科技志愿服务协议")
        .number(format!("编号：{}　　第 {version} 版", record.code()));
    let parties = parties(source.world, record);
    for party in &parties {
        let label = match Code::read(&party.key) {
            Some(_) => "科技志愿者",
            None if party.key == "组织" => "科技志愿服务组织",
            None => "科技服务对象",
        };
        document = document.pair(label, party.name.clone());
    }
    if let Some(activity) = source.named("activity") {
        document = document.pair(
            "活动",
            format!("{}（{}）", activity.title(), activity.code()),
        );
    }
    document = document.paragraph(
        "各方依据《内蒙古自治区科技志愿服务管理办法（试行）》第十三条，经平等协商，订立本协议。",
    );
    for (number, key) in NUMBERS.iter().zip(ELEMENTS) {
        let label = SPEC.field(key).map_or(key, |field| field.label.zh);
        let text = source.text(key);
        document = document.heading(format!("{number}、{label}"));
        document = document.paragraph(if text.is_empty() {
            "（未填）"
        } else {
            text
        });
    }
    let (from, to) = (source.text("from"), source.text("to"));
    if !from.is_empty() || !to.is_empty() {
        document = document.paragraph(format!("本协议自{}起至{}止。", day(from), day(to)));
    }
    if record.status() != "生效" {
        document = document.note(format!(
            "本协议现为「{}」，各方签齐后生效。",
            record.status()
        ));
    }
    let signed = signed(record);
    for pair in parties.chunks(2) {
        let line = |at: usize| {
            pair.get(at).map_or_else(String::new, |party| {
                let on = signed.iter().find(|(key, _)| *key == party.key);
                match on {
                    Some((_, on)) => format!("{}（{on} 已签）", party.name),
                    None => party.name.clone(),
                }
            })
        };
        document = document.sign(line(0), line(1));
    }
    document
}
