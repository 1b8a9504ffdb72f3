//! Imports and exports on the command line: judged, written, told, and read back.

use std::path::Path;

use crate::command::{Desk, json, kezhi, ok};

fn import(
    dir: &Path,
    kind: &str,
    name: &str,
    text: &str,
    more: &[&str],
) -> (serde_json::Value, i32) {
    let path = dir.join(name);
    std::fs::write(&path, text).unwrap();
    run(dir, kind, path.to_str().unwrap(), more)
}

fn run(dir: &Path, kind: &str, path: &str, more: &[&str]) -> (serde_json::Value, i32) {
    let mut args = vec!["--json", "import", kind, path];
    args.extend(more);
    let out = kezhi(dir, &args);
    let answer = serde_json::from_slice(&out.stdout).unwrap_or_else(|error| {
        panic!("{error}: {}", String::from_utf8_lossy(&out.stderr));
    });
    (answer, out.status.code().unwrap())
}

fn counts(answer: &serde_json::Value) -> [u64; 5] {
    ["rows", "accepted", "updated", "rejected", "written"].map(|key| answer[key].as_u64().unwrap())
}

fn told(answer: &serde_json::Value) -> Vec<(u64, String)> {
    let problems = answer["problems"].as_array().unwrap();
    problems
        .iter()
        .map(|problem| {
            assert!(!problem["message"].as_str().unwrap().is_empty());
            let field = problem["field"].as_str().unwrap_or("").to_owned();
            (problem["row"].as_u64().unwrap(), field)
        })
        .collect()
}

#[test]
fn new_ones_are_told_with_the_step_that_leads_on() {
    let desk = Desk::new();
    let dir = desk.path();
    let said = |kind: &str, name: &str, text: &str, more: &[&str]| {
        let path = dir.join(name);
        std::fs::write(&path, text).unwrap();
        let mut args = vec!["import", kind, path.to_str().unwrap()];
        args.extend(more);
        ok(dir, &args)
    };
    let people = "姓名,手机,所属组织\n赵敏,13912344471,红山区\n李晓东,13912344472,红山区\n";
    let dry = said("volunteer", "a.csv", people, &["--dry-run"]);
    assert!(!dry.contains("kezhi do"), "{dry}");
    let first = said("volunteer", "a.csv", people, &[]);
    assert!(
        first.contains("新登记的 2 条为待核，确认用：kezhi do confirm 编号"),
        "{first}"
    );
    ok(dir, &["do", "confirm", "ZY-000001"]);
    let again = said(
        "volunteer",
        "b.csv",
        "编号,姓名,工作单位\nzy1,赵敏,某局\n",
        &[],
    );
    assert!(
        again.contains("已写入 1") && !again.contains("kezhi do"),
        "{again}"
    );
    let teams = "名称,类别,上级组织\n红山中学科技志愿服务分队,分队,红山区\n";
    let team = said("organisation", "c.csv", teams, &["--lang", "en"]);
    assert!(
        team.contains("the 1 new ones are planned; to found: kezhi do found CODE"),
        "{team}"
    );
}

#[test]
fn everything_that_is_wrong_with_a_row_is_told_at_once() {
    let desk = Desk::new();
    let dir = desk.path();
    let text = "姓名,身份证号,出生日期,性别,手机,所属组织,旗县,尺码\n\
        王3,11010519491231002X,1990-01-01,男,123,某队,左旗,XL\n\
        李晓东,,2015-06-01,,13912344471,红山区,红山区,L\n\
        赵敏,,,,,,,\n";
    let (answer, code) = import(dir, "volunteer", "a.csv", text, &[]);
    assert_eq!(code, 3);
    assert_eq!(counts(&answer), [3, 0, 0, 3, 0]);
    let of = |row: u64| -> Vec<String> {
        told(&answer)
            .into_iter()
            .filter(|one| one.0 == row)
            .map(|one| one.1)
            .collect()
    };
    assert_eq!(of(2), ["name", "gender", "birth", "phone", "area", "teams"]);
    assert_eq!(of(3), ["guardian"]);
    assert_eq!(of(4), ["phone", "teams"]);
    let mut keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(
        keys,
        [
            "accepted", "file", "problems", "rejected", "rejects", "rows", "updated", "written"
        ]
    );
    let rejects = std::fs::read_to_string(answer["rejects"].as_str().unwrap()).unwrap();
    let line = rejects.lines().nth(1).unwrap();
    for part in [
        "数字「3」",
        "出生日期",
        "性别",
        "手机",
        "没有叫「某队」",
        "可指多处",
    ] {
        assert_eq!(line.contains(part), part != "{part}: {line}");
    }
    assert!(line.ends_with("王3,11010519491231002X,1990-01-01,男,123,某队,左旗,XL"));
    let out = kezhi(
        dir,
        &[
            "--lang",
            "en",
            "import",
            "volunteer",
            dir.join("a.csv").to_str().unwrap(),
        ],
    );
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(text.contains("aged 11") && text.contains("尺码"), "{text}");
    assert_eq!(json(dir, &["list", "volunteer"]), serde_json::json!([]));
}

#[test]
fn known_people_are_updated_and_shown_as_a_difference() {
    let desk = Desk::new();
    let dir = desk.path();
    let text = "姓名,身份证号,手机,所属组织,工作单位\n\
        单立文,11010519491231002X,13912344471,红山区,\n\
        李晓东,,13912344472,红山区,\n";
    let (answer, code) = import(dir, "volunteer", "a.csv", text, &[]);
    assert_eq!((counts(&answer), code), ([2, 2, 0, 0, 2], 0));
    let (answer, code) = import(dir, "volunteer", "a.csv", text, &[]);
    assert_eq!(
        (counts(&answer), code),
        ([2, 2, 0, 0, 0], 0),
        "the same again says nothing new"
    );
    // Who has no document and comes with something new cannot be told from a namesake.
    let text = "姓名,手机,所属组织,工作单位\n李晓东,13912344472,红山区,农牧局\n";
    let (answer, code) = import(dir, "volunteer", "c.csv", text, &[]);
    assert_eq!((counts(&answer), code), ([1, 0, 0, 1, 0], 3));
    assert!(
        answer["problems"][0]["message"]
            .as_str()
            .unwrap()
            .contains("ZY-000002")
    );
    let text = "编号,姓名,身份证号,手机,所属组织,工作单位,技能\n\
        ,单立文,11010519491231002X,13912344479,红山区,赤峰市农牧局,\n\
        ZY-000002,李晓东,,13912344472,红山区科技志愿服务队,,农牧技术 科普宣讲\n\
        ZY-000002,王芳,,13912344473,红山区,,\n\
        zy-9,李晓东,,13912344474,红山区,,\n";
    let path = dir.join("b.csv");
    std::fs::write(&path, text).unwrap();
    let out = kezhi(
        dir,
        &["import", "volunteer", path.to_str().unwrap(), "--dry-run"],
    );
    let shown = String::from_utf8(out.stdout).unwrap();
    for part in [
        "更新已有 2",
        "ZY-000001",
        "工作单位：— → 赤峰市农牧局",
        "手机：139****4471 → 139****4479",
        "技能：— → 农牧技术、科普宣讲",
        "ZY-000002 是「李晓东」，表中写的是「王芳」",
        "没有编号为「zy-9」的志愿者",
        "只是核对",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(
        !shown.contains("13912344479"),
        "a difference is masked: {shown}"
    );
    assert_eq!(
        json(dir, &["show", "ZY-000001"])["rev"],
        1,
        "a rehearsal writes nothing"
    );
    let (answer, code) = run(
        dir,
        "volunteer",
        path.to_str().unwrap(),
        &["--accept-valid"],
    );
    assert_eq!((counts(&answer), code), ([4, 0, 2, 2, 2], 3));
    let one = json(dir, &["show", "ZY-000001"]);
    assert_eq!(
        (&one["rev"], &one["fields"]["employer"]),
        (&2.into(), &"赤峰市农牧局".into())
    );
    let history = ok(dir, &["history", "ZY-000001"]);
    assert!(
        history.contains("导入修改  b.csv") && history.contains("导入新建  a.csv"),
        "{history}"
    );
    assert_eq!(
        json(dir, &["list", "volunteer"]).as_array().unwrap().len(),
        2
    );
    assert!(ok(dir, &["verify"]).contains("一致"));
}

#[test]
fn the_same_person_twice_in_a_sheet_is_refused_with_the_other_row() {
    let desk = Desk::new();
    let text = "姓名,身份证号,手机,所属组织\n\
        单立文,11010519491231002X,13912344471,红山区\n\
        张三,11010519491231002x,13912344472,红山区\n\
        单立文,,139 1234 4471,松山区\n\
        单立武,,13912344471,红山区\n";
    let (answer, _) = import(desk.path(), "volunteer", "a.csv", text, &["--accept-valid"]);
    assert_eq!(
        counts(&answer),
        [4, 2, 0, 2, 2],
        "a family may share a phone: {answer}"
    );
    for (at, row) in [(0, 3), (1, 4)] {
        let problem = &answer["problems"][at];
        assert_eq!(problem["row"], row);
        assert!(
            problem["message"].as_str().unwrap().contains("第 2 行"),
            "{problem}"
        );
    }
}

#[test]
fn organisations_come_in_with_those_below_them_and_known_ones_keep_their_names() {
    let desk = Desk::new();
    let dir = desk.path();
    let text = "名称,类别,上级组织,属地,地址\n\
        红山区科技志愿服务队,,,,新城路1号\n\
        内蒙古工业大学科技志愿服务队,高校队,内蒙古自治区科技志愿服务总队,呼和浩特市,\n\
        内蒙古工业大学电力学院科技志愿服务分队,分队,内蒙古工业大学科技志愿者队,呼和浩特市,\n\
        某学院分队,分队,没有的队,呼和浩特市,\n\
        某旗队,旗县队,内蒙古自治区科技志愿服务总队,,\n\
        无类别队,,,,\n";
    let (answer, code) = import(dir, "organisation", "a.csv", text, &["--accept-valid"]);
    assert_eq!((counts(&answer), code), ([6, 2, 1, 3, 3], 3), "{answer}");
    assert_eq!(
        told(&answer),
        [
            (5, "parent".to_owned()),
            (6, "parent".into()),
            (7, "kind".into())
        ]
    );
    let known = json(dir, &["show", "ZZ-0035"]);
    assert_eq!(
        known["fields"]["name"], "红山区科技志愿者队",
        "another spelling is no new name"
    );
    assert_eq!(known["fields"]["address"], "新城路1号");
    assert_eq!(
        json(dir, &["show", "ZZ-0118"])["fields"]["parent"],
        "ZZ-0117"
    );
    assert!(ok(dir, &["verify"]).contains("一致"));
    let text = "编号,名称,地址\nZZ-0117,内蒙古工业大学科技志愿服务队,金川\nZZ-0118,别的队,金川\n";
    let (answer, _) = import(dir, "organisation", "b.csv", text, &["--accept-valid"]);
    assert_eq!(counts(&answer), [2, 0, 1, 1, 1], "{answer}");
}

#[test]
fn a_sheet_of_organisations_may_say_who_leads_them() {
    let desk = Desk::new();
    let dir = desk.path();
    let text = "名称,队长,副队长,联系人,联系电话\n\
        红山区科技志愿者队,刘 洋,甲、乙,丙,0476-8220000\n\
        松山区科技志愿者队,,张3,,\n";
    let (answer, _) = import(dir, "organisation", "a.csv", text, &["--accept-valid"]);
    assert_eq!(counts(&answer), [2, 0, 1, 1, 1], "{answer}");
    assert_eq!(told(&answer), [(3, "posts".to_owned())]);
    let holders = || {
        let shown = json(dir, &["show", "ZZ-0035"]);
        let posts = shown["fields"]["posts"].as_array().unwrap().clone();
        posts
            .iter()
            .map(|post| {
                format!(
                    "{}{}",
                    post["post"].as_str().unwrap(),
                    post["holder"].as_str().unwrap()
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(holders(), ["队长刘洋", "副队长甲", "副队长乙", "联系人丙"]);
    let text = "名称,队长,副队长\n红山区科技志愿者队,赵敏,甲、丁\n";
    let (answer, _) = import(dir, "organisation", "b.csv", text, &[]);
    assert!(
        answer["problems"][0]["message"]
            .as_str()
            .unwrap()
            .contains("relieve ZZ-0035 post=队长 holder=刘洋"),
        "{answer}"
    );
    let text = "名称,队长,副队长\n红山区科技志愿者队,刘洋,丁\n";
    let (answer, _) = import(dir, "organisation", "c.csv", text, &[]);
    assert_eq!(counts(&answer), [1, 0, 1, 0, 1], "{answer}");
    assert_eq!(holders().len(), 5);
}

#[test]
fn a_full_export_comes_back_without_a_difference() {
    let desk = Desk::new();
    let dir = desk.path();
    ok(dir, &["demo", "--size", "S", "--no-open"]);
    ok(
        dir,
        &[
            "do",
            "appoint",
            "ZZ-0035",
            "post=副队长",
            "holder=刘洋",
            "phone=13800000009",
        ],
    );
    for (kind, rows) in [("volunteer", 2000), ("organisation", 132)] {
        for extension in ["csv", "xlsx"] {
            let path = dir.join(format!("{kind}.{extension}"));
            let path = path.to_str().unwrap();
            ok(
                dir,
                &["export", kind, "-o", path, "--full", "--reason", "年度核对"],
            );
            let (answer, code) = run(dir, kind, path, &[]);
            assert_eq!(
                (counts(&answer), code),
                ([rows, rows, 0, 0, 0], 0),
                "{kind}.{extension}: {answer}"
            );
        }
    }
    let masked = dir.join("masked.csv");
    ok(
        dir,
        &["export", "volunteer", "-o", masked.to_str().unwrap()],
    );
    let (answer, _) = run(
        dir,
        "volunteer",
        masked.to_str().unwrap(),
        &["--accept-valid"],
    );
    assert_eq!(
        counts(&answer),
        [2000, 0, 0, 2000, 0],
        "what is masked never overwrites what is not"
    );
}

#[test]
fn an_export_takes_what_is_asked_for_and_disarms_formulas() {
    let desk = Desk::new();
    let dir = desk.path();
    for (phone, team, employer) in [
        ("13912344471", "ZZ-0035", "=cmd|' /C calc'!A0"),
        ("13912344472", "ZZ-0005", "+1+2"),
        ("13912344473", "ZZ-0002", "-2+3"),
    ] {
        let fields = [
            format!("phone={phone}"),
            format!("teams={team}"),
            format!("employer={employer}"),
        ];
        ok(
            dir,
            &[
                "new",
                "volunteer",
                "name=甲",
                &fields[0],
                &fields[1],
                &fields[2],
            ],
        );
    }
    let export = |name: &str, more: &[&str]| -> String {
        let path = dir.join(name);
        let mut args = vec!["export", "volunteer", "-o", path.to_str().unwrap()];
        args.extend(more);
        ok(dir, &args);
        std::fs::read_to_string(&path).unwrap_or_default()
    };
    let all = export("a.csv", &[]);
    assert!(all.starts_with('\u{feff}'));
    for cell in [",'=cmd|' /C calc'!A0,", ",'+1+2,", ",'-2+3,"] {
        assert!(all.contains(cell), "{cell}: {all}");
    }
    let rows = |text: &str| text.matches("ZY-").count();
    assert_eq!(rows(&all), 3);
    assert_eq!(
        rows(&export("b.csv", &["--org", "赤峰市科技志愿服务队"])),
        2
    );
    assert_eq!(rows(&export("c.csv", &["--org", "ZZ-0002"])), 1);
    assert_eq!(rows(&export("d.csv", &["--where", "employer=+1+2"])), 1);
    let full = export("e.csv", &["--org", "ZZ-0035", "--full", "--reason", "核对"]);
    assert!(full.contains("原因：核对") && full.contains("13912344471") && rows(&full) == 1);
    assert!(ok(dir, &["log", "export"]).contains("核对；org=ZZ-0035"));
}
