//! The theme that a session wears: chosen at its start, changed by the operator, read again when its file changes.

use std::path::PathBuf;
use std::time::SystemTime;

use chrono::NaiveDateTime;

use crate::domain::said::Lang;
use crate::tui::app::{App, Level};
use crate::tui::menu::{Choice, Item};
use crate::tui::theme::choice::{Environment, OWN, choose, known};
use crate::tui::theme::read::{Flaw, read};
use crate::tui::theme::{THEMES, Theme};

/// The file of the operator's own theme, in the directory of the program's settings.
pub const FILE: &str = "theme.toml";

/// From what a theme is chosen.
#[derive(Default)]
pub struct Dress {
    /// What the terminal says of itself.
    environment: Environment,
    /// Where the operator's own theme may stand.
    file: Option<PathBuf>,
    /// When it was changed, as far as it was read.
    changed: Option<SystemTime>,
    /// What it says, while it is there.
    own: Option<Theme>,
    /// When it was looked at.
    looked: Option<NaiveDateTime>,
}

impl App {
    /// Chooses the theme of a session from its environment and the directory of the operator's settings.
    pub fn dress(&mut self, environment: Environment, settings: Option<PathBuf>) {
        let asked = environment.get("KEZHI_THEME").cloned().unwrap_or_default();
        self.dress = Dress {
            environment,
            file: settings.map(|directory| directory.join(FILE)),
            ..Dress::default()
        };
        self.wear();
        if !asked.is_empty() && known(&asked).is_none() {
            let names: Vec<&str> = THEMES.iter().map(|one| one.name).collect();
            let names = names.join(" ");
            let told = match self.lang {
                Lang::Zh => format!("没有主题「{asked}」（KEZHI_THEME）；有 {names}"),
                Lang::En => {
                    format!("there is no theme \"{asked}\" (KEZHI_THEME); there are {names}")
                }
            };
            self.tell_early(told);
        }
        self.look_at_theme();
    }

    /// Puts on what is preferred now.
    pub(super) fn wear(&mut self) {
        let preferred = self.preferences.get("theme").map(String::as_str);
        let own = self.dress.own.as_ref();
        let (name, depth) = choose(&self.dress.environment, preferred, own.is_some());
        let theme = match own {
            Some(own) if name == OWN => own.clone(),
            _ => Theme::named(name),
        };
        self.theme = theme.within(depth);
        self.stirred = true;
    }

    /// Looks at the operator's own file, once a second at most.
    pub(super) fn watch_theme(&mut self) {
        let since = self.dress.looked.map(|looked| self.now - looked);
        if since.is_none_or(|since| since.num_seconds() != 0) {
            self.dress.looked = Some(self.now);
            self.look_at_theme();
        }
    }

    fn look_at_theme(&mut self) {
        let Some(file) = self.dress.file.clone() else {
            return;
        };
        let changed = std::fs::metadata(&file).and_then(|about| about.modified());
        let changed = changed.ok();
        if changed == self.dress.changed {
            return;
        }
        self.dress.changed = changed;
        let (own, flaws) = match std::fs::read_to_string(&file) {
            Ok(text) => {
                let (base, _) = choose(&self.dress.environment, None, false);
                let (own, flaws) = read(&text, Theme::named(base));
                (Some(own), flaws)
            }
            Err(_) if changed.is_none() => (None, Vec::new()),
            Err(cause) => {
                let told = match self.lang {
                    Lang::Zh => format!("读不了 {}：{cause}；主题照旧", file.display()),
                    Lang::En => format!("cannot read {}: {cause}; the theme stays", file.display()),
                };
                return self.tell_of_theme(told);
            }
        };
        self.dress.own = own;
        self.wear();
        // The first is told last, so that it is the one in sight.
        let all = flaws.len();
        for (nth, flaw) in flaws.iter().enumerate().rev() {
            let more = if nth == 0 { all - 1 } else { 0 };
            let told = self.flawed(&file.display().to_string(), flaw, more);
            match nth {
                0 => self.tell_of_theme(told),
                _ => _ = self.log_message(Level::Warn, told),
            }
        }
    }

    /// At the login it waits for its turn; later somebody is just writing the file.
    fn tell_of_theme(&mut self, told: String) {
        match self.dress.looked {
            None => self.tell_early(told),
            Some(_) => self.tell(Level::Warn, told),
        }
    }

    fn flawed(&self, file: &str, flaw: &Flaw, more: usize) -> String {
        let (line, key) = (flaw.line, &flaw.key);
        let said = flaw.said.get(self.lang);
        let mut told = match (self.lang, key.is_empty()) {
            (Lang::Zh, true) => format!("{file} 第 {line} 行：{said}；其余照用"),
            (Lang::Zh, false) => format!("{file} 第 {line} 行 {key}：{said}；其余照用"),
            (Lang::En, true) => format!("{file} line {line}: {said}; the rest counts"),
            (Lang::En, false) => format!("{file} line {line} {key}: {said}; the rest counts"),
        };
        if more > 0 {
            told.push_str(&match self.lang {
                Lang::Zh => format!("（另有 {more} 处，见消息记录 l）"),
                Lang::En => format!(" ({more} more in the messages, l)"),
            });
        }
        told
    }

    /// The themes, for the palette.
    pub(super) fn theme_items(&self) -> Vec<Item> {
        let lead = self.say("切换主题：", "Theme: ");
        let item = |name: &'static str, label: &str, note: String| Item {
            choice: Choice::Theme(name),
            label: format!("{lead}{label}"),
            note,
            open: true,
        };
        let known = THEMES
            .iter()
            .map(|one| item(one.name, one.label.get(self.lang), one.name.to_owned()));
        let file = self.dress.file.as_ref();
        let own = file.map(|file| {
            let label = self.say("自己的文件", "your own file");
            item(OWN, label, file.display().to_string())
        });
        known.chain(own).collect()
    }

    /// Takes another theme, for this session and those to come.
    pub(super) fn take_theme(&mut self, name: &'static str) {
        if name == OWN && self.dress.own.is_none() {
            let file = self.dress.file.as_ref();
            let file = file.map_or_else(String::new, |file| file.display().to_string());
            let told = match self.lang {
                Lang::Zh => format!("还没有 {file}：写好存盘即生效"),
                Lang::En => format!("there is no {file} yet: it counts once it is written"),
            };
            return self.tell(Level::Warn, told);
        }
        self.prefer("theme", name);
        self.wear();
        let label = THEMES.iter().find(|one| one.name == name);
        let label = label.map_or(self.theme.name.as_str(), |one| one.label.get(self.lang));
        let told = format!("{}{label}", self.say("已换主题：", "theme: "));
        self.tell(Level::Info, told);
    }
}
