//! The lint of the keys, and the user's own key file.

use std::collections::BTreeMap;
use std::path::Path;

use kezhi::domain::said::Lang;
use kezhi::tui::action::{ACTIONS, GO, PLACES, Place, counts};
use kezhi::tui::keyfile::{change, load};
use kezhi::tui::keymap::Keymap;
use kezhi::tui::keyname::{ALWAYS, read, safe};
use kezhi::tui::theme::Theme;

use crate::command::Desk;
use crate::look::Stage;

/// What stands in the way of the keys, place by place.
fn lint(keymap: &Keymap) -> Vec<String> {
    let mut wrong = Vec::new();
    for (action, keys) in keymap.all() {
        if !ACTIONS.iter().any(|row| row.key == action) {
            wrong.push(format!("{action} is no action"));
        }
        for key in keys {
            if read(key).as_deref() != Ok(key) {
                wrong.push(format!("{key} of {action} is forbidden"));
            }
        }
    }
    for place in PLACES {
        let places = counts(*place);
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for action in ACTIONS.iter().filter(|row| places.contains(&row.place)) {
            for key in keymap.keys(action.key) {
                let other = seen.insert(key, action.key);
                if other.is_some_and(|other| other != action.key) {
                    wrong.push(format!(
                        "{key} is {} and {other:?} in {place:?}",
                        action.key
                    ));
                }
            }
            let mut rows = ACTIONS.iter().filter(|row| row.key == action.key);
            let listed = rows.any(|row| row.listed);
            let keys = keymap.keys(action.key);
            if keys.is_empty() && !listed {
                wrong.push(format!("{} has no key and no place in F9", action.key));
            }
            let go = action.key == "go" && GO.iter().all(|(_, key)| reached(keymap, key));
            if !keys.iter().any(|key| safe(key)) && !listed && !go {
                wrong.push(format!("{} needs the input method off", action.key));
            }
        }
    }
    // Outside boards one key is one action, wherever it is pressed.
    let mut seen: BTreeMap<(Option<&str>, &str), &str> = BTreeMap::new();
    for (action, keys) in keymap.all() {
        let group = action.split_once('.').map(|(group, _)| group);
        for key in keys {
            if let Some(other) = seen.insert((group, key), action) {
                wrong.push(format!("{key} is {action} and {other}"));
            }
        }
    }
    wrong
}

fn reached(keymap: &Keymap, key: &str) -> bool {
    keymap.keys(key).iter().any(|key| safe(key))
        || ACTIONS.iter().any(|other| other.key == key && other.listed)
}

#[test]
fn the_keys_of_the_program_pass_the_lint() {
    assert_eq!(lint(&Keymap::new()), Vec::<String>::new());
}

#[test]
fn every_action_stands_in_the_help_of_some_place() {
    let mut told = String::new();
    for start in [
        &["Esc"][..],
        &["Esc", "1"],
        &["Enter"],
        &["Esc", "4", "Enter"],
        &["F7"],
        &["F2"],
        &["F9"],
        &["Esc", "3", "r"],
        &["Esc", "3", "t"],
        &["Esc", "3", "m"],
        &["Esc", "1", "t"],
        &["Esc", "c"],
        &["Esc", "k"],
        &["F7", "Tab", "F3"],
        &["Esc", "5", "g", "l"],
    ] {
        let mut stage = Stage::new(Lang::Zh, Theme::named("default"), 120, 90);
        stage.keys(start).keys(&["F1"]);
        for _ in 0..3 {
            told.push_str(&stage.text());
            stage.keys(&["Tab"]);
        }
    }
    for action in ACTIONS {
        // Two versions of a record need two sessions, and a question needs a step.
        let apart = matches!(action.place, Place::Conflict | Place::Confirm);
        let seen = told.contains(action.label.zh);
        assert!(apart || seen, "{} {:?}", action.key, action.place);
    }
}

/// A key file, and what is said of it: line and text.
fn told(text: &str) -> (Keymap, Vec<(usize, String)>) {
    let mut keymap = Keymap::new();
    let wrong = change(&mut keymap, text);
    // Whatever the file says, nothing of it breaks the rules.
    assert_eq!(lint(&keymap), Vec::<String>::new(), "{text}");
    let wrong = wrong.into_iter().map(|(line, said)| (line, said.zh));
    (keymap, wrong.collect())
}

#[test]
fn a_key_file_states_only_what_differs() {
    let (keymap, wrong) = told("# mine\nhistory = [\"Ctrl-N\", \"u\"]\n[people]\ntell = [\"g\"]\n");
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(keymap.named("history", " "), "Ctrl-N u");
    assert_eq!(keymap.named("people.tell", " "), "g");
    assert_eq!(keymap.named("filter", " "), "f");
    // Two that change places are no double.
    let (keymap, wrong) = told("today = [\"h\"]\nhistory = [\"j\"]\n");
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(keymap.named("today", " "), "h");
    assert_eq!(keymap.named("history", " "), "j");
}

#[test]
fn what_is_wrong_in_a_key_file_is_told_by_line_and_the_rest_counts() {
    let text = "\
fly = [\"x\"]
sort = [\"Ctrl-S\", \"x\"]
filter = 5
this is no line
history = [\"u\"]
mark = [\"u\"]
copy = [\"f\"]
zoom = [\"F1\"]
mark = [\"Space\"]
";
    let (keymap, wrong) = told(text);
    let lines: Vec<usize> = wrong.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 6, 7, 8, 9], "{wrong:#?}");
    for (part, line) in [
        ("没有动作「fly」", 1),
        ("Ctrl-S：会停住终端输出", 2),
        ("「filter」的值", 3),
        ("前面已给了「history」", 6),
        ("f 原是「filter」的，现归「copy」；「filter」在 F9 里办", 7),
        ("F1 总是「help」", 8),
    ] {
        let found = wrong
            .iter()
            .any(|(at, told)| *at == line && told.contains(part));
        assert!(found, "{part}: {wrong:#?}");
    }
    assert_eq!(keymap.named("sort", " "), "x");
    assert_eq!(keymap.named("history", " "), "u");
    assert_eq!(keymap.named("copy", " "), "f");
}

#[test]
fn a_list_that_is_left_open_takes_no_other_line_with_it() {
    for open in ["sort = [\"x\"", "sort = [\"x\",", "sort = ["] {
        let text = format!("# mine\n{open}\nhistory = [\"u\"]\n[people]\ntell = [\"g\"]\n");
        let (keymap, wrong) = told(&text);
        assert_eq!(wrong.len(), 1, "{open}: {wrong:#?}");
        assert_eq!(wrong[0].0, 2, "{open}: {wrong:#?}");
        assert_eq!(keymap.named("history", " "), "u", "{open}");
        assert_eq!(keymap.named("people.tell", " "), "g", "{open}");
        assert_eq!(keymap.named("sort", " "), "o", "{open}");
    }
    // One over several lines is one entry.
    let text = "[minutes]\nfill = [\n  \"=\", # as it is\n  \"x\",\n]\n[people]\ntell = [\"g\"]\n";
    let (keymap, wrong) = told(text);
    assert_eq!(wrong, []);
    assert_eq!(keymap.named("minutes.fill", " "), "= x");
    assert_eq!(keymap.named("people.tell", " "), "g");
}

#[test]
fn no_key_file_locks_anybody_out() {
    let mut text = String::new();
    for (action, _) in Keymap::new()
        .all()
        .filter(|(action, _)| !action.contains('.'))
    {
        text.push_str(&format!("{action} = []\n"));
    }
    let (keymap, _) = told(&text);
    for (key, action) in ALWAYS {
        assert!(keymap.keys(action).iter().any(|held| held == key), "{key}");
    }
    for action in ["open", "up", "down"] {
        assert!(!keymap.keys(action).is_empty(), "{action}");
    }
    let (keymap, wrong) = told("quit = [\"Esc\", \"F9\", \"Ctrl-C\", \"Enter\"]\n");
    assert_eq!(wrong.len(), 4, "{wrong:#?}");
    assert_eq!(keymap.named("open", " "), "Enter");
    // Taken first, and then not replaced by anything: it comes back.
    let (keymap, _) = told("edit = [\"Enter\"]\nopen = [\"F10\"]\n");
    assert_eq!(keymap.named("open", " "), "Enter");
}

#[test]
fn the_command_prints_the_keys_of_this_user_and_checks_the_file() {
    let desk = Desk::new();
    let dir = desk.path();
    let own = dir.join("config");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(
        own.join("keymap.toml"),
        "history = [\"u\"]\nfly = [\"x\"]\n",
    )
    .unwrap();
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kezhi"));
        command.arg("--data").arg(dir).args(args);
        command.env("KEZHI_CONFIG", &own).output().unwrap()
    };
    let sheet = run(&["keys"]);
    let sheet = String::from_utf8_lossy(&sheet.stdout).into_owned();
    let history = sheet.lines().find(|line| line.contains("history")).unwrap();
    assert!(history.contains(" u "), "{history}");
    let checked = run(&["keys", "--check"]);
    assert_eq!(checked.status.code(), Some(1));
    let text = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(text.contains("keymap.toml:2 没有动作「fly」"), "{text}");
    std::fs::remove_file(own.join("keymap.toml")).unwrap();
    assert_eq!(run(&["keys", "--check"]).status.code(), Some(0));
    assert_eq!(load(Some(&own)).1, Vec::new());
}

#[test]
fn messages_name_the_keys_that_there_are() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("default"), 120, 36);
    let text = "steps = [\"Ctrl-N\", \"s\"]\nundo = [\",\"]\ncopy = []\n";
    assert_eq!(change(&mut stage.app.keymap, text), []);
    let told = |stage: &Stage| stage.app.message.clone().unwrap().1;
    stage.keys(&["Esc", "Space"]);
    // What has no key is found in the palette.
    assert_eq!(
        told(&stage),
        "已标记 1 条：F9 复制编号，Ctrl-N 一并办理，Esc 取消标记"
    );
    stage.keys(&["Space", "Esc", "Ctrl-N", "暂停", "Enter", "出差", "Ctrl-N"]);
    assert!(told(&stage).contains(", 撤回"), "{}", told(&stage));
    let keymap = Keymap::new();
    let named = ["steps", "look", "drafts", "messages", "hours", "cancel"];
    assert_eq!(
        named.map(|action| keymap.short(action)),
        ["F8", "F2", "g d", "g l", "t", "Esc"]
    );
}

#[test]
fn what_messages_name_in_braces_are_actions() {
    let mut count = 0;
    let mut sources = Vec::new();
    crate::layer::files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tui"),
        &mut sources,
    );
    for path in sources {
        let text = std::fs::read_to_string(&path).unwrap();
        for call in text.split(".keyed(").skip(1) {
            let call = call.split(')').next().unwrap();
            for word in call.split('{').skip(1) {
                let action = word.split('}').next().unwrap();
                assert!(
                    ACTIONS.iter().any(|row| row.key == action),
                    "{action}: {call}"
                );
                count += 1;
            }
        }
    }
    assert!(count > 20, "{count}");
}
