//! Rules on what one person served on a day: no time counts twice (article 9 (3)).

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::rule::{Case, Rule, STANDING};
use crate::domain::said::{Lang, Said, t};
use crate::domain::service_record::{CONFIRMED, minutes, span, stints};
use crate::say;

const PENDING: &str = "待确认";
const RETURNED: &str = "退回";

/// The states in which another record stands in the way of one, by what is done with the one.
const AGAINST: &[(&str, &[&str])] = &[
    // What was returned is put right; it is not entered anew.
    ("new", &[PENDING, CONFIRMED, RETURNED]),
    ("edit", &[PENDING, CONFIRMED]),
    ("again", &[PENDING, CONFIRMED]),
    ("confirm", &[CONFIRMED]),
    (STANDING, &[PENDING, CONFIRMED]),
];

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "R09三-04",
        article: "第九条（三）",
        kind: Kind::ServiceRecord,
        acts: &["new", "edit", "again", "confirm"],
        field: "activity",
        judges: &["volunteer", "activity", "day", "start", "end", "status"],
        check: twice,
        way_out: t(
            "要改就改那一条：kezhi edit 记录编号 minutes=...；确是另一班的，两条都写明起止：start=... end=...",
            "correct that one: kezhi edit RECORD minutes=...; for a second shift give both their times: start=... end=...",
        ),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
    Rule {
        id: "R09三-04",
        article: "第九条（三）",
        kind: Kind::ServiceRecord,
        acts: &["confirm"],
        field: "start",
        check: overlap,
        way_out: t(
            "核对签到，改起止或退回：kezhi do return 编号 note=...",
            "check the lists, correct it or return it: kezhi do return CODE note=...",
        ),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
];

/// The other records of the same person on the same days that stand in the way of one.
pub fn others(case: &Case) -> Vec<Record> {
    let me = case.after.number;
    let states = AGAINST.iter().find(|(act, _)| *act == case.act);
    let states = states.map_or(&[][..], |(_, states)| states);
    let found = stints(case.after)
        .into_iter()
        .flat_map(|key| case.world.equal(Kind::ServiceRecord, "stints", &key));
    let mut numbers: Vec<u64> = found.filter(|number| *number != me).collect();
    numbers.sort_unstable();
    numbers.dedup();
    // Of two that stand in each other's way the later entry is the one to look at.
    numbers.retain(|number| case.act != STANDING || *number < me);
    let codes = numbers
        .into_iter()
        .map(|number| Code::new(Kind::ServiceRecord, number));
    codes
        .filter_map(|code| case.world.record(code))
        .filter(|one| states.contains(&one.status()))
        .collect()
}

/// Whether a record as it stands counts, or is to.
fn stands(case: &Case) -> bool {
    case.act != STANDING || matches!(case.after.status(), CONFIRMED | PENDING)
}

/// Whether two records are of one activity.
fn same(case: &Case, other: &Record) -> bool {
    other.get("activity") == case.after.get("activity")
}

/// Another record of the same person, activity and day, unless both say their times and these are apart.
fn twice(case: &Case) -> Option<Said> {
    let mine = span(case.after);
    let timed = ["start", "end"].map(|key| !case.after.text(key).is_empty());
    // An end before its start is told by its own rule.
    if !stands(case) || (timed == [true, true] && mine.is_none()) {
        return None;
    }
    let apart = |other: &Record| {
        let both = mine.zip(span(other));
        both.is_some_and(|(one, other)| !one.overlaps(&other))
    };
    let others = others(case);
    let met = others
        .iter()
        .find(|other| same(case, other) && !apart(other))?;
    let (other, status) = (case.told(met), met.status());
    let said = |lang| Kind::ServiceRecord.spec().said(status, lang);
    let (zh, en) = match span(met) {
        Some(span) => (span.said(), span.said()),
        None => {
            let (day, minutes) = (met.text("day"), minutes(met));
            (
                format!("{day} {minutes} 分钟"),
                format!("{day}, {minutes} minutes"),
            )
        }
    };
    let (zh, en) = (
        format!("{}（{zh}，{}）", other.zh, said(Lang::Zh)),
        format!("{} ({en}, {})", other.en, said(Lang::En)),
    );
    Some(say!(
        "这项活动已有本人的服务记录，不能记两次：{zh}",
        "this person has a record of this activity already, it cannot count twice: {en}"
    ))
}

/// Another record at the same time, of another activity; one that says only minutes has no time.
fn overlap(case: &Case) -> Option<Said> {
    if !stands(case) {
        return None;
    }
    let mine = span(case.after)?;
    let others = others(case);
    let met = others
        .iter()
        .find(|other| !same(case, other) && span(other).is_some_and(|span| span.overlaps(&mine)))?;
    let (other, when) = (case.told(met), span(met)?.said());
    let (zh, en) = (other.zh, other.en);
    Some(say!(
        "同一时间另有服务记录：{zh}（{when}）",
        "another record at the same time: {en} ({when})"
    ))
}
