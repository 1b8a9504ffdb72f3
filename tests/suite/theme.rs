//! Themes: every role in each of them, colours that can be read, and which one a session begins with.

use std::collections::BTreeMap;

use kezhi::domain::said::Lang;
use kezhi::terminal::colour::{Depth, parts};
use kezhi::tui::theme::choice::choose;
use kezhi::tui::theme::read::read;
use kezhi::tui::theme::{ROLES, THEMES, Theme};
use ratatui::style::{Color, Modifier, Style};

/// WCAG 2: how light a colour is.
fn light(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (light(parts(one).unwrap()), light(parts(other).unwrap()));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The two colours of a style as they are seen.
fn seen(theme: &Theme, style: Style) -> (Color, Color) {
    let text = theme.role("text");
    let pair = (style.fg.or(text.fg).unwrap(), style.bg.or(text.bg).unwrap());
    match style.add_modifier.contains(Modifier::REVERSED) {
        true => (pair.1, pair.0),
        false => pair,
    }
}

fn coloured() -> impl Iterator<Item = (&'static str, Depth, Theme)> {
    let of = |name| {
        [Depth::True, Depth::C256].map(|depth| (name, depth, Theme::named(name).within(depth)))
    };
    ["dark", "light", "contrast"].into_iter().flat_map(of)
}

#[test]
fn every_text_can_be_read_on_its_ground() {
    for (name, depth, theme) in coloured() {
        let least = if name == "contrast" { 7.0 } else { 4.5 };
        let check = |role: &str, what: &str, style: Style| {
            let (text, ground) = seen(&theme, style);
            let found = contrast(text, ground);
            assert!(
                found >= least,
                "{name} {depth:?} {role} {what}: {found:.1} ({text} on {ground})"
            );
        };
        for (role, _) in ROLES {
            if role.starts_with("frame") {
                let (text, ground) = seen(&theme, theme.role(role));
                let found = contrast(text, ground);
                assert!(found >= 3.0, "{name} {depth:?} {role}: {found:.1}");
                continue;
            }
            check(role, "on its own ground", theme.role(role));
            // Spots of the selected row stand in their role, on whichever ground it can be read.
            check(role, "on the selected row", theme.lit(role));
        }
        // What is typed over a field, and the note of what is wrong there.
        let field = Style {
            bg: theme.role("input").bg,
            ..theme.role("input.placeholder")
        };
        check("input.placeholder", "in a field", field);
    }
}

#[test]
fn grounds_differ_from_the_screen() {
    for (name, depth, theme) in coloured() {
        let screen = seen(&theme, theme.role("text")).1;
        for role in ["row.select", "row.select.idle", "title.focus"] {
            let ground = seen(&theme, theme.role(role)).1;
            let found = contrast(ground, screen);
            assert!(found >= 1.15, "{name} {depth:?} {role}: {found:.2}");
        }
    }
}

/// Deuteranopia, whole: Machado, Oliveira, Fernandes 2009, in linear light.
const DEUTERANOPIA: [[f64; 3]; 3] = [
    [0.367_322, 0.860_646, -0.227_968],
    [0.280_085, 0.672_501, 0.047_413],
    [-0.011_820, 0.042_940, 0.968_881],
];

/// A colour as somebody sees it who tells no green from red, in CIE Lab.
fn without_green(colour: [u8; 3]) -> [f64; 3] {
    let linear = colour.map(|part| light([part; 3]));
    let seen = DEUTERANOPIA.map(|row| {
        let sum: f64 = row
            .iter()
            .zip(linear)
            .map(|(share, part)| share * part)
            .sum();
        sum.clamp(0.0, 1.0)
    });
    let [r, g, b] = seen;
    let bend = |value: f64| {
        if value > 0.008_856 {
            value.cbrt()
        } else {
            7.787 * value + 16.0 / 116.0
        }
    };
    let x = bend((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    let y = bend(0.2126 * r + 0.7152 * g + 0.0722 * b);
    let z = bend((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[test]
fn good_bad_and_new_are_told_apart_without_green() {
    // Warnings and dangers have words and Han marks of their own; what has none differs by colour from both.
    let groups = [
        ["status.ok"],
        ["status.warn"],
        ["status.danger"],
        ["status.new"],
    ];
    for (name, depth, theme) in coloured() {
        for (nth, one) in groups.iter().flatten().enumerate() {
            for other in groups.iter().flatten().skip(nth + 1) {
                let [a, b] = [one, other].map(|role| {
                    let (text, _) = seen(&theme, theme.role(role));
                    without_green(parts(text).unwrap())
                });
                let apart: f64 = a.iter().zip(b).map(|(x, y)| (x - y).powi(2)).sum();
                let marks = [mark(one), mark(other)];
                let told = marks[0] != marks[1];
                assert!(
                    apart.sqrt() >= 12.0 || told,
                    "{name} {depth:?}: {one} and {other} are {:.1} apart",
                    apart.sqrt()
                );
            }
        }
    }
}

/// The Han marks in a role.
fn mark(role: &str) -> Vec<&'static str> {
    let marks = kezhi::tui::mark::MARKS.iter();
    let of = marks.filter(|mark| mark.role == role);
    of.map(|mark| mark.text.zh).collect()
}

#[test]
fn marks_of_different_meaning_are_different_characters() {
    let mut all: Vec<&str> = kezhi::tui::mark::MARKS
        .iter()
        .map(|mark| mark.text.zh)
        .collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count, "{all:?}");
}

#[test]
fn the_themes_for_few_colours_use_no_others() {
    for (role, _) in ROLES {
        let style = Theme::named("ansi16").role(role);
        for colour in [style.fg, style.bg].into_iter().flatten() {
            let named = !matches!(colour, Color::Rgb(..) | Color::Indexed(_));
            assert!(named, "ansi16 {role}: {colour}");
        }
        let style = Theme::named("mono").role(role);
        assert_eq!((style.fg, style.bg), (None, None), "mono {role}");
    }
}

#[test]
fn files_that_come_with_the_program_are_whole() {
    for known in THEMES {
        let file = format!("{}/themes/{}.toml", env!("CARGO_MANIFEST_DIR"), known.name);
        let text = std::fs::read_to_string(file).unwrap();
        let (theme, flaws) = read(&text, Theme::default());
        assert_eq!(flaws, [], "{}", known.name);
        assert_eq!(theme.name, known.label.zh, "{}", known.name);
        let depth = match known.name {
            "mono" => Depth::Mono,
            "ansi16" => Depth::C16,
            _ => Depth::True,
        };
        assert_eq!(theme.depth, depth, "{}", known.name);
    }
}

#[test]
fn a_role_that_is_missing_falls_back_along_its_name() {
    let text = "[role]\ntext = { fg = \"1\" }\nstatus = { fg = \"2\", mod = \"bold\" }\n";
    let (theme, flaws) = read(text, Theme::default());
    assert_eq!(flaws, []);
    assert_eq!(theme.role("status.locked").fg, Some(Color::Indexed(2)));
    assert_eq!(theme.role("key.desc").fg, Some(Color::Indexed(1)));
}

#[test]
fn a_file_states_only_what_differs() {
    let text = "base = \"light\"\n[role]\nkey = { mod = \"bold underline\" }\n\
                \"row.select\" = { marker = \"*\", scope = \"marker\" }\nstatus.ok = { fg = \"blue\" }\n";
    let (theme, flaws) = read(text, Theme::named("dark"));
    assert_eq!(flaws, []);
    let light = Theme::named("light");
    let all = ROLES.iter().map(|(role, _)| *role);
    for role in all.filter(|role| !["key", "status.ok"].contains(role)) {
        assert_eq!(theme.role(role), light.role(role), "{role}");
    }
    let key = light
        .role("key")
        .add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
    assert_eq!(theme.role("key"), key);
    assert_eq!(theme.role("status.ok").fg, Some(Color::Blue));
    assert_eq!((theme.marker.as_str(), theme.whole), ("*", false));
}

#[test]
fn what_is_wrong_is_told_by_line_and_key_and_the_rest_counts() {
    let text = "bas = \"light\"\nbase = \"sepia\"\ndepth = 16\n[frame]\nstyle = \"round\"\nwidth = \"2\"\n[role]\n\
                text = { fg = \"#zzzzzz\", bg = \"#000000\" }\nkeys = { fg = \"red\" }\nkey = { fg = \"red\", mod = \"blink\" }\n\
                title = \"red\"\n\"row.select\" = { marker = \"=>\", scope = \"all\", colour = \"red\" }\n\
                input = { fg = \n\"row.mark\" = { fg = \"green\" }\n";
    let (theme, flaws) = read(text, Theme::named("dark"));
    let told: Vec<(usize, &str)> = flaws
        .iter()
        .map(|flaw| (flaw.line, flaw.key.as_str()))
        .collect();
    for expected in [
        (1, "bas"),
        (2, "base"),
        (3, "depth"),
        (5, "frame.style"),
        (6, "frame.width"),
        (8, "text.fg"),
        (9, "keys"),
        (10, "key.mod"),
        (11, "title"),
        (12, "row.select.marker"),
        (12, "row.select.scope"),
        (12, "row.select.colour"),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    assert!(
        told.iter().any(|(line, key)| key.is_empty() && *line >= 13),
        "the syntax: {told:?}"
    );
    assert_eq!(theme.role("key").fg, Some(Color::Red));
    assert_eq!(theme.role("text").bg, Some(Color::Rgb(0, 0, 0)));
    for flaw in &flaws {
        assert!(!flaw.said.get(Lang::Zh).is_empty() && !flaw.said.get(Lang::En).is_empty());
    }
}

#[test]
fn a_session_begins_with_what_was_asked_for_or_what_the_terminal_shows() {
    let (t, c256, c16, none) = (Depth::True, Depth::C256, Depth::C16, Depth::Mono);
    // Environment, preference, whether the operator has a file, theme, colours.
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, bool, &'a str, Depth);
    let table: &[Case] = &[
        (
            &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")],
            "",
            false,
            "dark",
            t,
        ),
        (
            &[("TERM", "xterm"), ("COLORTERM", "24bit")],
            "",
            false,
            "dark",
            t,
        ),
        (&[("TERM", "xterm-256color")], "", false, "dark", c256),
        (&[("TERM", "xterm")], "", false, "dark", c256),
        (&[("TERM", "tmux-256color")], "", false, "dark", c256),
        (&[("TERM", "screen-256color")], "", false, "dark", c256),
        (&[("TERM", "screen")], "", false, "ansi16", c16),
        (
            &[("TERM", "screen"), ("COLORTERM", "truecolor")],
            "",
            false,
            "dark",
            t,
        ),
        (&[("TERM", "linux")], "", false, "ansi16", c16),
        (&[], "", false, "ansi16", c16),
        (&[("TERM", "dumb")], "", false, "mono", none),
        (&[("TERM", "vt100")], "", false, "mono", none),
        (
            &[("TERM", "vt220"), ("COLORTERM", "truecolor")],
            "",
            false,
            "mono",
            none,
        ),
        (
            &[("TERM", "xterm"), ("NO_COLOR", "1")],
            "",
            false,
            "mono",
            none,
        ),
        (
            &[("TERM", "xterm"), ("NO_COLOR", "")],
            "",
            false,
            "dark",
            c256,
        ),
        (
            &[("TERM", "xterm"), ("NO_COLOR", "1")],
            "light",
            false,
            "light",
            c256,
        ),
        (
            &[("TERM", "xterm"), ("KEZHI_THEME", "contrast")],
            "",
            false,
            "contrast",
            c256,
        ),
        (
            &[
                ("TERM", "xterm"),
                ("KEZHI_THEME", "contrast"),
                ("NO_COLOR", "1"),
            ],
            "",
            false,
            "contrast",
            c256,
        ),
        (
            &[("TERM", "xterm"), ("KEZHI_THEME", "contrast")],
            "light",
            false,
            "light",
            c256,
        ),
        (
            &[("TERM", "xterm"), ("KEZHI_THEME", "default")],
            "",
            false,
            "dark",
            c256,
        ),
        (
            &[("TERM", "xterm"), ("KEZHI_THEME", "sepia")],
            "",
            false,
            "dark",
            c256,
        ),
        (&[("TERM", "xterm")], "sepia", false, "dark", c256),
        (&[("TERM", "xterm")], "mono", false, "mono", none),
        (&[("TERM", "linux")], "dark", false, "dark", c16),
        (&[("TERM", "xterm")], "", true, "own", c256),
        (&[("TERM", "linux")], "", true, "own", c16),
        (
            &[("TERM", "xterm"), ("NO_COLOR", "1")],
            "",
            true,
            "mono",
            none,
        ),
        (&[("TERM", "xterm")], "dark", true, "dark", c256),
        (&[("TERM", "xterm")], "own", true, "own", c256),
        (&[("TERM", "xterm")], "own", false, "dark", c256),
    ];
    for (environment, preferred, own, name, depth) in table {
        let pairs = environment.iter();
        let map: BTreeMap<String, String> = pairs
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect();
        let preferred = Some(*preferred).filter(|name| !name.is_empty());
        let found = choose(&map, preferred, *own);
        assert_eq!(
            found,
            (*name, *depth),
            "{environment:?} {preferred:?} {own}"
        );
    }
}

#[test]
fn colours_stand_in_themes_alone() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut dirs = vec![root.clone()];
    while let Some(dir) = dirs.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                dirs.push(path);
                continue;
            }
            let inside = path
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            if !inside.ends_with(".rs")
                || inside == "tui/theme.rs"
                // What is sent has the colours that the theme gave.
                || inside.starts_with("terminal/")
            {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(!text.contains("Color::"), "{inside} names a colour");
        }
    }
}

#[test]
fn without_colours_every_status_is_told_by_its_text() {
    use crate::look::Stage;
    // Two screens that differ in a status alone differ in their text: no style is asked.
    for (keys, told) in [
        (&["Esc", "4"][..], &["逾", "急", "新", "今天"][..]),
        (&["Esc", "3"], &["急", "逾", "保缺2告缺1", "保全"]),
        (&["Esc"], &["新", "在册", "暂停", "待核", "退出", "筹建"]),
        (
            &["Esc", "4", "Down", "Enter"],
            &["今天到期", "保密", "[核查]"],
        ),
        (&["Esc", "3", "p", "Enter"], &["待签", "（未填）"]),
        (&["Enter", "Ctrl-E", "1"], &["显示隐藏项"]),
        (&["F7", "单", "Enter", "2", "Enter", "19x", "F8"], &["! "]),
        (&["Esc", "Down", "Space"], &["*"]),
        (&["F8"], &["禁"]),
    ] {
        let mut stage = Stage::new(Lang::Zh, Theme::named("mono"), 120, 36);
        stage.keys(keys);
        let text = stage.text();
        for told in told {
            assert!(text.contains(told), "{keys:?} {told}:\n{text}");
        }
        for cell in stage.buffer().content() {
            assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
        }
    }
    // The focus and the selection too.
    let mut stage = Stage::new(Lang::Zh, Theme::named("mono"), 120, 36);
    stage.keys(&["Esc"]);
    let text = stage.text();
    assert!(
        text.contains("== 2 志愿者") && text.contains("-- 1 组织"),
        "{text}"
    );
    assert!(text.contains(">    单立文"), "{text}");
    // And that the service is away.
    stage.app.lost();
    stage.draw();
    assert!(stage.text().contains("离线"), "{}", stage.text());
}
