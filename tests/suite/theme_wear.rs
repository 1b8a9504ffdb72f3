//! The theme of a session: switched, kept, and read again from the operator's own file.

use std::path::Path;
use std::time::{Duration, SystemTime};

use chrono::TimeDelta;
use kezhi::domain::said::Lang;
use kezhi::protocol::{Answer, Request};
use kezhi::terminal::colour::Depth;
use kezhi::tui::app::Tag;
use kezhi::tui::theme::Theme;
use kezhi::tui::theme::choice::Environment;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;

use crate::look::{Stage, lines};

fn terminal() -> Environment {
    Environment::from([
        ("TERM".to_owned(), "xterm-256color".to_owned()),
        ("COLORTERM".to_owned(), "truecolor".to_owned()),
    ])
}

/// Writes a file, with another moment of change each time.
fn write(path: &Path, text: &str, nth: u64) {
    std::fs::write(path, text).unwrap();
    let file = std::fs::File::options().append(true).open(path).unwrap();
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + nth);
    file.set_modified(at).unwrap();
}

fn later(stage: &mut Stage, milliseconds: i64) {
    let now = stage.app.now + TimeDelta::milliseconds(milliseconds);
    stage.app.tick(now);
    stage.draw();
}

/// The cells that are seen: not those behind a wide character.
fn cells(buffer: &Buffer) -> impl Iterator<Item = &Cell> {
    let mut behind = false;
    buffer.content().iter().filter(move |cell| {
        let hidden = behind;
        behind = !hidden && cell.symbol().width() > 1;
        !hidden
    })
}

fn key(stage: &Stage) -> Option<Color> {
    stage.app.theme.role("key").fg
}

#[test]
fn the_own_file_is_read_at_once_and_again_when_it_changes() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("theme.toml");
    let dark = Theme::named("dark").role("key").fg;
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.app.dress(terminal(), Some(dir.path().to_owned()));
    assert_eq!(key(&stage), dark);
    assert!(stage.app.message.is_none());

    write(&file, "[role]\nkey = { fg = \"#010203\" }\n", 1);
    // Time alone brought it: it must be drawn without a key.
    stage.app.stirred = false;
    later(&mut stage, 1000);
    assert!(stage.app.stirred);
    assert_eq!(key(&stage), Some(Color::Rgb(1, 2, 3)));

    // Once a second at most.
    write(&file, "[role]\nkey = { fg = \"#040506\" }\n", 2);
    later(&mut stage, 300);
    assert_eq!(key(&stage), Some(Color::Rgb(1, 2, 3)));
    later(&mut stage, 700);
    assert_eq!(key(&stage), Some(Color::Rgb(4, 5, 6)));

    // A mistake is told, and the rest counts.
    let text = "base = \"dark\"\n\n[role]\nkey = { fg = \"#070809\" }\ntitel = { fg = \"red\" }\ninput = { fg = \"rot\" }\n";
    write(&file, text, 3);
    stage.app.stirred = false;
    later(&mut stage, 1000);
    assert!(stage.app.stirred);
    assert_eq!(key(&stage), Some(Color::Rgb(7, 8, 9)));
    let text = lines(stage.buffer()).join("\n");
    assert!(text.contains("第 5 行 titel：没有这个角色"), "{text}");
    assert!(text.contains("另有 1 处"), "{text}");
    assert!(
        stage
            .app
            .told
            .iter()
            .any(|told| told.text.contains("第 6 行 input.fg：不是颜色"))
    );

    // Nothing of it can be read: the theme is that of the base.
    write(&file, "\u{0}\u{1} = = [[[ \"", 4);
    later(&mut stage, 1000);
    assert_eq!(key(&stage), dark);
    std::fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
    let touched = std::fs::File::options().append(true).open(&file).unwrap();
    touched
        .set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(5))
        .unwrap();
    later(&mut stage, 1000);
    assert!(lines(stage.buffer()).join("\n").contains("主题照旧"));

    std::fs::remove_file(&file).unwrap();
    later(&mut stage, 1000);
    assert_eq!(key(&stage), dark);
}

#[test]
fn the_palette_changes_the_theme_and_it_is_kept() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.app.dress(terminal(), None);
    stage.keys(&["F9", "z", "t"]);
    let text = lines(stage.buffer()).join("\n");
    for name in ["深色", "浅色", "高对比", "十六色", "单色"] {
        assert!(
            text.contains(&format!("切换主题：{name}")),
            "{name}: {text}"
        );
    }
    stage.keys(&["Down", "Enter"]);
    assert_eq!(stage.app.theme.name, "浅色");
    let kept = stage.asked.iter().any(|request| {
        matches!(request, Request::Prefer { key, value } if key == "theme" && value == "light")
    });
    assert!(kept);
    assert!(lines(stage.buffer()).join("\n").contains("已换主题：浅色"));
    // The next session begins plain, and switches when it knows.
    let mut next = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    next.app.dress(terminal(), None);
    let preferences = [("theme".to_owned(), "light".to_owned())].into();
    next.app
        .answer(Tag::Preferences, Ok(Answer::Preferences(preferences)));
    assert_eq!(next.app.theme.name, "浅色");
    assert_eq!(next.app.theme.depth, Depth::True);
}

#[test]
fn fewer_colours_are_the_nearest_of_them() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    let terminal = Environment::from([("TERM".to_owned(), "xterm".to_owned())]);
    stage.app.dress(terminal, None);
    stage.draw();
    for cell in cells(stage.buffer()) {
        for colour in [cell.fg, cell.bg] {
            assert!(!matches!(colour, Color::Rgb(..)), "{colour}");
        }
    }
}

#[test]
fn an_unknown_theme_is_told() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    let mut terminal = terminal();
    terminal.insert("KEZHI_THEME".to_owned(), "sepia".to_owned());
    stage.app.dress(terminal, None);
    stage.draw();
    let text = lines(stage.buffer()).join("\n");
    assert!(
        text.contains("没有主题「sepia」") && text.contains("light"),
        "{text}"
    );
}

#[test]
fn with_the_marker_alone_no_other_cell_is_restyled() {
    for focus in ["2", "3", "4"] {
        let styles = |text: &str| {
            let (theme, flaws) = kezhi::tui::theme::read::read(text, Theme::named("dark"));
            assert_eq!(flaws, []);
            let mut stage = Stage::new(Lang::Zh, theme, 120, 36);
            stage.keys(&["Esc", focus]);
            (stage.buffer().clone(), stage)
        };
        let scope = "[role]\n\"row.select\" = { scope = \"marker\", marker = \">\" }\n";
        let (before, mut stage) = styles(scope);
        stage.keys(&["Down"]);
        let after = stage.buffer();
        // Where the text is the same, so is its style; but for the two marker cells.
        let mut other = 0;
        for (one, two) in cells(&before).zip(cells(after)) {
            if one.symbol() == two.symbol() && one.style() != two.style() {
                other += 1;
            }
        }
        assert_eq!(other, 0, "pane {focus}");
        let marked = cells(after).filter(|cell| {
            cell.symbol() == ">" && cell.bg == stage.app.theme.role("row.select").bg.unwrap()
        });
        assert_eq!(marked.count(), 1, "pane {focus}");
    }
}

#[test]
fn what_was_looked_for_is_underlined_where_it_stands() {
    use ratatui::style::Modifier;
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.keys(&["立文"]);
    let buffer = stage.buffer();
    let underlined: String = cells(buffer)
        .filter(|cell| cell.modifier.contains(Modifier::UNDERLINED))
        .map(|cell| cell.symbol())
        .collect();
    assert_eq!(underlined, "立文");
}

#[test]
fn what_is_wrong_at_the_login_is_told_one_after_the_other() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    let environment = [
        ("TERM".to_owned(), "xterm".to_owned()),
        ("KEZHI_THEME".to_owned(), "sepia".to_owned()),
    ];
    stage.app.dress(environment.into(), None);
    stage.app.doubt_encoding(false, true);
    stage.draw();
    let text = stage.text();
    assert!(text.contains("没有主题「sepia」"), "{text}");
    assert!(text.contains("dark") && text.contains("light"), "{text}");
    // The first Esc is told what letters are now; what waits comes behind that.
    stage.keys(&["Esc", "Down"]);
    assert!(stage.text().contains("中文显示正常吗"), "{}", stage.text());
    stage.keys(&["Down"]);
    assert!(stage.app.message.is_none(), "{}", stage.text());
}
