//! 志愿服务记录证明: the contents that 民发〔2015〕149号 lists.

use crate::domain::certificate::hours;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::service_record::minutes;
use crate::domain::setting::SIGNERS;
use crate::domain::value::{Fields, Value};
use crate::exchange::document::Document;
use crate::say;
use crate::service::print::{Source, day};

/// The document of a certificate that stands.
pub(super) fn document(source: &Source) -> Result<Document, Refusal> {
    let record = source.record;
    let status = record.status();
    if !matches!(status, "有效" | "已更正") {
        let code = record.code();
        return Err(Refusal::new(
            RefusalKind::Rule,
            say!(
                "证明「{status}」，不能打印",
                "the certificate does not stand ({status})"
            ),
        )
        .article("第九条（五）")
        .hint(match status {
            "申请" => say!(
                "先出具：kezhi do issue {code}",
                "issue it first: kezhi do issue {code}"
            ),
            "待更正" => say!(
                "先更正：kezhi do correct {code} note=...",
                "correct it first: kezhi do correct {code} note=..."
            ),
            _ => say!("已撤销的不再打印", "a revoked one is not printed"),
        }));
    }
    let volunteer = source.named("volunteer");
    let person = |key: &str| {
        volunteer
            .as_ref()
            .map_or("", |person| person.text(key))
            .to_owned()
    };
    let org = source.named("org");
    let issuer = org.as_ref().map_or("", |org| org.title()).to_owned();
    let contact = org.as_ref().map_or("", |org| org.text("phone")).to_owned();
    let head = org.as_ref().and_then(head).unwrap_or_default();
    let total = hours(minutes(record)).zh;
    let (from, to) = (day(source.text("from")), day(source.text("to")));
    let name = record.title();
    let purpose = source.text("purpose");
    let mut document = Document::new("科技志愿服务记录证明")
        .number(format!(
            "编号：{}　　查验码：{}",
            record.code(),
            spoken(source.text("check_code"))
        ))
        .pair("姓名", name)
        .pair("志愿者编号", source.text("volunteer"))
        .pair("证件类型", person("id_type"))
        .pair("证件号码", person("id_number"));
    if source.record.get("activity").is_some() {
        document = document.pair("活动", source.called("activity"));
    }
    if !purpose.is_empty() {
        document = document.pair("用途", purpose);
    }
    document = document.paragraph(format!(
        "兹证明{name}于{from}至{to}参加科技志愿服务，经确认的服务时长共计{total}，服务内容如下。"
    ));
    document = document.table(
        &[
            ("日期", 12),
            ("服务内容", 30),
            ("组织单位", 26),
            ("时长", 12),
        ],
        rows(record),
    );
    if status == "已更正" {
        document = document.note(format!(
            "本证明经更正，以{}为准，此前出具的同编号证明作废。",
            day(source.text("issued_on"))
        ));
    }
    document = document.note(
        "本证明依据已确认的服务记录无偿出具。可凭查验码向出具单位查询真伪。".to_owned()
            + &(if contact.is_empty() {
                String::new()
            } else {
                format!("查询电话：{contact}。")
            }),
    );
    let by = format!("经办人（{}）", source.text("issued_by"));
    let leader = if head.is_empty() {
        "负责人".to_owned()
    } else {
        format!("负责人（{head}）")
    };
    document = match SIGNERS.now(source.world) {
        1 => document.sign("", leader),
        _ => document.sign(by, leader),
    };
    Ok(document.seal(issuer, day(source.text("issued_on"))))
}

/// A check code in groups, as it is read aloud.
fn spoken(code: &str) -> String {
    let group = |from: usize, to: usize| code.get(from..to).unwrap_or("");
    format!("{} {} {}", group(0, 4), group(4, 8), group(8, 10))
}

fn rows(record: &Record) -> Vec<Vec<String>> {
    let row = |row: &Fields| {
        let text = |key: &str| row.get(key).map(ToString::to_string).unwrap_or_default();
        let minutes = text("minutes").parse().unwrap_or(0);
        vec![
            text("day"),
            text("activity"),
            text("org"),
            hours(minutes).zh,
        ]
    };
    record.rows("rows").map(row).collect()
}

/// Who leads an organisation now: the holder of its first post that has not ended.
fn head(org: &Record) -> Option<String> {
    org.rows("posts").find_map(|row| {
        let text = |key: &str| row.get(key).and_then(Value::text).unwrap_or("");
        let leads = matches!(text("post"), "总队长" | "队长" | "负责人") && text("to").is_empty();
        leads.then(|| text("holder").to_owned())
    })
}
