//! A windowed list: a page of a long result, with the selection kept on its record.

use std::collections::BTreeSet;

use tui_input::Input;

use crate::domain::kind::{Code, Kind};
use crate::protocol::{Find, Found, Order, Request, Row};

/// Rows that are asked for at once.
const PAGE: usize = 120;

/// The list.
pub struct List {
    /// Kinds that it lists; empty means all.
    pub kinds: Vec<Kind>,
    /// What is looked for.
    pub input: Input,
    /// Whether keys go to the input.
    pub typing: bool,
    /// How many there are.
    pub total: usize,
    /// Whether these are guesses.
    pub fuzzy: bool,
    /// Number of the first loaded row.
    pub from: usize,
    /// Loaded rows.
    pub rows: Vec<Row>,
    /// Number of the selected row.
    pub at: usize,
    /// Number of the first visible row.
    pub top: usize,
    /// Rows that fit on the screen.
    pub height: usize,
    /// Organisation that it is narrowed to.
    pub within: Option<Code>,
    /// Field and value that rows must agree with.
    pub filters: Vec<(String, String)>,
    /// The order of the rows.
    pub sort: Order,
    /// Rows that the operator marked.
    pub marked: BTreeSet<Code>,
    /// Number of the newest question; older answers are dropped.
    pub asked: u64,
    /// Whether an answer is awaited.
    pub waiting: bool,
    /// Where the rows that were asked for begin.
    next: usize,
    /// Whether the answer is to a new question: the selection starts at its top.
    fresh: bool,
}

impl List {
    /// An empty list of these kinds.
    pub fn new(kinds: &[Kind]) -> List {
        List {
            kinds: kinds.to_vec(),
            input: Input::default(),
            typing: false,
            total: 0,
            fuzzy: false,
            from: 0,
            rows: Vec::new(),
            at: 0,
            top: 0,
            height: 10,
            within: None,
            filters: Vec::new(),
            sort: Order::default(),
            marked: BTreeSet::new(),
            asked: 0,
            waiting: false,
            next: 0,
            fresh: false,
        }
    }

    /// Takes the place of another list: what was asked for that one is no answer for this one.
    pub fn succeed(&mut self, other: &List) {
        self.asked = self.asked.max(other.asked) + 1;
        self.within = other.within;
        self.height = other.height;
        self.typing = false;
    }

    /// The question for the window around the selection.
    pub fn ask(&mut self) -> (u64, Request) {
        self.asked += 1;
        self.waiting = true;
        let offset = self.top.saturating_sub(PAGE / 3);
        let find = Find {
            text: self.input.value().to_owned(),
            kinds: self.kinds.clone(),
            within: self.within,
            filters: self.filters.clone(),
            sort: self.sort,
            offset,
            // While somebody types, the rows in sight are enough; others are asked for when scrolled to.
            limit: if self.fresh {
                self.height * 2
            } else {
                PAGE.max(self.height * 3)
            },
        };
        self.next = offset;
        (self.asked, Request::Find(find))
    }

    /// The question after the text changed: from the top.
    pub fn retype(&mut self) -> (u64, Request) {
        self.at = 0;
        self.top = 0;
        self.fresh = true;
        self.ask()
    }

    /// Whether the rows still answer the question before: what is selected is not what was meant.
    pub fn unsettled(&self) -> bool {
        self.waiting && self.fresh
    }

    /// Takes in an answer; the selection stays on its record where that is still there.
    pub fn take(&mut self, asked: u64, found: Found) {
        if asked != self.asked {
            return;
        }
        let code = self.selected().map(|row| row.code);
        let fresh = std::mem::take(&mut self.fresh);
        self.waiting = false;
        self.from = self.next;
        self.total = found.total;
        self.fuzzy = found.fuzzy;
        self.rows = found.rows;
        if let Some(code) = code.filter(|_| !fresh)
            && let Some(place) = self.rows.iter().position(|row| row.code == code)
        {
            // What came in above pushes the list down, not the selection.
            let now = self.from + place;
            self.top = (self.top + now).saturating_sub(self.at);
            self.at = now;
        }
        self.at = self.at.min(self.total.saturating_sub(1));
        self.scroll();
    }

    /// The selected row, if it is loaded.
    pub fn selected(&self) -> Option<&Row> {
        self.row(self.at)
    }

    /// A row by its number, if it is loaded.
    pub fn row(&self, at: usize) -> Option<&Row> {
        at.checked_sub(self.from).and_then(|at| self.rows.get(at))
    }

    /// Moves the selection; true if rows must be loaded.
    pub fn go(&mut self, to: usize) -> bool {
        self.at = to.min(self.total.saturating_sub(1));
        self.scroll();
        let last = (self.top + self.height).min(self.total);
        self.top < self.from || last > self.from + self.rows.len()
    }

    /// Keeps the selection in sight after the height changed.
    pub fn keep(&mut self) {
        self.scroll();
    }

    fn scroll(&mut self) {
        if self.at < self.top {
            self.top = self.at;
        }
        if self.at >= self.top + self.height {
            self.top = self.at + 1 - self.height;
        }
    }
}
