//! `kezhi due`: when a term ends and how it is counted; `kezhi calendar --learn`: the holidays of a year.

use std::path::Path;

use crate::cli::{Desk, odd};
use crate::domain::day;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::matter::Term;
use crate::protocol::{Answer, Request};
use crate::say;

/// What a term is counted in.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum UnitArg {
    /// Days of the calendar; the last one moves on from days off as the department has decided 按日
    Calendar,
    /// Working days 按工作日
    Working,
}

pub(crate) fn due(desk: &Desk, from: &str, days: u16, unit: UnitArg) -> Result<u8, Refusal> {
    let today = chrono::Local::now().date_naive();
    let from = day::day(from, today)
        .map_err(|said| Refusal::new(RefusalKind::Usage, said).field("from"))?;
    let term = Term {
        from,
        days,
        workdays: matches!(unit, UnitArg::Working),
    };
    let Answer::Due(view) = desk.connect()?.ask(Request::Due(term))? else {
        return Err(odd());
    };
    let steps: Vec<&str> = view.steps.iter().map(|said| said.get(desk.lang)).collect();
    match desk.global.json {
        true => outln!("{}", serde_json::json!({ "due": view.due, "steps": steps })),
        false => outln!("{}\n{}", steps.join("\n"), view.due),
    }
    Ok(0)
}

pub(crate) fn learn(desk: &Desk, file: &Path, reason: &str) -> Result<u8, Refusal> {
    let name = file.display();
    let text = std::fs::read_to_string(file).map_err(|error| {
        Refusal::new(
            RefusalKind::Usage,
            say!("读不了文件 {name}：{error}", "cannot read {name}: {error}"),
        )
    })?;
    let request = Request::Learn {
        text,
        reason: reason.to_owned(),
    };
    let Answer::Done(_) = desk.connect()?.ask(request)? else {
        return Err(odd());
    };
    match desk.global.json {
        true => outln!("{}", serde_json::json!({ "learnt": true })),
        false => outln!(
            "{}",
            say!(
                "已记下放假安排，各件的到期日随之重算",
                "the holidays are entered; all terms are reckoned anew by them"
            )
            .get(desk.lang)
        ),
    }
    Ok(0)
}
