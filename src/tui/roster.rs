//! 名单: everybody who is enrolled in an activity, with insurance and telling.

use crate::domain::enrolment::TAKES_PART;
use crate::domain::insurance::ACCIDENT;
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::begins;
use crate::domain::said::Text;
use crate::domain::value::Value;
use crate::protocol::View;
use crate::protocol::work::{CoverRow, CoverView, Stretch};
use crate::tui::app::{App, Level};
use crate::tui::board::Body;
use crate::tui::form::Form;
use crate::tui::overlay::Overlay;

/// The people of an activity.
pub struct Roster {
    /// The activity.
    pub activity: Code,
    /// Its fields, once they came.
    pub view: Option<View>,
    /// Its people.
    pub cover: CoverView,
}

/// Whether somebody takes part: what is missing for them stands in the way.
pub fn counts(row: &CoverRow) -> bool {
    TAKES_PART.contains(&row.status.as_str())
}

/// How many take part, lack insurance for a minute, and were not told in time.
pub fn sums(cover: &CoverView) -> [usize; 3] {
    let people = || cover.people.iter().filter(|row| counts(row));
    [
        people().count(),
        people().filter(|row| !row.holes.is_empty()).count(),
        people().filter(|row| !row.told).count(),
    ]
}

/// How long a stretch is, in minutes.
pub fn minutes(stretch: &Stretch) -> i64 {
    let ends = begins(&stretch.0).zip(begins(&stretch.1));
    ends.map_or(0, |(start, end)| (end - start).num_minutes().max(0))
}

/// A piece of the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Insured for all of its minutes.
    Covered,
    /// Not insured for one of its minutes or more.
    Hole,
    /// Between two sessions.
    Gap,
}

/// The sessions of an activity as cells, each an equal share of its session's minutes.
pub fn strip(sessions: &[Stretch], holes: &[Stretch], width: usize) -> Vec<Piece> {
    let total: i64 = sessions.iter().map(minutes).sum();
    if total == 0 || width == 0 {
        return Vec::new();
    }
    // Where a session has no cell of its own, the cells share the minutes of all.
    let apart = sessions.len() * 2 <= width;
    let room = if apart {
        width + 1 - sessions.len()
    } else {
        width
    };
    let scale = |minutes: i64| minutes.unsigned_abs() as usize;
    let mut pieces = Vec::with_capacity(width);
    let groups: Vec<&[Stretch]> = if apart {
        sessions.chunks(1).collect()
    } else {
        sessions
            .chunks(sessions.len().div_ceil(width).max(1))
            .collect()
    };
    let spare = room.saturating_sub(groups.len());
    for group in groups {
        let long: i64 = group.iter().map(minutes).sum();
        let cells = if apart {
            1 + spare * scale(long) / scale(total).max(1)
        } else {
            1
        };
        if apart && !pieces.is_empty() {
            pieces.push(Piece::Gap);
        }
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            continue;
        };
        let (Some(start), Some(end)) = (begins(&first.0), begins(&last.1)) else {
            continue;
        };
        let span = (end - start).num_seconds();
        for nth in 0..cells as i64 {
            let part = |nth: i64| start + chrono::Duration::seconds(span * nth / cells as i64);
            let (from, to) = (part(nth), part(nth + 1));
            let open = holes.iter().any(|hole| {
                begins(&hole.0)
                    .zip(begins(&hole.1))
                    .is_some_and(|(start, end)| start < to && end > from)
            });
            pieces.push(if open { Piece::Hole } else { Piece::Covered });
        }
    }
    pieces
}

/// A field of a record as text.
pub fn field(view: Option<&View>, key: &str) -> String {
    let value = view.and_then(|view| view.fields.get(key));
    value.map_or_else(String::new, |value| {
        let parts: Vec<String> = value
            .parts()
            .iter()
            .filter(|part| !matches!(part, Value::Map(_)))
            .map(ToString::to_string)
            .collect();
        parts.join("、")
    })
}

impl App {
    /// F7 on the roster: the picker for a person, over an enrolment that knows its activity.
    pub(super) fn enrol(&mut self, activity: Code) {
        let mut form = Form::new(Kind::Enrolment, self.named_form(Kind::Enrolment));
        form.prefill("activity", &activity.to_string());
        form.at = form.place("volunteer").unwrap_or(0);
        self.over.push(Overlay::Form(Box::new(form)));
        self.pick_for_field();
    }

    /// The title of a form for a new record.
    pub(super) fn named_form(&self, kind: Kind) -> String {
        format!(
            "{} {}",
            self.say("新建", "New"),
            kind.spec().label.get(self.lang)
        )
    }

    /// `b`: a policy for those who are marked, or for all who take part, from the first minute to the last.
    pub(super) fn policy(&mut self) {
        let Some(board) = self.board() else { return };
        let Body::Roster(roster) = &board.body else {
            return;
        };
        let people = &roster.cover.people;
        let marked = |row: &&CoverRow| board.marked.contains(&row.enrolment);
        let mut covers: Vec<String> = people
            .iter()
            .filter(marked)
            .map(|row| row.volunteer.to_string())
            .collect();
        if covers.is_empty() {
            let open = people.iter().filter(|row| counts(row));
            covers = open.map(|row| row.volunteer.to_string()).collect();
        }
        let names: Vec<(Code, String)> = people
            .iter()
            .map(|row| (row.volunteer, row.name.clone()))
            .collect();
        let sessions = &roster.cover.sessions;
        let (Some(first), Some(last)) = (sessions.first(), sessions.last()) else {
            let told = self.keyed(
                "活动还没有时间：{edit} 先填",
                "the activity has no time yet: {edit}",
            );
            return self.tell(Level::Warn, told);
        };
        let (from, to) = (first.0.replace('T', " "), last.1.replace('T', " "));
        let activity = roster.activity.to_string();
        let gap = self.say("、", ", ");
        let kind = crate::domain::insurance::KINDS
            .iter()
            .find(|kind| kind.zh == ACCIDENT);
        let kind = kind.map_or(ACCIDENT, |kind: &Text| kind.get(self.lang));
        let mut form = Form::new(Kind::Insurance, self.named_form(Kind::Insurance));
        for (key, text) in [
            ("kind", kind),
            ("from", from.as_str()),
            ("to", to.as_str()),
            ("covers", covers.join(gap).as_str()),
            ("activity", activity.as_str()),
        ] {
            form.prefill(key, text);
        }
        self.names.extend(names);
        self.over.push(Overlay::Form(Box::new(form)));
    }
}
