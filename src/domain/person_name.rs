//! Names of people as they are written on the register.

use crate::domain::fold::{is_han, narrow_char};
use crate::domain::said::Said;
use crate::say;

/// The one form in which the dot inside a name is stored.
pub const DOT: char = '·';

/// Whether a character is one of the dots that people type inside a name.
pub fn is_dot(c: char) -> bool {
    matches!(
        c,
        '·' | '•'
            | '・'
            | '･'
            | '‧'
            | '∙'
            | '⋅'
            | '．'
            | '｡'
            | '●'
            | 'ᐧ'
            | 'ㆍ'
            | '⸱'
            | '᛫'
            | '․'
    )
}

/// As many characters a name has at most.
pub const MOST: usize = 50;

/// Reads a name of 1 to 50 characters, its dots and blanks in canonical form.
pub fn person_name(raw: &str) -> Result<String, Said> {
    let mut name = String::new();
    let mut blank = false;
    let chars: Vec<char> = raw.trim().chars().collect();
    for (at, &typed) in chars.iter().enumerate() {
        let solid = |c: &&char| !c.is_whitespace();
        let before = chars.iter().take(at).rev().find(solid);
        let after = chars.iter().skip(at + 1).find(solid);
        let inside = before.is_some_and(|c| is_han(*c)) && after.is_some_and(|c| is_han(*c));
        let c = if is_dot(typed) || (typed == '.' && inside) {
            DOT
        } else {
            narrow_char(typed)
        };
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if c.is_ascii_digit() {
            return Err(say!(
                "姓名里不应有数字「{c}」",
                "a name holds no digit \"{c}\""
            ));
        }
        if c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{fffd}') {
            if c == '\u{fffd}' || c.is_control() {
                return Err(say!(
                    "姓名里有乱码或控制字符，请重新录入",
                    "the name holds a broken or control character; type it again"
                ));
            }
            continue;
        }
        let latin = |c: char| c == '.' || (c.is_alphabetic() && !is_han(c));
        if blank && name.chars().last().is_some_and(latin) && latin(c) {
            name.push(' ');
        }
        blank = false;
        if c != DOT || !name.ends_with(DOT) {
            name.push(c);
        }
    }
    let name = name.trim_matches(DOT).to_owned();
    match name.chars().count() {
        0 => Err(say!("请填姓名", "enter a name")),
        1..=MOST => Ok(name),
        length => Err(say!(
            "姓名有 {length} 个字，最多 {MOST} 个",
            "the name has {length} characters, at most {MOST} fit"
        )),
    }
}
