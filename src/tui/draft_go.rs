//! Going on with a draft, throwing it away, taking it back.

use crate::domain::kind::Code;
use crate::domain::said::Lang;
use crate::protocol::draft::{Draft, Drafting, Within};
use crate::protocol::undo::SECONDS;
use crate::protocol::{Act, Request};
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

    /// The same, where something else was asked for: says so.
    pub(super) fn go_on_told(&mut self, id: u64) {
        let held = self.drafts.held.iter().find(|draft| draft.id == id);
        let left = self.drafts.left.iter().find(|form| form.token == id);
        let at = left.and_then(|form| form.ahead.at.as_ref().map(|(at, _)| at.clone()));
        let at = at.or_else(|| held?.kept.get(11..19).map(str::to_owned));
        self.go_on(id);
        self.tell_going_on(at);
    }

    /// Says that a form goes on with what was kept.
    pub(super) fn tell_going_on(&mut self, at: Option<String>) {
        let at = at.map_or_else(String::new, |at| format!(" {at}"));
        let (leave, drafts) = (self.keymap.short("cancel"), {
            // The form is a line that is typed; behind it may be another.
            self.keymap.short_where("drafts", true, self.lang)
        });
        let told = match self.lang {
            Lang::Zh => format!("接着填草稿{at}；要从头填：{leave} 后 {drafts} 放弃它"),
            Lang::En => format!(
                "goes on with the draft{at}; to begin anew: {leave}, then {drafts}, and throw it away"
            ),
        };
        self.tell(Level::Info, told);
    }

    /// F4 on a record that is being edited goes on with that; false if nothing is typed for it.
    pub(super) fn edit_on(&mut self, code: Code) -> bool {
        let of = |act: &Act| matches!(act, Act::Edit { code: of, .. } if *of == code);
        let open = |over: &Overlay| matches!(over, Overlay::Form(form) if of(&form.act));
        if let Some(at) = self.over.iter().position(open) {
            let form = self.over.remove(at);
            self.over.push(form);
            let told = self.say(
                "这条记录的表单还开着，接着填",
                "its form is open still: go on",
            );
            self.tell(Level::Info, told);
            return true;
        }
        let mut left = self.drafts.left.iter();
        let left = left.find(|form| of(&form.act) && !form.sending);
        let mut held = self.drafts.held.iter();
        let held = held.find(|draft| {
            let same = matches!(&draft.within, Within::Form(act) if of(act));
            same && draft.discarded.is_none() && !draft.closed && !self.types(draft.id)
        });
        let id = left
            .map(|form| form.token)
            .or_else(|| held.map(|draft| draft.id));
        if let Some(id) = id {
            self.go_on_told(id);
        }
        id.is_some()
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
        self.drafts.dropped = Some((id, self.now));
        let told = self.keyed(
            "草稿已放弃：{undo} 恢复，七天内也可在草稿箱恢复：{drafts}",
            "the draft is thrown away: {undo} restores it, and for seven days {drafts}",
        );
        self.tell(Level::Info, told);
    }

    /// The draft that was thrown away last, as long as that can be taken back at once.
    pub(super) fn dropped_lately(&self) -> Option<u64> {
        let (id, at) = self.drafts.dropped?;
        ((self.now - at).num_seconds() <= SECONDS as i64).then_some(id)
    }

    /// Takes a draft back.
    pub(super) fn restore_draft(&mut self, id: u64) {
        self.drafts.dropped = None;
        for draft in self.drafts.held.iter_mut().filter(|draft| draft.id == id) {
            draft.discarded = None;
        }
        self.call(Tag::Restored, Request::Draft(Drafting::Restore(id)));
    }
}
