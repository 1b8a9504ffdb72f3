//! Scopes of operators: what administrators of a part may give, see and take away.

use std::sync::Arc;

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::value::Fields;
use kezhi::protocol::{Act, Answer, Change, List, Request};
use kezhi::service::Service;

use crate::right::{new_person, org, service, who};

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
            reason: String::new(),
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
            reason: String::new(),
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
            reason: String::new(),
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
            as_of: None,
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
            reason: String::new(),
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
