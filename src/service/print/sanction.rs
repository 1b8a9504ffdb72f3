//! Papers of a sanction: what is about to be decided, and what was decided. Neither says who complained.

use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::exchange::document::Document;
use crate::protocol::work::Paper;
use crate::say;
use crate::service::print::Source;
use crate::service::print::complaint::missing;

/// One of them, or what stands in the way.
pub(super) fn document(source: &Source, paper: Paper) -> Result<Document, Refusal> {
    let status = source.record.status();
    match paper {
        Paper::Decision => decision(source),
        Paper::Own if status == "生效" => decision(source),
        _ => proposal(source),
    }
}

/// A paper for whom it concerns.
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

fn revoked() -> Refusal {
    let said = say!(
        "这项处理已撤销，不再打印",
        "a revoked sanction is not printed"
    );
    Refusal::new(RefusalKind::Rule, said)
        .article("第九条（七）")
        .hint(say!(
            "经过见：kezhi history 编号",
            "what happened: kezhi history CODE"
        ))
}

fn proposal(source: &Source) -> Result<Document, Refusal> {
    let (org, measure) = (source.called("org"), source.text("measure"));
    if source.record.status() == "撤销" {
        return Err(revoked());
    }
    Ok(told(source, "拟处理告知书")
        .paragraph(format!(
            "根据《内蒙古自治区科技志愿服务管理办法（试行）》第九条（七），{org}拟对你作出“{measure}”的处理，现将有关事实和你的权利告知如下。"
        ))
        .heading("事实")
        .paragraph(source.text("facts"))
        .heading("你的权利")
        .paragraph(format!(
            "你有权陈述和申辩，可以口头或书面向{org}提出，并提交证据；提出的事实、理由和证据成立的，应当采纳，不因申辩加重处理。"
        ))
        .paragraph("决定作出之前，你有权了解所依据的事实；办理人员与此事有利害关系的，你有权要求其回避。")
        .sign("送达人（签字）", "收件人（签字、日期）")
        .seal(org, crate::service::print::now_said()))
}

fn decision(source: &Source) -> Result<Document, Refusal> {
    match source.record.status() {
        "生效" => {}
        "撤销" => return Err(revoked()),
        _ => {
            let said = say!("还没有作出决定", "nothing was decided yet");
            return Err(missing(source, said, "第九条（七）", "decide"));
        }
    }
    let (org, measure, above) = (source.called("org"), source.text("measure"), above(source));
    Ok(told(source, "处理决定书")
        .paragraph(format!(
            "根据《内蒙古自治区科技志愿服务管理办法（试行）》第九条（七），经告知并听取陈述和申辩，{org}对你作出以下决定。"
        ))
        .heading("事实")
        .paragraph(source.text("facts"))
        .heading("决定")
        .paragraph(format!("{measure}。"))
        .heading("申诉")
        .paragraph(format!(
            "不服本决定的，可以向{org}申请复核，或者向{above}申诉。申诉期间不停止本决定的执行，{above}另有决定的除外。"
        ))
        .sign("送达人（签字）", "收件人（签字、日期）")
        .seal(org, crate::service::print::now_said()))
}
