//! `kezhi export`: a kind into a file, masked unless there is a reason.

use std::collections::HashSet;
use std::path::PathBuf;

use crate::cli::data::fields;
use crate::cli::exchange::{odd, progress, refused};
use crate::cli::named::named;
use crate::cli::{Desk, kind};
use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::exchange::export::Export;
use crate::exchange::heading::CODE;
use crate::protocol::{Answer, List, MOST_ROWS, Request, View};
use crate::say;
use crate::wire::client::Client;

/// What `kezhi export` was asked.
#[derive(clap::Args)]
pub struct ExportArgs {
    /// Kind 类别
    kind: String,
    /// .csv, .xlsx or .json 目标文件
    #[arg(short, long)]
    output: PathBuf,
    /// FIELD=VALUE 只导出符合的；日期写 本周、2026-11、..2026-12-01 等
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    filters: Vec<String>,
    /// Only this organisation and those below it: code or name 只导出此组织及其下级
    #[arg(long)]
    org: Option<String>,
    /// Unmasked; needs the right, and a reason 不隐藏（需要权限和原因）
    #[arg(long, requires = "reason")]
    full: bool,
    /// Why 原因
    #[arg(long)]
    reason: Option<String>,
}

pub(crate) fn export(desk: &Desk, args: &ExportArgs) -> Result<u8, Refusal> {
    let kind = kind(&args.kind)?;
    let client = desk.connect()?;
    let full = args.full.then(|| args.reason.clone().unwrap_or_default());
    let mut columns = vec![(CODE.key.to_owned(), CODE.label.get(desk.lang).to_owned())];
    // What serves the program alone leaves with no file.
    let shown = || kind.spec().fields.iter().filter(|field| !field.inner);
    for field in shown() {
        columns.push((field.key.to_owned(), field.label.get(desk.lang).to_owned()));
    }
    let mut notes = Vec::new();
    if client.welcome.demo {
        notes.push("演示数据 demonstration data".to_owned());
    }
    if let Some(reason) = &full {
        let (who, when) = (&client.welcome.who.name, crate::service::now());
        notes.push(
            say!(
                "导出人 {who}，时间 {when}，原因：{reason}",
                "exported by {who} at {when}, because: {reason}"
            )
            .get(desk.lang)
            .to_owned(),
        );
    }
    let chosen = chosen(&client, kind, args)?;
    let mut after = 0;
    let mut count = 0u64;
    // What was chosen is part of what was exported: it stands in the log with the reason.
    let mut reason = full.clone();
    if let Some(reason) = reason.as_mut().filter(|_| chosen.is_some()) {
        let org = args.org.iter().map(|org| format!("org={org}"));
        for one in args.filters.iter().cloned().chain(org) {
            reason.push_str(&format!("；{one}"));
        }
    }
    let request = |after| Request::Export {
        kind,
        after,
        full: reason.clone(),
    };
    // The first page is asked for before the file is opened: a refusal leaves no file.
    let Answer::Views(mut page) = client.ask(request(after))? else {
        return Err(odd());
    };
    let mut file = Export::create(&args.output, &columns, &notes).map_err(refused)?;
    let bar = progress(desk, 0);
    while let Some(last) = page.last() {
        after = last.code.number;
        let wanted = |view: &&View| {
            chosen
                .as_ref()
                .is_none_or(|chosen| chosen.contains(&view.code))
        };
        for view in page.iter().filter(wanted) {
            let mut cells = vec![view.code.to_string()];
            for field in shown() {
                let value = view.fields.get(field.key);
                cells.push(value.map_or_else(String::new, |value| cell(view, value)));
            }
            file.row(&cells).map_err(refused)?;
            count += 1;
        }
        bar.set_position(count);
        let Answer::Views(next) = client.ask(request(after))? else {
            return Err(odd());
        };
        page = next;
    }
    file.finish().map_err(refused)?;
    bar.finish_and_clear();
    let path = args.output.display();
    if desk.global.json {
        println!(
            "{}",
            serde_json::json!({ "file": args.output, "rows": count, "full": full.is_some() })
        );
    } else {
        println!(
            "{}",
            say!(
                "已导出 {count} 条到 {path}",
                "{count} rows exported to {path}"
            )
            .get(desk.lang)
        );
    }
    Ok(0)
}

/// The records that `--where` and `--org` choose; none if all are.
fn chosen(
    client: &Client,
    kind: Kind,
    args: &ExportArgs,
) -> Result<Option<HashSet<Code>>, Refusal> {
    if args.filters.is_empty() && args.org.is_none() {
        return Ok(None);
    }
    let filters: Vec<(String, String)> = fields(&args.filters)?
        .into_iter()
        .map(|(key, value)| (key, value.to_string()))
        .collect();
    let within = args
        .org
        .as_deref()
        .map(|org| named(client, org, Kind::Organisation.alone()))
        .transpose()?;
    let mut found = HashSet::new();
    let mut after = None;
    loop {
        let list = List {
            kind,
            filters: filters.clone(),
            within,
            sort: None,
            after,
            as_of: None,
            limit: MOST_ROWS,
        };
        let Answer::Views(page) = client.ask(Request::List(list))? else {
            return Err(odd());
        };
        let Some(last) = page.last() else {
            return Ok(Some(found));
        };
        after = Some(last.code);
        found.extend(page.iter().map(|view| view.code));
    }
}

/// Names stand for codes, so that a file can be read by people and imported again.
fn cell(view: &View, value: &Value) -> String {
    match value {
        Value::List(parts) if parts.iter().any(|part| matches!(part, Value::Map(_))) => {
            serde_json::to_string(value).unwrap_or_default()
        }
        other => other
            .parts()
            .iter()
            .map(|part| {
                let text = part.to_string();
                view.names.get(&text).cloned().unwrap_or(text)
            })
            .collect::<Vec<_>>()
            .join("、"),
    }
}
