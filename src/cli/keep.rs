//! Commands that look after the store: copies, checks, the log.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::cli::{Desk, odd, print};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::{Answer, Checked, Request};
use crate::say;
use crate::store::{Store, verify as store_verify};
use crate::wire::place::private_dir;

pub(crate) fn backup(desk: &Desk, file: &Path) -> Result<u8, Refusal> {
    let file = std::path::absolute(file).map_err(Refusal::fault)?;
    let name = file.display().to_string();
    let Answer::Done(rows) = desk.connect()?.ask(Request::Backup(name.clone()))? else {
        return Err(odd());
    };
    outln!(
        "{}",
        say!(
            "已备份到 {name}，{rows} 行，已核对",
            "backed up to {name}: {rows} rows, checked"
        )
        .get(desk.lang)
    );
    Ok(0)
}

pub(crate) fn restore(desk: &Desk, file: &Path) -> Result<u8, Refusal> {
    let target = desk.dir.join("store.redb");
    if target.exists() {
        let dir = desk.dir.display();
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!(
                "数据目录 {dir} 已有数据，不覆盖",
                "{dir} already holds a store, which is not overwritten"
            ),
        )
        .hint(say!(
            "用 --data 指定一个空目录",
            "name an empty directory with --data"
        )));
    }
    private_dir(&desk.dir).map_err(Refusal::fault)?;
    let partial = desk.dir.join("store.redb.partial");
    std::fs::copy(file, &partial).map_err(|error| {
        let name = file.display();
        Refusal::new(
            RefusalKind::Usage,
            say!(
                "读不了备份 {name}：{error}",
                "cannot read the backup {name}: {error}"
            ),
        )
    })?;
    std::fs::set_permissions(&partial, std::fs::Permissions::from_mode(0o600))
        .map_err(Refusal::fault)?;
    let checked = Store::open(&partial)
        .and_then(|store| store_verify::all(&store.read()?))
        .map_err(Refusal::from);
    match checked {
        Ok(found) if found.problems.is_empty() => {
            std::fs::rename(&partial, &target).map_err(Refusal::fault)?;
            let (records, entries) = (found.records, found.entries);
            outln!(
                "{}",
                say!(
                    "已恢复 {records} 条记录、{entries} 条日志",
                    "restored {records} records and {entries} log entries"
                )
                .get(desk.lang)
            );
            Ok(0)
        }
        Ok(found) => {
            let _ = std::fs::remove_file(&partial);
            let first = found.problems.into_iter().next().unwrap_or_default();
            Err(Refusal::new(RefusalKind::Invalid, first).hint(say!(
                "备份不完整，请换一份",
                "the backup is not whole: use another one"
            )))
        }
        Err(refusal) => {
            let _ = std::fs::remove_file(&partial);
            let name = file.display();
            Err(match refusal.kind {
                RefusalKind::Fault => Refusal::new(
                    RefusalKind::Invalid,
                    say!("{name} 不是完整的备份", "{name} is not a whole backup"),
                )
                .hint(say!(
                    "没有写入任何数据；请换一份备份",
                    "nothing was written; use another backup"
                )),
                _ => refusal,
            })
        }
    }
}

fn checked(desk: &Desk, checked: &Checked) -> Result<u8, Refusal> {
    if desk.global.json {
        outln!(
            "{}",
            serde_json::to_string(checked).map_err(Refusal::fault)?
        );
    } else {
        let (entries, records, rows) = (checked.entries, checked.records, checked.index_rows);
        for problem in &checked.problems {
            outln!("× {}", problem.get(desk.lang));
        }
        if checked.problems.is_empty() && records == 0 && rows == 0 {
            outln!(
                "{}",
                say!(
                    "一致：日志 {entries} 条",
                    "all agrees: {entries} log entries"
                )
                .get(desk.lang)
            );
        } else if checked.problems.is_empty() {
            outln!(
                "{}",
                say!(
                    "一致：日志 {entries} 条，记录 {records} 条，索引 {rows} 行",
                    "all agrees: {entries} log entries, {records} records, {rows} index rows"
                )
                .get(desk.lang)
            );
        }
    }
    Ok(if checked.problems.is_empty() { 0 } else { 1 })
}

pub(crate) fn verify(desk: &Desk) -> Result<u8, Refusal> {
    let Answer::Checked(found) = desk.connect()?.ask(Request::Verify)? else {
        return Err(odd());
    };
    checked(desk, &found)
}

pub(crate) fn log_verify(desk: &Desk, head: Option<&str>) -> Result<u8, Refusal> {
    let known = match head {
        None => None,
        Some(head) => Some(
            head.split_once(':')
                .and_then(|(seq, hash)| Some((seq.parse().ok()?, hash.to_owned())))
                .ok_or_else(|| {
                    Refusal::new(
                        RefusalKind::Usage,
                        say!("链头写作 序号:哈希", "write a head as NUMBER:HASH"),
                    )
                })?,
        ),
    };
    let Answer::Checked(found) = desk.connect()?.ask(Request::LogVerify(known))? else {
        return Err(odd());
    };
    checked(desk, &found)
}

pub(crate) fn log_head(desk: &Desk) -> Result<u8, Refusal> {
    let Answer::Head { seq, hash } = desk.connect()?.ask(Request::LogHead)? else {
        return Err(odd());
    };
    if desk.global.json {
        outln!(
            "{}",
            serde_json::json!({ "seq": seq, "hash": hash, "algorithm": "SM3" })
        );
    } else {
        outln!("{seq}:{hash}");
    }
    Ok(0)
}

pub(crate) fn log_export(desk: &Desk) -> Result<u8, Refusal> {
    let client = desk.connect()?;
    let mut from = 1;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    loop {
        let Answer::Entries(page) = client.ask(Request::LogPage { from, limit: 1000 })? else {
            return Err(odd());
        };
        let Some(last) = page.last() else { break };
        from = last.seq + 1;
        for entry in &page {
            let line = serde_json::to_string(entry).map_err(Refusal::fault)?;
            if let Err(error) = writeln!(out, "{line}") {
                std::process::exit(print::ended(&error));
            }
        }
    }
    match out.flush() {
        Ok(()) => Ok(0),
        Err(error) => std::process::exit(print::ended(&error)),
    }
}
