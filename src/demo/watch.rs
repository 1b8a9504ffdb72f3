//! The oversight of major activities: both offices, from plan to summary (article 19), but where it is planted to lack (D17).

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};

use crate::demo::act::Act;
use crate::demo::clerk::{CLERK, Clerk};
use crate::demo::course::Moment;
use crate::demo::material::{lines, shuffled};
use crate::demo::number::Yearly;
use crate::demo::random::Random;
use crate::demo::size::Size;
use crate::demo::{MARK, Plan};
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::stored;
use crate::domain::oversight::OFFICES;
use crate::domain::record::Record;
use crate::domain::value::{Fields, Value};

/// The stages, in their order.
const STAGES: [&str; 3] = ["事前", "事中", "事后"];

/// D17: what is lacking, by the how-manieth it is: the office, and the stage or all of it.
const LACKS: [(usize, Option<usize>); 3] = [(1, None), (1, Some(1)), (0, Some(2))];

/// Major activities whose oversight lacks something, at size M.
const LACKING: usize = 3;

/// One office beside one activity.
struct Watch<'a> {
    act: &'a Act,
    office: usize,
    inspector: Option<&'a Clerk>,
    lacks: Option<usize>,
    named: NaiveDate,
}

/// What is lacking, by the place of the activity.
pub type Lacking = BTreeMap<usize, (usize, Option<usize>)>;

/// Plants it.
pub fn lacking(size: &Size, acts: &[Act]) -> Lacking {
    let order = shuffled("oversight", acts.len()).into_iter();
    let order = order.filter_map(|at| acts.get(at));
    let major = order.filter(|act| act.major && act.state == "结项" && act.flaw.is_none());
    let planted = major.take(size.planted(LACKING)).enumerate();
    let planted = planted.filter_map(|(nth, act)| Some((act.at, *LACKS.get(nth % LACKS.len())?)));
    planted.collect()
}

fn watches(plan: &Plan) -> Vec<Watch<'_>> {
    let lacking = &plan.work().lacking;
    let major = plan.work().acts.iter().filter(|act| act.major);
    let both = major.flat_map(|act| (0..OFFICES.len()).map(move |office| (act, office)));
    let mut found: Vec<Watch> = both
        .filter_map(|(act, office)| {
            let lack = lacking.get(&act.at).filter(|lack| lack.0 == office);
            let lacks = match lack {
                Some((_, None)) => return None,
                Some((_, stage)) => *stage,
                None => None,
            };
            let team = Code::new(Kind::Organisation, act.team(plan));
            let mut random = Random::of("oversight", (act.at * 2 + office) as u64);
            let early = act.day() - Duration::days(random.between(22, 30));
            Some(Watch {
                act,
                office,
                inspector: plan.inspector(team, office),
                lacks,
                named: early.min(plan.today),
            })
        })
        .collect();
    found.sort_by_key(|watch| (watch.named, watch.act.at, watch.office));
    found
}

/// All of it, in the order in which inspectors were named.
pub fn all(plan: &Plan) -> Vec<Record> {
    let mut numbers = Yearly::default();
    let watches = watches(plan).into_iter();
    watches
        .map(|watch| record(plan, &watch, numbers.next(watch.named)))
        .collect()
}

fn record(plan: &Plan, watch: &Watch, number: u64) -> Record {
    let mut random = Random::of("oversight-card", (watch.act.at * 2 + watch.office) as u64);
    let mut record = Record::new(Kind::Oversight, number, Fields::new());
    record.rev = 1;
    let activity = Code::new(Kind::Activity, watch.act.number);
    record.set("activity", activity.to_string().into());
    let office = OFFICES.get(watch.office).map_or("", |office| office.zh);
    record.set("office", office.into());
    let inspector = watch.inspector.map(|clerk| clerk.code().to_string());
    record.set("inspector", inspector.unwrap_or_default().into());
    record.set("note", MARK.into());
    let now = format!("{}T09:00", watch.named);
    let at = Moment {
        day: watch.named,
        now: &now,
        by: watch.inspector,
    };
    plan.enter(&mut record, at);
    if watch.act.state != "取消" {
        presence(plan, watch, &mut random, &mut record);
    }
    plan.settle(&mut record);
    record
}

/// When the inspector was there, what was asked meanwhile, and the end of it.
fn presence(plan: &Plan, watch: &Watch, random: &mut Random, record: &mut Record) {
    let act = watch.act;
    let Some(span) = act.spans.first() else {
        return;
    };
    let looks = lines("watch");
    let last = act.last();
    let after = (last + Duration::days(random.between(1, 4))).min(plan.today);
    let before = act.day() - Duration::days(random.between(2, 6));
    // What is not ready yet was not looked at.
    let ready = matches!(act.state, "就绪" | "进行" | "结项");
    let when = [
        ready.then(|| format!("{}T10:00", before.min(plan.today).max(watch.named))),
        Some(stored(span.start)),
        (act.state == "结项").then(|| format!("{after}T16:00")),
    ];
    for (nth, (stage, when)) in STAGES.iter().zip(when).enumerate() {
        let day = when.as_deref().and_then(|when| when.get(..10));
        let day: Option<NaiveDate> = day.and_then(|day| day.parse().ok());
        let (Some(when), Some(day)) = (when, day.filter(|day| *day <= plan.today)) else {
            continue;
        };
        if watch.lacks == Some(nth) {
            continue;
        }
        let note = looks.get(nth).map_or("", |row| random.pick(row));
        let answers = [("stage", *stage), ("day", &when), ("note", note)];
        let answers = answers.map(|(key, text)| (key, Value::from(text)));
        let end = format!("{day}T23:00");
        let at = Moment {
            day,
            now: &end,
            by: watch.inspector,
        };
        plan.take(record, "attend", answers.into(), at);
        if nth == 0 && act.at.is_multiple_of(2) {
            ask(plan, watch, day, random, record);
        }
    }
    if act.state == "结项" && watch.lacks.is_none() {
        let end = format!("{after}T23:30");
        let at = Moment {
            day: after,
            now: &end,
            by: watch.inspector,
        };
        let word = lines("remark");
        let word = word.first().map_or("", |row| random.pick(row));
        plan.take(record, "remark", vec![("text", word.into())], at);
        plan.take(record, "finish", Vec::new(), at);
    }
}

/// A question of the inspector, answered by the desk that looks after the team.
fn ask(plan: &Plan, watch: &Watch, day: NaiveDate, random: &mut Random, record: &mut Record) {
    let rows = lines("ask");
    let row = rows.get(random.below(rows.len() as u64) as usize);
    let word = |nth: usize| row.and_then(|row| row.get(nth)).copied().unwrap_or("");
    let now = format!("{day}T23:10");
    let at = Moment {
        day,
        now: &now,
        by: watch.inspector,
    };
    plan.take(record, "ask", vec![("text", word(0).into())], at);
    let team = Code::new(Kind::Organisation, watch.act.team(plan));
    let next = day + Duration::days(1);
    if next > plan.today {
        return;
    }
    let now = format!("{next}T10:00");
    let at = Moment {
        day: next,
        now: &now,
        by: plan.desk(team, CLERK).first().copied(),
    };
    plan.take(record, "answer", vec![("answer", word(1).into())], at);
}

/// Who oversees an activity, as its own card tells it.
pub fn overseers(plan: &Plan, act: &Act) -> String {
    let lack = plan.work().lacking.get(&act.at);
    let team = Code::new(Kind::Organisation, act.team(plan));
    let offices = OFFICES.iter().enumerate();
    let there = offices.filter(|(nth, _)| lack != Some(&(*nth, None)));
    let named = there.filter_map(|(nth, office)| {
        let inspector = plan.inspector(team, nth)?;
        Some(format!("{} {}", office.zh, inspector.name))
    });
    named.collect::<Vec<_>>().join("、")
}
