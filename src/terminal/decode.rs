//! From bytes to keys: sequences that a slow link has cut apart are put together again.
//!
//! A lone `ESC` and the beginning of a sequence look alike, so it is held for a moment. Nothing that
//! is not understood ever falls apart into letters.

use std::time::{Duration, Instant};

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseEvent};

use crate::terminal::sequence::{self, Sequence};

/// What a terminal sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(KeyEvent),
    /// A text that was pasted, line breaks and all.
    Paste(String),
    /// The mouse, while it is wanted.
    Mouse(MouseEvent),
    /// Where the cursor is, as the terminal says: row and column from 1.
    Cursor(u16, u16),
    /// Whether the terminal knows synchronised output.
    Synchronised(bool),
    /// Bytes that are no UTF-8.
    Garbled,
}

/// A burst of more characters than this, with line breaks in it, was pasted and not typed.
const BURST: usize = 20;
/// What follows a burst so soon belongs to it.
const TAIL: Duration = Duration::from_millis(30);
/// A sequence that is not complete after so long never will be.
const PATIENCE: Duration = Duration::from_millis(600);
/// A paste whose end has not come after so long was cut off.
const CUT_OFF: Duration = Duration::from_secs(10);
/// The longest paste that is taken, in bytes.
const LONGEST: usize = 1 << 20;

const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// Puts keys together.
pub struct Decoder {
    held: Vec<u8>,
    /// When the last byte came.
    last: Instant,
    /// How long a lone `ESC` waits.
    wait: Duration,
    paste: Option<Vec<u8>>,
    /// Until when more belongs to a burst.
    burst: Option<Instant>,
    /// When an `ESC` was given up waiting for: what would have belonged to it is swallowed.
    given_up: Option<Instant>,
    /// Whether what is held is the rest of such a sequence.
    rest: bool,
    /// Whether the terminal was asked to report its mouse: some do it in a way that looks like a key.
    pub mouse: bool,
}

/// What stands at the beginning of what is held.
enum Front {
    /// Not all of it is here.
    Part,
    /// So many bytes, and what they are.
    Whole(usize, Option<Input>),
}

fn plain(code: KeyCode) -> Option<Input> {
    Some(Input::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

impl Decoder {
    /// A decoder that holds a lone `ESC` for so long.
    pub fn new(wait: Duration) -> Decoder {
        Decoder {
            held: Vec::new(),
            last: Instant::now(),
            wait,
            paste: None,
            burst: None,
            given_up: None,
            rest: false,
            mouse: false,
        }
    }

    /// Takes bytes with the moment at which they were read, and gives what is complete.
    pub fn feed(&mut self, bytes: &[u8], now: Instant) -> Vec<Input> {
        let mut found = self.expire(now);
        self.held.extend_from_slice(bytes);
        self.last = now;
        let mut fresh = Vec::new();
        while !self.held.is_empty() {
            if self.paste.is_some() {
                if !self.pasted(&mut fresh) {
                    break;
                }
                continue;
            }
            self.late(now);
            match self.front() {
                Front::Part => break,
                Front::Whole(count, input) => {
                    self.held.drain(..count.min(self.held.len()));
                    if !std::mem::take(&mut self.rest) {
                        fresh.extend(input);
                    }
                }
            }
        }
        found.extend(self.as_burst(fresh, now));
        found
    }

    /// When what is held must be looked at again; none if nothing is held.
    pub fn due(&self) -> Option<Instant> {
        let wait = match self.held.as_slice() {
            _ if self.paste.is_some() => CUT_OFF,
            [] => return None,
            [0x1b] => self.wait,
            _ if self.rest => self.wait,
            // A lost packet that is sent again takes longer than any gap within a key.
            [0xc2..=0xff, ..] => CUT_OFF,
            _ => PATIENCE,
        };
        Some(self.last + wait)
    }

    /// Gives up what has waited long enough.
    pub fn expire(&mut self, now: Instant) -> Vec<Input> {
        if self.due().is_none_or(|due| now < due) {
            return Vec::new();
        }
        if let Some(mut paste) = self.paste.take() {
            paste.append(&mut self.held);
            return vec![Input::Paste(String::from_utf8_lossy(&paste).into_owned())];
        }
        if std::mem::take(&mut self.rest) {
            // It was no rest: a bracket was typed after Esc.
            let typed = self.held.drain(..).skip(1).map(char::from);
            return typed.filter_map(|c| plain(KeyCode::Char(c))).collect();
        }
        match std::mem::take(&mut self.held).as_slice() {
            // The key itself, or the key and a bracket right after it.
            [0x1b] | [0x1b, b'[' | b'O'] => {
                self.given_up = Some(now);
                plain(KeyCode::Esc).into_iter().collect()
            }
            // The rest of a sequence whose end is lost.
            [0x1b, ..] => Vec::new(),
            _ => vec![Input::Garbled],
        }
    }

    /// Takes what may be the rest of a sequence whose `ESC` was given up waiting for: as keys it would do harm.
    fn late(&mut self, now: Instant) {
        let Some(since) = self.given_up.take() else {
            return;
        };
        if now - since > PATIENCE {
            return;
        }
        let mut whole = vec![0x1b];
        whole.extend_from_slice(&self.held);
        let rest = match sequence::read(&whole) {
            Sequence::Whole(count, _) => count > 2,
            Sequence::Part => true,
            _ => false,
        };
        if rest {
            self.held = whole;
            self.rest = true;
        }
    }

    /// Takes what belongs to a bracketed paste; false if its end is not here.
    fn pasted(&mut self, found: &mut Vec<Input>) -> bool {
        let end = self
            .held
            .windows(PASTE_ENDS.len())
            .position(|part| part == PASTE_ENDS);
        // The end may be cut apart as well.
        let count = end.unwrap_or(self.held.len().saturating_sub(PASTE_ENDS.len() - 1));
        let taken: Vec<u8> = self.held.drain(..count).collect();
        let Some(paste) = &mut self.paste else {
            return false;
        };
        let room = LONGEST.saturating_sub(paste.len());
        paste.extend(taken.into_iter().take(room));
        if end.is_none() {
            return false;
        }
        self.held.drain(..PASTE_ENDS.len());
        let paste = self.paste.take().unwrap_or_default();
        found.push(Input::Paste(String::from_utf8_lossy(&paste).into_owned()));
        true
    }

    fn front(&mut self) -> Front {
        let [first, rest @ ..] = self.held.as_slice() else {
            return Front::Part;
        };
        match *first {
            0x1b => self.escape(),
            b'\r' | b'\n' => Front::Whole(1, plain(KeyCode::Enter)),
            b'\t' => Front::Whole(1, plain(KeyCode::Tab)),
            0x08 | 0x7f => Front::Whole(1, plain(KeyCode::Backspace)),
            letter @ 0x01..=0x1a => {
                let letter = char::from(letter - 1 + b'a');
                let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
                Front::Whole(1, Some(Input::Key(key)))
            }
            // What the keys of input methods and of signals send.
            0x00 | 0x1c..=0x1f => Front::Whole(1, None),
            first => character(first, rest),
        }
    }

    fn escape(&mut self) -> Front {
        if self.held.starts_with(b"\x1b[200~") {
            self.paste = Some(Vec::new());
            return Front::Whole(6, None);
        }
        // A button and its place follow as three bytes.
        if self.mouse && self.held.starts_with(b"\x1b[M") {
            return if self.held.len() < 6 {
                Front::Part
            } else {
                Front::Whole(6, None)
            };
        }
        match sequence::read(&self.held) {
            Sequence::Part => Front::Part,
            Sequence::Whole(count, input) => Front::Whole(count, input),
            // The key, and then something else.
            Sequence::None => Front::Whole(1, plain(KeyCode::Esc)),
        }
    }

    /// Many characters at once with line breaks among them were pasted by a terminal that does not say so.
    fn as_burst(&mut self, fresh: Vec<Input>, now: Instant) -> Vec<Input> {
        let typed = |input: &Input| match input {
            Input::Key(key) => match key.code {
                KeyCode::Char(c) if key.modifiers.is_empty() => Some(c),
                KeyCode::Enter => Some('\n'),
                KeyCode::Tab => Some('\t'),
                _ => None,
            },
            _ => None,
        };
        let keys = fresh.iter().filter(|input| **input != Input::Garbled);
        let text: Option<String> = keys.map(typed).collect();
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            self.burst = None;
            return fresh;
        };
        let letters = text.chars().filter(|c| !matches!(c, '\n' | '\t')).count();
        let goes_on = self.burst.is_some_and(|until| now <= until);
        if goes_on || letters > BURST && text.contains('\n') {
            self.burst = Some(now + TAIL);
            return vec![Input::Paste(text)];
        }
        fresh
    }
}

/// A character of UTF-8.
fn character(first: u8, rest: &[u8]) -> Front {
    let count = match first {
        0x20..=0x7e => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Front::Whole(1, Some(Input::Garbled)),
    };
    let mut bytes = vec![first];
    bytes.extend(rest.iter().take(count - 1));
    // A byte that cannot follow spoils the one before it, and stands for itself.
    let follows = bytes.iter().skip(1).all(|byte| byte & 0xc0 == 0x80);
    if !follows {
        return Front::Whole(1, Some(Input::Garbled));
    }
    if bytes.len() < count {
        return Front::Part;
    }
    match std::str::from_utf8(&bytes).map(|text| text.chars().next()) {
        Ok(Some(c)) if !c.is_control() => Front::Whole(count, plain(KeyCode::Char(c))),
        Ok(_) => Front::Whole(count, None),
        Err(_) => Front::Whole(1, Some(Input::Garbled)),
    }
}
