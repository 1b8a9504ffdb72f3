//! A windowed list: a page of a long result, with the selection kept on its record.

use std::collections::BTreeSet;

use tui_input::Input;

use crate::domain::fold::is_gap;
use crate::domain::kind::{Code, Kind};
use crate::protocol::matter::{Matter, QUEUE_DAYS, Queue, QueueView, Which};
use crate::protocol::{Find, Found, List as Listing, MOST_ROWS, Order, Request, Row, View};
use crate::tui::open::row;

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
    /// Which matters, where it is the queue.
    pub queue: Option<Which>,
    /// The queue's counts, and its loaded rows as matters.
    pub docket: QueueView,
    /// Number of the newest question; older answers are dropped.
    pub asked: u64,
    /// Whether an answer is awaited.
    pub waiting: bool,
    /// Whether the caller's roles do not read this.
    pub denied: bool,
    /// Since when an answer is awaited.
    pub since: Option<chrono::NaiveDateTime>,
    /// When the rows came.
    pub as_of: Option<chrono::NaiveDateTime>,
    /// Rows that others added, and that wait to be taken in.
    pub news: usize,
    /// Rows that others took away, and that stay in sight until the list is taken in anew.
    pub gone: BTreeSet<Code>,
    /// Whether the answer that is awaited leaves every row at its place.
    pub(super) held: bool,
    /// Whether one's own doing is the cause of the question.
    pub(super) mine: bool,
    /// The selected row that was gone with an answer.
    pub(super) lost: Option<(Code, String)>,
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
            queue: None,
            docket: QueueView::default(),
            asked: 0,
            waiting: false,
            denied: false,
            since: None,
            as_of: None,
            news: 0,
            gone: BTreeSet::new(),
            held: false,
            mine: false,
            lost: None,
            next: 0,
            fresh: false,
        }
    }

    /// The queue of matters, which a kind of record stands for.
    pub fn queue(kind: Kind) -> List {
        List {
            queue: Some(Which::Open),
            ..List::new(&[kind])
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
        self.ask_from(self.top.saturating_sub(PAGE / 3), 0)
    }

    /// The question for the rows from a number on, and at least so many of them.
    pub(super) fn ask_from(&mut self, offset: usize, least: usize) -> (u64, Request) {
        self.asked += 1;
        self.waiting = true;
        self.denied = false;
        self.held = false;
        self.mine = false;
        // While somebody types, the rows in sight are enough; others are asked for when scrolled to.
        let limit = match self.fresh {
            true => self.height * 2,
            false => PAGE
                .max(self.height * 3)
                .max(least + PAGE / 3)
                .min(MOST_ROWS),
        };
        self.next = offset;
        if let Some(which) = self.queue {
            return (self.asked, self.matters(which, offset, limit));
        }
        if let Some(kind) = self.listed() {
            self.next = 0;
            return (self.asked, self.whole(kind));
        }
        let find = Find {
            text: self.input.value().to_owned(),
            kinds: self.kinds.clone(),
            within: self.within,
            filters: self.filters.clone(),
            sort: self.sort,
            offset,
            as_of: None,
            limit,
        };
        (self.asked, Request::Find(find))
    }

    fn matters(&self, which: Which, offset: usize, limit: usize) -> Request {
        let held = |key: &str| {
            let found = self.filters.iter().find(|(other, _)| other == key);
            found.map_or_else(String::new, |(_, value)| value.clone())
        };
        Request::Queue(Queue {
            which,
            text: self.input.value().to_owned(),
            kind: held("kind"),
            status: held("status"),
            days: self
                .filters
                .iter()
                .filter(|(key, _)| QUEUE_DAYS.contains(&key.as_str()))
                .cloned()
                .collect(),
            within: self.within,
            as_of: None,
            offset,
            limit,
        })
    }

    /// The kind that it lists whole, because nobody searches for it by words.
    fn listed(&self) -> Option<Kind> {
        let kind = self.kinds.first().copied();
        kind.filter(|kind| !kind.spec().searched && self.kinds.len() == 1)
    }

    fn whole(&self, kind: Kind) -> Request {
        Request::List(Listing {
            kind,
            filters: self.filters.clone(),
            within: self.within,
            sort: kind.spec().recency.map(|key| format!("-{key}")),
            after: None,
            as_of: None,
            limit: MOST_ROWS,
        })
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

    /// Takes in a page of the queue.
    pub fn take_matters(&mut self, asked: u64, view: QueueView) {
        if asked != self.asked {
            return;
        }
        let line = |one: &Matter| Row {
            code: one.code,
            kind: one.code.kind,
            title: one.title.clone(),
            subtitle: one.receiver.clone(),
            area: String::new(),
            phone: String::new(),
            status: one.status.clone(),
            day: one.day.clone(),
            why: Vec::new(),
            facts: Default::default(),
        };
        let found = Found {
            total: view.total,
            fuzzy: false,
            rows: view.rows.iter().map(line).collect(),
        };
        let held = self.holds();
        let before = std::mem::replace(&mut self.docket, view).rows;
        self.take(asked, found);
        if held {
            self.align(before);
        }
    }

    /// Takes in a whole kind; the words that were typed must stand in title or code.
    pub fn take_whole(&mut self, asked: u64, views: &[View]) {
        let text = self.input.value().to_lowercase();
        let fits = |row: &Row| {
            let held = format!("{} {}", row.title, row.code).to_lowercase();
            text.split(is_gap).all(|word| held.contains(word))
        };
        let rows: Vec<Row> = views.iter().map(row).filter(fits).collect();
        let found = Found {
            total: rows.len(),
            fuzzy: false,
            rows,
        };
        self.take(asked, found);
    }

    /// A matter of the queue by its number, if it is loaded.
    pub fn matter(&self, at: usize) -> Option<&Matter> {
        let at = at.checked_sub(self.from)?;
        self.docket.rows.get(at)
    }

    /// Takes in an answer; the selection stays on its record where that is still there.
    pub fn take(&mut self, asked: u64, found: Found) {
        if asked != self.asked {
            return;
        }
        let held = self.holds();
        let fresh = std::mem::take(&mut self.fresh);
        self.waiting = false;
        if held {
            return self.hold(found);
        }
        self.held = false;
        self.news = 0;
        self.gone.clear();
        let before = self.selected().filter(|_| !fresh);
        let before = before.map(|row| (row.code, row.title.clone()));
        self.from = self.next;
        self.total = found.total;
        self.fuzzy = found.fuzzy;
        self.rows = found.rows;
        let code = before.as_ref().map(|(code, _)| *code);
        let place = self.rows.iter().position(|row| Some(row.code) == code);
        if let Some(place) = place {
            // What came in above pushes the list down, not the selection; of a list that is seen
            // from its first row nothing goes out of sight as long as the selection stays in it.
            let now = self.from + place;
            if self.top > 0 || now >= self.height {
                self.top = (self.top + now).saturating_sub(self.at);
            }
            self.at = now;
        } else if self.row(self.at).is_some() || self.at >= self.total {
            self.lost = before.filter(|_| !self.mine);
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

    /// Keeps the selection in sight.
    pub fn keep(&mut self) {
        self.scroll();
    }

    /// So many rows fit now: where there is room again for what stands above the selection, it is seen.
    pub fn fit(&mut self, height: usize) {
        if height > self.height {
            self.top = self.top.saturating_sub(height - self.height);
            if self.at < height {
                self.top = 0;
            }
        }
        self.height = height;
        self.scroll();
    }

    fn scroll(&mut self) {
        if self.at < self.top {
            self.top = self.at;
        }
        if self.at >= self.top + self.height {
            self.top = self.at + 1 - self.height;
        }
        self.top = self.top.min(self.total.saturating_sub(self.height));
    }
}
