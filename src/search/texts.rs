//! Distinct texts in the order of their letters, with the items that go by each of them.

use crate::search::alphabet::Letter;
use crate::search::trie::{END, Part, Trie};

/// Texts met while reading, each once.
#[derive(Default)]
pub struct Interner {
    ids: foldhash::HashMap<Box<[Letter]>, u32>,
}

impl Interner {
    /// The number of a text.
    pub fn id(&mut self, letters: &[Letter]) -> u32 {
        if let Some(id) = self.ids.get(letters) {
            return *id;
        }
        let id = self.ids.len() as u32;
        self.ids.insert(letters.into(), id);
        id
    }

    /// All texts by their numbers.
    pub fn texts(self) -> Vec<Box<[Letter]>> {
        let mut all = vec![Box::default(); self.ids.len()];
        for (letters, id) in self.ids {
            if let Some(slot) = all.get_mut(id as usize) {
                *slot = letters;
            }
        }
        all
    }
}

/// Sorted distinct texts, with a trie from their heads and one from every later place.
#[derive(Default)]
pub struct Texts {
    letters: Vec<Letter>,
    starts: Vec<u32>,
    /// Items of text `t` are `items[first[t]..first[t + 1]]`.
    first: Vec<u32>,
    items: Vec<u32>,
    /// From the heads; its ranges are of `items`.
    pub heads: Trie,
    /// From later places; its ranges are of `inner_items`.
    pub inner: Trie,
    inner_items: Vec<u32>,
}

/// The first four letters of a text as one number that sorts like them.
fn key(letters: &[Letter]) -> u64 {
    (0..4).fold(0u64, |key, nth| {
        key << 16 | letters.get(nth).map_or(0, |letter| u64::from(*letter) + 1)
    })
}

impl Texts {
    /// Builds from texts and pairs of text and item; gives the place of each text in the sorted order too.
    pub fn build(texts: &[Box<[Letter]>], pairs: &[(u32, u32)]) -> (Texts, Vec<u32>) {
        let text = |at: u32| texts.get(at as usize).map_or(&[][..], |text| text);
        let mut order: Vec<(u64, u32)> = (0..texts.len() as u32)
            .map(|at| (key(text(at)), at))
            .collect();
        order.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0)
                .then_with(|| text(a.1).cmp(text(b.1)))
                .then(a.1.cmp(&b.1))
        });
        let mut places = vec![0u32; texts.len()];
        let mut built = Texts {
            starts: vec![0],
            ..Texts::default()
        };
        for (place, (_, at)) in order.iter().enumerate() {
            if let Some(slot) = places.get_mut(*at as usize) {
                *slot = place as u32;
            }
            built.letters.extend_from_slice(text(*at));
            built.letters.push(END);
            built.starts.push(built.letters.len() as u32);
        }
        built.place(&places, pairs);
        let whole: Vec<Part> = (0..texts.len() as u32)
            .map(|at| built.part(at, 0))
            .collect();
        built.heads = Trie::build(&built.letters, &whole);
        built.suffixes();
        (built, places)
    }

    fn place(&mut self, places: &[u32], pairs: &[(u32, u32)]) {
        let of = |text: u32| places.get(text as usize).copied().unwrap_or(0) as usize;
        let mut first = vec![0u32; places.len() + 1];
        for (text, _) in pairs {
            if let Some(slot) = first.get_mut(of(*text) + 1) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut first {
            sum += *slot;
            *slot = sum;
        }
        let mut next = first.clone();
        self.items = vec![0; pairs.len()];
        for (text, item) in pairs {
            if let Some(slot) = next.get_mut(of(*text)) {
                if let Some(place) = self.items.get_mut(*slot as usize) {
                    *place = *item;
                }
                *slot += 1;
            }
        }
        self.first = first;
    }

    fn suffixes(&mut self) {
        let mut suffixes: Vec<(u64, u32, u16)> = Vec::new();
        for at in 0..self.len() as u32 {
            let letters = self.get(at);
            for from in 1..letters.len() {
                let rest = letters.get(from..).unwrap_or(&[]);
                suffixes.push((key(rest), at, from as u16));
            }
        }
        let rest =
            |entry: &(u64, u32, u16)| self.get(entry.1).get(usize::from(entry.2)..).unwrap_or(&[]);
        suffixes.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0)
                .then_with(|| rest(a).cmp(rest(b)))
                .then(a.1.cmp(&b.1))
        });
        let parts: Vec<Part> = suffixes
            .iter()
            .map(|(_, at, from)| self.part(*at, *from))
            .collect();
        let inner = Trie::build(&self.letters, &parts);
        let mut items = Vec::with_capacity(suffixes.iter().map(|s| self.count(s.1) as usize).sum());
        for (_, at, _) in &suffixes {
            items.extend_from_slice(self.of(*at));
        }
        self.inner = inner;
        self.inner_items = items;
    }

    /// A text from one of its letters on.
    fn part(&self, at: u32, from: u16) -> Part {
        let start = self.starts.get(at as usize).copied().unwrap_or(0);
        Part {
            at: start + u32::from(from),
            length: (self.get(at).len() as u16).saturating_sub(from),
            items: self.count(at),
        }
    }

    /// The letters of a text.
    pub fn get(&self, at: u32) -> &[Letter] {
        let from = self.starts.get(at as usize).copied().unwrap_or(0) as usize;
        let to = self.starts.get(at as usize + 1).copied().unwrap_or(1) as usize;
        // Without what stands behind the last letter.
        self.letters.get(from..to - 1).unwrap_or(&[])
    }

    /// The letters of all texts, each with its end, as the tries read them.
    pub fn letters(&self) -> &[Letter] {
        &self.letters
    }

    fn count(&self, at: u32) -> u32 {
        self.of(at).len() as u32
    }

    /// The items of a text.
    pub fn of(&self, at: u32) -> &[u32] {
        let from = self.first.get(at as usize).copied().unwrap_or(0) as usize;
        let to = self.first.get(at as usize + 1).copied().unwrap_or(0) as usize;
        self.items.get(from..to).unwrap_or(&[])
    }

    /// The items in a range of the heads.
    pub fn headed(&self, range: std::ops::Range<u32>) -> &[u32] {
        self.items
            .get(range.start as usize..range.end as usize)
            .unwrap_or(&[])
    }

    /// The items in a range of the later places.
    pub fn within(&self, range: std::ops::Range<u32>) -> &[u32] {
        self.inner_items
            .get(range.start as usize..range.end as usize)
            .unwrap_or(&[])
    }

    /// Where a text stands or would stand, and whether it is there.
    pub fn find(&self, letters: &[Letter]) -> Result<u32, u32> {
        let (mut low, mut high) = (0, self.len() as u32);
        while low < high {
            let middle = low.midpoint(high);
            match self.get(middle).cmp(letters) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Ok(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Err(low)
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.letters.capacity() * 2
            + (self.starts.capacity() + self.first.capacity()) * 4
            + (self.items.capacity() + self.inner_items.capacity()) * 4
            + self.heads.bytes()
            + self.inner.bytes()
    }
}
