//! The hours of a year: of a volunteer, an organisation or the region, down to each record.

use crate::domain::kind::{Code, Kind};
use crate::domain::said::Lang;
use crate::protocol::Request;
use crate::protocol::work::{self, HoursRow, HoursView};
use crate::say;
use crate::tui::app::App;
use crate::tui::board::Body;

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
        Request::Hours(work::Hours {
            of: self.of,
            year: self.year,
            own: self.own,
        })
    }

    /// Whether a row stands for the organisation itself, above the teams below it.
    pub fn itself(&self, row: &HoursRow) -> bool {
        !self.own && row.code.kind == Kind::Organisation && self.of == Some(row.code)
    }

    /// What a row is called: the older records of very many stand in one.
    pub fn name(&self, row: &HoursRow, lang: Lang) -> String {
        let more = self.view.more;
        let said = match (row.name.as_str(), row.code.kind) {
            ("", Kind::Organisation) => say!("另有 {more} 条更早的", "{more} older ones"),
            ("", Kind::Volunteer) => say!("管辖范围之外", "outside your scope"),
            _ => return row.name.clone(),
        };
        said.get(lang).to_owned()
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
        if sums.own {
            return;
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
