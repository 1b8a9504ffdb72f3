//! The terms of a matter on paper: those that run, and those that were kept or missed.

use crate::domain::clock::{Running, running};
use crate::domain::record::Record;
use crate::domain::setting::HOUSE;
use crate::service::print::{Source, day};
use crate::service::today;

/// A stretch of the course: the state that its clocks run in, and the day field that ended it.
struct Stretch {
    status: &'static str,
    ended: &'static str,
    /// What was not known yet.
    without: &'static [&'static str],
}

const STRETCHES: &[Stretch] = &[
    Stretch {
        status: "登记",
        ended: "told_on",
        without: &[],
    },
    Stretch {
        status: "核查",
        ended: "answered_on",
        without: &[],
    },
    Stretch {
        status: "答复",
        ended: "review_on",
        without: &["review_answered_on", "rechecked_on"],
    },
    Stretch {
        status: "复查",
        ended: "review_answered_on",
        without: &[],
    },
    Stretch {
        status: "复核",
        ended: "rechecked_on",
        without: &[],
    },
];

/// The clocks of a matter as if it stood in another state.
fn then(source: &Source, status: &str, without: &[&str]) -> (Record, Vec<Running>) {
    let mut record = source.record.clone();
    record.set("status", status.into());
    without.iter().for_each(|key| record.set(key, "".into()));
    let found = running(&record, source.world, today());
    (record, found)
}

/// The term that a law, or else the department, gives for the decision; in words.
pub(super) fn decision(source: &Source, with_extension: bool) -> String {
    let without: &[&str] = match with_extension {
        true => &[],
        false => &["extended_days", "extended_on"],
    };
    let (_, mut found) = then(source, "受理", without);
    found.retain(|one| !one.clock.right);
    found.sort_by_key(|one| one.clock.article == HOUSE);
    found.first().map_or_else(String::new, |one| {
        let until = day(&one.due.day.to_string());
        format!("{until}前（{}）", one.clock.article)
    })
}

/// The rows of the sheet: what, from which article, the count, until when, done when, and what came of it.
pub(super) fn rows(source: &Source) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for stretch in STRETCHES {
        let Some(ended) = source.record.day(stretch.ended) else {
            continue;
        };
        let (_, found) = then(source, stretch.status, stretch.without);
        for one in found {
            let result = match (ended - one.due.day).num_days() {
                ..=0 => "未超期".to_owned(),
                over => format!("逾 {over} 天"),
            };
            rows.push(row(&one, ended.to_string(), result));
        }
    }
    let today = today();
    for one in running(source.record, source.world, today) {
        let result = match one.left(today) {
            left @ 0.. => format!("剩 {left} 天"),
            left => format!("逾 {} 天", -left),
        };
        rows.push(row(&one, "在走".to_owned(), result));
    }
    rows
}

fn row(one: &Running, done: String, result: String) -> Vec<String> {
    vec![
        format!("{}（{}）", one.clock.label.zh, one.clock.article),
        one.due.unfolded(one.clock.event).zh,
        one.due.day.to_string(),
        done,
        result,
    ]
}
