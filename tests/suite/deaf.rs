//! Others who do not answer: a terminal that takes nothing, a service that says nothing.

use std::os::unix::net::UnixListener;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::command::{Desk, json, ok};
use crate::screen::Terminal;

fn signal(name: &str, pid: u64) {
    let pid = pid.to_string();
    Command::new("kill").args([name, &pid]).status().unwrap();
}

/// Whether a process ends; the limit is there only to end a test that fails.
fn ends(pid: u32) -> bool {
    let until = Instant::now() + Duration::from_secs(30);
    while Instant::now() < until {
        let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        if state.is_empty() || state.contains(") Z ") {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

#[test]
fn a_service_that_says_nothing_holds_nobody_up() {
    let desk = Desk::new();
    let dir = desk.path();
    ok(dir, &["demo", "--size", "S", "--no-open"]);
    let mut one = Terminal::open(dir, 100, 30, &[]);
    one.wait("/2000");
    let pid = json(dir, &["status"])["pid"].as_u64().unwrap();
    let socket = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "sock"))
        .unwrap();
    signal("-9", pid);
    // Somebody listens there, and never answers.
    let _ = std::fs::remove_file(&socket);
    let _deaf = UnixListener::bind(&socket).unwrap();
    one.wait("离线");
    std::thread::sleep(Duration::from_millis(1500));
    // The session goes on.
    one.send("\x1bOQ");
    one.wait("来电查询");
    one.send("zhang");
    one.wait("zhang");
    let pid = one.pid();
    signal("-TERM", u64::from(pid));
    assert!(ends(pid), "it waits for the service");
}

#[test]
fn a_terminal_that_takes_nothing_is_given_back_all_the_same() {
    let desk = Desk::new();
    let dir = desk.path();
    ok(dir, &["demo", "--size", "S", "--no-open"]);
    // The shell tells how the terminal is left.
    let line =
        "\"$0\" \"$@\"; stty -a | tr ' ' '\\n' | grep -x -e icanon -e -icanon | sed s/^/LEFT:/";
    let one = Terminal::shell(dir, 120, 36, line);
    one.wait("/2000");
    let out = Command::new("pgrep")
        .args(["-f", &format!("kezhi --data {}$", dir.display())])
        .output()
        .unwrap();
    let pid = String::from_utf8_lossy(&out.stdout);
    let Some(pid) = pid.lines().last().and_then(|pid| pid.parse().ok()) else {
        eprintln!("skipped: the session is not found with pgrep");
        return;
    };
    signal("-TERM", pid);
    let text = one.wait("LEFT:");
    assert!(text.contains("LEFT:icanon"), "{text}");
}
