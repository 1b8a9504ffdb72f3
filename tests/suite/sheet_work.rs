//! Sheets of the work: activities, who goes, hours and policies, in as they lie on the desk and out again.

use std::path::Path;

use rust_xlsxwriter::{Format, Workbook};

use crate::command::{Desk, json, kezhi, ok};

fn run(dir: &Path, kind: &str, path: &Path, more: &[&str]) -> (serde_json::Value, i32) {
    let mut args = vec!["--json", "import", kind, path.to_str().unwrap()];
    args.extend(more);
    let out = kezhi(dir, &args);
    let answer = serde_json::from_slice(&out.stdout).unwrap_or_else(|error| {
        panic!("{error}: {}", String::from_utf8_lossy(&out.stderr));
    });
    (answer, out.status.code().unwrap())
}

fn import(dir: &Path, kind: &str, text: &str, more: &[&str]) -> (serde_json::Value, i32) {
    let path = dir.join(format!("{kind}.csv"));
    std::fs::write(&path, text).unwrap();
    run(dir, kind, &path, more)
}

/// All rows are written.
fn taken(dir: &Path, kind: &str, text: &str) {
    let (answer, status) = import(dir, kind, text, &[]);
    assert_eq!(status, 0, "{answer}");
}

/// What is said of each row that is refused; nothing is written.
fn told(dir: &Path, kind: &str, text: &str) -> Vec<(u64, String, String)> {
    let (answer, status) = import(dir, kind, text, &[]);
    assert_eq!(
        (status, answer["written"].as_u64()),
        (3, Some(0)),
        "{answer}"
    );
    let side = answer["rejects"].as_str().unwrap();
    assert!(
        std::fs::read_to_string(side)
            .unwrap()
            .contains("未导入原因")
    );
    let problems = answer["problems"].as_array().unwrap();
    let text = |problem: &serde_json::Value, key: &str| {
        problem[key].as_str().unwrap_or_default().to_owned()
    };
    problems
        .iter()
        .map(|one| {
            (
                one["row"].as_u64().unwrap(),
                text(one, "field"),
                text(one, "message"),
            )
        })
        .collect()
}

fn counts(answer: &serde_json::Value) -> [u64; 4] {
    ["accepted", "updated", "rejected", "written"].map(|key| answer[key].as_u64().unwrap())
}

const PEOPLE: &str = "姓名,手机,所属组织\n赵敏,13912344471,红山区\n李晓东,13912344472,红山区\n\
    王芳,13912344473,红山区\n王芳,13912344474,红山区\n钱多,13912344475,红山区\n";

const ACTIVITIES: &str = "活动名称,主办单位,服务范围,日期,开始时间,结束时间,志愿者人数,风险\n\
    红山讲座,红山区,基层阵地科普服务,2026-03-07,9:00,11:00,3,\n\
    河边观鸟,红山区,科技设施与群众活动,2026年3月8日,14:00,2026-03-08 17:30,2,涉水\n";

fn desk() -> Desk {
    let desk = Desk::new();
    taken(desk.path(), "volunteer", PEOPLE);
    taken(desk.path(), "activity", ACTIVITIES);
    desk
}

#[test]
fn day_start_and_end_make_the_sessions_of_an_activity() {
    let desk = desk();
    let dir = desk.path();
    let list = json(dir, &["list", "activity"]);
    assert_eq!(list[0]["code"], "HD-2026-0001");
    let fields = &list[0]["fields"];
    assert_eq!(fields["sessions"][0]["start"], "2026-03-07T09:00");
    assert_eq!(fields["sessions"][0]["end"], "2026-03-07T11:00");
    assert_eq!(fields["day"], "2026-03-07");
    assert_eq!(fields["needed"], 3);
    assert_eq!(list[1]["fields"]["sessions"][0]["end"], "2026-03-08T17:30");
    // The same sheet once more says nothing new; a later end is a change of the same activity.
    let (again, _) = import(dir, "activity", ACTIVITIES, &[]);
    assert_eq!(counts(&again), [2, 0, 0, 0]);
    let later = ACTIVITIES.replace("11:00", "11:30");
    let (later, _) = import(dir, "activity", &later, &[]);
    assert_eq!(counts(&later), [1, 1, 0, 1]);
    // Times in one column, the day in another; the whole session in one cell; several of them.
    let forms = "活动名称,主办单位,日期,时间\n\
        甲,红山区,2026-03-10,9:00-10:00\n\
        乙,红山区,,2026-03-11 9:00-10:00；2026-03-12 9:00-10:00\n\
        丙,红山区,2026-03-13 9:00-10:00,\n";
    taken(dir, "activity", forms);
    let list = json(dir, &["list", "activity"]);
    let starts = |at: usize| {
        let sessions = list[at]["fields"]["sessions"].as_array().unwrap().iter();
        let starts = sessions.map(|one| one["start"].as_str().unwrap().to_owned());
        starts.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(starts(2), "2026-03-10T09:00");
    assert_eq!(starts(3), "2026-03-11T09:00 2026-03-12T09:00");
    assert_eq!(starts(4), "2026-03-13T09:00");
}

#[test]
fn impossible_days_and_times_are_told_with_all_else_that_is_wrong() {
    let desk = desk();
    let dir = desk.path();
    let bad = "活动名称,主办单位,服务范围,日期,开始,结束,人数\n\
        甲,红山区,基层阵地科普服务,2026-02-30,9:00,11:00,3\n\
        乙,红山区,基层阵地科普服务,2026-03-01,25:00,26:00,3\n\
        丙,红山区,没有这一项,2026-03-01,11:00,9:00,三个\n\
        丁,红山区,基层阵地科普服务,2026-03-01,,,2\n\
        戊,没有此队,基层阵地科普服务,2026-03-01,9:00,,2\n";
    let told = told(dir, "activity", bad);
    let said = |row: u64, field: &str| {
        let found = told.iter().find(|one| one.0 == row && one.1 == field);
        found
            .unwrap_or_else(|| panic!("{row} {field}: {told:?}"))
            .2
            .clone()
    };
    assert!(
        said(2, "sessions").contains("没有「2026-02-30」这一天"),
        "{told:?}"
    );
    assert!(said(3, "sessions").contains("不是时刻"), "{told:?}");
    assert!(said(4, "sessions").contains("不晚于开始"), "{told:?}");
    assert!(said(4, "scope").contains("不在选项中"));
    assert!(said(4, "needed").contains("不是整数"));
    assert!(said(5, "sessions").contains("没有开始和结束的时间"));
    assert!(said(6, "sessions").contains("缺一个"));
    assert!(said(6, "org").contains("没有此队"));
}

#[test]
fn names_are_looked_for_among_the_people_of_the_activity_first() {
    let desk = desk();
    let dir = desk.path();
    // Two of one name: by phone, by code.
    let going = "姓名,手机,活动名称,岗位\n\
        赵敏,,红山讲座,讲解\n\
        王芳,13912344474,红山讲座,摄影\n\
        ZY-000002,,HD-2026-0001,\n";
    taken(dir, "enrolment", going);
    let list = json(dir, &["list", "enrolment"]);
    let who: Vec<&str> = (0..3)
        .map(|at| list[at]["fields"]["volunteer"].as_str().unwrap())
        .collect();
    assert_eq!(who, ["ZY-000001", "ZY-000004", "ZY-000002"]);
    assert_eq!(list[0]["fields"]["status"], "拟派");
    assert_eq!(list[0]["fields"]["day"], "2026-03-07");
    // The name alone will do now: of the two only one is in the activity.
    let role = "姓名,活动名称,岗位\n王芳,红山讲座,签到\n";
    let (answer, _) = import(dir, "enrolment", role, &[]);
    assert_eq!(counts(&answer), [0, 1, 0, 1]);
    let (again, _) = import(dir, "enrolment", role, &[]);
    assert_eq!(counts(&again), [1, 0, 0, 0]);
    // Where both are in it, or neither, it is told.
    taken(
        dir,
        "enrolment",
        "姓名,手机,活动名称\n王芳,13912344473,红山讲座\n",
    );
    let bad = "姓名,手机,活动名称\n\
        王芳,,红山讲座\n\
        王芳,,河边观鸟\n\
        赵敏,13912344499,河边观鸟\n\
        没人,,河边观鸟\n\
        赵敏,,没有的活动\n\
        钱多,,河边观鸟\n\
        钱多,,河边观鸟\n";
    let told = told(dir, "enrolment", bad);
    let said: Vec<(u64, &str)> = told.iter().map(|one| (one.0, one.2.as_str())).collect();
    assert!(
        said[0].1.contains("这项活动中有 2 个「王芳」") && said[0].1.contains("139****4474"),
        "{said:?}"
    );
    assert!(said[1].1.contains("有 2 个「王芳」"), "{said:?}");
    assert!(said[2].1.contains("手机不是这个"), "{said:?}");
    assert!(said[3].1.contains("没有叫「没人」的志愿者"), "{said:?}");
    assert!(said[4].1.contains("没有叫「没有的活动」的活动"), "{said:?}");
    assert_eq!((said[5].0, said[5].1), (8, "与第 7 行重复"), "{said:?}");
    assert_eq!(said.len(), 6);
}

#[test]
fn hours_take_times_alone_and_refuse_what_cannot_be() {
    let desk = desk();
    let dir = desk.path();
    let going = "姓名,手机,活动名称\n赵敏,,红山讲座\n李晓东,,红山讲座\n王芳,13912344473,红山讲座\n钱多,,红山讲座\n";
    taken(dir, "enrolment", going);
    for nth in 1..=4 {
        let code = format!("PQ-{nth:06}");
        ok(dir, &["do", "agree", &code, "agreed_by=本人"]);
        let step = if nth == 4 { "miss" } else { "arrive" };
        ok(dir, &["do", step, &code]);
    }
    let good = "姓名,活动,日期,开始时间,结束时间,依据\n\
        赵敏,红山讲座,2026-03-07,9:00,10:30,签到表 1\n\
        李晓东,红山讲座,,09:00,11:00,\n";
    taken(dir, "service_record", good);
    let list = json(dir, &["list", "service_record"]);
    assert_eq!(list[0]["fields"]["minutes"], 90);
    assert_eq!(list[1]["fields"]["start"], "2026-03-07T09:00");
    assert_eq!(list[1]["fields"]["minutes"], 120);
    let (again, _) = import(dir, "service_record", good, &[]);
    assert_eq!(counts(&again), [2, 0, 0, 0]);
    let other = good.replace("10:30", "10:00");
    let (other, _) = import(dir, "service_record", &other, &["--dry-run"]);
    assert_eq!(counts(&other), [1, 1, 0, 0]);
    let bad = "姓名,活动,日期,开始时间,结束时间,分钟\n\
        王芳,红山讲座,2026-03-07,9:00,10:30,1.5\n\
        钱多,红山讲座,2026-03-07,9:00,10:30,\n\
        王芳,红山讲座,2026-02-30,9:00,10:30,\n\
        王芳,红山讲座,2026-03-07,10:30,9:00,\n\
        王芳,红山讲座,2026-03-07,9:00,25:00,\n\
        王芳,无此活动,2026-03-07,9:00,10:00,\n\
        王芳,红山讲座,2026-03-07,,,\n";
    let told = told(dir, "service_record", bad);
    let said = |row: u64| {
        let of = told.iter().filter(|one| one.0 == row);
        of.map(|one| format!("{}:{}", one.1, one.2))
            .collect::<Vec<_>>()
            .join("|")
    };
    assert!(
        said(2).contains("minutes:分钟：「1.5」带小数，只写整数"),
        "{told:?}"
    );
    assert!(
        said(3).starts_with("volunteer:") && said(3).contains("缺席"),
        "{told:?}"
    );
    assert!(said(4).contains("没有「2026-02-30」这一天"), "{told:?}");
    assert!(said(5).contains("不晚于开始"), "{told:?}");
    assert!(said(6).contains("不是时刻"), "{told:?}");
    assert!(said(7).contains("没有叫「无此活动」的活动"), "{told:?}");
    assert!(said(8).contains("没有时长"), "{told:?}");
    // Hours are made minutes where they come out whole.
    let sheet = |head: &str, length: &str| format!("姓名,活动,{head}\n王芳,红山讲座,{length}\n");
    for length in ["1.33", "两", "0"] {
        let told = self::told(dir, "service_record", &sheet("服务时长（小时）", length));
        assert!(told[0].2.contains("不合整分钟"), "{length}: {told:?}");
    }
    for (head, length) in [("小时", "0.333333333"), ("时长（分钟）", "20")] {
        let (taken, _) = import(dir, "service_record", &sheet(head, length), &["--dry-run"]);
        assert_eq!(counts(&taken)[3], 0, "{head}: {taken}");
    }
    taken(dir, "service_record", &sheet("服务时长（小时）", "1.5小时"));
    let list = json(dir, &["list", "service_record"]);
    assert_eq!(list[2]["fields"]["minutes"], 90);
    // A length without a unit may be either.
    for head in ["服务时长", "时长"] {
        std::fs::write(dir.join("h.csv"), sheet(head, "2")).unwrap();
        let path = dir.join("h.csv");
        let out = kezhi(dir, &["import", "service_record", path.to_str().unwrap()]);
        assert_eq!(out.status.code(), Some(3));
        assert!(String::from_utf8_lossy(&out.stderr).contains("没有写单位"));
    }
}

#[test]
fn a_sheet_without_a_column_that_is_needed_is_told_at_once() {
    let desk = desk();
    let dir = desk.path();
    let path = dir.join("a.csv");
    std::fs::write(&path, "姓名,分钟\n赵敏,60\n").unwrap();
    let out = kezhi(dir, &["import", "service_record", path.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(3));
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("没有「活动」列"), "{said}");
    let out = kezhi(dir, &["import", "complaint", path.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("service_record"));
}

#[test]
fn days_and_times_of_a_workbook_are_read_as_what_they_are() {
    let desk = desk();
    let dir = desk.path();
    let path = dir.join("小时.xlsx");
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let (day, time, both) = (
        Format::new().set_num_format("yyyy-mm-dd"),
        Format::new().set_num_format("hh:mm"),
        Format::new().set_num_format("yyyy-mm-dd hh:mm"),
    );
    for (at, head) in ["姓名", "活动", "日期", "开始", "结束", "分钟"]
        .iter()
        .enumerate()
    {
        page.write_string(0, at as u16, *head).unwrap();
    }
    // 46088 is 2026-03-07.
    page.write_string(1, 0, "赵敏").unwrap();
    page.write_string(1, 1, "红山讲座").unwrap();
    page.write_number_with_format(1, 2, 46088.0, &day).unwrap();
    page.write_number_with_format(1, 3, 0.375, &time).unwrap();
    page.write_number_with_format(1, 4, 46088.4375, &both)
        .unwrap();
    page.write_string(2, 0, "李晓东").unwrap();
    page.write_string(2, 1, "红山讲座").unwrap();
    page.write_number(2, 2, 46088.0).unwrap();
    page.write_number(2, 3, 0.375).unwrap();
    page.write_number(2, 4, 10.5 / 24.0).unwrap();
    page.write_number(2, 5, 90.0).unwrap();
    book.save(&path).unwrap();
    let (answer, status) = run(dir, "service_record", &path, &[]);
    assert_eq!(status, 0, "{answer}");
    let list = json(dir, &["list", "service_record"]);
    for at in 0..2 {
        let fields = &list[at]["fields"];
        assert_eq!(fields["start"], "2026-03-07T09:00", "{at}");
        assert_eq!(fields["end"], "2026-03-07T10:30", "{at}");
        assert_eq!(fields["minutes"], 90);
        assert_eq!(fields["day"], "2026-03-07");
    }
}

#[test]
fn what_is_exported_comes_back_without_a_difference() {
    let desk = desk();
    let dir = desk.path();
    let going = "姓名,手机,活动名称,岗位,答应时间,同意人\n\
        王芳,13912344474,红山讲座,讲解 1,2026-03-01 10:00,本人\n\
        王芳,13912344473,红山讲座,,,\n\
        赵敏,,河边观鸟,,2026-03-02,本人\n";
    taken(dir, "enrolment", going);
    ok(dir, &["do", "agree", "PQ-000001", "agreed_by=本人"]);
    ok(dir, &["do", "arrive", "PQ-000001", "late=5"]);
    let hours = "姓名,手机,活动,日期,开始,结束,依据\n\
        王芳,13912344474,红山讲座,2026-03-07,9:00,10:30,签到表 1\n\
        赵敏,,河边观鸟,2026-03-08,14:00,15:00,\n";
    taken(dir, "service_record", hours);
    let policies = "保单号,保险公司,起,止,被保险人,活动\n\
        PA-1,某保险,2026-03-01,2026-03-31,ZY-000003、ZY-000004、红山区,\n\
        PA-2,某保险,2026-03-08 08:00,2026-03-08 20:00,,河边观鸟\n";
    taken(dir, "insurance", policies);
    // Other titles that are the same, so that names alone would not do.
    taken(
        dir,
        "activity",
        &ACTIVITIES.replace("2026-03-07", "2026-04-07"),
    );
    for kind in ["activity", "enrolment", "service_record", "insurance"] {
        let all = json(dir, &["list", kind]).as_array().unwrap().len() as u64;
        for (lang, name) in [("zh", "out.csv"), ("zh", "out.xlsx"), ("en", "out.csv")] {
            let path = dir.join(format!("{kind}-{lang}-{name}"));
            let file = path.to_str().unwrap();
            ok(dir, &["--lang", lang, "export", kind, "-o", file]);
            let (answer, status) = run(dir, kind, &path, &[]);
            assert_eq!(status, 0, "{kind} {lang} {name}: {answer}");
            assert_eq!(
                counts(&answer),
                [all, 0, 0, 0],
                "{kind} {lang} {name}: {answer}"
            );
        }
    }
    // A policy is known by its number; what a sheet says of it anew is a change.
    let longer = policies.replace("2026-03-31", "2026-04-30");
    let (answer, status) = import(dir, "insurance", &longer, &[]);
    assert_eq!((status, counts(&answer)), (0, [1, 1, 0, 1]), "{answer}");
}

#[test]
fn rules_speak_for_each_row_and_a_change_is_followed_by_what_hangs_on_it() {
    let desk = desk();
    let dir = desk.path();
    taken(dir, "enrolment", "姓名,活动名称\n赵敏,红山讲座\n");
    ok(dir, &["do", "agree", "PQ-000001", "agreed_by=本人"]);
    let clash = "活动名称,主办单位,日期,时间\n同时,红山区,2026-03-07,10:00-12:00\n";
    taken(dir, "activity", clash);
    let told = told(dir, "enrolment", "姓名,活动名称\n赵敏,同时\n");
    assert!(told[0].2.contains("那时已有活动"), "{told:?}");
    // The activity goes to another team, and those who are enrolled with it.
    let moved = "编号,活动名称,主办单位\nHD-2026-0001,红山讲座,松山区\n";
    let (answer, status) = import(dir, "activity", moved, &[]);
    assert_eq!((status, counts(&answer)), (0, [0, 1, 0, 1]), "{answer}");
    let activity = json(dir, &["show", "HD-2026-0001"]);
    let enrolment = json(dir, &["show", "PQ-000001"]);
    assert_eq!(enrolment["fields"]["org"], activity["fields"]["org"]);
    assert_ne!(enrolment["fields"]["org"], "ZZ-0035");
}
