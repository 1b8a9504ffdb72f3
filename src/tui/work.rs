//! Panes 3 and 4: what each can list, one kind at a time.

use crate::domain::kind::Kind;
use crate::domain::said::{Text, t};
use crate::tui::app::App;
use crate::tui::list::List;

/// What pane 3 can list, in the order of its key.
pub const WORK: &[(Kind, Text)] = &[
    (Kind::Activity, t("3 活动", "3 Activities")),
    (Kind::Agreement, t("3 协议", "3 Agreements")),
    (Kind::Need, t("3 需求", "3 Needs")),
    (Kind::Certificate, t("3 证明", "3 Certificates")),
    (Kind::Insurance, t("3 保单", "3 Policies")),
];

/// What pane 4 can list; the first stands for the queue of all matters.
pub const WATCH: &[(Kind, Text)] = &[
    (Kind::Complaint, t("4 投诉与监督", "4 Complaints")),
    (Kind::Incident, t("4 损害事件", "4 Incidents")),
    (Kind::Oversight, t("4 监督", "4 Oversight")),
    (Kind::Sanction, t("4 处理", "4 Sanctions")),
    (Kind::Call, t("4 来电", "4 Calls")),
];

/// What a pane of the lists can list: nothing but one kind in the first.
pub fn turns(pane: usize) -> &'static [(Kind, Text)] {
    match pane {
        1 => WORK,
        2 => WATCH,
        _ => &[],
    }
}

/// The other kinds whose changes change what is told of a record of a kind.
pub fn below(kind: Kind) -> &'static [Kind] {
    match kind {
        Kind::Activity => &[Kind::Enrolment, Kind::Insurance, Kind::Agreement],
        Kind::Certificate => &[Kind::ServiceRecord],
        Kind::Need => &[Kind::Activity],
        Kind::Complaint => &[Kind::Incident, Kind::Sanction],
        _ => &[],
    }
}

/// Whether a change of one kind changes a list of another.
pub fn touches(changed: Kind, listed: Kind) -> bool {
    changed == listed || changed == Kind::Organisation || below(listed).contains(&changed)
}

impl App {
    /// `p`: to pane 3; there and in pane 4, to the next kind. Each list keeps its search, filters and marks.
    pub(super) fn turn_work(&mut self) {
        if self.focus < 2 {
            self.focus = 2;
            return;
        }
        let pane = self.focus - 1;
        let all = turns(pane);
        let now = self.listed_kind(pane);
        let at = all.iter().position(|(kind, _)| Some(*kind) == now);
        let next = all.get((at.unwrap_or(0) + 1) % all.len().max(1));
        if let Some((kind, _)) = next {
            self.list_kind(pane, *kind);
        }
    }

    /// Lists a kind in a pane.
    pub(super) fn list_kind(&mut self, pane: usize, kind: Kind) {
        if self.listed_kind(pane) == Some(kind) {
            return;
        }
        let kept = self.aside.iter().position(|list| list.kinds == [kind]);
        let mut list = match kept {
            Some(at) => self.aside.remove(at),
            None => {
                let mut list = List::new(&[kind]);
                list.sort = self.preferred_order(kind);
                list
            }
        };
        let Some(shown) = self.lists.get_mut(pane) else {
            return;
        };
        list.succeed(shown);
        self.aside.push(std::mem::replace(shown, list));
        self.ask_list(pane);
    }

    /// The kind that a pane of the lists shows now.
    pub fn listed_kind(&self, pane: usize) -> Option<Kind> {
        self.lists.get(pane)?.kinds.first().copied()
    }

    /// The kind that pane 3 lists now.
    pub fn work_kind(&self) -> Kind {
        self.listed_kind(1).unwrap_or(Kind::Activity)
    }

    /// `j`: what must be done today, and back to all that is open; from elsewhere to pane 4.
    pub(super) fn turn_today(&mut self) {
        use crate::protocol::matter::Which;
        let there = self.focus == 3 && self.listed_kind(2) == Some(Kind::Complaint);
        self.focus = 3;
        self.list_kind(2, Kind::Complaint);
        let now = self.lists.get(2).and_then(|list| list.queue);
        let which = match now {
            Some(Which::Today) if there => Which::Open,
            _ => Which::Today,
        };
        self.list_which(which);
    }

    /// Lists other matters of the queue.
    pub(super) fn list_which(&mut self, which: crate::protocol::matter::Which) {
        if let Some(list) = self.lists.get_mut(2).filter(|list| list.queue.is_some()) {
            list.queue = Some(which);
            let (asked, request) = list.retype();
            self.call(crate::tui::tag::Tag::List(2, asked), request);
        }
    }
}
