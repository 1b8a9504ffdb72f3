//! Random numbers that are the same everywhere: SplitMix64, one stream per record.

/// A stream.
pub struct Random(u64);

impl Random {
    /// The stream of a record: its class and its number.
    pub fn of(class: &str, number: u64) -> Random {
        let mut seed = 0xcbf2_9ce4_8422_2325u64;
        let name = format!("nmg-kjzy-1/{class}/{number}");
        for byte in name.bytes() {
            seed = (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Random(seed)
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a bound; 0 for an empty one.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.draw() % bound.max(1)
    }

    /// One of several words.
    pub fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from.get(self.below(from.len() as u64) as usize)
            .copied()
            .unwrap_or("")
    }

    /// One of several, by weight.
    pub fn weighted<'a>(&mut self, from: &'a [(&'a str, u64)]) -> &'a str {
        let sum = from.iter().map(|one| one.1).sum();
        let mut at = self.below(sum);
        for (word, weight) in from {
            if at < *weight {
                return word;
            }
            at -= weight;
        }
        ""
    }
}
