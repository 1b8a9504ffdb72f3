//! Runs of digits inside phones, and ends of document numbers.

use crate::search::bits::Bits;

/// Digits of a phone that are looked at.
const PLACES: usize = 12;

/// Words that are looked at together, so that they stay near.
const BLOCK: usize = 128;

/// A number of at most twelve digits, packed: a nibble each, one more than the digit, the first one highest.
pub fn digits_of(number: &str) -> Option<u64> {
    let mut packed = 0u64;
    let mut length = 0;
    for digit in number.bytes().filter(u8::is_ascii_digit) {
        length += 1;
        packed = packed << 4 | u64::from(digit - b'0' + 1);
    }
    (length <= PLACES).then(|| packed << (4 * (PLACES - length)))
}

/// Per place and digit one bit per record.
#[derive(Default)]
pub struct Runs {
    rows: Vec<u64>,
    width: usize,
    /// Second and further numbers: record and digits.
    more: Vec<(u32, Box<[u8]>)>,
}

impl Runs {
    /// Builds them from first numbers in the order of the records, and further ones.
    pub fn build(
        count: usize,
        firsts: impl Iterator<Item = u64>,
        more: Vec<(u32, Box<[u8]>)>,
    ) -> Runs {
        let width = count.div_ceil(64);
        let mut runs = Runs {
            rows: vec![0; width * PLACES * 10],
            width,
            more,
        };
        for (at, packed) in firsts.enumerate() {
            for place in 0..PLACES {
                let nibble = (packed >> (4 * (PLACES - 1 - place))) & 15;
                let Some(digit) = nibble.checked_sub(1) else {
                    break;
                };
                let row = place * 10 + digit as usize;
                if let Some(word) = runs.rows.get_mut(row * width + at / 64) {
                    *word |= 1 << (at % 64);
                }
            }
        }
        runs
    }

    fn row(&self, place: usize, digit: usize, from: usize, to: usize) -> &[u64] {
        let start = (place * 10 + digit) * self.width;
        self.rows.get(start + from..start + to).unwrap_or(&[])
    }

    /// Adds every record that has this run of digits.
    pub fn find(&self, run: &str, out: &mut Bits) {
        let run: Vec<usize> = run.bytes().map(|b| usize::from(b - b'0')).collect();
        if run.len() <= PLACES {
            let width = self.width;
            let words = out.words_mut();
            for (nth, block) in words.chunks_mut(BLOCK).enumerate() {
                let (from, to) = (nth * BLOCK, (nth * BLOCK + BLOCK).min(width));
                for place in 0..=PLACES - run.len() {
                    let mut both = [u64::MAX; BLOCK];
                    for (step, digit) in run.iter().enumerate() {
                        let row = self.row(place + step, *digit, from, to);
                        for (bits, word) in both.iter_mut().zip(row) {
                            *bits &= word;
                        }
                    }
                    for (word, bits) in block.iter_mut().zip(&both) {
                        *word |= bits;
                    }
                }
            }
        }
        let bytes: Vec<u8> = run.iter().map(|digit| *digit as u8 + b'0').collect();
        for (at, digits) in &self.more {
            if digits.windows(bytes.len()).any(|window| window == bytes) {
                out.set(*at);
            }
        }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.rows.capacity() * 8 + self.more.capacity() * 40
    }
}

/// Characters of the end of a number that are kept.
const KEPT: usize = 12;

/// Bits of a kept character.
const EACH: usize = 5;

/// The end of a record's number, packed from the back, in two halves so that three fit in twelve bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tail {
    high: u32,
    low: u32,
    at: u32,
}

fn packed(number: &str) -> (u64, usize) {
    let mut key = 0u64;
    let mut length = 0;
    for byte in number
        .bytes()
        .rev()
        .filter(u8::is_ascii_alphanumeric)
        .take(KEPT)
    {
        let code = match byte {
            b'0'..=b'9' => byte - b'0' + 1,
            _ => byte.to_ascii_lowercase() % 20 + 11,
        };
        key = key << EACH | u64::from(code);
        length += 1;
    }
    (key << (EACH * (KEPT - length)), length)
}

impl Tail {
    /// The end of a number, if it is long enough to be looked for.
    pub fn new(at: u32, number: &str) -> Option<Tail> {
        let (key, length) = packed(number);
        (length >= 4).then_some(Tail {
            high: (key >> 32) as u32,
            low: key as u32,
            at,
        })
    }

    fn key(&self) -> u64 {
        u64::from(self.high) << 32 | u64::from(self.low)
    }
}

/// Ends of document numbers, sorted from the back.
#[derive(Default)]
pub struct Tails {
    rows: Vec<Tail>,
}

impl Tails {
    /// Builds them; `place` gives the record's place in the base.
    pub fn build(mut rows: Vec<Tail>, place: impl Fn(u32) -> u32) -> Tails {
        for row in &mut rows {
            row.at = place(row.at);
        }
        rows.sort_unstable();
        rows.shrink_to_fit();
        Tails { rows }
    }

    /// Adds every record whose number ends so.
    pub fn find(&self, tail: &str, out: &mut Bits) {
        let (key, length) = packed(tail);
        if length < 4 {
            return;
        }
        let last = key | ((1u64 << (EACH * (KEPT - length))) - 1);
        let from = self.rows.partition_point(|row| row.key() < key);
        for row in self
            .rows
            .iter()
            .skip(from)
            .take_while(|row| row.key() <= last)
        {
            out.set(row.at);
        }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<Tail>()
    }
}
