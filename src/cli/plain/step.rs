//! 新建, 编辑 and 办理: what begins with a form.

use crate::cli::odd;
use crate::cli::plain::Talk;
use crate::cli::plain::item::Item;
use crate::domain::fold::narrow;
use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::lifecycle::Step;
use crate::domain::reading::initials;
use crate::domain::refusal::Refusal;
use crate::protocol::{Answer, Request};
use crate::say;
use crate::service::permit;
use crate::tui::case::recall;
use crate::tui::form::Form;
use crate::tui::fresh::belonging;

impl Talk<'_> {
    /// Refuses what the caller's roles do not allow, before anybody types for it.
    fn may(&mut self, act: &str, kind: Kind) -> Result<(), Refusal> {
        self.writes()?;
        let who = self.who()?;
        match permit::may(&who.roles, act, Some(kind)) {
            true => Ok(()),
            false => Err(permit::denied(&who)),
        }
    }

    /// 新建.
    pub(super) fn new_record(&mut self, word: &str) -> Result<(), Refusal> {
        self.writes()?;
        let who = self.who()?;
        let wanted = narrow(word).to_lowercase();
        let called = |kind: Kind| initials(kind.spec().label.zh) == wanted;
        let kinds = || KINDS.iter().map(|spec| spec.kind);
        if let Some(kind) = Kind::named(&wanted).or_else(|| kinds().find(|kind| called(*kind))) {
            return self.new_of(kind);
        }
        if !wanted.is_empty() {
            self.tell(&say!("没有类别「{word}」", "there is no kind \"{word}\""));
        }
        let may = |kind: &Kind| permit::may(&who.roles, "write", Some(*kind));
        let kinds: Vec<Kind> = kinds().filter(may).collect();
        self.tell(&say!(
            "新建哪一类，写序号",
            "a new record of which kind, write a number"
        ));
        let lines = kinds.iter().enumerate();
        let lines =
            lines.map(|(at, kind)| format!("{} {}", at + 1, kind.spec().label.get(self.lang)));
        let lines = lines.collect();
        self.items = kinds.into_iter().map(Item::Kind).collect();
        self.voice.page(lines);
        Ok(())
    }

    /// A new record of a kind; what was read last is what it belongs to, where it can.
    pub(super) fn new_of(&mut self, kind: Kind) -> Result<(), Refusal> {
        self.may("write", kind)?;
        let label = kind.spec().label.get(self.lang);
        let mut form = Form::new(kind, self.say(say!("新建{label}", "New {label}")));
        if let Some(view) = &self.open {
            let above = belonging(view.kind).find(|(made, _)| *made == kind);
            let key = match (view.kind, kind) {
                (Kind::Organisation, Kind::Volunteer) => Some("teams"),
                (Kind::Organisation, Kind::Organisation) => Some("parent"),
                (Kind::Organisation, _) => Some("org"),
                _ => above.map(|(_, key)| key),
            };
            if let Some(key) = key {
                form.prefill(key, &view.code.to_string());
            }
        }
        self.fill(form)
    }

    /// 编辑.
    pub(super) fn edit(&mut self, word: &str) -> Result<(), Refusal> {
        let code = self.meant(word)?;
        self.may("write", code.kind)?;
        let Answer::View(view) = self.ask(Request::Show(code))? else {
            return Err(odd());
        };
        let mut form = Form::edit(
            &view,
            self.say(say!("编辑 {code}", "Edit {code}")),
            self.lang,
        );
        self.open = Some(view);
        // One field is changed more often than all: first the question which.
        form.at = form.fields.len();
        self.fill(form)
    }

    /// 办理.
    pub(super) fn steps(&mut self, words: &str) -> Result<(), Refusal> {
        self.writes()?;
        let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let (code, wanted) = match Code::read(&narrow(first)) {
            Some(code) => (code, rest.trim()),
            None => (self.meant("")?, words.trim()),
        };
        let Answer::Steps(views) = self.ask(Request::Steps(code))? else {
            return Err(odd());
        };
        let wanted = narrow(wanted).to_lowercase();
        let spec = code.kind.spec();
        let mut steps: Vec<(&Step, Option<Refusal>)> = views
            .into_iter()
            .filter_map(|view| Some((spec.step(&view.key)?, view.refusal)))
            .collect();
        let called = |step: &Step| {
            let label = step.label.get(self.lang);
            [step.key, label, &initials(step.label.zh)].contains(&&*wanted)
        };
        let chosen = steps.iter().position(|(step, _)| called(step));
        if let Some(at) = chosen.filter(|_| !wanted.is_empty()) {
            return match steps.swap_remove(at) {
                (_, Some(refusal)) => Err(refusal),
                (step, None) => self.take_step(code, step),
            };
        }
        // What can be taken is heard first.
        steps.sort_by_key(|(_, refusal)| refusal.is_some());
        let (mut items, mut lines) = (Vec::new(), Vec::new());
        for (step, refusal) in steps {
            let (number, label) = (items.len() + 1, step.label.get(self.lang));
            lines.push(match &refusal {
                Some(refusal) => {
                    let why = refusal.message.get(self.lang);
                    self.say(say!(
                        "{number} {label}，现在不能办：{why}",
                        "{number} {label}, not now: {why}"
                    ))
                }
                None => format!(
                    "{number} {}",
                    self.joined(&[label, step.help.get(self.lang)])
                ),
            });
            items.push(Item::Step(code, step, refusal));
        }
        self.tell(&match items.len() {
            0 => say!("{code} 没有可办的步骤", "{code} has no steps"),
            count => say!(
                "{code} 有 {count} 步，写序号办理",
                "{code} has {count} steps, a number takes one"
            ),
        });
        self.items = items;
        self.voice.page(lines);
        Ok(())
    }

    /// A step was chosen.
    pub(super) fn take_step(&mut self, code: Code, step: &'static Step) -> Result<(), Refusal> {
        self.writes()?;
        let open = self.open.as_ref().filter(|view| view.code == code);
        let rev = open.map_or(0, |view| view.rev);
        let label = step.label.get(self.lang);
        let mut form = Form::step(code, rev, step, format!("{label} {code}"));
        if let Some(view) = open {
            recall(&mut form, view, step, self.lang);
        }
        form.at = 0;
        let help = step.help.get(self.lang);
        if !help.is_empty() {
            self.voice.say(help);
        }
        self.fill(form)
    }
}
