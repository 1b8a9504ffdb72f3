//! What the screen looks like: cells and roles of every screen, in three sizes.

use kezhi::domain::said::Lang;

use crate::look::{Stage, coded};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

/// The screens, and the keys that lead there.
pub const SCREENS: &[(&str, &[&str])] = &[
    ("main", &[]),
    ("unit", &["1", "Down", "Right", "Down"]),
    ("card-volunteer", &["Enter"]),
    ("card-organisation", &["F2", "hsq", "Enter"]),
    ("history", &["Enter", "h"]),
    (
        "form-error",
        &["F7", "单", "Enter", "2", "Enter", "19x", "F8"],
    ),
    (
        "form-long",
        &[
            "F4",
            "PageDown",
            "PageDown",
            "PageDown",
            "Enter",
            "常年在外",
            "Up",
        ],
    ),
    (
        "pick",
        &[
            "F7", "Down", "Down", "Down", "Down", "Down", "Down", "Down", "Down", "Down", "Down",
            "Down", "F3", "1",
        ],
    ),
    ("look", &["F2", "hs"]),
    ("palette", &["F9", "sx"]),
    ("help", &["F1"]),
    ("steps", &["F8"]),
    ("filter", &["Esc", "f"]),
    ("reason", &["Enter", "Ctrl-E", "1"]),
];

/// Leaves the search line, where digits are text.
fn play(stage: &mut Stage, keys: &[&str]) {
    if keys.first() == Some(&"1") {
        stage.keys(&["Esc"]);
    }
    stage.keys(keys);
}

#[test]
fn every_screen_in_three_sizes() {
    for (name, keys) in SCREENS {
        for (width, height) in SIZES {
            let mut stage = Stage::new(Lang::Zh, coded("line"), width, height);
            play(&mut stage, keys);
            insta::assert_snapshot!(format!("{name}-{width}"), stage.text());
            insta::assert_snapshot!(format!("{name}-{width}-roles"), stage.roles());
        }
    }
}

#[test]
fn the_main_screen_in_english_tiny_and_with_title_frames() {
    for (width, height) in SIZES {
        let stage = Stage::new(Lang::En, coded("line"), width, height);
        insta::assert_snapshot!(format!("main-en-{width}"), stage.text());
        let mut stage = Stage::new(Lang::Zh, coded("title"), width, height);
        insta::assert_snapshot!(format!("main-title-{width}"), stage.text());
        stage.keys(&["F2", "hs"]);
        insta::assert_snapshot!(format!("look-title-{width}"), stage.text());
    }
    let stage = Stage::new(Lang::Zh, coded("line"), 60, 15);
    insta::assert_snapshot!("main-60", stage.text());
    let stage = Stage::new(Lang::En, coded("line"), 60, 15);
    insta::assert_snapshot!("main-en-60", stage.text());
}

#[test]
fn english_screens_hold_no_chinese_of_ours() {
    let data = kezhi::domain::fold::is_han;
    for (name, keys) in SCREENS {
        let mut stage = Stage::new(Lang::En, coded("line"), 120, 36);
        // The records are Chinese: what else is Chinese must be one of their texts.
        play(&mut stage, keys);
        let known = crate::look_data::known();
        for run in stage
            .text()
            .split(|c| !data(c))
            .filter(|run| !run.is_empty())
        {
            assert!(
                known.contains(run),
                "{name}: {run} is Chinese in the English screen"
            );
        }
    }
}

#[test]
fn hints_always_hold_help_back_and_look_up() {
    for (lang, back) in [(Lang::Zh, "Esc 返回"), (Lang::En, "Esc back")] {
        for (name, keys) in SCREENS {
            for (width, height) in [(40, 10), (60, 15), (80, 24), (200, 50)] {
                let mut stage = Stage::new(lang, coded("line"), width, height);
                play(&mut stage, keys);
                let text = stage.text();
                let last = text.lines().last().unwrap();
                for hint in ["F1", "F2", back] {
                    assert!(last.contains(hint), "{name} {width}x{height}: {last}");
                }
            }
        }
    }
}

/// Up, right, down, left of a line character.
fn arms(symbol: &str) -> Option<[bool; 4]> {
    let c = symbol.chars().next()?;
    Some(match c {
        '─' | '━' => [false, true, false, true],
        '│' | '┃' => [true, false, true, false],
        '\u{250c}'..='\u{250f}' => [false, true, true, false],
        '\u{2510}'..='\u{2513}' => [false, false, true, true],
        '\u{2514}'..='\u{2517}' => [true, true, false, false],
        '\u{2518}'..='\u{251b}' => [true, false, false, true],
        '\u{251c}'..='\u{2523}' => [true, true, true, false],
        '\u{2524}'..='\u{252b}' => [true, false, true, true],
        '\u{252c}'..='\u{2533}' => [false, true, true, true],
        '\u{2534}'..='\u{253b}' => [true, true, false, true],
        '\u{253c}'..='\u{254b}' => [true, true, true, true],
        _ => return None,
    })
}

#[test]
fn lines_of_the_panes_join() {
    for focus in ["1", "2", "3", "4"] {
        for (width, height) in [
            (60, 15),
            (80, 24),
            (100, 24),
            (120, 36),
            (160, 40),
            (300, 80),
        ] {
            let mut stage = Stage::new(Lang::Zh, coded("line"), width, height);
            stage.keys(&["Esc", focus]);
            let buffer = stage.buffer();
            let at = |x: u16, y: u16| buffer.cell((x, y)).and_then(|cell| arms(cell.symbol()));
            for y in 1..height - 2 {
                for x in 0..width.min(240) {
                    let Some([up, right, down, left]) = at(x, y) else {
                        continue;
                    };
                    let place = format!("{x},{y} of {width}x{height}, pane {focus}");
                    // A line that goes on must be taken up; sideways a title may stand in it.
                    if up {
                        assert!(at(x, y - 1).is_some_and(|arms| arms[2]), "{place}: up");
                    }
                    if down {
                        assert!(at(x, y + 1).is_some_and(|arms| arms[0]), "{place}: down");
                    }
                    if right && at(x + 1, y).is_some() {
                        assert!(at(x + 1, y).is_some_and(|arms| arms[3]), "{place}: right");
                    }
                    if left && at(x.wrapping_sub(1), y).is_some() {
                        assert!(at(x - 1, y).is_some_and(|arms| arms[1]), "{place}: left");
                    }
                }
            }
        }
    }
}

#[test]
fn every_theme_has_its_frame_and_resolves_every_role() {
    use kezhi::tui::theme::{FrameStyle, ROLES, THEMES, Theme};
    use ratatui::style::Style;
    for known in THEMES {
        let name = known.name;
        let theme = Theme::named(name);
        let frame = if name == "mono" {
            FrameStyle::Title
        } else {
            FrameStyle::Line
        };
        assert_eq!(theme.frame, frame, "{name}");
        // What is selected or wrong never looks like plain text, with colours or without.
        for role in [
            "row.select",
            "row.select.idle",
            "title.focus",
            "input",
            "input.invalid",
        ] {
            assert_ne!(theme.role(role), theme.role("text"), "{name}: {role}");
        }
        if name == "mono" {
            for (role, _) in ROLES {
                let style: Style = theme.role(role);
                assert!(
                    style.fg.is_none() && style.bg.is_none(),
                    "{role} has a colour"
                );
            }
        }
    }
}
