//! The wall: two stores that differ in one sealed matter alone give the walled the same answers.

use std::sync::{Arc, Mutex};

use kezhi::domain::change::Entry;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::record::Record;
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::matter::{Queue, Term, Which};
use kezhi::protocol::work::{Calendar, Check, Hours, Many, Paper, Print};
use kezhi::protocol::{
    Act, Answer, Change, Find, List, Notice, Order, Request, SheetRow, ToSession, Who,
};
use kezhi::service::{Service, Session};
use kezhi::store::Store;
use kezhi::store::book::{At, Book};
use kezhi::store::verify;

use crate::right::org;

/// Every variant of a request, once: a new one does not compile until it stands here, and the test
/// fails until somebody asks it.
macro_rules! every {
    ($($name:ident)*) => {
        fn variant(request: &Request) -> &'static str {
            match request {
                $(Request::$name { .. } => stringify!($name),)*
            }
        }
        const VARIANTS: &[&str] = &[$(stringify!($name)),*];
    };
}

every!(
    Find List Mean Show History Tree Reveal Try Make Steps Many Certificate Check Cover Hours Match
    Print Calendar ImportOpen ImportRows ImportClose Export Settings Set Queue Case Due Learn Holidays Status
    Stop Backup Verify LogVerify LogHead LogPage
);

/// Title and facts of the walled matter; nothing else in the stores has these words.
const TITLE: &str = "克扣补贴丢失器材";
/// A sanction that follows from it.
const SANCTION: Code = Code::new(Kind::Sanction, 2_026_300_001);
/// A matter that everybody sees.
const SEEN: Code = Code::new(Kind::Complaint, 2_026_100_001);
/// An earlier walled matter, which an incident and the seen matter name.
const OLD: Code = Code::new(Kind::Complaint, 2_026_200_002);
const INCIDENT: Code = Code::new(Kind::Incident, 2_026_000_001);
const ACCUSED: Code = Code::new(Kind::Volunteer, 1);

fn person(number: u64) -> Code {
    Code::new(Kind::Volunteer, number)
}

fn operator(number: u64) -> Code {
    Code::new(Kind::Operator, number)
}

fn record(code: Code, fields: &[(&str, &str)]) -> Record {
    let mut record = Record::new(code.kind, code.number, Fields::new());
    record.rev = 1;
    for (key, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        let list = code
            .kind
            .spec()
            .field(key)
            .is_some_and(|field| field.is_list());
        let value = match list {
            true => value
                .split(' ')
                .map(str::to_owned)
                .collect::<Vec<_>>()
                .into(),
            false => Value::from(*value),
        };
        record.set(key, value);
    }
    record
}

/// The whole store before anybody comes: the same in both but for what follows from the walled matter.
fn lay(dir: &std::path::Path, walled: bool) {
    let store = Store::open(&dir.join("store.redb")).unwrap();
    kezhi::service::found::lay(&store).unwrap();
    let mut writer = store.write().unwrap();
    let mut put = |record: Record| {
        writer.put(&record).unwrap();
        if !record.kind.spec().sealed {
            writer.reserve(record.code()).unwrap();
        }
        writer
            .log(&Entry {
                at: "2026-06-01T09:00:00+08:00".into(),
                code: Some(record.code()),
                to_rev: 1,
                action: "new".into(),
                ..Entry::default()
            })
            .unwrap();
    };
    for (number, name, phone) in [
        (1, "包志强", "13912344471"),
        (2, "单立文", "13912344472"),
        (3, "乌云娜", "13912344473"),
    ] {
        put(record(
            person(number),
            &[
                ("name", name),
                ("phone", phone),
                ("teams", "ZZ-0035"),
                ("status", "在册"),
                ("joined_on", "2026-01-05"),
                ("area", "150402"),
            ],
        ));
    }
    for (number, name, roles, scope, volunteer) in [
        (1, "县联络", "值班员 负责人", "ZZ-0035", ""),
        (2, "包志强", "值班员 负责人", "ZZ-0001", "ZY-000001"),
        (3, "回避人", "值班员 负责人", "ZZ-0001", ""),
        (4, "盟负责", "值班员 负责人", "ZZ-0005", ""),
        (5, "管理员", "管理员", "ZZ-0001", ""),
    ] {
        let user = format!("u{number}");
        put(record(
            operator(number),
            &[
                ("user", &user),
                ("name", name),
                ("roles", roles),
                ("scope", scope),
                ("volunteer", volunteer),
                ("status", "启用"),
            ],
        ));
    }
    put(record(
        Code::new(Kind::Activity, 2_026_000_001),
        &[
            ("title", "科普进校园"),
            ("org", "ZZ-0035"),
            ("status", "结项"),
            ("day", "2026-05-01"),
            ("until", "2026-05-01"),
            ("days", "2026-05-01"),
        ],
    ));
    put(record(
        Code::new(Kind::Need, 2_026_000_001),
        &[
            ("title", "要讲座"),
            ("org", "ZZ-0035"),
            ("status", "登记"),
            ("area", "150402"),
            ("skills", "科普宣讲"),
        ],
    ));
    // What came of a walled matter is walled with it.
    let harm = [(1, OLD.to_string()), (2, String::new())];
    let harm = harm.iter().filter(|(number, _)| walled || *number == 2);
    for (number, complaint) in harm {
        put(record(
            Code::new(Kind::Incident, 2_026_000_000 + number),
            &[
                ("title", "摔伤"),
                ("org", "ZZ-0035"),
                ("direction", "服务对象致志愿者"),
                ("happened_at", "2026-05-01T10:00"),
                ("day", "2026-05-01"),
                ("complaint", complaint),
                ("status", "登记"),
            ],
        ));
    }
    let matter = |code: Code, title: &str, accused: &str, against: &str, linked: &str| {
        record(
            code,
            &[
                ("kind", "投诉"),
                ("title", title),
                ("facts", title),
                ("accused", accused),
                ("against", against),
                ("receiver", "ZZ-0001"),
                ("received_at", "2026-05-20T09:00"),
                ("day", "2026-05-20"),
                ("complainant", "来信人"),
                ("contact", "13500001111"),
                ("linked", linked),
                ("status", "受理"),
            ],
        )
    };
    let linked = if walled {
        OLD.to_string()
    } else {
        String::new()
    };
    put(matter(SEEN, "场地脏乱", "ZY-000003", "", &linked));
    if walled {
        let mut old = matter(OLD, TITLE, "ZZ-0035 ZY-000001", "ZZ-0035", "");
        old.set("recused", vec![operator(3).to_string()].into());
        put(old);
        put(record(
            SANCTION,
            &[
                ("measure", "记录提醒"),
                ("subject", "ZY-000001"),
                ("complaint", &OLD.to_string()),
                ("title", "包志强 记录提醒"),
                ("org", "ZZ-0005"),
                ("facts", "属实"),
                ("status", "拟议"),
            ],
        ));
    }
    writer.commit().unwrap();
}

fn who(number: u64, name: &str, roles: &[Role], scope: u64, volunteer: Option<Code>) -> Who {
    Who {
        uid: 5000 + number as u32,
        name: name.into(),
        roles: roles.to_vec(),
        scope: vec![org(scope)],
        operator: Some(operator(number)),
        volunteer,
    }
}

/// Somebody at work: what is asked, and what comes unasked.
struct Desk {
    session: Session,
    heard: Arc<Mutex<Vec<Notice>>>,
}

struct Side {
    service: Arc<Service>,
    dir: tempfile::TempDir,
    /// Those from whom the matter is kept, and the head who handles it.
    walled: Vec<(&'static str, Desk)>,
    head: Desk,
    /// The walled matter, once it is there.
    matter: Option<Code>,
}

impl Side {
    fn new(walled: bool) -> Side {
        let dir = tempfile::tempdir().unwrap();
        lay(dir.path(), walled);
        let service = Service::open(dir.path(), 1, false).unwrap();
        let join = |who: Who| {
            let heard = Arc::new(Mutex::new(Vec::new()));
            let (ear, to) = (Arc::clone(&heard), Arc::downgrade(&service));
            let own = who.clone();
            let session = service.join(who, move |notice| {
                let told = to.upgrade().and_then(|service| service.told(&own, notice));
                ear.lock().unwrap().extend(told);
            });
            Desk { session, heard }
        };
        let daily = [Role::Operator, Role::Head];
        let walled = vec![
            ("inside", join(who(1, "县联络", &daily, 35, None))),
            ("accused", join(who(2, "包志强", &daily, 1, Some(ACCUSED)))),
            ("recused", join(who(3, "回避人", &daily, 1, None))),
            ("admin", join(who(5, "管理员", &[Role::Admin], 1, None))),
        ];
        let head = join(who(4, "盟负责", &daily, 5, None));
        Side {
            service,
            dir,
            walled,
            head,
            matter: None,
        }
    }

    fn ask(
        &self,
        desk: &Desk,
        request: Request,
    ) -> Result<Answer, kezhi::domain::refusal::Refusal> {
        self.service.handle(&desk.session, request)
    }

    fn step(&self, step: &str, fields: &[(&str, &str)]) -> bool {
        let change = step_of(self.matter.unwrap(), step, fields);
        let made = self.ask(&self.head, Request::Make { token: 0, change });
        if let Err(refusal) = &made {
            eprintln!("{step}: {} {:?}", refusal.message.zh, refusal.field);
        }
        made.is_ok()
    }

    /// The matter comes in, and the one with an interest steps back.
    fn begin(&mut self) {
        let made = self.ask(
            &self.head,
            Request::Make {
                token: 77,
                change: new(
                    Kind::Complaint,
                    &[
                        ("kind", "投诉"),
                        ("title", TITLE),
                        ("facts", "克扣志愿者补贴，丢失器材"),
                        ("accused", "ZZ-0035,ZY-000001"),
                        ("complainant", "举报人王某"),
                        ("contact", "13600002222"),
                        ("claims", "退还"),
                    ],
                ),
            },
        );
        let Ok(Answer::View(view)) = made else {
            panic!("{made:?}")
        };
        assert_eq!(view.fields["receiver"], Value::from("ZZ-0005"));
        self.matter = Some(view.code);
        let stepped = self.step("recuse", &[("who", "CZ-003"), ("note", "亲属关系")]);
        assert!(stepped, "the recused one");
        let (_, recused) = &self.walled[2];
        recused.heard.lock().unwrap().clear();
    }

    /// Its whole course; a step that needs more than is given here is passed over.
    fn course(&self) {
        let matter = self.matter.unwrap();
        assert!(self.step("accept", &[("told_how", "电话")]));
        for (step, fields) in [
            ("assign", &[("handler", "CZ-004")][..]),
            ("investigate", &[]),
            (
                "extend",
                &[
                    ("extended_days", "10"),
                    ("note", "复杂"),
                    ("told_how", "电话"),
                ],
            ),
            ("link", &[("to", &matter.to_string())]),
            ("remind", &[]),
            (
                "answer",
                &[
                    ("found", "属实"),
                    ("reasons", "有账"),
                    ("outcome", "属实"),
                    ("decision", "支持"),
                    ("basis", "第十九条"),
                    ("remedy", "30日内复查"),
                ],
            ),
        ] {
            self.step(step, fields);
        }
        let reveal = Request::Reveal {
            code: matter,
            field: "contact".into(),
            reason: "回访".into(),
        };
        let revealed = self.ask(&self.head, reveal).unwrap();
        assert_eq!(revealed, Answer::Revealed("13600002222".into()));
        let _ = self.ask(&self.head, Request::Print(print(matter)));
        self.step("review", &[("note", "不服")]);
        let made = new(
            Kind::Sanction,
            &[
                ("measure", "暂停"),
                ("subject", "ZY-000001"),
                ("complaint", &matter.to_string()),
                ("org", "ZZ-0005"),
                ("facts", "属实"),
            ],
        );
        let _ = self.ask(
            &self.head,
            Request::Make {
                token: 78,
                change: made,
            },
        );
    }
}

fn fields(of: &[(&str, &str)]) -> Fields {
    let of = of.iter();
    of.map(|(key, value)| ((*key).to_owned(), Value::from(*value)))
        .collect()
}

fn change(act: Act, of: &[(&str, &str)]) -> Change {
    Change {
        act,
        fields: fields(of),
        confirmed: true,
        reason: "因工作需要".into(),
    }
}

fn new(kind: Kind, of: &[(&str, &str)]) -> Change {
    change(Act::New(kind), of)
}

fn edit(code: Code, of: &[(&str, &str)]) -> Change {
    change(Act::Edit { code, rev: None }, of)
}

fn step_of(code: Code, step: &str, of: &[(&str, &str)]) -> Change {
    let step = step.to_owned();
    let rev = None;
    change(Act::Step { code, step, rev }, of)
}

fn print(code: Code) -> Print {
    Print {
        code,
        paper: Paper::Own,
        pdf: false,
        to: String::new(),
    }
}

fn list(kind: Kind, filters: &[(&str, &str)], sort: Option<&str>, after: Option<Code>) -> Request {
    Request::List(List {
        kind,
        filters: filters
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
        within: None,
        sort: sort.map(str::to_owned),
        after,
        limit: 200,
    })
}

/// Every request there is, about the walled matter wherever it can be about one.
fn requests(matter: Code, backup: String) -> Vec<Request> {
    let text = matter.to_string();
    let make = |token, change| Request::Make { token, change };
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let mut all = vec![];
    let words = [
        TITLE,
        "克扣",
        "kkbt",
        "kekoubutei",
        "qicai",
        "器材",
        "",
        "包志强",
        "bzq",
        "场地脏乱",
        "changdi",
        "czl",
        text.as_str(),
        &text[8..],
        "摔伤",
        "bao zhi qang",
    ];
    for text in words {
        for kinds in [
            vec![],
            vec![Kind::Complaint],
            vec![Kind::Complaint, Kind::Volunteer],
        ] {
            for sort in [Order::Rank, Order::Name, Order::Recent, Order::Code] {
                all.push(Request::Find(Find {
                    text: text.to_owned(),
                    kinds: kinds.clone(),
                    sort,
                    limit: 50,
                    ..Find::default()
                }));
            }
        }
    }
    for (field, value) in [("status", "受理"), ("status", "登记")] {
        all.push(Request::Find(Find {
            kinds: vec![Kind::Complaint],
            filters: vec![(field.to_owned(), value.to_owned())],
            within: Some(org(5)),
            limit: 50,
            ..Find::default()
        }));
    }
    for spec in kezhi::domain::kind::KINDS {
        all.push(list(spec.kind, &[], None, None));
        for after in [matter, OLD, SANCTION, SEEN] {
            all.push(list(spec.kind, &[], None, Some(after)));
            all.push(list(spec.kind, &[], Some("status"), Some(after)));
        }
        for full in [None, Some("核对用".to_owned())] {
            let (kind, after) = (spec.kind, 0);
            all.push(Request::Export { kind, after, full });
        }
        all.push(Request::Mean {
            text: TITLE.into(),
            kinds: vec![spec.kind],
        });
        let source = "表.xlsx".to_owned();
        let kind = spec.kind;
        all.push(Request::ImportOpen { kind, source });
    }
    for code in [OLD, matter, SEEN] {
        let code = code.to_string();
        let filters: [&[(&str, &str)]; 2] = [&[("complaint", &code)], &[("complaint", "")]];
        for filter in filters {
            all.push(list(Kind::Incident, filter, None, None));
            all.push(list(Kind::Sanction, filter, Some("-complaint"), None));
        }
        for filter in [
            ("linked", code.as_str()),
            ("linked", ""),
            ("accused", "ZZ-0035"),
        ] {
            all.push(list(Kind::Complaint, &[filter], None, None));
        }
        all.push(make(
            0,
            edit(INCIDENT, &[("complaint", &code), ("note", "改")]),
        ));
        all.push(make(0, step_of(SEEN, "link", &[("to", &code)])));
    }
    all.push(list(Kind::Incident, &[], Some("complaint"), None));
    all.push(list(Kind::Incident, &[], Some("-complaint"), None));
    all.push(list(Kind::Complaint, &[], Some("linked"), None));
    let codes = [
        matter,
        OLD,
        SANCTION,
        SEEN,
        INCIDENT,
        ACCUSED,
        person(2),
        org(35),
        operator(1),
        Code::new(Kind::Activity, 2_026_000_001),
        Code::new(Kind::Need, 2_026_000_001),
    ];
    for code in codes {
        let reason = "回访核对".to_owned();
        all.extend([
            Request::Show(code),
            Request::History { code, limit: 100 },
            Request::Steps(code),
            Request::Case(code),
            Request::Cover(code),
            Request::Match { code, limit: 20 },
            Request::Print(print(code)),
            Request::Hours(Hours {
                of: Some(code),
                year: 2026,
                own: false,
            }),
            Request::Try(edit(code, &[("note", "改")])),
            Request::Try(step_of(code, "accept", &[("told_how", "电话")])),
            make(0, step_of(code, "close", &[])),
        ]);
        for field in ["contact", "complainant", "phone"] {
            let (field, reason) = (field.to_owned(), reason.clone());
            all.push(Request::Reveal {
                code,
                field,
                reason,
            });
        }
        let many = |codes: Vec<Code>, step: &str| Many {
            codes,
            step: step.into(),
            fields: fields(&[("told_how", "电话")]),
            confirmed: true,
            reason: String::new(),
        };
        // The tokens of the handler too: what they did is nothing to whoever repeats them.
        for token in [0, 77, 78] {
            let many = many(vec![SEEN, code], "remind");
            all.push(Request::Many { token, many });
        }
    }
    for token in [0, 77, 78, 1000] {
        all.push(make(
            token,
            new(
                Kind::Volunteer,
                &[
                    ("name", "新来"),
                    ("phone", "13700001234"),
                    ("teams", "ZZ-0035"),
                ],
            ),
        ));
        all.push(make(token, edit(person(2), &[("employer", "农场")])));
    }
    for (article, within, named) in [
        (None, None, ""),
        (Some(19), None, ""),
        (None, Some(org(35)), ""),
        (None, None, "红山区"),
    ] {
        all.push(Request::Check(Check {
            article,
            within,
            named: named.into(),
            as_of: None,
        }));
    }
    for which in [
        Which::Open,
        Which::Today,
        Which::Overdue,
        Which::Mine,
        Which::All,
    ] {
        for text in ["", TITLE, text.as_str()] {
            all.push(Request::Queue(Queue {
                which,
                text: text.to_owned(),
                limit: 50,
                ..Queue::default()
            }));
        }
    }
    let row = |row, code: &str| SheetRow {
        row,
        fields: fields(&[("code", code), ("name", "单立文"), ("phone", "13912344472")]),
        problems: vec![],
    };
    all.extend([
        Request::ImportOpen {
            kind: Kind::Volunteer,
            source: "人.xlsx".into(),
        },
        Request::ImportRows(vec![row(1, &text), row(2, "ZY-000002"), row(3, "")]),
        Request::ImportClose { write: true },
        Request::Tree,
        Request::Certificate("1234567897".into()),
        Request::Hours(Hours {
            of: None,
            year: 0,
            own: false,
        }),
        Request::Calendar(Calendar {
            from: day("2026-04-01"),
            to: day("2026-06-30"),
            within: None,
        }),
        Request::Settings,
        Request::Set {
            key: "most_teams".into(),
            value: "5".into(),
            reason: "办公会".into(),
        },
        Request::Due(Term {
            from: day("2026-09-01"),
            days: 15,
            workdays: true,
        }),
        Request::Learn {
            text: String::new(),
            reason: "通知".into(),
        },
        Request::Holidays,
        Request::Status,
        Request::Backup(backup),
        Request::Verify,
        Request::LogVerify(None),
        Request::LogHead,
    ]);
    for from in [0, 5, 20, 100] {
        all.push(Request::LogPage { from, limit: 500 });
    }
    // Last: their numbers are drawn, and so are their places in lists.
    all.push(make(
        0,
        new(
            Kind::Incident,
            &[
                ("title", "又一次"),
                ("org", "ZZ-0035"),
                ("direction", "服务对象致志愿者"),
                ("happened_at", "2026-05-02T10:00"),
            ],
        ),
    ));
    all.push(make(
        0,
        new(
            Kind::Complaint,
            &[
                ("kind", "投诉"),
                ("title", TITLE),
                ("facts", "同一件事又来一次"),
                ("accused", "ZY-000003"),
                ("complainant", "举报人王某"),
                ("contact", "13600002222"),
            ],
        ),
    ));
    all.push(Request::Stop);
    all
}

/// An answer as it goes over the wire, but for the clock: moments of today, the process, and the hash
/// of a log whose entries carry moments. Numbers that are drawn for a caller's own matters are told
/// by the order in which they came.
fn said(
    answer: Result<Answer, kezhi::domain::refusal::Refusal>,
    own: &mut Vec<Code>,
    before: Option<Kind>,
) -> String {
    if let (Ok(Answer::View(view)), Some(kind)) = (&answer, before)
        && kind.spec().sealed
        && view.code.kind == kind
        && !own.contains(&view.code)
    {
        own.push(view.code);
    }
    let answer = ToSession::Answer { id: 0, answer };
    let mut value = serde_json::to_value(&answer).unwrap();
    pin(&mut value);
    let mut text = value.to_string();
    for (nth, code) in own.iter().enumerate() {
        text = text.replace(&code.to_string(), &format!("own{nth}"));
        // The number as it is read aloud: 5 6 7, 8 7 9.
        let six: Vec<String> = format!("{:06}", code.number % 1_000_000)
            .chars()
            .map(String::from)
            .collect();
        let (head, tail) = six.split_at(3);
        for comma in ["，", ", "] {
            let spelt = format!("{}{comma}{}", head.join(" "), tail.join(" "));
            text = text.replace(&spelt, &format!("own{nth}"));
        }
    }
    text
}

fn pin(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) => {
            for clock in ["at", "pid", "uptime", "hash"] {
                if let Some(value) = map.get_mut(clock) {
                    *value = clock.into();
                }
            }
            map.values_mut().for_each(pin);
        }
        serde_json::Value::Array(all) => all.iter_mut().for_each(pin),
        serde_json::Value::String(text) => {
            let today = chrono::Local::now().date_naive().to_string();
            let now = format!("{today}T");
            while let Some(at) = text.find(&now) {
                let end = (at + now.len() + 5).min(text.len());
                text.replace_range(at..end, "now");
            }
        }
        _ => {}
    }
}

/// Both stores, in which the same is done but for the walled matter.
fn sides() -> (Side, Side) {
    let (mut with, without) = (Side::new(true), Side::new(false));
    with.begin();
    for side in [&with, &without] {
        let change = edit(person(3), &[("employer", "学校")]);
        side.ask(&side.head, Request::Make { token: 5, change })
            .unwrap();
    }
    with.course();
    (with, without)
}

/// What one of the walled hears and is answered is the same in both; gives what was asked.
fn alike(nth: usize) -> Vec<&'static str> {
    let (with, without) = sides();
    let ((name, desk), (_, other)) = (&with.walled[nth], &without.walled[nth]);
    let matter = with.matter.unwrap();
    let mut asked = Vec::new();
    let (mut own, mut owns) = (Vec::new(), Vec::new());
    let path = |side: &Side| {
        side.dir
            .path()
            .join("copy.redb")
            .to_str()
            .unwrap()
            .to_owned()
    };
    let both = requests(matter, path(&with))
        .into_iter()
        .zip(requests(matter, path(&without)));
    for (one, two) in both {
        asked.push(variant(&one));
        let sealed = match &one {
            Request::Make { change, .. } => match change.act {
                Act::New(kind) => Some(kind),
                _ => None,
            },
            _ => None,
        };
        let what = format!("{one:?}");
        let left = said(with.ask(desk, one), &mut own, sealed);
        let right = said(without.ask(other, two), &mut owns, sealed);
        let left = left.replace(with.dir.path().to_str().unwrap(), "dir");
        let right = right.replace(without.dir.path().to_str().unwrap(), "dir");
        assert_eq!(left, right, "{name}: {what}");
    }
    // The writing thread ends with the service: everything was told by then.
    assert_eq!(book(&with), book(&without), "{name}");
    let heard = |desk: &Desk, own: &[Code]| {
        let mut text = format!("{:?}", desk.heard.lock().unwrap());
        for (nth, code) in own.iter().enumerate() {
            text = text.replace(&format!("{code:?}"), &format!("own{nth}"));
        }
        text
    };
    let (left, right) = (heard(desk, &own), heard(other, &owns));
    assert!(
        *name == "admin" || left.contains("Changed"),
        "{name} hears of what is theirs"
    );
    assert_eq!(left, right, "{name}");
    asked
}

/// The open book, entry by entry, but for the clock; and how much a check says it read.
fn book(side: &Side) -> (Vec<String>, [u64; 3]) {
    side.service.close();
    let store = Store::open(&side.dir.path().join("store.redb")).unwrap();
    let reader = store.read().unwrap();
    let found = verify::all(&reader).unwrap();
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    let seqs = 1..=reader.head().unwrap().seq;
    let entries = seqs.map(|seq| {
        let book = Book::Open;
        let entry = reader.entry(At { book, seq }).unwrap().unwrap();
        let mut value = serde_json::to_value(&entry).unwrap();
        pin(&mut value);
        value.to_string()
    });
    let read = [found.entries, found.records, found.index_rows];
    (entries.collect(), read)
}

#[test]
fn two_stores_that_differ_in_a_walled_matter_answer_alike() {
    let asked: Vec<&str> = (0..4).flat_map(alike).collect();
    for variant in VARIANTS {
        assert!(asked.contains(variant), "nobody asked {variant}");
    }
}

/// The comparison would find a leak: whoever handles the matter is answered otherwise.
#[test]
fn whoever_may_see_the_matter_is_answered_otherwise() {
    let (with, without) = sides();
    let matter = with.matter.unwrap();
    let mut differ = Vec::new();
    for request in [
        Request::Show(matter),
        Request::History {
            code: matter,
            limit: 100,
        },
        list(Kind::Complaint, &[], None, None),
        list(Kind::Sanction, &[], None, None),
        Request::Find(Find {
            text: TITLE.into(),
            limit: 5,
            ..Find::default()
        }),
    ] {
        let [left, right] = [&with, &without].map(|side| {
            let answer = side.ask(&side.head, request.clone());
            said(answer, &mut Vec::new(), None)
        });
        differ.push(left != right);
    }
    assert_eq!(differ, [true; 5]);
}
