//! What is wrong with a form: checked as one goes, and told beside the field.

use chrono::NaiveDate;

use crate::domain::field::{Need, Type};
use crate::domain::input::{self, Context};
use crate::domain::kind::{Code, Kind};
use crate::domain::moment;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Lang, Said};
use crate::domain::value::Value;
use crate::tui::form::{Form, typed};

/// References are judged by the service; here only their shape.
struct Local {
    today: NaiveDate,
}

impl Context for Local {
    fn today(&self) -> NaiveDate {
        self.today
    }
    fn reference(&self, kind: Kind, _: &str) -> Result<Code, Said> {
        Ok(Code::new(kind, 0))
    }
}

impl Form {
    /// Checks a field by itself.
    pub fn check(&mut self, at: usize, today: NaiveDate, lang: Lang) {
        let Some(field) = self.fields.get(at).copied() else {
            return;
        };
        let text = self.text(at);
        let value = Value::from(text.as_str());
        // A time alone waits for its day: that of another field here, or that of another record.
        let on = self.day(at).filter(|_| matches!(field.of, Type::Moment));
        let dated = input::read(field, &value, &Local { today }).map(|value| match (on, value) {
            (Some(day), Value::Text(text)) => Value::Text(moment::on(&text, day)),
            (_, value) => value,
        });
        let found = match dated {
            Err(refusal) => Some(refusal.message.get(lang).to_owned()),
            Ok(_) if field.key == "id_number" && !text.trim().is_empty() && self.is_card() => {
                crate::domain::identity::identity(&text, today)
                    .err()
                    .map(|said| said.get(lang).to_owned())
            }
            Ok(value) => {
                // A digit or initials become the word, 20240305 the day, 每周 4 次 its four sessions.
                let read = matches!(
                    field.of,
                    Type::Choice(_)
                        | Type::Day
                        | Type::Words { .. }
                        | Type::Flag
                        | Type::Moment
                        | Type::Sessions
                        | Type::Rows(_)
                );
                let said = typed(field, &value, lang);
                if read && said != text && !said.is_empty() {
                    let yes = (self.confirmed, self.agreed);
                    self.put(at, &said);
                    (self.confirmed, self.agreed) = yes;
                }
                None
            }
        };
        match found {
            Some(said) => self.problems.insert(field.key.to_owned(), said),
            None => self.problems.remove(field.key),
        };
    }

    /// The day that another field of the form says: a time alone belongs to it.
    fn day(&self, but: usize) -> Option<NaiveDate> {
        let days = ["day", "start", "from"].into_iter();
        let places = days.filter_map(|key| self.place(key));
        let mut texts = places.filter(|at| *at != but).map(|at| self.text(at));
        texts.find_map(|text| text.get(..10)?.parse().ok())
    }

    fn is_card(&self) -> bool {
        let text = self.place("id_type").map(|at| self.text(at));
        let card = crate::domain::volunteer::ID_TYPES.first();
        match text.as_deref().map(str::trim) {
            None | Some("" | "1") => true,
            Some(text) => card.is_some_and(|card| card.zh == text || card.en == text),
        }
    }

    /// Marks what must be filled and is not; gives the labels.
    pub fn missing(&mut self, lang: Lang) -> Vec<&'static str> {
        let mut labels = Vec::new();
        for (at, field) in self.fields.clone().into_iter().enumerate() {
            let empty = self.text(at).trim().is_empty();
            if field.need == Need::Required && empty && !self.kept(field) {
                let said = match lang {
                    Lang::Zh => "必填",
                    Lang::En => "must be filled",
                };
                self.problems.insert(field.key.to_owned(), said.to_owned());
                if labels.is_empty() {
                    self.at = at;
                }
                labels.push(field.label.get(lang));
            }
        }
        labels
    }

    /// Marks what stands in the way of sending it and goes to the first field; gives how many there are.
    pub(super) fn faults(&mut self, lang: Lang) -> usize {
        if self.confirmed {
            self.problems.clear();
        }
        self.missing(lang);
        // What is said of a field that was emptied since, or that this form does not have, stands in no way.
        let wrong = self.wrong();
        let first = wrong.first().and_then(|key| self.place(key));
        self.at = first.unwrap_or(self.at);
        wrong.len()
    }

    /// The fields that are wrong, in the order of the form.
    pub(super) fn wrong(&self) -> Vec<&'static str> {
        let fields = self.fields.iter().enumerate();
        let wrong = fields.filter(|(at, field)| {
            let empty = self.text(*at).trim().is_empty();
            let must = field.need == Need::Required && !self.kept(field);
            self.problems.contains_key(field.key) && (!empty || must)
        });
        wrong.map(|(_, field)| field.key).collect()
    }

    /// Shows a refusal beside its field.
    pub fn refuse(&mut self, refusal: &Refusal, lang: Lang) {
        self.sending = false;
        self.unsure = refusal.kind == RefusalKind::Unavailable;
        if !self.unsure {
            self.last = None;
        }
        self.confirmed = refusal.kind == RefusalKind::Confirm && !refusal.reason;
        if refusal.reason {
            self.ask_reason();
        } else if let Some(key) = &refusal.field {
            if let Some(at) = self.place(key) {
                self.at = at;
            }
            self.problems
                .insert(key.clone(), refusal.message.get(lang).to_owned());
        }
    }
}
