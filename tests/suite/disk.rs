//! A disk that is full: saving is refused with a sentence, reading goes on, nothing saved is lost.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use kezhi::domain::kind::Kind;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::said::Lang;
use kezhi::domain::value::Fields;
use kezhi::protocol::{Act, Answer, Change, Find, Notice, Request};
use kezhi::wire::client::{Arrived, Client};
use kezhi::wire::place;

use crate::command::{json, kezhi, ok};

/// A small disk of its own, taken away with the test.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new() -> Result<Disk, String> {
        let dir = tempfile::tempdir().unwrap();
        let made = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=6m,mode=700", "tmpfs"])
            .arg(dir.path())
            .output();
        match made {
            Ok(out) if out.status.success() => Ok(Disk(dir)),
            Ok(out) => Err(String::from_utf8_lossy(&out.stderr).trim().to_owned()),
            Err(error) => Err(format!("mount: {error}")),
        }
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    /// Takes all the room that is left.
    fn fill(&self) -> PathBuf {
        let path = self.0.path().join("filler");
        let mut file = std::fs::File::create(&path).unwrap();
        for size in [1 << 16, 1 << 12, 1 << 9, 1] {
            while file.write_all(&vec![b'x'; size]).is_ok() {}
        }
        path
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = kezhi(&self.data(), &["stop"]);
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

fn add(client: &Client, number: u64) -> Result<(), Refusal> {
    let fields = Fields::from([
        ("name".to_owned(), "满盘".into()),
        ("phone".to_owned(), format!("138{number:08}").into()),
        ("teams".to_owned(), "ZZ-0035".into()),
        ("note".to_owned(), "字".repeat(900).into()),
    ]);
    let change = Change {
        act: Act::New(Kind::Volunteer),
        fields,
        confirmed: false,
        reason: String::new(),
    };
    let token = number + 1;
    client.ask(Request::Make { token, change }).map(|_| ())
}

fn held(client: &Client) -> usize {
    let find = Find {
        text: "mp".into(),
        limit: 1,
        ..Find::default()
    };
    let Ok(Answer::Found(found)) = client.ask(Request::Find(find)) else {
        panic!("a search was refused on a full disk")
    };
    found.total
}

fn connect(dir: &Path) -> Client {
    Client::connect(&place::socket(dir), Lang::Zh).unwrap()
}

const INSIDE: &str = "KEZHI_TEST_INSIDE";

#[test]
fn a_full_disk_refuses_saving_and_nothing_else() {
    let disk = match Disk::new() {
        Ok(disk) => disk,
        Err(reason) if std::env::var_os(INSIDE).is_some() => return crate::skip("disk", &reason),
        Err(reason) => return in_a_namespace(&reason),
    };
    let dir = disk.data();
    ok(&dir, &["find", "hsq"]);
    let (client, other) = (connect(&dir), connect(&dir));
    let mut saved = 0;
    while saved < 50 {
        add(&client, saved).unwrap();
        saved += 1;
    }
    let filler = disk.fill();
    // The file may hold some room of its own: it is used up.
    let refusal = loop {
        match add(&client, saved) {
            Ok(()) => saved += 1,
            Err(refusal) => break refusal,
        }
        assert!(saved < 20_000, "a full disk took every write");
    };
    assert_eq!(refusal.kind, RefusalKind::Unavailable);
    assert!(
        refusal.message.zh.contains("没有保存") && refusal.hint.zh.contains("腾出"),
        "{refusal:?}"
    );
    let again = add(&client, saved).unwrap_err();
    assert_eq!(again.kind, RefusalKind::Unavailable);
    // Everybody is told, everybody reads on, and the status says it.
    let mut reading = other.twin().unwrap();
    loop {
        match reading.arrive().unwrap() {
            Arrived::Notice(Notice::Announce(said)) => {
                break assert!(said.zh.contains("没有保存"), "{}", said.zh);
            }
            Arrived::Notice(_) | Arrived::Answer(..) => {}
        }
    }
    assert_eq!(held(&other), saved as usize);
    assert!(ok(&dir, &["show", "zy1"]).contains("满盘"));
    assert_eq!(json(&dir, &["status"])["read_only"], true);
    let note = format!("note={}", "字".repeat(900));
    let out = kezhi(
        &dir,
        &[
            "new",
            "volunteer",
            "name=满了",
            "phone=13800000000",
            "teams=红山区",
            &note,
        ],
    );
    assert_eq!(out.status.code(), Some(7));
    assert!(String::from_utf8_lossy(&out.stderr).contains("没有保存"));

    std::fs::remove_file(filler).unwrap();
    add(&client, saved).unwrap();
    saved += 1;
    assert_eq!(json(&dir, &["status"])["read_only"], false);
    assert!(ok(&dir, &["verify"]).contains("一致"));
    ok(&dir, &["stop"]);
    ok(&dir, &["find", "hsq"]);
    let client = connect(&dir);
    assert_eq!(
        held(&client),
        saved as usize,
        "an acknowledged write is lost"
    );
    assert!(ok(&dir, &["log", "verify"]).contains("一致"));
}

/// Who may not mount does it in a namespace of its own.
fn in_a_namespace(reason: &str) {
    let out = Command::new("unshare")
        .arg("-rm")
        .arg(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "disk::a_full_disk_refuses_saving_and_nothing_else",
        ])
        .args(["--nocapture"])
        .env(INSIDE, "1")
        .output();
    match out {
        Ok(out) => {
            let said = String::from_utf8_lossy(&out.stderr).into_owned();
            if said.contains("unshare failed") {
                return crate::skip("disk", &format!("{reason}; {said}"));
            }
            assert!(out.status.success(), "{said}");
            eprint!("{said}");
        }
        Err(error) => crate::skip("disk", &format!("{reason}; unshare: {error}")),
    }
}
