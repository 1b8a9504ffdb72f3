//! Complaints: where they go, and what is said at once.

use std::sync::Arc;

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::Refusal;
use kezhi::domain::route::route;
use kezhi::domain::route_why;
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::{Act, Answer, Change, Request, View, Who};
use kezhi::service::{Service, Session};

use crate::right::{org, who};
use crate::rule::row::{Few, record, today};

/// A region with two leagues, their counties, and people in posts.
const REGION: &[&str] = &[
    "ZZ-0001 name=总队 kind=总队 status=已成立 posts=(post:总队长;holder:总长;from:2025-01-01)",
    "ZZ-0002 name=呼和浩特队 kind=盟市队 parent=ZZ-0001 status=已成立",
    "ZZ-0005 name=赤峰队 kind=盟市队 parent=ZZ-0001 status=已成立 posts=(post:队长;holder:盟长;from:2025-01-01)",
    "ZZ-0020 name=新城区队 kind=旗县队 parent=ZZ-0002 status=已成立",
    "ZZ-0035 name=红山区队 kind=旗县队 parent=ZZ-0005 status=已成立 posts=(post:队长;holder:县长;from:2025-01-01)(post:副队长;holder:前任;from:2024-01-01;to:2025-01-01)",
    "ZZ-0036 name=松山区队 kind=旗县队 parent=ZZ-0005 status=已注销",
    "ZZ-0200 name=红山中学分队 kind=分队 parent=ZZ-0035 status=已成立",
    "ZZ-0201 name=松山分队 kind=分队 parent=ZZ-0036 status=已成立",
    "ZZ-0300 name=孤队 kind=分队 status=已成立",
    "ZZ-0301 name=环一 kind=分队 parent=ZZ-0302 status=已成立",
    "ZZ-0302 name=环二 kind=分队 parent=ZZ-0301 status=已成立",
    "ZY-000001 name=县长 teams=ZZ-0035 status=在册",
    "ZY-000002 name=队员 teams=ZZ-0035 status=在册",
    "ZY-000003 name=前任 teams=ZZ-0035 status=在册",
    "ZY-000004 name=盟长 teams=ZZ-0035,ZZ-0005 status=在册",
    "ZY-000005 name=散人 status=在册",
    "HD-2026-000001 title=讲座 org=ZZ-0035 status=结项",
];

/// Whom it is about, who receives it (empty: outside bodies), part of the last reason.
const ROUTES: &[(&str, &str, &str)] = &[
    ("accused=ZZ-0035", "ZZ-0005", "上一级是赤峰队"),
    ("accused=ZZ-0005", "ZZ-0001", "上一级是总队"),
    (
        "accused=ZZ-0200,ZZ-0035,ZZ-0005",
        "ZZ-0001",
        "共同的上级总队",
    ),
    ("accused=ZZ-0035,ZZ-0020", "ZZ-0001", "共同的上级总队"),
    ("accused=ZZ-0200,ZZ-0035", "ZZ-0005", "共同的上级赤峰队"),
    ("accused=ZZ-0001", "", "应移送科协机关纪委"),
    ("accused=ZZ-0035,ZZ-0001", "", "应移送科协机关纪委"),
    ("accused=ZY-000001", "ZZ-0005", "上一级是赤峰队"),
    ("accused=ZY-000002", "ZZ-0035", "不任职务"),
    ("accused=ZY-000003", "ZZ-0035", "不任职务"),
    ("accused=ZY-000004", "ZZ-0001", "上一级是总队"),
    ("accused=ZY-000005", "ZZ-0001", "未加入组织"),
    ("accused=ZY-000001,ZY-000002", "ZZ-0005", "共同的上级赤峰队"),
    (
        "accused=ZZ-0035 accused_other=盟长",
        "ZZ-0001",
        "盟长在赤峰队任职",
    ),
    (
        "accused=ZZ-0035 accused_other=路人、盟长",
        "ZZ-0001",
        "盟长在赤峰队任职",
    ),
    ("accused_other=盟长", "ZZ-0001", "盟长在赤峰队任职"),
    ("accused_other=路人", "ZZ-0005", "没有指明登记在册的对象"),
    (
        "accused=ZZ-0005 accused_other=总长",
        "",
        "应移送科协机关纪委",
    ),
    ("accused=HD-2026-000001", "ZZ-0005", "上一级是赤峰队"),
    ("activity=HD-2026-000001", "ZZ-0005", "上一级是赤峰队"),
    ("accused=ZZ-0201", "ZZ-0005", "松山区队已注销"),
    ("accused=ZZ-0300", "ZZ-0001", "没有登记上级"),
    ("accused=ZZ-0301", "ZZ-0001", "环二属被反映的一方"),
    ("accused=ZZ-0301,ZZ-0302", "ZZ-0001", "由共同的上级总队受理"),
    ("accused=ZZ-9999", "ZZ-0001", "没有登记上级"),
    ("", "ZZ-0005", "没有指明登记在册的对象"),
];

#[test]
fn a_complaint_goes_one_level_up_and_never_towards_the_accused() {
    let world = Few::of(REGION);
    let home = Some(org(5));
    for (about, receiver, why) in ROUTES {
        let complaint = record(&format!("TS-2026-000001 facts=事 {about}"));
        let way = route(&complaint, &world, home, today());
        let found = way
            .receiver
            .map_or_else(String::new, |code| code.to_string());
        assert_eq!(found, *receiver, "{about}: {:?}", way.why);
        let said = way.why.iter().any(|line| line.contains(why));
        assert!(said, "{about}: {:?}", way.why);
        if let Some(at) = way.receiver {
            let inside = |org: &Code| kezhi::domain::route::within(&world, at, *org);
            assert!(!way.against.iter().any(inside), "{about}");
        }
        for line in &way.why {
            let said = route_why::said(line);
            assert_ne!(said.zh, said.en, "{line}");
            assert!(
                !said.en.contains("{}") && said.zh == *line,
                "{line}: {}",
                said.en
            );
        }
    }
}

#[test]
fn who_receives_has_somebody_without_an_interest() {
    let mut world = Few::of(REGION);
    let complaint = record("TS-2026-000001 facts=事 accused=ZZ-0035,ZY-000002");
    let receiver = |world: &Few| route(&complaint, world, None, today()).receiver;
    world.put(record(
        "CZ-001 user=a name=队员 roles=值班员 scope=ZZ-0005 volunteer=ZY-000002 status=启用",
    ));
    assert_eq!(
        receiver(&world),
        Some(org(1)),
        "the only operator is accused"
    );
    world.put(record(
        "CZ-002 user=b name=乙 roles=值班员 scope=ZZ-0005 status=停用",
    ));
    world.put(record(
        "CZ-003 user=c name=丙 roles=查询 scope=ZZ-0005 status=启用",
    ));
    assert_eq!(receiver(&world), Some(org(1)), "nobody who works there");
    world.put(record(
        "CZ-004 user=d name=丁 roles=负责人 scope=ZZ-0005 status=启用",
    ));
    assert_eq!(receiver(&world), Some(org(5)));
}

/// A service with operators, and what is done through it.
pub struct Bench {
    pub service: Arc<Service>,
    _dir: tempfile::TempDir,
}

/// Answers by key.
pub type Given<'a> = &'a [(&'a str, &'a str)];

impl Bench {
    pub fn new() -> Bench {
        let dir = tempfile::tempdir().unwrap();
        let service = Service::open(dir.path(), 1, true).unwrap();
        let bench = Bench { service, _dir: dir };
        let owner = bench.join(1, &[Role::Admin, Role::Operator, Role::Head], None, 1);
        for (user, name, roles, scope) in [
            ("zong", "总值班", "值班员、负责人", "ZZ-0001"),
            ("meng", "盟值班", "值班员、负责人", "ZZ-0005"),
            ("xian", "县值班", "值班员、负责人", "ZZ-0035"),
            ("song", "松值班", "值班员", "ZZ-0036"),
        ] {
            let fields = [
                ("user", user),
                ("name", name),
                ("roles", roles),
                ("scope", scope),
            ];
            bench.new_one(&owner, Kind::Operator, &fields).unwrap();
        }
        bench
    }

    pub fn join(&self, uid: u32, roles: &[Role], operator: Option<u64>, scope: u64) -> Session {
        self.service.join(
            Who {
                uid,
                operator: operator.map(|number| Code::new(Kind::Operator, number)),
                ..who(roles, scope)
            },
            |_| {},
        )
    }

    /// One of the operators: 1 of the region, 2 of the league 5, 3 of the county 35, 4 of the county 36.
    pub fn operator(&self, number: u64) -> Session {
        let scope = [1, 5, 35, 36][number as usize - 1];
        let roles: &[Role] = if number == 4 {
            &[Role::Operator]
        } else {
            &[Role::Operator, Role::Head]
        };
        self.join(100 + number as u32, roles, Some(number), scope)
    }

    pub fn change(
        &self,
        session: &Session,
        act: Act,
        given: Given,
        yes: bool,
    ) -> Result<View, Refusal> {
        let fields = given
            .iter()
            .map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
        let change = Change {
            act,
            fields: Fields::from_iter(fields),
            confirmed: yes,
            reason: String::new(),
        };
        match self
            .service
            .handle(session, Request::Make { token: 0, change })?
        {
            Answer::View(view) => Ok(view),
            _ => panic!(),
        }
    }

    pub fn new_one(&self, session: &Session, kind: Kind, given: Given) -> Result<View, Refusal> {
        self.change(session, Act::New(kind), given, false)
    }

    pub fn complain(&self, session: &Session, about: Given) -> View {
        let mut given = vec![
            ("kind", "投诉"),
            ("facts", "活动后收费"),
            ("complainant", "来人"),
        ];
        given.extend(about);
        self.change(session, Act::New(Kind::Complaint), &given, true)
            .unwrap()
    }

    pub fn step(
        &self,
        session: &Session,
        code: Code,
        step: &str,
        given: Given,
    ) -> Result<View, Refusal> {
        self.at(session, code, step, given, None)
    }

    pub fn at(
        &self,
        session: &Session,
        code: Code,
        step: &str,
        given: Given,
        rev: Option<u64>,
    ) -> Result<View, Refusal> {
        let step = step.to_owned();
        self.change(session, Act::Step { code, step, rev }, given, true)
    }

    pub fn edit(&self, session: &Session, code: Code, given: Given) -> Result<View, Refusal> {
        self.change(session, Act::Edit { code, rev: None }, given, true)
    }

    pub fn show(&self, session: &Session, code: Code) -> Result<View, Refusal> {
        match self.service.handle(session, Request::Show(code))? {
            Answer::View(view) => Ok(view),
            _ => panic!(),
        }
    }
}

pub fn text<'a>(view: &'a View, key: &str) -> &'a str {
    view.fields.get(key).and_then(Value::text).unwrap_or("")
}

fn told(view: &View) -> String {
    view.told
        .iter()
        .map(|said| format!("{}\n{}\n", said.zh, said.en))
        .collect()
}

#[test]
fn an_intake_answers_at_once_with_what_is_read_to_the_caller() {
    let bench = Bench::new();
    let league = bench.operator(2);
    let made = bench.complain(&league, &[("accused", "ZZ-0035"), ("contact", "电话")]);
    assert_eq!(text(&made, "receiver"), "ZZ-0005");
    assert_eq!(text(&made, "handler"), "CZ-002", "who takes it handles it");
    assert_eq!(text(&made, "channel"), "电话");
    let (all, code) = (told(&made), made.code.to_string());
    let aloud: Vec<String> = code.chars().rev().take(3).map(|c| c.to_string()).collect();
    let aloud: Vec<String> = aloud.into_iter().rev().collect();
    assert!(
        all.contains(&code) && all.contains(&aloud.join(" ")),
        "{all}"
    );
    for part in [
        "上一级是",
        "one level up is",
        "请告诉来人",
        "最迟",
        "it is told whether it is accepted",
    ] {
        assert!(all.contains(part), "{part}: {all}");
    }
    // Names of any level may be accused; people beyond the scope may not.
    let county = bench.operator(3);
    let made = bench.complain(
        &county,
        &[("accused", "呼和浩特市科技志愿服务队"), ("facts", "别的事")],
    );
    assert_eq!(text(&made, "accused"), "");
    assert_eq!(
        made.fields["accused"],
        Value::from(vec!["ZZ-0002".to_owned()])
    );
    assert_eq!(
        (text(&made, "receiver"), text(&made, "handler")),
        ("ZZ-0001", "")
    );
    let owner = bench.operator(1);
    let person = [
        ("name", "外人"),
        ("phone", "13912344471"),
        ("teams", "ZZ-0002"),
    ];
    let person = bench
        .new_one(&owner, Kind::Volunteer, &person)
        .unwrap()
        .code
        .to_string();
    let given = [
        ("kind", "投诉"),
        ("facts", "事"),
        ("complainant", "来人"),
        ("accused", &person),
    ];
    let refused = bench.new_one(&county, Kind::Complaint, &given).unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("accused"));
}

#[test]
fn what_is_missing_or_odd_is_asked_about() {
    let bench = Bench::new();
    let league = bench.operator(2);
    let entered = |given: Given| {
        let mut all = vec![("kind", "投诉"), ("facts", "活动后收费")];
        all.extend(given);
        bench.new_one(&league, Kind::Complaint, &all)
    };
    let said = |given: Given| {
        entered(given)
            .unwrap_err()
            .line(kezhi::domain::said::Lang::Zh)
    };
    let named = ("complainant", "来人");
    assert!(said(&[named]).contains("没有写明反映谁"));
    let about = ("accused", "ZZ-0035");
    let nobody = entered(&[about]).unwrap_err();
    assert!(
        nobody.reason
            && nobody
                .line(kezhi::domain::said::Lang::Zh)
                .contains("第十九条")
    );
    assert!(entered(&[("accused", "ZZ-0036"), ("anonymous", "是")]).is_ok());
    assert!(said(&[about, named, ("anonymous", "是")]).contains("既填了匿名"));
    let many = said(&[about, named, ("representatives", "甲、乙、丙、丁、戊、己")]);
    assert!(many.contains("信访工作条例第二十条"), "{many}");
    assert!(said(&[about, named, ("evidence", "录音 音频 柜一 12ab")]).contains("SM3"));
    assert!(said(&[about, named, ("received_at", "2099-01-01")]).contains("还没有到"));
    let first = entered(&[about, named]).unwrap();
    let again = said(&[named, ("accused", "ZZ-0036")]);
    assert!(again.contains(&first.code.to_string()), "{again}");
    // Somebody who does not see the first is told nothing of it.
    let elsewhere = bench.operator(4);
    let given = [
        ("kind", "投诉"),
        ("facts", "别的"),
        named,
        ("accused", "ZZ-0002"),
    ];
    bench.new_one(&elsewhere, Kind::Complaint, &given).unwrap();
}

#[test]
fn what_is_about_the_office_is_seen_by_its_taker_until_it_is_handed_over() {
    let bench = Bench::new();
    let (county, region) = (bench.operator(3), bench.operator(1));
    for office in ["总队办公室", "科普部", "总队"] {
        let made = bench.complain(
            &county,
            &[
                ("accused", office),
                ("contact", "13900000000"),
                ("claims", "查处"),
            ],
        );
        let code = made.code;
        assert_eq!(
            (text(&made, "receiver"), text(&made, "outside")),
            ("ZZ-0001", "科协机关纪委")
        );
        assert!(told(&made).contains("kezhi do handover"), "{}", told(&made));
        assert!(bench.show(&region, code).is_err(), "the office itself");
        assert_eq!(
            text(&bench.show(&county, code).unwrap(), "facts"),
            "活动后收费"
        );
        let given = [("outside", "驻会纪检监察组"), ("letter", "1号")];
        bench.step(&county, code, "handover", &given).unwrap();
        assert_eq!(text(&bench.show(&county, code).unwrap(), "facts"), "");
        assert!(bench.show(&region, code).is_err(), "nor its receipt");
    }
}

#[test]
fn only_the_receipt_of_what_is_handed_over_is_left() {
    let bench = Bench::new();
    let league = bench.operator(2);
    let given = [
        ("kind", "举报"),
        ("accused", "ZZ-0035"),
        ("contact", "13900000000"),
        ("evidence", "照片"),
    ];
    let code = bench.complain(&league, &given).code;
    let refused = bench.service.handle(
        &league,
        Request::Make {
            token: 0,
            change: Change {
                act: Act::Step {
                    code,
                    step: "accept".into(),
                    rev: None,
                },
                fields: Fields::from([("told_how".to_owned(), "电话".into())]),
                confirmed: false,
                reason: String::new(),
            },
        },
    );
    assert!(
        refused
            .unwrap_err()
            .message
            .zh
            .contains("应移送科协机关纪委")
    );
    let left = bench
        .step(
            &league,
            code,
            "handover",
            &[("outside", "科协机关纪委"), ("letter", "2号")],
        )
        .unwrap();
    let mut keys: Vec<&str> = left.fields.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "against",
            "channel",
            "day",
            "handed_on",
            "kind",
            "letter",
            "outside",
            "received_at",
            "receiver",
            "signed",
            "status",
            "taken_by",
            "title"
        ]
    );
    assert_eq!(text(&left, "title"), "已移送科协机关纪委");
}
