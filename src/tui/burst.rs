//! A word typed where letters are commands: nobody meant its first letter as one.

use std::time::{Duration, Instant};

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::kind::Kind;
use crate::protocol::matter::Which;
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
    /// Whether a letter follows as the next one of a word does.
    fn swift(&self, key: &KeyEvent, at: Instant) -> bool {
        letter(key).is_some() && at.saturating_duration_since(self.at) < SWIFT
    }
}

impl App {
    /// A key, and when it came: letters that follow each other as those of a word are a search.
    ///
    /// Two may be two commands, or one of two keys; the second is no command where the first opened
    /// a line that is typed. One letter again and again is the same command.
    pub fn key_at(&mut self, key: &KeyEvent, at: Instant) {
        let before = self.stray.take().filter(|stray| stray.swift(key, at));
        let typing = self.typing();
        if let Some(stray) = &before
            && (typing || stray.keys.len() > 1 && stray.keys.iter().any(|one| one.code != key.code))
            && self.stray_back(stray)
        {
            stray.keys.iter().for_each(|key| self.key(key));
            return self.key(key);
        }
        let fresh = self.stray_of(key, at);
        self.key(key);
        self.stray = match before {
            Some(mut stray) => {
                stray.keys.push(*key);
                Some(Stray { at, ..stray })
            }
            None => fresh,
        };
    }

    /// What there is before a letter, where letters are commands of the panes.
    fn stray_of(&self, key: &KeyEvent, at: Instant) -> Option<Stray> {
        letter(key)?;
        let listed = self.over.is_empty() && !self.typing() && !self.too_small();
        if !listed || self.prefix.is_some() {
            return None;
        }
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
