//! From keys to actions.

use std::collections::BTreeMap;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::reading::initials;
use crate::domain::said::Lang;
use crate::tui::action::{GO, label, together};
use crate::tui::keyname::name;

/// The keys of every action.
#[derive(Clone)]
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
        let mut found = self
            .keys
            .iter()
            .filter(|(action, keys)| head(action) == Some(group) && keys.contains(&name));
        found.next().map(|(action, _)| action.as_str())
    }

    /// The keys of an action as they are shown.
    pub fn keys(&self, action: &str) -> &[String] {
        self.keys.get(action).map_or(&[], Vec::as_slice)
    }

    /// The keys of an action in one text, named as they stand on the keyboard.
    pub fn named(&self, action: &str, gap: &str) -> String {
        self.named_where(action, gap, false)
    }

    /// The same; where text is typed without the keys that are text there.
    pub fn named_where(&self, action: &str, gap: &str, typing: bool) -> String {
        let names: Vec<&str> = self
            .keys(action)
            .iter()
            .filter(|key| !typing || !is_text(key))
            .map(|key| match key.as_str() {
                "BackTab" => "Shift-Tab",
                "PageUp" => "PgUp",
                "PageDown" => "PgDn",
                key => key,
            })
            .collect();
        names.join(gap)
    }

    /// The key of an action as a message names it: one that counts while text is typed too, if there is one.
    pub fn short(&self, action: &str) -> String {
        let all = |action: &str| {
            let named = self.named(action, "\n");
            named.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let own = all(action);
        if let Some(key) = own.iter().find(|key| key.chars().count() > 1) {
            return key.clone();
        }
        let go = GO.iter().find(|(_, wanted)| *wanted == action);
        if let (Some((letter, _)), Some(go)) = (go, all("go").first()) {
            return format!("{go} {letter}");
        }
        let found = own.into_iter().chain(all("palette"));
        found.take(1).collect()
    }

    /// The same where one is: where text is typed, what has letters alone is found in the palette.
    pub fn short_where(&self, action: &str, typing: bool, lang: Lang) -> String {
        let palette = self.named_where("palette", "\n", true);
        let works = !self.named_where(action, " ", true).is_empty();
        let Some(palette) = palette.lines().next().filter(|_| typing && !works) else {
            return self.short(action);
        };
        let label = label(action);
        let end = |c: char| !c.is_alphanumeric() && c != ' ';
        match lang {
            Lang::Zh => {
                let name = label.zh.split(end).next().unwrap_or_default();
                format!("{palette} 输 {}", initials(name))
            }
            Lang::En => {
                let name = label.en.split(end).next().unwrap_or_default();
                format!("{palette} and {}", name.trim())
            }
        }
    }

    /// A text with the keys of the actions that it names in braces, as they work where one is.
    pub fn told(&self, text: &str, typing: bool, lang: Lang) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, more)) = rest.split_once('{') {
            let (action, after) = more.split_once('}').unwrap_or((more, ""));
            out.push_str(before);
            out.push_str(&self.short_where(action, typing, lang));
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// Every action with its keys.
    pub fn all(&self) -> impl Iterator<Item = (&String, &Vec<String>)> {
        self.keys.iter()
    }

    /// Another action that a key has where this one counts.
    pub(super) fn rival(&self, action: &str, key: &str) -> Option<String> {
        let meet = |other: &str| match (head(action), head(other)) {
            // Of two that count outside boards, one would never be reached.
            (None, None) => true,
            (one, two) if one == two => true,
            _ => together(action, other),
        };
        let has = |keys: &[String]| keys.iter().any(|held| held == key);
        self.keys
            .iter()
            .find(|(other, keys)| *other != action && has(keys) && meet(other))
            .map(|(other, _)| other.clone())
    }

    /// Gives an action other keys.
    pub(super) fn set(&mut self, action: &str, keys: Vec<String>) {
        self.keys.insert(action.to_owned(), keys);
    }

    /// Takes a key from an action.
    pub(super) fn lose(&mut self, action: &str, key: &str) {
        if let Some(keys) = self.keys.get_mut(action) {
            keys.retain(|held| held != key);
        }
    }

    /// Gives an action the keys that it comes with, whoever has them now.
    pub(super) fn restore(&mut self, action: &str) {
        let keys = Keymap::new().keys.remove(action).unwrap_or_default();
        for key in &keys {
            while let Some(other) = self.rival(action, key) {
                self.lose(&other, key);
            }
        }
        self.set(action, keys);
    }

    /// Gives an action a key that it always has.
    pub(super) fn ensure(&mut self, action: &str, key: &str) {
        let keys = self.keys.entry(action.to_owned()).or_default();
        if keys.iter().all(|held| held != key) {
            keys.insert(0, key.to_owned());
        }
    }
}

impl Default for Keymap {
    fn default() -> Self {
        Keymap::new()
    }
}

/// Whether a key is text where text is typed.
pub fn is_text(key: &str) -> bool {
    key.chars().count() == 1 || key == "Space"
}

/// The board or case to which an action belongs alone.
fn head(action: &str) -> Option<&str> {
    action.split_once('.').map(|(head, _)| head)
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
