//! Who else has open what is open here.

use crate::domain::kind::Code;
use crate::domain::said::Lang;
use crate::protocol::Request;
use crate::protocol::presence::Other;
use crate::tui::app::{App, Tag};
use crate::tui::overlay::Overlay;

/// What the service knows of this session, and what it said of others.
#[derive(Default)]
pub struct Presence {
    /// The record that is open, and whether it is edited.
    told: Option<(Code, bool)>,
    /// The others who have it open.
    others: Vec<Other>,
    /// Whether the service told of others since: that is newer than any answer.
    heard: bool,
}

impl App {
    /// The record that is open, and whether it is edited.
    fn opened(&self) -> Option<(Code, bool)> {
        self.over.iter().rev().find_map(|over| match over {
            Overlay::Form(form) => form.code().map(|code| (code, true)),
            Overlay::Card(card) => Some((card.view.code, false)),
            _ => None,
        })
    }

    /// Tells the service what is open, where that has changed.
    pub(super) fn show_presence(&mut self) {
        let open = self.opened();
        if self.presence.told == open || self.offline {
            return;
        }
        if self.presence.told.map(|(code, _)| code) != open.map(|(code, _)| code) {
            self.presence.others.clear();
            self.presence.heard = false;
        }
        self.presence.told = open;
        let (code, edits) = (open.map(|(code, _)| code), open.is_some_and(|(_, e)| e));
        self.call(Tag::Others(code), Request::Open { code, edits });
    }

    /// The service is another one, or begins anew: it knows nothing of this session.
    pub(super) fn forget_presence(&mut self) {
        self.presence = Presence::default();
    }

    /// These others have a record open: so the service told, or answered.
    pub(super) fn others(&mut self, code: Code, others: Vec<Other>, told: bool) {
        let here = self.presence.told.is_some_and(|(told, _)| told == code);
        // An answer that a notice overtook is older than it.
        if here && (told || !self.presence.heard) {
            self.presence.heard |= told;
            self.presence.others = others;
        }
    }

    /// What is said of the others at a record; nothing if there are none.
    pub fn said_others(&self, code: Code) -> String {
        let here = self.presence.told.is_some_and(|(told, _)| told == code);
        let edits = |edits: bool| -> Vec<&str> {
            let those = self.presence.others.iter().filter(|one| one.edits == edits);
            those.map(|one| one.name.as_str()).collect()
        };
        let mut said = Vec::new();
        for (names, zh, en) in [
            (edits(true), "正在编辑", "editing"),
            (edits(false), "正在查看此案", "reading this"),
        ] {
            let zh = match code.kind {
                crate::domain::kind::Kind::Complaint => zh,
                _ => zh.trim_end_matches("此案"),
            };
            if here && !names.is_empty() {
                said.push(match self.lang {
                    Lang::Zh => format!("{} {zh}", names.join("、")),
                    Lang::En => format!("{}: {en}", names.join(", ")),
                });
            }
        }
        said.join("  ")
    }
}
