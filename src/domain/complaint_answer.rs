//! The answers of a complaint, and which team did what a paper tells of.

use crate::domain::complaint_act::{Done, deliver, row, text};
use crate::domain::lifecycle::answered;
use crate::domain::record::Record;
use crate::domain::route::{self, TOP, title};
use crate::domain::value::{Fields, Value};
use crate::domain::world::Reckon;

/// An answer: the first one, that of the review, or that of the second review.
pub fn answer(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Done {
    let delivered = ["delivered_on", "delivered_how"];
    let mut said = answers.clone();
    said.retain(|key, _| !delivered.contains(&key.as_str()));
    answered(record, &said, reckon);
    let asked = |on: &str, done: &str| record.get(on).is_some() && record.get(done).is_none();
    let stamp = match () {
        () if asked("recheck_on", "rechecked_on") => "rechecked_on",
        () if asked("review_on", "review_answered_on") => "review_answered_on",
        () => "answered_on",
    };
    record.set(stamp, reckon.today.to_string().into());
    // How an earlier one was delivered says nothing of this one.
    record.set("delivered_how", Value::from(""));
    let mut how = answers.clone();
    how.retain(|key, _| delivered.contains(&key.as_str()));
    deliver(record, &how, reckon)?;
    // Each answer names the next way; that of an earlier one is no longer true.
    if text(answers, "remedy").is_empty() {
        let remedy = remedy(record, stamp, reckon);
        record.set("remedy", remedy.into());
    }
    keep(record, stamp, reckon);
    Ok(())
}

/// Who does it: the body above the region's teams that reviews it, or the team that has it.
fn by(record: &Record, reviewed: bool) -> String {
    match record.text("outside") {
        body if reviewed && !body.is_empty() => body.to_owned(),
        _ => record.text("receiver").to_owned(),
    }
}

/// Keeps an answer beside those before it.
fn keep(record: &mut Record, stamp: &str, reckon: &Reckon) {
    let stage = match stamp {
        "rechecked_on" => "复核",
        "review_answered_on" => "复查",
        _ => "答复",
    };
    let said = ["found", "reasons", "outcome", "decision", "basis", "remedy"];
    let said = said.map(|key| (key, record.text(key).to_owned()));
    let [found, reasons, outcome, decision, basis, remedy] = said;
    let cells = [
        ("stage", stage.to_owned()),
        ("day", reckon.today.to_string()),
        ("org", by(record, stage != "答复")),
        found,
        reasons,
        outcome,
        decision,
        basis,
        remedy,
    ];
    row(record, "answers", cells);
}

/// Acts about which a paper tells, and whether a body outside may do them.
const SIGNED: &[(&str, bool)] = &[
    ("new", false),
    ("accept", false),
    ("reject", false),
    ("extend", false),
    ("mediate", false),
    ("review", true),
    ("recheck", true),
];

/// Notes which team took the step, for the paper about it; `sent` anew, another one received it.
pub fn sign(record: &mut Record, sent: bool, reckon: &Reckon) {
    let act = match sent {
        true => "new",
        false => reckon.act,
    };
    if let Some((act, outside)) = SIGNED.iter().find(|(key, _)| *key == act) {
        let cells = [
            ("act", (*act).to_owned()),
            ("day", reckon.today.to_string()),
            ("org", by(record, *outside)),
        ];
        row(record, "signed", cells);
    }
}

/// The way to a review, where the answer names none.
fn remedy(record: &Record, stamp: &str, reckon: &Reckon) -> String {
    let receiver = record.refs("receiver").next().unwrap_or(TOP);
    let way = route::above(record, reckon.world, receiver, reckon.today);
    let to = way.receiver.map(|to| title(reckon.world, to));
    let to = to.unwrap_or_else(|| route::outside(reckon.world).to_owned());
    match stamp {
        "rechecked_on" => "复核意见为最终意见，不再受理（信访工作条例第三十六条）".to_owned(),
        "review_answered_on" => {
            format!("不服的，自收到之日起三十日内可请求{to}复核（信访工作条例第三十六条）")
        }
        _ => format!("不服的，自收到之日起三十日内可请求{to}复查（信访工作条例第三十五条）"),
    }
}
