//! What a field is asked for, and the rules that look at it, in a sentence each: what F1 tells in a field.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::field::{Field, Type};
use crate::domain::kind::Kind;
use crate::domain::lifecycle::Step;
use crate::domain::rule::{Rule, STANDING, Strength, cited, rules};
use crate::domain::said::{Text, t};

type Table = HashMap<(&'static str, &'static str), Text>;

/// A row is a rule's id, or a kind's key behind `@`; a field where the sentence is of that field alone.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let lines = include_str!("data/digest.csv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|line| {
        let mut cells = line.split('|');
        let (id, field) = (cells.next()?, cells.next()?);
        Some(((id, field), t(cells.next()?, cells.next()?)))
    })
    .collect()
});

/// Its rows: id and field, the sentence.
pub fn rows() -> impl Iterator<Item = (&'static str, &'static str, Text)> {
    TABLE.iter().map(|((id, field), text)| (*id, *field, *text))
}

/// What a rule asks, in a sentence.
pub fn sentence(rule: &Rule) -> Option<Text> {
    let own = TABLE.get(&(rule.id, rule.field));
    own.or_else(|| TABLE.get(&(rule.id, ""))).copied()
}

/// Why a field is asked: for its own sake where that is said, else what its kind is kept for.
pub fn why(kind: Kind, field: &str) -> Option<Text> {
    let key = kind.spec().key;
    let of = |field: &str| {
        let mut all = TABLE.iter();
        let found = all.find(|((id, of), _)| id.strip_prefix('@') == Some(key) && *of == field);
        found.map(|(_, text)| *text)
    };
    of(field).or_else(|| of(""))
}

/// A rule as it is told beside a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The article; empty for what any record has to be.
    pub article: &'static str,
    /// How binding it is.
    pub strength: Strength,
    /// What it asks.
    pub sentence: Text,
    /// Whether it looks at the step as a whole, not at this field.
    pub whole: bool,
}

fn look(rule: &Rule, whole: bool) -> Option<Look> {
    Some(Look {
        article: cited(rule),
        strength: rule.strength,
        sentence: sentence(rule)?,
        whole,
    })
}

/// The rules that look at a field of a form, those of the field before those of the step; `step` where it asks for one.
pub fn looks(kind: Kind, step: Option<&Step>, field: &str) -> Vec<Look> {
    let asks = |key: &str| step.is_some_and(|step| step.asks.iter().any(|ask| ask.key == key));
    let takes = |rule: &Rule| {
        step.is_none_or(|step| {
            rule.acts.is_empty() || rule.acts.contains(&step.key) || rule.acts == [STANDING]
        })
    };
    let about = |rule: &Rule| rule.field == field || rule.judges.contains(&field);
    let own = rules(kind).filter(|rule| takes(rule) && about(rule));
    let rest = rules(kind).filter(|rule| {
        let of = step.is_some_and(|step| rule.acts.contains(&step.key));
        // What names another field of the same form is told there.
        of && !about(rule) && !asks(rule.field)
    });
    let own = own.filter_map(|rule| look(rule, false));
    let mut all: Vec<Look> = Vec::new();
    for one in own.chain(rest.filter_map(|rule| look(rule, true))) {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

/// How a field is written, with an example.
pub fn written(field: &Field) -> Text {
    match field.of {
        Type::PersonName => t("姓名全称，如 张伟", "the full name, such as 张伟"),
        Type::Line(_) => t("一行文字", "one line"),
        Type::Lines(_) => t("可分几行的文字", "a text of several lines"),
        Type::Day => t(
            "日期，如 2026-05-01、5-1、今天",
            "a day, such as 2026-05-01, 5-1",
        ),
        Type::Moment => t(
            "日期和时间，如 2026-05-01 09:30",
            "day and time, such as 2026-05-01 09:30",
        ),
        Type::Sessions => t(
            "一行一场，如 2026-05-01 09:00-11:00",
            "one a line, such as 2026-05-01 09:00-11:00",
        ),
        Type::Int(..) => t("整数", "a whole number"),
        Type::Flag => t("是 或 否", "yes or no"),
        Type::Choice(_) => t(
            "选一项，可打数字、首字母或全称",
            "one of these: its digit, its initials or the word",
        ),
        Type::Words { open: true, .. } => t(
            "几个词，用、分开；也可写别的词",
            "words with commas between; others are taken too",
        ),
        Type::Words { .. } => t("选几项，用、分开", "some of these, commas between"),
        Type::Area => t(
            "属地，如 红山区 或 150402",
            "a place, such as 红山区 or 150402",
        ),
        Type::Phone => t(
            "电话，如 13900001234 或 0476-8220000",
            "a phone, such as 13900001234 or 0476-8220000",
        ),
        Type::Identity => t(
            "证件号码，居民身份证 18 位",
            "the number of the document; 18 digits on an identity card",
        ),
        Type::CreditCode => t("统一社会信用代码，18 位", "the credit code, 18 characters"),
        Type::Ref(_) => t("一条记录的编号或名称", "the code or the name of a record"),
        Type::Refs(..) | Type::Codes(..) => t(
            "几条记录的编号或名称，用、分开",
            "codes or names of records, commas between",
        ),
        Type::Rows(_) => t(
            "一行一条，各栏用空格分开",
            "one a line, blanks between the columns",
        ),
    }
}

/// How much a field takes: least and most characters or parts, or a range.
pub fn limits(field: &Field) -> Option<(i64, i64)> {
    match field.of {
        Type::Int(least, most) => Some((least, most)),
        _ => None,
    }
}

/// The most parts that a list takes.
pub fn parts(field: &Field) -> Option<usize> {
    match field.of {
        Type::Words { most, .. } | Type::Refs(_, most) | Type::Codes(_, most) => Some(most),
        _ => None,
    }
}
