//! Where the cursor is after each key in a field: an input method shows its choices there.

use unicode_width::UnicodeWidthStr;

use crate::command::{Desk, ok};
use crate::screen::{F2, F4, F7, Terminal};

/// A key, and what a line holds before and behind the insertion place after it.
type Stroke = (&'static str, &'static str, &'static str);

/// From an empty line.
pub const STROKES: &[Stroke] = &[
    ("张", "张", ""),
    ("伟", "张伟", ""),
    ("a", "张伟a", ""),
    ("\x1b[D", "张伟", "a"),
    ("\x1b[D", "张", "伟a"),
    ("x", "张x", "伟a"),
    ("\x1b[H", "", "张x伟a"),
    ("字词", "字词", "张x伟a"),
    ("\x1b[C", "字词张", "x伟a"),
    ("\x7f", "字词", "x伟a"),
    ("\x08", "字", "x伟a"),
    ("\x1b[3~", "字", "伟a"),
    ("\x1b[F", "字伟a", ""),
    ("\x15", "", ""),
];

/// The columns of a row from one on.
fn from(one: &Terminal, column: u16, row: u16, width: u16) -> String {
    let held = one.screen.lock().unwrap();
    let screen = held.screen();
    screen.contents_between(row, column, row, column + width)
}

/// Presses the keys one by one in the field that has the cursor now.
fn strokes(one: &mut Terminal, field: &str) {
    one.rest();
    let begin = one.cursor();
    let (column, row) = begin.unwrap_or_else(|| panic!("{field}: no cursor\n{}", one.text()));
    let met = |one: &Terminal, before: &str, behind: &str| {
        let text = format!("{before}{behind}");
        let seen = from(one, column, row, text.width() as u16);
        one.cursor() == Some((column + before.width() as u16, row)) && seen == text
    };
    for (key, before, behind) in STROKES {
        one.send(key);
        let wanted = format!("{field}: {before}|{behind} after {key:?}");
        one.until(&wanted, |_| met(one, before, behind).then_some(()));
    }
    // It stays there when nothing is typed.
    one.rest();
    assert!(met(one, "", ""), "{field}:\n{}", one.text());
}

#[test]
fn the_cursor_is_where_the_next_character_goes() {
    let desk = Desk::new();
    let dir = desk.path();
    for (name, phone) in [("单立文", "13900000001"), ("张三", "13900000002")] {
        let fields = [format!("name={name}"), format!("phone={phone}")];
        ok(
            dir,
            &["new", "volunteer", &fields[0], &fields[1], "teams=红山区"],
        );
    }
    for (width, height) in [(80, 24), (120, 36)] {
        let mut one = Terminal::open(dir, width, height, &[]);
        one.wait("━ 2 志愿者");
        one.wait("1/2");
        for (field, keys, seen) in [
            ("look-up", &[F2][..], "来电查询"),
            ("pane", &["2", "/"], "查"),
            ("palette", &["\x1b[20~"], "━ 命令"),
            ("help", &["\x1bOP"], "━ 帮助"),
            ("log", &["gl"], "━ 消息"),
            ("new form", &[F7], "新建 志愿者"),
            (
                "edit form",
                &["2", F4, "\t", "\t", "\t", "\t", "\t", "\t", "\t", "\t"],
                "━ 编辑",
            ),
            (
                "note",
                &["2", F4, "\x1b[6~", "\x1b[6~", "\x1b[6~", "\x1b[6~"],
                "> 备注",
            ),
            ("reason", &["2", "\r", "\x05", "1"], "原因: "),
        ] {
            for key in keys {
                one.send(key);
                one.rest();
            }
            one.wait(seen);
            strokes(&mut one, field);
            for _ in 0..4 {
                one.send("\x07");
                one.rest();
            }
            one.wait("━ 2 志愿者");
        }
    }
}
