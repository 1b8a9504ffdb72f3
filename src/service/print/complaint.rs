//! Papers of a complaint: which there are, and those that tell the complainant how it stands.

use crate::domain::complaint::SPEC;
use crate::domain::kind::Code;
use crate::domain::mask::masked;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Said;
use crate::domain::value::Value;
use crate::exchange::document::Document;
use crate::protocol::work::Paper;
use crate::say;
use crate::service::print::{Source, day, letter, now_said, past, terms};

/// What stands for somebody whose name is not told.
const SOMEBODY: &str = "来人";

/// The papers of a complaint, in the order in which they come; the case file bundles them.
pub(super) const PAPERS: [Paper; 9] = [
    Paper::Own,
    Paper::Receipt,
    Paper::Acceptance,
    Paper::Refusal,
    Paper::Extension,
    Paper::Handover,
    Paper::Answer,
    Paper::Review,
    Paper::Settlement,
];

/// The paper that fits the state.
fn own(source: &Source) -> Paper {
    let done = |key: &str| source.record.day(key).is_some();
    match source.record.status() {
        "受理" | "核查" | "中止" if done("extended_on") => Paper::Extension,
        "受理" | "核查" | "中止" => Paper::Acceptance,
        "转办" => Paper::Handover,
        "复查" | "复核" => Paper::Review,
        "不予受理" => Paper::Refusal,
        "答复" | "办结" if !source.text("settlement").is_empty() => Paper::Settlement,
        "答复" | "办结" if done("answered_on") => Paper::Answer,
        "办结" if !source.text("turn_to").is_empty() => Paper::Refusal,
        _ => Paper::Receipt,
    }
}

/// One of them, or what stands in the way.
pub(super) fn document(source: &Source, paper: Paper) -> Result<Document, Refusal> {
    let paper = match paper {
        Paper::Own => own(source),
        paper => paper,
    };
    match paper {
        Paper::Acceptance => acceptance(source),
        Paper::Refusal => refusal(source),
        Paper::Extension => extension(source),
        Paper::Review => review(source, source.record.day("recheck_on").is_some()),
        Paper::Handover => letter::handover(source),
        Paper::Answer => letter::answer(source),
        Paper::Settlement => letter::settlement(source),
        _ => Ok(receipt(source)),
    }
}

/// All papers of a kind that there are, of every stage, as they came.
pub(super) fn all(source: &Source, paper: Paper) -> Vec<Document> {
    match paper {
        Paper::Answer => letter::answers(source),
        Paper::Review => [false, true]
            .into_iter()
            .filter_map(|second| review(source, second).ok())
            .collect(),
        // Only the letter with which it went; a draft of one that nobody sent is no part of the file.
        Paper::Handover if source.record.status() != "转办" => Vec::new(),
        paper => document(source, paper).into_iter().collect(),
    }
}

/// The refusal of a paper about something that was not done yet.
pub(super) fn missing(source: &Source, said: Said, article: &str, step: &str) -> Refusal {
    let code = source.record.code();
    Refusal::new(RefusalKind::Rule, said)
        .article(article)
        .hint(say!(
            "先做这一步：kezhi do {step} {code}；现在能打印的：kezhi print {code}",
            "take the step first: kezhi do {step} {code}; what can be printed now: kezhi print {code}"
        ))
}

impl Source<'_> {
    fn is(&self, key: &str) -> bool {
        self.record.get(key) == Some(&Value::Flag(true))
    }

    /// Whether the complainant's name must not go to other bodies.
    pub(super) fn kept_back(&self) -> bool {
        self.is("confidential") || self.is("anonymous") || !self.handles
    }

    /// The complainant, as far as whoever prints may be told.
    pub(super) fn party(&self) -> String {
        let name = self.record.get("complainant");
        match (name, SPEC.field("complainant")) {
            (Some(name), _) if self.handles => name.to_string(),
            (Some(name), Some(field)) => format!("{SOMEBODY}（{}）", masked(field, name)),
            _ => SOMEBODY.to_owned(),
        }
    }

    /// The complainant without a name.
    pub(super) fn somebody(&self) -> String {
        match (self.record.get("complainant"), SPEC.field("complainant")) {
            (Some(name), Some(field)) => format!("{SOMEBODY}（{}）", masked(field, name)),
            _ => SOMEBODY.to_owned(),
        }
    }

    /// A day of the record as documents write it; today where it has none.
    pub(super) fn on(&self, key: &str) -> String {
        match self.text(key) {
            "" => now_said(),
            text => day(text),
        }
    }

    /// A paper of this matter: its title, number, whom it addresses.
    pub(super) fn paper(&self, title: &str) -> Document {
        Document::new(title).number(format!("编号：{}", self.record.code()))
    }

    /// A paper for the complainant.
    fn told(&self, title: &str) -> Document {
        self.paper(title).flush(format!("{}：", self.party()))
    }

    /// What it is about, in a few words between quotation marks.
    pub(super) fn about(&self) -> String {
        let (when, title) = (self.on("day"), self.text("title"));
        format!("您于{when}反映的“{title}”一事")
    }

    /// Whoever took a step last: a team or a body outside, by name; the receiver where it is not noted.
    fn signed(&self, act: &str) -> String {
        let rows = self.record.rows("signed");
        let rows = rows.filter(|row| letter::cell(row, "act") == act);
        rows.last().map_or_else(
            || self.text("receiver").to_owned(),
            |row| letter::cell(row, "org"),
        )
    }

    /// Who signs the paper about a step.
    pub(super) fn signer(&self, act: &str) -> String {
        letter::name(self, &self.signed(act))
    }

    /// The handler, where there is one, and how to reach the desk that signs.
    fn reach(&self, mut document: Document, act: &str) -> Document {
        let signed = self.signed(act);
        let handler = self.called("handler");
        // Whoever handles it now belongs to whoever has it now.
        if !handler.is_empty() && signed == self.text("receiver") {
            document = document.pair("承办人", handler);
        }
        let desk = Code::read(&signed).and_then(|code| self.world.record(code));
        let phone = desk.as_ref().map_or("", |org| org.text("phone"));
        if !phone.is_empty() {
            document = document.pair("查询电话", phone);
        }
        document
    }
}

fn receipt(source: &Source) -> Document {
    let record = source.record;
    let mut document = source.told("受理回执").paragraph(format!(
        "{}，本单位已经登记。查询办理情况请报受理号 {}。",
        source.about(),
        record.code()
    ));
    let received = source.text("received_at").replace('T', " ");
    document = document
        .pair("收到时间", received)
        .pair("渠道", source.text("channel"))
        .pair("类别", source.text("kind"))
        .pair("受理组织", source.signer("new"));
    let contact = source.text("contact");
    if source.handles && !contact.is_empty() {
        document = document.pair("联系方式", contact);
    }
    if record.status() == "移送" {
        document = document.pair(
            "移送",
            format!("{}于{}", source.text("outside"), source.on("handed_on")),
        );
    }
    document = source.reach(document, "new");
    document
        .paragraph("本单位自收到之日起 15 日内书面告知是否受理（《信访工作条例》第二十三条）。")
        .seal(source.signer("new"), source.on("day"))
}

fn acceptance(source: &Source) -> Result<Document, Refusal> {
    if source.record.day("accepted_on").is_none() {
        let said = say!("还没有受理，没有受理告知书", "it is not accepted yet");
        return Err(missing(source, said, "信访工作条例第二十三条", "accept"));
    }
    let mut document = source.told("受理告知书").paragraph(format!(
        "{}，经审查属于本单位职责范围，根据《信访工作条例》第二十三条，决定自{}起予以受理。",
        source.about(),
        source.on("accepted_on")
    ));
    let term = terms::decision(source, false);
    if !term.is_empty() {
        document = document.pair("办理期限", term);
    }
    document = source.reach(document, "accept");
    Ok(document
        .paragraph("情况复杂的，经本单位负责人批准可以延长办理期限，并告知您延期理由（《信访工作条例》第三十四条）。")
        .seal(source.signer("accept"), source.on("accepted_on")))
}

fn refusal(source: &Source) -> Result<Document, Refusal> {
    let turn_to = source.text("turn_to");
    if turn_to.is_empty() {
        let said = say!(
            "没有作出不予受理的决定",
            "no decision was made not to accept it"
        );
        return Err(missing(source, said, "信访工作条例第二十三条", "reject"));
    }
    Ok(source
        .told("不予受理告知书")
        .paragraph(format!(
            "{}，经审查不属于本单位职责范围，根据《信访工作条例》第二十三条，不予受理。",
            source.about()
        ))
        .heading("理由")
        .paragraph(past::reason(source.record, "reject"))
        .heading("应向谁提出")
        .paragraph(turn_to)
        .seal(source.signer("reject"), source.on("told_on")))
}

fn extension(source: &Source) -> Result<Document, Refusal> {
    if source.record.day("extended_on").is_none() {
        let said = say!("没有延期，没有延期告知书", "it was not extended");
        return Err(missing(source, said, "信访工作条例第三十四条", "extend"));
    }
    let days = source.record.int("extended_days");
    let mut document = source.told("延期告知书").paragraph(format!(
        "{}，因情况复杂，经本单位负责人批准，办理期限延长 {days} 日（《信访工作条例》第三十四条）。",
        source.about()
    ));
    let term = terms::decision(source, true);
    if !term.is_empty() {
        document = document.pair("延长后的期限", term);
    }
    document = document
        .heading("延期理由")
        .paragraph(past::reason(source.record, "extend"));
    document = source.reach(document, "extend");
    Ok(document.seal(source.signer("extend"), source.on("extended_on")))
}

fn review(source: &Source, second: bool) -> Result<Document, Refusal> {
    let (word, on, before, article, step) = match second {
        true => ("复核", "recheck_on", "复查意见", "第三十六条", "recheck"),
        false => ("复查", "review_on", "答复意见", "第三十五条", "review"),
    };
    if source.record.day(on).is_none() {
        let said = say!("来人还没有申请复查", "no review was asked for");
        return Err(missing(source, said, "信访工作条例第三十五条", "review"));
    }
    let asked = source.on(on);
    let mut document = source
        .told(&format!("{word}受理告知书"))
        .paragraph(format!(
            "您对“{}”一事的{before}不服，于{asked}申请{word}。根据《信访工作条例》{article}，本单位予以受理，自收到申请之日起 30 日内提出{word}意见，书面答复您。",
            source.text("title")
        ))
        .heading("申请理由")
        .paragraph(past::reason(source.record, step));
    document = source.reach(document, step);
    Ok(document.seal(source.signer(step), asked))
}
