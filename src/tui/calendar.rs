//! 日历: the activities of a month, by day.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::kind::{Code, Kind};
use crate::domain::said::Lang;
use crate::domain::workday;
use crate::protocol::Request;
use crate::protocol::work::{self, CalendarRow};
use crate::tui::app::{App, Level};
use crate::tui::board::Body;
use crate::tui::month::Month;

/// The month of a day.
pub struct Calendar {
    /// The chosen day.
    pub day: NaiveDate,
    /// In the subtree of this organisation.
    pub within: Option<Code>,
    /// The activities of the month, by day and time.
    pub rows: Vec<CalendarRow>,
    /// Whether it is a list by day instead of a grid.
    pub list: bool,
    /// Whether the arrows move among the activities of the day.
    pub within_day: bool,
}

impl Calendar {
    /// The month of a day.
    pub fn new(day: NaiveDate, within: Option<Code>) -> Calendar {
        Calendar {
            day,
            within,
            rows: Vec::new(),
            list: false,
            within_day: false,
        }
    }

    fn first(&self) -> NaiveDate {
        self.day.with_day(1).unwrap_or(self.day)
    }

    fn last(&self) -> NaiveDate {
        let next = self.first().checked_add_months(Months::new(1));
        next.and_then(|next| next.pred_opt()).unwrap_or(self.day)
    }

    /// What is asked: the month.
    pub fn ask(&self) -> Request {
        Request::Calendar(work::Calendar {
            from: self.first(),
            to: self.last(),
            within: self.within,
        })
    }

    /// Whether the selection is an activity, not a day.
    pub fn inside(&self) -> bool {
        self.list || self.within_day
    }

    /// The activities below the grid, or all of the month.
    pub fn listed(&self) -> impl Iterator<Item = &CalendarRow> {
        self.rows
            .iter()
            .filter(|row| self.list || row.day == self.day)
    }

    /// The month as a grid.
    pub fn month(&self, today: NaiveDate, lang: Lang) -> Month {
        let mut month = Month::of(workday::Calendar::shipped(), self.day, today, lang);
        for row in &self.rows {
            month.put(
                row.day,
                format!("{} {}", row.title, people(row)),
                short(row, today),
            );
        }
        month
    }
}

/// `12/20`: who agreed, and who are needed.
pub fn people(row: &CalendarRow) -> String {
    format!("{}/{}", row.people.0, row.people.1)
}

/// Whether people are missing for what is still to come.
pub fn short(row: &CalendarRow, today: NaiveDate) -> bool {
    let live = Kind::Activity
        .spec()
        .state(&row.status)
        .is_some_and(|state| state.live);
    live && row.day >= today && (row.people.0 as i64) < row.people.1
}

impl App {
    /// Moves by days; another month is asked for.
    pub(super) fn move_day(&mut self, days: i64) {
        self.change_day(|day| {
            let by = Days::new(days.unsigned_abs());
            if days < 0 {
                day.checked_sub_days(by)
            } else {
                day.checked_add_days(by)
            }
        });
    }

    /// Moves by months.
    pub(super) fn move_month(&mut self, months: i32) {
        self.change_day(|day| {
            let by = Months::new(months.unsigned_abs());
            if months < 0 {
                day.checked_sub_months(by)
            } else {
                day.checked_add_months(by)
            }
        });
    }

    /// Home and End: the first and the last day of the month.
    pub(super) fn end_of_month(&mut self, last: bool) {
        let Some(Body::Calendar(one)) = self.board().map(|board| &board.body) else {
            return;
        };
        let day = if last { one.last() } else { one.first() };
        self.change_day(|_| Some(day));
    }

    fn change_day(&mut self, to: impl FnOnce(NaiveDate) -> Option<NaiveDate>) {
        let Some(board) = self.top_board() else {
            return;
        };
        let id = board.id;
        let Body::Calendar(one) = &mut board.body else {
            return;
        };
        let before = one.first();
        let known = |day: &NaiveDate| (1900..=2200).contains(&day.year());
        let Some(day) = to(one.day).filter(known) else {
            return;
        };
        one.day = day;
        (board.at, board.top) = (0, 0);
        if one.first() != before {
            one.rows.clear();
            board.waiting = true;
            self.ask_board(id);
        }
    }

    /// Enter: into the day, or to its only activity.
    pub(super) fn open_day(&mut self) {
        let Some(board) = self.top_board() else {
            return;
        };
        let (count, at) = (board.rows(), board.at);
        let code = board.code_at(at);
        let Body::Calendar(one) = &mut board.body else {
            return;
        };
        match (one.inside() || count == 1, code) {
            (true, Some(code)) => self.show(code),
            (false, Some(_)) => one.within_day = true,
            (_, None) => {
                let told = self.say("这一天没有活动", "nothing on this day");
                self.tell(Level::Warn, told);
            }
        }
    }

    /// `l`: grid or list.
    pub(super) fn list_days(&mut self) {
        let Some(board) = self.top_board() else {
            return;
        };
        let Body::Calendar(one) = &mut board.body else {
            return;
        };
        let code = one
            .within_day
            .then(|| one.listed().nth(board.at).map(|row| row.code))
            .flatten();
        (one.list, one.within_day) = (!one.list, false);
        let day = one.day;
        let at = one.listed().position(|row| match code {
            Some(code) => row.code == code && row.day == day,
            None => row.day >= day,
        });
        board.go(at.filter(|_| one_list(&board.body)).unwrap_or(0));
    }
}

fn one_list(body: &Body) -> bool {
    matches!(body, Body::Calendar(one) if one.list)
}
