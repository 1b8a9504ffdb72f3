//! Sorted texts as a trie whose nodes are ranges of items, nodes in the order of their levels.

use crate::search::alphabet::Letter;

/// A trie; node 0 is the root.
#[derive(Default)]
pub struct Trie {
    letters: Vec<Letter>,
    /// The first item at or below each node.
    from: Vec<u32>,
    /// The first child of each node; the last one's end is the next node's first.
    kids: Vec<u32>,
    items: u32,
}

/// A node as a visitor sees it.
pub struct Seen<'a> {
    trie: &'a Trie,
    node: usize,
    to: u32,
}

impl Seen<'_> {
    /// All items at or below it.
    pub fn all(&self) -> std::ops::Range<u32> {
        self.trie.from.get(self.node).copied().unwrap_or(0)..self.to
    }

    /// The items of texts that end here.
    pub fn ends(&self) -> std::ops::Range<u32> {
        let (first, end) = self.trie.children(self.node);
        let below = if first < end {
            self.trie.from.get(first).copied().unwrap_or(self.to)
        } else {
            self.to
        };
        self.trie.from.get(self.node).copied().unwrap_or(0)..below
    }
}

/// A node while the trie is built, in the order of its text.
struct Draft {
    letter: Letter,
    depth: u16,
    from: u32,
    kids: u32,
}

impl Trie {
    /// Builds it from sorted texts, each with so many items.
    pub fn build<'a>(texts: impl Iterator<Item = (&'a [Letter], u32)>) -> Trie {
        let mut drafts: Vec<Draft> = vec![Draft {
            letter: 0,
            depth: 0,
            from: 0,
            kids: 0,
        }];
        let mut path: Vec<u32> = vec![0];
        let mut before: &[Letter] = &[];
        let mut items = 0;
        for (letters, count) in texts {
            let common = before
                .iter()
                .zip(letters)
                .take_while(|(a, b)| a == b)
                .count();
            path.truncate(common + 1);
            for letter in letters.get(common..).unwrap_or(&[]) {
                let up = path.last().and_then(|at| drafts.get_mut(*at as usize));
                if let Some(up) = up {
                    up.kids += 1;
                }
                path.push(drafts.len() as u32);
                drafts.push(Draft {
                    letter: *letter,
                    depth: path.len() as u16 - 1,
                    from: items,
                    kids: 0,
                });
            }
            items += count;
            before = letters;
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
        let mut trie = Trie {
            letters: vec![0; drafts.len()],
            from: vec![0; drafts.len()],
            kids: vec![0; drafts.len() + 1],
            items,
        };
        for node in drafts {
            let Some(slot) = next.get_mut(usize::from(node.depth)) else {
                continue;
            };
            let at = *slot;
            *slot += 1;
            if let (Some(letter), Some(from), Some(kids)) = (
                trie.letters.get_mut(at),
                trie.from.get_mut(at),
                trie.kids.get_mut(at),
            ) {
                (*letter, *from, *kids) = (node.letter, node.from, node.kids);
            }
        }
        let mut first = 1;
        for kids in &mut trie.kids {
            let count = *kids;
            *kids = first;
            first += count;
        }
        trie
    }

    fn children(&self, node: usize) -> (usize, usize) {
        match self.kids.get(node..node + 2) {
            Some([first, end]) => (*first as usize, *end as usize),
            _ => (0, 0),
        }
    }

    /// Walks from the root: the visitor gets the state of the parent, the letter and the node, and
    /// answers the state to go down with, or none to pass over what is below.
    pub fn walk<S>(&self, start: S, mut visit: impl FnMut(&S, Letter, Seen) -> Option<S>) {
        let mut stack = vec![(0usize, self.items, start)];
        while let Some((node, to, state)) = stack.pop() {
            let (first, end) = self.children(node);
            let letters = self.letters.get(first..end).unwrap_or(&[]);
            for (nth, letter) in letters.iter().enumerate() {
                let child = first + nth;
                let to = if child + 1 < end {
                    self.from.get(child + 1).copied().unwrap_or(to)
                } else {
                    to
                };
                let seen = Seen {
                    trie: self,
                    node: child,
                    to,
                };
                if let Some(below) = visit(&state, *letter, seen) {
                    stack.push((child, to, below));
                }
            }
        }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.letters.capacity() * 2 + self.from.capacity() * 4 + self.kids.capacity() * 4
    }
}
