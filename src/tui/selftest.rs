//! 显示自检: what this terminal draws and sends, as an operator can tell it to the administrator.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::said::Lang;
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

/// What a terminal is called: its kind, the program or the multiplexer behind it, and the machine where it
/// stands, if that is another. What is called alike is taken for the same.
pub fn client(environment: &Environment) -> String {
    let get = |key: &str| environment.get(key).map_or("", String::as_str);
    let inside = match (get("TMUX"), get("STY")) {
        ("", "") => get("TERM_PROGRAM"),
        ("", _) => "screen",
        _ => "tmux",
    };
    let from = get("SSH_CONNECTION").split(' ').next();
    let from = from.filter(|from| !from.is_empty());
    let at = from.map_or_else(String::new, |from| format!("@{from}"));
    format!("{}/{inside}{at}", get("TERM"))
}

/// The multiplexer that answers for a terminal, if there is one.
pub fn multiplexer(client: &str) -> Option<&'static str> {
    let name = client.split('@').next().unwrap_or_default();
    ["tmux", "screen"]
        .into_iter()
        .find(|one| name.ends_with(&format!("/{one}")))
}

/// The locale that names no UTF-8, as it is set; none where it does, or where nothing is set.
pub fn locale(environment: &Environment) -> Option<String> {
    let set = |name: &&str| {
        environment
            .get(*name)
            .is_some_and(|value| !value.is_empty())
    };
    let name = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find(set)?;
    let value = environment.get(name)?;
    (!value.contains('.')).then(|| format!("{name}={value}"))
}

const WIDTHS: [(&str, Profile); 3] = [
    ("narrow", Profile::Narrow),
    ("wide", Profile::Wide),
    ("unknown", Profile::Unknown),
];

/// As many terminals are remembered as asked about their encoding.
const SEEN: usize = 60;

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
        let kept = self.preferences.get(&self.width_key())?;
        let (told, probed) = kept.split_once(' ')?;
        // What answers otherwise than it did then is another terminal.
        let known = |word: &str| WIDTHS.iter().find(|(name, _)| *name == word);
        let same = known(probed).map(|(_, profile)| *profile) == self.probed;
        known(told).filter(|_| same).map(|(_, profile)| *profile)
    }

    /// Whether the operator can read what is shown, as far as the terminal tells: asked where it does not
    /// say so itself, once for each terminal, and whenever its answer is none that UTF-8 gives.
    pub fn doubt_encoding(&mut self, proved: bool, odd: bool) {
        self.proved = proved;
        if odd {
            self.ask_encoding();
        }
        self.ask_encoding_once();
    }

    /// The same, once it is known what was asked before.
    pub(super) fn ask_encoding_once(&mut self) {
        let locale = self.locale.as_deref().and_then(|set| set.split_once('='));
        // Many servers say nothing of the language; a language without its encoding means an old one.
        let old = locale.is_some_and(|(_, value)| !matches!(value, "C" | "POSIX"));
        let proved = self.proved && !old && multiplexer(&self.client).is_none();
        if proved || self.probed.is_none() || !self.greeted {
            return;
        }
        let name = match &self.locale {
            Some(locale) => format!("{} {locale}", self.client),
            None => self.client.clone(),
        };
        let kept = self.preferences.get("seen").map_or("", String::as_str);
        let mut seen: Vec<String> = kept.split('\n').map(str::to_owned).collect();
        if seen.contains(&name) {
            return;
        }
        seen.retain(|one| !one.is_empty());
        seen.push(name);
        seen.drain(..seen.len().saturating_sub(SEEN));
        self.prefer("seen", &seen.join("\n"));
        self.ask_encoding();
    }

    /// First what can be read in every encoding.
    fn ask_encoding(&mut self) {
        let asked = "garbled? set the terminal's encoding to UTF-8";
        let asked = match &self.locale {
            Some(locale) => format!("{locale} names no UTF-8; {asked}"),
            None => asked.to_owned(),
        };
        let told = match self.lang {
            Lang::Zh => format!("{asked} / 中文显示正常吗？若为乱码请把终端编码设为 UTF-8"),
            Lang::En => asked,
        };
        let told = told.replacen("garbled", "Garbled", usize::from(self.locale.is_none()));
        if self.told.iter().all(|one| one.text != told) {
            self.tell_early(told);
        }
    }

    /// What came is no UTF-8: said until it is answered, since more keys came with it.
    pub(super) fn garbled(&mut self) {
        let told = self.say(
            "not UTF-8 / 收到的不是 UTF-8，已略去：请把终端编码设为 UTF-8",
            "what came is no UTF-8 and was left out: set the terminal's encoding to UTF-8",
        );
        let there = matches!(&self.message, Some((Level::Error, text)) if text == told);
        if !there {
            self.tell(Level::Error, told);
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
            self.repaint = true;
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
            self.repaint = true;
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
        let probed = WIDTHS.iter().find(|(_, one)| Some(*one) == self.probed);
        let kept = probed.filter(|_| !answer.is_empty());
        let kept = kept.map_or_else(String::new, |(probed, _)| format!("{answer} {probed}"));
        self.prefer(&key, &kept);
        self.measure_anew();
        // The rulers were drawn by what was believed before.
        self.repaint = true;
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
