//! The agreements: for dangerous and long service most of all, some for the rest (article 13).

use chrono::{Duration, NaiveDate};

use crate::demo::act::Act;
use crate::demo::answer::takes_part;
use crate::demo::material::{under, words};
use crate::demo::number::Yearly;
use crate::demo::random::Random;
use crate::demo::{MARK, Plan};
use crate::domain::agreement::ELEMENTS;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::value::{Fields, Value};

/// D15: agreements in force without one of the elements, at size M.
const LACKING: usize = 5;

/// How much likelier an agreement is for what is dangerous or long.
const ADVISED: u64 = 7;

const WAYS: &[(&str, u64)] = &[
    ("当面签字", 50),
    ("盖章", 30),
    ("电子签名", 15),
    ("寄回", 5),
];

/// One agreement: its activity, its term and its state.
struct Draft<'a> {
    act: &'a Act,
    from: NaiveDate,
    to: NaiveDate,
    state: &'static str,
}

/// All agreements, by the day on which they begin.
pub fn all(plan: &Plan) -> Vec<Record> {
    let acts = plan.work().acts.iter();
    let likely = |act: &&Act| !matches!(act.state, "草拟" | "待批" | "取消");
    let mut acts: Vec<&Act> = acts.filter(likely).collect();
    acts.sort_by_key(|act| {
        let long = (act.last() - act.day()).num_days() > 0;
        let drawn = Random::of("agreement-for", act.at as u64).below(1 << 40);
        let advised = long || !act.risks.is_empty();
        (drawn * if advised { 1 } else { ADVISED }, act.at)
    });
    acts.truncate(plan.size.deeds.agreements);
    let mut drafts: Vec<Draft> = acts.into_iter().map(|act| draft(plan, act)).collect();
    drafts.sort_by_key(|draft| (draft.from, draft.act.at));
    let mut numbers = Yearly::default();
    let mut lacking = plan.size.planted(LACKING);
    let records = drafts.iter().map(|draft| {
        let mut record = record(plan, draft, numbers.next(draft.from));
        if draft.state == "生效" && lacking > 0 {
            lacking -= 1;
            // Each lacks another one, never the rights and duties alone of all.
            let key = ELEMENTS.get(1 + lacking % (ELEMENTS.len() - 1));
            record.set(key.unwrap_or(&"safety"), "".into());
        }
        record
    });
    records.collect()
}

/// Two of five hold for a year, the others for the days around the activity.
fn draft<'a>(plan: &Plan, act: &'a Act) -> Draft<'a> {
    let mut random = Random::of("agreement-term", act.at as u64);
    let from = act.day() - Duration::days(random.between(1, 6));
    let to = match random.below(5) {
        0..2 => from + Duration::days(364),
        _ => act.last() + Duration::days(random.between(0, 20)),
    };
    let state = if to < plan.today {
        random.weighted(&[("期满", 94), ("终止", 6)])
    } else if from > plan.today {
        random.weighted(&[("待签", 55), ("草稿", 45)])
    } else {
        random.weighted(&[("生效", 82), ("待签", 7), ("草稿", 7), ("终止", 4)])
    };
    Draft {
        act,
        from,
        to,
        state,
    }
}

fn record(plan: &Plan, draft: &Draft, number: u64) -> Record {
    let act = draft.act;
    let mut random = Random::of("agreement", act.at as u64);
    let mut record = Record::new(Kind::Agreement, number, Fields::new());
    record.rev = 1;
    record.set(
        "org",
        Code::new(Kind::Organisation, act.team(plan))
            .to_string()
            .into(),
    );
    let seats = plan.work().cast.seats.get(act.seats.clone()).unwrap_or(&[]);
    let people = seats.iter().filter(|seat| takes_part(seat.answer));
    let people = people.take(random.below(4) as usize);
    let people: Vec<String> = people
        .map(|seat| Code::new(Kind::Volunteer, seat.person).to_string())
        .collect();
    record.set("volunteers", people.clone().into());
    // Without the recipient there are two parties all the same, if a volunteer is one.
    if people.is_empty() || random.below(5) > 0 {
        record.set("recipient", act.recipient.as_str().into());
    }
    record.set(
        "activity",
        Code::new(Kind::Activity, act.number).to_string().into(),
    );
    texts(act, &mut random, &mut record);
    record.set("from", draft.from.to_string().into());
    record.set("to", draft.to.to_string().into());
    record.set("note", MARK.into());
    plan.reckon(&mut record, draft.from);
    record.set("status", draft.state.into());
    if draft.state == "草稿" && random.below(2) == 0 {
        record.set(random.pick(&ELEMENTS), "".into());
    }
    signatures(plan, draft, &people, &mut random, &mut record);
    record
}

/// Rights and duties, and the seven elements.
fn texts(act: &Act, random: &mut Random, record: &mut Record) {
    let form = act.theme.form;
    let said: Vec<String> = act.spans.iter().map(|span| span.said()).collect();
    let place = match act.venue.as_str() {
        "" => "线上",
        venue => venue,
    };
    let safety = random.pick(words("safety"));
    let risks: Vec<&str> = act.risks.iter().map(|risk| risk.note).collect();
    let cares: Vec<&str> = act.risks.iter().map(|risk| risk.care).collect();
    let safety = match act.risks.is_empty() {
        true => safety.to_owned(),
        false => format!(
            "{safety}\n风险：{}。\n措施：{}。",
            risks.join("；"),
            cares.join("；")
        ),
    };
    for (key, text) in [
        ("rights", random.pick(words("rights")).to_owned()),
        ("content", random.pick(under("content", form)).to_owned()),
        ("way", random.pick(words("way")).to_owned()),
        ("time", said.join("\n")),
        ("place", place.to_owned()),
        ("conditions", random.pick(words("conditions")).to_owned()),
        ("safety", safety),
        ("other", random.pick(words("other")).to_owned()),
    ] {
        record.set(key, text.into());
    }
}

/// Who signed when; of one in twenty the text was changed since, and all signed again.
fn signatures(
    plan: &Plan,
    draft: &Draft,
    people: &[String],
    random: &mut Random,
    record: &mut Record,
) {
    if draft.state == "草稿" {
        return;
    }
    let mut parties = vec!["组织".to_owned()];
    parties.extend_from_slice(people);
    if !record.text("recipient").is_empty() {
        parties.push("服务对象".to_owned());
    }
    let day = |back: i64| (draft.from - Duration::days(back)).min(plan.today);
    let offered = day(random.between(4, 9));
    let versions = if random.below(20) == 0 { 2 } else { 1 };
    let mut rows: Vec<Value> = Vec::new();
    let mut last = offered;
    for version in 1..=versions {
        let first = if version < versions {
            offered - Duration::days(20)
        } else {
            offered
        };
        let waiting = draft.state == "待签" && version == versions;
        let signers = parties.len() - usize::from(waiting);
        for party in parties.iter().take(signers) {
            let on = (first + Duration::days(random.between(0, 3))).min(plan.today);
            last = last.max(on);
            let cells = [
                ("party", party.as_str().into()),
                ("on", on.to_string().into()),
                ("way", random.weighted(WAYS).into()),
                ("version", version.into()),
            ];
            let cells = cells.map(|(key, value): (&str, Value)| (key.to_owned(), value));
            rows.push(Value::Map(Fields::from(cells)));
        }
    }
    record.set("version", versions.into());
    record.set("offered_on", offered.to_string().into());
    record.set("signatures", Value::List(rows));
    if draft.state != "待签" {
        record.set("effective_on", last.to_string().into());
    }
    match draft.state {
        "期满" => record.set("ended_on", draft.to.to_string().into()),
        "终止" => {
            let on = (draft.from + Duration::days(random.between(1, 20))).min(plan.today);
            record.set("ended_on", on.to_string().into());
            record.set("note", format!("{MARK}；双方商定提前终止").into());
        }
        _ => {}
    }
}
