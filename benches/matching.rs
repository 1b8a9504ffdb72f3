//! Matching: who fits a need, asked of a store of many people with enrolments and other needs.
//!
//! `cargo bench --bench matching`; `KEZHI_BENCH_PEOPLE=1000000` sets the size (default 100,000);
//! there are nine enrolments for ten people, and twenty people in an activity.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

use std::time::Instant;

use kezhi::demo::{Plan, Size};
use kezhi::domain::kind::{Code, Kind, YEAR};
use kezhi::domain::operator::Role;
use kezhi::domain::place::{Level, Place, places};
use kezhi::domain::record::Record;
use kezhi::domain::value::Fields;
use kezhi::domain::volunteer::SKILLS;
use kezhi::protocol::Who;
use kezhi::service::{Service, found};
use kezhi::store::Store;

/// Records of one transaction.
const TOGETHER: usize = 50_000;

/// Needs that are asked about.
const NEEDS: u64 = 400;

fn record(kind: Kind, number: u64, cells: &[(&str, String)]) -> Record {
    let mut record = Record::new(kind, number, Fields::new());
    record.rev = 1;
    for (key, value) in cells {
        match *key {
            "sessions" => {
                let (start, end) = value.split_once(' ').unwrap();
                let row = [("start", start), ("end", end)];
                let row = row.map(|(key, text)| (key.to_owned(), text.into()));
                let row = kezhi::domain::value::Value::Map(Fields::from(row));
                record.set(key, kezhi::domain::value::Value::List(vec![row]));
            }
            "skills" | "languages" | "dangers" => record.set(key, vec![value.clone()].into()),
            _ => record.set(key, value.clone().into()),
        }
    }
    record
}

fn put(store: &Store, kind: Kind, records: impl Iterator<Item = Record>) {
    let mut records = records.peekable();
    while records.peek().is_some() {
        let batch: Vec<Record> = records.by_ref().take(TOGETHER).collect();
        let mut writer = store.write().unwrap();
        writer.load(kind, &batch).unwrap();
        writer.commit().unwrap();
    }
}

/// Numbers that look like chance and are the same each time.
fn mixed(seed: u64) -> u64 {
    let seed = (seed ^ (seed >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    seed ^ (seed >> 29)
}

fn main() {
    let people: usize = std::env::var("KEZHI_BENCH_PEOPLE")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(100_000);
    let dir = tempfile::tempdir().unwrap();
    let today = chrono::Local::now().date_naive();
    let mut size = Size::named("M").unwrap();
    size.people = people;
    {
        let store = Store::open(&dir.path().join("store.redb")).unwrap();
        found::lay(&store).unwrap();
        let plan = Plan::new(size, today);
        let mut writer = store.write().unwrap();
        for team in plan.organisations() {
            writer.put(&team).unwrap();
        }
        writer.commit().unwrap();
        put(&store, Kind::Volunteer, plan.volunteers());
        let activities = people as u64 * 9 / 200;
        let day = |nth: u64| today + chrono::Duration::days((mixed(nth) % 400) as i64 - 300);
        let year = chrono::Datelike::year(&today) as u64;
        put(
            &store,
            Kind::Activity,
            (0..activities).map(|nth| {
                let day = day(nth);
                let cells = [
                    ("title", format!("活动{nth}")),
                    ("org", "ZZ-0035".to_owned()),
                    ("sessions", format!("{day}T09:00 {day}T11:00")),
                    ("day", day.to_string()),
                    ("status", "招募".to_owned()),
                ];
                record(Kind::Activity, year * YEAR + nth + 1, &cells)
            }),
        );
        put(
            &store,
            Kind::Enrolment,
            (0..activities * 20).map(|nth| {
                let activity = Code::new(Kind::Activity, year * YEAR + nth / 20 + 1);
                let volunteer = 1 + mixed(nth + 77) % people as u64;
                let day = day(nth / 20);
                let cells = [
                    ("activity", activity.to_string()),
                    (
                        "volunteer",
                        Code::new(Kind::Volunteer, volunteer).to_string(),
                    ),
                    ("org", "ZZ-0035".to_owned()),
                    ("day", day.to_string()),
                    ("agreed_on", (day - chrono::Duration::days(8)).to_string()),
                    ("status", "同意".to_owned()),
                ];
                record(Kind::Enrolment, nth + 1, &cells)
            }),
        );
        let counties: Vec<&Place> = places()
            .iter()
            .filter(|place| place.level() == Level::County)
            .collect();
        put(
            &store,
            Kind::Need,
            (0..NEEDS).map(|nth| {
                let chance = mixed(nth + 5);
                let day = today + chrono::Duration::days((chance % 90) as i64 + 1);
                let mut cells = vec![
                    ("title", format!("需求{nth}")),
                    ("org", ["ZZ-0001", "ZZ-0005"][nth as usize % 2].to_owned()),
                    (
                        "area",
                        counties[chance as usize % counties.len()].code.to_owned(),
                    ),
                    ("sessions", format!("{day}T08:30 {day}T10:30")),
                    ("status", "待核".to_owned()),
                ];
                if nth % 5 > 0 {
                    let skill = SKILLS[mixed(chance) as usize % SKILLS.len()].zh;
                    cells.push(("skills", skill.to_owned()));
                }
                if nth % 4 == 0 {
                    cells.push(("languages", "蒙古语".to_owned()));
                }
                if nth % 3 == 0 {
                    cells.push(("dangers", "野外".to_owned()));
                }
                record(Kind::Need, year * YEAR + nth + 1, &cells)
            }),
        );
    }
    let start = Instant::now();
    let service = Service::open(dir.path(), 1, true).unwrap();
    println!("opened in {:.2} s", start.elapsed().as_secs_f64());
    let year = chrono::Datelike::year(&today) as u64;
    for (name, scope) in [("the region", 1), ("one league", 5)] {
        let who = Who {
            uid: 4711,
            name: "试".into(),
            roles: vec![Role::Head],
            scope: vec![Code::new(Kind::Organisation, scope)],
            ..Default::default()
        };
        let mut times = Vec::new();
        let mut rows = 0;
        for nth in 0..NEEDS {
            let code = Code::new(Kind::Need, year * YEAR + nth + 1);
            let start = Instant::now();
            if let Ok(found) = service.matching(&who, code, 20) {
                times.push(start.elapsed().as_secs_f64() * 1e3);
                rows += found.len();
            }
        }
        times.sort_by(f64::total_cmp);
        if times.is_empty() {
            continue;
        }
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        println!(
            "{people} people, seen by {name}: {} needs, {rows} rows, ms p50 {:.1} p99 {:.1} worst {:.1}",
            times.len(),
            at(0.5),
            at(0.99),
            at(1.0)
        );
    }
    service.close();
}
