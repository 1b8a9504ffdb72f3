//! What an undo leaves as it is: values that a rule forbids by now, and what one no longer sees.

use crate::consequence::{ask, code, login, new, session};
use crate::undo::Bench;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::said::Lang;
use kezhi::protocol::Act;

#[test]
fn former_values_that_a_rule_forbids_stay_away() {
    let bench = Bench::new();
    // The number is free for somebody else once it is changed here.
    bench.edit("ZY-000010", &[("id_number", "11010519491231002X")]);
    bench.edit(
        "ZY-000010",
        &[("id_number", "110105194912310038"), ("gender", "男")],
    );
    let other = session(&bench.service, login(7002, "巴图", 5));
    let act = Act::Edit {
        code: code("ZY-000011"),
        rev: None,
    };
    let number = [("id_number", "11010519491231002X")];
    ask(&bench.service, &other, act, &number, "工作需要").unwrap();
    let no = bench.back("ZY-000010").unwrap_err();
    assert_eq!(no.kind, RefusalKind::Rule, "{no:?}");
    assert!(no.article.is_some() || !no.hint.is_empty(), "{no:?}");
    bench.holds();
}

#[test]
fn a_matter_that_was_walled_since_is_not_there() {
    let bench = Bench::new();
    let fields = [
        ("title", "场地脏乱"),
        ("facts", "现场没有打扫"),
        ("kind", "投诉"),
        ("accused", "ZZ-0035"),
        ("anonymous", "是"),
    ];
    let made = new(&bench.service, &bench.me, Kind::Complaint, &fields).unwrap();
    let inside = session(&bench.service, login(7004, "县", 35));
    let walled = bench
        .back_as(&inside, &made.code.to_string(), None)
        .unwrap_err();
    let free = Code::new(Kind::Complaint, made.code.number ^ 1);
    let none = bench.back_as(&inside, &free.to_string(), None).unwrap_err();
    let name = |line: String, code: Code| line.replace(&code.to_string(), "X");
    assert_eq!(
        name(walled.line(Lang::Zh), made.code),
        name(none.line(Lang::Zh), free)
    );
}
