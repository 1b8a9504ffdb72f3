//! What the regulation asks of the oversight of major activities (article 19).

use crate::domain::kind::Kind;
use crate::domain::operator::Role;
use crate::domain::oversight::{STAGES, is_named, open_questions, was_there};
use crate::domain::rule::{Case, Rule, Strength};
use crate::domain::said::{Said, t};
use crate::domain::world::holding;
use crate::say;

const ARTICLE: &str = "第十九条";

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "OVERSIGHT-FIXED",
        article: ARTICLE,
        kind: Kind::Oversight,
        acts: &["edit"],
        field: "office",
        judges: &["activity", "office", "inspector", "inspector_name"],
        check: |_| {
            Some(say!(
                "监督的活动、部门和人不能直接改",
                "the activity, the office and the inspector are not edited"
            ))
        },
        way_out: t(
            "换人：kezhi do name 编号 inspector=登录名；另一个部门另建一条",
            "another inspector: kezhi do name CODE inspector=LOGIN; another office is a record of its own",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "OVERSIGHT-WHO",
        article: ARTICLE,
        kind: Kind::Oversight,
        acts: &["new", "name"],
        field: "inspector",
        check: |case| {
            (!is_named(case.after)).then(|| say!("没有写由谁监督", "nobody is named as inspector"))
        },
        way_out: t(
            "有账号的：inspector=登录名；没有的：inspector_name=单位和姓名",
            "with an account: inspector=LOGIN; without: inspector_name=OFFICE AND NAME",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "OVERSIGHT-ROLE",
        article: ARTICLE,
        kind: Kind::Oversight,
        acts: &["new", "name"],
        field: "inspector",
        check: seatless,
        way_out: t(
            "请管理员给他监督员角色：kezhi edit 操作员编号 roles=监督员",
            "have the administrator give the role: kezhi edit OPERATOR roles=inspector",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "OVERSIGHT-TWICE",
        article: ARTICLE,
        kind: Kind::Oversight,
        acts: &["new"],
        field: "office",
        check: |case| {
            let (other, office) = (others(case, true)?, case.after.text("office"));
            Some(say!(
                "{office}已经在监督这项活动：{other}",
                "this office oversees the activity already: {other}"
            ))
        },
        way_out: t(
            "换人：kezhi do name 编号 inspector=登录名",
            "to change the inspector: kezhi do name CODE inspector=LOGIN",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "OVERSIGHT-SAME",
        article: ARTICLE,
        strength: Strength::Ask,
        kind: Kind::Oversight,
        acts: &["new", "name"],
        field: "inspector",
        check: |case| {
            let other = others(case, false)?;
            Some(say!(
                "两个部门由同一人监督：{other}",
                "one person oversees for both offices: {other}"
            ))
        },
        way_out: t("换一个人", "name somebody else"),
        ..Rule::BASE
    },
    Rule {
        id: "OVERSIGHT-OWN",
        article: ARTICLE,
        strength: Strength::Ask,
        kind: Kind::Oversight,
        acts: &["new", "name"],
        field: "inspector",
        check: own_work,
        way_out: t(
            "换一个不在这个组织值班的人",
            "name somebody who does not work for this team",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "R19-02",
        article: ARTICLE,
        kind: Kind::Oversight,
        acts: &["finish"],
        field: "presence",
        check: incomplete,
        way_out: t(
            "监督员记下到场：kezhi do attend 编号 stage=... day=...",
            "the inspector enters the presence: kezhi do attend CODE stage=... day=...",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "OVERSIGHT-OPEN",
        article: ARTICLE,
        kind: Kind::Oversight,
        acts: &["finish"],
        field: "questions",
        check: |case| {
            let open = open_questions(case.after);
            let list: Vec<String> = open.iter().map(i64::to_string).collect();
            let list = list.join("、");
            (!open.is_empty()).then(|| {
                say!(
                    "问题还没有答复：第 {list} 问",
                    "questions are not answered: {list}"
                )
            })
        },
        way_out: t(
            "答复：kezhi do answer 编号 question=... answer=...",
            "answer: kezhi do answer CODE question=... answer=...",
        ),
        ..Rule::BASE
    },
];

/// The other oversight of the activity by the same office, or by the other one with the same person.
fn others(case: &Case, same_office: bool) -> Option<crate::domain::kind::Code> {
    let activity = case.after.refs("activity").next()?;
    let all = holding(case.world, Kind::Oversight, "activity", activity);
    let same = |one: &crate::domain::record::Record, key: &str| {
        !one.text(key).is_empty() && one.text(key) == case.after.text(key)
    };
    let found = all.iter().filter(|one| one.number != case.after.number);
    let mut found = found.filter(|one| match same_office {
        true => same(one, "office"),
        false => !same(one, "office") && (same(one, "inspector") || same(one, "inspector_name")),
    });
    found.next().map(|one| one.code())
}

/// Whoever is named must be able to sit there: an account in use, with the role.
fn seatless(case: &Case) -> Option<Said> {
    let code = case.after.refs("inspector").next()?;
    let operator = case.world.record(code)?;
    let mut roles = operator.texts("roles").filter_map(Role::named);
    let fits = operator.live() && roles.any(|role| role == Role::Inspector);
    let name = operator.title();
    (!fits).then(|| {
        say!(
            "{code} {name} 不是启用的监督员",
            "{code} {name} is no active inspector"
        )
    })
}

/// Whoever does the team's daily work would oversee themselves.
fn own_work(case: &Case) -> Option<Said> {
    let operator = case.world.record(case.after.refs("inspector").next()?)?;
    let mut roles = operator.texts("roles").filter_map(Role::named);
    roles.find(|role| matches!(role, Role::Operator | Role::Head))?;
    let mut team = case.after.refs("org").next();
    // A circle in old data must not hang the service.
    for _ in 0..64 {
        let at = team?;
        if operator.refs("scope").any(|root| root == at) {
            let name = operator.title();
            return Some(say!(
                "{name} 也是主办组织的值班员或负责人，等于自己监督自己",
                "{name} does daily work for this team as well: overseeing oneself"
            ));
        }
        team = case.world.record(at)?.refs("parent").next();
    }
    None
}

fn incomplete(case: &Case) -> Option<Said> {
    let activity = case.world.record(case.after.refs("activity").next()?)?;
    let missing = STAGES
        .iter()
        .filter(|stage| !was_there(&activity, case.after, stage.zh));
    let missing: Vec<_> = missing.collect();
    let zh: Vec<&str> = missing.iter().map(|stage| stage.zh).collect();
    let en: Vec<&str> = missing.iter().map(|stage| stage.en).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    (!missing.is_empty()).then(|| say!("缺{zh}到场", "not there: {en}"))
}
