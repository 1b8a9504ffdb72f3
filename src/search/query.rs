//! From a typed line to words.

use crate::domain::fold::{is_gap, is_han, narrow};
use crate::domain::kind::{KINDS, KindSpec};
use crate::domain::reading::fold;
use crate::search::Tier;
use crate::search::automaton::LONGEST;

/// Most words of a line that count.
const MOST: usize = 8;

/// One word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As typed.
    pub typed: String,
    /// As it is compared.
    pub text: String,
    /// The kind's bit and number, where the word is a code with its prefix.
    pub code: Option<(u8, u64)>,
}

impl Word {
    /// How well its digits name a record of a kind by the number in its code; none if they do not.
    pub fn numbers(&self, spec: &KindSpec) -> Option<Tier> {
        let digits = self.digits().filter(|digits| !digits.ends_with('x'))?;
        match digits.len() {
            // As it is written, and as it is read out.
            length if length == spec.width => Some(Tier::Exact),
            // The end of a phone seldom begins with a nought, and is longer.
            length if length == 3 || length > 3 && digits.starts_with('0') => Some(Tier::Syllable),
            length if length < 3 && spec.yearly => None,
            _ => Some(Tier::Other),
        }
    }

    /// Its digits, if it has nothing else (but an X at the end).
    pub fn digits(&self) -> Option<&str> {
        let body = self.text.strip_suffix('x').unwrap_or(&self.text);
        (!body.is_empty() && body.bytes().all(|b| b.is_ascii_digit())).then_some(&self.text)
    }
}

/// Splits a line into words: at blanks and what a sentence is divided by, and between digits and anything else; equal words count once.
pub fn words(line: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let line = narrow(line);
    let parts = line.split(is_gap).filter(|part| !part.is_empty());
    for part in parts.take(MOST * 4) {
        let part: String = part.chars().take(LONGEST * 2).collect();
        match crate::domain::kind::Code::read(&part).filter(|_| part.is_ascii()) {
            Some(code) if prefixed(&part) => {
                push(&mut found, &part, Some((code.kind.bit(), code.number)))
            }
            _ => split(&part)
                .into_iter()
                .for_each(|piece| push(&mut found, &piece, None)),
        }
    }
    found.truncate(MOST);
    found
}

fn prefixed(part: &str) -> bool {
    let upper = part.to_ascii_uppercase();
    KINDS.iter().any(|spec| {
        upper
            .strip_prefix(spec.prefix)
            .is_some_and(|rest| rest.bytes().any(|b| b.is_ascii_digit()))
    })
}

fn push(found: &mut Vec<Word>, typed: &str, code: Option<(u8, u64)>) {
    let text: String = fold(typed).chars().take(LONGEST).collect();
    if !text.is_empty() && !found.iter().any(|word| word.text == text) {
        found.push(Word {
            typed: typed.to_owned(),
            text,
            code,
        });
    }
}

/// `5678zs` is two words; `13912344471` and `4471x` are one; a dash between digits is passed over.
fn split(part: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut digits = false;
    let chars: Vec<char> = part.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let last_x = matches!(c, 'x' | 'X') && at + 1 == chars.len() && digits && at >= 3;
        let digit = c.is_ascii_digit() || last_x;
        let passed = !c.is_alphanumeric() && !is_han(*c);
        match pieces.last_mut() {
            Some(piece) if digit == digits || passed => piece.push(*c),
            _ => {
                pieces.push(c.to_string());
                digits = digit;
            }
        }
    }
    pieces
}
