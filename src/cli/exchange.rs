//! Import and export.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::{Desk, kind};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Lang, Said};
use crate::exchange::export::Export;
use crate::exchange::{reject, sheet};
use crate::protocol::{Answer, Request};
use crate::say;

/// Rows of one request.
const BATCH: usize = 2000;

/// What `kezhi import` was asked.
#[derive(clap::Args)]
pub struct ImportArgs {
    /// Kind 类别
    kind: String,
    /// xlsx, xls, ods or csv 表格文件
    file: PathBuf,
    /// Only check 只核对，不写入
    #[arg(long)]
    dry_run: bool,
    /// Write the good rows even if others are refused 部分行有错时仍写入其余各行
    #[arg(long)]
    accept_valid: bool,
}

/// What `kezhi export` was asked.
#[derive(clap::Args)]
pub struct ExportArgs {
    /// Kind 类别
    kind: String,
    /// .csv, .xlsx or .json 目标文件
    #[arg(short, long)]
    output: PathBuf,
    /// Unmasked; needs the right, and a reason 不隐藏（需要权限和原因）
    #[arg(long, requires = "reason")]
    full: bool,
    /// Why 原因
    #[arg(long)]
    reason: Option<String>,
}

fn odd() -> Refusal {
    Refusal::fault("unexpected answer")
}

fn usage(said: Said) -> Refusal {
    Refusal::new(RefusalKind::Invalid, said)
}

fn progress(total: u64, quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}  {elapsed}") {
        bar.set_style(style);
    }
    bar
}

pub(crate) fn import(desk: &Desk, args: &ImportArgs) -> Result<u8, Refusal> {
    let kind = kind(&args.kind)?;
    let sheet = sheet::read(&args.file, kind.spec().fields).map_err(usage)?;
    let name = args
        .file
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let client = desk.connect()?;
    client.ask(Request::ImportOpen { kind, source: name })?;
    let mut problems: BTreeMap<u64, Refusal> = BTreeMap::new();
    let (mut rows, mut accepted, mut updated) = (0u64, 0u64, 0u64);
    let mut differences = Vec::new();
    let bar = progress(sheet.rows.len() as u64, desk.global.json);
    let mut batch = Vec::new();
    let mut records = sheet.records();
    loop {
        let next = records.next();
        let last = next.is_none();
        match next {
            Some((row, Ok(mut fields))) => {
                rows += 1;
                // A sheet may carry states and other columns that only steps change: they are not taken.
                fields.retain(|key, _| {
                    kind.spec()
                        .field(key)
                        .is_some_and(|field| field.need != crate::domain::field::Need::System)
                });
                batch.push((row, fields));
            }
            Some((row, Err((field, said)))) => {
                rows += 1;
                problems.insert(row, Refusal::invalid(field.key, said));
            }
            None => {}
        }
        if batch.len() >= BATCH || (last && !batch.is_empty()) {
            let Answer::Problems(answer) =
                client.ask(Request::ImportRows(std::mem::take(&mut batch)))?
            else {
                return Err(odd());
            };
            accepted += answer.accepted;
            updated += answer.updated;
            problems.extend(answer.problems);
            differences.extend(answer.differences);
            bar.set_position(rows);
        }
        if last {
            break;
        }
    }
    let write = !args.dry_run && (problems.is_empty() || args.accept_valid);
    let Answer::Done(written) = client.ask(Request::ImportClose { write })? else {
        return Err(odd());
    };
    bar.finish_and_clear();
    let rejects = if problems.is_empty() {
        None
    } else {
        let target = reject::path(&args.file, sheet.format);
        let reasons = problems
            .iter()
            .map(|(row, refusal)| (*row, refusal.line(desk.lang)))
            .collect();
        reject::write(&target, &sheet, &reasons).map_err(usage)?;
        Some(target)
    };
    let answer = Imported {
        file: &args.file,
        rows,
        accepted,
        updated,
        written,
        rejects: rejects.as_deref(),
        problems: &problems,
        ignored: &sheet.header.ignored,
        differences: &differences,
    };
    answer.tell(desk, args.dry_run);
    Ok(if problems.is_empty() { 0 } else { 3 })
}

struct Imported<'a> {
    file: &'a Path,
    rows: u64,
    accepted: u64,
    updated: u64,
    written: u64,
    rejects: Option<&'a Path>,
    problems: &'a BTreeMap<u64, Refusal>,
    ignored: &'a [String],
    differences: &'a [(u64, crate::domain::kind::Code, Vec<String>)],
}

impl Imported<'_> {
    fn tell(&self, desk: &Desk, dry: bool) {
        if desk.global.json {
            let problems: Vec<_> = self
                .problems
                .iter()
                .map(|(row, refusal)| {
                    serde_json::json!({ "row": row, "field": refusal.field, "message": refusal.message.get(desk.lang) })
                })
                .collect();
            println!(
                "{}",
                serde_json::json!({
                    "file": self.file, "rows": self.rows, "accepted": self.accepted, "updated": self.updated,
                    "rejected": self.problems.len(), "written": self.written, "rejects": self.rejects, "problems": problems,
                })
            );
            return;
        }
        let (rows, accepted, updated, rejected, written) = (
            self.rows,
            self.accepted,
            self.updated,
            self.problems.len(),
            self.written,
        );
        println!(
            "{}",
            say!(
                "共 {rows} 行：可新建 {accepted}，更新已有 {updated}，不能导入 {rejected}；已写入 {written}",
                "{rows} rows: {accepted} new, {updated} known, {rejected} refused; {written} written"
            )
            .get(desk.lang)
        );
        if !self.ignored.is_empty() {
            let list = self.ignored.join("、");
            println!(
                "{}",
                say!(
                    "未识别的列：{list}",
                    "columns that mean nothing here: {list}"
                )
                .get(desk.lang)
            );
        }
        for (row, code, fields) in self
            .differences
            .iter()
            .filter(|one| !one.2.is_empty())
            .take(20)
        {
            let labels: Vec<&str> = fields
                .iter()
                .filter_map(|key| code.kind.spec().field(key))
                .map(|field| field.label.get(desk.lang))
                .collect();
            let labels = labels.join("、");
            println!(
                "{}",
                say!(
                    "  第 {row} 行更新 {code}：{labels}",
                    "  row {row} changes {code}: {labels}"
                )
                .get(desk.lang)
            );
        }
        for (row, refusal) in self.problems.iter().take(20) {
            let line = refusal.line(desk.lang);
            println!(
                "{}",
                say!("× 第 {row} 行：{line}", "× row {row}: {line}").get(desk.lang)
            );
        }
        if rejected > 20 {
            println!("…");
        }
        if let Some(path) = self.rejects {
            let path = path.display();
            println!(
                "{}",
                say!(
                    "未导入的行连同原因在：{path}",
                    "the refused rows with their reasons are in: {path}"
                )
                .get(desk.lang)
            );
            if self.written == 0 && !dry {
                println!(
                    "{}",
                    say!(
                        "一行也没有写入。改正后再导入，或加 --accept-valid 先写入无误的行",
                        "nothing was written. Correct the file, or add --accept-valid to write the good rows"
                    )
                    .get(desk.lang)
                );
            }
        }
    }
}

pub(crate) fn export(desk: &Desk, args: &ExportArgs) -> Result<u8, Refusal> {
    let kind = kind(&args.kind)?;
    let client = desk.connect()?;
    let full = args.full.then(|| args.reason.clone().unwrap_or_default());
    let mut columns = vec![("code".to_owned(), label(desk, "编号", "Code"))];
    for field in kind.spec().fields {
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
    let mut after = 0;
    let mut count = 0u64;
    let request = |after| Request::Export {
        kind,
        after,
        full: full.clone(),
    };
    // The first page is asked for before the file is opened: a refusal leaves no file.
    let Answer::Views(mut page) = client.ask(request(after))? else {
        return Err(odd());
    };
    let mut file = Export::create(&args.output, &columns, &notes).map_err(usage)?;
    let bar = progress(0, desk.global.json);
    while let Some(last) = page.last() {
        after = last.code.number;
        for view in &page {
            let mut cells = vec![view.code.to_string()];
            for field in kind.spec().fields {
                let value = view.fields.get(field.key);
                cells.push(value.map_or_else(String::new, |value| cell(view, value)));
            }
            file.row(&cells).map_err(usage)?;
            count += 1;
        }
        bar.set_position(count);
        let Answer::Views(next) = client.ask(request(after))? else {
            return Err(odd());
        };
        page = next;
    }
    file.finish().map_err(usage)?;
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

/// Names stand for codes, so that a file can be read by people and imported again.
fn cell(view: &crate::protocol::View, value: &crate::domain::value::Value) -> String {
    use crate::domain::value::Value;
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

fn label(desk: &Desk, zh: &str, en: &str) -> String {
    (if desk.lang == Lang::Zh { zh } else { en }).to_owned()
}
