//! Sorted texts as a trie whose nodes are ranges.

use crate::search::alphabet::Letter;

#[derive(Clone, Copy, Debug)]
struct Node {
    letter: Letter,
    /// First entry below.
    from: u32,
    /// Entries that end exactly here lie in `from..ends`.
    ends: u32,
    /// Last entry below, exclusive.
    to: u32,
    /// Where the node after this one's whole subtree stands.
    next: u32,
}

/// A trie over entries that were sorted by their letters, nodes in depth-first order.
#[derive(Default)]
pub struct Trie {
    nodes: Vec<Node>,
}

/// What a visitor wants after a node.
pub enum Go {
    /// See what is below.
    Down,
    /// Pass over what is below.
    Over,
}

/// A node as a visitor sees it.
pub struct Seen {
    /// The letter on the way to it.
    pub letter: Letter,
    /// Its depth; 1 is the first letter.
    pub depth: usize,
    /// Entries that end here.
    pub ends: std::ops::Range<u32>,
    /// All entries at or below it.
    pub all: std::ops::Range<u32>,
}

impl Trie {
    /// Builds it from sorted entries.
    pub fn build<'a>(count: usize, entry: impl Fn(usize) -> &'a [Letter]) -> Trie {
        let mut nodes: Vec<Node> = Vec::new();
        let mut path: Vec<u32> = Vec::new();
        let mut before: &[Letter] = &[];
        for at in 0..count {
            let letters = entry(at);
            let common = if at == 0 {
                0
            } else {
                before
                    .iter()
                    .zip(letters)
                    .take_while(|(a, b)| a == b)
                    .count()
            };
            close(&mut nodes, &mut path, common, at as u32);
            for letter in letters.get(common..).unwrap_or(&[]) {
                path.push(nodes.len() as u32);
                nodes.push(Node {
                    letter: *letter,
                    from: at as u32,
                    ends: at as u32,
                    to: at as u32,
                    next: 0,
                });
            }
            if let Some(node) = path.last().and_then(|at| nodes.get_mut(*at as usize)) {
                node.ends = at as u32 + 1;
            }
            before = letters;
        }
        close(&mut nodes, &mut path, 0, count as u32);
        nodes.shrink_to_fit();
        Trie { nodes }
    }

    /// Walks depth first; the visitor keeps its own stack by depth.
    pub fn walk(&self, mut visit: impl FnMut(Seen) -> Go) {
        let mut at = 0;
        let mut open: Vec<u32> = Vec::with_capacity(32);
        while let Some(node) = self.nodes.get(at) {
            while open.last().is_some_and(|end| *end as usize <= at) {
                open.pop();
            }
            let seen = Seen {
                letter: node.letter,
                depth: open.len() + 1,
                ends: node.from..node.ends,
                all: node.from..node.to,
            };
            match visit(seen) {
                Go::Down => {
                    open.push(node.next);
                    at += 1;
                }
                Go::Over => at = node.next as usize,
            }
        }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.nodes.capacity() * size_of::<Node>()
    }
}

fn close(nodes: &mut [Node], path: &mut Vec<u32>, keep: usize, to: u32) {
    let next = nodes.len() as u32;
    for at in path.drain(keep.min(path.len())..) {
        if let Some(node) = nodes.get_mut(at as usize) {
            node.to = to;
            node.next = next;
        }
    }
}
