//! The work itself at size: hours from kept sums against a recount, the strip of a large activity,
//! 10,000 hours confirmed in one act against one by one, matching, and the check of everything.
//!
//! `cargo bench --bench work`; `KEZHI_BENCH_RECORDS` (1,000,000) service records on top of
//! `KEZHI_BENCH_PEOPLE` (200,000, size L); `KEZHI_BENCH_MANY` (10,000) hours in one act;
//! `KEZHI_BENCH_MATCH` (1,000,000) people to match, 0 for none; `KEZHI_BENCH_CHECK` (M) the size to check.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::Datelike;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::record::Record;
use kezhi::domain::service_record::{CONFIRMED, minutes};
use kezhi::domain::value::Fields;
use kezhi::protocol::work::{Check, Hours, Many};
use kezhi::protocol::{Act, Answer, Change, Request};
use kezhi::service::{Service, Session};
use kezhi::store::Store;

#[path = "work_data.rs"]
mod work_data;

use work_data::{CROWD, Laid, demo, lay};

fn number(name: &str, default: u64) -> u64 {
    let set = std::env::var(name).ok();
    set.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

/// Times of one thing, sorted.
struct Times(Vec<f64>);

impl Times {
    fn of(count: usize, mut once: impl FnMut(usize)) -> Times {
        let mut times: Vec<f64> = (0..count)
            .map(|nth| {
                let start = Instant::now();
                once(nth);
                ms(start)
            })
            .collect();
        times.sort_by(f64::total_cmp);
        Times(times)
    }

    fn at(&self, share: f64) -> f64 {
        self.0[((self.0.len() - 1) as f64 * share).round() as usize]
    }
}

/// One row of the table: ours, and the same by a full scan or one by one.
fn row(name: &str, bound: f64, times: &Times, baseline: Option<f64>) {
    let (p50, worst) = (times.at(0.5), times.at(1.0));
    let mark = if worst <= bound { "" } else { "  over" };
    let against = baseline.map_or(String::new(), |all| {
        format!("{all:>12.2} {:>9.0}x", all / p50.max(1e-6))
    });
    println!("{name:<44} {bound:>8.0} {p50:>9.3} {worst:>9.3} {against}{mark}");
}

fn head() {
    println!(
        "{:<44} {:>8} {:>9} {:>9} {:>12} {:>10}",
        "ms", "bound", "p50", "worst", "baseline", "ratio"
    );
}

fn join(service: &Arc<Service>) -> Session {
    let who = service.identify(1, Some("压测")).unwrap();
    service.join(who, |_| {})
}

/// The minutes of a year by a full recount of what a code names.
fn recount(dir: &Path, year: i32, fits: impl Fn(&Record) -> bool) -> (f64, i64) {
    let store = Store::open(&dir.join("store.redb")).unwrap();
    let (start, year, mut all) = (Instant::now(), year.to_string(), 0);
    let reader = store.read().unwrap();
    reader
        .each(Kind::ServiceRecord, 0, |record| {
            if record.status() == CONFIRMED
                && record.text("day").starts_with(&year)
                && fits(&record)
            {
                all += minutes(&record);
            }
            true
        })
        .unwrap();
    (ms(start), all)
}

fn main() {
    let (records, people) = (
        number("KEZHI_BENCH_RECORDS", 1_000_000),
        number("KEZHI_BENCH_PEOPLE", 200_000),
    );
    let today = chrono::Local::now().date_naive();
    let dir = tempfile::tempdir().unwrap();
    let start = Instant::now();
    demo(
        dir.path(),
        &["--size", "L", "--people", &people.to_string()],
    );
    let laid = lay(
        dir.path(),
        records,
        number("KEZHI_BENCH_MANY", 10_000),
        today,
    );
    println!(
        "{records} service records, {} people, {} teams with activities; laid in {:.0} s",
        laid.people,
        laid.teams.len(),
        start.elapsed().as_secs_f64()
    );
    let year = today.year();
    let (full, wanted) = recount(dir.path(), year, |_| true);
    let start = Instant::now();
    let service = Service::open(dir.path(), 1, true).unwrap();
    println!("opened in {:.1} s", start.elapsed().as_secs_f64());
    let session = join(&service);
    head();
    hours(&service, &session, &laid, year, (full, wanted));
    strip(&service, &session, &laid);
    bulk(&service, &session, &laid);
    service.close();
    drop((service, session));
    matching(number("KEZHI_BENCH_MATCH", 1_000_000));
    check();
}

fn hours(
    service: &Arc<Service>,
    session: &Session,
    laid: &Laid,
    year: i32,
    (full, wanted): (f64, i64),
) {
    let ask = |of: Option<Code>| match service.handle(
        session,
        Request::Hours(Hours {
            of,
            year,
            own: false,
        }),
    ) {
        Ok(Answer::Hours(view)) => view,
        other => unreachable!("{other:?}"),
    };
    let view = ask(None);
    assert_eq!(
        view.minutes, wanted,
        "the kept sums are what a recount gives"
    );
    let rows: i64 = view.rows.iter().map(|row| row.minutes).sum();
    assert_eq!(rows, wanted);
    let all = Times::of(100, |_| drop(ask(None)));
    row(
        "hours of the region, unfolded to leagues",
        16.0,
        &all,
        Some(full),
    );
    let teams = Times::of(300, |nth| {
        let team = laid.teams[nth * 7 % laid.teams.len()];
        drop(ask(Some(Code::new(Kind::Organisation, team))));
    });
    row("hours of a team", 16.0, &teams, Some(full));
    let people = Times::of(300, |nth| {
        let person = nth as u64 * 7919 % laid.people + 1;
        drop(ask(Some(Code::new(Kind::Volunteer, person))));
    });
    row(
        "hours of a volunteer, with the records",
        16.0,
        &people,
        Some(full),
    );
}

fn strip(service: &Arc<Service>, session: &Session, laid: &Laid) {
    let strip = Times::of(50, |_| {
        match service.handle(session, Request::Cover(laid.crowd)) {
            Ok(Answer::Cover(view)) => assert_eq!(view.people.len() as u64, CROWD),
            other => unreachable!("{other:?}"),
        }
    });
    row(
        &format!("strip of an activity of {CROWD}"),
        16.0,
        &strip,
        None,
    );
}

fn bulk(service: &Arc<Service>, session: &Session, laid: &Laid) {
    let (few, most) = laid.pending.split_at(laid.pending.len() / 50);
    // One by one, each in a transaction of its own: reckoned up to as many as the act has.
    let start = Instant::now();
    for code in few {
        let change = Change {
            act: Act::Step {
                code: *code,
                step: "confirm".to_owned(),
                rev: None,
            },
            fields: Fields::new(),
            confirmed: true,
            reason: String::new(),
        };
        service
            .handle(session, Request::Make { token: 0, change })
            .unwrap();
    }
    let single = ms(start) / few.len() as f64 * most.len() as f64;
    for step in ["confirm", "unconfirm"] {
        let many = Many {
            codes: most.to_vec(),
            step: step.to_owned(),
            fields: Fields::new(),
            confirmed: true,
            reason: String::new(),
        };
        let token = step.len() as u64;
        let times = Times::of(1, |_| {
            match service.handle(
                session,
                Request::Many {
                    token,
                    many: many.clone(),
                },
            ) {
                Ok(Answer::Many(done)) => assert_eq!(done.done.len(), most.len()),
                other => unreachable!("{other:?}"),
            }
        });
        let name = format!("{} hours in one act: {step}", most.len());
        row(&name, 1000.0, &times, Some(single));
    }
}

fn matching(people: u64) {
    if people == 0 {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    demo(
        dir.path(),
        &["--size", "L", "--people", &people.to_string()],
    );
    let service = Service::open(dir.path(), 1, true).unwrap();
    let session = join(&service);
    let fields = [
        ("title", "农技讲座"),
        ("recipient", "红山区文钟镇"),
        ("org", "ZZ-0001"),
        ("area", "150402"),
        ("skills", "农牧林草"),
    ];
    let fields = fields.map(|(key, value)| (key.to_owned(), value.into()));
    let change = Change {
        act: Act::New(Kind::Need),
        fields: Fields::from(fields),
        confirmed: true,
        reason: "压测".to_owned(),
    };
    let need = match service.handle(&session, Request::Make { token: 0, change }) {
        Ok(Answer::View(view)) => view.code,
        other => return println!("matching: the need was refused: {other:?}"),
    };
    let ask = || {
        service.handle(
            &session,
            Request::Match {
                code: need,
                limit: 30,
            },
        )
    };
    match ask() {
        Ok(Answer::Matches(found)) => {
            let found = found.len();
            let times = Times::of(50, |_| drop(ask()));
            row(
                &format!("matching over {people} people ({found} rows)"),
                50.0,
                &times,
                None,
            );
        }
        _ => println!("matching over {people} people: not there yet"),
    }
    service.close();
}

fn check() {
    let size = std::env::var("KEZHI_BENCH_CHECK").unwrap_or_else(|_| "M".to_owned());
    let dir = tempfile::tempdir().unwrap();
    demo(dir.path(), &["--size", &size]);
    let service = Service::open(dir.path(), 1, true).unwrap();
    let session = join(&service);
    let mut found = 0;
    let times = Times::of(3, |_| {
        match service.handle(&session, Request::Check(Check::default())) {
            Ok(Answer::Findings(findings)) => found = findings.len(),
            other => unreachable!("{other:?}"),
        }
    });
    row(
        &format!("check over size {size} ({found} findings)"),
        f64::INFINITY,
        &times,
        None,
    );
    service.close();
}
