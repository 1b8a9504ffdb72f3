//! What keys, answers and notices do.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler;

use crate::domain::fold::is_han;
use crate::domain::kind::Code;
use crate::protocol::Request;
use crate::tui::action::ACTIONS;
use crate::tui::app::{App, Level, Tag};
use crate::tui::fill::today;
use crate::tui::form::Form;
use crate::tui::list::List;
use crate::tui::overlay::{Choice, Item, Look, Menu, Overlay};

/// Gives a key to an input line; true if its text changed.
fn edit(input: &mut Input, key: &KeyEvent) -> bool {
    let before = input.value().to_owned();
    if key.code == KeyCode::Char('u') && key.modifiers.contains(KeyModifiers::CONTROL) {
        input.reset();
    } else {
        input.handle_event(&Event::Key(*key));
    }
    input.value() != before
}

impl App {
    /// A key.
    pub fn key(&mut self, key: &KeyEvent) {
        if matches!(self.over.last(), Some(Overlay::Cover)) {
            if matches!(key.code, KeyCode::F(12) | KeyCode::Enter | KeyCode::Esc) {
                self.over.pop();
            }
            return;
        }
        let typing = self.typing();
        let action = self.keymap.action(key, typing).map(str::to_owned);
        if typing && self.text_key(key, action.as_deref()) {
            return;
        }
        match action {
            Some(action) => self.act(&action),
            None => {
                // A list that receives Han characters starts a search with them.
                if let KeyCode::Char(c) = key.code
                    && is_han(c)
                    && self.over.is_empty()
                {
                    if self.focus == 0 {
                        self.focus = 1;
                    }
                    self.start_typing();
                    self.text_key(key, None);
                }
            }
        }
    }

    /// Pasted text goes where text is typed; line breaks become blanks.
    pub fn paste(&mut self, text: &str) {
        if !self.typing() {
            if self.over.is_empty() && self.focus > 0 {
                self.start_typing();
            } else {
                let told = self.say("这里不能粘贴", "nothing can be pasted here");
                return self.tell(Level::Warn, told);
            }
        }
        let plain: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(500)
            .collect();
        for c in plain.trim().chars() {
            self.text_key(&KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE), None);
        }
    }

    fn start_typing(&mut self) {
        if let Some(list) = self.list() {
            list.typing = true;
        }
    }

    /// A key while text is typed; false if it is left to the actions.
    fn text_key(&mut self, key: &KeyEvent, action: Option<&str>) -> bool {
        let lang = self.lang;
        match self.over.last_mut() {
            Some(Overlay::Look(look)) => match action {
                None => {
                    if edit(&mut look.list.input, key) {
                        let (asked, request) = look.list.retype();
                        self.call(Tag::Look(asked), request);
                    }
                    true
                }
                _ => false,
            },
            Some(Overlay::Form(form)) => {
                match (action, key.code) {
                    (Some("down" | "next" | "open"), _) => form.go(form.at + 1, today(), lang),
                    (Some("up" | "back_pane"), _) => {
                        form.go(form.at.saturating_sub(1), today(), lang)
                    }
                    (Some("page_down"), _) => form.go(form.at + 8, today(), lang),
                    (Some("page_up"), _) => form.go(form.at.saturating_sub(8), today(), lang),
                    (Some("steps"), _) => self.send(),
                    (None | Some("left" | "right" | "first" | "last"), _) => {
                        if let Some(input) = form.input() {
                            edit(input, key);
                        }
                    }
                    _ => return false,
                }
                true
            }
            Some(Overlay::Menu(menu)) => {
                if let (KeyCode::Char(c), true) = (key.code, menu.input.value().is_empty())
                    && let Some(digit) = c.to_digit(10).filter(|digit| *digit > 0)
                {
                    menu.at = digit as usize - 1;
                    self.choose();
                    return true;
                }
                if action.is_none() {
                    if edit(&mut menu.input, key) {
                        menu.at = 0;
                    }
                    return true;
                }
                false
            }
            Some(Overlay::Help(input)) => {
                if action.is_none() {
                    edit(input, key);
                    return true;
                }
                false
            }
            Some(Overlay::Reason(_, _, input)) => {
                if action == Some("open") {
                    self.reason_given();
                    return true;
                }
                if action.is_none() {
                    edit(input, key);
                    return true;
                }
                false
            }
            Some(Overlay::Card(_) | Overlay::Cover) => false,
            None => {
                if action
                    .is_some_and(|action| !matches!(action, "left" | "right" | "first" | "last"))
                {
                    return false;
                }
                let pane = self.focus.saturating_sub(1);
                if let Some(list) = self.lists.get_mut(pane)
                    && edit(&mut list.input, key)
                {
                    let (asked, request) = list.retype();
                    self.call(Tag::List(pane, asked), request);
                }
                true
            }
        }
    }

    /// An action.
    pub fn act(&mut self, action: &str) {
        self.message = None;
        match action {
            "quit" if self.over.is_empty() => self.ended = true,
            "redraw" => self.redraw = true,
            "cover" => self.over.push(Overlay::Cover),
            "cancel" | "stop" => self.back(),
            "help" => self.over.push(Overlay::Help(Input::default())),
            "look" => self.look(),
            "palette" => self.palette(),
            "go" => self.go_menu(),
            "pane1" | "pane2" | "pane3" | "pane4" if self.over.is_empty() => {
                self.focus = ["pane1", "pane2", "pane3", "pane4"]
                    .iter()
                    .position(|pane| *pane == action)
                    .unwrap_or(0);
            }
            "next" if self.over.is_empty() => self.focus = (self.focus + 1) % 4,
            "back_pane" if self.over.is_empty() => self.focus = (self.focus + 3) % 4,
            // The form stays as it is, and waits behind the workstation.
            "next" if matches!(self.over.last(), Some(Overlay::Form(_))) => self.back(),
            "zoom" if self.over.is_empty() => self.zoom = !self.zoom,
            "search" if self.over.is_empty() => {
                if self.focus == 0 {
                    return self.look();
                }
                self.start_typing();
            }
            "refresh" => self.begin(),
            "new" => self.new_form(),
            "edit" => {
                if let Some(code) = self.current() {
                    self.call(Tag::Edit, Request::Show(code));
                }
            }
            "steps" => {
                if let Some(code) = self.current() {
                    self.ask_steps(code);
                }
            }
            "history" => {
                if let Some(code) = self.current() {
                    self.call(Tag::History, Request::History { code, limit: 200 });
                }
            }
            "reveal" => self.reveal(),
            "dissolved" if self.focus == 0 => self.tree.toggle_dissolved(),
            "up" => self.step(-1),
            "down" => self.step(1),
            "page_up" => self.step(-self.page()),
            "page_down" => self.step(self.page()),
            "first" => self.step(isize::MIN / 4),
            "last" => self.step(isize::MAX / 4),
            "left" if self.over.is_empty() && self.focus == 0 => self.tree.left(),
            "right" if self.over.is_empty() && self.focus == 0 => self.tree.right(),
            "open" => self.open(),
            _ => {}
        }
        self.narrow();
    }

    fn page(&self) -> isize {
        let height = match (self.over.last(), self.focus) {
            (Some(Overlay::Look(look)), _) => look.list.height,
            (Some(_), _) => 10,
            (None, 0) => self.tree_height,
            (None, at) => self.lists.get(at - 1).map_or(10, |list| list.height),
        };
        height.max(1) as isize
    }

    /// The panes beside the tree follow its selection.
    pub(super) fn narrow(&mut self) {
        // The root of what one sees is everything: no narrowing.
        let root = self.tree.node().is_none_or(|node| node.parent == 0);
        let within = if root { None } else { self.tree.code() };
        for pane in 0..3 {
            let Some(list) = self.lists.get_mut(pane) else {
                continue;
            };
            if list.within != within {
                list.within = within;
                let (asked, request) = list.retype();
                self.call(Tag::List(pane, asked), request);
            }
        }
    }

    fn step(&mut self, by: isize) {
        let to = |at: usize| at.saturating_add_signed(by);
        let pane = self.focus.saturating_sub(1);
        match self.over.last_mut() {
            Some(Overlay::Look(look)) => {
                let at = to(look.list.at);
                let load = look.list.go(at);
                let code = look.list.selected().map(|row| row.code);
                if load {
                    let (asked, request) = look.list.ask();
                    self.call(Tag::Look(asked), request);
                }
                if let Some(code) = code {
                    self.call(Tag::Preview(code), Request::Show(code));
                }
            }
            Some(Overlay::Card(card)) => card.top = to(card.top).min(500),
            Some(Overlay::Menu(menu)) => {
                menu.at = to(menu.at).min(menu.matching().len().saturating_sub(1))
            }
            Some(_) => {}
            None if self.focus == 0 => {
                let at = to(self.tree.at());
                self.tree.select(at);
            }
            None => {
                let Some(list) = self.lists.get_mut(pane) else {
                    return;
                };
                let at = to(list.at);
                if list.go(at) {
                    self.ask_list(pane);
                }
            }
        }
    }

    fn open(&mut self) {
        match self.over.last() {
            Some(Overlay::Menu(_)) => self.choose(),
            Some(Overlay::Help(_) | Overlay::Card(_)) => {}
            _ => {
                if let Some(code) = self.current() {
                    self.call(Tag::Card, Request::Show(code));
                }
            }
        }
    }

    fn back(&mut self) {
        match self.over.pop() {
            Some(Overlay::Form(form)) => {
                if form.touched() {
                    self.draft = Some(*form);
                    let told = self.say(
                        "草稿已保留，F7 继续填",
                        "the draft is kept: F7 goes on with it",
                    );
                    self.tell(Level::Info, told);
                }
            }
            Some(_) => {}
            None => {
                let pane = self.focus.saturating_sub(1);
                if let Some(list) = self.lists.get_mut(pane).filter(|_| self.focus > 0) {
                    if !list.input.value().is_empty() {
                        list.input.reset();
                        let (asked, request) = list.retype();
                        self.call(Tag::List(pane, asked), request);
                    } else if list.typing {
                        list.typing = false;
                    }
                }
            }
        }
    }

    fn look(&mut self) {
        if matches!(self.over.last(), Some(Overlay::Look(_))) {
            return;
        }
        let mut list = List::new(&[]);
        let (asked, request) = list.ask();
        self.over.push(Overlay::Look(Box::new(Look {
            list,
            preview: None,
        })));
        self.call(Tag::Look(asked), request);
    }

    fn palette(&mut self) {
        let lang = self.lang;
        let items = ACTIONS
            .iter()
            .filter(|action| action.listed)
            .map(|action| Item {
                choice: Choice::Action(action.key),
                label: action.label.get(lang).to_owned(),
                note: self.keymap.keys(action.key).join(" "),
                open: true,
            })
            .collect();
        let title = self.say("命令", "Palette").to_owned();
        self.over.push(Overlay::Menu(Menu::new(title, items)));
    }

    fn go_menu(&mut self) {
        let item = |choice, label: &str| Item {
            choice: Choice::Action(choice),
            label: label.to_owned(),
            note: String::new(),
            open: true,
        };
        let items = vec![
            item("pane1", self.say("o 组织", "o organisations")),
            item("pane2", self.say("v 志愿者", "v volunteers")),
            item("pane3", self.say("a 活动与协议", "a activities")),
            item("pane4", self.say("c 投诉与监督", "c complaints")),
            item("look", self.say("f 来电查询", "f look up")),
        ];
        let title = self.say("前往", "Go to").to_owned();
        self.over.push(Overlay::Menu(Menu::new(title, items)));
    }

    fn ask_steps(&mut self, code: Code) {
        let rev = match self.over.last() {
            Some(Overlay::Card(card)) => card.view.rev,
            _ => 0,
        };
        self.call(Tag::Steps(code, rev), Request::Steps(code));
    }

    fn choose(&mut self) {
        let Some(Overlay::Menu(menu)) = self.over.last() else {
            return;
        };
        let Some(item) = menu.matching().get(menu.at).map(|item| (*item).clone()) else {
            return;
        };
        if !item.open {
            return self.tell(Level::Warn, item.note);
        }
        self.over.pop();
        match item.choice {
            Choice::Action(action) => self.act(action),
            Choice::Step(code, rev, step) => {
                let title = format!("{} {code}", step.label.get(self.lang));
                let mut form = Form::step(code, rev, step, title);
                if rev == 0
                    && let crate::protocol::Act::Step { rev, .. } = &mut form.act
                {
                    *rev = None;
                }
                self.over.push(Overlay::Form(Box::new(form)));
            }
            Choice::Field(code, field) => {
                self.over
                    .push(Overlay::Reason(code, field.to_owned(), Input::default()));
            }
        }
    }
}
