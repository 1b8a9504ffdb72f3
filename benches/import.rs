//! Import of a whole register from one xlsx, as an operator does it: one command against a service.
//!
//! `cargo bench --bench import`; `KEZHI_BENCH_ROWS` (100,000).
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use kezhi::demo::{Deeds, Plan, Size, Teams};
use kezhi::domain::field::Need;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::place as region;
use kezhi::domain::record::Record;
use kezhi::domain::said::Lang;
use kezhi::domain::value::Fields;
use kezhi::exchange::export::Export;
use kezhi::protocol::{Act, Change, Find, Request};
use kezhi::wire::{client::Client, place};

fn rows() -> usize {
    std::env::var("KEZHI_BENCH_ROWS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(100_000)
}

/// The register as a department keeps it: names of teams and places, not their codes.
fn sheet(path: &Path, people: usize, mark: &str) {
    let size = Size {
        people,
        teams: Teams {
            leagues: 11,
            counties: 92,
            societies: (0, 0),
            universities: (0, 0),
            enterprises: (0, 0),
            parks: (0, 0),
            townships: 0,
            disciplines: 0,
            departments: 0,
        },
        deeds: Deeds::NONE,
    };
    let plan = Plan::new(size, chrono::Local::now().date_naive());
    let names: Vec<String> = plan
        .organisations()
        .map(|team| team.title().to_owned())
        .collect();
    let fields: Vec<_> = Kind::Volunteer
        .spec()
        .fields
        .iter()
        .filter(|field| field.need != Need::System)
        .collect();
    let columns: Vec<(String, String)> = fields
        .iter()
        .map(|field| (field.key.to_owned(), field.label.zh.to_owned()))
        .collect();
    let mut file = Export::create(path, &columns, &["花名册".to_owned()]).unwrap();
    let cell = |record: &Record, key: &str| -> String {
        let said = |text: &str| match key {
            "area" => region::by_code(text).map_or_else(String::new, region::Place::path),
            "teams" => Code::read(text)
                .and_then(|code| names.get(code.number as usize - 1).cloned())
                .unwrap_or_default(),
            _ => text.to_owned(),
        };
        if key == "employer" {
            return format!("{}{mark}", record.text(key));
        }
        record.texts(key).map(said).collect::<Vec<_>>().join("、")
    };
    for record in plan.volunteers() {
        let cells: Vec<String> = fields
            .iter()
            .map(|field| cell(&record, field.key))
            .collect();
        file.row(&cells).unwrap();
    }
    file.finish().unwrap();
}

/// The most memory that a process had, in MB; none once it is gone.
fn peak(pid: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// How long somebody else waits meanwhile: a query every 50 ms, a write every second; the longest of each, in ms.
fn others(socket: &Path, done: &AtomicBool) -> (f64, f64) {
    let client = Client::connect(socket, Lang::Zh).unwrap();
    let (mut query, mut write, mut nth) = (0.0, 0.0, 0u64);
    while !done.load(Ordering::Relaxed) {
        let start = Instant::now();
        let find = Find {
            text: "slw".to_owned(),
            limit: 20,
            ..Find::default()
        };
        client.ask(Request::Find(find)).unwrap();
        query = f64::max(query, start.elapsed().as_secs_f64() * 1e3);
        if nth.is_multiple_of(20) {
            let start = Instant::now();
            let change = Change {
                act: Act::Edit {
                    code: Code::new(Kind::Organisation, 1),
                    rev: None,
                },
                fields: Fields::from([("note".to_owned(), nth.to_string().into())]),
                confirmed: true,
                reason: String::new(),
            };
            client.ask(Request::Make { token: 0, change }).unwrap();
            write = f64::max(write, start.elapsed().as_secs_f64() * 1e3);
        }
        nth += 1;
        std::thread::sleep(Duration::from_millis(50));
    }
    (query, write)
}

fn main() {
    let people = rows();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("register.xlsx");
    let start = Instant::now();
    sheet(&file, people, "");
    let other = dir.path().join("changed.xlsx");
    sheet(&other, people, "分部");
    let size = std::fs::metadata(&file).unwrap().len() as f64 / 1e6;
    println!(
        "{people} people in an xlsx of {size:.1} MB; two made in {:.1} s",
        start.elapsed().as_secs_f64()
    );
    let kezhi = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kezhi"));
        command
            .arg("--data")
            .arg(dir.path())
            .arg("--json")
            .args(args);
        command.env_remove("KEZHI_SOCKET");
        command
    };
    let answer = |output: std::process::Output| -> serde_json::Value {
        serde_json::from_slice(&output.stdout).unwrap()
    };
    answer(
        kezhi(&["list", "organisation", "--limit", "1"])
            .output()
            .unwrap(),
    );
    let status = answer(
        kezhi(&["status"])
            .output()
            .unwrap_or_else(|_| unreachable!()),
    );
    let service = status["pid"].as_u64().unwrap() as u32;
    let empty = peak(service).unwrap_or(0.0);
    let (path, changed) = (file.to_str().unwrap(), other.to_str().unwrap());
    println!(
        "{:<24} {:>8} {:>9} {:>12} {:>12} {:>9}",
        "", "s", "rows/s", "service MB", "client MB", "written"
    );
    for (name, busy, args) in [
        (
            "rehearsal (--dry-run)",
            false,
            vec!["import", "volunteer", path, "--dry-run"],
        ),
        (
            "import",
            false,
            vec!["import", "volunteer", path, "--accept-valid"],
        ),
        (
            "the same once more",
            false,
            vec!["import", "volunteer", path, "--accept-valid"],
        ),
        (
            "all of them changed",
            true,
            vec!["import", "volunteer", changed, "--accept-valid"],
        ),
    ] {
        let start = Instant::now();
        let done = Arc::new(AtomicBool::new(false));
        let (socket, ended) = (place::socket(dir.path()), Arc::clone(&done));
        let meanwhile = busy.then(|| std::thread::spawn(move || others(&socket, &ended)));
        let child = kezhi(&args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let pid = child.id();
        let watch = std::thread::spawn(move || {
            let mut most = 0.0;
            while let Some(now) = peak(pid) {
                most = f64::max(most, now);
                std::thread::sleep(Duration::from_millis(10));
            }
            most
        });
        let output = child.wait_with_output().unwrap();
        let seconds = start.elapsed().as_secs_f64();
        let client = watch.join().unwrap();
        let answer = answer(output);
        println!(
            "{name:<24} {seconds:>8.2} {:>9.0} {:>12.0} {client:>12.0} {:>9}   accepted {} updated {} rejected {}",
            people as f64 / seconds,
            peak(service).unwrap_or(0.0),
            answer["written"].as_u64().unwrap_or(0),
            answer["accepted"],
            answer["updated"],
            answer["rejected"],
        );
        done.store(true, Ordering::Relaxed);
        if let Some(meanwhile) = meanwhile {
            let (query, write) = meanwhile.join().unwrap();
            println!(
                "{:<24} longest wait of another session: query {query:.0} ms, write {write:.0} ms",
                ""
            );
        }
    }
    println!("service before: {empty:.0} MB; the peaks are VmHWM, which never sinks");
    let _ = kezhi(&["stop"]).output();
}
