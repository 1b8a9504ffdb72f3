//! Rules on operators: one record for each Unix user.

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::rule::{Case, Rule, Strength};
use crate::domain::said::{Said, t};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "SAME-USER",
        article: "",
        strength: Strength::Must,
        kind: Kind::Operator,
        // Whoever is enabled again must not meet a successor of the same login.
        acts: &[],
        field: "user",
        judges: &["user", "status"],
        check: same,
        way_out: t(
            "改那一条记录，或先停用它",
            "change that record, or disable it first",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "SAME-USER",
        kind: Kind::Operator,
        // Another record of the same person would begin without what the old one says of them.
        acts: &["new", "edit"],
        field: "user",
        judges: &["user"],
        check: again,
        way_out: t(
            "启用那一条：kezhi do enable 编号",
            "enable that one: kezhi do enable CODE",
        ),
        ..Rule::BASE
    },
];

/// The other operators of a login.
fn others<'a>(case: &'a Case) -> impl Iterator<Item = Record> + 'a {
    let user = case.after.text("user");
    let found = case.world.equal(Kind::Operator, "user", user).into_iter();
    found
        .filter(|number| *number != case.after.number)
        .filter_map(|number| case.world.record(Code::new(Kind::Operator, number)))
}

fn again(case: &Case) -> Option<Said> {
    let code = others(case).find(|other| !other.live())?.code();
    let user = case.after.text("user");
    Some(say!(
        "系统用户 {user} 曾登记为操作员 {code}，已停用",
        "the Unix user {user} was the operator {code}, which is disabled"
    ))
}

fn same(case: &Case) -> Option<Said> {
    if !case.after.live() {
        return None;
    }
    let user = case.after.text("user");
    let code = others(case).find(Record::live)?.code();
    Some(say!(
        "系统用户 {user} 已登记为操作员 {code}",
        "the Unix user {user} is the operator {code} already"
    ))
}
