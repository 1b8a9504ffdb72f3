//! What is asked before a complaint loses something: one of the accused, or what is erased for good.

use crate::domain::accused::{ABOUT, dropped};
use crate::domain::kind::Code;
use crate::domain::kind::Kind;
use crate::domain::route::title;
use crate::domain::rule::{Case, Rule, Strength};
use crate::domain::said::{Said, t};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "ACCUSED-LESS",
        kind: Kind::Complaint,
        article: "第十九条",
        strength: Strength::Should,
        acts: &["edit"],
        field: "accused",
        judges: &ABOUT,
        check: less,
        way_out: t(
            "写明原因：--reason，或在表单里填写；去掉的对象仍须回避",
            "say why: --reason, or in the form; whoever is taken out stays kept from it",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "ERASE",
        kind: Kind::Complaint,
        article: "个人信息保护法第四十七条",
        strength: Strength::Ask,
        acts: &["erase"],
        field: "subject",
        check: erased,
        way_out: t(
            "核对本人和编号无误后确认：--yes",
            "check person and code, then confirm: --yes",
        ),
        ..Rule::BASE
    },
];

fn less(case: &Case) -> Option<Said> {
    let gone = dropped(case.before?, case.after);
    let names = gone.iter().map(|one| match Code::read(one) {
        Some(code) => format!("{one} {}", title(case.world, code)),
        None => one.clone(),
    });
    let list = names.collect::<Vec<_>>().join("、");
    (!gone.is_empty()).then(|| say!("去掉了被反映对象：{list}", "the accused lose {list}"))
}

fn erased(case: &Case) -> Option<Said> {
    let person = case.world.record(case.after.refs("subject").next()?)?;
    let (code, name) = (person.code(), person.title());
    let gone = crate::domain::erase::goes(&person);
    let zh = gone
        .iter()
        .map(|label| label.zh)
        .collect::<Vec<_>>()
        .join("、");
    let en = gone
        .iter()
        .map(|label| label.en)
        .collect::<Vec<_>>()
        .join(", ");
    Some(say!(
        "将清除 {code} {name} 的{zh}，连同变更记录，不能恢复",
        "of {code} {name} this erases for good, in the history too: {en}"
    ))
}
