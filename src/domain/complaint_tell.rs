//! What is said of a complaint first: its receipt, where it goes and why, and what is due.

use chrono::NaiveDate;

use crate::domain::clock;
use crate::domain::record::Record;
use crate::domain::said::Said;
use crate::domain::sanction_tell::offers;
use crate::domain::world::World;
use crate::say;

/// The lines said first.
pub fn tell(record: &Record, world: &dyn World, today: NaiveDate) -> Vec<Said> {
    let mut lines = Vec::new();
    let (code, route) = (record.code(), record.text("route"));
    if record.status() == "登记" {
        lines.push(say!("受理号 {code}", "receipt number {code}"));
    }
    if !route.is_empty() {
        lines.push(say!("去向：{route}", "goes to: {route}"));
    }
    for running in clock::running(record, world, today) {
        lines.push(running.said(today));
    }
    lines.extend(offers(record, world));
    lines
}
