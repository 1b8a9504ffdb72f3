//! What was entered of a complaint and its clocks go by: who corrects it, and why (信访工作条例 19, 23).

use crate::domain::kind::Kind;
use crate::domain::rule::{Case, Rule, Strength};
use crate::domain::said::t;
use crate::domain::setting::HOUSE;
use crate::say;

const BASE: Rule = Rule {
    kind: Kind::Complaint,
    article: HOUSE,
    field: "received_at",
    judges: &["received_at"],
    ..Rule::BASE
};

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "CORRECT",
        acts: &["edit"],
        field: "kind",
        judges: &[
            "kind",
            "received_at",
            "anonymous",
            "complainant",
            "contact",
            "facts",
        ],
        check: |case| {
            (!entered(case)).then(|| {
                say!(
                    "已过登记：类别、收到时间、来人、联系方式、匿名、事实不能直接改，期限和告知都以此为准",
                    "it is entered and under way: kind, day received, name, contact, anonymity and facts are not simply edited, terms and telling go by them"
                )
            })
        },
        way_out: t(
            "负责人写明原因更正：kezhi do correct 编号 字段=... note=...；来人补充的事实记在备注或证据里",
            "a head corrects it with a reason: kezhi do correct CODE FIELD=... note=...; what is added later goes to the note or the evidence",
        ),
        ..BASE
    },
    Rule {
        id: "RECEIVED",
        strength: Strength::Should,
        acts: &["edit"],
        check: |case| {
            let old = case.before?.text("received_at");
            let new = case.after.text("received_at");
            entered(case).then(|| {
                say!(
                    "收到时间由 {old} 改为 {new}，期限随之重算",
                    "the time of receipt changes from {old} to {new}, and all terms with it"
                )
            })
        },
        way_out: t(
            "写明原因：--reason，或在表单里填写",
            "say why: --reason, or in the form",
        ),
        ..BASE
    },
    Rule {
        id: "XF-17",
        article: "信访工作条例第十七条",
        acts: &["correct"],
        check: |case| {
            let accepted = case.after.day("accepted_on")?;
            let day = case.after.day("day").filter(|day| *day > accepted)?;
            Some(say!(
                "收到日期 {day} 晚于受理日期 {accepted}",
                "it came on {day}, after it was accepted on {accepted}"
            ))
        },
        way_out: t("请核对：received_at=...", "check it: received_at=..."),
        ..BASE
    },
];

/// Whether nothing was decided yet.
fn entered(case: &Case) -> bool {
    case.before.is_none_or(|before| before.status() == "登记")
}
