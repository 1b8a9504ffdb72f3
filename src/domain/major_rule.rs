//! Rules on major activities: decided, overseen from beginning to end, questions answered (article 19).

use crate::domain::kind::Kind;
use crate::domain::major::{asked, due, gaps, is_decided, is_major, offices, proposed, said};
use crate::domain::oversight::open_questions;
use crate::domain::rule::{Case, Rule, STANDING, Strength};
use crate::domain::said::{Said, t};
use crate::domain::value::Value;
use crate::say;

const ARTICLE: &str = "第十九条";

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "MAJOR-DECIDE",
        article: ARTICLE,
        strength: Strength::Ask,
        kind: Kind::Activity,
        acts: &["submit", "approve"],
        field: "major",
        check: undecided,
        way_out: t(
            "定下来：kezhi edit 编号 major=是；不列为重大：major=否 major_note=原因",
            "decide: kezhi edit CODE major=yes; or major=no major_note=WHY",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "MAJOR-DECIDE",
        article: ARTICLE,
        kind: Kind::Activity,
        acts: &["ready", "start", "settle", "finish"],
        field: "major",
        check: undecided,
        way_out: t(
            "定下来：kezhi edit 编号 major=是；不列为重大：major=否 major_note=原因",
            "decide: kezhi edit CODE major=yes; or major=no major_note=WHY",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "MAJOR-DECIDE",
        article: ARTICLE,
        kind: Kind::Activity,
        acts: &["edit"],
        field: "major",
        judges: &["budget", "needed", "served", "spent", "major", "major_note"],
        check: crossed,
        way_out: t(
            "一并定下来：major=是；不列为重大：major=否 major_note=原因",
            "decide with it: major=yes; or major=no major_note=WHY",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "MAJOR-WHY",
        article: ARTICLE,
        kind: Kind::Activity,
        acts: &["new", "edit"],
        field: "major_note",
        judges: &["major", "major_note"],
        check: unreasoned,
        way_out: t(
            "写明不列为重大的原因：major_note=...",
            "say why it is not a major one: major_note=...",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "MAJOR-NAMES",
        article: ARTICLE,
        strength: Strength::Ask,
        kind: Kind::Activity,
        acts: &["submit", "approve"],
        field: "major",
        check: overseen,
        way_out: t(
            "策划时指定：kezhi new oversight activity=编号 office=纪检监察|审计 inspector=登录名",
            "name them while planning: kezhi new oversight activity=CODE office=... inspector=LOGIN",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "R19-02",
        article: ARTICLE,
        kind: Kind::Activity,
        acts: &["ready", "start", "settle", "finish"],
        field: "major",
        check: overseen,
        way_out: t(
            "两个部门都指定监督员，各阶段到场由监督员本人登记（没有账号的由上级负责人登记），再办这一步",
            "name an inspector for both offices; each enters their own presence at each stage (a head above for one without an account), then take the step again",
        ),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
    Rule {
        id: "OVERSIGHT-OPEN",
        article: ARTICLE,
        kind: Kind::Activity,
        acts: &["finish"],
        field: "overseers",
        check: unanswered,
        way_out: t(
            "逐一答复：kezhi do answer 监督编号 question=... answer=...",
            "answer each: kezhi do answer OVERSIGHT question=... answer=...",
        ),
        ..Rule::BASE
    },
];

fn undecided(case: &Case) -> Option<Said> {
    if is_decided(case.after) {
        return None;
    }
    let Said { zh, en } = proposed(case.world, case.after)?;
    Some(say!(
        "{zh}，达到本单位规定的重大活动门槛，还没有定是否重大",
        "{en}: the department's threshold of a major activity, and nobody decided"
    ))
}

/// What passed the gate already is asked when an edit lifts it over a threshold.
fn crossed(case: &Case) -> Option<Said> {
    let passed = matches!(case.after.status(), "就绪" | "进行" | "结项");
    passed.then(|| undecided(case)).flatten()
}

fn unreasoned(case: &Case) -> Option<Said> {
    if is_major(case.after) || !case.after.text("major_note").is_empty() {
        return None;
    }
    if case.before.is_some_and(is_major) {
        return Some(say!(
            "原来列为重大，改为不是须写明原因",
            "it was a major one: taking that back needs a reason"
        ));
    }
    let denied = case.after.get("major") == Some(&Value::Flag(false));
    let Said { zh, en } = denied.then(|| proposed(case.world, case.after)).flatten()?;
    Some(say!(
        "{zh}，达到重大活动门槛，不列为重大须写明原因",
        "{en}: not calling it a major one needs a reason"
    ))
}

fn overseen(case: &Case) -> Option<Said> {
    if !is_major(case.after) {
        return None;
    }
    let stages = match case.act {
        STANDING => due(case.after, case.today),
        act => asked(act),
    }?;
    said(case.after, &gaps(case.world, case.after, stages))
}

fn unanswered(case: &Case) -> Option<Said> {
    let offices = offices(case.world, case.after).into_iter();
    let mut open = offices.filter_map(|(_, oversight)| {
        let oversight = oversight?;
        let first = open_questions(&oversight).first().copied()?;
        Some((oversight.code(), first))
    });
    let (code, number) = open.next()?;
    Some(say!(
        "监督员的问题还没有答复：{code} 第 {number} 问",
        "an inspector's question is not answered: {code} no. {number}"
    ))
}
