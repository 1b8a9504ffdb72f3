//! A row of typed hours: its number, which rows are meant, and when nothing is typed into them.

use std::collections::BTreeSet;

use crate::domain::kind::Code;
use crate::tui::app::App;
use crate::tui::board::{Board, Body, token};
use crate::tui::hours::{Draft, Hours, Slot};

impl Hours {
    /// The row that is typed for a volunteer and a day.
    ///
    /// Its number is there from the first key on: every copy of the draft carries it, and a call whose answer
    /// was lost has it still when the minutes change, so that no hours are saved twice.
    pub(super) fn row(&mut self, slot: Slot) -> &mut Draft {
        let spent = self.spent.remove(&slot);
        self.typed.entry(slot).or_insert_with(|| Draft {
            token: spent.unwrap_or_else(token),
            ..Draft::default()
        })
    }

    /// The rows that are meant: the marked ones, or the selected one.
    pub(super) fn chosen(&self, marked: &BTreeSet<Code>, at: usize) -> BTreeSet<Slot> {
        let lines = self.lines.iter().enumerate().filter(|(nth, line)| {
            let chosen = marked.is_empty() && *nth == at;
            line.open() && (chosen || marked.contains(&line.code()))
        });
        lines.map(|(_, line)| line.slot()).collect()
    }
}

impl Board {
    /// Types a digit into the selected row, or takes one away.
    pub(super) fn type_minutes(&mut self, digit: Option<char>) {
        let at = self.at;
        let Body::Hours(hours) = &mut self.body else {
            return;
        };
        if hours.ahead.taken {
            return;
        }
        let Some(line) = hours.lines.get(at).filter(|line| line.open()) else {
            return;
        };
        let slot = line.slot();
        let draft = hours.row(slot.clone());
        match digit {
            Some(digit) if draft.minutes.len() < 6 => draft.minutes.push(digit),
            Some(_) => {}
            None => {
                draft.minutes.pop();
            }
        }
        draft.problem.clear();
        draft.confirmed = false;
        if draft.minutes.is_empty() && draft.evidence.is_empty() {
            let token = draft.token;
            hours.typed.remove(&slot);
            hours.spent.insert(slot, token);
        }
    }
}

impl App {
    /// Whether the hours on top take no text now, which is said.
    pub(super) fn hours_shut(&mut self) -> bool {
        let Some(Body::Hours(hours)) = self.top_board().map(|board| &board.body) else {
            return false;
        };
        let (taken, saving) = (hours.ahead.taken, hours.saving > 0);
        if taken {
            self.say_taken();
        } else if saving {
            self.say_sending();
        }
        taken || saving
    }
}
