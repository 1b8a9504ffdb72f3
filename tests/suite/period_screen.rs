//! Filters by day on the screen: by digits, as one types it, and under a name.

use kezhi::domain::kind::Kind;
use kezhi::protocol::Request;
use kezhi::protocol::matter::Queue;
use kezhi::tui::tag::Tag;

use crate::comfort::stage;
use crate::look::Stage;

fn filters(stage: &Stage) -> Vec<(String, String)> {
    let found = stage.asked.iter().rev().find_map(|request| match request {
        Request::Find(find) => Some(find.filters.clone()),
        _ => None,
    });
    found.unwrap()
}

fn pair(key: &str, value: &str) -> (String, String) {
    (key.to_owned(), value.to_owned())
}

#[test]
fn three_digits_ask_who_registered_this_week() {
    let mut stage = stage();
    stage.keys(&["Esc", "f", "5"]);
    assert!(stage.text().contains("登记日期"), "{}", stage.text());
    // A birth is nobody's to be looked through.
    assert!(!stage.text().contains("出生日期"), "{}", stage.text());
    stage.keys(&["1"]);
    // 2024-05-25 is a Saturday.
    assert!(stage.text().contains("3 本周"), "{}", stage.text());
    assert!(
        stage.text().contains("2024-05-20..2024-05-26"),
        "{}",
        stage.text()
    );
    stage.keys(&["3"]);
    assert_eq!(filters(&stage), [pair("joined_on", "本周")]);
    assert!(stage.text().contains("[登记日期 本周]"), "{}", stage.text());
    // Another day beside it; the same day anew takes its place.
    stage.keys(&["f", "5", "2", "9"]);
    let both = [pair("joined_on", "本周"), pair("confirmed_on", "没填")];
    assert_eq!(filters(&stage), both);
    stage.keys(&["f", "5", "1", "5"]);
    assert_eq!(
        filters(&stage),
        [pair("confirmed_on", "没填"), pair("joined_on", "本月")]
    );
    stage.keys(&["Esc"]);
    assert!(stage.app.lists[0].filters.is_empty());
}

#[test]
fn a_period_of_ones_own_is_typed() {
    let mut stage = stage();
    stage.keys(&["Esc", "f", "5", "1", "0"]);
    assert!(stage.text().contains("日期: "), "{}", stage.text());
    stage.keys(&["乱写", "Enter"]);
    assert!(stage.text().contains("不是日子"), "{}", stage.text());
    stage.keys(&["Ctrl-U", "11-20..12-05", "Enter"]);
    // Of the year in which it was typed, whenever it is used.
    assert_eq!(
        filters(&stage),
        [pair("joined_on", "2024-11-20..2024-12-05")]
    );
    assert!(
        stage.text().contains("登记日期 2024-11-20..2024-12-05"),
        "{}",
        stage.text()
    );
    // The line without a digit asks for it too; letters find the others.
    stage.keys(&[
        "f", "5", "1", "Down", "Down", "Down", "Down", "Down", "Down", "Down", "Down", "Down",
        "Enter",
    ]);
    assert!(stage.text().contains("日期: "), "{}", stage.text());
    stage.keys(&["Esc", "f", "5", "1", "sy", "Enter"]);
    assert_eq!(filters(&stage), [pair("joined_on", "上月")]);
    stage.keys(&["f", "5", "1", "今后45天", "Enter"]);
    assert_eq!(filters(&stage), [pair("joined_on", "今后45天")]);
    assert!(
        stage.text().contains("[登记日期 今后 45 天]"),
        "{}",
        stage.text()
    );
}

#[test]
fn a_named_filter_keeps_the_word() {
    let mut stage = stage();
    stage.keys(&["Esc", "f", "5", "1", "3"]);
    stage.keys(&["f", "起个名", "Enter", "本周新人", "Enter"]);
    let kept = stage.asked.iter().rev().find_map(|request| match request {
        Request::Prefer { key, value } if key == "filter:volunteer" => Some(value.clone()),
        _ => None,
    });
    let kept = kept.unwrap();
    assert!(kept.contains(r#"["joined_on","本周"]"#), "{kept}");
    // A month later it is the week of that day.
    let mut next = self::stage();
    next.app.now += chrono::Duration::days(30);
    let all = [("filter:volunteer".to_owned(), kept)].into();
    next.app.answer(
        Tag::Preferences,
        Ok(kezhi::protocol::Answer::Preferences(all)),
    );
    next.keys(&["Esc", "f"]);
    assert!(next.text().contains("登记日期 本周"), "{}", next.text());
    next.keys(&["4"]);
    assert_eq!(filters(&next), [pair("joined_on", "本周")]);
}

#[test]
fn filters_by_day_come_with_the_program_and_reach_the_queue() {
    let mut stage = stage();
    stage.keys(&["Esc", "3", "f"]);
    assert!(stage.text().contains("本周有活动"), "{}", stage.text());
    stage.keys(&["4"]);
    assert_eq!(filters(&stage), [pair("days", "本周")]);
    let mut stage = self::stage();
    stage.keys(&["Esc", "4", "f", "日期", "Enter"]);
    assert!(
        stage.text().contains("收到日期") && stage.text().contains("到期日"),
        "{}",
        stage.text()
    );
    assert!(!stage.text().contains("办结日期"), "{}", stage.text());
    stage.keys(&["1", "3"]);
    let Some(Request::Queue(Queue { days, .. })) = stage.asked.last() else {
        panic!("{:?}", stage.asked.last())
    };
    assert_eq!(days, &[pair("due_on", "本周")]);
    for one in kezhi::tui::named::BUILT {
        let Some((key, period)) = one.day else {
            continue;
        };
        assert!(one.kind.spec().field(key).unwrap().by_day());
        let today = stage.app.now.date();
        let read = kezhi::domain::period::Period::read(period, today).unwrap();
        assert_eq!(read.key(), period);
    }
    assert_eq!(stage.app.listed_kind(2), Some(Kind::Complaint));
}
