//! One step for many: each row on its own, and what is impossible named with its article.

use std::sync::Arc;

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::record::Record;
use kezhi::domain::value::Fields;
use kezhi::protocol::work::{Hours, Many, ManyDone};
use kezhi::protocol::{Act, Answer, Change, Request};
use kezhi::service::{Service, Session};
use kezhi::store::{Store, verify};

use crate::hours::{lay, record};
use crate::right::{org, who};

const PEOPLE: u64 = 40;

fn hours(number: u64, person: u64, start: &str, end: &str, minutes: i64) -> Record {
    let person = Code::new(Kind::Volunteer, person).to_string();
    let mut one = record(
        Kind::ServiceRecord,
        number,
        &[
            ("volunteer", &person),
            ("activity", "HD-2026-0001"),
            ("org", "ZZ-0035"),
            ("day", "2026-03-05"),
            ("start", &format!("2026-03-05T{start}")),
            ("end", &format!("2026-03-05T{end}")),
            ("recorded_on", "2026-03-06"),
            ("status", "待确认"),
        ],
    );
    one.set("minutes", minutes.into());
    let stints = kezhi::domain::service_record::stints(&one);
    one.set("stints", stints.into());
    one
}

/// Forty pending records of one lecture, and three that cannot be.
fn data() -> Vec<Record> {
    let mut all: Vec<Record> = (1..=PEOPLE)
        .map(|nth| {
            record(
                Kind::Volunteer,
                nth,
                &[("name", "单立文"), ("teams", "ZZ-0035"), ("status", "在册")],
            )
        })
        .collect();
    let mut lecture = record(
        Kind::Activity,
        2_026_000_001,
        &[
            ("title", "科普讲座"),
            ("org", "ZZ-0035"),
            ("status", "结项"),
            ("day", "2026-03-05"),
        ],
    );
    let today = "2026-01-01".parse().unwrap();
    let times = kezhi::domain::moment::sessions(&"2026-03-05 09:00-11:00".into(), today).unwrap();
    lecture.set("sessions", times);
    lecture.set("days", vec!["2026-03-05".to_owned()].into());
    all.push(lecture);
    let absent = [
        ("activity", "HD-2026-0001"),
        ("volunteer", "ZY-000003"),
        ("org", "ZZ-0035"),
        ("status", "缺席"),
        ("pair", "HD-2026-0001@ZY-000003"),
    ];
    all.push(record(Kind::Enrolment, 1, &absent));
    all.extend((1..=PEOPLE).map(|nth| hours(nth, nth, "09:00", "11:00", 120)));
    // The first person once more at the same time; the second longer than the activity.
    all.push(hours(PEOPLE + 1, 1, "10:00", "10:30", 30));
    all.push(hours(PEOPLE + 2, 2, "12:00", "15:00", 180));
    all
}

fn service(dir: &std::path::Path) -> Arc<Service> {
    lay(dir, &data());
    Service::open(dir, 1, true).unwrap()
}

fn codes() -> Vec<Code> {
    let numbers = 1..=PEOPLE + 2;
    numbers
        .map(|nth| Code::new(Kind::ServiceRecord, nth))
        .collect()
}

fn take(
    service: &Service,
    session: &Session,
    token: u64,
    step: &str,
    codes: Vec<Code>,
) -> ManyDone {
    let many = Many {
        codes,
        step: step.to_owned(),
        fields: Fields::new(),
        confirmed: true,
        reason: String::new(),
    };
    match service.handle(session, Request::Many { token, many }) {
        Ok(Answer::Many(done)) => done,
        other => panic!("{other:?}"),
    }
}

fn minutes(service: &Service, session: &Session, of: Option<Code>) -> i64 {
    let asked = Hours {
        of,
        year: 2026,
        own: false,
    };
    match service.handle(session, Request::Hours(asked)) {
        Ok(Answer::Hours(view)) => view.minutes,
        other => panic!("{other:?}"),
    }
}

fn revision(service: &Service, session: &Session, nth: u64) -> u64 {
    let code = Code::new(Kind::ServiceRecord, nth);
    match service.handle(session, Request::Show(code)) {
        Ok(Answer::View(view)) => view.rev,
        other => panic!("{other:?}"),
    }
}

#[test]
fn three_impossible_rows_stand_in_nobodys_way_and_are_named_with_their_article() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let head = service.join(who(&[Role::Head], 1), |_| {});
    let done = take(&service, &head, 7, "confirm", codes());
    let wrong = [3, PEOPLE + 1, PEOPLE + 2];
    let right: Vec<Code> = codes()
        .into_iter()
        .filter(|code| !wrong.contains(&code.number))
        .collect();
    assert_eq!(done.done, right);
    let mut refused = done.refused;
    refused.sort_by_key(|(code, _)| *code);
    let says = ["缺席", "不能记两次：FW-0000001", "活动只有 120 分钟"];
    assert_eq!(refused.len(), 3, "{refused:?}");
    for (((code, refusal), number), says) in refused.iter().zip(wrong).zip(says) {
        assert_eq!(code.number, number);
        assert!(refusal.message.zh.contains(says), "{refusal:?}");
        assert_eq!(
            refusal.article.as_deref(),
            Some("第九条（三）"),
            "{refusal:?}"
        );
    }
    assert_eq!(minutes(&service, &head, None), 39 * 120);
    // The same token again does nothing; a new one finds nothing that could be confirmed.
    let again = take(&service, &head, 7, "confirm", codes());
    assert_eq!(
        (again.done.len(), minutes(&service, &head, None)),
        (39, 39 * 120)
    );
    assert_eq!(revision(&service, &head, 1), 2);
    let again = take(&service, &head, 7, "confirm", codes());
    assert_eq!(again.done.len(), 39);
    let mut told: Vec<Code> = again.refused.iter().map(|(code, _)| *code).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        refused.iter().map(|(code, _)| *code).collect::<Vec<_>>()
    );
    let late = take(&service, &head, 8, "confirm", right);
    assert_eq!((late.done.len(), late.refused.len()), (0, 39));
    service.close();
    let store = Store::open(&dir.path().join("store.redb")).unwrap();
    let found = verify::all(&store.read().unwrap()).unwrap();
    let sums: Vec<_> = found
        .problems
        .iter()
        .filter(|said| said.en.contains("sum_") || said.en.contains("ix_"))
        .collect();
    assert!(sums.is_empty(), "{sums:?}");
}

#[test]
fn a_bulk_is_taken_back_in_one_act_too() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let head = service.join(who(&[Role::Head], 1), |_| {});
    let done = take(&service, &head, 1, "confirm", codes()).done;
    let person = Some(Code::new(Kind::Volunteer, 5));
    assert_eq!(minutes(&service, &head, person), 120);
    // A code that is named twice is taken once.
    let mut twice = done.clone();
    twice.push(done[0]);
    let back = take(&service, &head, 2, "unconfirm", twice);
    assert_eq!(
        (back.done.len(), back.refused.len()),
        (39, 1),
        "{:?}",
        back.refused
    );
    assert_eq!(minutes(&service, &head, None), 0);
    assert_eq!(minutes(&service, &head, person), 0);
    assert_eq!(revision(&service, &head, 5), 3);
}

#[test]
fn a_bulk_leaves_alone_what_lies_outside() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let other = service.join(who(&[Role::Operator], 2), |_| {});
    let done = take(&service, &other, 1, "confirm", codes());
    assert_eq!((done.done.len(), done.refused.len()), (0, 42));
    assert!(
        done.refused
            .iter()
            .all(|(_, refusal)| refusal.kind.exit_code() == 4)
    );
    let viewer = service.join(who(&[Role::Viewer], 35), |_| {});
    let many = Many {
        codes: codes(),
        step: "confirm".into(),
        fields: Fields::new(),
        confirmed: true,
        reason: String::new(),
    };
    assert!(
        service
            .handle(&viewer, Request::Many { token: 2, many })
            .is_err()
    );
}

#[test]
fn a_bulk_hands_nothing_beyond_the_scope() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let county = service.join(who(&[Role::Operator], 35), |_| {});
    let fields = Fields::from([("parent".to_owned(), "ZZ-0001".into())]);
    let single = Change {
        act: Act::Step {
            code: org(35),
            step: "move".into(),
            rev: None,
        },
        fields: fields.clone(),
        confirmed: true,
        reason: "合并".into(),
    };
    let request = Request::Make {
        token: 0,
        change: single,
    };
    let alone = service.handle(&county, request).unwrap_err();
    assert_eq!(alone.kind.exit_code(), 5, "{alone:?}");
    let many = Many {
        codes: vec![org(35)],
        step: "move".into(),
        fields,
        confirmed: true,
        reason: "合并".into(),
    };
    match service.handle(&county, Request::Many { token: 3, many }) {
        Ok(Answer::Many(done)) => assert_eq!(done.refused, [(org(35), alone)]),
        other => panic!("{other:?}"),
    }
}
