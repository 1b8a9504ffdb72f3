//! Rules on activities: articles 2, 9 and 12.

use crate::domain::activity::{dangerous, sessions};
use crate::domain::cover::{self, Person};
use crate::domain::day::age;
use crate::domain::enrolment::takes_part;
use crate::domain::kind::Kind;
use crate::domain::rule::{Case, Rule};
use crate::domain::said::{Said, t};
use crate::domain::spending::twice;
use crate::domain::value::Value;
use crate::domain::world::holding;
use crate::say;

const GO: &[&str] = &["ready", "start"];
const GO_ON: &[&str] = &["ready", "start", "edit"];
/// What a change must touch to be judged for its danger.
const RISK: &[&str] = &["dangers", "sessions", "status"];
/// Who may be there when it begins.
const COMING: &[&str] = &["拟派", "已邀", "同意", "到场"];

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
        way_out: t("填服务范围：scope=...", "fill the scope: scope=..."),
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
        way_out: t("填地点：place=...", "fill the place: place=..."),
        ..Rule::BASE
    },
    Rule {
        id: "R09六-01",
        article: "第九条（六）",
        kind: Kind::Activity,
        acts: GO_ON,
        field: "dangers",
        judges: RISK,
        check: |case| untold(case),
        way_out: t(
            "逐人告知：名单（r）上标记后按 t；或 kezhi do tell 派遣编号 told_by=...",
            "tell each one: mark them in the list (r) and press t; or kezhi do tell ENROLMENT told_by=...",
        ),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
    Rule {
        id: "R09六-02",
        article: "第九条（六）",
        kind: Kind::Activity,
        acts: GO_ON,
        field: "dangers",
        judges: RISK,
        check: |case| uninsured(case),
        way_out: t(
            "登记保单：名单（r）上按 b；或 kezhi new insurance activity=编号 policy_no=... insurer=... from=... to=...；或换人、降为无危险",
            "enter the policy: b in the list (r); or kezhi new insurance activity=CODE policy_no=... insurer=... from=... to=...; or change people, or take the danger away",
        ),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
    Rule {
        id: "R09四-02",
        article: "第九条（四）",
        kind: Kind::Activity,
        acts: GO_ON,
        field: "dangers",
        judges: RISK,
        check: |case| {
            let minors = minors(case, dangerous(case.after))?;
            Some(say!(
                "未成年人不派危险活动：{minors}",
                "no minor is sent into danger: {minors}"
            ))
        },
        way_out: t("换成年人", "send adults"),
        ..Rule::BASE
    },
    Rule {
        id: "R16.1-02",
        article: "第十六条第一款",
        kind: Kind::Activity,
        field: "vouchers",
        judges: &["vouchers"],
        check: |case| {
            let number = twice(case.after)?;
            Some(say!(
                "凭证号 {number} 填了两次",
                "voucher {number} stands twice"
            ))
        },
        way_out: t("改凭证号：vouchers=...", "correct the number: vouchers=..."),
        ..Rule::BASE
    },
];

/// The minors among those who take part; none where it is no question.
fn minors(case: &Case, asked: bool) -> Option<String> {
    let enrolled =
        asked.then(|| holding(case.world, Kind::Enrolment, "activity", case.after.code()))?;
    let day = case.after.day("day").unwrap_or(case.today);
    let people = enrolled.iter().filter(|one| takes_part(one));
    let people = people.filter_map(|one| case.world.record(one.refs("volunteer").next()?));
    let young = people.filter(|person| {
        person
            .day("birth")
            .is_some_and(|birth| age(birth, day) < 18)
    });
    let names: Vec<String> = young.map(|person| person.title().to_owned()).collect();
    (!names.is_empty()).then(|| names.join("、"))
}

/// Whether an act is one at which everybody must be told and insured.
fn strict(case: &Case) -> bool {
    // While it goes on, a danger or a time that is put in counts at once.
    case.act != "edit" || case.after.status() == "进行"
}

/// Who must be told and insured: who takes part; before it begins, whoever may still come as well.
fn judged(case: &Case) -> Vec<Person> {
    match GO.contains(&case.act) {
        true => cover::people_in(case.world, case.after, COMING),
        false => cover::people(case.world, case.after),
    }
}

/// Whether it is or goes on among people: told and insured must everybody be then.
fn under_way(case: &Case) -> bool {
    matches!(case.after.status(), "就绪" | "进行" | "结项") && dangerous(case.after) && strict(case)
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
        list.push_str(&format!("... +{}", people.len() - 6));
    }
    list
}

fn untold(case: &Case) -> Option<Said> {
    if !under_way(case) {
        return None;
    }
    let people = judged(case);
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
    let people = judged(case);
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
