//! A session that only reads: whatever would change, reveal or enter something is refused at once.

use crate::domain::refusal::Refusal;
use crate::tui::app::App;
use crate::tui::board::Body;
use crate::tui::overlay::Overlay;

/// The actions that begin with what only reading forbids; a form that others open is taken away.
const BARRED: &[&str] = &[
    "new",
    "edit",
    "reveal",
    "minutes.fill",
    "minutes.evidence",
    "phone.yes",
    "phone.no",
    "phone.silent",
    "phone.later",
];

/// The actions that change what is typed.
const TYPED: &[&str] = &["keep", "undo", "redo", "clear", "word", "kill", "search"];

impl App {
    /// Refuses an action of a session that only reads; true if it was refused.
    pub(super) fn barred(&mut self, action: &str) -> bool {
        let barred = self.welcome.read_only && BARRED.contains(&action);
        if barred {
            self.refuse(&Refusal::read_only());
        }
        barred
    }

    /// Whether an action is worth a hint: a session that only reads is not shown what it is refused, nor
    /// is one whose draft another session took.
    pub fn offers(&self, action: &str) -> bool {
        let taken = match self.over.last() {
            Some(Overlay::Form(form)) => form.ahead.taken,
            Some(Overlay::Board(board)) => match &board.body {
                Body::Hours(hours) => hours.ahead.taken,
                _ => false,
            },
            _ => false,
        };
        let changes = action == "steps" || action.starts_with("case.");
        let barred = changes || BARRED.contains(&action);
        !(self.welcome.read_only && barred || taken && (barred || TYPED.contains(&action)))
    }

    /// Refuses what a session that only reads cannot do; true if it was refused.
    pub(in crate::tui) fn only_reads(&mut self) -> bool {
        if self.welcome.read_only {
            self.refuse(&Refusal::read_only());
        }
        self.welcome.read_only
    }

    /// Takes away what asks for text that could never be saved, before anybody types into it.
    pub(super) fn bar_forms(&mut self) {
        let entered = |over: &Overlay| matches!(over, Overlay::Form(_) | Overlay::Reason(..));
        if self.welcome.read_only && self.over.iter().any(entered) {
            // What lies over a form, such as its templates, belongs to it.
            let at = self.over.iter().position(entered).unwrap_or(0);
            self.over.truncate(at);
            self.refuse(&Refusal::read_only());
        }
    }
}
