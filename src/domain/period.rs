//! Periods that a day is looked for in: words that move with the day of use, and fixed days.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, Duration, Months, NaiveDate};

use crate::domain::day;
use crate::domain::field::{Field, Seek};
use crate::domain::fold::bare;
use crate::domain::reading::initials;
use crate::domain::said::{Lang, Said, Text, t};
use crate::say;

/// What a moving period counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Day,
    /// Weeks, which begin on Monday.
    Week,
    /// Months of the calendar.
    Month,
    /// Years of the calendar.
    Year,
}

/// A period that moves with the day on which it is used.
#[derive(Debug, PartialEq, Eq)]
pub struct Moving {
    /// Its name; the Chinese one is stored.
    pub name: Text,
    also: &'static [&'static str],
    unit: Unit,
    /// The first and the last unit, counted from the one of today; none is open.
    from: Option<i32>,
    to: Option<i32>,
}

const fn one(name: Text, also: &'static [&'static str], unit: Unit, nth: i32) -> Moving {
    Moving {
        name,
        also,
        unit,
        from: Some(nth),
        to: Some(nth),
    }
}

/// The moving periods.
#[rustfmt::skip]
pub const MOVING: &[Moving] = &[
    one(t("今天", "today"), &["今日"], Unit::Day, 0),
    one(t("明天", "tomorrow"), &["明日"], Unit::Day, 1),
    one(t("昨天", "yesterday"), &["昨日"], Unit::Day, -1),
    one(t("本周", "this week"), &["这周", "本星期", "这星期"], Unit::Week, 0),
    one(t("下周", "next week"), &["下星期"], Unit::Week, 1),
    one(t("上周", "last week"), &["上星期"], Unit::Week, -1),
    one(t("本月", "this month"), &["这个月", "当月"], Unit::Month, 0),
    one(t("下月", "next month"), &["下个月"], Unit::Month, 1),
    one(t("上月", "last month"), &["上个月"], Unit::Month, -1),
    one(t("今年", "this year"), &["本年"], Unit::Year, 0),
    one(t("明年", "next year"), &[], Unit::Year, 1),
    one(t("去年", "last year"), &["上年"], Unit::Year, -1),
    Moving { from: None, ..one(t("已过", "past"), &["已到期", "已过期"], Unit::Day, -1) },
];

/// What is offered to choose from: the first nine by digit.
pub const OFFERED: [&str; 14] = [
    "今天",
    "明天",
    "本周",
    "下周",
    "本月",
    "下月",
    "今后30天",
    "已过",
    "没填",
    "昨天",
    "上周",
    "上月",
    "今年",
    "已填",
];

const EMPTY: (Text, &[&str]) = (t("没填", "empty"), &["未填", "空", "none"]);
const FILLED: (Text, &[&str]) = (t("已填", "filled"), &["填了"]);

/// A period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// One that moves with the day of use.
    Moving(&'static Moving),
    /// From the day of use, so many days on.
    Ahead(u16),
    /// From a day to a day, both in it; none is open.
    Fixed(Option<NaiveDate>, Option<NaiveDate>),
    /// Any day.
    Filled,
    /// No day at all.
    Empty,
}

/// The days that are looked for, both ends in it; none where there must be no day.
pub type Within = Option<RangeInclusive<NaiveDate>>;

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

    /// The days in it, on a day of use.
    pub fn days(&self, today: NaiveDate) -> Within {
        let open = |from: Option<NaiveDate>, to: Option<NaiveDate>| {
            from.unwrap_or(NaiveDate::MIN)..=to.unwrap_or(NaiveDate::MAX)
        };
        match self {
            Period::Moving(moving) => Some(open(moving.first(today), moving.last(today))),
            Period::Ahead(count) => {
                Some(today..=today.checked_add_days(Days::new((*count).into()))?)
            }
            Period::Fixed(from, to) => Some(open(*from, *to)),
            Period::Filled => Some(open(None, None)),
            Period::Empty => None,
        }
    }

    /// As it is stored and sent: read again on any day, it means the same.
    pub fn key(&self) -> String {
        match self {
            Period::Moving(moving) => moving.name.zh.to_owned(),
            Period::Ahead(count) => format!("今后{count}天"),
            Period::Fixed(from, to) => fixed(*from, *to),
            Period::Filled => FILLED.0.zh.to_owned(),
            Period::Empty => EMPTY.0.zh.to_owned(),
        }
    }

    /// As people read it.
    pub fn said(&self, lang: Lang) -> String {
        match (self, lang) {
            (Period::Moving(moving), _) => moving.name.get(lang).to_owned(),
            (Period::Ahead(count), Lang::Zh) => format!("今后 {count} 天"),
            (Period::Ahead(count), Lang::En) => format!("next {count} days"),
            (Period::Fixed(..), _) => self.key(),
            (Period::Filled, _) => FILLED.0.get(lang).to_owned(),
            (Period::Empty, _) => EMPTY.0.get(lang).to_owned(),
        }
    }
}

/// Which side of a stretch of days is left open.
type Bound = fn(&RangeInclusive<NaiveDate>) -> (Option<NaiveDate>, Option<NaiveDate>);

impl Moving {
    fn first(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.unit.first(today, self.from?)
    }

    fn last(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.unit.first(today, self.to? + 1)?.pred_opt()
    }
}

impl Unit {
    /// The first day of a unit, counted from the one that a day is in.
    fn first(self, day: NaiveDate, nth: i32) -> Option<NaiveDate> {
        let months = |day: NaiveDate, count: i32| match u32::try_from(count) {
            Ok(count) => day.checked_add_months(Months::new(count)),
            Err(_) => day.checked_sub_months(Months::new(count.unsigned_abs())),
        };
        match self {
            Unit::Day => day.checked_add_signed(Duration::days(nth.into())),
            Unit::Week => {
                let monday = day - Duration::days(day.weekday().num_days_from_monday().into());
                monday.checked_add_signed(Duration::weeks(nth.into()))
            }
            Unit::Month => months(day.with_day(1)?, nth),
            Unit::Year => months(day.with_ordinal(1)?, nth * 12),
        }
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

fn fixed(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    let whole = |unit: Unit, first: NaiveDate, last: NaiveDate| {
        unit.first(first, 0) == Some(first)
            && unit.first(first, 1).and_then(|next| next.pred_opt()) == Some(last)
    };
    match (from, to) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) if whole(Unit::Year, first, last) => first.year().to_string(),
        (Some(first), Some(last)) if whole(Unit::Month, first, last) => {
            first.format("%Y-%m").to_string()
        }
        (from, to) => {
            let text = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
            format!("{}..{}", text(from), text(to))
        }
    }
}

/// The day of a stored text of a field: the midnight at which something ends is the end of the day before.
pub fn day_of(field: &Field, text: &str) -> Option<NaiveDate> {
    let number = |from: usize, to: usize| {
        let digits = text.as_bytes().get(from..to)?;
        digits.iter().try_fold(0u32, |sum, byte| {
            let digit = byte.is_ascii_digit().then(|| u32::from(byte - b'0'))?;
            Some(sum * 10 + digit)
        })
    };
    let year = i32::try_from(number(0, 4)?).ok()?;
    let day = NaiveDate::from_ymd_opt(year, number(5, 7)?, number(8, 10)?)?;
    match field.seek == Seek::LastDay && text.ends_with("T00:00") {
        true => day.pred_opt(),
        false => Some(day),
    }
}

/// Whether some of these days are as they are looked for.
pub fn fits(within: &Within, mut days: impl Iterator<Item = NaiveDate>) -> bool {
    match within {
        Some(range) => days.any(|day| range.contains(&day)),
        None => days.next().is_none(),
    }
}
