//! Answers to cards: a record to open, one that is open, its log, a field that is shown.

use crate::domain::kind::{Code, Kind};
use crate::protocol::{Answer, LogEntry, Request, View};
use crate::tui::app::{App, Tag};
use crate::tui::overlay::{Card, Overlay};

impl App {
    /// An answer to a card.
    pub(super) fn card_answer(&mut self, tag: Tag, answer: Answer) {
        match (tag, answer) {
            (Tag::Card, Answer::View(view)) => self.open_card(view),
            (Tag::Card, Answer::Case(case)) => {
                self.jumped(None);
                self.open_case(*case);
            }
            (Tag::Again(code), Answer::Case(case)) => self.each_card(code, |card| {
                card.view = case.view.clone();
                card.case = Some(case.clone());
            }),
            (Tag::Again(code), Answer::View(view)) => {
                self.each_card(code, |card| card.view = view.clone());
            }
            (Tag::Latest(code), Answer::Entries(entries)) => {
                self.each_card(code, |card| card.latest = entries.clone());
            }
            (Tag::History, Answer::Entries(entries)) => self.open_history(entries),
            _ => {}
        }
    }

    /// An answer to where one is, and what is seen there.
    pub(super) fn spot_answer(&mut self, tag: Tag, answer: Answer) {
        match (tag, answer) {
            (Tag::Jump(action, code), Answer::View(_)) => self.jumped(Some((action, code))),
            (Tag::Reveal(code, field), Answer::Revealed(text)) => {
                if matches!(self.over.last(), Some(Overlay::Reason(..))) {
                    self.over.pop();
                }
                if !self.covered() {
                    self.shown = Some((code, field, text, self.now));
                    self.tell_shown();
                }
            }
            (Tag::Others(Some(code)), Answer::Others(others)) => self.others(code, others, false),
            _ => {}
        }
    }

    /// The record came: its card.
    fn open_card(&mut self, view: View) {
        self.jumped(None);
        self.seen(&view);
        if view.kind == Kind::Organisation {
            self.tree.reach(view.code.number);
        }
        self.lay_card(Card::new(view));
    }

    /// Lays a card over what is there, or in the place of the one that was turned.
    pub(in crate::tui) fn lay_card(&mut self, card: Card) {
        if std::mem::take(&mut self.turning) && matches!(self.over.last(), Some(Overlay::Card(_))) {
            self.over.pop();
        }
        self.over.push(Overlay::Card(Box::new(card)));
        self.narrow();
    }

    /// Every open card of a record.
    fn each_card(&mut self, code: Code, renew: impl Fn(&mut Card)) {
        for over in &mut self.over {
            if let Overlay::Card(card) = over
                && card.view.code == code
            {
                renew(card);
            }
        }
    }

    /// The history over its card, or the card again; the card first where it is not open.
    fn open_history(&mut self, entries: Vec<LogEntry>) {
        if let Some(Overlay::Card(card)) = self.over.last_mut() {
            card.history = match card.history {
                Some(_) => None,
                None => Some(entries),
            };
            card.top = 0;
        } else if let Some(code) = self.current() {
            self.show(code);
            self.call(Tag::History, Request::History { code, limit: 200 });
        }
    }
}
