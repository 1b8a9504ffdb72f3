//! Rules on agreements: article 13. No agreement is no violation; one that stands must be whole.

use crate::domain::agreement::{ELEMENTS, SPEC, missing, parties, signed, unsigned};
use crate::domain::kind::Kind;
use crate::domain::rule::{Case, Rule, STANDING, Strength};
use crate::domain::said::{Said, t};
use crate::domain::setting::HOUSE;
use crate::say;

/// The ids of the elements, in their order.
const IDS: [&str; 8] = [
    "R13-02", "R13-03", "R13-04", "R13-05", "R13-06", "R13-07", "R13-08", "R13-09",
];

/// A rule on one element.
const fn element(nth: usize, check: fn(&Case) -> Option<Said>) -> Rule {
    Rule {
        #[expect(clippy::indexing_slicing, reason = "checked when this is compiled")]
        id: IDS[nth],
        article: "第十三条",
        kind: Kind::Agreement,
        acts: &["sign", "activate"],
        #[expect(clippy::indexing_slicing, reason = "checked when this is compiled")]
        field: ELEMENTS[nth],
        check,
        way_out: t(
            "F4 补上再签（没有的写「无」）；或 kezhi edit 编号 要素=...",
            "F4 fills it (where there is nothing, say so), then sign; or kezhi edit CODE ELEMENT=...",
        ),
        lists: true,
        since: |case| {
            case.after
                .day("effective_on")
                .or_else(|| case.after.day("from"))
        },
        ..Rule::BASE
    }
}

/// The rules.
pub const RULES: &[Rule] = &[
    element(0, |case| open(case, "rights")),
    element(1, |case| open(case, "content")),
    element(2, |case| open(case, "way")),
    element(3, |case| open(case, "time")),
    element(4, |case| open(case, "place")),
    element(5, |case| open(case, "conditions")),
    element(6, |case| open(case, "safety")),
    element(7, |case| open(case, "other")),
    Rule {
        id: "R13-01",
        article: "第十三条",
        kind: Kind::Agreement,
        acts: &["offer", "sign", "activate"],
        field: "recipient",
        check: |case| {
            let count = parties(case.world, case.after).len();
            (count < 2).then(|| {
                say!(
                    "只有一方，协议至少要两方",
                    "one party alone: an agreement needs two"
                )
            })
        },
        way_out: t(
            "填志愿者或服务对象：volunteers=... recipient=...",
            "fill volunteers=... or recipient=...",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "R13-01S",
        article: "第十三条",
        kind: Kind::Agreement,
        acts: &["activate"],
        field: "signatures",
        check: |case| {
            let names: Vec<String> = unsigned(case.world, case.after)
                .into_iter()
                .map(|party| party.name)
                .collect();
            let list = names.join("、");
            (!names.is_empty()).then(|| say!("还没有签署：{list}", "not signed yet: {list}"))
        },
        way_out: t(
            "逐方签署：kezhi do sign 编号 party=...",
            "have each sign: kezhi do sign CODE party=...",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "SIGN-DAY",
        article: "",
        kind: Kind::Agreement,
        acts: &["sign"],
        field: "on",
        check: |case| {
            let offered = case.after.text("offered_on");
            let all = fresh(case);
            let early = all.iter().find(|(_, on)| *on < offered)?;
            let (party, on) = (early.0.to_owned(), early.1.to_owned());
            Some(say!(
                "{party} 的签署日期 {on} 早于送签日期 {offered}",
                "{party} signed on {on}, before it was offered on {offered}"
            ))
        },
        way_out: t("请核对签署日期：on=...", "check the day: on=..."),
        ..Rule::BASE
    },
    Rule {
        id: "SIGN-FUTURE",
        article: "",
        kind: Kind::Agreement,
        acts: &["sign"],
        field: "on",
        check: |case| {
            let today = case.today.to_string();
            let all = fresh(case);
            let late = all.iter().find(|(_, on)| *on > today.as_str())?;
            let on = late.1.to_owned();
            Some(say!("签署日期 {on} 还没有到", "{on} has not come yet"))
        },
        way_out: t("请核对签署日期：on=...", "check the day: on=..."),
        ..Rule::BASE
    },
    Rule {
        id: "EXPIRE-DAY",
        article: HOUSE,
        kind: Kind::Agreement,
        acts: &["expire"],
        field: "to",
        check: |case| match case.after.day("to") {
            None => Some(say!(
                "没有终止日期，不会期满",
                "it has no last day and does not expire"
            )),
            Some(to) => (case.today <= to).then(|| {
                say!(
                    "终止日期 {to} 还没有过",
                    "its last day, {to}, has not passed"
                )
            }),
        },
        way_out: t(
            "提前结束的办终止：kezhi do end 编号 note=...",
            "to end it before: kezhi do end CODE note=...",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "AGREEMENT-OVER",
        article: "第十三条",
        kind: Kind::Agreement,
        acts: &["edit"],
        field: "status",
        judges: &[
            "rights",
            "content",
            "way",
            "time",
            "place",
            "conditions",
            "safety",
            "other",
            "org",
            "volunteers",
            "recipient",
            "activity",
            "from",
            "to",
        ],
        check: |case| {
            let status = case.before.map(|before| before.status())?;
            matches!(status, "期满" | "终止").then(|| {
                say!(
                    "协议已{status}，签过的文本不能再改",
                    "the agreement is over ({status}): what was signed stays"
                )
            })
        },
        way_out: t(
            "照原文另立一份：kezhi do renew 编号",
            "make a new draft of it: kezhi do renew CODE",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "AGREEMENT-DUE",
        article: HOUSE,
        strength: Strength::Ask,
        kind: Kind::Agreement,
        acts: &[STANDING],
        field: "to",
        check: |case| {
            let to = case.after.day("to")?;
            (case.after.status() == "生效" && to < case.today).then(|| {
                say!(
                    "已于 {to} 到期，还没有办期满或续签",
                    "it expired on {to} and is neither closed nor renewed"
                )
            })
        },
        way_out: t(
            "kezhi do expire 编号，或 kezhi do renew 编号",
            "kezhi do expire CODE, or kezhi do renew CODE",
        ),
        lists: true,
        since: |case| case.after.day("to"),
        ..Rule::BASE
    },
    Rule {
        id: "AGREEMENT-TERM",
        article: "",
        kind: Kind::Agreement,
        acts: &["new", "edit"],
        field: "to",
        judges: &["from", "to"],
        check: |case| {
            let (from, to) = (case.after.day("from")?, case.after.day("to")?);
            (to < from).then(|| {
                say!(
                    "终止 {to} 早于起始 {from}",
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
];

/// The signatures that this act adds: those that stood were judged when they were made.
fn fresh<'a>(case: &Case<'a>) -> Vec<(&'a str, &'a str)> {
    let stood = case.before.map(signed).unwrap_or_default();
    let mut all = signed(case.after);
    all.retain(|one| !stood.contains(one));
    all
}

/// An open element, where the agreement is signed or stands.
fn open(case: &Case, key: &str) -> Option<Said> {
    let counts = case.act != crate::domain::rule::STANDING || case.after.status() == "生效";
    let found = missing(case.after)
        .into_iter()
        .find(|field| field.key == key);
    found.filter(|_| counts).map(|field| {
        let label = SPEC
            .field(field.key)
            .map_or(field.label, |field| field.label);
        let (zh, en) = (label.zh, label.en);
        say!(
            "协议缺「{zh}」，不能生效",
            "the agreement lacks {en} and cannot take effect"
        )
    })
}
