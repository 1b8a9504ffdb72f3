//! The command line, promise by promise.

use crate::command::{Desk, json, kezhi, ok};

pub fn refused(desk: &Desk, args: &[&str]) -> (i32, serde_json::Value) {
    let mut all = vec!["--json"];
    all.extend(args);
    let out = kezhi(desk.path(), &all);
    let text = String::from_utf8_lossy(&out.stderr).into_owned();
    let refusal: serde_json::Value = serde_json::from_str(text.trim())
        .unwrap_or_else(|error| panic!("{args:?}: {error}: {text}"));
    (out.status.code().unwrap(), refusal["refusal"].clone())
}

pub const PERSON: [&str; 5] = [
    "new",
    "volunteer",
    "name=单立文",
    "phone=13912344471",
    "teams=红山区",
];

#[test]
fn every_exit_code_is_given_and_every_refusal_is_json() {
    let desk = Desk::new();
    ok(desk.path(), &PERSON);
    let cases: &[(&[&str], i32, &str)] = &[
        (&["frobnicate"], 2, "usage"),
        (&["list", "volunteer", "--limit", "many"], 2, "usage"),
        (&["list"], 2, "usage"),
        (&["list", "volunteer", "--frob"], 2, "usage"),
        (&["list", "nonsense"], 2, "usage"),
        (&["list", "volunteer", "--where", "nonsense=1"], 2, "usage"),
        (&["list", "volunteer", "--sort", "nonsense"], 2, "usage"),
        (&["edit", "zy1", "employer"], 2, "usage"),
        (&["edit", "zy1", "status=在册"], 2, "usage"),
        (&["do", "nonsense", "zy1"], 2, "usage"),
        (&["find", "x", "--as-of", "2026-01-01"], 2, "usage"),
        (&["show", "zy1", "--as-of", "去年"], 2, "usage"),
        (&["edit", "zy1", "phone=139"], 3, "invalid"),
        (&["edit", "zy1", "birth=2024-01-01"], 3, "rule"),
        (&PERSON, 3, "confirm"),
        (&["show", "ZY-000009"], 4, "not_found"),
        (&["edit", "zy9", "employer=x"], 4, "not_found"),
        (&["edit", "zy1", "employer=x", "--rev", "7"], 6, "stale"),
    ];
    for (args, code, kind) in cases {
        let (exit, refusal) = refused(&desk, args);
        assert_eq!(
            (exit, refusal["kind"].as_str()),
            (*code, Some(*kind)),
            "{args:?}"
        );
        for key in ["message", "hint"] {
            assert!(refusal[key].is_string(), "{args:?}: {refusal}");
        }
        assert!(!refusal["message"].as_str().unwrap().is_empty());
        assert!(refusal.get("article").is_some() && refusal.get("field").is_some());
    }
    let (_, refusal) = refused(&desk, &["edit", "zy1", "phone=139"]);
    assert_eq!(refusal["field"], "phone");
    let (_, refusal) = refused(&desk, &["edit", "zy1", "birth=2024-01-01"]);
    assert_eq!(refusal["field"], "birth");
    assert!(refusal["article"].as_str().unwrap().contains("第七条"));
    // A damaged store is a fault; a service that is not there is 7.
    ok(desk.path(), &["stop"]);
    assert_eq!(refused(&desk, &["status"]).0, 7);
    assert_eq!(refused(&desk, &["stop"]).0, 7);
    std::fs::write(desk.path().join("store.redb"), "no store").unwrap();
    let (exit, refusal) = refused(&desk, &["find", "x"]);
    assert_eq!(exit, 7, "{refusal}");
    let out = kezhi(desk.path(), &["--json", "serve"]);
    assert_eq!(out.status.code(), Some(1));
}

#[test]
fn both_languages_refuse() {
    let desk = Desk::new();
    let out = kezhi(desk.path(), &["--lang", "en", "frobnicate"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(
        said.contains("there is no command") && !said.contains("没有"),
        "{said}"
    );
    let shown = ok(desk.path(), &["--lang", "en", "show", "zz35"]);
    assert!(
        shown.contains("county team") && !shown.contains("旗县队"),
        "{shown}"
    );
    let listed = ok(desk.path(), &["--lang", "en", "find", "hsq"]);
    assert!(listed.contains("due"), "{listed}");
    let said = kezhi(desk.path(), &["frobnicate"]).stderr;
    assert!(String::from_utf8_lossy(&said).contains("没有命令「frobnicate」"));
}

#[test]
fn a_stale_edit_shows_the_others_version() {
    let desk = Desk::new();
    ok(desk.path(), &PERSON);
    ok(desk.path(), &["edit", "zy1", "employer=赤峰市农牧局"]);
    let out = kezhi(
        desk.path(),
        &["--json", "edit", "zy1", "employer=别处", "--rev", "1"],
    );
    assert_eq!(out.status.code(), Some(6));
    let theirs: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(
        (&theirs["rev"], &theirs["fields"]["employer"]),
        (&2.into(), &"赤峰市农牧局".into())
    );
    let refusal: serde_json::Value = serde_json::from_slice(&out.stderr).unwrap();
    assert_eq!(refusal["refusal"]["rev"], 2);
}

#[test]
fn values_are_taken_as_people_write_them() {
    let desk = Desk::new();
    let dir = desk.path();
    let file = dir.join("单位.txt");
    std::fs::write(&file, "赤峰市农牧局\n").unwrap();
    let employer = format!("employer=@{}", file.display());
    let mut args = PERSON.to_vec();
    args.extend([
        "identity=kxjsgzz",
        "id_type=2",
        "id_number=E12345678",
        "gender=f",
        "skills=农牧,kpxj，3、摄影",
        "languages=[\"蒙古语\",\"普通话\"]",
        "area=阿左旗",
        "joined_on=2024年3月5日",
        &employer,
    ]);
    let (_, refusal) = refused(&desk, &args);
    assert_eq!(refusal["field"], "identity", "{refusal}");
    args[5] = "identity=kjgzz";
    let fields = json(dir, &args)["fields"].clone();
    assert_eq!(fields["identity"], "科技工作者", "by initials");
    assert_eq!(fields["id_type"], "护照", "by number");
    assert_eq!(
        fields["gender"], "女",
        "by the beginning of the English word"
    );
    assert_eq!(
        fields["skills"],
        serde_json::json!(["农牧技术", "科普宣讲", "青少年科技教育", "摄影"])
    );
    assert_eq!(fields["languages"], serde_json::json!(["蒙古语", "普通话"]));
    assert_eq!(fields["area"], "152921");
    assert_eq!(fields["joined_on"], "2024-03-05");
    assert_eq!(fields["employer"], "赤峰市农牧局");
    let fields = json(dir, &["edit", "zy1", "employer=", "skills="])["fields"].clone();
    assert!(
        fields.get("employer").is_none() && fields.get("skills").is_none(),
        "cleared"
    );
    assert_eq!(
        refused(&desk, &["edit", "zy1", "name="]).0,
        3,
        "a required field is not cleared"
    );
    assert_eq!(
        refused(&desk, &["edit", "zy1", "employer=@/nonexistent"]).0,
        2
    );
}

#[test]
fn lists_are_filtered_sorted_and_paged() {
    let desk = Desk::new();
    let dir = desk.path();
    for (name, phone, area) in [
        ("乙人", "13900000001", "红山区"),
        ("丙人", "13900000002", "松山区"),
        ("甲人", "13900000003", "包头"),
    ] {
        let (name, phone, area) = (
            format!("name={name}"),
            format!("phone={phone}"),
            format!("area={area}"),
        );
        ok(
            dir,
            &["new", "volunteer", &name, &phone, &area, "teams=红山区"],
        );
    }
    ok(dir, &["do", "confirm", "zy2"]);
    let codes = |args: &[&str]| -> Vec<String> {
        let all = json(dir, args);
        let all = all.as_array().unwrap().iter();
        all.map(|one| {
            one["code"]
                .as_str()
                .unwrap()
                .trim_start_matches("ZY-00000")
                .to_owned()
        })
        .collect()
    };
    assert_eq!(codes(&["list", "volunteer"]), ["1", "2", "3"]);
    assert_eq!(codes(&["list", "volunteer", "--limit", "2"]), ["1", "2"]);
    assert_eq!(
        codes(&["list", "volunteer", "--limit", "2", "--after", "zy2"]),
        ["3"]
    );
    assert_eq!(
        codes(&["list", "volunteer", "--where", "area=赤峰"]),
        ["1", "2"],
        "a league holds its counties"
    );
    assert_eq!(codes(&["list", "volunteer", "--where", "status=zc"]), ["2"]);
    assert_eq!(
        codes(&[
            "list",
            "volunteer",
            "--where",
            "area=赤峰",
            "--where",
            "status=待核"
        ]),
        ["1"]
    );
    assert_eq!(
        codes(&["list", "volunteer", "--sort", "-phone"]),
        ["3", "2", "1"]
    );
    // More than one page of the service comes as one answer.
    assert_eq!(
        json(dir, &["list", "organisation", "--limit", "5000"])
            .as_array()
            .unwrap()
            .len(),
        116
    );
    let out = kezhi(dir, &["list", "organisation", "--limit", "3"]);
    assert!(
        String::from_utf8_lossy(&out.stderr).contains("--after ZZ-0003"),
        "more is to come"
    );
}

#[test]
fn a_day_may_be_named_where_it_matters() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut person = PERSON.to_vec();
    person.extend(["birth=2010-03-01", "guardian=单父 13800000001"]);
    ok(dir, &person);
    let age = |day: &str| json(dir, &["show", "zy1", "--as-of", day])["age"].clone();
    assert_eq!(age("2020-02-29"), 9);
    assert_eq!(age("2020-03-01"), 10);
    assert!(ok(dir, &["show", "zy1", "--as-of", "2020/3/1"]).contains("（10 周岁）"));
    ok(
        dir,
        &[
            "do",
            "appoint",
            "zz35",
            "post=队长",
            "holder=刘洋",
            "from=2023-01-01",
        ],
    );
    ok(
        dir,
        &[
            "do",
            "relieve",
            "zz35",
            "post=队长",
            "holder=刘洋",
            "to=2025-01-01",
        ],
    );
    ok(
        dir,
        &[
            "do",
            "appoint",
            "zz35",
            "post=dz",
            "holder=王一",
            "from=2025-01-01",
        ],
    );
    let leader = |day: &str| {
        let shown = json(dir, &["show", "zz35", "--as-of", day]);
        let posts = shown["fields"]["posts"].as_array().unwrap().clone();
        posts
            .iter()
            .map(|post| post["holder"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(leader("2022-12-31").is_empty());
    assert_eq!(leader("2023-01-01"), ["刘洋"]);
    assert_eq!(leader("2024-12-31"), ["刘洋"]);
    assert_eq!(leader("2025-01-01"), ["王一"]);
    let shown = ok(dir, &["show", "zz35", "--as-of", "2024-06-01"]);
    assert!(shown.contains("王一  2025-01-01  未到任"), "{shown}");
    let shown = ok(dir, &["show", "zz35", "--as-of", "2025-06-01"]);
    assert!(shown.contains("已离任"), "{shown}");
    let listed = json(dir, &["list", "volunteer", "--as-of", "2020-03-01"]);
    assert_eq!(listed[0]["age"], 10);
}

#[test]
fn a_history_says_who_changed_what_from_what_to_what() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut person = PERSON.to_vec();
    person.push("area=红山区");
    ok(dir, &person);
    ok(
        dir,
        &[
            "edit",
            "zy1",
            "employer=一中",
            "teams=松山区",
            "area=松山区",
            "phone=13912340000",
        ],
    );
    ok(dir, &["do", "confirm", "zy1"]);
    ok(dir, &["do", "suspend", "zy1", "note=出国"]);
    ok(dir, &["reveal", "zy1", "phone", "--reason", "来电核对"]);
    let said = ok(dir, &["history", "zy1"]);
    let who = uzers::get_current_username()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    for wanted in [
        format!("{who}  查看隐藏项  手机  来电核对").as_str(),
        &format!("{who}  暂停"),
        "状态: 待核 → 在册",
        "工作单位: — → 一中",
        "所属组织: − ZZ-0035 红山区科技志愿者队",
        "所属组织: + ZZ-0037 松山区科技志愿者队",
        "属地: 150402 赤峰市红山区 → 150404 赤峰市松山区",
        "手机: 139****4471 → 139****0000",
    ] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
    let entries = json(dir, &["history", "zy1"]);
    assert_eq!(entries.as_array().unwrap().len(), 5, "newest first");
    assert_eq!(entries[4]["entry"]["action"], "new");
}

#[test]
fn the_tables_print_themselves() {
    let desk = Desk::new();
    let dir = desk.path();
    let fields = ok(dir, &["fields", "volunteer"]);
    for wanted in [
        "id_number",
        "证件号码",
        "隐藏",
        "由步骤填",
        "必填",
        "科普宣讲",
    ] {
        assert!(fields.contains(wanted), "{wanted}");
    }
    assert!(!ok(dir, &["--lang", "en", "fields"]).contains("必填"));
    assert!(json(dir, &["fields"]).as_array().unwrap().len() > 60);
    let keys = ok(dir, &["keys"]);
    assert!(keys.contains("F1") && keys.contains("帮助"), "{keys}");
    let saves = keys
        .lines()
        .find(|line| line.contains("F8") && line.contains("表单"));
    assert!(saves.is_some(), "a key says where it does what: {keys}");
    assert!(
        json(dir, &["keys"])
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["keys"].is_array())
    );
    assert!(ok(dir, &["rights"]).contains("export_full"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(ok(dir, &["completions", shell]).contains("kezhi"));
    }
    let man = ok(dir, &["man"]);
    for page in ["kezhi 1", "kezhi-find", "kezhi-edit", "kezhi-backup"] {
        assert!(
            man.contains(&format!(".TH {}", page.replace('-', "\\-"))) || man.contains(page),
            "{page}"
        );
    }
    let steps = ok(dir, &["steps", "zz35"]);
    assert!(
        steps.contains("founder=发起单位*") && steps.contains("dissolve"),
        "{steps}"
    );
}

#[test]
fn what_the_regulation_leaves_open_is_a_setting() {
    let desk = Desk::new();
    let dir = desk.path();
    assert!(ok(dir, &["setting"]).contains("本单位规定"));
    let five = "teams=红山区,松山区,元宝山区,包头,赤峰";
    ok(
        dir,
        &["new", "volunteer", "name=单立文", "phone=13912344471", five],
    );
    let six = format!("{five},乌海");
    let (code, refusal) = refused(&desk, &["edit", "zy1", &six]);
    assert_eq!((code, refusal["article"].as_str()), (3, Some("本单位规定")));
    ok(
        dir,
        &["setting", "most_teams=6", "--reason", "部务会 2026-3"],
    );
    assert_eq!(json(dir, &["setting"])[0]["value"], 6);
    ok(dir, &["edit", "zy1", &six]);
    ok(dir, &["setting", "most_teams=2"]);
    ok(dir, &["edit", "zy1", "employer=一中"]);
    assert_eq!(refused(&desk, &["setting", "most_teams=0"]).0, 3);
    assert_eq!(refused(&desk, &["setting", "nonsense=1"]).0, 2);
    let log = ok(dir, &["log", "export"]);
    assert!(
        log.contains("setting:most_teams") && log.contains("部务会 2026-3"),
        "{log}"
    );
    ok(dir, &["stop"]);
    assert_eq!(
        json(dir, &["setting"])[0]["value"],
        2,
        "it outlives the service"
    );
    ok(dir, &["setting", "most_teams="]);
    assert_eq!(json(dir, &["setting"])[0]["value"], 5);
    assert!(ok(dir, &["verify"]).contains("一致"));
}
