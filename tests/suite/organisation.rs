//! 组织: the skeleton of the region, every step, and what stands in its way.

use kezhi::domain::kind::Kind;
use kezhi::domain::place::{Level, places};
use kezhi::domain::skeleton::skeleton;
use kezhi::service::tree::spellings;

use crate::command::{Desk, json, kezhi, ok};

fn refusal(desk: &Desk, args: &[&str]) -> String {
    let out = kezhi(desk.path(), args);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(3), "{args:?}: {said}");
    said
}

#[test]
fn the_skeleton_is_the_region_of_article_six() {
    let records = skeleton();
    let count = |kind: &str| {
        records
            .iter()
            .filter(|one| one.text("kind") == kind)
            .count()
    };
    assert_eq!(
        (count("总队"), count("盟市队"), count("旗县队")),
        (1, 12, 103)
    );
    assert_eq!(places().len(), records.len());
    for (record, place) in records.iter().zip(places()) {
        assert_eq!(record.text("status"), "应成立");
        assert_eq!(record.text("area"), place.code);
        let parent = record.refs("parent").next().map(|code| code.number);
        let above = parent.map(|number| &records[number as usize - 1]);
        let above = above.map(|one| one.text("area"));
        assert_eq!(above, place.parent().map(|up| up.code), "{}", place.name);
        let name = record.title();
        match place.level() {
            Level::Region => assert_eq!(name, "内蒙古自治区科技志愿服务总队"),
            Level::League => assert_eq!(name, format!("{}科技志愿服务队", place.name)),
            Level::County => assert_eq!(name, format!("{}科技志愿者队", place.name)),
        }
        assert!(record.texts("aliases").any(|alias| alias == place.name));
        assert_eq!(
            record.code().to_string(),
            format!("ZZ-{:04}", record.number)
        );
    }
    let mut names: Vec<&str> = records.iter().map(|one| one.title()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), records.len(), "no two teams share a name");
}

/// The codes of the twelve leagues with the number of their counties (GB/T 2260).
const LEAGUES: [(&str, &str, usize); 12] = [
    ("150100", "呼和浩特市", 9),
    ("150200", "包头市", 9),
    ("150300", "乌海市", 3),
    ("150400", "赤峰市", 12),
    ("150500", "通辽市", 8),
    ("150600", "鄂尔多斯市", 9),
    ("150700", "呼伦贝尔市", 14),
    ("150800", "巴彦淖尔市", 7),
    ("150900", "乌兰察布市", 11),
    ("152200", "兴安盟", 6),
    ("152500", "锡林郭勒盟", 12),
    ("152900", "阿拉善盟", 3),
];

#[test]
fn the_places_are_the_divisions_of_the_region() {
    assert_eq!(LEAGUES.iter().map(|row| row.2).sum::<usize>(), 103);
    for (code, name, count) in LEAGUES {
        let league = places().iter().find(|place| place.code == code).unwrap();
        assert_eq!(league.name, name);
        let counties = places()
            .iter()
            .filter(|place| place.parent().is_some_and(|up| up.code == code));
        assert_eq!(counties.count(), count, "{name}");
    }
}

#[test]
fn every_step_of_a_team_is_taken_and_refused_with_its_reason() {
    let desk = Desk::new();
    let dir = desk.path();
    let status = |code: &str| json(dir, &["show", code])["fields"]["status"].clone();

    ok(dir, &["do", "plan", "zz35", "plan_on=2026-12-01"]);
    assert_eq!(status("zz35"), "筹建");
    assert!(refusal(&desk, &["do", "plan", "zz35"]).contains("应成立"));
    assert!(refusal(&desk, &["do", "found", "zz35"]).contains("发起单位"));
    ok(
        dir,
        &[
            "do",
            "found",
            "zz35",
            "founder=红山区科协",
            "day=2026-03-05",
            "founding_doc=红科发〔2026〕3号",
        ],
    );
    let shown = json(dir, &["show", "zz35"]);
    assert_eq!(shown["fields"]["founded_on"], "2026-03-05");
    assert_eq!(status("zz35"), "已成立");

    // A league's team stands under the 总队, a county's under its league; a circle is named.
    let said = refusal(&desk, &["do", "move", "zz35", "parent=ZZ-0001"]);
    assert!(
        said.contains("旗县队不能直接隶属总队") && said.contains("第六条"),
        "{said}"
    );
    let said = refusal(&desk, &["do", "move", "zz5", "parent=红山区"]);
    assert!(said.contains("成环"), "{said}");
    let said = refusal(&desk, &["do", "move", "zz35", "parent=包头"]);
    assert!(said.contains("属地"), "{said}");
    let said = refusal(&desk, &["edit", "zz35", "parent="]);
    assert!(said.contains("须有上级"), "{said}");

    let branch = [
        "new",
        "organisation",
        "name=红山中学科技志愿服务分队",
        "kind=fd",
        "parent=红山区",
        "area=红山区",
    ];
    let code = json(dir, &branch)["code"].as_str().unwrap().to_owned();
    assert_eq!(status(&code), "筹建");
    assert!(refusal(&desk, &branch).contains(&format!("同名组织：{code}")));
    let said = refusal(&desk, &["do", "dissolve", "zz35", "note=撤并"]);
    assert!(
        said.contains("1 个下级组织") && said.contains(&code),
        "{said}"
    );
    ok(
        dir,
        &[
            "new",
            "volunteer",
            "name=单立文",
            "phone=13912344471",
            &format!("teams={code}"),
        ],
    );
    assert!(refusal(&desk, &["do", "dissolve", &code, "note=撤并"]).contains("1 名志愿者"));
    ok(dir, &["do", "leave", "zy1", "note=搬家"]);
    assert!(refusal(&desk, &["do", "dissolve", &code]).contains("注销原因"));
    ok(dir, &["do", "dissolve", &code, "note=撤并"]);
    assert_eq!(status(&code), "已注销");
    let said = refusal(
        &desk,
        &[
            "new",
            "volunteer",
            "name=张三",
            "phone=13912344472",
            &format!("teams={code}"),
        ],
    );
    assert!(said.contains("已注销，不能加入"), "{said}");
    assert!(refusal(&desk, &["do", "register", "zy1"]).contains("已注销，不能加入"));
    for step in ["rename", "move", "found", "dissolve"] {
        let fields = ["name=新", "parent=松山区", "founder=某", "note=再"];
        let field = fields[["rename", "move", "found", "dissolve"]
            .iter()
            .position(|one| *one == step)
            .unwrap()];
        assert!(
            refusal(&desk, &["do", step, &code, field]).contains("已注销"),
            "{step}"
        );
    }
    // The name is free again, and means the new team from now on.
    let again = json(dir, &branch)["code"].as_str().unwrap().to_owned();
    assert_ne!(again, code);
    ok(
        dir,
        &[
            "new",
            "volunteer",
            "name=张三",
            "phone=13912344472",
            "teams=红山中学科技志愿服务分队",
        ],
    );
    assert_eq!(
        json(dir, &["show", "zy2"])["fields"]["teams"][0],
        again.as_str()
    );
    ok(dir, &["do", "move", &again, "parent=松山区"]);
    assert!(ok(dir, &["verify"]).contains("一致"));
}

#[test]
fn a_team_is_found_by_every_name_it_had() {
    let desk = Desk::new();
    let dir = desk.path();
    ok(dir, &["do", "rename", "zz35", "name=红山科技志愿者队"]);
    ok(dir, &["edit", "zz35", "name=红山城区科技志愿者队"]);
    ok(dir, &["do", "rename", "zz35", "name=红山科技志愿者队"]);
    let aliases = json(dir, &["show", "zz35"])["fields"]["aliases"].clone();
    assert_eq!(
        aliases,
        serde_json::json!(["红山区", "红山区科技志愿者队", "红山城区科技志愿者队"])
    );
    for name in [
        "红山区科技志愿者队",
        "红山城区科技志愿者队",
        "红山科技志愿者队",
    ] {
        for spelling in spellings(name) {
            let found = json(dir, &["find", &spelling, "--kind", "organisation"]);
            assert_eq!(found[0]["code"], "ZZ-0035", "{spelling}");
            let (name, phone) = ("name=单立文", "phone=13912344471");
            let teams = format!("teams={spelling}");
            let made = json(dir, &["new", "volunteer", name, phone, &teams, "--yes"]);
            assert_eq!(made["fields"]["teams"][0], "ZZ-0035");
        }
    }
}

#[test]
fn posts_have_terms_and_one_holder_holds_a_post_once() {
    let desk = Desk::new();
    let dir = desk.path();
    let appoint = |args: &[&str]| {
        let mut all = vec!["do", "appoint", "zz35"];
        all.extend(args);
        kezhi(dir, &all)
    };
    assert!(
        appoint(&[
            "post=队长",
            "holder=刘洋",
            "from=2024-01-01",
            "holder_post=红山区科协主席",
            "phone=0476-8221234"
        ])
        .status
        .success()
    );
    let said = String::from_utf8(appoint(&["post=队长", "holder=刘洋"]).stderr).unwrap();
    assert!(said.contains("自 2024-01-01 起已任队长"), "{said}");
    let said = String::from_utf8(appoint(&["post=总队长", "holder=刘洋"]).stderr).unwrap();
    assert!(said.contains("只设在总队"), "{said}");
    ok(
        dir,
        &["do", "appoint", "ZZ-0001", "post=总队长", "holder=王一"],
    );
    let said = refusal(
        &desk,
        &[
            "do",
            "relieve",
            "zz35",
            "post=队长",
            "holder=刘洋",
            "to=2023-12-31",
        ],
    );
    assert!(said.contains("早于任职日"), "{said}");
    assert!(
        refusal(
            &desk,
            &["do", "relieve", "zz35", "post=队长", "holder=王一"]
        )
        .contains("现在不任")
    );
    ok(
        dir,
        &[
            "do",
            "relieve",
            "zz35",
            "post=队长",
            "holder=刘洋",
            "to=2025-12-31",
        ],
    );
    let post = &json(dir, &["show", "zz35"])["fields"]["posts"][0];
    assert_eq!(
        (&post["from"], &post["to"]),
        (&"2024-01-01".into(), &"2025-12-31".into())
    );
    assert_eq!(post["holder_post"], "红山区科协主席");
    assert!(
        refusal(
            &desk,
            &["do", "relieve", "zz35", "post=队长", "holder=刘洋"]
        )
        .contains("现在不任")
    );
    assert!(
        appoint(&["post=队长", "holder=刘洋"]).status.success(),
        "again, later"
    );
    for post in kezhi::domain::organisation::POSTS {
        if !post.zh.ends_with("总队长") {
            let post = format!("post={}", post.zh);
            assert!(appoint(&[&post, "holder=那木"]).status.success(), "{post}");
        }
    }
    assert_eq!(Kind::Organisation.spec().first, "筹建");
}

#[test]
fn a_team_may_be_named_by_its_place_and_what_is_unclear_lists_the_choices() {
    let desk = Desk::new();
    let dir = desk.path();
    for (number, (typed, code)) in [
        ("红山区", "ZZ-0035"),
        ("赤峰", "ZZ-0005"),
        ("呼市", "ZZ-0002"),
        ("总队", "ZZ-0001"),
        ("翁旗", "ZZ-0043"),
        ("红山区科技", "ZZ-0035"),
        ("150402", "ZZ-0035"),
        ("ｚｚ35", "ZZ-0035"),
    ]
    .into_iter()
    .enumerate()
    {
        let (teams, phone) = (
            format!("teams={typed}"),
            format!("phone=1391234{number:04}"),
        );
        let made = json(dir, &["new", "volunteer", "name=单立文", &phone, &teams]);
        assert_eq!(made["fields"]["teams"][0], code, "{typed}");
    }
    for typed in ["左旗", "前旗", "乌市", "右旗"] {
        let teams = format!("teams={typed}");
        let said = refusal(
            &desk,
            &[
                "new",
                "volunteer",
                "name=单立文",
                "phone=13900000000",
                &teams,
            ],
        );
        assert!(
            said.contains("可指") && said.matches("ZZ-0").count() >= 2,
            "{said}"
        );
    }
    let said = refusal(
        &desk,
        &[
            "new",
            "volunteer",
            "name=单立文",
            "phone=13900000000",
            "teams=ZZ-9999",
        ],
    );
    assert!(said.contains("没有组织 ZZ-9999"), "{said}");
}

#[test]
fn a_credit_code_is_checked_where_it_is_typed() {
    let desk = Desk::new();
    let dir = desk.path();
    for (wrong, why) in [
        ("9115010000028508O0", "不会有「O」"),
        ("911501000002850841", "校验位"),
        ("9115010000028508", "16 位"),
    ] {
        let typed = format!("credit_code={wrong}");
        assert!(
            refusal(&desk, &["edit", "zz35", &typed]).contains(why),
            "{wrong}"
        );
    }
    ok(
        dir,
        &["edit", "zz35", "credit_code= 9115 0100 0002 8508 40 "],
    );
    assert_eq!(
        json(dir, &["find", "0840"])[0]["code"],
        "ZZ-0035",
        "by its last four"
    );
}

#[test]
fn mobiles_of_those_who_hold_posts_are_hidden_wherever_records_are_seen() {
    let desk = Desk::new();
    let dir = desk.path();
    let appoint = |post: &str, holder: &str, phone: &str| {
        let [post, holder, phone] = [
            format!("post={post}"),
            format!("holder={holder}"),
            format!("phone={phone}"),
        ];
        ok(dir, &["do", "appoint", "zz5", &post, &holder, &phone]);
    };
    appoint("队长", "郭铭", "13912344471");
    appoint("联系人", "吕振平", "0476-8233310");
    ok(dir, &["edit", "zz5", "note=改"]);

    let shown = json(dir, &["show", "zz5"]);
    let phone = |nth: usize| shown["fields"]["posts"][nth]["phone"].clone();
    assert_eq!(phone(0), "139****4471");
    assert_eq!(
        phone(1),
        "0476-8233310",
        "an office's landline is no secret"
    );
    let file = dir.join("out.json");
    ok(
        dir,
        &["export", "organisation", "-o", file.to_str().unwrap()],
    );
    let seen = [
        shown.to_string(),
        ok(dir, &["show", "zz5"]),
        ok(dir, &["history", "zz5"]),
        json(dir, &["history", "zz5"]).to_string(),
        json(dir, &["list", "organisation", "--where", "area=赤峰市"]).to_string(),
        std::fs::read_to_string(&file).unwrap(),
    ];
    for text in seen {
        assert!(!text.contains("13912344471"), "{text}");
    }

    let reveal = |key: &str| ok(dir, &["reveal", "zz5", key, "--reason", "来电核对"]);
    assert_eq!(reveal("posts.1.phone").trim(), "13912344471");
    assert!(ok(dir, &["history", "zz5"]).contains("任职 1 电话  来电核对"));
    for key in [
        "posts",
        "posts.1.holder",
        "posts.3.phone",
        "posts.1",
        "posts.x.phone",
    ] {
        let out = kezhi(dir, &["reveal", "zz5", key, "--reason", "来电核对"]);
        assert_eq!(out.status.code(), Some(2), "{key}");
    }
}

#[test]
fn a_step_that_cannot_be_taken_names_the_states_in_the_language_of_the_session() {
    let desk = Desk::new();
    ok(desk.path(), &["do", "plan", "zz35", "plan_on=2026-12-01"]);
    let out = kezhi(desk.path(), &["--lang", "en", "do", "plan", "zz35"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(
        said.contains("its state is planned; this needs due"),
        "{said}"
    );
}
