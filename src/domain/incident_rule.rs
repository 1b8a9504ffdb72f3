//! What the regulation asks of harm in service (article 18).

use chrono::{Duration, NaiveDate};

use crate::domain::clock::{CLOCKS, running};
use crate::domain::harm::walled;
use crate::domain::incident::happened;
use crate::domain::incident_field::SIDES;
use crate::domain::kind::Kind;
use crate::domain::moment::{begins, ends};
use crate::domain::record::Record;
use crate::domain::rule::{Case, Found, Rule, STANDING, Strength, stands};
use crate::domain::said::{Said, t};
use crate::domain::setting::{CLAIM_HOURS, HARM_DAYS, HOUSE};
use crate::domain::value::Value;
use crate::say;

const HARM: Rule = Rule {
    kind: Kind::Incident,
    field: "status",
    way_out: t(
        "办理：kezhi do handle 编号，双方有结果后 kezhi do close 编号",
        "deal with it: kezhi do handle CODE; with an outcome for both sides kezhi do close CODE",
    ),
    ..Rule::BASE
};

/// What is asked when it is closed, and of what is closed.
const CLOSING: Rule = Rule {
    acts: &[STANDING, "close"],
    ..HARM
};

const CLAIM: Rule = Rule {
    field: "claim_told_at",
    way_out: t(
        "立即报案并登记：kezhi do claim 编号 claim_told_at=...；迟报的写明原因 --reason",
        "tell the insurer now: kezhi do claim CODE claim_told_at=...; if late say why with --reason",
    ),
    ..HARM
};

const CALLS: Rule = Rule {
    field: "callbacks",
    way_out: t(
        "补回访：kezhi do callback 编号 side=... satisfaction=...",
        "call back: kezhi do callback CODE side=... satisfaction=...",
    ),
    ..HARM
};

/// The rules.
pub const RULES: &[Rule] = &[
    stands!(CLOSING, "R18-01", "第十八条", Must, unjudged()),
    stands!(HARM, "R18-02", "第十八条", Must, slow()),
    stands!(CLOSING, "R18-03", "第十八条", Must, unaided()),
    stands!(CLOSING, "R18-04", "第十八条", Must, lacking()),
    stands!(CALLS, "R18-05", "第十八条", Must, uncalled()),
    stands!(CLAIM, "HARM-CLAIM", "本单位规定", Should, unclaimed()),
    Rule {
        id: "HARM-CLAIM",
        article: HOUSE,
        strength: Strength::Should,
        acts: &["claim"],
        check: late,
        ..CLAIM
    },
    Rule {
        id: "HARM-POLICY",
        article: "第十八条",
        acts: &["claim"],
        field: "insurance",
        check: |case| {
            let none = case.after.text("insurance").is_empty();
            none.then(|| say!("没有写明哪份保单", "it does not say which policy"))
        },
        way_out: t(
            "填保单：insurance=BD-...；编号看这一件的提示",
            "name it: insurance=BD-...; the card tells which",
        ),
        ..HARM
    },
    Rule {
        id: "HARM-TERM",
        article: "第十八条",
        strength: Strength::Ask,
        acts: &["new", "edit", "claim"],
        field: "insurance",
        judges: &["insurance", "happened_at"],
        check: out_of_term,
        way_out: t(
            "换承保当时的保单：insurance=BD-...；确是这份的确认",
            "name the policy that was in force: insurance=BD-...; go on if it is this one",
        ),
        ..HARM
    },
    Rule {
        id: "HARM-ORG",
        article: "第十八条",
        acts: &["new", "edit"],
        field: "org",
        judges: &["org"],
        check: |case| {
            let none = case.after.text("org").is_empty();
            none.then(|| say!("没有组织单位", "no organising unit"))
        },
        way_out: t(
            "填活动或组织：activity=... org=...",
            "fill activity=... or org=...",
        ),
        ..HARM
    },
    Rule {
        id: "HARM-WALL",
        article: "第十九条",
        acts: &["new", "edit"],
        field: "org",
        judges: &["org", "complaint", "activity"],
        check: |case| {
            let org = case.after.refs("org").next()?;
            walled(case.after, case.world, org).then(|| {
                say!(
                    "依据的投诉正是关于这个组织的，不能交给它",
                    "the complaint behind it is about this very team"
                )
            })
        },
        way_out: t(
            "由受理投诉的组织处置：org=...；或另记一件，不填投诉",
            "whoever receives the complaint deals with it: org=...; or enter another without the complaint",
        ),
        ..HARM
    },
    Rule {
        id: "HARM-FUTURE",
        acts: &["new", "edit"],
        field: "happened_at",
        judges: &["happened_at"],
        check: |case| {
            let day = case.after.day("day")?;
            (day > case.today).then(|| say!("{day} 还没有到", "{day} has not come yet"))
        },
        way_out: t(
            "请核对发生时间：happened_at=...",
            "check it: happened_at=...",
        ),
        ..HARM
    },
];

/// A policy whose term does not cover the moment of the harm.
fn out_of_term(case: &Case) -> Option<Said> {
    let policy = case.world.record(case.after.refs("insurance").next()?)?;
    let at = happened(case.after)?;
    let (from, to) = (policy.text("from"), policy.text("to"));
    let before = begins(from).is_some_and(|from| at < from);
    let after = ends(to).is_some_and(|to| to <= at);
    (before || after).then(|| {
        let (Said { zh, en }, at) = (case.told(&policy), at.format("%Y-%m-%d %H:%M"));
        let (from, to) = (from.replace('T', " "), to.replace('T', " "));
        say!(
            "保单 {zh} 的期限是 {from} 至 {to}，不含出险的 {at}",
            "the term of the policy {en} is {from} to {to}: the harm of {at} lies outside"
        )
    })
}

fn closed<'a>(case: &Case<'a>) -> Option<&'a Record> {
    Some(case.after).filter(|record| record.status() == "办结")
}

fn unjudged(case: &Case) -> Option<Found> {
    let record = closed(case)?;
    record.text("breach").is_empty().then(|| {
        let said = say!(
            "没有写明有无违反法律和规定",
            "it does not say whether law and rules were kept"
        );
        (said, record.day("closed_on"))
    })
}

fn slow(case: &Case) -> Option<Found> {
    let clock = running(case.after, case.world, case.today);
    let harm = clock.into_iter().find(|one| one.clock.key == "harm")?;
    let over = -harm.left(case.today);
    (over > 0).then(|| {
        let (days, due) = (HARM_DAYS.now(case.world), harm.due.day);
        let said = say!(
            "损害事件 {days} 日没有办结，{due} 已过，逾 {over} 天",
            "harm not settled within {days} days: {due} is past by {over} days"
        );
        (said, Some(harm.due.from))
    })
}

fn unaided(case: &Case) -> Option<Found> {
    let record = closed(case).filter(|one| one.text("direction") == "服务对象致志愿者")?;
    let none = record.text("aid").is_empty() && record.text("measures").is_empty();
    none.then(|| {
        let said = say!(
            "志愿者受到损害，没有处置也没有援助的记录",
            "a volunteer was harmed, and neither dealing nor aid is recorded"
        );
        (said, record.day("closed_on"))
    })
}

/// What has to stand in whatever is closed.
const WHOLE: [&str; 5] = [
    "responsible",
    "measures",
    "conclusion",
    "outcome_volunteer",
    "outcome_recipient",
];

fn lacking(case: &Case) -> Option<Found> {
    let record = closed(case)?;
    let said = crate::domain::organisation_rule::missing(record, &WHOLE)?;
    Some((said, record.day("closed_on")))
}

/// Whether a side was called after the end.
pub fn called(record: &Record, side: &str) -> bool {
    let mut rows = record.rows("callbacks");
    rows.any(|row| row.get("side").and_then(Value::text) == Some(side))
}

fn uncalled(case: &Case) -> Option<Found> {
    let record = closed(case)?;
    let closed_on = record.day("closed_on")?;
    let last: NaiveDate = closed_on + Duration::days(HARM_DAYS.now(case.world));
    let left: Vec<_> = SIDES
        .iter()
        .filter(|side| !called(record, side.zh))
        .collect();
    (case.today > last && !left.is_empty()).then(|| {
        let zh: Vec<&str> = left.iter().map(|side| side.zh).collect();
        let en: Vec<&str> = left.iter().map(|side| side.en).collect();
        let said = Said {
            zh: format!("办结后还没有回访{}", zh.join("、")),
            en: format!("not called back since it was closed: {}", en.join(", ")),
        };
        (said, Some(closed_on))
    })
}

fn unclaimed(case: &Case) -> Option<Found> {
    let row = CLOCKS.iter().find(|clock| clock.key == "claim")?;
    let due = row.due(case.after, case.world)?;
    (due.day < case.today).then(|| {
        let (hours, day) = (due.count, due.day);
        let said = say!(
            "出险 {hours} 小时内没有报案，{day} 已过",
            "the insurer was not told within {hours} hours: {day} is past"
        );
        (said, Some(due.from))
    })
}

fn late(case: &Case) -> Option<Said> {
    let (told, from) = (
        begins(case.after.text("claim_told_at"))?,
        happened(case.after)?,
    );
    let hours = CLAIM_HOURS.now(case.world);
    if told < from {
        return Some(say!(
            "报案早于出险",
            "the insurer was told before it happened"
        ));
    }
    (told - from > Duration::hours(hours)).then(|| {
        let took = (told - from).num_hours();
        say!(
            "出险后 {took} 小时才报案，规定 {hours} 小时内",
            "told {took} hours after the harm; the term is {hours}"
        )
    })
}
