//! Rules on the end of an organisation: nobody and nothing is left behind.

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::rule::{Rule, Strength};
use crate::domain::said::t;
use crate::domain::tree_rule::others;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "DISSOLVE-CHILD",
        article: "第五条",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["dissolve"],
        field: "status",
        judges: &["status"],
        check: |case| {
            let code = case.after.code().to_string();
            let live: Vec<_> = others(case, "parent", &code)
                .into_iter()
                .filter(Record::live)
                .collect();
            let first = live.first()?;
            let (count, child, name) = (live.len(), first.code(), first.title().to_owned());
            Some(say!(
                "还有 {count} 个下级组织，如 {child} {name}",
                "{count} organisations stand below it, such as {child} {name}"
            ))
        },
        way_out: t("先改隶或注销下级组织", "move or dissolve them first"),
        ..Rule::BASE
    },
    Rule {
        id: "DISSOLVE-MEMBER",
        article: "第七条",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["dissolve"],
        field: "status",
        judges: &["status"],
        check: |case| {
            let code = case.after.code().to_string();
            let members = case.world.equal(Kind::Volunteer, "teams", &code);
            let count = members
                .into_iter()
                .filter_map(|number| case.world.record(Code::new(Kind::Volunteer, number)))
                .filter(Record::live)
                .count();
            (count > 0).then(|| say!("还有 {count} 名志愿者", "{count} volunteers belong to it"))
        },
        way_out: t(
            "先把志愿者转到其他组织",
            "move the volunteers to another organisation first",
        ),
        ..Rule::BASE
    },
];
