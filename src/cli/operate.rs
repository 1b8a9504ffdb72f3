//! Commands on the service.

use std::io::Write;
use std::time::Duration;

use crate::cli::{Desk, inherit, odd, print};
use crate::domain::refusal::Refusal;
use crate::domain::said::Lang;
use crate::protocol::{Answer, Request};
use crate::say;

use crate::wire::server::VERSION;
use crate::wire::start::{self, IDLE, Serving};

pub(crate) fn serve(
    desk: &Desk,
    group: Option<String>,
    detach: bool,
    idle: Option<u64>,
) -> Result<u8, Refusal> {
    if detach {
        inherit::leave();
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
    let sizes = [
        (("数据占盘", "store on disk"), status.disk),
        (("内存", "memory"), status.memory),
        (("检索", "search index"), status.index),
    ];
    for ((label, english), size) in sizes {
        rows.extend(size.map(|size| {
            let size = format!("{:.1} MB", size as f64 / 1e6);
            vec![pick(zh, label, english), size]
        }));
    }
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
