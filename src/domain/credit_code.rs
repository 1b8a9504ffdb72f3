//! Unified social credit codes (GB 32100).

use crate::domain::fold::{bare, is_scientific};
use crate::domain::identity::rounded;
use crate::domain::said::Said;
use crate::say;

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Reads a credit code: eighteen characters of the standard's alphabet, the last a check.
pub fn credit_code(raw: &str) -> Result<String, Said> {
    let code = bare(raw).to_ascii_uppercase();
    if is_scientific(&code) {
        return Err(rounded());
    }
    let length = code.chars().count();
    if length != 18 {
        return Err(say!(
            "统一社会信用代码应为 18 位，现为 {length} 位",
            "a credit code has 18 characters, this has {length}"
        ));
    }
    if let Some(bad) = code.chars().find(|c| !ALPHABET.contains(*c)) {
        return Err(say!(
            "统一社会信用代码中不会有「{bad}」（不用 I O S V Z）",
            "a credit code never holds \"{bad}\" (I O S V Z are not used)"
        ));
    }
    if code.chars().last() != check(&code) {
        return Err(say!(
            "统一社会信用代码校验位不对，请逐位核对",
            "the check character of the credit code is wrong: compare it character by character"
        ));
    }
    Ok(code)
}

/// The check character over the first seventeen characters.
pub fn check(code: &str) -> Option<char> {
    let mut weight = 1;
    let mut sum = 0;
    for c in code.chars().take(17) {
        sum += ALPHABET.find(c)? * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}
