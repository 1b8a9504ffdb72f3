//! Looking after a service and its store from the command line.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::process::{Command, Stdio};

use crate::command::{Desk, json, kezhi, ok};
use crate::console::{PERSON, refused};

#[test]
fn the_status_says_how_the_service_is() {
    let desk = Desk::new();
    let dir = desk.path();
    ok(dir, &PERSON);
    let status = json(dir, &["status"]);
    assert!(status["pid"].as_u64().unwrap() > 1);
    assert!(status["uptime"].is_u64());
    assert_eq!(status["sessions"], 1);
    assert_eq!(
        status["records"][0],
        serde_json::json!(["organisation", 116])
    );
    assert_eq!(status["records"][1], serde_json::json!(["volunteer", 1]));
    let meta = std::fs::metadata(dir.join("store.redb")).unwrap();
    assert_eq!(
        status["disk"],
        meta.blocks() * 512,
        "what it takes, not how long it is"
    );
    assert!(status["memory"].as_u64().unwrap() > 1 << 20);
    assert_eq!(status["schema"], kezhi::store::SCHEMA);
    let head = json(dir, &["log", "head"]);
    assert_eq!(
        (&status["seq"], &status["hash"]),
        (&head["seq"], &head["hash"])
    );
    let head = format!("{}:{}", head["seq"], head["hash"].as_str().unwrap());
    assert!(ok(dir, &["log", "verify", "--head", &head]).contains("一致"));
    let wrong = format!("1:{}", "0".repeat(64));
    assert_eq!(
        kezhi(dir, &["log", "verify", "--head", &wrong])
            .status
            .code(),
        Some(1)
    );
    let lines = ok(dir, &["log", "export"]);
    assert_eq!(
        lines.lines().count() as u64,
        status["seq"].as_u64().unwrap()
    );
    assert!(
        lines
            .lines()
            .all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok())
    );
    assert!(
        !lines.contains("13912344471"),
        "the log is masked when it leaves"
    );
}

#[test]
fn the_sizes_in_the_status_are_those_of_the_process_and_the_file() {
    let (empty, desk) = (Desk::new(), Desk::new());
    let dir = desk.path();
    ok(dir, &["demo", "--size", "S", "--no-open"]);
    let status = |dir| {
        ok(dir, &["find", "hsq"]);
        json(dir, &["status"])
    };
    let (small, full) = (status(empty.path()), status(dir));
    let number = |status: &serde_json::Value, key: &str| status[key].as_u64().unwrap();
    // What the kernel says of the process, asked from outside.
    let proc = format!("/proc/{}/status", number(&full, "pid"));
    if let Ok(said) = std::fs::read_to_string(proc) {
        let line = said.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
        let resident = kilobytes.unwrap().parse::<u64>().unwrap() * 1024;
        let told = number(&full, "memory");
        assert!(
            told > resident / 2 && told < resident * 2,
            "{told} and {resident}"
        );
    }
    assert!(number(&full, "index") > number(&small, "index"));
    assert!(number(&full, "index") < number(&full, "memory"));
    // Two thousand people, their log and their indexes are more than one and less than a hundred megabytes.
    assert!(number(&full, "disk") > number(&small, "disk"));
    assert!((1_000_000..100_000_000).contains(&number(&full, "disk")));
    let said = ok(dir, &["status"]);
    for label in ["数据占盘", "内存", "检索"] {
        let line = said.lines().find(|line| line.contains(label)).unwrap();
        assert!(line.ends_with(" MB") && !line.contains(" 0.0 MB"), "{line}");
    }
}

#[test]
fn a_reader_that_has_enough_ends_the_program_quietly() {
    let desk = Desk::new();
    ok(desk.path(), &["find", "hsq"]);
    for args in [
        &["list", "organisation", "--limit", "200"][..],
        &["log", "export"],
        &["man"],
        &["tree"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kezhi"))
            .arg("--data")
            .arg(desk.path())
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let out = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.success() && said.is_empty(), "{args:?}: {said}");
    }
}

#[test]
fn what_is_no_backup_is_not_restored() {
    let desk = Desk::new();
    let dir = desk.path();
    let other = Desk::new();
    ok(other.path(), &PERSON);
    let (copy, cut) = (other.path().join("copy"), other.path().join("cut"));
    ok(other.path(), &["backup", copy.to_str().unwrap()]);
    assert_eq!(std::fs::metadata(&copy).unwrap().mode() & 0o777, 0o600);
    assert_eq!(
        refused(&other, &["backup", copy.to_str().unwrap()]).0,
        2,
        "an old backup is kept"
    );
    let (code, refusal) = refused(&other, &["backup", "/nonexistent/copy"]);
    assert_eq!(code, 7);
    assert!(
        refusal["hint"].as_str().unwrap().contains("目录"),
        "{refusal}"
    );
    let bytes = std::fs::read(&copy).unwrap();
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    for file in [cut.to_str().unwrap(), "/etc/hostname", "/nonexistent"] {
        let (code, refusal) = refused(&desk, &["restore", file]);
        assert!(code == 2 || code == 3, "{file}: {code} {refusal}");
        assert!(!dir.join("store.redb").exists(), "{file}");
        assert!(!dir.join("store.redb.partial").exists(), "{file}");
    }
    std::fs::set_permissions(&copy, PermissionsExt::from_mode(0o644)).unwrap();
    ok(dir, &["restore", copy.to_str().unwrap()]);
    assert_eq!(
        std::fs::metadata(dir.join("store.redb")).unwrap().mode() & 0o777,
        0o600
    );
    assert!(ok(dir, &["verify"]).contains("一致"));
}

#[test]
fn a_directory_that_is_open_to_others_is_closed() {
    let base = tempfile::tempdir().unwrap();
    let dir = base.path().join("data");
    std::fs::create_dir(&dir).unwrap();
    std::fs::set_permissions(&dir, PermissionsExt::from_mode(0o755)).unwrap();
    ok(&dir, &["find", "hsq"]);
    assert_eq!(std::fs::metadata(&dir).unwrap().mode() & 0o777, 0o700);
    assert_eq!(
        std::fs::metadata(dir.join("store.redb")).unwrap().mode() & 0o777,
        0o600
    );
    ok(&dir, &["stop"]);
}

/// A service as the first command starts it, with a limit of its own.
fn detached(desk: &Desk, idle: &str) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_kezhi"))
        .arg("--data")
        .arg(desk.path())
        .args(["serve", "--detach"])
        .env("KEZHI_IDLE", idle)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn a_service_lets_go_of_what_its_caller_had_open() {
    let desk = Desk::new();
    let locks = ["5", "9"].map(|name| desk.path().join(name));
    // As a script does that holds a lock while it works; the numbers between stand for nothing.
    let script = "exec 5>\"$1/5\" 9>\"$1/9\"; exec \"$0\" --data \"$1\" find hsq";
    let run = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_kezhi")])
        .arg(desk.path())
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
    let pid = json(desk.path(), &["status"])["pid"].to_string();
    let open = std::fs::read_dir(format!("/proc/{pid}/fd")).unwrap();
    let open = open.map(|one| std::fs::read_link(one.unwrap().path()).unwrap_or_default());
    let held: Vec<_> = open.filter(|file| locks.contains(file)).collect();
    assert!(held.is_empty(), "{held:?}");
    // It is the service all the same, with its own files.
    assert!(locks.iter().all(|file| file.exists()));
    ok(desk.path(), &["stop"]);
}

#[test]
fn a_service_that_nobody_uses_leaves_but_waits_for_its_first_caller() {
    let desk = Desk::new();
    let mut service = detached(&desk, "0");
    let mut line = String::new();
    BufReader::new(service.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert_eq!(line.trim(), "ready");
    // Many times the limit pass, and it is still there for the one who started it.
    std::thread::sleep(std::time::Duration::from_millis(1200));
    assert!(
        service.try_wait().unwrap().is_none(),
        "it left before the first caller"
    );
    assert_eq!(json(desk.path(), &["status"])["pid"], service.id());
    assert!(service.wait().unwrap().success(), "it leaves by itself");
    assert!(!desk.path().join("svc.sock").exists());
    ok(desk.path(), &["find", "hsq"]);
}
