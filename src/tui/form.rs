//! Forms: a line per field, checked as one goes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use tui_input::Input;

use crate::domain::field::{Field, Need, Privacy, Type};
use crate::domain::input::{self, Context};
use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Lang, Said};
use crate::domain::value::{Fields, Value};
use crate::protocol::{Act, Change, View};

/// What a form is for.
pub struct Form {
    /// What it does when it is sent.
    pub act: Act,
    /// Its title.
    pub title: String,
    /// Its fields.
    pub fields: Vec<&'static Field>,
    /// What is typed, by field.
    pub inputs: Vec<Input>,
    /// What the inputs held at the start.
    base: Vec<String>,
    /// The field with the cursor.
    pub at: usize,
    /// First visible field.
    pub top: usize,
    /// What is wrong, by field key.
    pub problems: BTreeMap<String, String>,
    /// The operator was asked, and the next send means yes.
    pub confirmed: bool,
    /// Whether an answer is awaited.
    pub sending: bool,
    /// Made once per form: a repeated send is not done twice.
    pub token: u64,
}

/// References are judged by the service; here only their shape.
struct Local(NaiveDate);

impl Context for Local {
    fn today(&self) -> NaiveDate {
        self.0
    }
    fn reference(&self, kind: Kind, _: &str) -> Result<Code, Said> {
        Ok(Code::new(kind, 0))
    }
}

impl Form {
    /// An empty form for a new record.
    pub fn new(kind: Kind, title: String) -> Form {
        Form::with(Act::New(kind), title, kind.spec().fields, |_| String::new())
    }

    /// A form with a record's values; masked ones stay empty and are kept as they are.
    pub fn edit(view: &View, title: String) -> Form {
        let act = Act::Edit {
            code: view.code,
            rev: Some(view.rev),
        };
        Form::with(act, title, view.kind.spec().fields, |field| {
            if view.masked.iter().any(|key| key == field.key) {
                return String::new();
            }
            view.fields
                .get(field.key)
                .map_or_else(String::new, |value| match value {
                    Value::List(parts) => parts
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .join("、"),
                    other => other.to_string(),
                })
        })
    }

    /// The questions of a step.
    pub fn step(
        code: Code,
        rev: u64,
        step: &'static crate::domain::lifecycle::Step,
        title: String,
    ) -> Form {
        let act = Act::Step {
            code,
            step: step.key.to_owned(),
            rev: Some(rev),
        };
        Form::with(act, title, step.asks, |_| String::new())
    }

    fn with(
        act: Act,
        title: String,
        fields: &'static [Field],
        value: impl Fn(&Field) -> String,
    ) -> Form {
        let typed = |field: &&'static Field| {
            field.need != Need::System && !matches!(field.of, Type::Rows(_))
        };
        let fields: Vec<&'static Field> = fields.iter().filter(typed).collect();
        let base: Vec<String> = fields.iter().map(|field| value(field)).collect();
        let mut bytes = [0; 8];
        let token = getrandom::fill(&mut bytes).map_or(0, |()| u64::from_le_bytes(bytes) | 1);
        Form {
            act,
            title,
            inputs: base.iter().map(|text| Input::new(text.clone())).collect(),
            fields,
            base,
            at: 0,
            top: 0,
            problems: BTreeMap::new(),
            confirmed: false,
            sending: false,
            token,
        }
    }

    /// Whether anything was typed.
    pub fn touched(&self) -> bool {
        self.inputs
            .iter()
            .zip(&self.base)
            .any(|(input, base)| input.value() != base)
    }

    /// The input with the cursor.
    pub fn input(&mut self) -> Option<&mut Input> {
        self.confirmed = false;
        self.inputs.get_mut(self.at)
    }

    /// Checks a field by itself.
    pub fn check(&mut self, at: usize, today: NaiveDate, lang: Lang) {
        let (Some(field), Some(input)) = (self.fields.get(at), self.inputs.get(at)) else {
            return;
        };
        let text = input.value();
        let found = match input::read(field, &Value::from(text), &Local(today)) {
            Err(refusal) => Some(refusal.message.get(lang).to_owned()),
            Ok(_) if field.key == "id_number" && !text.trim().is_empty() && self.is_card() => {
                crate::domain::identity::identity(text, today)
                    .err()
                    .map(|said| said.get(lang).to_owned())
            }
            Ok(_) => None,
        };
        match found {
            Some(said) => self.problems.insert(field.key.to_owned(), said),
            None => self.problems.remove(field.key),
        };
    }

    fn is_card(&self) -> bool {
        let at = self.fields.iter().position(|field| field.key == "id_type");
        let text = at
            .and_then(|at| self.inputs.get(at))
            .map_or("", |input| input.value());
        matches!(text.trim(), "" | "1" | "居民身份证")
    }

    /// Moves to another field, checking the one that is left.
    pub fn go(&mut self, to: usize, today: NaiveDate, lang: Lang) {
        self.check(self.at, today, lang);
        self.at = to.min(self.fields.len().saturating_sub(1));
    }

    /// The change as typed: only what differs from the start.
    pub fn change(&self) -> Change {
        let mut fields = Fields::new();
        for ((field, input), base) in self.fields.iter().zip(&self.inputs).zip(&self.base) {
            if input.value() != base {
                fields.insert(field.key.to_owned(), Value::from(input.value()));
            }
        }
        Change {
            act: self.act.clone(),
            fields,
            confirmed: self.confirmed,
        }
    }

    /// Shows a refusal beside its field.
    pub fn refuse(&mut self, refusal: &Refusal, lang: Lang) {
        self.sending = false;
        self.confirmed = refusal.kind == RefusalKind::Confirm;
        if let Some(key) = &refusal.field {
            if let Some(at) = self.fields.iter().position(|field| field.key == key) {
                self.at = at;
            }
            self.problems
                .insert(key.clone(), refusal.message.get(lang).to_owned());
        }
    }

    /// Whether a field of the record is masked: what is not typed stays.
    pub fn kept(&self, field: &Field) -> bool {
        field.privacy != Privacy::Open && matches!(self.act, Act::Edit { .. })
    }
}
