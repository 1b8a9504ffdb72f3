//! Back and forth through what was opened: panes, cards, cases, boards.

use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::Request;
use crate::tui::app::{App, Level, Tag};
use crate::tui::overlay::Overlay;

/// As many places are remembered.
const MOST: usize = 100;

/// A place where one was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A pane with what it listed and what was selected.
    Pane(usize, Option<Kind>, Option<Code>),
    /// A card or a case.
    Card(Code),
    /// A board by its action, and the record that it is about.
    Board(&'static str, Option<Code>),
}

impl Spot {
    /// Whether it is the same place, whatever is selected there.
    fn same(&self, other: &Spot) -> bool {
        match (self, other) {
            (Spot::Pane(pane, kind, _), Spot::Pane(other, of, _)) => pane == other && kind == of,
            _ => self == other,
        }
    }
}

/// The places, and where among them one is.
#[derive(Default)]
pub struct Jumps {
    spots: Vec<Spot>,
    at: usize,
    /// The direction of a jump whose record was asked for.
    toward: Option<isize>,
}

impl Jumps {
    /// Notes where one is now.
    fn note(&mut self, spot: Spot) {
        if let Some(held) = self.spots.get_mut(self.at)
            && held.same(&spot)
        {
            *held = spot;
            return;
        }
        // Back from a card in the pane from which it was opened: that place is known.
        let past = self.spots.get(..=self.at).unwrap_or(&[]);
        let pane = past.iter().rfind(|held| matches!(held, Spot::Pane(..)));
        if matches!(spot, Spot::Pane(..)) && pane.is_some_and(|held| held.same(&spot)) {
            return;
        }
        self.spots.truncate(self.at + 1);
        if self.spots.len() == MOST {
            self.spots.remove(0);
        }
        self.spots.push(spot);
        self.at = self.spots.len() - 1;
    }

    /// The place of a jump from here.
    fn next(&self, here: Option<&Spot>, by: isize) -> Option<usize> {
        let there = self.spots.get(self.at);
        let left = by < 0 && !there.zip(here).is_some_and(|(one, other)| one.same(other));
        let at = match left {
            true => self.at,
            false => self.at.checked_add_signed(by)?,
        };
        (at < self.spots.len()).then_some(at)
    }
}

impl App {
    /// Where one is now; none in what lies over it for a moment.
    fn spot(&self) -> Option<Spot> {
        match self.over.last() {
            None => {
                let pane = self.source();
                let kind = pane.checked_sub(1).and_then(|pane| self.listed_kind(pane));
                Some(Spot::Pane(pane, kind, self.current()))
            }
            Some(Overlay::Card(card)) => Some(Spot::Card(card.view.code)),
            Some(Overlay::Board(board)) => Some(Spot::Board(board.action(), board.about())),
            Some(_) => None,
        }
    }

    /// Notes where one is now.
    pub(super) fn note_spot(&mut self) {
        if self.jumps.toward.is_none()
            && let Some(spot) = self.spot()
        {
            self.jumps.note(spot);
        }
    }

    /// `<` and `>`: to the place before or after this one.
    pub(super) fn jump(&mut self, by: isize) {
        let at = self.jumps.next(self.spot().as_ref(), by);
        self.jump_to(at, by);
    }

    fn jump_to(&mut self, at: Option<usize>, by: isize) {
        let spot = at.and_then(|at| Some((at, self.jumps.spots.get(at)?.clone())));
        let Some((at, spot)) = spot else {
            let told = match by < 0 {
                true => self.say("没有更早的去处了", "there is no place before"),
                false => self.say("没有更后的去处了", "there is no place after"),
            };
            return self.tell(Level::Warn, told);
        };
        self.jumps.at = at;
        // A form keeps its text as a draft.
        while !self.over.is_empty() {
            self.back();
        }
        match spot {
            Spot::Pane(pane, kind, code) => self.reach_pane(pane, kind, code),
            Spot::Card(code) => {
                self.jumps.toward = Some(by);
                self.show(code);
            }
            Spot::Board(action, None) => {
                self.board_on(action, None);
            }
            Spot::Board(action, Some(code)) => {
                self.jumps.toward = Some(by);
                self.call(Tag::Jump(action, code), Request::Show(code));
            }
        }
    }

    /// A pane as it was: what it listed, and what was selected if that is still there.
    fn reach_pane(&mut self, pane: usize, kind: Option<Kind>, code: Option<Code>) {
        self.focus = pane;
        let Some(nth) = pane.checked_sub(1) else {
            if let Some(code) = code {
                self.tree.reach(code.number);
            }
            return;
        };
        if let Some(kind) = kind {
            self.list_kind(nth, kind);
        }
        if let Some(list) = self.lists.get_mut(nth) {
            list.typing = false;
            let place = list.rows.iter().position(|row| Some(row.code) == code);
            if let Some(place) = place {
                list.go(list.from + place);
            }
        }
    }

    /// The record of a jump is there.
    pub(super) fn jumped(&mut self, board: Option<(&'static str, Code)>) {
        self.jumps.toward = None;
        if let Some((action, code)) = board {
            self.board_on(action, Some(code));
        }
    }

    /// The record of a jump is gone: the place is passed over. False if that is not why it failed.
    pub(super) fn passed(&mut self, refusal: &Refusal) -> bool {
        let Some(by) = self.jumps.toward.take() else {
            return false;
        };
        let gone = matches!(
            refusal.kind,
            RefusalKind::NotFound | RefusalKind::NotPermitted
        );
        if !gone {
            return false;
        }
        let at = self.jumps.at;
        if at < self.jumps.spots.len() {
            self.jumps.spots.remove(at);
        }
        let next = if by < 0 { at.checked_sub(1) } else { Some(at) };
        self.jumps.at = at.saturating_sub(1);
        self.jump_to(next, by);
        true
    }
}
