//! What a new operator runs into: letters that are commands, keys that are named, rows out of sight, drafts without a name.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use kezhi::domain::kind::Kind;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::said::Lang;
use kezhi::protocol::{Found, Row};
use kezhi::say;
use kezhi::tui::app::Tag;
use kezhi::tui::list::List;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::{Stage, code};
use crate::look_data::{row, volunteer};

fn stage() -> Stage {
    Stage::new(Lang::Zh, Theme::named("default"), 120, 36)
}

/// Types letters with so many milliseconds between them.
fn typed(stage: &mut Stage, word: &str, gap: u64) {
    let start = Instant::now();
    for (nth, letter) in word.chars().enumerate() {
        let key = ratatui::crossterm::event::KeyEvent::from(
            ratatui::crossterm::event::KeyCode::Char(letter),
        );
        let at = start + Duration::from_millis(gap * nth as u64);
        stage.app.key_at(&key, at);
        stage.draw();
    }
}

#[test]
fn a_word_that_is_typed_where_letters_are_commands_is_a_search() {
    for word in [
        "zhang", "lsh", "nihao", "gao", "gul", "edun", "su", "pxx", "jma", "qiao", "tuya", "xiao",
    ] {
        let mut stage = stage();
        stage.keys(&["Esc"]);
        typed(&mut stage, word, 120);
        let text = stage.text();
        assert!(
            stage.app.over.is_empty() && !stage.app.zoom,
            "{word}\n{text}"
        );
        assert_eq!(stage.app.lists[0].input.value(), word, "{text}");
        assert!(text.contains(&format!("查找: {word}")), "{text}");
        assert!(stage.app.waiting().is_empty() && stage.drafts.borrow().is_empty());
        assert_eq!(stage.app.listed_kind(1), Some(Kind::Activity));
        let queue = stage.app.lists[2].queue;
        assert_eq!(queue, Some(kezhi::protocol::matter::Which::Open), "{word}");
    }
    // In the tree too: what is typed is looked for among the people.
    let mut stage = self::stage();
    stage.keys(&["Esc", "1"]);
    typed(&mut stage, "zhang", 120);
    assert_eq!(
        stage.app.lists[0].input.value(),
        "zhang",
        "{}",
        stage.text()
    );
}

#[test]
fn letters_one_by_one_and_the_keys_of_two_letters_stay_commands() {
    let mut stage = stage();
    stage.keys(&["Esc"]);
    typed(&mut stage, "zo", 400);
    assert!(stage.app.zoom);
    assert!(matches!(stage.app.over.last(), Some(Overlay::Menu(_))));
    let mut stage = self::stage();
    stage.keys(&["Esc"]);
    typed(&mut stage, "ga", 60);
    assert_eq!(stage.app.focus, 2);
    let mut stage = self::stage();
    stage.keys(&["Esc"]);
    typed(&mut stage, "jz", 60);
    assert_eq!((stage.app.focus, stage.app.zoom), (3, true));
    let mut stage = self::stage();
    stage.keys(&["Esc", "3"]);
    typed(&mut stage, "ppp", 60);
    assert_eq!(stage.app.listed_kind(1), Some(Kind::Certificate));
    let mut stage = self::stage();
    stage.keys(&["Esc"]);
    typed(&mut stage, "qq", 60);
    assert!(stage.app.ended);
    // A letter of a form is text, however soon it follows.
    let mut stage = self::stage();
    stage.keys(&["Esc", "F7"]);
    typed(&mut stage, "wang", 60);
    assert!(matches!(stage.app.over.last(), Some(Overlay::Form(form)) if form.text(0) == "wang"));
}

#[test]
fn leaving_the_search_says_what_letters_are_now_and_a_digit_how_panes_are_reached() {
    let mut stage = stage();
    stage.keys(&["4"]);
    assert!(
        stage.text().contains("数字在查找里是字：F6 换窗"),
        "{}",
        stage.text()
    );
    stage.keys(&["4"]);
    assert!(!stage.text().contains("数字在查找里"), "{}", stage.text());
    stage.keys(&["Esc", "Esc"]);
    let said = "字母现在是命令；再查找按 F3，或直接打汉字";
    assert!(stage.text().contains(said), "{}", stage.text());
    stage.keys(&["1"]);
    assert!(!stage.text().contains(said), "{}", stage.text());
}

#[test]
fn keys_are_named_that_work_where_one_is() {
    let mut stage = stage();
    stage.keys(&["F4", "F9"]);
    // Over a form the letters are text: the palette names none.
    let text = stage.text();
    let line = text.lines().find(|line| line.contains("草稿箱")).unwrap();
    assert!(!line.contains(" d "), "{line}");
    stage.keys(&["Esc", "Down", "乙", "Esc", "F4"]);
    let told = stage.app.message.clone().unwrap().1;
    assert!(
        told.ends_with("要从头填：Esc 后 F9 输 cgx 放弃它"),
        "{told}"
    );
    stage.keys(&["Esc", "F9", "cgx", "Enter"]);
    assert!(stage.text().contains("继续 编辑"), "{}", stage.text());
    // At the login one types too.
    let drafts = stage.drafts.take();
    let mut later = self::stage();
    later.drafts.replace(drafts);
    later.app.drafts = Default::default();
    later.app.begin();
    later.draw();
    assert!(
        later.text().contains("：F9 输 cgx 继续或放弃"),
        "{}",
        later.text()
    );
    later.keys(&["Esc", "F9"]);
    let text = later.text();
    let line = text.lines().find(|line| line.contains("草稿箱")).unwrap();
    assert!(line.contains(" d "), "{line}");
}

fn rows(numbers: std::ops::Range<u64>) -> Found {
    let one = |number| row(Kind::Volunteer, number, "甲", "", "在册", "");
    let rows: Vec<Row> = numbers.map(one).collect();
    Found {
        total: rows.len(),
        fuzzy: false,
        rows,
    }
}

fn list(numbers: std::ops::Range<u64>, height: usize) -> List {
    let mut list = List::new(&[Kind::Volunteer]);
    list.fit(height);
    let (asked, _) = list.ask();
    list.take(asked, rows(numbers));
    list
}

#[test]
fn rows_that_came_in_above_are_seen_as_long_as_there_is_room() {
    let mut one = list(10..12, 10);
    let (asked, _) = one.ask();
    one.take(asked, rows(7..12));
    assert_eq!((one.at, one.top), (3, 0));
    assert_eq!(one.selected().unwrap().code, volunteer(10));
    // With less room than that the selection stays in sight, and comes back down with the room.
    one.fit(2);
    assert!(one.top > 0 && one.at < one.top + 2);
    one.fit(8);
    assert_eq!((one.at, one.top), (3, 0));
    // A longer list that is scrolled fills its pane to the last row.
    let mut one = list(1..41, 5);
    one.go(39);
    assert_eq!(one.top, 35);
    one.fit(20);
    assert_eq!((one.at, one.top), (39, 20));
}

#[test]
fn f7_on_a_card_makes_what_the_card_is_and_its_draft_comes_next() {
    let mut stage = stage();
    stage.keys(&["Esc", "1", "F2", "单", "Enter", "F7"]);
    assert!(
        stage.text().contains("新建空白  志愿者"),
        "{}",
        stage.text()
    );
    stage.keys(&["1", "赵", "Esc", "F7"]);
    let text = stage.text();
    let line = text
        .lines()
        .find(|line| line.contains("继续 新建 志愿者"))
        .unwrap();
    assert!(line.contains(" 2 "), "{text}");
}

#[test]
fn the_draft_of_a_step_is_named_after_its_record_and_both_lines_tell_its_time() {
    let mut stage = stage();
    stage.keys(&[
        "Esc", "3", "r", "w", "Down", "Down", "生病", "Esc", "Esc", "Esc", "g", "d",
    ]);
    let text = stage.text();
    for verb in ["继续", "放弃"] {
        let line = text
            .lines()
            .find(|line| line.contains(&format!("{verb} 不能来 PQ-000001")));
        let line = line.unwrap_or_else(|| panic!("{verb}\n{text}"));
        assert!(line.contains("05-25 14:32"), "{line}");
    }
}

#[test]
fn a_draft_that_was_thrown_away_is_back_within_thirty_seconds_whatever_was_opened_since() {
    let thrown = || {
        let mut stage = stage();
        stage.keys(&["F7", "单", "Esc", "Esc", "g", "d", "2"]);
        assert!(stage.drafts.borrow()[0].discarded.is_some());
        stage.keys(&["F9", "Esc", "F2", "Esc", "Down"]);
        stage
    };
    let mut stage = thrown();
    stage.keys(&["Ctrl-Z"]);
    assert!(
        stage.drafts.borrow()[0].discarded.is_none(),
        "{}",
        stage.text()
    );
    let mut stage = thrown();
    let now = stage.app.now + TimeDelta::seconds(31);
    stage.app.tick(now);
    stage.keys(&["Ctrl-Z"]);
    assert!(
        stage.drafts.borrow()[0].discarded.is_some(),
        "{}",
        stage.text()
    );
}

#[test]
fn a_field_is_shown_until_a_time_and_the_refusal_before_is_over() {
    let mut stage = stage();
    stage.keys(&["Enter", "Ctrl-E", "1"]);
    let (code, field) = match stage.app.over.last() {
        Some(Overlay::Reason(code, field, _)) => (*code, field.clone()),
        _ => panic!("{}", stage.text()),
    };
    let refusal = Refusal::new(RefusalKind::Usage, say!("请写明查看的原因", "say why"));
    stage.app.failed(&Tag::Reveal(code, field), &refusal);
    stage.draw();
    assert!(
        stage.text().contains("请写明查看的原因"),
        "{}",
        stage.text()
    );
    stage.keys(&["1"]);
    let text = stage.text();
    assert!(!text.contains("请写明查看的原因"), "{text}");
    assert!(text.contains("14000004471 至 14:32:20"), "{text}");
    assert!(text.contains("显示至 14:32:20"), "{text}");
}

#[test]
fn the_tour_tells_how_a_wrong_word_is_cleared() {
    let mut stage = stage();
    stage.keys(&["F9", "jc", "Enter", "F2", "wf"]);
    assert!(
        stage
            .text()
            .contains("这样找不到张伟：Ctrl-U 清空，再打 z w"),
        "{}",
        stage.text()
    );
    stage.keys(&["Ctrl-U", "zw"]);
    assert!(stage.text().contains("3/8"), "{}", stage.text());
    // Who is registered has the steps of those who are, and no others.
    stage.keys(&["Enter", "F8"]);
    let text = stage.text();
    assert!(
        text.contains("暂停") && !text.contains("重新登记"),
        "{text}"
    );
}

#[test]
fn the_palette_has_every_line_once_and_hints_say_what_a_key_turns_back() {
    let mut stage = stage();
    stage.keys(&["Esc", "F9", "xy"]);
    let text = stage.text();
    assert_eq!(text.matches("显示隐藏项").count(), 1, "{text}");
    stage.keys(&["Esc", "z"]);
    let hints = |stage: &Stage| stage.text().trim_end().lines().last().unwrap().to_owned();
    assert!(hints(&stage).contains("z 还原"), "{}", hints(&stage));
    stage.keys(&["z", "j"]);
    assert!(hints(&stage).contains("j 全部"), "{}", hints(&stage));
    stage.keys(&["j"]);
    assert!(hints(&stage).contains("j 今日必办"), "{}", hints(&stage));
    assert!(code("F9").is_some());
}
