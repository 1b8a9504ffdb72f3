//! The inspector's seat: who oversees which activity, and so sees all of that one and nothing else.

use std::collections::{BTreeSet, HashMap};

use crate::domain::change::{Entry, FieldChange};
use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::operator::Role;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::protocol::Who;
use crate::service::desk::Desk;
use crate::service::writer::Made;
use crate::service::{Service, Session, now, permit, reading};
use crate::store::reader::Reader;

/// The act that is logged when an inspector opens something of the activity.
const LOOK: &str = "look";

/// Who sits where.
#[derive(Default)]
pub struct Seats {
    /// By oversight: the operator and the activity.
    held: HashMap<u64, (u64, u64)>,
    /// By operator: the activities, each with the oversight.
    of: HashMap<u64, BTreeSet<(u64, u64)>>,
}

impl Seats {
    /// Takes in an oversight.
    pub fn put(&mut self, oversight: &Record) {
        let number = oversight.number;
        if let Some((operator, activity)) = self.held.remove(&number)
            && let Some(seats) = self.of.get_mut(&operator)
        {
            seats.remove(&(activity, number));
        }
        let operator = oversight.refs("inspector").next();
        if let Some((operator, activity)) = operator.zip(oversight.refs("activity").next()) {
            self.held.insert(number, (operator.number, activity.number));
            let seats = self.of.entry(operator.number).or_default();
            seats.insert((activity.number, number));
        }
    }

    /// The activities that somebody oversees, each with the oversight.
    fn of(&self, who: &Who) -> impl Iterator<Item = (u64, u64)> {
        let operator = who.operator.filter(|_| is_inspector(who));
        let seats = operator.and_then(|code| self.of.get(&code.number));
        seats.into_iter().flatten().copied()
    }
}

fn is_inspector(who: &Who) -> bool {
    who.roles.contains(&Role::Inspector)
}

/// Whether somebody is an inspector and nothing beside: only what is assigned may be told.
pub fn is_only_inspector(who: &Who) -> bool {
    !who.roles.is_empty() && who.roles.iter().all(|role| *role == Role::Inspector)
}

/// The activity that a record is or belongs to.
fn activity_of(record: &Record) -> Option<u64> {
    match record.kind {
        Kind::Activity => Some(record.number),
        _ => record.refs("activity").next().map(|code| code.number),
    }
}

/// What an inspector finds beside what lies in the scope, as the index numbers it.
#[derive(Default)]
pub struct Assigned {
    /// The kinds of which nothing else is found.
    pub kinds: u16,
    /// The records.
    pub ids: Vec<u64>,
}

impl Desk {
    /// Whether a record is part of an activity that somebody oversees.
    pub fn assigned(&self, who: &Who, record: &Record) -> bool {
        let mut seats = self.seats.of(who).peekable();
        // Asked of every record of a list: most people sit nowhere.
        seats.peek().is_some()
            && permit::is_seat("read", Some(record.kind))
            && activity_of(record).is_some_and(|activity| seats.any(|(one, _)| one == activity))
    }

    /// Whether somebody may act on a record that they see: it lies in the scope, or is their own oversight.
    pub fn acts_on(&self, who: &Who, record: &Record) -> bool {
        self.reaches(who, record) || self.oversees(who, record)
    }

    /// Whether a record is somebody's own oversight.
    pub fn oversees(&self, who: &Who, record: &Record) -> bool {
        let mut seats = self.seats.of(who);
        record.kind == Kind::Oversight && seats.any(|(_, number)| number == record.number)
    }

    /// What an inspector finds beyond the scope; none for anybody else.
    pub fn seat(&self, who: &Who, reader: &Reader) -> Result<Option<Assigned>, Refusal> {
        if !is_inspector(who) {
            return Ok(None);
        }
        let mut found = Assigned::default();
        let kinds = KINDS.iter().filter(|spec| spec.searched);
        let kinds = kinds.filter(|spec| permit::is_seat("read", Some(spec.kind)));
        for spec in kinds {
            if !permit::in_scope(&who.roles, "read", Some(spec.kind)) {
                found.kinds |= 1 << spec.kind.bit();
            }
            for (number, _) in self.seats.of(who) {
                let activity = Code::new(Kind::Activity, number);
                if spec.kind == Kind::Activity {
                    found.ids.push(activity.id());
                    continue;
                }
                let parts = reader.numbers(spec.kind, "activity", &activity.to_string())?;
                let codes = parts.into_iter().map(|part| Code::new(spec.kind, part));
                found.ids.extend(codes.map(Code::id));
            }
        }
        Ok(Some(found))
    }
}

impl Service {
    /// A record that somebody sees and may act on; what is assigned to an inspector is to be read alone.
    pub(super) fn acted_on(&self, who: &Who, code: Code) -> Result<Record, Refusal> {
        let record = self.seen(who, code)?;
        match reading(&self.desk).acts_on(who, &record) {
            true => Ok(record),
            false => Err(permit::outside(record.title())),
        }
    }

    /// Logs that an inspector opened something of the activity, once a day, where its history and
    /// that of the oversight show it.
    pub(super) fn looked(&self, session: &Session, record: &Record) -> Result<(), Refusal> {
        let Some(activity) = activity_of(record).filter(|_| is_inspector(&session.who)) else {
            return Ok(());
        };
        let seat = {
            let desk = reading(&self.desk);
            desk.seats
                .of(&session.who)
                .find(|(one, _)| *one == activity)
        };
        let Some((_, oversight)) = seat else {
            return Ok(());
        };
        let oversight = Code::new(Kind::Oversight, oversight);
        let entry = Entry {
            at: now(),
            uid: session.who.uid,
            who: session.who.name.clone(),
            session: session.id,
            action: LOOK.to_owned(),
            ..Entry::default()
        };
        if self.has_looked(oversight, &entry)? {
            return Ok(());
        }
        let codes = [oversight, Code::new(Kind::Activity, activity)];
        self.submit(Box::new(move |writer| {
            for code in codes {
                writer.log(&Entry {
                    code: Some(code),
                    ..entry.clone()
                })?;
            }
            Ok(Ok(Made::default()))
        }))?;
        Ok(())
    }

    /// Whether somebody oversaw what a record belongs to until the last change, which gave the seat to another.
    pub(super) fn has_left(reader: &Reader, who: &Who, code: Code) -> Result<bool, Refusal> {
        let Some(operator) = who.operator.filter(|_| is_inspector(who)) else {
            return Ok(false);
        };
        let last = |code: Code| {
            let seq = reader.trail(code)?.last().copied();
            Ok::<_, Refusal>(seq.map(|at| reader.entry(at)).transpose()?.flatten())
        };
        let Some(entry) = last(code)? else {
            return Ok(false);
        };
        // The activity changes with the oversight, and its entry says so.
        let cause = entry.action.split_once(':');
        let cause = cause.and_then(|(_, cause)| Code::read(cause));
        let entry = match cause.filter(|cause| cause.kind == Kind::Oversight) {
            Some(oversight) => last(oversight)?,
            None => Some(entry).filter(|_| code.kind == Kind::Oversight),
        };
        let gave = |change: &FieldChange| {
            let from = change.from.as_ref().and_then(Value::text);
            change.field == "inspector" && from.and_then(Code::read) == Some(operator)
        };
        Ok(entry.is_some_and(|entry| entry.changes.iter().any(gave)))
    }

    /// Whether a look of the same person on the same day is logged already.
    fn has_looked(&self, oversight: Code, look: &Entry) -> Result<bool, Refusal> {
        let reader = self.reader()?;
        for seq in reader.trail(oversight)?.into_iter().rev() {
            let Some(entry) = reader.entry(seq)? else {
                continue;
            };
            if entry.at.get(..10) != look.at.get(..10) {
                return Ok(false);
            }
            if entry.action == LOOK && entry.uid == look.uid {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
