//! The service records, and as many more as a benchmark asks for.

use chrono::Duration;

use crate::demo::activity::EVALUATIONS;
use crate::demo::hour::{Hour, hours};
use crate::demo::random::Random;
use crate::demo::{MARK, Plan};
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::stored;
use crate::domain::record::Record;
use crate::domain::service_record::{CONFIRMED, stints};
use crate::domain::value::Fields;

const RETURNED: [&str; 3] = ["签到表无此人，请核对", "起止与签到不符", "缺少凭据"];

/// All service records.
pub fn all(plan: &Plan) -> impl Iterator<Item = Record> + Send + '_ {
    hours(plan).map(move |hour| record(plan, &hour))
}

fn record(plan: &Plan, hour: &Hour) -> Record {
    let mut random = Random::of("service", hour.number);
    let mut record = Record::new(Kind::ServiceRecord, hour.number, Fields::new());
    record.rev = 1;
    let org = Code::new(Kind::Organisation, hour.act.team(plan));
    let person = Code::new(Kind::Volunteer, hour.person);
    let activity = Code::new(Kind::Activity, hour.act.number);
    for (key, code) in [("org", org), ("volunteer", person), ("activity", activity)] {
        record.set(key, code.to_string().into());
    }
    record.set("day", hour.day.to_string().into());
    record.set("minutes", hour.minutes.into());
    if let Some(span) = hour.span {
        record.set("start", stored(span.start).into());
        record.set("end", stored(span.end).into());
    }
    record.set("stints", stints(&record).into());
    let evidence = match random.below(4) {
        0 => format!("现场照片 {} 号", 1 + random.below(60)),
        _ => format!("签到表第 {} 页", 1 + random.below(6)),
    };
    record.set("evidence", evidence.into());
    if random.below(5) == 0 {
        record.set("evaluation", random.weighted(EVALUATIONS).into());
    }
    if random.below(2) == 0 {
        record.set("team_evaluation", random.weighted(EVALUATIONS).into());
    }
    let entered = (hour.day + Duration::days(random.between(0, 5))).min(plan.today);
    record.set("recorded_on", entered.to_string().into());
    record.set("recorded_by", hour.act.in_charge.as_str().into());
    if matches!(hour.status, CONFIRMED | "撤销") {
        let confirmed = (entered + Duration::days(random.between(0, 7))).min(plan.today);
        record.set("confirmed_on", confirmed.to_string().into());
    }
    let note = match hour.status {
        "退回" => format!("{MARK}；{}", random.pick(&RETURNED)),
        "撤销" => format!("{MARK}；重复登记，撤销"),
        _ => MARK.to_owned(),
    };
    record.set("status", hour.status.into());
    record.set("note", note.into());
    record
}
