//! What a record's own reckoning and the rules may look at beside the record.

use chrono::NaiveDate;

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::value::Fields;
use crate::domain::workday::Calendar;

/// The other records.
pub trait World {
    /// A record.
    fn record(&self, code: Code) -> Option<Record>;
    /// The numbers of the records whose indexed field has this value.
    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64>;
    /// Calls back with every record of a kind, until told to stop.
    fn each(&self, kind: Kind, found: &mut dyn FnMut(Record) -> bool);
    /// A setting, where an administrator has decided one.
    fn setting(&self, key: &str) -> Option<i64>;
    /// Whether the log holds an act on a record; what keeps no log knows of none.
    fn logged(&self, _code: Code, _action: &str) -> bool {
        false
    }
    /// The days off and the days worked for them, with the years that the department has added.
    fn calendar(&self) -> &Calendar {
        Calendar::shipped()
    }
    /// Whether whoever looks may be told what the handler of a record and the heads alone are told.
    fn confides(&self, _record: &Record) -> bool {
        false
    }
}

/// No records, under the settings and the calendar of those that there are.
pub struct Alone<'a>(pub &'a dyn World);

impl World for Alone<'_> {
    fn record(&self, _code: Code) -> Option<Record> {
        None
    }

    fn equal(&self, _kind: Kind, _field: &str, _value: &str) -> Vec<u64> {
        Vec::new()
    }

    fn each(&self, _kind: Kind, _found: &mut dyn FnMut(Record) -> bool) {}

    fn setting(&self, key: &str) -> Option<i64> {
        self.0.setting(key)
    }

    fn calendar(&self) -> &Calendar {
        self.0.calendar()
    }
}

/// The records of a kind whose indexed field holds a code.
pub fn holding(world: &dyn World, kind: Kind, field: &str, code: Code) -> Vec<Record> {
    let found = world.equal(kind, field, &code.to_string());
    let codes = found.into_iter().map(|number| Code::new(kind, number));
    codes.filter_map(|code| world.record(code)).collect()
}

/// What a record is called: its title, or the title of the record that its title field names.
pub fn name(world: &dyn World, record: &Record) -> String {
    let title = record.title();
    Code::read(title)
        .filter(|code| *code != record.code())
        .and_then(|code| world.record(code))
        .map_or_else(|| title.to_owned(), |named| named.title().to_owned())
}

/// The circumstances of a change.
#[derive(Clone, Copy)]
pub struct Reckon<'a> {
    /// The record before; none for a new one.
    pub before: Option<&'a Record>,
    /// The act: `new`, `edit`, or a step's key.
    pub act: &'a str,
    /// The day.
    pub today: NaiveDate,
    /// The minute, as moments are stored: `2026-12-01T09:00`.
    pub now: &'a str,
    /// Who does it.
    pub who: &'a str,
    /// Their Unix user id.
    pub uid: u32,
    /// Their record, where they have one.
    pub operator: Option<Code>,
    /// The first organisation that they look after.
    pub home: Option<Code>,
    /// A number nobody can foresee.
    pub chance: u64,
    /// The values that were given, by field.
    pub given: &'a Fields,
    /// The other records.
    pub world: &'a dyn World,
}

impl Reckon<'_> {
    /// The record that a field names, the first one of several.
    pub fn named(&self, record: &Record, key: &str) -> Option<Record> {
        self.world.record(record.refs(key).next()?)
    }
}
