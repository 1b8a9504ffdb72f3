//! 派遣: one volunteer in one activity (articles 9 (6), 10 (2)).

use crate::domain::field::{Field, Seek, Type};
use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::lifecycle::Step;
use crate::domain::record::Record;
use crate::domain::said::{Text, t};
use crate::domain::world::Reckon;

/// How somebody was told or said yes.
pub const WAYS: &[Text] = &[
    t("电话", "phone"),
    t("短信", "text message"),
    t("书面", "in writing"),
    t("当面", "face to face"),
    t("平台", "platform"),
];

const WHY: Field = Field::new("note", "原因", "Reason", Type::Lines(500));
const AGREED: &[Field] = &[
    Field::new("agreed_on", "答应时间", "Agreed on", Type::Moment)
        .past()
        .anew()
        .help("不填即现在", "now if empty"),
    Field::new("agreed_by", "谁答应", "Agreed by", Type::Line(40)).help(
        "本人，或本人加方式；已登记的不必再填",
        "the person, and how; not again where it is entered",
    ),
    Field::new("agreed_how", "答应方式", "How", Type::Choice(WAYS)).anew(),
];
const TOLD: &[Field] = &[
    Field::new("told_on", "告知时间", "Told on", Type::Moment)
        .past()
        .anew()
        .help("不填即现在", "now if empty"),
    Field::new("told_by", "谁告知", "Told by", Type::Line(40))
        .anew()
        .help("不填即经办人", "you if empty"),
    Field::new("told_how", "告知方式", "How", Type::Choice(WAYS)),
];

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Enrolment,
    key: "enrolment",
    label: t("派遣", "Enrolment"),
    prefix: "PQ",
    width: 6,
    title: "volunteer",
    owner: Some("org"),
    recency: Some("day"),
    searched: false,
    states: &[
        state("同意", "agreed", true),
        state("拟派", "planned", true),
        state("已邀", "invited", true),
        state("候补", "reserve", true),
        state("到场", "present", true),
        state("缺席", "absent", false),
        state("谢绝", "declined", false),
        state("不能来", "cannot come", false),
    ],
    first: "拟派",
    fields: &[
        Field::new("activity", "活动", "Activity", Type::Ref(Kind::Activity))
            .required()
            .indexed()
            .width(24)
            .headings(&["活动编号", "活动名称"]),
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
        Field::new("role", "岗位", "Role", Type::Line(20))
            .width(10)
            .headings(&["分工"]),
        Field::new("agreed_on", "答应时间", "Agreed on", Type::Moment).headings(&["同意时间"]),
        Field::new("agreed_by", "谁答应", "Agreed by", Type::Line(40)).headings(&["同意人"]),
        Field::new("agreed_how", "答应方式", "How", Type::Choice(WAYS)),
        Field::new("told_on", "告知时间", "Told on", Type::Moment).headings(&["告知日期"]),
        Field::new("told_by", "谁告知", "Told by", Type::Line(40)).headings(&["告知人"]),
        Field::new("told_how", "告知方式", "Told how", Type::Choice(WAYS)),
        Field::new("late", "迟到分钟", "Minutes late", Type::Int(0, 1440)),
        Field::new("absent_on", "告假时间", "Said no on", Type::Moment).system(),
        Field::new("absent_to", "向谁告假", "Told whom", Type::Line(40)).system(),
        Field::new("org", "主办组织", "Team", Type::Ref(Kind::Organisation))
            .system()
            .seek(Seek::Term)
            .indexed(),
        Field::new("pair", "活动与人", "Activity and person", Type::Line(60))
            .system()
            .inner()
            .indexed(),
        Field::new("day", "日期", "Day", Type::Day)
            .system()
            .width(10),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[
                t("拟派", "planned"),
                t("已邀", "invited"),
                t("同意", "agreed"),
                t("候补", "reserve"),
                t("谢绝", "declined"),
                t("不能来", "cannot come"),
                t("到场", "present"),
                t("缺席", "absent"),
            ]),
        )
        .system()
        .indexed()
        .width(6),
        Field::new("note", "备注", "Note", Type::Lines(1000)),
    ],
    steps: &[
        Step::new("invite", "邀请", "Invite", &["拟派"], Some("已邀"))
            .help("已通知本人，等答复", "asked, no answer yet"),
        Step::new(
            "agree",
            "本人同意",
            "Agree",
            &["拟派", "已邀", "同意", "候补", "谢绝", "不能来"],
            Some("同意"),
        )
        .help("本人说去：谁、何时、怎样", "own yes: who, when, how")
        .asks(AGREED),
        Step::new(
            "reserve",
            "列为候补",
            "Reserve",
            &["拟派", "已邀", "同意"],
            Some("候补"),
        )
        .help("有人不能来时补上", "comes if somebody cannot"),
        Step::new(
            "decline",
            "谢绝",
            "Decline",
            &["拟派", "已邀", "候补"],
            Some("谢绝"),
        )
        .help("本人说不去", "says no")
        .asks(&[WHY]),
        Step::new(
            "tell",
            "告知风险",
            "Tell",
            &["拟派", "已邀", "同意", "候补"],
            None,
        )
        .help("逐人告知可能的人身危险", "told of the danger, each one")
        .asks(TOLD),
        Step::new(
            "withdraw",
            "不能来",
            "Cannot come",
            &["拟派", "已邀", "同意", "候补"],
            Some("不能来"),
        )
        .help(
            "何时、向谁、为何；可看替补名单",
            "when, to whom, why; see the replacements",
        )
        .asks(&[
            Field::new("absent_on", "告假时间", "When", Type::Moment)
                .past()
                .help("不填即现在", "now if empty"),
            Field::new("absent_to", "向谁告假", "To whom", Type::Line(40)),
            WHY,
        ]),
        Step::new(
            "arrive",
            "到场",
            "Present",
            &["同意", "候补", "缺席"],
            Some("到场"),
        )
        .help("到了；迟到的写分钟", "came; minutes late if so")
        .asks(&[Field::new(
            "late",
            "迟到分钟",
            "Minutes late",
            Type::Int(0, 1440),
        )]),
        Step::new("miss", "缺席", "Absent", &["同意", "到场"], Some("缺席"))
            .help("没有来", "did not come"),
    ],
    reckon,
    article: "第十条（二）",
    ..KindSpec::BASE
};

/// By what the enrolment of somebody in an activity is found.
pub fn pair(record: &Record) -> String {
    format!("{}@{}", record.text("activity"), record.text("volunteer"))
}

/// The states in which somebody takes part.
pub const TAKES_PART: &[&str] = &["同意", "到场"];

/// The states in which somebody is counted on or may come.
pub const OPEN: &[&str] = &["拟派", "已邀", "同意", "候补", "到场"];

/// Whether somebody takes part: said yes, and has not taken it back.
pub fn takes_part(enrolment: &Record) -> bool {
    TAKES_PART.contains(&enrolment.status())
}

fn reckon(record: &mut Record, reckon: &Reckon) {
    if let Some(activity) = reckon.named(record, "activity") {
        record.set("org", activity.text("org").into());
        record.set("day", activity.text("day").into());
    }
    record.set("pair", pair(record).into());
    // What was said the time before is not said again by that.
    let had = |state: &str| reckon.before.is_some_and(|before| before.status() == state);
    let stale: &[&str] = match reckon.act {
        "agree" if had("谢绝") || had("不能来") => {
            &["agreed_on", "agreed_how", "absent_on", "absent_to"]
        }
        "withdraw" => &["absent_on", "absent_to"],
        "tell" => &["told_on", "told_by"],
        _ => &[],
    };
    for key in stale.iter().filter(|key| !reckon.given.contains_key(**key)) {
        record.set(key, "".into());
    }
    // An own yes that is entered is a yes: who, when, how.
    let said = ["new", "edit"].contains(&reckon.act)
        && matches!(record.status(), "拟派" | "已邀")
        && !record.text("agreed_by").is_empty();
    if said {
        record.set("status", "同意".into());
    }
    let mut fill = |key: &str, value: &str| {
        if record.text(key).is_empty() {
            record.set(key, value.into());
        }
    };
    match reckon.act {
        _ if said => fill("agreed_on", reckon.now),
        "agree" => fill("agreed_on", reckon.now),
        "tell" => {
            fill("told_on", reckon.now);
            fill("told_by", reckon.who);
        }
        "withdraw" => {
            fill("absent_on", reckon.now);
            fill("absent_to", reckon.who);
        }
        _ => {}
    }
}
