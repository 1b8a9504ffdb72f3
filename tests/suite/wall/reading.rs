//! A session that only reads: every request there is, and what is written of it.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::Refusal;
use kezhi::protocol::{Answer, Request};

use super::request::{VARIANTS, requests, variant};
use crate::right::{service, who};

/// The requests that such a session may make.
const READS: &[&str] = &[
    "Find",
    "List",
    "Mean",
    "Show",
    "History",
    "Tree",
    "Steps",
    "Certificate",
    "Check",
    "Cover",
    "Hours",
    "Match",
    "Calendar",
    "Settings",
    "Queue",
    "Case",
    "Due",
    "Holidays",
    "Status",
    "Preferences",
    "Pin",
    "Open",
    "Verify",
    "LogVerify",
    "LogHead",
    "LogPage",
];

#[test]
fn a_session_that_only_reads_is_refused_every_request_that_does_more() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let all = who(&[Role::Viewer, Role::Operator, Role::Head, Role::Admin], 1);
    let mut session = service.join(all, |_| {});
    session.read_only = true;
    let matter = Code::new(Kind::Complaint, 2_026_000_001);
    let copy = dir.path().join("copy.redb").to_str().unwrap().to_owned();
    let mut asked = Vec::new();
    for request in requests(matter, copy) {
        let name = variant(&request);
        asked.push(name);
        let barred = service.handle(&session, request.clone()) == Err(Refusal::read_only());
        // What the same person may not do either way is refused as ever.
        let may = kezhi::service::permit::request(&session.who, &request).is_ok();
        assert_eq!(barred, may && !READS.contains(&name), "{request:?}");
    }
    for one in VARIANTS {
        assert!(asked.contains(one), "nobody asked {one}");
    }
}

#[test]
fn nothing_is_written_by_whatever_it_asks() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let mut session = service.join(who(&[Role::Operator, Role::Head, Role::Admin], 1), |_| {});
    session.read_only = true;
    let head = || match service.handle(&session, Request::LogHead) {
        Ok(Answer::Head { seq, hash }) => (seq, hash),
        other => panic!("{other:?}"),
    };
    let before = head();
    let copy = dir.path().join("copy.redb").to_str().unwrap().to_owned();
    let matter = Code::new(Kind::Complaint, 2_026_000_001);
    for request in requests(matter, copy.clone()) {
        let _ = service.handle(&session, request);
    }
    assert_eq!(head(), before);
    assert!(!std::path::Path::new(&copy).exists() && !service.stopping());
}
