//! What the service keeps in memory: the tree, the index, the docket, and who complaints are about.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::record::Record;
use crate::protocol::Who;
use crate::search::Index;
use crate::service::call::of_oneself;
use crate::service::docket::{self, Docket};
use crate::service::permit::{in_scope, may};
use crate::service::project::{Uses, renamed};
use crate::service::seat::Seats;
use crate::service::tree::Tree;
use crate::service::veil::{Veil, Veils};
use crate::service::wall::{Caller, Wall};

/// What is kept in memory.
#[derive(Default)]
pub struct Desk {
    /// The organisations.
    pub tree: Tree,
    /// The search index.
    pub index: Index,
    pub(super) uses: Uses,
    /// For whom sealed records do not exist.
    pub wall: Wall,
    /// What does not exist for those who asked lately.
    veils: Veils,
    /// Who oversees which activity.
    pub(super) seats: Seats,
    /// The matters, what is lost first before the others.
    pub docket: Docket,
    /// The scope of each operator.
    pub(super) scopes: HashMap<u64, Vec<Code>>,
}

impl Desk {
    /// Takes in a change that was committed.
    pub fn take(&mut self, before: Option<&Record>, after: &Record) {
        if docket::holds(after.kind) {
            self.docket.put(after);
        }
        if after.kind.spec().sealed || matches!(after.kind, Kind::Organisation | Kind::Operator) {
            self.veils.forget();
        }
        match after.kind {
            Kind::Organisation => {
                self.tree.put(after);
                renamed(&mut self.index, &self.tree, after.number);
            }
            Kind::Volunteer => {
                for (record, by) in before
                    .map(|record| (record, -1))
                    .into_iter()
                    .chain([(after, 1)])
                {
                    if record.live()
                        && let Some(team) = record.owners().next()
                    {
                        self.tree.count(team.number, by);
                    }
                }
            }
            kind if kind.spec().sealed => self.wall.put(after),
            Kind::Oversight => self.seats.put(after),
            Kind::Operator => {
                self.scopes.insert(after.number, after.owners().collect());
            }
            _ => {}
        }
        if !after.kind.spec().searched {
            return;
        }
        let texts = after.fields.iter().flat_map(|(key, value)| {
            let nth = self.uses.nth(after.kind, key);
            value.texts().filter_map(move |text| Some((nth?, text)))
        });
        let doc = self
            .uses
            .doc(after.kind, after.number, texts, &mut self.index, &self.tree);
        self.index.put(doc);
    }

    /// The records of some kinds, given as a mask, that do not exist for somebody though they lie
    /// in the scope, as the index numbers them; nobody waits for this who looks for people alone.
    pub fn hidden_from(&self, who: &Who, kinds: u16) -> Arc<Veil> {
        self.veils.of(who, kinds, || {
            let ids = self.unseen(who, kinds);
            let places = self.index.places(&ids);
            Veil { ids, places }
        })
    }

    fn unseen(&self, who: &Who, kinds: u16) -> Vec<u64> {
        let asked = |kind: Kind| kinds >> kind.bit() & 1 == 1;
        let mut sealed = KINDS.iter().filter(|spec| spec.sealed && spec.searched);
        let sealed = sealed.any(|spec| asked(spec.kind));
        let sealed = sealed.then(|| self.wall.hidden_from(&Caller::of(&self.tree, who)));
        let reads = asked(Kind::Operator) && may(&who.roles, "read", Some(Kind::Operator));
        let operators = self.scopes.iter().filter(|_| reads);
        let operators = operators.filter(|(_, scope)| !self.looks_after(who, scope));
        let operators = operators.map(|(number, _)| Code::new(Kind::Operator, *number).id());
        // The index looks them up.
        let mut hidden: Vec<u64> = sealed.into_iter().flatten().chain(operators).collect();
        hidden.sort_unstable();
        hidden
    }

    /// Whether a sealed record does not exist for somebody.
    pub fn hidden(&self, who: &Who, code: Code) -> bool {
        self.wall.hides(&Caller::of(&self.tree, who), code)
    }

    /// Whether somebody took a sealed record that no team may receive, or was named to see to it.
    pub(super) fn takes(&self, who: &Who, code: Code) -> bool {
        code.kind.spec().sealed && self.wall.takes(&Caller::of(&self.tree, who), code)
    }

    /// Whether an operator's scope lies wholly in somebody's: who stands above is not theirs to see.
    fn looks_after(&self, who: &Who, scope: &[Code]) -> bool {
        scope.iter().all(|root| self.tree.in_scope(who, *root))
    }

    /// Whether the scope of an operator meets somebody's: one works above, beside or below the other
    /// on the same line, and may be given a matter by name.
    pub(super) fn meets(&self, who: &Who, operator: &Record) -> bool {
        let mut theirs = operator.refs("scope");
        theirs.any(|root| {
            let mut mine = who.scope.iter();
            let above = mine.any(|own| self.tree.under(own.number, root.number));
            above || self.tree.in_scope(who, root)
        })
    }

    /// Whether an operator sees a record at all: in the scope, or in an inspector's seat.
    pub fn sees(&self, who: &Who, record: &Record) -> bool {
        self.reaches(who, record) || self.assigned(who, record) && !self.hidden(who, record.code())
    }

    /// Whether a record lies in an operator's scope, and is of a kind that may be read there.
    pub fn reaches(&self, who: &Who, record: &Record) -> bool {
        if !in_scope(&who.roles, "read", Some(record.kind)) {
            return false;
        }
        let mut owners = record.owners();
        match record.kind {
            Kind::Organisation => self.tree.in_scope(who, record.code()),
            Kind::Operator => self.looks_after(who, &owners.collect::<Vec<_>>()),
            Kind::Call if of_oneself(who, record) => false,
            _ if self.hidden(who, record.code()) => false,
            _ if self.takes(who, record.code()) => true,
            _ => owners.any(|owner| self.tree.in_scope(who, owner)),
        }
    }
}
