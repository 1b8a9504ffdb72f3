//! Sending a form, and what a refusal asks for: the others of its fields stay as they are.

use crate::cli::odd;
use crate::cli::plain::Talk;
use crate::cli::plain::fill::Go;
use crate::domain::fold::narrow;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::{Answer, Request};
use crate::say;
use crate::tui::form::{Form, REASON};

/// A heavy step was not agreed to: a form in which nothing is to be filled goes with it.
fn refrained(form: &Form) -> Go {
    match form.fields.is_empty() {
        true => Go::Stop,
        false => Go::Again,
    }
}

impl Talk<'_> {
    /// Sends what was filled in.
    pub(super) fn send(&mut self, form: &mut Form) -> Result<Go, Refusal> {
        if form.code().is_some() && form.taken().is_none() && form.changes() == 0 {
            self.tell(&say!("没有改动", "nothing was changed"));
            return Ok(Go::Stop);
        }
        if let Some(at) = self.lacking(form) {
            return Ok(Go::To(at));
        }
        loop {
            let (heavy, change) = (form.heavy(), form.change());
            // What stands in the way of a heavy step comes before the question.
            let request = match heavy {
                true => Request::Try(change),
                false => Request::Make {
                    token: form.token,
                    change,
                },
            };
            // Whatever happens, the form is still here.
            let refusal = match self.ask(request) {
                Ok(Answer::Done(_)) if heavy => match self.consent(form, None) {
                    true => continue,
                    false => return Ok(refrained(form)),
                },
                Ok(Answer::View(view)) => {
                    let (code, rev) = (view.code, view.rev);
                    let done = match form.taken() {
                        Some(step) => {
                            self.say(say!("已办「{}」：", "{}: ", step.label.get(self.lang)))
                        }
                        None => self.text("已保存：", "saved: ").to_owned(),
                    };
                    self.tell(&say!(
                        "{done}{code}，第 {rev} 版",
                        "{done}{code}, revision {rev}"
                    ));
                    for said in &view.told {
                        self.tell(said);
                    }
                    self.items.clear();
                    self.made(&form.act, &view);
                    self.open = Some(view);
                    return Ok(Go::Done);
                }
                Ok(_) => odd(),
                Err(refusal) => refusal,
            };
            if heavy && refusal.kind == RefusalKind::Confirm && !refusal.reason {
                match self.consent(form, Some(&refusal)) {
                    true => continue,
                    false => return Ok(refrained(form)),
                }
            }
            self.refused(&refusal);
            form.refuse(&refusal, self.lang);
            match refusal.kind {
                _ if refusal.reason => {
                    let place = form.place(REASON.key);
                    return Ok(place.map_or(Go::Again, Go::To));
                }
                RefusalKind::Confirm => {
                    if !self.sure()? {
                        form.confirmed = false;
                        return Ok(Go::Again);
                    }
                }
                RefusalKind::Stale => {
                    self.theirs(form)?;
                    return Ok(Go::Again);
                }
                _ => {
                    self.tell(&say!(
                        "没有保存，填的都还在",
                        "nothing was saved, what you wrote is still here"
                    ));
                    let key = refusal.field.as_deref();
                    let place = key.and_then(|key| form.place(key));
                    return Ok(place.map_or(Go::Again, Go::To));
                }
            }
        }
    }

    /// The first field that is wrong or empty and must not be, said with all of its like.
    fn lacking(&mut self, form: &mut Form) -> Option<usize> {
        let wrong = form.problems.iter().find_map(|(key, said)| {
            let at = form.place(key)?;
            (!form.text(at).is_empty()).then(|| (at, said.clone()))
        });
        if let Some((at, said)) = wrong {
            self.tell(&say!("不对：{said}", "not right: {said}"));
            return Some(at);
        }
        let missing = form.missing(self.lang);
        if missing.is_empty() {
            return None;
        }
        let list = missing.join(self.text("、", ", "));
        form.problems.clear();
        self.tell(&say!(
            "还没有提交，还缺：{list}",
            "not sent yet, still missing: {list}"
        ));
        Some(form.at)
    }

    /// Whether somebody is sure of what the service asked about.
    fn sure(&mut self) -> Result<bool, Refusal> {
        self.tell(&say!(
            "确认无误写 是，其他回去改",
            "write yes if it is right, anything else goes back"
        ));
        let Some(line) = self.voice.hear() else {
            self.over = true;
            return Ok(false);
        };
        let word = narrow(line.trim()).to_lowercase();
        Ok(["是", "s", "y", "yes"].contains(&word.as_str()))
    }
}
