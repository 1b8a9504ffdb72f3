//! Nothing typed is lost: over a real terminal, whatever ends.

use std::path::Path;
use std::process::Command;

use crate::command::{Desk, json};
use crate::screen::{F7, Terminal};

fn signal(name: &str, pid: u64) {
    let sent = Command::new("kill").args([name, &pid.to_string()]).status();
    assert!(sent.unwrap().success());
}

/// The name of a person in the newest draft, as a new session finds it.
fn name(dir: &Path) -> String {
    let all = json(dir, &["drafts"]);
    let text = all[0]["texts"]["name"].as_str();
    text.map_or_else(|| panic!("{all}"), str::to_owned)
}

fn typing(dir: &Path, text: &str) -> Terminal {
    let mut one = Terminal::open(dir, 100, 30, &[]);
    one.wait("━ 2 志愿者");
    one.send(F7);
    one.wait("新建 志愿者");
    one.send(text);
    one.wait(text);
    one
}

/// The screen says that what is typed is kept.
fn saved(one: &Terminal) {
    one.until("草稿 hh:mm:ss", |text| {
        let at = text.split("草稿 ").nth(1)?.as_bytes().get(2).copied();
        (at == Some(b':')).then_some(())
    });
}

#[test]
fn a_broken_line_loses_nothing() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut one = typing(dir, "断线前");
    one.send("所填");
    one.wait("断线前所填");
    one.hang_up();
    assert!(one.ended());
    assert_eq!(name(dir), "断线前所填");
    let mut later = Terminal::open(dir, 100, 30, &[]);
    later.wait("有 1 份未提交草稿");
    later.send("\x07gd");
    later.wait("草稿箱");
    later.send("1");
    later.wait("断线前所填");
    later.wait("新建 志愿者");
}

#[test]
fn neither_does_one_whose_signal_is_ignored() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut one = Terminal::shell(dir, 100, 30, "trap '' HUP; exec \"$0\" \"$@\"");
    one.wait("━ 2 志愿者");
    one.send(F7);
    one.wait("新建 志愿者");
    one.send("不理挂断");
    one.wait("不理挂断");
    one.hang_up();
    assert!(one.ended());
    assert_eq!(name(dir), "不理挂断");
}

#[test]
fn whoever_ends_the_session_leaves_its_text() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut one = typing(dir, "请你结束");
    signal("-TERM", u64::from(one.pid()));
    assert!(one.ended());
    assert_eq!(name(dir), "请你结束");
}

#[test]
fn a_killed_session_loses_the_last_moment_at_most() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut one = typing(dir, "两秒之前");
    saved(&one);
    one.send("之后");
    one.wait("两秒之前之后");
    signal("-KILL", u64::from(one.pid()));
    assert!(one.ended());
    assert!(name(dir).starts_with("两秒之前"), "{}", name(dir));
}

#[test]
fn a_killed_service_takes_no_text_with_it() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut one = typing(dir, "服务还在");
    let pid = json(dir, &["status"])["pid"].as_u64().unwrap();
    signal("-KILL", pid);
    one.send("服务没了");
    one.wait("服务还在服务没了");
    one.wait("已重新连上");
    saved(&one);
    assert_eq!(name(dir), "服务还在服务没了");
}

#[test]
fn a_second_login_takes_the_draft_over() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut one = typing(dir, "先开的");
    saved(&one);
    let mut two = Terminal::open(dir, 100, 30, &[]);
    two.wait("有 1 份未提交草稿");
    two.send("\x07gd");
    two.wait("草稿箱");
    two.send("1");
    two.wait("先开的");
    two.wait("新建 志愿者");
    one.wait("草稿已在另一终端打开");
    one.send("改不了");
    two.send("后写的");
    two.wait("先开的后写的");
    saved(&two);
    assert!(!one.text().contains("改不了"), "{}", one.text());
    assert_eq!(name(dir), "先开的后写的");
    assert_eq!(json(dir, &["drafts"]).as_array().unwrap().len(), 1);
    one.send("\x1b");
    one.wait("━ 2 志愿者");
}
