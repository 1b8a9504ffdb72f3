//! One step for all marked records, taken one by one.

use crate::domain::kind::Code;
use crate::domain::lifecycle::Step;
use crate::domain::refusal::Refusal;
use crate::domain::said::Lang;
use crate::protocol::{Act, Change, Request, StepView};
use crate::tui::app::{App, Level, Tag};
use crate::tui::form::Form;
use crate::tui::menu::{Choice, Item, Menu};
use crate::tui::overlay::Overlay;

/// As many records as one step may be taken for at once.
const MOST: usize = 50;

/// What the marked records allow, as far as it was heard.
#[derive(Default)]
pub struct Many {
    codes: Vec<Code>,
    heard: Vec<Vec<StepView>>,
}

/// Steps under way.
#[derive(Default)]
pub struct Batch {
    left: usize,
    done: usize,
    failed: Vec<(Code, String)>,
}

impl App {
    /// F8 with marks: asks what each record allows.
    pub(super) fn ask_many(&mut self, codes: Vec<Code>) {
        if codes.len() > MOST {
            let told = self.say(
                "一次至多办 50 条：请少标几条",
                "50 at most at once: mark fewer",
            );
            return self.tell(Level::Warn, told);
        }
        for code in &codes {
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
        if self.many.heard.len() != count {
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
                    _ if able == count => step.help.get(self.lang).to_owned(),
                    Lang::Zh => format!("{count} 条中 {able} 条可办"),
                    Lang::En => format!("only {able} of {count} allow it"),
                };
                Item {
                    choice: Choice::Steps(step),
                    label: step.label.get(self.lang).to_owned(),
                    note,
                    open: able == count,
                }
            })
            .collect();
        if items.is_empty() {
            let told = self.say("这类记录还没有可办的步骤", "this kind has no steps yet");
            return self.tell(Level::Info, told);
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
        let count = codes.len();
        let title = match self.lang {
            Lang::Zh => format!("{} {count} 条", step.label.zh),
            Lang::En => format!("{} {count} records", step.label.en),
        };
        let mut form = Form::step(*first, 0, step, title);
        form.all = codes;
        self.over.push(Overlay::Form(Box::new(form)));
    }

    /// F8 in that form.
    pub(super) fn send_all(&mut self, codes: &[Code], token: u64, change: &Change) {
        if self.board().is_some() {
            return self.send_many(codes, token, change);
        }
        let Act::Step { step, .. } = &change.act else {
            return;
        };
        self.batch = Batch {
            left: codes.len(),
            ..Batch::default()
        };
        for code in codes {
            let change = Change {
                act: Act::Step {
                    code: *code,
                    step: step.clone(),
                    rev: None,
                },
                ..change.clone()
            };
            // A token of its own for each record, the same one when it is tried again.
            let token = token ^ (code.id() << 1);
            self.own.insert(*code);
            self.call(Tag::Each(*code), Request::Make { token, change });
        }
    }

    /// One of them is done or refused; after the last one the result is told.
    pub(super) fn each(&mut self, code: Code, result: Result<(), &Refusal>) {
        let lang = self.lang;
        match result {
            Ok(()) => {
                self.batch.done += 1;
                for list in &mut self.lists {
                    list.marked.remove(&code);
                }
            }
            Err(refusal) => {
                self.own.remove(&code);
                self.batch.failed.push((code, refusal.line(lang)));
            }
        }
        self.batch.left = self.batch.left.saturating_sub(1);
        if self.batch.left > 0 {
            return;
        }
        // What was typed stays for those that are left.
        let left: Vec<Code> = self.batch.failed.iter().map(|(code, _)| *code).collect();
        let forms = self.over.iter_mut().filter_map(|over| match over {
            Overlay::Form(form) => Some(form.as_mut()),
            _ => None,
        });
        let mut forms = forms.chain(&mut self.drafts);
        if let Some(form) = forms.find(|form| !form.all.is_empty() && form.sending) {
            form.sending = false;
            form.all.clone_from(&left);
            let token = form.token;
            if left.is_empty() {
                self.done(token);
            }
        }
        let (done, failed) = (self.batch.done, self.batch.failed.len());
        let first = self.batch.failed.first();
        let why = first.map_or_else(String::new, |(code, why)| format!("{code} {why}"));
        let told = match (lang, failed) {
            (Lang::Zh, 0) => format!("已办 {done} 条"),
            (Lang::En, 0) => format!("{done} done"),
            (Lang::Zh, _) => format!("已办 {done} 条，{failed} 条未办，改后按 F8 再办：{why}"),
            (Lang::En, _) => format!("{done} done, {failed} refused, F8 tries those again: {why}"),
        };
        let level = if failed == 0 {
            Level::Info
        } else {
            Level::Error
        };
        self.tell(level, told);
    }
}
