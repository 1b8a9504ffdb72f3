//! The fields of a complaint: what is recorded while the caller talks, and what its course leaves.

use crate::domain::clock::WORDS;
use crate::domain::field::{Field, Privacy, Seek, Type};
use crate::domain::kind::Kind;
use crate::domain::said::{Text, t};

/// What it is; the six of the desk, and requests about one's own data (个人信息保护法 44-47).
pub const KINDS: &[Text] = &[
    t("投诉", "complaint"),
    t("举报", "accusation"),
    t("申诉求决", "appeal for a decision"),
    t("建议意见", "suggestion"),
    t("表扬", "praise"),
    t("损害", "harm"),
    t("个人信息", "personal data"),
];

/// How it came (信访工作条例 17).
pub const CHANNELS: &[Text] = &[
    t("电话", "telephone"),
    t("来信", "letter"),
    t("来访", "visit"),
    t("网络", "network"),
    t("传真", "fax"),
    t("交办转来", "handed on"),
];

/// What it is about, by the duties of article 10 and what the desk hears most.
pub const TOPICS: &[Text] = &[
    t("以志愿者身份营利", "profit as a volunteer"),
    t("违背社会公德", "against public morals"),
    t("人格隐私", "dignity and privacy"),
    t("收取报酬", "taking payment"),
    t("服务质量", "quality of service"),
    t("经费使用", "use of money"),
    t("登记时长不实", "false registers or hours"),
    t("活动安全", "safety"),
    t("组织管理", "running of the team"),
    t("其他", "other"),
];

/// How the complainant wants to be answered.
pub const WANTED: &[Text] = &[
    t("电话", "telephone"),
    t("书面", "in writing"),
    t("短信", "text message"),
    t("不必回复", "no answer wanted"),
];

/// Bodies above the region's team, for what must not stay with it (article 19: 有关单位).
pub const OUTSIDE: &[Text] = &[
    t("科协机关纪委", "discipline committee of the association"),
    t("驻会纪检监察组", "resident discipline inspection"),
    t("中国科协", "China Association for Science and Technology"),
    t("民政部门", "civil affairs department"),
    t("其他机关", "another authority"),
];

/// What the decision is (信访工作条例 32).
pub const DECISIONS: &[Text] = &[
    t("支持", "supported"),
    t("部分支持", "supported in part"),
    t("解释说明", "explained"),
    t("不予支持", "not supported"),
];

/// What the investigation found.
pub const OUTCOMES: &[Text] = &[
    t("属实", "true"),
    t("部分属实", "true in part"),
    t("不属实", "not true"),
    t("无法查实", "cannot be established"),
];

/// What the call-back found.
pub const SATISFACTION: &[Text] = &[
    t("满意", "satisfied"),
    t("基本满意", "fairly satisfied"),
    t("不满意", "not satisfied"),
    t("联系不上", "not reached"),
    t("匿名无法回访", "anonymous"),
];

/// The rights of article 44 to 47 of the law on personal data.
pub const RIGHTS: &[Text] = &[
    t("查阅复制", "see and copy"),
    t("更正补充", "correct and complete"),
    t("删除", "erase"),
];

/// A piece of evidence and where it is kept.
pub const EVIDENCE: &[Field] = &[
    Field::new("name", "名称", "Name", Type::Line(60)).required(),
    Field::new("kind", "种类", "Kind", Type::Line(20)),
    Field::new("kept", "存放处", "Kept at", Type::Line(60)),
    Field::new("sm3", "SM3", "SM3", Type::Line(64)),
];

/// Where it was sent, and why.
pub const TRANSFERS: &[Field] = &[
    Field::new("day", "日期", "Day", Type::Day),
    Field::new("from", "由", "From", Type::Ref(Kind::Organisation)),
    // A body outside stands here by its name.
    Field::new("to", "至", "To", Type::Ref(Kind::Organisation)),
    Field::new("reason", "原因", "Reason", Type::Line(400)),
];

/// What was answered at each stage: one answer does not take the place of the one before.
pub const ANSWERS: &[Field] = &[
    Field::new("stage", "阶段", "Stage", Type::Line(20)),
    Field::new("day", "日期", "Day", Type::Day),
    // A body outside stands here by its name.
    Field::new("org", "答复组织", "By", Type::Ref(Kind::Organisation)),
    Field::new("found", "查明的事实", "Facts found", Type::Lines(5000)),
    Field::new("reasons", "理由", "Reasons", Type::Lines(3000)),
    Field::new("outcome", "查实", "Outcome", Type::Choice(OUTCOMES)),
    Field::new("decision", "处理意见", "Decision", Type::Choice(DECISIONS)),
    Field::new("basis", "依据", "Legal basis", Type::Lines(1000)),
    Field::new("remedy", "复查途径", "Way to a review", Type::Lines(1000)),
];

/// Which team took a step about which a paper tells: that team signs it.
pub const SIGNED: &[Field] = &[
    Field::new("act", "步骤", "Step", Type::Line(20)),
    Field::new("day", "日期", "Day", Type::Day),
    Field::new("org", "组织", "Team", Type::Ref(Kind::Organisation)),
];

/// Whom it may be about.
pub const ABOUT: &[Kind] = &[Kind::Organisation, Kind::Volunteer, Kind::Activity];

const STATES: &[Text] = &[
    t("登记", "entered"),
    t("转办", "passed on"),
    t("异议", "disputed"),
    t("受理", "accepted"),
    t("核查", "investigated"),
    t("答复", "answered"),
    t("复查", "under review"),
    t("复核", "under second review"),
    t("中止", "suspended"),
    t("不予受理", "not accepted"),
    t("移送", "handed over"),
    t("撤回", "withdrawn"),
    t("办结", "closed"),
];

const fn day(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, zh, en, Type::Day).system()
}

/// How somebody was told (信访工作条例 23).
pub const TELLING: &[Text] = &[
    t("当场书面", "in writing on the spot"),
    t("书面送达", "in writing"),
    t("短信", "text message"),
    t("电话", "telephone"),
    t(UNCLEAR, "name or address unclear"),
];

/// How a written answer reached the complainant (信访工作条例 35: 自收到之日起).
pub const DELIVERY: &[Text] = &[
    t("当面签收", "handed over and signed for"),
    t("邮寄签收", "by post and signed for"),
    t("电子送达", "by electronic means"),
    t("留置送达", "left with the addressee"),
];

/// Nobody can be told: no clock of telling runs.
pub const UNCLEAR: &str = "姓名住址不清";

/// The fields; those of the form first, in the order in which a caller is asked.
pub const FIELDS: &[Field] = &[
    Field::new("kind", "类别", "Kind", Type::Choice(KINDS))
        .required()
        .indexed()
        .width(8)
        .help(
            "违纪违法的是举报；请求解决自己的事是申诉求决",
            "accusation: a breach of discipline; appeal: something of one's own",
        ),
    Field::new("channel", "渠道", "Channel", Type::Choice(CHANNELS))
        .help("不填即电话", "telephone if empty"),
    Field::new("complainant", "来人", "Complainant", Type::Line(60))
        .masked(Privacy::Party)
        .indexed()
        .help(
            "姓名；不愿留名即填 匿名=是",
            "name; anonymous=yes if none is given",
        ),
    Field::new("contact", "联系方式", "Contact", Type::Line(80))
        .masked(Privacy::Hidden)
        .indexed()
        .help(
            "电话、住址；书面告知要用",
            "phone, address: needed for telling in writing",
        ),
    Field::new("anonymous", "匿名", "Anonymous", Type::Flag).help(
        "来人、联系方式留空；结果只能凭受理号来问",
        "name and contact stay empty; the result is asked for by the receipt number",
    ),
    Field::new("confidential", "要求保密", "Confidential", Type::Flag).help(
        "核查时不透露来人",
        "who complains is not let out while it is looked into",
    ),
    Field::new("accused", "被反映对象", "Accused", Type::Codes(ABOUT, 20))
        .indexed()
        .anywhere()
        .help(
            "组织（各级都可）、志愿者、活动；总队办公室、科普部即总队",
            "teams of any level, volunteers, activities; the office is the region's team",
        ),
    Field::new(
        "accused_other",
        "未登记的对象",
        "Others accused",
        Type::Line(80),
    )
    .help(
        "登记册里没有的，或不归您管辖的人；几人用顿号隔开",
        "people in no register, or outside your scope; several with commas",
    ),
    Field::new(
        "activity",
        "有关活动",
        "Activity",
        Type::Ref(Kind::Activity),
    )
    .indexed()
    .help(
        "在哪次活动中；只反映活动的也填这里",
        "during which activity",
    ),
    Field::new("topic", "事项", "Topic", Type::Choice(TOPICS))
        .indexed()
        .help("按第十条的职责归类", "by the duties of article 10"),
    Field::new("facts", "事实", "Facts", Type::Lines(5000))
        .required()
        .help("照来人的话如实记录", "truthfully, in the caller's words"),
    Field::new("happened_at", "发生时间", "Happened at", Type::Moment).help(
        "写年月日，可带时分；只记得大概的写在事实里",
        "a day, with the time if known; what is only roughly known goes into the facts",
    ),
    Field::new("place", "发生地点", "Place", Type::Line(80)),
    Field::new("claims", "请求", "Claims", Type::Lines(1000)).help(
        "来人要求怎样；答复必须逐项回应",
        "what is asked for; the answer replies to each",
    ),
    Field::new(
        "wanted",
        "希望的回复",
        "Wanted answer",
        Type::Choice(WANTED),
    ),
    Field::new("evidence", "证据", "Evidence", Type::Rows(EVIDENCE)).help(
        "一行一件：名称 种类 存放处；文件用 kezhi evidence 记 SM3",
        "one a line: name, kind, where kept; kezhi evidence adds the SM3 of a file",
    ),
    Field::new(
        "representatives",
        "代表",
        "Representatives",
        Type::Words {
            known: &[],
            open: true,
            most: 50,
        },
    )
    .masked(Privacy::Hidden)
    .help(
        "多人共同反映的，推选代表，不超过五人",
        "of a joint complaint: at most five",
    ),
    Field::new("urgent", "急", "Urgent", Type::Flag).help(
        "重大、紧急的，立即上报",
        "major or urgent: reported upward at once",
    ),
    Field::new(
        "subject",
        "所涉本人",
        "Whose data",
        Type::Ref(Kind::Volunteer),
    )
    .indexed()
    .help("个人信息请求：谁的信息", "of a request: whose data"),
    Field::new("right", "请求的权利", "Right", Type::Choice(RIGHTS))
        .help("个人信息请求：要什么", "of a request: what is asked"),
    Field::new("title", "事由", "Matter", Type::Line(80))
        .seek(Seek::Name)
        .width(30)
        .help("不填即取事实的开头", "the beginning of the facts if empty"),
    Field::new("received_at", "收到时间", "Received at", Type::Moment).help(
        "不填即现在；期限从这天次日起算",
        "now if empty; terms run from the day after",
    ),
    Field::new("call", "来电", "Call", Type::Ref(Kind::Call))
        .indexed()
        .help(
            "由哪次来电转来；存下后那次来电即为已转",
            "the call that it came of, which is passed on with it",
        ),
    Field::new("note", "备注", "Note", Type::Lines(2000)),
    Field::new(
        "receiver",
        "受理组织",
        "Receiver",
        Type::Ref(Kind::Organisation),
    )
    .system()
    .indexed()
    .width(20),
    Field::new("outside", "移送单位", "Outside body", Type::Choice(OUTSIDE)).system(),
    Field::new("route", "去向理由", "Why there", Type::Lines(2000)).system(),
    Field::new("transfers", "转办记录", "Moves", Type::Rows(TRANSFERS)).system(),
    Field::new("handler", "承办人", "Handler", Type::Ref(Kind::Operator))
        .system()
        .indexed()
        .width(10),
    Field::new("recused", "回避", "Recused", Type::Refs(Kind::Operator, 20)).system(),
    Field::new(
        "against",
        "隔离组织",
        "Walled",
        Type::Refs(Kind::Organisation, 20),
    )
    .system()
    .inner(),
    Field::new(
        "accused_said",
        "对象原记",
        "Accused as entered",
        Type::Lines(5000),
    )
    .system(),
    Field::new("taken_by", "登记人", "Taken by", Type::Line(40)).system(),
    Field::new("taker", "登记人号", "Taker", Type::Int(0, 4_294_967_295))
        .system()
        .inner(),
    Field::new(
        "linked",
        "关联",
        "Linked",
        Type::Codes(&[Kind::Complaint], 50),
    )
    .system()
    .indexed(),
    day("told_on", "告知日期", "Told on"),
    Field::new("told_how", "告知方式", "Told how", Type::Choice(TELLING)).system(),
    day("reported_on", "上报日期", "Reported up on"),
    day("accepted_on", "受理日期", "Accepted on"),
    day("transferred_on", "转办日期", "Passed on"),
    day("objected_on", "异议日期", "Objected on"),
    day("investigated_on", "核查日期", "Investigated since"),
    day("extended_on", "延期日期", "Extended on"),
    Field::new("extended_days", "延期日数", "Extended by", Type::Int(1, 30)).system(),
    day("suspended_on", "中止日期", "Suspended on"),
    day("until", "中止至", "Suspended until"),
    Field::new(
        "suspended_days",
        "中止日数",
        "Days suspended",
        Type::Int(0, 100_000),
    )
    .system(),
    day("answered_on", "答复日期", "Answered on"),
    day("delivered_on", "送达日期", "Delivered on"),
    Field::new(
        "delivered_how",
        "送达方式",
        "Delivered how",
        Type::Choice(DELIVERY),
    )
    .system(),
    Field::new("found", "查明的事实", "Facts found", Type::Lines(5000)).system(),
    Field::new("reasons", "理由", "Reasons", Type::Lines(3000)).system(),
    Field::new("decision", "处理意见", "Decision", Type::Choice(DECISIONS)).system(),
    Field::new("basis", "依据", "Legal basis", Type::Lines(1000)).system(),
    Field::new("remedy", "复查途径", "Way to a review", Type::Lines(1000)).system(),
    Field::new("outcome", "查实", "Outcome", Type::Choice(OUTCOMES))
        .system()
        .indexed(),
    Field::new(
        "settlement",
        "调解和解协议",
        "Settlement",
        Type::Lines(2000),
    )
    .system(),
    Field::new("answers", "历次答复", "Answers", Type::Rows(ANSWERS)).system(),
    Field::new("signed", "各步组织", "Signed", Type::Rows(SIGNED))
        .system()
        .inner(),
    Field::new("turn_to", "应向谁提出", "Whom to turn to", Type::Line(200)).system(),
    day("review_on", "申请复查日期", "Review asked on"),
    day("review_answered_on", "复查答复日期", "Review answered on"),
    day("review_delivered_on", "复查送达日期", "Review delivered on"),
    day("recheck_on", "申请复核日期", "Second review asked on"),
    day("rechecked_on", "复核答复日期", "Second review answered on"),
    day(
        "recheck_delivered_on",
        "复核送达日期",
        "Second review delivered on",
    ),
    day("handed_on", "移送日期", "Handed over on"),
    Field::new("letter", "移送函文号", "Letter", Type::Line(60)).system(),
    day("called_on", "回访日期", "Called back on"),
    Field::new(
        "satisfaction",
        "回访结果",
        "Satisfaction",
        Type::Choice(SATISFACTION),
    )
    .system(),
    day("closed_on", "办结日期", "Closed on").seek(Seek::Day),
    Field::new("reminders", "催办次数", "Reminders", Type::Int(0, 100_000)).system(),
    Field::new("clock", "现行时限", "Running clock", Type::Choice(WORDS)).system(),
    Field::new("due_on", "到期日", "Due on", Type::Day)
        .seek(Seek::Day)
        .system()
        .width(10),
    day("day", "收到日期", "Received on")
        .seek(Seek::Day)
        .width(10),
    Field::new("status", "状态", "Status", Type::Choice(STATES))
        .system()
        .indexed()
        .width(8),
];
