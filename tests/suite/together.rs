//! Many writers at once: they share commits, and each is judged by what the others wrote before.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kezhi::domain::kind::Kind;
use kezhi::domain::operator::Role;
use kezhi::domain::value::Fields;
use kezhi::protocol::{Act, Answer, Change, Notice, Request};
use kezhi::service::Service;

use crate::right::{new_person, service, who};

fn seq(service: &Service) -> u64 {
    let session = service.join(who(&[Role::Head], 1), |_| {});
    let Ok(Answer::Head { seq, .. }) = service.handle(&session, Request::LogHead) else {
        panic!()
    };
    service.leave(&session);
    seq
}

#[test]
fn writers_at_once_share_commits() {
    const WRITERS: u64 = 32;
    const EACH: u64 = 10;
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    // Every commit that changed records is told once.
    let commits = Arc::new(AtomicU64::new(0));
    let heard = Arc::clone(&commits);
    let _ear = service.join(who(&[Role::Head], 1), move |notice| {
        assert!(matches!(notice, Notice::Changed(_)));
        heard.fetch_add(1, Ordering::SeqCst);
    });
    let before = seq(&service);
    std::thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                let head = service.join(who(&[Role::Head], 1), |_| {});
                for _ in 0..EACH {
                    let made = service.handle(&head, new_person("单立文", "ZZ-0035"));
                    assert!(matches!(made, Ok(Answer::View(_))), "{made:?}");
                }
            });
        }
    });
    assert_eq!(
        seq(&service) - before,
        WRITERS * EACH,
        "an entry for each write"
    );
    service.close();
    let commits = commits.load(Ordering::SeqCst);
    // Each waits for its own before the next one: there are at least as many as one of them wrote.
    assert!(commits >= EACH, "{commits}");
    assert!(
        commits <= WRITERS * EACH / 2,
        "{commits} commits: nothing is shared"
    );
}

#[test]
fn of_many_who_register_the_same_document_at_once_one_is_saved() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let (saved, refused) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for nth in 0..16 {
            let (service, saved, refused) = (&service, &saved, &refused);
            scope.spawn(move || {
                let head = service.join(who(&[Role::Head], 1), |_| {});
                let fields = [
                    ("name", "单立文".to_owned()),
                    ("phone", format!("139123444{nth:02}")),
                    ("teams", "ZZ-0035".to_owned()),
                    ("id_number", "11010519491231002X".to_owned()),
                ];
                let fields = fields.map(|(key, value)| (key.to_owned(), value.into()));
                let change = Change {
                    act: Act::New(Kind::Volunteer),
                    fields: Fields::from(fields),
                    confirmed: true,
                    reason: String::new(),
                };
                match service.handle(&head, Request::Make { token: 0, change }) {
                    Ok(_) => saved.fetch_add(1, Ordering::SeqCst),
                    Err(refusal) => {
                        assert!(refusal.message.zh.contains("已登记"), "{refusal:?}");
                        refused.fetch_add(1, Ordering::SeqCst)
                    }
                };
            });
        }
    });
    assert_eq!((saved.into_inner(), refused.into_inner()), (1, 15));
}
