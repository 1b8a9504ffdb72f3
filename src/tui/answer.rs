//! What answers do: whom each concerns.

use crate::domain::refusal::Refusal;
use crate::protocol::Answer;
use crate::tui::app::{App, Level, Tag};

mod card;
mod draft;
mod form;
mod list;
mod look;
mod step;

impl App {
    /// An answer to a call.
    pub fn answer(&mut self, tag: Tag, answer: Result<Answer, Refusal>) {
        let (layers, told) = (self.over.len(), self.message_no);
        match tag {
            Tag::Pin(what) => self.pinned(what, answer),
            tag => self.beneath(|app| app.take_answer(tag, answer)),
        }
        // What was refused in a panel is over with it, however it is left.
        let error = matches!(self.message, Some((Level::Error, _)));
        if error && told == self.message_no && self.over.len() < layers {
            self.message = None;
        }
        self.follow_note();
        self.wait_tick();
        self.bar_forms();
        self.note_spot();
    }

    fn take_answer(&mut self, tag: Tag, answer: Result<Answer, Refusal>) {
        let answer = match answer {
            Ok(answer) => answer,
            Err(refusal) => return self.failed(&tag, &refusal),
        };
        self.arrived(&tag, true);
        match tag {
            Tag::Tree | Tag::Unit(_) | Tag::Peek(_) => self.pane_answer(tag, answer),
            Tag::List(pane, asked) => self.list_answer(pane, asked, answer),
            Tag::Look(_) | Tag::Preview(_) | Tag::Pick(_) => self.look_answer(tag, answer),
            Tag::Card | Tag::Again(_) | Tag::Latest(_) | Tag::History => {
                self.card_answer(tag, answer);
            }
            Tag::Jump(..) | Tag::Reveal(..) | Tag::Others(_) => self.spot_answer(tag, answer),
            Tag::Edit | Tag::Below(..) | Tag::Parties(_) | Tag::Held(_) => {
                self.form_answer(tag, answer)
            }
            Tag::Sent(_) | Tag::Weigh(_) | Tag::Earlier(_) | Tag::Whose(_) | Tag::Theirs(..) => {
                self.sent_answer(tag, answer);
            }
            Tag::Steps(..) | Tag::Every | Tag::Many(_) | Tag::Undo(_) => {
                self.step_answer(tag, answer);
            }
            Tag::Board(id, part) => self.board_answer(id, part, answer),
            Tag::Drafts | Tag::DraftBox | Tag::Took(_) | Tag::Dropped(_) | Tag::Restored => {
                self.draft_answer(tag, answer);
            }
            Tag::Kept(..) | Tag::Filed(..) | Tag::Forgot(_) => self.kept_answer(tag, answer),
            Tag::Preferences => self.preferences_answer(answer),
            // The digits of the cover are answered above, over everything.
            Tag::Quiet | Tag::Pin(_) => {}
        }
    }

    /// The rows answer what was typed: what waited for that is done now.
    fn settled(&mut self) {
        if !self.unsettled()
            && let Some(action) = self.hurry.take()
        {
            self.act(&action);
        }
    }
}
