//! Changing: one path for new records, edits and steps.

use std::sync::Arc;

use crate::domain::change::{Entry, difference};
use crate::domain::field::Need;
use crate::domain::input::{self, Context};
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Said;
use crate::domain::value::{Fields, Value};
use crate::protocol::{Act, Change, View, Who};
use crate::say;
use crate::service::plan::{Plan, asked, step_of};
use crate::service::sight::{Eyes, Sight};
use crate::service::typing::Typing;
use crate::service::writer::Made;
use crate::service::{Service, Session, draft, draft_erase, lock, now, permit, reading, repeat};
use crate::store::StoreError;
use crate::store::writer::Writer;

impl Service {
    /// What a change would be refused for.
    pub fn try_out(&self, session: &Session, change: &Change) -> Result<(), Refusal> {
        let plan = self.plan(&session.who, change)?;
        let reader = self.reader()?;
        plan.work_out(&reader, None).map(|_| ())
    }

    /// Makes a change; the same token twice is one change.
    pub fn make(&self, session: &Session, token: u64, change: &Change) -> Result<View, Refusal> {
        let print = repeat::change(change);
        let before = self.repeated(session.who.uid, token, print)?;
        let again = before.is_some();
        let made = match before {
            Some(made) => made,
            None => self.make_first(session, token, print, change)?,
        };
        let code = made.code.ok_or_else(|| Refusal::fault("no answer"))?;
        lock(&session.deeds).note(change.act.clone(), &[code], &made);
        let record = self
            .reader()?
            .get(code)?
            .ok_or_else(|| Refusal::not_found(&code.to_string()))?;
        // Whoever sends something out of their own sight still hears its number and where it went, once.
        let lost =
            (again || code.kind.spec().sealed) && !reading(&self.desk).sees(&session.who, &record);
        if lost && made.records.is_empty() {
            return Ok(View::of(code));
        }
        self.shown(&session.who, &record)
    }

    fn make_first(
        &self,
        session: &Session,
        token: u64,
        print: u64,
        change: &Change,
    ) -> Result<Made, Refusal> {
        let plan = self.plan(&session.who, change)?;
        let entry = Entry {
            at: now(),
            uid: session.who.uid,
            who: session.who.name.clone(),
            session: session.id,
            request: token,
            reason: change.reason.trim().to_owned(),
            ..Entry::default()
        };
        self.submit(Box::new(move |writer| {
            // The same one may have come over two connections at once.
            if let Some(before) = repeat::before(writer, entry.uid, token, print)? {
                return repeat::made(before);
            }
            let (before, mut after) = match plan.work_out(writer, None) {
                Ok(worked) => worked,
                Err(refusal) => return Ok(Err(refusal)),
            };
            if before.is_none() {
                let year = chrono::Datelike::year(&plan.today);
                after.number = writer.next_number(after.kind, year, plan.chance)?;
            }
            let code = after.code();
            let follows = Follows {
                records: plan.consequences(before.as_ref(), &after, writer),
                erases: plan.erases(before.as_ref(), &after, writer),
            };
            let erased = !follows.erases.is_empty();
            let records = write(writer, &entry, plan.act_key(), before, after, follows)?;
            if token != 0 && !records.is_empty() {
                writer.remember(entry.uid, token, code, print)?;
            }
            draft::sent(writer, entry.uid, token)?;
            Ok(Ok(Made {
                code: Some(code),
                records,
                erased,
                many: false,
            }))
        }))
    }

    /// Reads the values of a change and checks the caller's right to it.
    pub(crate) fn plan(&self, who: &Who, change: &Change) -> Result<Plan, Refusal> {
        let mut typing = Typing::of(self, who);
        let (kind, values) = match &change.act {
            Act::New(kind) => (*kind, first(typed(*kind, &change.fields, &typing, true))?),
            Act::Edit { code, .. } => {
                typing.keep(&self.acted_on(who, *code)?);
                (
                    code.kind,
                    first(typed(code.kind, &change.fields, &typing, false))?,
                )
            }
            Act::Step { code, step, .. } => {
                self.acted_on(who, *code)?;
                let step = step_of(code.kind, step)?;
                if !step.roles.iter().any(|role| who.roles.contains(role)) {
                    return Err(permit::no_step(who, step));
                }
                (
                    code.kind,
                    input::answers(
                        step.asks,
                        &asked(step, &change.fields, &change.reason),
                        &typing,
                    )?,
                )
            }
        };
        let plan = Plan {
            kind,
            act: change.act.clone(),
            values,
            confirmed: change.confirmed,
            reason: change.reason.clone(),
            who: who.clone(),
            today: typing.today(),
            now: minute(),
            chance: chance(),
            eyes: Arc::new(Eyes::of(&reading(&self.desk), who)),
        };
        let reader = self.reader()?;
        let sight = Sight::new(&reader, &plan.eyes);
        plan.in_scope(&reading(&self.desk), &sight)?;
        Ok(plan)
    }
}

/// What follows from a change.
#[derive(Default)]
pub(super) struct Follows {
    /// The other records that change, before and after.
    pub records: Vec<(Option<Record>, Record)>,
    /// The records whose content goes out of the log.
    pub erases: Vec<Code>,
}

/// Writes a change with what follows from it, each with its entry; nothing if nothing changes.
pub(super) fn write(
    writer: &mut Writer,
    entry: &Entry,
    act: &str,
    before: Option<Record>,
    after: Record,
    follows: Follows,
) -> Result<Vec<(Option<Record>, Record)>, StoreError> {
    let cause = after.code();
    let secret = |kind: Kind| cause.kind.spec().sealed && kind != cause.kind;
    let all = std::iter::once((before, after)).chain(follows.records);
    let mut written = Vec::new();
    // The codes that new records got, by those under which the others name them.
    let mut given: Vec<(String, String)> = Vec::new();
    for (nth, (before, mut after)) in all.enumerate() {
        for (stood, code) in given.iter().rev() {
            after.point(stood, code);
        }
        let changes = difference(before.as_ref(), &after);
        if changes.is_empty() {
            continue;
        }
        if after.number == 0 {
            let year = entry
                .at
                .get(..4)
                .and_then(|year| year.parse().ok())
                .unwrap_or(0);
            let stood = after.code().to_string();
            after.number = writer.next_number(after.kind, year, chance())?;
            given.push((stood, after.code().to_string()));
        }
        after.rev = before.as_ref().map_or(0, |before| before.rev) + 1;
        let action = match nth {
            0 => act.to_owned(),
            // The code of what is sealed, and why it was done, stand in no record of another kind.
            _ if secret(after.kind) => act.to_owned(),
            _ => format!("{act}:{cause}"),
        };
        let reason = match nth > 0 && secret(after.kind) {
            true => String::new(),
            false => entry.reason.clone(),
        };
        writer.put(&after)?;
        writer.log(&Entry {
            action,
            code: Some(after.code()),
            from_rev: after.rev - 1,
            to_rev: after.rev,
            changes,
            reason,
            ..entry.clone()
        })?;
        written.push((before, after));
    }
    // Last, so that what this very change says of it is forgotten too.
    if !written.is_empty() {
        for code in follows.erases {
            let mut records = written.iter();
            let was = records.find(|(_, after)| after.code() == code);
            let was = was.and_then(|(before, _)| before.as_ref());
            writer.erase(code, entry)?;
            draft_erase::erase(writer, code, was, entry)?;
        }
    }
    Ok(written)
}

/// The minute, as moments are stored.
pub(super) fn minute() -> String {
    crate::domain::moment::stored(chrono::Local::now().naive_local())
}

/// A number nobody can foresee.
pub(super) fn chance() -> u64 {
    let mut bytes = [0; 8];
    match getrandom::fill(&mut bytes) {
        Ok(()) => u64::from_le_bytes(bytes),
        Err(_) => 0,
    }
}

fn first((values, problems): (Fields, Vec<Refusal>)) -> Result<Fields, Refusal> {
    problems.into_iter().next().map_or(Ok(values), Err)
}

/// Reads typed values; those that cannot be taken are left out, each with what is wrong with it.
pub(super) fn typed(
    kind: Kind,
    raw: &Fields,
    typing: &dyn Context,
    new: bool,
) -> (Fields, Vec<Refusal>) {
    let spec = kind.spec();
    let mut values = Fields::new();
    let mut problems = Vec::new();
    for (key, given) in raw {
        let Some(field) = spec.field(key) else {
            problems.push(input::unknown(spec.fields, key));
            continue;
        };
        if field.need == Need::System {
            problems.push(
                Refusal::new(
                    RefusalKind::Usage,
                    Said {
                        zh: format!("{}不能直接改", field.label.zh),
                        en: format!("{} cannot be changed directly", field.label.en),
                    },
                )
                .field(key)
                .hint(say!(
                    "请办步骤：kezhi do 步骤 编号",
                    "take a step: kezhi do STEP CODE"
                )),
            );
            continue;
        }
        match input::read(field, given, typing) {
            Ok(value) => {
                values.insert(key.clone(), value);
            }
            Err(refusal) => problems.push(refusal),
        }
    }
    for field in spec
        .fields
        .iter()
        .filter(|field| field.need == Need::Required)
    {
        // A value that could not be taken is told already; that it is missing too helps nobody.
        let empty = match values.get(field.key) {
            Some(value) => value.is_empty(),
            None => raw.get(field.key).is_none_or(Value::is_empty),
        };
        if empty && (new || raw.contains_key(field.key)) {
            problems.push(input::missing(field));
        }
    }
    (values, problems)
}
