//! Boards: the people of an activity, their hours, who fits, a month, the findings; each fills the screen.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::kind::{Code, Kind};
use crate::tui::action::Place;
use crate::tui::calendar::Calendar;
use crate::tui::findings::Findings;
use crate::tui::hours::{Hours, Slot};
use crate::tui::hours_sum::Sums;
use crate::tui::matching::Matching;
use crate::tui::roster::Roster;

pub(super) use crate::tui::form::token;

pub mod act;
pub mod answer;
pub mod open;
pub mod step;

/// A board: rows with a selection, over one of five bodies.
pub struct Board {
    /// Its number within the session.
    pub id: u64,
    /// The selected row.
    pub at: usize,
    /// The first visible row.
    pub top: usize,
    /// Rows that fit.
    pub height: usize,
    /// Marked rows by their record.
    pub marked: BTreeSet<Code>,
    /// Number of the newest question; older answers are dropped.
    pub asked: u64,
    /// Whether nothing came yet.
    pub waiting: bool,
    /// What it shows.
    pub body: Body,
}

/// What a board shows.
pub enum Body {
    /// 名单: the people of an activity.
    Roster(Roster),
    /// 时长: their hours, typed in place.
    Hours(Box<Hours>),
    /// The hours of a year, unfolded.
    Sums(Sums),
    /// 找人: who fits.
    Matching(Matching),
    /// 日历.
    Calendar(Calendar),
    /// 检查.
    Findings(Findings),
}

/// What a call of a board was for.
#[derive(Clone, Debug)]
pub enum Part {
    /// Its rows, by the number of the question.
    Rows(u64),
    /// The record that it is about.
    About,
    /// The people of its activity.
    People,
    /// The service records of its activity.
    Records,
    /// Whether this record could be confirmed.
    Trial(Code),
    /// A step for several, by the token of its form and the step's key.
    Many(u64, &'static str),
    /// The hours of this volunteer on this day.
    Saved(Slot),
    /// This volunteer was enrolled, and then said something.
    Enrolled(usize),
    /// The enrolment whose note gets a line.
    Noted(usize),
    /// What was said on the phone is noted.
    Phoned,
}

/// What boards keep for the session.
#[derive(Default)]
pub struct Kept {
    /// The number of the last board.
    pub(super) number: u64,
    /// Hours that were typed and not saved, by activity.
    pub(super) hours: BTreeMap<Code, Hours>,
    /// Certificates that changed with the records below them since the last step from a board.
    pub(super) fallen: BTreeSet<Code>,
}

impl Board {
    /// Whether hours were sent to which no answer came.
    pub(super) fn unsure(&self) -> bool {
        match &self.body {
            Body::Hours(hours) => hours.typed.values().any(|draft| draft.unsure),
            _ => false,
        }
    }

    /// The kind of the records that are made on it.
    pub(super) fn makes(&self) -> Option<Kind> {
        match self.body {
            Body::Roster(_) => Some(Kind::Enrolment),
            Body::Hours(_) => Some(Kind::ServiceRecord),
            _ => None,
        }
    }

    /// The place that it is.
    pub fn place(&self) -> Place {
        match self.body {
            Body::Roster(_) => Place::Roster,
            Body::Hours(_) => Place::Hours,
            Body::Sums(_) => Place::Sums,
            Body::Matching(_) => Place::Matching,
            Body::Calendar(_) => Place::Calendar,
            Body::Findings(_) => Place::Findings,
        }
    }

    /// The action that opens it.
    pub fn action(&self) -> &'static str {
        match self.body {
            Body::Roster(_) => "roster",
            Body::Hours(_) | Body::Sums(_) => "hours",
            Body::Matching(_) => "matching",
            Body::Calendar(_) => "calendar",
            Body::Findings(_) => "findings",
        }
    }

    /// How many rows may be selected.
    pub fn rows(&self) -> usize {
        match &self.body {
            Body::Roster(one) => one.cover.people.len(),
            Body::Hours(one) => one.lines.len(),
            Body::Sums(one) => one.view.rows.len(),
            Body::Matching(one) => one.found.len(),
            Body::Calendar(one) => one.listed().count(),
            Body::Findings(one) => one.lines.len(),
        }
    }

    /// The record of a row.
    pub fn code_at(&self, at: usize) -> Option<Code> {
        match &self.body {
            Body::Roster(one) => one.cover.people.get(at).map(|row| row.enrolment),
            Body::Hours(one) => one.lines.get(at).map(|line| line.code()),
            Body::Sums(one) => one.view.rows.get(at).map(|row| row.code),
            Body::Matching(one) => one.found.get(at).map(|row| row.code),
            Body::Calendar(one) => one.listed().nth(at).map(|row| row.code),
            Body::Findings(one) => one.code(at),
        }
    }

    /// The selected record.
    pub fn current(&self) -> Option<Code> {
        match &self.body {
            Body::Calendar(one) if !one.inside() => None,
            _ => self.code_at(self.at),
        }
    }

    /// The volunteer of the selected row, where the phone stands beside the name.
    pub fn person(&self) -> Option<Code> {
        let code = match &self.body {
            Body::Roster(one) => one.cover.people.get(self.at).map(|row| row.volunteer),
            Body::Matching(one) => one.found.get(self.at).map(|row| row.code),
            _ => None,
        };
        code.filter(|code| code.kind == Kind::Volunteer)
    }

    /// Whose enrolment it is, of those who take part.
    pub fn name_of(&self, enrolment: Code) -> Option<&str> {
        let cover = match &self.body {
            Body::Roster(one) => &one.cover,
            Body::Hours(one) => &one.cover,
            _ => return None,
        };
        let mut people = cover.people.iter();
        let row = people.find(|row| row.enrolment == enrolment)?;
        Some(&row.name)
    }

    /// The activity, the need or the organisation that it is about.
    pub fn about(&self) -> Option<Code> {
        match &self.body {
            Body::Roster(one) => Some(one.activity),
            Body::Hours(one) => Some(one.activity),
            Body::Matching(one) => Some(one.code),
            Body::Sums(one) => one.of,
            Body::Calendar(_) | Body::Findings(_) => None,
        }
    }

    /// Whether keys are text now.
    pub fn typing(&self) -> bool {
        match &self.body {
            Body::Hours(one) => one.evidence.is_some(),
            Body::Findings(one) => one.typing,
            _ => false,
        }
    }

    /// Whether rows can be marked, and steps taken for them.
    pub fn marks(&self) -> Option<Kind> {
        match self.body {
            Body::Roster(_) => Some(Kind::Enrolment),
            Body::Hours(_) => Some(Kind::ServiceRecord),
            _ => None,
        }
    }

    /// Moves the selection.
    pub fn go(&mut self, to: usize) {
        self.at = to.min(self.rows().saturating_sub(1));
        self.keep();
    }

    /// Keeps the selection in sight after rows or height changed.
    pub fn keep(&mut self) {
        let height = self.height.max(1);
        self.at = self.at.min(self.rows().saturating_sub(1));
        self.top = self
            .top
            .min(self.at)
            .max((self.at + 1).saturating_sub(height));
    }

    /// Takes in something new; the selection stays on its record where that is still there.
    pub(super) fn renew(&mut self, change: impl FnOnce(&mut Body)) {
        let code = self.code_at(self.at);
        change(&mut self.body);
        self.waiting = false;
        if let Some(code) = code
            && self.code_at(self.at) != Some(code)
            && let Some(at) = (0..self.rows()).find(|at| self.code_at(*at) == Some(code))
        {
            self.at = at;
        }
        self.keep();
    }

    /// The state of a row's record.
    pub fn status(&self, code: Code) -> &str {
        match &self.body {
            Body::Roster(one) => one
                .cover
                .people
                .iter()
                .find(|row| row.enrolment == code)
                .map_or("", |row| row.status.as_str()),
            Body::Hours(one) => one.status(code),
            _ => "",
        }
    }
}
