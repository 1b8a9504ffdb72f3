//! The queue at size: opening, filtering, a new day, a change, against the same read from the store.
//!
//! `cargo bench --bench queue`; `KEZHI_BENCH_MATTERS` (100,000) matters, `KEZHI_BENCH_OPEN` (100) of
//! a hundred of them open.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs
)]

use std::time::Instant;

use chrono::{Days, NaiveDate};
use kezhi::domain::clock::running;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::record::Record;
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::matter::{Queue, QueueView, Which};
use kezhi::protocol::{Answer, List, Request, Who};
use kezhi::service::docket::Docket;
use kezhi::service::{Service, Session, found};
use kezhi::store::Store;

fn number(name: &str, default: u64) -> u64 {
    let set = std::env::var(name).ok();
    set.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Sorted times in milliseconds of doing something so often.
fn times(count: usize, mut once: impl FnMut(usize)) -> Vec<f64> {
    let time = |nth| {
        let start = Instant::now();
        once(nth);
        start.elapsed().as_secs_f64() * 1e3
    };
    let mut times: Vec<f64> = (0..count).map(time).collect();
    times.sort_by(f64::total_cmp);
    times
}

fn row(name: &str, bound: f64, times: &[f64], baseline: f64) {
    let (p50, worst) = (times[times.len() / 2], times[times.len() - 1]);
    let mark = if worst <= bound { "" } else { "  over" };
    let ratio = baseline / p50.max(1e-6);
    println!(
        "{name:<46} {bound:>7.0} {p50:>9.3} {worst:>9.3} {baseline:>10.1} {ratio:>8.0}x{mark}"
    );
}

const TITLES: [&str; 6] = [
    "活动现场安全隐患",
    "服务时长登记不实",
    "变相收取费用",
    "冒用队名募捐",
    "取消推荐未说明理由",
    "讲师未到场",
];

const KINDS: [&str; 5] = ["投诉", "举报", "申诉求决", "建议意见", "个人信息"];

/// Matters over the last two years, the open ones over the last hundred days.
fn matter(nth: u64, open: u64, teams: u64, today: NaiveDate) -> Record {
    let mut record = Record::new(Kind::Complaint, 2_026_000_000 + nth, Fields::new());
    record.rev = 1;
    let waits = nth % 100 < open;
    let back = if waits { nth * 7 % 100 } else { nth * 13 % 730 };
    let came = today - Days::new(back);
    let status = match nth % 4 {
        _ if !waits => "办结",
        0 => "登记",
        1 => "受理",
        2 => "核查",
        _ => "答复",
    };
    let team = 1 + nth * 31 % teams;
    let title = format!("{}（第 {nth} 件）", TITLES[nth as usize % TITLES.len()]);
    for (key, value) in [
        ("title", title.as_str()),
        ("kind", KINDS[nth as usize % KINDS.len()]),
        ("complainant", "王秀英"),
        (
            "facts",
            "照来人的话记录的事实，几句话说明时间、地点、经过和要求。",
        ),
        ("receiver", &format!("ZZ-{team:04}")),
        ("against", &format!("ZZ-{:04}", 1 + nth * 17 % teams)),
        ("status", status),
        ("day", &came.to_string()),
        ("accepted_on", &came.to_string()),
        ("answered_on", &came.to_string()),
    ] {
        record.set(key, value.into());
    }
    if nth.is_multiple_of(50) {
        record.set("urgent", Value::Flag(true));
    }
    record
}

fn ask(service: &Service, session: &Session, queue: &Queue) -> QueueView {
    match service
        .handle(session, Request::Queue(queue.clone()))
        .unwrap()
    {
        Answer::Queue(view) => view,
        _ => panic!("no queue"),
    }
}

fn main() {
    let (matters, open) = (
        number("KEZHI_BENCH_MATTERS", 100_000),
        number("KEZHI_BENCH_OPEN", 100),
    );
    let today = chrono::Local::now().date_naive();
    let dir = tempfile::tempdir().unwrap();
    let mut docket = Docket::default();
    let scan = {
        let store = Store::open(&dir.path().join("store.redb")).unwrap();
        found::lay(&store).unwrap();
        let teams = store.read().unwrap().count(Kind::Organisation).unwrap();
        let records: Vec<Record> = (1..=matters)
            .map(|nth| matter(nth, open, teams, today))
            .collect();
        for some in records.chunks(10_000) {
            let mut writer = store.write().unwrap();
            writer.load(Kind::Complaint, some).unwrap();
            writer.commit().unwrap();
        }
        let reader = store.read().unwrap();
        // What the same would take without a docket: every record read, its clocks wound, all sorted.
        let mut all: Vec<(NaiveDate, Code)> = Vec::new();
        let scan = times(3, |_| {
            all.clear();
            reader
                .each(Kind::Complaint, 0, |record| {
                    let first = running(&record, &reader, today).into_iter().next();
                    let due = first.map_or(NaiveDate::MAX, |one| one.due.day);
                    all.push((due, record.code()));
                    true
                })
                .unwrap();
            all.sort_unstable();
        });
        let wound = times(3, |_| {
            let ends = records.iter().filter(|record| record.live());
            let count = ends
                .map(|record| running(record, &reader, today).len())
                .sum::<usize>();
            assert!(count > 0);
        });
        records.iter().for_each(|record| docket.put(record));
        println!(
            "{matters} matters, {} open, {teams} teams",
            records.iter().filter(|record| record.live()).count()
        );
        println!(
            "{:<46} {:>7} {:>9} {:>9} {:>10} {:>9}",
            "ms", "bound", "p50", "worst", "baseline", "ratio"
        );
        let recount = times(30, |nth| {
            let day = today + Days::new(nth as u64);
            assert_eq!(docket.turn(day, &reader).keys.len() as u64, matters);
        });
        row(
            "all clocks for a new day, sorted",
            100.0,
            &recount,
            wound[1],
        );
        scan
    };
    let start = Instant::now();
    let service = Service::open(dir.path(), 1, true).unwrap();
    let opened = start.elapsed().as_secs_f64();
    let session = service.join(service.identify(1, Some("压测")).unwrap(), |_| {});
    let page = Queue {
        limit: 120,
        ..Queue::default()
    };
    let first = times(1, |_| {
        ask(&service, &session, &page);
    });
    row("first page of the day", 100.0, &first, scan[1]);
    let queues: [(&str, Queue); 6] = [
        ("open: sort, count, a page of 120", page.clone()),
        (
            "the last page",
            Queue {
                offset: matters as usize - 120,
                which: Which::All,
                ..page.clone()
            },
        ),
        (
            "today",
            Queue {
                which: Which::Today,
                ..page.clone()
            },
        ),
        (
            "two words: 时长 9",
            Queue {
                text: "时长 9".into(),
                ..page.clone()
            },
        ),
        (
            "initials: fwsc",
            Queue {
                text: "fwsc".into(),
                ..page.clone()
            },
        ),
        (
            "kind and state",
            Queue {
                kind: "举报".into(),
                status: "核查".into(),
                ..page.clone()
            },
        ),
    ];
    for (name, queue) in &queues {
        let times = times(200, |_| {
            ask(&service, &session, queue);
        });
        row(name, 16.0, &times, scan[1]);
    }
    // Somebody below, from whom a part is walled off.
    let county = Who {
        uid: 7,
        roles: session.who.roles.clone(),
        scope: vec![Code::new(Kind::Organisation, 5)],
        ..Who::default()
    };
    let county = service.join(county, |_| {});
    let walled = times(200, |_| {
        ask(&service, &county, &page);
    });
    row("the queue of one league, walled", 16.0, &walled, scan[1]);
    let mut nth = 0;
    let changed = times(500, |_| {
        nth += 1;
        let mut record = matter(nth, open, 100, today);
        record.set("status", "核查".into());
        docket.put(&record);
    });
    row("one change taken in", 16.0, &changed, scan[1]);
    let listed = times(5, |_| {
        let list = List {
            kind: Kind::Complaint,
            filters: Vec::new(),
            within: None,
            sort: Some("due_on".to_owned()),
            after: None,
            as_of: None,
            limit: 120,
        };
        assert!(service.handle(&session, Request::List(list)).is_ok());
    });
    row(
        "the same page by `list --sort due_on`",
        1e9,
        &listed,
        scan[1],
    );
    println!("service opened in {opened:.1} s");
    service.close();
}
