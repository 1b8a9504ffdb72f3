//! Filling in: forms, and the reason for showing a masked field.

use tui_input::Input;

use crate::domain::organisation::POSTS;
use crate::domain::said::Lang;
use crate::domain::spot::{label, row_at};
use crate::domain::value::Fields;
use crate::protocol::{Request, View};
use crate::tui::app::{App, Level, Tag};
use crate::tui::board::Board;
use crate::tui::draw::tree::word;
use crate::tui::form::Form;
use crate::tui::menu::{Choice, Item, Menu};
use crate::tui::overlay::Overlay;

/// Who holds a post.
fn holder(row: &Fields, lang: Lang) -> String {
    let get = |key: &str| row.get(key).map(ToString::to_string).unwrap_or_default();
    format!("{} {}", word(POSTS, &get("post"), lang), get("holder"))
}

impl App {
    pub(super) fn send(&mut self) {
        let (lang, today) = (self.lang, self.now.date());
        let Some(Overlay::Form(form)) = self.over.last_mut() else {
            return;
        };
        if form.sending {
            return;
        }
        if let Some(code) = form.earlier {
            let token = form.token;
            return self.ask_earlier(token, code);
        }
        let yes = (form.confirmed, form.agreed);
        form.check(form.at, today, lang);
        (form.confirmed, form.agreed) = yes;
        if form.idle() {
            return self.close_idle();
        }
        if form.faults(lang) > 0 {
            self.write_ahead(true);
            return self.tell_unsent();
        }
        // What is typed is kept before it is sent.
        self.write_ahead(true);
        let Some(Overlay::Form(form)) = self.over.last_mut() else {
            return;
        };
        form.problems.clear();
        if form.heavy() {
            return self.weigh();
        }
        form.sending = true;
        let (token, change, code) = (form.token, form.change(), form.code());
        // What may be done without a word of it is what was sent first.
        form.last.get_or_insert_with(|| change.clone());
        form.unsure = false;
        if !form.all.is_empty() {
            let codes = form.all.clone();
            return self.send_all(&codes, token, change);
        }
        // Its notice may come before its answer.
        self.own.extend(code);
        self.call(Tag::Sent(token), Request::Make { token, change });
    }

    /// The form with a token, wherever it is now: another layer may lie over it, or it was left.
    pub(super) fn sent(&mut self, token: u64) -> Option<&mut Form> {
        let over = self.over.iter_mut().filter_map(Overlay::form_mut);
        over.chain(&mut self.drafts.left)
            .find(|form| form.token == token)
    }

    /// Takes the form with a token away: it is done.
    pub(super) fn done(&mut self, token: u64) {
        self.over
            .retain(|over| !matches!(over, Overlay::Form(form) if form.token == token));
        self.drafts.left.retain(|form| form.token != token);
        self.drafts.held.retain(|draft| draft.id != token);
        self.unfile(token, u64::MAX);
    }

    /// The selected record, where its fields are on the screen: its card, or its preview.
    fn in_sight(&self) -> Option<&View> {
        let view = match self.over.last() {
            Some(Overlay::Card(card)) => Some(&card.view),
            Some(Overlay::Look(look)) => look.preview.as_ref(),
            Some(_) => None,
            None if !self.roomy => None,
            None if self.focus == 0 => self.unit.as_ref(),
            None => self.peek.as_ref(),
        };
        view.filter(|view| self.current() == Some(view.code))
    }

    pub(super) fn reveal(&mut self) {
        // Who is to be called stands on the board itself: straight to the reason.
        if let Some(person) = self.board().and_then(Board::person)
            && matches!(self.over.last(), Some(Overlay::Board(_)))
        {
            let reason = Overlay::Reason(person, "phone".to_owned(), Input::default());
            return self.over.push(reason);
        }
        let Some(view) = self.in_sight() else {
            let told = self.say("先按 Enter 打开一条记录", "open a record first: Enter");
            return self.tell(Level::Warn, told);
        };
        let (kind, code) = (view.kind, view.code);
        let place = |key: &String| {
            let fields = kind.spec().fields.iter();
            let mut keys = fields.map(|field| field.key);
            keys.position(|known| key.split('.').next() == Some(known))
        };
        let mut keys = view.masked.clone();
        // As on the card: those who hold a post now come first.
        let ended = |key: &String| {
            let row = row_at(&view.fields, key);
            row.is_some_and(|row| row.contains_key("to"))
        };
        keys.sort_by_key(|key| (place(key), ended(key)));
        let items: Vec<Item> = keys
            .into_iter()
            .map(|key| {
                let name = label(kind, &key, self.lang);
                let whose = row_at(&view.fields, &key).map(|row| holder(row, self.lang));
                let (label, note) = match whose {
                    Some(whose) => (whose, name),
                    None => (name, String::new()),
                };
                Item {
                    choice: Choice::Field(code, key),
                    label,
                    note,
                    open: true,
                }
            })
            .collect();
        if items.is_empty() {
            let told = self.say("这条记录没有隐藏项", "nothing is masked here");
            return self.tell(Level::Warn, told);
        }
        let title = self.say("显示哪一项", "Show which field").to_owned();
        self.over.push(Overlay::Menu(Menu::new(title, items)));
    }

    pub(super) fn reason_given(&mut self) {
        let Some(Overlay::Reason(code, field, input)) = self.over.last() else {
            return;
        };
        let (code, field, reason) = (*code, field.clone(), input.value().to_owned());
        self.call(
            Tag::Reveal(code, field.clone()),
            Request::Reveal {
                code,
                field,
                reason,
            },
        );
    }
}
