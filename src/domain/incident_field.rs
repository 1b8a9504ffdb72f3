//! The fields of an incident: what happened to whom, what was done, and how it ended for both sides.

use crate::domain::clock::WORDS;
use crate::domain::field::{Field, Privacy, Seek, Type};
use crate::domain::kind::Kind;
use crate::domain::said::{Text, t};

/// Who was harmed by whom.
pub const DIRECTIONS: &[Text] = &[
    t("志愿者致服务对象", "by a volunteer to the recipient"),
    t("服务对象致志愿者", "by the recipient to a volunteer"),
];

/// Whether the rules were kept (article 18: 依法、依规).
pub const BREACH: &[Text] = &[
    t("未发现违规", "none found"),
    t("有违规", "rules were broken"),
];

/// The two sides.
pub const SIDES: &[Text] = &[t("志愿者", "volunteer"), t("服务对象", "recipient")];

/// What a call-back found.
pub const SATISFACTION: &[Text] = &[
    t("满意", "satisfied"),
    t("基本满意", "fairly satisfied"),
    t("不满意", "not satisfied"),
    t("联系不上", "not reached"),
];

/// A call-back after the end.
pub const CALLS: &[Field] = &[
    Field::new("day", "日期", "Day", Type::Day),
    Field::new("side", "哪一方", "Side", Type::Choice(SIDES)),
    Field::new("satisfaction", "结果", "Result", Type::Choice(SATISFACTION)),
    Field::new("said", "所说", "Said", Type::Line(400)),
];

const fn day(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, zh, en, Type::Day).system()
}

const fn lines(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, zh, en, Type::Lines(2000))
}

/// The fields.
pub const FIELDS: &[Field] = &[
    Field::new("direction", "方向", "Direction", Type::Choice(DIRECTIONS)).required(),
    Field::new("happened_at", "发生时间", "Happened at", Type::Moment)
        .required()
        .help(
            "报案时限从这一刻算起",
            "the term of the claim runs from this moment",
        ),
    Field::new("activity", "活动", "Activity", Type::Ref(Kind::Activity)).indexed(),
    Field::new(
        "org",
        "组织单位",
        "Organising unit",
        Type::Ref(Kind::Organisation),
    )
    .indexed()
    .width(24)
    .help("不填即活动的主办组织", "that of the activity if empty"),
    Field::new("title", "事由", "Matter", Type::Line(80))
        .seek(Seek::Name)
        .width(30)
        .help("不填即由活动得出", "follows from the activity if empty"),
    Field::new("place", "地点", "Place", Type::Line(80)),
    lines("course", "经过", "What happened"),
    Field::new(
        "volunteers",
        "有关志愿者",
        "Volunteers",
        Type::Refs(Kind::Volunteer, 50),
    )
    .indexed(),
    Field::new("recipient", "服务对象", "Recipient", Type::Line(200))
        .masked(Privacy::Hidden)
        .help("姓名；列表中隐藏", "names; hidden in lists"),
    Field::new("recipient_phone", "对方电话", "Their phone", Type::Phone).masked(Privacy::Phone),
    Field::new("injuries", "伤情", "Injuries", Type::Lines(1000)).masked(Privacy::Hidden),
    lines("damage", "财物损失", "Damage"),
    Field::new("insurance", "保单", "Policy", Type::Ref(Kind::Insurance))
        .indexed()
        .help(
            "承保当时的保单；填了即起算报案时限",
            "the policy that covers it; once filled the claim clock runs",
        ),
    Field::new(
        "complaint",
        "来自投诉",
        "Complaint",
        Type::Ref(Kind::Complaint),
    )
    .indexed(),
    Field::new("claim_told_at", "报案时间", "Insurer told at", Type::Moment).system(),
    Field::new("claim_no", "报案号", "Claim no.", Type::Line(40)).system(),
    Field::new("responsible", "责任人", "Responsible", Type::PersonName).width(10),
    lines("measures", "处置措施", "Measures"),
    lines("aid", "援助", "Aid given").system(),
    day("handled_on", "处置日期", "Dealt with on"),
    Field::new("breach", "有无违规", "Rules broken", Type::Choice(BREACH)).system(),
    lines("conclusion", "结论", "Conclusion").system(),
    lines(
        "outcome_volunteer",
        "志愿者一方的结果",
        "Outcome for the volunteer",
    )
    .system(),
    lines(
        "outcome_recipient",
        "服务对象一方的结果",
        "Outcome for the recipient",
    )
    .system(),
    Field::new("callbacks", "回访", "Call-backs", Type::Rows(CALLS)).system(),
    day("entered_on", "登记日期", "Entered on"),
    day("closed_on", "办结日期", "Closed on").seek(Seek::Day),
    Field::new("clock", "现行时限", "Running clock", Type::Choice(WORDS)).system(),
    day("due_on", "到期日", "Due on").seek(Seek::Day).width(10),
    Field::new(
        "against",
        "隔离组织",
        "Walled",
        Type::Refs(Kind::Organisation, 20),
    )
    .system()
    .inner(),
    Field::new("recused", "回避", "Recused", Type::Refs(Kind::Operator, 20))
        .system()
        .inner(),
    Field::new(
        "status",
        "状态",
        "Status",
        Type::Choice(&[
            t("登记", "entered"),
            t("处置", "dealt with"),
            t("办结", "closed"),
        ]),
    )
    .system()
    .indexed()
    .width(6),
    day("day", "日期", "Day").seek(Seek::Day).width(10),
    Field::new("note", "备注", "Note", Type::Lines(2000)),
];
