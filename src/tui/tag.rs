//! Calls to the service: what each was for, and what came back.

use crate::domain::kind::Code;
use crate::domain::refusal::Refusal;
use crate::protocol::{Answer, Notice};
use crate::tui::board::Part;
use crate::tui::pin::Pinning;

/// What came from the service.
pub enum Heard {
    /// An answer.
    Answer(u64, Box<Result<Answer, Refusal>>),
    /// A notice.
    Notice(Notice),
}

/// What a call was for.
#[derive(Clone, Debug)]
pub enum Tag {
    /// The tree.
    Tree,
    /// A list: its pane, and the number of the question.
    List(usize, u64),
    /// The look-up.
    Look(u64),
    /// The preview in the look-up.
    Preview(Code),
    /// The preview in pane 5.
    Peek(Code),
    /// The facts of the selected organisation.
    Unit(Code),
    /// The rows of a picker.
    Pick(u64),
    /// The newest log entries of a card.
    Latest(Code),
    /// Who changed a record meanwhile.
    Whose(Code),
    /// The record as it is since, and who changed it when.
    Theirs(Code, Option<(String, String)>),
    /// The record that the form with this token made before: its answer was lost.
    Earlier(u64),
    /// The steps of one of the marked records.
    Every,
    /// A step of all the marked records, from the form with this token.
    Many(u64),
    /// A card to open.
    Card,
    /// The record of a board to which one jumps back, and the board's action.
    Jump(&'static str, Code),
    /// A card that is open and may have changed.
    Again(Code),
    /// A record to edit.
    Edit,
    /// A record to which a new one is to belong: its kind, and its field that names the first.
    Below(crate::domain::kind::Kind, &'static str),
    /// The people of the activity of a new agreement, for the form with this token.
    Parties(u64),
    /// The record of a step that was chosen in a list, for the form with this token.
    Held(u64),
    /// A history.
    History,
    /// The steps of a record.
    Steps(Code, u64),
    /// The form with this token that was sent.
    Sent(u64),
    /// Whether the step in the form with this token could be taken.
    Weigh(u64),
    /// What was done to this record last is taken back.
    Undo(Code),
    /// A revealed field.
    Reveal(Code, String),
    /// A part of a board, by its number.
    Board(u64, Part),
    /// What the operator prefers.
    Preferences,
    /// The drafts that the service holds.
    Drafts,
    /// The same, to be shown.
    DraftBox,
    /// A write of the draft with this number, the so-manieth.
    Kept(u64, u64),
    /// The same, of a draft that stood in a file.
    Filed(u64, u64),
    /// A draft that is nothing any more.
    Forgot(u64),
    /// A draft to go on with.
    Took(u64),
    /// A draft that was thrown away.
    Dropped(u64),
    /// A draft that was taken back.
    Restored,
    /// Who else has a record open.
    Others(Option<Code>),
    /// The digits that open the cover.
    Pin(Pinning),
    /// Something that needs no answer.
    Quiet,
}

impl Tag {
    /// Whether it goes on beside what the operator does.
    pub(super) fn beside(&self) -> bool {
        matches!(
            self,
            Tag::Kept(..)
                | Tag::Filed(..)
                | Tag::Forgot(_)
                | Tag::Others(_)
                | Tag::Pin(Pinning::Known)
                | Tag::Quiet
        )
    }

    /// Whether nothing is told when it fails: nobody asked for it by a key.
    pub(super) fn quiet(&self) -> bool {
        matches!(
            self,
            Tag::Again(_)
                | Tag::Preview(_)
                | Tag::Peek(_)
                | Tag::Unit(_)
                | Tag::Latest(_)
                | Tag::Parties(_)
                | Tag::Held(_)
                | Tag::Drafts
                | Tag::Others(_)
        )
    }

    /// Whether it is asked when the selection rests, not for every row that it passes.
    pub(super) fn rests(&self) -> bool {
        matches!(self, Tag::Peek(_))
    }

    /// Whether the answer to an earlier call would be thrown away.
    pub(super) fn replaces(&self, other: &Tag) -> bool {
        match (self, other) {
            (Tag::List(pane, _), Tag::List(before, _)) => pane == before,
            (Tag::Board(id, part), Tag::Board(other, before)) => {
                id == other && part.replaces(before)
            }
            (Tag::Tree, Tag::Tree)
            | (Tag::Drafts, Tag::Drafts)
            | (Tag::Look(_), Tag::Look(_))
            | (Tag::Pick(_), Tag::Pick(_))
            | (Tag::Preview(_), Tag::Preview(_))
            | (Tag::Peek(_), Tag::Peek(_))
            | (Tag::Unit(_), Tag::Unit(_)) => true,
            _ => false,
        }
    }
}
