//! Operators of this program: who they are, what they may, and where.

use serde::{Deserialize, Serialize};

use crate::domain::field::{Field, Type};
use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::lifecycle::Step;
use crate::domain::said::{Text, t};

/// What an operator may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 查询: reads the unmasked public part of its subtree.
    Viewer,
    /// 值班员: all daily work in its subtree.
    Operator,
    /// 负责人: what the law gives to the head.
    Head,
    /// 监督员: reads what is assigned to it.
    Inspector,
    /// 管理员: operators, settings, backup.
    Admin,
}

/// All roles with the words under which they are stored.
pub const ROLES: [(Role, Text); 5] = [
    (Role::Viewer, t("查询", "viewer")),
    (Role::Operator, t("值班员", "operator")),
    (Role::Head, t("负责人", "head")),
    (Role::Inspector, t("监督员", "inspector")),
    (Role::Admin, t("管理员", "admin")),
];

const ROLE_WORDS: &[Text] = &[
    t("查询", "viewer"),
    t("值班员", "operator"),
    t("负责人", "head"),
    t("监督员", "inspector"),
    t("管理员", "admin"),
];

impl Role {
    /// The role stored under a word.
    pub fn named(word: &str) -> Option<Role> {
        ROLES
            .iter()
            .find(|(_, text)| text.zh == word)
            .map(|(role, _)| *role)
    }

    /// Its name.
    pub fn label(self) -> Text {
        ROLES
            .iter()
            .find(|(role, _)| *role == self)
            .map_or(t("", ""), |(_, text)| *text)
    }
}

const ADMIN: &[Role] = &[Role::Admin];

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Operator,
    key: "operator",
    label: t("操作员", "Operator"),
    prefix: "CZ",
    width: 3,
    yearly: false,
    title: "name",
    owner: Some("scope"),
    recency: None,
    states: &[
        state("启用", "active", true),
        state("停用", "disabled", false),
    ],
    first: "启用",
    fields: &[
        Field::new("user", "系统用户", "Unix user", Type::Line(64))
            .required()
            .indexed()
            .width(12)
            .help(
                "登录服务器用的用户名，或数字 uid",
                "the login name on the server, or a numeric uid",
            ),
        Field::new("name", "姓名", "Name", Type::PersonName)
            .required()
            .indexed()
            .width(10),
        Field::new(
            "roles",
            "角色",
            "Roles",
            Type::Words {
                known: ROLE_WORDS,
                open: false,
                most: 5,
            },
        )
        .required()
        .width(16),
        Field::new(
            "scope",
            "管辖组织",
            "Scope",
            Type::Refs(Kind::Organisation, 20),
        )
        .required()
        .width(24)
        .help(
            "可见的组织子树，如 ZZ-0001 为全区",
            "the subtrees it sees; ZZ-0001 is the whole region",
        ),
        Field::new(
            "volunteer",
            "本人档案",
            "Own record",
            Type::Ref(Kind::Volunteer),
        )
        .indexed()
        .by_code()
        .help(
            "本人也是志愿者的，填其编号：关于本人的投诉对其不可见",
            "of an operator who is a volunteer too: complaints about them stay unseen",
        ),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[t("启用", "active"), t("停用", "disabled")]),
        )
        .system()
        .width(4),
        Field::new("note", "备注", "Note", Type::Lines(500)),
    ],
    steps: &[
        Step::new("disable", "停用", "Disable", &["启用"], Some("停用"))
            .seen_by("本人：不能再登录", "the operator: no login any more")
            .roles(ADMIN),
        Step::new("enable", "启用", "Enable", &["停用"], Some("启用")).roles(ADMIN),
    ],
    ..KindSpec::BASE
};
