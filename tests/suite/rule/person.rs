//! Cases of the rules on volunteers and operators (articles 5, 7 and 8).

use super::row::{Row, row};

pub const WORLD: &[&str] = &[
    "ZZ-0003 name=红山区科技志愿者队 kind=旗县队 status=已成立",
    "ZZ-0006 name=旧队 kind=旗县队 status=已注销",
    "ZY-000001 name=单立文 phone=13912344471 id_number=11010519491231002X teams=ZZ-0003 status=在册",
    "CZ-0001 user=limin name=李敏 status=启用",
];

const PERSON: &str = "ZY-000009 name=张三 phone=13800000000 id_type=居民身份证 id_number=110105194912310038 birth=1949-12-31 gender=男 area=150402 skills=心理 identity=科技爱好者 teams=ZZ-0003 status=在册 joined_on=2026-05-30 pledge_on=2026-05-30 confirmed_on=2026-05-30 platform_no=YS1";

pub const ROWS: &[Row] = &[
    row(
        "R08.1-03",
        "check",
        PERSON,
        "id_number=110105194912310021",
        "校验位",
    ),
    row(
        "R08.1-03",
        "check",
        PERSON,
        "birth=1949-12-30",
        "与身份证号不符",
    ),
    row(
        "R08.1-03",
        "check",
        PERSON,
        "gender=女",
        "性别「女」与身份证号不符",
    ),
    row(
        "R08.1-03",
        "check",
        PERSON,
        "id_number=11010519491231002X",
        "证件号码已登记：ZY-000001 单立文",
    ),
    row(
        "R08.1-03",
        "check",
        PERSON,
        "name=单立文 phone=13912344471",
        "同名同电话的人已登记：ZY-000001",
    ),
    row(
        "R08.1-03",
        "check",
        PERSON,
        "phone=1380000000",
        "手机不是电话号码，有 10 位数字",
    ),
    row(
        "R08.1-03",
        "new",
        PERSON,
        "id_number=11010519491231002X",
        "证件号码已登记",
    ),
    row("R07-06", "check", PERSON, "birth=2018-07-01", "不满 8 周岁"),
    row(
        "R07-06",
        "check",
        PERSON,
        "birth=2008-07-01",
        "17 周岁，须有监护人同意",
    ),
    row("R07-05", "check", PERSON, "skills=", "没有填技能"),
    row("R05.2-01", "check", PERSON, "pledge_on=", "没有填承诺日期"),
    row(
        "R05.2-02",
        "check",
        PERSON,
        "confirmed_on= joined_on=2026-05-30",
        "登记 31 天，本人还没有确认",
    ),
    row("R05.2-03", "check", PERSON, "identity=", "没有填身份"),
    row(
        "R08.1-02",
        "check",
        PERSON,
        "id_number= area=",
        "没有填证件号码、属地",
    ),
    row(
        "TEAMS-MOST",
        "new",
        PERSON,
        "teams=ZZ-0001,ZZ-0002,ZZ-0003,ZZ-0004,ZZ-0005,ZZ-0007",
        "至多加入 5 个",
    ),
    row(
        "TEAM-LIVE",
        "new",
        PERSON,
        "teams=ZZ-0006",
        "已注销，不能加入",
    ),
    row(
        "SAME-USER",
        "new",
        "CZ-0009 user=wangl status=启用",
        "user=limin",
        "已登记为操作员",
    ),
    row(
        "SAME-USER",
        "new",
        "CZ-0009 user=wangl status=启用",
        "",
        "已停用",
    )
    .beside(&["CZ-0008 user=wangl name=王 status=停用"]),
];
