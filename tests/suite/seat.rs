//! The inspector's seat: all of one activity, read-only, from its first day (article 19).

use chrono::{Duration, Local};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::said::Lang;
use kezhi::protocol::work::{Calendar, Check, Hours, Many, Paper, Print};
use kezhi::protocol::{Answer, Find, Notice, Request, Welcome, Who};
use kezhi::service::Service;
use kezhi::tui::app::{App, Level};
use kezhi::tui::theme::Theme;

use crate::oversight::{Stage, edit, fields, inspector, list, make, step};
use crate::right::{org, who};

#[test]
fn an_inspector_sees_all_of_one_activity_and_nothing_else() {
    let mut stage = Stage::new();
    let given = [("major", "是")];
    make(&stage.service, &stage.head, edit(stage.activity), &given).unwrap();
    let own = stage.name("纪检监察", "wangj").unwrap();
    let audit = stage.name("审计", "lis").unwrap();
    let wang = inspector(1, "王检");
    let mut mine = vec![stage.activity, own, audit];
    mine.extend(&stage.parts);
    for round in ["as taken in", "as read anew"] {
        let session = stage.session(&wang);
        let answer = |request| stage.service.handle(&session, request);
        for code in &mine {
            assert!(answer(Request::Show(*code)).is_ok(), "{round} {code}");
            let history = Request::History {
                code: *code,
                limit: 9,
            };
            assert!(answer(history).is_ok(), "{round} {code}");
            assert!(answer(Request::Steps(*code)).is_ok(), "{round} {code}");
            let Ok(Answer::Views(views)) = answer(list(code.kind)) else {
                panic!()
            };
            let listed: Vec<Code> = views.iter().map(|view| view.code).collect();
            let of: Vec<Code> = mine
                .iter()
                .copied()
                .filter(|one| one.kind == code.kind)
                .collect();
            assert_eq!(listed, of, "{round}");
        }
        for code in stage.other.iter().chain([&stage.person]) {
            let refusal = answer(Request::Show(*code)).unwrap_err();
            assert_eq!(refusal.kind, RefusalKind::NotFound, "{round} {code}");
        }
        let found = |text: &str| {
            let find = Find {
                text: text.into(),
                limit: 9,
                ..Find::default()
            };
            let Ok(Answer::Found(found)) = answer(Request::Find(find)) else {
                panic!()
            };
            let mut codes: Vec<Code> = found.rows.iter().map(|row| row.code).collect();
            codes.retain(|code| code.kind != Kind::Organisation);
            codes.sort();
            codes
        };
        assert_eq!(
            found("单立文科普日"),
            [stage.activity, own, audit],
            "{round}"
        );
        assert!(found("藏名人").is_empty(), "{round}");
        assert_eq!(found("摔伤"), stage.parts[3..], "{round}");
        assert_eq!(found("P-单立文"), stage.parts[2..3], "{round}");
        let Ok(Answer::Cover(cover)) = answer(Request::Cover(stage.activity)) else {
            panic!()
        };
        assert_eq!(cover.people[0].name, "单立文");
        assert!(!cover.people[0].phone.contains("1234"));
        let hours = |of| {
            answer(Request::Hours(Hours {
                of,
                year: 0,
                own: false,
            }))
        };
        assert!(
            matches!(hours(Some(stage.activity)), Ok(Answer::Hours(sum)) if sum.minutes == 120)
        );
        assert_eq!(hours(None).unwrap_err().kind, RefusalKind::NotPermitted);
        let now = Local::now().date_naive();
        let calendar = Calendar {
            from: now - Duration::days(20),
            to: now,
            within: None,
        };
        let Ok(Answer::Calendar(rows)) = answer(Request::Calendar(calendar)) else {
            panic!()
        };
        assert!(rows.iter().all(|row| row.code == stage.activity) && rows.len() == 1);
        let Ok(Answer::Findings(findings)) = answer(Request::Check(Check::default())) else {
            panic!()
        };
        let mine: Vec<String> = mine.iter().map(Code::to_string).collect();
        assert!(
            findings.iter().all(|one| mine.contains(&one.code)),
            "{findings:?}"
        );
        assert!(findings.iter().any(|one| one.rule == "R19-02"));
        stage.service.leave(&session);
        stage.service.close();
        stage.service = Service::open(stage.dir.path(), 1, true).unwrap();
        stage.head = stage.session(&who(&[Role::Operator, Role::Head], 1));
    }
    // Notices are about what is assigned alone.
    let all = stage
        .other
        .iter()
        .copied()
        .chain([stage.activity])
        .collect();
    let told = stage.service.told(&wang, &Notice::Changed(all));
    assert!(matches!(told, Some(Notice::Changed(codes)) if codes == [stage.activity]));
    // From the first day: named and looked at, once a day.
    let actions = |code| {
        let history = Request::History { code, limit: 50 };
        let Ok(Answer::Entries(entries)) = stage.service.handle(&stage.head, history) else {
            panic!()
        };
        let actions = entries.into_iter().map(|one| one.entry.action);
        actions.collect::<Vec<String>>()
    };
    for code in [own, stage.activity] {
        let looks = actions(code).iter().filter(|one| *one == "look").count();
        assert_eq!(looks, 1, "{code}");
    }
    assert!(actions(stage.activity).contains(&format!("new:{own}")));
    // Whoever takes the place sees it; who gave it up sees nothing.
    let given = [("inspector", "sun"), ("note", "调离")];
    make(&stage.service, &stage.head, step(own, "name"), &given).unwrap();
    // Lists of whoever gave it up let go of it.
    let both = Notice::Changed(vec![own, stage.activity]);
    assert_eq!(stage.service.told(&wang, &both), Some(both.clone()));
    assert_eq!(
        stage
            .service
            .told(&inspector(2, "李审"), &Notice::Changed(vec![own])),
        Some(Notice::Changed(vec![own]))
    );
    for (who, sees) in [(wang, false), (inspector(3, "孙查"), true)] {
        let session = stage.session(&who);
        let shown = stage
            .service
            .handle(&session, Request::Show(stage.activity));
        assert_eq!(shown.is_ok(), sees);
    }
}

/// In a seat one reads: with a role for daily work elsewhere too.
#[test]
fn an_inspector_changes_reveals_and_takes_away_nothing() {
    let stage = Stage::new();
    let own = stage.name("纪检监察", "wangj").unwrap();
    let audit = stage.name("审计", "lis").unwrap();
    let both = Who {
        roles: vec![Role::Inspector, Role::Operator, Role::Head],
        ..inspector(1, "王检")
    };
    for (who, daily) in [(inspector(1, "王检"), false), (both, true)] {
        let session = stage.session(&who);
        let answer = |request| stage.service.handle(&session, request);
        let change = |act, given: &[(&str, &str)]| make(&stage.service, &session, act, given);
        let denied = [
            change(edit(stage.activity), &[("note", "改")]).err(),
            change(edit(own), &[("note", "改")])
                .err()
                .filter(|_| !daily)
                .or_else(|| change(edit(audit), &[("note", "改")]).err()),
            change(step(stage.activity, "submit"), &[]).err(),
            change(step(audit, "attend"), &[("stage", "事后")]).err(),
            change(step(audit, "ask"), &[("text", "越位")]).err(),
            answer(Request::Reveal {
                code: stage.activity,
                field: "in_charge".into(),
                reason: "核对".into(),
            })
            .err(),
            answer(Request::Print(Print {
                code: stage.activity,
                paper: Paper::Own,
                pdf: false,
                to: String::new(),
            }))
            .err(),
            answer(Request::Match {
                code: stage.activity,
                limit: 5,
            })
            .err(),
        ];
        for (at, refusal) in denied.into_iter().enumerate() {
            let kind = refusal.map(|refusal| refusal.kind);
            assert_eq!(kind, Some(RefusalKind::NotPermitted), "{daily} {at}");
        }
        let many = Many {
            codes: vec![stage.activity],
            step: "cancel".into(),
            fields: fields(&[("note", "试")]),
            confirmed: true,
            reason: "试".into(),
        };
        match answer(Request::Many { token: 0, many }) {
            Ok(Answer::Many(done)) => assert!(daily && done.done.is_empty()),
            other => assert!(!daily && other.is_err()),
        }
        let export = answer(Request::Export {
            kind: Kind::Activity,
            after: 0,
            full: None,
        });
        match export {
            Ok(Answer::Views(views)) => {
                assert!(daily && views.iter().all(|view| view.code != stage.activity));
                assert_eq!(views.len(), 1, "the one of the scope");
            }
            other => assert!(!daily && other.is_err()),
        }
        let Ok(Answer::View(view)) = answer(Request::Show(stage.activity)) else {
            panic!()
        };
        let phone = view.fields.get("in_charge").map(ToString::to_string);
        assert!(phone.is_some_and(|phone| !phone.contains("1234")));
        // What the seat is for.
        change(step(own, "ask"), &[("text", "为何")]).unwrap();
        let listed = answer(list(Kind::Activity));
        let Ok(Answer::Views(views)) = listed else {
            panic!()
        };
        assert_eq!(
            views.len(),
            1 + usize::from(daily),
            "scope and seat together"
        );
    }
    // An account without its role sits nowhere, and a role without its account neither.
    for who in [
        who(&[Role::Inspector], 2),
        Who {
            roles: vec![Role::Viewer],
            ..inspector(1, "王检")
        },
    ] {
        let session = stage.session(&who);
        let shown = stage
            .service
            .handle(&session, Request::Show(stage.activity));
        assert_eq!(shown.unwrap_err().kind, RefusalKind::NotFound);
    }
}

/// A whole region as scope is no seat: an inspector sees the work that is assigned and no other.
#[test]
fn the_whole_region_as_scope_is_no_seat() {
    let mut stage = Stage::new();
    stage.name("纪检监察", "wangj").unwrap();
    // Read anew, the activities stand in the index's base, not among what came late.
    stage.service.close();
    stage.service = Service::open(stage.dir.path(), 1, true).unwrap();
    let wang = Who {
        scope: vec![org(1)],
        ..inspector(1, "王检")
    };
    let session = stage.session(&wang);
    let Ok(Answer::Views(views)) = stage.service.handle(&session, list(Kind::Enrolment)) else {
        panic!()
    };
    assert_eq!(views.len(), 1);
    let find = Find {
        kinds: vec![Kind::Activity],
        limit: 9,
        ..Find::default()
    };
    let Ok(Answer::Found(found)) = stage.service.handle(&session, Request::Find(find)) else {
        panic!()
    };
    assert_eq!((found.total, found.rows[0].code), (1, stage.activity));
    let all = stage
        .other
        .iter()
        .copied()
        .chain([stage.activity])
        .collect();
    let told = stage.service.told(&wang, &Notice::Changed(all));
    assert!(matches!(told, Some(Notice::Changed(codes)) if codes == [stage.activity]));
    let Ok(Answer::Findings(findings)) = stage
        .service
        .handle(&session, Request::Check(Check::default()))
    else {
        panic!()
    };
    assert!(
        findings.iter().all(|one| !one.code.starts_with("ZZ")),
        "{findings:?}"
    );
}

/// The case screen is a look like any other.
#[test]
fn a_case_that_an_inspector_opens_is_logged() {
    let stage = Stage::new();
    let own = stage.name("纪检监察", "wangj").unwrap();
    let session = stage.session(&inspector(1, "王检"));
    let incident = stage.parts[3];
    assert_eq!(incident.kind, Kind::Incident);
    let opened = stage.service.handle(&session, Request::Case(incident));
    assert!(matches!(opened, Ok(Answer::Case(_))));
    for code in [own, stage.activity] {
        let history = Request::History { code, limit: 50 };
        let Ok(Answer::Entries(entries)) = stage.service.handle(&stage.head, history) else {
            panic!()
        };
        assert!(
            entries.iter().any(|one| one.entry.action == "look"),
            "{code}"
        );
    }
}

/// Nothing that the first screen asks for is refused aloud to a role that may not read it.
#[test]
fn the_screen_of_an_inspector_opens_without_a_refusal() {
    let stage = Stage::new();
    stage.name("纪检监察", "wangj").unwrap();
    let wang = inspector(1, "王检");
    let session = stage.session(&wang);
    let welcome = Welcome {
        protocol: 1,
        version: "0.0.0".into(),
        who: wang,
        session: 1,
        demo: false,
        read_only: false,
        shut: Vec::new(),
    };
    let mut app = App::new(welcome, Lang::Zh, Theme::named("dark"));
    app.tick(Local::now().naive_local());
    app.roomy = true;
    app.begin();
    for round in 0..6 {
        for (tag, request) in app.take_calls() {
            let answer = stage.service.handle(&session, request.clone());
            app.answer(tag, answer);
            let told = app.message.as_ref().map(|(level, _)| *level);
            assert!(
                told.is_none_or(|level| level == Level::Info),
                "{round} {request:?}: {told:?}"
            );
        }
        app.tick(Local::now().naive_local());
    }
    assert_eq!(app.lists[1].rows.len(), 1, "the one activity");
    assert!(app.lists[2].denied);
}
