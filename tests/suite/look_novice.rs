//! What somebody who sees the screen for the first time stumbles over.

use kezhi::domain::kind::Kind;
use kezhi::domain::said::Lang;
use kezhi::tui::app::Level;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::Stage;

fn stage(lang: Lang, width: u16, height: u16, keys: &[&str]) -> Stage {
    let mut stage = Stage::new(lang, Theme::named("dark"), width, height);
    stage.keys(keys);
    stage
}

fn row(stage: &Stage, at: usize) -> String {
    stage.text().lines().nth(at).unwrap_or_default().to_owned()
}

#[test]
fn the_bar_names_only_keys_that_work_while_text_is_typed() {
    for (width, height) in [(80, 24), (120, 36)] {
        let mut stage = stage(Lang::Zh, width, height, &[]);
        let bar = row(&stage, usize::from(height) - 1);
        assert!(bar.trim_start().starts_with("Esc 返回"), "{bar}");
        for letter in ["z 放大", "g 前往", "q 退出", "f 筛选"] {
            assert!(!bar.contains(letter), "{bar}");
        }
        stage.keys(&["Esc"]);
        let bar = row(&stage, usize::from(height) - 1);
        assert!(bar.contains("z 放大") || bar.contains("f 筛选"), "{bar}");
    }
}

#[test]
fn the_state_of_a_person_stands_beside_the_longest_name() {
    for lang in [Lang::Zh, Lang::En] {
        for (width, height) in [(80, 24), (120, 36), (200, 50)] {
            let mut stage = stage(lang, width, height, &["Esc"]);
            let long = "阿尔斯楞巴特尔额尔德尼朝鲁";
            if let Some(list) = stage.app.lists.first_mut()
                && let Some(first) = list.rows.first_mut()
            {
                first.title = long.into();
                first.status = "已退出".into();
            }
            stage.draw();
            let text = stage.text();
            let line = text.lines().find(|line| line.contains(long));
            let line = line.unwrap_or_else(|| panic!("{text}"));
            let state = Kind::Volunteer.spec().said("已退出", lang);
            // A list says it in four cells.
            let state = state.trim_start_matches('已');
            assert!(line.contains(state), "{line}");
            assert!(!line.contains(" ~ "), "{line}");
            if lang == Lang::En {
                assert!(text.contains("State") || height < 30, "{text}");
            }
        }
    }
}

#[test]
fn help_over_a_form_begins_with_the_field_and_names_no_letters() {
    let mut stage = stage(Lang::Zh, 120, 36, &["Esc", "F7", "F1"]);
    let text = stage.text();
    let (field, keys) = (text.find("姓名（必填）"), text.find("提交"));
    assert!(field.is_some() && field < keys, "{text}");
    assert!(!text.contains("F8  s"), "{text}");
    assert!(!text.contains("F3  /"), "{text}");
    stage.keys(&["Esc", "Esc", "F2", "F1"]);
    assert!(!stage.text().contains("F4  e"), "{}", stage.text());
}

#[test]
fn what_is_refused_is_no_success_and_goes_with_the_next_key() {
    let mut stage = stage(Lang::Zh, 80, 24, &["Esc", "Enter", "z"]);
    let told = stage.app.told.last().map(|told| told.level);
    assert_eq!(told, Some(Level::Warn), "{:?}", stage.app.told);
    stage.keys(&["Down"]);
    assert_eq!(stage.app.message, None);
}

#[test]
fn an_error_does_not_stand_over_another_panel() {
    let mut stage = stage(Lang::Zh, 80, 24, &["Esc", "F9"]);
    stage.app.tell(Level::Error, "不行的事");
    stage.keys(&["Down"]);
    assert!(stage.app.message.is_some());
    stage.keys(&["Up", "Enter"]);
    assert_eq!(stage.app.message, None);
}

#[test]
fn what_was_told_before_the_clock_is_stamped_with_its_first_moment() {
    let stage = stage(Lang::Zh, 80, 24, &[]);
    let mut app =
        kezhi::tui::app::App::new(stage.app.welcome.clone(), Lang::Zh, Theme::named("dark"));
    app.tell(Level::Warn, "键位有误");
    app.tick(stage.app.now);
    assert_eq!(app.told[0].at, stage.app.now);
}

#[test]
fn what_was_done_is_taken_back_from_the_look_up_too() {
    let mut stage = stage(Lang::Zh, 80, 24, &["F2", "Ctrl-Z"]);
    let said = stage.app.told.last().map(|told| told.text.clone());
    assert!(said.unwrap_or_default().contains("没有可撤回的"));
    assert!(matches!(stage.app.over.last(), Some(Overlay::Look(_))));
    stage.keys(&["Esc"]);
}

#[test]
fn the_digits_of_a_menu_stay_where_they_are() {
    let mut stage = stage(Lang::Zh, 120, 36, &["Esc", "F9"]);
    let numbered = |stage: &Stage| -> Vec<String> {
        let text = stage.text();
        let rows = text.lines().filter_map(|line| {
            let mut words = line
                .split_whitespace()
                .map(|word| word.trim_start_matches('>'));
            let digit = words.find(|word| word.len() == 1 && word.parse::<u8>().is_ok())?;
            Some(format!("{digit} {}", words.next()?))
        });
        rows.collect()
    };
    let before = numbered(&stage);
    stage.keys(&["Down"; 9]);
    // Its first line went out of sight; those that stayed have the digits that they had.
    for line in numbered(&stage) {
        assert!(line.ends_with('┃') || before.contains(&line), "{line}");
    }
    assert!(numbered(&stage).contains(&"9 刷新".to_owned()));
}

#[test]
fn a_session_that_only_reads_is_not_shown_what_it_is_refused() {
    let mut stage = stage(Lang::Zh, 200, 50, &["Esc"]);
    stage.app.welcome.read_only = true;
    stage.draw();
    let bar = row(&stage, 49);
    for key in ["F4", "F7", "F8", "Ctrl-E"] {
        assert!(!bar.contains(key), "{bar}");
    }
}

#[test]
fn a_window_without_room_says_how_large_it_must_be_and_takes_no_keys() {
    let mut stage = stage(Lang::Zh, 80, 24, &["Esc", "F7", "单立文"]);
    stage.resize(39, 9);
    let text = stage.text();
    assert!(
        text.contains("40x10") && text.contains("内容都在"),
        "{text}"
    );
    stage.keys(&["错"]);
    stage.app.paste("错");
    stage.resize(80, 24);
    let text = stage.text();
    assert!(text.contains("单立文") && !text.contains("错"), "{text}");
}

#[test]
fn titles_keep_the_code() {
    let stage = stage(Lang::Zh, 45, 10, &["F4"]);
    let top = row(&stage, 1) + &row(&stage, 0);
    assert!(top.contains("编辑 ZY-"), "{}", stage.text());
}

#[test]
fn one_step_for_many_is_named_when_it_is_done() {
    let keys = [
        "Esc", "Space", "Down", "Space", "F8", "暂停", "Enter", "有事", "F8",
    ];
    let stage = stage(Lang::Zh, 80, 24, &keys);
    let told: Vec<&str> = stage
        .app
        .told
        .iter()
        .map(|told| told.text.as_str())
        .collect();
    assert!(
        told.iter().any(|text| text.contains("「暂停」已办 2 条")),
        "{told:?}"
    );
}

#[test]
fn a_late_case_says_so_once() {
    let stage = stage(Lang::Zh, 120, 36, &["Esc", "4"]);
    for line in stage.text().lines() {
        assert!(
            !line.contains("逾 逾") && !line.contains("逾   逾"),
            "{line}"
        );
    }
}
