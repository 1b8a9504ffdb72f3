//! What notices do: others changed something, and what is seen of it is asked for again.

use crate::domain::call::ABOUT;
use crate::domain::kind::{Code, Kind};
use crate::protocol::{Notice, Request};
use crate::tui::app::{App, Level, Tag};
use crate::tui::overlay::Overlay;
use crate::tui::work::{below, touches};

/// Whether a notice concerns a kind; one without codes concerns everything.
fn has(codes: &[Code], kind: Kind) -> bool {
    codes.is_empty() || codes.iter().any(|code| code.kind == kind)
}

/// Whether what is shown of a record may be another: what is read first of it comes from others too.
fn told(codes: &[Code], code: Code) -> bool {
    let mut others = below(code.kind).iter();
    let calls = ABOUT.contains(&code.kind) && has(codes, Kind::Call);
    calls || codes.is_empty() || codes.contains(&code) || others.any(|kind| has(codes, *kind))
}

impl App {
    /// Somebody changed something: what is seen is asked for again; nothing moves by itself.
    pub fn notice(&mut self, notice: &Notice) {
        self.beneath(|app| match notice {
            Notice::Announce(said) => app.tell(Level::Warn, said.get(app.lang)),
            Notice::Taken(id, turn) => app.taken_draft(*id, *turn),
            Notice::Others(code, others) => app.others(*code, others.clone(), true),
            Notice::Changed(codes) => app.changed_by_others(codes),
        });
    }

    fn changed_by_others(&mut self, codes: &[Code]) {
        self.boards_again(codes);
        self.fell(codes);
        if has(codes, Kind::Organisation) || has(codes, Kind::Volunteer) {
            self.call(Tag::Tree, Request::Tree);
        }
        self.lists_changed(codes);
        let cards = self.over.iter().filter_map(|over| match over {
            Overlay::Card(card) => Some(card.view.code),
            _ => None,
        });
        let open: Vec<Code> = cards.filter(|code| told(codes, *code)).collect();
        for code in codes {
            if !self.own.remove(code) && !open.contains(code) {
                self.changed.insert(*code);
            }
        }
        self.previews_changed(codes);
        for code in open {
            self.again(code);
        }
    }

    /// The lists of what was changed take it in, as far as nothing moves.
    fn lists_changed(&mut self, codes: &[Code]) {
        let touched = |listed: &Kind| {
            codes.is_empty() || codes.iter().any(|code| touches(code.kind, *listed))
        };
        let mine = codes.iter().any(|code| self.own.contains(code));
        for pane in 0..self.lists.len() {
            let list = self.lists.get(pane);
            if list.is_some_and(|list| list.kinds.iter().any(touched)) {
                self.others_changed(pane, mine);
            }
        }
    }

    /// What is previewed of it is asked for again.
    fn previews_changed(&mut self, codes: &[Code]) {
        let unit = self.unit.as_ref().map(|view| view.code);
        if let Some(code) = unit.filter(|code| codes.contains(code)) {
            self.unit = None;
            self.unit_asked = None;
            if self.tree.code() == Some(code) {
                self.narrow();
            }
        }
        if self.peek_asked.is_some_and(|code| told(codes, code)) {
            self.peek_asked = None;
            self.peek_at();
        }
    }
}
