//! Random numbers that are the same everywhere: SplitMix64, one stream per record.

/// The seed of everything.
const SEED: &str = "nmg-kjzy-1";

/// A stream.
pub struct Random(u64);

impl Random {
    /// The stream of a record: its class and its number.
    pub fn of(class: &str, number: u64) -> Random {
        let mut seed = 0xcbf2_9ce4_8422_2325u64;
        let mut mix = |byte: u8| {
            seed = (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        };
        SEED.bytes().chain([b'/']).for_each(&mut mix);
        class.bytes().chain([b'/']).for_each(&mut mix);
        let mut unit = 1u64;
        while number / unit >= 10 {
            unit *= 10;
        }
        while unit > 0 {
            mix(b'0' + (number / unit % 10) as u8);
            unit /= 10;
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

    /// True so many times in a thousand.
    pub fn permille(&mut self, chance: u64) -> bool {
        self.below(1000) < chance
    }

    /// One of several words.
    pub fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from.get(self.below(from.len() as u64) as usize)
            .copied()
            .unwrap_or("")
    }

    /// Where a draw by weight falls.
    pub fn at(&mut self, weights: impl Iterator<Item = u64> + Clone) -> usize {
        let mut at = self.below(weights.clone().sum());
        for (place, weight) in weights.enumerate() {
            if at < weight {
                return place;
            }
            at -= weight;
        }
        0
    }

    /// A number between two, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below((most - least + 1).max(1) as u64) as i64
    }

    /// One of several, by weight.
    pub fn weighted<'a>(&mut self, from: &[(&'a str, u64)]) -> &'a str {
        let at = self.at(from.iter().map(|one| one.1));
        from.get(at).map_or("", |one| one.0)
    }
}
