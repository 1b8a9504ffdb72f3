//! Memory is built anew beside the work: nothing that was changed meanwhile is missed.

use std::sync::atomic::{AtomicU64, Ordering};

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::value::Fields;
use kezhi::protocol::{Act, Answer, Change, Find, Request, Who};
use kezhi::service::{Service, Session};

fn count(service: &Service, session: &Session, text: &str) -> usize {
    let find = Find {
        text: text.to_owned(),
        kinds: vec![Kind::Volunteer],
        limit: 1,
        ..Find::default()
    };
    match service.handle(session, Request::Find(find)).unwrap() {
        Answer::Found(found) if !found.fuzzy => found.total,
        _ => 0,
    }
}

#[test]
fn changes_are_found_before_during_and_after_a_renewal() {
    let dir = tempfile::tempdir().unwrap();
    let service = Service::open(dir.path(), 1, true).unwrap();
    let who = Who {
        uid: 1,
        name: "试".into(),
        roles: vec![Role::Operator, Role::Head],
        scope: vec![Code::new(Kind::Organisation, 1)],
        ..Default::default()
    };
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                let session = service.join(who.clone(), |_| {});
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    if nth >= 4400 {
                        break;
                    }
                    let phone = format!("139{:08}", nth * 7919);
                    let fields = Fields::from([
                        ("name".to_owned(), "新人".into()),
                        ("phone".to_owned(), phone.clone().into()),
                        ("teams".to_owned(), "ZZ-0035".into()),
                    ]);
                    let change = Change {
                        act: Act::New(Kind::Volunteer),
                        fields,
                        confirmed: true,
                        reason: String::new(),
                    };
                    let token = nth + 1;
                    service
                        .handle(&session, Request::Make { token, change })
                        .unwrap();
                    assert!(count(&service, &session, &phone) >= 1, "{phone}");
                }
                service.leave(&session);
            });
        }
    });
    let session = service.join(who, |_| {});
    assert_eq!(count(&service, &session, "xinren"), 4400);
    assert_eq!(count(&service, &session, "xr hsq"), 4400);
    service.close();
}
