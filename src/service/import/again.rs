//! What a row is about though nothing in it names the record: the same matter once more.

use chrono::NaiveDate;

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::value::{Fields, Value};
use crate::domain::world::{self, holding};
use crate::domain::{activity, moment};
use crate::protocol::Who;
use crate::say;
use crate::service::{Service, reading, today};
use crate::store::reader::Reader;

fn text<'a>(fields: &'a Fields, key: &str) -> &'a str {
    fields.get(key).and_then(Value::text).unwrap_or("")
}

/// The record of the same person in the same activity, and for hours of the same day and start;
/// what a code names must be that person's.
pub(super) fn paired(
    kind: Kind,
    known: Option<Record>,
    fields: &Fields,
    on: Option<NaiveDate>,
    reader: &Reader,
) -> Result<Option<Record>, Refusal> {
    let person = text(fields, "volunteer");
    if let Some(known) = known {
        let other = !person.is_empty() && person != known.text("volunteer");
        let (code, name) = (known.code(), world::name(reader, &known));
        return match other {
            false => Ok(Some(known)),
            true => Err(Refusal::invalid(
                "code",
                say!(
                    "编号 {code} 是「{name}」的，表中是另一人（{person}）",
                    "{code} is of {name}, the sheet says {person}"
                ),
            )
            .hint(say!(
                "新登记的请清空编号",
                "clear the code if it is a new one"
            ))),
        };
    }
    let Some(person) = Code::read(person).filter(|_| !text(fields, "activity").is_empty()) else {
        return Ok(None);
    };
    let of = holding(reader, kind, "volunteer", person);
    let day = on.map(|day| day.to_string());
    let start = moment::dated(text(fields, "start"), today(), on).unwrap_or_default();
    let same_start = |record: &Record| {
        let stored = record.text("start");
        stored.is_empty() || start.is_empty() || stored == start
    };
    Ok(of.into_iter().find(|record| {
        record.text("activity") == text(fields, "activity")
            && (kind == Kind::Enrolment
                || record.live()
                    && day.as_deref().is_none_or(|day| day == record.text("day"))
                    && same_start(record))
    }))
}

/// What a row is about though no code or document says so: somebody without document of whom it says
/// nothing but what is known, the activity of one title and day, the policy of one number.
pub(super) fn repeated(
    service: &Service,
    who: &Who,
    kind: Kind,
    values: &Fields,
    reader: &Reader,
) -> Result<Option<Record>, Refusal> {
    let (key, same): (&str, fn(&Record, &Fields) -> bool) = match kind {
        Kind::Volunteer => ("phone", nothing_else),
        Kind::Activity => ("title", same_activity),
        Kind::Insurance => ("policy_no", |record, values| {
            let insurer = text(values, "insurer");
            insurer.is_empty() || insurer == record.text("insurer")
        }),
        _ => return Ok(None),
    };
    let value = text(values, key);
    if value.is_empty() {
        return Ok(None);
    }
    for number in reader.numbers(kind, key, value)? {
        let found = reader
            .get(Code::new(kind, number))?
            .filter(|record| same(record, values) && reading(&service.desk).sees(who, record));
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn nothing_else(record: &Record, values: &Fields) -> bool {
    values
        .iter()
        .all(|(key, value)| value.is_empty() || record.get(key) == Some(value))
}

/// Same team, same first day.
fn same_activity(record: &Record, values: &Fields) -> bool {
    let first = |spans: Vec<moment::Span>| spans.first().map(|span| span.start.date());
    record.text("org") == text(values, "org")
        && first(activity::sessions(record)) == first(moment::spans(values.get("sessions")))
}

/// What may stand once only in a sheet.
pub(super) fn keys(before: Option<&Record>, after: &Record) -> Vec<String> {
    let mut keys: Vec<String> = before
        .iter()
        .map(|before| before.code().to_string())
        .collect();
    let joined = |fields: &[&str]| {
        let texts = fields.iter().map(|key| after.text(key));
        texts.collect::<Vec<_>>().join(" ")
    };
    match after.kind {
        Kind::Volunteer => {
            let id = after.text("id_number");
            if !id.is_empty() {
                keys.push(format!("id {id}"));
            }
            let phone = after.text("phone");
            if !phone.is_empty() && !after.title().is_empty() {
                keys.push(format!("{} {phone}", after.title()));
            }
        }
        Kind::Activity => keys.push(joined(&["title", "org", "day"])),
        Kind::Enrolment => keys.push(joined(&["volunteer", "activity"])),
        Kind::ServiceRecord => keys.push(joined(&["volunteer", "activity", "day", "start"])),
        Kind::Insurance => keys.push(joined(&["policy_no", "insurer"])),
        _ if !after.title().is_empty() => keys.push(after.title().to_owned()),
        _ => {}
    }
    keys
}
