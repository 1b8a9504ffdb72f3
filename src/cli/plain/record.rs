//! 看 and 记录: one record, a line for each of its fields.

use crate::cli::plain::Talk;
use crate::cli::plain::item::Item;
use crate::cli::queue::days;
use crate::cli::{history, odd, print};
use crate::domain::clock::CLOCKS;
use crate::domain::kind::Code;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::matter::ClockView;
use crate::protocol::{Answer, Request, View};
use crate::say;

/// Entries of a history that are fetched.
const MOST: usize = 200;

/// The refusal where a record is needed and none was read.
fn nothing_open() -> Refusal {
    Refusal::new(
        RefusalKind::Usage,
        say!("还没有打开一条记录", "no record was opened yet"),
    )
    .hint(say!(
        "先 查，再写序号；或写编号",
        "find one and write its number, or write a code"
    ))
}

impl Talk<'_> {
    /// The record that a word names: a number, a code, or the one that was read last.
    pub(super) fn meant(&self, word: &str) -> Result<Code, Refusal> {
        let plain = crate::domain::fold::narrow(word);
        if plain.is_empty() {
            let open = self.open.as_ref().map(|view| view.code);
            return open.ok_or_else(nothing_open);
        }
        if let Ok(number) = plain.parse::<usize>()
            && let Ok(Item::Record(code)) = self.numbered(number)
        {
            return Ok(code);
        }
        Code::read(&plain).ok_or_else(|| Refusal::not_found(word))
    }

    /// 看.
    pub(super) fn show(&mut self, word: &str) -> Result<(), Refusal> {
        let plain = crate::domain::fold::narrow(word);
        let digits = plain.chars().filter(char::is_ascii_digit).count();
        let spoken = plain
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'));
        // Ten digits are the check code of a certificate that somebody reads aloud.
        if spoken && digits >= 8 {
            let Answer::View(view) = self.ask(Request::Certificate(plain))? else {
                return Err(odd());
            };
            self.read_out(view, &[]);
            return Ok(());
        }
        let code = self.meant(word)?;
        self.show_code(code)
    }

    /// Reads out a record; of a case its clocks too.
    pub(super) fn show_code(&mut self, code: Code) -> Result<(), Refusal> {
        let case = CLOCKS.iter().any(|clock| clock.kind == code.kind);
        let request = match case {
            true => Request::Case(code),
            false => Request::Show(code),
        };
        match self.ask(request)? {
            Answer::Case(case) => self.read_out(case.view, &case.clocks),
            Answer::View(view) => self.read_out(view, &[]),
            _ => return Err(odd()),
        }
        Ok(())
    }

    fn read_out(&mut self, view: View, clocks: &[ClockView]) {
        let lang = self.lang;
        let spec = view.kind.spec();
        let (label, code, rev) = (spec.label.get(lang), view.code, view.rev);
        let mut lines = vec![self.say(say!(
            "{label} {code}，第 {rev} 版",
            "{label} {code}, revision {rev}"
        ))];
        lines.extend(view.told.iter().map(|said| said.get(lang).to_owned()));
        let findings = view.findings.iter().map(|finding| finding.line(lang));
        lines.extend(findings.map(|line| self.say(say!("注意：{line}", "note: {line}"))));
        lines.extend(clocks.iter().map(|one| self.clock(one)));
        for field in spec.fields.iter().filter(|field| !field.inner) {
            let Some(value) = view.fields.get(field.key) else {
                continue;
            };
            let label = field.label.get(lang);
            let today = chrono::Local::now().date_naive();
            let of = print::lines(&view, field, value, lang, today);
            let inside = format!("{}.", field.key);
            let hidden = view
                .masked
                .iter()
                .any(|key| key == field.key || key.starts_with(&inside));
            let last = of.len();
            for (at, text) in of.into_iter().enumerate() {
                let number = if at == 0 {
                    String::new()
                } else {
                    format!(" {}", at + 1)
                };
                let text = text.replace("  ", " ");
                let mut line = self.say(say!("{label}{number}：{text}", "{label}{number}: {text}"));
                if hidden && at + 1 == last {
                    line.push_str(&self.say(say!(
                        "，已隐去，写 显示 {label} 可听",
                        ", masked: reveal {label} reads it"
                    )));
                }
                lines.push(line);
            }
        }
        let calls = view
            .calls
            .iter()
            .map(|call| call.line(lang).replace("  ", " "));
        lines.extend(calls.map(|line| self.say(say!("来电：{line}", "call: {line}"))));
        self.open = Some(view);
        self.voice.page(lines);
    }

    fn clock(&self, one: &ClockView) -> String {
        let lang = self.lang;
        let left = days(one.left, one.workdays, lang);
        let (label, due, whose) = (one.label.get(lang), one.due, one.whose.get(lang));
        let article = &one.article;
        self.say(say!(
            "期限：{label}，{due} 止，{left}，轮到{whose}，{article}",
            "clock: {label}, by {due}, {left}, turn of {whose}, {article}"
        ))
    }

    /// 记录.
    pub(super) fn history(&mut self, word: &str) -> Result<(), Refusal> {
        let code = self.meant(word)?;
        let asked = Request::History { code, limit: MOST };
        let Answer::Entries(entries) = self.ask(asked)? else {
            return Err(odd());
        };
        let names = history::names(self.client()?)?;
        let lines = history::lines(code.kind, &entries, &names, self.lang);
        let gap = self.text("，", ", ");
        let count = entries.len();
        self.tell(&say!(
            "{code} 的变更 {count} 条，新的在前",
            "{code} was changed {count} times, newest first"
        ));
        let lines = lines.iter().map(|line| line.trim().replace("  ", gap));
        self.voice.page(lines.collect());
        Ok(())
    }
}
