//! Forms: a text per field, checked as one goes.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use tui_textarea::{CursorMove, TextArea, WrapMode};

use crate::domain::field::{Field, Need, Privacy, Type};
use crate::domain::kind::{Code, Kind};
use crate::domain::lifecycle::Step;
use crate::domain::moment::{Span, spans};
use crate::domain::said::Lang;
use crate::domain::value::{Fields, Value};
use crate::protocol::{Act, Change, View};
use crate::tui::ahead::Ahead;
use crate::tui::form_past::Past;

/// What a form is for.
pub struct Form {
    /// What it does when it is sent.
    pub act: Act,
    /// Its title.
    pub title: String,
    /// Its fields.
    pub fields: Vec<&'static Field>,
    /// What is typed, by field.
    pub inputs: Vec<TextArea<'static>>,
    /// What the inputs held at the start.
    pub base: Vec<String>,
    /// What they hold when nothing was typed; what was filled in for the operator is a change too.
    pub(super) start: Vec<String>,
    /// The field with the cursor.
    pub at: usize,
    /// First visible line.
    pub top: usize,
    /// What is wrong, by field key.
    pub problems: BTreeMap<String, String>,
    /// The operator was asked, and the next send means yes.
    pub confirmed: bool,
    /// What hangs on the step was told, and the operator said yes.
    pub agreed: bool,
    /// What was typed, edit by edit.
    pub(super) past: Past,
    /// Whether an answer is awaited.
    pub sending: bool,
    /// Made once per form: a repeated send is not done twice.
    pub token: u64,
    /// The records of a step that is taken for several.
    pub all: Vec<Code>,
    /// What the record showed in these fields at the start where that is not what they held.
    pub(super) shown: BTreeMap<String, String>,
    /// How far it is written ahead.
    pub ahead: Ahead,
    /// What was sent under its token, and may be done.
    pub(super) last: Option<Change>,
    /// Whether no answer came to that.
    pub(super) unsure: bool,
    /// What it made before without a word of it: first that is looked at.
    pub(super) earlier: Option<Code>,
}

/// The line that a rule asks for: no field of any record.
pub static REASON: Field = Field::new("reason", "原因", "Reason", Type::Line(500))
    .required()
    .help(
        "偏离一般要求须写明原因，记入变更记录",
        "why it is done against the rule; it is kept in the history",
    );

/// A number that nobody else sends.
pub(super) fn token() -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_or(0, |()| u64::from_le_bytes(bytes) | 1)
}

/// A text to edit, with the cursor at its end.
pub(super) fn area(field: &Field, text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
    area.set_wrap_mode(if several(field) {
        WrapMode::Glyph
    } else {
        WrapMode::None
    });
    // The terminal's own cursor marks the place: input methods look for it there.
    area.set_cursor_style(ratatui::style::Style::default());
    area.set_cursor_line_style(ratatui::style::Style::default());
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

/// Whether a field of a record is masked.
pub(super) fn hides(view: &View, key: &str) -> bool {
    view.masked.iter().any(|masked| masked == key)
}

/// Whether a field takes several lines.
pub fn several(field: &Field) -> bool {
    matches!(field.of, Type::Lines(_) | Type::Sessions | Type::Rows(_))
}

/// A row as it is typed: its cells in the order of the columns, blanks between.
fn row(columns: &[Field], value: &Value, lang: Lang) -> String {
    let Value::Map(row) = value else {
        return value.to_string();
    };
    let cells = columns
        .iter()
        .filter_map(|column| Some(typed(column, row.get(column.key)?, lang)));
    cells.collect::<Vec<_>>().join(" ")
}

/// A value as it is typed: fixed words in the language of the session, sessions and rows one a line.
pub fn typed(field: &Field, value: &Value, lang: Lang) -> String {
    let lines: Option<Vec<String>> = match field.of {
        Type::Sessions => Some(spans(Some(value)).iter().map(Span::said).collect()),
        Type::Rows(columns) => {
            let rows = value.parts().iter();
            Some(rows.map(|part| row(columns, part, lang)).collect())
        }
        Type::Moment => Some(vec![value.to_string().replace('T', " ")]),
        _ => None,
    };
    if let Some(lines) = lines {
        return lines.join("\n");
    }
    if let (Value::Flag(flag), Lang::En) = (value, lang) {
        return if *flag { "yes" } else { "no" }.to_owned();
    }
    let words = field.words();
    let parts: Vec<String> = value
        .parts()
        .iter()
        .map(|part| {
            let text = part.to_string();
            let known = words.iter().find(|word| word.zh == text).copied();
            known.map_or(text, |word| word.get(lang).to_owned())
        })
        .collect();
    parts.join(if lang == Lang::Zh { "、" } else { ", " })
}

impl Form {
    /// The record that it changes; none for a new one.
    pub fn code(&self) -> Option<Code> {
        match self.act {
            Act::Edit { code, .. } | Act::Step { code, .. } => Some(code),
            Act::New(_) => None,
        }
    }

    /// The step that it takes.
    pub fn taken(&self) -> Option<&'static Step> {
        match &self.act {
            Act::Step { code, step, .. } => code.kind.spec().step(step),
            _ => None,
        }
    }

    /// The kind of the record that it makes or changes.
    pub fn kind(&self) -> Kind {
        match self.act {
            Act::New(kind) => kind,
            Act::Edit { code, .. } | Act::Step { code, .. } => code.kind,
        }
    }

    /// An empty form for a new record.
    pub fn new(kind: Kind, title: String) -> Form {
        Form::with(Act::New(kind), title, kind.spec().fields, |_| String::new())
    }

    /// A form with a record's values; masked ones stay empty and are kept as they are.
    pub fn edit(view: &View, title: String, lang: Lang) -> Form {
        let act = Act::Edit {
            code: view.code,
            rev: Some(view.rev),
        };
        let mut form = Form::with(act, title, view.kind.spec().fields, |field| {
            Form::held(view, field, lang)
        });
        let masked = form.fields.iter().filter(|field| hides(view, field.key));
        form.shown = masked
            .map(|field| (field.key.to_owned(), Form::seen(view, field, lang)))
            .collect();
        form
    }

    /// What a field of a record holds, as it is typed; nothing if it is masked.
    pub fn held(view: &View, field: &Field, lang: Lang) -> String {
        if hides(view, field.key) {
            return String::new();
        }
        Form::seen(view, field, lang)
    }

    /// What a field of a record shows, masked where it is.
    pub(super) fn seen(view: &View, field: &Field, lang: Lang) -> String {
        let value = view.fields.get(field.key);
        value.map_or_else(String::new, |value| typed(field, value, lang))
    }

    /// The questions of a step.
    pub fn step(code: Code, rev: u64, step: &'static Step, title: String) -> Form {
        let act = Act::Step {
            code,
            step: step.key.to_owned(),
            rev: (rev > 0).then_some(rev),
        };
        Form::with(act, title, step.asks, |_| String::new())
    }

    pub(super) fn with(
        act: Act,
        title: String,
        fields: &'static [Field],
        value: impl Fn(&Field) -> String,
    ) -> Form {
        let typed = |field: &&'static Field| field.need != Need::System;
        let mut fields: Vec<&'static Field> = fields.iter().filter(typed).collect();
        if let Act::New(kind)
        | Act::Edit {
            code: Code { kind, .. },
            ..
        } = act
        {
            crate::tui::sheet::order(kind, &mut fields);
        }
        let base: Vec<String> = fields.iter().map(|field| value(field)).collect();
        let token = token();
        Form {
            act,
            title,
            inputs: fields
                .iter()
                .zip(&base)
                .map(|(field, text)| area(field, text))
                .collect(),
            fields,
            start: base.clone(),
            base,
            at: 0,
            top: 0,
            problems: BTreeMap::new(),
            confirmed: false,
            agreed: false,
            past: Past::default(),
            sending: false,
            token,
            all: Vec::new(),
            shown: BTreeMap::new(),
            ahead: Ahead::new(token),
            last: None,
            unsure: false,
            earlier: None,
        }
    }

    /// Takes a new token: what is sent next is another request.
    pub(super) fn renew(&mut self, now: NaiveDateTime) {
        self.token = token();
        (self.last, self.unsure) = (None, false);
        self.ahead.renew(self.token, now);
    }

    /// What a field holds now.
    pub fn text(&self, at: usize) -> String {
        self.inputs
            .get(at)
            .map_or_else(String::new, |input| input.lines().join("\n"))
    }

    /// Asks for a written reason, in a line of its own at the end.
    pub fn ask_reason(&mut self) {
        if self.place(REASON.key).is_none() {
            self.fields.push(&REASON);
            self.inputs.push(area(&REASON, ""));
            self.base.push(String::new());
            self.start.push(String::new());
        }
        self.at = self.place(REASON.key).unwrap_or(self.at);
    }

    /// The reason that was written, where one was asked for.
    pub fn reason(&self) -> String {
        let at = self.place(REASON.key);
        at.map_or_else(String::new, |at| self.text(at).trim().to_owned())
    }

    /// Puts a text into a field; it can be undone.
    pub fn put(&mut self, at: usize, text: &str) {
        if self.ahead.taken {
            return;
        }
        self.doubt();
        if let Some(input) = self.inputs.get_mut(at) {
            input.select_all();
            input.cut();
            input.insert_str(text);
        }
    }

    /// Fills in what is most likely meant.
    pub fn prefill(&mut self, key: &str, text: &str) {
        let Some(at) = self.place(key) else { return };
        let field = self.fields.get(at).copied();
        if let (Some(field), Some(input), Some(start)) =
            (field, self.inputs.get_mut(at), self.start.get_mut(at))
        {
            *input = area(field, text);
            text.clone_into(start);
        }
    }

    /// The place of a field.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.key == key)
    }

    /// The field with the cursor.
    pub fn field(&self) -> Option<&'static Field> {
        self.fields.get(self.at).copied()
    }

    /// Whether the field with the cursor takes one of fixed words, and holds one.
    pub(super) fn chosen(&self) -> bool {
        let words = match self.field().map(|field| field.of) {
            Some(Type::Choice(words)) => words,
            _ => return false,
        };
        let text = self.text(self.at);
        words.iter().any(|word| word.zh == text || word.en == text)
    }

    /// Whether anything was typed.
    pub fn touched(&self) -> bool {
        (0..self.fields.len()).any(|at| self.start.get(at) != Some(&self.text(at)))
    }

    /// How many fields were changed.
    pub fn changes(&self) -> usize {
        (0..self.fields.len())
            .filter(|at| self.base.get(*at) != Some(&self.text(*at)))
            .count()
    }

    /// What was said yes to is not what is there now.
    fn doubt(&mut self) {
        self.confirmed = false;
        self.agreed = false;
    }

    /// The input with the cursor; what is typed into it takes back a confirmation. None where another session goes on.
    pub fn input(&mut self) -> Option<&mut TextArea<'static>> {
        if self.ahead.taken {
            return None;
        }
        self.doubt();
        self.inputs.get_mut(self.at)
    }

    /// Moves to another field, checking the one that is left.
    pub fn go(&mut self, to: usize, today: NaiveDate, lang: Lang) {
        self.check(self.at, today, lang);
        self.at = to.min(self.fields.len().saturating_sub(1));
    }

    /// The change as typed: only what differs from the start.
    pub fn change(&self) -> Change {
        let mut fields = Fields::new();
        let asked = self.fields.iter().enumerate();
        for (at, field) in asked.filter(|(_, field)| field.key != REASON.key) {
            let text = self.text(at);
            // What a step took over and is emptied is told: it is not taken over again.
            let emptied = self.taken().is_some() && self.start.get(at) != Some(&text);
            if emptied || self.base.get(at) != Some(&text) {
                fields.insert(field.key.to_owned(), Value::from(text));
            }
        }
        Change {
            act: self.act.clone(),
            fields,
            confirmed: self.confirmed,
            reason: self.reason(),
        }
    }

    /// Whether a field of the record is masked: what is not typed stays.
    pub fn kept(&self, field: &Field) -> bool {
        let nth = self.fields.iter().position(|one| one.key == field.key);
        let came = nth.and_then(|nth| self.start.get(nth));
        // An office's landline is not hidden, though its field may hide a mobile.
        field.privacy != Privacy::Open
            && matches!(self.act, Act::Edit { .. })
            && came.is_none_or(String::is_empty)
    }
}
