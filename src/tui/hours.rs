//! 时长: the hours of an activity, a row a participant, typed in place.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use tui_input::Input;

use crate::domain::enrolment::TAKES_PART;
use crate::domain::kind::{Code, Kind};
use crate::domain::value::{Fields, Value};
use crate::protocol::work::CoverView;
use crate::protocol::{Act, Change, Request, View};
use crate::tui::ahead::Ahead;
use crate::tui::app::{App, Level, Tag};
use crate::tui::board::{Board, Body, Part, token};
use crate::tui::form::Form;
use crate::tui::overlay::Overlay;
use crate::tui::roster::{field, minutes};

/// The state of a record that waits for its confirmation.
pub const PENDING: &str = "待确认";
const WITHDRAWN: &str = "撤销";
const PRESENT: &str = "到场";

/// What one row of hours is for: a volunteer, and the day; an empty day is left to the service.
pub type Slot = (Code, String);

/// Hours that are typed and not saved.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Minutes as typed.
    pub minutes: String,
    /// What proves them.
    pub evidence: String,
    /// Why they were not taken.
    pub problem: String,
    /// Whether the next save means yes.
    pub confirmed: bool,
    /// Whether no answer came to the last save.
    pub unsure: bool,
    /// The number of the call: the same one when it is sent again.
    pub token: u64,
}

/// A service record.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its code.
    pub code: Code,
    /// Its state.
    pub status: String,
    /// Its minutes.
    pub minutes: String,
    /// Its day.
    pub day: String,
    /// What proves it.
    pub evidence: String,
}

/// A row: a participant with a record, or with none yet.
#[derive(Clone, Debug)]
pub struct Line {
    /// The volunteer.
    pub volunteer: Code,
    /// The name.
    pub name: String,
    /// The state of the enrolment; empty if there is none.
    pub enrolled: String,
    /// The record.
    pub record: Option<Entry>,
    /// The day that is served; empty where it is left to the service.
    pub day: String,
}

impl Line {
    /// What is typed here is for this volunteer and day.
    pub fn slot(&self) -> Slot {
        (self.volunteer, self.day.clone())
    }

    /// What the row is: the record, or the volunteer who has none.
    pub fn code(&self) -> Code {
        self.record
            .as_ref()
            .map_or(self.volunteer, |record| record.code)
    }

    /// Whether hours may be typed here: for those who were there.
    pub fn open(&self) -> bool {
        self.record.is_none() && TAKES_PART.contains(&self.enrolled.as_str())
    }
}

/// What the service says to a confirmation that was only tried.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// Why it would be refused.
    pub held: Option<String>,
    /// Whether the record is as it was tried.
    pub fresh: bool,
}

/// The hours of an activity.
pub struct Hours {
    /// The activity.
    pub activity: Code,
    /// Its fields, once they came.
    pub view: Option<View>,
    /// Its people and sessions.
    pub cover: CoverView,
    /// Its service records.
    pub records: BTreeMap<Code, View>,
    /// The rows.
    pub lines: Vec<Line>,
    /// The day on which it is looked at.
    pub today: NaiveDate,
    /// What is typed, by volunteer and day.
    pub typed: BTreeMap<Slot, Draft>,
    /// The evidence that is being typed.
    pub evidence: Option<Input>,
    /// What would be refused, by record.
    pub trials: BTreeMap<Code, Trial>,
    /// Rows that are being saved.
    pub saving: usize,
    /// Rows that were saved since F8.
    pub saved: usize,
    /// How far it is written ahead.
    pub ahead: Ahead,
    /// The rows for which the evidence is being typed.
    pub(super) proves: BTreeSet<Slot>,
    /// The numbers of rows that were emptied: what is typed there anew is still the same call.
    pub(super) spent: BTreeMap<Slot, u64>,
}

impl Hours {
    /// The hours of an activity, with what was typed before.
    pub fn new(activity: Code, today: NaiveDate, typed: BTreeMap<Slot, Draft>) -> Hours {
        Hours {
            activity,
            today,
            view: None,
            cover: CoverView::default(),
            records: BTreeMap::new(),
            lines: Vec::new(),
            typed,
            evidence: None,
            trials: BTreeMap::new(),
            saving: 0,
            saved: 0,
            ahead: Ahead::new(token()),
            proves: BTreeSet::new(),
            spent: BTreeMap::new(),
        }
    }

    /// The minutes of all sessions.
    pub fn length(&self) -> i64 {
        self.cover.sessions.iter().map(minutes).sum()
    }

    /// The days that were held until today, each with its minutes; the first one while none was.
    pub fn days(&self) -> Vec<(String, i64)> {
        let mut days: BTreeMap<String, i64> = BTreeMap::new();
        for session in &self.cover.sessions {
            let day = session.0.get(..10).unwrap_or(&session.0);
            *days.entry(day.to_owned()).or_default() += minutes(session);
        }
        let today = self.today.to_string();
        let held = days.keys().filter(|day| **day <= today).count().max(1);
        days.into_iter().take(held).collect()
    }

    /// The state of a record.
    pub fn status(&self, code: Code) -> &str {
        let records = self.lines.iter().filter_map(|line| line.record.as_ref());
        let mut found = records.filter(|record| record.code == code);
        found.next().map_or("", |record| record.status.as_str())
    }

    /// Lays out the rows: those who took part first, then records of people who are not enrolled.
    ///
    /// Of an activity of several days each has a row a day, until the records hold all its minutes.
    pub fn lay(&mut self) {
        let entry = |view: &View| Entry {
            code: view.code,
            status: field(Some(view), "status"),
            minutes: field(Some(view), "minutes"),
            day: field(Some(view), "day"),
            evidence: field(Some(view), "evidence"),
        };
        let mut of: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for view in self.records.values() {
            let entry = entry(view);
            if entry.status != WITHDRAWN {
                of.entry(field(Some(view), "volunteer"))
                    .or_default()
                    .push(entry);
            }
        }
        let mut people: Vec<_> = self.cover.people.iter().collect();
        people.sort_by_key(|row| !TAKES_PART.contains(&row.status.as_str()));
        let (days, length) = (self.days(), self.length());
        let mut lines = Vec::new();
        let mut put = |volunteer: Code, name: &str, enrolled: &str, records: Vec<Entry>| {
            let line = |day: &str, record| Line {
                volunteer,
                name: name.to_owned(),
                enrolled: enrolled.to_owned(),
                record,
                day: day.to_owned(),
            };
            let has = |day: &str| records.iter().any(|record| record.day == day);
            let held = records.iter().map(|one| one.minutes.parse::<i64>());
            let held: i64 = held.filter_map(Result::ok).sum();
            let mut own: Vec<Line> = match days.as_slice() {
                [_, _, ..]
                    if TAKES_PART.contains(&enrolled) && (records.is_empty() || held < length) =>
                {
                    let open = days.iter().filter(|(day, _)| !has(day));
                    open.map(|(day, _)| line(day, None)).collect()
                }
                [(day, _)] if records.is_empty() => vec![line(day, None)],
                _ if records.is_empty() => vec![line("", None)],
                _ => Vec::new(),
            };
            own.extend(records.into_iter().map(|record| {
                let day = record.day.clone();
                line(&day, Some(record))
            }));
            own.sort_by(|one, other| one.day.cmp(&other.day));
            lines.append(&mut own);
        };
        for row in people {
            let records = of.remove(&row.volunteer.to_string()).unwrap_or_default();
            put(row.volunteer, &row.name, &row.status, records);
        }
        for (volunteer, records) in of {
            let Some(code) = Code::read(&volunteer) else {
                continue;
            };
            let names = self
                .records
                .values()
                .find_map(|view| view.names.get(&volunteer));
            put(code, names.map_or("", String::as_str), "", records);
        }
        self.lines = lines;
    }
}

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
            (crate::domain::said::Lang::Zh, 0) => "没有「到场」而未填的人".to_owned(),
            (crate::domain::said::Lang::En, 0) => "nobody present has empty minutes".to_owned(),
            (crate::domain::said::Lang::Zh, _) => {
                format!("{count} 行填 {length} 分钟，可逐行改；{steps} 保存")
            }
            (crate::domain::said::Lang::En, _) => {
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
            crate::domain::said::Lang::Zh => {
                format!("{count} 行时长还没有保存，已留着：再按 {hours} 打开，{steps} 保存")
            }
            crate::domain::said::Lang::En => {
                format!("{count} rows of hours are not saved but kept: {hours} again, then {steps}")
            }
        };
        self.tell(Level::Warn, told);
    }
}
