//! The other records as one caller sees them: what is sealed from the caller is not there.

use std::collections::HashSet;

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::workday::Calendar;
use crate::domain::world::World;
use crate::protocol::Who;
use crate::service::desk::Desk;
use crate::service::read::handles;
use crate::service::wall::{self, Caller};
use crate::service::{permit, typing};

/// What one caller may see of sealed records.
#[derive(Clone, Debug, Default)]
pub struct Eyes {
    /// Whose they are.
    who: Who,
    /// The kinds of sealed records that the caller may read.
    kinds: Vec<Kind>,
    /// Who looks: what stands in a record itself is judged as it stands when it is read.
    caller: Caller,
    /// The ids of those that do not exist for the caller, for what follows from them.
    hidden: HashSet<u64>,
    /// The organisations whose records the caller may be told about; none means all.
    pub scope: Option<HashSet<u64>>,
}

impl Eyes {
    /// A caller's.
    pub fn of(desk: &Desk, who: &Who) -> Eyes {
        let sealed = crate::domain::kind::KINDS.iter().filter(|spec| spec.sealed);
        let kinds = sealed.map(|spec| spec.kind);
        let caller = Caller::of(&desk.tree, who);
        Eyes {
            who: who.clone(),
            kinds: kinds
                .filter(|kind| permit::may(&who.roles, "read", Some(*kind)))
                .collect(),
            hidden: desk.wall.hidden_from(&caller).into_iter().collect(),
            caller,
            scope: typing::told(&desk.tree, who),
        }
    }

    /// Whether the name behind a code may be told: that of a volunteer to those who may read of them.
    pub fn reads(&self, code: &str) -> bool {
        let person = Code::read(code).is_some_and(|code| code.kind == Kind::Volunteer);
        !person || permit::may(&self.who.roles, "read", Some(Kind::Volunteer))
    }

    /// Whether the caller sees a record, as far as sealing goes.
    pub fn see(&self, record: &Record) -> bool {
        if !record.kind.spec().sealed {
            return true;
        }
        let (mut owners, mut from) = (record.owners(), wall::follows(record));
        self.kinds.contains(&record.kind)
            && !self.caller.barred(record)
            && !from.any(|one| self.hidden.contains(&one.id()))
            && (self.caller.takes(record)
                || self
                    .scope
                    .as_ref()
                    .is_none_or(|scope| owners.any(|owner| scope.contains(&owner.number))))
    }
}

/// The other records through somebody's eyes.
pub struct Sight<'a> {
    world: &'a dyn World,
    eyes: &'a Eyes,
}

impl<'a> Sight<'a> {
    /// These records through these eyes.
    pub fn new(world: &'a dyn World, eyes: &'a Eyes) -> Sight<'a> {
        Sight { world, eyes }
    }
}

impl World for Sight<'_> {
    fn record(&self, code: Code) -> Option<Record> {
        self.world
            .record(code)
            .filter(|record| self.eyes.see(record))
    }

    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64> {
        let mut found = self.world.equal(kind, field, value);
        if kind.spec().sealed {
            found.retain(|number| self.record(Code::new(kind, *number)).is_some());
        }
        found
    }

    fn each(&self, kind: Kind, found: &mut dyn FnMut(Record) -> bool) {
        self.world
            .each(kind, &mut |record| !self.eyes.see(&record) || found(record));
    }

    fn setting(&self, key: &str) -> Option<i64> {
        self.world.setting(key)
    }

    fn logged(&self, code: Code, action: &str) -> bool {
        self.world.logged(code, action)
    }

    fn calendar(&self) -> &Calendar {
        self.world.calendar()
    }

    fn confides(&self, record: &Record) -> bool {
        handles(&self.eyes.who, record)
    }
}
