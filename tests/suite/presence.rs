//! Who has which record open: told to those who have it open too and see it, and to nobody else.

use std::sync::{Arc, Mutex};

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::protocol::presence::Other;
use kezhi::protocol::{Answer, Notice, Request, Who};
use kezhi::service::{Service, Session};

use crate::right::{service, who};

struct Desk {
    session: Session,
    heard: Arc<Mutex<Vec<Notice>>>,
}

fn desk(service: &Arc<Service>, uid: u32, name: &str, roles: &[Role], scope: u64) -> Desk {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&heard);
    let who = Who {
        uid,
        name: name.into(),
        ..who(roles, scope)
    };
    let session = service.join(who, move |notice| ear.lock().unwrap().push(notice.clone()));
    Desk { session, heard }
}

fn open(service: &Arc<Service>, desk: &Desk, code: Option<Code>, edits: bool) -> Vec<Other> {
    match service.handle(&desk.session, Request::Open { code, edits }) {
        Ok(Answer::Others(others)) => others,
        other => panic!("{other:?}"),
    }
}

fn other(name: &str, edits: bool) -> Other {
    Other {
        name: name.into(),
        edits,
    }
}

const CASE: Code = Code::new(Kind::Complaint, 2_026_000_001);

#[test]
fn those_who_have_it_open_hear_of_each_other_until_they_leave() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let one = desk(&service, 1001, "陈静", &[Role::Operator], 1);
    let two = desk(&service, 1002, "李敏", &[Role::Head], 5);
    assert_eq!(open(&service, &one, Some(CASE), false), []);
    assert_eq!(
        open(&service, &two, Some(CASE), false),
        [other("陈静", false)]
    );
    open(&service, &two, Some(CASE), true);
    service.leave(&two.session);
    assert_eq!(
        *one.heard.lock().unwrap(),
        [
            Notice::Others(CASE, vec![other("李敏", false)]),
            Notice::Others(CASE, vec![other("李敏", true)]),
            Notice::Others(CASE, vec![]),
        ]
    );
    // Whoever turns to something else is told nothing more, and named to nobody.
    open(&service, &one, None, false);
    let three = desk(&service, 1003, "王磊", &[Role::Operator], 1);
    assert_eq!(open(&service, &three, Some(CASE), false), []);
    assert_eq!(one.heard.lock().unwrap().len(), 3);
}

#[test]
fn whoever_may_not_see_it_hears_nothing_and_is_not_named() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let one = desk(&service, 1001, "陈静", &[Role::Operator], 1);
    open(&service, &one, Some(CASE), true);
    let nothing = Code::new(Kind::Complaint, 2_026_999_999);
    for (uid, roles, scope) in [
        (1002, &[Role::Operator][..], 2),
        (1003, &[Role::Viewer], 1),
        (1004, &[Role::Admin], 1),
        // The team that it is about.
        (1005, &[Role::Operator], 35),
    ] {
        let out = desk(&service, uid, "外人", roles, scope);
        for code in [CASE, nothing] {
            assert_eq!(open(&service, &out, Some(code), true), []);
        }
        open(&service, &out, Some(CASE), true);
        assert!(out.heard.lock().unwrap().is_empty());
    }
    assert!(one.heard.lock().unwrap().is_empty());
}

#[test]
fn two_sessions_of_one_login_are_no_others() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let one = desk(&service, 1001, "陈静", &[Role::Operator], 1);
    let same = desk(&service, 1001, "陈静", &[Role::Operator], 1);
    let two = desk(&service, 1002, "李敏", &[Role::Operator], 1);
    open(&service, &one, Some(CASE), false);
    assert_eq!(open(&service, &same, Some(CASE), true), []);
    assert_eq!(
        open(&service, &two, Some(CASE), false),
        [other("陈静", true)]
    );
}

#[test]
fn whoever_left_is_not_shown_whatever_came_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let one = desk(&service, 1001, "陈静", &[Role::Operator], 1);
    open(&service, &one, Some(CASE), false);
    let names = ["李敏", "王磊", "巴图", "春兰"];
    let comes = |nth: usize| {
        let uid = 1002 + nth as u32;
        let two = desk(&service, uid, names[nth], &[Role::Operator], 1);
        for _ in 0..25 {
            open(&service, &two, Some(CASE), false);
            open(&service, &two, None, false);
        }
    };
    std::thread::scope(|scope| {
        for nth in 0..names.len() {
            let comes = &comes;
            scope.spawn(move || comes(nth));
        }
    });
    // All of them left: the last that was told says so.
    let heard = one.heard.lock().unwrap();
    assert_eq!(heard.last(), Some(&Notice::Others(CASE, vec![])));
    // Between two that were told one person came or went.
    let mut count = 0_usize;
    for notice in heard.iter() {
        let Notice::Others(_, others) = notice else {
            continue;
        };
        assert_eq!(others.len().abs_diff(count), 1, "{heard:?}");
        count = others.len();
    }
}
