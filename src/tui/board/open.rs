//! Opening a board, and what it asks.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::kind::{Code, Kind};
use crate::protocol::draft::Within;
use crate::protocol::work;
use crate::protocol::{List, MOST_ROWS, Request};
use crate::tui::app::{App, Level, Tag};
use crate::tui::board::{Board, Body, Part};
use crate::tui::calendar::Calendar;
use crate::tui::findings::Findings;
use crate::tui::hours::Hours;
use crate::tui::hours_sum::Sums;
use crate::tui::matching::Matching;
use crate::tui::overlay::Overlay;
use crate::tui::roster::Roster;
use chrono::Datelike;

/// As many who fit as are listed.
const FITTING: usize = 200;

impl App {
    /// The board on top, also below a menu or a form.
    pub fn board(&self) -> Option<&Board> {
        self.over.iter().rev().find_map(|over| match over {
            Overlay::Board(board) => Some(board.as_ref()),
            _ => None,
        })
    }

    /// The board that the keys go to.
    pub(in crate::tui) fn top_board(&mut self) -> Option<&mut Board> {
        match self.over.last_mut() {
            Some(Overlay::Board(board)) => Some(board),
            _ => None,
        }
    }

    /// A board by its number.
    pub(in crate::tui) fn board_of(&mut self, id: u64) -> Option<&mut Board> {
        self.over.iter_mut().find_map(|over| match over {
            Overlay::Board(board) if board.id == id => Some(board.as_mut()),
            _ => None,
        })
    }

    /// Whether what is on top lies right over a board: its result shows there, not on a card.
    pub(in crate::tui) fn over_board(&self) -> bool {
        let below = self
            .over
            .len()
            .checked_sub(2)
            .and_then(|at| self.over.get(at));
        matches!(below, Some(Overlay::Board(_)))
    }

    /// The record of one of these kinds that is meant: the selected one, or one that the open card names.
    fn meant(&self, kinds: &[Kind]) -> Option<Code> {
        let current = self.current().filter(|code| kinds.contains(&code.kind));
        let named = || match self.over.last() {
            Some(Overlay::Card(card)) => kinds
                .iter()
                .filter_map(|kind| card.view.fields.get(kind.spec().key))
                .find_map(|value| Code::read(&value.to_string())),
            Some(Overlay::Board(board)) => board.about().filter(|code| kinds.contains(&code.kind)),
            _ => None,
        };
        current.or_else(named)
    }

    /// Opens a board by its action on what is meant; false if the action opens none.
    pub(super) fn open_board(&mut self, action: &str) -> bool {
        let kinds: &[Kind] = match action {
            "roster" => &[Kind::Activity],
            "matching" => &[Kind::Need, Kind::Activity],
            "hours" => &[Kind::Activity, Kind::Volunteer, Kind::Organisation],
            _ => &[],
        };
        let about = self.meant(kinds);
        self.board_on(action, about)
    }

    /// Opens a board by its action on a record; false if the action opens none.
    pub(in crate::tui) fn board_on(&mut self, action: &str, about: Option<Code>) -> bool {
        let within = self.lists.first().and_then(|list| list.within);
        let body = match action {
            "roster" => about.map(|activity| {
                Body::Roster(Roster {
                    activity,
                    view: None,
                    cover: work::CoverView::default(),
                })
            }),
            "matching" => about.map(|code| Body::Matching(Matching::new(code))),
            "hours" => match about {
                Some(code) if code.kind == Kind::Activity => {
                    self.open_hours(code);
                    return true;
                }
                of => Some(Body::Sums(Sums::new(of, self.now.year()))),
            },
            "calendar" => Some(Body::Calendar(Calendar::new(self.now.date(), within))),
            "findings" => Some(Body::Findings(Findings::new(within))),
            _ => return false,
        };
        let Some(body) = body else {
            let told = self.say(
                "先选中一项活动或需求（窗 3）",
                "select an activity or a need first (pane 3)",
            );
            self.tell(Level::Warn, told);
            return true;
        };
        self.push_board(body);
        true
    }

    /// The hours of an activity, with what was typed into them before.
    pub(in crate::tui) fn open_hours(&mut self, activity: Code) {
        let today = self.now.date();
        let left = self.kept.hours.remove(&activity);
        let known = left.is_some();
        let hours = match left {
            Some(left) => Hours {
                ahead: left.ahead,
                evidence: left.evidence,
                proves: left.proves,
                spent: left.spent,
                ..Hours::new(activity, today, left.typed)
            },
            None => Hours::new(activity, today, BTreeMap::new()),
        };
        self.push_board(Body::Hours(Box::new(hours)));
        let held = self.drafts.held.iter().find(|draft| {
            draft.within == Within::Hours(activity) && draft.discarded.is_none() && !draft.closed
        });
        if let Some(id) = held.map(|draft| draft.id).filter(|_| !known) {
            self.go_on(id);
        }
    }

    fn push_board(&mut self, body: Body) {
        self.kept.number += 1;
        let id = self.kept.number;
        self.over.push(Overlay::Board(Box::new(Board {
            id,
            at: 0,
            top: 0,
            height: 10,
            marked: BTreeSet::new(),
            asked: 0,
            waiting: true,
            body,
        })));
        self.ask_board(id);
    }

    /// Asks for all that a board shows.
    pub(in crate::tui) fn ask_board(&mut self, id: u64) {
        let Some(board) = self.board_of(id) else {
            return;
        };
        board.asked += 1;
        let asked = board.asked;
        let calls: Vec<(Part, Request)> = match &board.body {
            Body::Roster(one) => vec![
                (Part::People, Request::Cover(one.activity)),
                (Part::About, Request::Show(one.activity)),
            ],
            Body::Hours(one) => vec![
                (Part::People, Request::Cover(one.activity)),
                (Part::About, Request::Show(one.activity)),
                (Part::Records, records(one.activity, None)),
            ],
            Body::Sums(one) => vec![(Part::Rows(asked), one.ask())],
            Body::Matching(one) => {
                let (code, limit) = (one.code, FITTING);
                let mut calls = vec![
                    (Part::Rows(asked), Request::Match { code, limit }),
                    (Part::About, Request::Show(code)),
                ];
                if code.kind == Kind::Activity {
                    calls.push((Part::People, Request::Cover(code)));
                }
                calls
            }
            Body::Calendar(one) => vec![(Part::Rows(asked), one.ask())],
            Body::Findings(one) => vec![(Part::Rows(asked), one.ask())],
        };
        for (part, request) in calls {
            self.call(Tag::Board(id, part), request);
        }
    }

    /// Certificates that changed together with records, while their hours are on the screen.
    pub(in crate::tui) fn fell(&mut self, codes: &[Code]) {
        let hours = matches!(self.board().map(|board| &board.body), Some(Body::Hours(_)));
        let of = |kind: Kind| codes.iter().filter(move |code| code.kind == kind);
        if !hours || of(Kind::ServiceRecord).next().is_none() {
            return;
        }
        self.kept.fallen.extend(of(Kind::Certificate));
        self.tell_fallen();
    }

    /// Something changed: every board asks anew.
    pub(in crate::tui) fn boards_again(&mut self, codes: &[Code]) {
        let told = |kind: Kind| !matches!(kind, Kind::Complaint | Kind::Certificate);
        if !codes.is_empty() && !codes.iter().any(|code| told(code.kind)) {
            return;
        }
        let boards = self.over.iter().filter_map(|over| match over {
            // A check reads everything: it waits for F5.
            Overlay::Board(board) if !matches!(board.body, Body::Findings(_)) => Some(board.id),
            _ => None,
        });
        for id in boards.collect::<Vec<u64>>() {
            self.ask_board(id);
        }
    }
}

/// A page of the service records of an activity.
pub(super) fn records(activity: Code, after: Option<Code>) -> Request {
    Request::List(List {
        kind: Kind::ServiceRecord,
        filters: vec![("activity".to_owned(), activity.to_string())],
        within: None,
        sort: None,
        after,
        as_of: None,
        limit: MOST_ROWS,
    })
}
