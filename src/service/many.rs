//! One step for many records, in one transaction: each on its own, none in the way of the others.

use crate::domain::change::Entry;
use crate::domain::kind::Code;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::work::{Many, ManyDone};
use crate::protocol::{Act, Change};
use crate::say;
use crate::service::change::write;
use crate::service::plan::Plan;
use crate::service::writer::Made;
use crate::service::{Service, Session, now};

/// So many records are taken into memory one by one; for more it is built anew.
const FEW: usize = 20_000;

impl Service {
    /// Takes the step; the same token twice is one change.
    pub fn many(&self, session: &Session, token: u64, many: Many) -> Result<ManyDone, Refusal> {
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
        let mut answer = ManyDone::default();
        let mut plans: Vec<(Code, Plan)> = Vec::new();
        for code in &many.codes {
            let change = Change {
                act: Act::Step {
                    code: *code,
                    step: many.step.clone(),
                    rev: None,
                },
                fields: many.fields.clone(),
                confirmed: many.confirmed,
                reason: many.reason.clone(),
            };
            match self.plan(&session.who, &change) {
                Ok(plan) => plans.push((*code, plan)),
                Err(refusal) => answer.refused.push((*code, refusal)),
            }
        }
        let entry = Entry {
            at: now(),
            uid: session.who.uid,
            who: session.who.name.clone(),
            session: session.id,
            request: token,
            reason: many.reason.trim().to_owned(),
            ..Entry::default()
        };
        let (sender, receiver) = std::sync::mpsc::channel();
        self.submit(Box::new(move |writer| {
            let mut made = Made::default();
            let mut worked = ManyDone::default();
            if token != 0 && writer.done(token)?.is_some() {
                worked.done = plans.iter().map(|(code, _)| *code).collect();
                let _ = sender.send(worked);
                return Ok(Ok(made));
            }
            for (code, plan) in plans {
                let (before, after) = match plan.work_out(writer, None) {
                    Ok(pair) => pair,
                    Err(refusal) => {
                        worked.refused.push((code, refusal));
                        continue;
                    }
                };
                let consequences = plan.consequences(before.as_ref(), &after, writer);
                let written = write(writer, &entry, plan.act_key(), before, after, consequences)?;
                made.records.extend(written);
                worked.done.push(code);
            }
            if let Some(first) = worked.done.first().filter(|_| token != 0) {
                writer.remember(token, *first)?;
            }
            made.many = made.records.len() > FEW;
            let _ = sender.send(worked);
            Ok(Ok(made))
        }))?;
        let worked = receiver.try_recv().unwrap_or_default();
        answer.done = worked.done;
        answer.refused.extend(worked.refused);
        Ok(answer)
    }
}
