//! What actions do.

use crate::domain::said::Lang;
use crate::protocol::Request;
use crate::tui::action::{ACTIONS, Place};
use crate::tui::app::{App, Level, Tag};
use crate::tui::overlay::{Help, Overlay};

impl App {
    /// An action.
    pub fn act(&mut self, action: &str) {
        // What was refused stays until Esc; whatever is said later takes its place.
        if matches!(action, "cancel" | "stop") {
            self.message = None;
        }
        self.hurry = None;
        let dropped = self.drafts.dropped.take();
        if !matches!(action, "quit" | "cancel") {
            self.leaving = false;
        }
        if self.barred(action) {
            return;
        }
        let meant = matches!(
            action,
            "open" | "edit" | "steps" | "history" | "copy" | "mark"
        );
        if meant && self.unsettled() {
            self.hurry = Some(action.to_owned());
            return;
        }
        if self.board_act(action) {
            return;
        }
        if let Some(step) = action.strip_prefix("case.") {
            return self.case_letter(step);
        }
        let panes = self.over.is_empty();
        match action {
            "quit" if panes => self.quit(),
            "redraw" => self.redraw = true,
            "cover" => self.cover(),
            "cover_after" => self.cover_menu(),
            "cover_pin" => self.pin_menu(),
            "cancel" | "stop" => self.back(),
            "help" => self.help(),
            "look" => self.look(),
            "palette" => self.palette(),
            "go" => self.prefix = Some(self.now),
            "pane1" | "pane2" | "pane3" | "pane4" if panes => {
                let all = ["pane1", "pane2", "pane3", "pane4"];
                let at = all.iter().position(|pane| *pane == action);
                self.focus = at.unwrap_or(0);
            }
            "jump_back" => self.jump(-1),
            "jump_on" => self.jump(1),
            "tour" => self.begin_tour(),
            "mouse" => self.turn_mouse(),
            "clipboard" => self.turn_clipboard(),
            "pane5" if panes => self.reach_preview(),
            "keep" => self.keep_now(),
            "next" if panes => self.next_pane(1),
            "back_pane" if panes => self.next_pane(-1),
            // The form stays as it is, and waits behind the workstation.
            "next" if matches!(self.over.last(), Some(Overlay::Form(_))) => self.back(),
            "zoom" if panes => self.zoom = !self.zoom,
            "search" if panes && self.focus == 0 => return self.look(),
            "search" if panes => self.start_typing(),
            "refresh" => {
                self.changed.clear();
                self.begin();
            }
            "new" if panes || matches!(self.place(), Place::Card | Place::Case | Place::Look) => {
                self.new_form()
            }
            "selftest" => self.selftest(),
            "drafts" => self.draft_box(),
            "undo" if panes && dropped.is_some() => {
                if let Some(id) = dropped {
                    self.restore_draft(id);
                }
            }
            "undo"
                if panes
                    || matches!(
                        self.over.last(),
                        Some(Overlay::Card(_) | Overlay::Board(_) | Overlay::Look(_))
                    ) =>
            {
                self.take_back();
            }
            "messages" => self.open_log(),
            "edit" => {
                if let Some(code) = self.current()
                    && !self.edit_on(code)
                {
                    self.call(Tag::Edit, Request::Show(code));
                }
            }
            "steps" => self.ask_steps(),
            "history" => {
                if let Some(code) = self.current() {
                    self.call(Tag::History, Request::History { code, limit: 200 });
                }
            }
            "reveal" => self.reveal(),
            "copy" => self.copy(),
            "mark" if panes => self.toggle_mark(),
            "filter" if panes && self.focus > 0 => self.filter_menu(),
            "sort" if panes && self.focus > 0 => self.sort_menu(),
            "columns" if panes && self.focus > 0 => self.columns_menu(0),
            "work" if panes => self.turn_work(),
            "today" if panes => self.turn_today(),
            "previous" => self.turn(-1),
            "following" => self.turn(1),
            "dissolved" if panes && self.focus == 0 => self.tree.toggle_dissolved(),
            "up" => self.go_by(-1),
            "down" => self.go_by(1),
            "page_up" => self.go_by(-self.page()),
            "page_down" => self.go_by(self.page()),
            "first" => self.go_by(isize::MIN / 4),
            "last" => self.go_by(isize::MAX / 4),
            "left" if panes && self.focus == 0 => self.tree.left(),
            "right" if panes && self.focus == 0 => self.tree.right(),
            "open" => self.open(),
            _ if ACTIONS.iter().any(|row| row.key == action && row.listed) => {
                let told = self.keyed("这里用不上，先按 {cancel} 返回", "not here: {cancel} first");
                self.tell(Level::Warn, told);
            }
            _ => {}
        }
        self.narrow();
    }

    fn help(&mut self) {
        if matches!(self.over.last(), Some(Overlay::Help(_))) {
            return;
        }
        let place = self.place();
        let typing = self.over.last().is_some_and(Overlay::typing);
        self.over.push(Overlay::Help(Help {
            input: tui_input::Input::default(),
            page: 0,
            place,
            typing,
            top: 0,
        }));
    }

    /// Leaves at the second `q`: the first may be the beginning of a name.
    fn quit(&mut self) {
        if self.leaving {
            self.ended = true;
            return;
        }
        self.leaving = true;
        let told = match (self.count_drafts(), self.lang) {
            (0, _) => self.say("再按 q 退出", "q again quits").to_owned(),
            (count, Lang::Zh) => format!("再按 q 退出；草稿 {count} 份留着，下次登录接着填"),
            (count, Lang::En) => format!("q again quits; {count} drafts stay for the next login"),
        };
        self.tell(Level::Warn, told);
    }

    fn page(&self) -> isize {
        let height = match (self.over.last(), self.focus) {
            (Some(Overlay::Look(look)), _) => look.list.height,
            (Some(Overlay::Menu(_)), _) => crate::tui::menu::NINE,
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
        if let Some(code) = self.tree.code()
            && self.unit.as_ref().is_none_or(|view| view.code != code)
            && self.unit_asked != Some(code)
        {
            self.unit_asked = Some(code);
            self.call(Tag::Unit(code), Request::Show(code));
        }
        self.peek_at();
    }

    /// The preview follows the selection of the focused list.
    pub(super) fn peek_at(&mut self) {
        if !self.roomy || !self.over.is_empty() || self.source() == 0 {
            return;
        }
        if let Some(code) = self.current()
            && self.peek_asked != Some(code)
        {
            self.peek_asked = Some(code);
            self.call(Tag::Peek(code), Request::Show(code));
        }
    }

    /// Moves the selection, or what is seen.
    pub(super) fn go_by(&mut self, by: isize) {
        let to = |at: usize| at.saturating_add_signed(by);
        let source = self.source();
        let pane = source.saturating_sub(1);
        match self.over.last_mut() {
            Some(Overlay::Look(look)) => {
                let at = to(look.list.at);
                let load = look.list.go(at) && !look.recent;
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
            Some(Overlay::Help(help)) => help.top = to(help.top).min(200),
            Some(Overlay::Menu(menu)) => {
                menu.at = to(menu.at).min(menu.matching().len().saturating_sub(1))
            }
            Some(Overlay::Pick(_)) => self.pick_go(by),
            Some(Overlay::Log(_)) => self.log_go(by),
            Some(Overlay::Conflict(conflict)) => {
                conflict.at = to(conflict.at).min(conflict.clashes.len().saturating_sub(1));
            }
            Some(_) => {}
            None if source == 0 => {
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
}
