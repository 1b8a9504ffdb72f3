//! The matrix of rights as it is answered: every request by every role in every kind of scope.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::value::Fields;
use kezhi::protocol::draft::Drafting;
use kezhi::protocol::undo::Undo;
use kezhi::protocol::work::{Calendar, Check, Hours, Many, Paper, Print};
use kezhi::protocol::{Act, Answer, Change, Find, List, Request};

use crate::right::{new_person, org, service, who};

/// Every request that there is, about things of 赤峰市 (5), for the matrix as it is answered.
fn every_request(person: Code, complaint: Code, work: [Code; 5]) -> Vec<(&'static str, Request)> {
    let edit = |code: Code, field: &str| Change {
        act: Act::Edit { code, rev: None },
        fields: Fields::from([(field.to_owned(), "改".into())]),
        confirmed: true,
        reason: String::new(),
    };
    let step = |code: Code, step: &str| Change {
        act: Act::Step {
            code,
            step: step.into(),
            rev: None,
        },
        fields: Fields::new(),
        confirmed: true,
        reason: String::new(),
    };
    let list = |kind| {
        Request::List(List {
            kind,
            filters: vec![],
            within: None,
            sort: None,
            after: None,
            as_of: None,
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
        (
            "mean",
            Request::Mean {
                text: "赤峰市".into(),
                kinds: vec![Kind::Organisation],
            },
        ),
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
            "reveal organisation",
            Request::Reveal {
                code: org(35),
                field: "phone".into(),
                reason: "核对".into(),
            },
        ),
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
                reason: String::new(),
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
        ("drafts", Request::Draft(Drafting::List)),
        (
            "open complaint",
            Request::Open {
                code: Some(complaint),
                edits: false,
            },
        ),
        (
            "set",
            Request::Set {
                key: "most_teams".into(),
                value: "5".into(),
                reason: String::new(),
            },
        ),
        (
            "undo volunteer",
            Request::Undo(Undo {
                code: person,
                rev: None,
            }),
        ),
        (
            "undo complaint",
            Request::Undo(Undo {
                code: complaint,
                rev: None,
            }),
        ),
        ("preferences", Request::Preferences),
        (
            "prefer",
            Request::Prefer {
                key: "sort".into(),
                value: "name".into(),
            },
        ),
        ("status", Request::Status),
        // A relative path is refused after the right was found.
        ("backup", Request::Backup("relative".into())),
        ("verify", Request::Verify),
        ("log verify", Request::LogVerify(None)),
        ("log head", Request::LogHead),
        ("log page", Request::LogPage { from: 1, limit: 9 }),
    ]
    .into_iter()
    .chain(every_work(work))
    .chain([("stop", Request::Stop)])
    .collect()
}

/// The requests about the work itself.
fn every_work(work: [Code; 5]) -> Vec<(&'static str, Request)> {
    let [_, activity, enrolment, record, certificate] = work;
    let list = |kind| {
        Request::List(List {
            kind,
            filters: vec![],
            within: None,
            sort: None,
            after: None,
            as_of: None,
            limit: 500,
        })
    };
    let day = |text: &str| text.parse().unwrap();
    let many = Many {
        codes: vec![record],
        step: "unconfirm".into(),
        fields: Fields::new(),
        confirmed: true,
        reason: String::new(),
    };
    let edit = Change {
        act: Act::Edit {
            code: activity,
            rev: None,
        },
        fields: Fields::from([("note".to_owned(), "改".into())]),
        confirmed: true,
        reason: String::new(),
    };
    let print = |code, paper| {
        Request::Print(Print {
            code,
            paper,
            pdf: false,
            to: String::new(),
        })
    };
    let hours = |of| {
        Request::Hours(Hours {
            of,
            year: 2026,
            own: false,
        })
    };
    vec![
        ("list activity", list(Kind::Activity)),
        ("list enrolment", list(Kind::Enrolment)),
        ("list service record", list(Kind::ServiceRecord)),
        ("show activity", Request::Show(activity)),
        ("show enrolment", Request::Show(enrolment)),
        ("show certificate", Request::Show(certificate)),
        ("cover", Request::Cover(activity)),
        ("hours of what one sees", hours(None)),
        ("hours of a team", hours(Some(org(35)))),
        (
            "match",
            Request::Match {
                code: activity,
                limit: 5,
            },
        ),
        (
            "calendar",
            Request::Calendar(Calendar {
                from: day("2026-06-01"),
                to: day("2026-06-30"),
                within: None,
            }),
        ),
        ("check", Request::Check(Check::default())),
        ("print activity", print(activity, Paper::SignIn)),
        ("print certificate", print(certificate, Paper::Own)),
        (
            "edit activity",
            Request::Make {
                token: 0,
                change: edit,
            },
        ),
        ("take back hours", Request::Many { token: 0, many }),
    ]
}

fn answered(answer: Result<Answer, kezhi::domain::refusal::Refusal>) -> String {
    match answer {
        Ok(Answer::Found(found)) => format!("{} rows", found.total),
        Ok(Answer::Views(views)) => format!("{} rows", views.len()),
        Ok(Answer::Tree(nodes)) => format!("{} rows", nodes.len()),
        Ok(Answer::Many(many)) => format!("{} done", many.done.len()),
        Ok(Answer::Hours(hours)) => format!("{} min", hours.minutes),
        Ok(Answer::Cover(cover)) => format!("{} people", cover.people.len()),
        Ok(Answer::Calendar(rows)) => format!("{} rows", rows.len()),
        Ok(Answer::Findings(_) | Answer::Matches(_)) => "yes".into(),
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
    let year = u64::from(chrono::Datelike::year(&chrono::Local::now()).unsigned_abs()) * 1_000_000;
    let work = [
        Code::new(Kind::Volunteer, 2),
        Code::new(Kind::Activity, year + 1),
        Code::new(Kind::Enrolment, 1),
        Code::new(Kind::ServiceRecord, 1),
        Code::new(Kind::Certificate, year + 1),
    ];
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
            let head = service.join(who(&[Role::Operator, Role::Head], 1), |_| {});
            let made = crate::scope_work::work(&service, &head, "ZZ-0035", "服务人", "13912344472");
            assert_eq!(made, work);
            let session = service.join(who(&[role], scope), |_| {});
            let all = every_request(person, complaint, work).into_iter();
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
        for (at, (name, _)) in every_request(person, complaint, work).iter().enumerate() {
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
