//! Sets of records as bits, in the order of the base.

/// A set of records.
#[derive(Clone, Debug, Default)]
pub struct Bits {
    words: Vec<u64>,
    /// Whether anything was ever put in since it was emptied.
    touched: bool,
}

impl Bits {
    /// Makes it the empty set over so many records.
    pub fn empty(&mut self, records: usize) {
        let length = records.div_ceil(64);
        if self.touched || self.words.len() != length {
            self.words.clear();
            self.words.resize(length, 0);
            self.touched = false;
        }
    }

    /// Whether it surely holds nothing.
    pub fn is_untouched(&self) -> bool {
        !self.touched
    }

    /// Puts a record in.
    pub fn set(&mut self, at: u32) {
        self.touched = true;
        if let Some(word) = self.words.get_mut(at as usize / 64) {
            *word |= 1 << (at % 64);
        }
    }

    /// Puts many records in.
    pub fn set_all(&mut self, list: &[u32]) {
        self.touched |= !list.is_empty();
        for at in list {
            if let Some(word) = self.words.get_mut(*at as usize / 64) {
                *word |= 1 << (at % 64);
            }
        }
    }

    /// Takes a record out.
    pub fn clear(&mut self, at: u32) {
        if let Some(word) = self.words.get_mut(at as usize / 64) {
            *word &= !(1 << (at % 64));
        }
    }

    /// Puts a run of records in.
    pub fn fill(&mut self, from: u32, to: u32) {
        if from >= to {
            return;
        }
        self.touched = true;
        let (first, last) = (from as usize / 64, (to as usize - 1) / 64);
        let head = u64::MAX << (from % 64);
        let tail = u64::MAX >> (63 - (to - 1) % 64);
        let Some(words) = self.words.get_mut(first..=last) else {
            return;
        };
        match words {
            [one] => *one |= head & tail,
            [one, middle @ .., other] => {
                *one |= head;
                middle.fill(u64::MAX);
                *other |= tail;
            }
            [] => {}
        }
    }

    /// Whether a record is in.
    pub fn has(&self, at: u32) -> bool {
        self.words
            .get(at as usize / 64)
            .is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// Adds another set.
    pub fn or(&mut self, other: &[u64]) {
        self.touched = true;
        for (word, other) in self.words.iter_mut().zip(other) {
            *word |= other;
        }
    }

    /// Keeps what is in another set too.
    pub fn and(&mut self, other: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Takes another set away.
    pub fn and_not(&mut self, other: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// Makes it equal to another set.
    pub fn copy(&mut self, other: &Bits) {
        self.words.clear();
        self.words.extend_from_slice(&other.words);
        self.touched = other.touched;
    }

    /// How many are in.
    pub fn count(&self) -> usize {
        if !self.touched {
            return 0;
        }
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// Those that are in, in the order of the base.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let words: &[u64] = if self.touched { &self.words } else { &[] };
        words.iter().enumerate().flat_map(|(nth, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                (left != 0).then(|| {
                    left &= left - 1;
                    nth as u32 * 64 + bit
                })
            })
        })
    }

    /// The words.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// The words, to be written.
    pub fn words_mut(&mut self) -> &mut [u64] {
        self.touched = true;
        &mut self.words
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.words.capacity() * 8
    }
}
