//! Many sessions at once: each a keystroke of a query every 100 ms and a write every 10 s, for a while.
//! With one session it tells the time from key to reply through the socket.
//!
//! `cargo bench --bench load`; `KEZHI_BENCH_SESSIONS` (200), `KEZHI_BENCH_PEOPLE` (100,000),
//! `KEZHI_BENCH_SECONDS` (20).
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

use std::process::Command;
use std::time::{Duration, Instant};

#[path = "queries.rs"]
mod queries;

use kezhi::domain::kind::Kind;
use kezhi::domain::said::Lang;
use kezhi::domain::value::Fields;
use kezhi::protocol::{Act, Answer, Change, Find, Request};
use kezhi::wire::{client::Client, place};

/// Rows that the screen of 120x36 asks for while somebody types.
const ROWS: usize = 30;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

/// Processor time of a process, in seconds.
fn spent(pid: u64) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let rest = stat.rsplit_once(')').unwrap().1;
    let ticks: f64 = rest
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<f64>().unwrap())
        .sum();
    ticks / rustix::param::clock_ticks_per_second() as f64
}

fn main() {
    let (sessions, people, seconds) = (
        number("KEZHI_BENCH_SESSIONS", 200),
        number("KEZHI_BENCH_PEOPLE", 100_000),
        number("KEZHI_BENCH_SECONDS", 20),
    );
    let dir = tempfile::tempdir().unwrap();
    let kezhi = |args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_kezhi"))
            .arg("--data")
            .arg(dir.path())
            .args(args)
            .output()
            .unwrap();
        assert!(
            out.status.success(),
            "{}",
            String::from_utf8_lossy(&out.stderr)
        );
        String::from_utf8(out.stdout).unwrap()
    };
    kezhi(&["demo", "--people", &people.to_string(), "--no-open"]);
    let start = Instant::now();
    kezhi(&["find", "slw"]);
    println!(
        "start to first answer at {people} people: {:.2} s",
        start.elapsed().as_secs_f64()
    );
    let memory = || -> f64 {
        let status: serde_json::Value =
            serde_json::from_str(&kezhi(&["--json", "status"])).unwrap();
        status["memory"].as_f64().unwrap()
    };
    let pid = {
        let status: serde_json::Value =
            serde_json::from_str(&kezhi(&["--json", "status"])).unwrap();
        status["pid"].as_u64().unwrap()
    };
    let before = memory();
    let (service_before, own_before) = (spent(pid), spent(u64::from(std::process::id())));
    let typed = queries::keystrokes(queries::HELD);
    let typed = typed.as_slice();
    let socket = place::socket(dir.path());
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut reads = Vec::new();
    let mut writes = Vec::new();
    let mut after = 0.0;
    let dropped = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..sessions)
            .map(|nth| {
                let socket = socket.clone();
                scope.spawn(move || {
                    std::thread::sleep(Duration::from_millis(nth * 100 / sessions));
                    let client = Client::connect(&socket, Lang::Zh).unwrap();
                    let (mut reads, mut writes, mut round) = (Vec::new(), Vec::new(), nth * 7);
                    while Instant::now() < until {
                        round += 1;
                        let start = Instant::now();
                        let ok = if round % 100 == 50 {
                            let fields = Fields::from([
                                ("name".to_owned(), "压测".into()),
                                (
                                    "phone".to_owned(),
                                    format!("139{:08}", nth * 1000 + round % 1000).into(),
                                ),
                                ("teams".to_owned(), "ZZ-0035".into()),
                            ]);
                            let change = Change {
                                act: Act::New(Kind::Volunteer),
                                fields,
                                confirmed: true,
                                reason: String::new(),
                            };
                            let ok = matches!(
                                client.ask(Request::Make { token: 0, change }),
                                Ok(Answer::View(_))
                            );
                            writes.push(start.elapsed().as_secs_f64() * 1e3);
                            ok
                        } else {
                            let text = typed[round as usize % typed.len()].clone();
                            let find = Find {
                                text,
                                kinds: vec![Kind::Volunteer],
                                limit: ROWS,
                                ..Find::default()
                            };
                            let ok =
                                matches!(client.ask(Request::Find(find)), Ok(Answer::Found(_)));
                            reads.push(start.elapsed().as_secs_f64() * 1e3);
                            ok
                        };
                        if !ok {
                            return (reads, writes, 1);
                        }
                        std::thread::sleep(
                            Duration::from_millis(100).saturating_sub(start.elapsed()),
                        );
                    }
                    (reads, writes, 0)
                })
            })
            .collect();
        std::thread::sleep(Duration::from_secs(seconds / 2));
        after = memory();
        workers
            .into_iter()
            .map(|worker| {
                let (one, other, dropped) = worker.join().unwrap();
                reads.extend(one);
                writes.extend(other);
                dropped
            })
            .sum::<u64>()
    });
    let service = spent(pid) - service_before;
    let own = spent(u64::from(std::process::id())) - own_before;
    kezhi(&["stop"]);
    let asked = (reads.len() + writes.len()) as f64;
    println!(
        "processor time a request: service {:.0} us, clients {:.0} us; {:.0} requests a second",
        service * 1e6 / asked,
        own * 1e6 / asked,
        asked / seconds as f64
    );
    println!("{sessions} sessions, {people} people, {seconds} s; clients on the same machine");
    println!(
        "{:<10} {:>9} {:>9} {:>9}   count",
        "ms", "p50", "p99", "worst"
    );
    for (name, mut times) in [("query", reads), ("write", writes)] {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| {
            times
                .get(((times.len().max(1) - 1) as f64 * share).round() as usize)
                .copied()
                .unwrap_or(0.0)
        };
        println!(
            "{name:<10} {:>9.2} {:>9.2} {:>9.2}   {}",
            at(0.5),
            at(0.99),
            at(1.0),
            times.len()
        );
    }
    println!(
        "sessions dropped: {dropped}; memory per session: {:.0} KB",
        (after - before) / sessions as f64 / 1024.0
    );
}
