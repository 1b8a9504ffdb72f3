//! Screens on terminals that draw ambiguous characters in two columns, or of which nobody knows.

use std::cell::RefCell;
use std::rc::Rc;

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::said::Lang;
use kezhi::domain::value::Value;
use kezhi::protocol::{Answer, Request};
use kezhi::terminal::colour::Depth;
use kezhi::terminal::screen::Screen;
use kezhi::terminal::width::{Profile, ambiguous, measure_by};
use kezhi::tui::draw;
use kezhi::tui::draw::border::shell;
use kezhi::tui::paint;
use kezhi::tui::selftest::client;
use kezhi::tui::theme::{FrameStyle, Theme};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;

use crate::look::{Stage, coded, lines};
use crate::width::texts;

const NASTY: &str = "“巴·图”…—×①α";

/// Answers with records that hold whatever is ambiguous.
fn nasty(stage: &mut Stage) {
    stage.app.begin();
    for _ in 0..8 {
        for (tag, request) in stage.app.take_calls() {
            let answer = match request {
                Request::Find(find) => {
                    let mut found = crate::look_data::found(&find);
                    for row in &mut found.rows {
                        row.title = NASTY.to_owned();
                        row.subtitle = format!("{NASTY}科技志愿者队");
                        row.area = NASTY.to_owned();
                    }
                    Answer::Found(found)
                }
                Request::Queue(queue) => {
                    let mut found = crate::look_matter_data::queue(&queue);
                    for row in &mut found.rows {
                        row.title = NASTY.to_owned();
                    }
                    Answer::Queue(found)
                }
                Request::Tree => {
                    let mut nodes = crate::look_data::nodes();
                    for node in &mut nodes {
                        node.name = NASTY.to_owned();
                    }
                    Answer::Tree(nodes)
                }
                Request::Show(code) => {
                    let mut view = crate::look_data::show(code);
                    let title = view.kind.spec().title;
                    view.fields.insert(title.into(), Value::Text(NASTY.into()));
                    view.fields
                        .insert("note".into(), Value::Text(NASTY.repeat(9)));
                    Answer::View(view)
                }
                _ => continue,
            };
            stage.app.answer(tag, Ok(answer));
        }
        stage.app.tick(stage.app.now);
    }
}

/// The screens, and the keys that lead there.
const SCREENS: &[(&str, &[&str])] = &[
    ("main", &[]),
    ("unit", &["1", "Down"]),
    ("card", &["Enter"]),
    ("form", &["F4"]),
    ("look", &["F2", "h"]),
    ("palette", &["F9"]),
    ("help", &["F1"]),
    ("typed", &["F2", "·", "“", "α", "…"]),
];

fn open(profile: Profile, style: &str, size: (u16, u16), keys: &[&str]) -> Stage {
    let mut stage = Stage::new(Lang::Zh, coded(style), size.0, size.1);
    stage.app.profile = profile;
    nasty(&mut stage);
    stage.keys(&["Esc"]);
    for key in keys {
        let event = crate::look::code(key);
        match event {
            Some(event) => stage.app.key(&event),
            None => stage.app.paste(key),
        }
        nasty(&mut stage);
    }
    stage
}

fn terminal_of(width: u16, height: u16) -> vt100::Parser {
    vt100::Parser::new(height.try_into().unwrap(), width.try_into().unwrap(), 0)
}

/// What our bytes become on a terminal of which ambiguous characters take one column or two.
fn replay(stage: &mut Stage, size: (u16, u16), wide: bool) -> (Buffer, vt100::Parser) {
    let bytes = Rc::new(RefCell::new(Vec::new()));
    let sent = Rc::clone(&bytes);
    let sink = Box::new(move |more: Vec<u8>| {
        sent.borrow_mut().extend(more);
        Ok(())
    });
    let mut screen = Screen::new(Size::new(size.0, size.1), Depth::C16, sink);
    screen.profile = stage.app.profile;
    screen.proved = stage.app.profile != Profile::Unknown;
    let mut terminal = Terminal::new(screen).unwrap();
    let app = &mut stage.app;
    let drawn = terminal
        .draw(|frame| {
            draw::measure(app, frame.area());
            draw::draw(app, frame);
        })
        .unwrap();
    let buffer = drawn.buffer.clone();
    let mut parser = terminal_of(size.0, size.1);
    let text = String::from_utf8(bytes.borrow().clone()).unwrap();
    // A Han character stands in for each: it takes two columns for certain.
    let text: String = text
        .chars()
        .map(|c| if wide && ambiguous(c) { '汉' } else { c })
        .collect();
    parser.process(text.as_bytes());
    (buffer, parser)
}

/// Cells in which the terminal shows something else than was meant.
fn wrong(buffer: &Buffer, parser: &vt100::Parser, wide: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    let area = buffer.area;
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            let unsure = symbol.chars().any(ambiguous);
            let meant = if wide && unsure { "汉" } else { symbol };
            let cell = parser.screen().cell(y, x).unwrap();
            let shown = match cell.contents() {
                "" => " ",
                contents => contents,
            };
            if meant != shown {
                wrong.push(format!("{x},{y}: {shown:?} for {meant:?}"));
            }
            let columns = unicode_width::UnicodeWidthStr::width(symbol).max(1) as u16;
            x += columns + u16::from(wide && unsure);
        }
    }
    wrong
}

#[test]
fn frames_line_up_where_ambiguous_characters_are_wide_or_unknown() {
    for size in [(80, 24), (120, 36), (200, 50)] {
        for (name, keys) in SCREENS {
            for (profile, wide) in [
                (Profile::Narrow, false),
                (Profile::Wide, true),
                (Profile::Unknown, true),
                (Profile::Unknown, false),
            ] {
                for style in ["line", "title"] {
                    let mut stage = open(profile, style, size, keys);
                    let (buffer, parser) = replay(&mut stage, size, wide);
                    lines(&buffer);
                    let wrong = wrong(&buffer, &parser, wide);
                    let place = format!("{name} {size:?} {profile:?} wide {wide} {style}");
                    assert!(
                        wrong.is_empty(),
                        "{place}: {:?}",
                        &wrong[..wrong.len().min(9)]
                    );
                }
            }
        }
    }
}

#[test]
fn the_replay_sees_a_terminal_that_is_measured_wrongly() {
    for style in ["line", "title"] {
        let mut stage = open(Profile::Narrow, style, (80, 24), &[]);
        let (buffer, parser) = replay(&mut stage, (80, 24), true);
        let found = wrong(&buffer, &parser, true).len();
        assert!(found > 20, "{style}: {found}");
    }
}

#[test]
fn only_a_narrow_terminal_gets_lines_and_only_an_unknown_one_other_signs() {
    for (profile, frame, lines) in [
        (Profile::Narrow, FrameStyle::Line, true),
        (Profile::Wide, FrameStyle::Title, false),
        (Profile::Unknown, FrameStyle::Title, false),
    ] {
        let mut stage = open(profile, "line", (80, 24), &[]);
        stage.draw();
        assert_eq!(stage.app.frame(), frame, "{profile:?}");
        let text = stage.text();
        assert_eq!(text.contains('│'), lines, "{profile:?}:\n{text}");
        let spaced = "“ 巴· 图” … — × ① α";
        let shown = match profile {
            Profile::Narrow => NASTY,
            Profile::Wide => spaced,
            Profile::Unknown => "「巴.图」..--x(1)α",
        };
        assert!(text.contains(shown), "{profile:?}:\n{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_box_over_anything_leaves_no_half_character(
        x in 0_u16..50, y in 0_u16..12, width in 4_u16..40, height in 3_u16..10,
        text in texts(), titles: bool, nth in 0_usize..3, wide: bool,
    ) {
        let profile = [Profile::Narrow, Profile::Wide, Profile::Unknown][nth];
        // A terminal is as it said, if it said anything.
        let wide = match profile {
            Profile::Narrow => false,
            Profile::Wide => true,
            Profile::Unknown => wide,
        };
        let style = if titles { "title" } else { "line" };
        let mut stage = Stage::new(Lang::Zh, coded(style), 80, 24);
        stage.app.profile = profile;
        measure_by(profile);
        let area = Rect::new(0, 0, 60, 14);
        let place = Rect::new(x, y, width, height).intersection(area);
        prop_assume!(place.width >= 4 && place.height >= 3);
        // Sequences of which terminals do not agree are moved behind, not compared here.
        let text: String = text.chars().filter(|c| !matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '👨' | '👩' | '⌚' | '🇨' | '🇳')).collect();
        let text: String = text.chars().filter(|c| !"क्षिلا\u{300}각ｱ".contains(*c)).collect();
        let bytes = Rc::new(RefCell::new(Vec::new()));
        let sent = Rc::clone(&bytes);
        let mut screen = Screen::new(Size::new(60, 14), Depth::C16, Box::new(move |more: Vec<u8>| {
            sent.borrow_mut().extend(more);
            Ok(())
        }));
        screen.profile = profile;
        let mut terminal = Terminal::new(screen).unwrap();
        let mut last = Buffer::empty(area);
        for over in [false, true, false, true] {
            let drawn = terminal.draw(|frame| {
                let buffer = frame.buffer_mut();
                for row in 0..14 {
                    let shifted = format!("{}{text}", " ".repeat(row % 3));
                    paint::line(buffer, area, row, &shifted, Style::new());
                }
                if over {
                    shell(&stage.app, buffer, place, "标题“很”长的·一个框", "右…");
                }
            }).unwrap();
            last = drawn.buffer.clone();
        }
        lines(&last);
        let text = String::from_utf8(bytes.borrow().clone()).unwrap();
        let text: String = text.chars().map(|c| if wide && ambiguous(c) { '汉' } else { c }).collect();
        let mut parser = terminal_of(60, 14);
        parser.process(text.as_bytes());
        let wrong = wrong(&last, &parser, wide);
        prop_assert!(wrong.is_empty(), "{:?} {}: {:?}", profile, wide, wrong);
    }
}

const SELFTEST: &[(&str, &[&str])] = &[("selftest", &["F9", "zj", "Enter"])];

/// All that is drawn, over all stages with fixed records.
fn all_screens(lang: Lang, mut seen: impl FnMut(&str, &str)) {
    let screens = crate::look_snapshot::SCREENS
        .iter()
        .chain(crate::look_work::SCREENS)
        .chain(crate::look_matter::SCREENS)
        .chain(SELFTEST);
    for (name, keys) in screens {
        for (width, height) in [(80, 24), (200, 50)] {
            let mut stage = Stage::new(lang, coded("title"), width, height);
            if keys.first() == Some(&"1") {
                stage.keys(&["Esc"]);
            }
            stage.keys(keys);
            seen(name, &stage.text());
        }
    }
}

#[test]
fn our_own_strings_hold_no_character_of_an_unsure_width() {
    for lang in [Lang::Zh, Lang::En] {
        all_screens(lang, |name, text| {
            // Records may hold them; the rulers are there for them.
            let text = text.replace("王·巴特尔", "").replace("“”…—·×①α", "");
            let found: String = text.chars().filter(|c| ambiguous(*c)).collect();
            assert_eq!(found, "", "{name}:\n{text}");
        });
    }
}

/// The texts of the program that no fixed record brings onto a screen.
#[test]
fn no_text_of_the_tables_holds_them_either() {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    // What reads or draws such characters names them.
    let names = [
        "domain/fold.rs",
        "domain/input.rs",
        "domain/moment.rs",
        "domain/person_name.rs",
        "domain/phone.rs",
        "domain/place.rs",
        "domain/reading.rs",
        "tui/draw/border.rs",
        "tui/draw/month.rs",
        "tui/draw/roster.rs",
        "tui/draw/selftest.rs",
    ];
    let mut folders = vec![
        source.join("domain"),
        source.join("service"),
        source.join("tui"),
    ];
    let mut wrong = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let inside = path
                .strip_prefix(&source)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                // Papers are printed.
                if inside != "service/print" {
                    folders.push(path);
                }
            } else if !names.contains(&inside.as_str()) {
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"));
                let found = code.filter(|line| line.chars().any(ambiguous));
                wrong.extend(found.map(|line| format!("{inside}: {}", line.trim())));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_long_name_stands_in_full_on_the_first_line_of_its_card() {
    let name = "阿尔斯楞·巴特尔·额尔德尼朝鲁";
    for profile in [Profile::Narrow, Profile::Wide, Profile::Unknown] {
        let mut stage = Stage::new(Lang::Zh, coded("line"), 80, 24);
        stage.app.profile = profile;
        let mut view = crate::look_data::show(Code::new(Kind::Volunteer, 1));
        view.fields.insert("name".into(), Value::Text(name.into()));
        stage
            .app
            .answer(kezhi::tui::app::Tag::Card, Ok(Answer::View(view)));
        stage.draw();
        let shown = match profile {
            Profile::Narrow => name.to_owned(),
            Profile::Wide => name.replace('·', "· "),
            Profile::Unknown => name.replace('·', "."),
        };
        let text = stage.text();
        let first = text
            .lines()
            .find(|line| line.contains("ZY-000001"))
            .unwrap();
        assert!(first.contains(&shown), "{profile:?}: {text}");
    }
}

#[test]
fn the_self_test_shows_keys_and_keeps_the_answer() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 80, 24);
    let environment = [("TERM", "xterm"), ("TERM_PROGRAM", "vscode")];
    let environment = environment.map(|(key, value)| (key.to_owned(), value.to_owned()));
    stage.app.client = client(&environment.into());
    assert_eq!(stage.app.client, "xterm/vscode");
    stage.app.settle_profile(Profile::Narrow);
    stage.keys(&["F9", "zj", "Enter"]);
    let text = stage.text();
    for said in [
        "显示自检",
        "xterm/vscode",
        "80x24",
        "终端应答",
        "危险",
        "对齐吗",
    ] {
        assert!(text.contains(said), "{said}:\n{text}");
    }
    // Both bars stand in one column.
    let bar = |row: &str| row.rfind('|').map(|at| row[..at].chars().count());
    let rows: Vec<&str> = text
        .lines()
        .filter(|row| row.contains("“”…") || row.contains("12345678|"))
        .collect();
    assert_eq!(rows.len(), 2, "{text}");
    assert_eq!(bar(rows[0]), bar(rows[1]), "{text}");
    // Keys that do something elsewhere do nothing here but tell their names.
    stage.keys(&["F1", "q", "F12", "Esc"]);
    let text = stage.text();
    for said in ["Esc (返回、取消)", "F12", " q", "F1"] {
        assert!(text.contains(said), "{said}:\n{text}");
    }
    stage.keys(&["2"]);
    assert_eq!(stage.app.profile, Profile::Wide);
    assert!(stage.text().contains("本人答过"), "{}", stage.text());
    let kept = stage.asked.iter().any(|request| {
        matches!(request,
        Request::Prefer { key, value } if key == "width:xterm/vscode" && value == "wide narrow")
    });
    assert!(kept);
    // The stored answer stands above what the terminal says later; not above what another one says.
    stage.app.settle_profile(Profile::Unknown);
    assert_eq!(stage.app.profile, Profile::Unknown);
    stage.app.settle_profile(Profile::Narrow);
    assert_eq!(stage.app.profile, Profile::Wide);
    // The third answer forgets it.
    stage.keys(&["３"]);
    assert_eq!(stage.app.profile, Profile::Narrow);
    stage.keys(&["Esc", "Esc"]);
    assert!(!stage.text().contains("显示自检"));
}

#[test]
fn an_answer_kept_before_counts_when_it_arrives() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 80, 24);
    let environment = [
        ("TERM", "xterm-256color"),
        ("TMUX", "/tmp/x"),
        ("TERM_PROGRAM", "tmux"),
    ];
    let environment = environment.map(|(key, value)| (key.to_owned(), value.to_owned()));
    stage.app.client = client(&environment.into());
    stage.app.settle_profile(Profile::Unknown);
    assert_eq!(stage.app.frame(), FrameStyle::Title);
    let kept = [(
        "width:xterm-256color/tmux".to_owned(),
        "narrow unknown".to_owned(),
    )];
    let tag = kezhi::tui::app::Tag::Preferences;
    stage.app.answer(tag, Ok(Answer::Preferences(kept.into())));
    assert_eq!(stage.app.profile, Profile::Narrow);
    assert_eq!(stage.app.frame(), FrameStyle::Line);
}
