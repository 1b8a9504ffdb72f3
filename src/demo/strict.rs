//! The sanctions: what followed for volunteers, told, heard, decided by two, and now and then appealed against.

use chrono::{Duration, NaiveDate};

use crate::demo::clerk::{CLERK, Clerk, HEAD};
use crate::demo::course::{Answers, Moment, workday};
use crate::demo::material::{under, words};
use crate::demo::number::Drawn;
use crate::demo::random::Random;
use crate::demo::{MARK, Plan};
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::value::{Fields, Value};

/// One sanction before it is written down: the measure, against whom, from which complaint, since when.
struct Draft<'a> {
    at: usize,
    measure: &'static str,
    subject: Code,
    complaint: Option<&'a Record>,
    day: NaiveDate,
}

/// The steps, each with the days after the one before, and by whom it is taken.
const COURSE: [(&str, (i64, i64), &str, usize); 4] = [
    ("notify", (0, 1), CLERK, 0),
    ("hear", (2, 4), CLERK, 0),
    ("decide", (1, 3), HEAD, 0),
    ("enforce", (0, 2), HEAD, 1),
];

/// All sanctions, in the order of their days.
pub fn all(plan: &Plan) -> Vec<Record> {
    let mut drafts = drafts(plan);
    drafts.sort_by_key(|draft| (draft.day, draft.at));
    let mut numbers = Drawn::default();
    let records = drafts.iter().map(|draft| {
        let mut random = Random::of("sanction", draft.at as u64);
        let number = numbers.next(&mut random, draft.day);
        record(plan, draft, number, &mut random)
    });
    records.collect()
}

/// A third each: a remark upon a complaint that was upheld, a removal, a suspension.
fn drafts(plan: &Plan) -> Vec<Draft<'_>> {
    let want = plan.size.deeds.sanctions;
    let upheld = plan.matters().iter().filter_map(|complaint| {
        let found = matches!(complaint.text("outcome"), "属实" | "部分属实");
        let subject = complaint.refs("accused").next()?;
        let day = complaint.day("answered_on")?;
        let fits =
            found && subject.kind == Kind::Volunteer && complaint.text("topic") == "收取报酬";
        fits.then_some((complaint, subject, day + Duration::days(2)))
    });
    let mut drafts: Vec<Draft> = upheld
        .take(want / 3)
        .map(|(complaint, subject, day)| Draft {
            at: 0,
            measure: "记录提醒",
            subject,
            complaint: Some(complaint),
            day: workday(day).min(plan.today),
        })
        .collect();
    let left = want.saturating_sub(drafts.len());
    let people = people(plan, left);
    drafts.extend(people.into_iter().map(|(measure, subject)| Draft {
        at: 0,
        measure,
        subject,
        complaint: None,
        day: plan.today,
    }));
    for (at, draft) in drafts.iter_mut().enumerate() {
        draft.at = at;
        if draft.complaint.is_none() {
            let mut random = Random::of("sanction-day", at as u64);
            draft.day = workday(plan.today - Duration::days(random.between(45, 700)));
        }
    }
    // The last one is only begun: its statement may still be made.
    if let Some(last) = drafts.last_mut().filter(|draft| draft.complaint.is_none()) {
        last.day = workday(plan.today - Duration::days(4));
    }
    drafts
}

/// Those who were removed and those who are suspended, in turn.
fn people(plan: &Plan, want: usize) -> Vec<(&'static str, Code)> {
    let mut removed = Vec::new();
    let mut suspended = Vec::new();
    let half = want.div_ceil(2);
    // One in three hundred is removed: a thousand for each who is wanted holds some.
    let count: u64 = plan.teams.iter().map(|team| team.members as u64).sum();
    let most = count.min(1_000 * want as u64);
    let step = (count / most.max(1)).max(1);
    for number in (0..most).map(|nth| 1 + nth * step) {
        if removed.len() >= half && suspended.len() >= half {
            break;
        }
        let code = Code::new(Kind::Volunteer, number);
        let person = plan.person(number);
        match person.as_ref().map(Record::status) {
            Some("已清退") if removed.len() < half => removed.push(("清退", code)),
            Some("暂停") if suspended.len() < half => suspended.push(("暂停", code)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    let (mut one, mut other) = (removed.into_iter(), suspended.into_iter());
    while found.len() < want {
        let before = found.len();
        found.extend(one.next());
        found.extend(other.next());
        if found.len() == before {
            break;
        }
    }
    found.truncate(want);
    found
}

fn record(plan: &Plan, draft: &Draft, number: u64, random: &mut Random) -> Record {
    let mut record = Record::new(Kind::Sanction, number, Fields::new());
    record.rev = 1;
    let row = under("strict", draft.measure);
    let word = |nth: usize| row.get(nth).copied().unwrap_or("");
    record.set("measure", draft.measure.into());
    record.set("subject", vec![draft.subject.to_string()].into());
    record.set("note", MARK.into());
    let facts = draft
        .complaint
        .map_or(word(0), |complaint| complaint.text("found"));
    record.set("facts", facts.into());
    match draft.complaint {
        Some(complaint) => record.set("complaint", complaint.code().to_string().into()),
        None => record.set(
            "inspection",
            format!("{} 例行检查查明：{}", draft.day, word(0)).into(),
        ),
    }
    match draft.measure {
        "清退" => {
            record.set("serious", "多次劝告不改，造成不良影响。".into());
            let proof = random.pick(words("proof"));
            let cells = [("name", proof), ("kept", "档案柜 1 层")];
            let proof = Value::Map(
                cells
                    .map(|(key, text)| (key.to_owned(), text.into()))
                    .into(),
            );
            record.set("evidence", Value::List(vec![proof]));
        }
        "暂停" => {
            let until = plan.today + Duration::days(random.between(30, 90));
            record.set("until", until.to_string().into());
        }
        _ => {}
    }
    let clerk = desk(plan, draft, CLERK, 0);
    let now = format!("{}T09:30", draft.day);
    let at = Moment {
        day: draft.day,
        now: &now,
        by: clerk,
    };
    plan.enter(&mut record, at);
    let mut day = draft.day;
    for (step, (least, most), role, nth) in COURSE {
        day = workday(day + Duration::days(random.between(least, most)));
        if day > plan.today {
            break;
        }
        let by = desk(plan, draft, role, nth);
        let now = format!("{day}T10:30");
        let answers = answers(step, &record, word(1), random);
        plan.take(&mut record, step, answers, Moment { day, now: &now, by });
    }
    if draft.at % 3 == 1 {
        appeal(plan, draft, day, random, &mut record);
    }
    plan.settle(&mut record);
    record
}

/// Somebody who looks after the person's team.
fn desk<'a>(plan: &'a Plan, draft: &Draft, role: &str, nth: usize) -> Option<&'a Clerk> {
    let person = plan.person(draft.subject.number)?;
    let desk = plan.desk(person.refs("teams").next()?, role);
    desk.get(nth).copied()
}

/// An appeal, decided by a head of the region who took no part.
fn appeal(plan: &Plan, draft: &Draft, since: NaiveDate, random: &mut Random, record: &mut Record) {
    let own = desk(plan, draft, HEAD, 0);
    let above = plan.clerks.iter().find(|clerk| clerk.role == HEAD);
    let apart = own.zip(above).filter(|(own, above)| own.team != above.team);
    let answered = since + Duration::days(25);
    let Some((own, above)) = apart.filter(|_| answered <= plan.today) else {
        return;
    };
    let asked = workday(since + Duration::days(random.between(4, 12)));
    let given = workday(asked + Duration::days(random.between(5, 10)));
    for (step, day, by, key, text) in [
        ("appeal", asked, own, "appeal", "认为处理偏重，请求复核。"),
        (
            "uphold",
            given,
            above,
            "answer",
            "事实清楚，程序合规，处理适当，予以维持。",
        ),
    ] {
        let now = format!("{day}T15:30");
        let at = Moment {
            day,
            now: &now,
            by: Some(by),
        };
        plan.take(record, step, vec![(key, text.into())], at);
    }
}

/// What is answered to a step.
fn answers(step: &str, record: &Record, decision: &str, random: &mut Random) -> Answers {
    let of = |key: &'static str, text: &str| (key, Value::from(text));
    match step {
        "notify" => {
            let (facts, measure) = (record.text("facts"), record.text("measure"));
            let notice = format!("查明：{facts}拟作出{measure}的处理。可在五日内陈述和申辩。");
            vec![
                of("told_how", "书面送达"),
                of("notice", &notice),
                of(
                    "remedy",
                    "不服的，自生效之日起三十日内向上一级科技志愿服务组织申诉。",
                ),
            ]
        }
        "hear" => vec![of("statement", random.pick(words("statement")))],
        "decide" => vec![of("decision", decision)],
        "enforce" => vec![of("served_how", "书面送达")],
        _ => Vec::new(),
    }
}
