//! What the service keeps in memory: the tree, the index, and who complaints are about.

use std::collections::HashMap;

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::protocol::Who;
use crate::search::Index;
use crate::service::project::{Uses, renamed};
use crate::service::tree::Tree;

/// What is kept in memory.
#[derive(Default)]
pub struct Desk {
    /// The organisations.
    pub tree: Tree,
    /// The search index.
    pub index: Index,
    pub(super) uses: Uses,
    /// The accused organisation of each complaint.
    pub(super) accused: HashMap<u64, u64>,
}

impl Desk {
    /// Takes in a change that was committed.
    pub fn take(&mut self, before: Option<&Record>, after: &Record) {
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
            Kind::Complaint => {
                if let Some(code) = after.refs("accused").next() {
                    self.accused.insert(after.number, code.number);
                }
            }
            Kind::Activity | Kind::Operator => {}
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

    /// The complaints that do not exist for somebody, as the index numbers them.
    pub fn hidden_from(&self, who: &Who) -> Vec<u64> {
        let kind = Kind::Complaint.bit();
        let numbers = self.accused.keys().copied();
        numbers
            .filter(|number| self.hidden(who, kind, *number))
            .map(|number| Code::new(Kind::Complaint, number).id())
            .collect()
    }

    /// Whether a complaint does not exist for somebody: all of their scope lies inside the accused.
    pub fn hidden(&self, who: &Who, kind: u8, number: u64) -> bool {
        kind == Kind::Complaint.bit()
            && self.accused.get(&number).is_some_and(|accused| {
                who.scope
                    .iter()
                    .all(|root| self.tree.under(root.number, *accused))
            })
    }

    /// Whether an operator sees a record at all.
    pub fn sees(&self, who: &Who, record: &Record) -> bool {
        if !crate::service::permit::may(&who.roles, "read", Some(record.kind)) {
            return false;
        }
        match record.kind {
            Kind::Organisation => self.tree.in_scope(who, record.code()),
            Kind::Operator => true,
            _ => {
                !self.hidden(who, record.kind.bit(), record.number)
                    && record.owners().any(|owner| self.tree.in_scope(who, owner))
            }
        }
    }
}
