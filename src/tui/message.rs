//! The messages of this session: when, how grave, what; with the record that each names.

use chrono::NaiveDateTime;
use tui_input::Input;

use crate::domain::kind::Code;
use crate::domain::refusal::Refusal;
use crate::domain::said::{Text, t};
use crate::tui::app::App;
use crate::tui::overlay::Overlay;
use crate::tui::rank::ways;

/// How grave a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Done.
    Info,
    /// Look.
    Warn,
    /// Refused.
    Error,
}

/// Something that was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When.
    pub at: NaiveDateTime,
    /// How grave.
    pub level: Level,
    /// What.
    pub text: String,
}

/// As many messages are kept.
const TOLD: usize = 200;

/// Seconds after which a message about something done goes.
const INFO: i64 = 5;

/// The messages, filtered by what is typed.
#[derive(Default)]
pub struct Log {
    /// What is looked for.
    pub input: Input,
    /// The selected one, of those that match, the newest first.
    pub at: usize,
}

/// How a level is named, and the role in which it stands.
pub const fn level(level: Level) -> (Text, &'static str) {
    match level {
        Level::Info => (t("办妥", "done"), "msg.info"),
        Level::Warn => (t("注意", "note"), "msg.warn"),
        Level::Error => (t("不行", "refused"), "msg.error"),
    }
}

/// The record that a text names first.
pub fn named(text: &str) -> Option<Code> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.filter(|word| word.contains('-')).find_map(Code::read)
}

impl Log {
    /// The messages that match, the newest first.
    pub fn matching<'a>(&self, app: &'a App) -> Vec<&'a Told> {
        let wanted = self.input.value().trim().to_lowercase();
        let fits = |told: &&Told| {
            let (word, _) = level(told.level);
            let line = format!("{} {} {}", told.at.format("%H:%M:%S"), word.zh, told.text);
            let mut texts = ways(&line).to_vec();
            texts.push(word.en.to_owned());
            wanted.is_empty()
                || texts
                    .iter()
                    .any(|text| text.to_lowercase().contains(&wanted))
        };
        app.told.iter().rev().filter(fits).collect()
    }
}

impl App {
    /// Shows a message, and keeps it among the last ones.
    pub fn tell(&mut self, level: Level, text: impl Into<String>) {
        let text = self.log_message(level, text.into());
        self.show_message(level, text);
    }

    /// Keeps a message without showing it; gives it as it is kept.
    pub(super) fn log_message(&mut self, level: Level, text: String) -> String {
        let text = self.way(&text);
        if self.told.len() >= TOLD {
            self.told.remove(0);
        }
        self.told.push(Told {
            at: self.now,
            level,
            text: text.clone(),
        });
        text
    }

    /// Warns at the login: behind what is told already, when a key has taken that away.
    pub(super) fn tell_early(&mut self, text: impl Into<String>) {
        let text = self.log_message(Level::Warn, text.into());
        match self.message {
            Some((Level::Warn | Level::Error, _)) => self.early.push_back(text),
            _ => self.show_message(Level::Warn, text),
        }
    }

    /// What waits to be told comes once nothing else is told.
    pub(super) fn tell_next(&mut self) {
        if self.message.is_none()
            && let Some(text) = self.early.pop_front()
        {
            self.show_message(Level::Warn, text);
        }
    }

    /// Shows a message without keeping it.
    pub(super) fn show_message(&mut self, level: Level, text: String) {
        self.stirred = true;
        self.message = Some((level, text));
        self.message_at = self.now;
        self.message_no += 1;
    }

    pub(super) fn refuse(&mut self, refusal: &Refusal) {
        self.tell(Level::Error, refusal.line(self.lang));
    }

    /// What was done goes after a while; what was refused stays.
    pub(super) fn message_tick(&mut self) {
        let old = (self.now - self.message_at).num_seconds() >= INFO;
        if old && matches!(self.message, Some((Level::Info, _))) {
            self.message = None;
            self.stirred = true;
        }
    }

    /// `g l`: what was told.
    pub(super) fn open_log(&mut self) {
        if matches!(self.over.last(), Some(Overlay::Log(_))) {
            return;
        }
        if self.told.is_empty() {
            let told = self.say("还没有消息", "no messages yet");
            return self.tell(Level::Warn, told);
        }
        self.over.push(Overlay::Log(Log::default()));
    }

    /// Moves in the messages.
    pub(super) fn log_go(&mut self, by: isize) {
        let Some(Overlay::Log(log)) = self.over.last() else {
            return;
        };
        let most = log.matching(self).len().saturating_sub(1);
        let at = log.at.saturating_add_signed(by).min(most);
        if let Some(Overlay::Log(log)) = self.over.last_mut() {
            log.at = at;
        }
    }

    /// Opens the record that the selected message names.
    pub(super) fn log_open(&mut self) {
        let Some(Overlay::Log(log)) = self.over.last() else {
            return;
        };
        let told = log.matching(self).get(log.at).map(|told| told.text.clone());
        match told.and_then(|text| named(&text)) {
            Some(code) => self.show(code),
            None => {
                let told = self.say("这条消息没有提到记录", "this message names no record");
                // It is no message worth keeping among the others.
                self.show_message(Level::Warn, told.to_owned());
            }
        }
    }
}
