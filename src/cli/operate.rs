//! Commands on the service and its store.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use crate::cli::{Desk, odd, print};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Lang;
use crate::protocol::{Answer, Checked, Request};
use crate::say;
use crate::store::{Store, verify as store_verify};
use crate::wire::place::private_dir;
use crate::wire::server::VERSION;
use crate::wire::start::{self, IDLE, Serving};

pub(crate) fn serve(
    desk: &Desk,
    group: Option<String>,
    detach: bool,
    idle: Option<u64>,
) -> Result<u8, Refusal> {
    if detach {
        let _ = rustix::process::setsid();
    }
    let serving = Serving {
        dir: desk.dir.clone(),
        socket: desk.global.socket.clone(),
        group,
        idle: detach.then(|| idle.map_or(IDLE, Duration::from_secs)),
    };
    let ready = || {
        if detach {
            say_and_close("ready");
        } else {
            outln!(
                "{}",
                say!(
                    "服务已启动，Ctrl-C 停止",
                    "the service is running; Ctrl-C ends it"
                )
                .get(desk.lang)
            );
        }
    };
    match start::run(&serving, ready) {
        Ok(()) => Ok(0),
        Err(refusal) if detach => {
            // The one that lost the race is no error: somebody else serves.
            let taken = refusal.hint.en.starts_with("kezhi status");
            say_and_close(if taken {
                "taken"
            } else {
                refusal.message.get(desk.lang)
            });
            Ok(refusal.kind.exit_code())
        }
        Err(refusal) => Err(refusal),
    }
}

/// The starter reads until the end of the stream: what was said must be all.
fn say_and_close(line: &str) {
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
    if let Ok(null) = std::fs::OpenOptions::new().write(true).open("/dev/null") {
        let _ = rustix::stdio::dup2_stdout(&null);
    }
}

pub(crate) fn stop(desk: &Desk) -> Result<u8, Refusal> {
    match desk.connect_running() {
        Ok(client) => {
            let mut reading = client.twin().map_err(Refusal::fault)?;
            client.ask(Request::Stop)?;
            // The connection closes when the store is closed and the process has ended.
            while reading.arrive().is_ok() {}
        }
        // A service of another version cannot be asked.
        Err(refusal) if refusal.field.as_deref() == Some(VERSION) => {
            start::terminate(&desk.socket())?;
        }
        Err(refusal) => return Err(refusal),
    }
    if !desk.global.json {
        outln!(
            "{}",
            say!("服务已停止", "the service has ended").get(desk.lang)
        );
    }
    Ok(0)
}

pub(crate) fn status(desk: &Desk) -> Result<u8, Refusal> {
    let Answer::Status(status) = desk.connect_running()?.ask(Request::Status)? else {
        return Err(odd());
    };
    if desk.global.json {
        outln!(
            "{}",
            serde_json::to_string(&status).map_err(Refusal::fault)?
        );
        return Ok(0);
    }
    let zh = desk.lang == Lang::Zh;
    let mut rows = vec![
        vec![pick(zh, "进程", "process"), status.pid.to_string()],
        vec![pick(zh, "版本", "version"), status.version],
        vec![pick(zh, "已运行", "uptime"), format!("{} s", status.uptime)],
        vec![pick(zh, "会话", "sessions"), status.sessions.to_string()],
    ];
    for (kind, count) in status.records {
        rows.push(vec![
            kind.spec().label.get(desk.lang).to_owned(),
            count.to_string(),
        ]);
    }
    rows.push(vec![
        pick(zh, "数据占盘", "store on disk"),
        format!("{:.1} MB", status.disk as f64 / 1e6),
    ]);
    rows.push(vec![
        pick(zh, "内存", "memory"),
        format!("{:.1} MB", status.memory as f64 / 1e6),
    ]);
    rows.push(vec![
        pick(zh, "检索", "search index"),
        format!("{:.1} MB", status.index as f64 / 1e6),
    ]);
    rows.push(vec![
        pick(zh, "格式版本", "schema"),
        status.schema.to_string(),
    ]);
    rows.push(vec![
        pick(zh, "日志", "log"),
        format!("{} {}", status.seq, status.hash),
    ]);
    if status.read_only {
        rows.push(vec![
            pick(zh, "注意", "note"),
            pick(
                zh,
                "磁盘写不进去，只能查询",
                "the disk takes nothing: read only",
            ),
        ]);
    }
    outln!("{}", print::table(&["", ""], rows).trim_start_matches('\n'));
    Ok(0)
}

fn pick(zh: bool, one: &str, other: &str) -> String {
    (if zh { one } else { other }).to_owned()
}

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
