//! Rules on organisations: their place in the tree, their end.

use crate::domain::kind::{Code, Kind};
use crate::domain::organisation::may_be_under;
use crate::domain::record::Record;
use crate::domain::rule::{Case, Rule, Strength};
use crate::domain::said::{Said, t};
use crate::domain::value::Value;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "ONE-TOP",
        article: "第四条",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["new", "edit"],
        field: "kind",
        judges: &["kind"],
        check: |case| {
            (case.after.text("kind") == "总队")
                .then(|| others(case, "kind", "总队").into_iter().find(Record::live))
                .flatten()
                .map(|other| {
                    let other = case.told(&other);
                    let (zh, en) = (other.zh, other.en);
                    say!(
                        "全区只设一个总队，已有 {zh}",
                        "the region has one 总队, which is {en}"
                    )
                })
        },
        way_out: t("改选其他类别", "choose another kind"),
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
        id: "TREE-CYCLE",
        article: "第五条",
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
        ..Rule::BASE
    },
    Rule {
        id: "TREE-LEVEL",
        article: "第五条",
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
        ..Rule::BASE
    },
    Rule {
        id: "TREE-BELOW",
        article: "第五条",
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
        id: "TREE-LIVE",
        article: "第五条",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["new", "edit", "move"],
        field: "parent",
        judges: &["parent"],
        check: |case| {
            let above = parent(case, case.after).filter(|above| !above.live())?;
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
        ..Rule::BASE
    },
    Rule {
        id: "TREE-AREA",
        article: "第五条",
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
            outside.then(|| {
                say!(
                    "上级的属地不含本组织的属地",
                    "the parent's area does not hold this organisation's area"
                )
            })
        },
        way_out: t(
            "核对属地，或选择当地的上级：area=… parent=编号",
            "check the area, or choose the parent of that place: area=… parent=code",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "DISSOLVE-CHILD",
        article: "第五条",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["dissolve"],
        field: "status",
        judges: &["status"],
        check: |case| {
            let code = case.after.code().to_string();
            let live: Vec<_> = others(case, "parent", &code)
                .into_iter()
                .filter(Record::live)
                .collect();
            let first = live.first()?;
            let (count, child, name) = (live.len(), first.code(), first.title().to_owned());
            Some(say!(
                "还有 {count} 个下级组织，如 {child} {name}",
                "{count} organisations stand below it, such as {child} {name}"
            ))
        },
        way_out: t("先改隶或注销下级组织", "move or dissolve them first"),
        ..Rule::BASE
    },
    Rule {
        id: "POST-TOP",
        article: "第六条",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["appoint"],
        field: "post",
        judges: &["posts"],
        check: |case| {
            let post = appointed(case)?.text("post").to_owned();
            let kind = case.after.text("kind");
            (post.ends_with("总队长") && kind != "总队").then(|| {
                say!(
                    "{post}只设在总队，这里是{kind}",
                    "only the 总队 has a {post}; this is a {kind}"
                )
            })
        },
        way_out: t("改选 队长 或 副队长", "choose leader or deputy leader"),
        ..Rule::BASE
    },
    Rule {
        id: "POST-TWICE",
        article: "",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["appoint"],
        field: "holder",
        judges: &["posts"],
        check: |case| {
            let new = appointed(case)?;
            let (post, holder) = (new.text("post"), new.text("holder"));
            let from = post_rows(case.before?)
                .find(|row| {
                    row.text("post") == post
                        && row.text("holder") == holder
                        && row.text("to").is_empty()
                })?
                .text("from")
                .to_owned();
            Some(say!(
                "{holder} 自 {from} 起已任{post}",
                "{holder} has held the post {post} since {from}"
            ))
        },
        way_out: t(
            "任期有误时先离任再任职：kezhi do relieve",
            "if the term is wrong, relieve and appoint again: kezhi do relieve",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "POST-TERM",
        article: "",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["relieve"],
        field: "to",
        judges: &["posts"],
        check: |case| {
            let had: Vec<Record> = case.before.into_iter().flat_map(post_rows).collect();
            let row = post_rows(case.after).find(|row| {
                let days = row.day("to").zip(row.day("from"));
                days.is_some_and(|(to, from)| to < from) && !had.contains(row)
            })?;
            let (from, to) = (row.text("from").to_owned(), row.text("to").to_owned());
            Some(say!(
                "离任日 {to} 早于任职日 {from}",
                "the last day, {to}, lies before the first, {from}"
            ))
        },
        way_out: t("请核对日期：to=…", "check the day: to=…"),
        ..Rule::BASE
    },
    Rule {
        id: "DISSOLVE-MEMBER",
        article: "第七条",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &["dissolve"],
        field: "status",
        judges: &["status"],
        check: |case| {
            let code = case.after.code().to_string();
            let members = case.world.equal(Kind::Volunteer, "teams", &code);
            let count = members
                .into_iter()
                .filter_map(|number| case.world.record(Code::new(Kind::Volunteer, number)))
                .filter(Record::live)
                .count();
            (count > 0).then(|| say!("还有 {count} 名志愿者", "{count} volunteers belong to it"))
        },
        way_out: t(
            "先把志愿者转到其他组织",
            "move the volunteers to another organisation first",
        ),
        ..Rule::BASE
    },
];

/// The rows of the posts, each read like a record.
fn post_rows(record: &Record) -> impl DoubleEndedIterator<Item = Record> {
    let rows = record.get("posts").map_or(&[][..], Value::parts);
    rows.iter().filter_map(|row| match row {
        Value::Map(fields) => Some(Record::new(Kind::Organisation, 0, fields.clone())),
        _ => None,
    })
}

fn appointed(case: &Case) -> Option<Record> {
    post_rows(case.after).next_back()
}

fn others(case: &Case, field: &str, value: &str) -> Vec<Record> {
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
    if kind.is_empty() {
        return None;
    }
    let allowed = may_be_under(kind);
    let Some(above) = parent(case, case.after) else {
        let list = allowed.join("、");
        return (!allowed.is_empty()).then(|| {
            say!(
                "{kind}须有上级组织（{list}）",
                "a {kind} needs a parent ({list})"
            )
        });
    };
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
