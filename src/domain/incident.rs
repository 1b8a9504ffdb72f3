//! 损害事件: harm done in service, by volunteers or to them (article 18).
//!
//! Its fields stand in `incident_field`, its steps in `incident_step`. It is sealed: what came of a
//! complaint is kept from whoever the complaint is kept from; otherwise it follows its team.

use crate::domain::cover::policies;
use crate::domain::harm::{behind, walled};
use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::moment::begins;
use crate::domain::record::Record;
use crate::domain::value::Fields;
use crate::domain::world::Reckon;
use crate::domain::{clock, incident_field, incident_step, incident_tell};

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Incident,
    key: "incident",
    label: crate::domain::said::t("损害事件", "Incident"),
    prefix: "SH",
    width: 6,
    yearly: true,
    title: "title",
    owner: Some("org"),
    sealed: true,
    recency: Some("day"),
    states: &[
        state("登记", "entered", true),
        state("处置", "dealt with", true),
        state("办结", "closed", false),
    ],
    first: "登记",
    fields: incident_field::FIELDS,
    steps: incident_step::STEPS,
    reckon,
    tell: incident_tell::tell,
    article: "第十八条",
    ..KindSpec::BASE
};

fn reckon(record: &mut Record, reckon: &Reckon) {
    let day: String = record.text("happened_at").chars().take(10).collect();
    record.set("day", day.clone().into());
    let moved = |record: &Record, key: &str| {
        let before = reckon.before;
        before.is_some_and(|old| old.get(key) != record.get(key))
    };
    let activity = reckon.named(record, "activity");
    if let Some(activity) = &activity {
        let typed = moved(record, "org") || reckon.given.contains_key("org");
        if record.text("org").is_empty() || (moved(record, "activity") && !typed) {
            record.set("org", activity.text("org").into());
        }
        if record.text("place").is_empty() {
            record.set("place", activity.text("place").into());
        }
    }
    if record.text("title").is_empty() {
        let of = activity.as_ref().map_or(day.as_str(), Record::title);
        record.set("title", format!("损害：{of}").into());
    }
    if reckon.before.is_none() {
        if record.text("entered_on").is_empty() {
            record.set("entered_on", reckon.today.to_string().into());
        }
        if record.text("insurance").is_empty()
            && let [policy] = policies(reckon.world, record).as_slice()
        {
            record.set("insurance", policy.to_string().into());
        }
    }
    // A complaint that the caller does not see does not open what it closed.
    if let Some(complaint) = reckon.named(record, "complaint") {
        behind(record, Some(&complaint), &[]);
    }
    clock::wind(record, reckon.world, reckon.today);
}

/// The incident that a complaint of harm tells of: where and when, and none of its words.
///
/// The organising unit deals with it, unless the complaint is kept from it: then whoever receives that.
pub fn told_of(complaint: &Record, reckon: &Reckon) -> Option<Record> {
    let stays = complaint.text("outside").is_empty() && complaint.live();
    if complaint.text("kind") != "损害" || !stays {
        return None;
    }
    let mut record = Record::new(Kind::Incident, 0, Fields::new());
    behind(&mut record, Some(complaint), &[]);
    let world = reckon.world;
    let accused = complaint.refs("accused");
    let activity = complaint
        .refs("activity")
        .chain(accused.filter(|code| code.kind == Kind::Activity))
        .next();
    let org = activity
        .and_then(|code| world.record(code)?.refs("org").next())
        .filter(|org| !walled(&record, world, *org))
        .map(|org| org.to_string());
    record.set(
        "org",
        org.unwrap_or_else(|| complaint.text("receiver").to_owned())
            .into(),
    );
    if let Some(activity) = activity {
        record.set("activity", activity.to_string().into());
    }
    let happened = match complaint.text("happened_at") {
        "" => complaint.text("day"),
        said => said,
    };
    let people = complaint.refs("accused");
    let people = people.filter(|code| code.kind == Kind::Volunteer);
    let people: Vec<String> = people.map(|code| code.to_string()).collect();
    record.set("complaint", complaint.code().to_string().into());
    record.set("direction", "志愿者致服务对象".into());
    record.set("happened_at", happened.into());
    record.set("place", complaint.text("place").into());
    record.set("volunteers", people.into());
    record.set("status", SPEC.first.into());
    Some(record)
}

/// When it happened, as far as anybody said.
pub fn happened(record: &Record) -> Option<chrono::NaiveDateTime> {
    begins(record.text("happened_at"))
}
