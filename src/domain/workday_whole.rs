//! A year of holidays is taken whole or not at all: half a year would pass for known.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::said::Said;
use crate::domain::workday::{NAMES, Row};
use crate::say;

/// What is wrong with the years of a file, each row with its line.
pub(super) fn unsound(rows: &[(usize, Row)]) -> Option<Said> {
    clash(rows).or_else(|| rows.iter().find_map(|(_, row)| lacking(rows, row.year)))
}

/// A line that contradicts itself or an earlier one.
fn clash(rows: &[(usize, Row)]) -> Option<Said> {
    let mut off: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    let mut named: BTreeMap<(i32, &str), usize> = BTreeMap::new();
    for (nth, row) in rows {
        for day in row.from.iter_days().take_while(|day| *day <= row.to) {
            if let Some(other) = off.insert(day, *nth) {
                return Some(say!(
                    "第 {nth} 行与第 {other} 行重叠：{day}",
                    "line {nth} overlaps line {other}: {day}"
                ));
            }
        }
        let full = row.name.zh.as_str();
        let known = NAMES.iter().map(|name| name.zh);
        let mut names: Vec<&str> = known.filter(|name| full.contains(name)).collect();
        if names.is_empty() {
            names.push(full);
        }
        for name in names {
            if let Some(other) = named.insert((row.year, name), *nth) {
                return Some(say!(
                    "第 {nth} 行与第 {other} 行都是{name}",
                    "lines {nth} and {other} are the same holiday: {name}"
                ));
            }
        }
    }
    let mut worked: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for (nth, row) in rows {
        for day in &row.worked {
            if let Some(other) = off.get(day) {
                return Some(say!(
                    "第 {nth} 行的上班日 {day} 在第 {other} 行的假期里",
                    "line {nth}: the day worked {day} lies in the holiday of line {other}"
                ));
            }
            if let Some(other) = worked.insert(*day, *nth) {
                return Some(say!(
                    "第 {nth} 行的上班日 {day} 在第 {other} 行已有",
                    "line {nth}: the day worked {day} stands in line {other} already"
                ));
            }
        }
    }
    None
}

/// The holidays that a year has not.
fn lacking(rows: &[(usize, Row)], year: i32) -> Option<Said> {
    let there = |name: &str| {
        let mut rows = rows.iter().filter(|(_, row)| row.year == year);
        rows.any(|(_, row)| row.name.zh.contains(name))
    };
    let gone: Vec<_> = NAMES.iter().filter(|name| !there(name.zh)).collect();
    let zh: Vec<&str> = gone.iter().map(|name| name.zh).collect();
    let en: Vec<&str> = gone.iter().map(|name| name.en).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    (!gone.is_empty()).then(|| {
        say!(
            "{year} 年不全，缺 {zh}；一年要一次记全",
            "{year} is not whole: {en} missing; a year is taken whole"
        )
    })
}
