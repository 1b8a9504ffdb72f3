//! What is listed of complaints as they stand: who has one in hand, what was upheld, what was not asked or told.

use crate::domain::complaint;
use crate::domain::complaint_rule::flag;
use crate::domain::kind::Kind;
use crate::domain::organisation_rule::missing;
use crate::domain::route;
use crate::domain::rule::{Case, Found, Rule, stands};
use crate::domain::said::t;
use crate::say;

const BASE: Rule = Rule {
    kind: Kind::Complaint,
    ..Rule::BASE
};

/// What was found true in this matter stands against a volunteer.
const UPHELD: Rule = Rule {
    field: "outcome",
    way_out: t(
        "按规定处理：F7，或 kezhi new sanction complaint=编号 ...",
        "what follows from it: F7, or kezhi new sanction complaint=CODE ...",
    ),
    ..BASE
};

const RECEIVER: Rule = Rule {
    field: "receiver",
    way_out: t(
        "负责人改由上一级办理：F8 转办，或 kezhi do transfer 编号 to=... note=...",
        "a head passes it one level up: F8, or kezhi do transfer CODE to=... note=...",
    ),
    ..BASE
};

const ASKED: Rule = Rule {
    field: "contact",
    way_out: t(
        "趁来人在电话上补问：F4，或 kezhi edit 编号 contact=... claims=...",
        "ask while the caller is on the line: F4, or kezhi edit CODE contact=... claims=...",
    ),
    ..BASE
};

const URGENT: Rule = Rule {
    field: "urgent",
    way_out: t(
        "报告上一级后：F8 上报，或 kezhi do report 编号 note=报告了谁",
        "tell the level above, then F8, or kezhi do report CODE note=WHO",
    ),
    ..BASE
};

/// The rules.
pub const RULES: &[Rule] = &[
    stands!(RECEIVER, "R19-03", "第十九条", Must, own_hands()),
    stands!(ASKED, "XF-19W", "信访工作条例第十九条", May, unasked()),
    stands!(UPHELD, "R10四-02", "第十条（四）", Must, upheld("收取报酬")),
    stands!(UPHELD, "R10四-01", "第十条（四）", Must, upheld("人格隐私")),
    stands!(
        UPHELD,
        "R10一-03",
        "第十条（一）",
        Must,
        upheld("以志愿者身份营利")
    ),
    stands!(
        UPHELD,
        "R10一-04",
        "第十条（一）",
        Must,
        upheld("违背社会公德")
    ),
    stands!(
        URGENT,
        "XF-25",
        "信访工作条例第二十五条",
        Must,
        unreported()
    ),
];

/// Those whom it is about have it in their own hands.
fn own_hands(case: &Case) -> Option<Found> {
    let record = case.after;
    if !complaint::open(record) || !record.text("outside").is_empty() {
        return None;
    }
    let receiver = record.refs("receiver").next()?;
    // Every open complaint is judged so: where it would go now is not worked out.
    let now = route::against(record, case.world, case.today);
    let mut against = now.into_iter().chain(record.refs("against"));
    let accused = against
        .find(|org| route::within(case.world, receiver, *org))
        .or_else(|| {
            let headed = route::headed(record, case.world, receiver, case.today);
            headed.then_some(receiver)
        })?;
    let (zh, en) = (
        route::title(case.world, accused),
        route::title(case.world, receiver),
    );
    let said = say!(
        "受理组织{en}属被反映的{zh}，不得由其办理",
        "it is received by {en}, which belongs to {zh}, whom it is about"
    );
    Some((said, record.day("transferred_on").or(record.day("day"))))
}

fn upheld(case: &Case, topic: &str) -> Option<Found> {
    let outcome = case.after.text("outcome");
    let found = matches!(outcome, "属实" | "部分属实") && case.after.text("topic") == topic;
    found.then(|| {
        let said = say!(
            "投诉成立（{outcome}）：{topic}",
            "the complaint was upheld: {topic}"
        );
        (said, case.after.day("answered_on"))
    })
}

/// What the law wants recorded and a caller was not asked yet.
fn unasked(case: &Case) -> Option<Found> {
    let record = case.after;
    if record.status() != "登记" || matches!(case.after.text("kind"), "建议意见" | "表扬") {
        return None;
    }
    let wanted: &[&str] = match flag(record, "anonymous") {
        true => &["claims"],
        false => &["complainant", "contact", "claims"],
    };
    Some((missing(record, wanted)?, record.day("day")))
}

fn unreported(case: &Case) -> Option<Found> {
    let record = case.after;
    let waits = flag(record, "urgent") && record.get("reported_on").is_none();
    (waits && complaint::open(record)).then(|| {
        let said = say!(
            "重大、紧急的，还没有报告上一级",
            "it is major or urgent, and the level above was not told"
        );
        (said, record.day("day"))
    })
}
