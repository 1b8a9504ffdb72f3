//! Oversight of a major activity from beginning to end, and the inspector's seat (article 19).

use chrono::{Duration, Local};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::work::{Calendar, Check, Hours, Many, Paper, Print};
use kezhi::protocol::{Act, Answer, Change, Find, List, Notice, Request, View, Who};
use kezhi::service::{Service, Session};
use std::sync::Arc;

use crate::right::{org, who};

fn fields(fields: &[(&str, &str)]) -> Fields {
    let fields = fields.iter();
    let fields = fields.map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    fields.collect()
}

fn make(
    service: &Service,
    session: &Session,
    act: Act,
    given: &[(&str, &str)],
) -> Result<View, Refusal> {
    let change = Change {
        act,
        fields: fields(given),
        confirmed: true,
        reason: "测试".into(),
    };
    match service.handle(session, Request::Make { token: 0, change })? {
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

fn edit(code: Code) -> Act {
    Act::Edit { code, rev: None }
}

fn day(back: i64) -> String {
    (Local::now().date_naive() - Duration::days(back)).to_string()
}

/// An activity of 红山区 ten days ago, one person in it with hours; the same of 呼和浩特.
struct Stage {
    dir: tempfile::TempDir,
    service: Arc<Service>,
    head: Session,
    person: Code,
    activity: Code,
    parts: Vec<Code>,
    other: Vec<Code>,
}

impl Stage {
    fn new() -> Stage {
        let dir = tempfile::tempdir().unwrap();
        let service = Service::open(dir.path(), 1, true).unwrap();
        let admin = service.join(who(&[Role::Admin], 1), |_| {});
        for (user, name, roles) in [
            ("wangj", "王检", "监督员"),
            ("lis", "李审", "监督员"),
            ("sun", "孙查", "监督员"),
            ("zhao", "赵值", "值班员"),
        ] {
            let given = [
                ("user", user),
                ("name", name),
                ("roles", roles),
                ("scope", "ZZ-0002"),
            ];
            make(&service, &admin, Act::New(Kind::Operator), &given).unwrap();
        }
        let head = service.join(who(&[Role::Operator, Role::Head], 1), |_| {});
        let mut all = [
            ("ZZ-0035", "单立文", "13912344471"),
            ("ZZ-0002", "藏名人", "13900000001"),
        ]
        .map(|(team, name, phone)| work(&service, &head, team, name, phone));
        let [person, activity] = [all[0].remove(0), all[0].remove(0)];
        let [parts, other] = all;
        Stage {
            dir,
            service,
            head,
            person,
            activity,
            parts,
            other,
        }
    }

    fn step(&self, name: &str, given: &[(&str, &str)]) -> Result<View, Refusal> {
        make(&self.service, &self.head, step(self.activity, name), given)
    }

    /// What a step is refused for.
    fn refused(&self, name: &str, given: &[(&str, &str)]) -> String {
        let refusal = self.step(name, given).unwrap_err();
        assert_eq!(refusal.kind, RefusalKind::Rule, "{}", refusal.message.zh);
        assert_eq!(refusal.article.as_deref(), Some("第十九条"));
        refusal.message.zh
    }

    fn name(&self, office: &str, inspector: &str) -> Result<Code, Refusal> {
        let activity = self.activity.to_string();
        let given = [
            ("activity", activity.as_str()),
            ("office", office),
            ("inspector", inspector),
        ];
        let new = Act::New(Kind::Oversight);
        make(&self.service, &self.head, new, &given).map(|view| view.code)
    }

    fn session(&self, who: &Who) -> Session {
        self.service.join(who.clone(), |_| {})
    }
}

fn work(service: &Service, head: &Session, team: &str, name: &str, phone: &str) -> Vec<Code> {
    let new =
        |kind, given: &[(&str, &str)]| make(service, head, Act::New(kind), given).unwrap().code;
    let person = [("name", name), ("phone", phone), ("teams", team)];
    let person = new(Kind::Volunteer, &person);
    let sessions = format!("{} 09:00-11:00", day(10));
    let activity = new(
        Kind::Activity,
        &[
            ("title", &format!("{name}科普日")),
            ("org", team),
            ("scope", "1"),
            ("place", "学校"),
            ("sessions", &sessions),
            ("in_charge", "张队 13812345678"),
            ("budget", "60000"),
        ],
    );
    let (of, whom) = (activity.to_string(), person.to_string());
    let pair = [("activity", of.as_str()), ("volunteer", whom.as_str())];
    let enrolment = new(Kind::Enrolment, &pair);
    let agreed = [("agreed_by", "本人")];
    make(service, head, step(enrolment, "agree"), &agreed).unwrap();
    let hours = [pair[0], pair[1], ("start", "09:00"), ("end", "11:00")];
    let hours = new(Kind::ServiceRecord, &hours);
    make(service, head, step(hours, "confirm"), &[]).unwrap();
    let policy = new(
        Kind::Insurance,
        &[
            pair[0],
            ("policy_no", &format!("P-{name}")),
            ("insurer", "某保险"),
            ("kind", "人身意外伤害"),
            ("from", &day(11)),
            ("to", &day(1)),
        ],
    );
    let incident = new(
        Kind::Incident,
        &[
            pair[0],
            ("title", "摔伤"),
            ("org", team),
            ("direction", "服务对象致志愿者"),
            ("happened_at", &day(10)),
        ],
    );
    vec![person, activity, enrolment, hours, policy, incident]
}

fn inspector(number: u64, name: &str) -> Who {
    Who {
        uid: 7000 + number as u32,
        name: name.into(),
        operator: Some(Code::new(Kind::Operator, number)),
        ..who(&[Role::Inspector], 2)
    }
}

fn list(kind: Kind) -> Request {
    Request::List(List {
        kind,
        filters: vec![],
        within: None,
        sort: None,
        after: None,
        limit: 50,
    })
}

#[test]
fn a_major_activity_is_overseen_from_beginning_to_end() {
    let stage = Stage::new();
    let attend = |code, what: &str, day: &str| {
        let given = [("stage", what), ("day", day), ("note", "看了预案和预算")];
        make(&stage.service, &stage.head, step(code, "attend"), &given)
    };
    stage.step("submit", &[]).unwrap();
    stage.step("approve", &[]).unwrap();
    assert!(stage.refused("ready", &[]).contains("预算 60000 元"));
    let decide =
        |given: &[(&str, &str)]| make(&stage.service, &stage.head, edit(stage.activity), given);
    let refusal = decide(&[("major", "否")]).unwrap_err();
    assert!(refusal.message.zh.contains("须写明原因"));
    decide(&[("major", "否"), ("major_note", "分三年用")]).unwrap();
    decide(&[("major", "是"), ("major_note", "")]).unwrap();
    let said = stage.refused("ready", &[]);
    assert!(
        said.contains("纪检监察未指定监督员；审计未指定监督员"),
        "{said}"
    );
    // Whom nobody gave the role, and whom nobody knows.
    assert!(
        stage
            .name("纪检监察", "zhao")
            .unwrap_err()
            .message
            .zh
            .contains("不是启用的监督员")
    );
    assert!(stage.name("纪检监察", "nobody").is_err());
    let discipline = stage.name("纪检监察", "wangj").unwrap();
    assert!(
        stage
            .name("纪检监察", "lis")
            .unwrap_err()
            .message
            .zh
            .contains("已经在监督")
    );
    let audit = stage.name("审计", "李审").unwrap();
    let said = stage.refused("ready", &[]);
    assert!(said.contains("纪检监察缺事前；审计缺事前"), "{said}");
    assert!(
        said.contains(&format!("kezhi do attend {discipline} stage=事前")),
        "{said}"
    );
    // Not before, and not yet.
    assert_eq!(
        attend(discipline, "事前", &day(10))
            .unwrap_err()
            .field
            .as_deref(),
        Some("stage")
    );
    assert_eq!(
        attend(discipline, "事后", &day(-1))
            .unwrap_err()
            .field
            .as_deref(),
        Some("day")
    );
    attend(discipline, "事前", &day(20)).unwrap();
    let said = stage.refused("ready", &[]);
    assert!(
        !said.contains("纪检监察缺") && said.contains("审计缺事前"),
        "{said}"
    );
    attend(audit, "事前", &format!("{} 08:30", day(10))).unwrap();
    stage.step("ready", &[]).unwrap();
    stage.step("start", &[]).unwrap();

    let wang = stage.session(&inspector(1, "王检"));
    let asked = [("text", "为何买三台？")];
    make(&stage.service, &wang, step(discipline, "ask"), &asked).unwrap();
    make(
        &stage.service,
        &wang,
        step(discipline, "remark"),
        &[("text", "台账清楚")],
    )
    .unwrap();
    for code in [discipline, audit] {
        attend(code, "事中", &day(10)).unwrap();
    }
    attend(discipline, "事后", &day(10)).unwrap();
    assert!(
        stage
            .refused("settle", &[("spent", "5000")])
            .contains("审计缺事后")
    );
    assert!(stage.refused("finish", &[]).contains("审计缺事后"));
    attend(audit, "事后", &day(2)).unwrap();
    assert!(
        stage
            .refused("finish", &[])
            .contains(&format!("{discipline} 第 1 问"))
    );
    let done = |code| make(&stage.service, &stage.head, step(code, "finish"), &[]);
    assert!(done(discipline).unwrap_err().message.zh.contains("第 1 问"));
    // The one who asked does not answer, and the team does not ask.
    let answer = [("answer", "一台备用")];
    let denied = make(&stage.service, &wang, step(discipline, "answer"), &answer);
    assert_eq!(denied.unwrap_err().kind, RefusalKind::NotPermitted);
    let denied = make(&stage.service, &stage.head, step(discipline, "ask"), &asked);
    assert_eq!(denied.unwrap_err().kind, RefusalKind::NotPermitted);
    make(
        &stage.service,
        &stage.head,
        step(discipline, "answer"),
        &answer,
    )
    .unwrap();
    done(discipline).unwrap();

    // The money: the sum is what the vouchers come to, and a voucher more opens it again.
    decide(&[("vouchers", "场地租用 3000 PZ-1\n宣传推广 2000 PZ-2")]).unwrap();
    let wrong = stage.step("settle", &[("spent", "6000")]).unwrap_err();
    assert_eq!(wrong.field.as_deref(), Some("spent"));
    let view = stage.step("settle", &[("spent", "5000")]).unwrap();
    assert_eq!(view.fields.get("spent"), Some(&Value::Int(5000)));
    assert!(view.fields.contains_key("settled_on"));
    let view = decide(&[("vouchers", "其他 1 PZ-3")]).unwrap();
    assert!(!view.fields.contains_key("settled_on"));
    let view = stage.step("finish", &[]).unwrap();
    let told = &view.told[0].zh;
    assert!(
        told.contains("重大：纪检监察 王检，到场 事前、事中、事后；审计 李审"),
        "{told}"
    );
    assert!(
        view.findings
            .iter()
            .all(|one| one.article.as_deref() != Some("第十九条"))
    );
}

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
