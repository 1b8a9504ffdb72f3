//! The program as it is called: the same binary, real files, a real service.

use std::path::Path;
use std::process::{Command, Output};

pub fn kezhi(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kezhi"))
        .arg("--data")
        .arg(dir)
        .args(args)
        .env_remove("KEZHI_SOCKET")
        .output()
        .unwrap()
}

pub fn ok(dir: &Path, args: &[&str]) -> String {
    let out = kezhi(dir, args);
    assert!(
        out.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8(out.stdout).unwrap()
}

pub fn json(dir: &Path, args: &[&str]) -> serde_json::Value {
    let mut all = vec!["--json"];
    all.extend(args);
    serde_json::from_str(&ok(dir, &all)).unwrap()
}

/// A data directory whose service ends with the test.
pub struct Desk(tempfile::TempDir);

impl Desk {
    pub fn new() -> Desk {
        Desk(tempfile::tempdir().unwrap())
    }
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = kezhi(self.path(), &["stop"]);
    }
}

#[test]
fn a_new_store_holds_the_region_and_finds_it() {
    let desk = Desk::new();
    let dir = desk.path();
    let all = json(dir, &["list", "organisation", "--limit", "200"]);
    assert_eq!(all.as_array().unwrap().len(), 116);
    let found = json(dir, &["find", "hsq"]);
    assert_eq!(found[0]["title"], "红山区科技志愿者队");
    assert_eq!(found[0]["status"], "应成立");
    for spelling in [
        "红山区科技志愿服务队",
        "红山区科技志愿者服务队",
        "红山区科技志愿者队",
    ] {
        assert_eq!(
            json(dir, &["find", spelling])[0]["code"],
            "ZZ-0035",
            "{spelling}"
        );
    }
}

#[test]
fn exit_codes_and_refusals_are_as_promised() {
    let desk = Desk::new();
    let dir = desk.path();
    let made = json(
        dir,
        &[
            "new",
            "volunteer",
            "name=单立文",
            "phone=+86 139-1234-4471",
            "teams=红山区",
            "id_number=11010519491231002x",
        ],
    );
    assert_eq!(made["code"], "ZY-000001");
    assert_eq!(made["fields"]["birth"], "1949-12-31");
    assert_eq!(made["fields"]["phone"], "139****4471");
    let code = |args: &[&str]| kezhi(dir, args).status.code().unwrap();
    assert_eq!(
        code(&["edit", "zy1", "employer=赤峰市农牧局", "--rev", "1"]),
        0
    );
    assert_eq!(code(&["edit", "zy1", "employer=别处", "--rev", "1"]), 6);
    assert_eq!(code(&["edit", "zy1", "employer=别处"]), 0);
    assert_eq!(
        code(&[
            "new",
            "volunteer",
            "name=王五",
            "phone=13800000001",
            "teams=ZZ-0035",
            "id_number=110105194912310021"
        ]),
        3
    );
    assert_eq!(code(&["show", "ZY-000099"]), 4);
    assert_eq!(code(&["new", "nonsense"]), 2);
    assert_eq!(code(&["frobnicate"]), 2);
    assert_eq!(
        code(&[
            "new",
            "volunteer",
            "name=单立文",
            "phone=13912344471",
            "teams=ZZ-0035"
        ]),
        3
    );
    assert_eq!(
        code(&[
            "new",
            "volunteer",
            "name=单立文",
            "phone=13912344471",
            "teams=ZZ-0035",
            "--yes"
        ]),
        0
    );
    let out = kezhi(
        dir,
        &[
            "--json",
            "new",
            "volunteer",
            "name=小童",
            "phone=13800000002",
            "teams=ZZ-0035",
            "birth=2024-01-01",
        ],
    );
    let refusal: serde_json::Value = serde_json::from_slice(&out.stderr).unwrap();
    assert_eq!(refusal["refusal"]["kind"], "rule");
    assert!(
        refusal["refusal"]["article"]
            .as_str()
            .unwrap()
            .contains("第七条")
    );
    assert_eq!(code(&["do", "confirm", "zy1"]), 0);
    assert_eq!(code(&["do", "confirm", "zy1"]), 3);
    let history = ok(dir, &["history", "zy1"]);
    assert!(history.contains("待核 → 在册"), "{history}");
    assert!(
        !history.contains("11010519491231002X"),
        "histories are masked"
    );
    assert!(ok(dir, &["verify"]).contains("一致"));
    assert!(ok(dir, &["log", "verify"]).contains("一致"));
}

#[test]
fn renamed_and_moved_organisations_are_found_under_the_old_name() {
    let desk = Desk::new();
    let dir = desk.path();
    let made = json(
        dir,
        &[
            "new",
            "organisation",
            "name=红山中学科技志愿服务分队",
            "kind=分队",
            "parent=红山区",
            "area=红山区",
        ],
    );
    let code = made["code"].as_str().unwrap().to_owned();
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
    ok(
        dir,
        &["do", "rename", &code, "name=红山一中科技志愿服务分队"],
    );
    assert_eq!(
        json(dir, &["find", "红山中学", "--kind", "organisation"])[0]["code"],
        code
    );
    assert_eq!(
        json(dir, &["find", "slw", "hsyz"])[0]["title"],
        "单立文",
        "members are found by the new name at once"
    );
    assert_eq!(
        kezhi(dir, &["do", "dissolve", &code, "note=撤并"])
            .status
            .code(),
        Some(3)
    );
    ok(
        dir,
        &[
            "do",
            "appoint",
            &code,
            "post=负责人",
            "holder=刘洋",
            "phone=13800000009",
        ],
    );
    assert!(ok(dir, &["show", &code]).contains("刘洋"));
    ok(dir, &["do", "relieve", &code, "post=负责人", "holder=刘洋"]);
    ok(dir, &["do", "move", &code, "parent=松山区"]);
}

#[test]
fn a_messy_sheet_is_rehearsed_refused_corrected_and_taken() {
    let desk = Desk::new();
    let dir = desk.path();
    let sheet = dir.join("花名册.csv");
    let text = "某某旗花名册,,,,\n,填表：2026年3月,,,\n*姓名,身份证号,手机（必填）,所属服务队,专业技能,旗县,注册时间\n\
        李晓东,,138 1234 5678,红山区科技志愿服务队,农牧技术、医疗健康,红山区,2024年3月5日\n\
        王芳,110105194912310021,13812345679,红山区,科普宣讲,红山区,2024/3/5\n\
        张伟,1.50102E+17,13812345681,红山区,农牧技术,,2024-03-05\n\
        赵敏,,13812345682,红山区,农牧技术,左旗,20240305\n";
    std::fs::write(&sheet, encoding_rs::GB18030.encode(text).0).unwrap();
    let path = sheet.to_str().unwrap();
    let out = kezhi(dir, &["--json", "import", "volunteer", path]);
    assert_eq!(out.status.code(), Some(3));
    let answer: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(
        (
            answer["rows"].as_u64(),
            answer["accepted"].as_u64(),
            answer["written"].as_u64()
        ),
        (Some(4), Some(1), Some(0))
    );
    let rows: Vec<u64> = answer["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["row"].as_u64().unwrap())
        .collect();
    assert_eq!(rows, [5, 6, 7]);
    assert!(
        answer["problems"][1]["message"]
            .as_str()
            .unwrap()
            .contains("Excel")
    );
    assert!(
        answer["problems"][2]["message"]
            .as_str()
            .unwrap()
            .contains("阿拉善左旗")
    );
    assert_eq!(
        json(dir, &["list", "volunteer"]).as_array().unwrap().len(),
        0,
        "nothing is written if any row fails"
    );
    let rejects = std::fs::read(dir.join("花名册-未导入.csv")).unwrap();
    let rejects = encoding_rs::GB18030.decode(&rejects).0.into_owned();
    assert!(
        rejects.starts_with(",某某旗花名册\r\n,,填表：2026年3月\r\n未导入原因,")
            && rejects.contains("1.50102E+17"),
        "{rejects}"
    );
    let corrected = rejects
        .replace("110105194912310021", "11010519491231002X")
        .replace("1.50102E+17", "")
        .replace(",左旗,", ",阿拉善左旗,");
    let again = dir.join("改正.csv");
    std::fs::write(&again, encoding_rs::GB18030.encode(&corrected).0).unwrap();
    let answer = json(dir, &["import", "volunteer", again.to_str().unwrap()]);
    assert_eq!(answer["written"], 3);
}

#[test]
fn exports_come_back_and_full_ones_say_who_and_why() {
    let desk = Desk::new();
    let dir = desk.path();
    for (name, phone, id) in [
        ("单立文", "13912344471", "11010519491231002X"),
        ("=cmd", "13912344472", ""),
    ] {
        let (name, phone, id) = (
            format!("name={name}"),
            format!("phone={phone}"),
            format!("id_number={id}"),
        );
        ok(
            dir,
            &[
                "new",
                "volunteer",
                &name,
                &phone,
                "teams=ZZ-0035",
                "area=红山区",
                &id,
            ],
        );
    }
    let file = |name: &str| dir.join(name).to_str().unwrap().to_owned();
    ok(dir, &["export", "volunteer", "-o", &file("a.csv")]);
    let text = std::fs::read_to_string(file("a.csv")).unwrap();
    assert!(
        text.contains("139****4471") && !text.contains("13912344471") && text.contains("'=cmd"),
        "{text}"
    );
    ok(
        dir,
        &[
            "export",
            "volunteer",
            "-o",
            &file("b.xlsx"),
            "--full",
            "--reason",
            "年度核对",
        ],
    );
    ok(
        dir,
        &[
            "export",
            "volunteer",
            "-o",
            &file("c.json"),
            "--full",
            "--reason",
            "年度核对",
        ],
    );
    let whole: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(file("c.json")).unwrap()).unwrap();
    assert!(whole["note"][0].as_str().unwrap().contains("年度核对"));
    assert_eq!(whole["rows"][0]["id_number"], "11010519491231002X");
    assert_eq!(
        kezhi(
            dir,
            &["export", "volunteer", "-o", &file("d.csv"), "--full"]
        )
        .status
        .code(),
        Some(2)
    );
    assert!(!Path::new(&file("d.csv")).exists());
    let known = json(dir, &["export", "volunteer", "-o", &file("e.json")]);
    assert_eq!(known["rows"], 2);
    let out = kezhi(
        dir,
        &[
            "--json",
            "import",
            "volunteer",
            &file("b.xlsx"),
            "--dry-run",
        ],
    );
    let answer: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(
        (&answer["accepted"], &answer["updated"], &answer["rejected"]),
        (&2.into(), &0.into(), &0.into()),
        "who is known is neither doubled nor changed: {answer}"
    );
}

#[test]
fn a_backup_is_restored_elsewhere() {
    let desk = Desk::new();
    let dir = desk.path();
    ok(
        dir,
        &[
            "new",
            "volunteer",
            "name=单立文",
            "phone=13912344471",
            "teams=ZZ-0035",
        ],
    );
    let file = dir.join("copy.redb");
    ok(dir, &["backup", file.to_str().unwrap()]);
    assert_eq!(
        kezhi(dir, &["restore", file.to_str().unwrap()])
            .status
            .code(),
        Some(2),
        "a store is never overwritten"
    );
    let other = Desk::new();
    ok(other.path(), &["restore", file.to_str().unwrap()]);
    assert_eq!(json(other.path(), &["find", "slw"])[0]["title"], "单立文");
    assert_eq!(
        json(other.path(), &["log", "head"])["seq"],
        json(dir, &["log", "head"])["seq"]
    );
}
