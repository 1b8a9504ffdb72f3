//! Lines in and lines out: short, whole, without anything that a terminal would obey.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Stdin};

use crate::domain::said::Lang;
use crate::say;

/// Bytes of one line at most; a form's longest field fits.
const MOST: usize = 8000;
/// Columns of one line at most.
const WIDE: usize = 120;
/// Lines that are read out before the listener asks for more.
const PAGE: usize = 10;

/// The two ends of the dialogue.
pub(super) struct Voice {
    input: BufReader<Stdin>,
    lang: Lang,
    waiting: VecDeque<String>,
}

impl Voice {
    /// Nothing was said yet.
    pub(super) fn new(lang: Lang) -> Voice {
        Voice {
            input: BufReader::new(std::io::stdin()),
            lang,
            waiting: VecDeque::new(),
        }
    }

    /// Says a text, in as many lines as it needs.
    pub(super) fn say(&mut self, text: &str) {
        for line in text.split('\n') {
            for part in pieces(&clean(line)) {
                outln!("{part}");
            }
        }
    }

    /// Reads out lines ten at a time; the rest waits for an empty line.
    pub(super) fn page(&mut self, lines: Vec<String>) {
        self.waiting = lines.into();
        self.more();
    }

    /// Goes on with what waits; false if nothing does.
    pub(super) fn more(&mut self) -> bool {
        if self.waiting.is_empty() {
            return false;
        }
        let count = self.waiting.len().min(PAGE);
        for line in self.waiting.drain(..count).collect::<Vec<_>>() {
            self.say(&line);
        }
        let left = self.waiting.len();
        if left > 0 {
            let told = say!("还有 {left} 条，Enter 继续", "{left} more, Enter goes on");
            self.say(told.get(self.lang));
        }
        true
    }

    /// The next line; none at the end of the input. What cannot be read is said, and the next is awaited.
    pub(super) fn hear(&mut self) -> Option<String> {
        loop {
            let mut bytes = Vec::new();
            let mut limited = (&mut self.input).take(MOST as u64);
            if limited.read_until(b'\n', &mut bytes).ok()? == 0 {
                return None;
            }
            let whole = bytes.ends_with(b"\n") || bytes.len() < MOST;
            if !whole {
                self.skip();
                let told = say!(
                    "这一行太长，没有收下：至多 {MOST} 字节，请分几行写",
                    "this line is too long and was not taken: {MOST} bytes at most, write several lines"
                );
                self.say(told.get(self.lang));
                continue;
            }
            match String::from_utf8(bytes) {
                Ok(line) => return Some(clean(&line)),
                Err(_) => {
                    let told = say!(
                        "这一行不是 UTF-8，没有收下：请把终端设为 UTF-8 再写",
                        "this line is not UTF-8 and was not taken: set the terminal to UTF-8"
                    );
                    self.say(told.get(self.lang));
                }
            }
        }
    }

    /// Passes over the rest of a line.
    fn skip(&mut self) {
        loop {
            let mut bytes = Vec::new();
            let mut limited = (&mut self.input).take(MOST as u64);
            let read = limited.read_until(b'\n', &mut bytes).unwrap_or(0);
            if read == 0 || bytes.ends_with(b"\n") {
                return;
            }
        }
    }
}

/// A text without control characters, and without the rest of the sequences that they begin.
fn clean(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' if chars.next_if_eq(&'[').is_some() => {
                // An arrow key, or a colour: up to its last letter.
                while chars
                    .next()
                    .is_some_and(|c| !('\u{40}'..='\u{7e}').contains(&c))
                {}
            }
            '\t' => kept.push(' '),
            c if c.is_control() => {}
            c => kept.push(c),
        }
    }
    kept
}

/// A text as lines of at most so many columns, parted behind a mark or a blank where there is one.
fn pieces(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut width, mut mark) = (String::new(), 0, 0);
    for c in text.chars() {
        line.push(c);
        // Whatever is not ASCII may take two columns.
        width += if c.is_ascii() { 1 } else { 2 };
        if matches!(c, '。' | '；' | '，' | '、' | ';' | ',' | ' ') {
            mark = line.len();
        }
        if width >= WIDE - 1 {
            let at = if mark * 2 > line.len() {
                mark
            } else {
                line.len()
            };
            let rest = line.split_off(at);
            lines.push(line.trim_end().to_owned());
            width = rest.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            (line, mark) = (rest, 0);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}
