//! Going on with a draft, throwing it away, taking it back.

use crate::domain::kind::Code;
use crate::protocol::Request;
use crate::protocol::draft::{Draft, Drafting, Within};
use crate::tui::app::{App, Level, Tag};
use crate::tui::board::Body;
use crate::tui::form::Form;
use crate::tui::overlay::Overlay;

impl App {
    /// Goes on with a draft: what was left here is here, the rest comes from the service.
    pub(super) fn go_on(&mut self, id: u64) {
        let hours = self.kept.hours.iter().find(|(_, one)| one.ahead.id == id);
        if let Some(activity) = hours.map(|(activity, _)| *activity) {
            return self.open_hours(activity);
        }
        let left = self.drafts.left.iter().position(|form| form.token == id);
        match left {
            Some(at) => {
                let form = self.drafts.left.remove(at);
                self.over.push(Overlay::Form(Box::new(form)));
            }
            None => self.call(Tag::Took(id), Request::Draft(Drafting::Take(id))),
        }
    }

    /// A draft came that is gone on with here.
    pub(super) fn took(&mut self, draft: &Draft) {
        if let Within::Hours(activity) = &draft.within {
            return self.hours_again(*activity, draft);
        }
        match Form::of(draft) {
            Some(form) => {
                self.over.push(Overlay::Form(Box::new(form)));
            }
            None => {
                let told = self.say(
                    "这份草稿出自另一版本的程序，打不开；内容还在",
                    "another version of the program wrote this draft; it cannot be opened, and stays",
                );
                self.tell(Level::Warn, told);
            }
        }
    }

    /// The hours of an activity go on with what was kept.
    fn hours_again(&mut self, activity: Code, draft: &Draft) {
        let open = |over: &Overlay| match over {
            Overlay::Board(board) => {
                matches!(&board.body, Body::Hours(one) if one.activity == activity)
            }
            _ => false,
        };
        if !self.over.iter().any(open) {
            // It is taken already: the board must not take it once more.
            self.drafts.held.retain(|held| held.id != draft.id);
            self.open_hours(activity);
        }
        for over in &mut self.over {
            if let Overlay::Board(board) = over
                && let Body::Hours(hours) = &mut board.body
                && hours.activity == activity
            {
                hours.go_on(draft);
            }
        }
    }

    /// Throws a draft away; it can be taken back at once, and for some days.
    pub(super) fn drop_draft(&mut self, id: u64) {
        self.write_ahead(true);
        let left = self.drafts.left.iter().position(|form| form.token == id);
        if let Some(at) = left {
            let form = self.drafts.left.remove(at);
            let draft = form.draft();
            // What the service does not hold yet it must hold before it can be restored.
            if !self.drafts.held.iter().any(|held| held.id == id) {
                self.drafts.held.insert(0, draft);
            }
        }
        let hours = self.kept.hours.iter().find(|(_, one)| one.ahead.id == id);
        if let Some(activity) = hours.map(|(activity, _)| *activity)
            && let Some(hours) = self.kept.hours.remove(&activity)
            && !self.drafts.held.iter().any(|held| held.id == id)
        {
            self.drafts.held.insert(0, hours.draft(self.lang));
        }
        let now = chrono::Local::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, false);
        for draft in self.drafts.held.iter_mut().filter(|draft| draft.id == id) {
            draft.discarded = Some(now.clone());
        }
        self.call(Tag::Dropped(id), Request::Draft(Drafting::Discard(id)));
    }

    /// It is thrown away.
    pub(super) fn dropped(&mut self, id: u64) {
        self.drafts.dropped = Some(id);
        let told = self.say(
            "草稿已放弃：Ctrl-Z 恢复，七天内也可在草稿箱 g d 恢复",
            "the draft is thrown away: Ctrl-Z restores it, and for seven days g d",
        );
        self.tell(Level::Info, told);
    }

    /// Takes a draft back.
    pub(super) fn restore_draft(&mut self, id: u64) {
        for draft in self.drafts.held.iter_mut().filter(|draft| draft.id == id) {
            draft.discarded = None;
        }
        self.call(Tag::Restored, Request::Draft(Drafting::Restore(id)));
    }
}
