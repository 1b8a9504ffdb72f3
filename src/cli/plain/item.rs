//! What a number means, after something was read out with numbers.

use crate::cli::plain::Talk;
use crate::domain::kind::{Code, Kind};
use crate::domain::lifecycle::Step;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::draft::Draft;
use crate::say;

/// What one number stands for.
#[derive(Clone)]
pub(super) enum Item {
    /// A record.
    Record(Code),
    /// A step of a record, with what stands in its way.
    Step(Code, &'static Step, Option<Refusal>),
    /// A masked field of a record.
    Masked(Code, String),
    /// A kind that something new can be of.
    Kind(Kind),
    /// A form that was left and could not be kept.
    Kept(usize),
    /// A draft that the service keeps.
    Draft(Box<Draft>),
}

impl Talk<'_> {
    /// The item behind a number.
    pub(super) fn numbered(&self, number: usize) -> Result<Item, Refusal> {
        let found = number.checked_sub(1).and_then(|at| self.items.get(at));
        found.cloned().ok_or_else(|| {
            let count = self.items.len();
            Refusal::new(
                RefusalKind::Usage,
                match count {
                    0 => say!(
                        "还没有读出有序号的",
                        "nothing was read out with numbers yet"
                    ),
                    _ => say!(
                        "序号只到 {count}，没有 {number}",
                        "the numbers end at {count}: there is no {number}"
                    ),
                },
            )
            .hint(say!(
                "要按号码查找，写：查 {number}",
                "to search for digits write: find {number}"
            ))
        })
    }

    /// A number was written.
    pub(super) fn choose(&mut self, number: usize) -> Result<(), Refusal> {
        match self.numbered(number)? {
            Item::Record(code) => self.show_code(code),
            Item::Step(_, _, Some(refusal)) => Err(refusal),
            Item::Step(code, step, None) => self.take_step(code, step),
            Item::Masked(code, key) => self.reveal_field(code, &key),
            Item::Kind(kind) => self.new_of(kind),
            Item::Kept(at) if at < self.forms.len() => {
                let form = self.forms.remove(at);
                self.items.clear();
                self.fill(form)
            }
            Item::Kept(_) => self.drafts(""),
            Item::Draft(one) => self.draft_chosen(&one),
        }
    }
}
