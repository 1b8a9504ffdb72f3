//! Nobody comes to a complaint by editing it, by naming a handler, or by a post.

use std::collections::BTreeMap;

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::reroute;
use kezhi::domain::said::Lang;
use kezhi::domain::value::{Fields, Value};
use kezhi::domain::world::{Reckon, World};
use kezhi::protocol::{Act, Answer, Change, Request, View, Who};
use kezhi::service::Session;

use crate::complaint::{Bench, Given, text};
use crate::right::who;
use crate::rule::row::{Few, record, today};

fn make(bench: &Bench, session: &Session, act: Act, of: Given, why: &str) -> Result<View, Refusal> {
    let fields = of.iter();
    let fields = fields.map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    let change = Change {
        act,
        fields: fields.collect(),
        confirmed: true,
        reason: why.into(),
    };
    let made = Request::Make { token: 0, change };
    match bench.service.handle(session, made)? {
        Answer::View(view) => Ok(view),
        other => panic!("{other:?}"),
    }
}

fn edit(
    bench: &Bench,
    session: &Session,
    code: Code,
    of: Given,
    why: &str,
) -> Result<View, Refusal> {
    make(bench, session, Act::Edit { code, rev: None }, of, why)
}

fn step(bench: &Bench, session: &Session, code: Code, step: &str, of: Given) -> View {
    let step = step.into();
    make(
        bench,
        session,
        Act::Step {
            code,
            step,
            rev: None,
        },
        of,
        "因工作需要",
    )
    .unwrap()
}

fn plain(bench: &Bench, uid: u32) -> Session {
    let who = Who {
        uid,
        ..who(&[Role::Operator], 5)
    };
    bench.service.join(who, |_| {})
}

#[test]
fn the_wall_only_grows() {
    let bench = Bench::new();
    let (league, county, other) = (bench.operator(2), bench.operator(3), plain(&bench, 777));
    let code = bench.complain(&league, &[("accused", "ZZ-0035")]).code;
    let away = [("accused", "ZZ-0036")];
    let refused = edit(&bench, &other, code, &away, "弄错了").unwrap_err();
    assert_eq!(refused.kind, RefusalKind::NotPermitted);
    // A head says why; whoever was accused stays kept from it.
    let asked = edit(&bench, &league, code, &away, "").unwrap_err();
    assert!(
        asked.reason && asked.kind == RefusalKind::Confirm,
        "{asked:?}"
    );
    let view = edit(&bench, &league, code, &away, "来人更正").unwrap();
    let kept = "红山区";
    assert!(
        text(&view, "route").contains("先前已回避"),
        "{}",
        text(&view, "route")
    );
    assert!(
        text(&view, "accused_said").contains(kept),
        "{}",
        text(&view, "accused_said")
    );
    assert!(bench.show(&county, code).is_err());
    let back = [("to", "ZZ-0035"), ("note", "属地办理")];
    let towards = bench.step(&league, code, "transfer", &back).unwrap_err();
    assert!(towards.line(Lang::Zh).contains("不能转向被反映的"));
    // Adding somebody is free, and gives whoever adds nothing.
    let more = [("accused", "ZZ-0036,ZZ-0005")];
    edit(&bench, &other, code, &more, "").ok();
    let view = bench.show(&bench.operator(1), code).unwrap();
    assert_eq!(
        (text(&view, "receiver"), text(&view, "handler")),
        ("ZZ-0001", "")
    );
}

#[test]
fn who_complains_is_changed_by_who_may_see_it_and_nobody_assigns_himself() {
    let bench = Bench::new();
    let (league, other) = (bench.operator(2), plain(&bench, 777));
    let code = bench.complain(&league, &[("accused", "ZZ-0035")]).code;
    let assign = Act::Step {
        code,
        step: "assign".into(),
        rev: None,
    };
    let refused = make(&bench, &other, assign, &[("handler", "CZ-001")], "").unwrap_err();
    assert_eq!(refused.kind, RefusalKind::NotPermitted);
    for key in ["complainant", "contact", "representatives"] {
        let refused = edit(&bench, &other, code, &[(key, "别人")], "改").unwrap_err();
        assert_eq!(refused.kind, RefusalKind::NotPermitted, "{key}");
    }
    edit(&bench, &league, code, &[("contact", "13900001111")], "").unwrap();
    // Whoever took it goes on asking while the caller is on the line.
    let about = [("accused", "ZZ-0035"), ("facts", "另外一件")];
    let own = bench.complain(&other, &about).code;
    edit(&bench, &other, own, &[("contact", "13900002222")], "").unwrap();
}

#[test]
fn an_accused_who_comes_to_a_post_is_kept_from_it() {
    let bench = Bench::new();
    let (league, county) = (bench.operator(2), bench.operator(3));
    let of = [
        ("name", "单立文"),
        ("phone", "13912344471"),
        ("teams", "ZZ-0035"),
    ];
    let person = make(&bench, &county, Act::New(Kind::Volunteer), &of, "登记")
        .unwrap()
        .code;
    let accused = person.to_string();
    let matter = bench.complain(&county, &[("accused", &accused)]).code;
    assert_eq!(
        text(&bench.show(&county, matter).unwrap(), "receiver"),
        "ZZ-0035"
    );
    let team = Code::new(Kind::Organisation, 35);
    step(
        &bench,
        &county,
        team,
        "appoint",
        &[("post", "副队长"), ("holder", "单立文")],
    );
    assert!(bench.show(&county, matter).is_err(), "walled");
    let view = bench.show(&league, matter).unwrap();
    assert_eq!(
        (text(&view, "receiver"), text(&view, "handler")),
        ("ZZ-0005", "")
    );
    assert!(
        text(&view, "route").contains("该组织回避"),
        "{}",
        text(&view, "route")
    );
    let history = |code| {
        let asked = Request::History { code, limit: 50 };
        format!("{:?}", bench.service.handle(&league, asked).unwrap())
    };
    assert!(
        !history(team).contains("TS-"),
        "the team's history tells of it"
    );
    assert!(history(matter).contains("appoint:ZZ-0035"));
    // Leaving the post on the eve of a complaint helps nobody.
    step(
        &bench,
        &county,
        team,
        "relieve",
        &[("post", "副队长"), ("holder", "单立文")],
    );
    let late = bench.complain(&league, &[("accused", &accused), ("facts", "打骂学员")]);
    assert_eq!(text(&late, "receiver"), "ZZ-0005");
    assert!(
        text(&late, "route").contains("不久前曾在"),
        "{}",
        text(&late, "route")
    );
}

#[test]
fn a_receiver_that_comes_to_stand_below_the_accused_loses_it() {
    let world = Few::of(&[
        "ZZ-0001 name=总队 kind=总队 status=已成立",
        "ZZ-0005 name=赤峰队 kind=盟市队 parent=ZZ-0001 status=已成立",
        "ZZ-0300 name=甲队 kind=其他 parent=ZZ-0005 status=已成立",
        "ZZ-0301 name=乙队 kind=分队 parent=ZZ-0005 status=已成立",
        "TS-2026-000001 facts=事 accused=ZZ-0301 against=ZZ-0301 receiver=ZZ-0300 handler=CZ-001 status=受理",
        "TS-2026-000002 facts=事 receiver=ZZ-0300 status=受理",
        "TS-2026-000003 facts=事 accused=ZZ-0301 against=ZZ-0301 receiver=ZZ-0300 status=办结",
    ]);
    let before = world.record(Code::new(Kind::Organisation, 300)).unwrap();
    let after = record("ZZ-0300 name=甲队 kind=其他 parent=ZZ-0301 status=已成立");
    let given = Fields::new();
    let reckon = Reckon {
        before: Some(&before),
        act: "move",
        today: today(),
        now: "2026-06-30T09:00",
        who: "李",
        uid: 1,
        operator: None,
        home: None,
        chance: 0,
        given: &given,
        world: &world,
    };
    let moved = reroute::then(&after, &reckon);
    let to: BTreeMap<String, &str> = moved
        .iter()
        .map(|one| (one.code().to_string(), one.text("receiver")))
        .collect();
    assert_eq!(
        to,
        BTreeMap::from([("TS-2026-000001".to_owned(), "ZZ-0005")])
    );
    assert!(moved[0].text("handler").is_empty() && moved[0].rows("transfers").count() == 1);
}

#[test]
fn an_admin_names_a_volunteer_by_code_alone_and_hears_no_name() {
    let bench = Bench::new();
    let county = bench.operator(3);
    let of = [
        ("name", "单立文"),
        ("phone", "13912344471"),
        ("teams", "ZZ-0035"),
    ];
    let person = make(&bench, &county, Act::New(Kind::Volunteer), &of, "登记")
        .unwrap()
        .code;
    let admin = bench.service.join(who(&[Role::Admin], 1), |_| {});
    let new = |volunteer: &str| {
        let of = [
            ("user", "shan"),
            ("name", "单"),
            ("roles", "值班员"),
            ("scope", "ZZ-0005"),
            ("volunteer", volunteer),
        ];
        make(&bench, &admin, Act::New(Kind::Operator), &of, "")
    };
    assert!(new("单立文").is_err() && new("ZY-000099").is_err());
    let view = new(&person.to_string()).unwrap();
    assert_eq!(text(&view, "volunteer"), person.to_string());
    assert!(!format!("{view:?}").contains("单立文"));
}
