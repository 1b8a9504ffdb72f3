//! The service's side: one thread per connection, answers under a lock on the writing half.

use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::{LARGEST, Notice, PROTOCOL, ToService, ToSession, Welcome};
use crate::say;
use crate::service::{Service, Session, lock, permit, unbroken};
use crate::wire::frame::{self, FrameError};
use crate::wire::outbox::Outbox;

/// A peer that takes nothing for so long is cut.
const PATIENCE: Duration = Duration::from_secs(2);
/// The field that a refusal for another version names.
pub const VERSION: &str = "protocol";
/// The first caller comes within this, or never.
const FIRST: Duration = Duration::from_secs(60);
/// A peer must say hello within this.
const HELLO: Duration = Duration::from_secs(10);

/// Serves until told to stop, or idle for so long with nobody there; `None` means forever.
///
/// For the first caller there is a minute at least: whoever started the service may still be on the way, or may be gone.
pub fn serve(
    service: &Arc<Service>,
    listener: &UnixListener,
    idle: Option<Duration>,
) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let open = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let mut last: Option<Instant> = None;
    loop {
        if service.stopping() {
            return Ok(());
        }
        let mut poll = [rustix::event::PollFd::new(
            listener,
            rustix::event::PollFlags::IN,
        )];
        let wait = rustix::event::Timespec {
            tv_sec: 0,
            tv_nsec: 200_000_000,
        };
        let _ = rustix::event::poll(&mut poll, Some(&wait));
        match listener.accept() {
            Ok((stream, _)) => {
                last = Some(Instant::now());
                let (service, open) = (Arc::clone(service), Arc::clone(&open));
                open.fetch_add(1, Ordering::SeqCst);
                let counted = Arc::clone(&open);
                let spawned = std::thread::Builder::new()
                    .name("session".to_owned())
                    .stack_size(512 << 10)
                    .spawn(move || {
                        let _ = unbroken(|| session(&service, &stream));
                        let _ = stream.shutdown(Shutdown::Both);
                        counted.fetch_sub(1, Ordering::SeqCst);
                    });
                if spawned.is_err() {
                    open.fetch_sub(1, Ordering::SeqCst);
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            // Out of descriptors or memory: those who are in go on, the next one waits.
            Err(_) => std::thread::sleep(Duration::from_millis(50)),
        }
        if open.load(Ordering::SeqCst) > 0 {
            last = Some(Instant::now());
        } else if let Some(idle) = idle {
            let over = match last {
                Some(last) => last.elapsed() >= idle,
                None => begun.elapsed() >= idle.max(FIRST),
            };
            if over {
                return Ok(());
            }
        }
    }
}

fn session(service: &Arc<Service>, stream: &UnixStream) -> Result<(), FrameError> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(HELLO))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let peer = rustix::net::sockopt::socket_peercred(stream).map_err(std::io::Error::from)?;
    let uid = peer.uid.as_raw();
    let mut reading = std::io::BufReader::new(stream);
    let out = Arc::new(Outbox::new(stream.try_clone()?));
    let goodbye = |refusal: Refusal| out.send(&ToSession::Goodbye(refusal));
    let hello = match frame::read(&mut reading, LARGEST) {
        Ok(ToService::Hello(hello)) => hello,
        Ok(ToService::Call { .. }) | Err(FrameError::Malformed(_)) => {
            return goodbye(not_understood());
        }
        Err(FrameError::TooLong(_)) => return goodbye(too_long()),
        Err(error) => return Err(error),
    };
    if hello.protocol != PROTOCOL {
        return goodbye(other_version(hello.protocol));
    }
    let login = uzers::get_user_by_uid(uid).map(|user| user.name().to_string_lossy().into_owned());
    let who = match service.identify(uid, login.as_deref()) {
        Ok(who) => who,
        Err(refusal) => return goodbye(refusal),
    };
    let ours = Arc::clone(&out);
    let now = Arc::new(Mutex::new(who.clone()));
    let (theirs, weak) = (Arc::clone(&now), Arc::downgrade(service));
    // Nothing is told before the welcome.
    let mut turn = out.turn();
    let joined = service.join(who.clone(), move |notice: &Notice| {
        let who = lock(&theirs).clone();
        let service = weak.upgrade();
        if let Some(notice) = service.and_then(|service| service.told(&who, notice)) {
            ours.tell(notice);
        }
    });
    let mut present = Present(service, joined);
    let session = &mut present.1;
    session.read_only = hello.read_only;
    let welcome = Welcome {
        protocol: PROTOCOL,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        shut: permit::shut(&who.roles),
        who,
        session: session.id,
        demo: service.is_demo(),
        read_only: session.read_only,
    };
    let mut result = frame::write(&mut *turn, &ToSession::Welcome(welcome));
    drop(turn);
    out.flush();
    stream.set_read_timeout(None)?;
    while result.is_ok() {
        let (id, answer) = match frame::read(&mut reading, LARGEST) {
            Ok(ToService::Call { id, request }) => {
                // The record decides anew each time: an open session keeps no right that was taken.
                match service.identify(uid, login.as_deref()) {
                    Ok(who) if who == session.who => {}
                    Ok(who) => {
                        lock(&now).clone_from(&who);
                        session.who = who;
                    }
                    Err(refusal) if refusal.kind == RefusalKind::NotPermitted => {
                        result = goodbye(refusal);
                        break;
                    }
                    // The store is being opened again: the request itself will say so.
                    Err(_) => {}
                }
                // A request that breaks the program breaks no session, nor those of others.
                let answer = unbroken(|| service.handle(session, request));
                (id, answer.unwrap_or_else(|| Err(broken())))
            }
            Ok(ToService::Hello(_)) | Err(FrameError::Malformed(_)) => {
                result = goodbye(not_understood());
                break;
            }
            Err(FrameError::TooLong(_)) => {
                result = goodbye(too_long());
                break;
            }
            Err(error) => {
                result = Err(error);
                break;
            }
        };
        result = out.send(&ToSession::Answer { id, answer });
    }
    result
}

/// A session that is left however it ends.
struct Present<'a>(&'a Service, Session);

impl Drop for Present<'_> {
    fn drop(&mut self) {
        self.0.leave(&self.1);
    }
}

fn other_version(theirs: u32) -> Refusal {
    let ours = PROTOCOL;
    let refusal = Refusal::new(
        RefusalKind::Unavailable,
        say!(
            "程序与服务的版本不同（协议 {theirs} 与 {ours}）",
            "program and service differ in version (protocol {theirs} and {ours})"
        ),
    )
    .field(VERSION);
    if theirs > ours {
        refusal.hint(say!(
            "服务是旧版，要重启服务：kezhi stop 后再打开；服务器上请管理员执行 systemctl restart kezhi",
            "the service is the older one, restart it: kezhi stop, then open again; on a server the administrator runs systemctl restart kezhi"
        ))
    } else {
        refusal.hint(say!(
            "您的科志是旧版，要重启科志：退出后用新版打开，服务不用动",
            "your kezhi is the older one, restart it: quit and open the new one; leave the service alone"
        ))
    }
}

fn broken() -> Refusal {
    Refusal::fault("the request broke the program")
}

fn not_understood() -> Refusal {
    Refusal::new(
        RefusalKind::Usage,
        say!(
            "服务读不懂这个请求，连接已断开",
            "the service cannot read this request; the connection is closed"
        ),
    )
    .hint(say!(
        "请用同一版本的科志重新打开",
        "open kezhi again in the same version"
    ))
}

fn too_long() -> Refusal {
    let most = LARGEST >> 20;
    Refusal::new(
        RefusalKind::Usage,
        say!(
            "请求超过 {most} MB，连接已断开",
            "the request is longer than {most} MB; the connection is closed"
        ),
    )
    .hint(say!("请分批提交", "send it in parts"))
}
