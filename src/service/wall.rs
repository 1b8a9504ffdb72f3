//! The wall: for whom a sealed record does not exist.
//!
//! Everybody whose whole scope lies inside a team that it is about, the volunteer whom it is about,
//! and whoever stepped back from it. What is kept here answers in a few look-ups, however many
//! records there are.

use std::collections::{BTreeSet, HashMap};

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::protocol::Who;
use crate::service::tree::Tree;

/// Whom one record is kept from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Kept {
    against: Vec<u64>,
    people: Vec<u64>,
    recused: Vec<u64>,
    /// Who may see it all the same until it is handed over: whoever took it.
    taker: Option<u32>,
}

/// The wall.
#[derive(Default)]
pub struct Wall {
    kept: HashMap<u64, Kept>,
    teams: HashMap<u64, BTreeSet<u64>>,
    people: HashMap<u64, BTreeSet<u64>>,
    recused: HashMap<u64, BTreeSet<u64>>,
    /// What waits to be handed over, by who took it.
    taken: HashMap<u32, BTreeSet<u64>>,
}

fn numbers(record: &Record, key: &str, kind: Kind) -> Vec<u64> {
    let codes = record.refs(key).filter(|code| code.kind == kind);
    codes.map(|code| code.number).collect()
}

impl Wall {
    /// Takes in a sealed record.
    pub fn put(&mut self, record: &Record) {
        let id = record.code().id();
        if let Some(old) = self.kept.remove(&id) {
            if let Some(set) = old.taker.and_then(|uid| self.taken.get_mut(&uid)) {
                set.remove(&id);
            }
            for (map, keys) in [
                (&mut self.teams, &old.against),
                (&mut self.people, &old.people),
                (&mut self.recused, &old.recused),
            ] {
                for key in keys {
                    if let Some(set) = map.get_mut(key) {
                        set.remove(&id);
                    }
                }
            }
        }
        let mut people = numbers(record, "accused", Kind::Volunteer);
        people.extend(
            numbers(record, "subject", Kind::Volunteer)
                .into_iter()
                .filter(|_| record.kind == Kind::Sanction),
        );
        let outside = !record.text("outside").is_empty() && record.status() == "登记";
        let kept = Kept {
            against: numbers(record, "against", Kind::Organisation),
            people,
            recused: numbers(record, "recused", Kind::Operator),
            taker: outside
                .then(|| u32::try_from(record.int("taker")).ok())
                .flatten(),
        };
        for (map, keys) in [
            (&mut self.teams, &kept.against),
            (&mut self.people, &kept.people),
            (&mut self.recused, &kept.recused),
        ] {
            for key in keys {
                map.entry(*key).or_default().insert(id);
            }
        }
        if let Some(uid) = kept.taker {
            self.taken.entry(uid).or_default().insert(id);
        }
        self.kept.insert(id, kept);
    }

    /// The ids of what somebody took that waits to be handed over: theirs to see wherever it stands.
    pub fn taken_by(&self, who: &Who) -> impl Iterator<Item = u64> + '_ {
        self.taken.get(&who.uid).into_iter().flatten().copied()
    }

    /// Whether somebody took a record that waits to be handed over.
    pub fn takes(&self, who: &Who, code: Code) -> bool {
        let taken = self.taken.get(&who.uid);
        taken.is_some_and(|ids| ids.contains(&code.id()))
    }

    /// Whether a sealed record does not exist for somebody.
    pub fn hides(&self, tree: &Tree, who: &Who, code: Code) -> bool {
        let Some(kept) = self.kept.get(&code.id()) else {
            return false;
        };
        let person = who
            .volunteer
            .is_some_and(|one| kept.people.contains(&one.number));
        let back = who
            .operator
            .is_some_and(|one| kept.recused.contains(&one.number));
        if person || back {
            return true;
        }
        let inside = kept.against.iter().any(|team| {
            let mut roots = who.scope.iter();
            roots.all(|root| tree.under(root.number, *team))
        });
        inside && kept.taker != Some(who.uid)
    }

    /// The ids of all that does not exist for somebody.
    pub fn hidden_from(&self, tree: &Tree, who: &Who) -> Vec<u64> {
        let mut found: BTreeSet<u64> = BTreeSet::new();
        for team in common(tree, who) {
            found.extend(self.teams.get(&team).into_iter().flatten());
        }
        let person = who.volunteer.and_then(|one| self.people.get(&one.number));
        let back = who.operator.and_then(|one| self.recused.get(&one.number));
        found.extend(person.into_iter().chain(back).flatten());
        found.retain(|id| Code::from_id(*id).is_some_and(|code| self.hides(tree, who, code)));
        found.into_iter().collect()
    }
}

/// The teams under which all of somebody's scope lies, each root itself among them.
fn common(tree: &Tree, who: &Who) -> Vec<u64> {
    let mut roots = who.scope.iter().map(|root| root.number);
    let Some(first) = roots.next() else {
        return Vec::new();
    };
    let mut found = tree.upward(first);
    for root in roots {
        found.retain(|team| tree.under(root, *team));
    }
    found
}
