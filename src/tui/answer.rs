//! What answers and notices do.

use crate::domain::certificate::can_be;
use crate::domain::kind::{Code, Kind};
use crate::domain::lifecycle::Step;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Lang;
use crate::protocol::{Answer, Notice, Request, View};
use crate::tui::app::{App, Level, Tag};
use crate::tui::form::Form;
use crate::tui::open::case;
use crate::tui::overlay::{Card, Overlay};
use crate::tui::pick::Source;
use crate::tui::unsent::unsent_line;
use crate::tui::work::{below, touches};

/// The steps after which a paper goes out.
const PAPERS: &[(Kind, &str)] = &[
    (Kind::Certificate, "issue"),
    (Kind::Complaint, "accept"),
    (Kind::Complaint, "reject"),
    (Kind::Complaint, "extend"),
    (Kind::Complaint, "answer"),
    (Kind::Complaint, "mediate"),
    (Kind::Complaint, "review"),
    (Kind::Complaint, "recheck"),
    (Kind::Sanction, "notify"),
    (Kind::Sanction, "enforce"),
];

impl App {
    /// An answer to a call.
    pub fn answer(&mut self, tag: Tag, answer: Result<Answer, Refusal>) {
        match tag {
            Tag::Pin(what) => self.pinned(what, answer),
            tag => self.beneath(|app| app.take_answer(tag, answer)),
        }
        self.wait_tick();
        self.bar_forms();
        self.note_spot();
    }

    fn take_answer(&mut self, tag: Tag, answer: Result<Answer, Refusal>) {
        let answer = match answer {
            Ok(answer) => answer,
            Err(refusal) => return self.failed(&tag, &refusal),
        };
        self.arrived(&tag, true);
        match (tag, answer) {
            (Tag::Preferences, Answer::Preferences(all)) => {
                let another = all.get("theme") != self.preferences.get("theme");
                self.preferences = all;
                if another {
                    self.wear();
                }
                self.preferred();
                self.measure_anew();
            }
            (Tag::Jump(action, code), Answer::View(_)) => self.jumped(Some((action, code))),
            (Tag::Tree, Answer::Tree(nodes)) => {
                self.tree.set(nodes);
                self.narrow();
            }
            (Tag::List(pane, asked), Answer::Found(found)) => {
                if let Some(list) = self.lists.get_mut(pane) {
                    list.take(asked, found);
                }
                self.tell_lost(pane);
                if self.focus == pane + 1 {
                    self.peek_at();
                }
                self.settled();
            }
            (Tag::List(pane, asked), Answer::Queue(view)) => {
                if let Some(list) = self.lists.get_mut(pane) {
                    list.take_matters(asked, view);
                }
                self.tell_lost(pane);
                if self.focus == pane + 1 {
                    self.peek_at();
                }
                self.settled();
            }
            (Tag::List(pane, asked), Answer::Views(views)) => {
                if let Some(list) = self.lists.get_mut(pane) {
                    list.take_whole(asked, &views);
                }
                self.tell_lost(pane);
                self.settled();
            }
            (Tag::Look(asked), Answer::Found(mut found)) => {
                if let Some(Overlay::Look(look)) = self.over.last_mut() {
                    // Ten digits that agree are a check code before they are anything else.
                    if look.check_code().is_some_and(|code| can_be(&code)) {
                        found.rows.sort_by_key(|row| row.kind != Kind::Certificate);
                    }
                    look.list.take(asked, found);
                    if let Some(code) = look.list.selected().map(|row| row.code) {
                        self.call(Tag::Preview(code), Request::Show(code));
                    }
                }
                self.settled();
            }
            (Tag::Preview(code), Answer::View(view)) => {
                if let Some(Overlay::Look(look)) = self.over.last_mut()
                    && look.list.selected().is_some_and(|row| row.code == code)
                {
                    look.preview = Some(view);
                }
            }
            (Tag::Peek(code), Answer::View(view)) if self.peek_asked == Some(code) => {
                self.peek = Some(view);
            }
            (Tag::Unit(code), Answer::View(view)) if self.tree.code() == Some(code) => {
                self.unit = Some(view);
            }
            (Tag::Pick(asked), Answer::Found(found)) => {
                if let Some(Overlay::Pick(pick)) = self.over.last_mut()
                    && let Source::Records(list) = &mut pick.source
                {
                    list.take(asked, found);
                }
            }
            (Tag::Latest(code), Answer::Entries(entries)) => {
                for over in &mut self.over {
                    if let Overlay::Card(card) = over
                        && card.view.code == code
                    {
                        card.latest = entries.clone();
                    }
                }
            }
            (Tag::Whose(code), Answer::Entries(entries)) => self.whose(code, &entries),
            (Tag::Theirs(_, whose), Answer::View(view)) => self.theirs(view, whose),
            (Tag::Earlier(token), Answer::View(view)) => self.made_earlier(token, view),
            (Tag::Every, Answer::Steps(steps)) => self.every(steps),
            (Tag::Weigh(token), Answer::Done(_)) => self.ask_consent(token, None),
            (Tag::Undo(_), Answer::Undone(undone)) => self.taken_back(&undone),
            (Tag::Many(token), Answer::Many(result)) => self.many_done(token, &result),
            (Tag::Card, Answer::View(view)) => {
                self.jumped(None);
                self.seen(&view);
                if view.kind == Kind::Organisation {
                    self.tree.reach(view.code.number);
                }
                if std::mem::take(&mut self.turning)
                    && matches!(self.over.last(), Some(Overlay::Card(_)))
                {
                    self.over.pop();
                }
                self.over.push(Overlay::Card(Box::new(Card::new(view))));
                self.narrow();
            }
            (Tag::Card, Answer::Case(case)) => {
                self.jumped(None);
                self.open_case(*case);
            }
            (Tag::Again(code), Answer::Case(case)) => {
                for over in &mut self.over {
                    if let Overlay::Card(card) = over
                        && card.view.code == code
                    {
                        card.view = case.view.clone();
                        card.case = Some(case.clone());
                    }
                }
            }
            (Tag::Again(code), Answer::View(view)) => {
                for over in &mut self.over {
                    if let Overlay::Card(card) = over
                        && card.view.code == code
                    {
                        card.view = view.clone();
                    }
                }
            }
            (Tag::Below(kind, key), Answer::View(view)) => self.below_form(kind, key, &view),
            (Tag::Parties(token), Answer::Cover(cover)) => self.parties(token, &cover),
            (Tag::Edit, Answer::View(view)) => {
                self.name(&view);
                let name = view.fields.get(view.kind.spec().title);
                let name = name.map_or_else(String::new, ToString::to_string);
                let title = format!("{} {}  {name}", self.say("编辑", "Edit"), view.code);
                let form = Form::edit(&view, title, self.lang);
                self.over.push(Overlay::Form(Box::new(form)));
            }
            (Tag::History, Answer::Entries(entries)) => {
                if let Some(Overlay::Card(card)) = self.over.last_mut() {
                    card.history = match card.history {
                        Some(_) => None,
                        None => Some(entries),
                    };
                    card.top = 0;
                } else if let Some(code) = self.current() {
                    self.show(code);
                    self.call(Tag::History, Request::History { code, limit: 200 });
                }
            }
            (Tag::Steps(code, rev), Answer::Steps(steps)) => {
                self.steps_menu(Some((code, rev)), steps);
            }
            (Tag::Sent(token), Answer::View(view)) => {
                // Its card opens unless something else was opened meanwhile.
                let top = matches!(self.over.last(), Some(Overlay::Form(form)) if form.token == token)
                    && !self.over_board();
                let form = self.sent(token);
                let new = form.as_ref().is_some_and(|form| form.code().is_none());
                let step = form.as_ref().and_then(|form| form.taken());
                let act = form.map(|form| form.act.clone());
                self.done(token);
                if new {
                    self.entered(view.code);
                }
                let way = act.map(|act| self.made(&act, view.code, Some(view.rev)));
                self.saved(&view, step, top, &way.unwrap_or_default());
                let code = view.code;
                self.seen(&view);
                match self.over.last_mut() {
                    Some(Overlay::Card(card)) if card.view.code == code => {
                        card.view = view;
                        self.again(code);
                    }
                    _ if !top => {}
                    _ if case(code.kind) => self.show(code),
                    _ => {
                        self.over.push(Overlay::Card(Box::new(Card::new(view))));
                        self.call(Tag::Latest(code), Request::History { code, limit: 5 });
                    }
                }
            }
            (Tag::Reveal(code, field), Answer::Revealed(text)) => {
                if matches!(self.over.last(), Some(Overlay::Reason(..))) {
                    self.over.pop();
                }
                if !self.covered() {
                    self.shown = Some((code, field, text, self.now));
                }
            }
            (Tag::Board(id, part), answer) => self.board_answer(id, part, answer),
            (Tag::Drafts, Answer::Drafts(drafts)) => self.take_drafts(drafts),
            (Tag::DraftBox, Answer::Drafts(drafts)) => {
                self.hold_drafts(drafts);
                self.drafts_menu(false);
            }
            (Tag::Kept(id, number), Answer::Kept(at)) => {
                self.kept_draft(id, number, &at);
                self.unsent_kept(id);
            }
            (Tag::Filed(id, number), Answer::Kept(_)) => {
                self.unfile(id, number);
                self.list_drafts();
            }
            (Tag::Took(_), Answer::Draft(draft)) => self.took(&draft),
            (Tag::Forgot(id), Answer::Done(_)) => {
                self.drafts.forgotten.remove(&id);
            }
            (Tag::Dropped(id), Answer::Done(_)) => self.dropped(id),
            (Tag::Restored, Answer::Done(_)) => {
                let told = self.keyed("草稿已恢复：{drafts}", "the draft is back: {drafts}");
                self.tell(Level::Info, told);
                self.list_drafts();
            }
            (Tag::Others(Some(code)), Answer::Others(others)) => self.others(code, others, false),
            _ => {}
        }
    }

    /// Tells what was saved; where no card follows also what the record says of itself first.
    fn saved(&mut self, view: &View, step: Option<&Step>, card: bool, way: &str) {
        let (code, rev) = (view.code, view.rev);
        let mut text = match (step, self.lang) {
            (None, Lang::Zh) => format!("已保存 {code} 第 {rev} 版"),
            (None, Lang::En) => format!("saved {code} revision {rev}"),
            (Some(step), Lang::Zh) => format!("已办「{}」：{code} 第 {rev} 版", step.label.zh),
            (Some(step), Lang::En) => format!("{}: {code} revision {rev}", step.label.en),
        };
        if let Some(told) = view.told.first().filter(|_| step.is_some() && !card) {
            text.push_str(self.say("。", ". "));
            text.push_str(told.get(self.lang));
        }
        let paper = |step: &Step| PAPERS.contains(&(code.kind, step.key));
        if step.is_some_and(paper) {
            let told = match self.lang {
                Lang::Zh => format!("。打印：kezhi print {code} -o 文件.pdf"),
                Lang::En => format!(". To print it: kezhi print {code} -o FILE.pdf"),
            };
            text.push_str(&told);
        }
        text.push_str(way);
        self.tell(Level::Info, text);
    }

    /// The rows answer what was typed: what waited for that is done now.
    fn settled(&mut self) {
        if !self.unsettled()
            && let Some(action) = self.hurry.take()
        {
            self.act(&action);
        }
    }

    /// A call that was refused or lost.
    pub fn failed(&mut self, tag: &Tag, refusal: &Refusal) {
        match tag {
            Tag::Pin(what) => self.pinned(*what, Err(refusal.clone())),
            tag => self.beneath(|app| app.take_failure(tag, refusal)),
        }
    }

    fn take_failure(&mut self, tag: &Tag, refusal: &Refusal) {
        let lang = self.lang;
        self.arrived(tag, false);
        match tag {
            Tag::Board(id, part) if self.board_failed(*id, part, refusal) => return,
            Tag::Weigh(token) if self.weighed(*token, refusal) => return,
            Tag::Undo(code) => return self.kept_on(*code, refusal),
            // The call counts although nothing came of it.
            Tag::Every => self.every(Vec::new()),
            // Who it was is not for everybody; what was changed is.
            Tag::Whose(code) => return self.whose(*code, &[]),
            Tag::Unit(_) => self.unit_asked = None,
            Tag::Kept(id, _) => return self.unkept_draft(*id, refusal),
            Tag::Filed(id, _) => return self.unsent_file(*id, refusal),
            // It is asked for again once the service is back.
            Tag::Forgot(_) => return,
            Tag::DraftBox if refusal.kind == RefusalKind::Unavailable => {
                return self.drafts_menu(false);
            }
            // The list that is shown was ahead of what came of it.
            Tag::Dropped(_) | Tag::Restored => self.list_drafts(),
            Tag::Card | Tag::Jump(..) if self.passed(refusal) => return,
            Tag::Card => self.turning = false,
            Tag::List(pane, _) if refusal.kind == RefusalKind::NotPermitted => {
                self.hurry = None;
                if let Some(list) = self.lists.get_mut(*pane) {
                    list.waiting = false;
                    list.denied = true;
                }
                // A pane that is not for one's role says so itself.
                return;
            }
            Tag::List(..) | Tag::Look(_) => self.hurry = None,
            _ => {}
        }
        if let (Tag::Sent(token) | Tag::Many(token), Some(code)) = (tag, refusal.made) {
            return self.superseded(*token, code, refusal);
        }
        if let Tag::Sent(token) | Tag::Many(token) | Tag::Weigh(token) = tag
            && let Some(form) = self.sent(*token)
        {
            form.refuse(refusal, lang);
            let told = unsent_line(form, refusal, lang);
            if let Some(code) = form.code() {
                self.own.remove(&code);
            }
            if refusal.reason {
                return self.tell(Level::Warn, self.asks_reason(refusal));
            }
            if refusal.kind == RefusalKind::Confirm {
                let (steps, said) = (self.keymap.short("steps"), refusal.message.get(lang));
                let told = match lang {
                    Lang::Zh => format!("{said}。确认无误再按 {steps} 保存"),
                    Lang::En => format!("{said}. If it is right, press {steps} again"),
                };
                return self.tell(Level::Warn, told);
            }
            if refusal.kind == RefusalKind::Stale {
                self.stale();
                // The other's version comes by itself; the hint is for the command line.
                return self.tell(Level::Error, refusal.message.get(lang));
            }
            if refusal.kind != RefusalKind::Unavailable {
                return self.tell(Level::Error, told);
            }
        }
        let quiet = matches!(
            tag,
            Tag::Again(_)
                | Tag::Preview(_)
                | Tag::Peek(_)
                | Tag::Unit(_)
                | Tag::Latest(_)
                | Tag::Parties(_)
                | Tag::Drafts
                | Tag::Others(_)
        );
        if !quiet {
            self.refuse(refusal);
        }
    }

    /// Somebody changed something: what is seen is asked for again; nothing moves by itself.
    pub fn notice(&mut self, notice: &Notice) {
        self.beneath(|app| app.take_notice(notice));
    }

    fn take_notice(&mut self, notice: &Notice) {
        match notice {
            Notice::Announce(said) => self.tell(Level::Warn, said.get(self.lang)),
            Notice::Taken(id, turn) => self.taken_draft(*id, *turn),
            Notice::Others(code, others) => self.others(*code, others.clone(), true),
            Notice::Changed(codes) => {
                self.boards_again(codes);
                self.fell(codes);
                let has =
                    |kind: Kind| codes.is_empty() || codes.iter().any(|code| code.kind == kind);
                if has(Kind::Organisation) || has(Kind::Volunteer) {
                    self.call(Tag::Tree, Request::Tree);
                }
                let touched = |listed: Kind| {
                    codes.is_empty() || codes.iter().any(|code| touches(code.kind, listed))
                };
                // What is read first of a record comes from others too: who agreed, what insures them.
                let told = |code: &Code| {
                    let mut others = below(code.kind).iter();
                    codes.is_empty() || codes.contains(code) || others.any(|kind| has(*kind))
                };
                let mine = codes.iter().any(|code| self.own.contains(code));
                for pane in 0..self.lists.len() {
                    let list = self.lists.get(pane);
                    let kinds = list.map_or(&[][..], |list| &list.kinds);
                    if kinds.iter().any(|kind| touched(*kind)) {
                        self.others_changed(pane, mine);
                    }
                }
                let open: Vec<Code> = self
                    .over
                    .iter()
                    .filter_map(|over| match over {
                        Overlay::Card(card) => Some(card.view.code),
                        _ => None,
                    })
                    .filter(told)
                    .collect();
                for code in codes {
                    if !self.own.remove(code) && !open.contains(code) {
                        self.changed.insert(*code);
                    }
                }
                if self
                    .unit
                    .as_ref()
                    .is_some_and(|view| codes.contains(&view.code))
                {
                    let code = self.unit.take().map(|view| view.code);
                    self.unit_asked = None;
                    if code == self.tree.code() {
                        self.narrow();
                    }
                }
                if self.peek_asked.is_some_and(|code| told(&code)) {
                    self.peek_asked = None;
                    self.peek_at();
                }
                for code in open {
                    self.again(code);
                }
            }
        }
    }

    /// What a form says that needs a written reason.
    pub(super) fn asks_reason(&self, refusal: &Refusal) -> String {
        let message = refusal.message.get(self.lang);
        let article = refusal.article.as_deref();
        let article = article.map_or_else(String::new, |article| format!("（{article}）"));
        let steps = self.keymap.short("steps");
        match self.lang {
            Lang::Zh => format!("{message}{article}。确需如此，写明原因再按 {steps}"),
            Lang::En => {
                format!("{message}{article}. If it must be, write the reason and press {steps}")
            }
        }
    }
}
