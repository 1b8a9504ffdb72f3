//! A form whose record somebody else changed meanwhile: base, theirs and mine, field by field.

use crate::domain::field::Field;
use crate::domain::said::Lang;
use crate::protocol::{Act, View};
use crate::tui::app::{App, Level, Tag};
use crate::tui::form::Form;
use crate::tui::overlay::Overlay;

/// A field that both changed.
pub struct Clash {
    /// The field.
    pub field: &'static Field,
    /// Before.
    pub base: String,
    /// The other's.
    pub theirs: String,
    /// Mine.
    pub mine: String,
    /// Whether mine is taken.
    pub keep: bool,
}

/// All of them; the form lies below.
pub struct Conflict {
    /// The record as it is now.
    pub view: View,
    /// The fields that both changed.
    pub clashes: Vec<Clash>,
    /// The selected one.
    pub at: usize,
}

impl Conflict {
    /// Turns one field's choice.
    pub fn toggle(&mut self, at: usize) {
        if let Some(clash) = self.clashes.get_mut(at) {
            self.at = at;
            clash.keep = !clash.keep;
        }
    }
}

fn set_rev(form: &mut Form, now: u64) {
    match &mut form.act {
        Act::Edit { rev, .. } | Act::Step { rev, .. } => *rev = Some(now),
        Act::New(_) => {}
    }
}

/// The form upon the record as it is now: what only they changed is taken over.
pub fn rebase(lang: Lang, form: &mut Form, view: &View) {
    if matches!(form.act, Act::Edit { .. }) {
        for at in 0..form.fields.len() {
            let Some(field) = form.fields.get(at).copied() else {
                continue;
            };
            let theirs = Form::held(view, field, lang);
            let untouched = form.base.get(at) == Some(&form.text(at));
            if untouched && form.text(at) != theirs {
                form.put(at, &theirs);
            }
            if let Some(base) = form.base.get_mut(at) {
                *base = theirs;
            }
        }
    }
    set_rev(form, view.rev);
    form.confirmed = false;
    form.problems.clear();
}

impl App {
    /// The save was refused because the record is newer: asks for it.
    pub(super) fn stale(&mut self) {
        let Some(Overlay::Form(form)) = self.over.last() else {
            return;
        };
        if let Act::Edit { code, .. } | Act::Step { code, .. } = form.act {
            self.call(Tag::Theirs(code), crate::protocol::Request::Show(code));
        }
    }

    /// The other's version is here.
    pub(super) fn theirs(&mut self, view: View) {
        let lang = self.lang;
        let Some(Overlay::Form(form)) = self.over.last_mut() else {
            return;
        };
        let (Act::Edit { code, .. } | Act::Step { code, .. }) = form.act else {
            return;
        };
        if code != view.code {
            return;
        }
        let mut clashes = Vec::new();
        if matches!(form.act, Act::Edit { .. }) {
            for (at, field) in form.fields.iter().enumerate() {
                let base = form.base.get(at).cloned().unwrap_or_default();
                let theirs = Form::held(&view, field, lang);
                let mine = form.text(at);
                if mine != base && theirs != base && theirs != mine {
                    clashes.push(Clash {
                        field,
                        base,
                        theirs,
                        mine,
                        keep: true,
                    });
                }
            }
        }
        if clashes.is_empty() {
            rebase(lang, form, &view);
            let told = self.say(
                "别人刚改过这条记录；你填的还在，对方的改动已并入。看过后再按 F8",
                "somebody changed this record just now; your text is safe and theirs is merged in: look, then F8",
            );
            return self.tell(Level::Warn, told);
        }
        self.message = None;
        self.over.push(Overlay::Conflict(Conflict {
            view,
            clashes,
            at: 0,
        }));
    }

    /// Merges as chosen, and goes back to the form.
    pub(super) fn merge(&mut self) {
        let lang = self.lang;
        let Some(Overlay::Conflict(conflict)) = self.over.pop() else {
            return;
        };
        let Some(Overlay::Form(form)) = self.over.last_mut() else {
            return;
        };
        for clash in conflict.clashes.iter().filter(|clash| !clash.keep) {
            if let Some(at) = form.place(clash.field.key) {
                form.put(at, &clash.theirs);
            }
        }
        rebase(lang, form, &conflict.view);
        let told = self.say("已合并，F8 保存", "merged: F8 saves it");
        self.tell(Level::Info, told);
    }
}
