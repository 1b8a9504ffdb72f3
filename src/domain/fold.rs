//! Folding of what an input method leaves behind: full-width forms and stray blanks.

/// Turns full-width ASCII and ideographic blanks into their plain forms.
pub fn narrow(raw: &str) -> String {
    raw.chars().map(narrow_char).collect()
}

/// The plain form of one character.
pub fn narrow_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' => ' ',
        _ => c,
    }
}

/// Whether a character only divides what is typed: a blank, a stop, a quote or a bracket.
pub fn is_gap(c: char) -> bool {
    let c = narrow_char(c);
    c.is_whitespace()
        || matches!(
            c,
            ',' | ';' | ':' | '!' | '?' | '"' | '(' | ')' | '[' | ']' | '{' | '}'
        )
        || matches!(
            c,
            '、' | '。'
                | '“'
                | '”'
                | '《'
                | '》'
                | '〈'
                | '〉'
                | '「'
                | '」'
                | '『'
                | '』'
                | '【'
                | '】'
        )
}

/// Narrow, without blanks, zero-width marks and quotes that spreadsheets put around numbers.
pub fn bare(raw: &str) -> String {
    raw.chars()
        .map(narrow_char)
        .filter(|c| {
            !c.is_whitespace()
                && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\'' | '’' | '‘')
        })
        .collect()
}

/// Whether a text is Excel's scientific form of a long number, such as `1.50102E+17`.
pub fn is_scientific(text: &str) -> bool {
    let Some((head, tail)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let tail = tail.trim_start_matches('+');
    !head.is_empty()
        && head.chars().all(|c| c.is_ascii_digit() || c == '.')
        && !tail.is_empty()
        && tail.chars().all(|c| c.is_ascii_digit())
}

/// Whether a character is a Han character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}
