//! Answers to the panes: the tree, the lists, the preview.

use crate::protocol::Answer;
use crate::tui::app::{App, Tag};

impl App {
    /// An answer to what the panes ask beside their rows.
    pub(super) fn pane_answer(&mut self, tag: Tag, answer: Answer) {
        match (tag, answer) {
            (Tag::Tree, Answer::Tree(nodes)) => {
                self.tree.set(nodes);
                self.narrow();
            }
            (Tag::Peek(code), Answer::View(view)) if self.peek_asked == Some(code) => {
                self.peek = Some(view);
            }
            (Tag::Unit(code), Answer::View(view)) if self.tree.code() == Some(code) => {
                self.unit = Some(view);
            }
            _ => {}
        }
    }

    /// The rows of a pane.
    pub(super) fn list_answer(&mut self, pane: usize, asked: u64, answer: Answer) {
        // A kind that is listed whole has no preview to follow its rows.
        let whole = matches!(answer, Answer::Views(_));
        if let Some(list) = self.lists.get_mut(pane) {
            match answer {
                Answer::Found(found) => list.take(asked, found),
                Answer::Queue(view) => list.take_matters(asked, view),
                Answer::Views(views) => list.take_whole(asked, &views),
                _ => return,
            }
        }
        self.tell_lost(pane);
        if self.focus == pane + 1 && !whole {
            self.peek_at();
        }
        self.settled();
    }
}
