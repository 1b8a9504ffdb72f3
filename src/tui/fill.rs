//! Filling in: forms, and the reason for showing a masked field.

use tui_input::Input;

use crate::domain::kind::Kind;
use crate::protocol::Request;
use crate::tui::app::{App, Level, Tag};
use crate::tui::form::Form;
use crate::tui::overlay::{Choice, Item, Menu, Overlay};

/// Today, by the clock of the session.
pub(super) fn today() -> chrono::NaiveDate {
    chrono::Local::now().date_naive()
}

impl App {
    pub(super) fn new_form(&mut self) {
        if let Some(draft) = self.draft.take() {
            return self.over.push(Overlay::Form(Box::new(draft)));
        }
        let kind = match self.focus {
            0 => Kind::Organisation,
            _ => Kind::Volunteer,
        };
        let title = format!(
            "{} {}",
            self.say("新建", "New"),
            kind.spec().label.get(self.lang)
        );
        let mut form = Form::new(kind, title);
        // The team that is selected is most likely the one that is meant.
        let key = if kind == Kind::Volunteer {
            "teams"
        } else {
            "parent"
        };
        let root = self.tree.node().is_none_or(|node| node.parent == 0);
        let code = self
            .tree
            .code()
            .filter(|_| !root || kind == Kind::Organisation);
        if let (Some(code), Some(at)) =
            (code, form.fields.iter().position(|field| field.key == key))
            && let Some(input) = form.inputs.get_mut(at)
        {
            *input = Input::new(code.to_string());
        }
        self.over.push(Overlay::Form(Box::new(form)));
    }

    pub(super) fn send(&mut self) {
        let lang = self.lang;
        let Some(Overlay::Form(form)) = self.over.last_mut() else {
            return;
        };
        if form.sending {
            return;
        }
        let confirmed = form.confirmed;
        form.check(form.at, today(), lang);
        form.confirmed = confirmed;
        if !confirmed && let Some((key, said)) = form.problems.iter().next() {
            let (key, said) = (key.clone(), said.clone());
            if let Some(at) = form.fields.iter().position(|field| field.key == key)
                && form
                    .inputs
                    .get(at)
                    .is_some_and(|input| !input.value().is_empty())
            {
                form.at = at;
                return self.tell(Level::Error, said);
            }
        }
        form.problems.clear();
        form.sending = true;
        let (token, change) = (form.token, form.change());
        self.call(Tag::Sent, Request::Make { token, change });
    }

    pub(super) fn reveal(&mut self) {
        let Some(Overlay::Card(card)) = self.over.last() else {
            let told = self.say("先按 Enter 打开一条记录", "open a record first: Enter");
            return self.tell(Level::Warn, told);
        };
        let spec = card.view.kind.spec();
        let code = card.view.code;
        let items: Vec<Item> = spec
            .fields
            .iter()
            .filter(|field| card.view.masked.iter().any(|key| key == field.key))
            .map(|field| Item {
                choice: Choice::Field(code, field.key),
                label: field.label.get(self.lang).to_owned(),
                note: String::new(),
                open: true,
            })
            .collect();
        if items.is_empty() {
            let told = self.say("这条记录没有隐藏项", "nothing is masked here");
            return self.tell(Level::Info, told);
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
