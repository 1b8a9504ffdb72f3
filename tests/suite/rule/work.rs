//! Cases of the rules on the work itself (articles 2, 7, 9, 10, 12 and 13).

use super::row::{Row, row};

pub const WORLD: &[&str] = &[
    "ZZ-0003 name=红山区科技志愿者队 kind=旗县队 status=已成立",
    "ZY-000001 name=甲 birth=1990-01-01 teams=ZZ-0003 status=在册",
    "ZY-000002 name=少年 birth=2010-01-01 guardian=父 teams=ZZ-0003 status=在册",
    "ZY-000003 name=乙 birth=1990-01-01 teams=ZZ-0003 status=在册",
    "HD-2026-0001 title=讲座 org=ZZ-0003 status=招募 day=2026-07-01 days=2026-07-01 sessions=2026-07-01T09:00/2026-07-01T11:00",
    "HD-2026-0002 title=漂流 org=ZZ-0003 status=招募 day=2026-07-01 dangers=涉水 sessions=2026-07-01T10:00/2026-07-01T12:00",
    "HD-2026-0003 title=旧事 org=ZZ-0003 status=结项 day=2026-06-01 days=2026-06-01 sessions=2026-06-01T09:00/2026-06-01T11:00",
    "HD-2026-0004 title=另一场 org=ZZ-0003 status=招募 day=2026-07-02 sessions=2026-07-02T09:00/2026-07-02T11:00",
    // The one that takes part in what the cases of activities judge.
    "PQ-000001 activity=HD-2026-0009 volunteer=ZY-000001 status=同意 told_on=2026-06-30T09:00 day=2026-07-01",
    "PQ-000005 activity=HD-2026-0003 volunteer=ZY-000003 pair=HD-2026-0003@ZY-000003 status=到场 agreed_by=本人 day=2026-06-01",
    "BD-000001 policy_no=P1 kind=人身意外伤害 covers=ZY-000001 from=2026-07-01 to=2026-07-01T12:00 status=有效",
    "FW-000001 volunteer=ZY-000001 stints=ZY-000001@2026-06-01 activity=HD-2026-0003 day=2026-06-01 start=2026-06-01T09:00 end=2026-06-01T11:00 minutes=120 status=已确认",
];

const ACTIVITY: &str = "HD-2026-0009 title=某事 org=ZZ-0003 scope=基层阵地科普服务 status=就绪 place=礼堂 day=2026-07-01 dangers=涉水 sessions=2026-07-01T09:00/2026-07-01T11:00";
const FLOAT: &str = "HD-2026-0009 title=漂 org=ZZ-0003 status=招募 day=2026-07-01 dangers=涉水 sessions=2026-07-01T09:00/2026-07-01T11:00";
const ENROLMENT: &str =
    "PQ-000009 activity=HD-2026-0001 volunteer=ZY-000003 status=同意 agreed_by=本人 day=2026-07-01";
const POLICY: &str =
    "BD-000009 policy_no=P9 covers=ZY-000003 from=2026-07-01 to=2026-07-02 status=有效";
const AGREEMENT: &str = "XY-2026-0009 title=协议 org=ZZ-0003 recipient=某校 rights=一 content=二 way=三 time=四 place=五 conditions=六 safety=七 other=无 status=生效 offered_on=2026-06-01 signatures=(party:组织;on:2026-06-02;version:1)(party:服务对象;on:2026-06-30;version:1)";
const ENDED: &str = "XY-2026-0009 title=协议 org=ZZ-0003 recipient=某校 rights=一 content=二 way=三 time=四 place=五 conditions=六 safety=七 other=无 status=期满 offered_on=2026-06-01 signatures=(party:组织;on:2026-06-02;version:1)(party:服务对象;on:2026-06-30;version:1)";
const HOURS: &str = "FW-000009 volunteer=ZY-000003 activity=HD-2026-0003 day=2026-06-01 start=2026-06-01T09:00 end=2026-06-01T11:00 minutes=120 status=待确认 recorded_on=2026-06-05";
const CERTIFICATE: &str = "ZM-2026-0009 volunteer=ZY-000001 from=2026-01-01 to=2026-06-30 status=申请 asked_on=2026-06-28";

pub const ROWS: &[Row] = &[
    row("R02-01", "check", ACTIVITY, "fee=5", "收费 5 元"),
    row("R02-01", "edit", ACTIVITY, "fee=5", "收费 5 元"),
    row("R02-02", "check", ACTIVITY, "scope=", "没有归入第十二条"),
    row("R09四-03", "submit", ACTIVITY, "sessions=", "还没有时间"),
    row("R09四-03", "ready", ACTIVITY, "place=", "还没有地点"),
    row(
        "R09六-01",
        "check",
        ACTIVITY,
        "",
        "1 人未在活动前告知人身危险：甲",
    )
    .beside(&[
        "PQ-000001 activity=HD-2026-0009 volunteer=ZY-000001 status=同意 told_on=2026-07-01T09:00",
    ]),
    row(
        "R09六-02",
        "start",
        ACTIVITY,
        "sessions=2026-07-01T09:00/2026-07-01T12:01",
        "保险有缺口：甲",
    ),
    row("R09六-02", "check", ACTIVITY, "", "保险有缺口：甲").beside(&[
        "BD-000001 kind=人身意外伤害 covers=ZY-000001 from=2026-06-01 to=2026-06-30 status=有效",
    ]),
    row(
        "R09六-02",
        "edit",
        ACTIVITY,
        "status=进行 sessions=2026-07-01T11:00/2026-07-01T13:00",
        "保险有缺口：甲",
    ),
    row(
        "R09六-01",
        "ready",
        ACTIVITY,
        "",
        "1 人未在活动前告知人身危险：乙",
    )
    .beside(&["PQ-000002 activity=HD-2026-0009 volunteer=ZY-000003 status=拟派"]),
    row(
        "R09四-02",
        "ready",
        ACTIVITY,
        "",
        "未成年人不派危险活动：少年",
    )
    .beside(&[
        "PQ-000002 activity=HD-2026-0009 volunteer=ZY-000002 status=同意 told_on=2026-06-30",
        "BD-000002 kind=人身意外伤害 covers=ZY-000002 from=2026-07-01 to=2026-07-01 status=有效",
    ]),
    row(
        "FIXED",
        "edit",
        ENROLMENT,
        "volunteer=ZY-000001",
        "不能转给别人",
    )
    .before(ENROLMENT),
    row(
        "R09六-02A",
        "arrive",
        ENROLMENT,
        "activity=HD-2026-0002 status=到场",
        "乙 未在活动前告知人身危险",
    ),
    row(
        "R09六-02A",
        "arrive",
        ENROLMENT,
        "activity=HD-2026-0002 status=到场 told_on=2026-06-30",
        "乙 的人身意外伤害保险有缺口",
    ),
    row("TWICE", "new", ENROLMENT, "", "已在这项活动中")
        .beside(&["PQ-000002 activity=HD-2026-0001 volunteer=ZY-000003 pair=HD-2026-0001@ZY-000003 status=谢绝"]),
    row("R10二-01", "agree", ENROLMENT, "agreed_by=", "没有本人同意"),
    row("R10二-01", "arrive", ENROLMENT, "agreed_by=", "没有本人同意"),
    row("R09七-02", "check", ENROLMENT, "", "乙 已清退")
        .beside(&["ZY-000003 name=乙 status=已清退"]),
    row("LEFT", "agree", ENROLMENT, "", "乙 暂停，不能派遣")
        .beside(&["ZY-000003 name=乙 status=暂停"]),
    row(
        "R07-06",
        "check",
        "PQ-000009 activity=HD-2026-0001 volunteer=ZY-000002 status=同意 day=2026-07-01",
        "",
        "少年 16 周岁，没有监护人",
    )
    .beside(&["ZY-000002 name=少年 birth=2010-01-01 status=在册"]),
    row(
        "R09四-02",
        "check",
        "PQ-000009 activity=HD-2026-0001 volunteer=ZY-000002 status=同意 day=2026-07-01",
        "activity=HD-2026-0002",
        "未成年人不派危险活动",
    ),
    row(
        "R09四-02H",
        "agree",
        "PQ-000009 activity=HD-2026-0002 volunteer=ZY-000003 status=同意 day=2026-07-01",
        "",
        "乙 70 周岁",
    )
    .beside(&["ZY-000003 name=乙 birth=1956-07-01 status=在册"]),
    row(
        "R09四-02H",
        "agree",
        "PQ-000009 activity=HD-2026-0002 volunteer=ZY-000003 status=同意 day=2026-07-01",
        "",
        "乙 有健康限制",
    )
    .beside(&["ZY-000003 name=乙 birth=1990-01-01 health_note=不宜涉水 status=在册"]),
    row(
        "CLASH",
        "agree",
        ENROLMENT,
        "",
        "乙 那时已有活动：HD-2026-0002",
    )
    .beside(&["PQ-000003 activity=HD-2026-0002 volunteer=ZY-000003 status=已邀"]),
    row(
        "OVER",
        "invite",
        ENROLMENT,
        "activity=HD-2026-0003",
        "已结项",
    ),
    row(
        "TOLD-AFTER",
        "tell",
        "PQ-000009 activity=HD-2026-0002 volunteer=ZY-000003 told_on=2026-07-01T09:59",
        "told_on=2026-07-01T10:00",
        "告知晚于活动开始",
    ),
    row("POLICY-TERM", "new", POLICY, "to=2026-06-30", "不晚于起"),
    row("POLICY-WHOM", "new", POLICY, "covers=", "没有写明保了谁"),
    row(
        "POLICY-TWICE",
        "new",
        POLICY,
        "policy_no=P1",
        "保单号已登记：BD-",
    ),
    row(
        "POLICY-GAP",
        "cancel",
        "BD-000001 policy_no=P1 kind=人身意外伤害 covers=ZY-000001 from=2026-07-01 to=2026-07-02 status=有效",
        "",
        "1 人就没有保险了：HD-2026-0009 漂",
    )
    .beside(&[FLOAT]),
    // One that begins later, and one that names somebody else.
    row(
        "POLICY-GAP",
        "edit",
        "BD-000001 policy_no=P1 kind=人身意外伤害 covers=ZZ-0003 from=2026-07-01 to=2026-07-02 status=有效",
        "from=2026-07-01T10:00",
        "1 人就没有保险了",
    )
    .before("BD-000001 policy_no=P1 kind=人身意外伤害 covers=ZZ-0003 from=2026-07-01 to=2026-07-02 status=有效")
    .beside(&[FLOAT]),
    row(
        "POLICY-GAP",
        "edit",
        "BD-000001 policy_no=P1 kind=人身意外伤害 covers=ZY-000001,ZY-000003 from=2026-07-01 to=2026-07-02 status=有效",
        "covers=ZY-000003",
        "1 人就没有保险了",
    )
    .before("BD-000001 policy_no=P1 kind=人身意外伤害 covers=ZY-000001,ZY-000003 from=2026-07-01 to=2026-07-02 status=有效")
    .beside(&[FLOAT]),
    row(
        "POLICY-GAP",
        "cancel",
        "BD-000009 policy_no=P9 kind=人身意外伤害 activity=HD-2026-0009 from=2026-07-01 to=2026-07-02 status=有效",
        "",
        "1 人就没有保险了",
    )
    .beside(&[FLOAT, "BD-000001 policy_no=P1 kind=人身意外伤害 covers=ZY-000001 from=2026-07-01 to=2026-07-02 status=退保"]),
    row(
        "R13-02",
        "check",
        AGREEMENT,
        "rights=",
        "协议缺「权利和义务」",
    ),
    row("R13-03", "check", AGREEMENT, "content=", "协议缺「内容」"),
    row("R13-04", "check", AGREEMENT, "way=", "协议缺「方式」"),
    row("R13-05", "check", AGREEMENT, "time=", "协议缺「时间」"),
    row("R13-06", "check", AGREEMENT, "place=", "协议缺「地点」"),
    row(
        "R13-07",
        "check",
        AGREEMENT,
        "conditions=",
        "协议缺「工作条件」",
    ),
    row(
        "R13-08",
        "check",
        AGREEMENT,
        "safety=",
        "协议缺「安全保障措施」",
    ),
    row("R13-09", "check", AGREEMENT, "other=", "协议缺「其他"),
    row("R13-02", "sign", AGREEMENT, "rights= status=待签", "协议缺"),
    row("R13-01", "offer", AGREEMENT, "recipient=", "只有一方"),
    row(
        "R13-01S",
        "activate",
        AGREEMENT,
        "version=2",
        "还没有签署：红山区科技志愿者队、某校",
    ),
    row(
        "SIGN-DAY",
        "sign",
        AGREEMENT,
        "offered_on=2026-06-03",
        "早于送签日期 2026-06-03",
    ),
    row(
        "SIGN-FUTURE",
        "sign",
        AGREEMENT,
        "signatures=(party:组织;on:2026-07-01;version:1)",
        "还没有到",
    ),
    row(
        "R13-01",
        "sign",
        AGREEMENT,
        "recipient= status=待签",
        "只有一方",
    ),
    row(
        "EXPIRE-DAY",
        "expire",
        "XY-2026-0009 title=协议 org=ZZ-0003 status=期满 to=2026-06-29",
        "to=2026-06-30",
        "2026-06-30 还没有过",
    ),
    row(
        "EXPIRE-DAY",
        "expire",
        "XY-2026-0009 title=协议 org=ZZ-0003 status=期满 to=2026-06-29",
        "to=",
        "没有终止日期",
    ),
    row("AGREEMENT-OVER", "edit", AGREEMENT, "content=别的", "协议已期满")
        .before(ENDED),
    row("AGREEMENT-DUE", "check", AGREEMENT, "to=2026-06-01", "已于 2026-06-01 到期"),
    row(
        "AGREEMENT-TERM",
        "new",
        "XY-2026-0009 from=2026-07-01 to=2026-07-01",
        "to=2026-06-30",
        "早于起始",
    ),
    row("SPAN", "new", HOURS, "end=2026-06-01T09:00", "不晚于开始"),
    row(
        "MINUTES",
        "new",
        HOURS,
        "minutes=121",
        "多于起止之间的 120 分钟",
    ),
    row("R09三-04", "confirm", HOURS, "", "不能有服务时长")
        .beside(&["PQ-000004 activity=HD-2026-0003 volunteer=ZY-000003 pair=HD-2026-0003@ZY-000003 status=缺席"]),
    row(
        "R09三-04",
        "check",
        HOURS,
        "volunteer=ZY-000001 activity=HD-2026-0002",
        "同一时间另有服务记录：FW-0000001",
    ),
    row(
        "R09三-04",
        "new",
        HOURS,
        "volunteer=ZY-000001 start= end= minutes=60",
        "不能记两次：FW-0000001 甲（2026-06-01 09:00-11:00，已确认）",
    ),
    row("R09三-04", "new", HOURS, "start=2026-06-01T10:00", "FW-0000003 乙（2026-06-01 60 分钟，退回）")
        .beside(&["FW-000003 volunteer=ZY-000003 stints=ZY-000003@2026-06-01 activity=HD-2026-0003 day=2026-06-01 minutes=60 status=退回"]),
    row("R09三-04", "again", HOURS, "", "不能记两次：FW-0000003")
        .beside(&["FW-000003 volunteer=ZY-000003 stints=ZY-000003@2026-06-01 activity=HD-2026-0003 day=2026-06-01 minutes=60 status=待确认"]),
    row("R09三-04", "check", HOURS, "", "不能记两次：FW-0000003")
        .beside(&["FW-000003 volunteer=ZY-000003 stints=ZY-000003@2026-06-01 activity=HD-2026-0003 day=2026-06-01 minutes=60 status=待确认"]),
    row(
        "R09三-04",
        "check",
        HOURS,
        "minutes=121",
        "活动只有 120 分钟",
    ),
    row("SPAN", "edit", HOURS, "day=2026-06-02", "不是同一天"),
    row(
        "R09三-04",
        "confirm",
        HOURS,
        "volunteer=ZY-000001 start= end= minutes=60",
        "连同已有的 120 分钟共 180 分钟",
    ),
    row("CANCELLED", "confirm", HOURS, "", "活动已取消")
        .beside(&["HD-2026-0003 title=旧事 org=ZZ-0003 status=取消"]),
    row(
        "DOUBT",
        "check",
        HOURS,
        "volunteer=ZY-000001 day=2026-07-15",
        "还没有到",
    ),
    row(
        "DAY-OUT",
        "confirm",
        HOURS,
        "day=2026-06-02 start= end=",
        "没有场次",
    ),
    row(
        "ALIKE",
        "confirm",
        HOURS,
        "start= end= minutes=60",
        "3 人以上都是 60 分钟",
    )
    .beside(&[
        "FW-000003 volunteer=ZY-000001 activity=HD-2026-0003 minutes=60",
        "FW-000004 volunteer=ZY-000002 activity=HD-2026-0003 minutes=60",
    ]),
    row(
        "LATE-ENTRY",
        "confirm",
        HOURS,
        "recorded_on=2026-08-01",
        "61 天才录入",
    ),
    row(
        "CERTIFICATE-TERM",
        "new",
        CERTIFICATE,
        "to=2025-12-31",
        "早于起",
    ),
    row(
        "CERTIFICATE-FIXED",
        "edit",
        "ZM-2026-0009 volunteer=ZY-000001 from=2026-01-01 to=2026-06-30 status=有效 purpose=升学",
        "to=2026-06-29",
        "不能改人、起止",
    )
    .before("ZM-2026-0009 volunteer=ZY-000001 from=2026-01-01 to=2026-06-30 status=有效"),
    row(
        "CERTIFICATE-NOTICE",
        "issue",
        CERTIFICATE,
        "asked_on=2026-06-29",
        "公示未满 2 天",
    ),
    row(
        "R09五-02",
        "check",
        CERTIFICATE,
        "due_on=2026-06-29",
        "2026-06-29 已过",
    ),
];
