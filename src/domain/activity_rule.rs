//! Rules on activities: articles 2, 9 and 12.

use crate::domain::activity::{dangerous, sessions};
use crate::domain::cover::{self, Person};
use crate::domain::kind::Kind;
use crate::domain::rule::{Case, Rule, Strength};
use crate::domain::said::{Said, t};
use crate::domain::value::Value;
use crate::say;

const GO: &[&str] = &["ready", "start"];

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "R02-01",
        article: "第二条",
        kind: Kind::Activity,
        field: "fee",
        judges: &["fee"],
        check: |case| match case.after.get("fee") {
            Some(Value::Int(fee)) if *fee > 0 => Some(say!(
                "向服务对象收费 {fee} 元，科技志愿服务是无偿的",
                "a fee of {fee} yuan: the service is free of charge"
            )),
            _ => None,
        },
        way_out: t("收费改为 0：fee=0", "set the fee to 0: fee=0"),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
    Rule {
        id: "R02-02",
        article: "第二条、第十二条",
        kind: Kind::Activity,
        acts: &["submit", "approve", "ready", "start"],
        field: "scope",
        check: |case| {
            let empty = case.after.text("scope").is_empty() && case.after.status() != "草拟";
            empty.then(|| {
                say!(
                    "没有归入第十二条八项之一",
                    "it is none of the eight of article 12 yet"
                )
            })
        },
        way_out: t("填服务范围：scope=…", "fill the scope: scope=…"),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
    Rule {
        id: "R09四-03",
        article: "第九条（四）",
        kind: Kind::Activity,
        acts: &["submit", "approve", "recruit", "ready", "start"],
        field: "sessions",
        check: |case| {
            sessions(case.after)
                .is_empty()
                .then(|| say!("还没有时间", "it has no time yet"))
        },
        way_out: t(
            "填场次：sessions=\"2026-12-01 09:00-11:00\"",
            "fill the sessions: sessions=\"2026-12-01 09:00-11:00\"",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "R09四-03",
        article: "第九条（四）",
        kind: Kind::Activity,
        acts: GO,
        field: "place",
        check: |case| {
            let nowhere = ["place", "online", "area"]
                .iter()
                .all(|key| case.after.text(key).is_empty());
            nowhere.then(|| say!("还没有地点", "it has no place yet"))
        },
        way_out: t("填地点：place=…", "fill the place: place=…"),
        ..Rule::BASE
    },
    Rule {
        id: "R09六-01",
        article: "第九条（六）",
        kind: Kind::Activity,
        acts: GO,
        field: "dangers",
        check: |case| untold(case),
        way_out: t(
            "逐人告知：名单（r）上标记后按 t；或 kezhi do tell 派遣编号 told_by=…",
            "tell each one: mark them in the list (r) and press t; or kezhi do tell ENROLMENT told_by=…",
        ),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
    Rule {
        id: "R09六-02",
        article: "第九条（六）",
        kind: Kind::Activity,
        acts: GO,
        field: "dangers",
        check: |case| uninsured(case),
        way_out: t(
            "登记保单：名单（r）上按 b；或 kezhi new insurance activity=编号 policy_no=… insurer=… from=… to=…；或换人、降为无危险",
            "enter the policy: b in the list (r); or kezhi new insurance activity=CODE policy_no=… insurer=… from=… to=…; or change people, or take the danger away",
        ),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
    Rule {
        id: "R09六-00",
        article: "第九条（六）",
        strength: Strength::Ask,
        kind: Kind::Activity,
        acts: &["edit"],
        field: "sessions",
        judges: &["sessions"],
        check: |case| {
            let before = case.before?;
            let had = case.before.filter(|before| dangerous(before))?;
            let holes = |people: &[Person]| {
                people
                    .iter()
                    .filter(|person| !person.holes.is_empty())
                    .count()
            };
            let (was, now) = (
                holes(&cover::people(case.world, had)),
                holes(&cover::people(case.world, case.after)),
            );
            let gone = matches!(before.status(), "就绪" | "进行");
            (gone && now > was).then(|| {
                say!(
                    "改时间后 {now} 人的保险有缺口",
                    "after the change {now} people are not insured throughout"
                )
            })
        },
        way_out: t(
            "确要改的请确认，并补保单",
            "confirm if you mean it, and enter a policy",
        ),
        ..Rule::BASE
    },
];

/// Whether it is or goes on among people: told and insured must everybody be then.
fn under_way(case: &Case) -> bool {
    matches!(case.after.status(), "就绪" | "进行" | "结项") && dangerous(case.after)
}

/// The names of some, with the number of the others.
fn listed(case: &Case, people: &[&Person]) -> String {
    let names: Vec<String> = people
        .iter()
        .take(6)
        .filter_map(|person| case.world.record(person.volunteer))
        .map(|volunteer| volunteer.title().to_owned())
        .collect();
    let mut list = names.join("、");
    if people.len() > 6 {
        list.push_str(&format!("… +{}", people.len() - 6));
    }
    list
}

fn untold(case: &Case) -> Option<Said> {
    if !under_way(case) {
        return None;
    }
    let people = cover::people(case.world, case.after);
    let untold: Vec<&Person> = people.iter().filter(|person| !person.told).collect();
    let (count, list) = (untold.len(), listed(case, &untold));
    (count > 0).then(|| {
        say!(
            "{count} 人未在活动前告知人身危险：{list}",
            "{count} not told of the danger before it begins: {list}"
        )
    })
}

fn uninsured(case: &Case) -> Option<Said> {
    if !under_way(case) {
        return None;
    }
    let people = cover::people(case.world, case.after);
    let open: Vec<&Person> = people
        .iter()
        .filter(|person| !person.holes.is_empty())
        .collect();
    let first = open.first()?.holes.first()?.said();
    let (count, list) = (open.len(), listed(case, &open));
    Some(say!(
        "{count} 人的人身意外伤害保险有缺口：{list}（如 {first}）",
        "{count} without accident insurance throughout: {list} (such as {first})"
    ))
}
