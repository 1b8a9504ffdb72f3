//! The policies: one for each dangerous activity, some for whole teams, others beside them (article 9 (6)).

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};

use crate::demo::act::Act;
use crate::demo::answer::takes_part;
use crate::demo::class::Class;
use crate::demo::flaw::Flaw;
use crate::demo::material::{shuffled, words};
use crate::demo::random::Random;
use crate::demo::{MARK, Plan};
use crate::domain::insurance::ACCIDENT;
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::{Span, stored};
use crate::domain::record::Record;
use crate::domain::value::Fields;

const LIABILITY: &str = "公众责任";

/// A policy: kind, term, state, whom it covers, for which activity.
struct Draft<'a> {
    kind: &'static str,
    from: String,
    to: String,
    cancelled: bool,
    covers: Vec<String>,
    org: u64,
    act: Option<&'a Act>,
}

/// All policies, by the day on which they begin.
pub fn all(plan: &Plan) -> Vec<Record> {
    let acts = &plan.work().acts;
    let insured = teams(plan);
    let mut drafts: Vec<Draft> = insured.iter().map(|at| group(plan, *at)).collect();
    let dangerous = |act: &&Act| !act.risks.is_empty() && !matches!(act.state, "草拟" | "待批");
    for act in acts.iter().filter(dangerous) {
        if !(by_team(plan, act, &insured) || act.state == "招募" && act.at % 2 == 0) {
            drafts.extend(accident(plan, act));
        }
    }
    // What goes beside: liability for the large ones first, then here and there.
    let beside = |act: &&Act| act.risks.is_empty() && matches!(act.state, "结项" | "就绪");
    let large = acts.iter().filter(beside).filter(|act| act.major);
    let some = shuffled("policy", acts.len());
    let some = some.iter().filter_map(|at| acts.get(*at));
    let some = some.filter(beside).filter(|act| !act.major);
    let missing = plan.size.deeds.policies.saturating_sub(drafts.len());
    let more: Vec<Draft> = large
        .chain(some)
        .take(missing)
        .map(|act| liability(plan, act))
        .collect();
    drafts.extend(more);
    drafts.sort_by(|one, other| one.from.cmp(&other.from));
    let records = drafts.into_iter().zip(1..);
    records
        .map(|(draft, number)| record(draft, number))
        .collect()
}

/// The teams that are insured as a whole.
fn teams(plan: &Plan) -> Vec<usize> {
    let busy = |at: &usize| {
        plan.teams.get(*at).is_some_and(|team| {
            let kind = matches!(
                team.class,
                Class::League | Class::County | Class::University
            );
            kind && team.founded && team.members > 0
        })
    };
    let order = shuffled("insured", plan.teams.len()).into_iter();
    order
        .filter(busy)
        .take(plan.size.deeds.group_policies)
        .collect()
}

/// Whether everybody in an activity is insured with the team, whose policy is of this year.
fn by_team(plan: &Plan, act: &Act, insured: &[usize]) -> bool {
    let Some(team) = plan
        .teams
        .get(act.team)
        .filter(|_| insured.contains(&act.team))
    else {
        return false;
    };
    let (own, year) = (team.numbers(), plan.today.year());
    let seats = plan.work().cast.seats.get(act.seats.clone()).unwrap_or(&[]);
    act.day().year() == year
        && act.last().year() == year
        && seats.iter().all(|seat| own.contains(&seat.person))
}

fn group(plan: &Plan, at: usize) -> Draft<'_> {
    let year = plan.today.year();
    let team = plan.teams.get(at).map_or(1, |team| team.record.number);
    Draft {
        kind: ACCIDENT,
        from: format!("{year}-01-01"),
        to: format!("{year}-12-31"),
        cancelled: false,
        covers: vec![Code::new(Kind::Organisation, team).to_string()],
        org: team,
        act: None,
    }
}

fn draft<'a>(plan: &Plan, act: &'a Act, kind: &'static str, from: String, to: String) -> Draft<'a> {
    Draft {
        kind,
        from,
        to,
        cancelled: act.state == "取消",
        covers: Vec::new(),
        org: act.team(plan),
        act: Some(act),
    }
}

fn days(act: &Act) -> (String, String) {
    (act.day().to_string(), act.last().to_string())
}

fn liability<'a>(plan: &Plan, act: &'a Act) -> Draft<'a> {
    let (from, to) = days(act);
    draft(plan, act, LIABILITY, from, to)
}

fn midnight(day: NaiveDate) -> String {
    stored(day.and_time(NaiveTime::MIN))
}

/// What insures those who take part: by whole days, to the minute, by name, or in two that touch.
fn accident<'a>(plan: &Plan, act: &'a Act) -> Vec<Draft<'a>> {
    let Some(Span { start, end }) = act.whole() else {
        return Vec::new();
    };
    let (from, to) = days(act);
    let of = |from: String, to: String| draft(plan, act, ACCIDENT, from, to);
    match act.flaw {
        Some(Flaw::Uninsured(nth)) => match nth % 3 {
            0 => Vec::new(),
            1 => vec![Draft {
                cancelled: true,
                ..of(from, to)
            }],
            _ => vec![liability(plan, act)],
        },
        Some(Flaw::ShortPolicy(nth)) => match nth % 2 {
            0 => vec![of(
                midnight(act.day() - Duration::days(1)),
                midnight(act.day()),
            )],
            _ => vec![of(stored(start + Duration::minutes(60)), stored(end))],
        },
        _ => match act.at % 4 {
            0 => vec![of(from, to)],
            1 => vec![of(stored(start), stored(end))],
            2 => {
                let seats = plan.work().cast.seats.get(act.seats.clone()).unwrap_or(&[]);
                let named = seats.iter().filter(|seat| takes_part(seat.answer));
                let named = named.map(|seat| Code::new(Kind::Volunteer, seat.person).to_string());
                vec![Draft {
                    covers: named.collect(),
                    ..of(from, to)
                }]
            }
            _ => {
                let middle = stored(start + Duration::minutes((end - start).num_minutes() / 2));
                vec![
                    of(stored(start - Duration::minutes(60)), middle.clone()),
                    of(middle, stored(end)),
                ]
            }
        },
    }
}

fn record(draft: Draft, number: u64) -> Record {
    let mut random = Random::of("policy", number);
    let mut record = Record::new(Kind::Insurance, number, Fields::new());
    record.rev = 1;
    let year = draft.from.get(..4).unwrap_or("");
    let no = format!("YS{year}15{:08}", 10_000_000 + number * 7_919);
    let org = Code::new(Kind::Organisation, draft.org).to_string();
    for (key, text) in [
        ("policy_no", no),
        ("insurer", random.pick(words("insurer")).to_owned()),
        ("kind", draft.kind.to_owned()),
        ("from", draft.from),
        ("to", draft.to),
        ("org", org),
    ] {
        record.set(key, text.into());
    }
    record.set("covers", draft.covers.into());
    if let Some(act) = draft.act {
        record.set(
            "activity",
            Code::new(Kind::Activity, act.number).to_string().into(),
        );
    }
    record.set("amount", (50_000 * random.between(2, 10)).into());
    let (status, note) = match draft.cancelled {
        true => ("退保", format!("{MARK}；活动有变，退保")),
        false => ("有效", MARK.to_owned()),
    };
    record.set("status", status.into());
    record.set("note", note.into());
    record
}
