//! The digits that open the cover: typed as stars, judged by the service alone.

use chrono::{NaiveDateTime, TimeDelta};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::Input;

use crate::domain::fold::{narrow, narrow_char};
use crate::domain::refusal::Refusal;
use crate::domain::said::Lang;
use crate::protocol::pin::{DIGITS, Pin, PinView, valid};
use crate::protocol::{Answer, Request};
use crate::tui::app::{App, Level, Tag};
use crate::tui::ask::{Ask, Asked};
use crate::tui::menu::{Choice, Item, Menu};
use crate::tui::overlay::Overlay;

/// What a session knows of them.
#[derive(Default)]
pub struct Pinned {
    /// Whether the cover asks for any; none while the service has not said so.
    pub set: Option<bool>,
    /// What is typed on the cover.
    typed: String,
    /// Whether an answer is awaited.
    trying: bool,
    /// What came of the last try.
    told: Told,
}

/// What is told on the cover.
#[derive(Clone, Copy, Default)]
enum Told {
    #[default]
    Nothing,
    Wrong,
    /// No try counts before this.
    Until(NaiveDateTime),
    /// The service is not there to judge.
    Later,
}

/// What a call about them was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pinning {
    /// Whether there are any.
    Known,
    /// They are changed, or given up.
    Change,
    /// Whether there are any, since somebody wants to come back.
    Ask,
    /// The cover.
    Open,
}

impl App {
    /// Asks whether there are any: another session may have set them.
    pub(super) fn ask_pin(&mut self) {
        self.call(Tag::Pin(Pinning::Known), Request::Pin(Pin::Known));
    }

    /// The cover came: nothing is typed on it yet.
    pub(super) fn pin_anew(&mut self) {
        let set = self.pin.set;
        self.pin = Pinned {
            set,
            ..Pinned::default()
        };
        self.ask_pin();
    }

    fn uncover(&mut self) {
        self.over.retain(|over| !matches!(over, Overlay::Cover));
        self.pin.typed.clear();
        self.pin.told = Told::Nothing;
    }

    /// A key on the cover.
    pub(super) fn cover_key(&mut self, key: &KeyEvent) {
        let back = matches!(key.code, KeyCode::F(12) | KeyCode::Enter | KeyCode::Esc);
        match self.pin.set {
            _ if self.pin.trying => return,
            Some(false) if back => return self.uncover(),
            // The service decides, also whether it asks for any.
            None if back => {
                self.pin.trying = true;
                return self.call(Tag::Pin(Pinning::Ask), Request::Pin(Pin::Known));
            }
            Some(true) => {}
            _ => return,
        }
        let plain = !key
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        match key.code {
            KeyCode::Enter if !self.pin.typed.is_empty() => {
                let typed = std::mem::take(&mut self.pin.typed);
                (self.pin.trying, self.pin.told) = (true, Told::Nothing);
                self.call(Tag::Pin(Pinning::Open), Request::Pin(Pin::Try(typed)));
            }
            KeyCode::Backspace => {
                self.pin.typed.pop();
            }
            KeyCode::Esc => self.pin.typed.clear(),
            KeyCode::Char(c) if plain => {
                let digit = Some(narrow_char(c)).filter(char::is_ascii_digit);
                if let Some(digit) = digit.filter(|_| self.pin.typed.len() < *DIGITS.end()) {
                    self.pin.typed.push(digit);
                }
            }
            _ => {}
        }
    }

    /// What stands on the cover: the line of stars, and what came of the last try.
    pub fn cover_line(&self) -> (String, String) {
        let stars = "*".repeat(self.pin.typed.len());
        let told = match (self.pin.told, self.lang) {
            _ if self.pin.trying => self.say("正在核对", "being checked").to_owned(),
            (Told::Nothing, _) => String::new(),
            (Told::Wrong, _) => self.say("口令不对", "wrong").to_owned(),
            (Told::Until(at), Lang::Zh) => format!("请等到 {} 再试", at.format("%H:%M:%S")),
            (Told::Until(at), Lang::En) => format!("wait until {}", at.format("%H:%M:%S")),
            (Told::Later, _) => self.say("请稍候再试", "wait, then try again").to_owned(),
        };
        (stars, told)
    }

    /// What came of a call about them.
    pub(super) fn pinned(&mut self, what: Pinning, answer: Result<Answer, Refusal>) {
        let view = match answer {
            Ok(Answer::Pin(view)) => Some(view),
            Ok(_) => None,
            Err(refusal) => {
                if what == Pinning::Change {
                    self.beneath(|app| app.refuse(&refusal));
                }
                None
            }
        };
        self.stirred = true;
        let coming = matches!(what, Pinning::Open | Pinning::Ask);
        if coming {
            self.pin.trying = false;
        }
        let Some(view) = view else {
            if coming {
                self.pin.told = Told::Later;
            }
            return;
        };
        self.pin.set = Some(view.set);
        match what {
            Pinning::Ask if !view.set => self.uncover(),
            Pinning::Known | Pinning::Ask => {}
            Pinning::Change => self.beneath(|app| app.tell_pin(view.set)),
            Pinning::Open if view.right => self.uncover(),
            Pinning::Open => self.pin.told = self.missed(view),
        }
    }

    fn missed(&self, view: PinView) -> Told {
        match view.wait {
            0 => Told::Wrong,
            wait => Told::Until(self.now + TimeDelta::seconds(i64::from(wait))),
        }
    }

    fn tell_pin(&mut self, set: bool) {
        let told = match set {
            true => self.keyed(
                "遮挡口令已设，{cover} 后要它才能回来；忘了就重新登录执行 kezhi pin --clear",
                "the PIN is set and asked for after {cover}; if you forget it, log in and run kezhi pin --clear",
            ),
            false => self.keyed(
                "遮挡不再要口令：{cover} 后按 Enter 回来",
                "no PIN any more: after {cover} Enter comes back",
            ),
        };
        self.tell(Level::Info, told);
    }

    /// The action: new digits, or none any more.
    pub(super) fn pin_menu(&mut self) {
        if self.pin.set != Some(true) {
            return self.ask_digits(None);
        }
        let item = |gives_up: bool, label: &str| Item {
            choice: Choice::Pin(gives_up),
            label: label.to_owned(),
            note: String::new(),
            open: true,
        };
        let items = vec![
            item(false, self.say("换一个口令", "another PIN")),
            item(true, self.say("不再要口令", "no PIN any more")),
        ];
        let title = self.say("遮挡口令", "PIN of the cover").to_owned();
        self.over.push(Overlay::Menu(Menu::new(title, items)));
    }

    /// A line of that menu.
    pub(super) fn pin_chosen(&mut self, gives_up: bool) {
        match gives_up {
            true => self.call(Tag::Pin(Pinning::Change), Request::Pin(Pin::Clear)),
            false => self.ask_digits(None),
        }
    }

    fn ask_digits(&mut self, first: Option<String>) {
        let title = match first {
            None => self.say(
                "遮挡口令：4 至 12 位数字",
                "PIN of the cover: 4 to 12 digits",
            ),
            Some(_) => self.say("再输一次，以免打错", "Once more, against a slip"),
        };
        self.over.push(Overlay::Ask(Ask {
            title: title.to_owned(),
            input: Input::default(),
            of: Asked::Pin(first),
        }));
    }

    /// Digits were typed, for the first or the second time.
    pub(super) fn digits_given(&mut self, typed: &str, first: Option<String>) {
        let typed = narrow(typed);
        if !valid(&typed) {
            let told = self.say(
                "口令要 4 至 12 位数字，只用数字；Esc 不设",
                "4 to 12 digits and nothing else; Esc sets none",
            );
            if let Some(Overlay::Ask(ask)) = self.over.last_mut() {
                ask.input.reset();
            }
            return self.tell(Level::Warn, told);
        }
        self.over.pop();
        match first {
            None => self.ask_digits(Some(typed)),
            Some(first) if first == typed => {
                self.call(Tag::Pin(Pinning::Change), Request::Pin(Pin::Set(typed)));
            }
            Some(_) => {
                let told = self.say(
                    "两次不一样，没有设；请重新输",
                    "the two differ, nothing was set: type it again",
                );
                self.tell(Level::Warn, told);
                self.ask_digits(None);
            }
        }
    }
}
