//! `kezhi import`: a rehearsal of every row, then all of them or none.

use std::path::PathBuf;

use crate::cli::exchange::told::Told;
use crate::cli::exchange::{odd, progress, refused};
use crate::cli::{Desk, kind};
use crate::domain::kind::Kind;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::value::Value;
use crate::exchange::sheet::Line;
use crate::exchange::{reject, sheet};
use crate::protocol::{Answer, Request, SheetRow};
use crate::say;

/// Rows and bytes of one request, about.
const BATCH: (usize, usize) = (2000, 4 << 20);

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

/// The kinds that sheets bring.
const KINDS: [Kind; 6] = [
    Kind::Organisation,
    Kind::Volunteer,
    Kind::Activity,
    Kind::Enrolment,
    Kind::Insurance,
    Kind::ServiceRecord,
];

fn importable(word: &str) -> Result<Kind, Refusal> {
    let kind = kind(word)?;
    if KINDS.contains(&kind) {
        return Ok(kind);
    }
    let label = kind.spec().label;
    let (zh, en) = (label.zh, label.en);
    let list = KINDS.map(|kind| kind.spec().key).join(" ");
    Err(Refusal::new(
        RefusalKind::Usage,
        say!("{zh}不能导入", "{en} cannot be imported"),
    )
    .hint(say!("可导入的有：{list}", "what can be imported: {list}")))
}

/// A damaged file is told in a sentence, not in the words of a library that stumbled over it.
fn quietly<T>(read: impl FnOnce() -> T) -> T {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let read = read();
    std::panic::set_hook(hook);
    read
}

pub(crate) fn import(desk: &Desk, args: &ImportArgs) -> Result<u8, Refusal> {
    let kind = importable(&args.kind)?;
    let spec = kind.spec();
    let sheet = quietly(|| sheet::read(&args.file, spec.fields)).map_err(refused)?;
    let source = args
        .file
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let client = desk.connect()?;
    client.ask(Request::ImportOpen { kind, source })?;
    let mut told = Told::new(kind, &args.file, &sheet);
    let bar = progress(desk, sheet.table.len() as u64);
    let mut batch = Vec::new();
    let mut bytes = 0;
    let send = |batch: &mut Vec<SheetRow>, told: &mut Told| {
        if batch.is_empty() {
            return Ok(());
        }
        let request = Request::ImportRows(std::mem::take(batch));
        let Answer::Problems(answer) = client.ask(request)? else {
            return Err(odd());
        };
        told.add(answer);
        Ok(())
    };
    for (row, line) in sheet.lines(spec.prefix) {
        bar.set_position(row);
        match line {
            Line::Beside(said) => told.beside.push((row, said)),
            Line::Record(fields, problems) => {
                told.rows += 1;
                bytes += fields
                    .values()
                    .filter_map(Value::text)
                    .map(str::len)
                    .sum::<usize>();
                batch.push(SheetRow {
                    row,
                    fields,
                    problems,
                });
            }
        }
        if batch.len() >= BATCH.0 || bytes >= BATCH.1 {
            send(&mut batch, &mut told)?;
            bytes = 0;
        }
    }
    send(&mut batch, &mut told)?;
    let write = !args.dry_run && (told.problems.is_empty() || args.accept_valid);
    let Answer::Done(written) = client.ask(Request::ImportClose { write })? else {
        return Err(odd());
    };
    bar.finish_and_clear();
    told.written = written;
    if !told.problems.is_empty() {
        // What was written stays written: that the refused rows find no place is told, not an end.
        match reject::write(&args.file, &sheet, &told.reasons(desk.lang)) {
            Ok(path) => told.rejects = Some(path),
            Err(said) => eprintln!("{}", said.get(desk.lang)),
        }
    }
    told.tell(desk, args.dry_run);
    Ok(if told.problems.is_empty() { 0 } else { 3 })
}
