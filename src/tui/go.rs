//! Moving the selection, or what is seen.

use crate::protocol::Request;
use crate::tui::app::{App, Tag};
use crate::tui::menu::NINE;
use crate::tui::overlay::Overlay;

impl App {
    /// Rows of a page of what is seen.
    pub(super) fn page(&self) -> isize {
        let height = match (self.over.last(), self.focus) {
            (Some(Overlay::Look(look)), _) => look.list.height,
            (Some(Overlay::Menu(_)), _) => NINE,
            (Some(_), _) => 10,
            (None, 0) => self.tree_height,
            (None, at) => self.lists.get(at - 1).map_or(10, |list| list.height),
        };
        height.max(1) as isize
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
                look.chosen = true;
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
