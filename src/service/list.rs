//! Lists of whole kinds: filtered, sorted, paged; and the pages of an export.

use std::borrow::Cow;

use crate::domain::change::Entry;
use crate::domain::field::Type;
use crate::domain::kind::{Code, Kind};
use crate::domain::place;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::protocol::{List, MOST_ROWS, View, Who};
use crate::say;
use crate::search::Scope;
use crate::service::filter::Wanted;
use crate::service::sight::Eyes;
use crate::service::typing::Typing;
use crate::service::view::Glass;
use crate::service::writer::Made;
use crate::service::{Service, Session, now, reading, view};
use crate::store::StoreError;
use crate::store::book::Book;
use crate::store::reader::Reader;

impl Service {
    /// A page of a kind.
    pub fn list(&self, who: &Who, list: &List) -> Result<Vec<View>, Refusal> {
        let spec = list.kind.spec();
        let typing = Typing::of(self, who);
        let mut filters = Vec::new();
        for (key, raw) in &list.filters {
            let field = spec
                .field(key)
                .ok_or_else(|| crate::domain::input::unknown(spec.fields, key))?;
            let value = crate::domain::input::read(field, &Value::from(raw.as_str()), &typing)?;
            filters.push((field, value));
        }
        let sort = match list.sort.as_deref() {
            None => None,
            Some(sort) => {
                let key = sort.trim_start_matches('-');
                let field = spec
                    .field(key)
                    .ok_or_else(|| crate::domain::input::unknown(spec.fields, key))?;
                Some((field.key, sort.starts_with('-')))
            }
        };
        let limit = list.limit.clamp(1, MOST_ROWS);
        // Where a sorted page begins is told by a record, which must be one that the caller sees.
        let after = match list.after.filter(|_| sort.is_some()) {
            Some(code) if code.kind == list.kind => Some(self.seen(who, code)?),
            Some(code) => return Err(Refusal::not_found(&code.to_string())),
            None => None,
        };
        let desk = reading(&self.desk);
        let eyes = Eyes::of(&desk, who);
        let reader = self.reader()?;
        // Neither order nor filter tells of what does not exist for the caller.
        let after = after.map(|after| eyes.stripped(&reader, &after).into_owned());
        let within = list
            .within
            .map(|code| Scope::of(desk.tree.below(code.number)));
        let fits = |record: &Record| {
            desk.sees(who, record)
                && within.as_ref().is_none_or(|scope| {
                    let own = (record.kind == Kind::Organisation).then_some(record.number as u32);
                    own.into_iter()
                        .chain(record.owners().map(|code| code.number as u32))
                        .any(|number| scope.has(number))
                })
                && filters
                    .iter()
                    .all(|(field, value)| agrees(record, field.key, field.of, value))
        };
        let keep = |record: Record| {
            let record = match eyes.stripped(&reader, &record) {
                Cow::Owned(stripped) => stripped,
                Cow::Borrowed(_) => record,
            };
            fits(&record).then_some(record)
        };
        let found = match sort {
            Some(sort) => sorted(
                &reader,
                list.kind,
                sort,
                &filters,
                after.as_ref(),
                limit,
                keep,
            )?,
            None => {
                let from = list.after.map_or(0, |code| code.number + 1);
                let mut found = Vec::new();
                each(&reader, list.kind, from, &filters, |record| {
                    found.extend(keep(record));
                    found.len() < limit
                })?;
                found
            }
        };
        let glass = Glass {
            tree: &desk.tree,
            world: &reader,
            eyes: &eyes,
        };
        let views = found.iter().map(|record| view::view(glass, record));
        Ok(views.collect())
    }

    /// A page for a file; the first page of an export is logged before anything leaves.
    pub fn export(
        &self,
        session: &Session,
        kind: Kind,
        after: u64,
        full: Option<&str>,
    ) -> Result<Vec<View>, Refusal> {
        if full.is_some_and(|reason| reason.trim().chars().count() < 2) {
            return Err(Refusal::invalid(
                "reason",
                say!("请写明导出的原因", "say what the export is for"),
            )
            .hint(say!(
                "--reason 原因，将记入日志和文件",
                "--reason TEXT; it is logged and written into the file"
            )));
        }
        if after == 0 {
            let entry = Entry {
                at: now(),
                uid: session.who.uid,
                who: session.who.name.clone(),
                session: session.id,
                action: format!("export:{}", kind.spec().key),
                reason: full.unwrap_or("").to_owned(),
                ..Entry::default()
            };
            self.submit(Box::new(move |writer| {
                writer.log_in(Book::of(kind), &entry)?;
                Ok(Ok(Made::default()))
            }))?;
        }
        let desk = reading(&self.desk);
        let mut page = Vec::new();
        let reader = self.reader()?;
        let eyes = Eyes::of(&desk, &session.who);
        let glass = Glass {
            tree: &desk.tree,
            world: &reader,
            eyes: &eyes,
        };
        reader.each(kind, after.saturating_add(1), |record| {
            if desk.reaches(&session.who, &record) {
                page.push(match full {
                    Some(_) => view::whole(glass, &record),
                    None => view::view(glass, &record),
                });
            }
            page.len() < MOST_ROWS
        })?;
        Ok(page)
    }
}

/// Calls back with the records of a kind from a number on: through an index where a filter has one.
fn each(
    reader: &Reader,
    kind: Kind,
    from: u64,
    filters: &[Wanted],
    mut found: impl FnMut(Record) -> bool,
) -> Result<(), StoreError> {
    let exact = |(field, value): &&Wanted| {
        field.indexed && !matches!(field.of, Type::Area) && value.texts().next().is_some()
    };
    // A reference parts finer than a state.
    let best = filters
        .iter()
        .filter(exact)
        .max_by_key(|(field, _)| !field.names().is_empty());
    let Some((field, text)) = best.and_then(|(field, value)| Some((field, value.texts().next()?)))
    else {
        return reader.each(kind, from, found);
    };
    let numbers = reader.numbers(kind, field.key, text)?;
    for number in numbers.into_iter().filter(|number| *number >= from) {
        let Some(record) = reader.get(Code::new(kind, number))? else {
            continue;
        };
        if !found(record) {
            break;
        }
    }
    Ok(())
}

/// A field to sort by, and whether the other way round.
type By = (&'static str, bool);

/// The first records of an order, ties by code, that stand after one and fit.
fn sorted(
    reader: &Reader,
    kind: Kind,
    (key, backwards): By,
    filters: &[Wanted],
    after: Option<&Record>,
    limit: usize,
    keep: impl Fn(Record) -> Option<Record>,
) -> Result<Vec<Record>, StoreError> {
    let order = |one: &Record, other: &Record| {
        let order = one.get(key).cmp(&other.get(key));
        let order = if backwards { order.reverse() } else { order };
        order.then(one.number.cmp(&other.number))
    };
    let mut found: Vec<Record> = Vec::new();
    each(reader, kind, 0, filters, |record| {
        let kept = keep(record);
        found.extend(kept.filter(|one| after.is_none_or(|after| order(after, one).is_lt())));
        // Those that no longer come onto the page go: a page takes the memory of two.
        if found.len() >= 2 * limit {
            found.select_nth_unstable_by(limit, order);
            found.truncate(limit);
        }
        true
    })?;
    found.sort_unstable_by(order);
    found.truncate(limit);
    Ok(found)
}

fn agrees(record: &Record, key: &str, of: Type, wanted: &Value) -> bool {
    let Some(value) = record.get(key) else {
        return wanted.is_empty();
    };
    match of {
        Type::Area => wanted
            .text()
            .is_some_and(|outer| place::within(value.text().unwrap_or(""), outer)),
        _ if value == wanted => true,
        _ => {
            wanted
                .parts()
                .iter()
                .all(|part| value.parts().contains(part))
                && !wanted.is_empty()
        }
    }
}
