//! The last calls about a record, as far as somebody sees them.

use crate::domain::call::ABOUT;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::world::World;
use crate::protocol::Who;
use crate::protocol::call::Call;
use crate::service::desk::Desk;

/// So many are told.
const LAST: usize = 3;

/// Whether a record is a call about somebody themselves: what others told of them is not theirs to read.
pub fn of_oneself(who: &Who, record: &Record) -> bool {
    let mut own = who.volunteer.into_iter().chain(who.also.iter().copied());
    record.kind == Kind::Call && own.any(|one| record.refs("about").any(|code| code == one))
}

/// The last calls about a record, the newest first.
pub fn last(desk: &Desk, world: &dyn World, who: &Who, about: Code) -> Vec<Call> {
    if !ABOUT.contains(&about.kind) {
        return Vec::new();
    }
    let mut numbers = world.equal(Kind::Call, "about", &about.to_string());
    // Numbers grow with the years.
    numbers.sort_unstable();
    let records = numbers.into_iter().rev().filter_map(|number| {
        let record = world.record(Code::new(Kind::Call, number))?;
        desk.sees(who, &record).then_some(record)
    });
    let told = records.take(LAST).map(|record| Call {
        code: record.code(),
        when: record.text("when").to_owned(),
        title: record.title().to_owned(),
        by: record.text("taken_by").to_owned(),
        status: record.status().to_owned(),
    });
    told.collect()
}
