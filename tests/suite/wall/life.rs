//! What nobody may receive, who steps back and is let in again, and who cannot get under the wall.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::said::Lang;
use kezhi::protocol::work::{Paper, Print};
use kezhi::protocol::{Act, Request, View, Who};
use kezhi::service::desk::Desk;
use kezhi::service::sight::Eyes;
use kezhi::service::tree::Tree;
use kezhi::service::wall::{Caller, Wall};

use crate::complaint::{Bench, Given, text};
use crate::right::who;
use crate::rule::row::record;

const TOLD: Given = &[("told_how", "电话")];
const WHY: Given = &[
    ("note", "情况特殊"),
    ("turn_to", "别处"),
    ("told_how", "电话"),
];

fn said(result: Result<View, Refusal>) -> String {
    result.unwrap_err().line(Lang::Zh)
}

#[test]
fn what_is_about_the_region_stays_with_its_taker_until_it_is_handed_over() {
    let bench = Bench::new();
    let [region, league, county, song] = [1, 2, 3, 4].map(|nth| bench.operator(nth));
    let code = bench.complain(&song, &[("accused", "总队")]).code;
    for (step, given) in [("accept", TOLD), ("reject", WHY), ("withdraw", &WHY[..1])] {
        let no = said(bench.step(&song, code, step, given));
        assert!(no.contains("应移送科协机关纪委"), "{step}: {no}");
    }
    assert_eq!(text(&bench.show(&song, code).unwrap(), "status"), "登记");
    let hidden =
        |who: &[&kezhi::service::Session]| who.iter().all(|who| bench.show(who, code).is_err());
    assert!(hidden(&[&region, &league, &county]));
    bench
        .step(&song, code, "assign", &[("handler", "meng")])
        .unwrap();
    assert!(!text(&bench.show(&league, code).unwrap(), "facts").is_empty());
    assert!(hidden(&[&region, &county]));
    let outside = [("outside", "科协机关纪委")];
    let no = said(bench.step(&song, code, "handover", &outside));
    assert!(no.contains("还没有打印"), "{no}");
    let paper = Print {
        code,
        paper: Paper::Handover,
        pdf: false,
        to: String::new(),
    };
    bench.service.handle(&song, Request::Print(paper)).unwrap();
    let step = Act::Step {
        code,
        step: "handover".into(),
        rev: None,
    };
    let asked = said(bench.change(&song, step, &outside, false));
    assert!(asked.contains("不能恢复"), "{asked}");
    bench.step(&song, code, "handover", &outside).unwrap();
    for told in [&song, &league] {
        let left = bench.show(told, code).unwrap();
        assert!(!text(&left, "handed_on").is_empty() && text(&left, "facts").is_empty());
    }
    assert!(hidden(&[&region, &county]));
}

#[test]
fn a_head_decides_what_else_is_handed_over() {
    let bench = Bench::new();
    let song = bench.operator(4);
    let code = bench.complain(&song, &[("accused_other", "路人")]).code;
    let given = [("outside", "科协机关纪委"), ("letter", "1号")];
    let no = bench.step(&song, code, "handover", &given).unwrap_err();
    assert_eq!(no.kind, RefusalKind::NotPermitted);
    bench
        .step(&bench.operator(2), code, "handover", &given)
        .unwrap();
    assert!(bench.show(&song, code).is_ok(), "it lies in their scope");
}

#[test]
fn the_last_one_of_the_region_cannot_step_back() {
    let bench = Bench::new();
    let region = bench.operator(1);
    let code = bench.complain(&region, &[("accused", "ZZ-0005")]).code;
    let no = said(bench.step(
        &region,
        code,
        "recuse",
        &[("who", "zong"), ("note", "亲属")],
    ));
    assert!(no.contains("已无可承办的人"), "{no}");
    assert!(bench.show(&region, code).is_ok());
}

#[test]
fn nobody_shuts_out_their_heads_and_a_head_lets_in_again() {
    let bench = Bench::new();
    let [_region, league, county] = [1, 2, 3].map(|nth| bench.operator(nth));
    let code = bench.complain(&county, &[("accused_other", "路人")]).code;
    let who = |who| [("who", who), ("note", "亲属关系")];
    for (session, other) in [(&county, "meng"), (&county, "zong"), (&league, "zong")] {
        let no = bench
            .step(session, code, "recuse", &who(other))
            .unwrap_err();
        assert_eq!(no.kind, RefusalKind::NotPermitted, "{other}");
    }
    bench.step(&league, code, "recuse", &who("xian")).unwrap();
    assert!(bench.show(&county, code).is_err());
    assert!(bench.step(&county, code, "readmit", &who("xian")).is_err());
    let no = said(bench.step(&league, code, "readmit", &who("meng")));
    assert!(no.contains("没有回避"), "{no}");
    let back = bench.step(&league, code, "readmit", &who("xian")).unwrap();
    assert_eq!(text(&back, "recused"), "");
    assert!(text(&back, "note").contains("撤销回避"));
}

#[test]
fn nobody_changes_the_record_that_says_who_they_are() {
    let bench = Bench::new();
    let admin = bench.join(101, &[Role::Admin], Some(1), 1);
    let own = Code::new(Kind::Operator, 1);
    let new = [
        ("user", "101"),
        ("name", "甲"),
        ("roles", "值班员"),
        ("scope", "ZZ-0001"),
    ];
    for no in [
        bench.edit(&admin, own, &[("note", "改")]),
        bench.step(&admin, own, "disable", &[]),
        bench.new_one(&admin, Kind::Operator, &new),
    ] {
        assert_eq!(no.unwrap_err().kind, RefusalKind::NotPermitted);
    }
    bench
        .step(&admin, Code::new(Kind::Operator, 2), "disable", &[])
        .unwrap();
    let again = [
        ("user", "meng"),
        ("name", "甲"),
        ("roles", "值班员"),
        ("scope", "ZZ-0001"),
    ];
    let no = said(bench.new_one(&admin, Kind::Operator, &again));
    assert!(no.contains("已停用"), "{no}");
}

#[test]
fn the_wall_keeps_what_it_does_not_know_and_reads_the_record_itself() {
    let (wall, mut desk) = (Wall::default(), Desk::default());
    let whole = Who {
        operator: Some(Code::new(Kind::Operator, 7)),
        also: vec![Code::new(Kind::Volunteer, 9)],
        ..who(&[Role::Head], 1)
    };
    let caller = Caller::of(&Tree::default(), &whole);
    assert!(wall.hides(&caller, Code::new(Kind::Complaint, 1)));
    assert!(!wall.hides(&caller, Code::new(Kind::Volunteer, 1)));
    let lines = [
        ("", true),
        ("recused=CZ-007", false),
        ("accused=ZY-000009", false),
        ("accused=ZY-000008", true),
        ("against=ZZ-0001", false),
        ("against=ZZ-0001 outside=科协机关纪委 handler=CZ-007", true),
        (
            "against=ZZ-0001 outside=科协机关纪委 handler=CZ-007 recused=CZ-007",
            false,
        ),
    ];
    // The eyes were opened before any of it was written.
    let eyes = Eyes::of(&desk, &whole);
    for (line, seen) in lines {
        let matter = record(&format!(
            "TS-2026-000001 receiver=ZZ-0001 status=受理 {line}"
        ));
        assert_eq!(eyes.see(&matter), seen, "{line}");
        desk.wall.put(&matter);
        assert_eq!(desk.wall.hides(&caller, matter.code()), !seen, "{line}");
    }
    // What followed from it, whether the eyes were opened before or after.
    let matter = record("TS-2026-000001 receiver=ZZ-0001 recused=CZ-007");
    desk.wall.put(&matter);
    let harm = record("SH-2026-000001 org=ZZ-0001 complaint=TS-2026-000001");
    desk.wall.put(&harm);
    assert!(desk.wall.hides(&caller, harm.code()));
    assert!(!Eyes::of(&desk, &whole).see(&harm));
}

#[test]
fn a_namesake_of_the_accused_is_asked_about() {
    let bench = Bench::new();
    let league = bench.operator(2);
    let made = bench.complain(&league, &[("accused_other", "盟值班")]);
    assert_eq!(text(&made, "handler"), "");
    let told = made
        .told
        .iter()
        .any(|said| said.zh.contains("同名的盟值班"));
    assert!(told, "{:?}", made.told);
    let code = made.code;
    let step = || Act::Step {
        code,
        step: "assign".into(),
        rev: None,
    };
    let asked = bench.change(&league, step(), &[("handler", "meng")], false);
    assert_eq!(asked.unwrap_err().kind, RefusalKind::Confirm);
    bench
        .change(&league, step(), &[("handler", "meng")], true)
        .unwrap();
}

#[test]
fn an_operator_on_another_line_is_as_one_who_is_not_there() {
    let bench = Bench::new();
    let county = bench.operator(3);
    let code = bench.complain(&county, &[("accused_other", "路人")]).code;
    let name = |handler: &str| said(bench.step(&county, code, "assign", &[("handler", handler)]));
    for handler in ["song", "松值班", "CZ-004"] {
        assert_eq!(name(handler), name("无此人").replace("无此人", handler));
    }
}
