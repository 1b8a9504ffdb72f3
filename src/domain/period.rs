//! Periods that a day is looked for in: words that move with the day of use, and fixed days.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, Duration, Months, NaiveDate};

use crate::domain::field::{Field, Seek};
use crate::domain::said::{Lang, Text, t};

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
    pub(super) also: &'static [&'static str],
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

pub(super) const EMPTY: (Text, &[&str]) = (t("没填", "empty"), &["未填", "空", "none"]);
pub(super) const FILLED: (Text, &[&str]) = (t("已填", "filled"), &["填了"]);

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

    /// The days themselves, as on a day of use; empty where there must be none.
    pub fn told(&self, today: NaiveDate) -> String {
        let bound = |day: &NaiveDate| {
            let open = [NaiveDate::MIN, NaiveDate::MAX].contains(day);
            (!open).then_some(*day)
        };
        let range = match self {
            Period::Filled => None,
            period => period.days(today),
        };
        range.map_or_else(String::new, |range| {
            fixed(bound(range.start()), bound(range.end()))
        })
    }
}

impl Moving {
    pub(super) fn first(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.unit.first(today, self.from?)
    }

    pub(super) fn last(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.unit.first(today, self.to? + 1)?.pred_opt()
    }
}

impl Unit {
    /// The first day of a unit, counted from the one that a day is in.
    pub(super) fn first(self, day: NaiveDate, nth: i32) -> Option<NaiveDate> {
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
