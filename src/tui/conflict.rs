//! A form whose record somebody else changed meanwhile: base, theirs and mine, field by field.

use crate::domain::field::Field;
use crate::domain::kind::Code;
use crate::domain::said::Lang;
use crate::protocol::{Act, LogEntry, Request, View};
use crate::tui::app::{App, Level, Tag};
use crate::tui::form::{Form, hides};
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
    /// What the form holds if theirs is taken: nothing where it is masked, and so stays as it is.
    take: String,
}

/// All of them; the form lies below.
pub struct Conflict {
    /// The record as it is now.
    pub view: View,
    /// The fields that both changed.
    pub clashes: Vec<Clash>,
    /// The selected one.
    pub at: usize,
    /// Who changed it, and when; none where that is not for everybody.
    pub whose: Option<(String, String)>,
}

/// Somebody, by name and time where they are known.
pub(super) fn by(whose: Option<&(String, String)>, lang: Lang) -> String {
    match (whose, lang) {
        (Some((who, at)), _) => format!("{who} {at} "),
        (None, Lang::Zh) => "别人".to_owned(),
        (None, Lang::En) => "somebody".to_owned(),
    }
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

impl Form {
    /// Notes what the record shows of what a step asks: what others change of it meanwhile must not be overwritten.
    pub(super) fn note_shown(&mut self, view: &View, lang: Lang) {
        let asked = self.fields.iter().filter(|field| stands(view, field));
        let shown = asked.map(|field| (field.key.to_owned(), Form::seen(view, field, lang)));
        self.shown = shown.collect();
    }

    /// Whether a record still shows what it showed when the form was opened.
    pub(super) fn unchanged(&self, view: &View, lang: Lang) -> bool {
        let mut fields = self.fields.iter().enumerate();
        fields.all(|(at, field)| {
            let was = self.was(at, field);
            was.is_none_or(|was| was == Form::seen(view, field, lang))
        })
    }

    /// What the record showed in a field at the start; none where that is not known, or means nothing.
    fn was(&self, at: usize, field: &Field) -> Option<String> {
        let shown = self.shown.get(field.key).cloned();
        match self.act {
            Act::Edit { .. } => shown.or_else(|| self.base.get(at).cloned()),
            _ => shown,
        }
    }

    /// Whether the operator wrote something else into a field than it held.
    fn wrote(&self, at: usize, was: &str) -> bool {
        let mine = self.text(at);
        match self.act {
            Act::Edit { .. } => self.base.get(at) != Some(&mine),
            // What a step only repeats of the record, or leaves open, changes nothing.
            _ => !mine.is_empty() && mine != was,
        }
    }

    /// The fields that both changed.
    fn clashes(&self, view: &View, lang: Lang) -> Vec<Clash> {
        let fields = self.fields.iter().enumerate();
        let clash = |(at, field): (usize, &&'static Field)| {
            let base = self.was(at, field)?;
            let (theirs, mine) = (Form::seen(view, field, lang), self.text(at));
            let both = self.wrote(at, &base) && theirs != base && theirs != mine;
            both.then(|| Clash {
                field,
                base,
                theirs,
                mine,
                keep: true,
                take: Form::held(view, field, lang),
            })
        };
        fields.filter_map(clash).collect()
    }

    /// The form upon the record as it is now: what only they changed is taken over.
    /// Gives their labels.
    pub fn rebase(&mut self, view: &View, lang: Lang) -> Vec<&'static str> {
        let mut merged = Vec::new();
        let edit = matches!(self.act, Act::Edit { .. });
        for (at, field) in self.fields.clone().into_iter().enumerate() {
            let Some(was) = self.was(at, field) else {
                continue;
            };
            let (seen, held) = (Form::seen(view, field, lang), Form::held(view, field, lang));
            let repeats = edit || !self.text(at).is_empty();
            if repeats && !self.wrote(at, &was) && self.text(at) != held {
                self.put(at, &held);
                merged.push(field.label.get(lang));
            }
            if let Some(base) = self.base.get_mut(at).filter(|_| edit) {
                *base = held;
            }
            if !edit || hides(view, field.key) {
                self.shown.insert(field.key.to_owned(), seen);
            } else {
                self.shown.remove(field.key);
            }
        }
        set_rev(self, view.rev);
        self.confirmed = false;
        self.problems.clear();
        merged
    }
}

/// Whether what a step asks is a field of the record; a note is why the step is taken.
fn stands(view: &View, field: &Field) -> bool {
    field.key != "note" && view.kind.spec().field(field.key).is_some()
}

impl App {
    /// The save was refused because the record is newer: asks for it.
    pub(super) fn stale(&mut self) {
        let Some(Overlay::Form(form)) = self.over.last() else {
            return;
        };
        if let Act::Edit { code, .. } | Act::Step { code, .. } = form.act {
            self.call(Tag::Whose(code), Request::History { code, limit: 5 });
        }
    }

    /// The newest of its log is here: the record itself follows.
    pub(super) fn whose(&mut self, code: Code, entries: &[LogEntry]) {
        let last = entries.iter().max_by_key(|one| one.seq);
        let whose = last.map(|one| {
            let at = one.entry.at.get(11..16).unwrap_or_default();
            (one.entry.who.clone(), at.to_owned())
        });
        self.call(Tag::Theirs(code, whose), Request::Show(code));
    }

    /// The other's version is here.
    pub(super) fn theirs(&mut self, view: View, whose: Option<(String, String)>) {
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
        let clashes = form.clashes(&view, lang);
        if clashes.is_empty() {
            let step = form.taken().is_some();
            let merged = form.rebase(&view, lang);
            let fields = match merged.is_empty() {
                true => String::new(),
                false if lang == Lang::Zh => format!("（{}）", merged.join("、")),
                false => format!(" ({})", merged.join(", ")),
            };
            let who = by(whose.as_ref(), lang);
            let told = match step {
                true => self.keyed(
                    "刚办过这条记录；您填的还在。{look} 看一眼现在的情形，仍要办再按 {steps}",
                    " acted on this record just now; your text is safe. {look} shows how it stands, {steps} goes on",
                ),
                false => self.keyed(
                    "刚改过这条记录；你填的还在，对方的改动已并入@。看过后再按 {steps}",
                    " changed this record just now; your text is safe and theirs is merged in@: look, then {steps}",
                ),
            };
            let told = format!("{who}{}", told.replace('@', &fields));
            return self.tell(Level::Warn, told);
        }
        self.message = None;
        self.over.push(Overlay::Conflict(Conflict {
            view,
            clashes,
            at: 0,
            whose,
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
                form.put(at, &clash.take);
            }
        }
        form.rebase(&conflict.view, lang);
        let told = self.keyed("已合并，{steps} 保存", "merged: {steps} saves it");
        self.tell(Level::Info, told);
    }
}
