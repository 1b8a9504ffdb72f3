//! From keys to actions.

use std::collections::BTreeMap;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::fold::narrow_char;

/// The keys of every action.
pub struct Keymap {
    keys: BTreeMap<String, Vec<String>>,
}

impl Keymap {
    /// The keys that the program comes with.
    pub fn new() -> Keymap {
        Keymap {
            keys: flat(include_str!("keymap.toml")),
        }
    }

    /// The action of a key; while text is typed only keys that are no text count.
    pub fn action(&self, key: &KeyEvent, typing: bool) -> Option<&str> {
        if typing
            && matches!(key.code, KeyCode::Char(_))
            && !key.modifiers.contains(KeyModifiers::CONTROL)
        {
            return None;
        }
        let name = name(key)?;
        if key.modifiers.contains(KeyModifiers::ALT) {
            return None;
        }
        self.keys
            .iter()
            .find(|(action, keys)| !action.contains('.') && keys.contains(&name))
            .map(|(action, _)| action.as_str())
    }

    /// The action of a key on a board: its own letters come before those that count everywhere.
    pub fn within(&self, group: &str, key: &KeyEvent) -> Option<&str> {
        if group.is_empty() || key.modifiers.contains(KeyModifiers::ALT) {
            return None;
        }
        let name = name(key)?;
        let own = |action: &str| {
            action
                .split_once('.')
                .is_some_and(|(head, _)| head == group)
        };
        let mut found = self
            .keys
            .iter()
            .filter(|(action, keys)| own(action) && keys.contains(&name));
        found.next().map(|(action, _)| action.as_str())
    }

    /// The keys of an action as they are shown.
    pub fn keys(&self, action: &str) -> &[String] {
        self.keys.get(action).map_or(&[], Vec::as_slice)
    }

    /// The keys of an action in one text, named as they stand on the keyboard.
    pub fn named(&self, action: &str, gap: &str) -> String {
        let names: Vec<&str> = self
            .keys(action)
            .iter()
            .map(|key| match key.as_str() {
                "BackTab" => "Shift-Tab",
                "PageUp" => "PgUp",
                "PageDown" => "PgDn",
                key => key,
            })
            .collect();
        names.join(gap)
    }

    /// Every action with its keys.
    pub fn all(&self) -> impl Iterator<Item = (&String, &Vec<String>)> {
        self.keys.iter()
    }
}

impl Default for Keymap {
    fn default() -> Self {
        Keymap::new()
    }
}

/// The keys of a file: those of a table are named `table.action`.
fn flat(text: &str) -> BTreeMap<String, Vec<String>> {
    let table: toml::Table = toml::from_str(text).unwrap_or_default();
    let mut keys = BTreeMap::new();
    let names = |value: &toml::Value| -> Vec<String> {
        let names = value.as_array().into_iter().flatten();
        names
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect()
    };
    for (action, value) in &table {
        match value.as_table() {
            Some(group) => {
                let own = group
                    .iter()
                    .map(|(name, value)| (format!("{action}.{name}"), names(value)));
                keys.extend(own);
            }
            None => {
                keys.insert(action.clone(), names(value));
            }
        }
    }
    keys
}

/// The name of a key in a keymap; none of those that no keymap names.
pub(super) fn name(key: &KeyEvent) -> Option<String> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(match key.code {
        KeyCode::Char(c) if control => format!("Ctrl-{}", c.to_ascii_uppercase()),
        KeyCode::Char(c) => match narrow_char(plain(c)) {
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

/// What an input method makes of punctuation that has no full-width form of its own.
fn plain(c: char) -> char {
    match c {
        '、' => '/',
        '。' | '．' => '.',
        '【' | '「' => '[',
        '】' | '」' => ']',
        '《' => '<',
        '》' => '>',
        '；' => ';',
        _ => c,
    }
}
