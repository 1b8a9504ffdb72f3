//! 活动: what a team did or plans; its work comes with a later issue.

use crate::domain::field::{Field, Seek, Type};
use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::said::t;

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Activity,
    key: "activity",
    label: t("活动", "Activity"),
    prefix: "HD",
    width: 4,
    yearly: true,
    title: "title",
    owner: Some("organisation"),
    recency: Some("day"),
    states: &[
        state("计划", "planned", true),
        state("进行", "under way", true),
        state("完成", "done", true),
        state("取消", "cancelled", false),
    ],
    first: "计划",
    fields: &[
        Field::new("title", "名称", "Title", Type::Line(80))
            .required()
            .seek(Seek::Name)
            .width(30),
        Field::new(
            "organisation",
            "组织",
            "Organisation",
            Type::Ref(Kind::Organisation),
        )
        .required()
        .seek(Seek::Term)
        .indexed()
        .width(24),
        Field::new("day", "日期", "Day", Type::Day)
            .required()
            .width(10),
        Field::new("area", "属地", "Area", Type::Area)
            .seek(Seek::Term)
            .width(12),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[
                t("计划", "planned"),
                t("进行", "under way"),
                t("完成", "done"),
                t("取消", "cancelled"),
            ]),
        )
        .system()
        .width(6),
        Field::new("note", "备注", "Note", Type::Lines(1000)),
    ],
    steps: &[],
};
