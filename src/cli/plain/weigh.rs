//! Before a step that others see or that does not come back: the facts, and what must be written to do it.

use crate::cli::plain::Talk;
use crate::domain::fold::narrow;
use crate::domain::lifecycle::Weight;
use crate::domain::refusal::Refusal;
use crate::protocol::undo::Undo;
use crate::protocol::{Act, Answer, Request, View};
use crate::say;
use crate::tui::confirm::digits;
use crate::tui::form::Form;
use crate::tui::undo;

impl Talk<'_> {
    /// Asks before a heavy step, and what a rule asks with it; true if it is to be done.
    pub(super) fn consent(&mut self, form: &mut Form, asked: Option<&Refusal>) -> bool {
        let (Some(step), Some(code)) = (form.taken(), form.code()) else {
            return true;
        };
        let lang = self.lang;
        let (spec, label) = (code.kind.spec(), step.label.get(lang));
        let title = self.open.as_ref().filter(|view| view.code == code);
        let title = title.and_then(|view| view.fields.get(spec.title));
        let title = title.map_or_else(String::new, ToString::to_string);
        let then = step.to.map_or("", |to| spec.said(to, lang));
        let then = match then {
            "" => String::new(),
            then => self.say(say!("此后为 {then}", "then {then}")),
        };
        let line = self.joined(&[label, &code.to_string(), &title, &then]);
        self.tell(&say!("请核对：{line}", "before it is done: {line}"));
        match step.weight {
            Weight::Light => {}
            Weight::Visible(whom) => {
                let whom = whom.get(lang);
                self.tell(&say!("谁看到：{whom}", "seen by: {whom}"));
            }
            Weight::Final(what) => {
                let what = what.get(lang);
                self.tell(&say!("不能恢复：{what}", "for good: {what}"));
            }
        }
        let help = step.help.get(lang);
        if !help.is_empty() {
            self.tell(&say!("结果：{help}", "what follows: {help}"));
        }
        self.read_form(form);
        if let Some(asked) = asked {
            let message = asked.message.get(lang);
            self.tell(&say!("注意：{message}", "note: {message}"));
        }
        let article = asked.and_then(|asked| asked.article.as_deref());
        let article = article.unwrap_or(spec.article);
        if !article.is_empty() {
            self.tell(&say!("依据：{article}", "by: {article}"));
        }
        let yes = match step.weight {
            Weight::Final(_) => self.signed(&code.to_string(), &digits(Some(code))),
            _ => self.one_or_two(label),
        };
        if yes {
            form.agreed = true;
            form.confirmed |= asked.is_some();
        } else {
            self.tell(&say!("没有办理", "nothing was done"));
        }
        yes
    }

    fn one_or_two(&mut self, label: &str) -> bool {
        loop {
            self.tell(&say!("1 {label}，2 返回", "1 {label}, 2 goes back"));
            let Some(line) = self.voice.hear() else {
                self.over = true;
                return false;
            };
            match narrow(line.trim()).as_str() {
                "1" => return true,
                "" | "2" => return false,
                _ => {}
            }
        }
    }

    /// The last four digits of the code, as on the screen.
    fn signed(&mut self, code: &str, digits: &str) -> bool {
        loop {
            self.tell(&say!(
                "写 {code} 的后四位就办理，空行返回",
                "write the last four digits of {code} to do it, an empty line goes back"
            ));
            let Some(line) = self.voice.hear() else {
                self.over = true;
                return false;
            };
            match narrow(line.trim()).as_str() {
                "" => return false,
                typed if typed == digits => return true,
                _ => self.tell(&say!(
                    "与编号后四位不符",
                    "these are not the last four digits of the code"
                )),
            }
        }
    }

    /// Something was done: says how it is taken back, where it can be.
    pub(super) fn made(&mut self, act: &Act, view: &View) {
        let light = undo::light(act);
        if light || matches!(act, Act::New(_)) {
            let (code, rev) = (view.code, Some(view.rev));
            self.undo.push(Undo { code, rev });
        }
        if light {
            self.tell(&say!(
                "30 秒内写 撤回 可撤回",
                "undo takes it back, for 30 seconds"
            ));
        }
    }

    /// 撤回.
    pub(super) fn take_back(&mut self, _: &str) -> Result<(), Refusal> {
        self.writes()?;
        let Some(last) = self.undo.pop() else {
            self.tell(&say!(
                "没有可撤回的：刚办的、未对外的 30 秒内可撤回",
                "nothing to take back: what was done just now and nobody else saw, within 30 s"
            ));
            return Ok(());
        };
        let Answer::Undone(undone) = self.ask(Request::Undo(last))? else {
            return Err(crate::cli::odd());
        };
        self.voice.say(&undo::told(&undone, self.lang));
        self.open = None;
        if let Ok(Answer::View(view)) = self.ask(Request::Show(undone.code)) {
            self.open = Some(view);
        }
        Ok(())
    }
}
