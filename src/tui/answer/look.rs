//! Answers to what is looked up: the look-up, its preview, a picker.

use crate::domain::certificate::can_be;
use crate::domain::kind::Kind;
use crate::protocol::{Answer, Found, Request};
use crate::tui::app::{App, Tag};
use crate::tui::overlay::Overlay;
use crate::tui::pick::Source;

impl App {
    /// An answer to the look-up or to a picker.
    pub(super) fn look_answer(&mut self, tag: Tag, answer: Answer) {
        match (tag, answer) {
            (Tag::Look(asked), Answer::Found(found)) => self.look_found(asked, found),
            (Tag::Preview(code), Answer::View(view)) => {
                let look = self.over.iter_mut().rev().find_map(|over| match over {
                    Overlay::Look(look) => Some(look),
                    _ => None,
                });
                if let Some(look) = look
                    && look.list.selected().is_some_and(|row| row.code == code)
                {
                    look.preview = Some(view);
                }
            }
            (Tag::Pick(asked), Answer::Found(found)) => {
                if let Some(Overlay::Pick(pick)) = self.over.last_mut()
                    && let Source::Records(list) = &mut pick.source
                {
                    list.take(asked, found);
                }
            }
            _ => {}
        }
    }

    /// The rows of the look-up.
    fn look_found(&mut self, asked: u64, mut found: Found) {
        if let Some(Overlay::Look(look)) = self.over.last_mut() {
            // Ten digits that agree are a check code before they are anything else.
            if look.check_code().is_some_and(|code| can_be(&code)) {
                found.rows.sort_by_key(|row| row.kind != Kind::Certificate);
            }
            look.list.take(asked, found);
            if let Some(code) = look.list.selected().map(|row| row.code) {
                self.call(Tag::Preview(code), Request::Show(code));
            }
        }
        self.settled();
    }
}
