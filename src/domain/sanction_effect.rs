//! What a sanction changes elsewhere when it comes into force, and what returns when it is taken back.
//!
//! Nothing that is written here names the complaint: those records are read by whom it was about.

use crate::domain::certificate::shaken;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::remark;
use crate::domain::sanction::{in_force, measure};
use crate::domain::value::{Fields, Value};
use crate::domain::volunteer;
use crate::domain::world::{Reckon, World, holding};

/// Keeps which records will change, and the state they have: what is taken back returns there.
pub fn undo(record: &mut Record, world: &dyn World) {
    let measure = measure(record);
    let subject = record.refs("subject").next();
    let person = subject.filter(|code| code.kind == Kind::Volunteer);
    let person = person.and_then(|code| world.record(code));
    let stays = |person: &Record, state: &str| {
        let gone = !person.live() && state == "暂停";
        person.status() == state || gone
    };
    let mut found: Vec<Record> = Vec::new();
    if let Some(state) = measure.state {
        found.extend(person.filter(|person| !stays(person, state)));
    }
    if let Some((kind, states, _)) = measure.takes {
        let named = record.refs("records").filter(|code| code.kind == kind);
        let named = named.filter_map(|code| world.record(code));
        found.extend(named.filter(|one| states.contains(&one.status())));
    }
    let rows = found.iter().map(|one| {
        let row = [
            ("code", one.code().to_string()),
            ("was", one.status().to_owned()),
        ];
        Value::Map(
            row.map(|(key, value)| (key.to_owned(), value.into()))
                .into(),
        )
    });
    record.set("undo", Value::List(rows.collect()));
}

/// The records that change with it.
pub fn then(after: &Record, reckon: &Reckon) -> Vec<Record> {
    let was = reckon.before.is_some_and(in_force);
    match (was, in_force(after)) {
        (false, true) => take(after, reckon),
        (true, false) => give_back(after, reckon),
        _ => Vec::new(),
    }
}

/// The row that a measure leaves in the record of whom it is about.
fn row(record: &Record, world: &dyn World) -> Fields {
    let org = record.refs("org").next().and_then(|org| world.record(org));
    let by = org.map_or_else(String::new, |org| org.title().to_owned());
    let decision = record.text("decision").replace('\n', " ");
    let cells = [
        ("day", record.text("effective_on").to_owned()),
        ("measure", record.text("measure").to_owned()),
        ("text", decision),
        ("by", by),
        ("until", record.text("until").to_owned()),
    ];
    let cells = cells.into_iter().filter(|(_, value)| !value.is_empty());
    cells
        .map(|(key, value)| (key.to_owned(), value.into()))
        .collect()
}

/// The records kept for taking it back, each with the state it had.
fn kept(record: &Record, world: &dyn World) -> Vec<(Record, String)> {
    let rows = record.rows("undo");
    let found = rows.filter_map(|row| {
        let code = Code::read(remark::text(row, "code"))?;
        Some((world.record(code)?, remark::text(row, "was").to_owned()))
    });
    found.collect()
}

/// Adds a line to a note.
fn note(record: &mut Record, line: &str) {
    let note = match record.text("note") {
        "" => line.to_owned(),
        old => format!("{old}\n{line}"),
    };
    record.set("note", note.into());
}

fn take(after: &Record, reckon: &Reckon) -> Vec<Record> {
    let (world, measure) = (reckon.world, measure(after));
    let mut found: Vec<Record> = Vec::new();
    let kept = kept(after, world);
    if let Some(old) = after
        .refs("subject")
        .next()
        .and_then(|code| world.record(code))
    {
        let mut subject = old.clone();
        remark::add(&mut subject, row(after, world));
        let falls = kept.iter().any(|(one, _)| one.code() == old.code());
        if let Some(state) = measure.state.filter(|_| falls) {
            subject.set("status", state.into());
            let until = after.text("until");
            found.extend(volunteer::gone(&subject, until, reckon));
        }
        found.insert(0, subject);
    }
    if let Some((kind, _, state)) = measure.takes {
        let line = format!(
            "{} {}：{}",
            reckon.today,
            measure.name,
            after.text("decision")
        );
        for (old, _) in kept.iter().filter(|(one, _)| one.kind == kind) {
            let mut one = old.clone();
            one.set("status", state.into());
            note(&mut one, &line);
            shake(&mut found, &one, old, reckon);
            found.push(one);
        }
    }
    found
}

/// Certificates that stand on a record turn red, each once.
fn shake(found: &mut Vec<Record>, after: &Record, before: &Record, reckon: &Reckon) {
    if after.kind != Kind::ServiceRecord {
        return;
    }
    let before = Reckon {
        before: Some(before),
        ..*reckon
    };
    for certificate in shaken(after, &before) {
        if !found.iter().any(|one| one.code() == certificate.code()) {
            found.push(certificate);
        }
    }
}

/// Whether another sanction in force keeps somebody in the same state.
fn held(after: &Record, subject: Code, state: &str, world: &dyn World) -> bool {
    let others = holding(world, Kind::Sanction, "subject", subject);
    others
        .iter()
        .any(|one| one.code() != after.code() && in_force(one) && measure(one).state == Some(state))
}

fn give_back(after: &Record, reckon: &Reckon) -> Vec<Record> {
    let (world, measure) = (reckon.world, measure(after));
    let mut found: Vec<Record> = Vec::new();
    let subject = after.refs("subject").next();
    if let Some(mut subject) = subject.and_then(|code| world.record(code)) {
        remark::end(&mut subject, &row(after, world), reckon.today);
        found.push(subject);
    }
    let line = format!("{} 恢复：{}的决定已撤销", reckon.today, measure.name);
    for (mut one, was) in kept(after, world) {
        let state = match measure.takes {
            Some((kind, _, state)) if kind == one.kind => state,
            _ => measure.state.unwrap_or(""),
        };
        // Whatever somebody did to it since stands.
        if one.status() != state || held(after, one.code(), state, world) {
            continue;
        }
        match found.iter_mut().find(|first| first.code() == one.code()) {
            Some(subject) => subject.set("status", was.into()),
            None => {
                one.set("status", was.into());
                note(&mut one, &line);
                found.push(one);
            }
        }
    }
    found
}
