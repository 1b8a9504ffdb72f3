//! Rules on operators: one record for each Unix user.

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::rule::{Case, Rule, Strength};
use crate::domain::said::{Said, t};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[Rule {
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
}];

fn same(case: &Case) -> Option<Said> {
    if !case.after.live() {
        return None;
    }
    let user = case.after.text("user");
    let found = case.world.equal(Kind::Operator, "user", user).into_iter();
    let other = found
        .filter(|number| *number != case.after.number)
        .filter_map(|number| case.world.record(Code::new(Kind::Operator, number)))
        .find(Record::live)?;
    let code = other.code();
    Some(say!(
        "系统用户 {user} 已登记为操作员 {code}",
        "the Unix user {user} is the operator {code} already"
    ))
}
