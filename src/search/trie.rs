//! Sorted texts as a trie whose nodes are ranges of items, nodes in the order of their levels.
//!
//! Where only one text is left there are no more nodes: what is left of it is read from the text.

use crate::search::alphabet::Letter;

/// What stands behind the last letter of each text.
pub const END: Letter = Letter::MAX;

/// Marks the last child of its parent, in `from`.
const LAST: u32 = 1 << 31;

/// Marks a node without children, in `kids`: the rest is where its text goes on.
const LEAF: u32 = 1 << 31;

/// A trie; node 0 is the root.
#[derive(Default)]
pub struct Trie {
    letters: Vec<Letter>,
    /// The first item at or below each node.
    from: Vec<u32>,
    /// The first child of each node, or the place in the texts where the only one goes on.
    kids: Vec<u32>,
    items: u32,
}

/// A text or a part of one, among all letters: where it begins, its length, and how many items it has.
#[derive(Clone, Copy)]
pub struct Part {
    /// Where it begins.
    pub at: u32,
    /// How many letters it has.
    pub length: u16,
    /// How many items go by it.
    pub items: u32,
}

impl Part {
    fn of(self, all: &[Letter]) -> &[Letter] {
        let from = self.at as usize;
        all.get(from..from + usize::from(self.length))
            .unwrap_or(&[])
    }
}

/// A place in the trie as a visitor sees it.
pub struct Seen<'a> {
    trie: &'a Trie,
    /// The letters that the trie was built from.
    letters: &'a [Letter],
    at: At,
    from: u32,
    to: u32,
}

enum At {
    /// A node.
    Node(usize),
    /// Behind a leaf, where the only text goes on at this letter.
    Rest(usize),
}

impl Seen<'_> {
    /// All items at or below it.
    pub fn all(&self) -> std::ops::Range<u32> {
        self.from..self.to
    }

    /// The items of texts that end here.
    pub fn ends(&self) -> std::ops::Range<u32> {
        let next = match self.at {
            At::Node(node) => match self.trie.first(node) {
                Some(first) => return self.from..self.trie.start(first),
                None => self.trie.rest(node),
            },
            At::Rest(at) => at + 1,
        };
        match self.letters.get(next) {
            Some(letter) if *letter != END => self.from..self.from,
            _ => self.from..self.to,
        }
    }
}

/// A node while the trie is built, in the order of its text.
struct Draft {
    letter: Letter,
    depth: u16,
    from: u32,
    kids: u32,
    rest: u32,
}

fn common(one: &[Letter], other: &[Letter]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

impl Trie {
    /// Builds it from sorted parts of these letters.
    pub fn build(all: &[Letter], parts: &[Part]) -> Trie {
        let mut drafts: Vec<Draft> = vec![Draft {
            letter: 0,
            depth: 0,
            from: 0,
            kids: 0,
            rest: 0,
        }];
        let mut path: Vec<u32> = vec![0];
        let mut items = 0;
        let mut shared = 0;
        for (nth, part) in parts.iter().enumerate() {
            let letters = part.of(all);
            let next = parts.get(nth + 1).map_or(&[][..], |next| next.of(all));
            let ahead = common(letters, next);
            path.truncate(shared + 1);
            // One letter more than it shares with a neighbour tells it from all others.
            let needed = (shared.max(ahead) + 1).min(letters.len());
            for letter in letters.get(shared..needed).unwrap_or(&[]) {
                let up = path.last().and_then(|at| drafts.get_mut(*at as usize));
                if let Some(up) = up {
                    up.kids += 1;
                }
                path.push(drafts.len() as u32);
                let depth = path.len() as u16 - 1;
                drafts.push(Draft {
                    letter: *letter,
                    depth,
                    from: items,
                    kids: 0,
                    rest: part.at + u32::from(depth),
                });
            }
            items += part.items;
            shared = ahead;
        }
        Trie::leveled(&drafts, items)
    }

    /// Level by level, each in the order of the texts: children of a node become neighbours.
    fn leveled(drafts: &[Draft], items: u32) -> Trie {
        let deepest = drafts.iter().map(|node| node.depth).max().unwrap_or(0);
        let mut next = vec![0usize; usize::from(deepest) + 2];
        for node in drafts {
            if let Some(slot) = next.get_mut(usize::from(node.depth) + 1) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut next {
            sum += *slot;
            *slot = sum;
        }
        let mut order = vec![0u32; drafts.len()];
        for (nth, node) in drafts.iter().enumerate() {
            if let Some(slot) = next.get_mut(usize::from(node.depth)) {
                if let Some(place) = order.get_mut(*slot) {
                    *place = nth as u32;
                }
                *slot += 1;
            }
        }
        let mut trie = Trie {
            letters: Vec::with_capacity(drafts.len()),
            from: Vec::with_capacity(drafts.len()),
            kids: Vec::with_capacity(drafts.len()),
            items,
        };
        let mut lasts: Vec<u32> = Vec::new();
        let mut first = 1;
        for node in order.iter().filter_map(|nth| drafts.get(*nth as usize)) {
            trie.letters.push(node.letter);
            trie.from.push(node.from);
            if node.kids == 0 {
                trie.kids.push(LEAF | node.rest);
            } else {
                trie.kids.push(first);
                first += node.kids;
                lasts.push(first - 1);
            }
        }
        for last in lasts {
            if let Some(from) = trie.from.get_mut(last as usize) {
                *from |= LAST;
            }
        }
        trie
    }

    /// The first child of a node.
    fn first(&self, node: usize) -> Option<usize> {
        let kids = *self.kids.get(node)?;
        (kids & LEAF == 0).then_some(kids as usize)
    }

    fn start(&self, node: usize) -> u32 {
        self.from.get(node).map_or(0, |from| from & !LAST)
    }

    /// Walks from the root: the visitor gets the state of the parent, the letter and the place, and
    /// answers the state to go down with, or none to pass over what is below. `all` are the letters
    /// that it was built from.
    pub fn walk<S>(
        &self,
        all: &[Letter],
        start: S,
        mut visit: impl FnMut(&S, Letter, Seen) -> Option<S>,
    ) {
        if self.items == 0 {
            return;
        }
        let mut stack = vec![(0usize, self.items, start)];
        while let Some((node, to, state)) = stack.pop() {
            let Some(mut child) = self.first(node) else {
                self.follow(all, node, to, state, &mut visit);
                continue;
            };
            while let (Some(letter), Some(from)) = (self.letters.get(child), self.from.get(child)) {
                let last = from & LAST != 0;
                let end = if last { to } else { self.start(child + 1) };
                let seen = Seen {
                    trie: self,
                    letters: all,
                    at: At::Node(child),
                    from: from & !LAST,
                    to: end,
                };
                if let Some(below) = visit(&state, *letter, seen) {
                    stack.push((child, end, below));
                }
                if last {
                    break;
                }
                child += 1;
            }
        }
    }

    /// Where the only text of a leaf goes on.
    fn rest(&self, leaf: usize) -> usize {
        self.kids
            .get(leaf)
            .map_or(0, |kids| (kids & !LEAF) as usize)
    }

    fn follow<S>(
        &self,
        all: &[Letter],
        leaf: usize,
        to: u32,
        mut state: S,
        visit: &mut impl FnMut(&S, Letter, Seen) -> Option<S>,
    ) {
        for (at, letter) in all.iter().enumerate().skip(self.rest(leaf)) {
            if *letter == END {
                return;
            }
            let seen = Seen {
                trie: self,
                letters: all,
                at: At::Rest(at),
                from: self.start(leaf),
                to,
            };
            match visit(&state, *letter, seen) {
                Some(below) => state = below,
                None => return,
            }
        }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.letters.capacity() * 2 + self.from.capacity() * 4 + self.kids.capacity() * 4
    }
}
