//! 保单: who is insured, and when (article 9 (6)).

use crate::domain::activity::sessions;
use crate::domain::field::{Field, Seek, Type};
use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::lifecycle::Step;
use crate::domain::moment::{begins, ends};
use crate::domain::record::Record;
use crate::domain::said::{Said, Text, t};
use crate::domain::world::{Reckon, World};
use crate::say;

/// The kind of insurance that article 9 (6) asks for.
pub const ACCIDENT: &str = "人身意外伤害";

/// Kinds of insurance.
pub const KINDS: &[Text] = &[
    t(ACCIDENT, "personal accident"),
    t("公众责任", "public liability"),
    t("其他险种", "other"),
];

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Insurance,
    key: "insurance",
    label: t("保单", "Insurance"),
    prefix: "BD",
    width: 5,
    title: "policy_no",
    owner: Some("org"),
    recency: Some("from"),
    states: &[
        state("有效", "in force", true),
        state("退保", "cancelled", false),
    ],
    first: "有效",
    fields: &[
        Field::new("policy_no", "保单号", "Policy no.", Type::Line(40))
            .required()
            .seek(Seek::Name)
            .indexed()
            .width(20)
            .headings(&["保单编号", "保险单号"]),
        Field::new("insurer", "保险人", "Insurer", Type::Line(40))
            .seek(Seek::Term)
            .width(20)
            .headings(&["保险公司"]),
        Field::new("kind", "险种", "Kind", Type::Choice(KINDS))
            .headings(&["保险种类"])
            .help("不填即人身意外伤害", "personal accident if empty"),
        Field::new("from", "起", "From", Type::Moment)
            .seek(Seek::Day)
            .required()
            .width(16)
            .headings(&["保险起期", "起保时间", "生效时间", "开始"])
            .help("只写日期即当日零时起", "a day alone: from its midnight"),
        Field::new("to", "止", "To", Type::Moment)
            .seek(Seek::LastDay)
            .required()
            .width(16)
            .headings(&["保险止期", "终保时间", "终止时间", "结束"])
            .help(
                "只写日期即至当日二十四时",
                "a day alone: to the end of that day",
            ),
        Field::new(
            "covers",
            "被保险人",
            "Covers",
            Type::Codes(&[Kind::Volunteer, Kind::Organisation], 1000),
        )
        .indexed()
        .headings(&["被保险人名单", "被保人"])
        .help(
            "志愿者或组织；不填即所填活动的全体参加者",
            "volunteers or teams; if empty, all who take part in the activity",
        ),
        Field::new("activity", "活动", "Activity", Type::Ref(Kind::Activity))
            .indexed()
            .headings(&["活动编号"])
            .help("只为这一活动投保时填", "if it is for this activity alone"),
        Field::new("amount", "保额", "Sum insured", Type::Int(0, 100_000_000))
            .help("每人，元", "a person, yuan"),
        Field::new("org", "投保组织", "Team", Type::Ref(Kind::Organisation))
            .seek(Seek::Term)
            .indexed()
            .width(20)
            .headings(&["投保单位", "组织"])
            .help("不填即活动的主办组织", "that of the activity if empty"),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[t("有效", "in force"), t("退保", "cancelled")]),
        )
        .system()
        .width(6),
        Field::new("note", "备注", "Note", Type::Lines(1000)),
    ],
    steps: &[
        Step::new("cancel", "退保", "Cancel", &["有效"], Some("退保"))
            .seen_by("被保的人：保障落空", "those insured: their cover ends")
            .voids()
            .help(
                "保单作废，保障随之落空",
                "the policy ends: what it covered is open again",
            )
            .asks(&[Field::new("note", "原因", "Reason", Type::Lines(500))]),
        Step::new("restore", "恢复", "Restore", &["退保"], Some("有效")),
    ],
    reckon,
    tell,
    article: "第九条（六）",
    ..KindSpec::BASE
};

fn reckon(record: &mut Record, reckon: &Reckon) {
    if record.text("kind").is_empty() {
        record.set("kind", ACCIDENT.into());
    }
    if !record.text("org").is_empty() {
        return;
    }
    let activity = reckon.named(record, "activity");
    let covered = record.refs("covers").next();
    let org = match (activity, covered) {
        (Some(activity), _) => activity.text("org").to_owned(),
        (None, Some(code)) if code.kind == Kind::Organisation => code.to_string(),
        (None, Some(code)) => {
            let volunteer = reckon.world.record(code);
            let team = volunteer.and_then(|volunteer| volunteer.refs("teams").next());
            team.map(|team| team.to_string()).unwrap_or_default()
        }
        (None, None) => String::new(),
    };
    record.set("org", org.into());
}

/// The sessions of its activity that it leaves out, wholly or in part.
fn tell(record: &Record, world: &dyn World, _: chrono::NaiveDate) -> Vec<Said> {
    let term = begins(record.text("from")).zip(ends(record.text("to")));
    let activity = record
        .refs("activity")
        .next()
        .and_then(|code| world.record(code));
    let (Some((from, to)), Some(activity)) = (term, activity) else {
        return Vec::new();
    };
    let out = sessions(&activity)
        .into_iter()
        .filter(|span| span.start < from || span.end > to);
    out.map(|span| {
        let when = span.said();
        say!("不含这一场：{when}（止于某日零时的，不含那一天）", "leaves out this session: {when} (one that ends at a day's midnight leaves that day out)")
    })
    .collect()
}
