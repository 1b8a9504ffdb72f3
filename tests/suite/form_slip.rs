//! Slips of somebody new at the screen: none is lost without a word, and none opens what was not meant.

use kezhi::domain::said::Lang;
use kezhi::domain::value::Value;
use kezhi::protocol::Request;
use kezhi::tui::theme::Theme;

use crate::form::{at, form};
use crate::look::Stage;
use crate::look_data::{show, volunteer};

fn sized(width: u16, height: u16) -> Stage {
    Stage::new(Lang::Zh, Theme::named("dark"), width, height)
}

fn stage() -> Stage {
    sized(120, 40)
}

fn to(stage: &mut Stage, key: &str) {
    while form(stage).at < form(stage).place(key).unwrap() {
        stage.keys(&["Tab"]);
    }
    while form(stage).at > form(stage).place(key).unwrap() {
        stage.keys(&["BackTab"]);
    }
}

fn makes(stage: &Stage) -> usize {
    let asked = stage.asked.iter();
    asked
        .filter(|request| matches!(request, Request::Make { .. }))
        .count()
}

#[test]
fn a_digit_behind_a_chosen_word_chooses_another() {
    let mut stage = stage();
    stage.keys(&["F4"]);
    to(&mut stage, "gender");
    let before = at(&stage, "gender");
    let other = if before == "男" {
        ("2", "女")
    } else {
        ("1", "男")
    };
    stage.keys(&[other.0, "Tab"]);
    assert_eq!(at(&stage, "gender"), other.1);
    to(&mut stage, "id_type");
    stage.keys(&["12345", "Tab"]);
    assert_eq!(at(&stage, "id_type"), "12345");
    assert!(form(&stage).problems.contains_key("id_type"));
    assert!(stage.text().contains("! 「12345」"), "{}", stage.text());
}

#[test]
fn a_wrong_field_that_shares_its_line_is_marked_and_not_counted() {
    let mut stage = stage();
    stage.keys(&["Esc", "4", "F7"]);
    let whole = |stage: &Stage| stage.text().split("必填 ").nth(1).unwrap()[..1].to_owned();
    let before = whole(&stage);
    stage.keys(&["21", "Tab"]);
    let text = stage.text();
    assert!(
        text.contains("!类别") && text.contains("! 类别：「21」"),
        "{text}"
    );
    assert_eq!(whole(&stage), before, "{text}");
}

#[test]
fn saving_what_was_not_changed_saves_nothing() {
    let mut stage = stage();
    stage.keys(&["F4", "F8"]);
    let text = stage.text();
    assert!(text.contains("没有改动，没有保存"), "{text}");
    assert!(!text.contains("Ctrl-Z 撤回"), "{text}");
    assert_eq!(makes(&stage), 0);
    assert!(stage.app.drafts.left.is_empty());
}

#[test]
fn editing_a_record_with_a_draft_goes_on_with_it() {
    let mut stage = stage();
    stage.keys(&["F4"]);
    to(&mut stage, "note");
    stage.keys(&["乙", "F6", "F4"]);
    assert!(at(&stage, "note").ends_with('乙'));
    assert!(
        stage.text().contains("接着填草稿 14:32:09"),
        "{}",
        stage.text()
    );
    stage.keys(&["Esc"]);
    assert_eq!(stage.app.drafts.left.len(), 1);
}

#[test]
fn the_first_line_of_f7_is_an_empty_record() {
    let mut stage = stage();
    stage.keys(&["F4"]);
    to(&mut stage, "note");
    stage.keys(&["乙", "Esc", "Esc", "4", "F7", "1"]);
    assert_eq!(form(&stage).kind(), kezhi::domain::kind::Kind::Complaint);
    assert!(form(&stage).code().is_none());
}

#[test]
fn an_error_goes_with_the_first_change_of_its_field() {
    let mut stage = stage();
    stage.keys(&["F4", "9", "Tab"]);
    assert!(form(&stage).problems.contains_key("name"));
    stage.keys(&["Ctrl-Z"]);
    assert!(!form(&stage).problems.contains_key("name"));
    let mut stage = self::stage();
    stage.keys(&["F7", "单", "F8"]);
    let text = stage.text();
    assert!(
        text.contains("项要改") && text.contains("F8 到第一项"),
        "{text}"
    );
    assert!(text.contains("内容已存草稿 14:32:09"), "{text}");
    assert_eq!(form(&stage).field().unwrap().key, "phone");
    stage.keys(&["1"]);
    assert!(!form(&stage).problems.contains_key("phone"));
    assert!(!stage.text().contains("未提交"), "{}", stage.text());
}

#[test]
fn a_paste_that_no_name_can_be_is_refused() {
    let mut stage = stage();
    stage.keys(&["F7"]);
    stage.app.paste(&"长".repeat(300));
    stage.draw();
    assert_eq!(at(&stage, "name"), "");
    assert!(stage.text().contains("至多 50 字"), "{}", stage.text());
}

#[test]
fn who_changed_a_record_and_what_was_merged_is_told() {
    let theirs = |field: &str| {
        let mut view = show(volunteer(1));
        view.rev = 4;
        view.fields.insert(field.to_owned(), Value::from("别处"));
        Some(view)
    };
    let mut stage = stage();
    stage.keys(&["F4"]);
    to(&mut stage, "note");
    stage.keys(&["我加"]);
    stage.theirs = theirs("employer");
    stage.keys(&["F8"]);
    let text = stage.text();
    let label = kezhi::domain::kind::Kind::Volunteer
        .spec()
        .field("employer");
    let label = label.unwrap().label.zh;
    assert!(text.contains("李敏 14:05 刚改过这条记录"), "{text}");
    assert!(text.contains(&format!("已并入（{label}）")), "{text}");
    let mut stage = Stage::new(Lang::En, Theme::named("dark"), 80, 24);
    stage.keys(&["F4"]);
    to(&mut stage, "note");
    stage.keys(&["mine"]);
    stage.theirs = theirs("note");
    stage.keys(&["F8"]);
    let text = stage.text();
    assert!(text.contains("李敏 14:05 changed ZY-000001"), "{text}");
    assert!(text.contains("leaves it"), "{text}");
}

#[test]
fn a_menu_leaves_in_sight_what_it_belongs_to() {
    let mut stage = stage();
    stage.keys(&["Enter"]);
    let card = stage.text().lines().nth(3).unwrap().to_owned();
    stage.keys(&["F8"]);
    let text = stage.text();
    assert_eq!(text.lines().nth(3).unwrap(), card, "{text}");
    let name = show(volunteer(1)).fields["name"].to_string();
    assert!(text.contains(&format!("办理 ZY-000001 {name}")), "{text}");
}

#[test]
fn a_form_on_a_screen_that_grew_begins_at_its_first_line() {
    let mut stage = sized(80, 24);
    stage.keys(&["F4"]);
    to(&mut stage, "note");
    assert!(form(&stage).top > 0);
    stage.resize(200, 60);
    assert_eq!(form(&stage).top, 0, "{}", stage.text());
}

#[test]
fn the_display_test_hints_at_its_own_keys() {
    let mut stage = stage();
    stage.keys(&["F9", "显示自检", "Enter"]);
    let text = stage.text();
    let hints = text.lines().last().unwrap();
    assert!(
        hints.contains("Esc Esc 返回") && !hints.contains("F2"),
        "{hints}"
    );
}
