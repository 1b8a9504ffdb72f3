//! 投诉与反映: what somebody says about teams, volunteers and activities, or asks of the office (article 19).
//!
//! Its fields stand in `complaint_field`, its steps in `complaint_step`, where it goes in `route`,
//! and what it has to be done by in `clock`.

use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::record::Record;
use crate::domain::said::t;
use crate::domain::world::Reckon;
use crate::domain::{
    clock, complaint_act, complaint_answer, complaint_field, complaint_step, complaint_tell, route,
};

/// States in which somebody still has to do something.
pub const OPEN: &[&str] = &[
    "登记", "转办", "异议", "受理", "核查", "复查", "复核", "中止", "答复",
];

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Complaint,
    key: "complaint",
    label: t("投诉", "Complaint"),
    prefix: "TS",
    width: 6,
    yearly: true,
    title: "title",
    owner: Some("receiver"),
    handler: Some("handler"),
    sealed: true,
    recency: Some("day"),
    states: &[
        state("登记", "entered", true),
        state("转办", "passed on", true),
        state("异议", "disputed", true),
        state("受理", "accepted", true),
        state("核查", "investigated", true),
        state("答复", "answered", true),
        state("复查", "under review", true),
        state("复核", "under second review", true),
        state("中止", "suspended", true),
        state("不予受理", "not accepted", false),
        state("移送", "handed over", false),
        state("撤回", "withdrawn", false),
        state("办结", "closed", false),
    ],
    first: "登记",
    fields: complaint_field::FIELDS,
    steps: complaint_step::STEPS,
    reckon,
    wind: Some(clock::wind),
    then: complaint_act::then,
    erases: complaint_act::erases,
    tell: complaint_tell::tell,
    article: "第十九条",
    ..KindSpec::BASE
};

/// Whether it waits for somebody.
pub fn open(record: &Record) -> bool {
    OPEN.contains(&record.status())
}

/// How many characters of the facts make a title where none was given.
const TITLE: usize = 24;

fn reckon(record: &mut Record, reckon: &Reckon) {
    if reckon.before.is_none() {
        if record.text("received_at").is_empty() {
            record.set("received_at", reckon.now.into());
        }
        if record.text("channel").is_empty() {
            record.set("channel", "电话".into());
        }
        record.set("taken_by", reckon.who.into());
        record.set("taker", i64::from(reckon.uid).into());
    }
    if record.text("title").is_empty() && record.status() != "移送" {
        let line = record.text("facts").lines().next().unwrap_or("");
        let short: String = line.chars().take(TITLE).collect();
        record.set("title", short.into());
    }
    let day: String = record.text("received_at").chars().take(10).collect();
    record.set("day", day.into());
    // Whom it is about decides where it goes, until somebody with the right to it decides otherwise.
    let about = |key: &str| {
        reckon
            .before
            .is_none_or(|old| old.get(key) != record.get(key))
    };
    let mut other = false;
    let whom = ["accused", "accused_other", "activity"];
    if whom.into_iter().any(about) && record.status() != "移送" {
        let had = record.text("receiver").to_owned();
        let mut sent = record.clone();
        route::send(&mut sent, reckon);
        other = had != sent.text("receiver") && record.status() == "登记";
        let (to, why) = (sent.text("receiver").to_owned(), sent.text("route"));
        if !had.is_empty() && had != to {
            let why = why.lines().last().unwrap_or("").to_owned();
            complaint_act::moved(record, &to, &why, reckon);
            let rows = record.get("transfers").cloned();
            sent.set("transfers", rows.unwrap_or_else(|| "".into()));
        }
        *record = sent;
    }
    complaint_answer::sign(record, other, reckon);
    clock::wind(record, reckon.world, reckon.today);
}
