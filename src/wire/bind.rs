//! The socket of a service: bound beside its name and renamed over it.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use crate::domain::refusal::{Refusal, RefusalKind};
use crate::say;

/// Binds beside and renames over: a stale socket is replaced at once, nobody sees a half-made one.
pub(super) fn bind(path: &Path, group: Option<&str>) -> Result<UnixListener, Refusal> {
    let group = match group {
        Some(group) => Some((group, gid(group)?)),
        None => None,
    };
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", std::process::id()));
    let beside = PathBuf::from(name);
    let _ = std::fs::remove_file(&beside);
    let shown = path.display();
    if UnixStream::connect(path).is_ok() {
        return Err(Refusal::new(
            RefusalKind::Unavailable,
            say!(
                "另一个服务正用着套接字 {shown}",
                "another service uses the socket {shown}"
            ),
        )
        .hint(say!(
            "换一个 --socket，或先停掉它：kezhi --socket {shown} stop",
            "choose another --socket, or stop it first: kezhi --socket {shown} stop"
        )));
    }
    let listener = UnixListener::bind(&beside).map_err(|error| {
        Refusal::new(
            RefusalKind::Usage,
            say!(
                "不能在 {shown} 建立套接字：{error}",
                "cannot make a socket at {shown}: {error}"
            ),
        )
        .hint(say!(
            "目录要先建好，并让服务的用户能写",
            "make its directory first, writable for the service's user"
        ))
    })?;
    let mode = if group.is_some() { 0o660 } else { 0o600 };
    std::fs::set_permissions(&beside, std::fs::Permissions::from_mode(mode))
        .map_err(Refusal::fault)?;
    if let Some((group, gid)) = group {
        std::os::unix::fs::chown(&beside, None, Some(gid)).map_err(|error| {
            let _ = std::fs::remove_file(&beside);
            Refusal::new(
                RefusalKind::Usage,
                say!(
                    "不能把套接字交给用户组「{group}」：{error}",
                    "cannot give the socket to the group {group}: {error}"
                ),
            )
            .hint(say!(
                "服务的用户要在组里：usermod -aG {group} 服务用户",
                "the service's user must be a member: usermod -aG {group} USER"
            ))
        })?;
    }
    std::fs::rename(&beside, path).map_err(Refusal::fault)?;
    Ok(listener)
}

fn gid(group: &str) -> Result<u32, Refusal> {
    let found = uzers::get_group_by_name(group).ok_or_else(|| {
        Refusal::new(
            RefusalKind::Usage,
            say!("没有用户组「{group}」", "there is no group {group}"),
        )
        .hint(say!(
            "先建组：groupadd {group}",
            "make it first: groupadd {group}"
        ))
    })?;
    Ok(found.gid())
}
