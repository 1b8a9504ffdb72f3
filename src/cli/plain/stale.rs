//! A record that somebody else changed while its form was filled: each field that both changed is asked.

use crate::cli::odd;
use crate::cli::plain::Talk;
use crate::domain::fold::narrow;
use crate::domain::refusal::Refusal;
use crate::protocol::{Act, Answer, Request};
use crate::say;
use crate::tui::form::Form;

impl Talk<'_> {
    /// Brings a form upon the record as it is now.
    pub(super) fn theirs(&mut self, form: &mut Form) -> Result<(), Refusal> {
        let Some(code) = form.code() else {
            return Ok(());
        };
        let Answer::View(view) = self.ask(Request::Show(code))? else {
            return Err(odd());
        };
        let lang = self.lang;
        let edits = matches!(form.act, Act::Edit { .. });
        for at in (0..form.fields.len()).filter(|_| edits) {
            let Some(field) = form.fields.get(at).copied() else {
                continue;
            };
            let base = form.base.get(at).cloned().unwrap_or_default();
            let (theirs, mine) = (Form::held(&view, field, lang), form.text(at));
            if mine == base || theirs == base || theirs == mine {
                continue;
            }
            let label = field.label.get(lang);
            self.tell(&say!(
                "{label}，两人都改了，原为：{base}",
                "{label}, changed by both, it was: {base}"
            ));
            self.tell(&say!("1 对方的：{theirs}", "1 theirs: {theirs}"));
            self.tell(&say!("2 您的：{mine}", "2 yours: {mine}"));
            loop {
                self.tell(&say!("用哪个，写 1 或 2", "which one, write 1 or 2"));
                let Some(line) = self.voice.hear() else {
                    self.over = true;
                    return Ok(());
                };
                match narrow(line.trim()).as_str() {
                    "1" => form.put(at, &theirs),
                    "2" => {}
                    _ => continue,
                }
                break;
            }
        }
        form.rebase(&view, lang);
        self.tell(&say!(
            "对方的其他改动已并入，您填的还在",
            "their other changes are merged in, yours are still here"
        ));
        Ok(())
    }
}
