//! Scopes: nothing of what lies outside is told, given or kept.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::value::Fields;
use kezhi::protocol::{Act, Answer, Change, List, Request};

use crate::right::{new_person, org, service, who};

#[test]
fn errors_tell_nothing_of_what_lies_outside() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let head = service.join(who(&[Role::Head], 1), |_| {});
    let chifeng = service.join(who(&[Role::Operator, Role::Head], 5), |_| {});
    let person = |name: &str, phone: &str, id: &str, team: &str| {
        let fields = [
            ("name", name),
            ("phone", phone),
            ("id_number", id),
            ("teams", team),
        ];
        let fields = fields.map(|(key, value)| (key.to_owned(), value.into()));
        Request::Make {
            token: 0,
            change: Change {
                act: Act::New(Kind::Volunteer),
                fields: Fields::from(fields),
                confirmed: false,
                reason: String::new(),
            },
        }
    };
    let hidden = person("藏名人", "13900000001", "11010519491231002X", "ZZ-0002");
    service.handle(&head, hidden).unwrap();
    let team = Change {
        act: Act::New(Kind::Organisation),
        fields: Fields::from(
            [
                ("name", "藏队科技志愿服务分队"),
                ("kind", "分队"),
                ("parent", "ZZ-0002"),
            ]
            .map(|(key, value)| (key.to_owned(), value.into())),
        ),
        confirmed: false,
        reason: String::new(),
    };
    service
        .handle(
            &head,
            Request::Make {
                token: 0,
                change: team.clone(),
            },
        )
        .unwrap();
    let mut here = team;
    here.fields.insert("parent".into(), "ZZ-0005".into());
    let list = |key: &str, value: &str| {
        Request::List(List {
            kind: Kind::Volunteer,
            filters: vec![(key.into(), value.into())],
            within: None,
            sort: None,
            after: None,
            as_of: None,
            limit: 9,
        })
    };
    let asked = [
        person("张三", "13900000002", "11010519491231002X", "ZZ-0035"),
        person("藏名人", "13900000001", "", "ZZ-0035"),
        person("张三", "13900000003", "", "藏队科技志愿服务分队"),
        person("张三", "13900000003", "", "ZZ-0117"),
        Request::Make {
            token: 0,
            change: here,
        },
        Request::Show(Code::new(Kind::Volunteer, 1)),
        Request::Show(org(117)),
        list("teams", "ZZ-0117"),
        list("teams", "藏队科技志愿服务分队"),
    ];
    for request in asked {
        let answer = service.handle(&chifeng, request.clone());
        let said = match &answer {
            Ok(answer) => format!("{answer:?}"),
            Err(refusal) => serde_json::to_string(refusal).unwrap(),
        };
        // What was typed may come back; what was not typed must not.
        let mut typed = format!("{request:?}");
        if let Request::Show(code) = &request {
            typed.push_str(&code.to_string());
        }
        for secret in ["ZY-000001", "ZZ-0117", "藏名人", "藏队"] {
            let leaks = said.contains(secret) && !typed.contains(secret);
            assert!(!leaks, "{secret} in {said}\nasked: {typed}");
        }
        assert!(answer.is_err(), "{typed}: {said}");
    }
    // An absent team and one that is not theirs are refused alike.
    let said = |team: &str| {
        let refusal = service.handle(&chifeng, person("张三", "13900000004", "", team));
        serde_json::to_string(&refusal.unwrap_err())
            .unwrap()
            .replace(team, "X")
    };
    assert_eq!(said("ZZ-0117"), said("ZZ-0999"));
    assert_eq!(
        said("藏队科技志愿服务分队"),
        said("没有这个科技志愿服务分队")
    );
}

#[test]
fn an_operator_may_leave_what_a_record_names_elsewhere() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let head = service.join(who(&[Role::Head], 1), |_| {});
    let chifeng = service.join(who(&[Role::Operator], 5), |_| {});
    let Answer::View(made) = service
        .handle(&head, new_person("单立文", "ZZ-0035,ZZ-0002"))
        .unwrap()
    else {
        panic!()
    };
    let teams = |teams: &str| Request::Make {
        token: 0,
        change: Change {
            act: Act::Edit {
                code: made.code,
                rev: None,
            },
            fields: Fields::from([("teams".to_owned(), teams.into())]),
            confirmed: true,
            reason: String::new(),
        },
    };
    service
        .handle(&chifeng, teams("ZZ-0035,ZZ-0002,ZZ-0036"))
        .unwrap();
    assert!(service.handle(&chifeng, teams("ZZ-0035,ZZ-0003")).is_err());
}

#[test]
fn the_log_of_a_scoped_administrator_ends_at_the_scope() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let head = service.join(who(&[Role::Head], 1), |_| {});
    service
        .handle(&head, new_person("单立文", "ZZ-0035"))
        .unwrap();
    service
        .handle(&head, new_person("张三", "ZZ-0002"))
        .unwrap();
    let export = Request::Export {
        kind: Kind::Volunteer,
        after: 0,
        full: Some("年度核对".into()),
    };
    let mut other = who(&[Role::Head], 1);
    other.uid = 815;
    let other = service.join(other, |_| {});
    service.handle(&other, export).unwrap();
    let whole = |scope: u64| {
        let session = service.join(who(&[Role::Admin], scope), |_| {});
        let page = Request::LogPage {
            from: 1,
            limit: 100,
        };
        let Ok(Answer::Entries(entries)) = service.handle(&session, page) else {
            panic!()
        };
        let whole = entries.iter().filter(|line| line.entry.code.is_none());
        whole
            .map(|line| line.entry.action.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(whole(1), ["skeleton", "export:volunteer"]);
    assert!(whole(5).is_empty(), "{:?}", whole(5));
    let entries = |scope: u64, roles: &[Role]| {
        let session = service.join(who(roles, scope), |_| {});
        let page = Request::LogPage {
            from: 1,
            limit: 100,
        };
        let Ok(Answer::Entries(entries)) = service.handle(&session, page) else {
            panic!()
        };
        entries
            .into_iter()
            .filter_map(|line| line.entry.code)
            .map(|code| code.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(entries(1, &[Role::Admin]), ["ZY-000001", "ZY-000002"]);
    assert_eq!(entries(5, &[Role::Admin]), ["ZY-000001"]);
    assert_eq!(entries(2, &[Role::Admin]), ["ZY-000002"]);
    assert_eq!(
        entries(1, &[Role::Admin, Role::Head]),
        ["ZY-000001", "ZY-000002"],
        "complaints stand in no general log"
    );
    assert_eq!(
        entries(35, &[Role::Admin, Role::Head]),
        ["ZY-000001"],
        "not for the accused"
    );
}

#[test]
fn notices_are_told_to_those_whom_they_concern() {
    use kezhi::protocol::Notice;
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let head = service.join(who(&[Role::Head], 1), |_| {});
    let Answer::View(made) = service
        .handle(&head, new_person("单立文", "ZZ-0035"))
        .unwrap()
    else {
        panic!()
    };
    let complaint = Code::new(Kind::Complaint, 2_026_000_001);
    let told = |codes: &[Code], roles: &[Role], scope: u64| match service
        .told(&who(roles, scope), &Notice::Changed(codes.to_vec()))
    {
        Some(Notice::Changed(codes)) => codes.len(),
        _ => 0,
    };
    let daily = [Role::Operator];
    assert_eq!(told(&[made.code, complaint], &daily, 1), 2);
    assert_eq!(told(&[made.code, complaint], &daily, 5), 2);
    assert_eq!(
        told(&[made.code, complaint], &daily, 35),
        1,
        "not the complaint about them"
    );
    assert_eq!(told(&[made.code, complaint], &daily, 2), 0);
    assert_eq!(told(&[made.code, complaint], &[Role::Admin], 1), 0);
    // Who moves away is told once more to those who had them.
    let away = Change {
        act: Act::Edit {
            code: made.code,
            rev: None,
        },
        fields: Fields::from([("teams".to_owned(), "ZZ-0002".into())]),
        confirmed: true,
        reason: String::new(),
    };
    service
        .handle(
            &head,
            Request::Make {
                token: 0,
                change: away,
            },
        )
        .unwrap();
    assert_eq!(told(&[made.code], &daily, 5), 1);
    assert_eq!(told(&[made.code], &daily, 2), 1);
    assert_eq!(told(&[made.code], &daily, 3), 0);
}

#[test]
fn complaints_are_counted_for_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let counted = |roles: &[Role], scope: u64| {
        let session = service.join(who(roles, scope), |_| {});
        let Ok(Answer::Status(status)) = service.handle(&session, Request::Status) else {
            panic!()
        };
        let of = |(kind, count): &(Kind, u64)| (*kind == Kind::Complaint).then_some(*count);
        status.records.iter().find_map(of)
    };
    assert_eq!(counted(&[Role::Head], 1), None);
    assert_eq!(counted(&[Role::Admin], 1), None);
    assert_eq!(counted(&[Role::Viewer], 1), None);
    assert_eq!(counted(&[Role::Head], 5), None);
    assert_eq!(counted(&[Role::Head], 35), None);
}
