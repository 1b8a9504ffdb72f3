//! The five main tasks at the end of a line of 200 ms, split at random bytes: nothing wrong is done.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::command::{Desk, json, ok};
use crate::screen::{F2, F4, F7, F8, Terminal};

const LAG: Duration = Duration::from_millis(100);

/// Opens the workstation there; gives the time that its first screen took.
fn open(dir: &Path) -> Terminal {
    let one = Terminal::afar(dir, 80, 24, LAG, &[]);
    one.wait("2 志愿者");
    one.wait("/2000");
    one
}

/// Does something until a text is seen; tells how long it took and what it cost.
fn timed(one: &mut Terminal, name: &str, keys: &[&str], wanted: &str) -> String {
    let (begun, before) = (Instant::now(), one.received());
    for key in keys {
        one.write(key.as_bytes());
        std::thread::sleep(Duration::from_millis(60));
    }
    let text = one.wait(wanted);
    let (took, bytes) = (begun.elapsed().as_millis(), one.received() - before);
    println!("{name}: {} keys, {took} ms, {bytes} bytes", keys.len());
    text
}

#[test]
fn the_main_tasks_from_afar() {
    let desk = Desk::new();
    let dir = desk.path();
    ok(dir, &["demo", "--size", "S", "--no-open"]);
    let mut one = open(dir);
    let before = json(dir, &["status"])["seq"].as_u64().unwrap();
    // The phone: three initials, and the facts are there.
    let text = timed(&mut one, "phone", &[F2, "d", "l", "w"], "── 单立文");
    assert!(text.contains("单立文"), "{text}");
    // What was looked up is opened and left by the keys that are cut apart most often.
    timed(&mut one, "card", &["\r"], "单立文 ━");
    timed(&mut one, "back", &["\x1b"], "来电查询");
    timed(&mut one, "out", &["\x1b"], "━ 2 志愿者");
    // The arrows move; nothing is opened, nothing typed.
    timed(
        &mut one,
        "list",
        &["\x1b", "\x1b[B", "\x1bOB", "\x1b[B", "\x1b[A"],
        "3/2000",
    );
    timed(&mut one, "edit", &[F4], "━ 编辑");
    timed(&mut one, "leave", &["\x1b"], "━ 2 志愿者");
    timed(&mut one, "new", &[F7], "━ 新建 志愿者");
    timed(&mut one, "name", &["试远人"], "试远人");
    timed(&mut one, "refused", &[F8], "不行");
    timed(&mut one, "kept", &["\x1b"], "已保留");
    timed(&mut one, "queue", &["4", "j"], "━ 4");
    timed(&mut one, "menu", &["\x1b[20~"], "━ 命令");
    timed(&mut one, "closed", &["\x1b"], "━ 4");
    // Nothing was written: every key did what it says and no more.
    let after = json(dir, &["status"])["seq"].as_u64().unwrap();
    assert_eq!(before, after, "something was done that nobody asked for");
    assert_eq!(
        json(dir, &["find", "试远人"]).as_array().map(Vec::len),
        Some(0)
    );
}
