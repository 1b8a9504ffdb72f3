//! The activities: what stands on the card of each.

use chrono::{Duration, NaiveDate};

use crate::demo::act::Act;
use crate::demo::flaw::Flaw;
use crate::demo::material::{under, words};
use crate::demo::random::Random;
use crate::demo::watch::overseers;
use crate::demo::{MARK, Plan, name, person, session};
use crate::domain::activity::SCOPES;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::value::{Fields, Value};

/// How the recipients judge, in a hundred.
pub const EVALUATIONS: &[(&str, u64)] = &[("满意", 82), ("较满意", 15), ("一般", 2), ("不满意", 1)];

const OFF: [&str; 3] = ["天气原因取消", "服务对象改期后取消", "场地不能使用，取消"];

/// The fee where one is planted (D27), in yuan.
const FEE: i64 = 20;

/// All activities, in the order of their days.
pub fn all(plan: &Plan) -> impl Iterator<Item = Record> + Send + '_ {
    plan.work().acts.iter().map(move |act| record(plan, act))
}

/// The card of one.
pub fn record(plan: &Plan, act: &Act) -> Record {
    let mut random = Random::of("activity-card", act.at as u64);
    let mut record = Record::new(Kind::Activity, act.number, Fields::new());
    record.rev = 1;
    let team = act.team(plan);
    let area = act.place.map_or("", |place| place.code);
    let theme = &act.theme;
    let scope = SCOPES.get(theme.scope).map_or("", |scope| scope.zh);
    for (key, text) in [
        ("title", theme.title.as_str()),
        ("scope", scope),
        ("event", theme.event),
        ("form", theme.form),
        ("area", area),
        ("recipient", &act.recipient),
        ("status", act.state),
    ] {
        record.set(key, text.into());
    }
    record.set(
        "org",
        Code::new(Kind::Organisation, team).to_string().into(),
    );
    if theme.visit.starts_with('进') {
        record.set("visits", vec![theme.visit.to_owned()].into());
    }
    if act.online {
        record.set("online", random.pick(words("platform")).into());
    }
    record.set("place", act.venue.as_str().into());
    record.set("sessions", session::value(&act.spans));
    record.set("needed", (act.needed as i64).into());
    record.set("parts", parts(act));
    let targets = under("serves", act.visit());
    record.set("targets", vec![random.pick(targets).to_owned()].into());
    record.set("served", served(&mut random, act).into());
    let phone = person::phone(&mut random);
    record.set("in_charge", format!("{} {phone}", act.in_charge).into());
    danger(act, &mut random, &mut record);
    if act.major {
        record.set("major", Value::Flag(true));
        record.set("overseers", overseers(plan, act).into());
    }
    let fee = if act.flaw == Some(Flaw::Fee) { FEE } else { 0 };
    record.set("fee", fee.into());
    let budget = match act.major {
        true => 1_000 * random.between(30, 120),
        false => 100 * random.between(0, 40),
    };
    record.set("budget", budget.into());
    if let Some(need) = act.need {
        record.set("need", Code::new(Kind::Need, need).to_string().into());
    }
    if act.major && act.state == "结项" {
        account(plan, act, budget, &mut record);
    }
    steps(plan, act, &mut random, &mut record);
    plan.reckon(&mut record, plan.today);
    record
}

/// Its roles, as its form has them; one that stands twice in the list takes twice the people.
fn parts(act: &Act) -> Value {
    let mut counts: Vec<(&str, i64)> = Vec::new();
    for role in under("roles", act.theme.form)
        .iter()
        .cycle()
        .take(act.needed)
    {
        match counts.iter_mut().find(|row| row.0 == *role) {
            Some(row) => row.1 += 1,
            None => counts.push((role, 1)),
        }
    }
    let rows = counts.into_iter().map(|(role, count)| {
        Value::Map(Fields::from([
            ("role".to_owned(), role.into()),
            ("count".to_owned(), count.into()),
        ]))
    });
    Value::List(rows.collect())
}

/// People served: about 70, some thousand at the large ones.
fn served(random: &mut Random, act: &Act) -> i64 {
    let usual = 8 + random.below(60) + random.below(80);
    let many = if act.theme.event.is_empty() { 1 } else { 3 };
    let most = if act.major { 4_000 } else { 1_200 };
    ((usual * many * act.needed.clamp(9, 90) as u64 / 9) as i64).min(most)
}

fn danger(act: &Act, random: &mut Random, record: &mut Record) {
    let dangers: Vec<String> = act
        .risks
        .iter()
        .map(|risk| risk.danger.to_owned())
        .collect();
    record.set("dangers", dangers.into());
    let join = |of: fn(&&crate::demo::risk::Risk) -> &'static str| {
        act.risks.iter().map(of).collect::<Vec<_>>().join("；")
    };
    record.set("risk_note", join(|risk| risk.note).into());
    let usual = random.pick(words("conditions"));
    let conditions = match act.risks.is_empty() {
        true => usual.to_owned(),
        false => format!("{usual}；{}", join(|risk| risk.care)),
    };
    if !act.online {
        record.set("conditions", conditions.into());
    }
}

/// What a major one cost: vouchers that come to the sum.
fn account(plan: &Plan, act: &Act, budget: i64, record: &mut Record) {
    let mut random = Random::of("account", act.at as u64);
    let mut spent = 0;
    let vouchers = words("spend").iter().zip(1..).map(|(category, nth)| {
        let amount = budget / 100 * random.between(10, 24);
        spent += amount;
        let cells: [(&str, Value); 3] = [
            ("category", (*category).into()),
            ("amount", amount.into()),
            ("voucher", format!("PZ-{}-{nth}", act.number).into()),
        ];
        Value::Map(cells.map(|(key, value)| (key.to_owned(), value)).into())
    });
    record.set("vouchers", Value::List(vouchers.collect()));
    record.set("spent", spent.into());
    let settled = (act.last() + Duration::days(random.between(5, 12))).min(plan.today);
    record.set("settled_on", settled.to_string().into());
}

/// The days of the steps behind it.
fn steps(plan: &Plan, act: &Act, random: &mut Random, record: &mut Record) {
    let mut note = MARK.to_owned();
    let before = |days: i64| (act.day() - Duration::days(days)).min(plan.today);
    let approved = before(random.between(7, 20));
    let set = |record: &mut Record, key: &str, day: NaiveDate| {
        record.set(key, day.to_string().into());
    };
    if !matches!(act.state, "草拟" | "待批") {
        set(record, "approved_on", approved);
        let opened = (approved + Duration::days(random.between(0, 2))).min(plan.today);
        set(record, "opened_on", opened);
    }
    match act.state {
        "结项" => {
            let closed = act.last() + Duration::days(random.between(0, 5));
            set(record, "finished_on", closed.min(plan.today));
            record.set("evaluation", random.weighted(EVALUATIONS).into());
        }
        "取消" => note = format!("{MARK}；{}", random.pick(&OFF)),
        _ => {}
    }
    record.set("note", note.into());
}

/// Somebody of the team who is in charge.
pub fn in_charge(random: &mut Random, league: usize) -> String {
    name::anybody(random, league)
}
