//! 案卷: everything about a complaint in one bundle, each sheet with its own page numbers.

use std::collections::BTreeSet;

use crate::domain::change::Entry;
use crate::domain::complaint::SPEC;
use crate::domain::field::{Privacy, Type};
use crate::domain::kind::{Code, Kind};
use crate::domain::mask::masked;
use crate::domain::record::Record;
use crate::domain::world::holding;
use crate::exchange::document::Document;
use crate::protocol::work::Paper;
use crate::service::print::letter::{self, EVIDENCE, accused, cell, evidence, name, written};
use crate::service::print::{Source, complaint, past, sanction, terms};

/// Fields that have a sheet of their own, or stand on the cover.
const ELSEWHERE: &[&str] = &[
    "evidence",
    "transfers",
    "note",
    "title",
    "day",
    "clock",
    "due_on",
    "linked",
];

/// All sheets, the cover first.
pub(super) fn documents(source: &Source, past: &[Entry]) -> Vec<Document> {
    let mut sheets = vec![register(source)];
    let papers = complaint::PAPERS.into_iter().skip(1);
    sheets.extend(papers.flat_map(|paper| match paper {
        // A letter that nobody sent is none; one that was stays, whatever came after.
        Paper::Handover => letter::passed(source).into_iter().collect(),
        paper => complaint::all(source, paper),
    }));
    for record in holding(
        source.world,
        Kind::Sanction,
        "complaint",
        source.record.code(),
    ) {
        let source = Source {
            world: source.world,
            record: &record,
            handles: source.handles,
            to: "",
        };
        let papers = [Paper::Proposal, Paper::Decision].into_iter();
        sheets.extend(papers.filter_map(|paper| sanction::document(&source, paper).ok()));
    }
    let proofs = evidence(source.record);
    if !proofs.is_empty() {
        sheets.push(source.paper("证据目录").table(&EVIDENCE, proofs));
    }
    sheets.push(times(source));
    sheets.push(course(source, past));
    let contents = contents(source, &sheets);
    let mut all = vec![cover(source), contents];
    all.append(&mut sheets);
    all
}

fn cover(source: &Source) -> Document {
    let or = |text: &str| match text {
        "" => "—".to_owned(),
        text => text.to_owned(),
    };
    source
        .paper("科技志愿服务投诉案卷")
        .pair("事由", source.text("title"))
        .pair("类别", source.text("kind"))
        .pair("来人", source.somebody())
        .pair("被反映对象", or(&accused(source)))
        .pair("受理组织", source.called("receiver"))
        .pair("承办人", or(&source.called("handler")))
        .pair("收到日期", or(source.text("day")))
        .pair("答复日期", or(source.text("answered_on")))
        .pair("办结日期", or(source.text("closed_on")))
        .pair("状态", source.record.status())
        .note("本案卷内部保存。检举控告材料不得向被反映的单位和个人透露（《信访工作条例》第三十条）。")
}

fn contents(source: &Source, sheets: &[Document]) -> Document {
    let row = |(sheet, nth): (&Document, usize)| vec![nth.to_string(), sheet.title.clone()];
    source
        .paper("卷内目录")
        .table(&[("序", 8), ("文件", 60)], sheets.iter().zip(1..).map(row))
}

/// What is in the register, the complainant's own things masked.
fn register(source: &Source) -> Document {
    let mut sheet = source.paper("登记表");
    for field in SPEC.fields.iter().filter(|field| !field.inner) {
        let Some(value) = source.record.get(field.key) else {
            continue;
        };
        if ELSEWHERE.contains(&field.key) || matches!(field.of, Type::Rows(_)) {
            continue;
        }
        let text = match field.privacy {
            Privacy::Open => written(source, value),
            _ => masked(field, value).to_string(),
        };
        sheet = sheet.pair(field.label.zh, text);
    }
    let tied = linked(source);
    if !tied.is_empty() {
        sheet = sheet.pair("关联", tied);
    }
    let moves: Vec<Vec<String>> = source
        .record
        .rows("transfers")
        .map(|row| {
            let at = |key| name(source, &cell(row, key));
            vec![at("day"), at("from"), at("to"), at("reason")]
        })
        .collect();
    if !moves.is_empty() {
        let columns = [("日期", 14), ("由", 22), ("至", 22), ("原因", 32)];
        sheet = sheet.heading("转办").table(&columns, moves);
    }
    if !source.text("note").is_empty() {
        sheet = sheet.heading("备注").paragraph(source.text("note"));
    }
    sheet
}

/// The matters that it is linked with, as far as whoever prints sees them.
fn linked(source: &Source) -> String {
    let own = source.record.code();
    let seen = source.record.refs("linked");
    let seen = seen.filter(|code| source.world.record(*code).is_some());
    // A link stands on the one that it was made from.
    let back = holding(source.world, Kind::Complaint, "linked", own);
    let all: BTreeSet<Code> = seen.chain(back.iter().map(Record::code)).collect();
    let all: Vec<String> = all.iter().map(Code::to_string).collect();
    all.join("、")
}

fn times(source: &Source) -> Document {
    let columns = [
        ("时限", 24),
        ("计算", 34),
        ("到期", 16),
        ("完成", 16),
        ("结果", 12),
    ];
    source.paper("时限").table(&columns, terms::rows(source))
}

/// What was done, by whom, when.
fn course(source: &Source, past: &[Entry]) -> Document {
    let row = |entry: &Entry| {
        let at = entry.at.get(..16).unwrap_or(&entry.at).replace('T', " ");
        let to = entry.changes.iter().find(|change| change.field == "status");
        let to = to.and_then(|change| change.to.as_ref());
        let act = past::act(source.record, &entry.action);
        vec![
            at,
            act,
            to.map_or_else(String::new, |state| format!("→ {state}")),
            entry.who.clone(),
            entry.reason.clone(),
        ]
    };
    let fields = SPEC.fields.iter();
    let days = fields.filter(|field| matches!(field.of, Type::Day) && field.key != "due_on");
    let mut days: Vec<Vec<String>> = days
        .filter_map(|field| {
            let day = source.record.day(field.key)?;
            Some(vec![day.to_string(), field.label.zh.to_owned()])
        })
        .collect();
    days.sort();
    let sheet = source
        .paper("办理经过")
        .heading("各环节")
        .table(&[("日期", 18), ("环节", 60)], days);
    // What was taken over from elsewhere has no log of its own.
    if past.is_empty() {
        return sheet;
    }
    let columns = [
        ("时间", 22),
        ("经过", 20),
        ("状态", 14),
        ("办理人", 14),
        ("原因", 24),
    ];
    sheet.heading("日志").table(&columns, past.iter().map(row))
}
