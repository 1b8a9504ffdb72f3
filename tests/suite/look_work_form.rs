//! Forms of the work: sessions and rows as lines, what belongs to what, templates, written reasons.

use kezhi::domain::agreement::ELEMENTS;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::said::Lang;
use kezhi::domain::template::TEMPLATES;
use kezhi::domain::value::Value;
use kezhi::protocol::{Act, Change, Request};
use kezhi::tui::form::Form;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::Stage;

fn stage() -> Stage {
    Stage::new(Lang::Zh, Theme::named("dark"), 120, 40)
}

fn form(stage: &Stage) -> &Form {
    let mut forms = stage.app.over.iter().rev();
    let form = forms.find_map(|over| match over {
        Overlay::Form(form) => Some(form.as_ref()),
        _ => None,
    });
    form.unwrap_or_else(|| panic!("no form:\n{}", stage.text()))
}

fn at(stage: &Stage, key: &str) -> String {
    let form = form(stage);
    form.text(form.place(key).unwrap())
}

fn to(stage: &mut Stage, key: &str) {
    let (now, then) = (form(stage).at, form(stage).place(key).unwrap());
    for _ in now..then {
        stage.keys(&["Tab"]);
    }
    for _ in then..now {
        stage.keys(&["BackTab"]);
    }
}

fn last(stage: &Stage) -> Change {
    let made = stage.asked.iter().rev().find_map(|request| match request {
        Request::Make { change, .. } => Some(change.clone()),
        _ => None,
    });
    made.expect("nothing was sent")
}

#[test]
fn sessions_and_rows_are_lines_in_the_form_and_stay_as_they_are() {
    let mut stage = stage();
    stage.keys(&["Esc", "3", "F4"]);
    assert_eq!(
        at(&stage, "sessions"),
        "2024-05-26 09:00-11:30\n2024-05-27 22:00-2024-05-28 02:00"
    );
    assert_eq!(at(&stage, "parts"), "讲解 4\n安全员 2");
    assert_eq!(at(&stage, "major"), "否");
    // Walking through changes nothing, and nothing is wrong.
    for _ in 0..form(&stage).fields.len() {
        stage.keys(&["Tab"]);
    }
    assert!(
        form(&stage).problems.is_empty(),
        "{:?}",
        form(&stage).problems
    );
    assert!(!form(&stage).touched());
    to(&mut stage, "sessions");
    stage.keys(&["Ctrl-U", "6-1 9:00-11:00 每周 3 次", "Tab"]);
    assert_eq!(
        at(&stage, "sessions"),
        "2024-06-01 09:00-11:00\n2024-06-08 09:00-11:00\n2024-06-15 09:00-11:00"
    );
    to(&mut stage, "parts");
    stage.keys(&["Ctrl-U", "讲解 2", "Enter", "摄影 1", "F8"]);
    let sent = last(&stage);
    assert_eq!(
        sent.fields.keys().collect::<Vec<_>>(),
        ["parts", "sessions"]
    );
    assert_eq!(sent.fields["parts"], Value::from("讲解 2\n摄影 1"));
}

#[test]
fn a_session_that_ends_before_it_starts_is_told_beside_its_field() {
    let mut stage = stage();
    stage.keys(&["Esc", "3", "F4"]);
    to(&mut stage, "sessions");
    stage.keys(&["Ctrl-U", "2024-06-01 11:00-9:00", "Tab"]);
    let problem = &form(&stage).problems["sessions"];
    assert!(problem.contains("不晚于开始"), "{problem}");
    stage.keys(&["BackTab", "Ctrl-U", "2024-02-30 9:00-10:00", "Tab"]);
    assert!(form(&stage).problems.contains_key("sessions"));
}

#[test]
fn moments_are_completed_and_a_time_alone_takes_the_day_of_the_form() {
    let mut stage = stage();
    stage.keys(&["Esc", "3", "F7"]);
    choose(&mut stage, "服务记录");
    assert_eq!(at(&stage, "activity"), "HD-2024-0147");
    assert_eq!(at(&stage, "day"), "2024-05-26");
    to(&mut stage, "start");
    stage.keys(&["9:00", "Tab", "11点半", "Tab"]);
    assert_eq!(at(&stage, "start"), "2024-05-26 09:00");
    assert_eq!(at(&stage, "end"), "2024-05-26 11:30");
    assert!(
        form(&stage).problems.is_empty(),
        "{:?}",
        form(&stage).problems
    );
}

/// Chooses a line of the menu by its name.
fn choose(stage: &mut Stage, label: &str) {
    let Some(Overlay::Menu(menu)) = stage.app.over.last_mut() else {
        panic!("no menu")
    };
    let found = menu.matching();
    menu.at = found
        .iter()
        .position(|item| item.label == label)
        .unwrap_or_else(|| panic!("no {label}"));
    stage.keys(&["Enter"]);
}

#[test]
fn what_belongs_to_an_activity_is_offered_with_its_code_filled_in() {
    for (label, kind) in [
        ("协议", Kind::Agreement),
        ("保单", Kind::Insurance),
        ("派遣", Kind::Enrolment),
        ("服务记录", Kind::ServiceRecord),
    ] {
        // From the list, and from the card.
        for keys in [&["Esc", "3", "F7"][..], &["Esc", "3", "Enter", "F7"]] {
            let mut stage = stage();
            stage.keys(keys);
            choose(&mut stage, label);
            assert_eq!(form(&stage).act, Act::New(kind));
            assert_eq!(at(&stage, "activity"), "HD-2024-0147", "{label}");
            if matches!(stage.app.over.last(), Some(Overlay::Menu(_))) {
                stage.keys(&["Esc"]);
            }
            assert!(stage.text().contains("草原防火科普行"), "{}", stage.text());
        }
    }
    let mut stage = stage();
    stage.keys(&["Enter", "F7"]);
    choose(&mut stage, "证明");
    assert_eq!(form(&stage).act, Act::New(Kind::Certificate));
    assert_eq!(at(&stage, "volunteer"), "ZY-000001");
    // Where nothing of that sort is selected F7 makes a record of the kind that is listed.
    let mut stage = self::stage();
    stage.keys(&["Esc", "3", "p", "p", "F7"]);
    assert_eq!(form(&stage).act, Act::New(Kind::Need));
}

#[test]
fn a_template_fills_the_open_elements_and_one_undo_takes_it_back() {
    let mut stage = stage();
    stage.keys(&["Esc", "3", "F7"]);
    choose(&mut stage, "协议");
    // What the activity says stays.
    let place = at(&stage, "place");
    assert_eq!(place, "红山区某林场");
    choose(&mut stage, "农技服务");
    for key in ELEMENTS {
        assert!(!at(&stage, key).is_empty(), "{key}");
    }
    assert_eq!(at(&stage, "place"), place);
    assert!(at(&stage, "safety").contains("防护"));
    stage.keys(&["Ctrl-Z"]);
    assert_eq!(at(&stage, "safety"), "");
    assert_eq!(at(&stage, "place"), place);
    // For one element, below what is there.
    to(&mut stage, "other");
    stage.keys(&["另议", "F3"]);
    choose(&mut stage, "科普报告");
    assert!(
        at(&stage, "other").starts_with("另议\n"),
        "{}",
        at(&stage, "other")
    );
    assert_eq!(at(&stage, "safety"), "");
    stage.keys(&["Ctrl-Z"]);
    assert_eq!(at(&stage, "other"), "另议");
    assert!(form(&stage).place("status").is_none());
}

#[test]
fn templates_fit_the_fields_that_they_fill() {
    for template in TEMPLATES {
        for key in ELEMENTS {
            let field = Kind::Agreement.spec().field(key).unwrap();
            let kezhi::domain::field::Type::Lines(most) = field.of else {
                panic!("{key}")
            };
            let text = template.text(key).unwrap();
            assert!(
                !text.trim().is_empty() && text.chars().count() <= most,
                "{key}"
            );
        }
    }
}

#[test]
fn a_rule_that_asks_for_a_reason_gets_a_line_for_it() {
    let mut stage = stage();
    stage.wants_reason = true;
    stage.keys(&["F4", "Ctrl-U", "单立", "F8"]);
    let text = stage.text();
    assert!(text.contains(">*原因"), "{text}");
    assert!(text.contains("写明原因再按 F8"), "{text}");
    stage.keys(&["F8"]);
    assert!(
        stage.text().contains("1 项要改（原因）"),
        "{}",
        stage.text()
    );
    stage.keys(&["山区旗县暂缺", "F8"]);
    let sent = last(&stage);
    assert_eq!(sent.reason, "山区旗县暂缺");
    assert_eq!(sent.fields.keys().collect::<Vec<_>>(), ["name"]);
    assert!(stage.text().contains("已保存"), "{}", stage.text());
}

#[test]
fn a_step_without_questions_asks_for_the_reason_alone() {
    let mut stage = stage();
    stage.wants_reason = true;
    stage.keys(&["Esc", "3", "F8"]);
    choose(&mut stage, "就绪");
    stage.keys(&["F8"]);
    assert_eq!(form(&stage).fields.len(), 1);
    stage.keys(&["人手已够", "F8"]);
    assert_eq!(last(&stage).reason, "人手已够");
    assert!(last(&stage).fields.is_empty());
}

#[test]
fn people_are_chosen_by_name_and_their_names_stand_beside_the_codes() {
    let mut stage = stage();
    stage.keys(&["Esc", "3", "F7"]);
    choose(&mut stage, "派遣");
    to(&mut stage, "volunteer");
    stage.keys(&["F3", "张伟", "Enter"]);
    assert_eq!(at(&stage, "volunteer"), "ZY-000002");
    assert!(stage.text().contains("张伟"), "{}", stage.text());
    // Of several kinds, several.
    let mut stage = self::stage();
    stage.keys(&["Esc", "3", "F7"]);
    choose(&mut stage, "保单");
    to(&mut stage, "covers");
    stage.keys(&["F3", "张伟", "Tab", "Ctrl-U", "红山", "Enter"]);
    assert_eq!(at(&stage, "covers"), "ZY-000002、ZZ-0035");
    let code = Code::new(Kind::Volunteer, 2);
    assert_eq!(stage.app.names[&code], "张伟");
}
