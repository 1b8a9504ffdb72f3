//! What a search is narrowed by, and the order it asks for, as the index knows them.

use chrono::{Datelike, NaiveDate};

use crate::domain::field::{Field, Seek, Type};
use crate::domain::input::Context;
use crate::domain::kind::Kind;
use crate::domain::moment;
use crate::domain::period::{Period, Within};
use crate::domain::place;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Said;
use crate::domain::value::Value;
use crate::protocol::{Find, Order};
use crate::say;
use crate::search::{Dated, Index, Sort, TermId};
use crate::service::project::{Uses, group};

/// What a search is narrowed by.
#[derive(Default)]
pub struct Filters {
    /// Bits of the states.
    pub states: Option<u16>,
    /// Of each of these lists a record must have a term.
    pub terms: Vec<Vec<TermId>>,
    /// What its days must be.
    pub days: Vec<Dated>,
}

/// The order of the index that was asked for.
pub fn sort(order: Order) -> Sort {
    match order {
        Order::Rank => Sort::Rank,
        Order::Name => Sort::Name,
        Order::Recent => Sort::Recent,
        Order::Code => Sort::Code,
    }
}

/// What a field must agree with.
pub enum Want {
    /// A value.
    Value(Value),
    /// A day of these.
    Days(Within),
}

/// A field and what must agree with it.
pub struct Wanted {
    /// Its key; `posts.to` for a column of rows.
    pub key: String,
    /// The field.
    pub field: &'static Field,
    /// What must agree.
    pub want: Want,
}

/// Reads what a field must agree with: a period where it holds days, a value otherwise.
pub fn want(
    field: &'static Field,
    raw: &str,
    context: &dyn Context,
    as_of: Option<NaiveDate>,
) -> Result<Want, Refusal> {
    let today = as_of.unwrap_or_else(|| context.today());
    // A moment to the minute is looked for as it is.
    let minute = matches!(field.of, Type::Moment)
        && moment::moment(raw, today).is_ok_and(|text| text.contains('T'));
    if !field.is_dated() || minute {
        let value = crate::domain::input::read(field, &Value::from(raw), context)?;
        return Ok(Want::Value(value));
    }
    Ok(Want::Days(period(field, raw, today)?.days(today)))
}

/// Reads the period that the day of a field must lie in.
pub fn period(field: &Field, raw: &str, today: NaiveDate) -> Result<Period, Refusal> {
    Period::read(raw, today).map_err(|said| {
        let said = Said {
            zh: format!("{}：{}", field.label.zh, said.zh),
            en: format!("{}: {}", field.label.en, said.en),
        };
        Refusal::invalid(field.key, said)
    })
}

/// Reads a search's filters as they were typed.
pub fn wanted(find: &Find, context: &dyn Context) -> Result<Vec<Wanted>, Refusal> {
    if find.filters.is_empty() {
        return Ok(Vec::new());
    }
    let [kind] = find.kinds.as_slice() else {
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!(
                "筛选只用于一类记录",
                "a filter needs exactly one kind of records"
            ),
        ));
    };
    let spec = kind.spec();
    let read = |(key, raw): &(String, String)| {
        let field = spec
            .field(key)
            .ok_or_else(|| crate::domain::input::unknown(spec.fields, key))?;
        let sought = matches!(field.seek, Seek::Term | Seek::Narrow) || field.by_day();
        if field.key != "status" && !sought {
            let (zh, en) = (field.label.zh, field.label.en);
            return Err(Refusal::new(
                RefusalKind::Usage,
                say!("不能按「{zh}」筛选", "there is no filter by \"{en}\""),
            ));
        }
        Ok(Wanted {
            key: key.clone(),
            field,
            want: want(field, raw, context, find.as_of)?,
        })
    };
    find.filters.iter().map(read).collect()
}

/// What the index needs to know of the filters.
pub fn filters(index: &Index, uses: &Uses, find: &Find, wanted: &[Wanted]) -> Filters {
    let mut filters = Filters {
        days: find
            .kinds
            .first()
            .map_or_else(Vec::new, |kind| days(uses, *kind, wanted)),
        ..Filters::default()
    };
    let states = find
        .kinds
        .first()
        .map_or(&[][..], |kind| kind.spec().states);
    for Wanted { field, want, .. } in wanted {
        let Want::Value(value) = want else {
            continue;
        };
        if field.key == "status" {
            let bits = states.iter().zip(0..);
            let bits = bits.filter(|(state, _)| Some(state.name.zh) == value.text());
            let bits = bits.fold(0, |bits, (_, nth)| bits | 1u16 << nth);
            filters.states = Some(filters.states.unwrap_or(0) | bits);
        } else {
            let each = value.texts().map(|text| terms(index, field, text));
            filters.terms.extend(each);
        }
    }
    filters
}

/// What of the filters the index knows by its days.
pub fn days(uses: &Uses, kind: Kind, wanted: &[Wanted]) -> Vec<Dated> {
    let known = wanted.iter().filter(|one| one.field.by_day());
    let dated = known.filter_map(|one| match &one.want {
        Want::Value(_) => None,
        Want::Days(within) => Some(Dated {
            field: uses.nth(kind, &one.key)?,
            within: within.as_ref().map(|range| {
                let day = |day: &NaiveDate| day.num_days_from_ce();
                (day(range.start()), day(range.end()))
            }),
        }),
    });
    dated.collect()
}

/// The terms that a value stands for: a place stands for all places in it.
fn terms(index: &Index, field: &Field, value: &str) -> Vec<TermId> {
    let all = index.terms_of(group(field));
    all.filter(|(text, _)| match field.of {
        Type::Area => place::within(text, value),
        _ => *text == value,
    })
    .map(|(_, term)| term)
    .collect()
}
