//! 提醒: what is remarked in the record of a volunteer or a team, a row for each measure taken against them.
//!
//! A row tells the decision and nothing of who complained: everybody who sees the record reads it.

use chrono::NaiveDate;

use crate::domain::field::{Field, Type};
use crate::domain::record::Record;
use crate::domain::said::Said;
use crate::domain::sanction::MEASURES;
use crate::domain::value::{Fields, Value};
use crate::say;

/// The key of the rows.
pub const KEY: &str = "remarks";

/// One remark.
pub const COLUMNS: &[Field] = &[
    Field::new("day", "日期", "Day", Type::Day),
    Field::new("measure", "处理", "Measure", Type::Choice(MEASURES)),
    Field::new("text", "内容", "Text", Type::Line(500)),
    Field::new("by", "决定组织", "By", Type::Line(60)),
    Field::new("until", "至", "Until", Type::Day),
    Field::new("ended", "撤销日期", "Taken back on", Type::Day),
];

/// The field that holds them.
pub const REMARKS: Field = Field::new(KEY, "处理记录", "Remarks", Type::Rows(COLUMNS)).system();

/// Adds a row.
pub fn add(record: &mut Record, row: Fields) {
    let mut rows = record.get(KEY).map_or(&[][..], Value::parts).to_vec();
    rows.push(Value::Map(row));
    record.set(KEY, Value::List(rows));
}

/// Ends the row that says the same; it stays as a trace.
pub fn end(record: &mut Record, row: &Fields, day: NaiveDate) {
    let mut rows = record.get(KEY).map_or(&[][..], Value::parts).to_vec();
    // The team may have another name by now.
    let same = |one: &&mut Fields| {
        let mut keys = ["day", "measure", "text"].into_iter();
        keys.all(|key| text(one, key) == text(row, key)) && text(one, "ended").is_empty()
    };
    let mut maps = rows.iter_mut().filter_map(|one| match one {
        Value::Map(map) => Some(map),
        _ => None,
    });
    if let Some(found) = maps.find(same) {
        found.insert("ended".to_owned(), day.to_string().into());
    }
    record.set(KEY, Value::List(rows));
}

/// The rows that hold on a day.
pub fn live(record: &Record, today: NaiveDate) -> impl Iterator<Item = &Fields> {
    let today = today.to_string();
    record.rows(KEY).filter(move |row| {
        let until = text(row, "until");
        text(row, "ended").is_empty() && (until.is_empty() || until >= today.as_str())
    })
}

/// A cell of a row.
pub fn text<'a>(row: &'a Fields, key: &str) -> &'a str {
    row.get(key).and_then(Value::text).unwrap_or("")
}

/// The rows that hold, a line each.
pub fn tell(record: &Record, today: NaiveDate) -> Vec<Said> {
    let rows = live(record, today);
    rows.map(|row| {
        let [day, text, by, until] = ["day", "text", "by", "until"].map(|key| text(row, key));
        let measure = self::text(row, "measure");
        let en = MEASURES.iter().find(|one| one.zh == measure);
        let en = en.map_or(measure, |one| one.en);
        match until {
            "" => say!("{measure}：{day} {by} {text}", "{en}: {day} {by} {text}"),
            _ => say!(
                "{measure}（至 {until}）：{day} {by} {text}",
                "{en} (until {until}): {day} {by} {text}"
            ),
        }
    })
    .collect()
}
