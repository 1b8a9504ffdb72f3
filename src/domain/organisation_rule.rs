//! Rules on a team by itself: its founding, what its entry lacks, whether it is founded and acts (articles 5, 6 and 8).

use chrono::Months;

use crate::domain::kind::{Code, Kind};
use crate::domain::post::holders;
use crate::domain::record::Record;
use crate::domain::rule::{Case, Found, Rule, stands};
use crate::domain::said::{Said, t};
use crate::domain::world::holding;
use crate::say;

/// What holds of all rows that list what an entry lacks.
const ENTRY: Rule = Rule {
    kind: Kind::Organisation,
    field: "founder",
    way_out: t(
        "补录：kezhi edit 编号 字段=...",
        "complete it: kezhi edit CODE FIELD=...",
    ),
    ..Rule::BASE
};

const DUE: Rule = Rule {
    field: "status",
    way_out: t(
        "督促成立，成立后登记：kezhi do found 编号 founder=...",
        "see to its founding, then kezhi do found CODE founder=...",
    ),
    ..ENTRY
};

const SECOND: Rule = Rule {
    field: "area",
    way_out: t(
        "核对属地，或注销重复的一支：kezhi do dissolve 编号 note=...",
        "check the place, or dissolve the double: kezhi do dissolve CODE note=...",
    ),
    ..ENTRY
};

const PLATFORM: Rule = Rule {
    field: "platform_no",
    way_out: t(
        "在中国科协指定平台注册后登记：kezhi edit 编号 platform_no=...",
        "register on the platform, then kezhi edit CODE platform_no=...",
    ),
    ..ENTRY
};

const ACTS: Rule = Rule {
    field: "status",
    way_out: t(
        "安排活动：kezhi new activity org=编号 title=...；停办的注销",
        "plan one: kezhi new activity org=CODE title=...; dissolve a team that has ended",
    ),
    ..ENTRY
};

/// The rules.
pub const RULES: &[Rule] = &[
    stands!(ENTRY, "R05.1-01", "第五条第一款", Must, founding()),
    stands!(ENTRY, "R05.1-02", "第五条第一款", Ask, lacks(&["form"])),
    stands!(SECOND, "R06.1-01", "第六条第一款", Must, second("盟市队")),
    stands!(ACTS, "R06.1-03", "第六条第一款", Must, idle()),
    stands!(SECOND, "R06.2-02", "第六条第二款", Must, second("旗县队")),
    stands!(DUE, "R06.2-03", "第六条第二款", Must, due("学会队")),
    stands!(DUE, "R06.2-04", "第六条第二款", Must, due("高校队")),
    stands!(DUE, "R06.2-05", "第六条第二款", Must, due("企业队")),
    stands!(DUE, "R06.2-06", "第六条第二款", Must, due("园区队")),
    stands!(ENTRY, "R06.2一-06", "第六条第二款（一）", Must, desk()),
    stands!(
        PLATFORM,
        "R08.1-01",
        "第八条第一款",
        Must,
        lacks(&["platform_no"])
    ),
    stands!(ENTRY, "R08.1-02", "第八条第一款", Must, lacks(&["phone"])),
];

fn founded<'a>(case: &Case<'a>) -> Option<&'a Record> {
    Some(case.after).filter(|team| team.status() == "已成立")
}

fn founding(case: &Case) -> Option<Found> {
    let team = founded(case)?;
    let said = match team.day("founded_on") {
        _ if team.text("founder").is_empty() => say!("没有成立单位", "it has no founder"),
        None => say!("没有成立日期", "it has no day of founding"),
        Some(day) if day > case.today => say!(
            "成立日期 {day} 还没有到",
            "its day of founding, {day}, has not come yet"
        ),
        Some(_) => return None,
    };
    Some((said, None))
}

/// What of some fields a founded team lacks.
fn lacks(case: &Case, keys: &[&str]) -> Option<Found> {
    let said = missing(founded(case)?, keys)?;
    Some((said, None))
}

/// What of some fields a record lacks, by their labels.
pub(super) fn missing(record: &Record, keys: &[&str]) -> Option<Said> {
    let empty = keys.iter().filter(|key| record.get(key).is_none());
    let fields = empty.filter_map(|key| record.kind.spec().field(key));
    let (zh, en): (Vec<&str>, Vec<&str>) =
        fields.map(|field| (field.label.zh, field.label.en)).unzip();
    let (list, all) = (zh.join("、"), en.join(", "));
    (!zh.is_empty()).then(|| say!("没有填{list}", "without {all}"))
}

/// Another founded team of this kind for the same place, entered before.
fn second(case: &Case, kind: &str) -> Option<Found> {
    let team = founded(case).filter(|team| team.text("kind") == kind)?;
    let area = team.text("area");
    let alike = case.world.equal(Kind::Organisation, "area", area);
    let earlier = alike.into_iter().filter(|number| *number < team.number);
    let other = earlier
        .filter_map(|number| case.world.record(Code::new(Kind::Organisation, number)))
        .find(|other| other.text("kind") == kind && other.status() == "已成立")?;
    let other = case.told(&other);
    let (zh, en) = (other.zh, other.en);
    Some((
        say!("这里已有{kind}：{zh}", "the place has one: {en}"),
        None,
    ))
}

/// A body on the list whose team is not founded yet.
fn due(case: &Case, kind: &str) -> Option<Found> {
    let team = case.after;
    let waits = team.text("kind") == kind && matches!(team.status(), "应成立" | "筹建");
    waits.then(|| planned(team, case.today))
}

/// That a team is not founded yet, and for when it is planned; since that day if it has passed.
pub(super) fn planned(team: &Record, today: chrono::NaiveDate) -> Found {
    match team.day("plan_on") {
        None => (
            say!("尚未成立，没有计划日", "not founded, no day planned"),
            None,
        ),
        Some(day) if day < today => {
            let days = (today - day).num_days();
            let said = say!(
                "尚未成立，计划 {day} 成立，已过 {days} 天",
                "not founded; planned for {day}, {days} days ago"
            );
            (said, Some(day))
        }
        Some(day) => (
            say!(
                "尚未成立，计划 {day} 成立",
                "not founded; planned for {day}"
            ),
            None,
        ),
    }
}

/// The office of the regional team.
fn desk(case: &Case) -> Option<Found> {
    let team = founded(case).filter(|team| team.text("kind") == "总队")?;
    let at = ["科学技术普及部", "科普部"];
    let said = if !at.iter().any(|one| team.text("address").contains(one)) {
        say!(
            "地址里没有工作办公室（科学技术普及部）",
            "its address does not name the office, the department of science popularization"
        )
    } else if team.get("phone").is_none() {
        say!("工作办公室没有电话", "its office has no phone")
    } else if holders(team, &["联系人"], case.today).is_empty() {
        say!("工作办公室没有联系人", "its office has no contact")
    } else {
        return None;
    };
    Some((said, None))
}

/// A team that has stood for twelve months and did nothing in the last twelve, nor did its sub-teams.
fn idle(case: &Case) -> Option<Found> {
    let team = founded(case)?;
    let start = case.today.checked_sub_months(Months::new(12))?;
    team.day("founded_on").filter(|day| *day <= start)?;
    let code = team.code();
    let below = holding(case.world, Kind::Organisation, "parent", code).into_iter();
    let below = below
        .filter(|team| team.text("kind") == "分队")
        .map(|team| team.code());
    let mut last = None;
    for code in std::iter::once(code).chain(below) {
        let held = case.world.equal(Kind::Activity, "org", &code.to_string());
        // The latest stand last.
        for number in held.into_iter().rev() {
            let activity = case.world.record(Code::new(Kind::Activity, number))?;
            let day = activity.day("day").filter(|day| *day <= case.today);
            if !matches!(activity.status(), "进行" | "结项") || day.is_none() {
                continue;
            }
            if activity.day("until").max(day) >= Some(start) {
                return None;
            }
            last = last.max(day);
            break;
        }
    }
    let said = match last {
        None => say!("近 12 个月没有活动", "no activity within twelve months"),
        Some(day) => say!(
            "近 12 个月没有活动，上次在 {day}",
            "no activity within twelve months; the last was on {day}"
        ),
    };
    Some((said, last))
}
