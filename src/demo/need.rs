//! The needs: what stands on the card of each.

use chrono::{Duration, NaiveDate};

use crate::demo::act::Act;
use crate::demo::answer::takes_part;
use crate::demo::ask::Ask;
use crate::demo::material::{lines, under, words};
use crate::demo::random::Random;
use crate::demo::{MARK, Plan, person, session};
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::stored;
use crate::domain::record::Record;
use crate::domain::value::{Fields, Value};

/// Of those that nothing came of: by state, in a hundred, when they are older than two weeks.
const OLD: &[(&str, u64)] = &[("未受理", 60), ("已对接", 40)];
/// And when they are younger.
const NEW: &[(&str, u64)] = &[("待核", 40), ("已核", 35), ("已对接", 20), ("未受理", 5)];

/// All needs.
pub fn all(plan: &Plan) -> impl Iterator<Item = Record> + Send + '_ {
    let work = plan.work();
    work.asks.iter().map(move |ask| {
        let act = ask.act.and_then(|at| work.acts.get(at));
        record(plan, ask, act)
    })
}

fn record(plan: &Plan, ask: &Ask, act: Option<&Act>) -> Record {
    let mut random = Random::of("need", ask.at);
    let mut record = Record::new(Kind::Need, ask.number, Fields::new());
    record.rev = 1;
    record.set("contact", random.pick(words("asker")).into());
    record.set("phone", person::phone(&mut random).into());
    record.set("asked_on", ask.on.to_string().into());
    let status = match act {
        Some(act) => {
            like(plan, ask, act, &mut record, &mut random);
            "已转活动"
        }
        None => {
            alone(plan, ask, &mut record, &mut random);
            let old = (plan.today - ask.on).num_days() > 14;
            random.weighted(if old { OLD } else { NEW })
        }
    };
    record.set("status", status.into());
    let on = |days: i64| (ask.on + Duration::days(days)).min(plan.today).to_string();
    let verified = random.between(0, 2);
    if status != "待核" {
        record.set("verified_on", on(verified).into());
    }
    if matches!(status, "已对接" | "已转活动" | "未受理") {
        let answered = verified + random.between(0, 3);
        record.set("answered_on", on(answered).into());
    }
    let note = match status {
        "未受理" => format!("{MARK}；{}", random.pick(words("refusal"))),
        _ => MARK.to_owned(),
    };
    record.set("note", note.into());
    plan.reckon(&mut record, ask.on);
    record
}

/// What an activity came of is what it became.
fn like(plan: &Plan, ask: &Ask, act: &Act, record: &mut Record, random: &mut Random) {
    record.set("title", matter(act.theme.form, &act.recipient).into());
    record.set("recipient", act.recipient.as_str().into());
    record.set(
        "org",
        Code::new(Kind::Organisation, act.team(plan))
            .to_string()
            .into(),
    );
    record.set("area", act.place.map_or("", |place| place.code).into());
    record.set("place", act.venue.as_str().into());
    record.set("sessions", session::value(&act.spans));
    record.set("form", act.theme.form.into());
    record.set("needed", (act.needed as i64).into());
    let targets = under("serves", act.visit());
    record.set("targets", vec![random.pick(targets).to_owned()].into());
    record.set("served", random.between(15, 160).into());
    let dangers: Vec<String> = act
        .risks
        .iter()
        .map(|risk| risk.danger.to_owned())
        .collect();
    record.set("dangers", dangers.into());
    let seats = plan.work().cast.seats.get(act.seats.clone());
    let asked = seats.unwrap_or(&[]).iter().take(4).enumerate();
    let rows = asked.map(|(nth, seat)| {
        let result = match seat.answer {
            answer if takes_part(answer) => "去",
            "谢绝" => "不去",
            "已邀" => "没接",
            _ => "再打",
        };
        let at = ask.on.and_hms_opt(15, 10 + 4 * nth as u32, 0);
        row(seat.person, result, &at.map(stored).unwrap_or_default())
    });
    record.set("asked", Value::List(rows.collect()));
}

fn row(person: u64, result: &str, on: &str) -> Value {
    let code = Code::new(Kind::Volunteer, person).to_string();
    let cells = [
        ("volunteer", code.as_str()),
        ("result", result),
        ("on", on),
        ("by", MARK),
    ];
    Value::Map(Fields::from(
        cells.map(|(key, text)| (key.to_owned(), text.into())),
    ))
}

fn alone(plan: &Plan, ask: &Ask, record: &mut Record, random: &mut Random) {
    let teams: Vec<_> = plan.teams.iter().filter(|team| team.founded).collect();
    let forms = lines("content");
    let form = forms.get(random.below(forms.len() as u64) as usize);
    let form = form.and_then(|line| line.first()).copied().unwrap_or("");
    let visit = random.pick(&["进乡村", "进学校", "进社区", "进企业"]);
    let Some(team) = teams.get(random.below(teams.len() as u64) as usize) else {
        return;
    };
    let place = team.place;
    let county = place.map_or("内蒙古", |place| place.name);
    let recipient = random.pick(under("recipient", visit)).replace("{}", county);
    record.set("title", matter(form, &recipient).into());
    record.set("recipient", recipient.into());
    record.set("org", team.record.code().to_string().into());
    record.set("area", place.map_or("", |place| place.code).into());
    record.set(
        "place",
        random
            .pick(under("venue", visit))
            .replace("{}", county)
            .into(),
    );
    record.set("form", form.into());
    record.set(
        "targets",
        vec![random.pick(under("serves", visit)).to_owned()].into(),
    );
    record.set("needed", random.between(2, 12).into());
    record.set("served", random.between(15, 200).into());
    if random.below(10) == 0 {
        record.set("languages", vec!["蒙古语".to_owned()].into());
    }
    let day: NaiveDate = ask.on + Duration::days(random.between(15, 45));
    record.set(
        "sessions",
        session::value(&session::spans(ask.at, day, true)),
    );
}

fn matter(form: &str, recipient: &str) -> String {
    let what = match form {
        "科普报告" => "一场科普报告",
        "科技培训" => "一次科技培训",
        "农技服务" => "田间技术指导",
        "义诊咨询" => "一次义诊",
        "青少年科技教育" => "科学体验课",
        _ => "科普展览",
    };
    format!("{recipient}需要{what}")
}
