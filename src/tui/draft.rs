//! Writing ahead: what is typed goes to the service while it is typed, and is called kept only when it is.

use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};

use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Lang;
use crate::protocol::Request;
use crate::protocol::draft::{Draft, Drafting};
use crate::tui::ahead::{Ahead, Texts};
use crate::tui::app::{App, Level, Tag};
use crate::tui::board::Body;
use crate::tui::form::Form;
use crate::tui::hours::Hours;
use crate::tui::overlay::Overlay;

/// How long to wait after the disk of the service took nothing.
const FULL: TimeDelta = TimeDelta::seconds(30);
/// How long the service may be away before the texts go to a file.
const AWAY: TimeDelta = TimeDelta::seconds(2);

/// A text that is written ahead.
pub(super) trait Typed {
    /// How far it is.
    fn ahead(&mut self) -> &mut Ahead;
    /// What is typed; none where nothing is.
    fn typed(&self) -> Option<Texts>;
    /// All of it.
    fn whole(&self, lang: Lang) -> Draft;
}

/// A write.
enum Write {
    Keep(Box<Draft>),
    Forget(u64),
}

fn write(
    one: &mut dyn Typed,
    now: NaiveDateTime,
    at_once: bool,
    hold: bool,
    lang: Lang,
) -> Option<Write> {
    let typed = one.typed();
    let ahead = one.ahead();
    if typed.is_none() && !ahead.begun() {
        return None;
    }
    let empty = typed.is_none();
    ahead.look(typed.unwrap_or_default(), now);
    if hold || !ahead.write(now, at_once) {
        return None;
    }
    if empty {
        // Nothing is typed any more: the write that forgets it needs no answer.
        ahead.held = ahead.number;
        ahead.at = None;
        return Some(Write::Forget(ahead.id));
    }
    Some(Write::Keep(Box::new(one.whole(lang))))
}

impl App {
    /// All texts that are typed here and not sent.
    fn every_typed(&mut self) -> Vec<&mut dyn Typed> {
        let mut all: Vec<&mut dyn Typed> = Vec::new();
        for over in &mut self.over {
            if let Overlay::Board(board) = over {
                if let Body::Hours(hours) = &mut board.body {
                    all.push(hours.as_mut());
                }
            } else if let Some(form) = over.form_mut() {
                all.push(form);
            }
        }
        for form in &mut self.drafts.left {
            all.push(form);
        }
        for hours in self.kept.hours.values_mut() {
            all.push(hours);
        }
        all
    }

    /// The text with a number.
    fn typed_of(&mut self, id: u64) -> Option<&mut dyn Typed> {
        let mut all = self.every_typed().into_iter();
        all.find_map(|one| (one.ahead().id == id).then_some(one))
    }

    /// Writes what is due; with `at_once` whatever is not written.
    pub(super) fn write_ahead(&mut self, at_once: bool) {
        let (now, lang) = (self.now, self.lang);
        if self.drafts.full.is_some_and(|until| until <= now) {
            self.drafts.full = None;
            self.write_again();
        }
        let (lost, away) = (self.offline, self.offline || self.drafts.full.is_some());
        let hold = lost && !at_once && now - self.drafts.lost < AWAY;
        let all = self.every_typed().into_iter();
        let writes: Vec<Write> = all
            .filter_map(|one| write(one, now, at_once, hold, lang))
            .collect();
        for one in writes {
            match one {
                Write::Keep(draft) if away => {
                    self.drafts.forgotten.remove(&draft.id);
                    self.file_draft(&draft);
                }
                Write::Keep(draft) => {
                    self.drafts.forgotten.remove(&draft.id);
                    let tag = Tag::Kept(draft.id, draft.number);
                    self.call(tag, Request::Draft(Drafting::Keep(draft)));
                }
                Write::Forget(id) => self.forget_draft(id),
            }
        }
    }

    /// Sends what is typed and not kept yet now.
    pub fn flush_drafts(&mut self) {
        self.write_ahead(true);
    }

    /// How long the session may sleep before a text is due.
    pub fn patience(&mut self) -> Duration {
        const LONGEST_SLEEP: Duration = Duration::from_millis(500);
        let now = self.now;
        let due = self.every_typed().into_iter();
        let due = due.filter_map(|one| one.ahead().due()).min();
        let left = due.map(|due| (due - now).to_std().unwrap_or(Duration::from_millis(20)));
        let wait = self.next_wait().unwrap_or(LONGEST_SLEEP);
        left.unwrap_or(LONGEST_SLEEP).min(LONGEST_SLEEP).min(wait)
    }

    /// Whether texts are typed that neither the service nor a file holds.
    pub fn unkept(&mut self) -> bool {
        let mut all = self.every_typed().into_iter();
        all.any(|one| one.typed().is_some() && !one.ahead().taken && one.ahead().unkept())
    }

    /// What the service does not hold goes to files: the session ends.
    pub(super) fn file_all(&mut self) {
        let lang = self.lang;
        let all = self.every_typed().into_iter();
        let drafts: Vec<Draft> = all
            .filter_map(|one| {
                let left = one.typed().is_some() && !one.ahead().taken && one.ahead().unkept();
                left.then(|| {
                    let ahead = one.ahead();
                    if ahead.since.is_some() {
                        ahead.number += 1;
                    }
                    one.whole(lang)
                })
            })
            .collect();
        for draft in drafts {
            self.file_draft(&draft);
        }
    }

    /// A draft is in a file of this machine.
    pub(super) fn filed(&mut self, id: u64, number: u64) {
        let now = self.now.format("%H:%M:%S").to_string();
        if let Some(one) = self.typed_of(id) {
            let ahead = one.ahead();
            ahead.held = ahead.held.max(number);
            ahead.at = Some((now, true));
        }
    }

    /// The service holds a write.
    pub(super) fn kept_draft(&mut self, id: u64, number: u64, at: &str) {
        let lang = self.lang;
        let mut former = None;
        let mut whole = None;
        if let Some(one) = self.typed_of(id) {
            let ahead = one.ahead();
            ahead.held = ahead.held.max(number);
            ahead.at = at.get(11..19).map(|at| (at.to_owned(), false));
            former = ahead.former.take();
            whole = Some(one.whole(lang));
        }
        if let Some(draft) = whole {
            let kept = at.to_owned();
            self.drafts.held.retain(|one| one.id != id);
            self.drafts.held.insert(0, Draft { kept, ..draft });
        }
        if let Some(former) = former {
            self.forget_draft(former);
        }
        self.unfile(id, number);
        if self.drafts.leaving == Some(id) {
            self.tell_left(id);
        }
    }

    /// A draft is nothing any more.
    pub(super) fn forget_draft(&mut self, id: u64) {
        self.drafts.held.retain(|draft| draft.id != id);
        self.unfile(id, u64::MAX);
        // Remembered until the service says so: without it the draft would come back.
        self.drafts.forgotten.insert(id);
        self.call(Tag::Forgot(id), Request::Draft(Drafting::Forget(id)));
    }

    /// A write came to nothing.
    pub(super) fn unkept_draft(&mut self, id: u64, refusal: &Refusal) {
        let now = self.now;
        if let Some(code) = refusal.made {
            return self.kept_too_late(id, code, refusal);
        }
        if refusal.kind == RefusalKind::Stale {
            return self.taken_draft(id, u64::MAX);
        }
        let (lang, offline) = (self.lang, self.offline);
        let away = refusal.kind == RefusalKind::Unavailable;
        let Some(one) = self.typed_of(id) else { return };
        if away && offline {
            return one.ahead().anew(now);
        }
        // The service is there, and does not take it: it is in a file until it does.
        let draft = one.whole(lang);
        if away {
            self.drafts.full = Some(now + FULL);
        }
        self.file_draft(&draft);
        if !away {
            self.tell(Level::Error, refusal.line(lang));
        }
    }

    /// Another session of the same operator goes on with a draft: here it can only be read.
    pub(super) fn taken_draft(&mut self, id: u64, turn: u64) {
        let (lang, note) = (self.lang, self.say("（另一终端未存的）", " (left over)"));
        let mut apart = None;
        let Some(one) = self.typed_of(id) else { return };
        if one.ahead().turn >= turn || one.ahead().taken {
            return;
        }
        // What was typed here in the last moment is in no draft yet: it becomes one of its own.
        if one.typed().is_some() && one.ahead().unkept() {
            let draft = one.whole(lang);
            let title = format!("{}{note}", draft.title);
            apart = Some(Draft {
                id: crate::tui::board::token(),
                turn: 0,
                number: 1,
                title,
                ..draft
            });
        }
        let ahead = one.ahead();
        ahead.taken = true;
        ahead.since = None;
        for over in &mut self.over {
            if let Overlay::Board(board) = over
                && let Body::Hours(hours) = &mut board.body
                && hours.ahead.id == id
            {
                // They are saved there: here they must not be saved once more.
                hours.typed.clear();
                hours.evidence = None;
            }
        }
        if let Some(draft) = apart {
            // Nothing on the screen holds it any more: the service may not be there to take it.
            self.file_draft(&draft);
            let tag = Tag::Kept(draft.id, draft.number);
            self.call(tag, Request::Draft(Drafting::Keep(Box::new(draft))));
        }
        self.drafts.left.retain(|form| form.token != id);
        self.kept.hours.retain(|_, hours| hours.ahead.id != id);
        self.list_drafts();
        self.say_taken();
    }

    /// Says that another session goes on.
    pub(super) fn say_taken(&mut self) {
        let told = self.say(TAKEN.zh, TAKEN.en);
        self.tell(Level::Warn, told);
    }

    /// The connection is back: what may not have arrived is written again.
    pub(super) fn write_again(&mut self) {
        let now = self.now;
        for id in self.drafts.forgotten.clone() {
            self.call(Tag::Forgot(id), Request::Draft(Drafting::Forget(id)));
        }
        for one in self.every_typed() {
            let there = one.typed().is_some();
            let ahead = one.ahead();
            let filed = ahead.at.as_ref().is_some_and(|(_, file)| *file);
            if there && (ahead.unkept() || filed) {
                ahead.anew(now);
            }
        }
    }

    /// What is said of a text that is written ahead; nothing where nothing is typed.
    pub fn said_ahead(&self, ahead: &Ahead) -> String {
        if ahead.taken {
            return self.say(TAKEN.zh, TAKEN.en).to_owned();
        }
        let word = self.say("草稿", "draft");
        match &ahead.at {
            _ if ahead.unkept() => format!("{word} *"),
            Some((at, true)) => format!("{word} {at} {}", self.say("存于本机", "in a file here")),
            Some((at, false)) => format!("{word} {at}"),
            None => String::new(),
        }
    }
}

impl Form {
    /// What must be written now, so that nothing that is typed is lost; none where all of it is.
    pub fn writing(&mut self, now: NaiveDateTime, lang: Lang) -> Option<Drafting> {
        let write = write(self, now, true, false, lang)?;
        Some(match write {
            Write::Keep(draft) => Drafting::Keep(draft),
            Write::Forget(id) => Drafting::Forget(id),
        })
    }

    /// The service holds it since this moment.
    pub fn written(&mut self, at: &str) {
        self.ahead.held = self.ahead.number;
        self.ahead.at = at.get(11..19).map(|at| (at.to_owned(), false));
    }

    /// It was not written: again with the next one, unless another session goes on with it.
    pub fn unwritten(&mut self, now: NaiveDateTime, taken: bool) {
        self.ahead.taken |= taken;
        self.ahead.anew(now);
    }
}

/// What is said where another session goes on.
pub(super) const TAKEN: crate::domain::said::Text = crate::domain::said::t(
    "草稿已在另一终端打开",
    "the draft was opened at another terminal",
);

impl Typed for Form {
    fn ahead(&mut self) -> &mut Ahead {
        &mut self.ahead
    }

    fn typed(&self) -> Option<Texts> {
        self.touched().then(|| self.texts())
    }

    fn whole(&self, _: Lang) -> Draft {
        self.draft()
    }
}

impl Typed for Hours {
    fn ahead(&mut self) -> &mut Ahead {
        &mut self.ahead
    }

    fn typed(&self) -> Option<Texts> {
        let texts = self.texts();
        (!texts.is_empty()).then_some(texts)
    }

    fn whole(&self, lang: Lang) -> Draft {
        self.draft(lang)
    }
}
