//! What is said of an incident first, and of incidents where they belong: on an activity, on a volunteer.

use chrono::NaiveDate;

use crate::domain::clock::running;
use crate::domain::cover::policies;
use crate::domain::incident_field::SIDES;
use crate::domain::incident_rule::called;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::said::{Lang, Said};
use crate::domain::sanction_tell::measures;
use crate::domain::world::{World, holding};
use crate::say;

/// The lines.
pub fn tell(record: &Record, world: &dyn World, today: NaiveDate) -> Vec<Said> {
    let clocks = running(record, world, today);
    let mut lines: Vec<Said> = clocks.iter().map(|one| one.said(today)).collect();
    let code = record.code();
    if record.live() && record.text("insurance").is_empty() {
        for policy in policies(world, record) {
            let title = world.record(policy);
            let title = title.as_ref().map_or("", Record::title);
            lines.push(say!(
                "保单 {policy} {title} 承保当时：kezhi edit {code} insurance={policy}",
                "the policy {policy} {title} covers it: kezhi edit {code} insurance={policy}"
            ));
        }
    }
    if record.status() == "办结" {
        let left = SIDES.iter().filter(|side| !called(record, side.zh));
        for side in left {
            let (zh, en) = (side.zh, side.en);
            lines.push(say!(
                "还没有回访{zh}：kezhi do callback {code} side={zh} satisfaction=...",
                "the {en} was not called back: kezhi do callback {code} side={zh} satisfaction=..."
            ));
        }
    }
    if record.text("breach") == "有违规" {
        for person in record.refs("volunteers") {
            let names = measures(Kind::Volunteer);
            lines.push(say!(
                "有违规，可对 {person} 拟议处理（{names}）：kezhi new sanction incident={code} subject={person} measure=... facts=...",
                "rules were broken; {person} may be sanctioned ({names}): kezhi new sanction incident={code} subject={person} measure=... facts=..."
            ));
        }
    }
    lines
}

/// The incidents of an activity or a volunteer, a line each, those that wait first.
pub fn of(world: &dyn World, field: &str, code: Code) -> Vec<Said> {
    let mut found = holding(world, Kind::Incident, field, code);
    found.sort_by_key(|one| (!one.live(), std::cmp::Reverse(one.text("day").to_owned())));
    found.iter().map(line).collect()
}

fn line(record: &Record) -> Said {
    let (code, title, day) = (record.code(), record.title(), record.text("day"));
    let spec = record.kind.spec();
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| spec.said(record.status(), lang));
    match record.text("due_on") {
        due if record.live() && !due.is_empty() => say!(
            "损害事件 {code} {day} {title}：{zh}，{due} 前办理",
            "incident {code} {day} {title}: {en}, due by {due}"
        ),
        _ => say!(
            "损害事件 {code} {day} {title}：{zh}",
            "incident {code} {day} {title}: {en}"
        ),
    }
}
