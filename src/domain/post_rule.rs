//! Rules on posts: how many hold each, and their terms (article 6).

use crate::domain::kind::{Code, Kind};
use crate::domain::post::{self, holders, vacant_since};
use crate::domain::record::Record;
use crate::domain::remark;
use crate::domain::route::within;
use crate::domain::rule::{Case, Found, Rule, STANDING, Strength, stands};
use crate::domain::said::{Said, t};
use crate::domain::setting::VACANT_DAYS;
use crate::say;

/// What holds of all rows that list posts.
const POST: Rule = Rule {
    kind: Kind::Organisation,
    acts: &[STANDING, "appoint"],
    field: "posts",
    judges: &["posts"],
    way_out: t(
        "任职 kezhi do appoint 编号 post=... holder=...；离任 kezhi do relieve 编号 post=... holder=... to=...",
        "kezhi do appoint CODE post=... holder=...; kezhi do relieve CODE post=... holder=... to=...",
    ),
    ..Rule::BASE
};

const HEAD: &[&str] = &["负责人", "队长"];

/// The rules.
pub const RULES: &[Rule] = &[
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
        id: "NOMINATION",
        article: "第九条（七）、第十四条",
        strength: Strength::Should,
        kind: Kind::Organisation,
        acts: &["appoint"],
        field: "holder",
        judges: &["posts"],
        check: warned,
        way_out: t(
            "不是同一人，或仍要任用的，写明原因：--reason",
            "if it is another person, or is to be appointed all the same, say why: --reason",
        ),
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
            let from = post::rows(case.before?)
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
            let had: Vec<Record> = case.before.into_iter().flat_map(post::rows).collect();
            let row = post::rows(case.after).find(|row| {
                let days = row.day("to").zip(row.day("from"));
                days.is_some_and(|(to, from)| to < from) && !had.contains(row)
            })?;
            let (from, to) = (row.text("from").to_owned(), row.text("to").to_owned());
            Some(say!(
                "离任日 {to} 早于任职日 {from}",
                "the last day, {to}, lies before the first, {from}"
            ))
        },
        way_out: t("请核对日期：to=...", "check the day: to=..."),
        ..Rule::BASE
    },
    stands!(
        POST,
        "R06.2一-02",
        "第六条第二款（一）",
        Must,
        one("总队", &["总队长"])
    ),
    stands!(
        POST,
        "R06.2一-04",
        "第六条第二款（一）",
        May,
        none("总队", "副总队长")
    ),
    stands!(
        POST,
        "R06.2二-02",
        "第六条第二款（二）",
        Must,
        one("盟市队", &["队长"])
    ),
    stands!(
        POST,
        "R06.2二-04",
        "第六条第二款（二）",
        Should,
        number("盟市队", 3, 5)
    ),
    stands!(
        POST,
        "R06.2二-06",
        "第六条第二款（二）",
        Must,
        one("盟市队", &["秘书长"])
    ),
    stands!(
        POST,
        "R06.2三-02",
        "第六条第二款（三）",
        Must,
        one("学会队", &["队长"])
    ),
    stands!(
        POST,
        "R06.2三-04",
        "第六条第二款（三）",
        May,
        none("学会队", "副队长")
    ),
    stands!(
        POST,
        "R06.2四-02",
        "第六条第二款（四）",
        Must,
        one("高校队", &["队长"])
    ),
    stands!(
        POST,
        "R06.2五-03",
        "第六条第二款（五）",
        Should,
        vacant("企业队", HEAD)
    ),
    stands!(
        POST,
        "R06.2五-03",
        "第六条第二款（五）",
        Should,
        vacant("园区队", HEAD)
    ),
    stands!(
        POST,
        "R06.2五-03",
        "第六条第二款（五）",
        May,
        several("企业队", HEAD)
    ),
    stands!(
        POST,
        "R06.2五-03",
        "第六条第二款（五）",
        May,
        several("园区队", HEAD)
    ),
    stands!(
        POST,
        "R06.2六-02",
        "第六条第二款（六）",
        Must,
        one("旗县队", &["队长"])
    ),
    stands!(
        POST,
        "R06.2六-04",
        "第六条第二款（六）",
        Should,
        number("旗县队", 2, 3)
    ),
];

fn appointed(case: &Case) -> Option<Record> {
    post::rows(case.after).next_back()
}

/// A founded team of a kind.
fn founded<'a>(case: &Case<'a>, kind: &str) -> Option<&'a Record> {
    let team = case.after;
    (team.text("kind") == kind && team.status() == "已成立").then_some(team)
}

/// Exactly one holds it; that it is vacant for some days is no matter.
fn one(case: &Case, kind: &str, posts: &[&str]) -> Option<Found> {
    vacant(case, kind, posts).or_else(|| several(case, kind, posts))
}

/// Whether a case is about one of these posts: all are looked at as they stand, at an act the one that is given.
fn about(case: &Case, posts: &[&str]) -> bool {
    case.act == STANDING || appointed(case).is_some_and(|row| posts.contains(&row.text("post")))
}

fn vacant(case: &Case, kind: &str, posts: &[&str]) -> Option<Found> {
    if case.act != STANDING {
        return None;
    }
    let team = founded(case, kind)?;
    if !holders(team, posts, case.today).is_empty() {
        return None;
    }
    let post = posts.first()?;
    let Some(since) = vacant_since(team, posts, case.today) else {
        return Some((say!("没有{post}", "it has no {post}"), None));
    };
    let (days, most) = ((case.today - since).num_days(), VACANT_DAYS.now(case.world));
    (days > most).then(|| {
        let said = say!(
            "没有{post}，已空缺 {days} 天",
            "it has had no {post} for {days} days"
        );
        (said, Some(since))
    })
}

fn several(case: &Case, kind: &str, posts: &[&str]) -> Option<Found> {
    if !about(case, posts) {
        return None;
    }
    let held = holders(founded(case, kind)?, posts, case.today);
    let post = posts.first()?;
    let (count, since) = (
        held.len(),
        held.iter().filter_map(|row| row.day("from")).max(),
    );
    let names: Vec<&str> = held.iter().map(|row| row.text("holder")).collect();
    let names = names.join("、");
    (count > 1).then(|| {
        let said = say!(
            "{post}有 {count} 人：{names}，只设 1 名",
            "it has {count} of {post}, where one is due: {names}"
        );
        (said, since)
    })
}

/// Nobody holds a post of which there are several.
fn none(case: &Case, kind: &str, post: &str) -> Option<Found> {
    if case.act != STANDING {
        return None;
    }
    let team = founded(case, kind)?;
    holders(team, &[post], case.today)
        .is_empty()
        .then(|| (say!("没有{post}", "it has no {post}"), None))
}

/// Too few or too many deputies.
fn number(case: &Case, kind: &str, least: usize, most: usize) -> Option<Found> {
    let count = holders(founded(case, kind)?, &["副队长"], case.today).len();
    let few = count < least && case.act == STANDING;
    let many = count > most && about(case, &["副队长"]);
    (few || many).then(|| {
        let said = say!(
            "副队长 {count} 名，一般 {least} 至 {most} 名",
            "it has {count} deputies; {least} to {most} are usual"
        );
        (said, None)
    })
}

/// Somebody of the name, in this team or along its line, with a warning, a suspension or a removal.
fn warned(case: &Case) -> Option<Said> {
    let new = appointed(case)?;
    let (holder, phone, team) = (new.text("holder"), new.text("phone"), case.after.code());
    let found = case.world.equal(Kind::Volunteer, "name", holder);
    let codes = found
        .into_iter()
        .map(|number| Code::new(Kind::Volunteer, number));
    let mut people = codes.filter_map(|code| case.world.record(code));
    people.find_map(|person| {
        let near = person
            .refs("teams")
            .any(|home| within(case.world, home, team) || within(case.world, team, home));
        let same = phone.is_empty() && near || person.text("phone") == phone && !phone.is_empty();
        let mut rows = remark::live(&person, case.today).map(|row| remark::text(row, "measure"));
        let why = match person.status() {
            "已清退" => Some("清退"),
            _ => rows.find(|measure| matches!(*measure, "推荐提示" | "暂停")),
        };
        let why = why.filter(|_| same)?;
        let told = case.told(&person);
        let (zh, en) = (told.zh, told.en);
        Some(say!(
            "{holder} 有处理记录：{why}（{zh}）",
            "{holder} has a measure on record: {why} ({en})"
        ))
    })
}
