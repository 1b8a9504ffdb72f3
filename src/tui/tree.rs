//! Pane 1: the organisation tree as it is folded now.

use std::collections::{BTreeSet, HashMap};

use crate::domain::kind::{Code, Kind};
use crate::protocol::Node;

/// A visible line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Index of the node.
    pub node: usize,
    /// Depth.
    pub depth: usize,
    /// Whether it can be opened, and is.
    pub open: Option<bool>,
}

/// The pane.
#[derive(Default)]
pub struct Tree {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// What is visible.
    pub lines: Vec<Line>,
    /// Members at or below each node.
    pub totals: Vec<u32>,
    open: BTreeSet<u64>,
    /// The selected organisation.
    pub selected: u64,
    /// First visible line.
    pub top: usize,
    /// Whether dissolved ones are shown.
    pub dissolved: bool,
    children: HashMap<u64, Vec<usize>>,
}

impl Tree {
    /// Takes in the nodes; what was open and selected stays so.
    pub fn set(&mut self, nodes: Vec<Node>) {
        let first = self.nodes.is_empty();
        self.nodes = nodes;
        self.children.clear();
        for (at, node) in self.nodes.iter().enumerate() {
            self.children.entry(node.parent).or_default().push(at);
        }
        self.totals = self.nodes.iter().map(|node| node.members).collect();
        // Parents stand before children: sums travel upwards from the end.
        let places: HashMap<u64, usize> = self
            .nodes
            .iter()
            .enumerate()
            .map(|(at, node)| (node.number, at))
            .collect();
        for at in (0..self.nodes.len()).rev() {
            let parent = self.nodes.get(at).and_then(|node| places.get(&node.parent));
            let own = self.totals.get(at).copied().unwrap_or(0);
            if let Some(total) = parent
                .filter(|parent| **parent < at)
                .and_then(|parent| self.totals.get_mut(*parent))
            {
                *total += own;
            }
        }
        if first {
            let roots: Vec<u64> = self
                .children
                .get(&0)
                .into_iter()
                .flatten()
                .filter_map(|at| self.nodes.get(*at))
                .map(|node| node.number)
                .collect();
            self.selected = roots.first().copied().unwrap_or(0);
            self.open.extend(roots);
        }
        self.fold();
    }

    fn fold(&mut self) {
        let mut lines = Vec::new();
        let mut stack: Vec<(usize, usize)> = self
            .children
            .get(&0)
            .into_iter()
            .flatten()
            .rev()
            .map(|at| (*at, 0))
            .collect();
        while let Some((at, depth)) = stack.pop() {
            let Some(node) = self.nodes.get(at) else {
                continue;
            };
            if node.status == "已注销" && !self.dissolved {
                continue;
            }
            let below = self.children.get(&node.number);
            let open = below.map(|_| self.open.contains(&node.number));
            lines.push(Line {
                node: at,
                depth,
                open,
            });
            if open == Some(true) && depth < 32 {
                stack.extend(
                    below
                        .into_iter()
                        .flatten()
                        .rev()
                        .map(|child| (*child, depth + 1)),
                );
            }
        }
        self.lines = lines;
    }

    /// The line of the selected organisation.
    pub fn at(&self) -> usize {
        self.lines
            .iter()
            .position(|line| {
                self.nodes
                    .get(line.node)
                    .is_some_and(|node| node.number == self.selected)
            })
            .unwrap_or(0)
    }

    /// Selects a line.
    pub fn select(&mut self, at: usize) {
        let at = at.min(self.lines.len().saturating_sub(1));
        if let Some(node) = self
            .lines
            .get(at)
            .and_then(|line| self.nodes.get(line.node))
        {
            self.selected = node.number;
        }
    }

    /// Selects an organisation and opens what is above it.
    pub fn reach(&mut self, number: u64) {
        let mut at = number;
        for _ in 0..32 {
            match self.nodes.iter().find(|node| node.number == at) {
                Some(node) if node.parent != 0 => {
                    self.open.insert(node.parent);
                    at = node.parent;
                }
                _ => break,
            }
        }
        self.selected = number;
        self.fold();
    }

    /// Opens the selected one, or goes to its first child.
    pub fn right(&mut self) {
        let at = self.at();
        match self.lines.get(at).and_then(|line| line.open) {
            Some(false) => {
                self.open.insert(self.selected);
                self.fold();
            }
            Some(true) => self.select(at + 1),
            None => {}
        }
    }

    /// Folds the selected one, or goes to its parent.
    pub fn left(&mut self) {
        if self.open.remove(&self.selected) {
            self.fold();
            return;
        }
        let parent = self
            .nodes
            .iter()
            .find(|node| node.number == self.selected)
            .map_or(0, |node| node.parent);
        if parent != 0 {
            self.selected = parent;
        }
    }

    /// Shows or hides dissolved organisations.
    pub fn toggle_dissolved(&mut self) {
        self.dissolved = !self.dissolved;
        self.fold();
    }

    /// The selected organisation's code.
    pub fn code(&self) -> Option<Code> {
        (self.selected != 0).then(|| Code::new(Kind::Organisation, self.selected))
    }

    /// The selected node.
    pub fn node(&self) -> Option<&Node> {
        self.nodes.iter().find(|node| node.number == self.selected)
    }
}
