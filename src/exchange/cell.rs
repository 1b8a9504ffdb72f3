//! From a cell to what is sent for a field.

use crate::domain::day::from_serial;
use crate::domain::field::{Field, Privacy, Type};
use crate::domain::fold::{is_scientific, narrow};
use crate::domain::mask::HIDDEN;
use crate::domain::refusal::Refusal;
use crate::domain::said::Said;
use crate::exchange::table::{Cell, Held};
use crate::say;

/// Bytes of the longest text that is sent at all; a cell of a workbook holds less.
const LONGEST: usize = 1 << 17;

/// The text of a cell for a field: trimmed, days and phones made whole again; none for a cell that says nothing.
pub fn read(field: &Field, cell: Cell) -> Result<Option<String>, Refusal> {
    let refused = |said: Said| {
        Refusal::invalid(
            field.key,
            Said {
                zh: format!("{}：{}", field.label.zh, said.zh),
                en: format!("{}: {}", field.label.en, said.en),
            },
        )
    };
    if cell.held == Held::Fault {
        let text = cell.text;
        return Err(refused(say!(
            "单元格里的公式出错（{text}），请改填数值",
            "the formula of this cell fails ({text}); enter the value itself"
        )));
    }
    let text = trimmed(cell.text);
    if text.is_empty() || says_nothing(field, text) {
        return Ok(None);
    }
    if text.len() > LONGEST {
        let length = text.chars().count();
        return Err(refused(say!(
            "有 {length} 个字，任何一项都放不下",
            "has {length} characters; no field holds that many"
        )));
    }
    if field.privacy != Privacy::Open && (text == HIDDEN || text.contains("***")) {
        return Err(refused(say!(
            "内容是隐藏的，来自不带 --full 的导出，不能导入",
            "this is masked, from an export without --full; it cannot be imported"
        )));
    }
    Ok(Some(match field.of {
        Type::Day => day(text, cell.held),
        Type::Phone => digits(text),
        Type::Moment => moment(text, cell.held),
        Type::Int(..) => whole(text).map_err(refused)?,
        _ => text.to_owned(),
    }))
}

/// Without the blanks of any width around it, the marks that nobody sees, and the apostrophe by which spreadsheets know a text.
pub fn trimmed(text: &str) -> &str {
    let around = |c: char| {
        c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    };
    let text = text.trim_matches(around);
    text.strip_prefix('\'').unwrap_or(text).trim_matches(around)
}

/// Strokes and 无 stand in cells that were left empty; in a line of text 无 may be meant.
fn says_nothing(field: &Field, text: &str) -> bool {
    let words = matches!(
        field.of,
        Type::PersonName | Type::Line(_) | Type::Lines(_) | Type::Flag
    );
    let strokes = |c: char| matches!(c, '-' | '/' | '—' | '–' | '\\' | '－' | '／');
    text.chars().all(strokes) || (!words && matches!(text, "无" | "暂无" | "没有" | "空"))
}

/// Serials from 1910 to 2119; a smaller number is rather a year.
const SERIALS: std::ops::Range<f64> = 4_000.0..80_000.0;

/// A day's serial, in a number or in a text that a spreadsheet wrote for one; the hour of a day is dropped.
fn day(text: &str, held: Held) -> String {
    let five = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit());
    if (held == Held::Number || five)
        && let Some(day) = text.parse().ok().filter(|serial| SERIALS.contains(serial))
        && let Some(day) = from_serial(day)
    {
        return day.to_string();
    }
    match text.split_once(|c: char| c.is_whitespace() || c == 'T') {
        Some((day, hour)) if hour.contains(':') || hour.contains('：') => day.to_owned(),
        _ => text.to_owned(),
    }
}

/// A moment: the serial of a day with its hour, an hour alone, or what the cell says.
fn moment(text: &str, held: Held) -> String {
    if held == Held::Number
        && let Ok(serial) = text.parse::<f64>()
    {
        let minutes = (serial.fract() * 1440.0).round() as u32;
        let time = clock(minutes);
        if (0.0..1.0).contains(&serial) {
            return time;
        }
        if SERIALS.contains(&serial)
            && let Some(day) = from_serial(serial)
        {
            return match minutes {
                0 => day.to_string(),
                _ => format!("{day} {time}"),
            };
        }
    }
    text.to_owned()
}

/// Minutes of a day as a time of day.
pub fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A whole number without the unit behind it; a part of one is told, not rounded.
fn whole(text: &str) -> Result<String, Said> {
    let plain = narrow(text);
    let plain = plain
        .trim()
        .trim_end_matches(['分', '钟', '人', '名', '元'])
        .trim();
    match plain.parse::<f64>() {
        Ok(number) if number.fract() != 0.0 => Err(say!(
            "「{text}」带小数，只写整数",
            "\"{text}\" has decimals; only whole numbers are kept"
        )),
        Ok(_) => Ok(plain
            .split_once('.')
            .map_or(plain, |(whole, _)| whole)
            .to_owned()),
        Err(_) => Ok(text.to_owned()),
    }
}

/// A phone in scientific form that still has all its digits: `1.3912344471E+10`.
fn digits(text: &str) -> String {
    let plain = narrow(text);
    let whole = || {
        let (head, tail) = plain.split_once(['E', 'e'])?;
        let exponent: usize = tail.trim_start_matches('+').parse().ok()?;
        let (one, rest) = head.split_once('.')?;
        (one.len() == 1 && rest.len() == exponent).then(|| format!("{one}{rest}"))
    };
    if is_scientific(&plain) {
        return whole().unwrap_or(plain);
    }
    text.to_owned()
}
