//! Papers that carry the matter itself: the letter that passes it on, the answer, the settlement.

use crate::domain::kind::Code;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::route;
use crate::domain::value::{Fields, Value};
use crate::exchange::document::Document;
use crate::say;
use crate::service::print::complaint::missing;
use crate::service::print::{Source, day, now_said};

/// The states in which the content is there and may still go to somebody else.
const MOVES: &[&str] = &["登记", "转办", "异议", "受理", "核查"];

/// The text of a cell.
pub(super) fn cell(row: &Fields, key: &str) -> String {
    row.get(key).map(ToString::to_string).unwrap_or_default()
}

/// The name behind a code; what is no code stays as it is.
pub(super) fn name(source: &Source, text: &str) -> String {
    let found = Code::read(text).and_then(|code| source.world.record(code));
    found.map_or_else(|| text.to_owned(), |record| record.title().to_owned())
}

/// Whom it is about.
pub(super) fn accused(source: &Source) -> String {
    let listed = source.record.texts("accused").map(|one| name(source, one));
    let other = source.text("accused_other");
    let other = Some(other.to_owned()).filter(|other| !other.is_empty());
    listed.chain(other).collect::<Vec<_>>().join("、")
}

/// The evidence in rows: number, name, kind, where it is kept, SM3.
pub(super) fn evidence(record: &Record) -> Vec<Vec<String>> {
    let rows = record.rows("evidence").zip(1..);
    let row = |(row, nth): (&Fields, usize)| {
        let of = |key| cell(row, key);
        vec![
            nth.to_string(),
            of("name"),
            of("kind"),
            of("kept"),
            of("sm3"),
        ]
    };
    rows.map(row).collect()
}

/// The columns of the evidence.
pub(super) const EVIDENCE: [(&str, u16); 5] = [
    ("序", 5),
    ("名称", 26),
    ("种类", 12),
    ("存放处", 22),
    ("SM3", 25),
];

/// The letter with which it goes to another team or body, with its content.
pub(super) fn handover(source: &Source) -> Result<Document, Refusal> {
    let status = source.record.status();
    if !MOVES.contains(&status) {
        let code = source.record.code();
        return Err(Refusal::new(
            RefusalKind::Rule,
            match status {
                "移送" => say!(
                    "已经移送，内容不再留存，没有可印的移送函",
                    "it was handed over and its content is not kept"
                ),
                _ => say!(
                    "「{status}」的不再转办或移送",
                    "what is \"{status}\" is not passed on any more"
                ),
            },
        )
        .article("第十九条")
        .hint(say!(
            "移送函要在 kezhi do handover 之前打印；回执：kezhi print {code} --paper receipt",
            "print the letter before kezhi do handover; the receipt: kezhi print {code} --paper receipt"
        )));
    }
    match passed(source) {
        Some(letter) if status == "转办" && source.to.is_empty() => Ok(letter),
        _ => Ok(sent_away(source)),
    }
}

/// The letter of the last time that it was passed on; none where it never was.
pub(super) fn passed(source: &Source) -> Option<Document> {
    let row = source.record.rows("transfers").last()?;
    let why = cell(row, "reason");
    let document = opened(source, "转办函", &name(source, &cell(row, "to")), &why);
    let (from, on) = (name(source, &cell(row, "from")), day(&cell(row, "day")));
    Some(document
        .paragraph("不属于你单位职权范围的，请自收到之日起 5 个工作日内提出异议并说明理由。检举控告材料不得向被反映的单位和个人透露（《信访工作条例》第二十三条、第三十条）。")
        .seal(from, on))
}

/// The letter to a body beside the teams: the one that was asked for, that the route says, or the first of the list.
fn sent_away(source: &Source) -> Document {
    let to = match (source.to, source.text("outside")) {
        ("", "") => route::outside(source.world),
        ("", outside) => outside,
        (to, _) => to,
    };
    opened(source, "移送函", to, source.text("route"))
        .paragraph(
            "检举控告材料不得向被反映的单位和个人透露（《信访工作条例》第三十条）。请出具回执。",
        )
        .seal(source.called("receiver"), now_said())
}

/// Such a letter as far as its content goes.
fn opened(source: &Source, title: &str, to: &str, why: &str) -> Document {
    let deed = title.trim_end_matches('函');
    let mut document = source
        .paper(title)
        .flush(format!("{to}："))
        .paragraph(format!(
            "现将{}收到的一件{}{deed}你单位，请依照《信访工作条例》第二十三条办理。",
            source.on("day"),
            source.text("kind")
        ));
    if !why.is_empty() {
        document = document.heading("理由").paragraph(why);
    }
    document = document
        .heading("内容")
        .pair("事由", source.text("title"))
        .pair("被反映对象", accused(source));
    document = match source.kept_back() {
        true => document.pair("来人", "姓名和联系方式不随函"),
        false => document
            .pair("来人", source.party())
            .pair("联系方式", source.text("contact")),
    };
    document = document.heading("事实").paragraph(source.text("facts"));
    if !source.text("claims").is_empty() {
        document = document.heading("请求").paragraph(source.text("claims"));
    }
    let rows = evidence(source.record);
    if !rows.is_empty() {
        document = document.heading("证据").table(&EVIDENCE, rows);
    }
    document
}

/// What was answered, oldest first; of a matter without rows the answer that stands in its fields.
fn given(source: &Source) -> Vec<Fields> {
    let rows: Vec<Fields> = source.record.rows("answers").cloned().collect();
    let stages = [
        ("rechecked_on", "复核"),
        ("review_answered_on", "复查"),
        ("answered_on", "答复"),
    ];
    let done = |(key, _): &(&str, &str)| source.record.day(key).is_some();
    match stages.into_iter().find(done) {
        Some((key, stage)) if rows.is_empty() => {
            let mut row = source.record.fields.clone();
            row.insert("stage".to_owned(), stage.into());
            row.insert("day".to_owned(), source.text(key).into());
            row.insert("org".to_owned(), source.text("receiver").into());
            vec![row]
        }
        _ => rows,
    }
}

/// The answer of the last stage.
pub(super) fn answer(source: &Source) -> Result<Document, Refusal> {
    answers(source).pop().ok_or_else(|| {
        let said = say!("还没有答复，没有答复意见书", "it is not answered yet");
        missing(source, said, "信访工作条例第三十二条", "answer")
    })
}

/// The answers of every stage: claims, facts, reasons, decision, its basis, the way to a review (信访工作条例 32).
pub(super) fn answers(source: &Source) -> Vec<Document> {
    given(source)
        .iter()
        .map(|row| opinion(source, row))
        .collect()
}

fn opinion(source: &Source, row: &Fields) -> Document {
    let claims = match source.text("claims") {
        "" => "（没有提出具体请求）",
        claims => claims,
    };
    let of = |key| cell(row, key);
    let mut document = source
        .paper(&format!("{}意见书", of("stage")))
        .flush(format!("{}：", source.party()))
        .paragraph(format!("{}，现答复如下。", source.about()))
        .heading("一、投诉请求")
        .paragraph(claims)
        .heading("二、查明的事实和理由")
        .paragraph(of("found"))
        .paragraph(of("reasons"))
        .heading("三、处理意见及其法律依据")
        .paragraph(format!("{}。", of("decision")))
        .paragraph(of("basis"));
    let settled = source.text("settlement");
    if !settled.is_empty() {
        document = document.paragraph(settled);
    }
    document
        .heading("四、复查途径")
        .paragraph(of("remedy"))
        .seal(name(source, &of("org")), day(&of("day")))
}

/// What both sides agreed on.
pub(super) fn settlement(source: &Source) -> Result<Document, Refusal> {
    let text = source.text("settlement");
    if text.is_empty() {
        let said = say!("没有达成调解或和解", "no agreement was reached");
        return Err(missing(source, said, "信访工作条例第三十三条", "mediate"));
    }
    Ok(source
        .paper("调解（和解）协议书")
        .pair("一方", source.party())
        .pair("另一方", accused(source))
        .pair("主持", source.signer("mediate"))
        .paragraph(format!(
            "各方就“{}”一事，根据《信访工作条例》第三十三条，自愿达成协议如下。",
            source.text("title")
        ))
        .paragraph(text)
        .paragraph("本协议自各方签字之日起生效，各执一份，由主持单位存档一份。")
        .sign("一方（签字）", "另一方（签字）")
        .sign("主持人（签字）", "")
        .seal(source.signer("mediate"), source.on("closed_on")))
}

/// A value as the register writes it: codes by the names behind them.
pub(super) fn written(source: &Source, value: &Value) -> String {
    let parts = value
        .parts()
        .iter()
        .map(|part| name(source, &part.to_string()));
    parts.collect::<Vec<_>>().join("、")
}
