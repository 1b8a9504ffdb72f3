//! Writing the rows of an import: one transaction, in the one thread that writes.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::change::{Entry, difference};
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::protocol::{Act, Who};
use crate::service::import::{Import, provisional};
use crate::service::plan::Plan;
use crate::service::sight::Eyes;
use crate::service::writer::{Made, Ran};
use crate::service::{Service, Session, now, reading, today};
use crate::store::StoreError;
use crate::store::writer::Writer;

/// New records that are put into the tables and their indexes together.
const TOGETHER: usize = 10_000;

/// So many records are taken into memory one by one; for more it is built anew.
const FEW: usize = 500;

/// Writes all rows, or none.
pub(super) fn all(service: &Service, session: &Session, import: Import) -> Result<(), Refusal> {
    let entry = Entry {
        at: now(),
        uid: session.who.uid,
        who: session.who.name.clone(),
        session: session.id,
        reason: import.source.clone(),
        ..Entry::default()
    };
    let who = session.who.clone();
    let eyes = Arc::new(Eyes::of(&reading(&service.desk), &who));
    service
        .submit(Box::new(move |writer| {
            run(writer, &import, &who, &eyes, &entry)
        }))
        .map(|_| ())
}

fn run(writer: &mut Writer, import: &Import, who: &Who, eyes: &Arc<Eyes>, entry: &Entry) -> Ran {
    let plan = |act: Act, values| Plan {
        kind: import.kind,
        act,
        values,
        confirmed: false,
        reason: String::new(),
        now: crate::service::change::minute(),
        chance: crate::service::change::chance(),
        who: who.clone(),
        eyes: Arc::clone(eyes),
        today: today(),
    };
    // Checked once more if somebody wrote meanwhile; nothing is written before all pass.
    if import.seq != Some(writer.head().seq) {
        let world = import.sheet.world(writer);
        for row in import.held.rows() {
            let (row, act, values) = row?;
            if let Err(mut refusal) = plan(act, values).work_out(&world, None) {
                refusal.message.zh = format!("第 {row} 行：{}", refusal.message.zh);
                refusal.message.en = format!("row {row}: {}", refusal.message.en);
                return Ok(Err(refusal));
            }
        }
    }
    let mut out = Out {
        writer,
        entry,
        made: Made {
            many: import.held.len() > FEW,
            ..Made::default()
        },
        fresh: Vec::new(),
        numbers: HashMap::new(),
    };
    for row in import.held.rows() {
        let (_, act, values) = row?;
        let plan = plan(act, values);
        let world = import.sheet.world(out.writer);
        let (before, after) = match plan.work_out_raw(&world) {
            Ok(worked) => worked,
            Err(refusal) => return Err(StoreError::Broken(refusal.message.en)),
        };
        // What follows from a new record is new itself; a sheet brings such rows of its own.
        let follows = match &before {
            Some(_) => plan.consequences(before.as_ref(), &after, &world),
            None => Vec::new(),
        };
        out.take(plan.act_key(), before, after)?;
        for (before, after) in follows {
            out.take(plan.act_key(), before, after)?;
        }
    }
    out.load()?;
    Ok(Ok(out.made))
}

struct Out<'a> {
    writer: &'a mut Writer,
    entry: &'a Entry,
    made: Made,
    /// New records that are not yet in their table.
    fresh: Vec<Record>,
    /// The codes that new organisations of the sheet got, by the one that stood for them.
    numbers: HashMap<Code, Code>,
}

impl Out<'_> {
    fn take(
        &mut self,
        act: &str,
        before: Option<Record>,
        mut after: Record,
    ) -> Result<(), StoreError> {
        self.settle(&mut after);
        if before.is_none() {
            let year = chrono::Datelike::year(&today());
            after.number = self.writer.next_number(after.kind, year, 0)?;
            if after.kind == Kind::Organisation {
                let stood = provisional(after.kind, self.numbers.len() as u64);
                self.numbers.insert(stood, after.code());
            }
        }
        let changes = difference(before.as_ref(), &after);
        if changes.is_empty() {
            return Ok(());
        }
        after.rev = before.as_ref().map_or(0, |before| before.rev) + 1;
        self.writer.log(&Entry {
            action: format!("import:{act}"),
            code: Some(after.code()),
            from_rev: after.rev - 1,
            to_rev: after.rev,
            changes,
            ..self.entry.clone()
        })?;
        let other = self.fresh.first().is_some_and(|one| one.kind != after.kind);
        if before.is_some() || other {
            self.writer.put(&after)?;
        } else {
            self.fresh.push(after.clone());
        }
        if !self.made.many {
            self.made.records.push((before, after));
        }
        if self.fresh.len() >= TOGETHER {
            self.load()?;
        }
        Ok(())
    }

    /// Puts the code that an organisation of the sheet got in the place of the one that stood for it.
    fn settle(&self, record: &mut Record) {
        let parent = record.refs("parent").next();
        if let Some(code) = parent.and_then(|code| self.numbers.get(&code)) {
            record.set("parent", Value::from(code.to_string()));
        }
    }

    fn load(&mut self) -> Result<(), StoreError> {
        if let Some(first) = self.fresh.first() {
            self.writer.load(first.kind, &self.fresh)?;
        }
        self.fresh.clear();
        Ok(())
    }
}
