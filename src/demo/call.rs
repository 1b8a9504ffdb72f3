//! The calls: what the desks noted while people rang, some of them more than once.

use chrono::{Duration, NaiveDate};

use crate::demo::clerk::CLERK;
use crate::demo::course::Moment;
use crate::demo::number::Yearly;
use crate::demo::random::Random;
use crate::demo::{MARK, Plan, name, person};
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::value::{Fields, Value};

/// What volunteers ring for.
const PEOPLE: &[&str] = &[
    "问上次活动的时长为何还没有到账，已告知核对",
    "要改手机号码，已告知到所属队伍办理",
    "问保险是否还在有效期内，已告知止期",
    "问怎样开服务记录证明，已告知申请办法",
    "周末不能参加活动，请转告负责人",
    "问能否再加入一支队伍，已告知办法",
];
/// What teams are asked for.
const TEAMS: &[&str] = &[
    "问队伍的联系电话和负责人，已告知",
    "学校请队伍来做一次科普活动，已告知提出需求",
    "问队伍什么时候招募志愿者",
];
/// What is asked about activities.
const ACTS: &[&str] = &[
    "问集合的时间和地点，已告知",
    "问孩子能不能到场听讲",
    "问报名人数是否已满",
];

/// Over so many days they are spread.
const DAYS: u64 = 300;

/// Somebody rings about so many times.
const AGAIN: u64 = 3;

/// All calls, in the order of their days.
pub fn all(plan: &Plan) -> Vec<Record> {
    let count = plan.size.deeds.calls as u64;
    let mut numbers = Yearly::default();
    let records = (0..count).map(|at| {
        let back = (count - at) * DAYS / count.max(1);
        let day = plan.today - Duration::days(back as i64);
        record(plan, at, numbers.next(day), day)
    });
    records.collect()
}

/// Whom one is about, the team of that, and what was said.
fn subject(plan: &Plan, at: u64, random: &mut Random) -> (Code, Option<Code>, &'static str) {
    // The same few ring again and again, so that the last calls tell something.
    let pool = (plan.size.deeds.calls as u64 / AGAIN).max(1);
    let nth = at % pool;
    let acts = &plan.work().acts;
    let act = acts.get(nth as usize % acts.len().max(1));
    let team = |number: u64| Code::new(Kind::Organisation, number);
    match (nth % 10, act) {
        (0 | 1, Some(act)) => {
            let code = Code::new(Kind::Activity, act.number);
            (code, Some(team(1 + act.team as u64)), random.pick(ACTS))
        }
        (2 | 3, _) => {
            let code = team(1 + nth % plan.teams.len().max(1) as u64);
            (code, Some(code), random.pick(TEAMS))
        }
        _ => {
            let number = 1 + nth * 7 % plan.size.people.max(1) as u64;
            let person = plan.person(number);
            let org = person.and_then(|person| person.refs("teams").next());
            (Code::new(Kind::Volunteer, number), org, random.pick(PEOPLE))
        }
    }
}

fn record(plan: &Plan, at: u64, number: u64, day: NaiveDate) -> Record {
    let mut random = Random::of("call", at);
    let (about, team, note) = subject(plan, at, &mut random);
    let region = Code::new(Kind::Organisation, 1);
    let desk = team.filter(|_| random.permille(500)).unwrap_or(region);
    let clerks = plan.desk(desk, CLERK);
    let by = clerks.get(random.below(clerks.len() as u64) as usize);
    let mut record = Record::new(Kind::Call, number, Fields::new());
    record.rev = 1;
    record.set("about", vec![about.to_string()].into());
    if about.kind != Kind::Volunteer || random.permille(150) {
        let who = name::han(&mut random);
        record.set("caller", who.into());
        record.set("phone", person::phone(&mut random).into());
    }
    record.set("note", format!("{note}\n{MARK}").into());
    let young = (plan.today - day).num_days() < 30;
    let open = random.permille(if young { 400 } else { 0 });
    if !open {
        record.set("answered", Value::Flag(true));
    }
    let (hour, minute) = (random.between(9, 16), random.below(60));
    let now = format!("{day}T{hour:02}:{minute:02}");
    let moment = Moment {
        day,
        now: &now,
        by: by.copied(),
    };
    plan.enter(&mut record, moment);
    record
}
