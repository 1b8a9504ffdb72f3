//! The clocks that run on a record, in the order in which they are lost, and as they are told.

use chrono::NaiveDate;

use crate::domain::clock::{CLOCKS, Clock};
use crate::domain::due::{Due, Unit};
use crate::domain::record::Record;
use crate::domain::said::Said;
use crate::domain::setting::HOUSE;
use crate::domain::world::World;
use crate::say;

/// A clock that runs on a record.
pub struct Running {
    /// The clock.
    pub clock: &'static Clock,
    /// Until when, and how it was counted.
    pub due: Due,
}

impl Running {
    /// Whether its end is an estimate: the holidays of a year that it depends on are not known.
    pub fn estimated(&self) -> bool {
        self.due.estimated()
    }

    /// Days that are left; negative when it is over.
    pub fn left(&self, today: NaiveDate) -> i64 {
        (self.due.day - today).num_days()
    }

    /// It in a line: what, until when, by what, whose turn, and the count.
    pub fn said(&self, today: NaiveDate) -> Said {
        let (label, whose, article) = (self.clock.label, self.clock.whose, self.clock.article);
        let (zh, en, who, by) = (label.zh, label.en, whose.zh, whose.en);
        let left = self.left(today);
        let over = -left;
        let Said {
            zh: told,
            en: count,
        } = self.due.unfolded(self.clock.event);
        let day = match self.due.unit {
            Unit::Hours(until) => until.format("%Y-%m-%d %H:%M").to_string(),
            _ => self.due.day.to_string(),
        };
        match left {
            0.. => say!(
                "{zh}：{day} 止，剩 {left} 天（{article}，轮到{who}）{told}",
                "{en}: by {day}, {left} days left ({article}, turn of {by}) {count}"
            ),
            _ => say!(
                "{zh}：{day} 已过，逾 {over} 天（{article}，轮到{who}）{told}",
                "{en}: {day} is past by {over} days ({article}, turn of {by}) {count}"
            ),
        }
    }
}

/// The clocks that run on a record, the first to end before the others; what the law ends today or
/// has ended comes before the department's own targets.
pub fn running(record: &Record, world: &dyn World, today: NaiveDate) -> Vec<Running> {
    let clocks = CLOCKS.iter().filter(|clock| clock.kind == record.kind);
    let mut found: Vec<Running> = clocks
        .filter_map(|clock| {
            let due = clock.due(record, world)?;
            Some(Running { clock, due })
        })
        .collect();
    found.sort_by_key(|one| {
        let lost = one.clock.article != HOUSE && one.due.day <= today;
        (one.clock.right, !lost, one.due.day)
    });
    found
}

/// Writes the clock that ends first into the record, for lists and look-ups.
pub fn wind(record: &mut Record, world: &dyn World, today: NaiveDate) {
    let first = running(record, world, today).into_iter().next();
    let (key, day) = first.map_or((String::new(), String::new()), |one| {
        (one.clock.label.zh.to_owned(), one.due.day.to_string())
    });
    record.set("clock", key.into());
    record.set("due_on", day.into());
}
