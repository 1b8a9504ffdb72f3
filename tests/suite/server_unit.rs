//! The units of systemd and of the SSH server: what they say is what the program takes.

use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::command::{Desk, kezhi};
use crate::server::mode;

/// Starts the service as systemd does: with the listening socket as descriptor 3.
fn activated(dir: &Path, listener: UnixListener) -> Child {
    Command::new("sh")
        .args([
            "-c",
            "exec 3<&0 </dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec \"$@\"",
            "sh",
        ])
        .arg(env!("CARGO_BIN_EXE_kezhi"))
        .arg("--data")
        .arg(dir)
        .args(["--socket", "/nonexistent/svc.sock", "serve"])
        .stdin(Stdio::from(std::os::fd::OwnedFd::from(listener)))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn a_socket_that_systemd_holds_is_served_and_left_in_place() {
    let dir = tempfile::tempdir().unwrap();
    let (data, socket) = (dir.path().join("data"), dir.path().join("given.sock"));
    let listener = UnixListener::bind(&socket).unwrap();
    let inode = std::fs::metadata(&socket).unwrap().ino();
    let mut service = activated(&data, listener.try_clone().unwrap());
    let asked = |args: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_kezhi"))
            .arg("--socket")
            .arg(&socket)
            .args(args)
            .output()
            .unwrap()
    };
    let out = asked(&["--json", "status"]);
    let status: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(status["pid"], service.id());
    assert_eq!(mode(&data), 0o700);
    let out = asked(&["stop"]);
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    assert!(service.wait().unwrap().success());
    assert_eq!(
        std::fs::metadata(&socket).unwrap().ino(),
        inode,
        "the socket is systemd's"
    );
    // The next one finds who was waiting meanwhile.
    let waiting = std::thread::spawn({
        let socket = socket.clone();
        move || kezhi::wire::client::Client::connect(&socket, kezhi::domain::said::Lang::Zh).is_ok()
    });
    let mut next = activated(&data, listener);
    assert!(waiting.join().unwrap());
    asked(&["stop"]);
    let mut said = String::new();
    next.stdout
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert!(next.wait().unwrap().success());
}

#[test]
fn the_units_are_sound() {
    let dir = tempfile::tempdir().unwrap();
    let out = kezhi(dir.path(), &["unit", "systemd"]);
    let text = String::from_utf8(out.stdout).unwrap();
    let text = text.replace("/usr/local/bin/kezhi", env!("CARGO_BIN_EXE_kezhi"));
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    for line in text.lines() {
        if let Some(path) = line.strip_prefix("# /etc/systemd/system/") {
            files.push((dir.path().join(path), String::new()));
        } else if let Some((_, body)) = files.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    assert_eq!(files.len(), 2);
    for (path, body) in &files {
        std::fs::write(path, body).unwrap();
    }
    // What the units say is what the program takes.
    let service = &files[1].1;
    for needed in [
        "UMask=0077",
        "StateDirectoryMode=0700",
        "Type=notify",
        "serve --group",
    ] {
        assert!(service.contains(needed), "{needed}");
    }
    assert!(files[0].1.contains("SocketMode=0660"));
    let checked = Command::new("systemd-analyze")
        .arg("verify")
        .args(files.iter().map(|(path, _)| path))
        .output();
    match checked {
        Ok(out) => assert!(
            out.status.success(),
            "{}",
            String::from_utf8_lossy(&out.stderr)
        ),
        Err(error) => crate::skip("systemd", &format!("systemd-analyze: {error}")),
    }
}

#[test]
fn the_login_of_an_operator_opens_the_program_and_nothing_else() {
    let desk = Desk::new();
    let out = kezhi(desk.path(), &["unit", "sshd"]);
    let text = String::from_utf8(out.stdout).unwrap();
    for needed in [
        "Match Group",
        "ForceCommand",
        "AllowTcpForwarding no",
        "PermitTTY yes",
    ] {
        assert!(text.contains(needed), "{text}");
    }
}
