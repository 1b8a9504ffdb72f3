//! Ctrl-Z outside of text: takes back what this session did just now.

use crate::domain::kind::Code;
use crate::domain::lifecycle::Weight;
use crate::domain::refusal::Refusal;
use crate::domain::said::{Lang, Text, t};
use crate::protocol::undo::{Undo, Undone};
use crate::protocol::{Act, Request};
use crate::tui::app::{App, Level, Tag};

/// So many changes may be walked back over.
const MOST: usize = 100;

/// What a change of a record is called.
fn called(code: Code, act: &str) -> Text {
    match act {
        "new" => t("新建", "new record"),
        "edit" => t("修改", "edit"),
        act => code
            .kind
            .spec()
            .step(act)
            .map_or(t("", ""), |step| step.label),
    }
}

/// Whether a change can be taken back: it is light, and what it made has an end.
fn light(act: &Act) -> bool {
    match act {
        Act::New(kind) => {
            let spec = kind.spec();
            let mut steps = spec.steps.iter();
            steps.any(|step| step.voids && step.from.contains(&spec.first))
        }
        Act::Edit { .. } => true,
        Act::Step { code, step, .. } => {
            let step = code.kind.spec().step(step);
            step.is_some_and(|step| step.weight == Weight::Light)
        }
    }
}

impl App {
    /// Notes a change that was made; the sentence that tells how it is taken back, if it can be.
    pub(super) fn made(&mut self, act: &Act, code: Code, rev: Option<u64>) -> String {
        // A new record that stays is answered with the way to end it.
        let noted = light(act) || matches!(act, Act::New(_));
        if noted {
            if self.undo.len() >= MOST {
                self.undo.remove(0);
            }
            self.undo.push(Undo { code, rev });
        }
        if !light(act) {
            return match act {
                Act::Step { .. } => self
                    .say("。不能撤回", ". It cannot be taken back")
                    .to_owned(),
                _ => String::new(),
            };
        }
        let key = self.keymap.named("undo", " ");
        match self.lang {
            Lang::Zh => format!("。{key} 撤回 (30 秒)"),
            Lang::En => format!(". {key} takes it back (30 s)"),
        }
    }

    /// Ctrl-Z.
    pub(super) fn take_back(&mut self) {
        let Some(undo) = self.undo.pop() else {
            let told = self.say(
                "没有可撤回的：刚办的、未对外的 30 秒内可撤回",
                "nothing to take back: what was done just now and nobody else saw, within 30 s",
            );
            return self.tell(Level::Warn, told);
        };
        // Its notice may come before its answer.
        self.own.insert(undo.code);
        self.call(Tag::Undo(undo.code), Request::Undo(undo));
    }

    /// It was taken back.
    pub(super) fn taken_back(&mut self, undone: &Undone) {
        let (code, count) = (undone.code, undone.count);
        let label = called(code, &undone.act).get(self.lang);
        let ended = code.kind.spec().said(&undone.ended, self.lang);
        let mut told = match self.lang {
            Lang::Zh if count > 1 => format!("已撤回「{label}」：{count} 条"),
            Lang::Zh => format!("已撤回「{label}」：{code}"),
            Lang::En if count > 1 => format!("taken back: {label}, {count} records"),
            Lang::En => format!("taken back: {label}, {code}"),
        };
        if !ended.is_empty() {
            let now = match self.lang {
                Lang::Zh => format!("，现为「{ended}」"),
                Lang::En => format!(", now {ended}"),
            };
            told.push_str(&now);
        }
        self.tell(Level::Info, told);
    }

    /// It was not taken back; why, and how it is done by hand.
    pub(super) fn kept_on(&mut self, code: Code, refusal: &Refusal) {
        self.own.remove(&code);
        self.refuse(refusal);
    }
}
