//! Oversight of a major activity from beginning to end, and the inspector's seat (article 19).

use chrono::{Duration, Local};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::{Act, Answer, Change, List, Request, View, Who};
use kezhi::service::{Service, Session};
use std::sync::Arc;

use crate::right::who;

pub fn fields(fields: &[(&str, &str)]) -> Fields {
    let fields = fields.iter();
    let fields = fields.map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    fields.collect()
}

pub fn make(
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

pub fn step(code: Code, step: &str) -> Act {
    Act::Step {
        code,
        step: step.into(),
        rev: None,
    }
}

pub fn edit(code: Code) -> Act {
    Act::Edit { code, rev: None }
}

pub fn day(back: i64) -> String {
    (Local::now().date_naive() - Duration::days(back)).to_string()
}

/// An activity of 红山区 ten days ago, one person in it with hours; the same of 呼和浩特.
pub struct Stage {
    pub dir: tempfile::TempDir,
    pub service: Arc<Service>,
    pub head: Session,
    pub person: Code,
    pub activity: Code,
    pub parts: Vec<Code>,
    pub other: Vec<Code>,
}

impl Stage {
    pub fn new() -> Stage {
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

    pub fn step(&self, name: &str, given: &[(&str, &str)]) -> Result<View, Refusal> {
        make(&self.service, &self.head, step(self.activity, name), given)
    }

    /// What a step is refused for.
    pub fn refused(&self, name: &str, given: &[(&str, &str)]) -> String {
        let refusal = self.step(name, given).unwrap_err();
        assert_eq!(refusal.kind, RefusalKind::Rule, "{}", refusal.message.zh);
        assert_eq!(refusal.article.as_deref(), Some("第十九条"));
        refusal.message.zh
    }

    pub fn name(&self, office: &str, inspector: &str) -> Result<Code, Refusal> {
        let activity = self.activity.to_string();
        let given = [
            ("activity", activity.as_str()),
            ("office", office),
            ("inspector", inspector),
        ];
        let new = Act::New(Kind::Oversight);
        make(&self.service, &self.head, new, &given).map(|view| view.code)
    }

    pub fn session(&self, who: &Who) -> Session {
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

pub fn inspector(number: u64, name: &str) -> Who {
    Who {
        uid: 7000 + number as u32,
        name: name.into(),
        operator: Some(Code::new(Kind::Operator, number)),
        ..who(&[Role::Inspector], 2)
    }
}

pub fn list(kind: Kind) -> Request {
    Request::List(List {
        kind,
        filters: vec![],
        within: None,
        sort: None,
        after: None,
        as_of: None,
        limit: 50,
    })
}

#[test]
fn a_major_activity_is_overseen_from_beginning_to_end() {
    let stage = Stage::new();
    let (wang, li) = (inspector(1, "王检"), inspector(2, "李审"));
    let (wang, li) = (stage.session(&wang), stage.session(&li));
    let by = |session, code, what: &str, day: &str| {
        let given = [("stage", what), ("day", day), ("note", "看了预案和预算")];
        make(&stage.service, session, step(code, "attend"), &given)
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
        by(&wang, discipline, "事前", &day(10))
            .unwrap_err()
            .field
            .as_deref(),
        Some("stage")
    );
    assert_eq!(
        by(&wang, discipline, "事后", &day(-1))
            .unwrap_err()
            .field
            .as_deref(),
        Some("day")
    );
    by(&wang, discipline, "事前", &day(20)).unwrap();
    let said = stage.refused("ready", &[]);
    assert!(
        !said.contains("纪检监察缺") && said.contains("审计缺事前"),
        "{said}"
    );
    by(&li, audit, "事前", &format!("{} 08:30", day(10))).unwrap();
    stage.step("ready", &[]).unwrap();
    stage.step("start", &[]).unwrap();

    let asked = [("text", "为何买三台？")];
    make(&stage.service, &wang, step(discipline, "ask"), &asked).unwrap();
    make(
        &stage.service,
        &wang,
        step(discipline, "remark"),
        &[("text", "台账清楚")],
    )
    .unwrap();
    for (session, code) in [(&wang, discipline), (&li, audit)] {
        by(session, code, "事中", &day(10)).unwrap();
    }
    by(&wang, discipline, "事后", &day(10)).unwrap();
    assert!(
        stage
            .refused("settle", &[("spent", "5000")])
            .contains("审计缺事后")
    );
    assert!(stage.refused("finish", &[]).contains("审计缺事后"));
    by(&li, audit, "事后", &day(2)).unwrap();
    assert!(
        stage
            .refused("finish", &[])
            .contains(&format!("{discipline} 第 1 问"))
    );
    let done = |code| make(&stage.service, &wang, step(code, "finish"), &[]);
    assert!(done(discipline).unwrap_err().message.zh.contains("第 1 问"));
    // The one who asked does not answer.
    let answer = [("answer", "一台备用")];
    let denied = make(&stage.service, &wang, step(discipline, "answer"), &answer);
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

/// Whoever is overseen does not fill their own gate.
#[test]
fn the_inspector_alone_is_there_and_for_one_without_an_account_a_head_above() {
    let stage = Stage::new();
    let admin = stage.session(&who(&[Role::Admin], 1));
    let mut heads =
        [("tuan", "ZZ-0035"), ("meng", "ZZ-0005"), ("qi", "ZZ-0001")].map(|(user, scope)| {
            let given = [
                ("user", user),
                ("name", user),
                ("roles", "值班员、负责人"),
                ("scope", scope),
            ];
            let made = make(&stage.service, &admin, Act::New(Kind::Operator), &given).unwrap();
            let scope = Code::read(scope).unwrap().number;
            stage.session(&Who {
                uid: 8000 + made.code.number as u32,
                name: user.into(),
                operator: Some(made.code),
                ..who(&[Role::Operator, Role::Head], scope)
            })
        });
    let discipline = stage.name("纪检监察", "wangj").unwrap();
    let activity = stage.activity.to_string();
    let given = [
        ("activity", activity.as_str()),
        ("office", "审计"),
        ("inspector_name", "审计局 李某"),
    ];
    let new = Act::New(Kind::Oversight);
    let audit = make(&stage.service, &stage.head, new, &given).unwrap().code;
    let before = [("stage", "事前"), ("day", &day(20))];
    let all: [(&str, &[(&str, &str)]); 4] = [
        ("attend", &before),
        ("ask", &[("text", "为何")]),
        ("remark", &[("text", "清楚")]),
        ("finish", &[]),
    ];
    let refused = |session: &Session, code, name: &str, given: &[(&str, &str)]| {
        let refusal = make(&stage.service, session, step(code, name), given).unwrap_err();
        (refusal.kind, refusal.message.zh)
    };
    for (name, given) in all {
        for head in &heads {
            let (kind, said) = refused(head, discipline, name, given);
            assert_eq!(kind, RefusalKind::NotPermitted, "{name}");
            assert!(said.contains("王检"), "{name} {said}");
        }
        let (kind, said) = refused(&heads[0], audit, name, given);
        assert_eq!(kind, RefusalKind::NotPermitted, "{name}");
        assert!(said.contains("上级"), "{name} {said}");
    }
    // What is typed as the one who was there is not asked for.
    let typed = [before[0], before[1], ("who", "别人")];
    assert!(make(&stage.service, &heads[1], step(audit, "attend"), &typed).is_err());
    let view = make(&stage.service, &heads[1], step(audit, "attend"), &before).unwrap();
    let row = view.fields["presence"].to_string();
    assert!(row.contains("审计局 李某") && row.contains("meng"), "{row}");
    let view = make(&stage.service, &heads[2], step(audit, "ask"), all[1].1).unwrap();
    let row = view.fields["questions"].to_string();
    assert!(row.contains("审计局 李某（qi 登记）"), "{row}");
    for head in &mut heads {
        stage.service.leave(head);
    }
}

/// What passed its gate and then grows over a threshold is asked about at once.
#[test]
fn a_threshold_that_is_crossed_after_the_start_asks_whether_it_is_a_major_one() {
    let stage = Stage::new();
    let decide =
        |given: &[(&str, &str)]| make(&stage.service, &stage.head, edit(stage.activity), given);
    decide(&[("budget", "3000")]).unwrap();
    for name in ["submit", "approve", "ready", "start"] {
        stage.step(name, &[]).unwrap();
    }
    for (key, value) in [("budget", "60000"), ("needed", "100"), ("served", "1000")] {
        let refusal = decide(&[(key, value)]).unwrap_err();
        assert_eq!(refusal.kind, RefusalKind::Rule, "{key}");
        assert!(refusal.message.zh.contains("没有定是否重大"), "{key}");
    }
    decide(&[("vouchers", "场地租用 60000 PZ-1")]).unwrap();
    let said = stage.refused("settle", &[("spent", "60000")]);
    assert!(said.contains("支出 60000 元"), "{said}");
    let why = [
        ("served", "1000"),
        ("major", "否"),
        ("major_note", "线上观看"),
    ];
    decide(&why).unwrap();
    stage.step("settle", &[("spent", "60000")]).unwrap();
}
