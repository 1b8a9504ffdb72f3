//! Leaving a form, and keeping it at a key: what is said once it is kept.

use crate::domain::said::Lang;
use crate::tui::app::{App, Level};
use crate::tui::form::Form;
use crate::tui::overlay::Overlay;

impl App {
    /// A form is left: it is kept, and that is said once it is.
    pub(super) fn leave_draft(&mut self, form: Form) {
        let id = form.token;
        self.drafts.left.push(form);
        self.write_ahead(true);
        self.drafts.leaving = Some(id);
        let left = self.drafts.left.last();
        if left.is_some_and(|form| !form.ahead.unkept()) {
            return self.tell_left(id);
        }
        let told = self.say("正在存草稿...", "keeping the draft...");
        self.tell(Level::Info, told);
    }

    /// The form on top, or the note of the look-up where there is one.
    fn typed_here(&self) -> Option<&Form> {
        match self.over.last()? {
            Overlay::Look(look) if !look.noted() => None,
            over => over.form(),
        }
    }

    /// Keeps the form on top now, and says so once it is.
    pub(super) fn keep_now(&mut self) {
        self.write_ahead(true);
        let Some(form) = self.typed_here() else {
            let told = self.say("这里没有草稿", "there is no draft here");
            return self.tell(Level::Warn, told);
        };
        let id = form.token;
        match form.ahead.unkept() {
            true => self.drafts.leaving = Some(id),
            false => self.tell_left(id),
        }
    }

    /// Says that a form that was left is kept, and how to go on with it.
    pub(super) fn tell_left(&mut self, id: u64) {
        self.drafts.leaving = None;
        let Some(form) = self.drafts.left.iter().find(|form| form.token == id) else {
            if let Some(form) = self.typed_here() {
                let told = match form.ahead.begun() {
                    true => self.said_ahead(&form.ahead),
                    false => self.say("还没有填什么", "nothing is typed").to_owned(),
                };
                self.tell(Level::Info, told);
            }
            return;
        };
        let step = form.taken().is_some();
        let again = step
            && form
                .code()
                .is_some_and(|code| crate::tui::open::case(code.kind));
        let kept = self.said_ahead(&form.ahead);
        let told = match (again, self.lang) {
            (true, Lang::Zh) => format!("{kept} 已保留，再办这一步接着填"),
            (true, Lang::En) => format!("{kept} is kept: the step goes on with it"),
            (false, Lang::Zh) => format!("{kept} 已保留，F7 继续填"),
            (false, Lang::En) => format!("{kept} is kept: F7 goes on with it"),
        };
        self.tell(Level::Info, told);
    }
}
