//! Rules on the names of teams: what article 6 prescribes for each kind.
//!
//! Its three spellings mean the same: another one is a hint, a wrong name a breach.

use crate::domain::kind::Kind;
use crate::domain::organisation::SPELLINGS;
use crate::domain::place::{by_code, places};
use crate::domain::record::Record;
use crate::domain::rule::{Case, Found, Rule, stands};
use crate::domain::said::t;
use crate::say;

/// What holds of all rows that list names.
const NAME: Rule = Rule {
    kind: Kind::Organisation,
    field: "name",
    judges: &["name"],
    way_out: t(
        "更名，旧名留作别名：kezhi do rename 编号 name=...",
        "rename it, the old name stays an alias: kezhi do rename CODE name=...",
    ),
    ..Rule::BASE
};

const TOP: &str = "科技志愿服务总队";
// The three of `SPELLINGS`.
const SERVICE: &str = "科技志愿服务队";
const SERVANTS: &str = "科技志愿者服务队";
const PEOPLE: &str = "科技志愿者队";

/// The rules.
pub const RULES: &[Rule] = &[
    stands!(
        NAME,
        "R06.2一-01",
        "第六条第二款（一）",
        Must,
        wrong("总队", TOP)
    ),
    stands!(
        NAME,
        "R06.2二-01",
        "第六条第二款（二）",
        Must,
        wrong("盟市队", SERVICE)
    ),
    stands!(
        NAME,
        "R06.2二-01",
        "第六条第二款（二）",
        May,
        spelt("盟市队", SERVICE)
    ),
    stands!(
        NAME,
        "R06.2三-01",
        "第六条第二款（三）",
        Must,
        wrong("学会队", SERVICE)
    ),
    stands!(
        NAME,
        "R06.2三-01",
        "第六条第二款（三）",
        May,
        spelt("学会队", SERVICE)
    ),
    stands!(
        NAME,
        "R06.2四-01",
        "第六条第二款（四）",
        Must,
        wrong("高校队", SERVANTS)
    ),
    stands!(
        NAME,
        "R06.2四-01",
        "第六条第二款（四）",
        May,
        spelt("高校队", SERVANTS)
    ),
    stands!(NAME, "R06.2四-06", "第六条第二款（四）", Must, parted()),
    stands!(
        NAME,
        "R06.2五-01",
        "第六条第二款（五）",
        Must,
        wrong("企业队", SERVICE)
    ),
    stands!(
        NAME,
        "R06.2五-01",
        "第六条第二款（五）",
        May,
        spelt("企业队", SERVICE)
    ),
    stands!(
        NAME,
        "R06.2五-01",
        "第六条第二款（五）",
        Must,
        wrong("园区队", SERVICE)
    ),
    stands!(
        NAME,
        "R06.2五-01",
        "第六条第二款（五）",
        May,
        spelt("园区队", SERVICE)
    ),
    stands!(
        NAME,
        "R06.2六-01",
        "第六条第二款（六）",
        Must,
        wrong("旗县队", PEOPLE)
    ),
    stands!(
        NAME,
        "R06.2六-01",
        "第六条第二款（六）",
        May,
        spelt("旗县队", PEOPLE)
    ),
];

/// What stands before the ending of a name, in any spelling; none if it is no such name.
fn beginning(name: &str) -> Option<&str> {
    let mut endings = SPELLINGS.into_iter().chain([TOP]);
    endings.find_map(|ending| name.strip_suffix(ending))
}

/// Whose team it is, as its name ought to begin; empty where the name alone tells.
///
/// That is its place, or the body that founded it where the name speaks of that body.
fn base(team: &Record) -> String {
    let place = matches!(team.text("kind"), "总队" | "盟市队" | "旗县队");
    if let Some(place) = by_code(team.text("area")).filter(|_| place) {
        return place.name.to_owned();
    }
    let founder = team.text("founder");
    let body = ["科学技术协会", "科协"]
        .iter()
        .find_map(|end| founder.strip_suffix(end))
        .unwrap_or(founder);
    // The science association of a place founds teams of many bodies: its name is not theirs.
    if places().iter().any(|place| place.name == body) {
        return String::new();
    }
    let begin = beginning(team.title()).unwrap_or(team.title());
    let speaks = begin.contains(body) || body.contains(begin);
    (if speaks { body } else { "" }).to_owned()
}

/// What the name should be, and whether only the spelling differs; none if nothing is wrong.
fn judged(case: &Case, kind: &str, right: &str) -> Option<(String, bool)> {
    let team = case.after;
    if team.text("kind") != kind || !team.live() {
        return None;
    }
    let base = base(team);
    let known = beginning(team.title())
        .filter(|begin| !begin.is_empty() && (base.is_empty() || *begin == base));
    let whose = match (known, base.as_str()) {
        (Some(begin), _) => begin,
        (None, "") => "（单位名称）",
        (None, base) => base,
    };
    let should = format!("{whose}{right}");
    (team.title() != should).then(|| (should, known.is_some() && right != TOP))
}

fn wrong(case: &Case, kind: &str, right: &str) -> Option<Found> {
    let (should, spelling) = judged(case, kind, right)?;
    (!spelling).then(|| {
        let said = say!("名称应为「{should}」", "its name should be {should}");
        (said, None)
    })
}

fn spelt(case: &Case, kind: &str, right: &str) -> Option<Found> {
    let (should, spelling) = judged(case, kind, right)?;
    spelling.then(|| {
        let said = say!(
            "名称的规范写法是「{should}」",
            "the name is properly written {should}"
        );
        (said, None)
    })
}

/// The university's own name, where a sub-team stands below its team.
fn university(case: &Case) -> Option<String> {
    let above = case.world.record(case.after.refs("parent").next()?)?;
    let (sub, live) = (case.after.text("kind") == "分队", case.after.live());
    if !sub || !live || above.text("kind") != "高校队" {
        return None;
    }
    beginning(above.title()).map(str::to_owned)
}

/// The department that the name of a university's sub-team names; empty if it names none.
pub(super) fn part(case: &Case) -> Option<String> {
    let begin = format!("{}{SERVICE}", university(case)?);
    let part = case.after.title().strip_prefix(&begin);
    let part = part.and_then(|part| part.strip_suffix("分队"));
    Some(part.unwrap_or("").to_owned())
}

fn parted(case: &Case) -> Option<Found> {
    let whose = university(case)?;
    part(case).filter(String::is_empty).map(|_| {
        let said = say!(
            "院系分队应名为「{whose}{SERVICE}（院系名称）分队」",
            "a department's sub-team should be called {whose}{SERVICE}, the department, 分队"
        );
        (said, None)
    })
}
