//! 监督: discipline inspection and audit beside a major activity, from plan to summary (article 19).

use crate::domain::activity::sessions;
use crate::domain::field::{Field, Seek, Type};
use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::moment::{begins, ends};
use crate::domain::oversight_step::{STEPS, then};
use crate::domain::record::Record;
use crate::domain::said::{Text, t};
use crate::domain::world::{Reckon, World};

/// The two offices that oversee.
pub const OFFICES: &[Text] = &[t("纪检监察", "discipline inspection"), t("审计", "audit")];

/// The stages at which both are there: from beginning to end (reading A18).
pub const STAGES: &[Text] = &[t("事前", "before"), t("事中", "during"), t("事后", "after")];

/// When somebody was there.
pub const PRESENCE: &[Field] = &[
    Field::new("stage", "阶段", "Stage", Type::Choice(STAGES)).required(),
    Field::new("day", "时间", "When", Type::Moment).required(),
    Field::new("who", "到场人", "Who", Type::Line(40)),
    Field::new("note", "看了什么", "What was looked at", Type::Lines(1000)),
    Field::new("by", "登记人", "Entered by", Type::Line(40)),
    Field::new("noted_on", "登记日期", "Entered on", Type::Day),
];

/// What an inspector remarked.
pub const REMARKS: &[Field] = &[
    Field::new("day", "日期", "Day", Type::Day),
    Field::new("by", "谁", "By", Type::Line(40)),
    Field::new("text", "意见", "Remark", Type::Lines(2000)),
];

/// What an inspector asked, and what was answered.
pub const QUESTIONS: &[Field] = &[
    Field::new("no", "序号", "No.", Type::Int(1, 999)),
    Field::new("day", "日期", "Day", Type::Day),
    Field::new("by", "谁问", "By", Type::Line(40)),
    Field::new("text", "问题", "Question", Type::Lines(2000)),
    Field::new("answer", "答复", "Answer", Type::Lines(3000)),
    Field::new("answered_by", "谁答", "Answered by", Type::Line(40)),
    Field::new("answered_on", "答复日期", "Answered on", Type::Day),
];

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Oversight,
    key: "oversight",
    label: t("监督", "Oversight"),
    prefix: "JD",
    yearly: true,
    title: "title",
    owner: Some("org"),
    recency: Some("named_on"),
    states: &[
        state("监督", "overseeing", true),
        state("完成", "done", false),
    ],
    first: "监督",
    fields: &[
        Field::new("activity", "活动", "Activity", Type::Ref(Kind::Activity))
            .required()
            .indexed(),
        Field::new("office", "部门", "Office", Type::Choice(OFFICES))
            .required()
            .width(8),
        Field::new(
            "inspector",
            "监督员",
            "Inspector",
            Type::Ref(Kind::Operator),
        )
        .indexed()
        .help(
            "有账号的监督员：登录名、编号或姓名；即可查看这一项活动的全部",
            "one with an account: login, code or name; sees all of this one activity at once",
        ),
        Field::new(
            "inspector_name",
            "监督人（无账号）",
            "Inspector without account",
            Type::Line(40),
        )
        .help(
            "没有账号的，写单位和姓名",
            "of one without an account: office and name",
        ),
        Field::new("title", "名称", "Title", Type::Line(120))
            .system()
            .seek(Seek::Name)
            .width(30),
        Field::new("org", "组织", "Team", Type::Ref(Kind::Organisation))
            .system()
            .indexed(),
        Field::new("named_on", "指定日期", "Named on", Type::Day)
            .seek(Seek::Day)
            .system()
            .width(10),
        Field::new("presence", "到场", "Presence", Type::Rows(PRESENCE)).system(),
        Field::new("remarks", "意见", "Remarks", Type::Rows(REMARKS)).system(),
        Field::new("questions", "问题", "Questions", Type::Rows(QUESTIONS)).system(),
        Field::new("finished_on", "完成日期", "Done on", Type::Day)
            .seek(Seek::Day)
            .system(),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[t("监督", "overseeing"), t("完成", "done")]),
        )
        .system()
        .indexed()
        .width(6),
        Field::new("note", "备注", "Note", Type::Lines(2000)),
    ],
    steps: STEPS,
    reckon,
    then,
    tell: crate::domain::oversight_tell::tell,
    article: "第十九条",
    ..KindSpec::BASE
};

fn reckon(record: &mut Record, reckon: &Reckon) {
    if let Some(activity) = reckon.named(record, "activity") {
        let office = record.text("office");
        record.set("title", format!("{office} {}", activity.title()).into());
        record.set("org", activity.text("org").into());
    }
    if reckon.before.is_none() && record.text("named_on").is_empty() {
        record.set("named_on", reckon.today.to_string().into());
    }
    // Whoever comes in the place of another is the one who is named, with an account or without.
    if reckon.act == "name" {
        for (given, other) in [
            ("inspector", "inspector_name"),
            ("inspector_name", "inspector"),
        ] {
            if reckon.given.contains_key(given) && !reckon.given.contains_key(other) {
                record.set(other, "".into());
            }
        }
    }
}

/// Who oversees for an office; empty where nobody was named.
pub fn inspector(world: &dyn World, oversight: &Record) -> String {
    let operator = oversight.refs("inspector").next();
    let operator = operator.and_then(|code| world.record(code));
    match operator {
        Some(operator) => operator.title().to_owned(),
        None => oversight.text("inspector_name").to_owned(),
    }
}

/// Whether somebody was named.
pub fn is_named(oversight: &Record) -> bool {
    let keys = ["inspector", "inspector_name"];
    keys.iter().any(|key| !oversight.text(key).is_empty())
}

/// Whether a moment lies in a stage of an activity as its sessions are now.
///
/// A day alone is before the activity only if it is an earlier day.
pub fn lies(activity: &Record, stage: &str, moment: &str) -> bool {
    let (Some(from), Some(to)) = (begins(moment), ends(moment)) else {
        return false;
    };
    let spans = sessions(activity);
    let first = spans.first().map(|span| span.start);
    let first = first.or_else(|| begins(activity.text("day")));
    let last = activity.day("until").or_else(|| activity.day("day"));
    let Some((first, last)) = first.zip(last) else {
        return stage == "事前";
    };
    let held = spans.is_empty() && (first.date()..=last).contains(&from.date());
    match stage {
        "事前" => to <= first,
        "事中" => {
            held || spans
                .iter()
                .flat_map(crate::domain::moment::Span::days)
                .any(|day| day == from.date())
        }
        _ => from.date() >= last,
    }
}

/// Whether the office was there at a stage of the activity.
pub fn was_there(activity: &Record, oversight: &Record, stage: &str) -> bool {
    let text = |row: &crate::domain::value::Fields, key: &str| {
        let value = row.get(key).and_then(crate::domain::value::Value::text);
        value.unwrap_or("").to_owned()
    };
    let mut rows = oversight.rows("presence");
    rows.any(|row| text(row, "stage") == stage && lies(activity, stage, &text(row, "day")))
}

/// The numbers of the questions that wait for an answer.
pub fn open_questions(oversight: &Record) -> Vec<i64> {
    let rows = oversight.rows("questions");
    let open = rows.filter(|row| !row.contains_key("answer"));
    let numbers = open.filter_map(|row| match row.get("no") {
        Some(crate::domain::value::Value::Int(number)) => Some(*number),
        _ => None,
    });
    numbers.collect()
}
