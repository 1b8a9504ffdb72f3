//! Ctrl-Z outside of text: takes back what this session did just now.

use crate::domain::kind::Code;
use crate::domain::lifecycle::Weight;
use crate::domain::refusal::Refusal;
use crate::domain::said::Lang;
use crate::protocol::undo::{SECONDS, Undo, Undone, called};
use crate::protocol::{Act, Request};
use crate::tui::app::{App, Level, Tag};

/// So many changes may be walked back over.
const MOST: usize = 100;

/// Whether a change can be taken back: it is light, and what it made has an end.
pub fn light(act: &Act) -> bool {
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

/// What is told of what was taken back.
pub fn told(undone: &Undone, lang: Lang) -> String {
    let (code, count) = (undone.code, undone.count);
    let label = called(code, &undone.act).get(lang);
    let several = count > 1 || !undone.left.is_empty();
    let ended = code.kind.spec().said(&undone.ended, lang);
    let mut told = match lang {
        Lang::Zh if several => format!("已撤回「{label}」：{count} 条"),
        Lang::Zh => format!("已撤回「{label}」：{code}"),
        Lang::En if several => format!("taken back: {label}, {count} records"),
        Lang::En => format!("taken back: {label}, {code}"),
    };
    if let Some((first, refusal)) = undone.left.first() {
        let (left, why) = (undone.left.len(), refusal.line(lang));
        let rest = match lang {
            Lang::Zh => format!("；{left} 条未撤回：{first} {why}"),
            Lang::En => format!("; {left} not: {first} {why}"),
        };
        told.push_str(&rest);
    }
    if !ended.is_empty() {
        let now = match lang {
            Lang::Zh => format!("，现为「{ended}」"),
            Lang::En => format!(", now {ended}"),
        };
        told.push_str(&now);
    }
    told
}

impl App {
    /// Notes a change that was made; the sentence that tells how it is taken back, if it can be.
    pub(super) fn made(&mut self, act: &Act, code: Code, rev: Option<u64>) -> String {
        // An edit that changed nothing was not done.
        let idle =
            matches!(act, Act::Edit { rev: before, .. } if before.is_some() && *before == rev);
        if !idle {
            if self.undo.len() >= MOST {
                self.undo.remove(0);
            }
            // What cannot be taken back too: the key means what was done last, and nothing before it.
            self.undo.push(Undo { code, rev });
            self.drafts.dropped = None;
        }
        if !light(act) {
            return match act {
                Act::Step { .. } => self
                    .say("。不能撤回", ". It cannot be taken back")
                    .to_owned(),
                _ => String::new(),
            };
        }
        let key = self.keymap.short("undo");
        match self.lang {
            Lang::Zh => format!("。{key} 撤回 ({SECONDS} 秒)"),
            Lang::En => format!(". {key} takes it back ({SECONDS} s)"),
        }
    }

    /// Ctrl-Z.
    pub(super) fn take_back(&mut self) {
        if self.undoing {
            let told = self.say("正在撤回，稍候", "taking it back, one moment");
            return self.tell(Level::Info, told);
        }
        let Some(undo) = self.undo.last().copied() else {
            let told = match self.lang {
                Lang::Zh => format!("没有可撤回的：刚办的、未对外的 {SECONDS} 秒内可撤回"),
                Lang::En => format!(
                    "nothing to take back: what was done just now and nobody else saw, within {SECONDS} s"
                ),
            };
            return self.tell(Level::Warn, told);
        };
        // Its notice may come before its answer.
        self.own.insert(undo.code);
        self.undoing = true;
        self.call(Tag::Undo(undo.code), Request::Undo(undo));
    }

    /// It was taken back.
    pub(super) fn taken_back(&mut self, undone: &Undone) {
        self.undoing = false;
        self.undo.pop();
        let mut told = told(undone, self.lang);
        let code = undone.code.to_string();
        if let Some(name) = self.names.get(&undone.code) {
            told = told.replacen(&code, &format!("{code} {name}"), 1);
        }
        let level = match undone.left.is_empty() {
            true => Level::Info,
            false => Level::Warn,
        };
        self.tell(level, told);
        // What is open shows it at once, without waiting for the notice.
        self.again(undone.code);
    }

    /// It was not taken back; why, and how it is done by hand.
    pub(super) fn kept_on(&mut self, code: Code, refusal: &Refusal) {
        self.undoing = false;
        self.own.remove(&code);
        self.refuse(refusal);
    }
}
