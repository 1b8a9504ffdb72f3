//! The data of the benchmark of the work.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use chrono::{Datelike, Duration, NaiveDate};
use kezhi::domain::change::{Bulk, Entry};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::record::Record;
use kezhi::domain::service_record::CONFIRMED;
use kezhi::domain::value::Fields;
use kezhi::store::Store;

/// People of one of the activities whose hours are confirmed, and of the strip.
pub const CROWD: u64 = 500;
const BATCH: u64 = 50_000;
/// Numbers from here on are free: the demonstration data has smaller ones.
const FREE: u64 = 20_000_000;

/// Makes demonstration data and ends the service that it starts.
pub fn demo(dir: &Path, args: &[&str]) {
    let out = Command::new(env!("CARGO_BIN_EXE_kezhi"))
        .env_remove("KEZHI_SOCKET")
        .arg("--data")
        .arg(dir)
        .args(["demo", "--no-open"])
        .args(args)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{said}");
    let _ = Command::new(env!("CARGO_BIN_EXE_kezhi"))
        .env_remove("KEZHI_SOCKET")
        .arg("--data")
        .arg(dir)
        .arg("stop")
        .output();
}

fn record(kind: Kind, number: u64, fields: &[(&str, &str)]) -> Record {
    let fields = fields.iter().filter(|(_, value)| !value.is_empty());
    let fields = fields.map(|(key, value)| ((*key).to_owned(), (*value).into()));
    let mut record = Record::new(kind, number, fields.collect::<Fields>());
    record.rev = 1;
    record
}

fn load(store: &Store, kind: Kind, records: &[Record]) {
    let (Some(first), Some(last)) = (records.first(), records.last()) else {
        return;
    };
    let mut writer = store.write().unwrap();
    writer.load(kind, records).unwrap();
    let bulk = Bulk {
        kind,
        first: first.number,
        last: last.number,
    };
    writer
        .log(&Entry {
            action: "bench".to_owned(),
            bulk: Some(bulk),
            ..Entry::default()
        })
        .unwrap();
    writer.commit().unwrap();
}

/// What the benchmark put beside the demonstration data.
pub struct Laid {
    /// How many volunteers there are.
    pub people: u64,
    /// The teams that hold activities.
    pub teams: Vec<u64>,
    /// The pending hours.
    pub pending: Vec<Code>,
    /// The activity with the crowd.
    pub crowd: Code,
}

/// Lays service records, and activities whose hours wait to be confirmed, beside the demonstration data.
pub fn lay(dir: &Path, records: u64, many: u64, today: NaiveDate) -> Laid {
    let store = Store::open(&dir.join("store.redb")).unwrap();
    let (mut homes, mut held) = (Vec::new(), HashMap::<String, Vec<u64>>::new());
    let reader = store.read().unwrap();
    reader
        .each(Kind::Volunteer, 0, |person| {
            homes.push((
                person.number,
                person.texts("teams").next().unwrap_or("").to_owned(),
            ));
            true
        })
        .unwrap();
    let mut last = 0;
    reader
        .each(Kind::Activity, 0, |activity| {
            let of = held.entry(activity.text("org").to_owned()).or_default();
            of.push(activity.number);
            last = activity.number.max(last);
            true
        })
        .unwrap();
    drop(reader);
    let any: Vec<u64> = held.values().flatten().copied().collect();
    let person = |nth: u64| &homes[(nth.wrapping_mul(7919) % homes.len() as u64) as usize];
    let code = |kind, number| Code::new(kind, number).to_string();
    let mut at = 1;
    while at <= records {
        let to = (at + BATCH - 1).min(records);
        let batch: Vec<Record> = (at..=to)
            .map(|nth| {
                let (who, team) = person(nth);
                let of = held.get(team).unwrap_or(&any);
                let day = today - Duration::days((nth * 31 % 1000) as i64);
                let status = if nth % 20 == 0 {
                    "待确认"
                } else {
                    CONFIRMED
                };
                let hour = 8 + nth % 8;
                let mut one = record(
                    Kind::ServiceRecord,
                    FREE + nth,
                    &[
                        ("volunteer", &code(Kind::Volunteer, *who)),
                        (
                            "activity",
                            &code(Kind::Activity, of[nth as usize % of.len()]),
                        ),
                        ("org", team),
                        ("day", &day.to_string()),
                        ("start", &format!("{day}T{hour:02}:00")),
                        ("end", &format!("{day}T{:02}:30", hour + 2)),
                        ("evidence", "签到表第 1 页"),
                        ("recorded_on", &day.to_string()),
                        ("recorded_by", "压测"),
                        ("status", status),
                    ],
                );
                one.set(
                    "stints",
                    vec![format!("{}@{day}", code(Kind::Volunteer, *who))].into(),
                );
                one.set("minutes", ((nth * 37 % 120 + 30) as i64).into());
                one
            })
            .collect();
        load(&store, Kind::ServiceRecord, &batch);
        at = to + 1;
    }
    // Activities of one day each, so that nobody is in two places at once.
    let (mut activities, mut enrolments, mut pending) = (Vec::new(), Vec::new(), Vec::new());
    let year = u64::from(today.year().unsigned_abs());
    let base = last.max(year * 1_000_000);
    for nth in 0..many.div_ceil(CROWD) {
        let day = today - Duration::days(2000 + nth as i64);
        let activity = base + nth + 1;
        let mut one = record(
            Kind::Activity,
            activity,
            &[
                ("title", "千人科普行动"),
                ("org", "ZZ-0001"),
                ("day", &day.to_string()),
                ("until", &day.to_string()),
                ("status", "结项"),
            ],
        );
        let times = format!("{day} 09:00-11:30");
        let times = kezhi::domain::moment::sessions(&times.as_str().into(), today);
        one.set("sessions", times.unwrap());
        one.set("days", vec![day.to_string()].into());
        one.set("dangers", vec!["野外".to_owned()].into());
        one.set("needed", (CROWD as i64).into());
        activities.push(one);
        for each in 0..CROWD.min(many - nth * CROWD) {
            let at = nth * CROWD + each;
            let (who, _) = person(at);
            let (who, activity) = (code(Kind::Volunteer, *who), code(Kind::Activity, activity));
            let both = [
                ("volunteer", who.as_str()),
                ("activity", activity.as_str()),
                ("org", "ZZ-0001"),
            ];
            let mut came = record(Kind::Enrolment, FREE + at + 1, &both);
            came.set("status", "到场".into());
            came.set("agreed_by", "本人".into());
            came.set("pair", format!("{activity}@{who}").into());
            came.set("told_on", (day - Duration::days(1)).to_string().into());
            enrolments.push(came);
            let mut one = record(Kind::ServiceRecord, FREE + records + at + 1, &both);
            for (key, value) in [
                ("day", day.to_string()),
                ("start", format!("{day}T09:00")),
                ("end", format!("{day}T11:30")),
                ("recorded_on", day.to_string()),
                ("status", "待确认".to_owned()),
            ] {
                one.set(key, value.into());
            }
            one.set("minutes", 150.into());
            one.set("stints", vec![format!("{who}@{day}")].into());
            pending.push(one);
        }
    }
    let first = &activities[0];
    let mut policy = record(
        Kind::Insurance,
        FREE,
        &[
            ("policy_no", "BENCH-1"),
            ("kind", "人身意外伤害"),
            ("from", &format!("{}T00:00", first.text("day"))),
            ("to", &format!("{}T10:00", first.text("day"))),
            ("status", "有效"),
            ("org", "ZZ-0001"),
        ],
    );
    let half = enrolments.iter().take(CROWD as usize / 2);
    let half: Vec<String> = half.map(|one| one.text("volunteer").to_owned()).collect();
    policy.set("covers", half.into());
    let laid = Laid {
        people: homes.len() as u64,
        teams: held
            .keys()
            .filter_map(|team| Some(Code::read(team)?.number))
            .collect(),
        pending: pending.iter().map(Record::code).collect(),
        crowd: first.code(),
    };
    load(&store, Kind::Insurance, &[policy]);
    load(&store, Kind::Activity, &activities);
    load(&store, Kind::Enrolment, &enrolments);
    load(&store, Kind::ServiceRecord, &pending);
    laid
}
