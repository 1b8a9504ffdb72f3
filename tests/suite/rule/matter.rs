//! Complaints: a record that passes and what makes it fail, for every rule.

use super::row::{Row, row};

pub const WORLD: &[&str] = &[
    "ZZ-0001 name=总队 kind=总队 status=已成立",
    "ZZ-0002 name=呼和浩特市队 kind=盟市队 parent=ZZ-0001 status=已成立",
    "ZZ-0005 name=赤峰市队 kind=盟市队 parent=ZZ-0001 status=已成立",
    "ZZ-0035 name=红山区队 kind=旗县队 parent=ZZ-0005 status=已成立",
    "ZY-000001 name=甲 teams=ZZ-0035 status=在册",
    "CZ-001 user=li name=李 roles=值班员 scope=ZZ-0005 status=启用",
    "CZ-002 user=jia name=甲 roles=值班员 scope=ZZ-0005 volunteer=ZY-000001 status=启用",
    "CZ-003 user=hs name=红 roles=值班员 scope=ZZ-0035 status=启用",
    "CZ-004 user=kan name=看 roles=查询 scope=ZZ-0005 status=启用",
    "CZ-005 user=hh name=呼 roles=值班员 scope=ZZ-0002 status=启用",
];

const ENTERED: &str = "TS-2026-000001 kind=投诉 complainant=来人 contact=电话 accused=ZZ-0035 \
    against=ZZ-0035 receiver=ZZ-0005 facts=活动后向农户收取讲课费二百元 status=登记 day=2026-06-29";
const ACCEPTED: &str = "TS-2026-000001 kind=投诉 complainant=来人 accused=ZZ-0035 against=ZZ-0035 \
    receiver=ZZ-0005 facts=收费 status=受理 day=2026-06-28 accepted_on=2026-06-29 investigated_on=2026-06-29";
const ACCUSATION: &str = "TS-2026-000001 kind=举报 complainant=来人 accused=ZZ-0035 against=ZZ-0035 \
    receiver=ZZ-0005 facts=收费 status=登记 day=2026-06-29";
const SUGGESTION: &str = "TS-2026-000001 kind=建议意见 complainant=来人 receiver=ZZ-0005 facts=多办培训 \
    status=受理 day=2026-06-29 accepted_on=2026-06-29";
const REQUEST: &str = "TS-2026-000001 kind=个人信息 complainant=来人 receiver=ZZ-0005 facts=查阅 \
    status=受理 day=2026-06-29 accepted_on=2026-06-29";
const ANSWERED: &str = "TS-2026-000001 kind=投诉 complainant=来人 accused=ZZ-0035 against=ZZ-0035 \
    receiver=ZZ-0005 facts=收费 claims=退费 found=收费属实 reasons=有收据 outcome=属实 decision=支持 basis=第十条 \
    remedy=复查 status=答复 day=2026-05-01 investigated_on=2026-05-10 answered_on=2026-06-20";

/// The same person before, at work on the level below.
const BEFORE: &[&str] = &[
    "TS-2026-000002 kind=投诉 complainant=来人 receiver=ZZ-0035 facts=别的事 status=核查 day=2026-06-01",
];
/// Somebody else about the same team, in nearly the same words.
const ALIKE: &[&str] = &[
    "TS-2026-000002 kind=投诉 complainant=别人 accused=ZZ-0035 receiver=ZZ-0005 \
     facts=该队活动之后向农户收取讲课费 status=办结 day=2026-01-01",
];

pub const ROWS: &[Row] = &[
    row("XF-17", "new", ENTERED, "day=2026-07-01", "还没有到"),
    row(
        "XF-19",
        "new",
        ENTERED,
        "complainant= contact=",
        "没有来人的姓名",
    ),
    row("ANONYMOUS", "new", ENTERED, "anonymous=是", "既填了匿名"),
    row(
        "XF-20",
        "new",
        ENTERED,
        "representatives=一,二,三,四,五,六",
        "不得超过 5 人",
    ),
    row(
        "EVIDENCE",
        "new",
        ENTERED,
        "evidence=(name:录音;sm3:12ab)",
        "第 1 件",
    ),
    row("ACCUSED-LESS", "edit", ENTERED, "accused=ZZ-0002", "去掉了被反映对象：ZZ-0035 红山区队").before(ENTERED),
    row("ERASE", "erase", REQUEST, "subject=ZY-000001", "将清除 ZY-000001 甲"),
    row("ABOUT", "new", ENTERED, "accused=", "没有写明反映谁"),
    row(
        "SELF",
        "new",
        ENTERED,
        "accused=ZY-000001 complainant=甲",
        "同名：甲",
    ),
    row(
        "SAME-MATTER",
        "new",
        ENTERED,
        "",
        "可能已登记过：TS-2026-000002",
    )
    .beside(BEFORE),
    row(
        "SAME-MATTER",
        "new",
        ENTERED,
        "",
        "可能已登记过：TS-2026-000002",
    )
    .beside(ALIKE),
    row("XF-19B", "accept", ENTERED, "", "下级正在办理").beside(BEFORE),
    row(
        "XF-30",
        "accept",
        ENTERED,
        "kind=举报",
        "应移送科协机关纪委",
    ),
    row(
        "HANDOVER",
        "handover",
        "TS-2026-000001 letter=1号 status=移送",
        "letter=",
        "还没有打印",
    ),
    row(
        "HANDOVER-ERASE",
        "handover",
        ENTERED,
        "status=移送",
        "不能恢复",
    ),
    row(
        "XF-28",
        "assign",
        ENTERED,
        "handler=CZ-001 accused_other=李",
        "被反映人同名：李",
    ),
    row(
        "XF-28",
        "assign",
        ENTERED,
        "handler=CZ-002 accused=ZY-000001",
        "利害关系",
    ),
    row(
        "XF-28",
        "assign",
        ENTERED,
        "handler=CZ-001 recused=CZ-001",
        "利害关系",
    ),
    row(
        "XF-28",
        "assign",
        ENTERED,
        "handler=CZ-003",
        "属被反映的一方",
    ),
    row("XF-28", "assign", ENTERED, "handler=CZ-004", "不是值班员"),
    row("XF-28", "assign", ENTERED, "handler=CZ-005", "不管辖"),
    row(
        "R19-03",
        "check",
        ENTERED,
        "receiver=ZZ-0035",
        "不得由其办理",
    ),
    row(
        "R19-03",
        "accept",
        ENTERED,
        "outside=科协机关纪委",
        "应移送科协机关纪委",
    ),
    // The accused came to a post in the team that receives it.
    row(
        "R19-03",
        "check",
        "TS-2026-000001 kind=投诉 accused=ZY-000001 receiver=ZZ-0035 status=核查",
        "",
        "不得由其办理",
    )
    .beside(&["ZZ-0035 name=红山区队 parent=ZZ-0005 status=已成立 posts=(post:队长;holder:甲;from:2026-06-01)"]),
    // The receiver was moved below the accused.
    row("R19-03", "check", ENTERED, "", "不得由其办理").beside(&[
        "ZZ-0035 name=红山区队 parent=ZZ-0001 status=已成立",
        "ZZ-0005 name=赤峰市队 parent=ZZ-0035 status=已成立",
    ]),
    row(
        "XF-19W",
        "check",
        "TS-2026-000001 kind=投诉 complainant=来人 contact=电话 claims=退费 status=登记",
        "claims=",
        "没有填请求",
    ),
    row("R10四-02", "check", ANSWERED, "topic=收取报酬", "投诉成立"),
    row("R10四-01", "check", ANSWERED, "topic=人格隐私", "投诉成立"),
    row(
        "R10一-03",
        "check",
        ANSWERED,
        "topic=以志愿者身份营利",
        "投诉成立",
    ),
    row(
        "R10一-04",
        "check",
        ANSWERED,
        "topic=违背社会公德",
        "投诉成立",
    ),
    row("XF-25", "check", ENTERED, "urgent=是", "还没有报告"),
    row(
        "XF-23C",
        "object",
        ENTERED,
        "transferred_on=2026-06-18",
        "5 个工作日",
    ),
    row(
        "XF-31",
        "answer",
        ANSWERED,
        "investigated_on=",
        "还没有核查",
    ),
    row(
        "XF-32",
        "answer",
        ANSWERED,
        "claims= basis=",
        "没有填请求、依据",
    ),
    row(
        "XF-32",
        "answer",
        ANSWERED,
        "found=. basis=——",
        "查明的事实、依据没有写出内容",
    ),
    row("XF-32", "answer", ANSWERED, "reasons=", "没有填"),
    row("XF-32", "answer", ANSWERED, "outcome=", "没有填"),
    row("XF-32", "answer", ANSWERED, "decision=", "没有填"),
    row("XF-32", "answer", ANSWERED, "basis=", "没有填"),
    row("XF-32", "answer", ANSWERED, "remedy=", "没有填"),
    row("LINK-SELF", "link", ENTERED, "linked=TS-2026-000001", "自己"),
    row(
        "XF-33",
        "mediate",
        "TS-2026-000001 settlement=双方同意退还二百元并致歉",
        "settlement=和好",
        "协议书",
    ),
    row(
        "XF-34",
        "extend",
        "TS-2026-000001 extended_days=30",
        "extended_days=31",
        "至多 30 日",
    ),
    row(
        "XF-35",
        "review",
        ANSWERED,
        "answered_on=2026-05-20 delivered_on=2026-05-29",
        "2026-06-29 已届满",
    ),
    row(
        "XF-35D",
        "review",
        ANSWERED,
        "answered_on=2026-05-29",
        "没有记送达日期",
    ),
    row(
        "XF-36D",
        "recheck",
        "TS-2026-000001 answered_on=2026-05-01 review_answered_on=2026-06-01",
        "review_answered_on=2026-05-20",
        "没有记送达日期",
    ),
    row(
        "DELIVERED",
        "deliver",
        "TS-2026-000001 answered_on=2026-06-01 delivered_on=2026-06-03",
        "delivered_on=2026-05-31",
        "至今天之间",
    ),
    row(
        "DELIVERED",
        "deliver",
        "TS-2026-000001 answered_on=2026-06-01 delivered_on=2026-06-03",
        "answered_on=",
        "没有书面答复",
    ),
    row(
        "REST",
        "suspend",
        "TS-2026-000001 suspended_days=30 until=2026-08-29",
        "until=2026-08-30",
        "合计超过 90 天",
    ),
    row(
        "REST",
        "suspend",
        "TS-2026-000001 until=2026-07-01",
        "until=2026-06-30",
        "须有以后的恢复日",
    ),
    row(
        "REST-OVER",
        "check",
        "TS-2026-000001 status=中止 suspended_on=2026-06-01 until=2026-06-30",
        "until=2026-06-28",
        "逾 1 天",
    ),
    row(
        "CORRECT",
        "edit",
        ACCEPTED,
        "contact=别的电话",
        "不能直接改",
    )
    .before(ACCEPTED),
    row(
        "RECEIVED",
        "edit",
        ENTERED,
        "received_at=2026-06-28T09:00",
        "期限随之重算",
    )
    .before(ENTERED),
    row(
        "XF-17",
        "correct",
        ACCEPTED,
        "received_at=2026-06-30T09:00 day=2026-06-30",
        "晚于受理日期",
    )
    .before(ACCEPTED),
    row("XF-35", "review", ANSWERED, "answered_on=", "没有书面答复"),
    row(
        "XF-35",
        "review",
        ANSWERED,
        "review_answered_on=2026-06-25",
        "已经复查过",
    ),
    row(
        "XF-36",
        "recheck",
        "TS-2026-000001 answered_on=2026-05-01 review_answered_on=2026-06-01 review_delivered_on=2026-06-02",
        "review_answered_on=2026-05-20 review_delivered_on=2026-05-22",
        "2026-06-22 已届满",
    ),
    row(
        "XF-36",
        "recheck",
        "TS-2026-000001 answered_on=2026-05-01 review_answered_on=2026-06-01",
        "rechecked_on=2026-06-20",
        "最终意见",
    ),
    row(
        "XF-36",
        "recheck",
        "TS-2026-000001 review_answered_on=2026-06-01",
        "review_answered_on=",
        "先申请复查",
    ),
    row(
        "XF-35C",
        "close",
        "TS-2026-000001 answered_on=2026-05-20",
        "answered_on=2026-06-01",
        "到 2026-07-01 都可申请",
    ),
    row(
        "R19-03T",
        "check",
        ENTERED,
        "day=2026-06-24",
        "2026-06-29 已过，逾 1 天",
    ),
    row(
        "XF-23B",
        "check",
        ENTERED,
        "day=2026-06-12",
        "2026-06-29 已过，逾 1 天",
    ),
    row("XF-23N", "check", ACCUSATION, "day=2026-06-05", "已过"),
    row(
        "XF-34L",
        "check",
        ACCEPTED,
        "accepted_on=2026-04-01",
        "已过",
    ),
    row(
        "MATTER-TARGET",
        "check",
        ACCEPTED,
        "accepted_on=2026-06-05",
        "已过",
    ),
    row(
        "R10五-01",
        "check",
        SUGGESTION,
        "accepted_on=2026-06-05",
        "已过",
    ),
    row("GB-45", "check", REQUEST, "accepted_on=2026-06-05", "已过"),
    row(
        "XF-35L",
        "check",
        ANSWERED,
        "status=复查 review_on=2026-05-20",
        "已过",
    ),
    row(
        "XF-36L",
        "check",
        ANSWERED,
        "status=复核 recheck_on=2026-05-20",
        "已过",
    ),
];
