//! Cases of the rules on major activities, their money and their oversight (articles 16 and 19).

use super::row::{Row, row};

pub const WORLD: &[&str] = &[
    "ZZ-0001 name=总队 kind=总队 status=已成立",
    "ZZ-0003 name=红山区科技志愿者队 kind=旗县队 parent=ZZ-0001 status=已成立",
    "CZ-001 user=wangj name=王检 roles=监督员 scope=ZZ-0003 status=启用",
    "CZ-003 user=qian name=钱兼 roles=监督员,负责人 scope=ZZ-0001 status=启用",
    "CZ-002 user=zhao name=赵值 roles=值班员 scope=ZZ-0003 status=启用",
    // Both there before, during and after.
    "HD-2026-0001 title=大会 org=ZZ-0003 major=是 status=进行 day=2026-06-10 until=2026-06-11 sessions=2026-06-10T09:00/2026-06-10T11:00,2026-06-11T09:00/2026-06-11T11:00",
    "JD-2026-0001 activity=HD-2026-0001 office=纪检监察 inspector=CZ-001 org=ZZ-0003 status=监督 presence=(stage:事前;day:2026-06-09)(stage:事中;day:2026-06-10)(stage:事后;day:2026-06-11)",
    "JD-2026-0002 activity=HD-2026-0001 office=审计 inspector_name=审计局李某 org=ZZ-0003 status=监督 presence=(stage:事前;day:2026-06-10T08:00)(stage:事中;day:2026-06-11)(stage:事后;day:2026-06-20)",
    // None of it.
    "HD-2026-0002 title=讲座 org=ZZ-0003 status=草拟",
];

const PLAN: &str = "HD-2026-0009 title=展览 org=ZZ-0003 status=待批 budget=40000";
const GOES_ON: &str = "HD-2026-0009 title=展览 org=ZZ-0003 status=进行 budget=40000";
const MAJOR: &str = "HD-2026-0001 title=大会 org=ZZ-0003 major=是 status=进行 day=2026-06-10 until=2026-06-11 sessions=2026-06-10T09:00/2026-06-10T11:00,2026-06-11T09:00/2026-06-11T11:00";
const OWN: &str =
    "JD-2026-0009 activity=HD-2026-0002 office=审计 inspector=CZ-001 org=ZZ-0003 status=监督";
const DONE: &str = "JD-2026-0001 activity=HD-2026-0001 office=纪检监察 inspector=CZ-001 org=ZZ-0003 status=完成 presence=(stage:事前;day:2026-06-09)(stage:事中;day:2026-06-10)(stage:事后;day:2026-06-11)";
const UNNAMED: &[&str] =
    &["JD-2026-0002 activity=HD-2026-0001 office=审计 org=ZZ-0003 status=监督"];
/// There on the day of the start, and nobody knows when.
const LATE: &[&str] = &[
    "JD-2026-0001 activity=HD-2026-0001 office=纪检监察 inspector=CZ-001 status=监督 presence=(stage:事前;day:2026-06-10)(stage:事中;day:2026-06-10)(stage:事后;day:2026-06-11)",
];
/// A day on which there was nothing.
const ELSEWHERE: &[&str] = &[
    "JD-2026-0002 activity=HD-2026-0001 office=审计 inspector_name=审计局李某 status=监督 presence=(stage:事前;day:2026-06-09)(stage:事中;day:2026-06-12)(stage:事后;day:2026-06-10)",
];
const ASKED: &[&str] = &[
    "JD-2026-0002 activity=HD-2026-0001 office=审计 inspector_name=审计局李某 status=监督 questions=(no:1;text:甲;answer:乙)(no:2;text:丙) presence=(stage:事前;day:2026-06-09)(stage:事中;day:2026-06-10)(stage:事后;day:2026-06-11)",
];

pub const ROWS: &[Row] = &[
    row(
        "R16.1-02",
        "edit",
        "HD-2026-0009 title=展览 org=ZZ-0003 vouchers=(category:其他;amount:5;voucher:P1)",
        "vouchers=(category:其他;amount:5;voucher:P1)(category:其他;amount:6;voucher:P1)",
        "P1 填了两次",
    ),
    row(
        "MAJOR-DECIDE",
        "submit",
        PLAN,
        "budget=50000",
        "预算 50000 元",
    ),
    row(
        "MAJOR-DECIDE",
        "submit",
        PLAN,
        "needed=100",
        "志愿者 100 人",
    ),
    row(
        "MAJOR-DECIDE",
        "approve",
        PLAN,
        "served=1000",
        "服务对象 1000 人",
    ),
    row(
        "MAJOR-DECIDE",
        "approve",
        PLAN,
        "org=ZZ-0001",
        "自治区级主办",
    ),
    row(
        "MAJOR-DECIDE",
        "ready",
        PLAN,
        "budget=50000 major=否",
        "还没有定",
    ),
    row(
        "MAJOR-DECIDE",
        "settle",
        PLAN,
        "spent=50000",
        "支出 50000 元",
    ),
    row(
        "MAJOR-DECIDE",
        "edit",
        GOES_ON,
        "budget=50000",
        "预算 50000 元",
    )
    .before(GOES_ON),
    row(
        "MAJOR-WHY",
        "edit",
        "HD-2026-0009 title=展览 org=ZZ-0003 budget=50000 major=否 major_note=分摊三年",
        "major_note=",
        "须写明原因",
    ),
    row(
        "MAJOR-WHY",
        "edit",
        "HD-2026-0009 title=展览 org=ZZ-0003 major=是",
        "major=",
        "改为不是须写明原因",
    )
    .before("HD-2026-0009 title=展览 org=ZZ-0003 major=是"),
    row(
        "MAJOR-NAMES",
        "approve",
        MAJOR,
        "status=待批",
        "审计未指定监督员",
    )
    .beside(UNNAMED),
    row("R19-02", "ready", MAJOR, "", "纪检监察缺事前").beside(LATE),
    row(
        "R19-02",
        "start",
        MAJOR,
        "",
        "activity=HD-2026-0001 office=审计",
    )
    .beside(UNNAMED),
    row("R19-02", "settle", MAJOR, "", "审计缺事后").beside(ELSEWHERE),
    row(
        "R19-02",
        "finish",
        MAJOR,
        "",
        "do attend JD-2026-0002 stage=事中",
    )
    .beside(ELSEWHERE),
    row("R19-02", "check", MAJOR, "status=结项", "审计缺事中、事后").beside(ELSEWHERE),
    row("R19-02", "check", MAJOR, "", "审计缺事中").beside(ELSEWHERE),
    row(
        "R19-02",
        "check",
        "HD-2026-0009 title=展览 org=ZZ-0003 major=是 status=招募 day=2026-07-01",
        "day=2026-06-30",
        "纪检监察未指定监督员；审计未指定监督员",
    ),
    row(
        "OVERSIGHT-OPEN",
        "finish",
        MAJOR,
        "",
        "JD-2026-0002 第 2 问",
    )
    .beside(ASKED),
    row(
        "OVERSIGHT-FIXED",
        "edit",
        OWN,
        "office=纪检监察",
        "不能直接改",
    )
    .before(OWN),
    row("OVERSIGHT-WHO", "new", OWN, "inspector=", "没有写由谁监督"),
    row(
        "OVERSIGHT-ROLE",
        "name",
        OWN,
        "inspector=CZ-002",
        "赵值 不是启用的监督员",
    ),
    row(
        "OVERSIGHT-TWICE",
        "new",
        OWN,
        "activity=HD-2026-0001",
        "已经在监督这项活动：JD-2026-0002",
    ),
    row(
        "OVERSIGHT-SAME",
        "new",
        OWN,
        "activity=HD-2026-0001",
        "同一人监督：JD-2026-0001",
    ),
    row(
        "OVERSIGHT-OWN",
        "new",
        OWN,
        "inspector=CZ-003",
        "钱兼 也是主办组织",
    ),
    row(
        "R19-02",
        "finish",
        DONE,
        "presence=(stage:事前;day:2026-06-09)",
        "缺事中、事后到场",
    ),
    row(
        "OVERSIGHT-OPEN",
        "finish",
        DONE,
        "questions=(no:1;text:甲)(no:2;text:乙;answer:丙)",
        "第 1 问",
    ),
];

/// A day that comes is not yet: what is planned, called off or decided against is not listed.
#[test]
fn what_is_not_yet_due_is_not_listed() {
    use super::row::{Few, record, today};
    use kezhi::domain::rule::{Case, STANDING, rules};
    let listed = |changes: &str| {
        let world = Few::of(WORLD);
        let after = record(&format!(
            "{PLAN} major=是 day=2026-06-01 until=2026-06-01 {changes}"
        ));
        let case = Case {
            before: None,
            after: &after,
            act: STANDING,
            today: today(),
            world: &world,
            sees: None,
        };
        let mut rules = rules(after.kind).filter(|rule| rule.id == "R19-02");
        rules.any(|rule| rule.applies(&case) && (rule.check)(&case).is_some())
    };
    assert!(listed("status=结项"));
    assert!(listed("status=招募"), "its day has come");
    assert!(listed("status=就绪 day=2026-07-02 until=2026-07-02"));
    for quiet in [
        "status=取消",
        "status=结项 major=否",
        "status=结项 major=",
        "status=草拟 day=",
        "status=草拟 day=2026-07-02 until=2026-07-02",
        "status=待批 day=2026-07-02 until=2026-07-02",
        "status=招募 day=2026-07-02 until=2026-07-02",
    ] {
        assert!(!listed(quiet), "{quiet}");
    }
}
