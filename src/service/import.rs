//! Imports: every row is checked first, then all are written in one transaction or none.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::change::difference;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::value::Fields;
use crate::protocol::{Act, Answer, ImportAnswer, SheetRow};
use crate::say;
use crate::service::change::typed;
use crate::service::plan::Plan;
use crate::service::sight::Eyes;
use crate::service::typing::Typing;
use crate::service::{Service, Session, lock, reading, today, view};
use crate::store::reader::Reader;

mod again;
mod held;
mod known;
mod post;
mod repeat;
mod settle;
mod sheet;
mod write;

use held::Held;
use settle::{People, Settle};
use sheet::Sheet;

/// More rows than a spreadsheet can have are no spreadsheet.
const MOST: usize = 1 << 20;

/// An open import.
pub struct Import {
    kind: Kind,
    source: String,
    held: Held,
    /// Where the log ended when the first rows were checked: if it still ends there at the close, nothing changed.
    seq: Option<u64>,
    /// What must be unique among the rows taken so far, with their row.
    seen: HashMap<String, u64>,
    /// Organisations that the sheet itself brings.
    sheet: Sheet,
    /// The people of the activities that its rows name.
    people: People,
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
        held: Held::default(),
        seq: None,
        seen: HashMap::new(),
        sheet: Sheet::default(),
        people: People::new(),
    });
    Ok(Answer::Done(0))
}

/// Checks rows; good ones are kept for the close.
pub fn rows(service: &Service, session: &Session, rows: Vec<SheetRow>) -> Result<Answer, Refusal> {
    let mut slot = lock(&session.import);
    let import = slot.as_mut().ok_or_else(none_open)?;
    if import.held.len() + rows.len() > MOST {
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!(
                "一次至多导入 {MOST} 行，请分成几个文件",
                "one import takes at most {MOST} rows; split the file"
            ),
        ));
    }
    let reader = service.reader()?;
    if import.seq.is_none() {
        import.seq = Some(reader.head()?.seq);
    }
    let mut answer = ImportAnswer::default();
    for row in rows {
        let number = row.row;
        match check(service, session, import, &reader, row) {
            Ok(Outcome::New) => answer.new += 1,
            Ok(Outcome::Unchanged) => answer.unchanged += 1,
            Ok(Outcome::Updated(before, after)) => {
                answer.updated += 1;
                let changes = difference(Some(&before), &after);
                let changes = view::changes(import.kind, changes);
                answer.differences.push((number, after.code(), changes));
            }
            Err(problems) => answer
                .problems
                .extend(problems.into_iter().map(|refusal| (number, refusal))),
        }
    }
    Ok(Answer::Problems(answer))
}

enum Outcome {
    New,
    Unchanged,
    Updated(Box<Record>, Box<Record>),
}

/// Checks a row by all that can be wrong with it; a good one is kept.
fn check(
    service: &Service,
    session: &Session,
    import: &mut Import,
    reader: &Reader,
    row: SheetRow,
) -> Result<Outcome, Vec<Refusal>> {
    let kind = import.kind;
    let number = row.row;
    let Read {
        known,
        values,
        mut problems,
    } = read(service, session, import, reader, row)?;
    let act = match &known {
        Some(record) => Act::Edit {
            code: record.code(),
            rev: Some(record.rev),
        },
        None => Act::New(kind),
    };
    let plan = Plan {
        kind,
        act,
        values,
        confirmed: false,
        reason: String::new(),
        now: crate::service::change::minute(),
        chance: crate::service::change::chance(),
        who: session.who.clone(),
        eyes: Arc::new(Eyes::of(&reading(&service.desk), &session.who)),
        today: today(),
    };
    let world = import.sheet.world(reader);
    let (before, after) = match plan.work_out_raw(&world) {
        Ok(worked) => worked,
        Err(refusal) => {
            problems.push(refusal);
            return Err(in_order(kind, problems));
        }
    };
    // A row that says what is known already changes nothing: what is wrong with old data is not for a sheet to answer.
    let changed = before
        .as_ref()
        .is_none_or(|before| before.fields != after.fields);
    if changed {
        let near = import.sheet.resolved(&after);
        let allowed = plan.allowed(&reading(&service.desk), before.as_ref(), &near);
        let findings = plan.findings(before.as_ref(), &after, &world);
        let findings = allowed.err().into_iter().chain(findings);
        // A rule about a value that could not be taken would judge what is not there.
        let judged: Vec<Refusal> = findings
            .filter(|finding| {
                !problems
                    .iter()
                    .any(|problem| problem.field.is_some() && problem.field == finding.field)
            })
            .map(|finding| known::way_out(kind, finding))
            .collect();
        problems.extend(judged);
    }
    let keys = again::keys(before.as_ref(), &after);
    let telling = if changed { keys.len() } else { 1 };
    let seen = |key: &String| import.seen.get(key);
    if let Some(other) = keys.iter().take(telling).find_map(seen) {
        let twice = say!("与第 {other} 行重复", "the same as row {other}");
        let title = kind.spec().title;
        problems.push(Refusal::new(RefusalKind::Rule, twice).field(title));
    }
    if !problems.is_empty() {
        return Err(in_order(kind, problems));
    }
    for key in keys {
        import.seen.entry(key).or_insert(number);
    }
    if changed {
        import
            .held
            .push(number, &plan)
            .map_err(|error| vec![error.into()])?;
    }
    if before.is_none() {
        import.sheet.bring(&after);
    }
    Ok(match before {
        None => Outcome::New,
        Some(before) if changed => Outcome::Updated(Box::new(before), Box::new(after)),
        Some(_) => Outcome::Unchanged,
    })
}

/// A row whose values were read.
struct Read {
    /// The record that it is about.
    known: Option<Record>,
    /// The values that could be taken.
    values: Fields,
    /// What is wrong with the others.
    problems: Vec<Refusal>,
}

/// Reads the values of a row and finds the record that it is about; without that, rules cannot judge it.
fn read(
    service: &Service,
    session: &Session,
    import: &mut Import,
    reader: &Reader,
    row: SheetRow,
) -> Result<Read, Vec<Refusal>> {
    let (kind, who) = (import.kind, &session.who);
    let SheetRow {
        mut fields,
        mut problems,
        ..
    } = row;
    let mut known = known::known(service, who, kind, &mut fields, reader);
    let mut stored = Typing::of(service, who);
    if let Ok(Some(record)) = &known {
        repeat::take_out(service, reader, record, &mut fields);
    }
    if matches!(kind, Kind::Enrolment | Kind::ServiceRecord) {
        let settle = Settle {
            service,
            who,
            reader,
            typing: &stored,
        };
        let record = known.as_ref().ok().and_then(Option::as_ref);
        let on = settle.settle(record, &mut fields, &mut import.people, &mut problems);
        known = known.and_then(|known| again::paired(kind, known, &fields, on, reader));
        if let Ok(Some(record)) = &known {
            repeat::take_out(service, reader, record, &mut fields);
        }
    }
    let told: Vec<String> = problems
        .iter()
        .chain(known.as_ref().err())
        .filter_map(|problem| problem.field.clone())
        .collect();
    let record = known.as_ref().ok().and_then(Option::as_ref);
    let posts = match kind {
        Kind::Organisation => post::posts(record, &mut fields, today(), &mut problems),
        _ => None,
    };
    if let Some(record) = record {
        stored.keep(record);
    }
    let typing = import.sheet.typing(&stored);
    let (mut values, wrong) = typed(kind, &fields, &typing, matches!(known, Ok(None)));
    let once = |problem: &Refusal| !problem.field.as_ref().is_some_and(|key| told.contains(key));
    let wrong = wrong.into_iter().filter(once);
    problems.extend(wrong.map(|problem| known::way_out(kind, problem)));
    values.extend(posts.map(|posts| ("posts".to_owned(), posts)));
    let known = match known {
        Ok(None) if problems.is_empty() => again::repeated(service, who, kind, &values, reader),
        known => known,
    };
    match known {
        Ok(known) => Ok(Read {
            known,
            values,
            problems,
        }),
        Err(refusal) => {
            problems.push(refusal);
            Err(in_order(kind, problems))
        }
    }
}

/// Problems in the order of the fields.
fn in_order(kind: Kind, mut problems: Vec<Refusal>) -> Vec<Refusal> {
    problems.sort_by_key(|problem| {
        let key = problem.field.as_deref().unwrap_or("");
        kind.spec().fields.iter().position(|field| field.key == key)
    });
    problems
}

/// Writes the accepted rows in one transaction, or forgets them.
pub fn close(service: &Service, session: &Session, write: bool) -> Result<Answer, Refusal> {
    let import = lock(&session.import).take().ok_or_else(none_open)?;
    if !write || import.held.len() == 0 {
        return Ok(Answer::Done(0));
    }
    let count = import.held.len() as u64;
    write::all(service, session, import)?;
    Ok(Answer::Done(count))
}

/// The code of an organisation that stands in the sheet and not yet in the store.
fn provisional(kind: Kind, nth: u64) -> Code {
    Code::new(kind, (1 << 48) + nth)
}
