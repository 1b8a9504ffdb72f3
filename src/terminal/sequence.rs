//! Escape sequences, one at a time: keys, mouse, answers of the terminal.
//!
//! Sources: ECMA-48 5.4 for the shape of control sequences, the xterm control sequences document for
//! keys, mouse (1006) and reports.

use ratatui::crossterm::event::{
    KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::terminal::decode::Input;

/// What stands behind an `ESC`.
pub enum Sequence {
    /// It is not complete.
    Part,
    /// So many bytes, and what they mean; unknown ones mean nothing.
    Whole(usize, Option<Input>),
    /// No sequence: the key itself.
    None,
}

/// Reads the sequence at the beginning of bytes that start with `ESC`.
pub fn read(bytes: &[u8]) -> Sequence {
    match bytes {
        [_] => Sequence::Part,
        [_, b'[', rest @ ..] => control(rest),
        [_, b'O', rest @ ..] => single(rest),
        // Answers that nobody asked for.
        [_, kind, rest @ ..] if STRINGS.contains(kind) => string(*kind, rest),
        _ => Sequence::None,
    }
}

/// What begins a string behind `ESC`: commands of the system, of devices and of programs, messages, anything.
const STRINGS: &[u8] = b"]P_^X";

/// Whether bytes are the beginning of a string of which more than its head is here.
pub fn begun(bytes: &[u8]) -> bool {
    matches!(bytes, [0x1b, kind, _, ..] if STRINGS.contains(kind))
}

/// Whether bytes are the head of a string alone, which two keys may be as well.
pub fn head(bytes: &[u8]) -> bool {
    matches!(bytes, [0x1b, kind] if STRINGS.contains(kind))
}

/// A string: up to `BEL` or `ESC \`; any other control character cuts it off and stands for itself.
fn string(kind: u8, rest: &[u8]) -> Sequence {
    let Some(first) = rest.first() else {
        return Sequence::Part;
    };
    // A command of the system has a number; a bracket and a letter are keys.
    let begins = match kind {
        b']' => first.is_ascii_digit(),
        _ => *first >= b' ' && *first != 0x7f,
    };
    if !begins {
        return Sequence::None;
    }
    let Some(end) = rest.iter().position(|byte| *byte < b' ') else {
        return Sequence::Part;
    };
    match rest.get(end..).unwrap_or_default() {
        [0x07, ..] => Sequence::Whole(3 + end, None),
        [0x1b] => Sequence::Part,
        [0x1b, b'\\', ..] => Sequence::Whole(4 + end, None),
        _ => Sequence::Whole(2 + end, None),
    }
}

/// Whether a sequence ends as those do that terminals send: the rest of one that nobody waits for any more
/// must not be taken for what is typed, nor what is typed for it.
pub fn ends(whole: &[u8]) -> bool {
    match whole {
        [_, b'[', b'<'..=b'?', .., last] => last.is_ascii_alphabetic() || *last == b'~',
        [_, b'[' | b'O', .., last] => last.is_ascii_uppercase() || *last == b'~',
        [_, _, .., 0x07] | [_, _, .., 0x1b, b'\\'] => true,
        _ => false,
    }
}

/// Behind `ESC O`.
fn single(rest: &[u8]) -> Sequence {
    let skip = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let Some(last) = rest.get(skip) else {
        return Sequence::Part;
    };
    let code = match last {
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        b'M' => KeyCode::Enter,
        b'p'..=b'y' => KeyCode::Char(char::from(last - b'p' + b'0')),
        b'j'..=b'o' => KeyCode::Char(char::from(last - b'j' + b'*')),
        b'X' => KeyCode::Char('='),
        other => match cursor_key(*other) {
            Some(code) => code,
            None if (0x40..0x7f).contains(other) => return Sequence::Whole(3 + skip, None),
            // No sequence has such an end: Esc and a letter were typed.
            None => return Sequence::None,
        },
    };
    let key = KeyEvent::new(code, KeyModifiers::NONE);
    Sequence::Whole(3 + skip, Some(Input::Key(key)))
}

fn cursor_key(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        _ => return None,
    })
}

/// Behind `ESC [`.
fn control(rest: &[u8]) -> Sequence {
    // The console of Linux: F1 to F5.
    if let [b'[', after @ ..] = rest {
        return match after.first() {
            Some(last @ b'A'..=b'E') => key(4, KeyCode::F(last - b'A' + 1), KeyModifiers::NONE),
            Some(_) => Sequence::Whole(4, None),
            None => Sequence::Part,
        };
    }
    let inner = |byte: &&u8| (0x20..0x40).contains(*byte);
    let length = rest.iter().take_while(inner).count();
    let Some(last) = rest.get(length).copied() else {
        return Sequence::Part;
    };
    let whole = 2 + length + 1;
    if !(0x40..0x7f).contains(&last) {
        // A control character or a letter of another script ends what is broken; it stands for itself.
        return Sequence::Whole(2 + length, None);
    }
    let inner = rest.get(..length).unwrap_or_default();
    let text = String::from_utf8_lossy(inner).into_owned();
    if let Some(numbers) = text.strip_prefix('<') {
        return Sequence::Whole(whole, mouse(&numbers_of(numbers), last));
    }
    if last == b'y' {
        // What is set, or can be set, is known.
        let known = text
            .strip_prefix("?2026;")
            .and_then(|rest| rest.strip_suffix('$'));
        let input = known.map(|state| Input::Synchronised(matches!(state, "1" | "2" | "3")));
        return Sequence::Whole(whole, input);
    }
    let numbers = numbers_of(&text);
    let [first, second] = [0, 1].map(|at| numbers.get(at).copied().unwrap_or(0));
    let modifiers = held(second);
    let code = match last {
        b'R' if numbers.len() == 2 => {
            return Sequence::Whole(whole, Some(Input::Cursor(first, second)));
        }
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        b'Z' => KeyCode::BackTab,
        b'~' => match tilde(first) {
            Some(code) => code,
            None => return Sequence::Whole(whole, None),
        },
        // Without parameters these are the function keys of SCO terminals; the third of them is what a
        // terminal tells that loses the focus.
        b'M' | b'N' if text.is_empty() => KeyCode::F(last - b'M' + 1),
        b'T'..=b'X' if text.is_empty() => KeyCode::F(last - b'M' + 1),
        b'u' => match char::from_u32(u32::from(first)) {
            Some('\r') => KeyCode::Enter,
            Some('\t') => KeyCode::Tab,
            Some('\x1b') => KeyCode::Esc,
            Some('\x7f' | '\x08') => KeyCode::Backspace,
            Some(c) if !c.is_control() => KeyCode::Char(c),
            _ => return Sequence::Whole(whole, None),
        },
        other => match cursor_key(other) {
            Some(code) => code,
            None => return Sequence::Whole(whole, None),
        },
    };
    key(whole, code, modifiers)
}

fn key(count: usize, code: KeyCode, modifiers: KeyModifiers) -> Sequence {
    Sequence::Whole(count, Some(Input::Key(KeyEvent::new(code, modifiers))))
}

fn numbers_of(text: &str) -> Vec<u16> {
    if text.is_empty() {
        return Vec::new();
    }
    let numbers = text.split([';', ':']);
    numbers.map(|part| part.parse().unwrap_or(0)).collect()
}

fn held(number: u16) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
    ] {
        if bits & bit != 0 {
            modifiers |= modifier;
        }
    }
    modifiers
}

fn tilde(number: u16) -> Option<KeyCode> {
    let last = |from: u16, first: u16| u8::try_from(number - from + first).ok();
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(last(11, 1)?),
        17..=21 => KeyCode::F(last(17, 6)?),
        23 | 24 => KeyCode::F(last(23, 11)?),
        _ => return None,
    })
}

fn mouse(numbers: &[u16], last: u8) -> Option<Input> {
    let [button, column, row] = numbers else {
        return None;
    };
    let press = last == b'M';
    let kind = match (button & 0b1110_0011, press) {
        (0, true) => MouseEventKind::Down(MouseButton::Left),
        (0, false) => MouseEventKind::Up(MouseButton::Left),
        (64, _) => MouseEventKind::ScrollUp,
        (65, _) => MouseEventKind::ScrollDown,
        _ => return None,
    };
    Some(Input::Mouse(MouseEvent {
        kind,
        column: column.saturating_sub(1),
        row: row.saturating_sub(1),
        modifiers: KeyModifiers::NONE,
    }))
}
