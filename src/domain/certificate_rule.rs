//! Rules on certificates: article 9 (5).

use crate::domain::certificate::noticed;
use crate::domain::kind::Kind;
use crate::domain::rule::Rule;
use crate::domain::said::t;
use crate::domain::setting::{HOUSE, NOTICE_DAYS};
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
        way_out: t("请核对起止：from=… to=…", "check the term: from=… to=…"),
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
            "撤销后另办一份：kezhi do revoke 编号 note=…",
            "revoke it and make another: kezhi do revoke CODE note=…",
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
            "公示期满再出具；规定由管理员改：kezhi setting notice_days=…",
            "issue it then; the administrator decides: kezhi setting notice_days=…",
        ),
        ..Rule::BASE
    },
];
