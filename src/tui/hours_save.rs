//! The hours of an activity as they are filled in, saved row by row, tried, and left.

use std::collections::BTreeSet;

use crate::domain::kind::{Code, Kind};
use crate::domain::said::Lang;
use crate::domain::value::{Fields, Value};
use crate::protocol::{Act, Change, Request};
use crate::tui::app::{App, Level, Tag};
use crate::tui::board::{Board, Body, Part, token};
use crate::tui::form::Form;
use crate::tui::hours::{Line, PENDING, Slot};
use crate::tui::overlay::Overlay;

/// Who was there.
const PRESENT: &str = "到场";

impl App {
    /// `=`: the minutes held on the day for everybody who was there and has nothing yet.
    pub(super) fn fill_minutes(&mut self) {
        if self.hours_shut() {
            return;
        }
        let Some(Body::Hours(hours)) = self.top_board().map(|board| &mut board.body) else {
            return;
        };
        let days = hours.days();
        let length = |day: &str| {
            let held = days.iter().find(|(one, _)| one == day);
            held.map_or(0, |(_, minutes)| *minutes)
        };
        let lines = hours
            .lines
            .iter()
            .filter(|line| line.open() && line.enrolled == PRESENT);
        let slots: Vec<Slot> = lines.map(Line::slot).collect();
        let (mut count, mut filled) = (0, BTreeSet::new());
        for slot in slots {
            let minutes = length(&slot.1);
            if minutes == 0 {
                continue;
            }
            let draft = hours.row(slot);
            if draft.minutes.is_empty() {
                draft.minutes = minutes.to_string();
                filled.insert(minutes);
                count += 1;
            }
        }
        let filled: Vec<String> = filled.iter().map(i64::to_string).collect();
        let length = filled.join("/");
        let steps = self.keymap.short("steps");
        let told = match (self.lang, count) {
            (Lang::Zh, 0) => "没有「到场」而未填的人".to_owned(),
            (Lang::En, 0) => "nobody present has empty minutes".to_owned(),
            (Lang::Zh, _) => {
                format!("{count} 行填 {length} 分钟，可逐行改；{steps} 保存")
            }
            (Lang::En, _) => {
                format!("{length} minutes for {count}, each can be changed; {steps} saves")
            }
        };
        self.tell(Level::Info, told);
    }

    /// F8: saves what is typed, each row on its own; false if nothing is.
    pub(super) fn save_minutes(&mut self) -> bool {
        let Some(board) = self.top_board() else {
            return false;
        };
        let id = board.id;
        let Body::Hours(hours) = &mut board.body else {
            return false;
        };
        if hours.ahead.taken {
            self.say_taken();
            return true;
        }
        if hours.typed.is_empty() || hours.saving > 0 {
            return hours.saving > 0;
        }
        let mut calls = Vec::new();
        for (slot, draft) in &mut hours.typed {
            let (volunteer, day) = slot;
            if draft.minutes.is_empty() {
                continue;
            }
            if draft.token == 0 {
                draft.token = token();
            }
            let mut fields = Fields::from([
                ("volunteer".to_owned(), Value::from(volunteer.to_string())),
                ("activity".to_owned(), hours.activity.to_string().into()),
                ("minutes".to_owned(), draft.minutes.clone().into()),
            ]);
            if !day.is_empty() {
                fields.insert("day".to_owned(), day.clone().into());
            }
            if !draft.evidence.is_empty() {
                fields.insert("evidence".to_owned(), draft.evidence.clone().into());
            }
            let change = Change {
                act: Act::New(Kind::ServiceRecord),
                fields,
                confirmed: draft.confirmed,
                reason: String::new(),
            };
            calls.push((slot.clone(), draft.token, change));
        }
        (hours.saving, hours.saved) = (calls.len(), 0);
        if calls.is_empty() {
            let told = self.say("还没有填分钟：打数字", "no minutes yet: type digits");
            self.tell(Level::Warn, told);
            return true;
        }
        // The numbers of the calls are kept before they are used: whoever goes on after a fall saves no row twice.
        self.write_ahead(true);
        for (slot, token, change) in calls {
            let tag = Tag::Board(id, Part::Saved(slot));
            self.call(tag, Request::Make { token, change });
        }
        true
    }

    /// Asks, for the pending rows in sight, whether they could be confirmed.
    pub(super) fn try_rows(&mut self, id: u64) {
        // Who may not confirm is told nothing of it.
        if self.shut("step", Kind::ServiceRecord).is_some() {
            return;
        }
        let Some(board) = self.board_of(id) else {
            return;
        };
        let (top, height) = (board.top, board.height);
        let Body::Hours(hours) = &mut board.body else {
            return;
        };
        let records = hours.lines.iter().skip(top).take(height);
        let pending: Vec<Code> = records
            .filter_map(|line| line.record.as_ref())
            .filter(|record| record.status == PENDING)
            .map(|record| record.code)
            .collect();
        let mut ask = Vec::new();
        for code in pending {
            let trial = hours.trials.entry(code).or_default();
            if !std::mem::replace(&mut trial.fresh, true) {
                ask.push(code);
            }
        }
        for code in ask {
            let change = Change {
                act: Act::Step {
                    code,
                    step: "confirm".to_owned(),
                    rev: None,
                },
                fields: Fields::new(),
                confirmed: false,
                reason: String::new(),
            };
            self.call(Tag::Board(id, Part::Trial(code)), Request::Try(change));
        }
    }

    /// F7: a record with start and end, for somebody who served twice or is not enrolled.
    pub(super) fn new_record(&mut self) {
        let Some(board) = self.board() else { return };
        let Body::Hours(hours) = &board.body else {
            return;
        };
        let line = hours.lines.get(board.at);
        let (activity, volunteer) = (hours.activity, line.map(|line| line.volunteer));
        let mut form = Form::new(Kind::ServiceRecord, self.named_form(Kind::ServiceRecord));
        form.prefill("activity", &activity.to_string());
        if let Some(volunteer) = volunteer {
            form.prefill("volunteer", &volunteer.to_string());
        }
        self.over.push(Overlay::Form(Box::new(form)));
    }

    /// The board is left: what was typed waits for the next time.
    pub(super) fn left_board(&mut self, board: Board) {
        let Body::Hours(hours) = board.body else {
            return;
        };
        let count = hours.typed.len();
        let nothing = hours.texts().is_empty();
        self.kept.hours.remove(&hours.activity);
        if nothing || hours.ahead.taken {
            if nothing && hours.ahead.begun() && !hours.ahead.taken {
                self.forget_draft(hours.ahead.id);
            }
            return;
        }
        self.kept.hours.insert(hours.activity, *hours);
        self.write_ahead(true);
        if count == 0 {
            let told = self.keyed(
                "依据还没有填完，已留着：再按 {hours} 打开，{open} 填入",
                "the evidence is not entered yet but kept: {hours} again, then {open}",
            );
            return self.tell(Level::Warn, told);
        }
        let [hours, steps] = ["hours", "steps"].map(|action| self.keymap.short(action));
        let told = match self.lang {
            Lang::Zh => {
                format!("{count} 行时长还没有保存，已留着：再按 {hours} 打开，{steps} 保存")
            }
            Lang::En => {
                format!("{count} rows of hours are not saved but kept: {hours} again, then {steps}")
            }
        };
        self.tell(Level::Warn, told);
    }
}
