//! The fields of a sanction: against whom, on what basis, what was told, heard and decided, and by whom.

use crate::domain::clock::WORDS;
use crate::domain::complaint_field::EVIDENCE;
use crate::domain::field::{Field, Seek, Type};
use crate::domain::kind::Kind;
use crate::domain::said::{Text, t};
use crate::domain::sanction::MEASURES;

/// How somebody was told.
pub const TELLING: &[Text] = &[
    t("当面书面", "in writing, by hand"),
    t("书面送达", "in writing"),
    t("电话（已录音）", "by telephone, recorded"),
    t("短信", "text message"),
    t("公告", "public notice"),
];

/// The records that change with it, each with the state it had.
const UNDO: &[Field] = &[
    Field::new("code", "编号", "Code", Type::Line(20)),
    Field::new("was", "原状态", "State before", Type::Line(10)),
];

const fn day(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, zh, en, Type::Day).system()
}

const fn lines(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, zh, en, Type::Lines(3000))
}

const fn name(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, zh, en, Type::Line(40)).system()
}

const fn login(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, zh, en, Type::Int(0, 4_294_967_295))
        .system()
        .inner()
}

const fn operator(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    Field::new(key, zh, en, Type::Ref(Kind::Operator))
        .system()
        .inner()
}

/// The fields.
pub const FIELDS: &[Field] = &[
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
    Field::new("complaint", "依据投诉", "Complaint", Type::Ref(Kind::Complaint))
        .indexed()
        .help("查实（属实、部分属实）的投诉", "one that was found true"),
    Field::new("incident", "依据事件", "Incident", Type::Ref(Kind::Incident)).indexed(),
    lines("inspection", "检查情况", "Inspection").help(
        "没有投诉和事件的：检查何时、何人、查明什么",
        "without complaint or incident: when, by whom, what was found",
    ),
    Field::new("title", "名称", "Title", Type::Line(120))
        .system()
        .seek(Seek::Name)
        .width(30),
    Field::new("org", "决定组织", "Decided by", Type::Ref(Kind::Organisation))
        .indexed()
        .help(
            "不填即受理投诉的组织",
            "whoever received the complaint if empty",
        ),
    lines("facts", "事实", "Facts").required(),
    lines("serious", "情节", "Gravity").help(
        "清退必填，由人写明为何严重，程序不判断。参考情形：以志愿者身份营利、收费、虚报时长、致人损害、泄露隐私",
        "for removal, in people's own words; never decided by the program. Situations to compare: profit, fees, false hours, harm, privacy",
    ),
    Field::new("evidence", "证据", "Evidence", Type::Rows(EVIDENCE)).help(
        "一行一件：名称 种类 存放处；清退必填",
        "one a line: name, kind, where kept; needed for removal",
    ),
    Field::new("grounds", "依据条款", "Grounds", Type::Line(120)).help(
        "不填即按处理种类引用办法条款",
        "the article of the measure if empty",
    ),
    Field::new(
        "records",
        "所涉记录",
        "Records",
        Type::Codes(&[Kind::ServiceRecord, Kind::Certificate], 200),
    )
    .help(
        "撤销时长填服务记录，撤销证明填证明",
        "service records for hours, certificates for certificates",
    ),
    Field::new("until", "至", "Until", Type::Day).seek(Seek::Day).help(
        "暂停、提示到哪一天；不填即到解除为止",
        "last day of a suspension or warning; until lifted if empty",
    ),
    day("told_on", "告知日期", "Told on"),
    Field::new("told_how", "告知方式", "Told how", Type::Choice(TELLING)).system(),
    lines("notice", "告知内容", "Notice").system(),
    lines("remedy", "申诉途径", "Way of appeal").system(),
    day("heard_on", "陈述日期", "Heard on"),
    lines("statement", "本人陈述", "Statement").system(),
    Field::new("silent", "未作陈述", "No statement", Type::Flag).system(),
    Field::new("decision", "决定内容", "Decision", Type::Lines(500)).system(),
    name("proposed_by", "拟议人", "Proposed by"),
    login("proposer", "拟议人号", "Proposer"),
    operator("proposer_operator", "拟议人档案", "Proposer's record"),
    day("decided_on", "初定日期", "Decided on"),
    name("decided_by", "第一决定人", "First decided by"),
    login("decider", "第一决定人号", "First decider"),
    operator("decider_operator", "第一决定人档案", "First decider's record"),
    day("effective_on", "生效日期", "In force on").seek(Seek::Day),
    name("confirmed_by", "第二决定人", "Then decided by"),
    login("confirmer", "第二决定人号", "Second decider"),
    operator("confirmer_operator", "第二决定人档案", "Second decider's record"),
    Field::new("served_how", "送达方式", "Served how", Type::Choice(TELLING)).system(),
    day("appealed_on", "申诉日期", "Appealed on"),
    lines("appeal", "申诉理由", "Appeal").system(),
    day("answered_on", "申诉答复日期", "Appeal decided on"),
    name("answered_by", "申诉决定人", "Appeal decided by"),
    lines("answer", "申诉决定", "Decision on appeal").system(),
    day("ended_on", "终止日期", "Ended on"),
    Field::new("undo", "改动的记录", "Changed records", Type::Rows(UNDO))
        .system()
        .inner(),
    Field::new("clock", "现行时限", "Running clock", Type::Choice(WORDS)).system(),
    day("due_on", "到期日", "Due on").seek(Seek::Day).width(10),
    Field::new(
        "against",
        "隔离组织",
        "Walled",
        Type::Refs(Kind::Organisation, 20),
    )
    .system()
    .inner(),
    Field::new("recused", "回避", "Recused", Type::Refs(Kind::Operator, 20)).system(),
    day("proposed_on", "拟议日期", "Proposed on").seek(Seek::Day).width(10),
    Field::new(
        "status",
        "状态",
        "Status",
        Type::Choice(&[
            t("拟议", "proposed"),
            t("告知", "told"),
            t("陈述", "heard"),
            t("初定", "decided once"),
            t("生效", "in force"),
            t("申诉", "appealed"),
            t("维持", "upheld"),
            t("解除", "lifted"),
            t("撤销", "revoked"),
            t("不予处理", "dropped"),
        ]),
    )
    .system()
    .indexed()
    .width(8),
    Field::new("note", "备注", "Note", Type::Lines(2000)),
];
