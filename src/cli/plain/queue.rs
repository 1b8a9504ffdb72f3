//! 队列 and 今日: matters that wait.

use crate::cli::odd;
use crate::cli::plain::Talk;
use crate::cli::plain::item::Item;
use crate::cli::queue::days;
use crate::domain::refusal::Refusal;
use crate::protocol::matter::{Matter, Queue, Which};
use crate::protocol::{Answer, Request};
use crate::say;

/// Matters that are fetched.
const MOST: usize = 100;

impl Talk<'_> {
    /// 队列.
    pub(super) fn queue(&mut self, words: &str) -> Result<(), Refusal> {
        self.matters(Which::Open, words)
    }

    /// 今日.
    pub(super) fn today(&mut self, words: &str) -> Result<(), Refusal> {
        self.matters(Which::Today, words)
    }

    fn matters(&mut self, which: Which, words: &str) -> Result<(), Refusal> {
        let queue = Queue {
            which,
            text: words.to_owned(),
            limit: MOST,
            ..Queue::default()
        };
        let Answer::Queue(page) = self.ask(Request::Queue(queue))? else {
            return Err(odd());
        };
        let (open, over, today, urgent) = (page.open, page.overdue, page.today, page.urgent);
        self.tell(&say!(
            "待办 {open} 件，逾期 {over} 件，今日必办 {today} 件，紧急 {urgent} 件",
            "{open} open, {over} overdue, {today} to be done today, {urgent} urgent"
        ));
        let (total, shown) = (page.total, page.rows.len());
        self.tell(&match total {
            0 => say!("这里没有", "none here"),
            _ if total > shown => say!(
                "所查 {total} 件，读前 {shown} 件，写序号打开",
                "{total} asked for, the first {shown} are read, a number opens one"
            ),
            _ => say!(
                "所查 {total} 件，写序号打开",
                "{total} asked for, a number opens one"
            ),
        });
        self.items = page.rows.iter().map(|one| Item::Record(one.code)).collect();
        let rows = page.rows.iter().enumerate();
        let lines = rows.map(|(at, one)| self.matter(at + 1, one)).collect();
        self.voice.page(lines);
        Ok(())
    }

    fn matter(&self, number: usize, one: &Matter) -> String {
        let lang = self.lang;
        let urgent = if one.urgent {
            self.text("紧急", "urgent")
        } else {
            ""
        };
        let left = match one.due {
            Some(due) => format!("{due} {}", days(one.left, one.workdays, lang)),
            None => String::new(),
        };
        let handler = match one.handler.as_str() {
            "" => self.text("无人承办", "nobody handles it").to_owned(),
            name => self.say(say!("承办 {name}", "handled by {name}")),
        };
        let parts = [
            one.title.as_str(),
            urgent,
            one.code.kind.spec().said(&one.status, lang),
            one.clock.get(lang),
            &left,
            &handler,
            &one.code.to_string(),
        ];
        format!("{number} {}", self.joined(&parts))
    }
}
