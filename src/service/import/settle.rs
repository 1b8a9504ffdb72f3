//! Who and what a row means: an activity by its name and day, a person by name among its people.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::fold::bare;
use crate::domain::input::Context;
use crate::domain::kind::{Code, Kind};
use crate::domain::mask::middle;
use crate::domain::person_name::person_name;
use crate::domain::phone::phone;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::said::Said;
use crate::domain::value::{Fields, Value};
use crate::domain::world::holding;
use crate::domain::{day, moment};
use crate::protocol::Who;
use crate::say;
use crate::service::{Service, reading};
use crate::store::reader::Reader;

/// So many of one name are listed.
const LISTED: usize = 6;

/// Somebody as far as a sheet can name them.
#[derive(Clone)]
pub(super) struct Person {
    code: Code,
    name: String,
    phone: String,
}

/// The people of the activities that a sheet named so far.
pub(super) type People = HashMap<Code, Vec<Person>>;

/// What settling needs to look at.
pub(super) struct Settle<'a> {
    pub service: &'a Service,
    pub who: &'a Who,
    pub reader: &'a Reader,
    pub typing: &'a dyn Context,
}

fn text<'a>(fields: &'a Fields, key: &str) -> &'a str {
    fields.get(key).and_then(Value::text).unwrap_or("")
}

fn wrong(key: &str, zh: &str, en: &str, said: Said) -> Refusal {
    let said = Said {
        zh: format!("{zh}：{}", said.zh),
        en: format!("{en}: {}", said.en),
    };
    Refusal::invalid(key, said)
}

impl Settle<'_> {
    /// Puts codes in the place of the names; what cannot be told is taken out and told as a problem.
    /// Gives the day that times alone belong to.
    pub(super) fn settle(
        &self,
        known: Option<&Record>,
        fields: &mut Fields,
        people: &mut People,
        problems: &mut Vec<Refusal>,
    ) -> Option<NaiveDate> {
        let own = self.day(fields);
        let typed = text(fields, "activity").trim().to_owned();
        let mut activity = known.and_then(|known| known.refs("activity").next());
        if !typed.is_empty() {
            match self.activity(&typed, own) {
                Ok(code) => {
                    fields.insert("activity".to_owned(), code.to_string().into());
                    activity = Some(code);
                }
                Err(said) => {
                    fields.remove("activity");
                    problems.push(wrong("activity", "活动", "Activity", said));
                }
            }
        }
        let activity = activity.and_then(|code| self.reader.get(code).ok()?);
        let number = fields.remove("phone").map(|value| value.to_string());
        let name = text(fields, "volunteer").trim().to_owned();
        let coded = Code::read(&name).is_some_and(|code| code.kind == Kind::Volunteer);
        if !name.is_empty() && !coded {
            match self.person(&name, number.as_deref(), activity.as_ref(), people) {
                Ok(code) => {
                    fields.insert("volunteer".to_owned(), code.to_string().into());
                }
                Err(said) => {
                    fields.remove("volunteer");
                    problems.push(wrong("volunteer", "志愿者", "Volunteer", said));
                }
            }
        }
        own.or_else(|| known?.day("day")).or_else(|| {
            let activity = activity?;
            let mut days = activity.texts("days");
            let first = days.next()?;
            days.next().is_none().then(|| first.parse().ok())?
        })
    }

    /// The day that a row says itself.
    fn day(&self, fields: &Fields) -> Option<NaiveDate> {
        let today = self.typing.today();
        let start = moment::dated(text(fields, "start"), today, None);
        let start = start.and_then(|start| start.get(..10)?.parse().ok());
        start.or_else(|| day::day(text(fields, "day"), today).ok())
    }

    /// The activity with a code or a title; of several with one title the one on the day.
    fn activity(&self, typed: &str, on: Option<NaiveDate>) -> Result<Code, Said> {
        let said = match self.typing.reference(Kind::Activity, typed) {
            Ok(code) => return Ok(code),
            Err(said) => said,
        };
        let Some(on) = on.map(|day| day.to_string()) else {
            return Err(said);
        };
        let found = self.reader.numbers(Kind::Activity, "title", typed);
        let records = found.unwrap_or_default().into_iter().filter_map(|number| {
            let record = self.reader.get(Code::new(Kind::Activity, number)).ok()??;
            let held = record.texts("days").any(|day| day == on);
            let seen = reading(&self.service.desk).sees(self.who, &record);
            (held && seen && record.status() != "取消").then(|| record.code())
        });
        match records.collect::<Vec<_>>().as_slice() {
            [one] => Ok(*one),
            _ => Err(said),
        }
    }

    /// The person whom a name or a phone means: first among those of the activity, then among all.
    fn person(
        &self,
        typed: &str,
        number: Option<&str>,
        activity: Option<&Record>,
        people: &mut People,
    ) -> Result<Code, Said> {
        if bare(typed).chars().all(|c| c.is_ascii_digit()) {
            let number = phone(typed)?;
            return self.one(self.all("phone", &number), &number, false);
        }
        let name = person_name(typed)?;
        let number = number.map(phone).transpose()?;
        let right = |person: &Person| {
            person.name == name && number.as_ref().is_none_or(|number| person.phone == *number)
        };
        if let Some(activity) = activity {
            let code = activity.code();
            let here = people.entry(code).or_insert_with(|| self.enrolled(code));
            let here: Vec<Person> = here.iter().filter(|one| right(one)).cloned().collect();
            if !here.is_empty() {
                return self.one(here, &name, true);
            }
        }
        let all = self.all("name", &name);
        let fits: Vec<Person> = all.iter().filter(|one| right(one)).cloned().collect();
        if fits.is_empty() && !all.is_empty() {
            return Err(say!(
                "有叫「{name}」的，但手机不是这个，请核对或填编号",
                "{name} is known with another phone: check it or enter the code"
            ));
        }
        self.one(fits, &name, false)
    }

    fn one(&self, found: Vec<Person>, name: &str, inside: bool) -> Result<Code, Said> {
        let several = match found.as_slice() {
            [] => {
                return Err(say!(
                    "没有叫「{name}」的志愿者，请填编号、手机或全名",
                    "no volunteer is called \"{name}\": enter code, phone or full name"
                ));
            }
            [one] => return Ok(one.code),
            several => several,
        };
        let count = several.len();
        let list = several.iter().take(LISTED).map(|one| {
            let phone = middle(&one.phone, 3, 4);
            format!("{} {phone}", one.code)
        });
        let list = list.collect::<Vec<_>>().join("、");
        Err(match inside {
            true => say!(
                "这项活动中有 {count} 个「{name}」，请填编号，或加「手机」列：{list}",
                "{count} people of this activity are called {name}; enter the code or add a phone: {list}"
            ),
            false => say!(
                "有 {count} 个「{name}」，请填编号，或加「手机」列：{list}",
                "{count} people are called {name}; enter the code or add a phone: {list}"
            ),
        })
    }

    /// Everybody whose indexed field has a value, as far as the caller sees them; live ones before others.
    fn all(&self, field: &str, value: &str) -> Vec<Person> {
        let found = self.reader.numbers(Kind::Volunteer, field, value);
        let records = found.unwrap_or_default().into_iter();
        let records = records
            .filter_map(|number| self.reader.get(Code::new(Kind::Volunteer, number)).ok()?);
        let desk = reading(&self.service.desk);
        let seen: Vec<Record> = records
            .filter(|record| desk.sees(self.who, record))
            .collect();
        let any = seen.iter().any(Record::live);
        let kept = seen.iter().filter(|one| !any || one.live());
        kept.map(person).collect()
    }

    fn enrolled(&self, activity: Code) -> Vec<Person> {
        let enrolments = holding(self.reader, Kind::Enrolment, "activity", activity);
        let mut codes: Vec<Code> = enrolments
            .iter()
            .flat_map(|enrolment| enrolment.refs("volunteer"))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        let records = codes.into_iter();
        let records = records.filter_map(|code| self.reader.get(code).ok()?);
        records.map(|record| person(&record)).collect()
    }
}

fn person(record: &Record) -> Person {
    Person {
        code: record.code(),
        name: record.title().to_owned(),
        phone: record.text("phone").to_owned(),
    }
}
