//! Cases of the rules on harm (article 18), on what follows from what was found (article 9 (7)), and on who was removed.

use super::row::{Row, row};

pub const WORLD: &[&str] = &[
    "ZZ-0001 name=总队 kind=总队 status=已成立",
    "ZZ-0002 name=赤峰市队 kind=盟市队 parent=ZZ-0001 status=已成立",
    "ZZ-0003 name=红山区队 kind=旗县队 parent=ZZ-0002 status=已成立",
    "ZZ-0004 name=通辽市队 kind=盟市队 parent=ZZ-0001 status=已成立",
    "ZY-000001 name=甲 phone=13900000001 teams=ZZ-0003 status=在册",
    "ZY-000002 name=乙 phone=13900000002 teams=ZZ-0003 status=在册",
    "ZY-000003 name=丙 phone=13900000003 id_number=11010519491231002X teams=ZZ-0004 status=在册",
    "TS-2026-100001 complainant=来人甲 receiver=ZZ-0002 against=ZZ-0003 outcome=属实 status=答复",
    "TS-2026-100002 receiver=ZZ-0002 outcome=不属实 status=答复",
    "FW-000001 volunteer=ZY-000001 status=已确认",
    "FW-000002 volunteer=ZY-000002 status=已确认",
    "FW-000003 volunteer=ZY-000001 status=撤销",
    "ZM-2026-0001 volunteer=ZY-000001 status=有效",
    "BD-000001 policy_no=P1 status=有效",
    "BD-000002 policy_no=P2 from=2026-01-01 to=2026-06-14 status=有效",
];

const OPEN: &str = "SH-2026-100001 title=摔伤 org=ZZ-0003 direction=志愿者致服务对象 happened_at=2026-06-15T10:00 day=2026-06-15 entered_on=2026-06-16 insurance=BD-000001 claim_told_at=2026-06-15T12:00 status=处置";
const CLOSED: &str = "SH-2026-100001 title=摔伤 org=ZZ-0003 direction=服务对象致志愿者 happened_at=2026-06-01T10:00 day=2026-06-01 entered_on=2026-06-01 responsible=甲 measures=送医 aid=慰问 conclusion=和解 outcome_volunteer=痊愈 outcome_recipient=道歉 breach=未发现违规 closed_on=2026-06-10 callbacks=(side:志愿者)(side:服务对象) status=办结";
const REMOVAL: &str = "CL-2026-100001 measure=清退 subject=ZY-000001 title=清退 complaint=TS-2026-100001 org=ZZ-0002 facts=收费 serious=屡次 evidence=(name:收据) grounds=第九条（七） notice=拟清退 decision=清退 told_on=2026-06-01 heard_on=2026-06-08 decider=1 decided_by=李 confirmer=2 confirmed_by=王 proposed_on=2026-06-01 effective_on=2026-06-09 status=生效";
const PROPOSED: &str = "CL-2026-100001 measure=暂停 subject=ZY-000001 title=暂停 complaint=TS-2026-100001 org=ZZ-0002 against=ZZ-0003 facts=收费 proposed_on=2026-06-01 status=拟议";
const HOURS: &str = "CL-2026-100001 measure=撤销时长 subject=ZY-000001 title=撤销 complaint=TS-2026-100001 org=ZZ-0002 facts=虚报 records=FW-000001 status=拟议";
const PERSON: &str =
    "ZY-000009 name=丙 phone=13900000003 id_number= teams=ZZ-0003 status=待核 joined_on=2026-06-30";
const GONE: &str =
    "ZY-000003 name=丙 phone=13900000003 id_number=11010519491231002X teams=ZZ-0004 status=已清退";
const TEAM: &str =
    "ZZ-0003 name=红山区队 kind=旗县队 parent=ZZ-0002 status=已成立 posts=(post:副队长;holder:甲)";

pub const ROWS: &[Row] = &[
    row("R18-01", "check", CLOSED, "breach=", "没有写明有无违反"),
    row("R18-01", "close", CLOSED, "breach=", "没有写明有无违反"),
    row("R18-02", "check", OPEN, "entered_on=2026-06-14", "15 日没有办结，2026-06-29 已过，逾 1 天"),
    row("R18-03", "close", CLOSED, "measures= aid=", "没有处置也没有援助"),
    row("R18-04", "check", CLOSED, "responsible=", "责任人"),
    row("R18-04", "close", CLOSED, "outcome_volunteer=", "志愿者一方的结果"),
    row("R18-05", "check", CLOSED, "callbacks=(side:志愿者)", "还没有回访服务对象"),
    row("HARM-CLAIM", "check", OPEN, "claim_told_at=", "48 小时内没有报案，2026-06-17 已过"),
    row("HARM-CLAIM", "claim", OPEN, "claim_told_at=2026-06-17T10:01", "出险后 48 小时才报案"),
    row("HARM-POLICY", "claim", OPEN, "insurance=", "没有写明哪份保单"),
    row("HARM-TERM", "claim", OPEN, "insurance=BD-000002", "2026-06-14，不含出险的 2026-06-15 10:00"),
    row("HARM-ORG", "new", OPEN, "org=", "没有组织单位"),
    row("HARM-WALL", "edit", OPEN, "against=ZZ-0002", "正是关于这个组织"),
    row("HARM-FUTURE", "new", OPEN, "day=2026-07-01", "还没有到"),
    row("R09七-02", "check", REMOVAL, "evidence=", "证据"),
    row("R09七-02", "notify", REMOVAL, "evidence= heard_on=", "证据"),
    row("R09七-02", "enforce", REMOVAL, "serious=", "情节"),
    row("R09七-02", "check", REMOVAL, "confirmer=1", "只有一人决定"),
    row("SANCTION-SLOW", "check", PROPOSED, "proposed_on=2026-05-01", "已过，逾 29 天"),
    row(
        "SANCTION-APPEAL",
        "check",
        "CL-2026-100001 measure=暂停 subject=ZY-000001 appealed_on=2026-06-10 status=申诉",
        "appealed_on=2026-05-20",
        "答复申诉：2026-06-22 已过",
    ),
    row(
        "SANCTION-OVER",
        "check",
        "CL-2026-100001 measure=暂停 subject=ZY-000001 until=2026-06-30 status=生效",
        "until=2026-06-29",
        "还没有解除",
    ),
    row("SANCTION-BASIS", "new", PROPOSED, "complaint=", "没有依据"),
    row("SANCTION-BASIS", "new", PROPOSED, "complaint=TS-2026-100002", "没有查实"),
    row("SANCTION-SUBJECT", "new", PROPOSED, "subject=ZZ-0003", "只对志愿者"),
    row("SANCTION-SUBJECT", "new", PROPOSED, "", "本人已清退")
        .beside(&["ZY-000001 name=甲 teams=ZZ-0003 status=已清退"]),
    row("SANCTION-RECORDS", "new", HOURS, "records=", "没有写明撤销哪些服务记录"),
    row("SANCTION-RECORDS", "new", HOURS, "records=FW-000002", "不是本人计入的"),
    row("SANCTION-RECORDS", "new", HOURS, "records=FW-000003", "不是本人计入的"),
    row("SANCTION-RECORDS", "new", HOURS, "records=ZM-2026-0001", "不是本人计入的"),
    row("SANCTION-RECORDS", "new", PROPOSED, "records=FW-000001", "不改记录"),
    row("SANCTION-WALL", "new", PROPOSED, "org=ZZ-0003", "不能作决定"),
    row("SANCTION-TWICE", "new", PROPOSED, "", "已有 CL-2026-100002")
        .beside(&["CL-2026-100002 measure=暂停 subject=ZY-000001 complaint=TS-2026-100001 title=暂停 status=告知"]),
    row("SANCTION-UNTIL", "new", PROPOSED, "until=2026-06-29", "已经过去"),
    row("SANCTION-FIXED", "edit", PROPOSED, "facts=别的", "不能再改").before(
        "CL-2026-100001 measure=暂停 subject=ZY-000001 title=暂停 complaint=TS-2026-100001 org=ZZ-0002 facts=收费 proposed_on=2026-06-01 status=告知",
    ),
    row("SANCTION-SECRET", "notify", PROPOSED, "notice=据TS-2026-100001", "投诉编号"),
    row("SANCTION-SECRET", "decide", PROPOSED, "decision=来人甲反映属实", "来人的姓名"),
    row("SANCTION-DAYS", "notify", PROPOSED, "told_on=2026-05-31", "早于前一步"),
    row("SANCTION-DAYS", "notify", PROPOSED, "told_on=2026-07-01", "还没有到"),
    row("SANCTION-LIFT", "lift", PROPOSED, "measure=清退", "不能解除"),
    row("REMOVED", "new", PERSON, "", "此人曾被清退（ZY-000003 丙）").beside(&[GONE]),
    row("REMOVED", "edit", PERSON, "name=别名 phone=13900000008 id_number=11010519491231002X", "此人曾被清退")
        .beside(&[GONE]),
    row("REMOVED", "check", PERSON, "", "此人曾被清退").beside(&[GONE]),
    // Under a new phone: the same name and birth, and no other gender.
    row(
        "REMOVED",
        "new",
        "ZY-000009 name=丙 phone=13900000077 birth=1949-12-31 gender=男 teams=ZZ-0003 status=待核",
        "",
        "此人曾被清退",
    )
    .beside(&["ZY-000003 name=丙 phone=13900000003 birth=1949-12-31 teams=ZZ-0004 status=已清退"]),
    row(
        "SUSPENDED",
        "resume",
        "ZY-000001 name=甲 teams=ZZ-0003 status=在册 remarks=(day:2026-06-01;measure:暂停;text:一;by:赤峰市队;until:2026-06-29)",
        "remarks=(day:2026-06-01;measure:暂停;text:一;by:赤峰市队;until:2026-06-30)",
        "赤峰市队决定暂停至 2026-06-30",
    ),
    row("NOMINATION", "appoint", TEAM, "", "甲 有处理记录：推荐提示").beside(&[
        "ZY-000001 name=甲 teams=ZZ-0003 status=在册 remarks=(day:2026-06-01;measure:推荐提示;text:一)",
    ]),
    row("NOMINATION", "appoint", TEAM, "posts=(post:副队长;holder:丙;phone:13900000003)", "丙 有处理记录：清退")
        .beside(&["ZY-000001 name=丙 phone=13900000003 teams=ZZ-0004 status=已清退"]),
];
