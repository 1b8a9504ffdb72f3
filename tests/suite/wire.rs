//! The bytes of a session, sequence by sequence: colours that a terminal lacks, clearing, and the cursor while cells are written.

use kezhi::terminal::colour::Depth;
use kezhi::terminal::width::Profile;

use crate::command::{Desk, ok};
use crate::frame::Meter;
use crate::screen::{F2, F7, Terminal};

/// A piece of what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Cells.
    Text(String),
    /// `ESC [`, its parameters, its last byte.
    Control(String, char),
    /// Any other sequence.
    Other,
}

/// Takes bytes apart.
pub fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    let mut parts = text.split('\x1b');
    let plain = |found: &mut Vec<Piece>, text: &str| {
        if !text.is_empty() {
            found.push(Piece::Text(text.to_owned()));
        }
    };
    plain(&mut found, parts.next().unwrap_or_default());
    for part in parts {
        let Some(control) = part.strip_prefix('[') else {
            // OSC ends with BEL here.
            let rest = part.split_once('\x07').map_or("", |(_, rest)| rest);
            found.push(Piece::Other);
            plain(&mut found, rest);
            continue;
        };
        let end = control.find(|c| ('@'..='~').contains(&c)).unwrap();
        let (parameters, rest) = control.split_at(end);
        let mut rest = rest.chars();
        let last = rest.next().unwrap();
        found.push(Piece::Control(parameters.to_owned(), last));
        plain(&mut found, rest.as_str());
    }
    found
}

/// The numbers of all pens.
fn pens(bytes: &[u8]) -> Vec<u16> {
    let pens = pieces(bytes).into_iter().filter_map(|piece| match piece {
        Piece::Control(parameters, 'm') => Some(parameters),
        _ => None,
    });
    let numbers: Vec<String> = pens
        .flat_map(|text| text.split(';').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    numbers
        .iter()
        .filter(|text| !text.is_empty())
        .map(|text| text.parse().unwrap())
        .collect()
}

fn clears(bytes: &[u8]) -> usize {
    let cleared = Piece::Control("2".into(), 'J');
    pieces(bytes)
        .iter()
        .filter(|piece| **piece == cleared)
        .count()
}

/// Through most of what there is to see.
const WALK: &[&str] = &[
    "\x1b", "1", "\x1b[B", "2", " ", "f", "\x07", "o", "\x07", "3", "p", "4", "j", "0", "0", "2",
    "\x1bOP", "\t", "\x07", "\r", "h", "\x07", "\x07", "c", "\x07", "k", "\x07", "t", "\x07", "gl",
    "\x07", "\x1b[20~", "\x1b[B", "\x07", F2, "hsq", "\x07", "\x07", F7,
];

fn walk(one: &mut Terminal) {
    one.wait("2 志愿者");
    one.wait("/2000");
    for keys in WALK {
        one.send(keys);
        one.rest();
    }
    one.wait("新建 志愿者");
    one.send("\x1b[19~");
    one.wait("项要改");
    one.send("\x07");
    one.rest();
}

#[test]
fn a_terminal_is_sent_no_colour_that_it_lacks_and_is_not_cleared() {
    let desk = Desk::new();
    let dir = desk.path();
    ok(dir, &["demo", "--size", "S", "--no-open"]);
    let coloured = |number: &u16| matches!(number, 30..=49 | 90..=107);
    let kinds = [
        ("dumb", &[("TERM", "dumb"), ("COLORTERM", "")][..], true),
        ("NO_COLOR", &[("NO_COLOR", "1")], true),
        ("mono", &[("KEZHI_THEME", "mono")], true),
        ("ansi16", &[("KEZHI_THEME", "ansi16")], false),
        ("linux", &[("TERM", "linux"), ("COLORTERM", "")], false),
    ];
    let seen = |name: &str, env: &[(&str, &str)], mono: bool| {
        let mut one = Terminal::with(dir, 120, 36, &[], env);
        walk(&mut one);
        let raw = one.raw();
        let used = pens(&raw);
        let lacking = |number: &u16| match mono {
            true => coloured(number),
            false => matches!(number, 38 | 48),
        };
        let wrong: Vec<&u16> = used.iter().filter(|number| lacking(number)).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
        assert!(used.contains(&1), "{name}: nothing is bold");
        assert!(!mono || used.contains(&7), "{name}: nothing is reversed");
        assert!(mono || used.iter().any(coloured), "{name}: no colour");
        // Nothing is cleared but at the start, by its key, and for another size.
        assert_eq!(clears(&raw), 1, "{name}");
        one.send("\x0c");
        one.rest();
        assert_eq!(clears(&one.raw()), 2, "{name}: Ctrl-L");
        one.resize(100, 30);
        one.rest();
        assert_eq!(clears(&one.raw()), 3, "{name}: another size");
    };
    std::thread::scope(|scope| {
        for (name, env, mono) in kinds {
            scope.spawn(move || seen(name, env, mono));
        }
    });
}

#[test]
fn cells_are_written_behind_a_hidden_cursor_in_one_write() {
    for (width, height) in [(80, 24), (120, 36), (200, 50)] {
        for profile in [Profile::Narrow, Profile::Wide, Profile::Unknown] {
            let mut meter = Meter::new("dark", Depth::True, profile, width, height);
            let mut shown = false;
            let mut follow = |bytes: &[u8], keys: &str| {
                let mut moves = 0;
                for piece in pieces(bytes) {
                    match piece {
                        Piece::Control(mode, 'h') if mode == "?25" => shown = true,
                        Piece::Control(mode, 'l') if mode == "?25" => shown = false,
                        Piece::Text(text) => {
                            assert!(!shown, "{keys}: {text:?} under a cursor that is seen");
                        }
                        Piece::Control(_, 'A'..='H' | 'f' | 'd') => moves += usize::from(shown),
                        _ => {}
                    }
                }
                // It may go straight to where it is wanted.
                assert!(moves <= 1, "{keys}: {moves} moves that are seen");
            };
            follow(&meter.draw(), "first");
            for keys in [
                "Esc", "Down", "F2", "h", "s", "q", "Down", "Esc", "Esc", "F7", "张", "x", "Left",
                "Tab", "Esc", "F9", "z", "Esc", "Enter", "h", "Esc", "/", "z", "Esc", "F1", "Esc",
                "g", "l", "Esc", "3", "p", "4",
            ] {
                follow(&meter.keys(&[keys]), keys);
                let again = meter.draw();
                assert!(again.is_empty(), "{keys}: {again:?} for nothing");
            }
        }
    }
}

#[test]
fn another_theme_and_the_test_of_the_display_clear_nothing() {
    let desk = Desk::new();
    let mut one = Terminal::open(desk.path(), 100, 30, &[]);
    one.wait("━ 2 志愿者");
    one.send("\x18");
    one.wait("显示自检");
    one.send("2");
    one.wait("已记下");
    one.send("3");
    one.wait("已忘记");
    one.send("\x1b");
    one.rest();
    one.send("\x1b");
    let text = one.until("the rulers gone", |text| {
        (!text.contains("显示自检") && text.contains("━ 2 志愿者")).then(|| text.to_owned())
    });
    assert!(!text.contains("12345678|"), "{text}");
    // Fewer colours, the same cells.
    one.send("\x1b[20~");
    one.wait("━ 命令");
    one.send("mono");
    one.rest();
    one.send("\r");
    one.wait("已换主题");
    one.rest();
    assert_eq!(clears(&one.raw()), 1);
    let held = one.screen.lock().unwrap();
    // A blank shows its ground alone.
    let coloured = |cell: &vt100::Cell| {
        let seen = !cell.contents().trim().is_empty();
        seen && cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default
    };
    let left: Vec<(u16, u16)> = (0..30)
        .flat_map(|row| (0..100).map(move |column| (row, column)))
        .filter(|(row, column)| held.screen().cell(*row, *column).is_some_and(coloured))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_locale_of_another_encoding_is_refused_in_ascii_and_one_of_none_is_told() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut one = Terminal::with(dir, 80, 24, &[], &[("LC_ALL", "zh_CN.GBK")]);
    let text = one.wait("needs UTF-8, but LC_ALL=zh_CN.GBK");
    assert!(one.ended());
    assert!(text.contains("zh_CN.UTF-8"), "{text}");
    assert!(one.raw().is_ascii());
    let mut one = Terminal::with(dir, 80, 24, &[], &[("LC_ALL", "zh_CN")]);
    one.wait("LC_ALL=zh_CN names no UTF-8");
    // What comes from a window of that encoding types nothing, and the warning stays.
    one.write(b"\xd5\xc5\xce\xb0z");
    let text = one.wait("not UTF-8 / ");
    assert!(!text.contains('\u{3b0}'), "{text}");
    one.send("\x1b");
    one.until("the warning gone", |text| {
        (!text.contains("not UTF-8 / ")).then_some(())
    });
    let one = Terminal::with(dir, 80, 24, &[], &[("LC_ALL", "C")]);
    let text = one.wait("━ 2 志愿者");
    assert!(!text.contains("UTF-8"), "{text}");
}
