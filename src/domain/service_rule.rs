//! Rules on service records: article 9 (3), and what is impossible.

use crate::domain::activity::sessions;
use crate::domain::enrolment::pair;
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::Span;
use crate::domain::record::Record;
use crate::domain::rule::{Case, Rule, STANDING, Strength};
use crate::domain::said::{Said, t};
use crate::domain::service_record::{minutes, span};
use crate::domain::setting::{ALIKE, HOUSE, RECORD_DAYS};
use crate::domain::stint_rule::others;
use crate::domain::world::name;
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
        judges: &["start", "end", "day"],
        check: |case| {
            let (start, end) = (case.after.text("start"), case.after.text("end"));
            let (start, end) = (start.replace('T', " "), end.replace('T', " "));
            let both = !start.is_empty() && !end.is_empty();
            let (day, on) = (case.after.text("day"), start.get(..10).unwrap_or(""));
            if !on.is_empty() && on != day {
                return Some(say!(
                    "日期 {day} 与开始 {start} 不是同一天",
                    "the day {day} is not that of the start {start}"
                ));
            }
            (both && span(case.after).is_none()).then(|| {
                say!(
                    "结束 {end} 不晚于开始 {start}；跨夜的请写明结束的日期",
                    "the end {end} is not after the start {start}; if it ends on the next day, write that day"
                )
            })
        },
        way_out: t(
            "请核对起止：start=... end=...",
            "check start=... and end=...",
        ),
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
            "填起止或分钟：start=... end=... minutes=...",
            "fill start=... end=... or minutes=...",
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
            "改分钟，或退回：kezhi do return 编号 note=...",
            "correct the minutes, or return it: kezhi do return CODE note=...",
        ),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
    Rule {
        id: "CANCELLED",
        article: "第九条（三）",
        kind: Kind::ServiceRecord,
        acts: &["new", "confirm"],
        field: "activity",
        check: |case| {
            let activity = activity(case).filter(|activity| activity.status() == "取消")?;
            let (code, title) = (activity.code(), activity.title().to_owned());
            Some(say!(
                "活动已取消：{code} {title}",
                "the activity was cancelled: {code} {title}"
            ))
        },
        way_out: t(
            "核对是哪一项活动：activity=...",
            "check which activity it was: activity=...",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "DOUBT",
        article: "第九条（三）",
        strength: Strength::May,
        kind: Kind::ServiceRecord,
        acts: &["confirm"],
        field: "activity",
        check: doubt,
        way_out: t(
            "确认前请核对签到表",
            "compare with the sign-in list before confirming",
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
            let activity = waits(case).then(|| activity(case))??;
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
            "活动改过时间的请改日期：day=...；确是如此写明原因：--reason ...",
            "if the activity was moved, correct the day: day=...; or say why: --reason ...",
        ),
        lists: true,
        since: |case| case.after.day("day"),
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
            "对照签到表；确是如此写明原因：--reason ...",
            "compare with the sign-in list; or say why: --reason ...",
        ),
        lists: true,
        since: |case| case.after.day("day"),
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
            (waits(case) && late > RECORD_DAYS.now(case.world)).then(|| {
                say!(
                    "活动后 {late} 天才录入",
                    "entered {late} days after the activity"
                )
            })
        },
        way_out: t("写明原因：--reason ...", "say why: --reason ..."),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
];

fn activity(case: &Case) -> Option<Record> {
    case.world.record(case.after.refs("activity").next()?)
}

/// The enrolment of the person in the activity.
fn enrolment(case: &Case) -> Option<Record> {
    let found = case.world.equal(Kind::Enrolment, "pair", &pair(case.after));
    case.world
        .record(Code::new(Kind::Enrolment, *found.first()?))
}

/// Who was absent has no hours.
fn absent(case: &Case) -> Option<Said> {
    let mine = enrolment(case)?;
    if case.act == STANDING && !matches!(case.after.status(), "已确认" | "待确认") {
        return None;
    }
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

/// More minutes than the activity lasted on that day, with what the same person has of it already.
fn too_long(case: &Case) -> Option<Said> {
    if case.act == STANDING && !matches!(case.after.status(), "已确认" | "待确认") {
        return None;
    }
    let most = held(&activity(case)?, case.after.day("day"));
    let said = minutes(case.after);
    if most > 0 && said > most {
        return Some(say!(
            "{said} 分钟，活动只有 {most} 分钟",
            "{said} minutes, the activity lasted {most}"
        ));
    }
    let others: i64 = others(case)
        .iter()
        .filter(|one| {
            ["activity", "day"]
                .iter()
                .all(|key| one.get(key) == case.after.get(key))
        })
        .map(minutes)
        .sum();
    let all = said + others;
    (most > 0 && others > 0 && all > most).then(|| {
        say!(
            "连同已有的 {others} 分钟共 {all} 分钟，活动只有 {most} 分钟",
            "{all} minutes with the {others} there are, the activity lasted {most}"
        )
    })
}

/// The minutes of an activity on a day; on another day than its own, the whole of it is the measure.
pub fn held(activity: &Record, day: Option<chrono::NaiveDate>) -> i64 {
    let spans = sessions(activity);
    let on = |span: &&Span| day.is_none_or(|day| span.days().any(|one| one == day));
    match spans.iter().filter(on).map(Span::minutes).sum() {
        0 => spans.iter().map(Span::minutes).sum(),
        held => held,
    }
}

/// The same rounded hours for many people of one activity.
fn alike(case: &Case) -> Option<Said> {
    let said = minutes(case.after);
    if said == 0 || said % 60 != 0 || span(case.after).is_some() || !waits(case) {
        return None;
    }
    let activity = activity(case)?;
    // Who was there all the time has the minutes of the whole.
    if said == held(&activity, case.after.day("day")) {
        return None;
    }
    let most = ALIKE.now(case.world);
    let all = case.world.equal(
        Kind::ServiceRecord,
        "activity",
        &activity.code().to_string(),
    );
    let all = all
        .into_iter()
        .filter_map(|number| case.world.record(Code::new(Kind::ServiceRecord, number)));
    let same = all.filter(|one| one.live() && minutes(one) == said && span(one).is_none());
    // As many as make a doubt are enough: thousands need not be read for each of them.
    let same = same.take(most as usize).count();
    (same as i64 >= most).then(|| {
        say!(
            "{most} 人以上都是 {said} 分钟，且没有起止",
            "{most} people or more with {said} minutes each, and no start or end"
        )
    })
}

/// Whether a record is judged before it counts: at an act, or as long as it waits.
fn waits(case: &Case) -> bool {
    case.act != STANDING || case.after.status() == "待确认"
}

/// What ought to be looked at before it is confirmed, though it may be right.
fn doubt(case: &Case) -> Option<Said> {
    if case.after.status() != "待确认" {
        return None;
    }
    let day = case.after.day("day")?;
    if day > case.today {
        return Some(say!("{day} 还没有到", "{day} has not come yet"));
    }
    let enrolled = enrolment(case).is_some();
    (!enrolled).then(|| say!("没有派遣记录", "there is no enrolment"))
}
