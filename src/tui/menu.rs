//! Numbered menus: steps, palette, drafts.

use std::collections::BTreeSet;

use tui_input::Input;

use crate::domain::field::Field;
use crate::domain::kind::{Code, Kind};
use crate::protocol::matter::Which;
use crate::protocol::{Order, Request, StepView};
use crate::tui::action::{ACTIONS, Place};
use crate::tui::app::{App, Level, Tag};
use crate::tui::draw::confirm::named;
use crate::tui::overlay::Overlay;
use crate::tui::rank::{rank, ways};

/// As many lines have a digit: the first ones, wherever the selection is.
pub const NINE: usize = 9;

/// A numbered menu, filtered by what is typed.
pub struct Menu {
    /// Title.
    pub title: String,
    /// Lines: what is chosen, its name, why it cannot be taken.
    pub items: Vec<Item>,
    /// The selected line among those that match.
    pub at: usize,
    /// The filter; digits choose directly.
    pub input: Input,
}

/// A line of a menu.
#[derive(Clone)]
pub struct Item {
    /// What choosing it does.
    pub choice: Choice,
    /// Its name.
    pub label: String,
    /// What else there is to say; a reason if it cannot be taken.
    pub note: String,
    /// Whether it can be taken.
    pub open: bool,
}

impl Item {
    /// A line that is not open, and why.
    pub fn shut(choice: Choice, label: String, note: String) -> Item {
        Item {
            choice,
            label,
            note,
            open: false,
        }
    }
}

/// What choosing a line does.
#[derive(Clone)]
pub enum Choice {
    /// An action by its key.
    Action(&'static str),
    /// The end of the session.
    Leave,
    /// Nothing: the menu goes.
    Stay,
    /// A step of a record at a revision.
    Step(Code, u64, &'static crate::domain::lifecycle::Step),
    /// A step of all marked records.
    Steps(&'static crate::domain::lifecycle::Step),
    /// A step from a board.
    Board(&'static crate::domain::lifecycle::Step),
    /// A masked field of a record.
    Field(Code, String),
    /// A field to filter a list by.
    Filter(usize, &'static Field),
    /// The days of a list to filter by.
    Days(usize),
    /// Other matters of the queue.
    Which(Which),
    /// No filters any more.
    Unfilter(usize),
    /// An order of a list.
    Sort(usize, Order),
    /// A draft, to go on with.
    Draft(u64),
    /// A draft, thrown away.
    Drop(u64),
    /// A draft that was thrown away, taken back.
    Restore(u64),
    /// A named filter of a list, by its number.
    Named(usize, usize),
    /// A name for what a list is narrowed to.
    Name(usize),
    /// The names of a list's filters.
    Names(usize),
    /// Another name for one.
    Rename(usize, usize),
    /// One is given up.
    GiveUp(usize, usize),
    /// A column of a list, by its heading.
    Column(usize, &'static str),
    /// A text for the clipboard, and whether it was masked.
    Copy(String, bool),
    /// An empty form for a new record.
    Blank,
    /// A new record of a kind whose field names a record.
    Below(Kind, &'static str, Code),
    /// A template, for an element or for all that are open.
    Template(usize, Option<&'static str>),
    /// The templates for all that are open.
    Templates,
    /// Another theme.
    Theme(&'static str),
    /// A complaint of the call that is noted.
    Complain,
    /// The call that is noted, answered at once.
    Answered,
    /// The steps of a record, in a menu of their own.
    StepsOf(Code),
    /// Minutes without a key after which the screen is covered.
    Cover(i64),
    /// The digits of the cover: given up, or others.
    Pin(bool),
}

impl Menu {
    /// A menu.
    pub fn new(title: String, items: Vec<Item>) -> Menu {
        // What cannot be taken now is not preselected.
        let at = items.iter().position(|item| item.open).unwrap_or(0);
        Menu {
            title,
            items,
            at,
            input: Input::default(),
        }
    }

    /// The lines that match, best first: Chinese, initials, pinyin, English, keys.
    pub fn matching(&self) -> Vec<&Item> {
        let order = rank(self.input.value(), &self.items, |item| {
            let mut texts = ways(&item.label).to_vec();
            if let Choice::Action(key) = item.choice {
                let label = crate::tui::action::label(key);
                texts.extend(ways(label.zh));
                texts.push(label.en.to_owned());
                texts.push(key.to_owned());
            }
            texts.extend(item.note.split(' ').map(str::to_owned));
            texts
        });
        order
            .into_iter()
            .filter_map(|at| self.items.get(at))
            .collect()
    }
}

impl App {
    fn open_menu(&mut self, title: &str, items: Vec<Item>) {
        self.over
            .push(Overlay::Menu(Menu::new(title.to_owned(), items)));
    }

    fn item(&self, key: &'static str, label: crate::domain::said::Text) -> Item {
        let label = label.get(self.lang).to_owned();
        if let Some(refusal) = self.why_barred(key) {
            return Item::shut(Choice::Action(key), label, refusal.line(self.lang));
        }
        Item {
            choice: Choice::Action(key),
            label,
            note: self.keys_here(key),
            open: true,
        }
    }

    /// The keys of an action that work where one is; in a line that is typed, those behind it.
    fn keys_here(&self, key: &'static str) -> String {
        let keys = self.keymap.named_where(key, " ", self.typing());
        match keys.is_empty() && self.over.is_empty() {
            true => {
                let letters = self.keymap.named(key, " ");
                let leave = self.keymap.short("cancel");
                match letters.is_empty() {
                    true => letters,
                    false => format!("{leave} {letters}"),
                }
            }
            false => keys,
        }
    }

    /// F9.
    pub(super) fn palette(&mut self) {
        let place = self.place();
        let mut named = BTreeSet::new();
        let items = ACTIONS
            .iter()
            // What a board alone does means nothing elsewhere.
            .filter(|action| action.listed && (!action.key.contains('.') || action.place == place))
            // What counts in several places under one name stands once.
            .filter(|action| named.insert((action.key, action.label.zh)))
            .map(|action| self.item(action.key, action.label))
            .chain(self.theme_items())
            .collect();
        let title = self.say("命令 F9", "Palette F9");
        self.open_menu(title, items);
    }

    /// The letter commands of the focused pane, so that an input method need not be left.
    fn local(&self) -> Vec<Item> {
        if !matches!(self.over.last(), None | Some(Overlay::Board(_))) {
            return Vec::new();
        }
        let place = self.place();
        ACTIONS
            .iter()
            .filter(|action| action.listed && action.place == place && place != Place::Panes)
            .map(|action| self.item(action.key, action.label))
            .collect()
    }

    /// F8: the steps of a record, then the commands of the pane.
    pub(super) fn steps_menu(&mut self, code: Option<(Code, u64)>, steps: Vec<StepView>) {
        let mut items: Vec<Item> = Vec::new();
        if let Some((code, rev)) = code {
            items.extend(steps.into_iter().filter_map(|view| {
                let step = code.kind.spec().step(&view.key)?;
                let note = view.refusal.as_ref().map_or_else(
                    || step.help.get(self.lang).to_owned(),
                    |refusal| self.way_of(&refusal.line(self.lang), Some(code)),
                );
                Some(Item {
                    choice: Choice::Step(code, rev, step),
                    label: step.label.get(self.lang).to_owned(),
                    note,
                    open: view.refusal.is_none(),
                })
            }));
        }
        // On a case the steps that can be taken have the numbers under which they stand there.
        if code.is_some_and(|(code, _)| crate::tui::open::case(code.kind)) {
            items.sort_by_key(|item| !item.open);
        }
        let steps = items.len();
        items.extend(self.local());
        if items.is_empty() {
            let told = match self.current() {
                Some(_) => self.say("这类记录还没有可办的步骤", "this kind has no steps yet"),
                None => self.say("没有选中的记录", "nothing is selected"),
            };
            return self.tell(Level::Warn, told);
        }
        let title = match code {
            Some((code, _)) if steps > 0 => {
                format!("{} {}", self.say("办理", "Steps"), named(self, code))
            }
            _ => self.say("本窗命令", "Commands of this pane").to_owned(),
        };
        self.open_menu(&title, items);
    }

    /// Takes the chosen line.
    pub(super) fn choose(&mut self) {
        let Some(Overlay::Menu(menu)) = self.over.last() else {
            return;
        };
        let Some(item) = menu.matching().get(menu.at).map(|item| (*item).clone()) else {
            return;
        };
        if !item.open {
            return self.tell(Level::Warn, item.note);
        }
        let at = menu.at;
        self.over.pop();
        match item.choice {
            Choice::Action("quit") => self.quit_menu(),
            Choice::Action(action) => self.act(action),
            Choice::Leave => self.ended = true,
            Choice::Stay => {}
            Choice::Step(code, rev, step) => self.open_step(code, rev, step),
            Choice::Which(which) => self.list_which(which),
            Choice::Steps(step) => self.step_for_all(step),
            Choice::Board(step) => self.board_step(step),
            Choice::Field(code, field) => {
                self.over
                    .push(Overlay::Reason(code, field, Input::default()));
            }
            Choice::Filter(pane, field) => self.filter_by(pane, field),
            Choice::Days(pane) => self.days_menu(pane),
            Choice::Unfilter(pane) => self.unfilter(pane),
            Choice::Sort(pane, order) => self.sort_by(pane, order),
            Choice::Draft(id) => self.go_on(id),
            Choice::Drop(id) => self.drop_draft(id),
            Choice::Restore(id) => self.restore_draft(id),
            Choice::Named(pane, nth) => self.take_named(pane, nth),
            Choice::Name(pane) => self.name_filter(pane),
            Choice::Names(pane) => self.names_menu(pane),
            Choice::Rename(pane, nth) => self.ask_rename(pane, nth),
            Choice::GiveUp(pane, nth) => self.give_up_filter(pane, nth),
            Choice::Column(pane, head) => self.toggle_column(pane, head, at),
            Choice::Copy(text, masked) => self.clip_text(text, masked),
            Choice::Blank => self.blank_form(),
            Choice::Below(kind, key, above) => self.make_below(kind, key, above),
            Choice::Template(nth, key) => self.take_template(nth, key),
            Choice::Templates => self.template_menu(None),
            Choice::Theme(name) => self.take_theme(name),
            Choice::Cover(minutes) => self.cover_after(minutes),
            Choice::Complain => self.store_call(false, true),
            Choice::Answered => self.store_call(true, false),
            Choice::StepsOf(code) => self.call(Tag::Steps(code, 0), Request::Steps(code)),
            Choice::Pin(gives_up) => self.pin_chosen(gives_up),
        }
    }
}
