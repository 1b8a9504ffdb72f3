//! A form whose sending was done although no answer came: what was typed since is a change of its own.

use crate::domain::kind::Code;
use crate::domain::refusal::Refusal;
use crate::domain::said::Lang;
use crate::domain::value::Value;
use crate::protocol::{Act, Change, Request, View};
use crate::tui::app::{App, Level, Tag};
use crate::tui::form::{Form, hides};
use crate::tui::overlay::Overlay;

impl Form {
    /// Whether what is typed is what was sent last; a yes to a question is no other text.
    fn as_sent(&self) -> bool {
        let now = self.change();
        let same = |last: &Change| {
            last.act == now.act && last.fields == now.fields && last.reason == now.reason
        };
        self.last.as_ref().is_some_and(same)
    }

    /// The form of a new record goes on as an edit of the record that it made: what was typed since differs.
    fn go_on_with(&mut self, view: &View, sent: Option<&Change>, lang: Lang) {
        self.act = Act::Edit {
            code: view.code,
            rev: Some(view.rev),
        };
        for (at, field) in self.fields.clone().into_iter().enumerate() {
            let (mine, held) = (self.text(at), Form::held(view, field, lang));
            let sent = sent.and_then(|sent| sent.fields.get(field.key));
            let sent = sent.map_or_else(String::new, Value::to_string);
            if mine == sent && mine != held {
                self.put(at, &held);
            }
            for texts in [&mut self.base, &mut self.start] {
                if let Some(text) = texts.get_mut(at) {
                    text.clone_from(&held);
                }
            }
            if hides(view, field.key) {
                let seen = Form::seen(view, field, lang);
                self.shown.insert(field.key.to_owned(), seen);
            }
        }
        self.confirmed = false;
    }
}

impl App {
    /// A draft was not kept because its form was sent and done: unless nothing was typed since, it goes on anew.
    pub(super) fn kept_too_late(&mut self, id: u64, code: Code, refusal: &Refusal) {
        let Some(form) = self.sent(id) else { return };
        if form.sending || form.as_sent() {
            // Its answer is on its way, or comes with the next F8.
            let ahead = &mut form.ahead;
            (ahead.held, ahead.at) = (ahead.number, None);
            return;
        }
        self.superseded(id, code, refusal);
    }

    /// Another change came under the token of a form that is done: it takes a token of its own.
    pub(super) fn superseded(&mut self, token: u64, code: Code, refusal: &Refusal) {
        let (lang, now) = (self.lang, self.now);
        let Some(form) = self.sent(token) else { return };
        let sent = form.last.take();
        form.renew(now);
        (form.last, form.sending, form.confirmed) = (sent, false, false);
        let (token, several) = (form.token, !form.all.is_empty());
        form.earlier = Some(code).filter(|_| !several);
        self.tell(Level::Error, refusal.message.get(lang));
        if !several {
            self.ask_earlier(token, code);
        }
    }

    /// Asks for what a form made before: until it is here, nothing is sent a second time.
    pub(super) fn ask_earlier(&mut self, token: u64, code: Code) {
        self.call(Tag::Earlier(token), Request::Show(code));
    }

    /// What the form made before is here.
    pub(super) fn made_earlier(&mut self, token: u64, view: View) {
        let lang = self.lang;
        let word = self.say("编辑", "Edit");
        let top = matches!(self.over.last(), Some(Overlay::Form(form)) if form.token == token);
        let waits = |form: &&mut Form| form.earlier.is_some();
        let Some(form) = self.sent(token).filter(waits) else {
            return;
        };
        form.earlier = None;
        let sent = form.last.take();
        let code = view.code;
        match form.act {
            Act::New(_) => {
                form.title = format!("{word} {code}");
                form.go_on_with(&view, sent.as_ref(), lang);
            }
            _ if top => self.theirs(view, None),
            _ => {
                form.rebase(&view, lang);
            }
        }
        if !matches!(self.over.last(), Some(Overlay::Conflict(_))) {
            let told = match lang {
                Lang::Zh => format!("上次提交已存为 {code}；此后所改还在，看过按 F8 再存"),
                Lang::En => format!(
                    "what was sent before is saved as {code}; what you changed since is here: look, then F8"
                ),
            };
            self.tell(Level::Warn, told);
        }
    }

    /// Whether something was sent to which no answer came.
    pub(super) fn unsure(&self) -> bool {
        let over = self.over.iter().any(|over| match over {
            Overlay::Board(board) => board.unsure(),
            over => over.form().is_some_and(|form| form.unsure),
        });
        over || self.drafts.left.iter().any(|form| form.unsure)
    }
}
