//! The state of a session.

use std::time::Instant;

use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::Refusal;
use crate::domain::said::{Lang, Text};
use crate::protocol::{Answer, Notice, Request, View, Welcome};
use crate::tui::form::Form;
use crate::tui::keymap::Keymap;
use crate::tui::list::List;
use crate::tui::overlay::Overlay;
use crate::tui::theme::Theme;
use crate::tui::tree::Tree;

/// What came from the service.
pub enum Heard {
    /// An answer.
    Answer(u64, Box<Result<Answer, Refusal>>),
    /// A notice.
    Notice(Notice),
}

/// What a call was for.
#[derive(Clone, Debug)]
pub enum Tag {
    /// The tree.
    Tree,
    /// A list: its pane, and the number of the question.
    List(usize, u64),
    /// The look-up.
    Look(u64),
    /// The preview in the look-up.
    Preview(Code),
    /// A card to open.
    Card,
    /// A card that is open and may have changed.
    Again(Code),
    /// A record to edit.
    Edit,
    /// A history.
    History,
    /// The steps of a record.
    Steps(Code, u64),
    /// A form that was sent.
    Sent,
    /// A revealed field.
    Reveal(Code, String),
}

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

/// The state.
pub struct App {
    /// Who is there.
    pub welcome: Welcome,
    /// Language.
    pub lang: Lang,
    /// Theme.
    pub theme: Theme,
    /// Keys.
    pub keymap: Keymap,
    /// Pane 1.
    pub tree: Tree,
    /// Panes 2, 3 and 4.
    pub lists: [List; 3],
    /// The focused pane, 0 to 3.
    pub focus: usize,
    /// Whether it takes the whole screen.
    pub zoom: bool,
    /// What lies over the panes, the last one on top.
    pub over: Vec<Overlay>,
    /// The message line.
    pub message: Option<(Level, String)>,
    /// A form that was left.
    pub draft: Option<Form>,
    /// A field that is shown for a while: record, field, text, since when.
    pub shown: Option<(Code, String, String, Instant)>,
    /// Whether the service is away.
    pub offline: bool,
    /// Whether the screen must be drawn from nothing.
    pub redraw: bool,
    /// Whether the session is over.
    pub ended: bool,
    pub(super) calls: Vec<(Tag, Request)>,
    /// Rows of the tree that fit.
    pub tree_height: usize,
}

/// A revealed field is shown for so many seconds.
pub const SHOWN: u64 = 20;

impl App {
    /// A fresh session.
    pub fn new(welcome: Welcome, lang: Lang, theme: Theme) -> App {
        let mut people = List::new(&[Kind::Volunteer]);
        people.typing = true;
        App {
            welcome,
            lang,
            theme,
            keymap: Keymap::new(),
            tree: Tree::default(),
            lists: [
                people,
                List::new(&[Kind::Activity]),
                List::new(&[Kind::Complaint]),
            ],
            focus: 1,
            zoom: false,
            over: Vec::new(),
            message: None,
            draft: None,
            shown: None,
            offline: false,
            redraw: false,
            ended: false,
            calls: Vec::new(),
            tree_height: 10,
        }
    }

    /// A text in the session's language.
    pub fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        Text { zh, en }.get(self.lang)
    }

    /// Asks for what the first screen shows.
    pub fn begin(&mut self) {
        self.calls.push((Tag::Tree, Request::Tree));
        for pane in 0..3 {
            self.ask_list(pane);
        }
    }

    pub(super) fn call(&mut self, tag: Tag, request: Request) {
        self.calls.push((tag, request));
    }

    pub(super) fn ask_list(&mut self, pane: usize) {
        if let Some(list) = self.lists.get_mut(pane) {
            let (asked, request) = list.ask();
            self.calls.push((Tag::List(pane, asked), request));
        }
    }

    /// The calls that are due.
    pub fn take_calls(&mut self) -> Vec<(Tag, Request)> {
        std::mem::take(&mut self.calls)
    }

    /// The list of the focused pane.
    pub fn list(&mut self) -> Option<&mut List> {
        self.focus
            .checked_sub(1)
            .and_then(|at| self.lists.get_mut(at))
    }

    /// The record that is selected or open.
    pub fn current(&self) -> Option<Code> {
        match self.over.last() {
            Some(Overlay::Card(card)) => Some(card.view.code),
            Some(Overlay::Look(look)) => look.list.selected().map(|row| row.code),
            _ => match self.focus {
                0 => self.tree.code(),
                at => self.lists.get(at - 1)?.selected().map(|row| row.code),
            },
        }
    }

    /// Whether keys are text now.
    pub fn typing(&self) -> bool {
        match self.over.last() {
            Some(over) => over.typing(),
            None => {
                self.focus > 0
                    && self
                        .lists
                        .get(self.focus - 1)
                        .is_some_and(|list| list.typing)
            }
        }
    }

    /// Shows a message.
    pub fn tell(&mut self, level: Level, text: impl Into<String>) {
        self.message = Some((level, text.into()));
    }

    pub(super) fn refuse(&mut self, refusal: &Refusal) {
        self.tell(Level::Error, refusal.line(self.lang));
    }

    /// Time passes.
    pub fn tick(&mut self) {
        if self
            .shown
            .as_ref()
            .is_some_and(|shown| shown.3.elapsed().as_secs() >= SHOWN)
        {
            self.shown = None;
        }
    }

    /// A masked field's text, while it is shown.
    pub fn revealed(&self, view: &View, field: &str) -> Option<&str> {
        let shown = self.shown.as_ref()?;
        (shown.0 == view.code && shown.1 == field).then_some(shown.2.as_str())
    }

    /// The service went away.
    pub fn lost(&mut self) {
        self.offline = true;
        let text = self.say(
            "服务连接断开，正在重连；屏幕上的内容还在",
            "the service went away, reconnecting; what is on the screen is safe",
        );
        self.tell(Level::Warn, text);
    }

    /// The service is back.
    pub fn found_again(&mut self) {
        self.offline = false;
        let text = self.say("已重新连上服务", "connected again");
        self.tell(Level::Info, text);
        self.begin();
    }
}
