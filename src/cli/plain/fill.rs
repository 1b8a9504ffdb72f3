//! A form as a dialogue: field after field, then the question whether to send it.

use crate::cli::plain::Talk;
use crate::cli::plain::field::sign;
use crate::domain::fold::narrow;
use crate::domain::reading::initials;
use crate::domain::refusal::Refusal;
use crate::protocol::Act;
use crate::say;
use crate::tui::form::Form;

/// Where the dialogue goes on.
pub(super) enum Go {
    /// The same field again.
    Again,
    /// On, from where the field is.
    Next,
    /// A field, and then back to where one was.
    To(usize),
    /// The field before.
    Back,
    /// To the service.
    Send,
    /// Stops, and keeps what was typed.
    Stop,
    /// It is done.
    Done,
}

impl Talk<'_> {
    /// Asks for the fields of a form and sends it; what is left half done is kept.
    pub(super) fn fill(&mut self, mut form: Form) -> Result<(), Refusal> {
        let (title, count) = (form.title.clone(), form.fields.len());
        if count > 0 {
            self.tell(&say!(
                "{title}，共 {count} 项，? 说明，. 停下",
                "{title}, {count} fields, ? explains, . stops"
            ));
        }
        let result = self.dialogue(&mut form);
        match result {
            Ok(true) => self.sent(),
            _ => self.leave(form),
        }
        result.map(|_| ())
    }

    /// True when it was sent and taken.
    fn dialogue(&mut self, form: &mut Form) -> Result<bool, Refusal> {
        // Where to go back to after a field that was asked for by name, or anew.
        let mut then = None;
        loop {
            let at = form.at;
            let end = form.fields.len();
            let go = match at < end {
                true => self.ask_field(form)?,
                false => self.ask_send(form)?,
            };
            form.at = match go {
                Go::Again => at,
                Go::Next => then.take().unwrap_or(at + 1),
                Go::Back => at.saturating_sub(1),
                Go::To(to) => {
                    then.get_or_insert(at);
                    to
                }
                Go::Send => {
                    then = Some(end);
                    match self.send(form)? {
                        Go::To(to) => to,
                        Go::Done => return Ok(true),
                        Go::Stop => return Ok(false),
                        // A written reason was asked for: the form has grown by it.
                        _ => form.fields.len(),
                    }
                }
                Go::Stop | Go::Done => return Ok(false),
            };
            self.keep(form);
            if form.ahead.taken {
                return Ok(false);
            }
            // After the last field one goes back to the end as it is now.
            if at >= end && matches!(then, Some(place) if place >= end) {
                then = Some(form.fields.len());
            }
        }
    }

    /// The question at the end of a form.
    fn ask_send(&mut self, form: &mut Form) -> Result<Go, Refusal> {
        let changes = form.changes();
        let fresh = matches!(form.act, Act::Edit { .. }) && changes == 0;
        self.tell(&if form.fields.is_empty() && form.heavy() {
            say!(
                "没有要填的。Enter 核对，. 不办",
                "nothing to fill. Enter reads what it does, . leaves it"
            )
        } else if form.fields.is_empty() {
            say!("没有要填的。Enter 办理，. 不办", "nothing to fill. Enter does it, . leaves it")
        } else if fresh {
            say!(
                "改哪一项：写 /名称，如 /电话；Enter 从头逐项",
                "which field: write /NAME, such as /phone; Enter goes through all"
            )
        } else {
            say!(
                "已填 {changes} 项。Enter 提交，? 听一遍，/名称 改一项，- 回上一项，. 停下",
                "{changes} fields filled. Enter sends it, ? reads it, /NAME changes one, - goes back, . stops"
            )
        });
        let Some(line) = self.voice.hear() else {
            self.over = true;
            return Ok(Go::Stop);
        };
        let line = line.trim();
        Ok(match sign(line) {
            Some('?') => {
                self.read_form(form);
                Go::Again
            }
            Some('-') => Go::Back,
            Some('.') => Go::Stop,
            Some('/') => self.named_field(form, line),
            Some('+') => Go::Send,
            _ if line.is_empty() && fresh => {
                form.at = 0;
                return self.ask_field(form).map(|go| match go {
                    Go::Next => Go::To(1),
                    Go::Again => Go::To(0),
                    go => go,
                });
            }
            _ if line.is_empty() => Go::Send,
            _ => {
                self.tell(&say!(
                    "这里只等提交：Enter 提交，/名称 改一项",
                    "this waits to be sent: Enter sends, /NAME changes a field"
                ));
                Go::Again
            }
        })
    }

    /// Reads out what is filled in.
    pub(super) fn read_form(&mut self, form: &Form) {
        for (at, field) in form.fields.iter().enumerate() {
            let text = form.text(at).replace('\n', self.text("；", "; "));
            if !text.is_empty() {
                let label = field.label.get(self.lang);
                self.tell(&say!("{label}：{text}", "{label}: {text}"));
            }
        }
    }

    /// `/名称`: the field of that name, by label, initials or key.
    pub(super) fn named_field(&mut self, form: &Form, line: &str) -> Go {
        let wanted = narrow(line).to_lowercase();
        let wanted = wanted.trim_start_matches(['/', '、']).trim();
        let texts = |at: usize| -> Vec<String> {
            let field = form.fields.get(at);
            field.map_or_else(Vec::new, |field| {
                vec![
                    field.label.zh.to_owned(),
                    field.label.en.to_lowercase(),
                    initials(field.label.zh),
                    field.key.to_owned(),
                ]
            })
        };
        let all = 0..form.fields.len();
        let whole = all
            .clone()
            .find(|at| texts(*at).iter().any(|text| text == wanted));
        let begun = || {
            all.clone()
                .find(|at| texts(*at).iter().any(|text| text.starts_with(wanted)))
        };
        match whole.or_else(begun).filter(|_| !wanted.is_empty()) {
            Some(at) => Go::To(at),
            None => {
                self.tell(&say!(
                    "没有「{wanted}」这一项",
                    "there is no field \"{wanted}\""
                ));
                let labels: Vec<&str> = form
                    .fields
                    .iter()
                    .map(|field| field.label.get(self.lang))
                    .collect();
                let list = labels.join(self.text("、", ", "));
                self.tell(&say!("有：{list}", "there are: {list}"));
                Go::Again
            }
        }
    }
}
