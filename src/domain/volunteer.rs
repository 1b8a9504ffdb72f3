//! 科技志愿者: the register of volunteers (article 7).

use crate::domain::field::{Field, Privacy, Seek, Type};
use crate::domain::identity::identity;
use crate::domain::incident_tell;
use crate::domain::kind::{Kind, KindSpec, state};
use crate::domain::lifecycle::Step;
use crate::domain::operator::Role;
use crate::domain::record::Record;
use crate::domain::remark::{self, REMARKS};
use crate::domain::said::{Said, Text, t};
use crate::domain::setting::MOST_TEAMS;
use crate::domain::world::{Reckon, World, holding};

/// Kinds of identity documents.
pub const ID_TYPES: &[Text] = &[
    t("居民身份证", "resident identity card"),
    t("护照", "passport"),
    t("港澳居民来往内地通行证", "Hong Kong/Macao permit"),
    t("台湾居民来往大陆通行证", "Taiwan permit"),
    t("外国人永久居留身份证", "foreign permanent resident card"),
    t("其他", "other"),
];

/// The three groups of article 7.
pub const IDENTITIES: &[Text] = &[
    t("科技工作者", "science worker"),
    t("科技爱好者", "science enthusiast"),
    t("热心科技传播人士", "friend of science communication"),
];

/// Fields of skill.
pub const SKILLS: &[Text] = &[
    t("农牧技术", "farming and herding"),
    t("医疗健康", "health care"),
    t("青少年科技教育", "science education"),
    t("科普宣讲", "popular lectures"),
    t("信息技术", "information technology"),
    t("生态环保", "ecology"),
    t("应急避险与防灾", "emergency and disaster"),
    t("食品安全", "food safety"),
    t("气象与地质", "weather and geology"),
    t("能源化工", "energy and chemistry"),
    t("机械电气", "machines and electricity"),
    t("心理", "psychology"),
    t("法律与知识产权", "law and intellectual property"),
    t("标准计量", "standards and metrology"),
];

/// Whom volunteers serve.
pub const TARGETS: &[Text] = &[
    t("青少年", "young people"),
    t("农牧民", "farmers and herders"),
    t("社区居民", "residents"),
    t("老年人", "elderly"),
    t("企业职工", "employees"),
    t("困难群众", "people in need"),
];

/// Languages of service.
pub const LANGUAGES: &[Text] = &[
    t("普通话", "Mandarin"),
    t("蒙古语", "Mongolian"),
    t("达斡尔语", "Daur"),
    t("鄂温克语", "Evenki"),
    t("英语", "English"),
    t("手语", "sign language"),
];

const DAY: Field = Field::new("day", "日期", "Day", Type::Day)
    .past()
    .help("不填即今天", "today if empty");
const REASON: Field = Field::new("note", "原因", "Reason", Type::Lines(1000)).required();

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Volunteer,
    key: "volunteer",
    label: t("志愿者", "Volunteer"),
    prefix: "ZY",
    width: 6,
    yearly: false,
    title: "name",
    owner: Some("teams"),
    recency: Some("joined_on"),
    states: &[
        state("在册", "registered", true),
        state("待核", "to be confirmed", true),
        state("暂停", "suspended", true),
        state("已退出", "left", false),
        state("已清退", "removed", false),
    ],
    first: "待核",
    fields: &[
        Field::new("name", "姓名", "Name", Type::PersonName)
            .required()
            .seek(Seek::Name)
            .indexed()
            .width(12)
            .headings(&["志愿者姓名", "志愿者", "名字", "人员姓名"]),
        Field::new(
            "gender",
            "性别",
            "Gender",
            Type::Choice(&[t("男", "male"), t("女", "female")]),
        )
        .width(4)
        .help("由身份证号得出", "follows from the identity number"),
        Field::new("birth", "出生日期", "Birth", Type::Day)
            .aged()
            .headings(&["出生年月日", "生日", "出生年月"])
            .help("由身份证号得出", "follows from the identity number"),
        Field::new("id_type", "证件类型", "Document", Type::Choice(ID_TYPES))
            .headings(&["证件种类", "证件名称"]),
        Field::new("id_number", "证件号码", "Document no.", Type::Identity)
            .masked(Privacy::Identity)
            .seek(Seek::Tail)
            .indexed()
            .headings(&[
                "身份证号",
                "身份证号码",
                "身份证",
                "证件号",
                "身份证件号码",
                "居民身份证号",
                "公民身份号码",
            ]),
        Field::new("ethnicity", "民族", "Ethnicity", Type::Line(12)).headings(&["族别"]),
        Field::new("phone", "手机", "Phone", Type::Phone)
            .required()
            .masked(Privacy::Phone)
            .seek(Seek::Digits)
            .indexed()
            .width(13)
            .headings(&[
                "手机号",
                "手机号码",
                "联系电话",
                "电话",
                "联系方式",
                "移动电话",
                "手机电话",
                "联系手机",
                "电话号码",
            ]),
        Field::new("phone2", "备用电话", "Second phone", Type::Phone)
            .masked(Privacy::Phone)
            .seek(Seek::Digits)
            .headings(&["其他电话", "紧急联系电话", "备用手机", "固定电话", "座机"]),
        Field::new("employer", "工作单位", "Employer", Type::Line(60))
            .seek(Seek::Term)
            .width(20)
            .headings(&["单位", "所在单位", "学校", "工作单位及职务", "单位名称"]),
        Field::new("title", "职称", "Title", Type::Line(30)).headings(&[
            "技术职称",
            "专业技术职称",
            "职称等级",
        ]),
        Field::new("identity", "身份", "Group", Type::Choice(IDENTITIES))
            .headings(&["志愿者身份", "身份类别"])
            .help("第七条的三类", "the three groups of article 7"),
        Field::new(
            "skills",
            "技能",
            "Skills",
            Type::Words {
                known: SKILLS,
                open: true,
                most: 8,
            },
        )
        .seek(Seek::Term)
        .width(18)
        .headings(&[
            "专业技能",
            "特长",
            "专长",
            "服务专长",
            "专业特长",
            "服务技能",
            "技能特长",
        ]),
        Field::new(
            "targets",
            "服务对象",
            "Serves",
            Type::Words {
                known: TARGETS,
                open: true,
                most: 6,
            },
        )
        .seek(Seek::Term)
        .headings(&["服务人群"]),
        Field::new("area", "属地", "Area", Type::Area)
            .seek(Seek::Term)
            .indexed()
            .width(12)
            .headings(&[
                "旗县",
                "地区",
                "所在地",
                "所在旗县",
                "所属旗县",
                "行政区划",
                "盟市旗县",
                "旗县区",
                "旗县市区",
                "所属旗县区",
                "所在旗县区",
                "所属地区",
                "服务区域",
            ])
            .help(
                "旗县或盟市：编码、全称、简称均可",
                "county or league: code, name or short name",
            ),
        Field::new("address", "住址", "Address", Type::Line(120))
            .masked(Privacy::Hidden)
            .headings(&["家庭住址", "通讯地址", "地址"]),
        Field::new(
            "languages",
            "语言",
            "Languages",
            Type::Words {
                known: LANGUAGES,
                open: true,
                most: 6,
            },
        )
        .seek(Seek::Narrow)
        .headings(&["服务语言", "语种"]),
        Field::new(
            "teams",
            "所属组织",
            "Teams",
            Type::Refs(Kind::Organisation, MOST_TEAMS.most as usize),
        )
        .required()
        .seek(Seek::Term)
        .indexed()
        .width(24)
        .headings(&[
            "服务队",
            "所属服务队",
            "所在队伍",
            "所属队伍",
            "组织",
            "志愿服务组织",
            "所在服务队",
            "志愿服务队",
            "科技志愿服务队",
            "所属科技志愿服务队",
            "所属志愿服务组织",
            "所在组织",
            "队伍",
        ])
        .help(
            "编号或名称，第一个为主",
            "codes or names, the first is primary",
        ),
        Field::new("platform_no", "平台注册号", "Platform no.", Type::Line(30))
            .seek(Seek::Tail)
            .headings(&["平台编号", "注册号", "志愿者编号"]),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[
                t("待核", "to be confirmed"),
                t("在册", "registered"),
                t("暂停", "suspended"),
                t("已退出", "left"),
                t("已清退", "removed"),
            ]),
        )
        .system()
        .indexed()
        .width(6),
        Field::new("joined_on", "登记日期", "Joined on", Type::Day)
            .seek(Seek::Day)
            .headings(&["注册日期", "注册时间", "加入日期", "登记时间"]),
        Field::new("confirmed_on", "确认日期", "Confirmed on", Type::Day)
            .seek(Seek::Day)
            .system(),
        Field::new("consent_on", "同意日期", "Consent on", Type::Day)
            .seek(Seek::Day)
            .headings(&["本人同意日期"])
            .help(
                "本人同意处理个人信息的日期",
                "day of consent to the use of personal data",
            ),
        Field::new("pledge_on", "承诺日期", "Pledge on", Type::Day)
            .seek(Seek::Day)
            .headings(&["签署承诺日期"]),
        Field::new("guardian", "监护人", "Guardian", Type::Line(60))
            .masked(Privacy::Hidden)
            .headings(&["监护人姓名", "监护人及电话"])
            .help(
                "8 至 17 周岁必填：姓名与电话",
                "needed from 8 to 17: name and phone",
            ),
        Field::new("health_note", "健康限制", "Health note", Type::Lines(300))
            .masked(Privacy::Hidden)
            .headings(&["健康状况"]),
        Field::new("trained_on", "培训日期", "Trained on", Type::Day)
            .seek(Seek::Day)
            .headings(&["最近培训", "培训时间"])
            .help("最近一次培训", "the last training"),
        REMARKS,
        Field::new("note", "备注", "Note", Type::Lines(1000)).headings(&["说明"]),
    ],
    steps: &[
        Step::new("confirm", "确认", "Confirm", &["待核"], Some("在册"))
            .help(
                "本人已确认，列入在册",
                "the person has confirmed; enter in the register",
            )
            .asks(&[DAY])
            .stamp("confirmed_on")
            .after("joined_on"),
        Step::new("suspend", "暂停", "Suspend", &["在册"], Some("暂停"))
            .help("暂时不派任务", "no tasks for now")
            .asks(&[REASON]),
        Step::new("resume", "恢复", "Resume", &["暂停"], Some("在册")),
        Step::new(
            "leave",
            "退出",
            "Leave",
            &["待核", "在册", "暂停"],
            Some("已退出"),
        )
        .seen_by(
            "所派活动的队伍：未开始的派遣一并取消",
            "the teams of coming activities: the places in them end",
        )
        .help(
            "本人自愿退出，记录保留",
            "leaves by own will; the record stays",
        )
        .roles(&[Role::Operator, Role::Head])
        .asks(&[REASON]),
        Step::new(
            "register",
            "重新登记",
            "Register again",
            &["已退出"],
            Some("待核"),
        )
        .help(
            "退出后又愿意参加的人，用原编号重新登记",
            "somebody who left comes back under the same code",
        )
        .asks(&[DAY.anew()])
        .stamp("joined_on"),
    ],
    reckon,
    then,
    tell,
    ..KindSpec::BASE
};

/// What hangs together with an identity number.
const IDENTITY: [&str; 4] = ["id_type", "id_number", "birth", "gender"];

/// Birth and gender follow from a valid identity number where they are empty.
fn reckon(record: &mut Record, reckon: &Reckon) {
    if reckon.before.is_none() && record.text("joined_on").is_empty() {
        record.set("joined_on", reckon.today.to_string().into());
    }
    let as_before = |before: &Record| {
        let mut keys = IDENTITY.iter();
        keys.all(|key| before.get(key) == record.get(key))
    };
    if reckon.before.is_some_and(as_before) {
        return;
    }
    if record.text("id_type").is_empty() && !record.text("id_number").is_empty() {
        record.set("id_type", "居民身份证".into());
    }
    if record.text("id_type") == "居民身份证"
        && let Ok(id) = identity(record.text("id_number"), reckon.today)
    {
        if record.text("birth").is_empty() {
            record.set("birth", id.birth.to_string().into());
        }
        if record.text("gender").is_empty() {
            record.set("gender", id.gender.into());
        }
    }
}

/// Who leaves takes part in nothing that is still to come.
fn then(after: &Record, reckon: &Reckon) -> Vec<Record> {
    if after.live() || reckon.before.is_none_or(|before| !before.live()) {
        return Vec::new();
    }
    gone(after, "", reckon)
}

/// The enrolments that end with somebody who is out, until a day or for good.
pub fn gone(after: &Record, last: &str, reckon: &Reckon) -> Vec<Record> {
    let today = reckon.today.to_string();
    let mut open = holding(reckon.world, Kind::Enrolment, "volunteer", after.code());
    open.retain(|one| {
        let activity = reckon.named(one, "activity");
        let day = |key| {
            let text = activity.as_ref().map(|activity| activity.text(key));
            text.unwrap_or("").to_owned()
        };
        let (from, until) = (day("day"), day("until"));
        let ahead = until.is_empty() || until >= today;
        let within = last.is_empty() || from.as_str() <= last;
        ahead && within && matches!(one.status(), "拟派" | "已邀" | "同意" | "候补")
    });
    for enrolment in &mut open {
        let line = format!("{today} 本人{}", after.status());
        let note = match enrolment.text("note") {
            "" => line,
            old => format!("{old}\n{line}"),
        };
        enrolment.set("status", "不能来".into());
        enrolment.set("absent_on", reckon.now.into());
        enrolment.set("note", note.into());
    }
    open
}

/// What was remarked of them, and the harm that they are part of.
fn tell(record: &Record, world: &dyn World, today: chrono::NaiveDate) -> Vec<Said> {
    let mut lines = remark::tell(record, today);
    lines.extend(incident_tell::of(world, "volunteers", record.code()));
    lines
}
