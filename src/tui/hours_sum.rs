//! The hours of a year: of a volunteer, an organisation or the region, down to each record.

use crate::domain::kind::{Code, Kind};
use crate::domain::service_record::CONFIRMED;
use crate::protocol::work::{self, HoursRow, HoursView};
use crate::protocol::{List, MOST_ROWS, Request, View};
use crate::tui::app::App;
use crate::tui::board::Body;
use crate::tui::roster::field;

/// The sums.
pub struct Sums {
    /// Whose they are; none of everything one sees.
    pub of: Option<Code>,
    /// Whether they are of the organisation without those below it: its records.
    pub own: bool,
    /// The year.
    pub year: i32,
    /// The rows.
    pub view: HoursView,
    /// What lies above, with the row that was opened there.
    pub above: Vec<(Option<Code>, usize)>,
}

impl Sums {
    /// The sums of a year.
    pub fn new(of: Option<Code>, year: i32) -> Sums {
        Sums {
            of,
            own: false,
            year,
            view: HoursView::default(),
            above: Vec::new(),
        }
    }

    /// What is asked.
    pub fn ask(&self) -> Request {
        match self.of {
            Some(org) if self.own => Request::List(List {
                kind: Kind::ServiceRecord,
                filters: vec![
                    ("org".to_owned(), org.to_string()),
                    ("status".to_owned(), CONFIRMED.to_owned()),
                ],
                within: None,
                sort: None,
                after: None,
                limit: MOST_ROWS,
            }),
            of => Request::Hours(work::Hours {
                of,
                year: self.year,
            }),
        }
    }

    /// Takes in the records of the organisation itself.
    pub fn take_records(&mut self, views: &[View]) {
        let year = format!("{:04}-", self.year);
        let rows = views.iter().filter_map(|view| {
            let day = field(Some(view), "day");
            let name = |key: &str| {
                let code = field(Some(view), key);
                view.names.get(&code).cloned().unwrap_or(code)
            };
            day.starts_with(&year).then(|| HoursRow {
                code: view.code,
                name: format!("{day}  {}  {}", name("volunteer"), name("activity")),
                minutes: field(Some(view), "minutes").parse().unwrap_or(0),
                status: field(Some(view), "status"),
                evidence: field(Some(view), "evidence"),
            })
        });
        self.view.rows = rows.collect();
        self.view
            .rows
            .sort_by(|one, other| other.name.cmp(&one.name));
        self.view.minutes = self.view.rows.iter().map(|row| row.minutes).sum();
    }
}

impl App {
    /// Enter on a sum: into the organisation, or to the record behind it.
    pub(super) fn unfold_sum(&mut self) {
        let Some(board) = self.top_board() else {
            return;
        };
        let (id, at) = (board.id, board.at);
        let Some(code) = board.code_at(at) else {
            return;
        };
        let Body::Sums(sums) = &mut board.body else {
            return;
        };
        if code.kind != Kind::Organisation {
            return self.show(code);
        }
        sums.above.push((sums.of, at));
        // The first row is the organisation itself: below it lie its records.
        sums.own = sums.of == Some(code);
        sums.of = Some(code);
        (board.at, board.top) = (0, 0);
        self.ask_board(id);
    }

    /// Backspace or Left: up again.
    pub(super) fn fold_sum(&mut self) {
        let Some(board) = self.top_board() else {
            return;
        };
        let id = board.id;
        let Body::Sums(sums) = &mut board.body else {
            return;
        };
        let Some((of, at)) = sums.above.pop() else {
            return;
        };
        (sums.of, sums.own) = (of, false);
        board.at = at;
        self.ask_board(id);
    }

    /// `[` and `]`: another year.
    pub(super) fn turn_year(&mut self, by: i32) {
        let Some(board) = self.top_board() else {
            return;
        };
        let id = board.id;
        if let Body::Sums(sums) = &mut board.body {
            sums.year += by;
            self.ask_board(id);
        }
    }
}
