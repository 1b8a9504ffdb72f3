//! Confirmation by consequence: what others see at once is asked about, what does not come back takes digits.

use tui_input::Input;

use crate::domain::kind::Code;
use crate::domain::lifecycle::{Step, Weight};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::Request;
use crate::tui::app::{App, Level, Tag};
use crate::tui::form::Form;
use crate::tui::overlay::Overlay;

/// A step that waits for a yes; its form lies below.
pub struct Confirm {
    /// The token of the form.
    pub token: u64,
    /// The step.
    pub step: &'static Step,
    /// The records, the first one first.
    pub codes: Vec<Code>,
    /// What a rule asks at the same time.
    pub asked: Option<Refusal>,
    /// Whether doing it is highlighted.
    pub yes: bool,
    /// The digits that are typed before what does not come back.
    pub input: Input,
}

/// The last four digits of a code.
pub fn digits(code: Option<Code>) -> String {
    let code = code.map_or_else(String::new, |code| code.to_string());
    let mut digits: Vec<char> = code.chars().filter(char::is_ascii_digit).collect();
    digits.drain(..digits.len().saturating_sub(4));
    digits.into_iter().collect()
}

impl Confirm {
    /// Whether digits are asked for.
    pub fn last(&self) -> bool {
        matches!(self.step.weight, Weight::Final(_))
    }

    /// The digits that must be typed: the last four of the record's code.
    pub fn digits(&self) -> String {
        digits(self.codes.first().copied())
    }
}

impl Form {
    /// Whether its step must be agreed to before it is sent.
    pub fn heavy(&self) -> bool {
        let step = self.taken().filter(|_| !self.agreed);
        step.is_some_and(|step| step.weight != Weight::Light)
    }
}

impl App {
    /// F8 in the form of a heavy step: what stands in its way comes before the question.
    pub(super) fn weigh(&mut self) {
        let Some(Overlay::Form(form)) = self.over.last_mut() else {
            return;
        };
        let token = form.token;
        if !form.all.is_empty() {
            return self.ask_consent(token, None);
        }
        form.sending = true;
        let change = form.change();
        self.call(Tag::Weigh(token), Request::Try(change));
    }

    /// Nothing stands in the way, or only what a rule asks: the panel opens over the form.
    pub(super) fn ask_consent(&mut self, token: u64, asked: Option<Refusal>) {
        let Some(form) = self.sent(token) else { return };
        form.sending = false;
        let (Some(step), Some(code)) = (form.taken(), form.code()) else {
            return;
        };
        let codes = match form.all.is_empty() {
            true => vec![code],
            false => form.all.clone(),
        };
        // Something else was opened meanwhile: the form keeps what was typed.
        let top = matches!(self.over.last(), Some(Overlay::Form(form)) if form.token == token);
        if top {
            self.message = None;
            self.over.push(Overlay::Confirm(Box::new(Confirm {
                token,
                step,
                codes,
                asked,
                yes: false,
                input: Input::default(),
            })));
        }
    }

    /// The trial was refused: true if it was a question that the panel asks.
    pub(super) fn weighed(&mut self, token: u64, refusal: &Refusal) -> bool {
        let question = refusal.kind == RefusalKind::Confirm && !refusal.reason;
        if question {
            self.ask_consent(token, Some(refusal.clone()));
        }
        question
    }

    /// Turns to the other choice.
    pub(super) fn other_choice(&mut self) {
        if let Some(Overlay::Confirm(confirm)) = self.over.last_mut() {
            confirm.yes = !confirm.yes;
        }
    }

    /// Enter: what is highlighted.
    pub(super) fn take_choice(&mut self) {
        match self.over.last() {
            Some(Overlay::Confirm(confirm)) if confirm.last() => {
                let told = self.keyed(
                    "输入编号后四位，再按 {steps}；{cancel} 返回",
                    "type the last four digits of the code, then {steps}; {cancel} goes back",
                );
                self.tell(Level::Warn, told);
            }
            Some(Overlay::Confirm(confirm)) if confirm.yes => self.consent(),
            _ => self.back(),
        }
    }

    /// F8 in the panel: with the digits it is done, without them it is not.
    pub(super) fn sign_off(&mut self) {
        let Some(Overlay::Confirm(confirm)) = self.over.last() else {
            return;
        };
        if !confirm.last() {
            let told = self.say("按 1 办理，2 返回", "1 does it, 2 goes back");
            return self.tell(Level::Warn, told);
        }
        let typed: String = confirm
            .input
            .value()
            .chars()
            .map(crate::domain::fold::narrow_char)
            .collect();
        if typed.trim() == confirm.digits() {
            return self.consent();
        }
        let told = self.keyed(
            "与编号后四位不符，没有办理：改后再按 {steps}，{cancel} 返回",
            "not the last four digits of the code, nothing was done: correct them and press {steps}, {cancel} goes back",
        );
        self.tell(Level::Error, told);
    }

    /// Yes: the form below is sent, and what the panel asked is answered with it.
    pub(super) fn consent(&mut self) {
        let Some(Overlay::Confirm(confirm)) = self.over.pop() else {
            return;
        };
        if let Some(form) = self.sent(confirm.token) {
            form.agreed = true;
            form.confirmed |= confirm.asked.is_some();
        }
        self.send();
    }

    /// The panel was left: a form in which nothing is to be filled goes with it.
    pub(super) fn refrained(&mut self) {
        if matches!(self.over.last(), Some(Overlay::Form(form)) if form.fields.is_empty()) {
            self.over.pop();
        }
        let told = self.say("没有办理", "nothing was done");
        self.tell(Level::Info, told);
    }
}
