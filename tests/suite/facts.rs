//! What the rows of a list tell beside their fields.

use std::sync::Arc;

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::value::Fields;
use kezhi::protocol::work::Facts;
use kezhi::protocol::{Act, Answer, Change, Find, Request, Row, View};
use kezhi::service::{Service, Session};

use crate::right::{new_person, service, who};

struct Desk {
    service: Arc<Service>,
    session: Session,
    _dir: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let dir = tempfile::tempdir().unwrap();
        let service = service(dir.path());
        let session = service.join(who(&[Role::Operator, Role::Head], 1), |_| {});
        Desk {
            service,
            session,
            _dir: dir,
        }
    }

    fn ask(&self, request: Request) -> Answer {
        self.service.handle(&self.session, request).unwrap()
    }

    fn act(&self, act: Act, fields: &[(&str, &str)]) -> View {
        let fields = fields
            .iter()
            .map(|(key, text)| ((*key).to_owned(), (*text).into()));
        let change = Change {
            act,
            fields: Fields::from_iter(fields),
            confirmed: true,
            reason: "试".repeat(4),
        };
        match self.ask(Request::Make { token: 0, change }) {
            Answer::View(view) => view,
            other => panic!("{other:?}"),
        }
    }

    fn new_one(&self, kind: Kind, fields: &[(&str, &str)]) -> Code {
        self.act(Act::New(kind), fields).code
    }

    fn step(&self, code: Code, step: &str, fields: &[(&str, &str)]) {
        let step = step.to_owned();
        self.act(
            Act::Step {
                code,
                step,
                rev: None,
            },
            fields,
        );
    }

    fn rows(&self, kinds: &[Kind], text: &str) -> Vec<Row> {
        let find = Find {
            text: text.to_owned(),
            kinds: kinds.to_vec(),
            limit: 50,
            ..Find::default()
        };
        match self.ask(Request::Find(find)) {
            Answer::Found(found) => found.rows,
            other => panic!("{other:?}"),
        }
    }

    fn facts(&self, kind: Kind) -> Facts {
        self.rows(&[kind], "").remove(0).facts
    }
}

fn day(from_now: i64) -> String {
    let day = chrono::Local::now().date_naive() + chrono::Duration::days(from_now);
    day.to_string()
}

#[test]
fn the_row_of_an_activity_tells_people_agreements_and_holes() {
    let desk = Desk::new();
    let sessions = format!("{} 09:00-11:00", day(10));
    let activity = desk.new_one(
        Kind::Activity,
        &[
            ("title", "防火"),
            ("org", "ZZ-0035"),
            ("sessions", &sessions),
            ("needed", "20"),
            ("dangers", "野外"),
            ("scope", "科技服务供需对接"),
        ],
    );
    desk.step(activity, "submit", &[]);
    desk.step(activity, "approve", &[]);
    let code = activity.to_string();
    for name in ["单立文", "张伟", "王芳"] {
        let Answer::View(person) = desk.ask(new_person(name, "ZZ-0035")) else {
            panic!()
        };
        let volunteer = person.code.to_string();
        let fields = [("activity", code.as_str()), ("volunteer", &volunteer)];
        let enrolment = desk.new_one(Kind::Enrolment, &fields);
        if name != "王芳" {
            desk.step(enrolment, "agree", &[("agreed_by", "本人")]);
        }
        if name == "张伟" {
            desk.step(enrolment, "tell", &[]);
            let (from, to) = (day(0), day(30));
            desk.new_one(
                Kind::Insurance,
                &[
                    ("policy_no", "A-1"),
                    ("from", &from),
                    ("to", &to),
                    ("covers", &volunteer),
                    ("insurer", "人保"),
                ],
            );
        }
    }
    desk.new_one(Kind::Agreement, &[("org", "ZZ-0035"), ("activity", &code)]);
    let facts = desk.facts(Kind::Activity);
    assert_eq!(facts.people, Some((2, 20)));
    assert_eq!(facts.agreements.map(|one| one.0), Some(1));
    assert_eq!((facts.holes, facts.untold), (Some(1), Some(1)));
    assert_eq!(facts.day, day(10));
    let policy = desk.facts(Kind::Insurance);
    assert_eq!((policy.day, policy.about.as_str()), (day(30), "人保"));
    // The look-up over all kinds shows none, and pays for none.
    let mixed = desk.rows(&[], "防火");
    assert_eq!(mixed[0].code, activity);
    assert_eq!(mixed[0].facts, Facts::default());
}

#[test]
fn without_danger_nothing_is_told_of_cover() {
    let desk = Desk::new();
    desk.new_one(Kind::Activity, &[("title", "讲座"), ("org", "ZZ-0035")]);
    let facts = desk.facts(Kind::Activity);
    assert_eq!((facts.holes, facts.untold), (None, None));
    assert_eq!(facts.people, Some((0, 0)));
}

#[test]
fn the_row_of_an_agreement_tells_who_signed_the_version_that_stands() {
    let desk = Desk::new();
    let text = "无";
    let fields: Vec<(&str, &str)> = kezhi::domain::agreement::ELEMENTS
        .iter()
        .map(|key| (*key, text))
        .chain([
            ("org", "ZZ-0035"),
            ("recipient", "某小学"),
            ("to", "2099-01-01"),
        ])
        .collect();
    let code = desk.new_one(Kind::Agreement, &fields);
    desk.step(code, "offer", &[]);
    desk.step(code, "sign", &[("party", "org")]);
    let facts = desk.facts(Kind::Agreement);
    assert_eq!(facts.agreements, Some((1, 2)));
    assert_eq!(facts.day, "2099-01-01");
    desk.act(Act::Edit { code, rev: None }, &[("content", "另一事")]);
    assert_eq!(desk.facts(Kind::Agreement).agreements, Some((0, 2)));
}

#[test]
fn the_row_of_a_need_tells_who_asks_and_by_when_it_is_answered() {
    let desk = Desk::new();
    let asked = [
        ("title", "讲座"),
        ("recipient", "某小学"),
        ("org", "ZZ-0035"),
        ("asked_on", "2026-11-02"),
    ];
    desk.new_one(Kind::Need, &asked);
    let facts = desk.facts(Kind::Need);
    assert_eq!(facts.about, "某小学");
    assert!(facts.day.as_str() > "2026-11-02", "{}", facts.day);
}
