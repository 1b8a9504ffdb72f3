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

/// A burst of more characters than this was pasted and not typed.
const BURST: usize = 20;
/// As many at once may be the beginning of one: more is waited for.
const MANY: usize = 8;
/// As long as a burst may take, and what follows it so soon belongs to it.
const TAIL: Duration = Duration::from_millis(30);
/// A sequence that is not complete after so long never will be.
const PATIENCE: Duration = Duration::from_millis(600);
/// What comes so soon after that may be its rest all the same.
const LATE: Duration = Duration::from_secs(3);
/// Bytes that may be such a rest wait so long for the end of it.
const REST: Duration = Duration::from_millis(100);
/// A string ends after so long a silence, or with so many bytes.
const STRING: Duration = Duration::from_secs(3);
const STRING_MOST: usize = 1 << 16;
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
    /// What may be typed and may be the beginning of a burst.
    crowd: Vec<Input>,
    /// When the first of it came.
    crowded: Instant,
    /// Until when more belongs to a burst.
    burst: Option<Instant>,
    /// The beginning of a sequence that was given up waiting for, and when: its rest is swallowed.
    given_up: Option<(Instant, Vec<u8>)>,
    /// How much of what is held was given up before: what follows may be its rest.
    rest: usize,
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
            crowd: Vec::new(),
            crowded: Instant::now(),
            burst: None,
            given_up: None,
            rest: 0,
        }
    }

    /// Takes bytes with the moment at which they were read, and gives what is complete.
    pub fn feed(&mut self, bytes: &[u8], now: Instant) -> Vec<Input> {
        let mut found = self.expire(now);
        // What follows a part of a character, but is none of it, says that the rest was lost.
        let part = self.paste.is_none() && self.held.first().is_some_and(|byte| *byte >= 0x80);
        if part && bytes.first().is_some_and(u8::is_ascii) {
            self.held.clear();
            found.push(Input::Garbled);
        }
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
                    if std::mem::take(&mut self.rest) == 0 {
                        fresh.extend(input);
                    }
                }
            }
        }
        if sequence::begun(&self.held) && self.held.len() > STRING_MOST {
            self.held.clear();
        }
        self.gather(fresh, now, &mut found);
        found
    }

    /// When what is held must be looked at again; none if nothing is held.
    pub fn due(&self) -> Option<Instant> {
        let crowd = (!self.crowd.is_empty()).then(|| self.crowded + TAIL);
        crowd.into_iter().chain(self.held_until()).min()
    }

    fn held_until(&self) -> Option<Instant> {
        let wait = match self.held.as_slice() {
            _ if self.paste.is_some() => CUT_OFF,
            [] => return None,
            [0x1b] => self.wait,
            // An Esc cuts a string off as well as ending it.
            held if sequence::begun(held) && held.ends_with(b"\x1b") => PATIENCE,
            held if sequence::begun(held) => STRING,
            _ if self.rest > 0 => self.wait.max(REST),
            [0x1b, b'[', b'M'] => self.wait,
            // A lost packet that is sent again takes longer than any gap within a key.
            [0xc2..=0xff, ..] => CUT_OFF,
            _ => PATIENCE,
        };
        Some(self.last + wait)
    }

    /// What was typed and waits for more: nothing more comes.
    pub fn last(&mut self) -> Vec<Input> {
        let mut found = Vec::new();
        self.scatter(self.last, &mut found);
        found
    }

    /// Gives up what has waited long enough.
    pub fn expire(&mut self, now: Instant) -> Vec<Input> {
        let mut found = Vec::new();
        if self.crowded + TAIL <= now {
            self.scatter(now, &mut found);
        }
        if self.held_until().is_some_and(|until| until <= now) {
            self.give_up(now, &mut found);
        }
        found
    }

    fn give_up(&mut self, now: Instant, found: &mut Vec<Input>) {
        let mut held = std::mem::take(&mut self.held);
        if let Some(mut paste) = self.paste.take() {
            paste.append(&mut held);
            return found.push(Input::Paste(String::from_utf8_lossy(&paste).into_owned()));
        }
        let rest = std::mem::take(&mut self.rest);
        if rest > 0 && held.starts_with(b"\x1b[M") {
            return;
        }
        if rest > 0 && !sequence::begun(&held) {
            // It was no rest, and typed.
            let typed = held.into_iter().skip(rest).map(char::from);
            return found.extend(typed.filter_map(|c| plain(KeyCode::Char(c))));
        }
        match held.as_slice() {
            [0x1b, b'[', b'M'] => found.extend(plain(KeyCode::F(1))),
            [0x1b, letter] if sequence::head(&held) => {
                let letter = KeyCode::Char(char::from(*letter));
                found.extend(plain(KeyCode::Esc).into_iter().chain(plain(letter)));
            }
            held if sequence::begun(held) => {
                let left = held.ends_with(b"\x1b").then(|| plain(KeyCode::Esc));
                found.extend(left.flatten());
                return;
            }
            // The key itself, or the key and a bracket right after it.
            [0x1b] | [0x1b, b'[' | b'O'] => found.extend(plain(KeyCode::Esc)),
            // The rest of a sequence whose end is lost.
            [0x1b, ..] => {}
            _ => return found.push(Input::Garbled),
        }
        self.given_up = Some((now, held));
    }

    /// Takes what may be the rest of a sequence that was given up waiting for: as keys it would do harm.
    fn late(&mut self, now: Instant) {
        let Some((since, lost)) = self.given_up.take() else {
            return;
        };
        let alone = lost.len() == 1;
        if now - since > if alone { PATIENCE } else { LATE } {
            return;
        }
        let mut whole = lost.clone();
        whole.extend_from_slice(&self.held);
        let rest = match sequence::read(&whole) {
            Sequence::Whole(count, _) if alone => count > 2,
            Sequence::Whole(count, _) => {
                count > lost.len() && whole.get(..count).is_some_and(sequence::ends)
            }
            // What is typed after the head of a string is no string yet.
            Sequence::Part => !sequence::head(&lost),
            Sequence::None => false,
        };
        if rest {
            self.held = whole;
            self.rest = lost.len();
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
        let Some(first) = self.held.first() else {
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
            letter @ 0x20..=0x7e => Front::Whole(1, plain(KeyCode::Char(char::from(letter)))),
            _ => beyond(&self.held),
        }
    }

    fn escape(&mut self) -> Front {
        if self.held.starts_with(b"\x1b[200~") {
            self.paste = Some(Vec::new());
            return Front::Whole(6, None);
        }
        // A function key where nothing follows; else the mouse, its button and place as three bytes.
        if let [0x1b, b'[', b'M', report @ ..] = self.held.as_slice() {
            let report = report.get(..3).unwrap_or(report);
            return match report.iter().any(|byte| *byte < b' ') {
                true => Front::Whole(3, plain(KeyCode::F(1))),
                false if report.len() < 3 => Front::Part,
                false => Front::Whole(6, None),
            };
        }
        match sequence::read(&self.held) {
            Sequence::Part => Front::Part,
            Sequence::Whole(count, input) => Front::Whole(count, input),
            // The key, and then something else.
            Sequence::None => Front::Whole(1, plain(KeyCode::Esc)),
        }
    }

    /// Puts together what is typed at once: so many characters were pasted by a terminal that does not say so.
    fn gather(&mut self, fresh: Vec<Input>, now: Instant, found: &mut Vec<Input>) {
        for input in fresh {
            match typed(&input) {
                Some(_) => {
                    if self.crowd.is_empty() {
                        self.crowded = now;
                    }
                    self.crowd.push(input);
                }
                // It may stand in the middle of what is pasted.
                None if input == Input::Garbled => found.push(input),
                None => {
                    self.scatter(now, found);
                    self.burst = None;
                    found.push(input);
                }
            }
        }
        let goes_on = self.burst.is_some_and(|until| now <= until);
        if goes_on || !(MANY..=BURST).contains(&self.letters()) {
            self.scatter(now, found);
        }
    }

    fn letters(&self) -> usize {
        let typed = self.crowd.iter().filter_map(typed);
        typed.filter(|c| !matches!(c, '\n' | '\t')).count()
    }

    /// What was put together is keys, or a paste.
    fn scatter(&mut self, now: Instant, found: &mut Vec<Input>) {
        if self.crowd.is_empty() {
            return;
        }
        let goes_on = self.burst.is_some_and(|until| now <= until);
        let pasted = goes_on || self.letters() > BURST;
        let crowd = std::mem::take(&mut self.crowd);
        self.burst = pasted.then(|| now + TAIL);
        match pasted {
            true => found.push(Input::Paste(crowd.iter().filter_map(typed).collect())),
            false => found.extend(crowd),
        }
    }
}

/// The character that an input types; none if it is no text.
fn typed(input: &Input) -> Option<char> {
    match input {
        Input::Key(key) => match key.code {
            KeyCode::Char(c) if key.modifiers.is_empty() => Some(c),
            KeyCode::Enter => Some('\n'),
            KeyCode::Tab => Some('\t'),
            _ => None,
        },
        _ => None,
    }
}

/// A character beyond ASCII. Where one among its like is no UTF-8 none of them is: other encodings have
/// pairs that happen to be some.
fn beyond(held: &[u8]) -> Front {
    let count = held.iter().take_while(|byte| **byte >= 0x80).count();
    let run = held.get(..count).unwrap_or_default();
    let (good, whole) = match std::str::from_utf8(run) {
        Ok(text) => (text, true),
        Err(error) if error.error_len().is_none() && count == held.len() => {
            let good = run.get(..error.valid_up_to()).unwrap_or_default();
            (std::str::from_utf8(good).unwrap_or_default(), false)
        }
        Err(_) => return Front::Whole(foreign(held), Some(Input::Garbled)),
    };
    match good.chars().next() {
        Some(c) if c.is_control() => Front::Whole(c.len_utf8(), None),
        Some(c) => Front::Whole(c.len_utf8(), plain(KeyCode::Char(c))),
        // The rest of it is on its way.
        None if !whole => Front::Part,
        None => Front::Whole(1, Some(Input::Garbled)),
    }
}

/// How many bytes are text as Chinese terminals send it that know no UTF-8: the second of a pair may be ASCII.
fn foreign(held: &[u8]) -> usize {
    let mut at = 0;
    while let Some(first) = held.get(at).filter(|byte| **byte >= 0x80) {
        let second = held.get(at + 1);
        let pair = (0x81..=0xfe).contains(first)
            && second.is_some_and(|byte| matches!(byte, 0x40..=0x7e | 0x80..=0xfe));
        at += if pair { 2 } else { 1 };
    }
    at
}
