//! What actions do: which, where, and by what.

use crate::protocol::Request;
use crate::tui::action::{ACTIONS, Place};
use crate::tui::app::{App, Level, Tag};
use crate::tui::overlay::{Help, Overlay};

/// An action that is done here: its key, the places where it is done, and what does it.
type Deed = (&'static str, &'static [Place], fn(&mut App));

/// Wherever one is.
const ALL: &[Place] = &[];
/// Where nothing lies over the panes.
pub(super) const PANES: &[Place] = &[Place::Tree, Place::List, Place::Panes];
/// The same, beside the tree.
const BESIDE: &[Place] = &[Place::List, Place::Panes];
const TREE: &[Place] = &[Place::Tree];
const FORM: &[Place] = &[Place::Form];
/// Over the panes, where a record is before one.
const RECORD: &[Place] = &[Place::Card, Place::Case, Place::Look];
const BOARDS: &[Place] = &[
    Place::Roster,
    Place::Hours,
    Place::Sums,
    Place::Matching,
    Place::Calendar,
    Place::Findings,
];

/// What actions do; where an action has several rows, the first whose place it is.
#[rustfmt::skip]
const DEEDS: &[Deed] = &[
    ("quit", PANES, App::quit),
    ("redraw", ALL, |app| app.redraw = true),
    ("cover", ALL, App::cover),
    ("cover_after", ALL, App::cover_menu),
    ("cover_pin", ALL, App::pin_menu),
    ("cancel", ALL, App::back),
    ("stop", ALL, App::back),
    ("help", ALL, App::help),
    ("look", ALL, App::look),
    ("palette", ALL, App::palette),
    ("go", ALL, |app| app.prefix = Some(app.now)),
    ("pane1", PANES, |app| app.focus = 0),
    ("pane2", PANES, |app| app.focus = 1),
    ("pane3", PANES, |app| app.focus = 2),
    ("pane4", PANES, |app| app.focus = 3),
    ("pane5", PANES, App::reach_preview),
    ("jump_back", ALL, |app| app.jump(-1)),
    ("jump_on", ALL, |app| app.jump(1)),
    ("tour", ALL, App::begin_tour),
    ("mouse", ALL, App::turn_mouse),
    ("clipboard", ALL, App::turn_clipboard),
    ("keep", ALL, App::keep_now),
    ("next", PANES, |app| app.next_pane(1)),
    ("back_pane", PANES, |app| app.next_pane(-1)),
    // The form stays as it is, and waits behind the workstation.
    ("next", FORM, App::back),
    ("zoom", PANES, |app| app.zoom = !app.zoom),
    ("search", TREE, App::look),
    ("search", BESIDE, App::start_typing),
    ("refresh", ALL, App::refresh),
    ("new", PANES, App::new_form),
    ("new", RECORD, App::new_here),
    ("desk.note", ALL, App::turn_note),
    ("selftest", ALL, App::selftest),
    ("drafts", ALL, App::draft_box),
    ("undo", PANES, App::take_back),
    ("undo", RECORD, App::take_back),
    ("undo", BOARDS, App::take_back),
    ("messages", ALL, App::open_log),
    ("edit", ALL, App::edit),
    ("steps", ALL, App::ask_steps),
    ("history", ALL, App::history),
    ("reveal", ALL, App::reveal),
    ("copy", ALL, App::copy),
    ("mark", PANES, App::toggle_mark),
    ("filter", BESIDE, App::filter_menu),
    ("filter1", PANES, |app| app.quick_filter(0)),
    ("filter2", PANES, |app| app.quick_filter(1)),
    ("filter3", PANES, |app| app.quick_filter(2)),
    ("filter4", PANES, |app| app.quick_filter(3)),
    ("sort", BESIDE, App::sort_menu),
    ("columns", BESIDE, |app| app.columns_menu(0)),
    ("work", PANES, App::turn_work),
    ("today", PANES, App::turn_today),
    ("previous", ALL, |app| app.turn(-1)),
    ("following", ALL, |app| app.turn(1)),
    ("dissolved", TREE, |app| app.tree.toggle_dissolved()),
    ("up", ALL, |app| app.go_by(-1)),
    ("down", ALL, |app| app.go_by(1)),
    ("page_up", ALL, |app| app.go_by(-app.page())),
    ("page_down", ALL, |app| app.go_by(app.page())),
    ("first", ALL, |app| app.go_by(isize::MIN / 4)),
    ("last", ALL, |app| app.go_by(isize::MAX / 4)),
    ("left", TREE, |app| app.tree.left()),
    ("right", TREE, |app| app.tree.right()),
    ("open", ALL, App::open),
];

/// What is done to the selected row: not to one that the answer to what was typed may replace.
const MEANT: &[&str] = &["open", "edit", "steps", "history", "copy", "mark"];

impl App {
    /// An action.
    pub fn act(&mut self, action: &str) {
        // What was refused stays until Esc; whatever is said later takes its place.
        if matches!(action, "cancel" | "stop") {
            self.message = None;
        }
        self.hurry = None;
        let dropped = self.dropped_lately();
        if !matches!(action, "quit" | "cancel") {
            self.leaving = false;
        }
        if self.barred(action) {
            return;
        }
        let meant = MEANT.contains(&action) || action == "new" && self.noted();
        if meant && self.unsettled() {
            self.hurry = Some(action.to_owned());
            return;
        }
        if self.board_act(action) {
            return;
        }
        if let Some(step) = action.strip_prefix("case.") {
            return self.case_letter(step);
        }
        match dropped.filter(|_| action == "undo" && self.over.is_empty()) {
            Some(id) => self.restore_draft(id),
            None => self.deed(action),
        }
        self.narrow();
    }

    /// Does what the table says of an action here, or tells that it is not for here.
    fn deed(&mut self, action: &str) {
        let place = self.place();
        let mut deeds = DEEDS.iter().filter(|(key, ..)| *key == action);
        let here = deeds.find(|(_, places, _)| places.is_empty() || places.contains(&place));
        if let Some((.., does)) = here {
            does(self);
        } else if ACTIONS.iter().any(|row| row.key == action && row.listed) {
            let told = self.keyed("这里用不上，先按 {cancel} 返回", "not here: {cancel} first");
            self.tell(Level::Warn, told);
        }
    }

    /// With a note of a call at hand, the call; else a record that belongs to the one before one.
    fn new_here(&mut self) {
        match self.noted() {
            true => self.store_call(false, false),
            false => self.new_form(),
        }
    }

    fn refresh(&mut self) {
        self.changed.clear();
        self.begin();
    }

    fn edit(&mut self) {
        if let Some(code) = self.current()
            && !self.edit_on(code)
        {
            self.call(Tag::Edit, Request::Show(code));
        }
    }

    fn history(&mut self) {
        if let Some(code) = self.current() {
            self.call(Tag::History, Request::History { code, limit: 200 });
        }
    }

    fn help(&mut self) {
        if matches!(self.over.last(), Some(Overlay::Help(_))) {
            return;
        }
        let place = self.place();
        let typing = self.over.last().is_some_and(Overlay::typing);
        self.over.push(Overlay::Help(Help {
            input: tui_input::Input::default(),
            page: 0,
            place,
            typing,
            top: 0,
        }));
    }
}
