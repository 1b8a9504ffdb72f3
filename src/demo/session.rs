//! The hours of an activity: mornings and afternoons, whole days, several days, a night now and then.

use chrono::{Duration, NaiveDate, NaiveTime};

use crate::demo::random::Random;
use crate::domain::moment::{Span, stored};
use crate::domain::value::{Fields, Value};

/// Minutes after midnight at which things begin, in a hundred.
const STARTS: [(i64, u64); 9] = [
    (9 * 60, 30),
    (9 * 60 + 30, 15),
    (10 * 60, 10),
    (14 * 60, 15),
    (14 * 60 + 30, 12),
    (15 * 60, 8),
    (8 * 60 + 30, 4),
    (16 * 60, 3),
    (19 * 60, 3),
];

/// The two halves of a whole day.
const HALVES: [(i64, i64); 2] = [(9 * 60, 12 * 60), (14 * 60, 17 * 60)];

/// One in so many looks at the stars, beyond midnight.
const NIGHT: u64 = 500;

fn span(day: NaiveDate, (from, to): (i64, i64)) -> Span {
    let midnight = day.and_time(NaiveTime::MIN);
    Span {
        start: midnight + Duration::minutes(from),
        end: midnight + Duration::minutes(to),
    }
}

/// The sessions of the activity at a place in the list; `one_day` keeps them on the day.
pub fn spans(at: u64, day: NaiveDate, one_day: bool) -> Vec<Span> {
    let mut random = Random::of("session", at);
    if at % NIGHT == NIGHT / 4 && !one_day {
        return vec![span(day, (20 * 60, 25 * 60))];
    }
    match random.below(100) {
        80..95 => HALVES.map(|half| span(day, half)).to_vec(),
        95..100 if !one_day => {
            let days = random.between(2, 4);
            let half = if random.below(4) == 0 { 1 } else { 0 };
            let half = HALVES.get(half).copied().unwrap_or((540, 720));
            let days = (0..days).map(|nth| span(day + Duration::days(nth), half));
            days.collect()
        }
        _ => {
            let start = random.at(STARTS.iter().map(|row| row.1));
            let start = STARTS.get(start).map_or(540, |row| row.0);
            vec![span(day, (start, start + 30 * random.between(3, 8)))]
        }
    }
}

/// Sessions as they are stored.
pub fn value(spans: &[Span]) -> Value {
    let row = |span: &Span| {
        let cells = [("start", span.start), ("end", span.end)];
        let cells = cells.map(|(key, moment)| (key.to_owned(), Value::Text(stored(moment))));
        Value::Map(Fields::from(cells))
    };
    Value::List(spans.iter().map(row).collect())
}
