//! A case: opened from the queue, worked on by numbered steps, its answer drafted beside the evidence.

use crate::domain::field::Field;
use crate::domain::kind::Code;
use crate::domain::lifecycle::Step;
use crate::domain::said::Lang;
use crate::protocol::matter::CaseView;
use crate::protocol::{Act, Request, StepView, View};
use crate::tui::app::{App, Level, Tag};
use crate::tui::form::Form;
use crate::tui::overlay::{Card, Overlay};

/// The steps that can be taken now, in the order in which they are numbered.
pub fn open_steps(case: &CaseView) -> Vec<&'static Step> {
    let spec = case.view.kind.spec();
    let open = case.steps.iter().filter(|view| view.refusal.is_none());
    open.filter_map(|view: &StepView| spec.step(&view.key))
        .collect()
}

/// Starts the form of a step with what the record holds of what it asks.
pub fn recall(form: &mut Form, view: &View, step: &Step, lang: Lang) {
    for ask in step.asks {
        let Some(field) = step.takes_over(view.kind, ask) else {
            continue;
        };
        let held = Form::held(view, field, lang);
        let empty = form
            .place(ask.key)
            .is_some_and(|at| form.text(at).is_empty());
        if !held.is_empty() && empty {
            form.prefill(ask.key, &held);
        }
    }
    // The first field that is still empty is where one goes on.
    let empty = (0..form.fields.len()).find(|at| form.text(*at).is_empty());
    form.at = empty.unwrap_or(0);
}

impl App {
    /// The case came: its screen.
    pub(super) fn open_case(&mut self, case: CaseView) {
        self.seen(&case.view);
        let names = case.beside.iter().map(|one| (one.code, one.name.clone()));
        self.names.extend(names);
        self.lay_card(Card::case(case));
    }

    /// The case on top.
    pub fn top_case(&self) -> Option<&CaseView> {
        match self.over.last() {
            Some(Overlay::Card(card)) if card.history.is_none() => card.case.as_deref(),
            _ => None,
        }
    }

    /// A digit on a case: the step that stands there under this number.
    pub(super) fn numbered_step(&mut self, digit: usize) {
        if self.renewing() {
            return;
        }
        let Some(case) = self.top_case() else { return };
        let (code, rev) = (case.view.code, case.view.rev);
        let step = open_steps(case).get(digit - 1).copied();
        if let Some(step) = step {
            self.open_step(code, rev, step);
        }
    }

    /// Whether a step was taken and those that count now are not here yet; says so.
    fn renewing(&mut self) -> bool {
        let stale = matches!(self.over.last(), Some(Overlay::Card(card)) if card.stale());
        if stale {
            let told = self.say(
                "步骤正在更新，请再按一次",
                "the steps are being renewed: press again",
            );
            self.tell(Level::Warn, told);
        }
        stale
    }

    /// A letter of the case: its step, or why it cannot be taken now.
    pub(super) fn case_letter(&mut self, key: &str) {
        if self.renewing() {
            return;
        }
        let Some(case) = self.top_case() else { return };
        let (code, rev) = (case.view.code, case.view.rev);
        let Some(step) = code.kind.spec().step(key) else {
            let told = self.say("这类案件没有这一步", "this kind has no such step");
            return self.tell(Level::Warn, told);
        };
        let held = case.steps.iter().find(|view| view.key == key);
        match held.and_then(|view| view.refusal.clone()) {
            Some(refusal) => self.tell(Level::Warn, refusal.line(self.lang)),
            None => self.open_step(code, rev, step),
        }
    }

    /// The form of a step; one that was left half written goes on.
    pub(super) fn open_step(&mut self, code: Code, rev: u64, step: &'static Step) {
        let same = |form: &Form| match &form.act {
            Act::Step {
                code: of,
                step: key,
                ..
            } => *of == code && key == step.key,
            _ => false,
        };
        let same = |form: &Form| same(form) && form.all.is_empty() && !form.sending;
        let left = self.drafts.left.iter().position(same);
        if left.is_none()
            && let Some(id) = self.held_step(code, step.key)
        {
            return self.go_on_told(id);
        }
        let form = match left {
            Some(at) => {
                let mut form = self.drafts.left.remove(at);
                self.tell_going_on(form.ahead.at.as_ref().map(|(at, _)| at.clone()));
                // Where nothing that it writes has changed since, it is for the case as it stands here.
                if self
                    .card_of(code)
                    .is_some_and(|view| form.unchanged(view, self.lang))
                {
                    form.act = Act::Step {
                        code,
                        step: step.key.to_owned(),
                        rev: (rev > 0).then_some(rev),
                    };
                }
                form
            }
            None => {
                let title = self.step_title(step, &[code]);
                let mut form = Form::step(code, rev, step, title);
                if let Some(view) = self.card_of(code) {
                    form.note_shown(view, self.lang);
                }
                self.recorded(&mut form, code, step);
                form
            }
        };
        let asks = !form.fields.is_empty() || !form.heavy();
        self.over.push(Overlay::Form(Box::new(form)));
        // With nothing to be filled the question comes at once.
        if !asks {
            self.send();
        }
    }

    /// The record of an open card.
    pub(super) fn card_of(&self, code: Code) -> Option<&View> {
        self.over.iter().rev().find_map(|over| match over {
            Overlay::Card(card) if card.view.code == code => Some(&card.view),
            _ => None,
        })
    }

    /// What was recorded at the entry is not typed again: a step that asks for it starts with it.
    fn recorded(&mut self, form: &mut Form, code: Code, step: &Step) {
        match self.card_of(code) {
            Some(view) => recall(form, view, step, self.lang),
            // From a list the record is not here yet.
            None if step
                .asks
                .iter()
                .any(|ask| step.takes_over(code.kind, ask).is_some()) =>
            {
                self.call(Tag::Held(form.token), Request::Show(code));
            }
            None => {}
        }
    }

    /// The record came after the form of its step: what is still empty starts with what it holds.
    pub(super) fn held_later(&mut self, token: u64, view: &View) {
        let lang = self.lang;
        self.name(view);
        let Some(form) = self.sent(token) else { return };
        let at = form.at;
        if let Some(step) = form.taken() {
            recall(form, view, step, lang);
        }
        // Who has begun is left where they are.
        if at > 0 || form.touched() {
            form.at = at;
        }
    }

    /// What is drafted of a step, wherever its form is, by field.
    pub fn drafted(&self, code: Code, step: &str) -> Option<Vec<(&'static Field, String)>> {
        let over = self.over.iter().filter_map(|over| match over {
            Overlay::Form(form) => Some(form.as_ref()),
            _ => None,
        });
        let form = over.chain(&self.drafts.left).find(|form| match &form.act {
            Act::Step {
                code: of,
                step: key,
                ..
            } => *of == code && key == step,
            _ => false,
        });
        if let Some(form) = form {
            let texts = form.fields.iter().enumerate();
            return Some(texts.map(|(at, field)| (*field, form.text(at))).collect());
        }
        let id = self.held_step(code, step)?;
        let held = self.drafts.held.iter().find(|draft| draft.id == id)?;
        let asks = code.kind.spec().step(step)?.asks.iter();
        let texts = asks.filter_map(|field| Some((field, held.texts.get(field.key)?.clone())));
        Some(texts.collect())
    }

    /// The case that lies right below a form of one of its steps: its evidence stands beside the form.
    pub fn beside_form(&self) -> Option<&Card> {
        let mut top = self.over.len().checked_sub(1)?;
        while self.over.get(top).is_some_and(Overlay::small) {
            top = top.checked_sub(1)?;
        }
        let Some(Overlay::Form(form)) = self.over.get(top) else {
            return None;
        };
        let below = top.checked_sub(1)?;
        match self.over.get(below) {
            Some(Overlay::Card(card))
                if card.case.is_some()
                    && form.taken().is_some()
                    && form.code() == Some(card.view.code) =>
            {
                Some(card)
            }
            _ => None,
        }
    }
}
