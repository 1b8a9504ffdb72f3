//! 科技志愿服务组织: the teams of the region and their posts (articles 4 to 6).

use std::sync::LazyLock;

use crate::domain::field::{Field, Privacy, Seek, Type};
use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::lifecycle::{Effect, Step};
use crate::domain::operator::Role;
use crate::domain::remark::{self, REMARKS};
use crate::domain::reroute;
use crate::domain::said::{Text, t};

/// The kinds of organisations that article 5 names, from the top down.
pub const KINDS_OF_TEAM: &[Text] = &[
    t("总队", "regional team"),
    t("盟市队", "league team"),
    t("旗县队", "county team"),
    t("学会队", "society team"),
    t("高校队", "university team"),
    t("企业队", "enterprise team"),
    t("园区队", "park team"),
    t("分队", "sub-team"),
    t("其他", "other"),
];

/// The forms in which a team may exist.
pub const FORMS: &[Text] = &[
    t("协会", "association"),
    t("队伍", "team"),
    t("团(队)", "corps"),
    t("其他", "other"),
];

/// The posts of a team (article 6).
pub const POSTS: &[Text] = &[
    t("总队长", "regional leader"),
    t("副总队长", "deputy regional leader"),
    t("队长", "leader"),
    t("副队长", "deputy leader"),
    t("秘书长", "secretary-general"),
    t("副秘书长", "deputy secretary-general"),
    t("负责人", "person in charge"),
    t("联系人", "contact"),
];

/// The three spellings of a team's name that mean the same in search.
pub const SPELLINGS: [&str; 3] = ["科技志愿服务队", "科技志愿者服务队", "科技志愿者队"];

/// The kinds that may stand directly above a kind of team; empty for the top.
pub fn may_be_under(kind: &str) -> &'static [&'static str] {
    match kind {
        "总队" => &[],
        "盟市队" | "学会队" => &["总队"],
        "旗县队" => &["盟市队"],
        "高校队" | "企业队" | "园区队" => &["总队", "盟市队", "旗县队"],
        "分队" => &[
            "总队",
            "盟市队",
            "旗县队",
            "学会队",
            "高校队",
            "企业队",
            "园区队",
            "其他",
        ],
        _ => &[
            "总队",
            "盟市队",
            "旗县队",
            "学会队",
            "高校队",
            "企业队",
            "园区队",
        ],
    }
}

const POST: Field = Field::new("post", "职务", "Post", Type::Choice(POSTS)).required();
const HOLDER: Field = Field::new("holder", "姓名", "Holder", Type::PersonName).required();
const HOLDER_POST: Field = Field::new("holder_post", "单位职务", "Office held", Type::Line(80))
    .help("本职工作，如 旗科协主席", "the holder's own office");
const POST_PHONE: Field = Field::new("phone", "电话", "Phone", Type::Phone).masked(Privacy::Office);
const FROM: Field = Field::new("from", "任职日", "From", Type::Day);
const TO: Field = Field::new("to", "离任日", "To", Type::Day);

/// The fields of one post.
pub const POST_FIELDS: &[Field] = &[POST, HOLDER, HOLDER_POST, POST_PHONE, FROM, TO];

/// The columns in which sheets name the holders of posts: one for each post, by its name.
pub static POST_COLUMNS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let column = |post: &Text| Field::new(post.zh, post.zh, post.en, Type::PersonName);
    POSTS.iter().map(column).collect()
});

const LIVE: &[&str] = &["应成立", "筹建", "已成立"];
const DAY: Field = Field::new("day", "日期", "Day", Type::Day)
    .past()
    .help("不填即今天", "today if empty");

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Organisation,
    key: "organisation",
    label: t("组织", "Organisation"),
    prefix: "ZZ",
    width: 4,
    yearly: false,
    title: "name",
    owner: Some("parent"),
    recency: Some("founded_on"),
    states: &[
        state("已成立", "established", true),
        state("筹建", "planned", true),
        state("应成立", "due", true),
        state("已注销", "dissolved", false),
    ],
    first: "筹建",
    fields: &[
        Field::new("name", "名称", "Name", Type::Line(60))
            .required()
            .seek(Seek::Name)
            .indexed()
            .width(32)
            .headings(&[
                "组织名称",
                "队伍名称",
                "服务队名称",
                "服务队",
                "队名",
                "单位名称",
                "组织全称",
                "队伍全称",
                "志愿服务组织名称",
            ])
            .help(
                "第六条：{盟市}科技志愿服务队、{旗县}科技志愿者队",
                "article 6: {league}科技志愿服务队, {county}科技志愿者队",
            ),
        Field::new("kind", "类别", "Kind", Type::Choice(KINDS_OF_TEAM))
            .required()
            .seek(Seek::Term)
            .indexed()
            .width(8)
            .headings(&["组织类别", "队伍类别", "类型", "组织类型", "队伍类型"]),
        Field::new("form", "形式", "Form", Type::Choice(FORMS)).headings(&["组织形式"]),
        Field::new(
            "parent",
            "上级组织",
            "Parent",
            Type::Ref(Kind::Organisation),
        )
        .indexed()
        .headings(&[
            "上级",
            "上级单位",
            "上级队伍",
            "主管组织",
            "隶属",
            "隶属组织",
        ])
        .help("编号或名称", "a code or a name"),
        Field::new("area", "属地", "Area", Type::Area)
            .seek(Seek::Term)
            .indexed()
            .width(16)
            .headings(&["旗县", "盟市", "地区", "所在地", "所在旗县", "行政区划"])
            .help(
                "旗县或盟市：编码、全称、简称均可",
                "county or league: code, name or short name",
            ),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[
                t("应成立", "due"),
                t("筹建", "planned"),
                t("已成立", "established"),
                t("已注销", "dissolved"),
            ]),
        )
        .system()
        .indexed()
        .width(8),
        Field::new("founded_on", "成立日期", "Founded on", Type::Day)
            .seek(Seek::Day)
            .width(10)
            .headings(&["成立时间", "成立日"]),
        Field::new("founder", "发起单位", "Founder", Type::Line(80))
            .headings(&["成立单位", "组建单位"]),
        Field::new(
            "founding_doc",
            "成立文件",
            "Founding document",
            Type::Line(120),
        )
        .headings(&["文号", "批准文件"]),
        Field::new("plan_on", "计划成立日", "Planned for", Type::Day)
            .seek(Seek::Day)
            .headings(&["计划成立时间"]),
        Field::new("platform_no", "平台注册号", "Platform no.", Type::Line(30))
            .seek(Seek::Tail)
            .headings(&["平台编号", "注册号"]),
        Field::new(
            "credit_code",
            "统一社会信用代码",
            "Credit code",
            Type::CreditCode,
        )
        .seek(Seek::Tail)
        .indexed()
        .headings(&["信用代码", "社会信用代码"]),
        Field::new("phone", "电话", "Phone", Type::Phone)
            .masked(Privacy::Office)
            .seek(Seek::Digits)
            .width(13)
            .headings(&["联系电话", "办公电话", "手机"]),
        Field::new("address", "地址", "Address", Type::Line(120))
            .headings(&["办公地址", "通讯地址"]),
        Field::new(
            "aliases",
            "别名",
            "Aliases",
            Type::Words {
                known: &[],
                open: true,
                most: 12,
            },
        )
        .seek(Seek::Alias)
        .headings(&["简称", "曾用名"]),
        Field::new("posts", "任职", "Posts", Type::Rows(POST_FIELDS)).system(),
        REMARKS,
        Field::new("note", "备注", "Note", Type::Lines(1000)).headings(&["说明"]),
    ],
    steps: &[
        Step::new("plan", "筹建", "Plan", &["应成立"], Some("筹建"))
            .help(
                "登记正在筹建和计划成立的日子",
                "record that it is being set up, and for when",
            )
            .asks(&[Field::new(
                "plan_on",
                "计划成立日",
                "Planned for",
                Type::Day,
            )]),
        Step::new(
            "found",
            "成立",
            "Found",
            &["应成立", "筹建"],
            Some("已成立"),
        )
        .seen_by(
            "各级组织：成立后只能注销",
            "all units: from then on it can only be dissolved",
        )
        .help(
            "登记成立日期、单位和文件",
            "record day, founder and document",
        )
        .asks(&[
            DAY,
            Field::new("founder", "发起单位", "Founder", Type::Line(80)).required(),
            Field::new(
                "founding_doc",
                "成立文件",
                "Founding document",
                Type::Line(120),
            ),
        ])
        .stamp("founded_on"),
        Step::new("rename", "更名", "Rename", LIVE, None)
            .help(
                "旧名留作别名，仍可查到",
                "the old name stays an alias and is found",
            )
            .asks(&[Field::new("name", "新名称", "New name", Type::Line(60)).required()])
            .effect(Effect::Rename),
        Step::new("move", "改隶", "Move", LIVE, None)
            .seen_by("原上级和新上级", "the parent before and the new one")
            .help(
                "换上级组织；不得成环、不得越级",
                "another parent; no cycle, no level skipped",
            )
            .asks(&[Field::new(
                "parent",
                "新上级",
                "New parent",
                Type::Ref(Kind::Organisation),
            )
            .required()]),
        Step::new("appoint", "任职", "Appoint", LIVE, None)
            .help("登记队长、副队长、秘书长等", "record who holds a post")
            .asks(&[POST, HOLDER, HOLDER_POST, POST_PHONE, FROM])
            .effect(Effect::Appoint),
        Step::new("relieve", "离任", "Relieve", LIVE, None)
            .help(
                "登记某人离任，任职记录保留",
                "end a holder's time; the entry stays",
            )
            .asks(&[POST, HOLDER, TO])
            .effect(Effect::Relieve),
        Step::new("dissolve", "注销", "Dissolve", LIVE, Some("已注销"))
            .for_good(
                "注销的组织不能恢复",
                "a dissolved organisation does not come back",
            )
            .help(
                "有在册志愿者或下级组织时不能注销",
                "refused while it has live members or children",
            )
            .roles(&[Role::Head])
            .asks(&[Field::new("note", "注销原因", "Reason", Type::Lines(1000)).required()]),
    ],
    then: reroute::then,
    tell: |record, _, today| remark::tell(record, today),
    ..KindSpec::BASE
};
