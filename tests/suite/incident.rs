//! Harm in service: from its entry, by hand or with a complaint, to its outcome for both sides.

use kezhi::domain::kind::{Code, Kind};
use kezhi::protocol::{Act, Answer, List, Request};

use crate::consequence::{
    COUNTY, LEAGUE, ask, code, heard, login, new, rows, service, session, show, take, text, told,
};

const LINES: &[&str] = &[
    "ZY-000001 name=单立文 phone=13912344471 teams=ZZ-0035 status=在册",
    "HD-2026-0001 title=登山讲座 org=ZZ-0035 place=红山 status=进行 day=2026-06-01 until=2026-06-01 sessions=2026-06-01T09:00/2026-06-01T11:00",
    "BD-00001 policy_no=P1 kind=人身意外伤害 covers=ZY-000001 org=ZZ-0035 from=2026-06-01 to=2026-06-01 status=有效",
    "BD-00002 policy_no=P2 kind=人身意外伤害 covers=ZY-000001 org=ZZ-0035 from=2026-06-02 to=2026-06-03 status=有效",
];

const HARM: &[(&str, &str)] = &[
    ("activity", "HD-2026-0001"),
    ("direction", "服务对象致志愿者"),
    ("happened_at", "2026-06-01 10:00"),
    ("volunteers", "ZY-000001"),
    ("recipient", "来客甲"),
    ("injuries", "左腕骨折"),
];

#[test]
fn harm_is_dealt_with_and_closed_for_both_sides() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path(), LINES);
    let li = session(&service, login(4001, "李", COUNTY));
    let made = new(&service, &li, Kind::Incident, HARM).unwrap();
    let incident = made.code;
    assert_eq!(text(&made, "org"), "ZZ-0035", "the activity's");
    assert_eq!(text(&made, "place"), "红山");
    assert_eq!(text(&made, "title"), "损害：登山讲座");
    assert_eq!(
        text(&made, "insurance"),
        "BD-00001",
        "the one good at that time"
    );
    assert!(!format!("{made:?}").contains("骨折") && !format!("{made:?}").contains("来客甲"));
    let seen = service
        .handle(
            &li,
            Request::Reveal {
                code: incident,
                field: "injuries".into(),
                reason: "报案".into(),
            },
        )
        .unwrap();
    assert!(format!("{seen:?}").contains("左腕骨折"));
    // The claim runs from the moment; a weekend does not move it, and looking does not stop it.
    assert!(
        told(&made).contains("自当时起 48 小时 = 06-03 10:00"),
        "{}",
        told(&made)
    );
    assert!(told(&made).contains("本单位规定、保险条款"));
    assert_eq!(text(&made, "clock"), "向保险人报案");
    let late = [("claim_told_at", "2026-06-03 10:01"), ("claim_no", "B1")];
    let refused = take(&service, &li, incident, "claim", &late).unwrap_err();
    assert!(refused.reason, "late needs a reason: {refused:?}");
    let on_time = [("claim_told_at", "2026-06-03 10:00"), ("claim_no", "B1")];
    let claimed = take(&service, &li, incident, "claim", &on_time).unwrap();
    assert_eq!(text(&claimed, "clock"), "处理完毕损害事件");

    let one_side = [
        ("outcome_volunteer", "痊愈"),
        ("conclusion", "和解"),
        ("breach", "未发现违规"),
    ];
    let both = [&one_side[..], &[("outcome_recipient", "道歉")]].concat();
    let early = take(&service, &li, incident, "close", &both).unwrap_err();
    assert!(early.message.zh.contains("登记"), "{early:?}");
    let handle = [("responsible", "单立文"), ("measures", "送医")];
    take(&service, &li, incident, "handle", &handle).unwrap();
    take(&service, &li, incident, "aid", &[("aid", "垫付药费")]).unwrap();
    let view = take(&service, &li, incident, "aid", &[("aid", "探望")]).unwrap();
    assert!(text(&view, "aid").contains("垫付药费") && text(&view, "aid").contains("探望"));
    let refused = take(&service, &li, incident, "close", &one_side).unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("outcome_recipient"));
    let closed = take(&service, &li, incident, "close", &both).unwrap();
    assert!(
        told(&closed).contains("还没有回访服务对象"),
        "{}",
        told(&closed)
    );
    assert_eq!(text(&closed, "due_on"), "", "an act stops the clock");
    for side in ["志愿者", "服务对象"] {
        let call = [("side", side), ("satisfaction", "满意")];
        take(&service, &li, incident, "callback", &call).unwrap();
    }
    let called = show(&service, &li, incident).unwrap();
    assert_eq!(rows(&called, "callbacks").len(), 2);
    assert!(!told(&called).contains("还没有回访"));
    let open = take(&service, &li, incident, "reopen", &[("note", "旧伤复发")]).unwrap();
    assert_eq!(text(&open, "status"), "处置");
    assert!(rows(&open, "callbacks").is_empty());
    // It stays with the activity and the people.
    for card in ["HD-2026-0001", "ZY-000001"] {
        let card = told(&show(&service, &li, code(card)).unwrap());
        assert!(card.contains(&format!("损害事件 {incident}")), "{card}");
    }
}

fn complaint(accused: &str) -> Vec<(&'static str, String)> {
    vec![
        ("kind", "损害".to_owned()),
        ("complainant", "来客甲".to_owned()),
        ("accused", accused.to_owned()),
        ("activity", "HD-2026-0001".to_owned()),
        ("happened_at", "2026-06-01 10:00".to_owned()),
        ("facts", "被推倒摔伤".to_owned()),
    ]
}

fn incidents(service: &kezhi::service::Service, by: &kezhi::service::Session) -> Vec<Code> {
    let list = Request::List(List {
        kind: Kind::Incident,
        filters: Vec::new(),
        within: None,
        sort: None,
        after: None,
        as_of: None,
        limit: 50,
    });
    match service.handle(by, list).unwrap() {
        Answer::Views(views) => views.iter().map(|view| view.code).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_complaint_of_harm_opens_an_incident_and_its_wall_goes_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path(), LINES);
    let league = session(&service, login(4001, "李", LEAGUE));
    let county = session(&service, login(5001, "旗县", COUNTY));
    let cards = ["HD-2026-0001", "ZY-000001"].map(code);
    let before = cards.map(|card| heard(&service, &county, card));
    let make = |accused: &str| {
        let fields = complaint(accused);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(key, text)| (*key, text.as_str()))
            .collect();
        ask(
            &service,
            &league,
            Act::New(Kind::Complaint),
            &fields,
            "录入",
        )
        .unwrap()
    };
    // About the team itself: whoever receives it deals with the harm, and the team finds no trace.
    let about = make("ZZ-0035");
    let made = incidents(&service, &league);
    assert_eq!(made.len(), 1);
    let view = show(&service, &league, made[0]).unwrap();
    assert_eq!(text(&view, "complaint"), about.code.to_string());
    assert_eq!(text(&view, "org"), "ZZ-0005");
    assert!(
        !format!("{:?}", view.fields).contains("推倒"),
        "none of the caller's words"
    );
    assert!(incidents(&service, &county).is_empty());
    assert_eq!(cards.map(|card| heard(&service, &county, card)), before);
    let unknown = Code::new(Kind::Incident, made[0].number + 1);
    let [theirs, none] = [made[0], unknown]
        .map(|code| heard(&service, &county, code).replace(&code.to_string(), "?"));
    assert_eq!(theirs, none);
    // Once is enough, however often the complaint is edited.
    let edit = Act::Edit {
        code: about.code,
        rev: None,
    };
    ask(&service, &league, edit, &[("claims", "赔药费")], "").unwrap();
    assert_eq!(incidents(&service, &league).len(), 1);
    let act = Act::Edit {
        code: made[0],
        rev: None,
    };
    let over = ask(&service, &league, act, &[("org", "ZZ-0035")], "").unwrap_err();
    assert!(over.message.zh.contains("不能交给它"), "{over:?}");

    // About a volunteer who holds no post: the organising unit deals with it and sees it.
    make("ZY-000001");
    let seen = incidents(&service, &county);
    assert_eq!(seen.len(), 1);
    let view = show(&service, &county, seen[0]).unwrap();
    assert_eq!(text(&view, "org"), "ZZ-0035");
    // Who comes to be accused later loses sight of what came of it too.
    let first = text(&show(&service, &league, seen[0]).unwrap(), "complaint");
    let edit = Act::Edit {
        code: code(&first),
        rev: None,
    };
    ask(
        &service,
        &league,
        edit,
        &[("accused", "ZY-000001,ZZ-0035")],
        "",
    )
    .unwrap();
    assert!(incidents(&service, &county).is_empty());
}
