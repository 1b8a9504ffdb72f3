//! Agreements, certificates and policies where what was written changes after it was signed, printed or insured.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::value::Value;
use kezhi::protocol::{Act, Answer, Change, Request, View};
use kezhi::service::{Service, Session};

use crate::right::{service, who};

/// A service, and somebody who may do everything in it.
struct Desk {
    service: std::sync::Arc<Service>,
    head: Session,
    _dir: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let service = service(dir.path());
        let roles = [Role::Operator, Role::Head, Role::Admin];
        let head = service.join(who(&roles, 1), |_| {});
        Self {
            service,
            head,
            _dir: dir,
        }
    }

    fn ask(&self, act: Act, fields: &[(&str, &str)], yes: bool) -> Result<View, Refusal> {
        let fields = fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
        let change = Change {
            act,
            fields: fields.collect(),
            confirmed: yes,
            reason: if yes { "测试".into() } else { String::new() },
        };
        let request = Request::Make { token: 0, change };
        match self.service.handle(&self.head, request)? {
            Answer::View(view) => Ok(view),
            other => panic!("{other:?}"),
        }
    }

    fn new_one(&self, kind: Kind, fields: &[(&str, &str)]) -> Code {
        self.ask(Act::New(kind), fields, true).unwrap().code
    }

    fn person(&self, name: &str, phone: &str) -> String {
        let fields = [("name", name), ("phone", phone), ("teams", "ZZ-0035")];
        self.new_one(Kind::Volunteer, &fields).to_string()
    }

    fn try_step(&self, code: Code, step: &str, fields: &[(&str, &str)]) -> Result<View, Refusal> {
        let step = step.to_owned();
        let act = Act::Step {
            code,
            step,
            rev: None,
        };
        self.ask(act, fields, true)
    }

    fn step(&self, code: Code, step: &str, fields: &[(&str, &str)]) -> View {
        self.try_step(code, step, fields)
            .unwrap_or_else(|refusal| panic!("{step} {code}: {refusal:?}"))
    }

    fn edit(&self, code: Code, fields: &[(&str, &str)]) -> View {
        self.ask(Act::Edit { code, rev: None }, fields, true)
            .unwrap()
    }

    fn agreement(&self, more: &[(&str, &str)]) -> Code {
        let mut fields = vec![("org", "ZZ-0035"), ("recipient", "红山中学")];
        fields.extend(kezhi::domain::agreement::ELEMENTS.map(|key| (key, "无")));
        fields.extend(more);
        self.new_one(Kind::Agreement, &fields)
    }
}

fn version(view: &View) -> &Value {
    &view.fields["version"]
}

#[test]
fn a_text_that_was_signed_and_called_back_is_another_version() {
    let desk = Desk::new();
    let code = desk.agreement(&[]);
    desk.step(code, "offer", &[]);
    // Nobody signed: the text that was called back is still the first.
    desk.step(code, "recall", &[]);
    assert_eq!(version(&desk.step(code, "offer", &[])), &Value::Int(1));
    desk.step(code, "sign", &[("party", "组织")]);
    let back = desk.step(code, "recall", &[]);
    assert_eq!(version(&back), &Value::Int(2));
    desk.edit(code, &[("content", "另一件事")]);
    desk.step(code, "offer", &[]);
    desk.step(code, "sign", &[("party", "红山中学")]);
    let half = desk.step(code, "recall", &[]);
    assert_eq!(half.fields["status"].text(), Some("草稿"));
    desk.step(code, "offer", &[]);
    desk.step(code, "sign", &[("party", "红山中学")]);
    let whole = desk.step(code, "sign", &[("party", "org")]);
    assert_eq!(whole.fields["status"].text(), Some("生效"));
}

#[test]
fn a_printed_activity_belongs_to_what_was_signed() {
    let desk = Desk::new();
    let activity = desk.new_one(
        Kind::Activity,
        &[
            ("title", "讲座"),
            ("org", "ZZ-0035"),
            ("sessions", "2026-06-10 09:00-11:00"),
        ],
    );
    let code = desk.agreement(&[]);
    desk.step(code, "offer", &[]);
    desk.step(code, "sign", &[("party", "org")]);
    let changed = desk.edit(code, &[("activity", &activity.to_string())]);
    assert_eq!(version(&changed), &Value::Int(2));
    assert_eq!(changed.fields["status"].text(), Some("待签"));
}

#[test]
fn a_name_that_two_have_signs_for_neither() {
    let desk = Desk::new();
    let one = desk.person("同名", "13900000001");
    let other = desk.person("同名", "13900000002");
    let both = format!("{one}、{other}");
    let code = desk.agreement(&[("volunteers", &both)]);
    desk.step(code, "offer", &[]);
    let refusal = desk
        .try_step(code, "sign", &[("party", "同名")])
        .unwrap_err();
    let said = refusal.message.zh;
    assert!(said.contains(&one) && said.contains(&other), "{said}");
    desk.step(code, "sign", &[("party", &one)]);
    desk.step(code, "sign", &[("party", "志愿者")]);
    desk.step(code, "sign", &[("party", "org")]);
    let whole = desk.step(code, "sign", &[("party", "红山中学")]);
    assert_eq!(whole.fields["status"].text(), Some("生效"));
    let refusal = desk.try_step(code, "expire", &[]).unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::Rule);
    assert!(refusal.message.zh.contains("没有终止日期"));
}
