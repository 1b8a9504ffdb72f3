//! The phone desk over a real terminal: what is noted while somebody talks is kept, stored, or becomes a complaint.

use std::path::Path;
use std::process::Command;

use crate::command::{Desk, json, ok};
use crate::screen::{F2, F7, F8, Terminal};

/// A desk with two people, and the look-up on the first of them.
fn desk() -> (Desk, Terminal) {
    let desk = Desk::new();
    for (name, phone) in [("单立文", "13912344471"), ("乌云娜", "13912344472")] {
        let (name, phone) = (format!("name={name}"), format!("phone={phone}"));
        let of = ["new", "volunteer", &name, &phone, "teams=ZZ-0035"];
        ok(desk.path(), &of);
    }
    let mut one = Terminal::open(desk.path(), 80, 24, &[]);
    one.wait("━ 2 志愿者");
    look(&mut one, "slw", "单立文  ZY-000001");
    (desk, one)
}

fn look(one: &mut Terminal, word: &str, found: &str) {
    one.send(F2);
    one.wait("来电查询");
    one.send(word);
    one.wait(found);
}

/// The screen says that what is typed is kept.
fn kept(one: &Terminal) {
    one.until("草稿 hh:mm:ss", |text| {
        let at = text.split("草稿 ").nth(1)?.as_bytes().get(2).copied();
        (at == Some(b':')).then_some(())
    });
}

fn calls(dir: &Path) -> Vec<serde_json::Value> {
    json(dir, &["list", "call"]).as_array().unwrap().clone()
}

#[test]
fn a_note_outlives_the_session_that_was_killed() {
    let (desk, mut one) = desk();
    one.send("\t");
    one.wait("来电关于: 单立文 ZY-000001");
    one.send("问时长为何没有到账");
    one.wait("记: 问时长为何没有到账");
    // The terminal's own cursor stands behind the last character: an input method looks for it there.
    one.rest();
    let at = one.text().lines().position(|line| line.contains("记: 问"));
    assert_eq!(one.cursor(), Some((6 + 18, at.unwrap() as u16)));
    kept(&one);
    let pid = one.pid().to_string();
    let sent = Command::new("kill").args(["-KILL", &pid]).status();
    assert!(sent.unwrap().success() && one.ended());
    assert!(calls(desk.path()).is_empty());
    let mut two = Terminal::open(desk.path(), 80, 24, &[]);
    two.wait("有 1 份未提交草稿");
    two.send("\x07gd");
    two.wait("草稿箱（");
    two.send("1");
    let text = two.wait("问时长为何没有到账");
    assert!(text.contains("ZY-000001"), "{text}");
    two.send(F8);
    two.wait("已存来电 LD-");
    let all = calls(desk.path());
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["fields"]["about"][0], "ZY-000001");
    assert_eq!(all[0]["fields"]["note"], "问时长为何没有到账");
    assert!(
        json(desk.path(), &["drafts"])
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn f7_stores_the_call_and_it_stands_beside_the_facts() {
    let (desk, mut one) = desk();
    one.send("\t改手机号");
    one.wait("记: 改手机号");
    one.send(F7);
    one.wait("已存来电 LD-");
    let text = one.wait("近三次来电");
    assert!(text.contains("待回"), "{text}");
    // The line is free, and letters are the query again.
    let text = one.wait("Tab 记下来电");
    assert!(!text.contains("记: 改手机号"), "{text}");
    assert_eq!(calls(desk.path()).len(), 1);
    assert!(
        json(desk.path(), &["drafts"])
            .as_array()
            .unwrap()
            .is_empty()
    );
    // Answered while it rings: nobody need call back.
    one.send("\t问地址");
    one.wait("记: 问地址");
    one.send(F8);
    one.send("2");
    one.wait("Tab 记下来电");
    let states = calls(desk.path());
    let states: Vec<&str> = states
        .iter()
        .map(|one| one["fields"]["status"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["待回", "已答复"]);
}

#[test]
fn the_next_caller_never_gets_the_note_of_the_one_before() {
    let (desk, mut one) = desk();
    one.send("\t单立文问的");
    one.wait("记: 单立文问的");
    look(&mut one, "wyn", "乌云娜  ZY-000002");
    let text = one.wait("已保留");
    assert!(text.contains("记: Tab 记下来电"), "{text}");
    one.send("\t乌云娜问的");
    one.wait("来电关于: 乌云娜 ZY-000002");
    kept(&one);
    one.send("\x1b");
    one.wait("已保留");
    one.wait("━ 2 志愿者");
    let drafts = json(desk.path(), &["drafts"]);
    let mut pairs: Vec<(&str, &str)> = drafts
        .as_array()
        .unwrap()
        .iter()
        .map(|draft| {
            let text = |key: &str| draft["texts"][key].as_str().unwrap();
            (text("about"), text("note"))
        })
        .collect();
    pairs.sort_unstable();
    let wanted = [("ZY-000001", "单立文问的"), ("ZY-000002", "乌云娜问的")];
    assert_eq!(pairs, wanted);
    assert!(calls(desk.path()).is_empty());
}

#[test]
fn f8_fills_in_a_complaint_and_the_call_is_passed_on() {
    let (desk, mut one) = desk();
    one.send("\t讲师没有来，要投诉");
    one.wait("记: 讲师没有来");
    one.send(F8);
    one.send("1");
    let text = one.wait("新建 投诉");
    assert!(text.contains("来人        [单立文"), "{text}");
    assert!(text.contains("事实        [讲师没有来，要投诉"), "{text}");
    one.wait("已存来电 LD-");
    let call = calls(desk.path())[0].clone();
    assert_eq!(call["fields"]["status"], "待回");
    one.send("1");
    one.send(F8);
    one.wait("再按 F8");
    one.send(F8);
    one.wait("投诉 TS-");
    assert_eq!(calls(desk.path())[0]["fields"]["status"], "已转");
    let all = json(desk.path(), &["list", "complaint"]);
    assert_eq!(all[0]["fields"]["call"], call["code"]);
}
