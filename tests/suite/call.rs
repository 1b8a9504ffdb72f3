//! Calls: what is recorded of them, who may read it, and what is left of it when the law wants it gone.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::{Act, Answer, Change, List, Notice, Request, View, Who};
use kezhi::service::{Service, Session};

use crate::right::{new_person, service, who};

const DAILY: &[Role] = &[Role::Operator, Role::Head];

fn make(
    service: &Service,
    session: &Session,
    act: Act,
    of: &[(&str, &str)],
) -> Result<View, Refusal> {
    let fields = of.iter();
    let change = Change {
        act,
        fields: fields
            .map(|(key, value)| ((*key).to_owned(), Value::from(*value)))
            .collect::<Fields>(),
        confirmed: true,
        reason: "测试".into(),
    };
    match service.handle(session, Request::Make { token: 0, change })? {
        Answer::View(view) => Ok(view),
        other => panic!("{other:?}"),
    }
}

fn call(service: &Service, session: &Session, of: &[(&str, &str)]) -> Result<View, Refusal> {
    make(service, session, Act::New(Kind::Call), of)
}

fn step(
    service: &Service,
    session: &Session,
    code: Code,
    step: &str,
    of: &[(&str, &str)],
) -> Result<View, Refusal> {
    let act = Act::Step {
        code,
        step: step.into(),
        rev: None,
    };
    make(service, session, act, of)
}

fn show(service: &Service, session: &Session, code: Code) -> Result<View, Refusal> {
    match service.handle(session, Request::Show(code))? {
        Answer::View(view) => Ok(view),
        other => panic!("{other:?}"),
    }
}

fn listed(service: &Service, session: &Session) -> Vec<Code> {
    let list = Request::List(List {
        kind: Kind::Call,
        filters: vec![],
        within: None,
        sort: Some("-when".into()),
        after: None,
        limit: 50,
        as_of: None,
    });
    match service.handle(session, list).unwrap() {
        Answer::Views(views) => views.iter().map(|view| view.code).collect(),
        other => panic!("{other:?}"),
    }
}

fn text(view: &View, key: &str) -> String {
    let value = view.fields.get(key);
    value.map_or_else(String::new, ToString::to_string)
}

/// A volunteer of 红山区.
fn person(service: &Service, session: &Session) -> Code {
    match service.handle(session, new_person("单立文", "ZZ-0035")) {
        Ok(Answer::View(view)) => view.code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_call_is_kept_with_who_took_it_and_goes_its_way() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let desk = service.join(who(DAILY, 1), |_| {});
    let person = person(&service, &desk).to_string();
    let of = [
        ("about", person.as_str()),
        ("caller", "单立文的家属"),
        ("phone", "13912344472"),
        ("note", "问时长为何没有到账，答应核对后回电\n周五前"),
    ];
    let view = call(&service, &desk, &of).unwrap();
    assert!(view.code.to_string().starts_with("LD-20"), "{}", view.code);
    assert_eq!(text(&view, "title"), "问时长为何没有到账，答应核对后回电");
    assert_eq!(text(&view, "taken_by"), "试");
    assert_eq!(text(&view, "org"), "ZZ-0001");
    assert_eq!(text(&view, "status"), "待回");
    assert_eq!(text(&view, "phone"), "139****4472");
    assert!(view.masked.contains(&"phone".to_owned()));
    assert!(!text(&view, "when").is_empty());
    let view = step(&service, &desk, view.code, "answer", &[("note", "已到账")]).unwrap();
    assert_eq!(text(&view, "status"), "已答复");
    assert!(text(&view, "note").ends_with("答复：已到账"), "{view:?}");
    let view = step(&service, &desk, view.code, "reopen", &[]).unwrap();
    assert_eq!(text(&view, "status"), "待回");
    // What is answered while it rings waits for nobody.
    let at_once = call(&service, &desk, &[("note", "问地址"), ("answered", "是")]).unwrap();
    assert_eq!(text(&at_once, "status"), "已答复");
}

#[test]
fn a_call_without_a_note_or_about_a_complaint_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let desk = service.join(who(DAILY, 1), |_| {});
    let refused = call(&service, &desk, &[("caller", "王")]).unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("note"));
    for sealed in ["TS-2026-000001", "CL-2026-000001"] {
        let of = [("note", "问办到哪一步"), ("about", sealed)];
        let refused = call(&service, &desk, &of).unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("about"), "{refused:?}");
    }
    for system in ["org", "status", "taken_by"] {
        let of = [("note", "问"), (system, "ZZ-0035")];
        let refused = call(&service, &desk, &of).unwrap_err();
        assert_eq!(refused.field.as_deref(), Some(system));
    }
    let viewer = service.join(who(&[Role::Viewer], 1), |_| {});
    let refused = call(&service, &viewer, &[("note", "问")]).unwrap_err();
    assert_eq!(refused.kind, RefusalKind::NotPermitted);
}

#[test]
fn those_whom_a_call_is_about_never_read_it() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let region = service.join(who(DAILY, 1), |_| {});
    let county = service.join(who(DAILY, 35), |_| {});
    let person = person(&service, &region);
    let (of, team) = (person.to_string(), Code::new(Kind::Organisation, 35));
    let note = ("note", "说红山区的队收了材料费");
    let about = [note, ("about", "ZZ-0035"), ("phone", "13912344473")];
    let first = call(&service, &region, &about).unwrap().code;
    let second = call(&service, &region, &[note, ("about", &of)])
        .unwrap()
        .code;
    // For the team's own operators there is neither record nor trace of it.
    for code in [first, second] {
        let never = Code::new(Kind::Call, code.number + 77);
        for asked in [Request::Show, Request::Steps] {
            let refused = service.handle(&county, asked(code)).unwrap_err();
            let unknown = service.handle(&county, asked(never)).unwrap_err();
            assert_eq!(refused.kind, unknown.kind);
            let said = refused.message.zh.replace(&code.to_string(), "X");
            assert_eq!(said, unknown.message.zh.replace(&never.to_string(), "X"));
        }
        let history = Request::History { code, limit: 9 };
        assert!(service.handle(&county, history).is_err());
        let answer = step(&service, &county, code, "answer", &[]).unwrap_err();
        assert_eq!(answer.kind, RefusalKind::NotFound);
    }
    assert!(listed(&service, &county).is_empty());
    for code in [team, person] {
        assert!(show(&service, &county, code).unwrap().calls.is_empty());
        assert_eq!(show(&service, &region, code).unwrap().calls.len(), 1);
    }
    let notice = Notice::Changed(vec![first, second]);
    assert_eq!(service.told(&county.who, &notice), None);
    // What the team's own desk takes, the desks above it read.
    let own = call(&service, &county, &[("note", "问集合地点"), ("about", &of)]).unwrap();
    assert_eq!(text(&own, "org"), "ZZ-0035");
    assert_eq!(show(&service, &county, person).unwrap().calls.len(), 1);
    assert_eq!(listed(&service, &region).len(), 3);
    // Neither does the person, though their scope is the whole region.
    let self_same = Who {
        uid: 4713,
        volunteer: Some(person),
        ..who(DAILY, 1)
    };
    let theirs = service.join(self_same, |_| {});
    let notice = Notice::Changed(vec![second]);
    assert_eq!(service.told(&theirs.who, &notice), None);
    assert!(show(&service, &theirs, second).is_err());
    assert_eq!(listed(&service, &theirs), [first]);
    assert!(show(&service, &theirs, person).unwrap().calls.is_empty());
}

#[test]
fn a_record_tells_its_last_three_calls() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let desk = service.join(who(DAILY, 1), |_| {});
    let code = person(&service, &desk);
    let of = code.to_string();
    for note in ["一", "二", "三", "四"] {
        call(&service, &desk, &[("note", note), ("about", &of)]).unwrap();
    }
    let view = show(&service, &desk, code).unwrap();
    let told: Vec<&str> = view.calls.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(told, ["四", "三", "二"]);
    assert!(
        view.calls
            .iter()
            .all(|one| one.by == "试" && one.status == "待回")
    );
    let viewer = service.join(who(&[Role::Viewer], 1), |_| {});
    assert!(show(&service, &viewer, code).unwrap().calls.is_empty());
}

#[test]
fn a_complaint_passes_its_call_on_and_the_call_tells_nobody_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let desk = service.join(who(DAILY, 1), |_| {});
    let note = [("note", "说讲师没有来"), ("about", "ZZ-0035")];
    let made = call(&service, &desk, &note).unwrap().code;
    let of = made.to_string();
    let complaint = make(
        &service,
        &desk,
        Act::New(Kind::Complaint),
        &[
            ("kind", "投诉"),
            ("facts", "讲师没有来"),
            ("accused", "ZZ-0035"),
            ("anonymous", "是"),
            ("call", &of),
        ],
    )
    .unwrap()
    .code;
    let view = show(&service, &desk, made).unwrap();
    assert_eq!(text(&view, "status"), "已转");
    let told = format!("{:?}", view.told);
    assert!(told.contains(&complaint.to_string()), "{told}");
    // Neither the record nor its history names what is sealed.
    assert!(!format!("{:?}", view.fields).contains("TS-"));
    let history = Request::History {
        code: made,
        limit: 9,
    };
    let entries = service.handle(&desk, history).unwrap();
    assert!(!format!("{entries:?}").contains("TS-"), "{entries:?}");
    // Once passed on it stays so, whatever is done to the complaint.
    step(&service, &desk, made, "reopen", &[]).unwrap();
    let edit = Act::Edit {
        code: complaint,
        rev: None,
    };
    make(&service, &desk, edit, &[("place", "学校")]).unwrap();
    assert_eq!(
        text(&show(&service, &desk, made).unwrap(), "status"),
        "待回"
    );
}

#[test]
fn erasing_somebody_erases_what_was_noted_of_them() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let region = service.join(who(DAILY, 1), |_| {});
    let city = service.join(who(DAILY, 5), |_| {});
    let code = person(&service, &region);
    let of = code.to_string();
    let note = [
        ("note", "说在昭乌达路住，要改地址"),
        ("about", of.as_str()),
        ("caller", "单父"),
        ("phone", "13912344479"),
    ];
    // It was taken above the team that erases.
    let made = call(&service, &region, &note).unwrap().code;
    let other = call(&service, &region, &[("note", "昭乌达路在哪")]).unwrap();
    let request = make(
        &service,
        &city,
        Act::New(Kind::Complaint),
        &[
            ("kind", "个人信息"),
            ("facts", "请删除"),
            ("complainant", "单立文"),
            ("right", "删除"),
            ("subject", &of),
        ],
    )
    .unwrap()
    .code;
    step(&service, &city, request, "accept", &[("told_how", "电话")]).unwrap();
    step(&service, &city, request, "erase", &[("note", "本人要求")]).unwrap();
    let view = show(&service, &region, made).unwrap();
    assert_eq!(text(&view, "note"), "已按本人要求清除");
    assert_eq!(text(&view, "title"), "已按本人要求清除");
    assert!(!view.fields.contains_key("caller") && !view.fields.contains_key("phone"));
    let history = Request::History {
        code: made,
        limit: 9,
    };
    let entries = format!("{:?}", service.handle(&region, history).unwrap());
    for gone in ["昭乌达", "单父", "13912344479"] {
        assert!(!entries.contains(gone), "{entries}");
    }
    let kept = show(&service, &region, other.code).unwrap();
    assert_eq!(text(&kept, "note"), "昭乌达路在哪");
}
