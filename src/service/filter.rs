//! What a search is narrowed by, and the order it asks for, as the index knows them.

use crate::domain::field::{Field, Seek, Type};
use crate::domain::input::Context;
use crate::domain::place;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::value::Value;
use crate::protocol::{Find, Order};
use crate::say;
use crate::search::{Index, Sort, TermId};
use crate::service::project::group;

/// What a search is narrowed by.
#[derive(Default)]
pub struct Filters {
    /// Bits of the states.
    pub states: Option<u16>,
    /// Of each of these lists a record must have a term.
    pub terms: Vec<Vec<TermId>>,
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

/// A field and the value that must agree.
pub type Wanted = (&'static Field, Value);

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
        if field.key != "status" && !matches!(field.seek, Seek::Term | Seek::Narrow) {
            let (zh, en) = (field.label.zh, field.label.en);
            return Err(Refusal::new(
                RefusalKind::Usage,
                say!("不能按「{zh}」筛选", "there is no filter by \"{en}\""),
            ));
        }
        let value = crate::domain::input::read(field, &Value::from(raw.as_str()), context)?;
        Ok((field, value))
    };
    find.filters.iter().map(read).collect()
}

/// What the index needs to know of the filters.
pub fn filters(index: &Index, find: &Find, wanted: &[Wanted]) -> Filters {
    let mut filters = Filters::default();
    let states = find
        .kinds
        .first()
        .map_or(&[][..], |kind| kind.spec().states);
    for (field, value) in wanted {
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
