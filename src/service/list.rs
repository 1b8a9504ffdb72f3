//! Lists of whole kinds: filtered, sorted, paged; and the pages of an export.

use std::borrow::Cow;

use crate::domain::change::Entry;
use crate::domain::field::{Field, Privacy, Type};
use crate::domain::kind::{Code, Kind, KindSpec};
use crate::domain::period::{self, day_of};
use crate::domain::place;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::spot::{column, texts};
use crate::protocol::{List, MOST_ROWS, View, Who};
use crate::say;
use crate::search::Scope;
use crate::service::filter::{self, Want, Wanted};
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
            let column = column(list.kind, key).filter(|column| column.is_dated());
            let field = column.map_or_else(|| told(spec, key), Ok)?;
            filters.push(Wanted {
                key: key.clone(),
                field,
                want: filter::want(field, raw, &typing, list.as_of)?,
            });
        }
        let sort = match list.sort.as_deref() {
            None => None,
            Some(sort) => {
                let key = sort.trim_start_matches('-');
                let field = told(spec, key)?;
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
                && filters.iter().all(|wanted| agrees(record, wanted))
        };
        let keep = |record: Record| {
            let record = match eyes.stripped(&reader, &record) {
                Cow::Owned(stripped) => stripped,
                Cow::Borrowed(_) => record,
            };
            fits(&record).then_some(record)
        };
        let days = filter::days(&desk.uses, list.kind, &filters);
        let dated =
            (spec.searched && !days.is_empty()).then(|| desk.index.dated(list.kind.bit(), &days));
        let from = Way {
            filters: &filters,
            dated,
        };
        let found = match sort {
            Some(sort) => sorted(&reader, list.kind, sort, &from, after.as_ref(), limit, keep)?,
            None => {
                let after = list.after.map_or(0, |code| code.number + 1);
                let mut found = Vec::new();
                each(&reader, list.kind, after, &from, |record| {
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

/// A field to filter or to sort by. What only the handler may look at is not guessed by trying.
fn told(spec: &'static KindSpec, key: &str) -> Result<&'static Field, Refusal> {
    let field = spec.field(key);
    let field = field.ok_or_else(|| crate::domain::input::unknown(spec.fields, key))?;
    if spec.handler.is_some() && field.privacy != Privacy::Open {
        let (zh, en) = (field.label.zh, field.label.en);
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!(
                "「{zh}」是隐藏项，不能据此筛选或排序",
                "{en} is masked: nothing is filtered or sorted by it"
            ),
        )
        .field(key)
        .hint(say!(
            "打开该件，写明原因查看：kezhi reveal 编号 {key}",
            "open the matter and give a reason: kezhi reveal CODE {key}"
        )));
    }
    Ok(field)
}

/// What leads to the records that filters let pass.
struct Way<'a> {
    filters: &'a [Wanted],
    /// The numbers of those whose days the index knows to be as wanted, in order.
    dated: Option<Vec<u64>>,
}

/// Where more than one of so many records is read, all are read in their order.
const FEW: u64 = 4;

/// Calls back with the records of a kind from a number on: through an index where a filter has one.
fn each(
    reader: &Reader,
    kind: Kind,
    from: u64,
    way: &Way,
    mut found: impl FnMut(Record) -> bool,
) -> Result<(), StoreError> {
    let exact = |one: &Wanted| match &one.want {
        Want::Value(value) if one.field.indexed && !matches!(one.field.of, Type::Area) => {
            Some((one.field, value.texts().next()?.to_owned()))
        }
        _ => None,
    };
    // A reference parts finer than days, and those than a state.
    let best = way.filters.iter().filter_map(exact);
    let best = best.max_by_key(|(field, _)| !field.names().is_empty());
    let named = best
        .as_ref()
        .is_some_and(|(field, _)| !field.names().is_empty());
    let numbers = match (&way.dated, &best) {
        (Some(dated), _) if !named && dated.len() as u64 <= reader.count(kind)? / FEW => {
            dated.clone()
        }
        (_, Some((field, text))) => reader.numbers(kind, field.key, text)?,
        (_, None) => return reader.each(kind, from, found),
    };
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

/// The first records of an order, ties by code, that stand after one, of those that are taken.
fn sorted(
    reader: &Reader,
    kind: Kind,
    (key, backwards): By,
    way: &Way,
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
    each(reader, kind, 0, way, |record| {
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

fn agrees(record: &Record, one: &Wanted) -> bool {
    let wanted = match &one.want {
        Want::Value(wanted) => wanted,
        Want::Days(within) => {
            let texts = texts(&record.fields, &one.key).into_iter();
            return period::fits(within, texts.filter_map(|text| day_of(one.field, text)));
        }
    };
    let Some(value) = record.get(&one.key) else {
        return wanted.is_empty();
    };
    match one.field.of {
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
