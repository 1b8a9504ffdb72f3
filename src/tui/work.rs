//! Pane 3: the work in its five lists, one at a time.

use crate::domain::kind::Kind;
use crate::domain::said::{Text, t};
use crate::tui::app::App;
use crate::tui::list::List;

/// What the pane can list, in the order of its key.
pub const WORK: [(Kind, Text); 5] = [
    (Kind::Activity, t("3 活动", "3 Activities")),
    (Kind::Agreement, t("3 协议", "3 Agreements")),
    (Kind::Need, t("3 需求", "3 Needs")),
    (Kind::Certificate, t("3 证明", "3 Certificates")),
    (Kind::Insurance, t("3 保单", "3 Policies")),
];

/// The number of the pane among the lists.
const PANE: usize = 1;

/// The other kinds whose changes change what is told of a record of a kind.
pub fn below(kind: Kind) -> &'static [Kind] {
    match kind {
        Kind::Activity => &[Kind::Enrolment, Kind::Insurance, Kind::Agreement],
        Kind::Certificate => &[Kind::ServiceRecord],
        Kind::Need => &[Kind::Activity],
        _ => &[],
    }
}

/// Whether a change of one kind changes a list of another.
pub fn touches(changed: Kind, listed: Kind) -> bool {
    changed == listed || changed == Kind::Organisation || below(listed).contains(&changed)
}

impl App {
    /// `p`: to the pane; in it, to the next kind. Each list keeps its search, filters and marks.
    pub(super) fn turn_work(&mut self) {
        if self.focus != PANE + 1 {
            self.focus = PANE + 1;
            return;
        }
        let now = self.work_kind();
        let at = WORK.iter().position(|(kind, _)| *kind == now).unwrap_or(0);
        let next = WORK.get((at + 1) % WORK.len()).map(|(kind, _)| *kind);
        self.list_work(next.unwrap_or(Kind::Activity));
    }

    /// Lists a kind in the pane.
    pub(super) fn list_work(&mut self, kind: Kind) {
        if self.work_kind() == kind {
            return;
        }
        let kept = self.aside.iter().position(|list| list.kinds == [kind]);
        let mut list = match kept {
            Some(at) => self.aside.remove(at),
            None => List::new(&[kind]),
        };
        let Some(shown) = self.lists.get_mut(PANE) else {
            return;
        };
        list.succeed(shown);
        self.aside.push(std::mem::replace(shown, list));
        self.ask_list(PANE);
    }

    /// The kind that the pane lists now.
    pub fn work_kind(&self) -> Kind {
        let list = self.lists.get(PANE);
        let kind = list.and_then(|list| list.kinds.first());
        kind.copied().unwrap_or(Kind::Activity)
    }
}
