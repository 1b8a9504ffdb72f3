//! A world that remembers what it read: an act over many records asks for the same activity again and again.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash};

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::world::World;
use crate::store::coding::index_keys;

/// A question to the store, told from the others by its hash.
type Question = u64;

/// What was read; it must be told of everything that is written meanwhile.
///
/// Only what is asked for a second time is kept: most of an act over many records is read once.
#[derive(Default)]
pub struct Recall {
    asked: RefCell<HashSet<Question>>,
    records: RefCell<HashMap<Code, Option<Record>>>,
    equal: RefCell<HashMap<Kind, Equal>>,
    settings: RefCell<HashMap<String, Option<i64>>>,
}

/// The numbers under a value of a field of a kind.
type Equal = HashMap<(String, String), Vec<u64>>;

impl Recall {
    /// A world through this memory.
    pub fn over<'a>(&'a self, world: &'a dyn World) -> Recalling<'a> {
        Recalling {
            memory: self,
            world,
        }
    }

    /// Takes in what was written.
    pub fn told(&self, before: Option<&Record>, after: &Record) {
        self.records.borrow_mut().remove(&after.code());
        let (old, new) = (
            before.map(index_keys).unwrap_or_default(),
            index_keys(after),
        );
        let mut equal = self.equal.borrow_mut();
        let gone = old.iter().filter(|key| !new.contains(key));
        let come = new.iter().filter(|key| !old.contains(key));
        if let Some(equal) = equal.get_mut(&after.kind) {
            for (field, value) in gone.chain(come) {
                equal.remove(&((*field).to_owned(), value.clone()));
            }
        }
    }

    /// Whether something was asked before.
    fn again(&self, question: impl Hash) -> bool {
        let question = self.asked.borrow().hasher().hash_one(question);
        !self.asked.borrow_mut().insert(question)
    }
}

/// A world through a memory.
pub struct Recalling<'a> {
    memory: &'a Recall,
    world: &'a dyn World,
}

impl World for Recalling<'_> {
    fn record(&self, code: Code) -> Option<Record> {
        if let Some(known) = self.memory.records.borrow().get(&code) {
            return known.clone();
        }
        let record = self.world.record(code);
        if self.memory.again(code) {
            let mut records = self.memory.records.borrow_mut();
            records.insert(code, record.clone());
        }
        record
    }

    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64> {
        if !self.memory.again((kind, field, value)) {
            return self.world.equal(kind, field, value);
        }
        let mut equal = self.memory.equal.borrow_mut();
        let equal = equal.entry(kind).or_default();
        let key = (field.to_owned(), value.to_owned());
        let known = equal.entry(key);
        known
            .or_insert_with(|| self.world.equal(kind, field, value))
            .clone()
    }

    fn each(&self, kind: Kind, found: &mut dyn FnMut(Record) -> bool) {
        self.world.each(kind, found);
    }

    fn setting(&self, key: &str) -> Option<i64> {
        if let Some(known) = self.memory.settings.borrow().get(key) {
            return *known;
        }
        let found = self.world.setting(key);
        let mut settings = self.memory.settings.borrow_mut();
        settings.insert(key.to_owned(), found);
        found
    }

    fn logged(&self, code: Code, action: &str) -> bool {
        self.world.logged(code, action)
    }

    fn calendar(&self) -> &crate::domain::workday::Calendar {
        self.world.calendar()
    }

    fn confides(&self, record: &Record) -> bool {
        self.world.confides(record)
    }
}
