//! The wall: for whom a sealed record does not exist.
//!
//! Everybody whose whole scope lies inside a team that it is about, the volunteer whom it is about,
//! and whoever stepped back from it. What is kept here answers in a few look-ups, however many
//! records there are.

use std::collections::{BTreeSet, HashMap};

use crate::domain::accused;
use crate::domain::field::Type;
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
    /// The sealed records that it follows from: whom they are kept from, it is kept from.
    from: Vec<u64>,
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
    from: HashMap<u64, BTreeSet<u64>>,
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
                (&mut self.from, &old.from),
            ] {
                for key in keys {
                    if let Some(set) = map.get_mut(key) {
                        set.remove(&id);
                    }
                }
            }
        }
        let people = accused::volunteers(record).into_iter();
        let mut people: Vec<u64> = people.map(|code| code.number).collect();
        let mut against = numbers(record, "against", Kind::Organisation);
        if record.kind == Kind::Sanction {
            people.extend(numbers(record, "subject", Kind::Volunteer));
            against.extend(numbers(record, "subject", Kind::Organisation));
        }
        // One matter tied to another stands beside it; what was decided on it follows from it.
        let fields = record.kind.spec().fields.iter();
        let from = fields.filter(|field| matches!(field.of, Type::Ref(kind) if kind.spec().sealed));
        let from = from.flat_map(|field| record.refs(field.key));
        let from = from.map(Code::id).filter(|one| *one != id).collect();
        let outside = !record.text("outside").is_empty() && record.status() == "登记";
        let kept = Kept {
            against,
            people,
            from,
            recused: numbers(record, "recused", Kind::Operator),
            taker: outside
                .then(|| u32::try_from(record.int("taker")).ok())
                .flatten(),
        };
        for (map, keys) in [
            (&mut self.teams, &kept.against),
            (&mut self.people, &kept.people),
            (&mut self.recused, &kept.recused),
            (&mut self.from, &kept.from),
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
        // As far as anything follows from anything: a complaint, a sanction, its appeal.
        self.hides_from(tree, who, code.id(), 4)
    }

    fn hides_from(&self, tree: &Tree, who: &Who, id: u64, depth: usize) -> bool {
        let Some(kept) = self.kept.get(&id) else {
            return false;
        };
        let mut from = kept.from.iter().filter(|_| depth > 0);
        if from.any(|one| self.hides_from(tree, who, *one, depth - 1)) {
            return true;
        }
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
        let mut at: Vec<u64> = found.iter().copied().collect();
        while let Some(id) = at.pop() {
            let follow = self.from.get(&id).into_iter().flatten();
            at.extend(follow.filter(|one| found.insert(**one)));
        }
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
