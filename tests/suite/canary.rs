//! Personal data that nobody can mistake: no run lets it out unmasked but between a logged reveal and its end.

use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use kezhi::domain::said::Lang;
use kezhi::tui::theme::Theme;

use crate::command::{Desk, json, kezhi, ok};
use crate::look::Stage;
use crate::screen::{F2, F4, F7, F8, Terminal};
use crate::story::now;
use crate::wire::{Piece, pieces};

const PHONE: &str = "19977755533";
/// What is masked, each as it stands in the store.
const SECRETS: &[&str] = &[
    PHONE,
    // The check digit fits.
    "150404197707073011",
    "翡翠巷七号",
    "司徒鸣冤",
    "18866644422",
    "蜂毒过敏",
];
const BACK: &str = "\x07";

/// Which of them a text holds; digits count however they are spaced.
fn held(text: &str) -> Option<&'static str> {
    let close: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect();
    SECRETS
        .iter()
        .copied()
        .find(|secret| close.contains(secret))
}

/// Cells alone.
fn cells(bytes: &[u8]) -> String {
    let texts = pieces(bytes).into_iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        _ => None,
    });
    texts.collect()
}

/// Plays a session again and gives the bytes after which a secret was on the screen, first to last.
fn shown(raw: &[u8], width: u16, height: u16) -> Option<Range<usize>> {
    let (rows, columns) = (height.try_into().unwrap(), width.try_into().unwrap());
    let mut parser = vt100::Parser::new(rows, columns, 0);
    let mut found: Option<Range<usize>> = None;
    let mut at = 0;
    for piece in raw.chunks(96) {
        parser.process(piece);
        at += piece.len();
        let mut lines = parser.screen().rows(0, width);
        if lines.any(|line| held(&line).is_some()) {
            let begin = found.map_or(at, |range| range.start);
            found = Some(begin..at);
        }
    }
    found
}

/// Everything below a directory that is not the store.
fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            files(&path, found);
        } else if kind.is_file() && path.extension().is_none_or(|end| end != "redb") {
            found.push(path);
        }
    }
}

/// A service in the foreground; what it says goes to a file.
struct Loud(Child);

impl Loud {
    fn new(dir: &Path, log: &Path) -> Loud {
        let out = std::fs::File::create(log).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_kezhi"))
            .arg("--data")
            .arg(dir)
            .arg("serve")
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out)
            .spawn();
        Loud(child.unwrap())
    }
}

impl Drop for Loud {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The matter, and whoever complains; the activity, and whoever goes there.
fn fill(dir: &Path) -> (String, String, String) {
    let made = |args: &[&str]| -> String {
        let args: Vec<String> = args.iter().map(|text| now(text)).collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        json(dir, &args)["code"].as_str().unwrap().to_owned()
    };
    let person = made(&[
        "new",
        "volunteer",
        "name=金丝雀",
        "phone=19977755533",
        "phone2=18866644422",
        "id_number=150404197707073011",
        "address=翡翠巷七号",
        "health_note=蜂毒过敏",
        "teams=红山区",
    ]);
    ok(dir, &["do", "confirm", &person, "--reason", "本人说可以"]);
    let matter = made(&[
        "new",
        "complaint",
        "kind=投诉",
        "accused=红山区",
        "facts=活动迟到两小时",
        "claims=道歉",
        "complainant=司徒鸣冤",
        "contact=18866644422",
        "confidential=是",
    ]);
    let activity = made(&[
        "new",
        "activity",
        "title=雀舌讲座",
        "org=红山区",
        "sessions=2026-12-01 09:00-11:00",
        "place=文化站",
        "needed=3",
        "scope=科技服务供需对接",
        "in_charge=鸣鹤 19977755533",
        "dangers=野外",
    ]);
    ok(dir, &["do", "submit", &activity, "--reason", "本人说可以"]);
    ok(
        dir,
        &["do", "approve", &activity, "--yes", "--reason", "试"],
    );
    let (of, whom) = (
        format!("activity={activity}"),
        format!("volunteer={person}"),
    );
    made(&["new", "enrolment", &of, &whom, "--reason", "本人说可以"]);
    (person, matter, activity)
}

/// Keys of a session, with what is waited for after them.
fn script(person: &str, matter: &str) -> Vec<(String, &'static str)> {
    let own = |keys: &str| keys.to_owned();
    vec![
        (own("\x1b"), "━ 2 志愿者"),
        (own("1"), "━ 1 组织"),
        (own("\x1b[B"), ""),
        (own("\x1b[A"), ""),
        (own("2"), "━ 2 志愿者"),
        (own("/"), "查"),
        // By the last digits, by initials, by code.
        (own("5533"), "金丝雀"),
        (own("\r"), "金丝雀 ━"),
        (own("\x1b[6~"), ""),
        (own("h"), ""),
        (own("h"), "金丝雀 ━"),
        (own(F4), "━ 编辑"),
        (own("\t\t\t\t"), ""),
        (own("\x1b[6~"), ""),
        (own("\x1b[6~"), ""),
        (own("\x1b[6~"), "备注"),
        (own("试一下"), "试一下"),
        (own("\x0f"), "草稿"),
        (own(BACK), "已保留"),
        (own(BACK), ""),
        (own(BACK), "━ 2 志愿者"),
        (own(F2), "来电查询"),
        (own("5533"), "金丝雀"),
        (own(BACK), ""),
        (own(BACK), "━ 2 志愿者"),
        (own(F2), "来电查询"),
        (person[3..].to_owned(), "金丝雀"),
        (own(F8), "办理"),
        (own(BACK), ""),
        (own(BACK), ""),
        (own(BACK), "━ 2 志愿者"),
        (own(F2), "来电查询"),
        // Who complains is found by the number that called, and not named.
        (own("4422"), ""),
        (own("\x15stmy"), ""),
        (format!("\x15{matter}"), "活动迟到"),
        (own("\r"), "活动迟到"),
        (own("\x1b[6~"), ""),
        (own("\x1b[6~"), ""),
        (own("h"), ""),
        (own(BACK), ""),
        (own(BACK), ""),
        (own(BACK), "━ 2 志愿者"),
        (own("3"), "━ 3"),
        (own("/qswj"), ""),
        (own("\x15雀舌"), "雀舌讲座"),
        (own("\r"), "活动  "),
        (own("r"), "金丝雀"),
        (own("v"), "金丝雀 ━"),
        (own(BACK), ""),
        (own(BACK), "雀舌讲座"),
        (own("t"), "时长"),
        (own(BACK), "雀舌讲座"),
        (own("m"), "找人"),
        (own(BACK), ""),
        (own(BACK), ""),
        (own(BACK), "━ 3"),
        (own(BACK), ""),
        (own(BACK), ""),
        (own("4"), "━ 4"),
        (own("j"), ""),
        (own("5"), ""),
        (own("c"), "━ 日历"),
        (own(BACK), ""),
        (own("k"), "━ 检查"),
        (own(BACK), ""),
        (own("gd"), "━ 草稿箱"),
        (own(BACK), ""),
        (own("gl"), "消息"),
        (own(BACK), ""),
        (own("\x1bOP"), "帮助"),
        (own("\t\t"), ""),
        (own(BACK), ""),
        (own("\x1b[20~"), "━ 命令"),
        (own("dy"), ""),
        (own(BACK), ""),
        (own(BACK), ""),
        (own("2"), "━ 2 志愿者"),
        (own(F7), ""),
        (own(BACK), ""),
        (own("\x1b[24~"), "遮挡"),
        (own("\r"), "━ 2 志愿者"),
        (own("o"), "排序"),
        (own(BACK), ""),
    ]
}

fn play(one: &mut Terminal, script: &[(String, &str)]) {
    for (keys, seen) in script {
        one.send(keys);
        if !seen.is_empty() {
            one.wait(seen);
        }
        one.rest();
    }
}

/// The dialogue for those who hear the screen.
fn dialogue(dir: &Path, person: &str, matter: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kezhi"))
        .arg("--data")
        .arg(dir)
        .arg("--plain")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = [
        "查 5533",
        "看 1",
        "记录",
        "显示",
        "",
        "编辑",
        "",
        "",
        "",
        "。",
        &format!("看 {person}"),
        &format!("看 {matter}"),
        "记录",
        "队列",
        "今日",
        "查 stmy",
        "草稿",
    ];
    let mut typing = child.stdin.take().unwrap();
    typing
        .write_all((lines.join("\n") + "\n").as_bytes())
        .unwrap();
    drop(typing);
    let out = child.wait_with_output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    text + &String::from_utf8(out.stderr).unwrap()
}

/// Every way that the command line tells something.
fn commands(dir: &Path, person: &str, matter: &str, activity: &str, to: &Path) {
    let file = |name: &str| to.join(name).to_str().unwrap().to_owned();
    let mut all: Vec<Vec<String>> = Vec::new();
    for words in [
        format!("show {person}"),
        format!("show {matter}"),
        format!("show {activity}"),
        format!("history {person}"),
        format!("history {matter}"),
        format!("case {matter}"),
        format!("steps {person}"),
        format!("match {activity}"),
        "list volunteer".into(),
        "list complaint".into(),
        "list activity".into(),
        "list enrolment".into(),
        "find 5533".into(),
        "find jsq".into(),
        "find stmy".into(),
        "find 4422".into(),
        "queue --all".into(),
        "queue".into(),
        "drafts".into(),
        "check".into(),
        "hours".into(),
        "tree".into(),
        "status".into(),
        "verify".into(),
        "log export".into(),
        format!("print {activity} --paper sign-in"),
    ] {
        let plain: Vec<String> = words.split(' ').map(str::to_owned).collect();
        all.push([vec!["--json".to_owned()], plain.clone()].concat());
        all.push(plain);
    }
    for kind in ["volunteer", "activity", "enrolment"] {
        for end in ["csv", "json"] {
            let name = file(&format!("{kind}.{end}"));
            all.push(["export", kind, "-o", &name].map(str::to_owned).to_vec());
        }
    }
    for args in &all {
        let words: Vec<&str> = args.iter().map(String::as_str).collect();
        let out = kezhi(dir, &words);
        for bytes in [&out.stdout, &out.stderr] {
            let text = String::from_utf8_lossy(bytes);
            assert_eq!(held(&text), None, "{args:?}: {text}");
        }
        let fine = out.status.success() || words.contains(&"stmy");
        assert!(fine, "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    }
}

#[test]
fn nothing_masked_is_seen_but_between_a_logged_reveal_and_its_end() {
    let (desk, aside) = (Desk::new(), tempfile::tempdir().unwrap());
    let dir = desk.path();
    ok(dir, &["demo", "--size", "S", "--no-open"]);
    let _ = kezhi(dir, &["stop"]);
    let log = aside.path().join("log");
    let _service = Loud::new(dir, &log);
    let (person, matter, activity) = fill(dir);

    let mut one = Terminal::open(dir, 120, 36, &[]);
    one.wait("━ 2 志愿者");
    one.wait("/2001");
    let script = script(&person, &matter);
    play(&mut one, &script);
    let mut wide = Terminal::open(dir, 200, 50, &["--lang", "en"]);
    wide.wait("2 Volunteers");
    for keys in [
        "2", "/", "5533", "\r", "h", "h", "]", BACK, BACK, BACK, "4", "5", "3",
    ] {
        wide.send(keys);
        wide.rest();
    }
    let (calm, english) = (one.raw(), wide.raw());
    for (raw, width, height) in [(&calm, 120, 36), (&english, 200, 50)] {
        assert_eq!(held(&cells(raw)), None);
        assert_eq!(shown(raw, width, height), None);
    }
    let heard = dialogue(dir, &person, &matter);
    assert!(heard.contains("金丝雀"), "{heard}");
    assert_eq!(held(&heard), None, "{heard}");
    commands(dir, &person, &matter, &activity, aside.path());

    // The reveal: it is seen, logged with its reason, and gone when the screen is covered.
    play(
        &mut one,
        &[
            (F2.into(), "来电查询"),
            ("5533".into(), "金丝雀"),
            ("\r".into(), "金丝雀 ━"),
            ("\x05".into(), "显示哪一项"),
            ("手机".into(), "手机"),
        ],
    );
    let before = one.received();
    play(&mut one, &[("\r".into(), "原因"), ("2".into(), PHONE)]);
    assert!(ok(dir, &["history", &person]).contains("紧急联系"));
    one.send("\x1b[24~");
    one.wait("屏幕已遮挡");
    one.rest();
    let after = one.received();
    play(&mut one, &[("\r".into(), "199****5533"), ("h".into(), "")]);
    one.wait("紧急联系");
    play(
        &mut one,
        &[("h".into(), ""), (BACK.into(), ""), (BACK.into(), "")],
    );
    let raw = one.raw();
    let seen = shown(&raw, 120, 36).expect("a reveal is seen");
    assert!(
        before < seen.start && seen.end < after + 96,
        "{before} {seen:?} {after}"
    );
    assert_eq!(held(&cells(&raw[..before])), None);
    assert_eq!(held(&cells(&raw[after..])), None);
    commands(dir, &person, &matter, &activity, aside.path());

    let mut all = Vec::new();
    files(dir, &mut all);
    files(aside.path(), &mut all);
    assert!(all.contains(&log) && all.len() > 8, "{all:?}");
    for file in all {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        assert_eq!(held(&text), None, "{}", file.display());
    }
}

#[test]
fn what_is_revealed_is_masked_again_after_its_time_and_behind_the_cover() {
    const WHOLE: &str = "14000004471";
    for (wait, covers) in [(19, false), (20, false), (1, true)] {
        let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
        stage.keys(&["Enter", "Ctrl-E", "1", "1"]);
        assert!(stage.text().contains(WHOLE), "{}", stage.text());
        if covers {
            stage.keys(&["F12"]);
            assert!(!stage.text().contains(WHOLE), "{}", stage.text());
            stage.keys(&["Enter"]);
        }
        let later = stage.app.now + chrono::Duration::seconds(wait);
        stage.app.tick(later);
        stage.draw();
        let still = wait < 20 && !covers;
        assert_eq!(stage.text().contains(WHOLE), still, "{}", stage.text());
    }
}
