//! Opening, turning and leaving: cards, the look-up, menus.

use crate::domain::clock::CLOCKS;
use crate::domain::kind::{Code, Kind};
use crate::protocol::{Request, Row, View};
use crate::tui::app::{App, Level, Tag};
use crate::tui::list::List;
use crate::tui::overlay::{Look, Overlay};

/// Whether a record of a kind opens as a case: clocks run on it.
pub(super) fn case(kind: Kind) -> bool {
    CLOCKS.iter().any(|clock| clock.kind == kind)
}

/// Records opened in this session that the look-up remembers.
const RECENT: usize = 20;

/// A record as a row of a list.
pub(super) fn row(view: &View) -> Row {
    let text = |key: &str| {
        view.fields
            .get(key)
            .map_or_else(String::new, ToString::to_string)
    };
    let spec = view.kind.spec();
    let owner = spec
        .owner
        .and_then(|key| view.fields.get(key))
        .and_then(|value| value.texts().next())
        .and_then(|code| view.names.get(code));
    Row {
        facts: Default::default(),
        code: view.code,
        kind: view.kind,
        title: text(spec.title),
        subtitle: owner.cloned().unwrap_or_default(),
        area: view.names.get(&text("area")).cloned().unwrap_or_default(),
        phone: text("phone"),
        status: text("status"),
        day: spec.recency.map_or_else(String::new, text),
        why: Vec::new(),
    }
}

impl App {
    /// Notes what was entered here: its notice, which may have come before, marks nothing.
    pub(super) fn entered(&mut self, code: Code) {
        if !self.changed.remove(&code) {
            self.own.insert(code);
            return;
        }
        // Its notice came before: the lists took it for another's.
        for pane in 0..self.lists.len() {
            if self.listed_kind(pane) == Some(code.kind) {
                self.ask_list(pane);
            }
        }
    }

    /// Notes the names behind the codes of a record, and its own.
    pub(super) fn name(&mut self, view: &View) {
        let names = view.names.iter();
        let named = names.filter_map(|(code, name)| Some((Code::read(code)?, name.clone())));
        self.names.extend(named);
        let own = row(view);
        let title = match Code::read(&own.title) {
            Some(code) => self.names.get(&code).cloned().unwrap_or(own.title),
            None => own.title,
        };
        self.names.insert(view.code, title);
    }

    /// Notes that a record was seen.
    pub(super) fn seen(&mut self, view: &View) {
        self.name(view);
        self.changed.remove(&view.code);
        self.recent.retain(|row| row.code != view.code);
        self.recent.insert(0, row(view));
        self.recent.truncate(RECENT);
    }

    /// Asks for a record and the newest of its log.
    pub(super) fn show(&mut self, code: Code) {
        if case(code.kind) {
            return self.call(Tag::Card, Request::Case(code));
        }
        self.call(Tag::Card, Request::Show(code));
        self.call(Tag::Latest(code), Request::History { code, limit: 5 });
    }

    /// Asks again for a record that is open.
    pub(super) fn again(&mut self, code: Code) {
        if case(code.kind) {
            return self.call(Tag::Again(code), Request::Case(code));
        }
        self.call(Tag::Again(code), Request::Show(code));
        self.call(Tag::Latest(code), Request::History { code, limit: 5 });
    }

    /// Enter.
    pub(super) fn open(&mut self) {
        match self.over.last_mut() {
            Some(Overlay::Menu(_)) => self.choose(),
            Some(Overlay::Log(_)) => self.log_open(),
            Some(Overlay::Conflict(conflict)) => {
                let at = conflict.at;
                conflict.toggle(at);
            }
            Some(Overlay::Look(_)) | None => {
                if let Some(code) = self.current() {
                    self.show(code);
                }
            }
            Some(_) => {}
        }
    }

    /// `[` and `]` on a card: the neighbours in the list that it came from.
    pub(super) fn turn(&mut self, by: isize) {
        if !matches!(self.over.last(), Some(Overlay::Card(_))) {
            return;
        }
        let Some(card) = self.over.pop() else { return };
        let before = self.current();
        self.go_by(by);
        let now = self.current();
        match now {
            Some(code) if now != before => {
                self.turning = true;
                self.show(code);
            }
            _ => {
                let told = self.say("列表到头了", "the list ends here");
                self.tell(Level::Warn, told);
            }
        }
        self.over.push(card);
    }

    /// Esc: one layer less. What was typed into a form stays.
    pub(super) fn back(&mut self) {
        // A history lies over its card.
        if let Some(Overlay::Card(card)) = self.over.last_mut()
            && card.history.take().is_some()
        {
            card.top = 0;
            return;
        }
        match self.over.pop() {
            Some(Overlay::Form(form)) => {
                if form.touched() && !form.ahead.taken {
                    self.leaving = false;
                    self.leave_draft(*form);
                } else if form.ahead.begun() && !form.ahead.taken {
                    self.forget_draft(form.token);
                }
            }
            Some(Overlay::Confirm(_)) => self.refrained(),
            Some(Overlay::Conflict(_)) => {
                let told = self.keyed(
                    "没有保存；你填的还在，{steps} 再比对",
                    "not saved; your text is safe, {steps} compares again",
                );
                self.tell(Level::Warn, told);
            }
            Some(Overlay::Board(board)) => self.left_board(*board),
            Some(Overlay::Look(look)) => self.leave_note(look.note),
            Some(_) => {}
            None => self.clear_list(),
        }
    }

    /// Esc in a list: text, marks and filters go one after the other.
    fn clear_list(&mut self) {
        let pane = self.focus.saturating_sub(1);
        let Some(list) = self.lists.get_mut(pane).filter(|_| self.focus > 0) else {
            return;
        };
        if !list.input.value().is_empty() {
            list.input.reset();
            let (asked, request) = list.retype();
            self.call(Tag::List(pane, asked), request);
        } else if list.typing {
            list.typing = false;
            // Nothing else on the screen says that the same keys mean something else now.
            let told = self.keyed(
                "字母现在是命令；再查找按 {search}，或直接打汉字",
                "letters are commands now; {search} searches again",
            );
            self.show_message(Level::Warn, told);
        } else if !list.marked.is_empty() {
            list.marked.clear();
        } else if !list.filters.is_empty() {
            self.unfilter(pane);
        }
    }

    /// F2: over whatever is there.
    pub(super) fn look(&mut self) {
        // The next caller: what was typed for the one before is no beginning.
        let note = self.fresh_note();
        if let Some(Overlay::Look(look)) = self.over.last_mut() {
            look.list.input.reset();
            (look.chosen, look.noting, look.complain) = (false, false, false);
            let note = std::mem::replace(&mut look.note, note);
            self.ask_look();
            return self.leave_note(note);
        }
        self.over.push(Overlay::Look(Box::new(Look {
            list: List::new(&[]),
            preview: None,
            recent: false,
            chosen: false,
            note,
            noting: false,
            complain: false,
        })));
        self.ask_look();
    }

    /// Asks what the look-up shows; with nothing typed, what was opened last stands there.
    pub(super) fn ask_look(&mut self) {
        let Some(Overlay::Look(look)) = self.over.last_mut() else {
            return;
        };
        look.recent = look.list.input.value().is_empty() && !self.recent.is_empty();
        let code = look.check_code();
        let (asked, mut request) = look.list.retype();
        if let (Request::Find(find), Some(code)) = (&mut request, code) {
            find.text = code;
        }
        if !look.recent {
            return self.call(Tag::Look(asked), request);
        }
        look.list.waiting = false;
        look.list.fuzzy = false;
        look.list.from = 0;
        look.list.rows = self.recent.clone();
        look.list.total = look.list.rows.len();
        if let Some(code) = look.list.selected().map(|row| row.code) {
            self.call(Tag::Preview(code), Request::Show(code));
        }
    }

    /// F8: the steps of what is marked, or of what is open or selected.
    pub(super) fn ask_steps(&mut self) {
        if matches!(self.over.last(), Some(Overlay::Conflict(_))) {
            return self.merge();
        }
        if self.noted() {
            return self.note_menu();
        }
        let marked = self.marked();
        if !marked.is_empty() {
            return self.ask_many(marked);
        }
        let rev = match self.over.last() {
            Some(Overlay::Card(card)) => card.view.rev,
            _ => 0,
        };
        match self.current() {
            Some(code) => self.call(Tag::Steps(code, rev), Request::Steps(code)),
            None => self.steps_menu(None, Vec::new()),
        }
    }
}
