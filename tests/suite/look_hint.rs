//! Hints: true for the field, the list and the room that there is; the digits of kept filters.

use kezhi::domain::said::Lang;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::Stage;

fn stage(width: u16, height: u16, keys: &[&str]) -> Stage {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), width, height);
    stage.keys(keys);
    stage
}

fn foot(stage: &mut Stage) -> String {
    let text = stage.text();
    text.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn what_the_foot_of_a_form_says_is_true_for_each_field() {
    use kezhi::tui::form::several;
    use kezhi::tui::pick::source;
    let mut stage = stage(200, 50, &["Esc", "F7"]);
    let fields = match stage.app.over.last() {
        Some(Overlay::Form(form)) => form.fields.len(),
        _ => unreachable!(),
    };
    let (mut typed, mut chosen, mut long) = (0, 0, 0);
    for _ in 0..fields {
        let Some(Overlay::Form(form)) = stage.app.over.last() else {
            unreachable!();
        };
        let field = *form.field().unwrap();
        let foot = foot(&mut stage);
        assert_eq!(foot.contains("F3 选择"), source(&field).is_some(), "{foot}");
        assert_eq!(foot.contains("Enter 换行"), several(&field), "{foot}");
        assert_eq!(foot.contains("Tab 下一项"), several(&field), "{foot}");
        assert_eq!(foot.contains("Enter 下一项"), !several(&field), "{foot}");
        match (several(&field), source(&field).is_some()) {
            (true, _) => long += 1,
            (_, true) => chosen += 1,
            _ => typed += 1,
        }
        stage.keys(&["Tab"]);
    }
    assert!(typed > 0 && chosen > 0 && long > 0);
}

#[test]
fn the_smallest_window_shows_the_lines_of_its_menus() {
    for key in ["F8", "F9"] {
        let stage = stage(40, 10, &["Esc", "2", key]);
        let Some(Overlay::Menu(menu)) = stage.app.over.last() else {
            unreachable!();
        };
        let first = menu.items.first().unwrap().label.clone();
        let text = stage.text();
        let head: String = first.chars().take(4).collect();
        assert!(text.contains(&head), "{key}:\n{text}");
    }
}

#[test]
fn a_small_window_offers_the_two_menus() {
    let mut stage = stage(60, 20, &["Esc"]);
    let foot = foot(&mut stage);
    for hint in ["F8 办理", "F9 命令", "F2 来电", "Esc 返回"] {
        assert!(foot.contains(hint), "{foot}");
    }
}

#[test]
fn the_digits_behind_the_panes_apply_the_kept_filters() {
    let mut stage = stage(120, 36, &["Esc", "2", "6"]);
    let list = stage.app.lists.first().unwrap();
    assert_eq!(list.filters, [("status".to_owned(), "待核".to_owned())]);
    assert!(
        stage.text().contains("筛选「待核的人」"),
        "{}",
        stage.text()
    );
    // What is not there says how it gets there, and changes nothing.
    stage.keys(&["9"]);
    assert!(
        stage.text().contains("没有第 4 个已存的筛选"),
        "{}",
        stage.text()
    );
    assert_eq!(stage.app.lists.first().unwrap().filters.len(), 1);
    stage.keys(&["1", "6"]);
    assert!(stage.text().contains("先按 2、3 或 4"), "{}", stage.text());
    // Where text is typed a digit is text.
    stage.keys(&["2", "/", "7"]);
    assert_eq!(stage.app.lists.first().unwrap().input.value(), "7");
}
