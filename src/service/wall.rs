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
use crate::domain::route;
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
    /// Who may see it all the same, as no team of the region may: whoever took it,
    taker: Option<u32>,
    /// and whoever was named to see to it.
    handler: Option<u64>,
}

/// A caller before the wall: what their records are compared with.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    uid: u32,
    /// The teams under which all of the scope lies; none where there is no scope, and so nothing to see.
    inside: Option<BTreeSet<u64>>,
    volunteers: Vec<u64>,
    operators: Vec<u64>,
}

impl Caller {
    /// Somebody as the wall knows them.
    pub fn of(tree: &Tree, who: &Who) -> Caller {
        let own = who.operator.into_iter().chain(who.volunteer);
        let own: Vec<Code> = own.chain(who.also.iter().copied()).collect();
        let numbers = |kind| -> Vec<u64> {
            let own = own.iter().filter(|code| code.kind == kind);
            own.map(|code| code.number).collect()
        };
        Caller {
            uid: who.uid,
            inside: (!who.scope.is_empty()).then(|| common(tree, who).into_iter().collect()),
            volunteers: numbers(Kind::Volunteer),
            operators: numbers(Kind::Operator),
        }
    }

    /// Whether a record by itself does not exist for the caller, whatever it follows from.
    pub fn barred(&self, record: &Record) -> bool {
        Kept::of(record).bars(self)
    }

    /// Whether the caller took a record that no team may receive, or was named to see to it.
    pub fn takes(&self, record: &Record) -> bool {
        Kept::of(record).lets(self)
    }
}

/// The sealed records that one follows from; one matter tied to another stands beside it.
pub fn follows(record: &Record) -> impl Iterator<Item = Code> + '_ {
    let fields = record.kind.spec().fields.iter();
    let fields = fields.filter(|field| matches!(field.of, Type::Ref(kind) if kind.spec().sealed));
    let codes = fields.flat_map(|field| record.refs(field.key));
    codes.filter(|code| *code != record.code())
}

impl Kept {
    fn of(record: &Record) -> Kept {
        let people = accused::volunteers(record).into_iter();
        let mut people: Vec<u64> = people.map(|code| code.number).collect();
        let mut against = numbers(record, "against", Kind::Organisation);
        if record.kind == Kind::Sanction {
            people.extend(numbers(record, "subject", Kind::Volunteer));
            against.extend(numbers(record, "subject", Kind::Organisation));
        }
        let leaves = route::leaves(record);
        let handler = record.refs("handler").next();
        let taker = u32::try_from(record.int("taker")).ok();
        Kept {
            against,
            people,
            from: follows(record).map(Code::id).collect(),
            recused: numbers(record, "recused", Kind::Operator),
            taker: taker.filter(|_| leaves && record.get("taker").is_some()),
            handler: handler.filter(|_| leaves).map(|code| code.number),
        }
    }

    /// Whether it is about a caller, or they stepped back from it, or their whole scope is on the side of
    /// those whom it is about.
    fn bars(&self, caller: &Caller) -> bool {
        let person = self
            .people
            .iter()
            .any(|one| caller.volunteers.contains(one));
        let back = self
            .recused
            .iter()
            .any(|one| caller.operators.contains(one));
        let inside = |team: &u64| {
            let inside = caller.inside.as_ref();
            inside.is_none_or(|teams| teams.contains(team))
        };
        person || back || self.against.iter().any(inside) && !self.lets(caller)
    }

    fn lets(&self, caller: &Caller) -> bool {
        let named = self
            .handler
            .is_some_and(|one| caller.operators.contains(&one));
        self.taker == Some(caller.uid) || named
    }
}

/// The wall.
#[derive(Default)]
pub struct Wall {
    kept: HashMap<u64, Kept>,
    teams: HashMap<u64, BTreeSet<u64>>,
    people: HashMap<u64, BTreeSet<u64>>,
    recused: HashMap<u64, BTreeSet<u64>>,
    from: HashMap<u64, BTreeSet<u64>>,
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
        let kept = Kept::of(record);
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
        self.kept.insert(id, kept);
    }

    /// Whether somebody took a record that no team may receive, or was named to see to it: theirs to
    /// see wherever it stands.
    pub fn takes(&self, caller: &Caller, code: Code) -> bool {
        let kept = self.kept.get(&code.id());
        kept.is_some_and(|kept| kept.lets(caller))
    }

    /// Whether a sealed record does not exist for somebody; what is not known here exists for nobody.
    pub fn hides(&self, caller: &Caller, code: Code) -> bool {
        if !code.kind.spec().sealed {
            return false;
        }
        let (mut at, mut met) = (vec![code.id()], BTreeSet::new());
        while let Some(id) = at.pop() {
            if !met.insert(id) {
                continue;
            }
            match self.kept.get(&id) {
                Some(kept) if !kept.bars(caller) => at.extend(&kept.from),
                _ => return true,
            }
        }
        false
    }

    /// The ids of all that does not exist for somebody.
    pub fn hidden_from(&self, caller: &Caller) -> Vec<u64> {
        let mut found: BTreeSet<u64> = BTreeSet::new();
        let inside = caller.inside.iter().flatten();
        found.extend(inside.filter_map(|team| self.teams.get(team)).flatten());
        let people = caller.volunteers.iter();
        found.extend(people.filter_map(|one| self.people.get(one)).flatten());
        let back = caller.operators.iter();
        found.extend(back.filter_map(|one| self.recused.get(one)).flatten());
        let mut at: Vec<u64> = found.iter().copied().collect();
        while let Some(id) = at.pop() {
            let follow = self.from.get(&id).into_iter().flatten();
            at.extend(follow.filter(|one| found.insert(**one)));
        }
        found.retain(|id| Code::from_id(*id).is_some_and(|code| self.hides(caller, code)));
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
