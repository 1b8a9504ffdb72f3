//! Rules on policies: article 9 (6).

use crate::domain::kind::Code;
use crate::domain::kind::Kind;
use crate::domain::moment::{begins, ends};
use crate::domain::rule::{Rule, Strength};
use crate::domain::said::t;
use crate::domain::world::holding;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "POLICY-TERM",
        article: "",
        kind: Kind::Insurance,
        acts: &["new", "edit"],
        field: "to",
        judges: &["from", "to"],
        check: |case| {
            let (from, to) = (
                begins(case.after.text("from"))?,
                ends(case.after.text("to"))?,
            );
            (to <= from).then(|| {
                let (from, to) = (
                    case.after.text("from").replace('T', " "),
                    case.after.text("to").replace('T', " "),
                );
                say!(
                    "保险止 {to} 不晚于起 {from}",
                    "the policy ends {to}, not after it begins {from}"
                )
            })
        },
        way_out: t("请核对起止：from=… to=…", "check the term: from=… to=…"),
        ..Rule::BASE
    },
    Rule {
        id: "POLICY-WHOM",
        article: "第九条（六）",
        kind: Kind::Insurance,
        acts: &["new", "edit"],
        field: "covers",
        judges: &["covers", "activity"],
        check: |case| {
            let nobody = case.after.get("covers").is_none() && case.after.get("activity").is_none();
            nobody.then(|| say!("没有写明保了谁", "it does not say whom it covers"))
        },
        way_out: t(
            "填被保险人或活动：covers=… 或 activity=…",
            "fill covers=… or activity=…",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "POLICY-TWICE",
        article: "",
        strength: Strength::Ask,
        kind: Kind::Insurance,
        acts: &["new", "edit"],
        field: "policy_no",
        judges: &["policy_no"],
        check: |case| {
            let same = case
                .world
                .equal(Kind::Insurance, "policy_no", case.after.title());
            let other = same
                .into_iter()
                .find(|number| *number != case.after.number)?;
            let code = Code::new(Kind::Insurance, other);
            Some(say!(
                "保单号已登记：{code}",
                "this policy is entered already: {code}"
            ))
        },
        way_out: t("确是另一份的请确认", "confirm if it is another one"),
        ..Rule::BASE
    },
    Rule {
        id: "POLICY-GAP",
        article: "第九条（六）",
        strength: Strength::Ask,
        kind: Kind::Insurance,
        acts: &["cancel"],
        field: "status",
        check: |case| {
            let activity = case.after.refs("activity").next()?;
            let count = holding(case.world, Kind::Enrolment, "activity", activity)
                .iter()
                .filter(|one| crate::domain::enrolment::takes_part(one))
                .count();
            (count > 0).then(|| {
                say!(
                    "退保后 {activity} 的 {count} 人可能没有保险",
                    "{count} people of {activity} may be without insurance then"
                )
            })
        },
        way_out: t("确要退保的请确认", "confirm if you mean it"),
        ..Rule::BASE
    },
];
