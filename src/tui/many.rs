//! One step for all marked records, in one transaction.

use crate::domain::kind::Code;
use crate::domain::lifecycle::Step;
use crate::domain::refusal::RefusalKind;
use crate::domain::said::Lang;
use crate::protocol::work::{self, ManyDone};
use crate::protocol::{Act, Change, Request, StepView};
use crate::tui::app::{App, Level, Tag};
use crate::tui::draw::confirm::named;
use crate::tui::form::Form;
use crate::tui::menu::{Choice, Item, Menu};
use crate::tui::overlay::Overlay;

/// As many records as one step may be taken for at once.
const MOST: usize = 1000;

/// As many of them are asked what they allow before the menu opens.
const SAMPLE: usize = 50;

/// What the marked records allow, as far as it was heard.
#[derive(Default)]
pub struct Many {
    codes: Vec<Code>,
    heard: Vec<Vec<StepView>>,
}

impl App {
    /// F8 with marks: asks what the records allow.
    pub(super) fn ask_many(&mut self, codes: Vec<Code>) {
        if codes.len() > MOST {
            let told = self.say(
                "一次至多办 1000 条：请少标几条",
                "1000 at most at once: mark fewer",
            );
            return self.tell(Level::Warn, told);
        }
        for code in codes.iter().take(SAMPLE) {
            self.call(Tag::Every, Request::Steps(*code));
        }
        self.many = Many {
            codes,
            heard: Vec::new(),
        };
    }

    /// What one of them allows; with the last one the menu opens.
    pub(super) fn every(&mut self, steps: Vec<StepView>) {
        self.many.heard.push(steps);
        let count = self.many.codes.len();
        let asked = count.min(SAMPLE);
        if self.many.heard.len() != asked {
            return;
        }
        let Some(kind) = self.many.codes.first().map(|code| code.kind) else {
            return;
        };
        let items: Vec<Item> = kind
            .spec()
            .steps
            .iter()
            .map(|step| {
                let able = |views: &&Vec<StepView>| {
                    let mut views = views.iter();
                    views.any(|view| view.key == step.key && view.refusal.is_none())
                };
                let able = self.many.heard.iter().filter(able).count();
                let note = match self.lang {
                    _ if able == asked => step.help.get(self.lang).to_owned(),
                    Lang::Zh if asked < count => format!("前 {asked} 条中 {able} 条可办"),
                    Lang::Zh => format!("{count} 条中 {able} 条可办"),
                    Lang::En if asked < count => format!("{able} of the first {asked} allow it"),
                    Lang::En => format!("only {able} of {count} allow it"),
                };
                Item {
                    choice: Choice::Steps(step),
                    label: step.label.get(self.lang).to_owned(),
                    note,
                    // Of many, those that cannot take it are told apart and stay marked.
                    open: able > 0 || asked < count,
                }
            })
            .collect();
        if items.is_empty() {
            let told = self.say("这类记录还没有可办的步骤", "this kind has no steps yet");
            return self.tell(Level::Warn, told);
        }
        let title = match self.lang {
            Lang::Zh => format!("一并办理 {count} 条"),
            Lang::En => format!("Steps for {count} records"),
        };
        self.over.push(Overlay::Menu(Menu::new(title, items)));
    }

    /// The step was chosen: one form for all.
    pub(super) fn step_for_all(&mut self, step: &'static Step) {
        let codes = self.many.codes.clone();
        let Some(first) = codes.first() else { return };
        let mut form = Form::step(*first, 0, step, self.step_title(step, &codes));
        form.all = codes;
        let asks = !form.fields.is_empty() || !form.heavy();
        self.over.push(Overlay::Form(Box::new(form)));
        // With nothing to be filled the question comes at once.
        if !asks {
            self.send();
        }
    }

    /// What the form of a step is called, and its draft: by the record, of several by the first one.
    pub(super) fn step_title(&self, step: &'static Step, codes: &[Code]) -> String {
        let label = step.label.get(self.lang);
        let first = codes.first().map(|code| {
            let name = self.board().and_then(|board| board.name_of(*code));
            name.map_or_else(|| named(self, *code), |name| format!("{code} {name}"))
        });
        let first = first.unwrap_or_default();
        match (codes.len(), self.lang) {
            (0 | 1, _) => format!("{label} {first}"),
            (count, Lang::Zh) => format!("{label} {count} 条：{first} 等"),
            (count, Lang::En) => format!("{label} {count} records: {first} ..."),
        }
    }

    /// F8 in that form.
    pub(super) fn send_all(&mut self, codes: &[Code], token: u64, change: Change) {
        if self.board().is_some() {
            return self.send_many(codes, token, &change);
        }
        let Act::Step { step, .. } = change.act else {
            return;
        };
        self.own.extend(codes);
        let many = work::Many {
            codes: codes.to_vec(),
            step,
            fields: change.fields,
            confirmed: change.confirmed,
            reason: change.reason,
        };
        self.call(Tag::Many(token), Request::Many { token, many });
    }

    /// What came of it: those that were refused stay marked, and stay in the form with what was typed.
    pub(super) fn many_done(&mut self, token: u64, result: &ManyDone) {
        let (lang, now) = (self.lang, self.now);
        for list in self.lists.iter_mut().chain(&mut self.aside) {
            list.marked.retain(|code| !result.done.contains(code));
        }
        let left: Vec<Code> = result.refused.iter().map(|(code, _)| *code).collect();
        for code in &left {
            self.own.remove(code);
        }
        let act = self.sent(token).map(|form| form.act.clone());
        let label = match (&act, result.done.first()) {
            (Some(Act::Step { step, .. }), Some(code)) => {
                let step = code.kind.spec().step(step);
                step.map_or("", |step| step.label.get(lang))
            }
            _ => "",
        };
        let way = match (act, result.done.first()) {
            (Some(act), Some(code)) => self.made(&act, *code, None),
            _ => String::new(),
        };
        let first = result.refused.first();
        match first {
            None => self.done(token),
            Some((_, refusal)) => {
                if let Some(form) = self.sent(token) {
                    form.all.clone_from(&left);
                    // A token is good for one request: the rest is another one.
                    form.renew(now);
                    form.refuse(refusal, lang);
                }
            }
        }
        let (done, failed) = (result.done.len(), left.len());
        let Some((code, refusal)) = first else {
            let told = match lang {
                Lang::Zh => format!("「{label}」已办 {done} 条{way}"),
                Lang::En => format!("{label}: {done} done{way}"),
            };
            return self.tell(Level::Info, told);
        };
        let why = match refusal.kind {
            RefusalKind::Confirm if refusal.reason => self.asks_reason(refusal),
            _ => refusal.line(lang),
        };
        let steps = self.keymap.short("steps");
        let told = match lang {
            Lang::Zh => {
                format!("已办 {done} 条，{failed} 条未办，改后按 {steps} 再办：{code} {why}")
            }
            Lang::En => {
                format!("{done} done, {failed} refused, {steps} tries those again: {code} {why}")
            }
        };
        self.tell(Level::Error, told);
    }
}
