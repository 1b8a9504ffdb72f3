//! Answers to steps: which there are, and what became of one for many, or of one taken back.

use crate::protocol::Answer;
use crate::tui::app::{App, Tag};

impl App {
    /// An answer to steps.
    pub(super) fn step_answer(&mut self, tag: Tag, answer: Answer) {
        match (tag, answer) {
            (Tag::Steps(code, rev), Answer::Steps(steps)) => {
                self.steps_menu(Some((code, rev)), steps);
            }
            (Tag::Every, Answer::Steps(steps)) => self.every(steps),
            (Tag::Many(token), Answer::Many(result)) => self.many_done(token, &result),
            (Tag::Undo(_), Answer::Undone(undone)) => self.taken_back(&undone),
            _ => {}
        }
    }
}
