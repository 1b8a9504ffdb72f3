//! The enrolments: one record each, as its activity and its answer have it.

use chrono::{Duration, NaiveDateTime, NaiveTime};

use crate::demo::act::Act;
use crate::demo::answer::takes_part;
use crate::demo::cast::Seat;
use crate::demo::flaw::Flaw;
use crate::demo::material::{under, words};
use crate::demo::random::Random;
use crate::demo::{MARK, Plan};
use crate::domain::enrolment;
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::stored;
use crate::domain::record::Record;
use crate::domain::value::Fields;

const HOW: &[(&str, u64)] = &[("电话", 55), ("平台", 25), ("短信", 12), ("当面", 8)];
const TOLD_HOW: &[(&str, u64)] = &[("书面", 45), ("当面", 35), ("电话", 12), ("短信", 8)];

/// All enrolments, in the order of the activities.
pub fn all(plan: &Plan) -> impl Iterator<Item = Record> + Send + '_ {
    let work = plan.work();
    work.acts.iter().flat_map(move |act| {
        let org = Code::new(Kind::Organisation, act.team(plan)).to_string();
        act.seats.clone().filter_map(move |at| {
            let seat = work.cast.seats.get(at)?;
            Some(record(plan, act, at, seat, &org))
        })
    })
}

/// How many minutes somebody who came was late: two in a hundred of one session.
pub fn late(act: &Act, at: usize) -> i64 {
    let mut random = Random::of("late", at as u64);
    match random.below(100) {
        0..2 if act.spans.len() == 1 => 5 * random.between(1, 8),
        _ => 0,
    }
}

fn record(plan: &Plan, act: &Act, at: usize, seat: &Seat, org: &str) -> Record {
    let mut random = Random::of("enrolment", at as u64);
    let mut record = Record::new(Kind::Enrolment, at as u64 + 1, Fields::new());
    record.rev = 1;
    record.set(
        "activity",
        Code::new(Kind::Activity, act.number).to_string().into(),
    );
    record.set(
        "volunteer",
        Code::new(Kind::Volunteer, seat.person).to_string().into(),
    );
    record.set("role", random.pick(under("roles", act.theme.form)).into());
    record.set("org", org.into());
    record.set("pair", enrolment::pair(&record).into());
    record.set("day", act.day().to_string().into());
    record.set("status", seat.answer.into());
    record.set("note", MARK.into());
    let now = plan.today.and_time(NaiveTime::MIN) + Duration::hours(9);
    let start = act.whole().map_or(now, |whole| whole.start);
    let asked = by_day(&mut random, start, (2, 12)).min(now);
    let agreed = takes_part(seat.answer) || matches!(seat.answer, "不能来" | "缺席" | "候补");
    if agreed {
        record.set("agreed_on", stored(asked).into());
        record.set("agreed_by", "本人".into());
        record.set("agreed_how", random.weighted(HOW).into());
    }
    match seat.answer {
        "到场" if late(act, at) > 0 => record.set("late", late(act, at).into()),
        "不能来" => absent(act, start.min(now), &mut random, &mut record),
        _ => {}
    }
    if agreed && !act.risks.is_empty() && act.state != "取消" {
        tell(act, at, start, now, &mut random, &mut record);
    }
    record
}

/// A moment of daylight so many days before another.
fn by_day(random: &mut Random, before: NaiveDateTime, (least, most): (i64, i64)) -> NaiveDateTime {
    let day = before.date() - Duration::days(random.between(least, most));
    let minutes = Duration::minutes(5 * random.between(8 * 12, 18 * 12));
    day.and_time(NaiveTime::MIN) + minutes
}

/// Word is sent the day before, on the day, or afterwards.
fn absent(act: &Act, before: NaiveDateTime, random: &mut Random, record: &mut Record) {
    let at = match random.below(10) {
        0..6 => by_day(random, before, (1, 1)),
        6..9 => before - Duration::minutes(10 * random.between(3, 9)),
        _ if act.state == "结项" => before + Duration::minutes(10 * random.between(18, 40)),
        _ => before - Duration::minutes(20),
    };
    record.set("absent_on", stored(at).into());
    record.set("absent_to", act.in_charge.as_str().into());
    let why = random.pick(words("excuse"));
    record.set("note", format!("{MARK}；{why}").into());
}

/// Before it begins: the first one of every fourth activity a minute before.
fn tell(
    act: &Act,
    at: usize,
    start: NaiveDateTime,
    now: NaiveDateTime,
    random: &mut Random,
    record: &mut Record,
) {
    let first = at == act.seats.start;
    let told = match act.flaw {
        Some(Flaw::ToldLate) if first => start + Duration::minutes(30),
        _ if first && act.at.is_multiple_of(4) => start - Duration::minutes(1),
        _ => by_day(random, start, (1, 3)),
    };
    if told > now && act.state == "招募" {
        return;
    }
    let told = if act.state == "就绪" {
        told.min(now)
    } else {
        told
    };
    record.set("told_on", stored(told).into());
    record.set("told_by", act.in_charge.as_str().into());
    record.set("told_how", random.weighted(TOLD_HOW).into());
}
