//! Forms and typed hours as drafts, and drafts as forms again.

use std::collections::BTreeMap;

use tui_input::Input;

use crate::domain::field::Field;
use crate::domain::kind::Code;
use crate::domain::said::Lang;
use crate::protocol::Act;
use crate::protocol::draft::{Draft, Within};
use crate::tui::draft::{Ahead, Texts};
use crate::tui::form::{Form, REASON, area};
use crate::tui::hours::{self, Hours, Slot};

impl Form {
    /// What differs from the start, by field.
    pub(super) fn texts(&self) -> Texts {
        let all = self.fields.iter().enumerate();
        let all = all.map(|(at, field)| (field.key.to_owned(), self.text(at), at));
        all.filter(|(_, text, at)| self.base.get(*at) != Some(text))
            .map(|(key, text, _)| (key, text))
            .collect()
    }

    /// The form as it is kept.
    pub(super) fn draft(&self) -> Draft {
        let base = self.fields.iter().zip(&self.base);
        let base = base.filter(|(_, text)| !text.is_empty());
        Draft {
            id: self.token,
            within: Within::Form(self.act.clone()),
            title: self.title.clone(),
            texts: self.texts(),
            base: base
                .map(|(field, text)| (field.key.to_owned(), text.clone()))
                .collect(),
            shown: self.shown.clone(),
            at: self.field().map_or("", |field| field.key).to_owned(),
            all: self.all.clone(),
            turn: self.ahead.turn,
            number: self.ahead.number,
            kept: String::new(),
            discarded: None,
            closed: false,
        }
    }

    /// The form that was kept; none if this program knows no such form.
    pub fn of(draft: &Draft) -> Option<Form> {
        let Within::Form(act) = &draft.within else {
            return None;
        };
        let fields: &'static [Field] = match act {
            Act::New(kind) => kind.spec().fields,
            Act::Edit { code, .. } => code.kind.spec().fields,
            Act::Step { code, step, .. } => code.kind.spec().step(step)?.asks,
        };
        let mut form = Form::with(act.clone(), draft.title.clone(), fields, |field| {
            draft.base.get(field.key).cloned().unwrap_or_default()
        });
        if draft.texts.contains_key(REASON.key) {
            form.ask_reason();
        }
        for (at, field) in form.fields.clone().into_iter().enumerate() {
            if let (Some(text), Some(input)) = (draft.texts.get(field.key), form.inputs.get_mut(at))
            {
                *input = area(field, text);
            }
        }
        form.at = form.place(&draft.at).unwrap_or(0);
        form.token = draft.id;
        form.all.clone_from(&draft.all);
        form.shown.clone_from(&draft.shown);
        form.ahead = Ahead::of(draft);
        Some(form)
    }
}

/// The evidence that is being typed.
const TYPING: &str = "typing";

/// The cell of a row of hours: volunteer, day, and which of the three it is.
fn cell(slot: &Slot, which: &str) -> String {
    format!("{}|{}|{which}", slot.0, slot.1)
}

impl Hours {
    /// What is typed, by cell; with the number of the call, so that a row is not saved twice.
    pub(super) fn texts(&self) -> Texts {
        let mut texts = Texts::new();
        if let Some(input) = self.evidence.as_ref().filter(|one| !one.value().is_empty()) {
            texts.insert(TYPING.to_owned(), input.value().to_owned());
        }
        for (slot, row) in &self.typed {
            texts.insert(cell(slot, "minutes"), row.minutes.clone());
            if !row.evidence.is_empty() {
                texts.insert(cell(slot, "evidence"), row.evidence.clone());
            }
            if row.token != 0 {
                texts.insert(cell(slot, "token"), row.token.to_string());
            }
        }
        texts
    }

    /// The typed hours as they are kept.
    pub(super) fn draft(&self, lang: Lang) -> Draft {
        let count = self.typed.len();
        let title = match lang {
            Lang::Zh => format!("填时长 {} {count} 行", self.activity),
            Lang::En => format!("Hours of {}, {count} rows", self.activity),
        };
        Draft {
            id: self.ahead.id,
            within: Within::Hours(self.activity),
            title,
            texts: self.texts(),
            base: BTreeMap::new(),
            shown: BTreeMap::new(),
            at: String::new(),
            all: Vec::new(),
            turn: self.ahead.turn,
            number: self.ahead.number,
            kept: String::new(),
            discarded: None,
            closed: false,
        }
    }

    /// Goes on with what was kept; what is typed here already stays.
    pub(super) fn go_on(&mut self, draft: &Draft) {
        let mut rows: BTreeMap<Slot, hours::Draft> = BTreeMap::new();
        for (key, text) in &draft.texts {
            if key == TYPING {
                self.evidence = Some(Input::new(text.clone()));
                continue;
            }
            let mut parts = key.split('|');
            let (Some(code), Some(day), Some(which)) = (
                parts.next().and_then(Code::read),
                parts.next(),
                parts.next(),
            ) else {
                continue;
            };
            let row = rows.entry((code, day.to_owned())).or_default();
            match which {
                "minutes" => row.minutes.clone_from(text),
                "evidence" => row.evidence.clone_from(text),
                _ => row.token = text.parse().unwrap_or(0),
            }
        }
        for (slot, row) in rows {
            self.typed.entry(slot).or_insert(row);
        }
        let former = Some(self.ahead.id).filter(|id| self.ahead.begun() && *id != draft.id);
        self.ahead = Ahead::of(draft);
        self.ahead.former = former;
    }
}
