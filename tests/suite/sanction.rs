//! From a complaint to its consequence: told, heard, two people decide, appeal, and nothing of the complaint leaks.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::refusal::RefusalKind;
use kezhi::protocol::{Act, List, Request, Who};
use kezhi::service::{Service, Session};

use crate::consequence::{
    COUNTY, ELSEWHERE, LEAGUE, ask, code, heard, login, new, rows, service, session, show, take,
    text, told,
};

const COMPLAINT: &str = "TS-2026-123456 kind=投诉 title=收费 facts=向学生收费 complainant=告状人 accused=ZY-000001,ZZ-0035 receiver=ZZ-0005 against=ZZ-0035 outcome=属实 status=答复 day=2026-06-01";
const LINES: &[&str] = &[
    COMPLAINT,
    "TS-2026-123457 kind=投诉 title=别事 facts=别事 accused=ZY-000001 receiver=ZZ-0005 outcome=不属实 status=答复 day=2026-06-01",
    "ZY-000001 name=单立文 phone=13912344471 id_number=11010519491231002X id_type=居民身份证 teams=ZZ-0035 status=在册",
    "ZY-000002 name=石榴 phone=13912344472 teams=ZZ-0035 status=在册",
    "HD-2026-0001 title=讲座 org=ZZ-0035 status=招募 day=2027-07-01 until=2027-07-01",
    "HD-2026-0002 title=旧讲座 org=ZZ-0035 status=结项 day=2026-06-01 until=2026-06-01",
    "PQ-000001 activity=HD-2026-0001 volunteer=ZY-000001 org=ZZ-0035 status=同意",
    "FW-0000001 volunteer=ZY-000001 activity=HD-2026-0002 org=ZZ-0035 day=2026-06-01 minutes=120 status=已确认",
    "ZM-2026-0001 volunteer=ZY-000001 name=单立文 org=ZZ-0035 minutes=120 rows=(record:FW-0000001;minutes:120) check_code=1234567890 status=有效",
    "CZ-001 user=4001 name=李 volunteer=ZY-000002 roles=负责人 scope=ZZ-0005 status=启用",
    "CZ-002 user=4004 name=李二 volunteer=ZY-000002 roles=负责人 scope=ZZ-0005 status=启用",
];

fn person() -> Code {
    code("ZY-000001")
}

/// Three heads of the league, the second of whom has a login more.
fn heads(service: &std::sync::Arc<Service>) -> [Session; 4] {
    let of = |uid, name, record: &str| Who {
        operator: Code::read(record),
        ..login(uid, name, LEAGUE)
    };
    [
        session(service, of(4001, "李", "CZ-001")),
        session(service, of(4002, "王", "")),
        session(service, of(4003, "赵", "")),
        session(service, of(4004, "李二", "CZ-002")),
    ]
}

fn propose(service: &Service, by: &Session, measure: &str, more: &[(&str, &str)]) -> Code {
    let mut fields = vec![
        ("complaint", "TS-2026-123456"),
        ("subject", "ZY-000001"),
        ("measure", measure),
        ("facts", "向学生收费两次"),
    ];
    fields.extend(more);
    new(service, by, Kind::Sanction, &fields).unwrap().code
}

const NOTICE: &[(&str, &str)] = &[
    ("told_how", "书面送达"),
    ("notice", "查明您向学生收费，拟作处理"),
    ("remedy", "30 日内向上一级申诉"),
];

/// Told, heard and decided once.
fn decided(service: &Service, by: &Session, code: Code) {
    take(service, by, code, "notify", NOTICE).unwrap();
    take(service, by, code, "hear", &[("statement", "下次不敢")]).unwrap();
    take(
        service,
        by,
        code,
        "decide",
        &[("decision", "向学生收费，予以处理")],
    )
    .unwrap();
}

const SERVED: &[(&str, &str)] = &[("served_how", "书面送达")];
const GRAVE: &[(&str, &str)] = &[
    ("serious", "屡教不改，数额较大"),
    ("evidence", "收据 书证 档案柜"),
];

#[test]
fn a_removal_takes_facts_notice_statement_and_two_people() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path(), LINES);
    let [li, wang, zhao, again] = heads(&service);
    let card = told(&show(&service, &li, code("TS-2026-123456")).unwrap());
    assert!(
        card.contains("kezhi new sanction complaint=TS-2026-123456 subject=ZY-000001"),
        "{card}"
    );
    let refused = new(
        &service,
        &li,
        Kind::Sanction,
        &[
            ("complaint", "TS-2026-123457"),
            ("subject", "ZY-000001"),
            ("measure", "清退"),
            ("facts", "一"),
        ],
    );
    assert!(refused.unwrap_err().message.zh.contains("没有查实"));

    let removal = propose(&service, &li, "清退", &[]);
    let view = show(&service, &li, removal).unwrap();
    assert_eq!(text(&view, "org"), "ZZ-0005");
    assert_eq!(text(&view, "grounds"), "第九条（七）、第十条");
    // Neither decided before it was told, nor without a statement before the term is over.
    let early = take(&service, &li, removal, "decide", &[("decision", "一")]).unwrap_err();
    assert_eq!(early.kind, RefusalKind::Rule);
    // Gravity and evidence are written by people, or nobody is told and nothing is decided.
    let bare = take(&service, &li, removal, "notify", NOTICE).unwrap_err();
    assert_eq!(bare.article.as_deref(), Some("第九条（七）"));
    let edit = Act::Edit {
        code: removal,
        rev: None,
    };
    ask(&service, &li, edit, GRAVE, "").unwrap();
    take(&service, &li, removal, "notify", NOTICE).unwrap();
    let silent = take(&service, &li, removal, "hear", &[]).unwrap_err();
    assert!(silent.message.zh.contains("还可以陈述"), "{silent:?}");
    take(&service, &li, removal, "hear", &[("statement", "下次不敢")]).unwrap();
    let fixed = Act::Edit {
        code: removal,
        rev: None,
    };
    let fixed = ask(&service, &li, fixed, &[("serious", "改写")], "").unwrap_err();
    assert!(fixed.message.zh.contains("不能再改"), "{fixed:?}");
    take(&service, &li, removal, "again", &[("note", "补写情节")]).unwrap();
    let edit = Act::Edit {
        code: removal,
        rev: None,
    };
    ask(&service, &li, edit, GRAVE, "").unwrap();
    decided(&service, &li, removal);
    let alone = take(&service, &li, removal, "enforce", SERVED).unwrap_err();
    assert!(alone.message.zh.contains("李 已作第一次决定"), "{alone:?}");
    // Two logins of one person are one person.
    let twice = take(&service, &again, removal, "enforce", SERVED).unwrap_err();
    assert!(twice.message.zh.contains("须由另一人"), "{twice:?}");
    assert_eq!(
        text(&show(&service, &li, person()).unwrap(), "status"),
        "在册"
    );
    take(&service, &wang, removal, "enforce", SERVED).unwrap();
    let gone = show(&service, &li, person()).unwrap();
    assert_eq!(text(&gone, "status"), "已清退");
    assert!(told(&gone).contains("清退：") && told(&gone).contains("向学生收费，予以处理"));
    let enrolment = show(&service, &li, code("PQ-000001")).unwrap();
    assert_eq!(text(&enrolment, "status"), "不能来");

    // An appeal is not decided by those who decided.
    take(&service, &li, removal, "appeal", &[("appeal", "处理过重")]).unwrap();
    for by in [&li, &wang] {
        let refused = take(&service, by, removal, "uphold", &[("answer", "维持")]).unwrap_err();
        assert!(refused.message.zh.contains("参与决定"), "{refused:?}");
    }
    take(
        &service,
        &zhao,
        removal,
        "revoke",
        &[("answer", "过重，撤销")],
    )
    .unwrap();
    let back = show(&service, &li, person()).unwrap();
    assert_eq!(text(&back, "status"), "在册");
    assert!(told(&back).is_empty(), "{}", told(&back));
    let trace = rows(&back, "remarks");
    assert!(
        trace.len() == 1 && trace[0].contains_key("ended"),
        "{trace:?}"
    );
}

#[test]
fn who_proposed_it_may_decide_first_and_not_second() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path(), LINES);
    let [li, wang, zhao, again] = heads(&service);
    let remark = propose(&service, &li, "记录提醒", &[]);
    decided(&service, &wang, remark);
    // A second login makes nobody another person.
    for by in [&li, &again] {
        let refused = take(&service, by, remark, "enforce", SERVED).unwrap_err();
        assert!(refused.message.zh.contains("拟议的人"), "{refused:?}");
    }
    take(&service, &zhao, remark, "enforce", SERVED).unwrap();
    let card = show(&service, &li, person()).unwrap();
    assert_eq!(text(&card, "status"), "在册");
    assert!(told(&card).contains("记录提醒"));
}

#[test]
fn nothing_of_the_complaint_stands_in_what_others_read() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path(), LINES);
    let [li, wang, ..] = heads(&service);
    let county = session(&service, login(5001, "旗县", COUNTY));
    let list = |kind| {
        Request::List(List {
            kind,
            filters: Vec::new(),
            within: None,
            sort: None,
            after: None,
            as_of: None,
            limit: 50,
        })
    };
    let before = heard(&service, &county, person());
    let removal = propose(&service, &li, "清退", GRAVE);
    decided(&service, &li, removal);
    // Until it is in force, the team of whom it is about hears nothing.
    assert_eq!(heard(&service, &county, person()), before);
    let unknown = Code::new(Kind::Sanction, removal.number + 1);
    let [theirs, none] = [removal, unknown]
        .map(|code| heard(&service, &county, code).replace(&code.to_string(), "?"));
    assert_eq!(theirs, none);
    // Nor does the person, though an operator of the whole league.
    let own = Who {
        volunteer: Some(person()),
        ..login(5002, "单立文", LEAGUE)
    };
    let own = session(&service, own);
    for by in [&county, &own] {
        let all = format!("{:?}", service.handle(by, list(Kind::Sanction)));
        assert!(!all.contains("CL-"), "{all}");
    }
    let act = Act::Step {
        code: removal,
        step: "enforce".into(),
        rev: None,
    };
    ask(&service, &wang, act, SERVED, "按 TS-2026-123456 办").unwrap();
    for code in ["ZY-000001", "PQ-000001"] {
        let heard = heard(&service, &county, Code::read(code).unwrap());
        assert!(heard.contains("清退"), "{heard}");
        for secret in ["TS-2026", "CL-2026", "告状人", "123456"] {
            assert!(!heard.contains(secret), "{code} tells {secret}: {heard}");
        }
    }
    let told = take(
        &service,
        &li,
        propose(&service, &li, "记录提醒", &[]),
        "notify",
        &[
            ("told_how", "电话"),
            ("notice", "告状人反映您收费"),
            ("remedy", "申诉"),
        ],
    );
    assert!(told.unwrap_err().message.zh.contains("来人的姓名"));
}

#[test]
fn revoked_hours_turn_certificates_red_and_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path(), LINES);
    let [li, wang, zhao, _] = heads(&service);
    let hours = propose(&service, &li, "撤销时长", &[("records", "FW-0000001")]);
    decided(&service, &li, hours);
    let view = take(&service, &wang, hours, "enforce", SERVED).unwrap();
    assert!(
        told(&view).contains("kezhi do correct ZM-2026-0001"),
        "{}",
        told(&view)
    );
    let state = |text_of: &str| text(&show(&service, &li, code(text_of)).unwrap(), "status");
    assert_eq!(state("FW-0000001"), "撤销");
    assert_eq!(state("ZM-2026-0001"), "待更正");
    assert_eq!(state("ZY-000001"), "在册");
    let paper = propose(&service, &li, "撤销证明", &[("records", "ZM-2026-0001")]);
    decided(&service, &li, paper);
    take(&service, &wang, paper, "enforce", SERVED).unwrap();
    assert_eq!(state("ZM-2026-0001"), "已撤销");
    take(
        &service,
        &zhao,
        hours,
        "revoke",
        &[("answer", "签到表找到了")],
    )
    .unwrap();
    take(&service, &zhao, paper, "revoke", &[("answer", "同上")]).unwrap();
    assert_eq!(state("FW-0000001"), "已确认");
    assert_eq!(
        state("ZM-2026-0001"),
        "待更正",
        "as it was before that decision"
    );
}

#[test]
fn a_suspension_ends_by_lifting_and_a_warning_is_asked_about() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path(), LINES);
    let [li, wang, ..] = heads(&service);
    let suspension = propose(&service, &li, "暂停", &[("until", "2027-01-01")]);
    decided(&service, &li, suspension);
    take(&service, &wang, suspension, "enforce", SERVED).unwrap();
    let state = || text(&show(&service, &li, person()).unwrap(), "status");
    assert_eq!(state(), "暂停");
    // The activity lies beyond its last day.
    let enrolment = show(&service, &li, code("PQ-000001")).unwrap();
    assert_eq!(text(&enrolment, "status"), "同意");
    let early = take(&service, &li, person(), "resume", &[]).unwrap_err();
    assert!(
        early.reason && early.message.zh.contains("暂停至 2027-01-01"),
        "{early:?}"
    );
    take(&service, &wang, suspension, "lift", &[("note", "已改正")]).unwrap();
    assert_eq!(state(), "在册");

    let warning = propose(&service, &li, "推荐提示", &[]);
    decided(&service, &li, warning);
    take(&service, &wang, warning, "enforce", SERVED).unwrap();
    let appoint = [("post", "副队长"), ("holder", "单立文")];
    let team = Code::new(Kind::Organisation, COUNTY);
    let asked = take(&service, &li, team, "appoint", &appoint).unwrap_err();
    assert!(
        asked.reason && asked.message.zh.contains("推荐提示"),
        "{asked:?}"
    );
    let act = Act::Step {
        code: team,
        step: "appoint".into(),
        rev: None,
    };
    ask(&service, &li, act, &appoint, "群众推举，已知情").unwrap();
}

#[test]
fn a_team_gets_a_remark_and_does_not_decide_on_itself() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path(), LINES);
    let [li, wang, ..] = heads(&service);
    let fields = |org| {
        vec![
            ("inspection", "6 月检查发现登记不实"),
            ("subject", "ZZ-0035"),
            ("measure", "记录提醒"),
            ("facts", "登记不实"),
            ("org", org),
        ]
    };
    let own = new(&service, &li, Kind::Sanction, &fields("ZZ-0035")).unwrap_err();
    assert!(own.message.zh.contains("不能作决定"), "{own:?}");
    let made = new(&service, &li, Kind::Sanction, &fields("")).unwrap();
    assert_eq!(text(&made, "org"), "ZZ-0005", "one level up");
    decided(&service, &li, made.code);
    take(&service, &wang, made.code, "enforce", SERVED).unwrap();
    let card = show(&service, &li, Code::new(Kind::Organisation, COUNTY)).unwrap();
    assert!(told(&card).contains("记录提醒："), "{}", told(&card));
}

#[test]
fn a_removed_person_is_asked_about_wherever_they_register_again() {
    let dir = tempfile::tempdir().unwrap();
    let gone = "ZY-000001 name=单立文 phone=13912344471 id_number=11010519491231002X id_type=居民身份证 teams=ZZ-0035 status=已清退";
    let service = service(dir.path(), &[gone]);
    let near = session(&service, login(4001, "李", LEAGUE));
    let far = session(&service, login(6001, "呼市", ELSEWHERE));
    for (by, team, words) in [
        (&near, "ZZ-0035", "ZY-000001 单立文"),
        (&far, "ZZ-0002", "管辖范围之外的记录"),
    ] {
        for fields in [
            vec![
                ("name", "改了名"),
                ("phone", "13900000000"),
                ("id_number", "11010519491231002X"),
                ("teams", team),
            ],
            vec![
                ("name", "单立文"),
                ("phone", "13912344471"),
                ("teams", team),
            ],
        ] {
            let asked = new(&service, by, Kind::Volunteer, &fields).unwrap_err();
            assert!(asked.reason, "{asked:?}");
            assert!(
                asked.message.zh.contains("曾被清退") && asked.message.zh.contains(words),
                "{asked:?}"
            );
        }
    }
    let again = [
        ("name", "单立文"),
        ("phone", "13912344471"),
        ("teams", "ZZ-0002"),
    ];
    ask(
        &service,
        &far,
        Act::New(Kind::Volunteer),
        &again,
        "核对为另一人",
    )
    .unwrap();
    let other = [
        ("name", "单立文"),
        ("phone", "13912344499"),
        ("teams", "ZZ-0002"),
    ];
    new(&service, &far, Kind::Volunteer, &other).unwrap();
}

#[test]
fn a_sanction_follows_the_walls_of_its_complaint_where_nobody_was_harmed() {
    let world = crate::rule::row::Few::of(&[
        "ZZ-0001 name=总队 status=已成立",
        "ZZ-0005 name=赤峰队 parent=ZZ-0001 status=已成立",
        "ZZ-0035 name=红山区队 parent=ZZ-0005 status=已成立",
        "CL-2026-000001 complaint=TS-2026-000001 subject=ZY-000001 org=ZZ-0035 status=拟议",
    ]);
    let line = "TS-2026-000001 kind=投诉 facts=事 accused=ZY-000001 receiver=ZZ-0005 status=答复";
    let before = crate::rule::row::record(line);
    let after =
        crate::rule::row::record(&format!("{line} accused=ZY-000001,ZZ-0035 against=ZZ-0035"));
    let given = kezhi::domain::value::Fields::new();
    let reckon = kezhi::domain::world::Reckon {
        before: Some(&before),
        act: "edit",
        today: crate::rule::row::today(),
        now: "2026-06-30T09:00",
        who: "",
        uid: 1,
        operator: None,
        home: None,
        chance: 0,
        given: &given,
        world: &world,
    };
    let found = kezhi::domain::harm::follow(&after, &reckon);
    let one = found.iter().find(|one| one.kind == Kind::Sanction).unwrap();
    assert_eq!(
        (one.texts("against").collect::<Vec<_>>(), one.text("org")),
        (vec!["ZZ-0035"], "ZZ-0005")
    );
}
