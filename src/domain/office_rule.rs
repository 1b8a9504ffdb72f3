//! Rules on who leads a team: the office that its leader holds (article 6).

use crate::domain::kind::Kind;
use crate::domain::place::{by_code, places};
use crate::domain::post::holders;
use crate::domain::rule::{Case, Found, Rule, stands};
use crate::domain::said::{Text, t};
use crate::domain::team_name_rule::part;
use crate::say;

/// What holds of all rows that list offices.
const OFFICE: Rule = Rule {
    kind: Kind::Organisation,
    field: "posts",
    judges: &["posts"],
    way_out: t(
        "核对任职文件；确是如此的写进备注：kezhi edit 编号 note=...",
        "compare with the paper; if it is so, say why in the note: kezhi edit CODE note=...",
    ),
    ..Rule::BASE
};

/// The rules.
pub const RULES: &[Rule] = &[
    stands!(
        OFFICE,
        "R06.2一-03",
        "第六条第二款（一）",
        Must,
        led(
            "总队",
            &["总队长"],
            region,
            t(
                "总队长由自治区科协负责同志担任",
                "one in charge of the regional science association leads it",
            )
        )
    ),
    stands!(
        OFFICE,
        "R06.2一-05",
        "第六条第二款（一）",
        Must,
        led(
            "总队",
            &["副总队长"],
            any,
            t(
                "由有关专家或科技志愿服务机构负责人担任",
                "an expert or the head of a body of volunteer service holds it",
            )
        )
    ),
    stands!(
        OFFICE,
        "R06.2二-03",
        "第六条第二款（二）",
        Should,
        led(
            "盟市队",
            &["队长"],
            league,
            t(
                "原则上由盟市科协主席或副主席担任",
                "usually the chair or a deputy chair of the league's science association",
            )
        )
    ),
    stands!(
        OFFICE,
        "R06.2二-07",
        "第六条第二款（二）",
        Should,
        led(
            "盟市队",
            &["秘书长"],
            popular,
            t(
                "原则上由盟市科协分管科普的负责同志或科普部长担任",
                "usually who is in charge of popularization at the league's science association",
            )
        )
    ),
    stands!(
        OFFICE,
        "R06.2三-03",
        "第六条第二款（三）",
        Should,
        led(
            "学会队",
            &["队长"],
            society,
            t(
                "原则上由学会理事长或秘书长担任",
                "usually the chair or secretary-general of the society",
            )
        )
    ),
    stands!(
        OFFICE,
        "R06.2四-03",
        "第六条第二款（四）",
        Should,
        led(
            "高校队",
            &["队长"],
            university,
            t(
                "建议由高校分管科协的负责同志、科协主席或秘书长担任",
                "best who is in charge of the university's science association, its chair or secretary-general",
            )
        )
    ),
    stands!(
        OFFICE,
        "R06.2四-07",
        "第六条第二款（四）",
        Should,
        led(
            "分队",
            &["负责人"],
            department,
            t(
                "一般由所在院系负责同志担任",
                "usually one in charge of the department",
            )
        )
    ),
    stands!(
        OFFICE,
        "R06.2五-03",
        "第六条第二款（五）",
        Should,
        led(
            "企业队",
            &["负责人", "队长"],
            body,
            t(
                "一般由企业科协主要负责同志担任",
                "usually the head of the enterprise's science association",
            )
        )
    ),
    stands!(
        OFFICE,
        "R06.2五-03",
        "第六条第二款（五）",
        Should,
        led(
            "园区队",
            &["负责人", "队长"],
            body,
            t(
                "一般由园区科协主要负责同志担任",
                "usually the head of the park's science association",
            )
        )
    ),
    stands!(
        OFFICE,
        "R06.2六-03",
        "第六条第二款（六）",
        Should,
        led(
            "旗县队",
            &["队长"],
            county,
            t(
                "原则上由旗县（市区）科协主席担任",
                "usually the chair of the county's science association",
            )
        )
    ),
];

/// The first of those in office whose own office is not one that fits.
fn led(
    case: &Case,
    kind: &str,
    posts: &[&str],
    fits: fn(&Case, &str) -> bool,
    who: Text,
) -> Option<Found> {
    let team = case.after;
    if team.text("kind") != kind || team.status() != "已成立" {
        return None;
    }
    let held = holders(team, posts, case.today);
    let row = held
        .iter()
        .find(|row| !fits(case, row.text("holder_post")))?;
    let (post, holder) = (row.text("post"), row.text("holder"));
    let (office, zh, en) = (row.text("holder_post"), who.zh, who.en);
    let said = match office {
        "" => say!(
            "{post} {holder} 没有登记单位职务；{zh}",
            "the office of {holder} ({post}) is not entered; {en}"
        ),
        _ => say!(
            "{post} {holder} 是「{office}」；{zh}",
            "{holder} ({post}) is {office}; {en}"
        ),
    };
    Some((said, row.day("from")))
}

fn any(_: &Case, office: &str) -> bool {
    !office.is_empty()
}

fn region(_: &Case, office: &str) -> bool {
    let leads = ["党组书记", "党组副书记", "党组成员", "主席"];
    own(office) && office.contains("自治区") && leads.iter().any(|one| office.contains(one))
}

fn league(case: &Case, office: &str) -> bool {
    own(office) && office.contains("主席") && here(case, office)
}

fn county(case: &Case, office: &str) -> bool {
    own(office) && full(office, "主席") && here(case, office)
}

fn popular(case: &Case, office: &str) -> bool {
    let leads = ["主席", "书记", "成员"];
    let charge = office.contains("分管") && leads.iter().any(|one| office.contains(one));
    let head = full(office, "部长") || full(office, "部部长");
    own(office) && office.contains("科普") && (charge || head) && here(case, office)
}

fn society(_: &Case, office: &str) -> bool {
    full(office, "理事长") || full(office, "秘书长")
}

fn university(_: &Case, office: &str) -> bool {
    own(office) && (office.contains("分管") || full(office, "主席") || full(office, "秘书长"))
}

fn body(_: &Case, office: &str) -> bool {
    let leads = ["主席", "主任", "书记", "负责人"];
    own(office) && leads.iter().any(|one| full(office, one))
}

/// Of a sub-team below a university's team: whether it is an office in the department.
fn department(case: &Case, office: &str) -> bool {
    part(case).is_none_or(|part| office.contains(&part))
}

/// Whether it is an office in a science association.
fn own(office: &str) -> bool {
    office.contains("科协") || office.contains("科学技术协会")
}

/// Whether it is the office itself, not its deputy.
fn full(office: &str, name: &str) -> bool {
    office.match_indices(name).any(|(at, _)| {
        !office
            .get(..at)
            .is_some_and(|before| before.ends_with('副'))
    })
}

/// Whether an office that names a place names the team's.
fn here(case: &Case, office: &str) -> bool {
    let Some(place) = by_code(case.after.text("area")) else {
        return true;
    };
    let named = office.contains(place.name) || office.contains(place.short);
    let alike = places().iter().filter(|one| one.level() == place.level());
    named || !alike.into_iter().any(|one| office.contains(one.name))
}
