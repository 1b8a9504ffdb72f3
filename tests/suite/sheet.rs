//! Sheets as they come: what is read from a file, before anything is judged.

use std::path::{Path, PathBuf};

use kezhi::domain::kind::Kind;
use kezhi::domain::value::Fields;
use kezhi::exchange::heading::REASON;
use kezhi::exchange::sheet::{Line, Sheet, read};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/suite/data")
        .join(name)
}

fn volunteers(path: &Path) -> Sheet {
    read(path, Kind::Volunteer.spec().fields).unwrap_or_else(|said| panic!("{}", said.zh))
}

fn csv(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (dir, path)
}

fn records(sheet: &Sheet) -> Vec<(u64, Fields)> {
    sheet
        .lines("ZY")
        .filter_map(|(row, line)| match line {
            Line::Record(fields, problems) => {
                assert!(problems.is_empty(), "{problems:?}");
                Some((row, fields))
            }
            Line::Beside(_) => None,
        })
        .collect()
}

fn one(fields: &Fields, key: &str) -> String {
    fields
        .get(key)
        .map_or_else(String::new, ToString::to_string)
}

/// Fields of the only record of a sheet with a header and one row.
fn cells(header: &str, row: &str) -> Fields {
    let text = format!("姓名,手机,所属组织,{header}\n李晓东,13912344471,红山区,{row}\n");
    let (_dir, path) = csv("a.csv", text.as_bytes());
    records(&volunteers(&path)).remove(0).1
}

fn refused(text: &str) -> String {
    let (_dir, path) = csv("a.csv", text.as_bytes());
    match read(&path, Kind::Volunteer.spec().fields) {
        Ok(_) => panic!("read: {text}"),
        Err(said) => said.zh,
    }
}

#[test]
fn three_formats_of_one_messy_roster_give_the_same_rows() {
    let mut all = Vec::new();
    for name in ["roster.xlsx", "roster.xls", "roster.ods"] {
        let sheet = volunteers(&fixture(name));
        assert_eq!(sheet.header.row, 3, "{name}");
        assert_eq!(sheet.header.ignored, ["T恤尺码"], "{name}");
        assert_eq!(sheet.unread, ["填表说明"], "{name}");
        let beside: Vec<(u64, String)> = sheet
            .lines("ZY")
            .filter_map(|(row, line)| match line {
                Line::Beside(said) => Some((row, said.zh)),
                Line::Record(..) => None,
            })
            .collect();
        let rows: Vec<u64> = beside.iter().map(|line| line.0).collect();
        assert_eq!(rows, [5, 10, 11], "{name}: {beside:?}");
        all.push(records(&sheet));
    }
    let rows = &all[0];
    let numbers: Vec<u64> = rows.iter().map(|row| row.0).collect();
    assert_eq!(numbers, [6, 7, 8, 9]);
    let is = |at: usize, key: &str, value: &str| assert_eq!(one(&rows[at].1, key), value);
    is(0, "id_number", "11010519491231002x");
    is(0, "phone", "13912344471");
    is(0, "joined_on", "2024-03-05");
    is(0, "skills", "农牧技术、医疗健康");
    is(1, "name", "娜仁•高娃");
    is(1, "teams", "红山区科技志愿服务队");
    is(1, "phone", "138 1234 5679");
    is(2, "name", "𠮷日嘎拉");
    is(2, "joined_on", "2024-03-05");
    is(3, "id_number", "1.50102199001011E+17");
    is(3, "joined_on", "20240305");
    for (name, other) in ["roster.xls", "roster.ods"].iter().zip(&all[1..]) {
        assert_eq!(other, rows, "{name}");
    }
}

#[test]
fn headings_are_known_however_they_are_dressed() {
    let dressed = [
        (
            "name",
            vec![
                "*姓名",
                "姓名（必填）",
                "姓 名",
                "姓　名",
                "\"姓\n名\"",
                "1.姓名",
                "志愿者姓名：",
                "姓名/Name",
            ],
        ),
        (
            "id_number",
            vec!["身份证号", "证件号码", "身份证号码（18位）", "★身份证"],
        ),
        (
            "phone",
            vec!["手机", "手机号", "联系电话", "手机号码*", "移动电话"],
        ),
        ("teams", vec!["所属组织", "服务队", "所在服务队"]),
        ("skills", vec!["技能", "专业技能", "特长"]),
        ("area", vec!["旗县", "属地", "所属旗县区"]),
        ("employer", vec!["工作单位", "工作单位及职务", "所在单位"]),
    ];
    for (key, headings) in dressed {
        for heading in headings {
            let others = ["name", "phone", "teams"]
                .iter()
                .filter(|other| **other != key)
                .copied()
                .collect::<Vec<_>>()
                .join(",");
            let text = format!("题名\n{heading},{others}\n甲,1,2,3\n");
            let (_dir, path) = csv("a.csv", text.as_bytes());
            let sheet = volunteers(&path);
            let found = sheet.header.columns[0].unwrap_or_else(|| panic!("{heading}"));
            assert_eq!(found.key, key, "{heading}");
        }
    }
}

#[test]
fn a_header_is_found_below_many_titles_and_over_two_rows() {
    let mut text = "花名册,,,\n\n填报单位：某旗,,,\n".repeat(6);
    text.push_str("序号,姓名,联系方式,,所属组织\n,,手机,备用电话,\n1,李晓东,13912344471,0471-6123456,红山区\n");
    let (_dir, path) = csv("a.csv", text.as_bytes());
    let rows = records(&volunteers(&path));
    assert_eq!(rows.len(), 1);
    assert_eq!(
        rows[0].0, 21,
        "blank lines count, as a spreadsheet counts them"
    );
    assert_eq!(one(&rows[0].1, "phone"), "13912344471");
    assert_eq!(one(&rows[0].1, "phone2"), "0471-6123456");
    let text = "单位,红山区科协,电话\n序号,姓名,手机,所属组织\n1,李晓东,13912344471,红山区\n";
    let (_dir, path) = csv("a.csv", text.as_bytes());
    let fields = records(&volunteers(&path)).remove(0).1;
    let keys: Vec<&String> = fields.keys().collect();
    assert_eq!(
        keys,
        ["name", "phone", "teams"],
        "a title is no heading of the column below it"
    );
}

#[test]
fn a_header_that_cannot_be_used_says_which_column_is_wrong() {
    let said = refused("姓名,手机,联系电话,所属组织\n甲,1,2,3\n");
    assert!(said.contains("「手机」和「联系电话」"), "{said}");
    let said = refused("姓名,性别\n甲,男\n");
    assert!(said.contains("手机") && said.contains("所属组织"), "{said}");
    let said = refused("甲,乙\n丙,丁\n");
    assert!(said.contains("找不到表头"), "{said}");
    assert!(refused("").contains("表头"));
}

#[test]
fn csv_is_read_in_every_encoding_and_with_every_separator() {
    let text = "姓名,手机,所属组织,备注\n𠮷仁·㐂,13912344471,红山区,\"一行\n两行\"\n\n李晓东,13912344472,红山区,\n";
    let utf16 = |little: bool| -> Vec<u8> {
        format!("\u{feff}{text}")
            .encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    };
    let files = [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        encoding_rs::GB18030.encode(text).0.into_owned(),
        utf16(true),
        utf16(false),
        text.replace(',', "\t").into_bytes(),
        text.replace(',', ";").into_bytes(),
        text.replace('\n', "\r\n").into_bytes(),
    ];
    for (nth, bytes) in files.iter().enumerate() {
        let (_dir, path) = csv("a.csv", bytes);
        let rows = records(&volunteers(&path));
        let found: Vec<(u64, String)> = rows
            .iter()
            .map(|(row, fields)| (*row, one(fields, "name")))
            .collect();
        let expected = [(2, "𠮷仁·㐂".to_owned()), (4, "李晓东".to_owned())];
        assert_eq!(found, expected, "file {nth}");
        assert!(one(&rows[0].1, "note").contains("两行"), "file {nth}");
    }
}

#[test]
fn cells_are_freed_of_what_spreadsheets_leave_in_them() {
    let day = |raw: &str| one(&cells("登记日期", raw), "joined_on");
    assert_eq!(day("45356"), "2024-03-05");
    assert_eq!(day("2024-03-05 00:00:00"), "2024-03-05");
    assert_eq!(day("2024/3/5 8:30"), "2024/3/5");
    assert_eq!(day("1990"), "1990", "a year is no serial");
    let phone = |raw: &str| one(&cells("备用电话", raw), "phone2");
    assert_eq!(phone("1.3912344471E+10"), "13912344471");
    assert_eq!(phone("1.39E+10"), "1.39E+10", "lost digits are not made up");
    assert_eq!(phone("'13912344471"), "13912344471");
    assert_eq!(phone("\u{feff}\u{a0}　13912344471　"), "13912344471");
    for nothing in ["", " ", "/", "——", "无", "　"] {
        assert_eq!(phone(nothing), "", "{nothing:?}");
    }
    assert_eq!(one(&cells("工作单位", "无"), "employer"), "无");
    assert_eq!(
        one(&cells("编号", "17"), "code"),
        "",
        "running numbers are no codes"
    );
    assert_eq!(one(&cells("编号", "zy-000017"), "code"), "zy-000017");
}

#[test]
fn what_is_masked_and_what_failed_is_refused_by_name() {
    let text = "姓名,手机,所属组织,住址\n甲,139****4471,红山区,已登记，内容隐藏\n"
        .replace("已登记，内容隐藏", "\"已登记，内容隐藏\"");
    let (_dir, path) = csv("a.csv", text.as_bytes());
    let sheet = volunteers(&path);
    let Some((2, Line::Record(_, problems))) = sheet.lines("ZY").next() else {
        panic!("no row");
    };
    let fields: Vec<_> = problems
        .iter()
        .filter_map(|problem| problem.field.as_deref())
        .collect();
    assert_eq!(fields, ["phone", "address"]);
    assert!(problems[0].message.zh.contains("--full"));
}

#[test]
fn rows_that_are_no_records_are_passed_over_and_others_are_not() {
    let text = "姓名,手机,所属组织,备注\n\
        （必填）,（11位）,（全称）,\n\
        例：张三,13800000000,红山区,\n\
        李晓东,13912344471,红山区,\n\
        姓名,手机,所属组织,备注\n\
        王芳,13912344472,红山区,\n\
        ,13912344473,,\n\
        小计：2人,,,\n\
        合 计,2,,\n\
        填表人：赵敏,,审核人：钱,\n\
        注：略,,,\n\
        总,13912344475,红山区,\n";
    let (_dir, path) = csv("a.csv", text.as_bytes());
    let sheet = volunteers(&path);
    let rows: Vec<u64> = records(&sheet).iter().map(|row| row.0).collect();
    assert_eq!(rows, [4, 6, 7, 12]);
}

#[test]
fn a_file_is_what_it_holds_whatever_its_name_says() {
    let dir = tempfile::tempdir().unwrap();
    for (from, name) in [
        ("roster.xlsx", "a.xls"),
        ("roster.xls", "b.xlsx"),
        ("roster.ods", "c.csv"),
    ] {
        let path = dir.path().join(name);
        std::fs::copy(fixture(from), &path).unwrap();
        assert_eq!(records(&volunteers(&path)).len(), 4, "{name}");
    }
    let (_dir, path) = csv(
        "a.xls",
        "姓名\t手机\t所属组织\n甲\t13912344471\t红山区\n".as_bytes(),
    );
    assert_eq!(records(&volunteers(&path)).len(), 1);
    let said = |name: &str, bytes: &[u8]| {
        let (_dir, path) = csv(name, bytes);
        read(&path, Kind::Volunteer.spec().fields).err().unwrap().zh
    };
    assert!(said("a.xls", b"<html><table><tr><td>1</td></tr></table></html>").contains("网页"));
    assert!(said("a.xlsx", b"PK\x03\x04 cut off").contains("已损坏"));
    assert!(said("a.xls", b"\xd0\xcf\x11\xe0 cut off").contains("密码"));
    assert!(said("a.csv", &[0, 1, 2, 3]).contains("不是表格"));
    assert!(said("a.pdf", b"%PDF").contains("pdf"));
}

#[test]
fn damaged_workbooks_are_read_or_refused_and_never_end_the_program() {
    let mut random = 0x9e37_79b9_7f4a_7c15u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below as u64) as usize
    };
    for name in ["roster.xlsx", "roster.xls", "roster.ods"] {
        let whole = std::fs::read(fixture(name)).unwrap();
        let (_dir, path) = csv(name, &whole);
        for _ in 0..ROUNDS {
            let mut bytes = whole.clone();
            // An xls says how large it is, and its reader believes it: only what a broken copy does to one is tried.
            let old = name == "roster.xls";
            for _ in 0..if old { 0 } else { next(4) + 1 } {
                let at = next(bytes.len());
                bytes[at] = next(256) as u8;
            }
            if old || next(4) == 0 {
                bytes.truncate(next(whole.len()));
            }
            std::fs::write(&path, &bytes).unwrap();
            match read(&path, Kind::Volunteer.spec().fields) {
                Ok(sheet) => assert!(sheet.lines("ZY").count() < 2000),
                Err(said) => assert!(!said.zh.is_empty() && !said.en.is_empty()),
            }
        }
    }
}

/// Damaged files of each format.
const ROUNDS: usize = 300;

#[test]
fn refused_rows_keep_titles_and_unknown_columns_and_never_overwrite() {
    let text = "某旗花名册;;;;\n姓名;手机;所属组织;尺码;编号\n甲;1;红山区;XL;\n乙;2;红山区;L;\n";
    let bytes = encoding_rs::GB18030.encode(text).0.into_owned();
    let (dir, path) = csv("花名册.csv", &bytes);
    let reasons = [(4, "手机不对".to_owned())].into_iter().collect();
    let sheet = volunteers(&path);
    let first = kezhi::exchange::reject::write(&path, &sheet, &reasons).unwrap();
    let second = kezhi::exchange::reject::write(&path, &sheet, &reasons).unwrap();
    assert_eq!(first, dir.path().join("花名册-未导入.csv"));
    assert_eq!(second, dir.path().join("花名册-未导入-2.csv"));
    let read = encoding_rs::GB18030
        .decode(&std::fs::read(&first).unwrap())
        .0
        .into_owned();
    assert_eq!(
        read,
        format!(";某旗花名册;;;;\r\n{REASON};姓名;手机;所属组织;尺码;编号\r\n手机不对;乙;2;红山区;L;\r\n").replace(";;;;\r", "\r").replace("L;\r", "L\r")
    );
    let again = volunteers(&first);
    assert_eq!(again.header.reason, Some(0));
    assert_eq!(records(&again).len(), 1);
    let third = kezhi::exchange::reject::write(
        &first,
        &again,
        &[(3, "再错".to_owned())].into_iter().collect(),
    )
    .unwrap();
    assert_eq!(third, dir.path().join("花名册-未导入-3.csv"));
    let text = std::fs::read(&third).unwrap();
    let text = encoding_rs::GB18030.decode(&text).0.into_owned();
    assert_eq!(text.matches(REASON).count(), 1);
    assert!(text.contains("再错;乙;2"), "{text}");
}

#[test]
fn refused_rows_of_a_workbook_are_a_workbook() {
    for name in ["roster.xlsx", "roster.xls", "roster.ods"] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::copy(fixture(name), &path).unwrap();
        let reasons = [(7, "原因".to_owned()), (9, "原因".to_owned())]
            .into_iter()
            .collect();
        let sheet = volunteers(&path);
        let target = kezhi::exchange::reject::write(&path, &sheet, &reasons).unwrap();
        assert_eq!(target, dir.path().join("roster-未导入.xlsx"));
        let again = volunteers(&target);
        let mut before = records(&sheet);
        before.retain(|(row, _)| [7, 9].contains(row));
        let fields =
            |rows: Vec<(u64, Fields)>| rows.into_iter().map(|row| row.1).collect::<Vec<_>>();
        assert_eq!(fields(records(&again)), fields(before), "{name}");
        assert_eq!(again.header.ignored, ["T恤尺码"]);
    }
}
