//! What refusals do: to what was asked, to the form that was sent, and what is told of them.

use crate::domain::kind::Kind;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Lang;
use crate::protocol::Act;
use crate::tui::app::{App, Level, Tag};
use crate::tui::unsent::unsent_line;

impl App {
    /// A call that was refused or lost.
    pub fn failed(&mut self, tag: &Tag, refusal: &Refusal) {
        match tag {
            Tag::Pin(what) => self.pinned(*what, Err(refusal.clone())),
            tag => self.beneath(|app| app.take_failure(tag, refusal)),
        }
    }

    fn take_failure(&mut self, tag: &Tag, refusal: &Refusal) {
        self.arrived(tag, false);
        if self.came_to_nothing(tag, refusal) {
            return;
        }
        if let (Tag::Sent(token) | Tag::Many(token), Some(code)) = (tag, refusal.made) {
            return self.superseded(*token, code, refusal);
        }
        if let Tag::Sent(token) | Tag::Many(token) | Tag::Weigh(token) = tag
            && self.form_refused(*token, refusal)
        {
            return;
        }
        if !tag.quiet() {
            self.refuse(refusal);
        }
    }

    /// Undoes what waited for the answer; true if nothing else is to be told.
    fn came_to_nothing(&mut self, tag: &Tag, refusal: &Refusal) -> bool {
        match tag {
            Tag::Board(id, part) => return self.board_failed(*id, part, refusal),
            Tag::Weigh(token) => return self.weighed(*token, refusal),
            Tag::Undo(code) => self.kept_on(*code, refusal),
            // Who it was is not for everybody; what was changed is.
            Tag::Whose(code) => self.whose(*code, &[]),
            Tag::Kept(id, _) => self.unkept_draft(*id, refusal),
            Tag::Filed(id, _) => self.unsent_file(*id, refusal),
            // It is asked for again once the service is back.
            Tag::Forgot(_) => {}
            Tag::DraftBox if refusal.kind == RefusalKind::Unavailable => self.drafts_menu(false),
            Tag::Card | Tag::Jump(..) if self.passed(refusal) => {}
            // A pane that is not for one's role says so itself.
            Tag::List(pane, _) if refusal.kind == RefusalKind::NotPermitted => self.denied(*pane),
            _ => {
                self.unasked(tag);
                return false;
            }
        }
        true
    }

    /// What was asked is as if it had not been.
    fn unasked(&mut self, tag: &Tag) {
        match tag {
            // The call counts although nothing came of it.
            Tag::Every => self.every(Vec::new()),
            Tag::Unit(_) => self.unit_asked = None,
            Tag::Peek(code) if self.peek_asked == Some(*code) => self.peek = None,
            // The list that is shown was ahead of what came of it.
            Tag::Dropped(_) | Tag::Restored => self.list_drafts(),
            Tag::Card => self.turning = false,
            Tag::List(..) | Tag::Look(_) => self.hurry = None,
            _ => {}
        }
    }

    fn denied(&mut self, pane: usize) {
        self.hurry = None;
        if let Some(list) = self.lists.get_mut(pane) {
            list.waiting = false;
            list.denied = true;
        }
    }

    /// The form that was sent came back: what stands in its way; true if nothing else is to be told.
    fn form_refused(&mut self, token: u64, refusal: &Refusal) -> bool {
        let lang = self.lang;
        let Some(form) = self.sent(token) else {
            return false;
        };
        form.refuse(refusal, lang);
        let call = matches!(form.act, Act::New(Kind::Call));
        let told = unsent_line(form, refusal, lang);
        if let Some(code) = form.code() {
            self.own.remove(&code);
        }
        if call && self.noted_as(token) {
            self.call_refused(token);
            self.call_unsent(refusal.line(lang).trim_end_matches(['。', '.']));
            return true;
        }
        let said = refusal.message.get(lang);
        match refusal.kind {
            _ if refusal.reason => self.tell(Level::Warn, self.asks_reason(refusal)),
            RefusalKind::Confirm => {
                let steps = self.keymap.short("steps");
                let told = match lang {
                    Lang::Zh => format!("{said}。确认无误再按 {steps} 保存"),
                    Lang::En => format!("{said}. If it is right, press {steps} again"),
                };
                self.tell(Level::Warn, told);
            }
            RefusalKind::Stale => {
                self.stale();
                // The other's version comes by itself; the hint is for the command line.
                self.tell(Level::Error, said);
            }
            RefusalKind::Unavailable => return false,
            _ => self.tell(Level::Error, told),
        }
        true
    }

    /// What a form says that needs a written reason.
    pub(super) fn asks_reason(&self, refusal: &Refusal) -> String {
        let message = refusal.message.get(self.lang);
        let article = refusal.article.as_deref();
        let article = article.map_or_else(String::new, |article| format!("（{article}）"));
        let steps = self.keymap.short("steps");
        match self.lang {
            Lang::Zh => format!("{message}{article}。确需如此，写明原因再按 {steps}"),
            Lang::En => {
                format!("{message}{article}. If it must be, write the reason and press {steps}")
            }
        }
    }
}
