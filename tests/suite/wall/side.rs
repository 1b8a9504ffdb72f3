//! One of two stores at work: who sits there, and the course of the walled matter.

use std::sync::{Arc, Mutex};

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::value::Value;
use kezhi::protocol::{Answer, Notice, Request, Who};
use kezhi::service::{Service, Session};

use super::lay::{ACCUSED, TITLE, lay, operator};
use super::request::{new, print, step_of};
use crate::right::org;

pub(super) fn who(
    number: u64,
    name: &str,
    roles: &[Role],
    scope: u64,
    volunteer: Option<Code>,
) -> Who {
    Who {
        uid: 5000 + number as u32,
        name: name.into(),
        roles: roles.to_vec(),
        scope: vec![org(scope)],
        operator: Some(operator(number)),
        volunteer,
        also: Vec::new(),
    }
}

/// Somebody at work: what is asked, and what comes unasked.
pub(super) struct Desk {
    pub(super) session: Session,
    pub(super) heard: Arc<Mutex<Vec<Notice>>>,
}

pub(super) struct Side {
    pub(super) service: Arc<Service>,
    pub(super) dir: tempfile::TempDir,
    /// Those from whom the matter is kept, and the head who handles it.
    pub(super) walled: Vec<(&'static str, Desk)>,
    pub(super) head: Desk,
    /// The walled matter, once it is there.
    pub(super) matter: Option<Code>,
}

impl Side {
    pub(super) fn new(walled: bool) -> Side {
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

    pub(super) fn ask(
        &self,
        desk: &Desk,
        request: Request,
    ) -> Result<Answer, kezhi::domain::refusal::Refusal> {
        self.service.handle(&desk.session, request)
    }

    pub(super) fn step(&self, step: &str, fields: &[(&str, &str)]) -> bool {
        let change = step_of(self.matter.unwrap(), step, fields);
        let made = self.ask(&self.head, Request::Make { token: 0, change });
        if let Err(refusal) = &made {
            eprintln!("{step}: {} {:?}", refusal.message.zh, refusal.field);
        }
        made.is_ok()
    }

    /// The matter comes in, and the one with an interest steps back.
    pub(super) fn begin(&mut self) {
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
        // Whoever handles it has it open all the time.
        let open = Request::Open {
            code: Some(view.code),
            edits: true,
        };
        self.ask(&self.head, open).unwrap();
        let (_, recused) = &self.walled[2];
        let given = [("who", "CZ-003"), ("note", "亲属关系")];
        let change = step_of(view.code, "recuse", &given);
        let stepped = self.ask(recused, Request::Make { token: 0, change });
        assert!(stepped.is_ok(), "{stepped:?}");
        recused.heard.lock().unwrap().clear();
    }

    /// Its whole course; a step that needs more than is given here is passed over.
    pub(super) fn course(&self) {
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
            ("transfer", &[("to", "ZZ-0005"), ("note", "本级办理")]),
            ("accept", &[("told_how", "电话")]),
            ("investigate", &[]),
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
