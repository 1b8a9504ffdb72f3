//! How a period is written.

use std::ops::RangeInclusive;

use chrono::{Datelike, Months, NaiveDate};

use crate::domain::day;
use crate::domain::fold::bare;
use crate::domain::period::{EMPTY, FILLED, MOVING, Moving, Period, Unit};
use crate::domain::reading::initials;
use crate::domain::said::{Said, Text};
use crate::say;

/// Which side of a stretch of days is left open.
type Bound = fn(&RangeInclusive<NaiveDate>) -> (Option<NaiveDate>, Option<NaiveDate>);

impl Period {
    /// Reads a period: `本周`, `今后30天`, `2026`, `2026-11`, one day, `11-20..12-05`, `..2026-12-01`, 没填.
    pub fn read(raw: &str, today: NaiveDate) -> Result<Period, Said> {
        let text = bare(raw).to_lowercase();
        let called = |(name, also): (Text, &[&str])| called(&text, name, also);
        if text.is_empty() || called(EMPTY) {
            return Ok(Period::Empty);
        }
        if called(FILLED) {
            return Ok(Period::Filled);
        }
        if let Some(moving) = moving(&text) {
            return Ok(Period::Moving(moving));
        }
        if let Some(count) = ahead(&text) {
            return Ok(Period::Ahead(count));
        }
        for mark in ["..", "~", "至", "到"] {
            if let Some((from, to)) = text.split_once(mark) {
                return between(raw, from, to, today);
            }
        }
        let bounds: [(&str, Bound); 4] = [
            ("<=", |one| (None, Some(*one.end()))),
            (">=", |one| (Some(*one.start()), None)),
            ("<", |one| (None, one.start().pred_opt())),
            (">", |one| (one.end().succ_opt(), None)),
        ];
        for (mark, bound) in bounds {
            if let Some(rest) = text.strip_prefix(mark) {
                let (from, to) = bound(&stretch(rest, raw, today)?);
                return Ok(Period::Fixed(from, to));
            }
        }
        let one = stretch(&text, raw, today)?;
        Ok(Period::Fixed(Some(*one.start()), Some(*one.end())))
    }
}

fn called(text: &str, name: Text, also: &[&str]) -> bool {
    let plain: String = text.chars().filter(|c| !matches!(c, '-' | '_')).collect();
    let english: String = name.en.split(' ').collect();
    name.zh == text || english == plain || also.contains(&text)
}

/// A moving period by its name, or by initials that no other has.
fn moving(text: &str) -> Option<&'static Moving> {
    let named = MOVING.iter().find(|one| called(text, one.name, one.also));
    named.or_else(|| {
        let names = MOVING.iter().map(|one| one.name).chain([EMPTY.0, FILLED.0]);
        let alone = names.filter(|name| initials(name.zh) == text).count() == 1;
        let mut all = MOVING.iter();
        all.find(|one| alone && initials(one.name.zh) == text)
    })
}

fn ahead(text: &str) -> Option<u16> {
    let (rest, unit): (&str, &[&str]) = match text.strip_prefix("next") {
        Some(rest) => (rest, &["days", "day"]),
        None => {
            let mut marks = ["今后", "未来", "往后"].into_iter();
            (
                marks.find_map(|mark| text.strip_prefix(mark))?,
                &["天", "日"],
            )
        }
    };
    let rest = rest.trim_matches('-');
    let digits = unit.iter().find_map(|unit| rest.strip_suffix(unit))?;
    let count = digits.trim_matches('-').parse().ok();
    count.filter(|count| (1..=3660).contains(count))
}

/// Whether no year is said, so that it may be the next one.
fn yearless(text: &str) -> bool {
    let mut parts = text.split(|c: char| !c.is_ascii_digit());
    text.starts_with(|c: char| c.is_ascii_digit()) && parts.all(|part| part.len() <= 2)
}

fn between(raw: &str, from: &str, to: &str, today: NaiveDate) -> Result<Period, Said> {
    let read = |text: &str, today| match text.is_empty() {
        true => Ok(None),
        false => stretch(text, raw, today).map(Some),
    };
    let from = read(from, today)?.map(|one| *one.start());
    // The end is of the year of the start, or of the one after: 12-20..01-05.
    let mut last = read(to, from.filter(|_| yearless(to)).unwrap_or(today))?.map(|one| *one.end());
    if let (Some(first), Some(end)) = (from, last)
        && end < first
    {
        if !yearless(to) {
            return Err(say!(
                "「{raw}」的止日早于起日",
                "\"{raw}\" ends before it begins"
            ));
        }
        last = end.checked_add_months(Months::new(12));
    }
    match (from, last) {
        (None, None) => Err(wrong(raw)),
        (from, last) => Ok(Period::Fixed(from, last)),
    }
}

/// A year, a month, a day or a moving word as days.
fn stretch(text: &str, raw: &str, today: NaiveDate) -> Result<RangeInclusive<NaiveDate>, Said> {
    if let Some(moving) = moving(text)
        && let Some(range) = moving.first(today).zip(moving.last(today))
    {
        return Ok(range.0..=range.1);
    }
    let plain = text.trim_end_matches(['年', '月']);
    let parts: Vec<&str> = plain.split(['-', '/', '.', '年']).collect();
    let month = |year: &str, month: &str| {
        let first = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
        Some((first, Unit::Month.first(first, 1)?.pred_opt()?))
    };
    let year = |year: &str| {
        let first = NaiveDate::from_ymd_opt(year.parse().ok()?, 1, 1)?;
        Some((first, Unit::Year.first(first, 1)?.pred_opt()?))
    };
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let found = match parts.as_slice() {
        all if !all.iter().all(digits) => None,
        [one] if one.len() == 4 && !text.ends_with('月') => Some(year(one)),
        [one] if one.len() == 6 => Some(month(
            one.get(..4).unwrap_or(""),
            one.get(4..).unwrap_or(""),
        )),
        [one] if one.len() <= 2 && text.ends_with('月') => {
            Some(month(&today.year().to_string(), one))
        }
        [one, other] if one.len() == 4 && other.len() <= 2 => Some(month(one, other)),
        _ => None,
    };
    match found {
        Some(Some((first, last))) if (1900..=2100).contains(&first.year()) => Ok(first..=last),
        Some(_) => Err(wrong(raw)),
        None => match day::read(text, today) {
            Ok(day) => Ok(day..=day),
            Err(other) if other.formed => Err(other.said),
            Err(_) => Err(wrong(raw)),
        },
    }
}

fn wrong(raw: &str) -> Said {
    say!(
        "「{raw}」不是日子，也不是一段日子；写法如 本周、今后30天、2026-11、2026-11-20..2026-12-05、..2026-12-01、没填",
        "\"{raw}\" is no day and no period; write it as this-week, next-30-days, 2026-11, 2026-11-20..2026-12-05, ..2026-12-01, empty"
    )
}
