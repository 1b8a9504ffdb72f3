//! What others change while somebody stands in a list: every row keeps its place until F5.

use std::collections::BTreeMap;

use crate::domain::kind::Code;
use crate::domain::said::Lang;
use crate::protocol::matter::Matter;
use crate::protocol::{Found, Request, Row};
use crate::tui::app::{App, Level, Tag};
use crate::tui::list::List;

impl List {
    /// The question after others changed something: the answer moves no row.
    pub(super) fn ask_held(&mut self) -> (u64, Request) {
        // What was asked to be taken in is still to be taken in.
        let held = self.held || !self.waiting;
        let asked = match held {
            true => self.ask_from(self.from, self.rows.len()),
            false => self.ask(),
        };
        self.held = held;
        asked
    }

    /// Whether the answer that is awaited leaves the rows where they are.
    pub(super) fn holds(&self) -> bool {
        self.held && !self.unsettled() && !self.rows.is_empty()
    }

    /// Takes in what the rows say now, each at its place; new ones are counted, those that are gone stay in sight.
    pub(super) fn hold(&mut self, found: Found) {
        let whole =
            self.from == 0 && self.rows.len() >= self.total && found.rows.len() >= found.total;
        let before = self.gone.clone();
        let rows = found.rows.into_iter().map(|row| (row.code, row));
        let mut come: BTreeMap<Code, Row> = rows.collect();
        for row in &mut self.rows {
            match come.remove(&row.code) {
                Some(now) => {
                    self.gone.remove(&row.code);
                    *row = now;
                }
                // Of a longer list it may stand on a page that was not asked for.
                None if whole => {
                    self.gone.insert(row.code);
                }
                None => {}
            }
        }
        self.news = match whole {
            true => come.len(),
            false => found.total.saturating_sub(self.total),
        };
        let lost = self.selected().map(|row| (row.code, row.title.clone()));
        let lost = lost.filter(|(code, _)| self.gone.contains(code) && !before.contains(code));
        if let (Some(lost), Some(to)) = (lost, self.neighbour()) {
            self.lost = Some(lost);
            self.at = to;
        }
        self.keep();
    }

    /// The next row in sight that is not gone, else the one before.
    fn neighbour(&self) -> Option<usize> {
        let there = |at: &usize| {
            let row = self.row(*at);
            row.is_some_and(|row| !self.gone.contains(&row.code))
        };
        let mut below = self.at + 1..self.top + self.height;
        let mut above = (self.from..self.at).rev();
        let found = below.find(&there).or_else(|| above.find(&there));
        found.or_else(|| (self.at + 1..self.from + self.rows.len()).find(there))
    }

    /// The matters stand in the order of the rows.
    pub(super) fn align(&mut self, before: Vec<Matter>) {
        let now = std::mem::take(&mut self.docket.rows);
        let all = before.into_iter().chain(now).map(|one| (one.code, one));
        let mut all: BTreeMap<Code, Matter> = all.collect();
        let rows = self.rows.iter().filter_map(|row| all.remove(&row.code));
        self.docket.rows = rows.collect();
    }
}

impl App {
    /// Others changed something that a pane lists; where somebody stands in it, its rows keep their places.
    pub(super) fn others_changed(&mut self, pane: usize, mine: bool) {
        let stands = self.source() == pane + 1;
        let Some(list) = self.lists.get_mut(pane) else {
            return;
        };
        if mine || !stands {
            self.ask_list(pane);
            if let Some(list) = self.lists.get_mut(pane) {
                list.mine = mine;
            }
            return;
        }
        let (asked, request) = list.ask_held();
        self.call(Tag::List(pane, asked), request);
    }

    /// Says that the selected row is gone, and which one is selected now.
    pub(super) fn tell_lost(&mut self, pane: usize) {
        let stands = self.source() == pane + 1;
        let Some(list) = self.lists.get_mut(pane) else {
            return;
        };
        let Some((code, title)) = list.lost.take().filter(|_| stands) else {
            return;
        };
        let now = list.selected().map(|row| row.title.clone());
        let told = match (now, self.lang) {
            (Some(now), Lang::Zh) => format!("{code} {title} 已不在此列，现选中 {now}"),
            (Some(now), Lang::En) => {
                format!("{code} {title} is not listed here any more; selected now: {now}")
            }
            (None, Lang::Zh) => format!("{code} {title} 已不在此列"),
            (None, Lang::En) => format!("{code} {title} is not listed here any more"),
        };
        self.tell(Level::Warn, told);
    }
}
