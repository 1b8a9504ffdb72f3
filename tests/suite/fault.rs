//! Faults: races at the start, killed services, hostile peers.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::process::Command;

use kezhi::domain::kind::Kind;
use kezhi::domain::said::Lang;
use kezhi::domain::value::Fields;
use kezhi::protocol::{
    Act, Answer, Change, Hello, Notice, PROTOCOL, Request, ToService, ToSession,
};
use kezhi::wire::client::{Arrived, Client};
use kezhi::wire::{frame, place};
use proptest::prelude::*;

use crate::command::{Desk, json, ok};

#[test]
fn twenty_callers_at_once_start_one_service() {
    let desk = Desk::new();
    let dir = desk.path().to_owned();
    let pids: std::collections::BTreeSet<u64> = std::thread::scope(|scope| {
        let callers: Vec<_> = (0..20)
            .map(|_| {
                let dir = dir.clone();
                scope.spawn(move || {
                    ok(&dir, &["find", "hsq"]);
                    json(&dir, &["status"])["pid"].as_u64().unwrap()
                })
            })
            .collect();
        callers
            .into_iter()
            .map(|caller| caller.join().unwrap())
            .collect()
    });
    assert_eq!(pids.len(), 1, "{pids:?}");
}

fn connect(dir: &std::path::Path) -> Option<Client> {
    kezhi::wire::client::Client::connect(&place::socket(dir), Lang::Zh).ok()
}

fn add(client: &Client, number: u64) -> Option<()> {
    let fields = Fields::from([
        ("name".to_owned(), "断电".into()),
        ("phone".to_owned(), format!("139{number:08}").into()),
        ("teams".to_owned(), "ZZ-0035".into()),
    ]);
    let change = Change {
        act: Act::New(Kind::Volunteer),
        fields,
        confirmed: false,
        reason: String::new(),
    };
    match client.ask(Request::Make {
        token: number + 1,
        change,
    }) {
        Ok(Answer::View(_)) => Some(()),
        _ => None,
    }
}

#[test]
fn a_hundred_killed_services_lose_nothing_that_was_acknowledged() {
    let desk = Desk::new();
    let dir = desk.path();
    let next = std::sync::atomic::AtomicU64::new(1);
    let saved = std::sync::Mutex::new(Vec::new());
    for round in 0..100u64 {
        ok(dir, &["find", "hsq"]);
        let pid = json(dir, &["status"])["pid"].as_u64().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let Some(client) = connect(dir) else { return };
                    loop {
                        let number = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        if add(&client, number).is_none() {
                            return;
                        }
                        saved.lock().unwrap().push(number);
                    }
                });
            }
            std::thread::sleep(std::time::Duration::from_millis(5 + round * 7 % 40));
            Command::new("kill")
                .args(["-9", &pid.to_string()])
                .status()
                .unwrap();
        });
    }
    ok(dir, &["find", "hsq"]);
    let client = connect(dir).unwrap();
    let saved = saved.into_inner().unwrap();
    assert!(
        saved.len() > 100,
        "only {} writes were acknowledged: the test proves nothing",
        saved.len()
    );
    let mut seen = std::collections::BTreeSet::new();
    let mut after = 0;
    loop {
        let request = Request::Export {
            kind: Kind::Volunteer,
            after,
            full: Some("核对".into()),
        };
        let Ok(Answer::Views(page)) = client.ask(request) else {
            panic!()
        };
        let Some(last) = page.last() else { break };
        after = last.code.number;
        seen.extend(page.iter().map(|view| view.fields["phone"].to_string()));
    }
    for number in &saved {
        assert!(
            seen.contains(&format!("139{number:08}")),
            "write {number} was acknowledged and is lost"
        );
    }
    assert!(ok(dir, &["verify"]).contains("一致"));
}

#[test]
fn a_repeated_request_is_done_once() {
    let desk = Desk::new();
    ok(desk.path(), &["find", "hsq"]);
    let client = connect(desk.path()).unwrap();
    add(&client, 7).unwrap();
    add(&client, 7).unwrap();
    assert_eq!(
        json(desk.path(), &["list", "volunteer"])
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_change_is_told_to_the_others_and_found_at_once() {
    let desk = Desk::new();
    ok(desk.path(), &["find", "hsq"]);
    let (one, other) = (connect(desk.path()).unwrap(), connect(desk.path()).unwrap());
    add(&one, 1).unwrap();
    let mut reading = other.twin().unwrap();
    let Ok(Arrived::Notice(Notice::Changed(codes))) = reading.arrive() else {
        panic!()
    };
    assert_eq!(codes[0].to_string(), "ZY-000001");
    assert_eq!(
        json(desk.path(), &["find", "dd", "0001"])[0]["code"],
        "ZY-000001"
    );
}

fn raw(dir: &std::path::Path, bytes: &[u8]) -> Vec<u8> {
    let mut stream = UnixStream::connect(place::socket(dir)).unwrap();
    stream
        .set_read_timeout(Some(std::time::Duration::from_secs(3)))
        .unwrap();
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}

#[test]
fn hostile_peers_are_answered_or_cut_and_the_others_are_served() {
    let desk = Desk::new();
    ok(desk.path(), &["find", "hsq"]);
    let dir = desk.path();
    raw(dir, b"");
    raw(dir, &[1, 2]);
    raw(dir, &u32::MAX.to_le_bytes());
    raw(dir, &[&[8u8, 0, 0, 0][..], &[0xc1; 8]].concat());
    raw(dir, &[&[200u8, 0, 0, 0][..], &[0x91; 200]].concat());
    raw(dir, b"GET / HTTP/1.1\r\n\r\n");
    // Another version hears which of the two must be restarted.
    for (protocol, hint) in [(PROTOCOL + 1, "重启服务"), (PROTOCOL - 1, "重启科志")] {
        let mut hello = Vec::new();
        let wrong = Hello {
            protocol,
            version: "9".into(),
            lang: Lang::Zh,
            read_only: false,
        };
        frame::write(&mut hello, &ToService::Hello(wrong)).unwrap();
        let answer = raw(dir, &hello);
        let Ok(ToSession::Goodbye(refusal)) = frame::read(&mut answer.as_slice(), 1 << 20) else {
            panic!()
        };
        assert!(refusal.message.zh.contains("版本"));
        assert!(refusal.hint.zh.contains(hint), "{}", refusal.hint.zh);
    }
    // A frame that is too long is answered with the limit, before and after the hello.
    let answer = raw(dir, &u32::MAX.to_le_bytes());
    let Ok(ToSession::Goodbye(refusal)) = frame::read(&mut answer.as_slice(), 1 << 20) else {
        panic!()
    };
    assert!(
        refusal.message.zh.contains("16 MB"),
        "{}",
        refusal.message.zh
    );
    // A peer that asks and never reads is cut; the others go on.
    let mut deaf = UnixStream::connect(place::socket(dir)).unwrap();
    let hello = Hello {
        protocol: PROTOCOL,
        version: "0".into(),
        lang: Lang::Zh,
        read_only: false,
    };
    frame::write(&mut deaf, &ToService::Hello(hello)).unwrap();
    let asked = std::thread::spawn(move || {
        for id in 0..2000 {
            if frame::write(
                &mut deaf,
                &ToService::Call {
                    id,
                    request: Request::Tree,
                },
            )
            .is_err()
            {
                return true;
            }
        }
        false
    });
    for _ in 0..20 {
        ok(dir, &["find", "hsq"]);
    }
    assert!(asked.join().unwrap(), "the deaf peer was never cut");
    ok(dir, &["status"]);
}

proptest! {
    #[test]
    fn no_bytes_break_the_decoding_of_requests(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = frame::decode::<ToService>(&bytes);
        let _ = frame::decode::<ToSession>(&bytes);
    }

    #[test]
    fn no_damaged_request_breaks_the_decoding(at in 0usize..200, to in any::<u8>(), cut in 0usize..200) {
        let find = Request::Find(kezhi::protocol::Find { text: "slw 4471".into(), kinds: vec![Kind::Volunteer], limit: 9, ..Default::default() });
        let mut bytes = Vec::new();
        frame::write(&mut bytes, &ToService::Call { id: 1, request: find }).unwrap();
        let mut body = bytes[4..].to_vec();
        let length = body.len();
        body[at % length] = to;
        body.truncate(length - cut % length);
        let _ = frame::decode::<ToService>(&body);
    }
}

#[test]
fn numbers_out_of_all_proportion_are_answered() {
    use kezhi::domain::kind::Code;
    use kezhi::protocol::{Find, List, SheetRow};
    let desk = Desk::new();
    ok(desk.path(), &["find", "hsq"]);
    let client = connect(desk.path()).unwrap();
    let far = Code::new(Kind::Volunteer, (1 << 56) - 1);
    let list = |limit, after| {
        Request::List(List {
            kind: Kind::Organisation,
            filters: vec![],
            within: Some(far),
            sort: Some("-name".into()),
            after,
            as_of: None,
            limit,
        })
    };
    let find = |text: &str| {
        Request::Find(Find {
            text: text.into(),
            within: Some(far),
            offset: usize::MAX,
            limit: usize::MAX,
            ..Find::default()
        })
    };
    let requests = vec![
        find(""),
        find(&"长".repeat(100_000)),
        find(&"a ".repeat(50_000)),
        list(usize::MAX, Some(far)),
        list(0, None),
        Request::History {
            code: Code::new(Kind::Organisation, 1),
            limit: usize::MAX,
        },
        Request::LogPage {
            from: u64::MAX,
            limit: usize::MAX,
        },
        Request::Export {
            kind: Kind::Volunteer,
            after: u64::MAX,
            full: None,
        },
        Request::LogVerify(Some((u64::MAX, "f".repeat(64)))),
        Request::LogVerify(Some((1, "é".repeat(32)))),
        Request::ImportRows(vec![SheetRow {
            row: u64::MAX,
            fields: Fields::new(),
            problems: Vec::new(),
        }]),
        Request::ImportClose { write: true },
        Request::Show(Code::new(Kind::Volunteer, 0)),
        Request::Backup(String::new()),
    ];
    for request in requests {
        let said = format!("{request:?}");
        if let Err(refusal) = client.ask(request) {
            let broken = matches!(
                refusal.kind,
                kezhi::domain::refusal::RefusalKind::Fault
                    | kezhi::domain::refusal::RefusalKind::Unavailable
            );
            assert!(!broken, "{refusal:?} to {:.80}", said);
        }
    }
    assert_eq!(json(desk.path(), &["status"])["sessions"], 2);
}

const OLD: &str = "KEZHI_TEST_OLD";

/// A service of another version: it turns everybody away until it is ended.
#[test]
fn a_service_of_another_version() {
    let Some(path) = std::env::var_os(OLD) else {
        return;
    };
    let listener = std::os::unix::net::UnixListener::bind(path).unwrap();
    println!("ready");
    for mut stream in listener.incoming().map(Result::unwrap) {
        let refusal = kezhi::domain::refusal::Refusal::new(
            kezhi::domain::refusal::RefusalKind::Unavailable,
            kezhi::say!("版本不同", "another version"),
        );
        let refusal = refusal.field(kezhi::wire::server::VERSION);
        let _ = frame::read::<ToService>(&mut stream, 1 << 20);
        let _ = frame::write(&mut stream, &ToSession::Goodbye(refusal));
        std::mem::forget(stream);
    }
}

#[test]
fn a_service_of_another_version_can_be_stopped() {
    let desk = Desk::new();
    let mut old = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "fault::a_service_of_another_version",
            "--nocapture",
        ])
        .env(OLD, place::socket(desk.path()))
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = std::io::BufReader::new(old.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("ready") {
        line.clear();
        assert!(std::io::BufRead::read_line(&mut out, &mut line).unwrap() > 0);
    }
    let refused = crate::command::kezhi(desk.path(), &["find", "hsq"]);
    assert_eq!(refused.status.code(), Some(7));
    ok(desk.path(), &["stop"]);
    assert!(!old.wait().unwrap().success(), "ended by the signal");
    assert!(ok(desk.path(), &["find", "hsq"]).contains("红山区"));
}

#[test]
fn a_peer_that_never_reads_holds_nobody_up() {
    use kezhi::wire::outbox::Outbox;
    let (ours, mut theirs) = UnixStream::pair().unwrap();
    let out = Outbox::new(ours);
    let notice = || Notice::Changed(vec![kezhi::domain::kind::Code::new(Kind::Volunteer, 1)]);
    // Without a time limit on the socket: if telling ever waited, this would not end.
    for _ in 0..100_000 {
        out.tell(notice());
    }
    let mut read = 0;
    let closed = loop {
        match frame::read::<ToSession>(&mut theirs, 1 << 20) {
            Ok(ToSession::Notice(_)) => read += 1,
            Ok(_) => panic!("something else was told"),
            Err(closed) => break closed,
        }
    };
    assert!(matches!(closed, frame::FrameError::Closed), "{closed}");
    assert!(read > 10, "what fitted was told: {read}");
}

#[test]
fn notices_wait_for_the_answer_before_them() {
    use kezhi::wire::outbox::Outbox;
    let (ours, mut theirs) = UnixStream::pair().unwrap();
    let out = Outbox::new(ours);
    let mut turn = out.turn();
    out.tell(Notice::Changed(Vec::new()));
    let answer = ToSession::Answer {
        id: 7,
        answer: Ok(Answer::Done(0)),
    };
    frame::write(&mut *turn, &answer).unwrap();
    drop(turn);
    out.flush();
    let mut next = || frame::read::<ToSession>(&mut theirs, 1 << 20).unwrap();
    assert!(matches!(next(), ToSession::Answer { id: 7, .. }));
    assert!(matches!(next(), ToSession::Notice(_)));
}
