//! Days as people type them.

use chrono::{Datelike, Duration, NaiveDate};

use crate::domain::fold::bare;
use crate::domain::said::Said;
use crate::say;

/// Why something that was typed is no day or no moment.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// What is told.
    pub said: Said,
    /// Whether it has the form, so that only its numbers are wrong.
    pub formed: bool,
}

impl Wrong {
    /// Something of another form.
    pub fn form(said: Said) -> Self {
        Wrong {
            said,
            formed: false,
        }
    }

    /// The right form, with what cannot be.
    pub fn number(said: Said) -> Self {
        Wrong { said, formed: true }
    }
}

/// Reads a day: `2024-03-05`, `2024/3/5`, `2024年3月5日`, `20240305`, `3月5日` (this year), 今天.
pub fn day(raw: &str, today: NaiveDate) -> Result<NaiveDate, Said> {
    read(raw, today).map_err(|wrong| wrong.said)
}

/// The same, telling what has another form from what has wrong numbers.
pub fn read(raw: &str, today: NaiveDate) -> Result<NaiveDate, Wrong> {
    let text = bare(raw);
    match text.as_str() {
        "今天" | "今日" | "today" => return Ok(today),
        "昨天" | "昨日" | "yesterday" => return Ok(today - Duration::days(1)),
        "明天" | "明日" | "tomorrow" => return Ok(today + Duration::days(1)),
        _ => {}
    }
    let text = text.split_once('T').map_or(text.as_str(), |(day, _)| day);
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '年' | '月' | '日' | '号'));
    let found = match (plain, parts.as_slice()) {
        (true, [one]) if one.len() == 8 => {
            (|| date(one.get(..4)?, one.get(4..6)?, one.get(6..)?))()
        }
        (true, [year, month, day]) if year.len() == 4 => date(year, month, day),
        (true, [month, day]) if month.len() <= 2 => date(&today.year().to_string(), month, day),
        _ => {
            return Err(Wrong::form(say!(
                "「{raw}」不是日期，写法如 2024-03-05",
                "\"{raw}\" is not a day; write it as 2024-03-05"
            )));
        }
    };
    match found {
        Some(day) if (1900..=2100).contains(&day.year()) => Ok(day),
        Some(_) => Err(Wrong::number(say!(
            "年份应在 1900 至 2100 之间",
            "the year lies outside 1900 to 2100"
        ))),
        None => Err(Wrong::number(say!(
            "没有「{raw}」这一天",
            "there is no such day as \"{raw}\""
        ))),
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// What is told of a day that something cannot have been done on yet.
pub fn to_come(day: &str) -> Said {
    say!("{day} 还没有到", "{day} has not come yet")
}

/// The day of an Excel serial number (1900 system).
pub fn from_serial(serial: f64) -> Option<NaiveDate> {
    let days = serial.floor();
    if !(1.0..=73_415.0).contains(&days) {
        return None;
    }
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(Duration::days(days as i64))
}

/// Full years between a birth and a day.
pub fn age(birth: NaiveDate, on: NaiveDate) -> i32 {
    let before = (on.month(), on.day()) < (birth.month(), birth.day());
    on.year() - birth.year() - i32::from(before)
}
