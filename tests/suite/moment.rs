//! Moments and sessions as people type them.

use kezhi::domain::moment;
use kezhi::domain::value::Value;

fn read(line: &str) -> Result<usize, String> {
    let today = "2026-11-25".parse().unwrap();
    moment::sessions(&Value::from(line), today)
        .map(|value| moment::spans(Some(&value)).len())
        .map_err(|said| {
            assert!(!said.en.is_empty());
            said.zh
        })
}

#[test]
fn a_line_repeats_as_often_as_it_says_and_takes_nothing_else() {
    for (line, times) in [
        ("12-01 9:00-11:00", 1),
        ("12-01 9:00-11:00 每周 4 次", 4),
        ("12-01 9:00-11:00每周4次", 4),
        ("12-01 9:00-11:00 每天 100 次", 100),
        ("12-01 9:00-11:00 weekly x4", 4),
        ("12-01 9:00-11:00 daily x 3", 3),
    ] {
        assert_eq!(read(line), Ok(times), "{line}");
    }
    for (line, told) in [
        ("12-01 9:00-11:00 每周4次，共500次", "不写别的"),
        ("12-01 9:00-11:00 每周", "不写别的"),
        ("12-01 9:00-11:00 每周 4", "不写别的"),
        ("12-01 9:00-11:00 weekly 4", "不写别的"),
        ("12-01 9:00-11:00 每周 0 次", "1 至 100 次"),
        ("12-01 9:00-11:00 每天 101 次", "1 至 100 次"),
        ("12-01 9:00-11:00 每周二", "星期几由日期定"),
        ("每周一 9:00-11:00", "星期几由日期定"),
    ] {
        let said = read(line).unwrap_err();
        assert!(said.contains(told), "{line}: {said}");
    }
}

#[test]
fn a_session_of_more_than_a_month_is_a_wrong_year() {
    assert_eq!(read("2026-12-01 9:00 - 2027-01-01 9:00"), Ok(1));
    let said = read("2026-12-01 9:00 - 2027-12-01 11:00").unwrap_err();
    assert!(said.contains("超过 31 天"), "{said}");
    let rows = r#"[{"start": "2026-12-01 09:00", "end": "2028-12-01 11:00"}]"#;
    let said = read(rows).unwrap_err();
    assert!(said.contains("超过 31 天"), "{said}");
}

#[test]
fn what_is_wrong_with_a_session_is_told_as_such() {
    for (line, told) in [
        ("2026-02-30 9:00-11:00", "没有「2026-02-30」这一天"),
        ("2026-12-01 11:00-9:00", "不晚于开始"),
        ("9:00-11:00", "没有日期"),
        ("明年 9:00-11:00", "不是场次"),
        ("2026-12-01", "不是场次"),
    ] {
        let said = read(line).unwrap_err();
        assert!(said.contains(told), "{line}: {said}");
    }
}
