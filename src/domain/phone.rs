//! Telephone numbers of the mainland.

use crate::domain::fold::{bare, is_scientific};
use crate::domain::said::Said;
use crate::say;

/// Whether a number, once read, is a mobile: somebody's own, not an office's.
pub fn is_mobile(number: &str) -> bool {
    number.starts_with('1') && number.len() >= 11
}

/// Reads a number: `13912344471`, `0471-6123456`, `0471-6123456-12`, `95588`, `4001234567`.
pub fn phone(raw: &str) -> Result<String, Said> {
    let text = bare(raw);
    if is_scientific(&text) {
        return Err(say!(
            "电话被 Excel 写成科学记数；请把该列设为文本格式后重填",
            "Excel has turned this number into scientific form; set the column to text and enter it again"
        ));
    }
    let text = text.strip_suffix(".0").unwrap_or(&text);
    let (main, extension) = match text.split_once('转') {
        Some((main, extension)) => (main, Some(extension)),
        None => split_extension(text),
    };
    let mut digits = String::new();
    for c in main.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' | '-' | '(' | ')' | '—' | '–' | '－' | '.' | '/' => {}
            _ => {
                return Err(say!(
                    "电话里有不是数字的「{c}」",
                    "the number holds \"{c}\", which is not a digit"
                ));
            }
        }
    }
    let international = digits.strip_prefix("0086").or_else(|| {
        (main.starts_with('+') || digits.len() > 12)
            .then(|| digits.strip_prefix("86"))
            .flatten()
    });
    // From abroad an area code is dialled without its zero.
    let digits = match international {
        Some(rest) if lacks_zero(rest) => format!("0{rest}"),
        Some(rest) => rest.to_owned(),
        None => digits,
    };
    let number = plain(&digits)?;
    match extension.filter(|extension| !extension.is_empty()) {
        None => Ok(number),
        Some(extension)
            if extension.len() <= 6 && extension.chars().all(|c| c.is_ascii_digit()) =>
        {
            Ok(format!("{number}-{extension}"))
        }
        Some(_) => Err(say!(
            "分机号应为至多 6 位数字",
            "an extension has at most 6 digits"
        )),
    }
}

/// Whether digits are a landline whose area code lacks its zero.
fn lacks_zero(digits: &str) -> bool {
    let mobile = digits.len() == 11 && digits.starts_with('1');
    let service = digits.starts_with("400") || digits.starts_with("800");
    matches!(digits.len(), 9..=11) && !digits.starts_with('0') && !mobile && !service
}

fn split_extension(text: &str) -> (&str, Option<&str>) {
    let mut parts = text.split('-');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(area), Some(number), Some(extension), None)
            if area.starts_with('0') && area.len() <= 4 && number.len() >= 7 =>
        {
            (
                text.trim_end_matches(extension).trim_end_matches('-'),
                Some(extension),
            )
        }
        _ => (text, None),
    }
}

fn plain(digits: &str) -> Result<String, Said> {
    let length = digits.len();
    let second = digits.chars().nth(1).unwrap_or('0');
    if digits.starts_with('1') && !digits.starts_with("10") {
        return match length {
            11 if second >= '3' => Ok(digits.to_owned()),
            11 => Err(say!(
                "手机号第二位应为 3 至 9",
                "the second digit of a mobile number is 3 to 9"
            )),
            _ => Err(say!(
                "手机号应为 11 位，现为 {length} 位",
                "a mobile number has 11 digits, this has {length}"
            )),
        };
    }
    if digits.starts_with('0') {
        let area = if matches!(second, '1' | '2') { 3 } else { 4 };
        return match (length.saturating_sub(area), digits.split_at_checked(area)) {
            (7 | 8, Some((area, number))) => Ok(format!("{area}-{number}")),
            _ => Err(say!(
                "固定电话应为区号加 7 或 8 位号码",
                "a landline is an area code and 7 or 8 digits"
            )),
        };
    }
    match length {
        10 if digits.starts_with("400") || digits.starts_with("800") => Ok(digits.to_owned()),
        5 | 6 if digits.starts_with('9') => Ok(digits.to_owned()),
        5 if digits.starts_with('1') => Ok(digits.to_owned()),
        7 | 8 => Err(say!(
            "固定电话请带区号，如 0471-{digits}",
            "add the area code, as in 0471-{digits}"
        )),
        0 => Err(say!("没有号码", "there is no number")),
        _ => Err(say!(
            "不像电话号码：{length} 位数字",
            "this does not look like a telephone number: {length} digits"
        )),
    }
}
