//! 显示自检: what this terminal draws and sends, as an operator can tell it to the administrator.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::terminal::width::Profile;
use crate::tui::action::label;
use crate::tui::app::{App, Level};
use crate::tui::keyname::name;
use crate::tui::overlay::Overlay;
use crate::tui::theme::choice::Environment;

/// The keys of the test that are kept.
const KEPT: usize = 6;

/// What the test keeps.
#[derive(Default)]
pub struct Selftest {
    /// The names of the keys that came, the last one first.
    pub keys: Vec<String>,
}

/// What a terminal is called: its kind, and the program or the multiplexer behind it.
pub fn client(environment: &Environment) -> String {
    let get = |key: &str| environment.get(key).map_or("", String::as_str);
    let inside = match (get("TMUX"), get("STY")) {
        ("", "") => get("TERM_PROGRAM"),
        ("", _) => "screen",
        _ => "tmux",
    };
    format!("{}/{inside}", get("TERM"))
}

/// A key as the program sees it.
fn seen(key: &KeyEvent) -> String {
    let plain = KeyEvent::new(key.code, key.modifiers & KeyModifiers::CONTROL);
    let named = match key.code {
        // Full-width letters stay what they are here.
        KeyCode::Char(c) if c != ' ' && !key.modifiers.contains(KeyModifiers::CONTROL) => {
            c.to_string()
        }
        code => name(&plain).unwrap_or_else(|| format!("{code:?}")),
    };
    let mut text = String::new();
    if key.modifiers.contains(KeyModifiers::ALT) {
        text.push_str("Alt-");
    }
    if key.modifiers.contains(KeyModifiers::SHIFT) && !matches!(key.code, KeyCode::Char(_)) {
        text.push_str("Shift-");
    }
    text + &named
}

impl App {
    fn width_key(&self) -> String {
        format!("width:{}", self.client)
    }

    /// What the operator answered on this kind of terminal.
    pub fn told_profile(&self) -> Option<Profile> {
        match self.preferences.get(&self.width_key())?.as_str() {
            "narrow" => Some(Profile::Narrow),
            "wide" => Some(Profile::Wide),
            _ => None,
        }
    }

    /// Measures by what the operator answered once, else by what the terminal answered now.
    pub fn settle_profile(&mut self, probed: Profile) {
        self.probed = Some(probed);
        self.measure_anew();
    }

    /// What the terminal answered, once it was asked.
    pub fn probed_profile(&self) -> Option<Profile> {
        self.probed
    }

    pub(super) fn measure_anew(&mut self) {
        let Some(profile) = self.told_profile().or(self.probed) else {
            return;
        };
        if profile != self.profile {
            self.profile = profile;
            self.redraw = true;
        }
    }

    pub(super) fn selftest(&mut self) {
        self.over.push(Overlay::Selftest(Selftest::default()));
    }

    /// A key in the test; false if there is none. Nothing but the second Esc leaves it.
    pub(super) fn selftest_key(&mut self, key: &KeyEvent) -> bool {
        let Some(Overlay::Selftest(test)) = self.over.last_mut() else {
            return false;
        };
        let seen = seen(key);
        if key.code == KeyCode::Esc && test.keys.first() == Some(&seen) {
            self.over.pop();
            // The rulers lie where no cell says so.
            self.redraw = true;
            return true;
        }
        test.keys.insert(0, seen);
        test.keys.truncate(KEPT);
        let answer = match crate::tui::key::digit(key) {
            Some(1) => "narrow",
            Some(2) => "wide",
            Some(3) => "",
            _ => return true,
        };
        let key = self.width_key();
        self.prefer(&key, answer);
        self.measure_anew();
        // The rulers were drawn by what was believed before.
        self.redraw = true;
        let told = match answer {
            "narrow" => self.say("已记下：窄字符", "kept: narrow"),
            "wide" => self.say("已记下：宽字符", "kept: wide"),
            _ => self.say("已忘记，按终端应答", "forgotten: as the terminal answers"),
        };
        self.tell(Level::Info, told);
        true
    }

    /// What the last key does in the workstation.
    pub fn means(&self, seen: &str) -> &'static str {
        let found = self
            .keymap
            .all()
            .find(|(action, keys)| !action.contains('.') && keys.iter().any(|key| key == seen));
        let known = found.map(|(action, _)| action.clone());
        known.map_or("", |action| label(&action).get(self.lang))
    }
}
