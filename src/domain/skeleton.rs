//! The teams that must exist (articles 4 to 6): what a new store holds from the first minute.

use crate::domain::kind::{Code, Kind};
use crate::domain::place::{Level, Place, places};
use crate::domain::record::Record;
use crate::domain::value::Fields;

/// The 总队, the 12 盟市队 and the 103 旗县队, all 应成立.
pub fn skeleton() -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for place in places() {
        let number = records.len() as u64 + 1;
        let (kind, name) = match place.level() {
            Level::Region => ("总队", format!("{}科技志愿服务总队", place.name)),
            Level::League => ("盟市队", format!("{}科技志愿服务队", place.name)),
            Level::County => ("旗县队", format!("{}科技志愿者队", place.name)),
        };
        let mut record = Record::new(Kind::Organisation, number, Fields::new());
        record.rev = 1;
        record.set("name", name.into());
        record.set("kind", kind.into());
        record.set("area", place.code.into());
        record.set("status", "应成立".into());
        record.set("aliases", short_names(place).into());
        if let Some(parent) = above(place, &records) {
            record.set("parent", parent.to_string().into());
        }
        records.push(record);
    }
    records
}

fn short_names(place: &Place) -> Vec<String> {
    let mut names = vec![place.name.to_owned()];
    if place.short != place.name {
        names.push(place.short.to_owned());
    }
    names
}

fn above(place: &Place, records: &[Record]) -> Option<Code> {
    let up = place.parent()?;
    records
        .iter()
        .find(|record| record.text("area") == up.code)
        .map(Record::code)
}
