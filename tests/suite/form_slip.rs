//! Slips of somebody new at the screen: none is lost without a word.

use kezhi::domain::said::Lang;
use kezhi::tui::form::Form;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::Stage;

fn sized(width: u16, height: u16) -> Stage {
    Stage::new(Lang::Zh, Theme::named("dark"), width, height)
}

fn stage() -> Stage {
    sized(120, 40)
}

fn form(stage: &Stage) -> &Form {
    match stage.app.over.last() {
        Some(Overlay::Form(form)) => form,
        _ => panic!("no form:\n{}", stage.text()),
    }
}

fn at(stage: &Stage, key: &str) -> String {
    let form = form(stage);
    form.text(form.place(key).unwrap())
}

fn to(stage: &mut Stage, key: &str) {
    while form(stage).at < form(stage).place(key).unwrap() {
        stage.keys(&["Tab"]);
    }
    while form(stage).at > form(stage).place(key).unwrap() {
        stage.keys(&["BackTab"]);
    }
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
