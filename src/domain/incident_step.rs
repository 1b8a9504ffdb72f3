//! The steps of an incident: dealing with it, aid, the claim, its end for both sides, call-backs.

use crate::domain::field::{Field, Type};
use crate::domain::incident_field::{BREACH, SATISFACTION, SIDES};
use crate::domain::kind::Kind;
use crate::domain::lifecycle::{Step, answered, noted};
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::value::{Fields, Value};
use crate::domain::world::Reckon;

const OPEN: &[&str] = &["登记", "处置"];
const DAY: Field = Field::new("day", "日期", "Day", Type::Day)
    .past()
    .help("不填即今天", "today if empty");

const fn text(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, zh, en, Type::Lines(2000)).required()
}

/// The steps.
pub const STEPS: &[Step] = &[
    Step::new("handle", "处置", "Deal with", OPEN, Some("处置"))
        .help(
            "责任人和处置措施：协调、救治、赔付",
            "who is responsible, and what is done",
        )
        .asks(&[
            Field::new("responsible", "责任人", "Responsible", Type::PersonName).required(),
            text("measures", "处置措施", "Measures"),
            Field::new("handled_on", "处置日期", "Dealt with on", Type::Day)
                .past()
                .help("不填即今天", "today if empty"),
        ])
        .own(handle),
    Step::new("aid", "援助", "Give aid", OPEN, None)
        .help(
            "给志愿者或服务对象的援助，逐次记录",
            "aid to either side, noted each time",
        )
        .asks(&[text("aid", "援助", "Aid given"), DAY])
        .own(aid),
    Step::new("claim", "报案", "Claim", OPEN, None)
        .help(
            "已向保险人报案：保单、时间、报案号",
            "the insurer was told: policy, time, number",
        )
        .asks(&[
            Field::new("insurance", "保单", "Policy", Type::Ref(Kind::Insurance))
                .help("已填的不必再填", "need not be filled again"),
            Field::new("claim_told_at", "报案时间", "Told at", Type::Moment)
                .past()
                .required(),
            Field::new("claim_no", "报案号", "Claim no.", Type::Line(40)),
        ]),
    Step::new("close", "办结", "Close", &["处置"], Some("办结"))
        .help(
            "双方的结果、结论、有无违规齐全才能办结",
            "only with the outcome for both sides, the conclusion, and whether rules were broken",
        )
        .asks(&[
            text(
                "outcome_volunteer",
                "志愿者一方的结果",
                "Outcome for the volunteer",
            ),
            text(
                "outcome_recipient",
                "服务对象一方的结果",
                "Outcome for the recipient",
            ),
            text("conclusion", "结论", "Conclusion"),
            Field::new("breach", "有无违规", "Rules broken", Type::Choice(BREACH)).required(),
        ])
        .stamp("closed_on"),
    Step::new("reopen", "重开", "Reopen", &["办结"], Some("处置"))
        .help("办结后有新情况，写明原因", "something new came up; why")
        .asks(&[Field::new("note", "原因", "Reason", Type::Lines(1000)).required()])
        .own(reopen),
    Step::new("callback", "回访", "Call back", &["办结"], None)
        .help(
            "办结后回访双方，各记一次",
            "both sides are asked, one at a time",
        )
        .asks(&[
            Field::new("side", "哪一方", "Side", Type::Choice(SIDES)).required(),
            Field::new("satisfaction", "结果", "Result", Type::Choice(SATISFACTION)).required(),
            Field::new("said", "所说", "Said", Type::Line(400)),
        ])
        .own(callback),
];

fn handle(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    answered(record, answers, reckon);
    if !answers.contains_key("handled_on") {
        record.set("handled_on", reckon.today.to_string().into());
    }
    Ok(())
}

fn said<'a>(answers: &'a Fields, key: &str) -> &'a str {
    answers.get(key).and_then(Value::text).unwrap_or("")
}

fn aid(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    let today = reckon.today.to_string();
    let day = Some(said(answers, "day")).filter(|day| !day.is_empty());
    let line = format!("{} {}", day.unwrap_or(&today), said(answers, "aid"));
    let aid = match record.text("aid") {
        "" => line,
        old => format!("{old}\n{line}"),
    };
    record.set("aid", aid.into());
    Ok(())
}

/// What was found for both sides stands until it is found anew; the calls belong to the old end.
fn reopen(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    noted(record, answers, reckon);
    for key in ["closed_on", "callbacks"] {
        record.set(key, "".into());
    }
    Ok(())
}

fn callback(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    let mut rows = record
        .get("callbacks")
        .map_or(&[][..], Value::parts)
        .to_vec();
    let mut row = answers.clone();
    row.insert("day".to_owned(), reckon.today.to_string().into());
    rows.push(Value::Map(row));
    record.set("callbacks", Value::List(rows));
    Ok(())
}
