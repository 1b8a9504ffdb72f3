//! What the service keeps in memory: the tree, the index, and who complaints are about.

use std::collections::HashMap;

use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::protocol::Who;
use crate::search::Index;
use crate::service::project::{Uses, renamed};
use crate::service::tree::Tree;
use crate::store::{Store, projection};

/// What is kept in memory.
#[derive(Default)]
pub struct Desk {
    /// The organisations.
    pub tree: Tree,
    /// The search index.
    pub index: Index,
    uses: Uses,
    /// The accused organisation of each complaint.
    accused: HashMap<u64, u64>,
    /// Primary team of each live volunteer that changed since the build, to keep counts right.
    pub changed: u64,
}

impl Desk {
    /// Reads the whole store once.
    pub fn build(store: &Store) -> Result<Desk, Refusal> {
        let reader = store.read()?;
        let mut desk = Desk::default();
        reader.each(Kind::Organisation, 0, |record| {
            desk.tree.put(&record);
            true
        })?;
        for spec in KINDS {
            let kind = spec.kind;
            let mut texts: Vec<(&str, &str)> = Vec::new();
            reader.scan(kind, 0, |number, bytes| {
                let mut texts_here = std::mem::take(&mut texts);
                texts_here.clear();
                projection::texts(bytes, &mut |key, text| texts_here.push((key, text)))?;
                if kind == Kind::Volunteer {
                    let status = texts_here
                        .iter()
                        .find(|(key, _)| *key == "status")
                        .map_or("", |row| row.1);
                    let team = texts_here.iter().find(|(key, _)| *key == "teams");
                    if spec.state(status).is_none_or(|state| state.live)
                        && let Some(code) = team.and_then(|row| Code::read(row.1))
                    {
                        desk.tree.count(code.number, 1);
                    }
                }
                if kind == Kind::Complaint
                    && let Some(code) = texts_here
                        .iter()
                        .find(|row| row.0 == "accused")
                        .and_then(|row| Code::read(row.1))
                {
                    desk.accused.insert(number, code.number);
                }
                let texts = texts_here.iter().copied();
                let doc = desk
                    .uses
                    .doc(kind, number, texts, &mut desk.index, &desk.tree);
                desk.index.push(&doc);
                Ok(true)
            })?;
        }
        desk.index.build();
        Ok(desk)
    }

    /// Takes in a change that was committed.
    pub fn take(&mut self, before: Option<&Record>, after: &Record) {
        self.changed += 1;
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
        let texts: Vec<(&str, &str)> = after
            .fields
            .iter()
            .flat_map(|(key, value)| value.texts().map(move |text| (key.as_str(), text)))
            .collect();
        let doc = self.uses.doc(
            after.kind,
            after.number,
            texts.into_iter(),
            &mut self.index,
            &self.tree,
        );
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
