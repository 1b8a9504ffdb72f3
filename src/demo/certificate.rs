//! The certificates: of one volunteer and a year, or of all that was served, from confirmed records alone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Duration, NaiveDate};

use crate::demo::hour::{Hour, hours};
use crate::demo::material::words;
use crate::demo::number::Yearly;
use crate::demo::random::Random;
use crate::demo::wait::waits;
use crate::demo::{MARK, Plan};
use crate::domain::certificate::check_code;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::service_record::CONFIRMED;
use crate::domain::value::{Fields, Value};
use crate::domain::workday::Calendar;

const STATES: &[(&str, u64)] = &[("有效", 90), ("已更正", 3), ("已撤销", 2), ("申请", 5)];

/// One certificate: whose, what period, and when it was asked for.
struct Draft {
    at: u64,
    person: u64,
    from: NaiveDate,
    to: NaiveDate,
    asked: NaiveDate,
    state: &'static str,
    /// The day of issue, where it is planted.
    issued: Option<NaiveDate>,
}

/// All certificates, in the order in which they were asked for.
pub fn all(plan: &Plan) -> Vec<Record> {
    let drafts = drafts(plan);
    let wanted: BTreeSet<u64> = drafts.iter().map(|draft| draft.person).collect();
    let mut served: BTreeMap<u64, Vec<Hour>> = BTreeMap::new();
    for hour in hours(plan).filter(|hour| wanted.contains(&hour.person)) {
        served.entry(hour.person).or_default().push(hour);
    }
    let mut proved: Vec<(Draft, Vec<&Hour>)> = drafts
        .into_iter()
        .filter_map(|draft| {
            let rows = rows(&draft, served.get(&draft.person)?);
            let some = rows.iter().any(|hour| hour.status == CONFIRMED);
            some.then_some((draft, rows))
        })
        .take(plan.size.deeds.certificates)
        .collect();
    plant(plan, &mut proved, &served);
    proved.sort_by_key(|(draft, _)| (draft.asked, draft.at));
    let (mut numbers, mut codes) = (Yearly::default(), BTreeSet::new());
    let records = proved.iter().map(|(draft, rows)| {
        let number = numbers.next(draft.asked);
        record(plan, draft, number, rows, &mut codes)
    });
    records.collect()
}

/// Gives each request that is planted the place of a certificate whose holder had served by then.
fn plant<'a>(
    plan: &Plan,
    proved: &mut [(Draft, Vec<&'a Hour<'a>>)],
    served: &'a BTreeMap<u64, Vec<Hour<'a>>>,
) {
    let mut used = BTreeSet::new();
    for wait in waits(plan) {
        let open = proved.iter().enumerate();
        let found = open
            .filter(|(at, (draft, _))| draft.state == "有效" && !used.contains(at))
            .find_map(|(at, (draft, _))| {
                let draft = Draft {
                    from: wait.asked - Duration::days(365),
                    to: wait.asked - Duration::days(1),
                    asked: wait.asked,
                    state: if wait.issued.is_some() {
                        "有效"
                    } else {
                        "申请"
                    },
                    issued: wait.issued,
                    ..*draft
                };
                let rows = rows(&draft, served.get(&draft.person)?);
                let sound = rows.iter().all(|hour| hour.status == CONFIRMED);
                (sound && !rows.is_empty()).then_some((at, draft, rows))
            });
        if let Some((at, draft, rows)) = found
            && let Some(place) = proved.get_mut(at)
        {
            used.insert(at);
            *place = (draft, rows);
        }
    }
}

/// What was confirmed in the period, and what was confirmed and withdrawn again.
fn rows<'a>(draft: &Draft, hours: &'a [Hour]) -> Vec<&'a Hour<'a>> {
    let inside = hours
        .iter()
        .filter(|hour| draft.from <= hour.day && hour.day <= draft.to);
    let mut rows: Vec<&Hour> = inside
        .filter(|hour| matches!(hour.status, CONFIRMED | "撤销"))
        .collect();
    rows.sort_by_key(|hour| (hour.day, hour.number));
    rows
}

/// Some of those who came, a few more than are wanted, because not everybody has a confirmed record.
fn drafts(plan: &Plan) -> Vec<Draft> {
    let work = plan.work();
    let want = plan.size.deeds.certificates * 5 / 4;
    let over: Vec<_> = work.acts.iter().filter(|act| act.state == "结项").collect();
    let mut seen = BTreeSet::new();
    let mut drafts = Vec::new();
    for at in 0..want as u64 * 4 {
        let mut random = Random::of("certificate", at);
        let Some(act) = over.get(random.below(over.len() as u64) as usize) else {
            break;
        };
        let last = plan.today - Duration::days(20);
        let came = act
            .seats
            .clone()
            .filter_map(|seat| work.cast.seats.get(seat));
        let mut came = came.filter(|seat| seat.answer == "到场");
        let Some(seat) = came
            .nth(random.below(3) as usize)
            .filter(|_| act.last() < last)
        else {
            continue;
        };
        if drafts.len() == want || !seen.insert(seat.person) {
            continue;
        }
        let state = random.weighted(STATES);
        let year = act.day().year();
        let first = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(plan.today);
        let (from, to) = match random.below(4) {
            0 => (first(plan.today.year() - 3), last),
            _ => (first(year), (first(year + 1) - Duration::days(1)).min(last)),
        };
        // What is asked for and not yet issued came in within the last days.
        let asked = match state {
            "申请" => plan.today - Duration::days(random.between(0, 2)),
            _ => to + Duration::days(random.between(1, 15)),
        };
        drafts.push(Draft {
            at,
            person: seat.person,
            from,
            to,
            asked,
            state,
            issued: None,
        });
    }
    drafts
}

fn record(
    plan: &Plan,
    draft: &Draft,
    number: u64,
    hours: &[&Hour],
    codes: &mut BTreeSet<String>,
) -> Record {
    let mut random = Random::of("certificate-card", draft.at);
    let mut record = Record::new(Kind::Certificate, number, Fields::new());
    record.rev = 1;
    let person = Code::new(Kind::Volunteer, draft.person).to_string();
    for (key, text) in [
        ("volunteer", person),
        ("from", draft.from.to_string()),
        ("to", draft.to.to_string()),
        ("purpose", random.pick(words("purpose")).to_owned()),
        ("asked_on", draft.asked.to_string()),
        ("status", draft.state.to_owned()),
        ("note", MARK.to_owned()),
    ] {
        record.set(key, text.into());
    }
    plan.reckon(&mut record, draft.asked);
    if draft.state == "申请" {
        return record;
    }
    // Issued before one of its records was withdrawn, it stands above that one and is red.
    let red = hours.iter().any(|hour| hour.status != CONFIRMED) && draft.state == "有效";
    let rows = hours.iter().filter(|hour| red || hour.status == CONFIRMED);
    let total: i64 = rows.clone().map(|hour| hour.minutes).sum();
    record.set(
        "rows",
        Value::List(rows.map(|hour| row(plan, hour)).collect()),
    );
    record.set("minutes", total.into());
    let within = Calendar::shipped().add_workdays(draft.asked, random.between(0, 3) as u16);
    let mut issued = draft.issued.unwrap_or(within).min(plan.today);
    let mut note = MARK.to_owned();
    match draft.state {
        "有效" if red => record.set("status", "待更正".into()),
        "已更正" => {
            issued = (issued + Duration::days(random.between(5, 30))).min(plan.today);
            note = format!("{MARK}\n{issued} 更正：补记一次活动");
        }
        "已撤销" => note = format!("{MARK}；本人申请作废"),
        _ => {}
    }
    record.set("note", note.into());
    record.set(
        "version",
        if draft.state == "已更正" { 2 } else { 1 }.into(),
    );
    record.set("issued_on", issued.to_string().into());
    record.set("issued_by", MARK.into());
    let mut code = check_code(random.draw());
    while !codes.insert(code.clone()) {
        code = check_code(random.draw());
    }
    record.set("check_code", code.into());
    record
}

fn row(plan: &Plan, hour: &Hour) -> Value {
    let team = plan.teams.get(hour.act.team);
    let cells = [
        (
            "record",
            Code::new(Kind::ServiceRecord, hour.number)
                .to_string()
                .into(),
        ),
        ("day", hour.day.to_string().into()),
        ("activity", hour.act.theme.title.as_str().into()),
        ("org", team.map_or("", |team| team.record.title()).into()),
        ("minutes", hour.minutes.into()),
    ];
    let cells = cells.map(|(key, value): (&str, Value)| (key.to_owned(), value));
    Value::Map(Fields::from(cells))
}
