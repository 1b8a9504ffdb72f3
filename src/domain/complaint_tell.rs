//! What is said of a complaint first: its receipt, where it goes and why, what the caller is told, and what is due.

use chrono::NaiveDate;

use crate::domain::complaint_same::same;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::route::{TOP, outside, title};
use crate::domain::said::Said;
use crate::domain::sanction_tell::offers;
use crate::domain::world::{World, holding};
use crate::domain::{clock, complaint, route, route_why};
use crate::say;

/// How many others are named as the same matter.
const NAMED: usize = 5;

/// Kinds that accuse nobody: what is said of them speaks of no accused.
const PEACEFUL: &[&str] = &["建议意见", "表扬", "个人信息"];

/// The lines said first.
pub fn tell(record: &Record, world: &dyn World, today: NaiveDate) -> Vec<Said> {
    let mut lines = Vec::new();
    let entered = matches!(record.status(), "登记" | "移送");
    if entered {
        let (code, Said { zh, en }) = (record.code(), aloud(record));
        lines.push(say!(
            "受理号 {code}，读作 {zh}",
            "receipt number {code}, read as {en}"
        ));
    }
    let accuses = !PEACEFUL.contains(&record.text("kind"));
    for line in record.text("route").lines() {
        let Said { zh, en } = route_why::said(line);
        let zh = match accuses {
            true => zh,
            false => zh.replace("被反映的", "所涉及的"),
        };
        lines.push(say!("去向：{zh}", "goes to: {en}"));
    }
    if record.status() == "登记" {
        lines.extend(caller(record, world));
    }
    if record.status() == "登记" && record.text("kind") == "举报" && record.get("outside").is_none()
    {
        let (body, code) = (outside(world), record.code());
        lines.push(say!(
            "检举控告违纪违法的，应移送{body}：先 kezhi print {code} --paper handover --to {body}，再 kezhi do handover {code} outside={body}",
            "an accusation of a breach of discipline goes to {body}: kezhi print {code} --paper handover --to {body}, then kezhi do handover {code} outside={body}"
        ));
    }
    let names = match complaint::open(record) {
        true => route::namesakes(record, world).join("、"),
        false => String::new(),
    };
    if !names.is_empty() {
        lines.push(say!(
            "操作员中有同名的{names}，是本人请回避：kezhi do recuse",
            "an operator has the name {names}: if it is the same person, step back with kezhi do recuse"
        ));
    }
    let outside = record.text("outside");
    if !outside.is_empty() {
        let code = record.code();
        lines.extend(match record.status() {
            "复查" | "复核" => Some(say!("本级之上由{outside}复查、复核，结果记在答复里", "{outside} reviews it: record its result as the answer")),
            "登记" | "转办" | "受理" | "核查" => Some(say!(
                "应移送{outside}：先 kezhi print {code} --paper handover，再 kezhi do handover {code} outside={outside}",
                "hand it over to {outside}: kezhi print {code} --paper handover, then kezhi do handover {code} outside={outside}"
            )),
            _ => None,
        });
    }
    if matches!(
        record.get("urgent"),
        Some(crate::domain::value::Value::Flag(true))
    ) && record.get("reported_on").is_none()
        && complaint::open(record)
    {
        lines.push(say!(
            "急：立即报告上一级，再 kezhi do report（信访工作条例第二十五条）",
            "urgent: tell the level above at once, then kezhi do report"
        ));
    }
    // A link stands on the one that it was made from; the other one tells it too.
    let back = holding(world, Kind::Complaint, "linked", record.code());
    let back: Vec<Code> = back.iter().map(Record::code).collect();
    let linked: Vec<Code> = record.refs("linked").chain(back.iter().copied()).collect();
    let list = back
        .iter()
        .filter(|code| !record.refs("linked").any(|one| one == **code));
    let list = list.map(Code::to_string).collect::<Vec<_>>().join("、");
    if !list.is_empty() {
        lines.push(say!("与此件关联：{list}", "tied to this one: {list}"));
    }
    if complaint::open(record) {
        let others = same(record, world, today);
        for other in others
            .iter()
            .filter(|one| !linked.contains(&one.code()))
            .take(NAMED)
        {
            let (code, to, status) = (record.code(), other.code(), other.status());
            let state = other
                .kind
                .spec()
                .said(status, crate::domain::said::Lang::En)
                .to_owned();
            lines.push(say!(
                "可能是同一事：{to}（{status}），关联：F8，或 kezhi do link {code} to={to}",
                "maybe the same matter: {to} ({state}); tie them: F8, or kezhi do link {code} to={to}"
            ));
        }
    }
    for running in clock::running(record, world, today) {
        lines.push(running.said(today));
    }
    lines.extend(offers(record, world));
    lines
}

/// The number as it is read to a caller: in groups of three digits.
fn aloud(record: &Record) -> Said {
    let code = record.code().to_string();
    let mut groups = Vec::new();
    for part in code.split('-') {
        let chars: Vec<char> = part.chars().collect();
        let size = if chars.len() == 6 {
            3
        } else {
            chars.len().max(1)
        };
        groups.extend(chars.chunks(size).map(|group| {
            let group: Vec<String> = group.iter().map(char::to_string).collect();
            group.join(" ")
        }));
    }
    Said {
        zh: groups.join("，"),
        en: groups.join(", "),
    }
}

/// What the caller is told while still on the line.
fn caller(record: &Record, world: &dyn World) -> Vec<Said> {
    let receiver = record.refs("receiver").next().unwrap_or(TOP);
    let outside = record.text("outside");
    let to = match outside {
        "" => title(world, receiver),
        body => body.to_owned(),
    };
    let mut lines = vec![match PEACEFUL.contains(&record.text("kind")) {
        true => say!(
            "请告诉来人：已登记，由{to}办理；请记下受理号，凭它查进度",
            "tell the caller: it is entered, {to} handles it; the number tells its progress"
        ),
        false => say!(
            "请告诉来人：已登记，由{to}办理，不经过被反映的一方；请记下受理号，凭它查进度",
            "tell the caller: it is entered, {to} handles it, and not those whom it is about; the number tells its progress"
        ),
    }];
    let tell = clock::CLOCKS.iter().find_map(|clock| {
        let due = matches!(clock.key, "tell" | "tell_named").then(|| clock.due(record, world));
        due.flatten()
    });
    lines.push(match tell {
        Some(due) => {
            let day = due.day;
            say!(
                "最迟 {day} 告知是否受理",
                "by {day} it is told whether it is accepted"
            )
        }
        None => say!(
            "没有姓名或联系方式，无法告知；请来人凭受理号来问",
            "without name or contact nobody can be told: the caller asks by the number"
        ),
    });
    lines
}
