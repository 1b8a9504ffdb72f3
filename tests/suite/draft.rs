//! What is typed and not sent, as the service keeps it.

use std::sync::{Arc, Mutex};

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::value::Fields;
use kezhi::protocol::draft::{DAYS, Draft, Drafting, LARGEST_DRAFT, MOST, UNTOUCHED, Within};
use kezhi::protocol::work::Many;
use kezhi::protocol::{Act, Answer, Change, Notice, Request, Who};
use kezhi::service::{Service, Session};
use kezhi::store::Store;

use crate::right::{new_person, service, who};

pub fn draft(id: u64, number: u64, note: &str) -> Draft {
    Draft {
        id,
        within: Within::Form(Act::New(Kind::Volunteer)),
        title: "新建 志愿者".into(),
        texts: [("note".to_owned(), note.to_owned())].into(),
        base: Default::default(),
        shown: Default::default(),
        at: "note".into(),
        all: Vec::new(),
        turn: 0,
        number,
        kept: String::new(),
        discarded: None,
        closed: false,
    }
}

fn ask(service: &Arc<Service>, session: &Session, asked: Drafting) -> Result<Answer, Refusal> {
    service.handle(session, Request::Draft(asked))
}

fn keep(service: &Arc<Service>, session: &Session, draft: Draft) -> Result<Answer, Refusal> {
    ask(service, session, Drafting::Keep(Box::new(draft)))
}

fn list(service: &Arc<Service>, session: &Session) -> Vec<Draft> {
    match ask(service, session, Drafting::List) {
        Ok(Answer::Drafts(all)) => all,
        other => panic!("{other:?}"),
    }
}

fn notes(service: &Arc<Service>, session: &Session) -> Vec<String> {
    let all = list(service, session).into_iter();
    all.map(|draft| draft.texts["note"].clone()).collect()
}

fn other(roles: &[Role]) -> Who {
    Who {
        uid: 4712,
        ..who(roles, 1)
    }
}

#[test]
fn drafts_are_their_operators_alone_and_outlive_the_service() {
    let dir = tempfile::tempdir().unwrap();
    let heads = {
        let service = service(dir.path());
        let own = service.join(who(&[Role::Operator], 1), |_| {});
        let before = service.handle(&own, Request::LogHead).unwrap();
        keep(&service, &own, draft(5, 1, "只有我能看")).unwrap();
        for role in [Role::Admin, Role::Head, Role::Operator, Role::Viewer] {
            let theirs = service.join(other(&[role]), |_| {});
            assert!(list(&service, &theirs).is_empty());
            for asked in [
                Drafting::Take(5),
                Drafting::Discard(5),
                Drafting::Restore(5),
            ] {
                let refusal = ask(&service, &theirs, asked).unwrap_err();
                assert_eq!(refusal.kind, RefusalKind::NotFound);
            }
            ask(&service, &theirs, Drafting::Forget(5)).unwrap();
            keep(&service, &theirs, draft(5, 9, "别人的")).unwrap();
            ask(&service, &theirs, Drafting::Forget(5)).unwrap();
        }
        assert_eq!(notes(&service, &own), ["只有我能看"]);
        let after = service.handle(&own, Request::LogHead).unwrap();
        service.close();
        [before, after]
    };
    assert_eq!(heads[0], heads[1], "a draft leaves nothing in the log");
    let service = Service::open(dir.path(), 1, true).unwrap();
    let own = service.join(who(&[Role::Operator], 1), |_| {});
    assert_eq!(notes(&service, &own), ["只有我能看"]);
}

#[test]
fn an_older_write_that_comes_later_is_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let own = service.join(who(&[Role::Operator], 1), |_| {});
    for (number, note) in [(1, "一"), (3, "一二三"), (2, "一二"), (3, "又")] {
        keep(&service, &own, draft(5, number, note)).unwrap();
    }
    assert_eq!(notes(&service, &own), ["一二三"]);
}

#[test]
fn the_session_that_takes_a_draft_is_the_one_that_writes() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let heard = Arc::new(Mutex::new(Vec::new()));
    let listen = || {
        let heard = Arc::clone(&heard);
        move |notice: &Notice| heard.lock().unwrap().push(notice.clone())
    };
    let older = service.join(who(&[Role::Operator], 1), listen());
    let stranger = Arc::new(Mutex::new(0));
    let count = Arc::clone(&stranger);
    let _another = service.join(other(&[Role::Admin]), move |_| *count.lock().unwrap() += 1);
    keep(&service, &older, draft(5, 1, "先写的")).unwrap();
    let newer = service.join(who(&[Role::Operator], 1), |_| {
        panic!("the one that takes it")
    });
    let Ok(Answer::Draft(taken)) = ask(&service, &newer, Drafting::Take(5)) else {
        panic!()
    };
    assert_eq!((taken.turn, taken.texts["note"].as_str()), (1, "先写的"));
    assert_eq!(*heard.lock().unwrap(), [Notice::Taken(5, 1)]);
    assert_eq!(*stranger.lock().unwrap(), 0);
    let refusal = keep(&service, &older, draft(5, 99, "旧终端")).unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::Stale);
    assert_eq!(refusal.message.zh, "草稿已在另一终端打开");
    let next = Draft {
        turn: 1,
        ..draft(5, 2, "接着写")
    };
    keep(&service, &newer, next).unwrap();
    assert_eq!(notes(&service, &newer), ["接着写"]);
}

#[test]
fn a_change_takes_its_draft_with_it_and_a_refused_one_leaves_it() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let own = service.join(who(&[Role::Operator], 1), |_| {});
    keep(&service, &own, draft(5, 1, "要提交的")).unwrap();
    let make = |team: &str| match new_person("单立文", team) {
        Request::Make { change, .. } => Request::Make { token: 5, change },
        _ => unreachable!(),
    };
    service.handle(&own, make("ZZ-9999")).unwrap_err();
    assert_eq!(list(&service, &own).len(), 1);
    service.handle(&own, make("ZZ-0035")).unwrap();
    assert!(list(&service, &own).is_empty());
    // A write that was on its way does not bring it back, and is not said to be kept.
    let refusal = keep(&service, &own, draft(5, 2, "迟到的")).unwrap_err();
    assert_eq!(refusal.made, Some(Code::new(Kind::Volunteer, 1)));
    assert!(list(&service, &own).is_empty());
    // A change that changes nothing is done too.
    keep(&service, &own, draft(6, 1, "原样")).unwrap();
    let same = Change {
        act: Act::Edit {
            code: Code::new(Kind::Volunteer, 1),
            rev: None,
        },
        fields: Fields::from([("name".to_owned(), "单立文".into())]),
        confirmed: true,
        reason: String::new(),
    };
    let same = Request::Make {
        token: 6,
        change: same,
    };
    service.handle(&own, same).unwrap();
    assert!(list(&service, &own).is_empty());
}

#[test]
fn a_step_for_several_keeps_its_draft_while_some_of_them_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let own = service.join(who(&[Role::Operator, Role::Head], 1), |_| {});
    service
        .handle(&own, new_person("单立文", "ZZ-0035"))
        .unwrap();
    let person = Code::new(Kind::Volunteer, 1);
    let many = |token, codes: &[Code]| Request::Many {
        token,
        many: Many {
            codes: codes.to_vec(),
            step: "confirm".into(),
            fields: Fields::new(),
            confirmed: true,
            reason: String::new(),
        },
    };
    keep(&service, &own, draft(7, 1, "一并")).unwrap();
    let missing = Code::new(Kind::Volunteer, 99);
    service.handle(&own, many(7, &[missing])).unwrap();
    assert_eq!(list(&service, &own).len(), 1);
    let Ok(Answer::Many(done)) = service.handle(&own, many(7, &[person])) else {
        panic!()
    };
    let left = list(&service, &own).len();
    assert_eq!((done.done.len(), left), (1, 0), "{done:?}");
}

#[test]
fn what_is_thrown_away_comes_back_for_seven_days() {
    let dir = tempfile::tempdir().unwrap();
    let ago = |hours: i64| {
        let at = chrono::Local::now() - chrono::TimeDelta::hours(hours);
        Some(at.to_rfc3339())
    };
    {
        let store = Store::open(&dir.path().join("store.redb")).unwrap();
        let mut writer = store.write().unwrap();
        for (id, hours) in [(1, DAYS * 24 - 1), (2, DAYS * 24 + 1)] {
            let old = Draft {
                discarded: ago(hours),
                ..draft(id, 1, "旧的")
            };
            let bytes = serde_json::to_vec(&old).unwrap();
            let key = format!("draft:{id:016x}");
            writer.keep(4711, &key, Some(&bytes)).unwrap();
        }
        writer.commit().unwrap();
    }
    let service = service(dir.path());
    let own = service.join(who(&[Role::Operator], 1), |_| {});
    let ids = |all: &[Draft]| all.iter().map(|draft| draft.id).collect::<Vec<_>>();
    assert_eq!(ids(&list(&service, &own)), [1]);
    // It is gone from the store too, not from the answer alone.
    ask(&service, &own, Drafting::Restore(2)).unwrap_err();
    ask(&service, &own, Drafting::Restore(1)).unwrap();
    assert!(list(&service, &own)[0].discarded.is_none());
    ask(&service, &own, Drafting::Discard(1)).unwrap();
    assert!(list(&service, &own)[0].discarded.is_some());
    // Nobody goes on with what is thrown away before it is restored.
    ask(&service, &own, Drafting::Take(1)).unwrap_err();
}

#[test]
fn too_much_is_refused_and_what_was_kept_stays() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let own = service.join(who(&[Role::Operator], 1), |_| {});
    keep(&service, &own, draft(1, 1, "短")).unwrap();
    let long = "长".repeat(LARGEST_DRAFT);
    let refusal = keep(&service, &own, draft(1, 2, &long)).unwrap_err();
    assert!(refusal.message.zh.contains("256 KB"), "{refusal:?}");
    assert_eq!(notes(&service, &own), ["短"]);
    for id in 2..=MOST as u64 {
        keep(&service, &own, draft(id, 1, "又一份")).unwrap();
    }
    let refusal = keep(&service, &own, draft(9999, 1, "多的")).unwrap_err();
    assert!(refusal.message.zh.contains("草稿箱已满"), "{refusal:?}");
    // Those that are there can still be written.
    keep(&service, &own, draft(1, 3, "改短")).unwrap();
    assert_eq!(list(&service, &own).len(), MOST);
}

#[test]
fn what_its_operator_may_no_longer_see_lists_its_title_alone() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let own = service.join(who(&[Role::Operator], 1), |_| {});
    let complaint = Code::new(Kind::Complaint, 2_026_000_001);
    let kept = Draft {
        within: Within::Form(Act::Edit {
            code: complaint,
            rev: Some(1),
        }),
        base: [("facts".to_owned(), "别人说的".to_owned())].into(),
        ..draft(5, 1, "我写的")
    };
    keep(&service, &own, kept).unwrap();
    assert!(!list(&service, &own)[0].closed);
    // Complaints are no longer theirs to read.
    let viewer = service.join(who(&[Role::Viewer], 1), |_| {});
    let all = list(&service, &viewer);
    assert!(all[0].closed && all[0].base.is_empty());
    assert_eq!(all[0].title, "新建 志愿者");
    let refusal = ask(&service, &viewer, Drafting::Take(5)).unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::NotPermitted);
    ask(&service, &viewer, Drafting::Discard(5)).unwrap();
}

#[test]
fn what_its_operator_may_no_longer_see_of_the_record_is_not_told_again() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let complaint = Code::new(Kind::Complaint, 2_026_000_001);
    let team = Code::new(Kind::Organisation, 35);
    let own = service.join(who(&[Role::Operator], 1), |_| {});
    let phone = [("phone".to_owned(), "13900000001".into())];
    let act = Act::Edit {
        code: team,
        rev: None,
    };
    let change = Change {
        act: act.clone(),
        fields: phone.into(),
        confirmed: true,
        reason: "工作需要".into(),
    };
    let head = service.join(who(&[Role::Operator, Role::Head], 1), |_| {});
    service
        .handle(&head, Request::Make { token: 0, change })
        .unwrap();
    let text = |key: &str, text: String| (key.to_owned(), text);
    let named = || text("complaint", complaint.to_string());
    keep(
        &service,
        &own,
        Draft {
            within: Within::Form(Act::New(Kind::Incident)),
            base: [named()].into(),
            texts: [named(), text("course", "滑倒".into())].into(),
            ..draft(5, 1, "")
        },
    )
    .unwrap();
    keep(
        &service,
        &own,
        Draft {
            within: Within::Form(act),
            base: [
                text("phone", "13900000001".into()),
                text("name", "旧名".into()),
            ]
            .into(),
            texts: [text("phone", "13900000002".into())].into(),
            ..draft(6, 1, "")
        },
    )
    .unwrap();
    keep(
        &service,
        &own,
        Draft {
            all: vec![complaint],
            ..draft(7, 1, "")
        },
    )
    .unwrap();
    let of = |session: &Session, id: u64| {
        let mut all = list(&service, session).into_iter();
        all.find(|one| one.id == id).unwrap()
    };
    // Whoever sees the complaint has all of it back, but for the former number, which is masked.
    assert_eq!(of(&own, 5).base["complaint"], complaint.to_string());
    assert!(!of(&own, 7).closed);
    let edit = of(&own, 6);
    assert_eq!(edit.base.keys().collect::<Vec<_>>(), ["name"]);
    assert_eq!(edit.texts["phone"], "13900000002");
    // The team that it is about does not.
    let walled = service.join(who(&[Role::Operator], 35), |_| {});
    for told in [of(&walled, 5), take(&service, &walled, 5)] {
        assert!(told.base.is_empty(), "{told:?}");
        assert_eq!(told.texts.keys().collect::<Vec<_>>(), ["course"]);
    }
    assert!(of(&walled, 7).closed);
}

fn take(service: &Arc<Service>, session: &Session, id: u64) -> Draft {
    match ask(service, session, Drafting::Take(id)) {
        Ok(Answer::Draft(draft)) => *draft,
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_change_under_the_token_of_one_that_is_done_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let own = service.join(who(&[Role::Operator], 1), |_| {});
    let person = Code::new(Kind::Volunteer, 1);
    let make = |token, act: Act, of: &[(&str, &str)]| {
        let fields = of
            .iter()
            .map(|(key, text)| ((*key).to_owned(), (*text).into()));
        let change = Change {
            act,
            fields: fields.collect(),
            confirmed: true,
            reason: String::new(),
        };
        service.handle(&own, Request::Make { token, change })
    };
    let new = [
        ("name", "单立文"),
        ("phone", "13912344471"),
        ("teams", "ZZ-0035"),
    ];
    make(5, Act::New(Kind::Volunteer), &new).unwrap();
    let Ok(Answer::View(again)) = make(5, Act::New(Kind::Volunteer), &new) else {
        panic!()
    };
    assert_eq!((again.code, again.rev), (person, 1));
    let other = [new[0], new[1], new[2], ("note", "答复丢了以后所填")];
    let refusal = make(5, Act::New(Kind::Volunteer), &other).unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::Stale);
    assert_eq!((refusal.made, refusal.rev), (Some(person), Some(1)));
    // An edit that is done already is done, not overtaken by itself.
    let edit = || Act::Edit {
        code: person,
        rev: Some(1),
    };
    make(6, edit(), &[("note", "一")]).unwrap();
    let Ok(Answer::View(again)) = make(6, edit(), &[("note", "一")]) else {
        panic!()
    };
    assert_eq!(again.rev, 2);
    keep(&service, &own, draft(7, 1, "别的")).unwrap();
    let refusal = make(6, edit(), &[("note", "一二")]).unwrap_err();
    assert_eq!((refusal.made, refusal.rev), (Some(person), Some(2)));
    assert_eq!(list(&service, &own).len(), 1);
}

#[test]
fn another_step_for_several_under_a_done_token_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let own = service.join(who(&[Role::Operator, Role::Head], 1), |_| {});
    service
        .handle(&own, new_person("单立文", "ZZ-0035"))
        .unwrap();
    let person = Code::new(Kind::Volunteer, 1);
    let many = |codes: &[Code], reason: &str| {
        let many = Many {
            codes: codes.to_vec(),
            step: "confirm".into(),
            fields: Fields::new(),
            confirmed: true,
            reason: reason.into(),
        };
        service.handle(&own, Request::Many { token: 7, many })
    };
    let missing = Code::new(Kind::Volunteer, 99);
    keep(&service, &own, draft(7, 1, "一并")).unwrap();
    many(&[person, missing], "").unwrap();
    many(&[person, missing], "").unwrap();
    let refusal = many(&[person, missing], "另写的").unwrap_err();
    assert_eq!(
        (refusal.kind, refusal.made),
        (RefusalKind::Stale, Some(person))
    );
    // Its draft is not frozen in silence.
    let refusal = keep(&service, &own, draft(7, 2, "又写的")).unwrap_err();
    assert_eq!(refusal.made, Some(person));
}

#[test]
fn what_was_thrown_away_makes_room_the_oldest_first() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let own = service.join(who(&[Role::Operator], 1), |_| {});
    for id in 1..=MOST as u64 {
        keep(&service, &own, draft(id, 1, "一份")).unwrap();
    }
    keep(&service, &own, draft(900, 1, "没有地方")).unwrap_err();
    ask(&service, &own, Drafting::Discard(4)).unwrap();
    // They are told apart by the second.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    ask(&service, &own, Drafting::Discard(3)).unwrap();
    keep(&service, &own, draft(901, 1, "有地方了")).unwrap();
    ask(&service, &own, Drafting::Restore(4)).unwrap_err();
    ask(&service, &own, Drafting::Restore(3)).unwrap();
    keep(&service, &own, draft(902, 1, "又没有了")).unwrap_err();
}

#[test]
fn what_nobody_touches_is_gone_after_ninety_days() {
    let dir = tempfile::tempdir().unwrap();
    {
        let store = Store::open(&dir.path().join("store.redb")).unwrap();
        let mut writer = store.write().unwrap();
        for (id, hours) in [(1, UNTOUCHED * 24 - 1), (2, UNTOUCHED * 24 + 1)] {
            let at = chrono::Local::now() - chrono::TimeDelta::hours(hours);
            let old = Draft {
                kept: at.to_rfc3339(),
                ..draft(id, 1, "旧的")
            };
            let bytes = serde_json::to_vec(&old).unwrap();
            let key = format!("draft:{id:016x}");
            writer.keep(4711, &key, Some(&bytes)).unwrap();
        }
        writer.commit().unwrap();
    }
    let service = service(dir.path());
    let own = service.join(who(&[Role::Operator], 1), |_| {});
    let all = list(&service, &own);
    assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [1]);
    ask(&service, &own, Drafting::Take(2)).unwrap_err();
}

/// Whoever never lists theirs keeps them no longer either: the service looks once a day, and logs how many went.
#[test]
fn the_service_sweeps_the_drafts_of_everybody() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.redb");
    {
        let store = Store::open(&path).unwrap();
        let mut writer = store.write().unwrap();
        let old = [
            (4711, 1, UNTOUCHED + 1),
            (4712, 2, UNTOUCHED + 1),
            (4712, 3, 1),
        ];
        for (uid, id, days) in old {
            let at = chrono::Local::now() - chrono::TimeDelta::days(days);
            let one = Draft {
                kept: at.to_rfc3339(),
                ..draft(id, 1, "旧的")
            };
            let bytes = serde_json::to_vec(&one).unwrap();
            let key = format!("draft:{id:016x}");
            writer.keep(uid, &key, Some(&bytes)).unwrap();
        }
        writer.commit().unwrap();
    }
    let service = service(dir.path());
    // Nobody lists any: an administrator reads the log alone.
    let admin = service.join(other(&[Role::Admin]), |_| {});
    let logged = |service: &Arc<Service>| {
        let page = Request::LogPage {
            from: 1,
            limit: 100,
        };
        let Ok(Answer::Entries(all)) = service.handle(&admin, page) else {
            panic!("no log")
        };
        let mut all = all.into_iter();
        all.find(|one| one.entry.action == "sweep_drafts")
    };
    let entry = (0..600)
        .find_map(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            logged(&service)
        })
        .expect("nothing was swept");
    assert_eq!(entry.entry.changes[0].from, Some(2.into()));
    assert_eq!(entry.entry.who, "kezhi");
    service.close();
    let store = Store::open(&path).unwrap();
    let writer = store.write().unwrap();
    let left = writer.owned("draft:").unwrap();
    let left: Vec<&str> = left.iter().map(|(_, key, _)| key.as_str()).collect();
    assert_eq!(left, ["draft:0000000000000003"]);
}
