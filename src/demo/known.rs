//! What a record's own reckoning may ask of the demonstration: its teams, its people, what they do, and who looks after it.

use chrono::NaiveDate;

use crate::demo::clerk::Clerk;
use crate::demo::{MARK, Plan, activity};
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::world::{Reckon, World};

impl World for Plan {
    fn record(&self, code: Code) -> Option<Record> {
        match code.kind {
            Kind::Organisation => {
                let team = self.teams.get((code.number as usize).checked_sub(1)?)?;
                Some(team.record.clone())
            }
            Kind::Volunteer => self.person(code.number),
            Kind::Activity => {
                let acts = &self.work().acts;
                let at = acts.binary_search_by_key(&code.number, |act| act.number);
                Some(activity::record(self, acts.get(at.ok()?)?))
            }
            // None is asked for while they are made: each is entered before any other names it.
            Kind::Complaint => {
                let mut matters = self.matters.get()?.iter();
                matters.find(|record| record.number == code.number).cloned()
            }
            Kind::Operator => {
                let clerk = self.clerks.get((code.number as usize).checked_sub(1)?);
                clerk.map(Clerk::record)
            }
            _ => None,
        }
    }

    fn equal(&self, _: Kind, _: &str, _: &str) -> Vec<u64> {
        Vec::new()
    }

    fn each(&self, kind: Kind, found: &mut dyn FnMut(Record) -> bool) {
        if kind == Kind::Operator {
            let _ = self.operators().all(found);
        }
    }

    fn setting(&self, _: &str) -> Option<i64> {
        None
    }
}

impl Plan {
    /// Reckons what follows from other fields as the program would when the record is made.
    pub(in crate::demo) fn reckon(&self, record: &mut Record, day: NaiveDate) {
        let given = crate::domain::value::Fields::new();
        let reckon = Reckon {
            given: &given,
            before: None,
            act: "new",
            today: day,
            now: &format!("{day}T09:00"),
            who: MARK,
            uid: 0,
            operator: None,
            home: None,
            chance: 0,
            world: self,
        };
        (record.kind.spec().reckon)(record, &reckon);
    }
}
