//! The incidents: who was harmed, what was done about it, and how it ended for both sides (article 18).

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};

use crate::demo::act::Act;
use crate::demo::clerk::CLERK;
use crate::demo::course::{Answers, Moment};
use crate::demo::material::{lines, shuffled};
use crate::demo::matter::came;
use crate::demo::number::Drawn;
use crate::demo::random::Random;
use crate::demo::{MARK, Plan, name, person};
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::stored;
use crate::domain::record::Record;
use crate::domain::value::{Fields, Value};

/// D19: harm that is not settled, at size M.
const UNSETTLED: usize = 5;

/// Within so many days everything else is closed.
const SETTLED: i64 = 12;

/// The steps, and how many days after the entry they are taken.
const COURSE: [(&str, (i64, i64)); 6] = [
    ("handle", (0, 1)),
    ("claim", (0, 1)),
    ("aid", (1, 3)),
    ("close", (5, SETTLED)),
    ("callback", (13, 16)),
    ("callback", (13, 18)),
];

/// One incident before it is written down.
struct Harm<'a> {
    at: usize,
    act: Option<&'a Act>,
    complaint: Option<&'a Record>,
    day: NaiveDate,
    /// Whether it is left unsettled on purpose.
    open: bool,
}

/// All incidents, in the order of their days.
pub fn all(plan: &Plan) -> Vec<Record> {
    let mut found = harms(plan);
    found.sort_by_key(|harm| (harm.day, harm.at));
    let insured = insured(plan);
    let mut numbers = Drawn::default();
    let records = found.iter().map(|harm| {
        let mut random = Random::of("incident", harm.at as u64);
        let number = numbers.next(&mut random, harm.day);
        record(plan, harm, number, &insured, &mut random)
    });
    records.collect()
}

/// Those that complaints tell of, those that are planted, and those of activities here and there.
fn harms(plan: &Plan) -> Vec<Harm<'_>> {
    let complaints = plan.matters().iter();
    let told = complaints.filter(|one| one.text("kind") == "损害" && one.status() != "移送");
    let mut found: Vec<Harm> = told
        .filter_map(|complaint| {
            let day = complaint.day("day")?;
            Some((None, Some(complaint), day, false))
        })
        .take(plan.size.deeds.incidents / 2)
        .map(|(act, complaint, day, open)| Harm {
            at: 0,
            act,
            complaint,
            day,
            open,
        })
        .collect();
    let acts = &plan.work().acts;
    let order = shuffled("incident", acts.len()).into_iter();
    let order: Vec<&Act> = order
        .filter_map(|at| acts.get(at))
        .filter(|act| act.state == "结项" && act.flaw.is_none() && !act.online)
        .filter(|act| came(plan, act).is_some())
        .collect();
    let age = |act: &Act| (plan.today - act.day()).num_days();
    // Long enough ago to be late whatever holidays lie between.
    let late = order.iter().filter(|act| (25..=120).contains(&age(act)));
    let late = late
        .take(plan.size.planted(UNSETTLED))
        .map(|act| (*act, true));
    let others = order.iter().filter(|act| !(25..=120).contains(&age(act)));
    let want = plan.size.deeds.incidents.saturating_sub(found.len());
    let acts = late.chain(others.map(|act| (*act, false))).take(want);
    found.extend(acts.map(|(act, open)| Harm {
        at: 0,
        act: Some(act),
        complaint: None,
        day: act.day(),
        open,
    }));
    for (at, harm) in found.iter_mut().enumerate() {
        harm.at = at;
    }
    found
}

/// The policy of each dangerous activity, by its code.
fn insured(plan: &Plan) -> BTreeMap<String, String> {
    let policies = plan.policies().filter(|policy| policy.live());
    let accident = policies.filter(|policy| policy.text("kind") != "公众责任");
    let own = accident.filter_map(|policy| {
        let activity = policy.refs("activity").next()?;
        Some((activity.to_string(), policy.code().to_string()))
    });
    own.collect()
}

fn record(
    plan: &Plan,
    harm: &Harm,
    number: u64,
    insured: &BTreeMap<String, String>,
    random: &mut Random,
) -> Record {
    let mut record = Record::new(Kind::Incident, number, Fields::new());
    record.rev = 1;
    let rows = lines("harm");
    let row = rows.get(harm.at % rows.len().max(1));
    let word = |nth: usize| row.and_then(|row| row.get(nth)).copied().unwrap_or("");
    for (key, nth) in [
        ("direction", 0),
        ("title", 1),
        ("course", 2),
        ("injuries", 3),
    ] {
        record.set(key, word(nth).into());
    }
    record.set("note", MARK.into());
    match harm.complaint {
        Some(complaint) => from_complaint(complaint, &mut record),
        None => from_act(plan, harm, insured, &mut record),
    }
    record.set("recipient", format!("{}（演示）", name::han(random)).into());
    record.set("recipient_phone", person::phone(random).into());
    let team = record.refs("org").next();
    let team = team.unwrap_or(Code::new(Kind::Organisation, 1));
    let desk = plan.desk(team, CLERK);
    let by = desk.first().copied();
    let entered = format!("{}T17:30", harm.day);
    let at = Moment {
        day: harm.day,
        now: &entered,
        by,
    };
    plan.enter(&mut record, at);
    let mut calls = 0;
    for (step, (least, most)) in COURSE {
        let day = harm.day + Duration::days(random.between(least, most));
        let aided = word(0) == "服务对象致志愿者" || harm.at.is_multiple_of(2);
        let idle = match step {
            "claim" => record.text("insurance").is_empty(),
            "aid" => !aided,
            _ => harm.open && matches!(step, "close" | "callback"),
        };
        if day > plan.today || idle {
            continue;
        }
        let now = format!("{day}T18:00");
        let answers = answers(step, &word, by.map_or("", |clerk| &clerk.name), &mut calls);
        plan.take(&mut record, step, answers, Moment { day, now: &now, by });
    }
    plan.settle(&mut record);
    record
}

/// What is answered to a step.
fn answers<'a>(
    step: &str,
    word: &dyn Fn(usize) -> &'a str,
    clerk: &str,
    calls: &mut usize,
) -> Answers {
    let of = |key: &'static str, text: &str| (key, Value::from(text));
    match step {
        "handle" => vec![of("responsible", clerk), of("measures", word(4))],
        "claim" => vec![of("claim_no", "YS-报案（演示）")],
        "aid" => vec![of("aid", word(5))],
        "close" => {
            let breach = match word(0) {
                "志愿者致服务对象" => "有违规",
                _ => "未发现违规",
            };
            vec![
                of("conclusion", word(6)),
                of("outcome_volunteer", word(7)),
                of("outcome_recipient", word(8)),
                of("breach", breach),
            ]
        }
        "callback" => {
            *calls += 1;
            let side = if *calls == 1 {
                "志愿者"
            } else {
                "服务对象"
            };
            vec![of("side", side), of("satisfaction", "满意")]
        }
        _ => Vec::new(),
    }
}

/// Where and when, from the complaint that tells of it; whoever receives that deals with it where its team may not.
fn from_complaint(complaint: &Record, record: &mut Record) {
    record.set("complaint", complaint.code().to_string().into());
    for (key, from) in [
        ("activity", "activity"),
        ("happened_at", "happened_at"),
        ("place", "place"),
        ("org", "receiver"),
    ] {
        record.set(key, complaint.text(from).into());
    }
    if record.text("happened_at").is_empty() {
        record.set("happened_at", complaint.text("received_at").into());
    }
}

fn from_act(plan: &Plan, harm: &Harm, insured: &BTreeMap<String, String>, record: &mut Record) {
    let Some(act) = harm.act else { return };
    let activity = Code::new(Kind::Activity, act.number).to_string();
    let team = Code::new(Kind::Organisation, act.team(plan)).to_string();
    let start = act
        .spans
        .first()
        .map(|span| span.start + Duration::minutes(40));
    record.set("happened_at", start.map(stored).unwrap_or_default().into());
    record.set("org", team.into());
    record.set("place", act.venue.as_str().into());
    if let Some(policy) = insured.get(&activity) {
        record.set("insurance", policy.as_str().into());
    }
    record.set("activity", activity.into());
    let who = came(plan, act).map(|number| Code::new(Kind::Volunteer, number).to_string());
    record.set("volunteers", who.into_iter().collect::<Vec<_>>().into());
}
