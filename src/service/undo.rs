//! Undo: the former values are written back by the same rules and rights, as a change of its own in the log.

use std::sync::Arc;
use std::time::Instant;

use crate::domain::change::Entry;
use crate::domain::kind::Code;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::value::{Fields, Value};
use crate::domain::world::World;
use crate::protocol::undo::{Undo, Undone};
use crate::protocol::{Act, Change, Who};
use crate::service::change::{Follows, chance, minute, write};
use crate::service::deed::{Deed, Touched};
use crate::service::plan::Plan;
use crate::service::sight::{Eyes, Sight};
use crate::service::undo_why::{erased, late, moved, nothing, raced, stays, weighs};
use crate::service::writer::{Made, Ran};
use crate::service::{Service, Session, lock, now, permit, reading, today};
use crate::store::reader::Reader;
use crate::store::writer::Writer;

/// What stands in the note of a record that was made by mistake.
const MISTAKEN: &str = "新建后撤回";

/// A record that gets its former values back.
struct Back {
    was: Touched,
    former: Record,
    plan: Plan,
}

/// A record that was made and is ended by the step that its lifecycle has for that.
struct Void {
    was: Touched,
    plan: Plan,
}

/// What one record comes to.
enum Way {
    Void(Box<Void>),
    Back(Box<Back>),
}

/// What a change comes to when it is taken back.
#[derive(Default)]
struct Turned {
    voids: Vec<Void>,
    backs: Vec<Back>,
    /// Those of several that stay as they are, each with why.
    left: Vec<(Code, Refusal)>,
}

impl Service {
    /// Takes back the last change of this session to a record, as of a moment of the service's clock.
    pub fn undo(&self, session: &Session, undo: &Undo, at: Instant) -> Result<Undone, Refusal> {
        let record = self.acted_on(&session.who, undo.code)?;
        let found = lock(&session.deeds).find(undo).cloned();
        let taken = found.ok_or_else(nothing)?;
        weighs(&record, &taken)?;
        if !taken.fresh(at) {
            return Err(late(&record, &taken));
        }
        if taken.erased {
            return Err(erased(&taken));
        }
        let Turned { voids, backs, left } = self.turned(&session.who, &taken)?;
        let entry = Entry {
            at: now(),
            uid: session.who.uid,
            who: session.who.name.clone(),
            session: session.id,
            ..Entry::default()
        };
        let (code, key) = (undo.code, taken.key());
        let done = self.submit(Box::new(move |writer| {
            write_back(writer, &entry, (code, key), &voids, backs)
        }));
        // Somebody was faster by a moment: who it was is in the log.
        let made = match done {
            Err(refusal) if refusal.kind == RefusalKind::Stale => {
                self.turned(&session.who, &taken)?;
                return Err(refusal);
            }
            done => done?,
        };
        lock(&session.deeds).undone(&taken, &made);
        let ended = made.records.iter().find(|(_, after)| {
            let made = taken.touched.iter();
            after.code() == code && made.clone().any(|one| one.code == code && one.from == 0)
        });
        Ok(Undone {
            code,
            act: key.to_owned(),
            count: taken.mains.len() - left.len(),
            ended: ended.map_or_else(String::new, |(_, after)| after.status().to_owned()),
            left,
        })
    }

    /// The records of a change as they were, and those that it made, each with the right to it checked.
    ///
    /// Of several that changed nothing beside themselves each is on its own: what is in the way of one
    /// leaves that one as it is.
    fn turned(&self, who: &Who, taken: &Deed) -> Result<Turned, Refusal> {
        let step = taken.step();
        let may = step.is_none_or(|step| step.roles.iter().any(|role| who.roles.contains(role)));
        if !may {
            return Err(permit::denied(who));
        }
        let reader = self.reader()?;
        let eyes = Arc::new(Eyes::of(&reading(&self.desk), who));
        let apart = taken.mains.len() > 1 && taken.touched.iter().all(|was| was.main);
        let mut turned = Turned::default();
        for was in taken.touched.iter().copied() {
            match self.turn_one(who, taken, was, &reader, &eyes) {
                Ok(Way::Void(void)) => turned.voids.push(*void),
                Ok(Way::Back(back)) => turned.backs.push(*back),
                Err(refusal) if apart => turned.left.push((was.code, refusal)),
                Err(refusal) => return Err(refusal),
            }
        }
        match turned.left.first() {
            Some((_, refusal)) if turned.backs.is_empty() => Err(refusal.clone()),
            _ => Ok(turned),
        }
    }

    /// One record of a change.
    fn turn_one(
        &self,
        who: &Who,
        taken: &Deed,
        was: Touched,
        reader: &Reader,
        eyes: &Arc<Eyes>,
    ) -> Result<Way, Refusal> {
        let step = taken.step();
        let act = if step.is_some() { "step" } else { "write" };
        if was.main && !permit::may(&who.roles, act, Some(was.code.kind)) {
            return Err(permit::denied(who));
        }
        let record = match was.main {
            true => self.acted_on(who, was.code)?,
            false => reader.get(was.code)?.ok_or_else(nothing)?,
        };
        if record.rev != was.stands {
            let seen = reading(&self.desk).sees(who, &record);
            return Err(moved(reader, seen.then_some(&record))?);
        }
        if was.from == 0 {
            let plan = self.void(who, &record, taken)?;
            return Ok(Way::Void(Box::new(Void { was, plan })));
        }
        let former = former(reader, &record, was)?.ok_or_else(|| erased(taken))?;
        let plan = Plan {
            kind: was.code.kind,
            act: Act::Edit {
                code: was.code,
                rev: None,
            },
            values: Fields::new(),
            confirmed: true,
            reason: MISTAKEN.to_owned(),
            who: who.clone(),
            today: today(),
            now: minute(),
            chance: chance(),
            eyes: Arc::clone(eyes),
        };
        if was.main {
            plan.allowed(&reading(&self.desk), Some(&record), &former)?;
            plan.restores(taken.key(), &record, &former, reader)?;
        }
        Ok(Way::Back(Box::new(Back { was, former, plan })))
    }

    /// The step that ends a record which was only just made.
    fn void(&self, who: &Who, record: &Record, taken: &Deed) -> Result<Plan, Refusal> {
        let mut steps = record.kind.spec().steps.iter();
        let step = steps.find(|step| step.voids && step.from.contains(&record.status()));
        let step = step.ok_or_else(|| stays(record, taken))?;
        let asked = step.asks.iter().map(|ask| (ask.key, MISTAKEN));
        let fields = asked.map(|(key, said)| (key.to_owned(), Value::from(said)));
        self.plan(
            who,
            &Change {
                act: Act::Step {
                    code: record.code(),
                    step: step.key.to_owned(),
                    rev: None,
                },
                fields: fields.collect(),
                confirmed: true,
                reason: MISTAKEN.to_owned(),
            },
        )
    }
}

/// A record with the values that it had before a change; none if the log forgot them.
fn former(reader: &Reader, record: &Record, was: Touched) -> Result<Option<Record>, Refusal> {
    let mut former = record.clone();
    let mut left = was.to;
    for at in reader.trail(was.code)?.into_iter().rev() {
        let Some(entry) = reader.entry(at)?.filter(|entry| entry.to_rev == left) else {
            continue;
        };
        if entry.erased {
            return Ok(None);
        }
        for change in entry.changes {
            match change.from {
                Some(value) => former.fields.insert(change.field, value),
                None => former.fields.remove(&change.field),
            };
        }
        left = entry.from_rev;
        if left <= was.from {
            return Ok(Some(former));
        }
    }
    Ok(None)
}

/// Judges all, then writes all: a refusal has written nothing.
fn write_back(
    writer: &mut Writer,
    entry: &Entry,
    (code, key): (Code, &'static str),
    voids: &[Void],
    backs: Vec<Back>,
) -> Ran {
    let touched = voids.iter().map(|one| one.was);
    for was in touched.chain(backs.iter().map(|one| one.was)) {
        if writer
            .get(was.code)?
            .is_none_or(|now| now.rev != was.stands)
        {
            return Ok(Err(raced()));
        }
    }
    let mut ends = Vec::with_capacity(voids.len());
    for void in voids {
        match void.plan.work_out(writer, None) {
            Ok(worked) => ends.push((worked, &void.plan)),
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    for back in backs.iter().filter(|back| back.was.main) {
        let Some(now) = writer.get(back.was.code)? else {
            continue;
        };
        if let Err(refusal) = back.plan.restores(key, &now, &back.former, writer) {
            return Ok(Err(refusal));
        }
    }
    let mut made = Made {
        code: Some(code),
        ..Made::default()
    };
    let own = format!("undo:{key}");
    for ((before, after), plan) in ends {
        let follows = Follows {
            records: plan.consequences(before.as_ref(), &after, writer),
            erases: Vec::new(),
        };
        let written = write(writer, entry, &own, before, after, follows)?;
        made.records.extend(written);
    }
    for Back {
        was, mut former, ..
    } in backs
    {
        let now = writer.get(was.code)?;
        former.rev = now.as_ref().map_or(0, |now| now.rev);
        // As with the change itself: what is sealed is named in no record of another kind.
        let secret = code.kind.spec().sealed && was.code.kind != code.kind;
        let action = match (was.main, secret) {
            (true, _) => own.clone(),
            (false, true) => "undo".to_owned(),
            (false, false) => format!("undo:{code}"),
        };
        let written = write(writer, entry, &action, now, former, Follows::default())?;
        made.records.extend(written);
    }
    Ok(Ok(made))
}

impl Plan {
    /// Refuses former values that a rule forbids, or whose change back is not this caller's to make.
    fn restores(
        &self,
        key: &str,
        now: &Record,
        former: &Record,
        world: &dyn World,
    ) -> Result<(), Refusal> {
        let sight = Sight::new(world, &self.eyes);
        self.judge_back(key, now, former, &sight)
    }
}
