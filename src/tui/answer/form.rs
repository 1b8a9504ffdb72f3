//! Answers to forms: what one begins with, and what became of what was sent.

use crate::domain::kind::Kind;
use crate::domain::lifecycle::Step;
use crate::domain::said::Lang;
use crate::protocol::{Answer, Request, View};
use crate::tui::app::{App, Level, Tag};
use crate::tui::form::Form;
use crate::tui::open::case;
use crate::tui::overlay::{Card, Overlay};

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
    /// What a form begins with.
    pub(super) fn form_answer(&mut self, tag: Tag, answer: Answer) {
        match (tag, answer) {
            (Tag::Edit, Answer::View(view)) => self.open_edit(&view),
            (Tag::Below(kind, key), Answer::View(view)) => self.below_form(kind, key, &view),
            (Tag::Held(token), Answer::View(view)) => self.held_later(token, &view),
            (Tag::Parties(token), Answer::Cover(cover)) => self.parties(token, &cover),
            _ => {}
        }
    }

    /// What became of a form that was sent.
    pub(super) fn sent_answer(&mut self, tag: Tag, answer: Answer) {
        match (tag, answer) {
            (Tag::Sent(token), Answer::View(view)) => self.sent_saved(token, view),
            (Tag::Weigh(token), Answer::Done(_)) => self.ask_consent(token, None),
            (Tag::Earlier(token), Answer::View(view)) => self.made_earlier(token, view),
            (Tag::Whose(code), Answer::Entries(entries)) => self.whose(code, &entries),
            (Tag::Theirs(_, whose), Answer::View(view)) => self.theirs(view, whose),
            _ => {}
        }
    }

    fn open_edit(&mut self, view: &View) {
        self.name(view);
        let name = view.fields.get(view.kind.spec().title);
        let name = name.map_or_else(String::new, ToString::to_string);
        let title = format!("{} {}  {name}", self.say("编辑", "Edit"), view.code);
        let form = Form::edit(view, title, self.lang);
        self.over.push(Overlay::Form(Box::new(form)));
    }

    /// It is saved: its card opens unless something else was opened meanwhile.
    fn sent_saved(&mut self, token: u64, view: View) {
        let top = matches!(self.over.last(), Some(Overlay::Form(form)) if form.token == token)
            && !self.over_board();
        let form = self.sent(token);
        let new = form.as_ref().is_some_and(|form| form.code().is_none());
        let step = form.as_ref().and_then(|form| form.taken());
        let act = form.map(|form| form.act.clone());
        self.done(token);
        let complain = self.call_done(token);
        if new {
            self.entered(view.code);
        }
        let way = act.map(|act| self.made(&act, view.code, Some(view.rev)));
        self.saved(&view, step, top, &way.unwrap_or_default());
        let code = view.code;
        self.seen(&view);
        if complain && matches!(self.over.last(), Some(Overlay::Look(_))) {
            return self.below_form(Kind::Complaint, "call", &view);
        }
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

    /// Tells what was saved; where no card follows also what the record says of itself first.
    fn saved(&mut self, view: &View, step: Option<&Step>, card: bool, way: &str) {
        let (code, rev) = (view.code, view.rev);
        let mut text = match (step, self.lang) {
            (None, _) if code.kind == Kind::Call && rev == 1 => self.call_saved(view),
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
                Lang::Zh => format!("。在命令行打印：kezhi print {code} -o 文件.pdf"),
                Lang::En => {
                    format!(". To print it on the command line: kezhi print {code} -o FILE.pdf")
                }
            };
            text.push_str(&told);
        }
        text.push_str(way);
        self.tell(Level::Info, text);
    }
}
