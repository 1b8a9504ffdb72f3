//! Taking the steps of a record as an operator would have taken them, each on its day.

use chrono::NaiveDate;

use crate::demo::Plan;
use crate::demo::clerk::Clerk;
use crate::domain::kind::{Code, Kind};
use crate::domain::lifecycle::{Effect, answered};
use crate::domain::record::Record;
use crate::domain::value::{Fields, Value};
use crate::domain::workday::Calendar;
use crate::domain::world::Reckon;

/// When and by whom something is done.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The day.
    pub day: NaiveDate,
    /// The minute of it.
    pub now: &'a str,
    /// Who does it.
    pub by: Option<&'a Clerk>,
}

/// What is answered to a step.
pub type Answers = Vec<(&'static str, Value)>;

impl Plan {
    fn circumstances<'a>(
        &'a self,
        at: &'a Moment,
        act: &'a str,
        before: Option<&'a Record>,
        given: &'a Fields,
    ) -> Reckon<'a> {
        Reckon {
            given,
            before,
            act,
            today: at.day,
            now: at.now,
            who: at.by.map_or(crate::demo::MARK, |clerk| &clerk.name),
            uid: at.by.map_or(0, |clerk| clerk.uid),
            operator: at.by.map(Clerk::code),
            home: at.by.map(|clerk| Code::new(Kind::Organisation, clerk.team)),
            chance: 0,
            world: self,
        }
    }

    /// Enters a record: what follows from its fields on that day.
    pub(in crate::demo) fn enter(&self, record: &mut Record, at: Moment) {
        let given = record.fields.clone();
        record.set("status", record.kind.spec().first.into());
        let reckon = self.circumstances(&at, "new", None, &given);
        (record.kind.spec().reckon)(record, &reckon);
    }

    /// Takes a step, unless the record stands elsewhere or the kind refuses it.
    pub(in crate::demo) fn take(
        &self,
        record: &mut Record,
        step: &str,
        answers: Answers,
        at: Moment,
    ) -> bool {
        let spec = record.kind.spec();
        let Some(step) = spec.step(step) else {
            return false;
        };
        if !step.from.is_empty() && !step.from.contains(&record.status()) {
            return false;
        }
        let answers = answers.into_iter();
        let answers: Fields = answers
            .map(|(key, value)| (key.to_owned(), value))
            .collect();
        let before = record.clone();
        let mut after = record.clone();
        if let Some(stamp) = step.stamp {
            after.set(stamp, at.day.to_string().into());
        }
        if let Some(to) = step.to {
            after.set("status", to.into());
        }
        let stands = after.clone();
        let reckon = self.circumstances(&at, step.key, Some(&stands), &answers);
        let taken = match step.effect {
            Effect::Own(own) => own(&mut after, &answers, &reckon).is_ok(),
            _ => {
                answered(&mut after, &answers, &reckon);
                true
            }
        };
        if taken {
            let reckon = self.circumstances(&at, step.key, Some(&before), &answers);
            (spec.reckon)(&mut after, &reckon);
            *record = after;
        }
        taken
    }

    /// Brings what depends on the day to that of the demonstration.
    pub(in crate::demo) fn settle(&self, record: &mut Record) {
        let before = record.clone();
        let now = format!("{}T09:00", self.today);
        let at = Moment {
            day: self.today,
            now: &now,
            by: None,
        };
        let given = Fields::new();
        let reckon = self.circumstances(&at, "edit", Some(&before), &given);
        (record.kind.spec().reckon)(record, &reckon);
    }
}

/// The first working day on or after a day.
pub fn workday(day: NaiveDate) -> NaiveDate {
    let calendar = Calendar::shipped();
    let mut days = day.iter_days();
    days.find(|day| calendar.is_workday(*day)).unwrap_or(day)
}
