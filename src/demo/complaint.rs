//! The complaints: who says what about whom, and every step since, on the days on which it was due.

use std::collections::BTreeMap;

use chrono::Duration;

use crate::demo::clerk::{CLERK, Clerk, HEAD};
use crate::demo::course::{Answers, Moment, workday};
use crate::demo::grievance::Grievance;
use crate::demo::material::{lines, words};
use crate::demo::matter::{Matter, came, matters};
use crate::demo::number::Drawn;
use crate::demo::random::Random;
use crate::demo::way::{NOW, Way, planted, way};
use crate::demo::{MARK, Plan, name, person};
use crate::domain::complaint_field::{CHANNELS, OUTSIDE, RIGHTS, SATISFACTION};
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::stored;
use crate::domain::record::Record;
use crate::domain::value::{Fields, Value};
use crate::domain::workday::Calendar;

/// How many in a hundred come by each channel.
const BY: [u64; 6] = [46, 12, 14, 20, 3, 5];

/// All complaints, in the order of their days.
pub fn all(plan: &Plan) -> Vec<Record> {
    let matters = matters(plan);
    let mut numbers = Drawn::default();
    let mut records: Vec<Record> = matters
        .iter()
        .map(|matter| {
            let mut random = Random::of("complaint", matter.at as u64);
            let number = numbers.next(&mut random, matter.day);
            record(plan, matter, number, &mut random)
        })
        .collect();
    link(&matters, &mut records);
    records
}

/// What is about the same activity and the same words is one matter: each names the other.
fn link(matters: &[Matter], records: &mut [Record]) {
    let mut same: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (nth, matter) in matters.iter().enumerate() {
        if let Some(act) = matter.act.filter(|_| !matter.words.is_empty()) {
            same.entry((act.at, matter.word(3))).or_default().push(nth);
        }
    }
    for group in same.values().filter(|group| group.len() > 1) {
        let codes = group.iter().filter_map(|nth| records.get(*nth));
        let codes: Vec<String> = codes.map(|record| record.code().to_string()).collect();
        for record in group.iter() {
            let Some(record) = records
                .get_mut(*record)
                .filter(|one| one.status() != "移送")
            else {
                continue;
            };
            let own = record.code().to_string();
            let others: Vec<String> = codes.iter().filter(|one| **one != own).cloned().collect();
            record.set("linked", others.into());
        }
    }
}

fn record(plan: &Plan, matter: &Matter, number: u64, random: &mut Random) -> Record {
    let mut record = Record::new(Kind::Complaint, number, Fields::new());
    record.rev = 1;
    said(matter, random, &mut record);
    somebody(matter, random, &mut record);
    about(plan, matter, random, &mut record);
    let minute = match matter.at % 40 {
        // Received at the last minute of the day, it is received on that day.
        39 => 23 * 60 + 59,
        _ => 8 * 60 + 30 + random.below(9 * 60) as i64,
    };
    let received = matter.day.and_time(chrono::NaiveTime::MIN) + Duration::minutes(minute);
    let received = stored(received);
    record.set("received_at", received.as_str().into());
    let taker = taker(plan, matter, random);
    plan.enter(
        &mut record,
        Moment {
            day: matter.day,
            now: &received,
            by: taker,
        },
    );
    if matter.flaw == Some(Grievance::Own) {
        let accused = record.texts("accused").next().unwrap_or("").to_owned();
        record.set("receiver", accused.into());
        record.set("handler", "".into());
    }
    let now = matter.now.and_then(|nth| NOW.get(nth));
    let usual = || now.map_or_else(|| way(matter.at, matter.kind()), |now| now.1);
    let ways = matter.flaw.map_or_else(usual, planted);
    course(plan, matter, ways, random, &mut record);
    plan.settle(&mut record);
    // Nothing but its mark is left of what was handed over.
    if record.text("note").is_empty() {
        record.set("note", MARK.into());
    }
    record
}

/// Whoever took the call: mostly the region's desk.
fn taker<'a>(plan: &'a Plan, matter: &Matter, random: &mut Random) -> Option<&'a Clerk> {
    let team = matter.act.map_or(1, |act| act.team(plan));
    let team = if random.below(10) < 6 { 1 } else { team };
    let desk = plan.desk(Code::new(Kind::Organisation, team), CLERK);
    desk.get(random.below(desk.len() as u64) as usize).copied()
}

fn said(matter: &Matter, random: &mut Random, record: &mut Record) {
    for (key, nth) in [
        ("kind", 0),
        ("topic", 1),
        ("title", 3),
        ("facts", 4),
        ("claims", 5),
    ] {
        record.set(key, matter.word(nth).into());
    }
    let channel = CHANNELS.get(random.at(BY.into_iter()));
    record.set("channel", channel.map_or("", |one| one.zh).into());
    record.set("note", MARK.into());
    let proofs = (0..random.below(3)).map(|_| {
        let proof = random.pick(words("proof"));
        let kept = format!("档案柜 {} 层", 1 + random.below(4));
        let cells = [("name", proof.to_owned()), ("kept", kept)];
        Value::Map(
            cells
                .map(|(key, text)| (key.to_owned(), text.into()))
                .into(),
        )
    });
    let proofs: Vec<Value> = proofs.collect();
    record.set("evidence", Value::List(proofs));
}

/// Who complains: one in eight without a name.
fn somebody(matter: &Matter, random: &mut Random, record: &mut Record) {
    let data = matter.kind() == "个人信息";
    if random.below(8) == 0 && !data {
        record.set("anonymous", Value::Flag(true));
        return;
    }
    record.set(
        "complainant",
        format!("{}（演示）", name::han(random)).into(),
    );
    record.set("contact", person::phone(random).into());
    record.set("wanted", random.pick(&["电话", "书面", "短信"]).into());
    let shy = if matter.kind() == "举报" { 3 } else { 12 };
    if random.below(shy) == 0 {
        record.set("confidential", Value::Flag(true));
    }
    if random.below(25) == 0 {
        let others = (0..random.between(1, 4)).map(|_| format!("{}（演示）", name::han(random)));
        let others: Vec<String> = others.collect();
        record.set("representatives", others.into());
    }
}

/// Whom it is about, and where and when it was.
fn about(plan: &Plan, matter: &Matter, random: &mut Random, record: &mut Record) {
    let Some(act) = matter.act else { return };
    let team = Code::new(Kind::Organisation, act.team(plan)).to_string();
    let activity = Code::new(Kind::Activity, act.number).to_string();
    let someone = came(plan, act).map(|number| Code::new(Kind::Volunteer, number).to_string());
    match matter.kind() {
        "个人信息" => {
            record.set("subject", someone.unwrap_or_default().into());
            let right = if matter.word(3).contains("更正") {
                1
            } else {
                0
            };
            record.set("right", RIGHTS.get(right).map_or("", |one| one.zh).into());
            return;
        }
        "建议意见" | "表扬" => return,
        _ => {}
    }
    let draw = match matter.now {
        Some(_) => 99,
        None => random.below(100),
    };
    let accused = match (matter.flaw, draw, someone) {
        (Some(Grievance::Paid), _, Some(someone)) | (None, 0..30, Some(someone)) => someone,
        (None, 30..50, _) => activity.clone(),
        _ => team,
    };
    record.set("accused", vec![accused].into());
    record.set("activity", activity.into());
    record.set("place", act.venue.as_str().into());
    if let Some(span) = act.spans.first() {
        record.set("happened_at", stored(span.start).into());
    }
}

/// A matter is suspended for so many working days.
const REST: u16 = 20;

/// The steps since, as far as their days have come.
fn course(plan: &Plan, matter: &Matter, way: Way, random: &mut Random, record: &mut Record) {
    let mut day = workday(matter.day);
    for stage in way {
        let (least, most) = stage.after;
        let after = random.between(least, most);
        day = match stage.work {
            true => Calendar::shipped().add_workdays(day, after as u16),
            false => workday(day + Duration::days(after)),
        };
        if day > plan.today {
            return;
        }
        let receiver = record.refs("receiver").next();
        let receiver = receiver.unwrap_or(Code::new(Kind::Organisation, 1));
        let role = match stage.step {
            "transfer" | "settle" | "extend" | "suspend" | "handover" => HEAD,
            _ => CLERK,
        };
        let now = format!("{day}T15:00");
        let own = record.refs("handler").next();
        let own = plan.clerks.iter().find(|clerk| Some(clerk.code()) == own);
        let by = match role {
            CLERK => own.or_else(|| plan.desk(receiver, CLERK).first().copied()),
            _ => plan.desk(receiver, HEAD).first().copied(),
        };
        let mut answers = answers(plan, matter, record, stage.step, receiver, random);
        if stage.step == "suspend" {
            let until = Calendar::shipped().add_workdays(day, REST);
            answers.push(("until", Value::from(until.to_string())));
        }
        plan.take(record, stage.step, answers, Moment { day, now: &now, by });
    }
}

/// What is answered to a step.
fn answers(
    plan: &Plan,
    matter: &Matter,
    record: &Record,
    step: &str,
    receiver: Code,
    random: &mut Random,
) -> Answers {
    let of = |key: &'static str, text: &str| (key, Value::from(text));
    let pick = |random: &mut Random, key: &str| random.pick(words(key)).to_owned();
    let how = random.pick(&["书面送达", "短信", "电话"]);
    let desk = plan.desk(receiver, CLERK);
    let clerk = |nth: usize| {
        desk.get(nth % desk.len().max(1))
            .map(|one| one.code().to_string())
    };
    let above = plan.above(receiver);
    match step {
        "accept" => vec![of("told_how", how)],
        "reject" => {
            let row = lines("reject");
            let row = row.get(matter.at % row.len().max(1));
            let word = |at: usize| row.and_then(|row| row.get(at)).copied().unwrap_or("");
            vec![
                of("note", word(0)),
                of("turn_to", word(1)),
                of("told_how", how),
            ]
        }
        "transfer" | "settle" => vec![
            of("to", &above),
            of("note", "事项涉及上一级职责，由上一级办理"),
        ],
        "object" => vec![of("note", "所反映的活动由下级组织主办，应由其上一级办理")],
        "handover" => vec![of("outside", OUTSIDE.first().map_or("", |one| one.zh))],
        "assign" => vec![of("handler", &clerk(matter.at).unwrap_or_default())],
        "recuse" => {
            let old = record.text("handler").to_owned();
            let mut other = desk.iter().map(|one| one.code().to_string());
            let other = other.find(|one| *one != old);
            vec![
                of("who", &old),
                of("handler", &other.unwrap_or_default()),
                of("note", "与被反映对象曾在同一单位工作"),
            ]
        }
        "extend" => vec![
            ("extended_days", Value::Int(30)),
            of("note", &pick(random, "delay")),
            of("told_how", how),
        ],
        "suspend" | "resume" => vec![of("note", &pick(random, "delay"))],
        "answer" => {
            let outcome = matter.word(2);
            let decision = match outcome {
                "属实" => "支持",
                "部分属实" => "部分支持",
                "不属实" => "不予支持",
                _ => "解释说明",
            };
            vec![
                of("found", matter.word(6)),
                of("reasons", matter.word(7)),
                of("outcome", outcome),
                of("decision", decision),
                of("basis", matter.word(8)),
                of("remedy", ""),
            ]
        }
        "mediate" => vec![of("settlement", &pick(random, "deal"))],
        "review" | "recheck" => vec![of("note", &pick(random, "again"))],
        "callback" => {
            let at = match record.text("complainant").is_empty() {
                true => 4,
                false => random.at([60, 22, 10, 8].into_iter()),
            };
            let found = SATISFACTION.get(at).map_or("", |one| one.zh);
            vec![of("satisfaction", found)]
        }
        "withdraw" => vec![of("note", "来人表示已与对方说清，不再反映")],
        "remind" => vec![of("note", "来人询问进度")],
        _ => Vec::new(),
    }
}

impl Plan {
    /// The code of the team above another; its own at the top.
    fn above(&self, team: Code) -> String {
        let up = crate::domain::route::parent(self, team);
        up.unwrap_or(team).to_string()
    }
}
