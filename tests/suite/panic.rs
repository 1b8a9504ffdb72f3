//! Faults of the program itself: a panic costs the one who met it, and nobody else.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::record::Record;
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::value::Fields;
use kezhi::protocol::{Answer, Notice, Request};
use kezhi::service::{Service, unbroken};

use crate::right::{new_person, service, who};

/// A change that writes something and then breaks.
fn break_in_the_writing(service: &Service) {
    let refusal = service
        .submit(Box::new(|writer| {
            let mut half = Record::new(Kind::Volunteer, 900_000, Fields::new());
            half.set("name", "半条".into());
            writer.put(&half)?;
            panic!("a fault of the program, on purpose");
        }))
        .map(|_| ())
        .unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::Fault);
    let said = &refusal.message;
    assert!(said.zh.contains("没有保存") && said.zh.contains("还在"));
    assert!(said.en.contains("nothing was saved") && said.en.contains("safe"));
}

fn people(service: &Service) -> u64 {
    let session = service.join(who(&[Role::Head], 1), |_| {});
    let Ok(Answer::Status(status)) = service.handle(&session, Request::Status) else {
        panic!()
    };
    service.leave(&session);
    let count = status.records.iter();
    count
        .filter(|row| row.0 == Kind::Volunteer)
        .map(|row| row.1)
        .sum()
}

fn sound(service: &Service) {
    let admin = service.join(who(&[Role::Admin], 1), |_| {});
    let Ok(Answer::Checked(checked)) = service.handle(&admin, Request::Verify) else {
        panic!()
    };
    assert!(checked.problems.is_empty(), "{:?}", checked.problems);
}

#[test]
fn a_panic_in_the_writing_thread_saves_nothing_and_ends_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let head = service.join(who(&[Role::Head], 1), |_| {});
    for round in 1..=3 {
        break_in_the_writing(&service);
        service
            .handle(&head, new_person("单立文", "ZZ-0035"))
            .unwrap();
        assert_eq!(people(&service), round);
    }
    let half = Request::Show(Code::new(Kind::Volunteer, 900_000));
    let refusal = service.handle(&head, half).unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::NotFound);
    sound(&service);
    service.close();
    let again = Service::open(dir.path(), 1, true).unwrap();
    assert_eq!(people(&again), 3);
    sound(&again);
}

#[test]
fn who_shares_a_commit_with_a_panic_is_saved_or_told() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let saved = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let head = service.join(who(&[Role::Head], 1), |_| {});
                for _ in 0..20 {
                    match service.handle(&head, new_person("单立文", "ZZ-0035")) {
                        Ok(_) => saved.fetch_add(1, Ordering::Relaxed),
                        Err(refusal) => {
                            assert_eq!(refusal.kind, RefusalKind::Fault, "{refusal:?}");
                            0
                        }
                    };
                }
            });
        }
        scope.spawn(|| (0..10).for_each(|_| break_in_the_writing(&service)));
    });
    let saved = saved.into_inner() as u64;
    assert!(saved > 0);
    assert_eq!(people(&service), saved);
    sound(&service);
}

#[test]
fn a_listener_that_panics_costs_only_its_own_session() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let _bad = service.join(who(&[Role::Head], 1), |_| panic!("deaf, on purpose"));
    let told = Arc::new(AtomicUsize::new(0));
    let heard = Arc::clone(&told);
    let head = service.join(who(&[Role::Head], 1), move |notice| {
        assert!(matches!(notice, Notice::Changed(_)));
        heard.fetch_add(1, Ordering::SeqCst);
    });
    for _ in 0..2 {
        let made = service.handle(&head, new_person("单立文", "ZZ-0035"));
        assert!(made.is_ok(), "{made:?}");
    }
    // The writing thread tells after it has answered; when it has ended it has told.
    service.close();
    assert_eq!(told.load(Ordering::SeqCst), 2);
}

#[test]
fn work_that_panics_gives_none_and_the_thread_goes_on() {
    let mut done = 0;
    assert_eq!(unbroken(|| panic!("on purpose")), None::<()>);
    assert_eq!(unbroken(|| done += 1), Some(()));
    assert_eq!(done, 1);
}
