//! `kezhi --plain`: whole calls over pipes, as a screen reader hears them.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use unicode_width::UnicodeWidthStr;

use crate::command::{Desk, kezhi, ok};

/// Says some bytes to the dialogue and hears all that it answers.
pub fn heard(dir: &Path, args: &[&str], typed: &[u8]) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kezhi"))
        .arg("--data")
        .arg(dir)
        .arg("--plain")
        .args(args)
        .env_remove("KEZHI_SOCKET")
        .env_remove("KEZHI_LANG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(typed).unwrap();
    let out = child.wait_with_output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success(), "{text}");
    assert_eq!(String::from_utf8(out.stderr).unwrap(), "");
    assert!(
        text.chars().all(|c| !c.is_control() || c == '\n'),
        "{text:?}"
    );
    let boxes = |c: char| ('\u{2500}'..='\u{257f}').contains(&c);
    assert!(!text.contains(boxes), "{text}");
    for line in text.lines() {
        assert!(line.width() <= 200, "{line}");
        assert!(!line.contains("   "), "{line}");
    }
    text
}

pub fn talk(dir: &Path, lines: &[&str]) -> String {
    heard(dir, &[], (lines.join("\n") + "\n").as_bytes())
}

/// That these are heard, in this order.
pub fn in_order(text: &str, wanted: &[&str]) {
    let mut rest = text;
    for one in wanted {
        let at = rest
            .find(one)
            .unwrap_or_else(|| panic!("{one} is not in:\n{text}"));
        rest = &rest[at + one.len()..];
    }
}

pub fn person(dir: &Path, name: &str, phone: &str) {
    let (name, phone) = (format!("name={name}"), format!("phone={phone}"));
    ok(dir, &["new", "volunteer", &name, &phone, "teams=红山区"]);
}

#[test]
fn a_whole_call_is_held_by_ear() {
    let desk = Desk::new();
    let dir = desk.path();
    person(dir, "单立文", "13912344471");
    person(dir, "单丽雯", "13912345521");
    let long_ago = chrono::Local::now().date_naive() - chrono::Days::new(60);
    let received = format!("received_at={long_ago}");
    ok(
        dir,
        &[
            "new",
            "complaint",
            "kind=投诉",
            "accused=红山区",
            "facts=活动迟到",
            "claims=道歉",
            "complainant=李四",
            &received,
        ],
    );
    let text = talk(
        dir,
        &[
            // Who calls, by initials; then the second of them.
            "查 slw",
            "2",
            "看 1",
            // Somebody new: the number is wrong by one digit, and is asked again alone.
            "新建 志愿者",
            "陈二虎",
            "",
            "",
            "",
            "110105194912310021",
            "11010519491231002X",
            "/手机",
            "138-0013-8000",
            "",
            "+",
            "",
            "红山区科技志愿者队",
            "?",
            "",
            // A step that a rule refuses.
            "办理 ZZ-0035 dissolve",
            "今日",
            "1",
            "退出",
        ],
    );
    in_order(
        &text,
        &[
            "共 2 条，写序号打开",
            "1 单",
            "志愿者 ZY-00000",
            "红山区",
            "2 单",
            "志愿者 ZY-00000",
            "姓名：单",
            "手机：139****",
            "已隐去，写 显示 手机 可听",
            "新建志愿者，共",
            "姓名，必填",
            "不对：身份证号校验位不对",
            "证件号码",
            "手机，必填",
            "还没有提交，还缺：所属组织",
            "记为：ZZ-0035 红山区科技志愿者队",
            "已填 4 项。Enter 提交",
            "姓名：陈二虎",
            "证件号码：11010519491231002X",
            "手机：",
            "已保存：ZY-000003，第 1 版",
            // Before anything is typed for it.
            "不行：还有 3 名志愿者",
            "依据：第七条",
            "怎么办：",
            "今日必办 1 件",
            "1 活动迟到",
            "无人承办",
            "投诉 TS-",
            "期限：",
            "再见",
        ],
    );
    // What was corrected is what was kept.
    let shown = ok(dir, &["show", "zy3"]);
    assert!(shown.contains("陈二虎") && shown.contains("002X") && shown.contains("138****8000"));
    // The identity number was never read out unmasked but as it was typed.
    assert!(!text.contains("13912344471"));
}

#[test]
fn a_masked_field_asks_for_its_reason_and_is_logged() {
    let desk = Desk::new();
    let dir = desk.path();
    person(dir, "单立文", "13912344471");
    let text = talk(
        dir,
        &["查 单立文", "显示 手机", "", "显示", "1", "1", "记录"],
    );
    in_order(
        &text,
        &[
            "只有 1 条",
            "1 来电核对；2 紧急联系",
            "没有显示",
            "1 手机",
            "手机：13912344471",
            "查看隐藏项，手机，来电核对",
        ],
    );
    let denied = heard(
        dir,
        &["--read-only"],
        "看 zy1\n显示 手机\n新建 志愿者\n办理\n编辑\n".as_bytes(),
    );
    assert!(!denied.contains("13912344471") && !denied.contains("姓名，必填"));
    assert_eq!(denied.matches("打开时没有 --read-only 的科志").count(), 4);
    assert!(denied.contains("，只读"));
}

#[test]
fn a_record_that_somebody_else_changed_asks_which_of_the_two_holds() {
    let desk = Desk::new();
    let dir = desk.path();
    person(dir, "单立文", "13912344471");
    let mut child = Command::new(env!("CARGO_BIN_EXE_kezhi"))
        .arg("--data")
        .arg(dir)
        .arg("--plain")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut typed = child.stdin.take().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    let mut until = |mark: &str| {
        let mut heard = String::new();
        while !heard.contains(mark) {
            heard.push_str(&lines.next().unwrap().unwrap());
        }
        heard
    };
    typed
        .write_all("编辑 zy1\n/单位\n/工作单位\n农牧局\n/民族\n蒙古族\n".as_bytes())
        .unwrap();
    until("已填 2 项");
    ok(dir, &["edit", "zy1", "employer=水利局", "gender=男"]);
    // The service goes away too: what was typed is still there, and is sent to the next one.
    ok(dir, &["stop"]);
    typed.write_all("\n1\n\n".as_bytes()).unwrap();
    let told = until("已保存：ZY-000001，第 3 版");
    in_order(
        &told,
        &[
            "服务断开过，已重新连上",
            "不行：",
            "工作单位，两人都改了",
            "1 对方的：水利局",
            "2 您的：农牧局",
            "对方的其他改动已并入",
        ],
    );
    drop(typed);
    assert!(child.wait().unwrap().success());
    let shown = ok(dir, &["show", "zy1"]);
    assert!(shown.contains("水利局") && shown.contains("蒙古族") && !shown.contains("农牧局"));
}

#[test]
fn what_no_line_should_be_is_dropped_or_said() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut typed = Vec::new();
    typed.extend("查 \u{1b}[31m红山\u{7}区\u{1b}[A\n".as_bytes());
    typed.extend([b'x'; 20_000]);
    typed.push(b'\n');
    typed.extend(b"\xb2\xe9 gbk\n");
    // Full width, no blank, and no end of line at the end of the input.
    typed.extend("查红山\n１\nＫ　ＺＺ－００３５\n帮助".as_bytes());
    let text = heard(dir, &[], &typed);
    in_order(
        &text,
        &[
            "ZZ-0035",
            "这一行太长，没有收下",
            "这一行不是 UTF-8",
            "ZZ-0035",
            "组织 ZZ-",
            "组织 ZZ-0035",
            "退出，或 tc、quit",
            "再见",
        ],
    );
    let text = heard(
        dir,
        &["--lang", "en"],
        b"find hsq\nhelp\nnope\nshow zz35\nquit\n",
    );
    in_order(
        &text,
        &[
            "Kezhi, line by line",
            "find, or c, 查",
            "there is no command \"nope\"",
            "Status: ",
            "goodbye",
        ],
    );
    let with = kezhi(dir, &["--plain", "find", "hsq"]);
    assert_eq!(with.status.code(), Some(2));
}

#[test]
fn the_dialogues_in_the_readme_are_as_they_are_printed() {
    let desk = Desk::new();
    let dir = desk.path();
    person(dir, "单立文", "13912344471");
    person(dir, "单丽雯", "13912345521");
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let blocks = readme.split("```").skip(1).step_by(2);
    let blocks: Vec<&str> = blocks.filter(|block| block.contains("\n> ")).collect();
    assert_eq!(blocks.len(), 2);
    for block in blocks {
        let (said, told): (Vec<&str>, Vec<&str>) =
            block.trim().lines().partition(|line| line.starts_with('>'));
        let said: Vec<&str> = said.iter().map(|line| line[1..].trim()).collect();
        in_order(&talk(dir, &said), &told);
    }
}
