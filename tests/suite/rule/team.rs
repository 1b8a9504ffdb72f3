//! Cases of the rules on organisations (articles 4, 5, 6 and 8).

use super::row::{Few, Row, record, row, today};
use kezhi::domain::record::Record;
use kezhi::domain::rule::{Case, STANDING, standing};

pub const WORLD: &[&str] = &[
    "ZZ-0001 name=内蒙古自治区科技志愿服务总队 kind=总队 area=150000 status=已成立",
    "ZZ-0002 name=赤峰市科技志愿服务队 kind=盟市队 parent=ZZ-0001 area=150400 status=已成立",
    COUNTY,
    "ZZ-0004 name=通辽市科技志愿服务队 kind=盟市队 parent=ZZ-0001 area=150500 status=已成立",
    "ZZ-0006 name=旧队 kind=盟市队 parent=ZZ-0001 area=150400 status=已注销",
    "ZZ-0007 name=内蒙古大学科技志愿者服务队 kind=高校队 parent=ZZ-0001 area=150100 status=已成立",
    "ZY-000001 name=甲 teams=ZZ-0003 status=在册 platform_no=YS1",
    "HD-2026-0001 title=讲座 org=ZZ-0003 day=2026-05-01 status=结项",
];

const COUNTY: &str = "ZZ-0003 name=红山区科技志愿者队 kind=旗县队 form=队伍 parent=ZZ-0002 area=150402 status=已成立 founded_on=2024-01-01 founder=红山区科协 phone=0476-8221234 platform_no=YS1 posts=(post:队长;holder:甲;holder_post:红山区科协主席;from:2024-01-01)(post:副队长;holder:乙;from:2024-01-01)(post:副队长;holder:丙;from:2024-01-01)";

const NEW: &str = "ZZ-0009 name=某队 area=150402 status=已成立 parent=ZZ-0002";
const COUNTY_NEW: &str =
    "ZZ-0009 name=松山区队 kind=旗县队 area=150404 parent=ZZ-0002 status=已成立";
const TOP: &str = "ZZ-0001 kind=总队 name=内蒙古自治区科技志愿服务总队 area=150000 status=已成立 address=科协科学技术普及部 phone=0471-6123456 posts=(post:总队长;holder:甲;holder_post:内蒙古自治区科协党组书记)(post:副总队长;holder:乙;holder_post:科技馆馆长)(post:联系人;holder:丙)";
const LEAGUE: &str = "ZZ-0009 kind=盟市队 name=赤峰市科技志愿服务队 area=150400 status=已成立 posts=(post:队长;holder:甲;holder_post:赤峰市科协副主席)(post:秘书长;holder:乙;holder_post:市科协科普部部长)(post:副队长;holder:丙)(post:副队长;holder:丁)(post:副队长;holder:戊)";
const SOCIETY: &str = "ZZ-0009 kind=学会队 name=内蒙古物理学会科技志愿服务队 founder=内蒙古物理学会 status=已成立 posts=(post:队长;holder:甲;holder_post:秘书长)(post:副队长;holder:乙)";
const UNIVERSITY: &str = "ZZ-0009 kind=高校队 name=赤峰学院科技志愿者服务队 founder=赤峰学院 status=已成立 posts=(post:队长;holder:甲;holder_post:副校长（分管科协）)";
const DEPARTMENT: &str = "ZZ-0009 kind=分队 name=内蒙古大学科技志愿服务队化学院分队 parent=ZZ-0007 status=已成立 posts=(post:负责人;holder:甲;holder_post:化学院院长)";
const FIRM: &str = "ZZ-0009 kind=企业队 name=某煤业有限公司科技志愿服务队 founder=某煤业有限公司科协 status=已成立 posts=(post:负责人;holder:甲;holder_post:某煤业科协主席)";
const PARK: &str = "ZZ-0009 kind=园区队 name=赤峰高新区科技志愿服务队 founder=赤峰高新区 status=已成立 posts=(post:负责人;holder:甲;holder_post:高新区科协主席)";

pub const ROWS: &[Row] = &[
    row("R04-01", "new", NEW, "kind=总队", "只设一个总队"),
    row("R04-01", "check", NEW, "kind=总队", "只设一个总队"),
    row(
        "SAME-NAME",
        "new",
        NEW,
        "name=红山区科技志愿者队",
        "已有同名",
    ),
    row("R04-02", "check", WORLD[1], "parent=ZZ-0003", "成环"),
    row("R04-02", "check", COUNTY, "parent=", "须有上级组织"),
    row("R04-02", "check", COUNTY, "parent=ZZ-0006", "已注销"),
    row("R04-02", "check", COUNTY, "area=", "没有属地"),
    row(
        "R06.2-01",
        "check",
        COUNTY,
        "parent=ZZ-0001",
        "不能直接隶属总队",
    ),
    row(
        "R06.2-01",
        "check",
        COUNTY,
        "parent=ZZ-0004",
        "不含本组织的属地",
    ),
    row("R06.2-01", "edit", WORLD[1], "kind=学会队", "不合级别"),
    row(
        "R06.2六-09",
        "check",
        "ZZ-0009 kind=分队 parent=ZZ-0003 area=150402 status=已成立",
        "area=150404",
        "旗县之内",
    ),
    row("DISSOLVE-CHILD", "dissolve", NEW, "", "1 个下级")
        .beside(&["ZZ-0010 parent=ZZ-0009 status=已成立"]),
    row("DISSOLVE-MEMBER", "dissolve", NEW, "", "1 名志愿者")
        .beside(&["ZY-000002 teams=ZZ-0009 status=在册"]),
    row("R05.1-01", "check", COUNTY, "founder=", "没有成立单位"),
    row("R05.1-01", "check", COUNTY, "founded_on=", "没有成立日期"),
    row(
        "R05.1-01",
        "check",
        COUNTY,
        "founded_on=2026-07-01",
        "还没有到",
    ),
    row("R05.1-02", "check", COUNTY, "form=", "没有填形式"),
    row(
        "R06.1-01",
        "check",
        "ZZ-0009 kind=盟市队 area=150600 status=已成立",
        "area=150400",
        "这里已有盟市队：ZZ-0002",
    ),
    row(
        "R06.1-02",
        "check",
        "ZZ-0009 kind=学会队 status=筹建",
        "status=已成立",
        "没有在册志愿者",
    ),
    row(
        "R06.1-03",
        "check",
        "ZZ-0009 founded_on=2025-07-01 status=已成立",
        "founded_on=2025-06-30",
        "没有活动",
    ),
    row("R06.1-03", "check", COUNTY, "", "上次在 2025-06-29").beside(&[
        "HD-2026-0001 org=ZZ-0003 day=2025-06-29 until=2025-06-29 status=结项",
        "HD-2026-0002 org=ZZ-0003 day=2026-06-01 status=取消",
    ]),
    row(
        "R06.2-02",
        "check",
        COUNTY_NEW,
        "area=150402",
        "这里已有旗县队",
    ),
    row(
        "R06.2-03",
        "check",
        SOCIETY,
        "status=应成立 plan_on=2026-06-01",
        "已过 29 天",
    ),
    row(
        "R06.2-04",
        "check",
        UNIVERSITY,
        "status=应成立",
        "没有计划日",
    ),
    row(
        "R06.2-05",
        "check",
        FIRM,
        "status=筹建 plan_on=2026-07-01",
        "计划 2026-07-01 成立",
    ),
    row("R06.2-06", "check", PARK, "status=筹建", "尚未成立"),
    row(
        "R06.2一-06",
        "check",
        TOP,
        "address=某路",
        "地址里没有工作办公室",
    ),
    row("R06.2一-06", "check", TOP, "phone=", "没有电话"),
    row("R06.2一-06", "check", TOP, "posts=", "没有联系人"),
    row(
        "R08.1-01",
        "check",
        COUNTY,
        "platform_no=",
        "没有填平台注册号",
    ),
    row("R08.1-02", "check", COUNTY, "phone=", "没有填电话"),
    row(
        "R08.2-01",
        "check",
        NEW,
        "",
        "1 人没有平台注册号（100%），如 乙",
    )
    .beside(&["ZY-000002 name=乙 teams=ZZ-0009 status=在册"]),
    row(
        "R06.2六-07",
        "check",
        "ZZ-0009 kind=旗县队 status=筹建",
        "status=已成立",
        "差 50 人",
    ),
    row(
        "R06.2一-01",
        "check",
        TOP,
        "name=内蒙古科技志愿服务总队",
        "名称应为「内蒙古自治区科技志愿服务总队」",
    ),
    row(
        "R06.2二-01",
        "check",
        LEAGUE,
        "name=赤峰科技志愿服务队",
        "名称应为「赤峰市科技志愿服务队」",
    ),
    row(
        "R06.2二-01",
        "check",
        LEAGUE,
        "name=赤峰市科技志愿者队",
        "规范写法是「赤峰市科技志愿服务队」",
    ),
    row(
        "R06.2三-01",
        "check",
        SOCIETY,
        "name=物理学会科技志愿服务队",
        "名称应为「内蒙古物理学会科技志愿服务队」",
    ),
    row(
        "R06.2三-01",
        "check",
        SOCIETY,
        "name=内蒙古物理学会科技志愿者队",
        "规范写法是「内蒙古物理学会科技志愿服务队」",
    ),
    row(
        "R06.2四-01",
        "check",
        UNIVERSITY,
        "name=赤峰学院志愿者协会",
        "名称应为「赤峰学院科技志愿者服务队」",
    ),
    row(
        "R06.2四-01",
        "check",
        UNIVERSITY,
        "name=赤峰学院科技志愿服务队",
        "规范写法是「赤峰学院科技志愿者服务队」",
    ),
    row(
        "R06.2四-06",
        "check",
        DEPARTMENT,
        "name=内蒙古大学化学院分队",
        "院系分队应名为「内蒙古大学科技志愿服务队",
    ),
    row(
        "R06.2五-01",
        "check",
        FIRM,
        "name=某煤业有限公司科协科技志愿服务队",
        "名称应为「某煤业有限公司科技志愿服务队」",
    ),
    row(
        "R06.2五-01",
        "check",
        FIRM,
        "name=某煤业有限公司科技志愿者队",
        "规范写法",
    ),
    row(
        "R06.2五-01",
        "check",
        PARK,
        "name=志愿者协会",
        "名称应为「（单位名称）科技志愿服务队」",
    ),
    row(
        "R06.2五-01",
        "check",
        PARK,
        "name=赤峰高新区科技志愿者服务队",
        "规范写法",
    ),
    row(
        "R06.2六-01",
        "check",
        COUNTY,
        "name=红山科技志愿者队",
        "名称应为「红山区科技志愿者队」",
    ),
    row(
        "R06.2六-01",
        "check",
        COUNTY,
        "name=红山区科技志愿服务队",
        "规范写法是「红山区科技志愿者队」",
    ),
    row(
        "POST-TOP",
        "appoint",
        COUNTY,
        "posts=(post:总队长;holder:甲)",
        "只设在总队",
    ),
    row(
        "POST-TWICE",
        "appoint",
        "ZZ-0009 posts=(post:队长;holder:甲;from:2024-01-01)(post:副队长;holder:甲)",
        "posts=(post:队长;holder:甲;from:2024-01-01)(post:队长;holder:甲)",
        "甲 自 2024-01-01 起已任队长",
    )
    .before("ZZ-0009 posts=(post:队长;holder:甲;from:2024-01-01)"),
    row(
        "POST-TERM",
        "relieve",
        "ZZ-0009 posts=(post:队长;holder:甲;from:2024-01-01;to:2024-01-01)",
        "posts=(post:队长;holder:甲;from:2024-01-01;to:2023-12-31)",
        "早于任职日",
    )
    .before("ZZ-0009 posts=(post:队长;holder:甲;from:2024-01-01)"),
    row("R06.2一-02", "check", TOP, "posts=", "没有总队长"),
    row("R06.2一-04", "check", TOP, "posts=", "没有副总队长"),
    row("R06.2二-02", "check", LEAGUE, "posts=", "没有队长"),
    row(
        "R06.2二-04",
        "check",
        LEAGUE,
        "posts=(post:副队长;holder:丙)(post:副队长;holder:丁)",
        "副队长 2 名，一般 3 至 5 名",
    ),
    row("R06.2二-06", "check", LEAGUE, "posts=", "没有秘书长"),
    row(
        "R06.2二-06",
        "check",
        LEAGUE,
        "posts=(post:秘书长;holder:甲)(post:秘书长;holder:乙)",
        "秘书长有 2 人：甲、乙",
    ),
    row(
        "R06.2三-02",
        "check",
        SOCIETY,
        "posts=(post:队长;holder:甲;from:2027-01-01)",
        "没有队长",
    ),
    row("R06.2三-04", "check", SOCIETY, "posts=", "没有副队长"),
    row(
        "R06.2四-02",
        "check",
        UNIVERSITY,
        "posts=(post:队长;holder:甲)(post:队长;holder:乙)",
        "队长有 2 人",
    ),
    row("R06.2五-03", "check", FIRM, "posts=", "没有负责人"),
    row("R06.2五-03", "check", PARK, "posts=", "没有负责人"),
    row(
        "R06.2五-03",
        "check",
        FIRM,
        "posts=(post:负责人;holder:甲;holder_post:科协主席)(post:负责人;holder:乙;holder_post:科协主席)",
        "负责人有 2 人",
    ),
    row(
        "R06.2五-03",
        "check",
        PARK,
        "posts=(post:负责人;holder:甲;holder_post:科协主席)(post:队长;holder:乙;holder_post:科协主席)",
        "负责人有 2 人",
    ),
    row(
        "R06.2六-02",
        "check",
        COUNTY,
        "posts=",
        "没有队长，已空缺 911 天",
    ),
    row(
        "R06.2六-04",
        "check",
        COUNTY,
        "posts=",
        "副队长 0 名，一般 2 至 3 名",
    ),
    row(
        "R06.2一-03",
        "check",
        TOP,
        "posts=(post:总队长;holder:甲;holder_post:赤峰市科协主席)",
        "由自治区科协负责同志担任",
    ),
    row(
        "R06.2一-05",
        "check",
        TOP,
        "posts=(post:副总队长;holder:乙)",
        "没有登记单位职务",
    ),
    row(
        "R06.2二-03",
        "check",
        LEAGUE,
        "posts=(post:队长;holder:甲;holder_post:通辽市科协主席)",
        "原则上由盟市科协主席",
    ),
    row(
        "R06.2二-07",
        "check",
        LEAGUE,
        "posts=(post:秘书长;holder:乙;holder_post:市科协科普部副部长)",
        "分管科普",
    ),
    row(
        "R06.2三-03",
        "check",
        SOCIETY,
        "posts=(post:队长;holder:甲;holder_post:副理事长)",
        "原则上由学会理事长",
    ),
    row(
        "R06.2四-03",
        "check",
        UNIVERSITY,
        "posts=(post:队长;holder:甲;holder_post:团委书记)",
        "建议由高校",
    ),
    row(
        "R06.2四-07",
        "check",
        DEPARTMENT,
        "posts=(post:负责人;holder:甲;holder_post:教务处长)",
        "所在院系负责同志",
    ),
    row(
        "R06.2五-03",
        "check",
        FIRM,
        "posts=(post:负责人;holder:甲;holder_post:工会主席)",
        "企业科协",
    ),
    row(
        "R06.2五-03",
        "check",
        PARK,
        "posts=(post:负责人;holder:甲;holder_post:科协副主席)",
        "园区科协",
    ),
    row(
        "R06.2六-03",
        "check",
        COUNTY,
        "posts=(post:队长;holder:甲;holder_post:红山区科协副主席)",
        "原则上由旗县",
    ),
];

/// What is held against a county's team as it stands, by id.
fn ids(team: &Record, world: &Few) -> Vec<&'static str> {
    let case = Case {
        before: None,
        after: team,
        act: STANDING,
        today: today(),
        world,
        sees: None,
    };
    standing(&case).map(|(rule, _)| rule.id).collect()
}

#[test]
fn a_post_may_stay_vacant_for_thirty_days_and_one_day_parts_two_terms() {
    let world = Few::of(WORLD);
    let led = |posts: &str| {
        let others = "(post:副队长;holder:乙)(post:副队长;holder:丙)";
        let team = record(&format!("{COUNTY} posts={posts}{others}"));
        ids(&team, &world).contains(&"R06.2六-02")
    };
    let left =
        |day: &str| format!("(post:队长;holder:甲;holder_post:科协主席;from:2024-01-01;to:{day})");
    let next = |day: &str| format!("(post:队长;holder:乙;holder_post:科协主席;from:{day})");
    assert!(!led(&left("2026-05-31")), "30 days");
    assert!(led(&left("2026-05-30")), "31 days");
    let today = today().to_string();
    for day in [today.as_str(), "2026-06-29"] {
        assert!(
            !led(&format!("{}{}", left(day), next(day))),
            "hands over on {day}"
        );
    }
    assert!(
        led(&format!("{}{}", left("2026-07-01"), next("2026-06-30"))),
        "two today"
    );
    assert!(
        led(&format!("{}{}", left("2026-01-01"), next("2026-07-01"))),
        "to come"
    );
}

#[test]
fn fifty_count_once_each_with_sub_teams_confirmed_and_able() {
    let mut world = Few::of(WORLD);
    world
        .0
        .retain(|_, one| one.kind == kezhi::domain::kind::Kind::Organisation);
    world.put(record(
        "ZZ-0010 name=分队 kind=分队 parent=ZZ-0003 area=150402 status=已成立",
    ));
    let person = |number: u64, more: &str| {
        record(&format!(
            "ZY-{number:06} name=甲 teams=ZZ-0003,ZZ-0010 status=在册 confirmed_on=2025-01-01 skills=心理 id_number=I{number} {more}"
        ))
    };
    for number in 1..=48 {
        world.put(person(number, ""));
    }
    world.put(person(49, "teams=ZZ-0010"));
    for (number, more) in [
        (60, "id_number=I1"),
        (61, "confirmed_on="),
        (62, "skills="),
        (63, "status=待核"),
        (64, "status=已退出"),
        (65, "teams=ZZ-0002"),
    ] {
        world.put(person(number, more));
    }
    let team = record(COUNTY);
    assert!(ids(&team, &world).contains(&"R06.2六-07"), "49 are too few");
    world.put(person(50, "teams=ZZ-0010"));
    assert!(!ids(&team, &world).contains(&"R06.2六-07"), "50 are enough");
}

#[test]
fn a_team_as_article_6_wants_it_has_no_finding() {
    let mut world = Few::of(WORLD);
    for number in 1..=50 {
        world.put(record(&format!(
            "ZY-{number:06} name=甲 teams=ZZ-0003 status=在册 confirmed_on=2025-01-01 skills=心理 platform_no=Y"
        )));
    }
    assert_eq!(ids(&record(COUNTY), &world), Vec::<&str>::new());
    let gone = record(&format!(
        "{COUNTY} status=已注销 posts= parent= area= name=错名 founder="
    ));
    assert_eq!(
        ids(&gone, &world),
        Vec::<&str>::new(),
        "what is dissolved is not judged"
    );
}
