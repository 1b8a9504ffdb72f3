//! Agreements, certificates and policies where what was written changes after it was signed, printed or insured.

use std::collections::HashSet;

use kezhi::domain::certificate::{can_be, free_code};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::value::Value;
use kezhi::protocol::work::{Paper, Print};
use kezhi::protocol::{Act, Answer, Change, List, Request, View};
use kezhi::service::{Service, Session};

use crate::right::{service, who};
use crate::rule::row::{Few, record};

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

    fn show(&self, code: Code) -> View {
        match self.service.handle(&self.head, Request::Show(code)) {
            Ok(Answer::View(view)) => view,
            other => panic!("{other:?}"),
        }
    }

    fn print(&self, code: Code, paper: Paper, pdf: bool) -> Result<Vec<u8>, Refusal> {
        let asked = Print {
            code,
            paper,
            pdf,
            to: String::new(),
        };
        let printed = self.service.print(&self.head, asked);
        printed.map(|(_, bytes)| bytes)
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

/// A finished activity on three days with somebody confirmed on two of them, from one hour to another.
fn finished(desk: &Desk, person: &str, [start, end]: [&str; 2]) -> (Code, [Code; 2]) {
    let fields = [
        ("title", "讲座"),
        ("org", "ZZ-0035"),
        ("scope", "1"),
        ("place", "学校"),
        (
            "sessions",
            "2026-06-10 09:00-18:00\n2026-06-12 09:00-18:00\n2026-06-15 09:00-18:00",
        ),
    ];
    let activity = desk.new_one(Kind::Activity, &fields);
    let of = activity.to_string();
    let pair = [("activity", of.as_str()), ("volunteer", person)];
    let enrolment = desk.new_one(Kind::Enrolment, &pair);
    desk.step(enrolment, "agree", &[("agreed_by", "本人")]);
    let records = ["2026-06-10", "2026-06-12"].map(|day| {
        let more = [("day", day), ("start", start), ("end", end)];
        let record = desk.new_one(Kind::ServiceRecord, &[&pair[..], &more[..]].concat());
        desk.step(record, "confirm", &[]);
        record
    });
    for step in ["submit", "approve", "ready", "start", "finish"] {
        desk.step(activity, step, &[]);
    }
    (activity, records)
}

fn listed(desk: &Desk, kind: Kind) -> Vec<View> {
    let list = List {
        kind,
        filters: Vec::new(),
        within: None,
        sort: None,
        after: None,
        as_of: None,
        limit: 50,
    };
    match desk.service.handle(&desk.head, Request::List(list)) {
        Ok(Answer::Views(views)) => views,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_certificate_of_an_activity_counts_that_activity_alone() {
    let desk = Desk::new();
    let person = desk.person("单立文", "13900000001");
    let (activity, records) = finished(&desk, &person, ["09:00", "11:00"]);
    let (other, _) = finished(&desk, &person, ["14:00", "16:00"]);
    desk.step(activity, "certify", &[]);
    let [made] = &listed(&desk, Kind::Certificate)[..] else {
        panic!("one certificate")
    };
    assert_eq!(made.fields["minutes"], Value::Int(240));
    assert_eq!(made.fields["from"].text(), Some("2026-06-10"));
    assert_eq!(made.fields["to"].text(), Some("2026-06-12"));
    let told = format!("{:?}", desk.show(activity).told);
    assert!(told.contains("已出具 1 份证明"), "{told}");
    assert!(desk.try_step(activity, "certify", &[]).is_err());
    // One over the days counts both activities.
    let term = [
        ("volunteer", person.as_str()),
        ("from", "2026-06-01"),
        ("to", "2026-06-30"),
    ];
    let all = desk.new_one(Kind::Certificate, &term);
    let all = desk.step(all, "issue", &[]);
    assert_eq!(all.fields["minutes"], Value::Int(480));
    // A row that would say another activity turns both red.
    desk.edit(records[0], &[("activity", &other.to_string())]);
    for code in [made.code, all.code] {
        assert_eq!(desk.show(code).fields["status"].text(), Some("待更正"));
    }
}

#[test]
fn certificates_for_all_wait_for_the_public_notice() {
    let desk = Desk::new();
    let person = desk.person("单立文", "13900000001");
    let (activity, _) = finished(&desk, &person, ["09:00", "11:00"]);
    let notice = |days: &str| {
        let set = Request::Set {
            key: "notice_days".into(),
            value: days.into(),
            reason: "测试".into(),
        };
        desk.service.handle(&desk.head, set).unwrap();
    };
    notice("5");
    let told = desk.step(activity, "certify", &[]).told;
    assert!(format!("{told:?}").contains("1 份证明待出具"), "{told:?}");
    let asked = listed(&desk, Kind::Certificate).remove(0);
    assert_eq!(asked.fields["status"].text(), Some("申请"));
    assert!(!asked.fields.contains_key("check_code"));
    let refusal = desk.try_step(activity, "certify", &[]).unwrap_err();
    assert!(refusal.message.zh.contains("公示"), "{refusal:?}");
    // It is over: the same step issues what was asked for.
    notice("0");
    desk.step(activity, "certify", &[]);
    let issued = desk.show(asked.code);
    assert_eq!(issued.fields["status"].text(), Some("有效"));
    assert_eq!(issued.fields["minutes"], Value::Int(240));
    assert_eq!(listed(&desk, Kind::Certificate).len(), 1);
}

#[test]
fn a_check_code_that_was_given_is_not_given_again() {
    let none = HashSet::new();
    let mut world = Few::of(&[]);
    let first = free_code(&world, 7, &none);
    assert!(can_be(&first));
    let taken = HashSet::from([first.clone()]);
    let second = free_code(&world, 7, &taken);
    assert_ne!(first, second);
    world.put(record(&format!("ZM-2026-0001 check_code={first}")));
    assert_eq!(free_code(&world, 7, &none), second);
}

#[test]
fn papers_of_a_batch_are_logged_one_by_one_and_a_missing_character_says_whose() {
    let desk = Desk::new();
    let person = desk.person("单立文", "13900000001");
    let (activity, _) = finished(&desk, &person, ["09:00", "11:00"]);
    let plan = |desk: &Desk| String::from_utf8(desk.print(activity, Paper::Own, false).unwrap());
    assert!(plan(&desk).unwrap().contains("未填"));
    desk.edit(activity, &[("fee", "0")]);
    assert!(plan(&desk).unwrap().contains("0 元"));
    desk.step(activity, "certify", &[]);
    let made = listed(&desk, Kind::Certificate).remove(0).code;
    desk.print(activity, Paper::Certificates, true).unwrap();
    let history = Request::History {
        code: made,
        limit: 9,
    };
    let entries = format!("{:?}", desk.service.handle(&desk.head, history));
    assert!(entries.contains("print:证明"), "{entries}");
    let odd = desk.person("甲😀", "13900000002");
    let (other, _) = finished(&desk, &odd, ["09:00", "11:00"]);
    desk.step(other, "certify", &[]);
    let refusal = desk.print(other, Paper::Certificates, true).unwrap_err();
    let said = refusal.message.zh;
    assert!(said.contains("甲😀") && said.contains("ZM-"), "{said}");
}

#[test]
fn a_need_names_the_activity_it_became_by_its_code_alone() {
    let desk = Desk::new();
    let fields = [
        ("title", "防火讲座"),
        ("recipient", "红山中学"),
        ("org", "ZZ-0035"),
    ];
    let need = desk.new_one(Kind::Need, &fields);
    let turned = format!("{:?}", desk.step(need, "turn", &[]).told);
    assert!(
        turned.contains("HD-") && !turned.contains("防火讲座"),
        "{turned}"
    );
}

#[test]
fn a_policy_of_others_with_the_same_number_is_only_said_to_be_there() {
    let mut desk = Desk::new();
    let policy = |covers: &'static str| {
        [
            ("policy_no", "P-1"),
            ("covers", covers),
            ("from", "2026-06-01"),
            ("to", "2026-06-30"),
        ]
    };
    let code = desk.new_one(Kind::Insurance, &policy("ZZ-0002"));
    let new = |desk: &Desk| desk.ask(Act::New(Kind::Insurance), &policy("ZZ-0035"), false);
    let said = new(&desk).unwrap_err().message.zh;
    assert!(said.contains(&code.to_string()), "{said}");
    desk.head = desk.service.join(who(&[Role::Operator], 5), |_| {});
    let said = new(&desk).unwrap_err().message.zh;
    assert!(
        said.contains("已登记") && !said.contains(&code.to_string()),
        "{said}"
    );
}
