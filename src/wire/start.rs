//! Connect, or start the service and connect: safe when twenty do it at once.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use crate::domain::refusal::{Refusal, RefusalKind};
use crate::say;
use crate::service::Service;
use crate::wire::bind::bind;
use crate::wire::client::{Client, Opening, unavailable};
use crate::wire::place::{private_dir, socket};
use crate::wire::server;

/// Attempts of one caller to get a service.
const ATTEMPTS: usize = 10;
/// A personal service leaves after so long with nobody there.
pub const IDLE: Duration = Duration::from_secs(600);

fn lock_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)
}

/// Connects to the service of a data directory; starts it if none runs.
pub fn connect(dir: &Path, opening: impl Into<Opening>) -> Result<Client, Refusal> {
    let (path, opening) = (socket(dir), opening.into());
    for attempt in 0..ATTEMPTS {
        match Client::connect(&path, opening) {
            Ok(client) => return Ok(client),
            Err(refusal)
                if refusal.kind != RefusalKind::Unavailable
                    || refusal.field.as_deref() == Some(server::VERSION) =>
            {
                return Err(refusal);
            }
            Err(_) => start(dir, &path)?,
        }
        std::thread::sleep(Duration::from_millis(10 << attempt.min(6)));
    }
    Client::connect(&path, opening)
}

/// Connects only if a service runs.
pub fn connect_running(dir: &Path, opening: impl Into<Opening>) -> Result<Client, Refusal> {
    Client::connect(&socket(dir), opening)
}

/// Ends a service that speaks another protocol and so cannot be asked: the process behind the socket.
///
/// Only one's own, and only one that bound the socket itself; what systemd listens for is systemd's.
pub fn terminate(path: &Path) -> Result<(), Refusal> {
    let mut stream = std::os::unix::net::UnixStream::connect(path).map_err(unavailable)?;
    let peer = rustix::net::sockopt::socket_peercred(&stream).map_err(unavailable)?;
    if peer.uid != rustix::process::getuid() || peer.pid == rustix::process::Pid::INIT {
        return Err(Refusal::new(
            RefusalKind::NotPermitted,
            say!(
                "这个服务属于别的用户或系统",
                "this service belongs to another user or to the system"
            ),
        )
        .hint(say!(
            "请管理员执行 systemctl restart kezhi",
            "the administrator runs systemctl restart kezhi"
        )));
    }
    rustix::process::kill_process(peer.pid, rustix::process::Signal::TERM).map_err(unavailable)?;
    // The connection closes when the process has ended.
    let _ = stream.read_to_end(&mut Vec::new());
    Ok(())
}

fn start(dir: &Path, path: &Path) -> Result<(), Refusal> {
    private_dir(dir).map_err(unavailable)?;
    let owner = std::fs::metadata(dir).map_err(unavailable)?.uid();
    if owner != rustix::process::getuid().as_raw() {
        return Err(Refusal::new(
            RefusalKind::Unavailable,
            say!(
                "服务没有运行，数据目录属于别的用户",
                "the service is not running, and the data belongs to another user"
            ),
        )
        .hint(say!(
            "请管理员启动服务：systemctl start kezhi",
            "ask the administrator: systemctl start kezhi"
        )));
    }
    let starting = lock_file(&dir.join("start.lock")).map_err(unavailable)?;
    starting.lock().map_err(unavailable)?;
    if std::os::unix::net::UnixStream::connect(path).is_ok() {
        return Ok(());
    }
    let program = std::env::current_exe().map_err(unavailable)?;
    let mut child = Command::new(program)
        .arg("--data")
        .arg(dir)
        .arg("serve")
        .arg("--detach")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(unavailable)?;
    let mut said = String::new();
    if let Some(mut out) = child.stdout.take() {
        // The service writes one line and closes its end: "ready", or why it cannot start.
        let _ = out.read_to_string(&mut said);
    }
    if said.trim() == "ready" || said.trim() == "taken" {
        return Ok(());
    }
    let cause = said.trim().to_owned();
    Err(Refusal::new(
        RefusalKind::Unavailable,
        say!(
            "服务没有启动起来：{cause}",
            "the service did not start: {cause}"
        ),
    )
    .hint(say!("看看原因：kezhi serve", "see why: kezhi serve")))
}

/// How a service is run.
pub struct Serving {
    /// The data directory.
    pub dir: PathBuf,
    /// Another place for the socket, for a server.
    pub socket: Option<PathBuf>,
    /// The group that may connect.
    pub group: Option<String>,
    /// Leave after so long with nobody there.
    pub idle: Option<Duration>,
}

/// Runs the service here, until it is told to stop; `ready` is called when it listens.
pub fn run(serving: &Serving, ready: impl FnOnce()) -> Result<(), Refusal> {
    // What the service writes, the store and the backups, is for its own user only.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    private_dir(&serving.dir).map_err(|error| no_dir(&serving.dir, &error))?;
    let alone =
        lock_file(&serving.dir.join("svc.lock")).map_err(|error| no_dir(&serving.dir, &error))?;
    if alone.try_lock().is_err() {
        return Err(Refusal::new(
            RefusalKind::Unavailable,
            say!(
                "这个数据目录已有服务在运行",
                "a service already runs for this data directory"
            ),
        )
        .hint(say!(
            "kezhi status 查看，kezhi stop 停止",
            "kezhi status shows it, kezhi stop ends it"
        )));
    }
    let uid = rustix::process::getuid().as_raw();
    let inherited = listenfd::ListenFd::from_env()
        .take_unix_listener(0)
        .ok()
        .flatten();
    let personal = serving.group.is_none() && serving.socket.is_none() && inherited.is_none();
    let service = Service::open(&serving.dir, uid, personal)?;
    let path = serving
        .socket
        .clone()
        .unwrap_or_else(|| socket(&serving.dir));
    let given = inherited.is_some();
    let listener = match inherited {
        Some(listener) => listener,
        None => bind(&path, serving.group.as_deref())?,
    };
    signals(&service)?;
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
    ready();
    let result = server::serve(&service, &listener, serving.idle);
    if !given {
        let _ = std::fs::remove_file(&path);
    }
    service.close();
    drop(alone);
    result.map_err(Refusal::fault)
}

fn no_dir(dir: &Path, error: &std::io::Error) -> Refusal {
    let dir = dir.display();
    Refusal::new(
        RefusalKind::Usage,
        say!(
            "用不了数据目录 {dir}：{error}",
            "the data directory {dir} cannot be used: {error}"
        ),
    )
    .hint(say!(
        "用 --data 指定自己能写的目录",
        "name a directory that you can write with --data"
    ))
}

fn signals(service: &Arc<Service>) -> Result<(), Refusal> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals =
        signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]).map_err(Refusal::fault)?;
    let service = Arc::downgrade(service);
    std::thread::spawn(move || {
        for _ in signals.forever() {
            match service.upgrade() {
                Some(service) => service.end(),
                None => return,
            }
        }
    });
    Ok(())
}
