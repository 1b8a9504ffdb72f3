//! Whose data it is and who may look: masked fields of a matter, and a request to erase.

use std::sync::Arc;

use kezhi::domain::kind::{Code, KINDS, Kind};
use kezhi::domain::mask::HIDDEN;
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::trace::Trace;
use kezhi::domain::value::{Fields, Value};
use kezhi::domain::{erase, volunteer};
use kezhi::protocol::draft::{Draft, Drafting, Within};
use kezhi::protocol::{Act, Answer, Change, Find, List, LogEntry, Request, View, Who};
use kezhi::service::{Service, Session};
use kezhi::store::{Store, verify};

use crate::right::{org, who};

fn fields(of: &[(&str, &str)]) -> Fields {
    let of = of.iter();
    of.map(|(key, value)| ((*key).to_owned(), Value::from(*value)))
        .collect()
}

fn make(
    service: &Service,
    session: &Session,
    act: Act,
    of: &[(&str, &str)],
) -> Result<View, Refusal> {
    let change = Change {
        act,
        fields: fields(of),
        confirmed: true,
        reason: "因工作需要".into(),
    };
    let made = service.handle(session, Request::Make { token: 0, change })?;
    let Answer::View(view) = made else {
        panic!("{made:?}")
    };
    Ok(view)
}

fn step(service: &Service, session: &Session, code: Code, step: &str) -> Result<View, Refusal> {
    let act = Act::Step {
        code,
        step: step.into(),
        rev: None,
    };
    let told = [("told_how", "电话"), ("note", "本人书面要求")];
    let of = if step == "accept" {
        &told[..1]
    } else {
        &told[1..]
    };
    make(service, session, act, of)
}

fn history(service: &Service, session: &Session, code: Code) -> Vec<LogEntry> {
    let history = Request::History { code, limit: 100 };
    match service.handle(session, history).unwrap() {
        Answer::Entries(entries) => entries,
        other => panic!("{other:?}"),
    }
}

fn total(service: &Service, session: &Session, text: &str) -> usize {
    let find = Find {
        text: text.into(),
        limit: 5,
        ..Find::default()
    };
    match service.handle(session, Request::Find(find)).unwrap() {
        // Guesses are of names, and no match.
        Answer::Found(found) if !found.fuzzy => found.total,
        _ => 0,
    }
}

fn open(dir: &std::path::Path) -> Arc<Service> {
    Service::open(dir, 1, true).unwrap()
}

/// A field that is added later must be given its fate.
#[test]
fn every_field_of_a_volunteer_has_a_fate() {
    let fields = volunteer::SPEC.fields.iter().map(|field| field.key);
    let fates = erase::FATES.iter().map(|(key, ..)| *key);
    assert_eq!(fields.collect::<Vec<_>>(), fates.collect::<Vec<_>>());
}

#[test]
fn a_granted_request_erases_what_no_law_keeps() {
    let dir = tempfile::tempdir().unwrap();
    let service = open(dir.path());
    let head = service.join(who(&[Role::Operator, Role::Head], 5), |_| {});
    let person = make(
        &service,
        &head,
        Act::New(Kind::Volunteer),
        &[
            ("name", "单立文"),
            ("phone", "13912344471"),
            ("address", "红山区昭乌达路9号"),
            ("birth", "1990-03-05"),
            ("health_note", "恐高"),
            ("note", "热心"),
            ("teams", "ZZ-0035"),
        ],
    )
    .unwrap()
    .code;
    let edit = Act::Edit {
        code: person,
        rev: None,
    };
    make(&service, &head, edit, &[("employer", "昭乌达农场")]).unwrap();
    let request = |right: &str| {
        let of = [
            ("kind", "个人信息"),
            ("facts", "不再参加，请删除"),
            ("complainant", "单立文"),
            ("right", right),
            ("subject", "ZY-000001"),
        ];
        let made = make(&service, &head, Act::New(Kind::Complaint), &of).unwrap();
        step(&service, &head, made.code, "accept").unwrap();
        made.code
    };
    // To see one's data is no request to erase it.
    let see = request("查阅复制");
    let refused = step(&service, &head, see, "erase").unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("right"));
    let matter = request("删除");
    // What is still insured must not be erased, and it is told which.
    let of = [
        ("policy_no", "PA1"),
        ("insurer", "人保"),
        ("kind", "人身意外伤害"),
        ("from", "2026-01-01"),
        ("to", "2099-12-31"),
        ("covers", "ZY-000001"),
        ("org", "ZZ-0005"),
    ];
    let policy = make(&service, &head, Act::New(Kind::Insurance), &of).unwrap();
    let refused = step(&service, &head, matter, "erase").unwrap_err();
    assert_eq!(refused.kind, RefusalKind::Rule);
    assert!(refused.message.zh.contains("BD-00001"), "{refused:?}");
    let act = Act::Step {
        code: policy.code,
        step: "cancel".into(),
        rev: None,
    };
    make(&service, &head, act, &[("note", "退")]).unwrap();
    // The operator on duty does not decide it.
    let duty = service.join(who(&[Role::Operator], 5), |_| {});
    let refused = step(&service, &duty, matter, "erase").unwrap_err();
    assert_eq!(refused.kind, RefusalKind::NotPermitted);

    // What others typed of it goes too; what names somebody else with a longer number stays.
    let typist = service.join(
        Who {
            uid: 4712,
            ..who(&[Role::Operator], 5)
        },
        |_| {},
    );
    let keep = |id, within, key: &str, text: &str| {
        let one = Draft {
            within,
            texts: [(key.to_owned(), text.to_owned())].into(),
            ..crate::draft::draft(id, 1, "")
        };
        let kept = Request::Draft(Drafting::Keep(Box::new(one)));
        service.handle(&typist, kept).unwrap();
    };
    let new = Within::Form(Act::New(Kind::Complaint));
    let edit = Within::Form(Act::Edit {
        code: person,
        rev: None,
    });
    let hours = Within::Hours(Code::new(Kind::Activity, 2_026_000_001));
    keep(1, new.clone(), "facts", "见 ZY-000001，要求退款");
    keep(2, edit, "note", "改过的");
    keep(3, new.clone(), "facts", "见 ZY-0000012");
    keep(4, hours, "ZY-000001|2026-05-01|minutes", "90");
    // Without the code, but with a number of theirs: that goes and the name beside it, the rest stays.
    let called = "单立文 139 1234 4471 来电，要求退款；他人 13912344472";
    keep(5, new.clone(), "facts", called);
    keep(6, new.clone(), "facts", "单立文来电，没有留电话");
    keep(7, new, "contact", "13912344471");

    assert_eq!(total(&service, &head, "4471"), 1);
    assert_eq!(total(&service, &head, "昭乌达农场"), 1);
    step(&service, &head, matter, "erase").unwrap();
    let asked = service.handle(&typist, Request::Draft(Drafting::List));
    let Ok(Answer::Drafts(mut left)) = asked else {
        panic!()
    };
    left.sort_by_key(|one| one.id);
    let ids: Vec<u64> = left.iter().map(|one| one.id).collect();
    assert_eq!(ids, [3, 4, 5, 6, 7]);
    assert!(left[1].texts.is_empty(), "{left:?}");
    let facts = |nth: usize| left[nth].texts["facts"].as_str();
    assert_eq!(
        facts(2),
        "【已清除】 【已清除】 来电，要求退款；他人 13912344472"
    );
    assert_eq!(facts(3), "单立文来电，没有留电话");
    assert!(left[4].texts.is_empty(), "{left:?}");
    // Whoever has it open still does not write it back.
    let back = Draft {
        number: 9,
        texts: [("facts".to_owned(), called.to_owned())].into(),
        ..crate::draft::draft(5, 9, "")
    };
    let back = Request::Draft(Drafting::Keep(Box::new(back)));
    let refused = service.handle(&typist, back).unwrap_err();
    assert_eq!(refused.kind, RefusalKind::Stale);
    assert_eq!(total(&service, &head, "4471"), 0);
    assert_eq!(total(&service, &head, "13912344471"), 0);
    assert_eq!(total(&service, &head, "昭乌达农场"), 0);
    assert_eq!(total(&service, &head, "单立文"), 1);
    let Ok(Answer::View(view)) = service.handle(&head, Request::Show(person)) else {
        panic!()
    };
    let kept: Vec<&str> = view.fields.keys().map(String::as_str).collect();
    assert_eq!(kept, ["birth", "joined_on", "name", "status", "teams"]);
    assert_eq!(view.fields["birth"], "1990".into());
    assert_eq!(view.fields["status"], "已退出".into());

    // The log keeps who did what when, and nothing of what it was.
    let entries = history(&service, &head, person);
    let acts: Vec<String> = entries.iter().map(|one| one.entry.action.clone()).collect();
    assert_eq!(acts, ["blank", "erase", "erase", "edit", "new"]);
    let told = &entries[0].entry;
    assert!(told.changes.is_empty() && told.reason.is_empty() && !told.who.is_empty());
    for one in &entries[2..] {
        assert!(one.entry.erased && one.entry.changes.is_empty());
        assert!(one.entry.reason.is_empty() && !one.entry.who.is_empty());
    }
    service.close();
    let store = Store::open(&dir.path().join("store.redb")).unwrap();
    let reader = store.read().unwrap();
    let found = verify::all(&reader).unwrap();
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    for at in reader.trail(person).unwrap() {
        let text = serde_json::to_string(&reader.entry(at).unwrap()).unwrap();
        for gone in ["13912344471", "昭乌达", "恐高", "热心", "03-05"] {
            assert!(!text.contains(gone), "{text}");
        }
    }
    drop(reader);
    drop(store);
    // So it is after a start as well.
    let service = open(dir.path());
    assert_eq!(total(&service, &head, "4471"), 0);
}

#[test]
fn numbers_are_found_in_texts_however_they_were_typed() {
    let person =
        "ZY-000001 name=单立文 phone=13912344471 phone2=0476-8234567 id_number=11010519491231002X";
    let trace = Trace::of(&crate::rule::row::record(person));
    for text in [
        "13912344471",
        "电话139 1234 4471，要求退款",
        "１３９１２３４４４７１",
        "+86 139-1234-4471",
        "8613912344471",
        "04768234567",
        "证件 11010519491231002x。",
    ] {
        assert!(trace.holds(text), "{text}");
    }
    for text in [
        "139123444712",
        "913912344471",
        "1391234447",
        "A13912344471",
        "单立文",
        "",
    ] {
        assert!(!trace.holds(text), "{text}");
    }
    let left = trace.without("单立文（139 1234 4471、0476-8234567）要求退款 13912344472");
    let said = "【已清除】（【已清除】、【已清除】）要求退款 13912344472";
    assert_eq!(left.as_deref(), Some(said));
    assert_eq!(trace.without(" 13912344471 ").as_deref(), Some(""));
    assert_eq!(trace.without("要求退款"), None);
    assert_eq!(Trace::default().without("要求退款"), None);
}

#[test]
fn who_complained_is_seen_by_handler_and_head_and_every_look_is_logged() {
    let dir = tempfile::tempdir().unwrap();
    let service = open(dir.path());
    let somebody = |number: u64, roles: &[Role]| Who {
        uid: 5000 + number as u32,
        name: format!("某{number}"),
        operator: Some(Code::new(Kind::Operator, number)),
        ..who(roles, 5)
    };
    let daily = [Role::Operator];
    let admin = service.join(who(&[Role::Admin], 1), |_| {});
    for (user, name) in [("u1", "李敏"), ("u2", "包志强")] {
        let of = [
            ("user", user),
            ("name", name),
            ("roles", "值班员"),
            ("scope", "ZZ-0005"),
        ];
        make(&service, &admin, Act::New(Kind::Operator), &of).unwrap();
    }
    let handler = service.join(somebody(1, &daily), |_| {});
    let other = service.join(somebody(2, &daily), |_| {});
    let head = service.join(somebody(3, &[Role::Operator, Role::Head]), |_| {});
    let of = [
        ("kind", "投诉"),
        ("facts", "克扣补贴"),
        ("accused", "ZZ-0035"),
        ("complainant", "王举报"),
        ("contact", "13600002222"),
        ("representatives", "赵甲,钱乙"),
    ];
    let matter = make(&service, &other, Act::New(Kind::Complaint), &of)
        .unwrap()
        .code;
    // A handler is named by name or number by who may not read operators, and shown by name.
    let assign = Act::Step {
        code: matter,
        step: "assign".into(),
        rev: None,
    };
    let view = make(&service, &head, assign, &[("handler", "李敏")]).unwrap();
    assert_eq!(view.fields["handler"], "CZ-001".into());
    assert_eq!(view.names["CZ-001"], "李敏");

    let reveal = |session: &Session, field: &str| {
        let request = Request::Reveal {
            code: matter,
            field: field.into(),
            reason: "回访核对".into(),
        };
        service.handle(session, request)
    };
    let refused = reveal(&other, "contact").unwrap_err();
    assert_eq!(refused.kind, RefusalKind::NotPermitted);
    assert_eq!(
        reveal(&handler, "contact").unwrap(),
        Answer::Revealed("13600002222".into())
    );
    assert_eq!(
        reveal(&head, "complainant").unwrap(),
        Answer::Revealed("王举报".into())
    );
    assert!(reveal(&head, "representatives").is_ok());

    // What is masked comes back as it was shown and changes nothing.
    let Ok(Answer::View(shown)) = service.handle(&other, Request::Show(matter)) else {
        panic!()
    };
    let mut back: Vec<(&str, String)> = Vec::new();
    for key in ["complainant", "contact"] {
        assert!(shown.masked.iter().any(|one| one == key), "{key}");
        back.push((key, shown.fields[key].to_string()));
    }
    assert_eq!(back[1].1, HIDDEN);
    let mut of: Vec<(&str, &str)> = back
        .iter()
        .map(|(key, text)| (*key, text.as_str()))
        .collect();
    of.push(("claims", "退还"));
    let edit = Act::Edit {
        code: matter,
        rev: None,
    };
    make(&service, &other, edit, &of).unwrap();
    assert_eq!(
        reveal(&head, "contact").unwrap(),
        Answer::Revealed("13600002222".into())
    );

    // Nothing that anybody is answered otherwise holds them, heads not excepted.
    let mut requests = vec![
        Request::Show(matter),
        Request::History {
            code: matter,
            limit: 100,
        },
        Request::List(List {
            kind: Kind::Complaint,
            filters: vec![],
            within: Some(org(5)),
            sort: Some("contact".into()),
            after: None,
            as_of: None,
            limit: 10,
        }),
        Request::Case(matter),
        Request::Steps(matter),
        Request::Find(Find {
            text: "王举报".into(),
            limit: 5,
            ..Find::default()
        }),
    ];
    for full in [None, Some("核对用".to_owned())] {
        let (kind, after) = (Kind::Complaint, 0);
        requests.push(Request::Export { kind, after, full });
    }
    for session in [&handler, &other, &head] {
        for request in &requests {
            let answer = service.handle(session, request.clone());
            let text = serde_json::to_string(&answer.ok()).unwrap();
            for secret in ["王举报", "13600002222", "赵甲", "钱乙"] {
                assert!(!text.contains(secret), "{request:?}: {text}");
            }
        }
    }
    // Nor is it guessed by trying.
    for (filters, sort) in [
        (vec![("complainant".to_owned(), "王举报".to_owned())], None),
        (vec![], Some("-contact".to_owned())),
    ] {
        let list = List {
            kind: Kind::Complaint,
            filters,
            within: None,
            sort,
            after: None,
            as_of: None,
            limit: 10,
        };
        let refused = service.handle(&other, Request::List(list)).unwrap_err();
        assert_eq!(refused.kind, RefusalKind::Usage);
    }
    // A head sees in the history who looked, when and why; the open book says nothing of it.
    let looks: Vec<(String, String, String)> = history(&service, &head, matter)
        .into_iter()
        .map(|one| one.entry)
        .filter(|entry| entry.action.starts_with("reveal:") && entry.at.starts_with("20"))
        .map(|entry| (entry.action, entry.who, entry.reason))
        .collect();
    let look =
        |field: &str, who: &str| (format!("reveal:{field}"), who.to_owned(), "回访核对".into());
    assert_eq!(
        looks,
        [
            look("contact", "某3"),
            look("representatives", "某3"),
            look("complainant", "某3"),
            look("contact", "某1"),
        ]
    );
    let Ok(Answer::Entries(page)) = service.handle(
        &admin,
        Request::LogPage {
            from: 0,
            limit: 500,
        },
    ) else {
        panic!()
    };
    assert!(!serde_json::to_string(&page).unwrap().contains("TS-"));
    assert!(KINDS.iter().filter(|spec| spec.sealed).all(|spec| {
        let mut fields = spec.fields.iter();
        fields.all(|field| field.key != "contact" || field.seek == kezhi::domain::field::Seek::No)
    }));
}

#[test]
fn who_was_removed_and_erased_is_known_when_entered_again() {
    use crate::rule::row::{Few, record, today};
    let line = "ZY-000001 name=甲 id_number=11010519491231002X phone=13912344471 status=已清退";
    let gone = erase::stripped(record(line));
    assert_eq!(gone.text("id_number"), "11010519491231002X");
    assert_eq!((gone.text("phone"), gone.status()), ("", "已清退"));
    let left = erase::stripped(record(&format!("{line} status=在册")));
    assert_eq!(left.text("id_number"), "", "of others it goes");
    let mut world = Few::default();
    world.put(gone);
    let again = record("ZY-000002 name=甲 id_number=11010519491231002X status=待核");
    let case = kezhi::domain::rule::Case {
        before: None,
        after: &again,
        act: "new",
        today: today(),
        world: &world,
        sees: None,
    };
    let found = kezhi::domain::rule::findings(&case, Default::default());
    let found: Vec<String> = found.map(|one| one.message.zh).collect();
    assert!(
        found.iter().any(|one| one.contains("曾被清退")),
        "{found:?}"
    );
}
