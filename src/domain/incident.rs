//! 损害事件: harm done in service, by volunteers or to them (article 18).

use crate::domain::field::{Field, Privacy, Seek, Type};
use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::lifecycle::Step;
use crate::domain::record::Record;
use crate::domain::said::{Text, t};
use crate::domain::world::Reckon;

/// Who was harmed by whom.
pub const DIRECTIONS: &[Text] = &[
    t("志愿者致服务对象", "by a volunteer to the recipient"),
    t("服务对象致志愿者", "by the recipient to a volunteer"),
];

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Incident,
    key: "incident",
    label: t("损害事件", "Incident"),
    prefix: "SH",
    yearly: true,
    title: "title",
    owner: Some("org"),
    recency: Some("day"),
    states: &[
        state("登记", "entered", true),
        state("处置", "dealt with", true),
        state("办结", "closed", false),
    ],
    first: "登记",
    fields: &[
        Field::new("title", "事由", "Matter", Type::Line(80))
            .required()
            .seek(Seek::Name)
            .width(30),
        Field::new("org", "责任组织", "Team", Type::Ref(Kind::Organisation))
            .required()
            .indexed()
            .width(24),
        Field::new("activity", "活动", "Activity", Type::Ref(Kind::Activity)).indexed(),
        Field::new("direction", "方向", "Direction", Type::Choice(DIRECTIONS)).required(),
        Field::new("happened_at", "发生时间", "Happened at", Type::Moment).required(),
        Field::new("injuries", "伤情损失", "Injuries", Type::Lines(1000)).masked(Privacy::Hidden),
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
        Field::new("day", "日期", "Day", Type::Day)
            .system()
            .width(10),
        Field::new("note", "备注", "Note", Type::Lines(2000)),
    ],
    steps: &[
        Step::new("handle", "处置", "Deal with", &["登记"], Some("处置")),
        Step::new("close", "办结", "Close", &["处置"], Some("办结")),
    ],
    reckon,
    article: "第十八条",
    ..KindSpec::BASE
};

fn reckon(record: &mut Record, _reckon: &Reckon) {
    let day: String = record.text("happened_at").chars().take(10).collect();
    record.set("day", day.into());
}
