//! Resident identity numbers (GB 11643).

use chrono::{Datelike, NaiveDate};

use crate::domain::fold::{bare, is_scientific};
use crate::domain::said::Said;
use crate::say;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// What a valid number says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Eighteen characters, the last one a digit or `X`.
    pub number: String,
    /// Day of birth.
    pub birth: NaiveDate,
    /// 男 or 女.
    pub gender: &'static str,
}

/// Reads an identity number; `today` bounds the day of birth.
pub fn identity(raw: &str, today: NaiveDate) -> Result<Identity, Said> {
    let number = bare(raw).to_ascii_uppercase();
    if is_scientific(&number) {
        return Err(rounded());
    }
    let length = number.chars().count();
    if length == 15 && number.chars().all(|c| c.is_ascii_digit()) {
        return Err(say!(
            "这是 15 位旧身份证号，请填 18 位新号",
            "this is an old number of 15 digits; enter the one of 18"
        ));
    }
    if length != 18 {
        return Err(say!(
            "身份证号应为 18 位，现为 {length} 位",
            "an identity number has 18 characters, this has {length}"
        ));
    }
    let body: Vec<u32> = number
        .chars()
        .take(17)
        .map_while(|c| c.to_digit(10))
        .collect();
    let last = number.chars().last().unwrap_or(' ');
    if body.len() != 17 || !(last.is_ascii_digit() || last == 'X') {
        return Err(say!(
            "身份证号前 17 位应为数字，末位为数字或 X",
            "the first 17 characters must be digits, the last a digit or X"
        ));
    }
    let right = check(&body) == Some(last);
    if !right && number.ends_with("000") {
        return Err(rounded());
    }
    let digits = |from: usize, count: usize| {
        body.iter()
            .skip(from)
            .take(count)
            .fold(0, |sum, d| sum * 10 + d)
    };
    let birth = i32::try_from(digits(6, 4))
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, digits(10, 2), digits(12, 2)))
        .filter(|day| day.year() >= 1900);
    let Some(birth) = birth else {
        return Err(say!(
            "身份证号第 7 至 14 位不是日期",
            "characters 7 to 14 of the number are not a date"
        ));
    };
    if birth > today {
        return Err(say!(
            "身份证号中的出生日期 {birth} 在今天之后",
            "the day of birth in the number, {birth}, lies in the future"
        ));
    }
    if !right {
        return Err(say!(
            "身份证号校验位不对，多半有一位录错，请逐位核对",
            "the check digit is wrong: most likely one digit is mistyped"
        ));
    }
    let gender = if digits(16, 1) % 2 == 1 { "男" } else { "女" };
    Ok(Identity {
        number,
        birth,
        gender,
    })
}

/// What is said of a number that a spreadsheet kept as a value.
pub fn rounded() -> Said {
    say!(
        "号码被 Excel 四舍五入，末几位已丢失；请把该列设为文本格式后重填",
        "Excel has rounded this number and its last digits are lost; set the column to text and enter it again"
    )
}

/// The check character of seventeen digits; none if there are not seventeen.
pub fn check(body: &[u32]) -> Option<char> {
    if body.len() != WEIGHTS.len() {
        return None;
    }
    let sum: u32 = body
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    CHECKS.get((sum % 11) as usize).copied()
}
