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

fn org(number: u64) -> Code {
    Code::new(Kind::Organisation, number)
}

fn who(roles: &[Role], scope: u64) -> Who {
    Who {
        uid: 4711,
        name: "试".into(),
        roles: roles.to_vec(),
        scope: vec![org(scope)],
    }
}

/// 5 is 赤峰市, 35 红山区 below it, 2 呼和浩特市.
fn service(dir: &std::path::Path) -> Arc<Service> {
    {
        let store = Store::open(&dir.join("store.redb")).unwrap();
        kezhi::service::found::lay(&store).unwrap();
        let mut writer = store.write().unwrap();
        let mut complaint = Record::new(Kind::Complaint, 2_026_000_001, Fields::new());
        complaint.rev = 1;
        for (key, value) in [
            ("title", "服务态度"),
            ("handler", "ZZ-0005"),
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

fn new_person(name: &str, team: &str) -> Request {
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
                .replace("TS-2026-0001", "X");
            assert_eq!(
                text,
                serde_json::to_string(other)
                    .unwrap()
                    .replace("TS-2026-0999", "X")
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

/// Every request that there is, about things of 赤峰市 (5), for the matrix as it is answered.
fn every_request(person: Code, complaint: Code) -> Vec<(&'static str, Request)> {
    let edit = |code: Code, field: &str| Change {
        act: Act::Edit { code, rev: None },
        fields: Fields::from([(field.to_owned(), "改".into())]),
        confirmed: true,
    };
    let step = |code: Code, step: &str| Change {
        act: Act::Step {
            code,
            step: step.into(),
            rev: None,
        },
        fields: Fields::new(),
        confirmed: true,
    };
    let list = |kind| {
        Request::List(List {
            kind,
            filters: vec![],
            within: None,
            sort: None,
            after: None,
            limit: 500,
        })
    };
    let export = |full: Option<&str>| Request::Export {
        kind: Kind::Volunteer,
        after: 0,
        full: full.map(str::to_owned),
    };
    let find = Find {
        text: "slw".into(),
        limit: 5,
        ..Find::default()
    };
    vec![
        ("find", Request::Find(find)),
        ("list organisation", list(Kind::Organisation)),
        ("list volunteer", list(Kind::Volunteer)),
        ("list complaint", list(Kind::Complaint)),
        ("list operator", list(Kind::Operator)),
        ("show organisation", Request::Show(org(35))),
        ("show volunteer", Request::Show(person)),
        ("show complaint", Request::Show(complaint)),
        (
            "history volunteer",
            Request::History {
                code: person,
                limit: 5,
            },
        ),
        (
            "history complaint",
            Request::History {
                code: complaint,
                limit: 5,
            },
        ),
        ("steps volunteer", Request::Steps(person)),
        ("tree", Request::Tree),
        (
            "reveal volunteer",
            Request::Reveal {
                code: person,
                field: "phone".into(),
                reason: "核对".into(),
            },
        ),
        ("export volunteer", export(None)),
        ("export volunteer, whole", export(Some("核对"))),
        ("try edit volunteer", Request::Try(edit(person, "employer"))),
        ("try step volunteer", Request::Try(step(person, "confirm"))),
        (
            "edit organisation",
            Request::Make {
                token: 0,
                change: edit(org(35), "note"),
            },
        ),
        (
            "edit volunteer",
            Request::Make {
                token: 0,
                change: edit(person, "employer"),
            },
        ),
        (
            "edit complaint",
            Request::Make {
                token: 0,
                change: edit(complaint, "note"),
            },
        ),
        ("new volunteer", new_person("新人", "ZZ-0035")),
        (
            "new operator",
            Request::Try(Change {
                act: Act::New(Kind::Operator),
                fields: Fields::from([
                    ("user".to_owned(), "a".into()),
                    ("name".to_owned(), "甲".into()),
                    ("roles".to_owned(), "查询".into()),
                    ("scope".to_owned(), "ZZ-0001".into()),
                ]),
                confirmed: true,
            }),
        ),
        (
            "import volunteer",
            Request::ImportOpen {
                kind: Kind::Volunteer,
                source: "x".into(),
            },
        ),
        ("settings", Request::Settings),
        (
            "set",
            Request::Set {
                key: "most_teams".into(),
                value: "5".into(),
                reason: String::new(),
            },
        ),
        ("status", Request::Status),
        // A relative path is refused after the right was found.
        ("backup", Request::Backup("relative".into())),
        ("verify", Request::Verify),
        ("log verify", Request::LogVerify(None)),
        ("log head", Request::LogHead),
        ("log page", Request::LogPage { from: 1, limit: 9 }),
        ("stop", Request::Stop),
    ]
}

fn answered(answer: Result<Answer, kezhi::domain::refusal::Refusal>) -> String {
    match answer {
        Ok(Answer::Found(found)) => format!("{} rows", found.total),
        Ok(Answer::Views(views)) => format!("{} rows", views.len()),
        Ok(Answer::Tree(nodes)) => format!("{} rows", nodes.len()),
        Ok(_) => "yes".into(),
        Err(refusal) => match refusal.kind {
            RefusalKind::NotPermitted => ".".into(),
            RefusalKind::NotFound => "not found".into(),
            RefusalKind::Usage => "yes".into(),
            other => format!("{other:?}").to_lowercase(),
        },
    }
}

#[test]
fn the_matrix_as_every_request_is_answered() {
    let complaint = Code::new(Kind::Complaint, 2_026_000_001);
    let person = Code::new(Kind::Volunteer, 1);
    let mut columns: Vec<Vec<String>> = Vec::new();
    let scopes = [
        (1, "whole region"),
        (5, "above the record"),
        (35, "the record's"),
        (2, "elsewhere"),
    ];
    for (scope, _) in scopes {
        for (role, _) in kezhi::domain::operator::ROLES {
            // A store of its own for each: nothing that another did shows.
            let dir = tempfile::tempdir().unwrap();
            let service = service(dir.path());
            let head = service.join(who(&[Role::Head], 1), |_| {});
            service
                .handle(&head, new_person("单立文", "ZZ-0035"))
                .unwrap();
            let session = service.join(who(&[role], scope), |_| {});
            let all = every_request(person, complaint).into_iter();
            columns.push(
                all.map(|(_, request)| answered(service.handle(&session, request)))
                    .collect(),
            );
            service.close();
        }
    }
    let mut out = String::new();
    for ((_, place), answers) in scopes.iter().zip(columns.chunks(5)) {
        out.push_str(&format!("{:<26}", format!("scope: {place}")));
        for (_, label) in kezhi::domain::operator::ROLES {
            out.push_str(&format!("{:<12}", label.en));
        }
        for (at, (name, _)) in every_request(person, complaint).iter().enumerate() {
            out.push_str(&format!("\n  {name:<24}"));
            for column in answers {
                out.push_str(&format!("{:<12}", column[at]));
            }
        }
        out.push('\n');
    }
    let out: Vec<&str> = out.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(out.join("\n"));
}

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
    assert_eq!(refused(step(1, "disable")), denied, "not who stands above");
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
