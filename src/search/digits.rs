//! Runs of digits inside phones, and ends of document numbers.

/// Digits of a phone that are looked at.
const PLACES: usize = 12;

/// Per place and digit one bit per record.
#[derive(Default)]
pub struct Runs {
    rows: Vec<Vec<u64>>,
    /// Second and further numbers: record and digits.
    more: Vec<(u32, Box<[u8]>)>,
}

impl Runs {
    /// Room for so many records.
    pub fn new(count: usize) -> Runs {
        Runs {
            rows: vec![vec![0; count.div_ceil(64)]; PLACES * 10],
            more: Vec::new(),
        }
    }

    /// Adds a record's numbers.
    pub fn add(&mut self, at: u32, numbers: &[String]) {
        for (nth, number) in numbers.iter().enumerate() {
            let digits: Box<[u8]> = number.bytes().filter(u8::is_ascii_digit).collect();
            if nth > 0 || digits.len() > PLACES {
                self.more.push((at, digits));
                continue;
            }
            for (place, digit) in digits.iter().enumerate() {
                let row = self.rows.get_mut(place * 10 + usize::from(digit - b'0'));
                if let Some(word) = row.and_then(|row| row.get_mut(at as usize / 64)) {
                    *word |= 1 << (at % 64);
                }
            }
        }
    }

    /// Calls back with every record that has this run of digits.
    #[expect(
        clippy::indexing_slicing,
        reason = "all rows have the same length, digits are 0 to 9"
    )]
    pub fn find(&self, run: &str, mut hit: impl FnMut(u32)) {
        let run: Vec<usize> = run.bytes().map(|b| usize::from(b - b'0')).collect();
        let words = self.rows.first().map_or(0, Vec::len);
        if run.len() <= PLACES && words > 0 {
            let sets: Vec<Vec<&[u64]>> = (0..=PLACES - run.len())
                .map(|from| {
                    run.iter()
                        .enumerate()
                        .map(|(nth, digit)| self.rows[(from + nth) * 10 + digit].as_slice())
                        .collect()
                })
                .collect();
            for word in 0..words {
                let mut found = 0u64;
                for set in &sets {
                    found |= set.iter().fold(u64::MAX, |bits, row| bits & row[word]);
                }
                while found != 0 {
                    hit(word as u32 * 64 + found.trailing_zeros());
                    found &= found - 1;
                }
            }
        }
        let bytes: Vec<u8> = run.iter().map(|digit| *digit as u8 + b'0').collect();
        for (at, digits) in &self.more {
            if digits.windows(bytes.len()).any(|window| window == bytes) {
                hit(*at);
            }
        }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.rows.iter().map(|row| row.len() * 8).sum::<usize>() + self.more.len() * 32
    }
}

/// Ends of document numbers, sorted from the back.
#[derive(Default)]
pub struct Tails {
    rows: Vec<(u64, u32)>,
}

/// Characters of the end that are kept.
const KEPT: usize = 12;

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
        key = key << 5 | u64::from(code);
        length += 1;
    }
    (key << (5 * (KEPT - length)), length)
}

impl Tails {
    /// Adds a number.
    pub fn add(&mut self, at: u32, number: &str) {
        let (key, length) = packed(number);
        if length >= 4 {
            self.rows.push((key, at));
        }
    }

    /// To be called after the last number.
    pub fn sort(&mut self) {
        self.rows.sort_unstable();
        self.rows.shrink_to_fit();
    }

    /// Calls back with every record whose number ends so.
    pub fn find(&self, tail: &str, mut hit: impl FnMut(u32)) {
        let (key, length) = packed(tail);
        if length < 4 {
            return;
        }
        let last = key | ((1u64 << (5 * (KEPT - length))) - 1);
        let from = self.rows.partition_point(|row| row.0 < key);
        for (_, at) in self.rows.iter().skip(from).take_while(|row| row.0 <= last) {
            hit(*at);
        }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.rows.capacity() * 16
    }
}
