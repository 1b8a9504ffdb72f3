//! Steps from a board: for what is marked or selected, in one transaction.

use crate::domain::kind::Code;
use crate::domain::lifecycle::{Step, Weight};
use crate::domain::refusal::RefusalKind;
use crate::domain::said::Lang;
use crate::domain::value::Fields;
use crate::protocol::work::{Many, ManyDone};
use crate::protocol::{Act, Change, Request};
use crate::tui::app::{App, Level, Tag};
use crate::tui::board::{Body, Part, token};
use crate::tui::form::Form;
use crate::tui::menu::{Choice, Item, Menu};
use crate::tui::overlay::Overlay;

impl App {
    /// The records that a step from the board is for: the marked ones, or the selected one.
    fn stepped(&self, step: &Step) -> Vec<Code> {
        let Some(board) = self.board() else {
            return Vec::new();
        };
        let Some(kind) = board.marks() else {
            return Vec::new();
        };
        let able = |code: &Code| {
            let status = board.status(*code);
            code.kind == kind && (step.from.is_empty() || step.from.contains(&status))
        };
        if !board.marked.is_empty() {
            return board.marked.iter().copied().filter(able).collect();
        }
        // Hours are confirmed together: what is pending is all in sight.
        if matches!(board.body, Body::Hours(_)) && step.key == "confirm" {
            let rows = (0..board.rows()).filter_map(|at| board.code_at(at));
            return rows.filter(able).collect();
        }
        board.current().into_iter().filter(able).collect()
    }

    /// Takes a step for them: at once, or after the form that asks.
    pub(in crate::tui) fn board_step(&mut self, step: &'static Step) {
        let kind = self.board().and_then(|board| board.marks());
        if let Some(refusal) = kind.and_then(|kind| self.shut_step(kind, step)) {
            return self.refuse(&refusal);
        }
        let codes = self.stepped(step);
        let Some(first) = codes.first().copied() else {
            let from: Vec<&str> =
                self.board()
                    .and_then(|board| board.marks())
                    .map_or_else(Vec::new, |kind| {
                        step.from
                            .iter()
                            .map(|state| kind.spec().said(state, self.lang))
                            .collect()
                    });
            let from = from.join(self.say("、", ", "));
            let label = step.label.get(self.lang);
            let told = match self.lang {
                Lang::Zh => format!("没有可「{label}」的：须是 {from}"),
                Lang::En => format!("nobody here for {label}: they must be {from}"),
            };
            return self.tell(Level::Warn, told);
        };
        let heavy = step.weight != Weight::Light;
        if heavy || !step.asks.is_empty() {
            let form = self.step_form(step, first, codes);
            self.over.push(Overlay::Form(Box::new(form)));
            // With nothing to be filled the question comes at once.
            if step.asks.is_empty() {
                self.send();
            }
            return;
        }
        let change = Change {
            act: Act::Step {
                code: first,
                step: step.key.to_owned(),
                rev: None,
            },
            fields: Fields::new(),
            confirmed: false,
            reason: String::new(),
        };
        self.send_many(&codes, token(), &change);
    }

    fn step_form(&self, step: &'static Step, first: Code, codes: Vec<Code>) -> Form {
        let mut form = Form::step(first, 0, step, self.step_title(step, &codes));
        form.all = codes;
        form
    }

    /// F8 with marks: the steps, with how many of the marked ones may take each.
    pub(in crate::tui) fn board_steps(&mut self) -> bool {
        let Some(board) = self.board().filter(|board| !board.marked.is_empty()) else {
            return false;
        };
        let Some(kind) = board.marks() else {
            return false;
        };
        let count = board.marked.len();
        let items = kind.spec().steps.iter().map(|step| {
            let able = self.stepped(step).len();
            if let Some(refusal) = self.shut_step(kind, step) {
                let label = step.label.get(self.lang).to_owned();
                return Item::shut(Choice::Board(step), label, refusal.line(self.lang));
            }
            Item {
                choice: Choice::Board(step),
                label: step.label.get(self.lang).to_owned(),
                note: match self.lang {
                    Lang::Zh => format!("{able}/{count} 条  {}", step.help.zh),
                    Lang::En => format!("{able} of {count}  {}", step.help.en),
                },
                open: able > 0,
            }
        });
        let items = items.collect();
        let title = match self.lang {
            Lang::Zh => format!("一并办理 {count} 条"),
            Lang::En => format!("Steps for {count} records"),
        };
        self.over.push(Overlay::Menu(Menu::new(title, items)));
        true
    }

    /// Sends a step for several as one call.
    pub(in crate::tui) fn send_many(&mut self, codes: &[Code], token: u64, change: &Change) {
        let Act::Step { code, step, .. } = &change.act else {
            return;
        };
        let (Some(id), Some(known)) = (
            self.board().map(|board| board.id),
            code.kind.spec().step(step),
        ) else {
            return;
        };
        self.own.extend(codes);
        self.kept.fallen.clear();
        let many = Many {
            codes: codes.to_vec(),
            step: step.clone(),
            fields: change.fields.clone(),
            confirmed: change.confirmed,
            reason: change.reason.clone(),
        };
        let tag = Tag::Board(id, Part::Many(token, known.key));
        self.call(tag, Request::Many { token, many });
    }

    /// Certificates that fell with their records are told over what was done: somebody holds them.
    pub(in crate::tui) fn tell_fallen(&mut self) {
        if self.kept.fallen.is_empty() {
            return;
        }
        let gap = self.say("、", ", ");
        let codes: Vec<String> = self.kept.fallen.iter().map(Code::to_string).collect();
        let told = match self.lang {
            Lang::Zh => format!(
                "证明 {} 随记录变动，须告知：窗 3 按 p 到证明",
                codes.join(gap)
            ),
            Lang::En => format!(
                "{} changed with the records and somebody is to be told: p in pane 3, to the certificates",
                codes.join(gap)
            ),
        };
        self.tell(Level::Warn, told);
    }

    /// What came of it: told in numbers, and the first refusal in words.
    pub(super) fn board_done(&mut self, id: u64, sent: u64, step: &'static str, done: ManyDone) {
        let (lang, now) = (self.lang, self.now);
        let Some(board) = self.board_of(id) else {
            return;
        };
        for code in &done.done {
            board.marked.remove(code);
        }
        let kind = board.marks();
        self.ask_board(id);
        let act = |code: &Code| Act::Step {
            code: *code,
            step: step.to_owned(),
            rev: None,
        };
        let way = done
            .done
            .first()
            .map(|code| self.made(&act(code), *code, None));
        let way = way.unwrap_or_default();
        let (count, left) = (done.done.len(), done.refused.len());
        let codes: Vec<Code> = done.refused.iter().map(|(code, _)| *code).collect();
        let Some((first, refusal)) = done.refused.first() else {
            self.done(sent);
            let next = match step {
                "withdraw" if kind == Some(crate::domain::kind::Kind::Enrolment) => {
                    self.say("：f 找替补", ": f finds a replacement")
                }
                _ => "",
            };
            let label = kind.and_then(|kind| kind.spec().step(step));
            let label = label.map_or("", |step| step.label.get(lang));
            let told = match lang {
                Lang::Zh => format!("「{label}」已办 {count} 条{next}{way}"),
                Lang::En => format!("{label}: {count} done{next}{way}"),
            };
            self.tell(Level::Info, told);
            return self.tell_fallen();
        };
        for code in &codes {
            self.own.remove(code);
        }
        let asks = refusal.kind == RefusalKind::Confirm || refusal.reason;
        if let Some(form) = self.sent(sent) {
            // What is done is done: the rest is another call.
            form.renew(now);
            form.all.clone_from(&codes);
            form.refuse(refusal, lang);
        } else if asks && let Some(known) = first.kind.spec().step(step) {
            let mut form = self.step_form(known, *first, codes);
            form.refuse(refusal, lang);
            self.over.push(Overlay::Form(Box::new(form)));
        }
        let line = refusal.line(lang);
        let steps = self.keymap.short("steps");
        let way = match (asks, lang) {
            (false, _) => String::new(),
            (true, Lang::Zh) => format!("。确认无误按 {steps}"),
            (true, Lang::En) => format!(". If it is right, press {steps}"),
        };
        let told = match lang {
            Lang::Zh => format!("已办 {count} 条，{left} 条未办：{first} {line}{way}"),
            Lang::En => format!("{count} done, {left} refused: {first} {line}{way}"),
        };
        let level = if asks { Level::Warn } else { Level::Error };
        self.tell(level, told);
    }
}
