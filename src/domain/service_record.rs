//! 服务记录: the minutes that somebody served (articles 9 (3), 9 (5)).

use crate::domain::activity::EVALUATIONS;
use crate::domain::certificate::counts;
use crate::domain::field::{Field, Seek, Type};
use crate::domain::kind::{Kind, KindSpec, Sum, state};
use crate::domain::lifecycle::Step;
use crate::domain::moment::{self, Span, begins, ends};
use crate::domain::record::Record;
use crate::domain::said::{Said, t};
use crate::domain::value::Value;
use crate::domain::world::{Reckon, World, holding};
use crate::say;

const WHY: Field = Field::new("note", "原因", "Reason", Type::Lines(500));
const REASON: Field = Field::new("note", "原因", "Reason", Type::Lines(500)).required();

/// The state in which minutes count.
pub const CONFIRMED: &str = "已确认";

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::ServiceRecord,
    key: "service_record",
    label: t("服务记录", "Service record"),
    prefix: "FW",
    width: 7,
    title: "volunteer",
    owner: Some("org"),
    recency: Some("day"),
    searched: false,
    states: &[
        state("待确认", "pending", true),
        state(CONFIRMED, "confirmed", true),
        state("退回", "returned", true),
        state("撤销", "withdrawn", false),
    ],
    first: "待确认",
    fields: &[
        Field::new(
            "volunteer",
            "志愿者",
            "Volunteer",
            Type::Ref(Kind::Volunteer),
        )
        .required()
        .indexed()
        .width(16)
        .headings(&["志愿者编号", "姓名", "志愿者姓名"]),
        Field::new("activity", "活动", "Activity", Type::Ref(Kind::Activity))
            .required()
            .indexed()
            .width(24)
            .headings(&["活动编号", "活动名称"]),
        Field::new("day", "日期", "Day", Type::Day)
            .width(10)
            .headings(&["服务日期"])
            .help(
                "不填即开始的日期，或活动的日期",
                "that of the start or of the activity if empty",
            ),
        Field::new("start", "开始", "Start", Type::Moment)
            .headings(&["开始时间", "起"])
            .help("可只写 09:00", "09:00 will do"),
        Field::new("end", "结束", "End", Type::Moment).headings(&["结束时间", "止"]),
        Field::new("minutes", "分钟", "Minutes", Type::Int(1, 100_000))
            .width(6)
            .headings(&["服务分钟", "时长（分钟）", "服务时长（分钟）"])
            .help(
                "不填即由起止得出；不写小数",
                "follows from start and end; no decimals",
            ),
        Field::new("evidence", "依据", "Evidence", Type::Line(80))
            .headings(&["凭据", "证明材料"])
            .help(
                "签到表页码、照片编号",
                "page of the sign-in list, number of a photo",
            ),
        Field::new(
            "evaluation",
            "对象评价",
            "Recipient's evaluation",
            Type::Choice(EVALUATIONS),
        ),
        Field::new(
            "team_evaluation",
            "队伍评价",
            "Team's evaluation",
            Type::Choice(EVALUATIONS),
        ),
        Field::new("org", "主办组织", "Team", Type::Ref(Kind::Organisation))
            .system()
            .seek(Seek::Term)
            .indexed(),
        Field::new(
            "stints",
            "人与日",
            "Person and day",
            Type::Words {
                known: &[],
                open: true,
                most: 100,
            },
        )
        .system()
        .inner()
        .indexed(),
        Field::new("recorded_on", "录入日期", "Entered on", Type::Day).system(),
        Field::new("recorded_by", "记录人", "Entered by", Type::Line(40)).system(),
        Field::new("confirmed_on", "确认日期", "Confirmed on", Type::Day).system(),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[
                t("待确认", "pending"),
                t(CONFIRMED, "confirmed"),
                t("退回", "returned"),
                t("撤销", "withdrawn"),
            ]),
        )
        .system()
        .indexed()
        .width(6),
        Field::new("note", "备注", "Note", Type::Lines(1000)),
    ],
    steps: &[
        Step::new("confirm", "确认", "Confirm", &["待确认"], Some(CONFIRMED))
            .help("核对无误，计入时长", "checked: it counts")
            .stamp("confirmed_on"),
        Step::new("return", "退回", "Return", &["待确认"], Some("退回"))
            .help("退回改正，写明原因", "to be put right, with a reason")
            .asks(&[REASON]),
        Step::new("again", "重新报", "Again", &["退回"], Some("待确认"))
            .help("改正后再报", "put right: pending again"),
        Step::new(
            "unconfirm",
            "收回确认",
            "Take back",
            &[CONFIRMED],
            Some("待确认"),
        )
        .help(
            "确认错了，回到待确认",
            "confirmed by mistake: pending again",
        ),
        Step::new(
            "withdraw",
            "撤销",
            "Withdraw",
            &["待确认", CONFIRMED, "退回"],
            Some("撤销"),
        )
        .seen_by(
            "志愿者和持证明的人：证明随之变红",
            "the volunteer, and whoever holds a certificate above it",
        )
        .voids()
        .help(
            "不再计入；已出具的证明随之变红",
            "no longer counts; certificates above it turn red",
        )
        .asks(&[WHY]),
    ],
    reckon,
    tell,
    then: crate::domain::certificate::shaken,
    sum: Some(Sum {
        field: "minutes",
        day: "day",
        state: CONFIRMED,
        by: &["org", "volunteer"],
    }),
    article: "第九条（三）",
    ..KindSpec::BASE
};

/// The stretch of time that a record says; none where it says only minutes.
pub fn span(record: &Record) -> Option<Span> {
    let (start, end) = (record.text("start"), record.text("end"));
    let said = start.len() > 10 && end.len() > 10;
    let span = Span {
        start: begins(start)?,
        end: ends(end)?,
    };
    (said && span.start < span.end).then_some(span)
}

/// By what other records of the same person on the same days are found.
pub fn stints(record: &Record) -> Vec<String> {
    let person = record.text("volunteer");
    let days: Vec<String> = match span(record) {
        Some(span) => span.days().map(|day| day.to_string()).collect(),
        None => vec![record.text("day").to_owned()],
    };
    days.into_iter()
        .map(|day| format!("{person}@{day}"))
        .collect()
}

/// The minutes of a record.
pub fn minutes(record: &Record) -> i64 {
    match record.get("minutes") {
        Some(Value::Int(minutes)) => *minutes,
        _ => 0,
    }
}

fn reckon(record: &mut Record, reckon: &Reckon) {
    let moved = |record: &Record, key: &str| {
        reckon
            .before
            .is_some_and(|before| before.get(key) != record.get(key))
    };
    let activity = reckon.named(record, "activity");
    // What was served counts for the team of that time: it does not move with the activity later.
    if record.text("org").is_empty() || moved(record, "activity") {
        let org = activity
            .as_ref()
            .map_or("", |activity| activity.text("org"));
        record.set("org", org.to_owned().into());
    }
    if moved(record, "start") && !moved(record, "day") {
        record.set(
            "day",
            record
                .text("start")
                .get(..10)
                .unwrap_or("")
                .to_owned()
                .into(),
        );
    }
    if record.text("day").is_empty() {
        let start = record.text("start").get(..10).unwrap_or("");
        // A time alone is one of the activity's day.
        let of_activity = activity
            .as_ref()
            .map_or("", |activity| activity.text("day"));
        let day = if start.is_empty() { of_activity } else { start };
        record.set("day", day.to_owned().into());
    }
    if let Some(day) = record.day("day") {
        for key in ["start", "end"] {
            let full = moment::on(record.text(key), day);
            record.set(key, full.into());
        }
    }
    // Start or end moved: the minutes follow, unless they were typed in the same change.
    let stale =
        (moved(record, "start") || moved(record, "end")) && !reckon.given.contains_key("minutes");
    if (minutes(record) == 0 || stale)
        && let Some(span) = span(record)
    {
        record.set("minutes", span.minutes().into());
    }
    record.set("stints", stints(record).into());
    // What was confirmed is this record: another one is to be confirmed again.
    let other = ["volunteer", "activity", "day", "start", "end", "minutes"];
    if record.status() == CONFIRMED
        && reckon.act == "edit"
        && other.iter().any(|key| moved(record, key))
    {
        record.set("status", "待确认".into());
        record.set("confirmed_on", "".into());
    }
    if reckon.before.is_none() {
        if record.text("recorded_on").is_empty() {
            record.set("recorded_on", reckon.today.to_string().into());
        }
        record.set("recorded_by", reckon.who.into());
    }
}

/// The certificates that turned red with a record, and whom to tell.
fn tell(record: &Record, world: &dyn World, _: chrono::NaiveDate) -> Vec<Said> {
    let volunteer = record.refs("volunteer").next();
    if record.status() == CONFIRMED || record.rev < 2 {
        return Vec::new();
    }
    let found = volunteer
        .into_iter()
        .flat_map(|volunteer| holding(world, Kind::Certificate, "volunteer", volunteer));
    let red = found.filter(|one| one.status() == "待更正" && counts(one, record.code()));
    red.map(|one| {
        let (zm, name, purpose) = (one.code(), one.title(), one.text("purpose"));
        say!(
            "证明 {zm} 已变红，须告知：{name} {purpose}",
            "the certificate {zm} has turned red, to be told: {name} {purpose}"
        )
    })
    .collect()
}
