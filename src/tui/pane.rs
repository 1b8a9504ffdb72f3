//! Going from pane to pane, and what follows the selection in them.

use crate::protocol::Request;
use crate::tui::app::{App, Level, PREVIEW, Tag};

impl App {
    /// The next pane, or the one before; the preview among them where it is seen.
    pub(super) fn next_pane(&mut self, by: isize) {
        let count = if self.roomy { PREVIEW + 1 } else { PREVIEW };
        let next = (self.focus + count).saturating_add_signed(by) % count;
        match next {
            PREVIEW => self.reach_preview(),
            _ => self.focus = next,
        }
    }

    /// `5`: the preview, where there is room for it.
    pub(super) fn reach_preview(&mut self) {
        if !self.roomy {
            let told = self.say(
                "预览窗要 160x40 以上的窗口；Enter 打开选中的记录",
                "the preview needs 160x40; Enter opens the selected record",
            );
            return self.tell(Level::Warn, told);
        }
        self.previewed = self.source();
        self.focus = PREVIEW;
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
            self.peek_since = self.now;
            self.call(Tag::Peek(code), Request::Show(code));
        }
    }

    /// What was shown of another record stays while the selection moves, not while nobody answers.
    pub(super) fn peek_tick(&mut self) {
        let asked = self.peek_asked;
        let other = self
            .peek
            .as_ref()
            .is_some_and(|view| Some(view.code) != asked);
        if other && (self.now - self.peek_since).num_seconds() >= 1 {
            self.peek = None;
            self.stirred = true;
        }
        // The screen may have become wide enough for the preview.
        self.peek_at();
    }
}
