//! Answers to drafts: those that the service holds, and what it says of each that was sent.

use crate::protocol::Answer;
use crate::tui::app::{App, Level, Tag};

impl App {
    /// An answer to the drafts, or to what is done with one of them.
    pub(super) fn draft_answer(&mut self, tag: Tag, answer: Answer) {
        match (tag, answer) {
            (Tag::Drafts, Answer::Drafts(drafts)) => self.take_drafts(drafts),
            (Tag::DraftBox, Answer::Drafts(drafts)) => {
                self.hold_drafts(drafts);
                self.drafts_menu(false);
            }
            (Tag::Took(_), Answer::Draft(draft)) => self.took(&draft),
            (Tag::Dropped(id), Answer::Done(_)) => self.dropped(id),
            (Tag::Restored, Answer::Done(_)) => {
                let told = self.keyed("草稿已恢复：{drafts}", "the draft is back: {drafts}");
                self.tell(Level::Info, told);
                self.list_drafts();
            }
            _ => {}
        }
    }

    /// The service has what was typed.
    pub(super) fn kept_answer(&mut self, tag: Tag, answer: Answer) {
        match (tag, answer) {
            (Tag::Kept(id, number), Answer::Kept(at)) => {
                self.kept_draft(id, number, &at);
                self.unsent_kept(id);
            }
            (Tag::Filed(id, number), Answer::Kept(_)) => {
                self.unfile(id, number);
                self.list_drafts();
            }
            (Tag::Forgot(id), Answer::Done(_)) => {
                self.drafts.forgotten.remove(&id);
            }
            _ => {}
        }
    }
}
