//! Rights: the matrix, scopes, and complaints that do not exist for some.

use std::sync::Arc;

use kezhi::domain::change::Entry;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::record::Record;
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::value::Fields;
use kezhi::protocol::{Act, Answer, Change, Find, List, Request, Who};
use kezhi::service::{Service, permit};
use kezhi::store::Store;

#[test]
fn the_matrix() {
    insta::assert_snapshot!(permit::print());
}

pub fn org(number: u64) -> Code {
    Code::new(Kind::Organisation, number)
}

pub fn who(roles: &[Role], scope: u64) -> Who {
    Who {
        uid: 4711,
        name: "试".into(),
        roles: roles.to_vec(),
        scope: vec![org(scope)],
        ..Default::default()
    }
}

/// 5 is 赤峰市, 35 红山区 below it, 2 呼和浩特市.
pub fn service(dir: &std::path::Path) -> Arc<Service> {
    {
        let store = Store::open(&dir.join("store.redb")).unwrap();
        kezhi::service::found::lay(&store).unwrap();
        let mut writer = store.write().unwrap();
        let mut complaint = Record::new(Kind::Complaint, 2_026_000_001, Fields::new());
        complaint.rev = 1;
        for (key, value) in [
            ("title", "服务态度"),
            ("receiver", "ZZ-0005"),
            ("against", "ZZ-0035"),
            ("accused", "ZZ-0035"),
            ("status", "受理"),
            ("day", "2026-06-01"),
        ] {
            complaint.set(key, value.into());
        }
        writer.put(&complaint).unwrap();
        writer
            .log(&Entry {
                code: Some(complaint.code()),
                to_rev: 1,
                action: "new".into(),
                ..Entry::default()
            })
            .unwrap();
        writer.commit().unwrap();
    }
    Service::open(dir, 1, true).unwrap()
}

pub fn new_person(name: &str, team: &str) -> Request {
    let fields = Fields::from([
        ("name".to_owned(), name.into()),
        ("phone".to_owned(), "13912344471".into()),
        ("teams".to_owned(), team.into()),
    ]);
    Request::Make {
        token: 0,
        change: Change {
            act: Act::New(Kind::Volunteer),
            fields,
            confirmed: true,
            reason: String::new(),
        },
    }
}

#[test]
fn scopes_bound_reading_and_writing() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let chifeng = service.join(who(&[Role::Operator], 5), |_| {});
    let hohhot = service.join(who(&[Role::Operator], 2), |_| {});
    let Answer::View(made) = service
        .handle(&chifeng, new_person("单立文", "ZZ-0035"))
        .unwrap()
    else {
        panic!()
    };
    // What lies outside is refused in the words in which what does not exist is refused.
    let said = |team: &str| {
        let refusal = service
            .handle(&chifeng, new_person("张三", team))
            .unwrap_err();
        serde_json::to_string(&refusal).unwrap().replace(team, "X")
    };
    assert_eq!(said("ZZ-0002"), said("ZZ-9999"));
    assert_eq!(said("呼和浩特"), said("无此队"));
    let found = |session| {
        let find = Find {
            text: "slw".into(),
            limit: 10,
            ..Find::default()
        };
        let Ok(Answer::Found(found)) = service.handle(session, Request::Find(find)) else {
            panic!()
        };
        found.total
    };
    assert_eq!((found(&chifeng), found(&hohhot)), (1, 0));
    for request in [
        Request::Show(made.code),
        Request::History {
            code: made.code,
            limit: 10,
        },
        Request::Steps(made.code),
        Request::Reveal {
            code: made.code,
            field: "phone".into(),
            reason: "核对".into(),
        },
    ] {
        assert_eq!(
            service.handle(&hohhot, request).unwrap_err().kind,
            RefusalKind::NotFound
        );
    }
    let Ok(Answer::Tree(nodes)) = service.handle(&hohhot, Request::Tree) else {
        panic!()
    };
    assert!(
        nodes.iter().all(|node| node.area.starts_with("1501")),
        "only its own subtree"
    );
}

#[test]
fn roles_bound_what_is_done() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let refused = |roles: &[Role], request: Request| {
        let session = service.join(who(roles, 1), |_| {});
        let refused = service
            .handle(&session, request)
            .err()
            .map(|refusal| refusal.kind);
        service.leave(&session);
        refused
    };
    let denied = Some(RefusalKind::NotPermitted);
    assert_eq!(
        refused(&[Role::Viewer], new_person("张三", "ZZ-0035")),
        denied
    );
    assert_eq!(
        refused(&[Role::Operator], new_person("张三", "ZZ-0035")),
        None
    );
    assert_eq!(
        refused(&[Role::Operator], Request::Backup("/x".into())),
        denied
    );
    assert_eq!(
        refused(&[Role::Admin], new_person("李四", "ZZ-0035")),
        denied
    );
    let full = |full: bool| Request::Export {
        kind: Kind::Volunteer,
        after: 0,
        full: full.then(|| "核对".to_owned()),
    };
    assert_eq!(refused(&[Role::Operator], full(false)), None);
    assert_eq!(refused(&[Role::Operator], full(true)), denied);
    assert_eq!(refused(&[Role::Head], full(true)), None);
    assert_eq!(
        service.identify(99_999, None).unwrap_err().kind,
        RefusalKind::NotPermitted
    );
}

#[test]
fn a_complaint_does_not_exist_for_the_accused() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let code = Code::new(Kind::Complaint, 2_026_000_001);
    let seen = |roles: &[Role], scope: u64| {
        let session = service.join(who(roles, scope), |_| {});
        let find = Find {
            text: "服务态度".into(),
            limit: 10,
            ..Find::default()
        };
        let total = match service.handle(&session, Request::Find(find)) {
            Ok(Answer::Found(found)) => found.total,
            _ => 0,
        };
        let all = Find {
            kinds: vec![Kind::Complaint],
            limit: 10,
            ..Find::default()
        };
        let Ok(Answer::Found(all)) = service.handle(&session, Request::Find(all)) else {
            panic!()
        };
        let list = List {
            kind: Kind::Complaint,
            filters: vec![],
            within: None,
            sort: None,
            after: None,
            as_of: None,
            limit: 10,
        };
        let listed = match service.handle(&session, Request::List(list)) {
            Ok(Answer::Views(views)) => views.len(),
            _ => 0,
        };
        let shown = service.handle(&session, Request::Show(code));
        let absent = service.handle(
            &session,
            Request::Show(Code::new(Kind::Complaint, 2_026_000_999)),
        );
        if let (Err(one), Err(other)) = (&shown, &absent) {
            // The two answers differ in the code that was asked for, and in nothing else.
            let text = serde_json::to_string(one)
                .unwrap()
                .replace("TS-2026-000001", "X");
            assert_eq!(
                text,
                serde_json::to_string(other)
                    .unwrap()
                    .replace("TS-2026-000999", "X")
            );
        }
        (total, all.total, listed, shown.is_ok())
    };
    assert_eq!(seen(&[Role::Operator], 5), (1, 1, 1, true));
    assert_eq!(seen(&[Role::Operator], 1), (1, 1, 1, true));
    assert_eq!(seen(&[Role::Operator, Role::Head], 35), (0, 0, 0, false));
    assert_eq!(seen(&[Role::Operator], 2), (0, 0, 0, false));
    assert_eq!(seen(&[Role::Admin], 1), (0, 0, 0, false));
    assert_eq!(seen(&[Role::Viewer], 5), (0, 0, 0, false));
}
