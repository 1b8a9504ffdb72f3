//! Rules on service records: article 9 (3), and what is impossible.

use crate::domain::activity::sessions;
use crate::domain::kind::Kind;
use crate::domain::moment::Span;
use crate::domain::record::Record;
use crate::domain::rule::{Case, Rule, STANDING, Strength};
use crate::domain::said::{Said, t};
use crate::domain::service_record::{minutes, span};
use crate::domain::setting::{ALIKE, HOUSE, RECORD_DAYS};
use crate::domain::world::{holding, name};
use crate::say;

const TIMES: &[&str] = &["start", "end", "minutes", "day", "activity", "volunteer"];

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "SPAN",
        article: "",
        kind: Kind::ServiceRecord,
        acts: &["new", "edit"],
        field: "end",
        judges: &["start", "end"],
        check: |case| {
            let (start, end) = (case.after.text("start"), case.after.text("end"));
            let (start, end) = (start.replace('T', " "), end.replace('T', " "));
            let both = !start.is_empty() && !end.is_empty();
            (both && span(case.after).is_none()).then(|| {
                say!(
                    "结束 {end} 不晚于开始 {start}；跨夜的请写明结束的日期",
                    "the end {end} is not after the start {start}; if it ends on the next day, write that day"
                )
            })
        },
        way_out: t("请核对起止：start=… end=…", "check start=… and end=…"),
        ..Rule::BASE
    },
    Rule {
        id: "MINUTES",
        article: "",
        kind: Kind::ServiceRecord,
        acts: &["new", "edit"],
        field: "minutes",
        judges: TIMES,
        check: |case| {
            let said = minutes(case.after);
            if said == 0 {
                return Some(say!("没有时长", "it has no minutes"));
            }
            let most = span(case.after)?.minutes();
            (said > most).then(|| {
                say!(
                    "{said} 分钟多于起止之间的 {most} 分钟",
                    "{said} minutes, more than the {most} between start and end"
                )
            })
        },
        way_out: t(
            "填起止或分钟：start=… end=… minutes=…",
            "fill start=… end=… or minutes=…",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "R09三-04",
        article: "第九条（三）",
        kind: Kind::ServiceRecord,
        acts: &["new", "edit", "confirm"],
        field: "volunteer",
        judges: &["volunteer", "activity", "status"],
        check: absent,
        way_out: t(
            "核对签到：到了的先办到场 kezhi do arrive 派遣编号",
            "check the list: kezhi do arrive ENROLMENT if they came",
        ),
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
            "核对签到，改起止或退回：kezhi do return 编号 note=…",
            "check the lists, correct it or return it: kezhi do return CODE note=…",
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
        field: "minutes",
        check: too_long,
        way_out: t(
            "改分钟，或退回：kezhi do return 编号 note=…",
            "correct the minutes, or return it: kezhi do return CODE note=…",
        ),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
    Rule {
        id: "DAY-OUT",
        article: "第九条（三）",
        strength: Strength::Should,
        kind: Kind::ServiceRecord,
        acts: &["confirm"],
        field: "day",
        check: |case| {
            let activity = activity(case)?;
            let day = case.after.text("day");
            let held: Vec<&str> = activity.texts("days").collect();
            let days = held.join("、");
            (!held.is_empty() && !held.contains(&day)).then(|| {
                say!(
                    "{day} 没有场次（活动在 {days}）",
                    "no session on {day} (the activity is on {days})"
                )
            })
        },
        way_out: t(
            "活动改过时间的请改日期：day=…；确是如此写明原因：--reason …",
            "if the activity was moved, correct the day: day=…; or say why: --reason …",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "ALIKE",
        article: HOUSE,
        strength: Strength::Should,
        kind: Kind::ServiceRecord,
        acts: &["confirm"],
        field: "minutes",
        check: alike,
        way_out: t(
            "对照签到表；确是如此写明原因：--reason …",
            "compare with the sign-in list; or say why: --reason …",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "LATE-ENTRY",
        article: HOUSE,
        strength: Strength::Should,
        kind: Kind::ServiceRecord,
        acts: &["confirm"],
        field: "recorded_on",
        check: |case| {
            let days = case.after.day("recorded_on").zip(case.after.day("day"));
            let late = days.map(|(entered, day)| (entered - day).num_days())?;
            let most = RECORD_DAYS.now(case.world).max(60);
            (late > most).then(|| {
                say!(
                    "活动后 {late} 天才录入",
                    "entered {late} days after the activity"
                )
            })
        },
        way_out: t("写明原因：--reason …", "say why: --reason …"),
        ..Rule::BASE
    },
];

fn activity(case: &Case) -> Option<Record> {
    case.world.record(case.after.refs("activity").next()?)
}

/// Who was absent has no hours.
fn absent(case: &Case) -> Option<Said> {
    let volunteer = case.after.refs("volunteer").next()?;
    let of = holding(case.world, Kind::Enrolment, "volunteer", volunteer);
    let mine = of
        .into_iter()
        .find(|one| one.get("activity") == case.after.get("activity"))?;
    // Most were there: only of those who were not is the name looked up.
    if !matches!(mine.status(), "缺席" | "不能来" | "谢绝") {
        return None;
    }
    let (name, status, code) = (name(case.world, &mine), mine.status(), mine.code());
    Some(say!(
        "{name} 这项活动「{status}」（{code}），不能有服务时长",
        "{name} was not there ({code}, {status}) and has no hours"
    ))
}

/// The stretch of a record, or of its activity on that day where it says only minutes.
fn overlap(case: &Case) -> Option<Said> {
    let mine = span(case.after)?;
    let volunteer = case.after.refs("volunteer").next()?;
    let others = holding(case.world, Kind::ServiceRecord, "volunteer", volunteer);
    let standing = case.act == STANDING;
    let counts = |status: &str| match standing {
        // Of two that overlap the later entry is the one to look at.
        true => status == "已确认" || status == "待确认",
        false => status == "已确认",
    };
    if standing && !counts(case.after.status()) {
        return None;
    }
    let met = others.into_iter().find(|other| {
        let before = !standing || other.number < case.after.number;
        other.number != case.after.number
            && before
            && counts(other.status())
            && span(other).is_some_and(|span: Span| span.overlaps(&mine))
    })?;
    let (other, when) = (case.told(&met), span(&met)?.said());
    let (zh, en) = (other.zh, other.en);
    Some(say!(
        "同一时间另有服务记录：{zh}（{when}）",
        "another record at the same time: {en} ({when})"
    ))
}

fn too_long(case: &Case) -> Option<Said> {
    if case.act == STANDING && !matches!(case.after.status(), "已确认" | "待确认") {
        return None;
    }
    let activity = activity(case)?;
    let day = case.after.day("day");
    let spans = sessions(&activity);
    let on = |span: &&Span| day.is_none_or(|day| span.days().any(|one| one == day));
    let held: i64 = spans.iter().filter(on).map(Span::minutes).sum();
    // On another day than the activity's, the whole of it is the measure.
    let most = match held {
        0 => spans.iter().map(Span::minutes).sum(),
        held => held,
    };
    let said = minutes(case.after);
    (most > 0 && said > most).then(|| {
        say!(
            "{said} 分钟，活动只有 {most} 分钟",
            "{said} minutes, the activity lasted {most}"
        )
    })
}

/// The same rounded hours for many people of one activity.
fn alike(case: &Case) -> Option<Said> {
    let said = minutes(case.after);
    if said == 0 || said % 60 != 0 || span(case.after).is_some() {
        return None;
    }
    let activity = activity(case)?;
    let most: i64 = sessions(&activity).iter().map(Span::minutes).sum();
    // Who was there all the time has the minutes of the whole.
    if said == most {
        return None;
    }
    let all = holding(case.world, Kind::ServiceRecord, "activity", activity.code());
    let same = all
        .iter()
        .filter(|one| minutes(one) == said && span(one).is_none())
        .count();
    (same as i64 >= ALIKE.now(case.world)).then(|| {
        say!(
            "{same} 人都是 {said} 分钟，且没有起止",
            "{same} people with {said} minutes each, and no start or end"
        )
    })
}
