//! The state of a session.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::NaiveDateTime;
use ratatui::layout::Rect;

use crate::domain::kind::{Code, Kind};
use crate::domain::said::{Lang, Text};
use crate::protocol::undo::Undo;
use crate::protocol::{Request, Row, View, Welcome};
use crate::terminal::width::Profile;
use crate::tui::action::Place;
use crate::tui::board::Kept;
use crate::tui::burst::Stray;
use crate::tui::draft_box::Drafts;
use crate::tui::dress::Dress;
use crate::tui::jump::Jumps;
use crate::tui::keymap::Keymap;
use crate::tui::list::List;
use crate::tui::many::Many;
pub use crate::tui::message::{Level, Told};
use crate::tui::overlay::Overlay;
use crate::tui::pin::Pinned;
use crate::tui::presence::Presence;
pub use crate::tui::tag::{Heard, Tag};
use crate::tui::theme::{FrameStyle, Theme};
use crate::tui::tree::Tree;
use crate::tui::waiting::Waits;

/// The state.
pub struct App {
    /// Who is there.
    pub welcome: Welcome,
    /// Language.
    pub lang: Lang,
    /// Theme.
    pub theme: Theme,
    /// How wide the terminal draws what is ambiguous.
    pub profile: Profile,
    /// What the terminal is called.
    pub client: String,
    /// What it answered when it was asked for its widths.
    pub(super) probed: Option<Profile>,
    /// Whether that proves that it takes what it is sent for UTF-8.
    pub(super) proved: bool,
    /// The locale, where it names no UTF-8.
    pub locale: Option<String>,
    /// Keys.
    pub keymap: Keymap,
    /// Pane 1.
    pub tree: Tree,
    /// Panes 2, 3 and 4.
    pub lists: [List; 3],
    /// The lists of panes 3 and 4 that are not shown now.
    pub(super) aside: Vec<List>,
    /// Names behind codes, as far as they were seen.
    pub names: BTreeMap<Code, String>,
    /// The focused pane, 0 to 3; 4 is the preview.
    pub focus: usize,
    /// The pane whose selection the preview shows while it has the focus.
    pub(super) previewed: usize,
    /// Whether it takes the whole screen.
    pub zoom: bool,
    /// What lies over the panes, the last one on top.
    pub over: Vec<Overlay>,
    /// The message line.
    pub message: Option<(Level, String)>,
    /// What is typed and not sent.
    pub drafts: Drafts,
    /// Who else has open what is open here.
    pub(super) presence: Presence,
    /// A field that is shown for a while: record, field, text, since when.
    pub shown: Option<(Code, String, String, NaiveDateTime)>,
    /// The moment, by the clock of the session.
    pub now: NaiveDateTime,
    /// Since when `g` waits for its second key.
    pub prefix: Option<NaiveDateTime>,
    /// Records that were opened in this session, the last one first.
    pub recent: Vec<Row>,
    /// Records that others changed since they were seen.
    pub changed: BTreeSet<Code>,
    /// Records that this session changed, until the service tells it.
    pub(super) own: BTreeSet<Code>,
    /// The selected organisation.
    pub unit: Option<View>,
    /// The selected record, for the preview.
    pub peek: Option<View>,
    /// What goes to the clipboard.
    pub clip: Option<String>,
    /// What else is to be told at the login, one after the other.
    pub(super) early: VecDeque<String>,
    /// When it came.
    pub(super) message_at: NaiveDateTime,
    /// The how manieth it is.
    pub(super) message_no: usize,
    /// What was told, the last one last.
    pub told: Vec<Told>,
    /// What the marked records allow.
    pub many: Many,
    /// Whether there is room for the preview.
    pub roomy: bool,
    /// Whether the service is away.
    pub offline: bool,
    /// Whether the screen must be drawn from nothing.
    pub redraw: bool,
    /// Whether every cell must be drawn again, over what is there.
    pub repaint: bool,
    /// Whether time alone changed something that is seen.
    pub stirred: bool,
    /// Whether the session is over.
    pub ended: bool,
    /// Whether the operator was asked whether to leave, and has done nothing else since.
    pub(super) leaving: bool,
    /// Whether something is being taken back.
    pub(super) undoing: bool,
    /// An action that waits until the rows answer what was typed.
    pub(super) hurry: Option<String>,
    /// Whether the next card takes the place of the one that is open.
    pub(super) turning: bool,
    /// The record whose preview was asked for.
    pub(super) peek_asked: Option<Code>,
    pub(super) peek_since: NaiveDateTime,
    /// The organisation whose facts were asked for.
    pub(super) unit_asked: Option<Code>,
    pub(super) calls: Vec<(Tag, Request)>,
    /// Rows of the tree that fit.
    pub tree_height: usize,
    /// Where one was, to go back and forth.
    pub(super) jumps: Jumps,
    /// Whether the mouse is to be listened to.
    pub mouse_wanted: bool,
    /// Whether the operator was told of the tour in this session.
    pub(super) greeted: bool,
    /// The screen as it was measured last.
    pub(super) area: Rect,
    /// What boards keep.
    pub(super) kept: Kept,
    /// What is known of the digits that open the cover.
    pub pin: Pinned,
    /// What the operator prefers, by key.
    pub preferences: BTreeMap<String, String>,
    /// From what the theme is chosen.
    pub(super) dress: Dress,
    /// What this session did, the last one at the end.
    pub(super) undo: Vec<Undo>,
    /// When somebody was last there.
    pub(super) attended: Option<NaiveDateTime>,
    /// What is awaited.
    pub(super) waits: Waits,
    /// The letters that were taken for commands just now.
    pub(super) stray: Option<Stray>,
}

/// The number of the preview among the panes.
pub const PREVIEW: usize = 4;

impl App {
    /// A fresh session.
    pub fn new(welcome: Welcome, lang: Lang, theme: Theme) -> App {
        let mut people = List::new(&[Kind::Volunteer]);
        people.typing = true;
        App {
            welcome,
            lang,
            theme,
            profile: Profile::Narrow,
            client: String::new(),
            probed: None,
            proved: false,
            locale: None,
            keymap: Keymap::new(),
            tree: Tree::default(),
            lists: [
                people,
                List::new(&[Kind::Activity]),
                List::queue(Kind::Complaint),
            ],
            aside: Vec::new(),
            names: BTreeMap::new(),
            focus: 1,
            previewed: 1,
            zoom: false,
            over: Vec::new(),
            message: None,
            drafts: Drafts::default(),
            presence: Presence::default(),
            early: VecDeque::new(),
            message_at: NaiveDateTime::default(),
            message_no: 0,
            shown: None,
            now: NaiveDateTime::default(),
            prefix: None,
            recent: Vec::new(),
            changed: BTreeSet::new(),
            own: BTreeSet::new(),
            unit: None,
            peek: None,
            clip: None,
            told: Vec::new(),
            many: Many::default(),
            roomy: false,
            offline: false,
            redraw: false,
            repaint: false,
            stirred: false,
            ended: false,
            leaving: false,
            undoing: false,
            hurry: None,
            turning: false,
            peek_asked: None,
            peek_since: NaiveDateTime::default(),
            unit_asked: None,
            calls: Vec::new(),
            tree_height: 10,
            jumps: Jumps::default(),
            mouse_wanted: false,
            greeted: false,
            area: Rect::ZERO,
            kept: Kept::default(),
            pin: Pinned::default(),
            preferences: BTreeMap::new(),
            dress: Dress::default(),
            undo: Vec::new(),
            attended: None,
            waits: Waits::default(),
            stray: None,
        }
    }

    /// A text in the session's language.
    pub fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        Text { zh, en }.get(self.lang)
    }

    /// The same, with the keys that the actions named in braces have now.
    pub(super) fn keyed(&self, zh: &'static str, en: &'static str) -> String {
        let typing = self.typing();
        self.keymap.told(self.say(zh, en), typing, self.lang)
    }

    /// The key of an action, as it works where one is.
    pub(super) fn key_of(&self, action: &str) -> String {
        self.keymap.short_where(action, self.typing(), self.lang)
    }

    /// The frame: lines only where the terminal was seen to draw them in one column.
    pub fn frame(&self) -> FrameStyle {
        match self.profile {
            Profile::Narrow => self.theme.frame,
            Profile::Wide | Profile::Unknown => FrameStyle::Title,
        }
    }

    /// Asks for what the first screen shows.
    pub fn begin(&mut self) {
        self.call(Tag::Preferences, Request::Preferences);
        self.ask_pin();
        self.call(Tag::Tree, Request::Tree);
        for pane in 0..3 {
            self.ask_list(pane);
        }
        // A session that reads alone types nothing, and takes no draft from another.
        if !self.welcome.read_only {
            self.send_files();
            self.list_drafts();
        }
    }

    pub(super) fn call(&mut self, tag: Tag, request: Request) {
        // What was not sent yet and is asked anew need not be sent.
        self.calls.retain(|(other, _)| !tag.replaces(other));
        self.awaits(&tag);
        self.calls.push((tag, request));
    }

    pub(super) fn ask_list(&mut self, pane: usize) {
        if let Some(list) = self.lists.get_mut(pane) {
            let (asked, request) = list.ask();
            self.call(Tag::List(pane, asked), request);
        }
    }

    /// Prefers something from now on; an empty text forgets it.
    pub fn prefer(&mut self, key: &str, value: &str) {
        if value.is_empty() {
            self.preferences.remove(key);
        } else {
            self.preferences.insert(key.to_owned(), value.to_owned());
        }
        // A session that reads alone prefers it until it ends.
        if !self.welcome.read_only {
            let (key, value) = (key.to_owned(), value.to_owned());
            self.call(Tag::Quiet, Request::Prefer { key, value });
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
            Some(Overlay::Board(board)) => board.current(),
            // A form or a menu has no record of its own: the one behind it is not meant.
            Some(_) => None,
            None => match self.source() {
                0 => self.tree.code(),
                at => self.lists.get(at - 1)?.selected().map(|row| row.code),
            },
        }
    }

    /// Whether what is selected may not be what was meant: the answer to what was typed is not here yet.
    pub fn unsettled(&self) -> bool {
        match self.over.last() {
            Some(Overlay::Look(look)) => look.list.unsettled(),
            Some(_) => false,
            None => self
                .focus
                .checked_sub(1)
                .and_then(|at| self.lists.get(at))
                .is_some_and(List::unsettled),
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

    /// Where the keys go.
    pub fn place(&self) -> Place {
        match self.over.last() {
            Some(over) => over.place(),
            None if self.focus == 0 => Place::Tree,
            None if self.focus == PREVIEW => Place::Panes,
            None => Place::List,
        }
    }

    /// The pane whose selection counts: the focused one, or the one that the preview follows.
    pub fn source(&self) -> usize {
        match self.focus {
            PREVIEW => self.previewed,
            focus => focus,
        }
    }

    /// Time passes.
    pub fn tick(&mut self, now: NaiveDateTime) {
        let another = self.now.date() != now.date();
        let minute = |at: NaiveDateTime| at.and_utc().timestamp().div_euclid(60);
        let keys = self.shows_keys();
        self.stirred |= minute(self.now) != minute(now);
        // What was told before the clock was known is stamped with the first moment that is.
        let unknown = NaiveDateTime::default();
        if self.now == unknown {
            let early = self.told.iter_mut().filter(|told| told.at == unknown);
            early.for_each(|told| told.at = now);
            self.message_at = now;
        }
        self.now = now;
        self.stirred |= keys != self.shows_keys();
        // A new day: what is left of every clock is another.
        if another && self.lists.get(2).is_some_and(|list| list.asked > 0) {
            self.others_changed(2, false);
        }
        self.hide_shown();
        self.watch_theme();
        self.message_tick();
        self.cover_tick(now);
        self.wait_tick();
        self.tour_tick(now);
        self.peek_tick();
        self.write_ahead(false);
        self.show_presence();
    }

    /// Whether the keys after `g` are shown: not to those who know them.
    pub fn shows_keys(&self) -> bool {
        self.prefix
            .is_some_and(|since| (self.now - since).num_milliseconds() >= 500)
    }
}
