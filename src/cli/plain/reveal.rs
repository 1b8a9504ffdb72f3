//! 显示: a masked field, with the reason for which it is read.

use crate::cli::odd;
use crate::cli::plain::Talk;
use crate::cli::plain::item::Item;
use crate::domain::fold::narrow;
use crate::domain::kind::Code;
use crate::domain::reading::initials;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::spot::label;
use crate::protocol::{Answer, Request};
use crate::say;
use crate::tui::key::REASONS;

impl Talk<'_> {
    /// 显示.
    pub(super) fn reveal(&mut self, word: &str) -> Result<(), Refusal> {
        self.writes()?;
        let code = self.meant("")?;
        let keys = self
            .open
            .as_ref()
            .map_or_else(Vec::new, |view| view.masked.clone());
        let lang = self.lang;
        let wanted = narrow(word).to_lowercase();
        let named = |key: &&String| {
            let name = label(code.kind, key, lang);
            wanted.is_empty()
                || **key == wanted
                || name.to_lowercase().contains(&wanted)
                || initials(&name).starts_with(&wanted)
        };
        let found: Vec<String> = keys.iter().filter(named).cloned().collect();
        match found.as_slice() {
            [] if keys.is_empty() => Err(Refusal::new(
                RefusalKind::NotFound,
                say!("这条记录没有隐去的", "nothing is masked in this record"),
            )),
            [] => Err(Refusal::not_found(word).hint(say!(
                "写 显示，听有哪些隐去的",
                "write reveal to hear what is masked"
            ))),
            [key] if !wanted.is_empty() => self.reveal_field(code, &key.clone()),
            several => {
                let several = several.to_vec();
                let lines = several.iter().enumerate();
                let lines =
                    lines.map(|(at, key)| format!("{} {}", at + 1, label(code.kind, key, lang)));
                let lines = lines.collect();
                self.items = several
                    .into_iter()
                    .map(|key| Item::Masked(code, key))
                    .collect();
                self.tell(&say!("隐去的，写序号", "masked fields, write a number"));
                self.voice.page(lines);
                Ok(())
            }
        }
    }

    /// Asks for the reason, and reads the field.
    pub(super) fn reveal_field(&mut self, code: Code, key: &str) -> Result<(), Refusal> {
        self.writes()?;
        let name = label(code.kind, key, self.lang);
        let reasons = REASONS.iter().enumerate();
        let reasons: Vec<String> = reasons
            .map(|(at, reason)| format!("{} {}", at + 1, reason.get(self.lang)))
            .collect();
        let list = reasons.join(self.text("；", "; "));
        self.tell(&say!(
            "听{name}的原因，记入日志：{list}；或自己写。空行不听",
            "why {name} is read, for the log: {list}; or in your words. An empty line leaves it"
        ));
        let Some(line) = self.voice.hear() else {
            self.over = true;
            return Ok(());
        };
        let typed = narrow(line.trim());
        if typed.is_empty() {
            self.tell(&say!("没有显示", "nothing was revealed"));
            return Ok(());
        }
        let number = typed.parse::<usize>().ok().and_then(|at| at.checked_sub(1));
        let reason = match number.and_then(|at| REASONS.get(at)) {
            Some(reason) => reason.get(self.lang).to_owned(),
            None => typed,
        };
        let request = Request::Reveal {
            code,
            field: key.to_owned(),
            reason,
        };
        let Answer::Revealed(text) = self.ask(request)? else {
            return Err(odd());
        };
        self.tell(&say!("{name}：{text}", "{name}: {text}"));
        Ok(())
    }
}
