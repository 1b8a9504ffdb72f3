//! Rules on certificates: article 9 (5).

use crate::domain::certificate::noticed;
use crate::domain::kind::Kind;
use crate::domain::rule::{Case, Found, Rule, stands};
use crate::domain::said::t;
use crate::domain::setting::{CERTIFICATE_DAYS, HOUSE, NOTICE_DAYS};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "CERTIFICATE-TERM",
        article: "",
        kind: Kind::Certificate,
        acts: &["new", "edit"],
        field: "to",
        judges: &["from", "to"],
        check: |case| {
            let (from, to) = (case.after.day("from")?, case.after.day("to")?);
            (to < from).then(|| {
                say!(
                    "止 {to} 早于起 {from}",
                    "it ends on {to}, before it begins on {from}"
                )
            })
        },
        way_out: t(
            "请核对起止：from=... to=...",
            "check the term: from=... to=...",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "CERTIFICATE-FIXED",
        article: "第九条（五）",
        kind: Kind::Certificate,
        acts: &["edit"],
        field: "from",
        judges: &["volunteer", "from", "to", "org", "activity"],
        check: |case| {
            let issued = case.before.is_some_and(|before| before.status() != "申请");
            issued.then(|| {
                say!(
                    "已出具的证明不能改人、起止、活动和出具组织",
                    "person, term, activity and issuer of an issued certificate stay"
                )
            })
        },
        way_out: t(
            "撤销后另办一份：kezhi do revoke 编号 note=...",
            "revoke it and make another: kezhi do revoke CODE note=...",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "CERTIFICATE-NOTICE",
        article: HOUSE,
        kind: Kind::Certificate,
        acts: &["issue"],
        field: "asked_on",
        check: |case| {
            let days = NOTICE_DAYS.now(case.world);
            let until = noticed(case.world, case.after, case.today)?;
            Some(say!(
                "公示未满 {days} 天，至 {until}",
                "the {days} days of public notice last until {until}"
            ))
        },
        way_out: t(
            "公示期满再出具；规定由管理员改：kezhi setting notice_days=...",
            "issue it then; the administrator decides: kezhi setting notice_days=...",
        ),
        ..Rule::BASE
    },
    stands!(TERM, "R09五-02", "第九条（五）", Must, slow()),
];

/// Within how many working days a certificate is issued, the department has decided.
const TERM: Rule = Rule {
    kind: Kind::Certificate,
    field: "due_on",
    way_out: t(
        "立即出具：kezhi do issue 编号；期限由管理员定：kezhi setting certificate_days=...",
        "issue it at once: kezhi do issue CODE; the administrator decides the term: kezhi setting certificate_days=...",
    ),
    ..Rule::BASE
};

/// A certificate that is not issued by its day, or was issued after it.
fn slow(case: &Case) -> Option<Found> {
    let record = case.after;
    let due = record.day("due_on")?;
    let days = CERTIFICATE_DAYS.now(case.world);
    let said = match record.status() {
        "申请" if due < case.today => say!(
            "申请后 {days} 个工作日应出具（本单位规定），{due} 已过",
            "it was to be issued within {days} working days (rule of the department), by {due}"
        ),
        // One that was corrected carries the day of the correction.
        "有效" | "待更正" if record.int("version") <= 1 => {
            let issued = record.day("issued_on").filter(|issued| *issued > due)?;
            say!(
                "{issued} 才出具，应在 {due} 前（本单位规定 {days} 个工作日）",
                "issued on {issued}, after {due} ({days} working days, rule of the department)"
            )
        }
        _ => return None,
    };
    Some((said, Some(due)))
}
