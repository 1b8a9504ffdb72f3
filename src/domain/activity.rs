//! 活动: what a team plans and does (articles 2, 3, 9, 12).

use crate::domain::certify;
use crate::domain::field::{Field, Privacy, Seek, Type};
use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::lifecycle::Step;
use crate::domain::moment::{self, Span};
use crate::domain::record::Record;
use crate::domain::said::{Text, t};
use crate::domain::service_record::CONFIRMED;
use crate::domain::spending;
use crate::domain::volunteer::TARGETS;
use crate::domain::world::{Reckon, holding};

/// The eight of article 12.
pub const SCOPES: &[Text] = &[
    t("基层阵地科普服务", "science service at community centres"),
    t("科技服务供需对接", "matching supply and demand"),
    t("公共场所科技服务", "service in public places"),
    t("大型活动科普服务", "service at large events"),
    t("科技设施与群众活动", "public facilities and events"),
    t("特殊群体科技服务", "service for people in need"),
    t("互联网科技服务", "service on the internet"),
    t("其他公益性科技服务", "other public service"),
];

/// The large events that article 12 (4) names.
pub const EVENTS: &[Text] = &[
    t("全国科普日", "National Science Day"),
    t("全国科技工作者日", "Science Workers' Day"),
    t("学雷锋日", "Lei Feng Day"),
    t("全国科技活动周", "Science Week"),
    t("文化科技卫生三下乡", "three to the countryside"),
    t("国际志愿者日", "International Volunteer Day"),
];

/// The five kinds of places of article 3.
pub const VISITS: &[Text] = &[
    t("进社区", "communities"),
    t("进乡村", "villages"),
    t("进学校", "schools"),
    t("进企业", "enterprises"),
    t("进园区", "parks"),
];

/// The forms that article 12 (1) names.
pub const FORMS: &[Text] = &[
    t("科技培训", "training"),
    t("科普报告", "lecture"),
    t("农技服务", "farming advice"),
    t("义诊咨询", "medical consultation"),
    t("青少年科技教育", "science education"),
    t("展览发放", "exhibition, leaflets"),
    t("其他", "other"),
];

/// What may be dangerous: any one of these, and article 9 (6) holds. The regulation has no list; this is the department's.
pub const DANGERS: &[Text] = &[
    t("野外", "field"),
    t("涉水", "water"),
    t("高处", "heights"),
    t("实验或危化", "experiments, chemicals"),
    t("驾乘长途", "long drives"),
    t("疫病接触", "infection"),
    t("极寒酷热", "extreme cold or heat"),
    t("动物", "animals"),
    t("草原森林防火", "grassland or forest fire"),
    t("其他危险", "other danger"),
];

/// What one needs for a part of an activity.
pub const PARTS: &[Field] = &[
    Field::new("role", "岗位", "Role", Type::Line(20)).required(),
    Field::new("count", "人数", "Count", Type::Int(1, 5000)).required(),
];

const REASON: Field = Field::new("note", "原因", "Reason", Type::Lines(1000)).required();

const STATES: &[Text] = &[
    t("草拟", "draft"),
    t("待批", "to be approved"),
    t("招募", "recruiting"),
    t("就绪", "ready"),
    t("进行", "under way"),
    t("结项", "closed"),
    t("取消", "cancelled"),
];

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Activity,
    key: "activity",
    label: t("活动", "Activity"),
    prefix: "HD",
    yearly: true,
    title: "title",
    owner: Some("org"),
    recency: Some("day"),
    states: &[
        state("招募", "recruiting", true),
        state("草拟", "draft", true),
        state("待批", "to be approved", true),
        state("就绪", "ready", true),
        state("进行", "under way", true),
        state("结项", "closed", true),
        state("取消", "cancelled", false),
    ],
    first: "草拟",
    fields: &[
        Field::new("title", "名称", "Title", Type::Line(80))
            .required()
            .seek(Seek::Name)
            .indexed()
            .width(30)
            .headings(&["活动名称", "活动", "活动主题"]),
        Field::new("org", "主办组织", "Team", Type::Ref(Kind::Organisation))
            .required()
            .seek(Seek::Term)
            .indexed()
            .width(24)
            .headings(&["组织", "组织单位", "主办单位", "承办队伍", "服务队", "队伍"])
            .help("编号、名称或地名", "code, name or place"),
        Field::new("scope", "服务范围", "Scope", Type::Choice(SCOPES))
            .headings(&["范围", "第十二条范围"])
            .help("第十二条的八项之一", "one of the eight of article 12"),
        Field::new("event", "大型活动", "Event", Type::Choice(EVENTS))
            .seek(Seek::Term)
            .headings(&["活动日", "主题日"]),
        Field::new(
            "visits",
            "五进",
            "Visits",
            Type::Words {
                known: VISITS,
                open: false,
                most: 5,
            },
        )
        .headings(&["五进类别"]),
        Field::new("form", "形式", "Form", Type::Choice(FORMS)).headings(&["活动形式"]),
        Field::new("area", "属地", "Area", Type::Area)
            .seek(Seek::Term)
            .width(12)
            .headings(&["旗县", "所在旗县", "地区", "所在地"])
            .help("不填即主办组织的属地", "that of the team if empty"),
        Field::new("place", "地点", "Place", Type::Line(80)).headings(&["活动地点", "服务地点"]),
        Field::new("sessions", "场次", "Sessions", Type::Sessions)
            .headings(&["时间", "活动时间", "起止时间", "日期"])
            .help(
                "一行一场：2026-12-01 09:00-11:00；可写 每周 4 次",
                "one a line: 2026-12-01 09:00-11:00; weekly x4 repeats it",
            ),
        Field::new("needed", "需要人数", "Needed", Type::Int(1, 5000)).headings(&[
            "人数",
            "志愿者人数",
            "招募人数",
        ]),
        Field::new("parts", "分岗人数", "Roles", Type::Rows(PARTS))
            .headings(&["岗位"])
            .help("一行一岗：讲解 2", "one a line: guide 2"),
        Field::new("recipient", "服务对象", "Recipient", Type::Line(60))
            .seek(Seek::Term)
            .headings(&["服务对象单位", "受助单位", "服务单位"]),
        Field::new(
            "targets",
            "对象类别",
            "Serves",
            Type::Words {
                known: TARGETS,
                open: true,
                most: 6,
            },
        )
        .headings(&["服务人群"]),
        Field::new(
            "served",
            "对象人数",
            "People served",
            Type::Int(0, 1_000_000),
        )
        .headings(&["服务人数", "受益人数"]),
        Field::new("in_charge", "负责人", "In charge", Type::Line(60))
            .masked(Privacy::Inside)
            .headings(&["活动负责人", "联系人"])
            .help("姓名与电话", "name and phone"),
        Field::new(
            "dangers",
            "危险",
            "Dangers",
            Type::Words {
                known: DANGERS,
                open: true,
                most: 10,
            },
        )
        .headings(&["风险", "危险类别"])
        .help(
            "勾选任一项，即须逐人告知并投保（第九条（六））",
            "with any of them everybody must be told and insured (article 9 (6))",
        ),
        Field::new("risk_note", "风险说明", "Risk note", Type::Lines(1000)).headings(&["风险提示"]),
        Field::new("conditions", "工作条件", "Conditions", Type::Lines(500))
            .headings(&["保障条件"])
            .help(
                "场地、交通、工具、防护",
                "room, transport, tools, protection",
            ),
        Field::new("major", "重大活动", "Major", Type::Flag)
            .headings(&["是否重大"])
            .help(
                "重大的由纪检监察和审计全程监督（第十九条）",
                "major ones are overseen from start to end (article 19)",
            ),
        Field::new(
            "major_note",
            "不列为重大的原因",
            "Why not major",
            Type::Lines(500),
        )
        .help(
            "达到门槛而不列为重大的，写明原因",
            "why, where a threshold proposes it and it is not",
        ),
        Field::new("overseers", "监督员", "Overseers", Type::Line(200)).system(),
        Field::new("online", "线上平台", "Platform", Type::Line(40)).headings(&["平台"]),
        Field::new("fee", "向对象收费", "Fee", Type::Int(0, 10_000_000))
            .headings(&["收费", "收费金额"])
            .help("元；必须为 0（第二条）", "yuan; must be 0 (article 2)"),
        Field::new("budget", "预算", "Budget", Type::Int(0, 100_000_000))
            .headings(&["经费预算", "预算金额"])
            .help("元", "yuan"),
        Field::new(
            "vouchers",
            "支出凭证",
            "Vouchers",
            Type::Rows(spending::VOUCHERS),
        )
        .help(
            "一行一张：场地租用 3000 PZ-1（第十六条五类，或其他）",
            "one a line: venue 3000 PZ-1 (the five of article 16, or other)",
        ),
        Field::new("spent", "支出合计", "Spent", Type::Int(0, 100_000_000)).system(),
        Field::new("settled_on", "决算日期", "Settled on", Type::Day).system(),
        Field::new("need", "来自需求", "From need", Type::Ref(Kind::Need)).indexed(),
        Field::new("status", "状态", "Status", Type::Choice(STATES))
            .system()
            .indexed()
            .width(6),
        Field::new("day", "日期", "Day", Type::Day)
            .system()
            .width(10),
        Field::new("until", "至", "Until", Type::Day).system(),
        Field::new(
            "days",
            "活动日",
            "Days held",
            Type::Words {
                known: &[],
                open: true,
                most: 1000,
            },
        )
        .seek(Seek::Day)
        .system()
        .inner()
        .indexed(),
        Field::new("approved_on", "批准日期", "Approved on", Type::Day)
            .seek(Seek::Day)
            .system(),
        Field::new("opened_on", "招募日期", "Recruiting since", Type::Day).system(),
        Field::new("finished_on", "结项日期", "Closed on", Type::Day)
            .seek(Seek::Day)
            .system(),
        Field::new(
            "evaluation",
            "对象评价",
            "Evaluation",
            Type::Choice(EVALUATIONS),
        )
        .system(),
        Field::new("note", "备注", "Note", Type::Lines(2000)).headings(&["说明"]),
    ],
    steps: &[
        Step::new("submit", "报批", "Submit", &["草拟"], Some("待批"))
            .help("送请批准", "asks for approval"),
        Step::new("approve", "批准", "Approve", &["待批"], Some("招募"))
            .seen_by("主办组织：可以招募", "the organising team: it may recruit")
            .help("批准，可以招募", "approved: recruiting may begin")
            .stamp("approved_on"),
        Step::new("back", "退回修改", "Return", &["待批"], Some("草拟"))
            .help("退回草拟，写明原因", "back to the draft, with a reason")
            .asks(&[REASON]),
        Step::new(
            "recruit",
            "招募",
            "Recruit",
            &["招募", "就绪"],
            Some("招募"),
        )
        .seen_by("志愿者：招募公开", "volunteers: recruiting is public")
        .help(
            "发布招募，或重新招募",
            "opens recruiting, or opens it again",
        )
        .stamp("opened_on"),
        Step::new("ready", "就绪", "Ready", &["招募"], Some("就绪")).help(
            "人员、告知、保险齐备",
            "people, telling and insurance are complete",
        ),
        Step::new("start", "开始", "Start", &["就绪"], Some("进行"))
            .help("活动开始", "the activity begins"),
        Step::new("finish", "结项", "Finish", &["进行"], Some("结项"))
            .help(
                "活动结束，填服务对象的评价",
                "it is over; the recipient's evaluation",
            )
            .asks(&[
                Field::new(
                    "evaluation",
                    "对象评价",
                    "Evaluation",
                    Type::Choice(EVALUATIONS),
                ),
                Field::new(
                    "served",
                    "对象人数",
                    "People served",
                    Type::Int(0, 1_000_000),
                ),
            ])
            .stamp("finished_on"),
        Step::new("settle", "经费决算", "Settle", &["进行", "结项"], None)
            .help(
                "支出合计与凭证相符；重大活动须审计事后到场",
                "the sum agrees with the vouchers; of a major one audit was there after",
            )
            .asks(&[
                Field::new("spent", "支出合计", "Spent", Type::Int(0, 100_000_000))
                    .required()
                    .help("元", "yuan"),
            ])
            .own(spending::settle),
        Step::new("certify", "成批证明", "Certify all", &["结项"], None)
            .seen_by(
                "得到证明的人和查验的单位",
                "who gets a certificate, and who checks it",
            )
            .help(
                "为有已确认时长的参加者各出具一份证明",
                "a certificate for everybody with confirmed hours in it",
            )
            .own(certify::certify),
        Step::new(
            "cancel",
            "取消",
            "Cancel",
            &["草拟", "待批", "招募", "就绪", "进行"],
            Some("取消"),
        )
        .seen_by(
            "已派的志愿者和服务对象",
            "those enrolled, and the recipient",
        )
        .voids()
        .help("取消活动，写明原因", "cancels it, with a reason")
        .asks(&[REASON]),
    ],
    reckon,
    then,
    tell: crate::domain::activity_tell::tell,
    article: "第九条",
    ..KindSpec::BASE
};

/// How a recipient or a team judges what was done.
pub const EVALUATIONS: &[Text] = &[
    t("满意", "satisfied"),
    t("较满意", "fairly satisfied"),
    t("一般", "so-so"),
    t("不满意", "not satisfied"),
];

/// The sessions of an activity.
pub fn sessions(activity: &Record) -> Vec<Span> {
    moment::spans(activity.get("sessions"))
}

/// Whether an activity may endanger people: any tick makes it so.
pub fn dangerous(activity: &Record) -> bool {
    activity.texts("dangers").next().is_some()
}

fn reckon(record: &mut Record, reckon: &Reckon) {
    let spans = sessions(record);
    // Activities of the first schema have a day and no times.
    let timed = reckon
        .before
        .is_some_and(|before| before.get("sessions").is_some());
    if !spans.is_empty() || timed {
        days(record, &spans);
    }
    spending::reopen(record, reckon);
    if record.text("area").is_empty()
        && let Some(team) = reckon.named(record, "org")
    {
        record.set("area", team.text("area").into());
    }
}

/// The days follow from the sessions.
fn days(record: &mut Record, spans: &[Span]) {
    let day =
        |span: Option<&Span>| span.map_or_else(String::new, |span| span.start.date().to_string());
    record.set("day", day(spans.first()).into());
    let last = spans.iter().flat_map(Span::days).max();
    record.set(
        "until",
        last.map(|day| day.to_string()).unwrap_or_default().into(),
    );
    let mut days: Vec<String> = spans
        .iter()
        .flat_map(Span::days)
        .map(|day| day.to_string())
        .collect();
    days.dedup();
    record.set("days", days.into());
}

/// Its enrolments, and the hours that wait, go with the activity to another team; certificates for all.
fn then(after: &Record, reckon: &Reckon) -> Vec<Record> {
    if reckon.act == "certify" {
        return certify::certificates(after, reckon);
    }
    let Some(before) = reckon.before else {
        return Vec::new();
    };
    let (org, day) = (
        before.get("org") != after.get("org"),
        before.get("day") != after.get("day"),
    );
    if !org && !day {
        return Vec::new();
    }
    let kinds = [
        Kind::Enrolment,
        Kind::ServiceRecord,
        Kind::Insurance,
        Kind::Oversight,
    ];
    let mut below: Vec<Record> = kinds
        .into_iter()
        .flat_map(|kind| holding(reckon.world, kind, "activity", after.code()))
        // Hours that were confirmed count where they were served.
        .filter(|record| record.status() != CONFIRMED && record.get("org") == before.get("org"))
        .collect();
    for record in &mut below {
        record.set("org", after.text("org").into());
        if record.kind == Kind::Enrolment {
            record.set("day", after.text("day").into());
        }
    }
    below
}
