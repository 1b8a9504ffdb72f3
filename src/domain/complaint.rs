//! 投诉: complaints about a team; their work comes with a later issue.

use crate::domain::field::{Field, Privacy, Seek, Type};
use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::said::t;

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Complaint,
    key: "complaint",
    label: t("投诉", "Complaint"),
    prefix: "TS",
    width: 4,
    yearly: true,
    title: "title",
    owner: Some("handler"),
    recency: Some("day"),
    states: &[
        state("受理", "accepted", true),
        state("办理", "in hand", true),
        state("办结", "closed", false),
    ],
    first: "受理",
    fields: &[
        Field::new("title", "事由", "Matter", Type::Line(80))
            .required()
            .seek(Seek::Name)
            .width(30),
        Field::new(
            "handler",
            "承办组织",
            "Handler",
            Type::Ref(Kind::Organisation),
        )
        .required()
        .indexed()
        .width(24),
        Field::new(
            "accused",
            "被投诉组织",
            "Accused",
            Type::Ref(Kind::Organisation),
        )
        .required()
        .indexed(),
        Field::new("complainant", "投诉人", "Complainant", Type::Line(60)).masked(Privacy::Hidden),
        Field::new("day", "收到日期", "Received on", Type::Day)
            .required()
            .width(10),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[
                t("受理", "accepted"),
                t("办理", "in hand"),
                t("办结", "closed"),
            ]),
        )
        .system()
        .width(6),
        Field::new("note", "备注", "Note", Type::Lines(1000)),
    ],
    steps: &[],
    ..KindSpec::BASE
};
