//! Working days: what the years say, how terms are counted, and how the count is told.

use chrono::NaiveDate;
use kezhi::domain::due::{Due, Roll, Unit};
use kezhi::domain::named_day::{named_days, named_on};
use kezhi::domain::said::{Text, t};
use kezhi::domain::workday::{Calendar, Kind};

const RECEIVED: Text = t("收到", "received");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn shipped() -> &'static Calendar {
    Calendar::shipped()
}

fn kind(text: &str) -> Kind {
    shipped().day(day(text)).kind
}

fn due(from: &str, count: u16, unit: Unit) -> Due {
    shipped().due(day(from), count, unit)
}

#[test]
fn the_spring_festival_of_2026() {
    for text in ["2026-02-15", "2026-02-18", "2026-02-23"] {
        let about = shipped().day(day(text));
        assert_eq!(about.kind, Kind::Holiday, "{text}");
        assert_eq!(about.name.unwrap().zh, "春节");
        assert!(about.known);
    }
    // Saturdays before and after, worked for it.
    for text in ["2026-02-14", "2026-02-28"] {
        let about = shipped().day(day(text));
        assert_eq!(about.kind, Kind::MadeUp, "{text}");
        assert_eq!(about.name.unwrap().en, "Spring Festival");
        assert!(shipped().is_workday(day(text)));
    }
    assert_eq!(kind("2026-02-13"), Kind::Work);
    assert_eq!(kind("2026-02-24"), Kind::Work);
    assert_eq!(kind("2026-03-01"), Kind::Weekend);
}

#[test]
fn seven_years_hold_as_many_exceptions_as_were_announced() {
    let days = || {
        day("2020-01-01")
            .iter_days()
            .take_while(|d| *d <= day("2026-12-31"))
    };
    let weekend = |d: &NaiveDate| d.format("%u").to_string().parse::<u8>().unwrap() > 5;
    let off = days().filter(|d| !weekend(d) && !shipped().is_workday(*d));
    let worked = days().filter(|d| weekend(d) && shipped().is_workday(*d));
    // Counted in the sources: weekdays off, and days of weekends worked.
    assert_eq!((off.count(), worked.count()), (129, 46));
    assert!(days().all(|d| shipped().day(d).known));
}

#[test]
fn a_break_over_new_year_belongs_to_both_years() {
    assert_eq!(kind("2022-12-31"), Kind::Holiday);
    assert_eq!(kind("2023-12-30"), Kind::Holiday);
    assert_eq!(kind("2024-01-01"), Kind::Holiday);
}

#[test]
fn a_year_without_data_says_so() {
    for text in ["2019-10-01", "2027-10-01"] {
        let about = shipped().day(day(text));
        assert_eq!(about.kind, Kind::Work, "{text}");
        assert!(!about.known && about.name.is_none(), "{text}");
    }
    let due = due("2026-12-28", 5, Unit::Workdays);
    assert_eq!(due.day, day("2027-01-04"));
    assert_eq!(due.unknown, [2027]);
    let told = due.unfolded(RECEIVED);
    assert!(
        told.zh.ends_with("；按自然周估算，缺 2027 年放假安排"),
        "{}",
        told.zh
    );
    assert!(
        told.en
            .ends_with("; an estimate by plain weeks: the holidays of 2027 are not entered"),
        "{}",
        told.en
    );
}

#[test]
fn the_command_counts_a_term_along() {
    let desk = crate::command::Desk::new();
    let due = |args: &[&str]| {
        let args = [&["due"], args].concat();
        crate::command::ok(desk.path(), &args)
    };
    assert_eq!(
        due(&["2026-11-20", "15", "calendar"]),
        "起算 2026-11-20，当日不计\n2026-11-21 起算第 1 日\n第 15 日是 2026-12-05\n\
         2026-12-05 是周六，顺延至 2026-12-07\n2026-12-07 届满（含当日）\n2026-12-07\n"
    );
    let worked = due(&["2026-09-30", "5", "working"]);
    assert!(
        worked.contains("国庆节") && worked.contains("2026-10-08 起算第 1 日"),
        "{worked}"
    );
    let json = crate::command::json(desk.path(), &["due", "2026-11-20", "15", "calendar"]);
    assert_eq!(json["due"], "2026-12-07");
    assert_eq!(json["steps"].as_array().unwrap().len(), 5);
    crate::command::ok(desk.path(), &["setting", "roll=0"]);
    assert!(due(&["2026-11-20", "15", "calendar"]).ends_with("\n2026-12-05\n"));
}

#[test]
fn a_year_can_be_entered_and_amended() {
    let line = "2027,元旦,2027-01-01,2027-01-03,\n2027,春节,2027-02-05,2027-02-11,2027-01-30";
    let entered = shipped().with(line).unwrap();
    assert!(entered.knows(2027) && entered.knows(2026));
    let due = entered.due(day("2026-12-28"), 5, Unit::Workdays);
    assert_eq!((due.day, due.unknown.len()), (day("2027-01-05"), 0));
    let amended = entered.with("2027,元旦,2027-01-01,2027-01-01,").unwrap();
    assert_eq!(amended.day(day("2027-02-08")).kind, Kind::Work);
    assert_eq!(amended.day(day("2026-10-01")).kind, Kind::Holiday);
    for wrong in [
        "2027,元旦",
        "2027,,2027-01-01,2027-01-01,",
        "2027,元旦,2027-01-03,2027-01-01,",
        "2027,元旦,2027-01-01,2027-12-31,",
        "2027,元旦,2028-01-01,2028-01-01,",
        "2027,元旦,2027-02-30,2027-03-01,",
        // A Monday is no weekend day to be worked on.
        "2027,元旦,2027-01-01,2027-01-03,2027-01-04",
    ] {
        let text = format!("# 2027\n{wrong}");
        let refused = shipped().with(&text).unwrap_err();
        assert!(refused.zh.starts_with("第 2 行"), "{wrong}: {}", refused.zh);
    }
}

#[test]
fn three_working_days_over_the_long_holidays() {
    for (from, until) in [
        // National Day: 09-30, 10-08, 10-09.
        ("2026-09-29", "2026-10-09"),
        ("2026-09-30", "2026-10-10"),
        // The Saturday after it is worked.
        ("2026-10-08", "2026-10-12"),
        // Spring Festival: the Saturday before it, 02-24, 02-25.
        ("2026-02-13", "2026-02-25"),
        ("2025-01-27", "2025-02-07"),
        // Received on a day off, counted from the first day worked.
        ("2026-02-18", "2026-02-26"),
        ("2026-11-25", "2026-11-30"),
    ] {
        let due = due(from, 3, Unit::Workdays);
        assert_eq!(due.day, day(until), "{from}");
        assert_eq!(due.day, due.end, "{from}");
        assert_eq!(
            shipped().workdays_between(day(from), day(until)),
            3,
            "{from}"
        );
    }
}

#[test]
fn adding_and_counting_agree() {
    let mut from = day("2025-01-01");
    while from < day("2026-10-01") {
        assert_eq!(shipped().add_workdays(from, 0), from);
        let mut last = from;
        for count in 1..25_u16 {
            let to = shipped().add_workdays(from, count);
            assert!(to > last && shipped().is_workday(to), "{from} + {count}");
            assert_eq!(shipped().workdays_between(from, to), i64::from(count));
            assert_eq!(shipped().workdays_between(to, from), -i64::from(count));
            last = to;
        }
        from = from.succ_opt().unwrap();
    }
}

#[test]
fn a_last_day_off_moves_to_the_next_working_day() {
    for (from, count, roll, until) in [
        ("2026-11-20", 15, Roll::Rest, "2026-12-07"),
        ("2026-11-20", 15, Roll::Holiday, "2026-12-05"),
        ("2026-09-16", 15, Roll::Rest, "2026-10-08"),
        ("2026-09-16", 15, Roll::Holiday, "2026-10-08"),
        ("2026-09-16", 15, Roll::Never, "2026-10-01"),
        // The Sunday after that Saturday is worked for National Day.
        ("2026-09-04", 15, Roll::Rest, "2026-09-20"),
        // A Saturday that is worked on is no day off.
        ("2026-01-30", 15, Roll::Rest, "2026-02-14"),
        ("2026-01-31", 15, Roll::Rest, "2026-02-24"),
        ("2026-11-20", 14, Roll::Rest, "2026-12-04"),
    ] {
        let due = due(from, count, Unit::Days(roll));
        assert_eq!(due.day, day(until), "{from} + {count} {roll:?}");
        assert_eq!(due.rest.is_some(), due.day != due.end);
    }
}

/// From, how many, in working days or not, and what is said.
const TOLD: &[(&str, u16, bool, &str, &str)] = &[
    (
        "2026-11-20",
        15,
        false,
        "收到 11-20 -> 次日起算 -> 15 日 = 12-05（周六）-> 顺延 12-07",
        "received 11-20 -> counted from the next day -> 15 days = 12-05 (Sat) -> moved on to 12-07",
    ),
    (
        "2026-11-20",
        14,
        false,
        "收到 11-20 -> 次日起算 -> 14 日 = 12-04",
        "received 11-20 -> counted from the next day -> 14 days = 12-04",
    ),
    (
        "2026-09-16",
        15,
        false,
        "收到 09-16 -> 次日起算 -> 15 日 = 10-01（国庆节）-> 顺延 10-08",
        "received 09-16 -> counted from the next day -> 15 days = 10-01 (National Day) -> moved on to 10-08",
    ),
    (
        "2025-12-20",
        13,
        false,
        "收到 2025-12-20 -> 次日起算 -> 13 日 = 2026-01-02（元旦）-> 顺延 2026-01-04",
        "received 2025-12-20 -> counted from the next day -> 13 days = 2026-01-02 (New Year) -> moved on to 2026-01-04",
    ),
    (
        "2026-11-23",
        3,
        true,
        "收到 11-23 -> 次日起算 -> 3 个工作日 = 11-26",
        "received 11-23 -> counted from the next day -> 3 working days = 11-26",
    ),
    (
        "2026-09-17",
        12,
        true,
        "收到 09-17 -> 次日起算 -> 12 个工作日 = 10-10（不计周末 1 天、中秋节 09-25 至 09-27 共 3 天、国庆节 10-01 至 10-07 共 7 天；计入调休上班 09-20、10-10）",
        "received 09-17 -> counted from the next day -> 12 working days = 10-10 (without weekends 1 d, Mid-Autumn 09-25 to 09-27 3 d, National Day 10-01 to 10-07 7 d; with the made-up 09-20, 10-10)",
    ),
    (
        "2025-09-30",
        3,
        true,
        "收到 09-30 -> 次日起算 -> 3 个工作日 = 10-11（不计国庆节、中秋节 10-01 至 10-08 共 8 天；计入调休上班 10-11）",
        "received 09-30 -> counted from the next day -> 3 working days = 10-11 (without National Day, Mid-Autumn 10-01 to 10-08 8 d; with the made-up 10-11)",
    ),
    (
        "2026-11-20",
        0,
        true,
        "收到 11-20 -> 当日",
        "received 11-20 -> the same day",
    ),
];

#[test]
fn a_count_is_told_step_by_step() {
    for (from, count, work, zh, en) in TOLD {
        let unit = if *work {
            Unit::Workdays
        } else {
            Unit::Days(Roll::Rest)
        };
        let told = due(from, *count, unit).unfolded(RECEIVED);
        assert_eq!((told.zh.as_str(), told.en.as_str()), (*zh, *en));
    }
}

#[test]
fn the_days_of_the_work_fall_where_they_are() {
    let first = |name: &str, year| {
        let named = named_days().iter().find(|named| named.name.zh == name);
        let first = named.unwrap().first(year);
        first.map_or_else(|| "-".to_owned(), |day| day.to_string())
    };
    for (name, year, at) in [
        ("学雷锋日", 2026, "2026-03-05"),
        ("全国科技工作者日", 2026, "2026-05-30"),
        ("全国科技工作者日", 2016, "-"),
        ("国际志愿者日", 2026, "2026-12-05"),
        // As held: the third weekend.
        ("全国科普日", 2017, "2017-09-16"),
        ("全国科普日", 2020, "2020-09-19"),
        ("全国科普日", 2026, "2026-09-19"),
        ("全国科普月", 2025, "2025-09-01"),
        // As held.
        ("全国科技活动周", 2023, "2023-05-20"),
        ("全国科技活动周", 2026, "2026-05-23"),
    ] {
        assert_eq!(first(name, year), at, "{name} {year}");
    }
    let on = |text| {
        named_on(day(text))
            .map(|(named, first)| (named.name.zh.as_str(), first))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        on("2026-09-20"),
        [("全国科普月", false), ("全国科普日", false)]
    );
    assert_eq!(on("2026-09-01"), [("全国科普月", true)]);
    assert_eq!(on("2026-12-06"), []);
    let lines = include_str!("../../src/domain/data/named_days.csv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).skip(1);
    assert_eq!(rows.count(), named_days().len(), "a row is not understood");
    for named in named_days() {
        assert!(!named.source.is_empty() && !named.name.en.is_empty());
    }
}
