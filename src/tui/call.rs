//! The note line of the look-up: what is typed there is the form of a call, written ahead like any other.

use ratatui::crossterm::event::KeyEvent;

use crate::domain::call::ABOUT;
use crate::domain::kind::{Code, Kind};
use crate::domain::said::Lang;
use crate::domain::value::Value;
use crate::protocol::{Request, View};
use crate::tui::app::{App, Level, Tag};
use crate::tui::draw::confirm::named;
use crate::tui::entry::edit_field;
use crate::tui::form::{Form, typed};
use crate::tui::menu::{Choice, Item, Menu};
use crate::tui::overlay::{Look, Overlay};

/// The field that the line is typed into.
const NOTE: &str = "note";

impl Look {
    /// Whether something is noted.
    pub fn noted(&self) -> bool {
        let at = self.note.place(NOTE).unwrap_or(0);
        !self.note.text(at).trim().is_empty()
    }

    /// What the call is about: what was looked for or chosen, never what only stood there.
    pub fn about(&self) -> Option<&crate::protocol::Row> {
        let row = self.list.selected();
        row.filter(|row| (self.chosen || !self.recent) && ABOUT.contains(&row.kind))
    }
}

impl App {
    /// A call of which nothing is noted yet.
    pub(super) fn fresh_note(&self) -> Form {
        let mut form = self.fresh(Kind::Call);
        form.at = form.place(NOTE).unwrap_or(0);
        form
    }

    /// The look-up on top, while its note line has the keys.
    fn noting(&mut self) -> Option<&mut Look> {
        match self.over.last_mut() {
            Some(Overlay::Look(look)) if look.noting => Some(look),
            _ => None,
        }
    }

    /// Tab: from the query to the note, and back.
    pub(super) fn turn_note(&mut self) {
        if let Some(Overlay::Look(look)) = self.over.last_mut() {
            look.noting = !look.noting;
        }
    }

    /// A key in the note line; none where the query has the keys.
    pub(super) fn note_key(&mut self, key: &KeyEvent, action: Option<&str>) -> Option<bool> {
        let look = self.noting()?;
        let form = &mut look.note;
        let changes = matches!(
            action,
            None | Some("undo" | "redo" | "clear" | "word" | "kill")
        );
        if form.ahead.taken && changes {
            self.say_taken();
            return Some(true);
        }
        if form.sending && changes {
            self.say_sending();
            return Some(true);
        }
        form.at = form.place(NOTE).unwrap_or(0);
        match action {
            Some("undo" | "redo") => {
                form.turn_back(action == Some("redo"));
                Some(true)
            }
            _ => Some(edit_field(form, key, action)),
        }
    }

    /// What is pasted into the note line; false where the query has the keys.
    pub(super) fn paste_note(&mut self, text: &str) -> bool {
        let Some(look) = self.noting() else {
            return false;
        };
        if look.note.sending {
            self.say_sending();
        } else if let Some(input) = look.note.input() {
            input.insert_str(text);
        } else {
            self.say_taken();
        }
        true
    }

    /// The note is about who is selected, once the rows answer what was typed.
    pub(super) fn follow_note(&mut self) {
        let lang = self.lang;
        let Some(Overlay::Look(look)) = self.over.last_mut() else {
            return;
        };
        if look.note.sending || look.note.ahead.taken || look.list.unsettled() {
            return;
        }
        let about = look.about().map(|row| (row.code, row.title.clone()));
        let code = about.as_ref().map(|(code, _)| code.to_string());
        let code = code.unwrap_or_default();
        let place = look.note.place("about");
        if place.is_none_or(|at| look.note.text(at) == code) {
            return;
        }
        look.note.prefill("about", &code);
        let name = about.map_or_else(String::new, |(_, name)| format!(" {name}"));
        let label = Kind::Call.spec().label.get(lang);
        look.note.title = format!("{label}{name}");
    }

    /// A look-up is left, or begins anew: its note is kept as a draft.
    pub(super) fn leave_note(&mut self, form: Form) {
        if form.sending {
            self.drafts.left.push(form);
        } else if form.touched() && !form.ahead.taken {
            self.leaving = false;
            self.leave_draft(form);
        } else if form.ahead.begun() && !form.ahead.taken {
            self.forget_draft(form.token);
        }
    }

    /// Whether the look-up on top has a note.
    pub fn noted(&self) -> bool {
        matches!(self.over.last(), Some(Overlay::Look(look)) if look.noted())
    }

    /// Stores the call: answered at once, or for a complaint that is entered next.
    pub(super) fn store_call(&mut self, answered: bool, complain: bool) {
        let Some(Overlay::Look(look)) = self.over.last_mut() else {
            return;
        };
        if look.note.sending {
            return;
        }
        if let Some(code) = look.note.earlier {
            let token = look.note.token;
            return self.ask_earlier(token, code);
        }
        look.complain = complain;
        let yes = match self.lang {
            Lang::Zh => "是",
            Lang::En => "yes",
        };
        let place = look.note.place("answered");
        if let Some(at) = place
            && (look.note.text(at) == yes) != answered
        {
            look.note.put(at, if answered { yes } else { "" });
        }
        // What is typed is kept before it is sent.
        self.write_ahead(true);
        let Some(Overlay::Look(look)) = self.over.last_mut() else {
            return;
        };
        look.noting = false;
        let form = &mut look.note;
        form.problems.clear();
        form.sending = true;
        let (token, change) = (form.token, form.change());
        form.last.get_or_insert_with(|| change.clone());
        form.unsure = false;
        self.call(Tag::Sent(token), Request::Make { token, change });
    }

    /// A call was stored: the line is free for the next; true if a complaint is to be entered of it.
    pub(super) fn call_done(&mut self, token: u64) -> bool {
        let fresh = self.fresh_note();
        let mut over = self.over.iter_mut().filter_map(|over| match over {
            Overlay::Look(look) if look.note.token == token => Some(look),
            _ => None,
        });
        let Some(look) = over.next() else {
            return false;
        };
        look.note = fresh;
        let complain = std::mem::take(&mut look.complain);
        let about = look.list.selected().map(|row| row.code);
        if let Some(code) = about {
            self.call(Tag::Preview(code), Request::Show(code));
        }
        complain
    }

    /// What is said of a call that is stored: its code, and whom it is about.
    pub(super) fn call_saved(&self, view: &View) -> String {
        let code = view.code;
        let about = view.fields.get("about").map_or(&[][..], Value::parts);
        let about: Vec<String> = about
            .iter()
            .filter_map(|part| {
                let code = part.text()?;
                let name = view.names.get(code).map_or("", String::as_str);
                Some(format!("{name} {code}"))
            })
            .collect();
        let about = about.join(self.say("、", ", "));
        match (self.lang, about.is_empty()) {
            (Lang::Zh, true) => format!("已存来电 {code}"),
            (Lang::En, true) => format!("the call is stored as {code}"),
            (Lang::Zh, false) => format!("已存来电 {code}：{about}"),
            (Lang::En, false) => format!("the call is stored as {code}: {about}"),
        }
    }

    /// The call was not stored: no complaint follows, and the line has the keys again.
    pub(super) fn call_refused(&mut self, token: u64) {
        for over in &mut self.over {
            if let Overlay::Look(look) = over
                && look.note.token == token
            {
                (look.complain, look.noting) = (false, true);
            }
        }
    }

    /// Whether a look-up holds the call with a token.
    pub(super) fn noted_as(&self, token: u64) -> bool {
        let mut over = self.over.iter();
        over.any(|over| matches!(over, Overlay::Look(look) if look.note.token == token))
    }

    /// F8 where something is noted: at once, so that the next digit is never text.
    pub(super) fn note_menu(&mut self) {
        let item = |choice, label: &str, note: &str| Item {
            choice,
            label: label.to_owned(),
            note: note.to_owned(),
            open: true,
        };
        let mut items = vec![
            item(
                Choice::Complain,
                self.say("转投诉", "Enter a complaint"),
                self.say(
                    "先存来电，再填投诉，所记和所选已填好",
                    "the call is stored, then the complaint is filled in with it",
                ),
            ),
            item(
                Choice::Answered,
                self.say("存来电，已当场答复", "Store the call, answered"),
                self.say("不用再回电", "nobody need call back"),
            ),
        ];
        if let Some(code) = self.current() {
            let label = self.say("办理选中的", "Steps of what is selected");
            items.push(item(Choice::StepsOf(code), label, &named(self, code)));
        }
        let title = self.say("来电", "The call").to_owned();
        self.over.push(Overlay::Menu(Menu::new(title, items)));
    }

    /// Fills in a complaint with what a call tells: who is known is the complainant, a team or an activity is accused.
    pub(super) fn of_call(&self, form: &mut Form, view: &View) {
        let held = |key: &str| view.fields.get(key);
        let codes = held("about").map_or(&[][..], Value::parts).iter();
        let codes: Vec<Code> = codes.filter_map(|part| Code::read(part.text()?)).collect();
        let first = |kind: Kind| codes.iter().find(|code| code.kind == kind);
        let facts = held(NOTE).map_or_else(String::new, ToString::to_string);
        // Not only filled in: what the caller said is kept if the form is left.
        if let Some(at) = form.place("facts") {
            form.put(at, &facts);
        }
        let person = first(Kind::Volunteer).and_then(|code| view.names.get(&code.to_string()));
        let caller = held("caller").map(ToString::to_string);
        if let Some(name) = caller.as_ref().or(person) {
            form.prefill("complainant", name);
        }
        for (kind, key) in [
            (Kind::Organisation, "accused"),
            (Kind::Activity, "activity"),
        ] {
            if let Some(code) = first(kind) {
                form.prefill(key, &code.to_string());
            }
        }
        let field = view.kind.spec().field("when").zip(held("when"));
        if let Some((field, when)) = field {
            form.prefill("received_at", &typed(field, when, self.lang));
        }
    }

    /// What is said of a call that was not stored.
    pub(super) fn call_unsent(&mut self, told: &str) {
        let told = match self.lang {
            Lang::Zh => format!("来电没有存下：{told}。记的还在，再按 F7"),
            Lang::En => format!("the call is not stored: {told}. The note is here, F7 again"),
        };
        self.tell(Level::Error, told);
    }
}
