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
use std::time::{Duration, Instant};

use kezhi::demo::{Plan, Size};
use kezhi::domain::field::Need;
use kezhi::domain::kind::Kind;
use kezhi::domain::place;
use kezhi::domain::record::Record;
use kezhi::exchange::export::Export;

fn rows() -> usize {
    std::env::var("KEZHI_BENCH_ROWS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(100_000)
}

/// The register as a department keeps it: names of teams and places, not their codes.
fn sheet(path: &Path, people: usize) {
    let size = Size {
        people,
        further: false,
        activities: 0,
        complaints: 0,
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
            "area" => place::by_code(text).map_or_else(String::new, place::Place::path),
            "teams" => kezhi::domain::kind::Code::read(text)
                .and_then(|code| names.get(code.number as usize - 1).cloned())
                .unwrap_or_default(),
            _ => text.to_owned(),
        };
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

fn main() {
    let people = rows();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("register.xlsx");
    let start = Instant::now();
    sheet(&file, people);
    let size = std::fs::metadata(&file).unwrap().len() as f64 / 1e6;
    println!(
        "{people} people in an xlsx of {size:.1} MB, made in {:.1} s",
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
    let path = file.to_str().unwrap();
    println!(
        "{:<24} {:>8} {:>9} {:>12} {:>12} {:>9}",
        "", "s", "rows/s", "service MB", "client MB", "written"
    );
    for (name, args) in [
        (
            "rehearsal (--dry-run)",
            vec!["import", "volunteer", path, "--dry-run"],
        ),
        (
            "import",
            vec!["import", "volunteer", path, "--accept-valid"],
        ),
        (
            "the same once more",
            vec!["import", "volunteer", path, "--accept-valid"],
        ),
    ] {
        let start = Instant::now();
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
    }
    println!("service before: {empty:.0} MB; the peaks are VmHWM, which never sinks");
    let _ = kezhi(&["stop"]).output();
}
