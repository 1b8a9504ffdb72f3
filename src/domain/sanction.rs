//! 处理: what follows for a volunteer or a team from what was found, with notice, statement and appeal (articles 9 (7), 10; reading A21).

use crate::domain::field::{Field, Seek, Type};
use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::said::{Text, t};

/// What may follow.
pub const MEASURES: &[Text] = &[
    t("记录提醒", "remark in the record"),
    t("暂停", "suspension"),
    t("清退", "removal"),
    t("撤销时长", "hours revoked"),
    t("撤销证明", "certificates revoked"),
    t("推荐提示", "warning at nominations"),
];

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Sanction,
    key: "sanction",
    label: t("处理", "Sanction"),
    prefix: "CL",
    width: 6,
    yearly: true,
    title: "title",
    owner: Some("org"),
    sealed: true,
    searched: false,
    states: &[
        state("拟议", "proposed", true),
        state("生效", "in force", true),
        state("撤销", "revoked", false),
    ],
    first: "拟议",
    fields: &[
        Field::new("measure", "处理", "Measure", Type::Choice(MEASURES))
            .required()
            .width(8),
        Field::new(
            "subject",
            "对象",
            "Subject",
            Type::Codes(&[Kind::Volunteer, Kind::Organisation], 1),
        )
        .required()
        .indexed(),
        Field::new(
            "complaint",
            "依据投诉",
            "Complaint",
            Type::Ref(Kind::Complaint),
        )
        .indexed(),
        Field::new("title", "名称", "Title", Type::Line(120))
            .system()
            .seek(Seek::Name)
            .width(30),
        Field::new(
            "org",
            "决定组织",
            "Decided by",
            Type::Ref(Kind::Organisation),
        )
        .required()
        .indexed(),
        Field::new("facts", "事实", "Facts", Type::Lines(3000)).required(),
        Field::new(
            "against",
            "隔离组织",
            "Walled",
            Type::Refs(Kind::Organisation, 20),
        )
        .system()
        .inner(),
        Field::new("recused", "回避", "Recused", Type::Refs(Kind::Operator, 20)).system(),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[
                t("拟议", "proposed"),
                t("生效", "in force"),
                t("撤销", "revoked"),
            ]),
        )
        .system()
        .indexed()
        .width(6),
        Field::new("note", "备注", "Note", Type::Lines(2000)),
    ],
    article: "第九条（七）",
    ..KindSpec::BASE
};
