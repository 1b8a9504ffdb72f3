//! 检查: what the rules hold against what stands, by rule.

use std::collections::BTreeSet;

use tui_input::Input;

use crate::domain::kind::Code;
use crate::protocol::Request;
use crate::protocol::work::{Check, Finding};
use crate::tui::app::App;
use crate::tui::board::Body;

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A rule, by its first finding, with their number.
    Rule(usize, usize),
    /// A finding.
    One(usize),
}

/// The findings.
pub struct Findings {
    /// In the subtree of this organisation.
    pub within: Option<Code>,
    /// The article that is asked for.
    pub input: Input,
    /// Whether keys go there.
    pub typing: bool,
    /// All of them, by rule.
    pub all: Vec<Finding>,
    /// Unfolded rules.
    pub open: BTreeSet<String>,
    /// The rows.
    pub lines: Vec<Line>,
}

impl Findings {
    /// Nothing is known yet.
    pub fn new(within: Option<Code>) -> Findings {
        Findings {
            within,
            input: Input::default(),
            typing: false,
            all: Vec::new(),
            open: BTreeSet::new(),
            lines: Vec::new(),
        }
    }

    /// What is asked.
    pub fn ask(&self) -> Request {
        Request::Check(Check {
            article: self.input.value().trim().parse().ok(),
            within: self.within,
            as_of: None,
            ..Check::default()
        })
    }

    /// The finding of a row.
    pub fn finding(&self, at: usize) -> Option<&Finding> {
        match self.lines.get(at)? {
            Line::Rule(first, _) => self.all.get(*first),
            Line::One(at) => self.all.get(*at),
        }
    }

    /// The record of a row; a rule has none.
    pub fn code(&self, at: usize) -> Option<Code> {
        match self.lines.get(at)? {
            Line::Rule(..) => None,
            Line::One(at) => Code::read(&self.all.get(*at)?.code),
        }
    }

    /// How many rules hold something.
    pub fn rules(&self) -> usize {
        self.lines
            .iter()
            .filter(|line| matches!(line, Line::Rule(..)))
            .count()
    }

    /// Lays out the rows.
    pub fn lay(&mut self) {
        let mut lines = Vec::new();
        let mut at = 0;
        for same in self.all.chunk_by(|one, other| one.rule == other.rule) {
            lines.push(Line::Rule(at, same.len()));
            if same
                .first()
                .is_some_and(|one| self.open.contains(&one.rule))
            {
                lines.extend((at..at + same.len()).map(Line::One));
            }
            at += same.len();
        }
        self.lines = lines;
    }
}

impl App {
    /// Enter or Right unfolds a rule, Enter again folds it; Left folds and goes to the rule.
    pub(super) fn fold_rule(&mut self, action: &str) {
        let Some(board) = self.top_board() else {
            return;
        };
        let Body::Findings(one) = &mut board.body else {
            return;
        };
        let Some(rule) = one.finding(board.at).map(|found| found.rule.clone()) else {
            return;
        };
        if let Some(code) = one.code(board.at).filter(|_| action == "open") {
            return self.show(code);
        }
        // A place without a team has no card.
        if matches!(one.lines.get(board.at), Some(Line::One(_))) && action != "left" {
            return;
        }
        let unfolded = one.open.contains(&rule);
        if unfolded && action != "right" {
            one.open.remove(&rule);
        } else if action != "left" {
            one.open.insert(rule.clone());
        }
        one.lay();
        let at = one.lines.iter().position(|line| {
            matches!(line, Line::Rule(first, _) if one.all.get(*first).is_some_and(|found| found.rule == rule))
        });
        board.go(at.unwrap_or(0));
    }
}
