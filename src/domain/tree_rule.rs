//! Rules on the tree of organisations: one top, one parent, no circle, no level skipped (articles 4 and 6).

use crate::domain::kind::{Code, Kind};
use crate::domain::organisation::may_be_under;
use crate::domain::record::Record;
use crate::domain::rule::{Case, Found, Rule, STANDING, Strength, stands};
use crate::domain::said::{Said, t};
use crate::say;

/// What holds of all rows that list a wrong parent.
const PARENT: Rule = Rule {
    kind: Kind::Organisation,
    field: "parent",
    judges: &["parent"],
    way_out: t(
        "选择合适的上级：kezhi do move 编号 parent=...",
        "choose the right parent: kezhi do move CODE parent=...",
    ),
    ..Rule::BASE
};

const NOWHERE: Rule = Rule {
    field: "area",
    way_out: t(
        "填属地：kezhi edit 编号 area=...",
        "fill the place: kezhi edit CODE area=...",
    ),
    ..PARENT
};

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "R04-01",
        article: "第四条",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["new", "edit"],
        field: "kind",
        judges: &["kind"],
        check: |case| {
            let second = case.after.text("kind") == "总队" && counts(case);
            let mut others = others(case, "kind", "总队").into_iter();
            // Of two that stand the later one is listed.
            let other = others.find(|other| {
                other.live() && (case.act != STANDING || other.number < case.after.number)
            })?;
            let other = case.told(&other);
            let (zh, en) = (other.zh, other.en);
            second.then(|| {
                say!(
                    "全区只设一个总队，已有 {zh}",
                    "the region has one 总队, which is {en}"
                )
            })
        },
        way_out: t("改选其他类别", "choose another kind"),
        lists: true,
        ..Rule::BASE
    },
    Rule {
        id: "SAME-NAME",
        article: "",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["new", "edit", "rename"],
        field: "name",
        judges: &["name"],
        check: |case| {
            let same = others(case, "name", case.after.title());
            let other = case.told(&same.into_iter().find(Record::live)?);
            let (zh, en) = (other.zh, other.en);
            Some(say!(
                "已有同名组织：{zh}",
                "an organisation of this name exists: {en}"
            ))
        },
        way_out: t(
            "换一个名称，或打开已有的组织",
            "choose another name, or open the existing one",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "R04-02",
        article: "第四条",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["new", "edit", "move"],
        field: "parent",
        judges: &["parent"],
        check: cycle,
        way_out: t(
            "选择不在本组织之下的上级",
            "choose a parent that does not stand below it",
        ),
        lists: true,
        ..Rule::BASE
    },
    Rule {
        id: "R04-02",
        article: "第四条",
        acts: &["new", "edit", "move"],
        judges: &["kind", "parent"],
        check: |case| {
            let kind = case.after.text("kind");
            let list = may_be_under(kind).join("、");
            let orphan = !kind.is_empty() && !list.is_empty() && parent(case, case.after).is_none();
            (orphan && counts(case)).then(|| {
                say!(
                    "{kind}须有上级组织（{list}）",
                    "a {kind} needs a parent ({list})"
                )
            })
        },
        way_out: t(
            "选择合适一级的上级：parent=编号",
            "choose a parent of the right level: parent=code",
        ),
        lists: true,
        ..PARENT
    },
    Rule {
        id: "R06.2-01",
        article: "第六条第二款",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["new", "edit", "move"],
        field: "parent",
        judges: &["kind", "parent"],
        check: level,
        way_out: t(
            "选择合适一级的上级：parent=编号",
            "choose a parent of the right level: parent=code",
        ),
        lists: true,
        ..Rule::BASE
    },
    Rule {
        id: "R06.2-01",
        article: "第六条第二款",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["edit"],
        field: "kind",
        judges: &["kind"],
        check: below,
        way_out: t(
            "先给下级换上级，再改类别",
            "move those below to another parent first",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "R04-02",
        article: "第四条",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["new", "edit", "move"],
        field: "parent",
        judges: &["parent"],
        check: |case| {
            let above = parent(case, case.after).filter(|above| !above.live() && counts(case))?;
            let name = above.title();
            Some(say!(
                "上级「{name}」已注销",
                "the parent {name} is dissolved"
            ))
        },
        way_out: t(
            "选择未注销的上级：parent=编号",
            "choose a parent that is not dissolved: parent=code",
        ),
        lists: true,
        ..Rule::BASE
    },
    Rule {
        id: "R06.2-01",
        article: "第六条第二款",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["new", "edit", "move"],
        field: "parent",
        judges: &["kind", "parent", "area"],
        check: |case| {
            let above = parent(case, case.after)?;
            let (mine, its) = (case.after.text("area"), above.text("area"));
            let outside = matches!(case.after.text("kind"), "盟市队" | "旗县队")
                && !mine.is_empty()
                && !its.is_empty()
                && !crate::domain::place::within(mine, its);
            (outside && counts(case)).then(|| {
                say!(
                    "上级的属地不含本组织的属地",
                    "the parent's area does not hold this organisation's area"
                )
            })
        },
        way_out: t(
            "核对属地，或选择当地的上级：area=... parent=编号",
            "check the area, or choose the parent of that place: area=... parent=code",
        ),
        lists: true,
        ..Rule::BASE
    },
    stands!(NOWHERE, "R04-02", "第四条", Must, nowhere()),
    stands!(
        PARENT,
        "R06.2六-09",
        "第六条第二款（六）",
        Must,
        elsewhere()
    ),
];

/// Whether it is judged: a change always, of what stands only what is not dissolved.
fn counts(case: &Case) -> bool {
    case.act != STANDING || case.after.live()
}

fn nowhere(case: &Case) -> Option<Found> {
    let none = case.after.text("area").is_empty() && case.after.live();
    none.then(|| (say!("没有属地", "it has no place"), None))
}

/// A sub-team of a township stands under the team of its own county.
fn elsewhere(case: &Case) -> Option<Found> {
    let above = parent(case, case.after).filter(|above| above.text("kind") == "旗县队")?;
    let (mine, its) = (case.after.text("area"), above.text("area"));
    let outside = case.after.text("kind") == "分队"
        && case.after.live()
        && !mine.is_empty()
        && !crate::domain::place::within(mine, its);
    let name = above.title();
    outside.then(|| {
        let said = say!(
            "属地不在上级「{name}」的旗县之内",
            "its place lies outside the county of {name}"
        );
        (said, None)
    })
}

pub(super) fn others(case: &Case, field: &str, value: &str) -> Vec<Record> {
    let me = case.after.number;
    case.world
        .equal(Kind::Organisation, field, value)
        .into_iter()
        .filter(|number| *number != me)
        .filter_map(|number| case.world.record(Code::new(Kind::Organisation, number)))
        .collect()
}

fn parent(case: &Case, record: &Record) -> Option<Record> {
    case.world.record(record.refs("parent").next()?)
}

fn cycle(case: &Case) -> Option<Said> {
    if !counts(case) {
        return None;
    }
    let me = case.after.code();
    let mut up = parent(case, case.after);
    for _ in 0..64 {
        let record = up?;
        if record.code() == me {
            let (name, above) = (case.after.title(), parent(case, case.after)?);
            let above = above.title();
            return Some(say!(
                "「{above}」在「{name}」之下，改隶会成环",
                "{above} stands below {name}: the move would close a circle"
            ));
        }
        up = parent(case, &record);
    }
    Some(say!("上级关系成环", "the parents form a circle"))
}

fn level(case: &Case) -> Option<Said> {
    let kind = case.after.text("kind");
    if kind.is_empty() || !counts(case) {
        return None;
    }
    let allowed = may_be_under(kind);
    let above = parent(case, case.after)?;
    let over = above.text("kind");
    if allowed.is_empty() {
        return Some(say!("{kind}没有上级组织", "a {kind} has no parent"));
    }
    (!allowed.contains(&over)).then(|| {
        let list = allowed.join("、");
        say!(
            "{kind}不能直接隶属{over}，上级应为：{list}",
            "a {kind} cannot stand directly under a {over}; it may stand under: {list}"
        )
    })
}

/// Those below must still stand on the right level when the kind changes.
fn below(case: &Case) -> Option<Said> {
    let kind = case.after.text("kind");
    let code = case.after.code().to_string();
    let child = others(case, "parent", &code)
        .into_iter()
        .find(|child| child.live() && !may_be_under(child.text("kind")).contains(&kind))?;
    let child = case.told(&child);
    let (zh, en) = (child.zh, child.en);
    Some(say!(
        "改为{kind}后，下级 {zh} 就不合级别",
        "as a {kind} it could not stand above {en}"
    ))
}
