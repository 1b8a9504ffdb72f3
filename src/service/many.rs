//! One step for many records, in one transaction: each on its own, none in the way of the others.

use std::sync::Arc;

use crate::domain::change::Entry;
use crate::domain::input::{self, Context};
use crate::domain::kind::Code;
use crate::domain::lifecycle::Step;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::value::Fields;
use crate::domain::world::World;
use crate::protocol::work::{Many, ManyDone};
use crate::protocol::{Act, Who};
use crate::say;
use crate::service::change::{Follows, chance, minute, write};
use crate::service::plan::{Plan, asked, step_of};
use crate::service::recall::Recall;
use crate::service::sight::{Eyes, Sight};
use crate::service::typing::Typing;
use crate::service::writer::Made;
use crate::service::{Service, Session, draft, lock, now, permit, reading, repeat};
use crate::store::writer::Writer;
use crate::store::{StoreError, reader::Reader};

/// So many records are taken into memory one by one; for more it is built anew.
const FEW: usize = 20_000;

/// What was planned: the change of the first record, to be turned to each of the others.
struct Planned {
    plan: Option<Plan>,
    codes: Vec<Code>,
    refused: Vec<(Code, Refusal)>,
}

/// What the transaction says.
enum Worked {
    Now(ManyDone),
    /// The token was taken before.
    Before,
}

impl Service {
    /// Takes the step; the same token twice is one change.
    pub fn many(&self, session: &Session, token: u64, many: Many) -> Result<ManyDone, Refusal> {
        one_kind(&many)?;
        let print = repeat::many(&many);
        let planned = self.planned(&session.who, &many)?;
        let entry = Entry {
            at: now(),
            uid: session.who.uid,
            who: session.who.name.clone(),
            session: session.id,
            request: token,
            reason: many.reason.trim().to_owned(),
            ..Entry::default()
        };
        let refused = planned.refused;
        let unasked = refused.is_empty();
        let (plan, codes) = (planned.plan, planned.codes);
        let (sender, receiver) = std::sync::mpsc::channel();
        let made = self.submit(Box::new(move |writer| {
            let mut made = Made::default();
            if let Some(done) = writer.done(entry.uid, token)?.filter(|_| token != 0) {
                if done.print.is_some_and(|before| before != print) {
                    return Ok(Err(repeat::other(writer, done.code)?));
                }
                let _ = sender.send(Worked::Before);
                return Ok(Ok(made));
            }
            let mut worked = ManyDone::default();
            if let Some(mut plan) = plan {
                take(writer, &mut plan, codes, &entry, &mut made, &mut worked)?;
            }
            if let Some(first) = worked.done.first().filter(|_| token != 0) {
                writer.remember(entry.uid, token, *first, print)?;
            }
            // What was refused of it is still to be done, with what was typed.
            if unasked && worked.refused.is_empty() {
                draft::sent(writer, entry.uid, token)?;
            }
            let searched = made.records.iter();
            let searched = searched.filter(|(_, after)| after.kind.spec().searched);
            made.many = searched.count() > FEW;
            let _ = sender.send(Worked::Now(worked));
            Ok(Ok(made))
        }))?;
        match receiver.try_recv() {
            Ok(Worked::Now(worked)) => {
                if let Some(code) = worked.done.first().copied() {
                    let (step, rev) = (many.step.clone(), None);
                    let act = Act::Step { code, step, rev };
                    lock(&session.deeds).note(act, &worked.done, &made);
                }
                Ok(ManyDone {
                    done: worked.done,
                    refused: refused.into_iter().chain(worked.refused).collect(),
                })
            }
            Ok(Worked::Before) => self.again(&session.who, token, &many),
            Err(_) => Err(Refusal::fault("no answer")),
        }
    }

    /// Reads the answers once, and tells the records that the caller sees from the others.
    fn planned(&self, who: &Who, many: &Many) -> Result<Planned, Refusal> {
        let mut planned = Planned {
            plan: None,
            codes: Vec::with_capacity(many.codes.len()),
            refused: Vec::new(),
        };
        let Some(first) = many.codes.first() else {
            return Ok(planned);
        };
        let typing = Typing::of(self, who);
        let answers = answers(who, many, *first, &typing);
        let plan = answers.map(|(step, values)| Plan {
            kind: first.kind,
            act: Act::Step {
                code: *first,
                step: step.key.to_owned(),
                rev: None,
            },
            values,
            confirmed: many.confirmed,
            reason: many.reason.clone(),
            who: who.clone(),
            today: typing.today(),
            now: minute(),
            chance: chance(),
            eyes: Arc::new(Eyes::of(&reading(&self.desk), who)),
        });
        let reader = self.reader()?;
        for code in &many.codes {
            // Whether a step leads out of the scope is known when it is worked out.
            let seen = reader.get(*code)?;
            let seen = seen.is_some_and(|record| {
                let desk = reading(&self.desk);
                desk.sees(who, &record) && desk.acts_on(who, &record)
            });
            match (seen, &plan) {
                (true, Ok(_)) => planned.codes.push(*code),
                (true, Err(refusal)) => planned.refused.push((*code, refusal.clone())),
                (false, _) => {
                    let refusal = Refusal::not_found(&code.to_string());
                    planned.refused.push((*code, refusal));
                }
            }
        }
        planned.plan = plan.ok();
        Ok(planned)
    }

    /// What came of an act that was asked for before: done is what its token stands at in the log.
    fn again(&self, who: &Who, token: u64, many: &Many) -> Result<ManyDone, Refusal> {
        let reader = self.reader()?;
        let mut answer = ManyDone::default();
        let mut rest = many.clone();
        rest.codes.clear();
        for code in &many.codes {
            let seen = reader.get(*code)?;
            let seen = seen.is_some_and(|record| reading(&self.desk).sees(who, &record));
            match seen && by(&reader, *code, who.uid, token)? {
                true => answer.done.push(*code),
                false => rest.codes.push(*code),
            }
        }
        let mut planned = self.planned(who, &rest)?;
        answer.refused.append(&mut planned.refused);
        if let Some(mut plan) = planned.plan {
            for code in planned.codes {
                plan.turn(code);
                let refusal = work_out(&plan, &reader).err().unwrap_or_else(left);
                answer.refused.push((code, refusal));
            }
        }
        Ok(answer)
    }
}

/// Whether somebody's request changed a record.
fn by(reader: &Reader, code: Code, uid: u32, token: u64) -> Result<bool, StoreError> {
    for at in reader.trail(code)?.into_iter().rev() {
        if reader
            .entry(at)?
            .is_some_and(|entry| entry.request == token && entry.uid == uid)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The refusal of what was in the way when the act was done, and is so no more.
fn left() -> Refusal {
    Refusal::new(
        RefusalKind::Stale,
        say!(
            "当时没有办成，现在可以办",
            "it could not be done then, and can be done now"
        ),
    )
    .hint(say!("请再办一次", "take the step once more"))
}

fn one_kind(many: &Many) -> Result<(), Refusal> {
    if let [first, rest @ ..] = many.codes.as_slice()
        && let Some(other) = rest.iter().find(|code| code.kind != first.kind)
    {
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!(
                "{first} 与 {other} 不是一类",
                "{first} and {other} are of two kinds"
            ),
        )
        .hint(say!("一次只办一类记录", "one kind of records at a time")));
    }
    Ok(())
}

/// The step, which the caller may take, and its answers: the same for all records.
fn answers(
    who: &Who,
    many: &Many,
    first: Code,
    typing: &Typing,
) -> Result<(&'static Step, Fields), Refusal> {
    let step = step_of(first.kind, &many.step)?;
    if !step.roles.iter().any(|role| who.roles.contains(role)) {
        return Err(permit::no_step(who, step));
    }
    Ok((
        step,
        input::answers(step.asks, &asked(step, &many.fields, &many.reason), typing)?,
    ))
}

/// The record before and after, in the caller's scope and by the rules.
fn work_out(plan: &Plan, world: &dyn World) -> Result<(Option<Record>, Record), Refusal> {
    let sight = Sight::new(world, &plan.eyes);
    let (before, after) = plan.work_out_raw(&sight)?;
    plan.keeps(before.as_ref(), &after, &sight)?;
    plan.judge(before.as_ref(), &after, &sight)?;
    Ok((before, after))
}

/// Takes the step for each record; one that cannot take it is told apart.
fn take(
    writer: &mut Writer,
    plan: &mut Plan,
    codes: Vec<Code>,
    entry: &Entry,
    made: &mut Made,
    worked: &mut ManyDone,
) -> Result<(), StoreError> {
    let recall = Recall::default();
    for code in codes {
        plan.turn(code);
        let world = recall.over(writer);
        let (before, after) = match work_out(plan, &world) {
            Ok(pair) => pair,
            Err(refusal) => {
                worked.refused.push((code, refusal));
                continue;
            }
        };
        let follows = Follows {
            records: plan.consequences(before.as_ref(), &after, &world),
            erases: plan.erases(before.as_ref(), &after, &world),
        };
        made.erased |= !follows.erases.is_empty();
        let written = write(writer, entry, plan.act_key(), before, after, follows)?;
        for (before, after) in &written {
            recall.told(before.as_ref(), after);
        }
        made.records.extend(written);
        worked.done.push(code);
    }
    Ok(())
}
