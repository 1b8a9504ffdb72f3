//! A record by its code or by what it is called.

use crate::cli::odd;
use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::{Answer, Find, Request};
use crate::say;
use crate::wire::client::Client;

/// The record that a word means: a code, a name or a place, or words that find one alone.
pub(crate) fn named(client: &Client, raw: &str, kinds: &[Kind]) -> Result<Code, Refusal> {
    if let Some(code) = Code::read(raw) {
        return match kinds.contains(&code.kind) {
            true => Ok(code),
            false => Err(Refusal::not_found(raw)),
        };
    }
    let mean = Request::Mean {
        text: raw.to_owned(),
        kinds: kinds.to_vec(),
    };
    match client.ask(mean)? {
        Answer::Meant(Some(code)) => return Ok(code),
        Answer::Meant(None) => {}
        _ => return Err(odd()),
    }
    let find = Find {
        text: raw.to_owned(),
        kinds: kinds.to_vec(),
        limit: 20,
        ..Find::default()
    };
    let Answer::Found(found) = client.ask(Request::Find(find))? else {
        return Err(odd());
    };
    if found.rows.is_empty() || found.fuzzy {
        return Err(Refusal::not_found(raw));
    }
    let exact: Vec<_> = found
        .rows
        .iter()
        .filter(|row| row.title == raw.trim())
        .collect();
    match (exact.as_slice(), found.rows.as_slice()) {
        ([one], _) => return Ok(one.code),
        ([], [one]) => return Ok(one.code),
        _ => {}
    }
    let several = match exact.is_empty() {
        true => found.rows.iter().collect(),
        false => exact,
    };
    let list: Vec<String> = several
        .iter()
        .map(|row| {
            format!("{} {} {}", row.code, row.title, row.subtitle)
                .trim()
                .to_owned()
        })
        .collect();
    let (count, list) = (found.total.max(list.len()), list.join("、"));
    Err(Refusal::new(
        RefusalKind::Usage,
        say!(
            "「{raw}」可指 {count} 个：{list}",
            "\"{raw}\" may mean {count}: {list}"
        ),
    )
    .hint(say!("请填编号", "enter the code")))
}
