//! Papers of a sanction: what is about to be decided, and what was decided. Neither says who complained.

use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::setting::{APPEAL_DAYS, STATEMENT_DAYS};
use crate::exchange::document::Document;
use crate::protocol::work::Paper;
use crate::say;
use crate::service::print::Source;
use crate::service::print::complaint::missing;

/// The states in which it was decided and nothing took it back.
const DECIDED: &[&str] = &["生效", "申诉", "维持", "解除"];

/// One of them, or what stands in the way.
pub(super) fn document(source: &Source, paper: Paper) -> Result<Document, Refusal> {
    let status = source.record.status();
    if matches!(status, "撤销" | "不予处理") {
        return Err(ended(source));
    }
    let decided = DECIDED.contains(&status);
    match paper {
        Paper::Own if decided => Ok(decision(source)),
        Paper::Decision if decided => Ok(decision(source)),
        Paper::Decision => {
            let said = say!("还没有生效，没有处理决定书", "it is not in force yet");
            let step = match status {
                "拟议" => "notify",
                "告知" => "hear",
                "陈述" => "decide",
                _ => "enforce",
            };
            Err(missing(source, said, "第九条（七）", step))
        }
        _ => Ok(proposal(source)),
    }
}

fn ended(source: &Source) -> Refusal {
    let code = source.record.code();
    let status = source.record.status();
    let said = say!(
        "「{status}」，不再打印",
        "what is \"{status}\" is not printed"
    );
    Refusal::new(RefusalKind::Rule, said)
        .article("第九条（七）")
        .hint(say!(
            "经过见：kezhi history {code}",
            "what happened: kezhi history {code}"
        ))
}

/// A paper for whom it concerns: neither the complaint nor who complained stands in it.
fn told(source: &Source, title: &str) -> Document {
    let subject = source.called("subject");
    source.paper(title).flush(format!("{subject}："))
}

/// The team above the one that decides, where an appeal goes.
fn above(source: &Source) -> String {
    let org = source.named("org");
    let up = org.and_then(|org| source.world.record(org.refs("parent").next()?));
    up.as_ref().map_or("上一级单位", Record::title).to_owned()
}

fn grounds<'a>(source: &'a Source<'_>) -> &'a str {
    match source.text("grounds") {
        "" => "第九条（七）",
        grounds => grounds,
    }
}

/// The facts, and how grave they are where somebody wrote that.
fn facts(source: &Source, document: Document) -> Document {
    let document = document.heading("事实").paragraph(source.text("facts"));
    match source.text("serious") {
        "" => document,
        serious => document.heading("情节").paragraph(serious),
    }
}

fn proposal(source: &Source) -> Document {
    let (org, measure, grounds) = (
        source.called("org"),
        source.text("measure"),
        grounds(source),
    );
    let days = STATEMENT_DAYS.now(source.world);
    let document = told(source, "拟处理告知书").paragraph(format!(
        "根据《内蒙古自治区科技志愿服务管理办法（试行）》{grounds}，{org}拟对你作出“{measure}”的处理，现将有关事实和你的权利告知如下。"
    ));
    let mut document = facts(source, document);
    if !source.text("notice").is_empty() {
        document = document.heading("告知").paragraph(source.text("notice"));
    }
    document = document
        .heading("你的权利")
        .paragraph(format!(
            "你有权陈述和申辩：自收到本告知书之日起 {days} 日内，可以口头或书面向{org}提出，并提交证据（期限为本单位规定）。提出的事实、理由和证据成立的，应当采纳，不因申辩加重处理。"
        ))
        .paragraph("办理人员与此事有利害关系的，你有权要求其回避。");
    if !source.text("remedy").is_empty() {
        document = document
            .heading("申诉途径")
            .paragraph(source.text("remedy"));
    }
    document
        .sign("送达人（签字）", "收件人（签字、日期）")
        .seal(org, source.on("told_on"))
}

fn decision(source: &Source) -> Document {
    let (org, measure, grounds) = (
        source.called("org"),
        source.text("measure"),
        grounds(source),
    );
    let heard = match source.text("statement") {
        "" => "经告知，你在规定期限内没有陈述和申辩。".to_owned(),
        _ => format!(
            "经告知，并于{}听取了你的陈述和申辩。",
            source.on("heard_on")
        ),
    };
    let document = told(source, "处理决定书").paragraph(format!(
        "根据《内蒙古自治区科技志愿服务管理办法（试行）》{grounds}，{org}对你作出以下决定。{heard}"
    ));
    let mut document = facts(source, document)
        .heading("决定")
        .paragraph(format!("{measure}。{}", source.text("decision")));
    if !source.text("until").is_empty() {
        document = document.paragraph(format!("至{}止。", source.on("until")));
    }
    let (above, days) = (above(source), APPEAL_DAYS.now(source.world));
    let remedy = match source.text("remedy") {
        "" => {
            format!("不服本决定的，可以自收到之日起 {days} 日内向{above}申诉（期限为本单位规定）。")
        }
        remedy => remedy.to_owned(),
    };
    document = document.heading("申诉").paragraph(remedy);
    if !source.text("answer").is_empty() {
        document = document
            .heading("申诉决定")
            .paragraph(source.text("answer"));
    }
    document
        .sign("送达人（签字）", "收件人（签字、日期）")
        .seal(org, source.on("effective_on"))
}
