//! Where somebody's numbers and name stand in what was typed freely.

use std::ops::Range;

use crate::domain::field::Type;
use crate::domain::fold::narrow_char;
use crate::domain::record::Record;

/// What stands in the place of what was taken out of a text.
pub const TAKEN_OUT: &str = "【已清除】";

/// A shorter number is nobody's own.
const LEAST: usize = 7;

/// What goes before a number that is dialled from abroad.
const ABROAD: [&str; 3] = ["", "86", "0086"];

/// The numbers and the name by which somebody is known in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    name: String,
    numbers: Vec<String>,
}

impl Trace {
    /// Of a record: its telephone and identity numbers, and the name of its person.
    pub fn of(record: &Record) -> Trace {
        let mut trace = Trace::default();
        for field in record.kind.spec().fields {
            let text = record.text(field.key);
            match field.of {
                Type::Phone | Type::Identity => {
                    let signs = text.chars().filter(char::is_ascii_alphanumeric);
                    let number: String = signs.map(|c| c.to_ascii_uppercase()).collect();
                    if number.len() >= LEAST {
                        trace.numbers.push(number);
                    }
                }
                // One character stands in too many words.
                Type::PersonName if text.chars().count() > 1 => trace.name = text.to_owned(),
                _ => {}
            }
        }
        trace
    }

    /// Whether one of the numbers stands in a text.
    pub fn holds(&self, text: &str) -> bool {
        self.first(text).is_some()
    }

    /// The text without numbers and name; none if neither stands in it, empty if it is nothing else.
    pub fn without(&self, text: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = self.first(rest) {
            out.push_str(rest.get(..at.start).unwrap_or_default());
            out.push_str(TAKEN_OUT);
            rest = rest.get(at.end..).unwrap_or_default();
        }
        out.push_str(rest);
        if !self.name.is_empty() {
            out = out.replace(&self.name, TAKEN_OUT);
        }
        let left = out.replace(TAKEN_OUT, "");
        match left.trim() {
            _ if out == text => None,
            "" => Some(String::new()),
            _ => Some(out),
        }
    }

    /// Where the first of the numbers stands.
    fn first(&self, text: &str) -> Option<Range<usize>> {
        let all = ABROAD
            .iter()
            .flat_map(|head| self.numbers.iter().map(move |number| (head, number)));
        let found = all.filter_map(|(head, number)| stands(text, &format!("{head}{number}")));
        found.min_by_key(|at| at.start)
    }
}

/// Where a number stands in a text, and is no part of a longer one.
fn stands(text: &str, number: &str) -> Option<Range<usize>> {
    let mut before = ' ';
    text.char_indices().find_map(|(at, c)| {
        let begins = !std::mem::replace(&mut before, narrow_char(c)).is_ascii_alphanumeric();
        let length = begins.then(|| length(text.get(at..)?, number))??;
        Some(at..at + length)
    })
}

/// How much of the beginning of a text is a number, however it was typed: wide, or in groups.
fn length(text: &str, number: &str) -> Option<usize> {
    let mut wanted = number.chars().peekable();
    let mut end = 0;
    for (at, raw) in text.char_indices() {
        let c = narrow_char(raw).to_ascii_uppercase();
        match wanted.peek() {
            None => return (!c.is_ascii_alphanumeric()).then_some(end),
            Some(next) if *next == c => {
                wanted.next();
                end = at + raw.len_utf8();
            }
            Some(_) if end > 0 && matches!(c, ' ' | '-') => {}
            Some(_) => return None,
        }
    }
    wanted.peek().is_none().then_some(end)
}
