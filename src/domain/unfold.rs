//! A term told step by step, so that whoever asks can count along.

use chrono::{Datelike, NaiveDate};

use crate::domain::due::{Due, Skipped, Unit};
use crate::domain::said::{Said, Text};
use crate::say;

impl Due {
    /// The count in words behind what set it going: `收到 11-20 → 次日起算 → 15 日 = 12-05（周六）→ 顺延 12-07`.
    pub fn unfolded(&self, event: Text) -> Said {
        let Text { zh, en } = event;
        let (from, end, n) = (self.short(self.from), self.short(self.end), self.count);
        let mut told = match (n, self.unit) {
            (0, _) => say!("{zh} {from} -> 当日", "{en} {from} -> the same day"),
            (_, Unit::Hours(until)) => {
                let until = until.format("%m-%d %H:%M");
                say!(
                    "{zh} {from} -> 自当时起 {n} 小时 = {until}",
                    "{en} {from} -> {n} hours from the moment = {until}"
                )
            }
            (_, Unit::Workdays) => say!(
                "{zh} {from} -> 次日起算 -> {n} 个工作日 = {end}",
                "{en} {from} -> counted from the next day -> {n} working days = {end}"
            ),
            (_, Unit::Days(_)) => say!(
                "{zh} {from} -> 次日起算 -> {n} 日 = {end}",
                "{en} {from} -> counted from the next day -> {n} days = {end}"
            ),
        };
        add(&mut told, &self.left_out());
        if let Some(rest) = &self.rest {
            let (zh, en, day) = (&rest.zh, &rest.en, self.short(self.day));
            add(
                &mut told,
                &Said {
                    zh: format!("（{zh}）-> 顺延 {day}"),
                    en: format!(" ({en}) -> moved on to {day}"),
                },
            );
        }
        if let Some(missing) = self.missing() {
            add(&mut told, &say!("；", "; "));
            add(&mut told, &missing);
        }
        told
    }

    /// The count as sentences, one a step: what set it going, the first day, the last, where it moved and why.
    pub fn steps(&self, event: Text) -> Vec<Said> {
        let (from, end, day, n) = (self.from, self.end, self.day, self.count);
        let Text { zh, en } = event;
        let mut steps = vec![say!(
            "{zh} {from}，当日不计",
            "{en} {from}, that day is not counted"
        )];
        if let Unit::Hours(until) = self.unit {
            let until = until.format("%Y-%m-%d %H:%M");
            return vec![
                say!(
                    "{zh} {from}，从当时起算",
                    "{en} {from}, counted from the moment"
                ),
                say!("{n} 小时后是 {until}", "{n} hours later it is {until}"),
            ];
        }
        let first = self.first;
        if n == 0 {
            steps.push(say!(
                "期限 0 日，当日届满",
                "a term of no days ends the same day"
            ));
        } else {
            steps.push(say!(
                "{first} 起算第 1 日",
                "{first} is the first day counted"
            ));
            let left = self.left_out();
            let Said {
                zh: out,
                en: without,
            } = left;
            steps.push(match self.unit {
                Unit::Workdays => say!(
                    "第 {n} 个工作日是 {end}{out}",
                    "working day {n} is {end}{without}"
                ),
                Unit::Days(_) | Unit::Hours(_) => say!("第 {n} 日是 {end}", "day {n} is {end}"),
            });
        }
        if let Some(rest) = &self.rest {
            let (zh, en) = (&rest.zh, &rest.en);
            steps.push(say!(
                "{end} 是{zh}，顺延至 {day}",
                "{end} is a day off ({en}): moved on to {day}"
            ));
        }
        steps.extend(self.missing());
        steps.push(say!(
            "{day} 届满（含当日）",
            "it ends with {day}, that day included"
        ));
        steps
    }

    /// What is missing, where it is an estimate.
    pub fn missing(&self) -> Option<Said> {
        let years: Vec<String> = self.unknown.iter().map(i32::to_string).collect();
        let (zh, en) = (years.join("、"), years.join(", "));
        self.estimated().then(|| {
            say!(
                "按自然周估算，缺 {zh} 年放假安排",
                "an estimate by plain weeks: the holidays of {en} are not entered"
            )
        })
    }

    /// What was not counted as a working day, and which days of weekends were.
    fn left_out(&self) -> Said {
        let mut out: Vec<Said> = Vec::new();
        if self.weekend > 0 {
            let n = self.weekend;
            out.push(say!("周末 {n} 天", "weekends {n} d"));
        }
        out.extend(self.holidays.iter().map(|run| self.run(run)));
        let mut told = joined(&out, "不计", "without ");
        if !self.made_up.is_empty() {
            let days = self.made_up.iter().map(|day| self.short(*day));
            let days: Vec<Said> = days.map(|day| say!("{day}", "{day}")).collect();
            if !told.is_empty() {
                add(&mut told, &say!("；", "; "));
            }
            add(
                &mut told,
                &joined(&days, "计入调休上班 ", "with the made-up "),
            );
        }
        if told.is_empty() {
            return told;
        }
        Said {
            zh: format!("（{}）", told.zh),
            en: format!(" ({})", told.en),
        }
    }

    fn run(&self, run: &Skipped) -> Said {
        let (from, to, n) = (self.short(run.from), self.short(run.to), run.days);
        let (zh, en) = (&run.name.zh, &run.name.en);
        if n == 1 {
            return Said {
                zh: format!("{zh} {from}"),
                en: format!("{en} {from}"),
            };
        }
        Said {
            zh: format!("{zh} {from} 至 {to} 共 {n} 天"),
            en: format!("{en} {from} to {to} {n} d"),
        }
    }

    /// A day without its year, where the whole term lies in one.
    fn short(&self, day: NaiveDate) -> String {
        let form = if self.from.year() == self.day.year() {
            "%m-%d"
        } else {
            "%Y-%m-%d"
        };
        day.format(form).to_string()
    }
}

fn add(told: &mut Said, more: &Said) {
    told.zh.push_str(&more.zh);
    told.en.push_str(&more.en);
}

fn joined(parts: &[Said], zh: &str, en: &str) -> Said {
    if parts.is_empty() {
        return Said::default();
    }
    let each = |of: fn(&Said) -> &str| parts.iter().map(of).collect::<Vec<_>>();
    Said {
        zh: format!("{zh}{}", each(|part| &part.zh).join("、")),
        en: format!("{en}{}", each(|part| &part.en).join(", ")),
    }
}
