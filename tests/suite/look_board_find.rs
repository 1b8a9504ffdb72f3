//! Boards: the sums of hours, who fits, a month, the findings.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::said::Lang;
use kezhi::protocol::{Act, Request};
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::Stage;
use crate::look_board::{made, stage, text};
use crate::look_board_data::record;

#[test]
fn sums_unfold_to_records_and_fold_again() {
    let mut stage = stage(&["Esc", "1", "t"]);
    assert!(
        stage.text().contains("21968 小时") || stage.text().contains("小时"),
        "{}",
        stage.text()
    );
    stage.keys(&["Down", "Enter"]);
    assert!(stage.text().contains("元宝山区"), "{}", stage.text());
    // The organisation itself: its records.
    stage.keys(&["Enter"]);
    let lists = stage
        .asked
        .iter()
        .any(|request| matches!(request, Request::Hours(hours) if hours.own));
    assert!(
        lists && stage.text().contains("本级记录"),
        "{}",
        stage.text()
    );
    // The last row stands for the older ones and opens nothing.
    assert!(stage.text().contains("另有 7 条更早的"), "{}", stage.text());
    let asked = stage.asked.len();
    stage.keys(&["End", "Enter"]);
    assert_eq!(stage.asked.len(), asked, "{}", stage.text());
    stage.keys(&["Backspace", "Left"]);
    assert!(stage.text().contains("内蒙古自治区"), "{}", stage.text());
    stage.keys(&["["]);
    let Some(Request::Hours(hours)) = stage.asked.last() else {
        panic!()
    };
    assert_eq!(hours.year, 2023);
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.keys(&["Enter", "t", "Enter"]);
    assert!(
        stage.asked.contains(&Request::Show(record(9))),
        "{}",
        stage.text()
    );
}

#[test]
fn what_is_said_on_the_phone_is_noted() {
    let mut stage = stage(&["Esc", "3", "m"]);
    assert!(stage.text().contains("答应 12/20"), "{}", stage.text());
    // Enrolled already: her yes is a step. 没接 is a note.
    stage.keys(&["1", "3"]);
    {
        let changes = made(&stage);
        let Act::Step { code, step, .. } = &changes[0].act else {
            panic!("{changes:?}")
        };
        assert_eq!((code.number, step.as_str()), (1, "agree"));
        assert_eq!(text(changes[0], "agreed_how"), "电话");
        // What stood in the note stays.
        let note = text(changes[1], "note");
        assert!(
            note.starts_with("自带午饭\n20") && note.ends_with(" 没接"),
            "{note}"
        );
        assert!(matches!(changes[1].act, Act::Edit { rev: Some(2), .. }));
        assert_eq!(text(changes[0], "agreed_by"), "本人");
    }
    // The 35th is not enrolled yet.
    stage.keys(&["End", "2"]);
    let changes = made(&stage);
    assert_eq!(changes[2].act, Act::New(Kind::Enrolment));
    let Act::Step { code, step, .. } = &changes[3].act else {
        panic!("{changes:?}")
    };
    assert_eq!((code.number, step.as_str()), (900, "decline"));
}

#[test]
fn for_a_need_the_answers_are_counted_and_it_becomes_an_activity() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.app.lists[1].kinds = vec![Kind::Need];
    let need = Code::new(Kind::Need, 2_024_000_001);
    let view = kezhi::protocol::View {
        kind: Kind::Need,
        ..match crate::look_board_data::answer(&Request::Show(need), None) {
            Some(Ok(kezhi::protocol::Answer::View(view))) => view,
            _ => panic!(),
        }
    };
    let card = kezhi::tui::overlay::Card::new(view);
    stage.app.over.push(Overlay::Card(Box::new(card)));
    stage.keys(&["m"]);
    let shown = stage.text();
    assert!(
        shown.contains("答应 1/20") && shown.contains("已联系 2"),
        "{shown}"
    );
    stage.keys(&["4"]);
    {
        let changes = made(&stage);
        assert_eq!(text(changes[0], "result"), "再打");
        assert_eq!(text(changes[0], "volunteer"), "ZY-000001");
    }
    stage.keys(&["t", "1"]);
    let changes = made(&stage);
    assert!(matches!(&changes[1].act, Act::Step { step, .. } if step == "turn"));
}

#[test]
fn the_calendar_moves_by_day_week_and_month() {
    let mut stage = stage(&["Esc", "3", "c"]);
    let shown = stage.text();
    assert!(
        shown.contains("2024 年 5 月") && shown.contains("!草原防火科普"),
        "{shown}"
    );
    // Two on this day: into it, then to the second one.
    stage.keys(&["Enter", "Down", "Enter"]);
    let large = Code::new(Kind::Activity, crate::look_board_data::LARGE);
    assert!(
        stage.asked.contains(&Request::Show(large)),
        "{}",
        stage.text()
    );
    stage.keys(&["Esc", "Esc", "Right", "PageDown"]);
    let asked = stage.asked.iter().rev().find_map(|request| match request {
        Request::Calendar(asked) => Some(*asked),
        _ => None,
    });
    let asked = asked.unwrap();
    assert_eq!(
        (asked.from.to_string(), asked.to.to_string()),
        ("2024-06-01".into(), "2024-06-30".into())
    );
    assert!(stage.text().contains("2024-06-26"), "{}", stage.text());
    stage.keys(&["Up", "Left", "Home", "Up"]);
    assert!(stage.text().contains("2024-05-25"), "{}", stage.text());
    // A year without data says so, in both views.
    for _ in 0..40 {
        stage.keys(&["]"]);
    }
    assert!(stage.text().contains("尚无放假安排"), "{}", stage.text());
    stage.keys(&["l"]);
    assert!(stage.text().contains("尚无放假安排"), "{}", stage.text());
}

#[test]
fn from_the_calendar_the_roster_of_its_activity() {
    let mut stage = stage(&["Esc", "3", "c", "l", "End", "r"]);
    assert!(
        stage.text().contains("名单  HD-2024-0147  草原防火科普行"),
        "{}",
        stage.text()
    );
    stage.keys(&["Esc"]);
    assert!(stage.text().contains("日历"), "{}", stage.text());
}

#[test]
fn findings_unfold_to_records_and_are_narrowed_by_article() {
    let mut stage = stage(&["Esc", "3", "k"]);
    let shown = stage.text();
    assert!(
        shown.contains("3 条规则 4 个问题") && shown.contains("第九条（六）"),
        "{shown}"
    );
    stage.keys(&["Enter", "Down", "Enter"]);
    assert!(
        stage.text().contains("组织 ZZ-0035  红山区科技志愿者队"),
        "{}",
        stage.text()
    );
    stage.keys(&["Esc", "Left", "/", "9", "Enter"]);
    let shown = stage.text();
    assert!(
        shown.contains("1 条规则 1 个问题") && !shown.contains("第七条"),
        "{shown}"
    );
    // Esc in the line takes the article away.
    stage.keys(&["/", "Esc"]);
    assert!(stage.text().contains("3 条规则"), "{}", stage.text());
}

#[test]
fn without_an_activity_a_board_says_what_to_do() {
    let stage = stage(&["Esc", "r"]);
    assert!(
        stage.text().contains("先选中一项活动或需求"),
        "{}",
        stage.text()
    );
    assert!(stage.app.over.is_empty());
}

/// Nothing is left behind of an answer that comes after the board was closed.
#[test]
fn a_late_answer_harms_nobody() {
    let mut stage = stage(&["Esc", "3"]);
    stage.app.key(&crate::look::code("Enter").unwrap());
    let calls = {
        stage.app.act("roster");
        stage.app.take_calls()
    };
    stage.keys(&["Esc"]);
    for (tag, request) in calls {
        if let Some(Ok(answer)) = crate::look_board_data::answer(&request, None) {
            stage.app.answer(tag, Ok(answer));
        }
    }
    stage.draw();
    assert!(!stage.text().contains("━ 名单"), "{}", stage.text());
}
