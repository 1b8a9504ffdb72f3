//! What the service answers to a board.

use crate::domain::kind::Kind;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Lang;
use crate::protocol::{Act, Answer, MOST_ROWS, View};
use crate::tui::app::{App, Level, Tag};
use crate::tui::board::open::records;
use crate::tui::board::{Body, Part};

impl Part {
    /// Whether the answer to an earlier call would be thrown away.
    pub(in crate::tui) fn replaces(&self, other: &Part) -> bool {
        matches!(
            (self, other),
            (Part::Rows(_), Part::Rows(_))
                | (Part::About, Part::About)
                | (Part::People, Part::People)
                | (Part::Records, Part::Records)
        )
    }
}

impl App {
    /// An answer to a call of a board.
    pub(in crate::tui) fn board_answer(&mut self, id: u64, part: Part, answer: Answer) {
        let Some(board) = self.board_of(id) else {
            return;
        };
        match (part, answer) {
            (Part::Rows(asked), _) if asked != board.asked => {}
            (Part::Rows(_), answer) => board.renew(|body| match (body, answer) {
                (Body::Sums(one), Answer::Hours(view)) => one.view = view,
                (Body::Matching(one), Answer::Matches(found)) => one.take(found),
                (Body::Calendar(one), Answer::Calendar(rows)) => one.rows = rows,
                (Body::Findings(one), Answer::Findings(all)) => {
                    one.all = all;
                    one.lay();
                }
                _ => {}
            }),
            (Part::About, Answer::View(view)) => {
                match &mut board.body {
                    Body::Roster(one) => one.view = Some(view.clone()),
                    Body::Hours(one) => one.view = Some(view.clone()),
                    Body::Matching(one) => one.view = Some(view.clone()),
                    _ => {}
                }
                self.seen(&view);
            }
            (Part::People, Answer::Cover(cover)) => board.renew(|body| match body {
                Body::Roster(one) => one.cover = cover,
                Body::Hours(one) => {
                    one.cover = cover;
                    one.lay();
                }
                Body::Matching(one) => one.people = cover.people,
                _ => {}
            }),
            (Part::Records, Answer::Views(views)) => self.take_records(id, views),
            (Part::Trial(code), Answer::Done(_)) => {
                if let Body::Hours(one) = &mut board.body
                    && let Some(trial) = one.trials.get_mut(&code)
                {
                    trial.held = None;
                }
            }
            (Part::Many(token, step), Answer::Many(done)) => self.board_done(id, token, step, done),
            (Part::Saved(slot), Answer::View(view)) => {
                let (code, rev) = (view.code, view.rev);
                if let Body::Hours(one) = &mut board.body {
                    one.typed.remove(&slot);
                    one.saved += 1;
                    one.records.insert(code, view);
                }
                self.entered(code);
                self.made(&Act::New(code.kind), code, Some(rev));
                self.saved_one(id);
            }
            (Part::Enrolled(result), Answer::View(view)) => {
                let code = view.code;
                self.entered(code);
                self.name(&view);
                self.made(&Act::New(code.kind), code, Some(view.rev));
                self.said_so(id, code, result);
            }
            (Part::Noted(result), Answer::View(view)) => self.add_note(id, &view, result),
            (Part::Phoned, Answer::View(view)) => {
                let (code, rev) = (view.code, Some(view.rev));
                let way = self.made(&Act::Edit { code, rev: None }, code, rev);
                self.name(&view);
                let said = self.phoned_word(&view);
                let told = format!("{}{said}{way}", self.say("已记下：", "noted: "));
                self.tell(Level::Info, told);
                self.ask_board(id);
            }
            _ => {}
        }
        self.try_rows(id);
    }

    /// A page of records; after the last one the rows are laid out anew.
    fn take_records(&mut self, id: u64, views: Vec<View>) {
        let Some(board) = self.board_of(id) else {
            return;
        };
        let more = views.len() == MOST_ROWS;
        let last = views.last().map(|view| view.code);
        let mut activity = None;
        board.renew(|body| {
            if let Body::Hours(one) = body {
                for trial in one.trials.values_mut() {
                    trial.fresh = false;
                }
                one.records
                    .extend(views.into_iter().map(|view| (view.code, view)));
                one.lay();
                activity = Some(one.activity);
            }
        });
        if let Some(activity) = activity.filter(|_| more) {
            self.call(Tag::Board(id, Part::Records), records(activity, last));
        }
    }

    /// One of the typed rows is done or refused; after the last one the result is told.
    fn saved_one(&mut self, id: u64) {
        let lang = self.lang;
        let Some(board) = self.board_of(id) else {
            return;
        };
        let mut told = None;
        board.renew(|body| {
            if let Body::Hours(one) = body {
                one.lay();
                one.saving = one.saving.saturating_sub(1);
                if one.saving > 0 {
                    return;
                }
                let saved = one.saved;
                let held = one.typed.values().find(|draft| !draft.problem.is_empty());
                let left = one
                    .typed
                    .values()
                    .filter(|draft| !draft.problem.is_empty())
                    .count();
                told = Some(match (held, lang) {
                    (None, Lang::Zh) => (Level::Info, format!("已保存 {saved} 条时长：c 确认")),
                    (None, Lang::En) => (
                        Level::Info,
                        format!("{saved} records of hours are saved: c confirms"),
                    ),
                    (Some(draft), Lang::Zh) => (
                        Level::Error,
                        format!("已保存 {saved} 条，{left} 条未存：{}", draft.problem),
                    ),
                    (Some(draft), Lang::En) => (
                        Level::Error,
                        format!("{saved} saved, {left} not: {}", draft.problem),
                    ),
                });
            }
        });
        if let Some((level, text)) = told {
            self.tell(level, text);
            self.ask_board(id);
        }
    }

    /// A call of a board was refused; true if nothing else is to be told.
    pub(in crate::tui) fn board_failed(&mut self, id: u64, part: &Part, refusal: &Refusal) -> bool {
        let lang = self.lang;
        let steps = self.keymap.short("steps");
        let Some(board) = self.board_of(id) else {
            return true;
        };
        let line = refusal.line(lang);
        let lost = refusal.kind == RefusalKind::Unavailable;
        match part {
            Part::Trial(code) => {
                if let Body::Hours(one) = &mut board.body {
                    let trial = one.trials.entry(*code).or_default();
                    trial.fresh = !lost;
                    trial.held = (!lost).then(|| first(refusal, lang));
                }
                true
            }
            Part::Saved(slot) if refusal.made.is_some() => {
                let said = match &mut board.body {
                    Body::Hours(one) => one.typed.remove(slot).map(|draft| draft.minutes),
                    _ => None,
                };
                self.saved_one(id);
                if let (Some(said), Some(code)) = (said, refusal.made) {
                    let told = match lang {
                        Lang::Zh => format!(
                            "这一行先前已存为 {code}，只是没有收到答复；后改的 {said} 分未存：Enter 打开 {code} 改"
                        ),
                        Lang::En => format!(
                            "the row was saved as {code} before, its answer was lost; the {said} minutes typed since are not: Enter opens {code}"
                        ),
                    };
                    self.tell(Level::Error, told);
                }
                true
            }
            Part::Saved(slot) => {
                if let Body::Hours(one) = &mut board.body
                    && let Some(draft) = one.typed.get_mut(slot)
                {
                    draft.confirmed = refusal.kind == RefusalKind::Confirm;
                    let again = match (draft.confirmed, lang) {
                        (false, _) => String::new(),
                        (true, Lang::Zh) => format!("。确认无误再按 {steps}"),
                        (true, Lang::En) => format!(". If it is right, {steps} again"),
                    };
                    draft.problem = format!("{line}{again}");
                    draft.unsure = lost;
                }
                self.saved_one(id);
                true
            }
            Part::Many(token, _) => {
                let token = *token;
                if let Some(code) = refusal.made {
                    self.superseded(token, code, refusal);
                    return true;
                }
                if let Some(form) = self.sent(token) {
                    form.refuse(refusal, lang);
                }
                self.own
                    .retain(|code| !matches!(code.kind, Kind::Enrolment | Kind::ServiceRecord));
                false
            }
            Part::Rows(asked) => {
                board.waiting &= *asked != board.asked;
                false
            }
            Part::About | Part::People | Part::Records => {
                board.waiting = false;
                false
            }
            Part::Enrolled(_) | Part::Noted(_) | Part::Phoned => false,
        }
    }
}

/// The first sentence of a refusal, with its article.
fn first(refusal: &Refusal, lang: Lang) -> String {
    let said = refusal.message.get(lang);
    match &refusal.article {
        Some(article) => format!("{said}（{article}）"),
        None => said.to_owned(),
    }
}
