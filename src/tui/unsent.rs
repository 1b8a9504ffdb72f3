//! F8 that sends nothing: what is wrong and how much, that the text is safe, and the next key.

use crate::domain::refusal::Refusal;
use crate::domain::said::{Lang, Text, t};
use crate::protocol::Act;
use crate::tui::app::{App, Level};
use crate::tui::form::Form;
use crate::tui::overlay::Overlay;

/// So many fields are named.
const NAMED: usize = 3;

/// Whether what is typed in a form is safe, and since when.
fn safe(form: &Form, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let said = |text: Text| text.get(lang).to_owned();
    match &form.ahead.at {
        _ if !form.touched() => said(t("还没有填内容", "nothing is typed yet")),
        _ if form.ahead.unkept() => said(t("内容正在存草稿", "your text is being kept")),
        Some((at, true)) if zh => format!("内容已存本机草稿 {at}"),
        Some((at, true)) => format!("your text is in a file here, {at}"),
        Some((at, false)) if zh => format!("内容已存草稿 {at}"),
        Some((at, false)) => format!("your text is kept, {at}"),
        None => said(t("内容还在表单里", "your text is in the form")),
    }
}

/// What is said of a form that the service refused: its line, that the text is safe, and the next key.
pub(super) fn unsent_line(form: &Form, refusal: &Refusal, lang: Lang) -> String {
    let (line, safe) = (refusal.line(lang), safe(form, lang));
    let line = line.trim_end_matches(['。', '.']);
    match lang {
        Lang::Zh => format!("未提交：{line}。{safe}；改好按 F8"),
        Lang::En => format!("not sent: {line}. {safe}; mend it, then F8"),
    }
}

impl Form {
    /// Whether it would change nothing of its record.
    pub(super) fn idle(&self) -> bool {
        matches!(self.act, Act::Edit { .. }) && self.changes() == 0
    }
}

impl App {
    /// F8 where nothing was changed: nothing is saved, and nothing can be taken back.
    pub(super) fn close_idle(&mut self) {
        self.back();
        let told = self.say(
            "没有改动，没有保存",
            "nothing was changed, nothing is saved",
        );
        self.tell(Level::Info, told);
    }

    /// What is said of a form with wrong fields that was to be sent.
    fn unsent(&self, form: &Form) -> String {
        let wrong = form.wrong();
        let (count, safe) = (wrong.len(), safe(form, self.lang));
        let labels = form
            .fields
            .iter()
            .filter(|field| wrong.contains(&field.key));
        let labels: Vec<&str> = labels.map(|field| field.label.get(self.lang)).collect();
        let more = match count > NAMED {
            true => self.say("等", " and more"),
            false => "",
        };
        let named = labels.get(..count.min(NAMED)).unwrap_or_default();
        let named = named.join(self.say("、", ", "));
        match self.lang {
            Lang::Zh => format!("未提交：{count} 项要改（{named}{more}），{safe}；F8 到第一项"),
            Lang::En => {
                format!("not sent: {count} to mend ({named}{more}), {safe}; F8 goes to the first")
            }
        }
    }

    /// F8 sent nothing: says why.
    pub(super) fn tell_unsent(&mut self) {
        let Some(Overlay::Form(form)) = self.over.last() else {
            return;
        };
        let (id, told) = (form.token, self.unsent(form));
        self.drafts.unsent = Some((id, told.clone()));
        self.tell(Level::Error, told);
    }

    /// A draft is kept: what was said of its refused form is said with that.
    pub(super) fn unsent_kept(&mut self, id: u64) {
        let told = self.drafts.unsent.take();
        let Some((_, told)) = told.filter(|(of, _)| *of == id) else {
            return;
        };
        let standing = matches!(&self.message, Some((Level::Error, text)) if *text == told);
        if standing && let Some(Overlay::Form(form)) = self.over.last() {
            let told = self.unsent(form);
            self.message = Some((Level::Error, told));
        }
    }
}
