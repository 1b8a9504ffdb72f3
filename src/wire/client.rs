//! The caller's side.

use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Lang;
use crate::protocol::{Answer, Hello, Notice, PROTOCOL, Request, ToService, ToSession, Welcome};
use crate::say;
use crate::wire::frame::{self, FrameError};

/// Answers may be longer than requests: pages of whole records.
const LARGEST_ANSWER: usize = 64 << 20;

/// How a session is opened.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    /// The language.
    pub lang: Lang,
    /// Whether it is to read alone.
    pub read_only: bool,
}

impl From<Lang> for Opening {
    fn from(lang: Lang) -> Self {
        Opening {
            lang,
            read_only: false,
        }
    }
}

/// A service that is being started, or reads a large store, is waited for so long.
const GREETING: Duration = Duration::from_secs(30);
/// A service that takes nothing for so long is not there.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open session.
pub struct Client {
    reading: UnixStream,
    writing: Mutex<UnixStream>,
    next: AtomicU64,
    /// What the service said at the start.
    pub welcome: Welcome,
}

/// What arrives.
pub enum Arrived {
    /// The answer to a call.
    Answer(u64, Result<Answer, Refusal>),
    /// Something changed.
    Notice(Notice),
}

/// The refusal when nobody answers.
pub fn unavailable(cause: impl std::fmt::Display) -> Refusal {
    Refusal::new(
        RefusalKind::Unavailable,
        say!(
            "服务没有应答（{cause}）",
            "the service does not answer ({cause})"
        ),
    )
    .hint(say!(
        "再试一次；服务器上请告诉管理员",
        "try again; on a server tell the administrator"
    ))
}

/// Why a socket cannot be connected to, and what to do about it.
fn no_way_in(socket: &Path, error: &std::io::Error) -> Refusal {
    let path = socket.display();
    match error.kind() {
        ErrorKind::PermissionDenied => match std::fs::metadata(socket) {
            Ok(about) => {
                let group = uzers::get_group_by_gid(about.gid()).map_or_else(
                    || about.gid().to_string(),
                    |group| group.name().to_string_lossy().into_owned(),
                );
                let uid = rustix::process::getuid().as_raw();
                let user = uzers::get_user_by_uid(uid).map_or_else(
                    || uid.to_string(),
                    |user| user.name().to_string_lossy().into_owned(),
                );
                Refusal::new(
                    RefusalKind::NotPermitted,
                    say!(
                        "您（{user}）不在可连接服务的用户组 {group} 里",
                        "you ({user}) are not in the group {group}, which may connect to the service"
                    ),
                )
                .hint(say!(
                    "请告诉管理员：「请把 {user} 加进 {group} 组」，管理员执行 usermod -aG {group} {user}，之后重新登录",
                    "tell the administrator: \"please add {user} to {group}\"; the command is usermod -aG {group} {user}; then log in anew"
                ))
            }
            Err(_) => Refusal::new(
                RefusalKind::NotPermitted,
                say!(
                    "{path} 属于别的用户，不能进入",
                    "{path} belongs to another user and cannot be entered"
                ),
            )
            .hint(say!(
                "服务器上用 --socket 或 KEZHI_SOCKET 指出服务的套接字",
                "on a server name the socket with --socket or KEZHI_SOCKET"
            )),
        },
        ErrorKind::NotFound | ErrorKind::ConnectionRefused => Refusal::new(
            RefusalKind::Unavailable,
            say!("服务没有在运行（{path}）", "no service is running ({path})"),
        )
        .hint(say!(
            "个人使用时查询等命令会启动它；服务器上请管理员执行 systemctl start kezhi.socket",
            "on one's own machine reading commands start it; on a server the administrator runs systemctl start kezhi.socket"
        )),
        _ => unavailable(error),
    }
}

impl Client {
    /// Connects and says hello.
    pub fn connect(socket: &Path, opening: impl Into<Opening>) -> Result<Client, Refusal> {
        let stream = UnixStream::connect(socket).map_err(|error| no_way_in(socket, &error))?;
        Client::greet(stream, opening.into())
    }

    /// Says hello over a stream that is open.
    pub fn greet(stream: UnixStream, opening: Opening) -> Result<Client, Refusal> {
        let mut writing = stream.try_clone().map_err(unavailable)?;
        let mut reading = stream;
        reading
            .set_read_timeout(Some(GREETING))
            .map_err(unavailable)?;
        let hello = Hello {
            protocol: PROTOCOL,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            lang: opening.lang,
            read_only: opening.read_only,
        };
        frame::write(&mut writing, &ToService::Hello(hello)).map_err(unavailable)?;
        loop {
            match frame::read(&mut reading, LARGEST_ANSWER).map_err(unavailable)? {
                ToSession::Welcome(welcome) => {
                    reading.set_read_timeout(None).map_err(unavailable)?;
                    writing
                        .set_write_timeout(Some(PATIENCE))
                        .map_err(unavailable)?;
                    return Ok(Client {
                        reading,
                        writing: Mutex::new(writing),
                        next: AtomicU64::new(1),
                        welcome,
                    });
                }
                // Others may change something while the session opens; nothing was asked yet.
                ToSession::Notice(_) => {}
                ToSession::Goodbye(refusal) => return Err(refusal),
                ToSession::Answer { .. } => return Err(unavailable("protocol")),
            }
        }
    }

    /// Another handle to the same session, for the thread that reads.
    pub fn twin(&self) -> std::io::Result<Reading> {
        Ok(Reading(self.reading.try_clone()?))
    }

    /// Sends a request and gives the number of the call.
    pub fn send(&self, request: Request) -> Result<u64, Refusal> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let mut writing = self
            .writing
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Err(error) = frame::write(&mut *writing, &ToService::Call { id, request }) {
            // Half a request may have gone out: nothing that follows would be understood.
            let _ = writing.shutdown(std::net::Shutdown::Both);
            return Err(unavailable(error));
        }
        Ok(id)
    }

    /// Asks and waits for the answer.
    pub fn ask(&self, request: Request) -> Result<Answer, Refusal> {
        let id = self.send(request)?;
        let mut reading = Reading(self.reading.try_clone().map_err(unavailable)?);
        loop {
            match reading.arrive()? {
                Arrived::Answer(at, answer) if at == id => return answer,
                Arrived::Answer(..) | Arrived::Notice(_) => {}
            }
        }
    }
}

/// The reading half.
pub struct Reading(UnixStream);

impl Reading {
    /// What arrives next.
    pub fn arrive(&mut self) -> Result<Arrived, Refusal> {
        match frame::read(&mut self.0, LARGEST_ANSWER) {
            Ok(ToSession::Answer { id, answer }) => Ok(Arrived::Answer(id, answer)),
            Ok(ToSession::Notice(notice)) => Ok(Arrived::Notice(notice)),
            Ok(ToSession::Goodbye(refusal)) => Err(refusal),
            Ok(ToSession::Welcome(_)) => Err(unavailable("protocol")),
            Err(FrameError::Closed) => Err(unavailable(FrameError::Closed)),
            Err(error) => Err(unavailable(error)),
        }
    }
}
