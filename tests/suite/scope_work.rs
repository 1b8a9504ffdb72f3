//! Scopes over the work: activities, people in them, hours and certificates of others do not exist.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::Refusal;
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::work::{Calendar, Check, Hours, Many, Paper, Print};
use kezhi::protocol::{Act, Answer, Change, Find, List, Request, View};
use kezhi::service::{Service, Session};

use crate::right::{service, who};

fn change(act: Act, fields: &[(&str, &str)]) -> Change {
    let fields = fields
        .iter()
        .map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    Change {
        act,
        fields: fields.collect(),
        confirmed: true,
        reason: "测试".into(),
    }
}

fn ask(
    service: &Service,
    session: &Session,
    act: Act,
    fields: &[(&str, &str)],
) -> Result<View, Refusal> {
    let request = Request::Make {
        token: 0,
        change: change(act, fields),
    };
    match service.handle(session, request)? {
        Answer::View(view) => Ok(view),
        other => panic!("{other:?}"),
    }
}

fn step(code: Code, step: &str) -> Act {
    Act::Step {
        code,
        step: step.into(),
        rev: None,
    }
}

/// A volunteer, an activity, an enrolment, a confirmed record and a certificate of one team.
pub fn work(service: &Service, head: &Session, team: &str, name: &str, phone: &str) -> [Code; 5] {
    let new =
        |kind, fields: &[(&str, &str)]| ask(service, head, Act::New(kind), fields).unwrap().code;
    let person = new(
        Kind::Volunteer,
        &[("name", name), ("phone", phone), ("teams", team)],
    );
    let sessions = "2026-06-10 09:00-11:00";
    let activity = new(
        Kind::Activity,
        &[
            ("title", &format!("{name}的讲座")),
            ("org", team),
            ("scope", "1"),
            ("place", "学校"),
            ("sessions", sessions),
        ],
    );
    let (of, who) = (activity.to_string(), person.to_string());
    let pair = [("activity", of.as_str()), ("volunteer", who.as_str())];
    let enrolment = new(Kind::Enrolment, &pair);
    ask(
        service,
        head,
        step(enrolment, "agree"),
        &[("agreed_by", "本人")],
    )
    .unwrap();
    let record = new(
        Kind::ServiceRecord,
        &[pair[0], pair[1], ("start", "09:00"), ("end", "11:00")],
    );
    ask(service, head, step(record, "confirm"), &[]).unwrap();
    let certificate = new(
        Kind::Certificate,
        &[pair[1], ("from", "2026-01-01"), ("to", "2026-12-31")],
    );
    ask(service, head, step(certificate, "issue"), &[]).unwrap();
    [person, activity, enrolment, record, certificate]
}

#[test]
fn the_work_of_others_does_not_exist() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let head = service.join(who(&[Role::Operator, Role::Head], 1), |_| {});
    let mine = service.join(who(&[Role::Operator, Role::Head], 5), |_| {});
    let theirs = work(&service, &head, "ZZ-0002", "藏名人", "13900000001");
    let own = work(&service, &head, "ZZ-0035", "单立文", "13912344471");
    let unknown = [
        Code::new(Kind::Volunteer, 999),
        Code::new(Kind::Activity, 2_026_000_999),
        Code::new(Kind::Enrolment, 999),
        Code::new(Kind::ServiceRecord, 999),
        Code::new(Kind::Certificate, 2_026_000_999),
    ];
    let list = |kind, key: &str, value: Code| {
        Request::List(List {
            kind,
            filters: vec![(key.to_owned(), value.to_string())],
            within: None,
            sort: None,
            after: None,
            as_of: None,
            limit: 50,
        })
    };
    // Every request about one of theirs is answered in the words for what was never there.
    let about = |codes: [Code; 5]| -> Vec<Request> {
        let [person, activity, enrolment, record, certificate] = codes;
        let print = |paper| {
            Request::Print(Print {
                code: activity,
                paper,
                pdf: false,
                to: String::new(),
            })
        };
        let many = Many {
            codes: vec![record],
            step: "unconfirm".into(),
            fields: Fields::new(),
            confirmed: true,
            reason: "x".into(),
        };
        let mut all: Vec<Request> = codes
            .iter()
            .flat_map(|code| {
                [
                    Request::Show(*code),
                    Request::Steps(*code),
                    Request::History {
                        code: *code,
                        limit: 9,
                    },
                ]
            })
            .collect();
        all.extend([
            Request::Cover(activity),
            Request::Hours(Hours {
                of: Some(person),
                year: 2026,
                own: false,
            }),
            Request::Hours(Hours {
                of: Some(activity),
                year: 0,
                own: false,
            }),
            Request::Match {
                code: activity,
                limit: 5,
            },
            print(Paper::Own),
            print(Paper::SignIn),
            Request::Print(Print {
                code: certificate,
                paper: Paper::Own,
                pdf: false,
                to: String::new(),
            }),
            Request::Many { token: 0, many },
            list(Kind::Enrolment, "activity", activity),
            list(Kind::ServiceRecord, "volunteer", person),
        ]);
        let new = |kind, volunteer: Code, activity: Code| Request::Make {
            token: 0,
            change: change(
                Act::New(kind),
                &[
                    ("activity", activity.to_string().as_str()),
                    ("volunteer", volunteer.to_string().as_str()),
                    ("minutes", "60"),
                ][..if kind == Kind::Enrolment { 2 } else { 3 }],
            ),
        };
        all.extend([
            new(Kind::Enrolment, own[0], activity),
            new(Kind::Enrolment, person, own[1]),
            new(Kind::ServiceRecord, person, own[1]),
            Request::Make {
                token: 0,
                change: change(step(enrolment, "tell"), &[]),
            },
            Request::Make {
                token: 0,
                change: change(step(certificate, "revoke"), &[("note", "xx")]),
            },
        ]);
        all
    };
    for (real, never) in about(theirs).into_iter().zip(about(unknown)) {
        let said = |request: Request, codes: [Code; 5]| {
            let asked = format!("{request:?}");
            let answer = service.handle(&mine, request);
            let mut text = match answer {
                Ok(answer) => format!("{answer:?}"),
                Err(refusal) => serde_json::to_string(&refusal).unwrap(),
            };
            for code in codes {
                text = text
                    .replace(&format!("{code:?}"), "X")
                    .replace(&code.to_string(), "X");
            }
            (asked, text)
        };
        let ((asked, one), (_, other)) = (said(real, theirs), said(never, unknown));
        assert_eq!(one, other, "{asked}");
        assert!(
            !one.contains("藏名人") && !one.contains("讲座"),
            "{asked}: {one}"
        );
    }
    // What one asks about everything holds one's own alone.
    let text = |request| match service.handle(&mine, request) {
        Ok(answer) => format!("{answer:?}"),
        Err(refusal) => panic!("{refusal:?}"),
    };
    let month = |day: &str| day.parse().unwrap();
    let days = Calendar {
        from: month("2026-06-01"),
        to: month("2026-06-30"),
        within: None,
    };
    let find = Find {
        text: "讲座".into(),
        limit: 9,
        ..Find::default()
    };
    for request in [
        Request::Calendar(days),
        Request::Find(find),
        Request::Check(Check::default()),
        Request::Hours(Hours {
            of: None,
            year: 2026,
            own: false,
        }),
    ] {
        let asked = format!("{request:?}");
        let said = text(request);
        assert!(!said.contains("藏名人"), "{asked}: {said}");
    }
    let Ok(Answer::Hours(hours)) = service.handle(
        &mine,
        Request::Hours(Hours {
            of: None,
            year: 2026,
            own: false,
        }),
    ) else {
        panic!()
    };
    assert_eq!(hours.minutes, 120);
    let check = |code: Code| {
        let Ok(Answer::View(view)) = service.handle(&head, Request::Show(code)) else {
            panic!()
        };
        view.fields["check_code"].to_string()
    };
    let by_code = |code: &str| service.handle(&mine, Request::Certificate(code.to_owned()));
    // Whoever reads a code aloud may hear whether it is valid, and nothing besides.
    let Ok(Answer::View(heard)) = by_code(&check(theirs[4])) else {
        panic!()
    };
    let told: String = heard.told.iter().map(|said| said.zh.as_str()).collect();
    assert!(
        told.contains("有效：藏名人") && told.contains("呼和浩特"),
        "{told}"
    );
    assert!(heard.fields.is_empty() && heard.names.is_empty() && heard.findings.is_empty());
    assert!(
        !told.contains("讲座") && !told.contains("13900000001"),
        "{told}"
    );
    assert!(by_code(&check(own[4])).is_ok());
}

#[test]
fn a_clash_with_what_one_may_not_see_tells_only_that_it_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let head = service.join(who(&[Role::Operator, Role::Head], 1), |_| {});
    let mine = service.join(who(&[Role::Operator, Role::Head], 5), |_| {});
    let [person, ..] = work(&service, &head, "ZZ-0002", "两队人", "13900000001");
    let edit = Act::Edit {
        code: person,
        rev: None,
    };
    ask(&service, &head, edit, &[("teams", "ZZ-0002、ZZ-0035")]).unwrap();
    let fields = [
        ("title", "本地活动"),
        ("org", "ZZ-0035"),
        ("sessions", "2026-06-10 10:00-12:00"),
    ];
    let here = ask(&service, &mine, Act::New(Kind::Activity), &fields)
        .unwrap()
        .code
        .to_string();
    let mut new = change(
        Act::New(Kind::Enrolment),
        &[("activity", &here), ("volunteer", &person.to_string())],
    );
    new.reason = String::new();
    let refusal = service
        .handle(
            &mine,
            Request::Make {
                token: 0,
                change: new,
            },
        )
        .unwrap_err();
    let said = refusal.message.zh;
    assert!(
        said.contains("管辖范围之外") && !said.contains("的讲座") && !said.contains("HD-2026-0001"),
        "{said}"
    );
    assert!(refusal.reason, "a written reason lifts it");
}
