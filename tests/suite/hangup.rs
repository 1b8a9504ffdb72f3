//! The end of the line, and what it costs: nothing stays behind, nothing spins.

use std::time::{Duration, Instant};

use crate::command::Desk;
use crate::screen::{F7, Terminal};

/// State, and the ticks of the processor that it used, of them those in the kernel too.
pub fn stat(pid: u32) -> Option<(char, u64)> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program stands in brackets.
    let rest: Vec<&str> = text.rsplit_once(") ")?.1.split(' ').collect();
    let ticks = |at: usize| rest[at].parse::<u64>().unwrap();
    Some((rest[0].chars().next()?, ticks(11) + ticks(12)))
}

/// Waits until a process has ended and gives the ticks that it used in all.
fn used(pid: u32) -> u64 {
    let until = Instant::now() + Duration::from_secs(30);
    let mut last = 0;
    loop {
        match stat(pid) {
            Some(('Z', ticks)) => return ticks,
            Some((state, ticks)) => {
                let late = Instant::now() >= until;
                assert!(!late, "{pid} goes on as {state} after {ticks} ticks");
                last = ticks;
            }
            // Whoever took it over has asked for it already.
            None => return last,
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A session that is in the middle of a form.
fn typing(line: &str) -> (Desk, Terminal) {
    let desk = Desk::new();
    let mut one = Terminal::shell(desk.path(), 100, 30, line);
    one.wait("━ 2 志愿者");
    one.send(F7);
    one.wait("新建 志愿者");
    one.send("正填着");
    one.wait("正填着");
    one.rest();
    (desk, one)
}

/// 50 ms, where a tick takes 10.
const FEW: u64 = 5;

#[test]
fn a_session_without_its_line_ends_and_costs_next_to_nothing() {
    for (name, line) in [
        ("hang-up", "exec \"$0\" \"$@\""),
        ("ignored", "trap '' HUP; exec \"$0\" \"$@\""),
        // Nobody is told but by the end of the input.
        ("in the background", "setsid -w \"$0\" \"$@\" <&0"),
    ] {
        let (_desk, mut one) = typing(line);
        let pid = match name {
            "in the background" => child(one.pid()),
            _ => one.pid(),
        };
        one.let_go();
        let (state, before) = stat(pid).unwrap();
        assert!(state != 'Z', "{name}: it ended before the line broke");
        one.hang_up();
        let ticks = used(pid).saturating_sub(before);
        println!("{name}: {ticks} ticks after the line broke");
        assert!(ticks <= FEW, "{name}: {ticks} ticks");
        assert!(one.ended(), "{name}");
    }
}

/// The process below another.
fn child(pid: u32) -> u32 {
    let path = format!("/proc/{pid}/task/{pid}/children");
    let text = std::fs::read_to_string(path).unwrap();
    text.split_whitespace().next().unwrap().parse().unwrap()
}

fn signal(name: &str, pid: u32) {
    let sent = std::process::Command::new("kill")
        .args([name, &pid.to_string()])
        .status();
    assert!(sent.unwrap().success());
}

#[test]
fn a_session_that_is_asked_to_end_does_so_at_once() {
    for name in ["-TERM", "-HUP", "-INT", "-QUIT"] {
        let (desk, mut one) = typing("exec \"$0\" \"$@\"");
        // In the last moment, and nowhere kept yet.
        one.send("末");
        one.wait("正填着末");
        let pid = one.pid();
        let (_, before) = stat(pid).unwrap();
        signal(name, pid);
        let ticks = used(pid).saturating_sub(before);
        println!("{name}: {ticks} ticks");
        assert!(ticks <= FEW, "{name}: {ticks} ticks");
        assert!(one.ended());
        let drafts = crate::command::json(desk.path(), &["drafts"]);
        assert_eq!(drafts[0]["texts"]["name"], "正填着末", "{name}");
    }
}

#[test]
fn nobody_is_left_alone_with_a_stopped_session() {
    let (_desk, mut one) = typing("exec \"$0\" \"$@\"");
    let pid = one.pid();
    signal("-TSTP", pid);
    // The key of the terminal that sends it is a key like any other.
    one.send("\x1a");
    one.rest();
    one.send("接着填");
    one.wait("接着填");
    let (state, _) = stat(pid).unwrap();
    assert!(matches!(state, 'S' | 'R'), "{state}");
    // Who stops it for good and lets it go on finds everything drawn again.
    signal("-STOP", pid);
    one.rest();
    let before = one.received();
    signal("-CONT", pid);
    one.rest();
    assert!(one.received() > before + 500, "nothing is drawn again");
    assert!(one.text().contains("接着填"), "{}", one.text());
}
