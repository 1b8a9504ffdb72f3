//! Scopes: nothing of what lies outside is told, given or kept.

use std::sync::Arc;

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::value::Fields;
use kezhi::protocol::{Act, Answer, Change, List, Request};
use kezhi::service::Service;

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
        ["TS-2026-0001", "ZY-000001", "ZY-000002"],
        "complaints are for those who may read them"
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
fn a_scoped_administrator_gives_no_more_than_it_has() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let whole = service.join(who(&[Role::Admin], 1), |_| {});
    let part = service.join(who(&[Role::Admin], 5), |_| {});
    let operator = |user: &str, scope: &str| Request::Make {
        token: 0,
        change: Change {
            act: Act::New(Kind::Operator),
            fields: Fields::from(
                [
                    ("user", user),
                    ("name", "甲"),
                    ("roles", "管理员"),
                    ("scope", scope),
                ]
                .map(|(key, value)| (key.to_owned(), value.into())),
            ),
            confirmed: false,
        },
    };
    let refused = |request: Request| service.handle(&part, request).err().map(|no| no.kind);
    let denied = Some(RefusalKind::NotPermitted);
    service.handle(&whole, operator("boss", "ZZ-0001")).unwrap();
    assert_eq!(refused(operator("a", "ZZ-0035")), None);
    assert_eq!(refused(operator("b", "ZZ-0001")), denied);
    assert_eq!(refused(operator("c", "ZZ-0035,ZZ-0001")), denied);
    let step = |code: u64, step: &str| Request::Make {
        token: 0,
        change: Change {
            act: Act::Step {
                code: Code::new(Kind::Operator, code),
                step: step.into(),
                rev: None,
            },
            fields: Fields::new(),
            confirmed: false,
        },
    };
    let absent = Some(RefusalKind::NotFound);
    assert_eq!(refused(step(1, "disable")), absent, "not who stands above");
    assert_eq!(refused(step(2, "disable")), None);
    for request in [
        Request::Stop,
        Request::Verify,
        Request::Backup("/tmp/all".into()),
    ] {
        assert_eq!(refused(request), denied);
    }
    assert!(!service.stopping());
}

#[test]
fn an_administrator_sees_the_operators_whose_whole_scope_is_theirs() {
    use kezhi::protocol::{Find, Notice};
    let dir = tempfile::tempdir().unwrap();
    let mut service = service(dir.path());
    let whole = service.join(who(&[Role::Admin], 1), |_| {});
    let make = |act: Act, fields: &[(&str, &str)]| {
        let fields = fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).into()));
        let change = Change {
            act,
            fields: fields.collect(),
            confirmed: false,
        };
        Request::Make { token: 0, change }
    };
    for (user, scope) in [
        ("region", "ZZ-0001"),
        ("league", "ZZ-0005"),
        ("county", "ZZ-0035"),
        ("both", "ZZ-0035,ZZ-0002"),
        ("other", "ZZ-0002"),
    ] {
        let fields = [
            ("user", user),
            ("name", "甲"),
            ("roles", "管理员"),
            ("scope", scope),
        ];
        let made = make(Act::New(Kind::Operator), &fields);
        service.handle(&whole, made).unwrap();
    }
    let operator = |number| Code::new(Kind::Operator, number);
    let seen = |service: &Service, who: &kezhi::protocol::Who| {
        let session = service.join(who.clone(), |_| {});
        let list = List {
            kind: Kind::Operator,
            filters: vec![],
            within: None,
            sort: None,
            after: None,
            limit: 9,
        };
        let Ok(Answer::Views(views)) = service.handle(&session, Request::List(list)) else {
            panic!()
        };
        let listed: Vec<u64> = views.iter().map(|view| view.code.number).collect();
        let find = Find {
            kinds: vec![Kind::Operator],
            sort: kezhi::protocol::Order::Code,
            limit: 9,
            ..Find::default()
        };
        let Ok(Answer::Found(found)) = service.handle(&session, Request::Find(find)) else {
            panic!()
        };
        let searched: Vec<u64> = found.rows.iter().map(|row| row.code.number).collect();
        assert_eq!(listed, searched, "list and search agree");
        assert_eq!(found.total, searched.len());
        let told = service.told(who, &Notice::Changed((1..=5).map(operator).collect()));
        let told = match told {
            Some(Notice::Changed(codes)) => codes.iter().map(|code| code.number).collect(),
            _ => Vec::new(),
        };
        assert_eq!(listed, told, "notices too");
        let log = Request::LogPage {
            from: 1,
            limit: 100,
        };
        let Ok(Answer::Entries(entries)) = service.handle(&session, log) else {
            panic!()
        };
        let logged: std::collections::BTreeSet<u64> = entries
            .iter()
            .filter_map(|line| line.entry.code.filter(|code| code.kind == Kind::Operator))
            .map(|code| code.number)
            .collect();
        assert_eq!(
            listed,
            logged.into_iter().collect::<Vec<_>>(),
            "the log too"
        );
        for number in 1..=5 {
            let shown = service.handle(&session, Request::Show(operator(number)));
            assert_eq!(shown.is_ok(), listed.contains(&number), "{number}");
        }
        service.leave(&session);
        listed
    };
    let admin = |scopes: &[u64]| {
        let mut who = who(&[Role::Admin], 1);
        who.scope = scopes.iter().map(|number| org(*number)).collect();
        who
    };
    for round in ["as taken in", "as read anew"] {
        let sees = |scopes: &[u64]| seen(&service, &admin(scopes));
        assert_eq!(sees(&[1]), [1, 2, 3, 4, 5], "{round}");
        assert_eq!(sees(&[5]), [2, 3], "{round}");
        assert_eq!(sees(&[35]), [3], "{round}");
        assert_eq!(sees(&[2]), [5], "{round}");
        assert_eq!(sees(&[2, 35]), [3, 4, 5], "{round}");
        assert!(sees(&[3]).is_empty(), "{round}");
        service.close();
        service = Service::open(dir.path(), 1, true).unwrap();
    }
    let whole = service.join(who(&[Role::Admin], 1), |_| {});
    let edit = Act::Edit {
        code: operator(4),
        rev: None,
    };
    let moved = make(edit, &[("scope", "ZZ-0036")]);
    service.handle(&whole, moved).unwrap();
    assert_eq!(seen(&service, &admin(&[5])), [2, 3, 4]);
}

#[test]
fn an_open_session_loses_its_rights_with_the_record() {
    use kezhi::domain::said::Lang;
    use kezhi::wire::client::Client;
    let dir = tempfile::tempdir().unwrap();
    let service = Service::open(dir.path(), 4242, false).unwrap();
    let admin = service.join(who(&[Role::Admin], 1), |_| {});
    let uid = rustix::process::geteuid().as_raw().to_string();
    let make = |act: Act, fields: &[(&str, &str)]| {
        let fields = fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).into()));
        let change = Change {
            act,
            fields: fields.collect(),
            confirmed: false,
        };
        service
            .handle(&admin, Request::Make { token: 0, change })
            .unwrap();
    };
    let fields = [
        ("user", uid.as_str()),
        ("name", "李敏"),
        ("roles", "值班员"),
        ("scope", "ZZ-0005"),
    ];
    make(Act::New(Kind::Operator), &fields);
    let socket = dir.path().join("s");
    let listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let serving = std::thread::spawn({
        let service = Arc::clone(&service);
        move || kezhi::wire::server::serve(&service, &listener, None)
    });
    let client = Client::connect(&socket, Lang::Zh).unwrap();
    client.ask(new_person("单立文", "ZZ-0035")).unwrap();
    let code = Code::new(Kind::Operator, 1);
    make(Act::Edit { code, rev: None }, &[("roles", "查询")]);
    let refusal = client.ask(new_person("张三", "ZZ-0035")).unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::NotPermitted);
    client.ask(Request::Tree).unwrap();
    let step = Act::Step {
        code,
        step: "disable".into(),
        rev: None,
    };
    make(step, &[]);
    let refusal = client.ask(Request::Tree).unwrap_err();
    assert!(refusal.message.zh.contains("还不是操作员"), "{refusal:?}");
    assert!(Client::connect(&socket, Lang::Zh).is_err());
    service.end();
    serving.join().unwrap().unwrap();
}

#[test]
fn complaints_are_counted_only_for_those_who_see_them_all() {
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
    assert_eq!(counted(&[Role::Head], 1), Some(1));
    assert_eq!(counted(&[Role::Admin], 1), None);
    assert_eq!(counted(&[Role::Viewer], 1), None);
    assert_eq!(counted(&[Role::Head], 5), None);
    assert_eq!(counted(&[Role::Head], 35), None);
}
