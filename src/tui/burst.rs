//! A word typed where letters are commands: nobody meant its first letter as one.

use std::time::{Duration, Instant};

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::kind::Kind;
use crate::protocol::matter::Which;
use crate::tui::action::GO;
use crate::tui::app::App;
use crate::tui::overlay::Overlay;

/// The letters of a word follow each other within so much; who gives a command looks what it does first.
const SWIFT: Duration = Duration::from_millis(250);

/// Letters that were taken for commands, and what was there before them.
pub struct Stray {
    keys: Vec<KeyEvent>,
    at: Instant,
    focus: usize,
    zoom: bool,
    kinds: [Option<Kind>; 3],
    which: Option<Which>,
}

/// A letter without anything else held down.
fn letter(key: &KeyEvent) -> Option<char> {
    let held = KeyModifiers::CONTROL | KeyModifiers::ALT;
    match key.code {
        KeyCode::Char(c) if c.is_ascii_alphabetic() && !key.modifiers.intersects(held) => Some(c),
        _ => None,
    }
}

impl Stray {
    fn swift(&self, key: &KeyEvent, at: Instant) -> bool {
        letter(key).is_some() && at.saturating_duration_since(self.at) < SWIFT
    }

    /// Whether a letter goes on with the word, and is no second key of a command.
    fn goes_on(&self, key: &KeyEvent, at: Instant, app: &App) -> bool {
        let swift = self.swift(key, at);
        let [first] = self.keys.as_slice() else {
            return swift;
        };
        let second = match app.keymap.action(first, false) {
            Some("quit") => first.code == key.code,
            Some("go") => GO.iter().any(|(one, _)| Some(*one) == letter(key)),
            _ => false,
        };
        swift && !second
    }
}

impl App {
    /// A key, and when it came: letters that follow each other as those of a word are a search.
    pub fn key_at(&mut self, key: &KeyEvent, at: Instant) {
        let before = self.stray.take();
        if let Some(stray) = &before
            && stray.goes_on(key, at, self)
            && self.stray_back(stray)
        {
            stray.keys.iter().for_each(|key| self.key(key));
            return self.key(key);
        }
        // The two keys of one command are the beginning of a word too.
        let second = before.filter(|stray| self.prefix.is_some() && stray.swift(key, at));
        let fresh = self.stray_of(key, at);
        self.key(key);
        self.stray = match second {
            Some(mut stray) => {
                stray.keys.push(*key);
                Some(Stray { at, ..stray })
            }
            None => fresh,
        };
    }

    /// What there is before a letter that is a command of the panes.
    fn stray_of(&self, key: &KeyEvent, at: Instant) -> Option<Stray> {
        letter(key)?;
        let listed = self.over.is_empty() && !self.typing() && !self.too_small();
        if !listed || self.prefix.is_some() {
            return None;
        }
        self.keymap.action(key, false)?;
        Some(Stray {
            keys: vec![*key],
            at,
            focus: self.focus,
            zoom: self.zoom,
            kinds: [0, 1, 2].map(|pane| self.listed_kind(pane)),
            which: self.lists.get(2).and_then(|list| list.queue),
        })
    }

    /// All is as before the letters, and a search begins; false where nothing can be searched.
    fn stray_back(&mut self, stray: &Stray) -> bool {
        while let Some(over) = self.over.pop() {
            match over {
                Overlay::Form(form) if form.ahead.begun() => self.forget_draft(form.token),
                Overlay::Board(board) => self.left_board(*board),
                _ => {}
            }
        }
        self.unopen();
        (self.focus, self.zoom) = (stray.focus, stray.zoom);
        (self.prefix, self.message, self.clip) = (None, None, None);
        self.leaving = false;
        for (pane, kind) in stray.kinds.into_iter().enumerate() {
            if let Some(kind) = kind {
                self.list_kind(pane, kind);
            }
        }
        if let Some(which) = stray.which
            && self.lists.get(2).and_then(|list| list.queue) != Some(which)
        {
            self.list_which(which);
        }
        self.start_search()
    }
}
