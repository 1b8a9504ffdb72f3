//! F7: a new record, alone or belonging to the one that is selected; and the start of an agreement's text.

use crate::domain::agreement::ELEMENTS;
use crate::domain::field::Need;
use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::moment::{Span, spans};
use crate::domain::template::TEMPLATES;
use crate::protocol::work::CoverView;
use crate::protocol::{Request, View};
use crate::tui::app::{App, Tag};
use crate::tui::form::Form;
use crate::tui::menu::{Choice, Item, Menu};
use crate::tui::overlay::Overlay;
use crate::tui::roster::counts;

/// The kinds of records that others are made for, one by one.
const ABOVE: [Kind; 5] = [
    Kind::Activity,
    Kind::Volunteer,
    Kind::Complaint,
    Kind::Incident,
    Kind::Call,
];

/// What a new record takes over from the one that it belongs to: kind above, kind made, fields of both.
const TAKEN: &[(Kind, Kind, &str, &str)] = &[
    (Kind::Activity, Kind::Agreement, "org", "org"),
    (Kind::Activity, Kind::Agreement, "recipient", "recipient"),
    (Kind::Activity, Kind::Agreement, "place", "place"),
    (Kind::Activity, Kind::Agreement, "time", "sessions"),
    (Kind::Activity, Kind::Agreement, "conditions", "conditions"),
    (Kind::Activity, Kind::Insurance, "org", "org"),
    (Kind::Activity, Kind::Insurance, "from", "day"),
    (Kind::Activity, Kind::Insurance, "to", "until"),
    (Kind::Activity, Kind::ServiceRecord, "day", "day"),
    (Kind::Complaint, Kind::Sanction, "subject", "accused"),
];

/// The kinds that may belong to a record of a kind, with the field that says so.
pub fn belonging(kind: Kind) -> impl Iterator<Item = (Kind, &'static str)> {
    let above = ABOVE.contains(&kind);
    KINDS.iter().filter(move |_| above).filter_map(move |spec| {
        let mut fields = spec.fields.iter();
        let field =
            fields.find(|field| field.need != Need::System && field.names().contains(&kind))?;
        // A matter about another one is entered as its own.
        (spec.kind != kind).then_some((spec.kind, field.key))
    })
}

fn text(view: &View, key: &str) -> String {
    match key {
        "sessions" => {
            let said: Vec<String> = spans(view.fields.get(key)).iter().map(Span::said).collect();
            said.join("\n")
        }
        _ => view
            .fields
            .get(key)
            .map_or_else(String::new, ToString::to_string),
    }
}

impl App {
    /// The kind that is made where the keys go.
    pub(super) fn new_kind(&self) -> Kind {
        if let Some(Overlay::Card(card)) = self.over.last() {
            return Some(card.view.kind)
                .filter(|kind| *kind != Kind::Operator)
                .unwrap_or(Kind::Volunteer);
        }
        match self.focus {
            0 => Kind::Organisation,
            2 => self.work_kind(),
            3 => self.listed_kind(2).unwrap_or(Kind::Complaint),
            _ => Kind::Volunteer,
        }
    }

    /// The record that a new one may belong to: the open card, or the selected work.
    pub(super) fn above(&self) -> Option<Code> {
        let code = match self.over.last() {
            Some(Overlay::Card(card)) => Some(card.view.code),
            None if self.focus == 2 => self.current(),
            _ => None,
        };
        code.filter(|code| ABOVE.contains(&code.kind))
    }

    /// The lines of F7 for what may belong to the selected record.
    pub(super) fn belonging_items(&self) -> Vec<Item> {
        let Some(above) = self.above() else {
            return Vec::new();
        };
        let item = |(kind, key): (Kind, &'static str)| {
            let label = kind.spec().label.get(self.lang).to_owned();
            let choice = Choice::Below(kind, key, above);
            if let Some(refusal) = self.shut("write", kind) {
                return Item::shut(choice, label, refusal.line(self.lang));
            }
            Item {
                choice,
                label,
                note: format!("{} {above}", self.say("属于", "of")),
                open: true,
            }
        };
        belonging(above.kind).map(item).collect()
    }

    /// Whether F7 asks what is to be made, and something of it may be.
    pub(super) fn asks_what(&self) -> bool {
        let may = |kind: Kind| self.shut("write", kind).is_none();
        let below = || {
            let above = self.above();
            above.is_some_and(|code| belonging(code.kind).any(|(kind, _)| may(kind)))
        };
        !self.waiting().is_empty() || below()
    }

    /// F7: an empty form, or the choice among drafts, an empty one, and what belongs to the selected record.
    pub(super) fn new_form(&mut self) {
        if self.waiting().is_empty() && self.above().is_none() {
            self.blank_form();
        } else {
            self.drafts_menu(true);
        }
    }

    /// An empty form.
    pub(super) fn blank_form(&mut self) {
        let kind = self.new_kind();
        let mut form = self.fresh(kind);
        // The team that is selected is most likely the one that is meant.
        let key = match kind {
            Kind::Volunteer => "teams",
            Kind::Organisation => "parent",
            _ => "org",
        };
        let root = self.tree.node().is_none_or(|node| node.parent == 0);
        let code = self
            .tree
            .code()
            .filter(|_| !root || kind == Kind::Organisation);
        if let Some(code) = code {
            form.prefill(key, &code.to_string());
        }
        self.open_fresh(form);
    }

    pub(super) fn fresh(&self, kind: Kind) -> Form {
        let label = kind.spec().label.get(self.lang);
        Form::new(kind, format!("{} {label}", self.say("新建", "New")))
    }

    fn open_fresh(&mut self, form: Form) {
        let agreement = form.kind() == Kind::Agreement;
        self.over.push(Overlay::Form(Box::new(form)));
        if agreement {
            self.template_menu(None);
        }
    }

    /// A kind was chosen that belongs to a record: what it takes over from there is asked for.
    pub(super) fn make_below(&mut self, kind: Kind, key: &'static str, above: Code) {
        self.call(Tag::Below(kind, key), Request::Show(above));
    }

    /// The record is here: a form with what is known.
    pub(super) fn below_form(&mut self, kind: Kind, key: &'static str, view: &View) {
        self.name(view);
        let mut form = self.fresh(kind);
        form.prefill(key, &view.code.to_string());
        let taken = |row: &&(Kind, Kind, &str, &str)| (row.0, row.1) == (view.kind, kind);
        for (.., field, source) in TAKEN.iter().filter(taken) {
            form.prefill(field, &text(view, source));
        }
        if (view.kind, kind) == (Kind::Call, Kind::Complaint) {
            self.of_call(&mut form, view);
        }
        // The first field that is still empty is where one goes on.
        let empty = (0..form.fields.len()).find(|at| form.text(*at).is_empty());
        form.at = empty.unwrap_or(0);
        let token = form.token;
        self.open_fresh(form);
        if (kind, view.kind) == (Kind::Agreement, Kind::Activity) {
            self.call(Tag::Parties(token), Request::Cover(view.code));
        }
    }

    /// Those who take part are the volunteers of the agreement, unless somebody was typed meanwhile.
    pub(super) fn parties(&mut self, token: u64, cover: &CoverView) {
        let people = || cover.people.iter().filter(|row| counts(row));
        let codes: Vec<String> = people().map(|row| row.volunteer.to_string()).collect();
        let gap = self.say("、", ", ");
        let Some(form) = self.sent(token) else { return };
        let empty = form
            .place("volunteers")
            .is_some_and(|at| form.text(at).is_empty());
        if empty && !codes.is_empty() {
            form.prefill("volunteers", &codes.join(gap));
            let names = people().map(|row| (row.volunteer, row.name.clone()));
            self.names.extend(names);
        }
    }

    /// The templates, for one element or for all that are still empty.
    pub(super) fn template_menu(&mut self, key: Option<&'static str>) {
        let items = TEMPLATES.iter().enumerate().map(|(nth, template)| Item {
            choice: Choice::Template(nth, key),
            label: template.name.get(self.lang).to_owned(),
            note: key
                .or(Some("content"))
                .and_then(|key| template.text(key))
                .unwrap_or("")
                .to_owned(),
            open: true,
        });
        let mut items: Vec<Item> = items.collect();
        if key.is_some() {
            items.push(Item {
                choice: Choice::Templates,
                label: self
                    .say("填全部未填要素...", "fill all open elements...")
                    .to_owned(),
                note: self
                    .say("再选一个模板", "then choose a template")
                    .to_owned(),
                open: true,
            });
        }
        let title = match key {
            Some(_) => self.say(
                "插入模板（Ctrl-Z 撤销）",
                "Insert a template (Ctrl-Z takes it back)",
            ),
            None => self.say(
                "协议模板：只填空着的要素，Esc 从空白写起",
                "Template for the open elements; Esc begins with nothing",
            ),
        };
        self.over
            .push(Overlay::Menu(Menu::new(title.to_owned(), items)));
    }

    /// A template was chosen.
    pub(super) fn take_template(&mut self, nth: usize, key: Option<&'static str>) {
        let (Some(template), Some(Overlay::Form(form))) =
            (TEMPLATES.get(nth), self.over.last_mut())
        else {
            return;
        };
        let texts = ELEMENTS.iter().filter_map(|element| {
            let at = form.place(element)?;
            let text = template.text(element)?;
            match key {
                Some(key) if key != *element => None,
                // What is there stays; the template stands below it.
                Some(_) => match form.text(at).trim_end() {
                    "" => Some((at, text.to_owned())),
                    held => Some((at, format!("{held}\n{text}"))),
                },
                None => form
                    .text(at)
                    .trim()
                    .is_empty()
                    .then(|| (at, text.to_owned())),
            }
        });
        let texts: Vec<(usize, String)> = texts.collect();
        for (at, text) in texts {
            form.put(at, &text);
        }
    }
}
