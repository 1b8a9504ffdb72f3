//! Rules on volunteers: article 7, the civil code on minors, and doubles.

use crate::domain::day::age;
use crate::domain::identity::{Identity, identity};
use crate::domain::kind::{Code, Kind};
use crate::domain::rule::{Case, Rule, STANDING, Strength};
use crate::domain::said::{Said, t};
use crate::domain::setting::{HOUSE, MOST_TEAMS};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "R08.1-03",
        article: "第八条第一款、GB 11643",
        strength: Strength::Must,
        kind: Kind::Volunteer,
        acts: &["new", "edit", "register", "confirm", "resume"],
        field: "id_number",
        judges: &["id_number", "id_type", "status"],
        check: |case| parsed(case)?.err(),
        way_out: t(
            "请对照证件逐位核对；不是居民身份证的请改证件类型",
            "compare with the card; change the document type if it is another document",
        ),
        lists: true,
        ..Rule::BASE
    },
    Rule {
        id: "R08.1-03",
        article: "第八条第一款、GB 11643",
        strength: Strength::Must,
        kind: Kind::Volunteer,
        acts: &["new", "edit", "register", "confirm", "resume"],
        field: "birth",
        judges: &["birth", "id_number", "id_type", "status"],
        check: |case| {
            let said = parsed(case)?.ok()?.birth;
            let birth = case.after.day("birth")?;
            (birth != said).then(|| {
                say!(
                    "出生日期 {birth} 与身份证号不符，证号为 {said}",
                    "birth {birth} disagrees with the identity number, which says {said}"
                )
            })
        },
        way_out: t(
            "改出生日期，或清空它由证号得出",
            "correct it, or clear it to take it from the number",
        ),
        lists: true,
        ..Rule::BASE
    },
    Rule {
        id: "R08.1-03",
        article: "第八条第一款、GB 11643",
        strength: Strength::Must,
        kind: Kind::Volunteer,
        acts: &["new", "edit", "register", "confirm", "resume"],
        field: "gender",
        judges: &["gender", "id_number", "id_type", "status"],
        check: |case| {
            let said = parsed(case)?.ok()?.gender;
            let gender = case.after.text("gender");
            (!gender.is_empty() && gender != said).then(|| {
                say!(
                    "性别「{gender}」与身份证号不符，证号为「{said}」",
                    "gender {gender} disagrees with the identity number, which says {said}"
                )
            })
        },
        way_out: t(
            "改性别，或清空它由证号得出",
            "correct it, or clear it to take it from the number",
        ),
        lists: true,
        ..Rule::BASE
    },
    Rule {
        id: "R07-06",
        article: "第七条、民法典第二十条",
        strength: Strength::Must,
        kind: Kind::Volunteer,
        acts: &["new", "edit", "register", "confirm", "resume"],
        field: "birth",
        judges: &["birth", "status"],
        check: |case| {
            let years = years(case)?;
            (years < 8).then(|| {
                say!(
                    "{years} 周岁，不满 8 周岁不能登记为志愿者",
                    "aged {years}: nobody under 8 can be registered"
                )
            })
        },
        way_out: t("请核对出生日期", "check the day of birth"),
        lists: true,
        ..Rule::BASE
    },
    Rule {
        id: "R07-06",
        article: "第七条、民法典第十九条",
        strength: Strength::Must,
        kind: Kind::Volunteer,
        acts: &["new", "edit", "register", "confirm", "resume"],
        field: "guardian",
        judges: &["birth", "guardian", "status"],
        check: |case| {
            let years = years(case)?;
            ((8..18).contains(&years) && case.after.text("guardian").is_empty()).then(|| {
                say!(
                    "{years} 周岁，须有监护人同意",
                    "aged {years}: a guardian must agree"
                )
            })
        },
        way_out: t(
            "填监护人：guardian=姓名 电话",
            "enter the guardian: guardian=name and phone",
        ),
        lists: true,
        ..Rule::BASE
    },
    Rule {
        id: "R08.1-03",
        article: "第八条第一款",
        strength: Strength::Must,
        kind: Kind::Volunteer,
        acts: &["new", "edit"],
        field: "id_number",
        judges: &["id_number"],
        check: |case| {
            let other = doubles(case, "id_number")?.into_iter().next()?;
            let other = case.told(&other);
            let (zh, en) = (other.zh, other.en);
            Some(say!(
                "证件号码已登记：{zh}",
                "this document is registered already: {en}"
            ))
        },
        way_out: t(
            "打开已有记录修改，不要重复登记；不在您管辖范围内的，请联系总队",
            "open the existing record instead; if it is outside your scope, ask the regional office",
        ),
        lists: true,
        ..Rule::BASE
    },
    Rule {
        id: "TEAMS-MOST",
        article: HOUSE,
        strength: Strength::Must,
        kind: Kind::Volunteer,
        acts: &["new", "edit"],
        field: "teams",
        judges: &["teams"],
        check: |case| {
            let most = MOST_TEAMS.now(case.world);
            let count = case.after.refs("teams").count() as i64;
            (count > most).then(|| {
                say!(
                    "填了 {count} 个组织，一名志愿者至多加入 {most} 个",
                    "{count} teams; one volunteer may join at most {most}"
                )
            })
        },
        way_out: t(
            "去掉几个；或请管理员改规定：kezhi setting most_teams=...",
            "take some out, or have the administrator change it: kezhi setting most_teams=...",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "TEAM-LIVE",
        article: "",
        strength: Strength::Must,
        kind: Kind::Volunteer,
        acts: &["new", "edit", "register", "resume"],
        field: "teams",
        judges: &["teams", "status"],
        check: |case| {
            let had: Vec<Code> = match case.act {
                "edit" => case
                    .before
                    .iter()
                    .flat_map(|old| old.refs("teams"))
                    .collect(),
                _ => Vec::new(),
            };
            let ended = case
                .after
                .refs("teams")
                .filter(|team| !had.contains(team))
                .filter_map(|team| case.world.record(team))
                .find(|team| !team.live())?;
            let (code, name) = (ended.code(), ended.title().to_owned());
            Some(say!(
                "{code} {name} 已注销，不能加入",
                "{code} {name} is dissolved and cannot be joined"
            ))
        },
        way_out: t("改选其他组织：teams=...", "choose another team: teams=..."),
        ..Rule::BASE
    },
    Rule {
        id: "R08.1-03",
        article: "第八条第一款",
        strength: Strength::Ask,
        kind: Kind::Volunteer,
        acts: &["new", "edit"],
        field: "phone",
        judges: &["name", "phone"],
        check: |case| {
            let name = case.after.title();
            let other = doubles(case, "phone")?
                .into_iter()
                .find(|other| other.title() == name)?;
            let other = case.told(&other);
            let (zh, en) = (other.zh, other.en);
            Some(say!(
                "同名同电话的人已登记：{zh}",
                "somebody of the same name and phone is registered: {en}"
            ))
        },
        way_out: t(
            "确是另一人时加 --yes，或在表单再按一次 F10",
            "if it is another person, add --yes or press F10 again",
        ),
        lists: true,
        ..Rule::BASE
    },
];

fn parsed(case: &Case) -> Option<Result<Identity, Said>> {
    let number = case.after.text("id_number");
    let card = matches!(case.after.text("id_type"), "" | "居民身份证");
    (card && !number.is_empty()).then(|| identity(number, case.today))
}

fn years(case: &Case) -> Option<i32> {
    // Of what stands only those count who belong to a team.
    let counts = case.act != STANDING || case.after.live();
    let birth = case.after.day("birth").filter(|_| counts)?;
    Some(age(birth, case.today))
}

fn doubles(case: &Case, field: &str) -> Option<Vec<crate::domain::record::Record>> {
    let value = case.after.text(field);
    if value.is_empty() {
        return None;
    }
    let me = case.after.number;
    let found = case.world.equal(Kind::Volunteer, field, value);
    Some(
        found
            .into_iter()
            // Of two that stand the later one is listed.
            .filter(|number| *number != me && (case.act != STANDING || *number < me))
            .filter_map(|number| case.world.record(Code::new(Kind::Volunteer, number)))
            // Who was removed is asked about by a rule of its own.
            .filter(|other| other.status() != "已清退" || case.after.status() == "已清退")
            .collect(),
    )
}
