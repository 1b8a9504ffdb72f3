//! Files that whoever starts a service has open: it lets go of them before it begins.
//!
//! A service that is started on demand outlives the command that started it; a lock that the caller
//! holds through such a file would stay held with it. What a process inherits it owns nowhere, so
//! nothing in it may close that: the files are marked to be closed at the next start of a program, by
//! what marks those that systemd hands over, and the program starts itself anew.

use std::fs::File;
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::process::CommandExt;
use std::process::Command;

/// How far it is, for the program that is started anew.
const STAGE: &str = "KEZHI_INHERITED";
const MARKS: &str = "mark";
const DONE: &str = "done";

/// What systemd says of the files that it hands over.
const PID: &str = "LISTEN_PID";
const COUNT: &str = "LISTEN_FDS";

/// Standard input, output and error stay.
const FIRST: RawFd = 3;

/// The bit of a file that is closed at the next start of a program.
const CLOSES: u32 = 0o2_000_000;

/// Starts the program anew without the files that it inherited; returns where there are none.
///
/// Where it cannot be done the service runs all the same: it only holds them open, as it would have.
pub(crate) fn leave() {
    let stage = std::env::var(STAGE).unwrap_or_default();
    let Some(last) = inherited().max().filter(|_| stage != DONE) else {
        return;
    };
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let mut again = Command::new(program);
    again.args(std::env::args_os().skip(1));
    if stage == MARKS {
        let _ = mark(last);
        again.env(STAGE, DONE).env_remove(PID).env_remove(COUNT);
    } else {
        // The number of the process stays the same.
        again.env(STAGE, MARKS);
        again.env(PID, std::process::id().to_string());
        again.env(COUNT, (last + 1 - FIRST).to_string());
    }
    // It comes back only if it failed.
    let _ = again.exec();
}

/// The files that were open before the program began: it opens none that the next one would get.
fn inherited() -> impl Iterator<Item = RawFd> {
    let open = std::fs::read_dir("/proc/self/fdinfo").into_iter().flatten();
    let numbers = open.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    numbers.filter(|number| *number >= FIRST && stays(*number))
}

fn stays(number: RawFd) -> bool {
    let told = std::fs::read_to_string(format!("/proc/self/fdinfo/{number}")).unwrap_or_default();
    let flags = told.lines().find_map(|line| line.strip_prefix("flags:"));
    let flags = flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok());
    flags.is_some_and(|flags| flags & CLOSES == 0)
}

/// Marks all files up to the last one to be closed.
fn mark(last: RawFd) -> std::io::Result<()> {
    // It stops at a number that stands for no file: the gaps are filled first.
    let mut gaps = Vec::new();
    loop {
        let file = File::open("/dev/null")?;
        let beyond = file.as_raw_fd() > last;
        gaps.push(file);
        if beyond {
            break;
        }
    }
    sd_notify::listen_fds().map(drop)
}
