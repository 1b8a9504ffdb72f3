//! The names of keys: as a key file writes them, and of the keys that arrive.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::fold::narrow_char;
use crate::domain::said::{Text, t};

/// Keys that no file can give away: whoever knows these is never locked in.
pub const ALWAYS: [(&str, &str); 4] = [
    ("Esc", "cancel"),
    ("F1", "help"),
    ("F9", "palette"),
    ("Ctrl-C", "stop"),
];

/// Keys with a name of their own, and how else they are written.
const NAMED: &[(&str, &[&str])] = &[
    ("Space", &[" "]),
    ("Up", &[]),
    ("Down", &[]),
    ("Left", &[]),
    ("Right", &[]),
    ("PageUp", &["PgUp"]),
    ("PageDown", &["PgDn"]),
    ("Home", &[]),
    ("End", &[]),
    ("Enter", &[]),
    ("Esc", &[]),
    ("Tab", &[]),
    ("BackTab", &["Shift-Tab"]),
];

/// Keys that something between the operator and the program takes, or that arrive as another key.
pub const FORBIDDEN: &[(&str, Text)] = &[
    ("Ctrl-S", t("会停住终端输出", "stops the terminal's output")),
    ("Ctrl-Q", t("终端的流控", "flow control of the terminal")),
    ("Ctrl-Space", t("切换输入法", "switches the input method")),
    (
        "Shift-Space",
        t("输入法的全角", "full width of the input method"),
    ),
    (
        "Ctrl-.",
        t("输入法的标点", "punctuation of the input method"),
    ),
    ("Ctrl-A", t("screen 的前缀", "the prefix of screen")),
    ("Ctrl-B", t("tmux 的前缀", "the prefix of tmux")),
    ("Ctrl-H", t("有的终端当退格", "Backspace of some terminals")),
    ("Ctrl-I", t("就是 Tab", "is Tab")),
    ("Ctrl-J", t("就是换行", "is a line feed")),
    ("Ctrl-M", t("就是 Enter", "is Enter")),
    ("Ctrl-[", t("就是 Esc", "is Esc")),
    ("Ctrl-\\", t("退出信号", "the quit signal")),
    ("Ctrl-V", t("有的终端当粘贴", "paste of some terminals")),
    ("F10", t("终端的菜单", "menu of the terminal")),
    ("F11", t("终端的全屏", "full screen of the terminal")),
    ("Ctrl-Tab", t("终端的标签页", "tabs of the terminal")),
    ("Ctrl-Enter", t("终端不发送", "is not sent")),
    ("Shift-Enter", t("终端不发送", "is not sent")),
];

/// Modifiers that never arrive safely.
const HEADS: &[(&str, Text)] = &[
    ("Alt-", t("与 Esc 分不开", "cannot be told from Esc")),
    ("Shift-", t("有的终端发成别的键", "arrives as another key")),
];

/// The one name of a key that a file writes, or why there is none.
pub fn read(written: &str) -> Result<String, Text> {
    let named = NAMED
        .iter()
        .find(|(name, others)| *name == written || others.contains(&written));
    if let Some((name, _)) = named {
        return Ok((*name).to_owned());
    }
    let control = written.strip_prefix("Ctrl-");
    let name = match control {
        Some(letter) => format!("Ctrl-{}", letter.to_ascii_uppercase()),
        None => written.to_owned(),
    };
    let forbidden = FORBIDDEN
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(&name))
        .or_else(|| HEADS.iter().find(|(head, _)| name.starts_with(head)));
    if let Some((_, why)) = forbidden {
        return Err(*why);
    }
    let one = |text: &str| {
        let mut all = text.chars();
        all.next().filter(|_| all.next().is_none())
    };
    let function = name
        .strip_prefix('F')
        .and_then(|number| number.parse::<u8>().ok());
    let fine = match control {
        Some(letter) => one(letter).is_some_and(|c| c.is_ascii_alphabetic()),
        None => one(&name).is_some_and(|c| c.is_ascii_graphic()),
    };
    match fine || function.is_some_and(|number| (1..=12).contains(&number)) {
        true => Ok(name),
        false => Err(t("没有这样的键", "there is no such key")),
    }
}

/// The name of a key that arrived.
pub fn name(key: &KeyEvent) -> Option<String> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(match key.code {
        KeyCode::Char(c) if control => format!("Ctrl-{}", c.to_ascii_uppercase()),
        KeyCode::Char(c) => match ascii(c) {
            ' ' => "Space".to_owned(),
            c => c.to_string(),
        },
        KeyCode::F(n) => format!("F{n}"),
        KeyCode::Up => "Up".to_owned(),
        KeyCode::Down => "Down".to_owned(),
        KeyCode::Left => "Left".to_owned(),
        KeyCode::Right => "Right".to_owned(),
        KeyCode::PageUp => "PageUp".to_owned(),
        KeyCode::PageDown => "PageDown".to_owned(),
        KeyCode::Home => "Home".to_owned(),
        KeyCode::End => "End".to_owned(),
        KeyCode::Enter => "Enter".to_owned(),
        KeyCode::Esc => "Esc".to_owned(),
        KeyCode::Tab => "Tab".to_owned(),
        KeyCode::BackTab => "BackTab".to_owned(),
        _ => return None,
    })
}

/// The key of a keyboard behind what an input method makes of it: full-width forms, Chinese punctuation.
pub fn ascii(c: char) -> char {
    match c {
        '、' => '/',
        '。' => '.',
        '【' | '「' => '[',
        '】' | '」' => ']',
        '《' | '〈' => '<',
        '》' | '〉' => '>',
        c => narrow_char(c),
    }
}

/// Whether a key reaches the program as itself, or as its translation, while an input method is on.
pub fn safe(name: &str) -> bool {
    name.chars().count() > 1
        || name
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_ascii_punctuation())
}
