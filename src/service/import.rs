//! Imports: every row is checked first, then all are written in one transaction or none.

use std::collections::HashMap;

use crate::domain::change::{Entry, difference};
use crate::domain::identity::identity;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::rule::World;
use crate::domain::value::{Fields, Value};
use crate::protocol::{Act, Answer, Change, ImportAnswer};
use crate::say;
use crate::service::writer::Made;
use crate::service::{Service, Session, lock, now, today};
use crate::store::reader::Reader;

/// An open import.
pub struct Import {
    kind: Kind,
    source: String,
    accepted: Vec<(u64, Change)>,
    /// Identity numbers and names with phones of the rows so far, with their row.
    seen: HashMap<String, u64>,
}

fn none_open() -> Refusal {
    Refusal::new(
        RefusalKind::Usage,
        say!("没有打开的导入", "no import is open"),
    )
}

/// Opens an import.
pub fn open(_: &Service, session: &Session, kind: Kind, source: String) -> Result<Answer, Refusal> {
    *lock(&session.import) = Some(Import {
        kind,
        source,
        accepted: Vec::new(),
        seen: HashMap::new(),
    });
    Ok(Answer::Done(0))
}

/// Checks rows; good ones are kept for the close.
pub fn rows(
    service: &Service,
    session: &Session,
    rows: Vec<(u64, Fields)>,
) -> Result<Answer, Refusal> {
    let mut slot = lock(&session.import);
    let import = slot.as_mut().ok_or_else(none_open)?;
    let reader = service.reader()?;
    let mut answer = ImportAnswer::default();
    for (row, fields) in rows {
        match check(service, session, import, &reader, row, fields) {
            Ok(Some((code, changed))) => {
                answer.updated += 1;
                answer.differences.push((row, code, changed));
            }
            Ok(None) => answer.accepted += 1,
            Err(refusal) => answer.problems.push((row, refusal)),
        }
    }
    Ok(Answer::Problems(answer))
}

fn check(
    service: &Service,
    session: &Session,
    import: &mut Import,
    reader: &Reader,
    row: u64,
    fields: Fields,
) -> Result<Option<(Code, Vec<String>)>, Refusal> {
    let act = match known(import.kind, &fields, reader) {
        Some(code) => Act::Edit { code, rev: None },
        None => Act::New(import.kind),
    };
    let change = Change {
        act,
        fields,
        confirmed: false,
    };
    let plan = service.plan(&session.who, &change)?;
    let (before, after) = plan.work_out(reader, None)?;
    for key in keys(&after) {
        if let Some(other) = import.seen.get(&key) {
            return Err(Refusal::new(
                RefusalKind::Rule,
                say!("与第 {other} 行重复", "the same as row {other}"),
            ));
        }
    }
    for key in keys(&after) {
        import.seen.insert(key, row);
    }
    import.accepted.push((row, change));
    Ok(before.map(|before| {
        let changed = difference(Some(&before), &after);
        (
            before.code(),
            changed.into_iter().map(|change| change.field).collect(),
        )
    }))
}

/// The record that a row is about, by what names it beyond doubt.
fn known(kind: Kind, fields: &Fields, reader: &Reader) -> Option<Code> {
    let text = |key: &str| fields.get(key).and_then(Value::text).unwrap_or("");
    match kind {
        Kind::Volunteer => {
            let id = identity(text("id_number"), today()).ok()?;
            let found = reader.equal(kind, "id_number", &id.number);
            found.first().map(|number| Code::new(kind, *number))
        }
        Kind::Organisation => {
            let found = reader.equal(kind, "name", text("name").trim());
            found.first().map(|number| Code::new(kind, *number))
        }
        _ => None,
    }
}

fn keys(record: &Record) -> Vec<String> {
    let mut keys = Vec::new();
    match record.kind {
        Kind::Volunteer => {
            let id = record.text("id_number");
            if !id.is_empty() {
                keys.push(format!("id {id}"));
            }
            keys.push(format!("{} {}", record.title(), record.text("phone")));
        }
        _ => keys.push(record.title().to_owned()),
    }
    keys
}

/// Writes the accepted rows in one transaction, or forgets them.
pub fn close(service: &Service, session: &Session, write: bool) -> Result<Answer, Refusal> {
    let import = lock(&session.import).take().ok_or_else(none_open)?;
    if !write || import.accepted.is_empty() {
        return Ok(Answer::Done(0));
    }
    let mut plans = Vec::with_capacity(import.accepted.len());
    for (row, change) in &import.accepted {
        plans.push((*row, service.plan(&session.who, change)?));
    }
    let entry = Entry {
        at: now(),
        uid: session.who.uid,
        who: session.who.name.clone(),
        session: session.id,
        reason: import.source,
        ..Entry::default()
    };
    let count = plans.len() as u64;
    let year = chrono::Datelike::year(&today());
    service.submit(Box::new(move |writer| {
        // Checked once more against what others wrote meanwhile; nothing is written before all pass.
        let mut worked = Vec::with_capacity(plans.len());
        for (row, plan) in &plans {
            match plan.work_out(writer, None) {
                Ok(done) => worked.push((plan.act_key().to_owned(), done)),
                Err(mut refusal) => {
                    refusal.message.zh = format!("第 {row} 行：{}", refusal.message.zh);
                    refusal.message.en = format!("row {row}: {}", refusal.message.en);
                    return Ok(Err(refusal));
                }
            }
        }
        let many = worked.len() > 500;
        let mut made = Made {
            many,
            ..Made::default()
        };
        for (act, (before, mut after)) in worked {
            if before.is_none() {
                after.number = writer.next_number(after.kind, year)?;
            }
            let changes = difference(before.as_ref(), &after);
            if changes.is_empty() {
                continue;
            }
            after.rev = before.as_ref().map_or(0, |before| before.rev) + 1;
            writer.put(&after)?;
            writer.log(&Entry {
                action: format!("import:{act}"),
                code: Some(after.code()),
                from_rev: after.rev - 1,
                to_rev: after.rev,
                changes,
                ..entry.clone()
            })?;
            if !many {
                made.records.push((before, after));
            }
        }
        Ok(Ok(made))
    }))?;
    Ok(Answer::Done(count))
}
