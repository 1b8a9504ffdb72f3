//! 找人: who fits a need or an activity, and what each said on the phone.

use std::collections::BTreeMap;

use crate::domain::kind::{Code, Kind};
use crate::domain::need::{RESULTS, said_last};
use crate::domain::record::Record;
use crate::domain::value::{Fields, Value};
use crate::protocol::work::{CoverRow, Match};
use crate::protocol::{Act, Change, Request, View};
use crate::tui::app::{App, Level, Tag};
use crate::tui::board::{Body, Part, token};
use crate::tui::roster::{counts, field};

/// Who fits.
pub struct Matching {
    /// The need or the activity.
    pub code: Code,
    /// Its fields, once they came.
    pub view: Option<View>,
    /// Who fits, best first.
    pub found: Vec<Match>,
    /// Who is enrolled in the activity.
    pub people: Vec<CoverRow>,
    /// Whether the rows stay where they are when they come again: while one goes down the list on the phone.
    pub settled: bool,
}

impl Matching {
    /// Nothing is known yet.
    pub fn new(code: Code) -> Matching {
        Matching {
            code,
            view: None,
            found: Vec::new(),
            people: Vec::new(),
            settled: false,
        }
    }

    /// Takes in who fits: those who were seen stay in their order, others follow.
    pub fn take(&mut self, mut found: Vec<Match>) {
        if self.settled {
            let order: BTreeMap<Code, usize> = self
                .found
                .iter()
                .enumerate()
                .map(|(at, row)| (row.code, at))
                .collect();
            found.sort_by_key(|row| order.get(&row.code).copied().unwrap_or(usize::MAX));
        }
        self.settled = true;
        self.found = found;
    }

    /// What each said last, by code: of a need.
    fn said(&self) -> BTreeMap<String, String> {
        let rows = self.view.as_ref().and_then(|view| view.fields.get("asked"));
        let rows = rows.map_or(&[][..], Value::parts).iter();
        rows.filter_map(|row| {
            let Value::Map(row) = row else { return None };
            let text = |key: &str| row.get(key).map(ToString::to_string);
            Some((text("volunteer")?, text("result")?))
        })
        .collect()
    }

    /// How many said yes, and how many were asked.
    pub fn answers(&self) -> (usize, usize) {
        if self.code.kind == Kind::Activity {
            let yes = self.people.iter().filter(|row| counts(row)).count();
            return (yes, self.people.len());
        }
        let said = self.said();
        let yes = RESULTS.first().map_or("", |word| word.zh);
        (
            said.values().filter(|result| *result == yes).count(),
            said.len(),
        )
    }

    /// What somebody said here last: a result of the phone, or the state of the enrolment.
    pub fn result(&self, row: &Match) -> String {
        if self.code.kind == Kind::Activity {
            let enrolled = self.people.iter().find(|one| one.volunteer == row.code);
            return enrolled.map_or_else(String::new, |one| match one.status.as_str() {
                "拟派" | "已邀" if !one.said.is_empty() => one.said.clone(),
                status => status.to_owned(),
            });
        }
        self.said()
            .remove(&row.code.to_string())
            .unwrap_or_default()
    }

    /// How many are needed.
    pub fn needed(&self) -> String {
        field(self.view.as_ref(), "needed")
    }
}

/// What a result of the phone does with an enrolment: a step, or a note.
const STEPS: [Option<&str>; 4] = [Some("agree"), Some("decline"), None, None];

impl App {
    /// A result of the phone for the selected person.
    pub(super) fn phoned(&mut self, result: usize) {
        let Some(board) = self.board() else { return };
        let Body::Matching(matching) = &board.body else {
            return;
        };
        let (id, code) = (board.id, matching.code);
        let Some(row) = matching.found.get(board.at) else {
            return;
        };
        if row.code.kind != Kind::Volunteer {
            let told = self.say(
                "组织不能记去不去：Enter 打开，联系负责人后记本人",
                "a team cannot say yes: Enter opens it; note the people themselves",
            );
            return self.tell(Level::Warn, told);
        }
        let Some(word) = RESULTS.get(result) else {
            return;
        };
        let volunteer = row.code;
        if code.kind == Kind::Need {
            let fields = Fields::from([
                ("volunteer".to_owned(), Value::from(volunteer.to_string())),
                ("result".to_owned(), word.zh.into()),
            ]);
            let act = Act::Step {
                code,
                step: "ask".to_owned(),
                rev: None,
            };
            return self.note(id, Part::Phoned, act, fields);
        }
        let enrolled = matching
            .people
            .iter()
            .find(|one| one.volunteer == volunteer);
        match enrolled.map(|one| one.enrolment) {
            Some(enrolment) => self.said_so(id, enrolment, result),
            None => {
                let fields = Fields::from([
                    ("volunteer".to_owned(), Value::from(volunteer.to_string())),
                    ("activity".to_owned(), code.to_string().into()),
                ]);
                self.note(
                    id,
                    Part::Enrolled(result),
                    Act::New(Kind::Enrolment),
                    fields,
                );
            }
        }
    }

    /// What somebody who is enrolled said on the phone.
    pub(super) fn said_so(&mut self, id: u64, enrolment: Code, result: usize) {
        let Some(step) = STEPS.get(result).copied().flatten() else {
            // A line is added to the note, which must be known for that.
            let tag = Tag::Board(id, Part::Noted(result));
            return self.call(tag, Request::Show(enrolment));
        };
        let act = Act::Step {
            code: enrolment,
            step: step.to_owned(),
            rev: None,
        };
        let mut fields = Fields::new();
        if step == "agree" {
            // The own yes: who, and how; when is now.
            fields.insert("agreed_by".to_owned(), "本人".into());
            fields.insert("agreed_how".to_owned(), "电话".into());
        }
        self.note(id, Part::Phoned, act, fields);
    }

    /// Adds a result of the phone to the note of an enrolment, below what stands there.
    pub(super) fn add_note(&mut self, id: u64, enrolment: &View, result: usize) {
        let word = RESULTS.get(result).map_or("", |word| word.zh);
        let line = format!("{} {word}", self.now.format("%Y-%m-%d %H:%M"));
        let old = field(Some(enrolment), "note");
        let note = format!("{old}\n{line}").trim_start().to_owned();
        let act = Act::Edit {
            code: enrolment.code,
            rev: Some(enrolment.rev),
        };
        let fields = Fields::from([("note".to_owned(), note.into())]);
        self.note(id, Part::Phoned, act, fields);
    }

    /// Who said what: the last call of a need, or what an enrolment came to.
    pub(super) fn phoned_word(&self, view: &View) -> String {
        let last = view
            .fields
            .get("asked")
            .and_then(|rows| rows.parts().last());
        let (who, said) = match last {
            Some(Value::Map(row)) => {
                let text = |key: &str| row.get(key).map_or_else(String::new, ToString::to_string);
                (text("volunteer"), text("result"))
            }
            _ => {
                let record = Record::new(view.kind, view.code.number, view.fields.clone());
                let said = match record.status() {
                    "拟派" | "已邀" => said_last(&record),
                    status => status,
                };
                (record.text("volunteer").to_owned(), said.to_owned())
            }
        };
        let known = view.names.get(&who).cloned();
        let name = known.or_else(|| self.names.get(&Code::read(&who)?).cloned());
        let word = RESULTS.iter().find(|word| word.zh == said);
        let said = match word {
            Some(word) => word.get(self.lang).to_owned(),
            None => view.kind.spec().said(&said, self.lang).to_owned(),
        };
        format!("{} {said}", name.unwrap_or(who))
    }

    fn note(&mut self, id: u64, part: Part, act: Act, fields: Fields) {
        let change = Change {
            act,
            fields,
            confirmed: false,
            reason: String::new(),
        };
        let token = token();
        self.call(Tag::Board(id, part), Request::Make { token, change });
    }

    /// `t`: the need becomes an activity.
    pub(super) fn turn_need(&mut self) {
        let code = self.board().and_then(|board| board.about());
        let Some(code) = code.filter(|code| code.kind == Kind::Need) else {
            let told = self.say("这已是活动", "this is an activity already");
            return self.tell(Level::Warn, told);
        };
        if let Some(step) = code.kind.spec().step("turn") {
            self.open_step(code, 0, step);
        }
    }
}
