//! 监督: discipline inspection and audit beside a major activity, from plan to summary (article 19).

use crate::domain::field::{Field, Type};
use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::record::Record;
use crate::domain::said::{Text, t};
use crate::domain::world::Reckon;

/// The two offices that oversee.
pub const OFFICES: &[Text] = &[t("纪检监察", "discipline inspection"), t("审计", "audit")];

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Oversight,
    key: "oversight",
    label: t("监督", "Oversight"),
    prefix: "JD",
    yearly: true,
    title: "title",
    owner: Some("org"),
    searched: false,
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
        .indexed(),
        Field::new("title", "名称", "Title", Type::Line(120))
            .system()
            .width(30),
        Field::new("org", "组织", "Team", Type::Ref(Kind::Organisation))
            .system()
            .indexed(),
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
    reckon,
    article: "第十九条",
    ..KindSpec::BASE
};

fn reckon(record: &mut Record, reckon: &Reckon) {
    if let Some(activity) = reckon.named(record, "activity") {
        let office = record.text("office");
        record.set("title", format!("{office} {}", activity.title()).into());
        record.set("org", activity.text("org").into());
    }
}
