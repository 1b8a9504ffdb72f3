//! Which days are worked on: weekends, and the exceptions that the state announces.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::demo::material::words;

fn days(key: &str) -> Vec<NaiveDate> {
    let read = |word: &&str| NaiveDate::parse_from_str(word, "%Y%m%d").ok();
    words(key).iter().filter_map(read).collect()
}

static REST: LazyLock<Vec<NaiveDate>> = LazyLock::new(|| days("rest"));
static WORK: LazyLock<Vec<NaiveDate>> = LazyLock::new(|| days("work"));

/// Whether nobody works on a day; the exceptions are known for 2020 to 2026.
pub fn is_rest(day: NaiveDate) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    if weekend {
        WORK.binary_search(&day).is_err()
    } else {
        REST.binary_search(&day).is_ok()
    }
}
