//! The organisation tree in memory: who stands under whom, and how many belong.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::kind::{Code, Kind};
use crate::domain::organisation::SPELLINGS;
use crate::domain::record::Record;
use crate::protocol::{Node, Who};
use crate::search::Scope;

/// One organisation.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its node.
    pub node: Node,
    /// All its names: the name, its spellings, its aliases.
    pub names: Vec<String>,
}

/// The tree.
#[derive(Default)]
pub struct Tree {
    units: BTreeMap<u64, Unit>,
    children: HashMap<u64, BTreeSet<u64>>,
    named: HashMap<String, BTreeSet<u64>>,
}

fn key(name: &str) -> String {
    crate::domain::reading::fold(name)
}

/// A name under each of the three spellings that mean the same.
pub fn spellings(name: &str) -> Vec<String> {
    for spelling in SPELLINGS {
        if name.contains(spelling) {
            return SPELLINGS
                .iter()
                .map(|other| name.replace(spelling, other))
                .collect();
        }
    }
    vec![name.to_owned()]
}

impl Tree {
    /// Adds or replaces an organisation; its member count stays.
    pub fn put(&mut self, record: &Record) {
        let number = record.number;
        let members = self.take(number);
        let mut names = vec![record.title().to_owned()];
        for name in std::iter::once(record.title()).chain(record.texts("aliases")) {
            for spelling in spellings(name) {
                if !names.contains(&spelling) {
                    names.push(spelling);
                }
            }
        }
        let parent = record.refs("parent").next().map_or(0, |code| code.number);
        for name in &names {
            self.named.entry(key(name)).or_default().insert(number);
        }
        self.children.entry(parent).or_default().insert(number);
        let node = Node {
            number,
            parent,
            name: record.title().to_owned(),
            kind: record.text("kind").to_owned(),
            status: record.status().to_owned(),
            area: record.text("area").to_owned(),
            members,
        };
        self.units.insert(number, Unit { node, names });
    }

    fn take(&mut self, number: u64) -> u32 {
        let Some(old) = self.units.remove(&number) else {
            return 0;
        };
        for name in &old.names {
            if let Some(set) = self.named.get_mut(&key(name)) {
                set.remove(&number);
            }
        }
        if let Some(set) = self.children.get_mut(&old.node.parent) {
            set.remove(&number);
        }
        old.node.members
    }

    /// Counts a member in or out.
    pub fn count(&mut self, team: u64, by: i32) {
        if let Some(unit) = self.units.get_mut(&team) {
            unit.node.members = unit.node.members.saturating_add_signed(by);
        }
    }

    /// An organisation.
    pub fn unit(&self, number: u64) -> Option<&Unit> {
        self.units.get(&number)
    }

    /// Its name.
    pub fn name(&self, number: u64) -> &str {
        self.unit(number).map_or("", |unit| unit.node.name.as_str())
    }

    /// The organisations that go by a name.
    pub fn named(&self, name: &str) -> Vec<u64> {
        self.named
            .get(&key(name))
            .into_iter()
            .flatten()
            .copied()
            .collect()
    }

    /// Those right below it.
    pub fn children(&self, number: u64) -> impl Iterator<Item = u64> {
        self.children.get(&number).into_iter().flatten().copied()
    }

    /// An organisation and all below it; nothing if there is no such organisation.
    pub fn below(&self, root: u64) -> Vec<u64> {
        if self.unit(root).is_none() {
            return Vec::new();
        }
        let mut found = vec![root];
        let mut at = 0;
        while let Some(number) = found.get(at).copied() {
            if let Some(children) = self.children.get(&number) {
                // A circle in old data must not hang the service.
                found.extend(
                    children
                        .iter()
                        .filter(|child| **child != root && **child != number),
                );
            }
            at += 1;
            if at > self.units.len() + 1 {
                break;
            }
        }
        found
    }

    /// Whether one organisation is another or stands below it.
    pub fn under(&self, number: u64, root: u64) -> bool {
        let mut at = number;
        for _ in 0..64 {
            if at == root {
                return true;
            }
            match self.unit(at) {
                Some(unit) if unit.node.parent != 0 => at = unit.node.parent,
                _ => return false,
            }
        }
        false
    }

    /// An organisation and all above it, from below.
    pub fn upward(&self, number: u64) -> Vec<u64> {
        let mut found = vec![number];
        let mut at = number;
        while let Some(unit) = self.unit(at).filter(|unit| unit.node.parent != 0) {
            at = unit.node.parent;
            // A circle in old data must not hang the service.
            if found.contains(&at) {
                break;
            }
            found.push(at);
        }
        found
    }

    /// What an operator sees; none means everything.
    pub fn permit(&self, who: &Who) -> Option<Scope> {
        if who.scope.iter().any(|code| code.number == 1) {
            return None;
        }
        let roots = who
            .scope
            .iter()
            .filter(|code| code.kind == Kind::Organisation);
        Some(Scope::of(roots.flat_map(|code| self.below(code.number))))
    }

    /// Whether an organisation lies in an operator's scope.
    pub fn in_scope(&self, who: &Who, code: Code) -> bool {
        who.scope
            .iter()
            .any(|root| root.number == 1 || self.under(code.number, root.number))
    }

    /// The nodes that an operator sees, parents before children.
    pub fn nodes(&self, who: &Who) -> Vec<Node> {
        let roots: Vec<u64> = if self.permit(who).is_none() {
            self.children
                .get(&0)
                .into_iter()
                .flatten()
                .copied()
                .collect()
        } else {
            who.scope.iter().map(|code| code.number).collect()
        };
        let mut seen = BTreeSet::new();
        let mut nodes = Vec::new();
        for number in roots.into_iter().flat_map(|root| self.below(root)) {
            if seen.insert(number)
                && let Some(unit) = self.unit(number)
            {
                nodes.push(unit.node.clone());
            }
        }
        for node in &mut nodes {
            if !seen.contains(&node.parent) {
                node.parent = 0;
            }
        }
        nodes
    }

    /// All numbers.
    pub fn numbers(&self) -> Vec<u64> {
        self.units.keys().copied().collect()
    }
}
