//! Forms: editing, choosing, checking, drafts, and a record that somebody else changed meanwhile.

use kezhi::domain::said::Lang;
use kezhi::domain::value::Value;
use kezhi::protocol::{Act, Change, Request};
use kezhi::tui::form::Form;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::Stage;
use crate::look_data::{show, volunteer};

fn stage() -> Stage {
    Stage::new(Lang::Zh, Theme::named("dark"), 120, 40)
}

pub fn form(stage: &Stage) -> &Form {
    match stage.app.over.last() {
        Some(Overlay::Form(form)) => form,
        _ => panic!("no form:\n{}", stage.text()),
    }
}

pub fn at(stage: &Stage, key: &str) -> String {
    let form = form(stage);
    form.text(form.place(key).unwrap())
}

/// Down to a field.
fn to(stage: &mut Stage, key: &str) {
    let (now, then) = (form(stage).at, form(stage).place(key).unwrap());
    for _ in now..then {
        stage.keys(&["Tab"]);
    }
    for _ in then..now {
        stage.keys(&["BackTab"]);
    }
}

fn made(stage: &Stage) -> Vec<Change> {
    stage
        .asked
        .iter()
        .filter_map(|request| match request {
            Request::Make { change, .. } => Some(change.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn undo_redo_and_the_deleting_keys() {
    let mut stage = stage();
    stage.keys(&["F7", "ab cd", "Ctrl-W"]);
    assert_eq!(at(&stage, "name"), "ab ");
    stage.keys(&["Ctrl-Z"]);
    assert_eq!(at(&stage, "name"), "ab cd");
    stage.keys(&["Ctrl-H"]);
    assert_eq!(at(&stage, "name"), "ab c");
    stage.keys(&["Ctrl-Z", "Ctrl-W", "Ctrl-Z", "Ctrl-Y"]);
    assert_eq!(at(&stage, "name"), "ab ");
    stage.keys(&["Home", "Right", "Ctrl-K"]);
    assert_eq!(at(&stage, "name"), "a");
    stage.keys(&["Ctrl-U"]);
    assert_eq!(at(&stage, "name"), "");
    stage.keys(&["Ctrl-Z"]);
    assert_eq!(at(&stage, "name"), "a");
}

#[test]
fn what_was_wrong_is_told_only_as_long_as_it_is() {
    let mut stage = stage();
    stage.keys(&["F7", "单立文", "F8"]);
    assert!(
        stage.text().contains("未提交：2 项要改（手机、所属组织）"),
        "{}",
        stage.text()
    );
    to(&mut stage, "phone");
    stage.keys(&["13912344471"]);
    to(&mut stage, "teams");
    // What the message counts is another number now; the field that is empty still says so itself.
    assert!(!stage.text().contains("未提交"), "{}", stage.text());
    assert!(stage.text().contains("! 必填"), "{}", stage.text());
    stage.keys(&["ZZ-0035", "Tab"]);
    assert!(!stage.text().contains("! 必填"), "{}", stage.text());
}

#[test]
fn long_texts_have_lines_and_enter_never_saves() {
    let mut stage = stage();
    stage.keys(&["F7"]);
    to(&mut stage, "note");
    stage.keys(&["第一行", "Enter", "第二行"]);
    assert_eq!(at(&stage, "note"), "第一行\n第二行");
    let below = stage.cursor();
    stage.keys(&["Up", "End"]);
    let above = stage.cursor();
    assert_eq!(above.y + 1, below.y);
    // The cursor stands in the text: that is where an input method looks for it.
    let line = stage
        .text()
        .lines()
        .nth(usize::from(above.y))
        .unwrap()
        .to_owned();
    assert!(line.contains("第一行"), "{line}");
    stage.app.paste("三\r\n四");
    assert_eq!(at(&stage, "note"), "第一行三\n四\n第二行");
    assert!(made(&stage).is_empty());
}

#[test]
fn the_cursor_stands_where_a_long_line_is_typed() {
    let mut stage = stage();
    stage.keys(&["F7"]);
    to(&mut stage, "address");
    stage.keys(&["内蒙古自治区赤峰市红山区某某街道某某社区某某小区某某号楼某某单元某某室内外"]);
    let cursor = stage.cursor();
    let buffer = stage.buffer();
    let before: String = (cursor.x - 2..cursor.x)
        .map(|x| buffer[(x, cursor.y)].symbol())
        .collect();
    assert_eq!(before.trim(), "外");
}

#[test]
fn choices_take_digits_and_pickers() {
    let mut stage = stage();
    stage.keys(&["F7"]);
    to(&mut stage, "gender");
    stage.keys(&["2", "Tab"]);
    assert_eq!(at(&stage, "gender"), "女");
    to(&mut stage, "identity");
    stage.keys(&["F3", "2"]);
    assert_eq!(at(&stage, "identity"), "科技爱好者");
    // The picker goes on to the next field.
    assert_eq!(form(&stage).field().unwrap().key, "skills");
    stage.keys(&["F3", "1", "kp", "Tab", "Ctrl-U", "Enter"]);
    assert_eq!(at(&stage, "skills"), "农牧技术、科普宣讲");
    to(&mut stage, "area");
    stage.keys(&["F3", "hongshanqu", "Enter"]);
    assert_eq!(at(&stage, "area"), "150402");
    assert!(stage.text().contains("赤峰市红山区"), "{}", stage.text());
    to(&mut stage, "teams");
    stage.keys(&["F3", "hsq", "Enter"]);
    assert_eq!(at(&stage, "teams"), "ZZ-0035");
    assert!(
        stage.text().contains("红山区科技志愿者队"),
        "{}",
        stage.text()
    );
}

#[test]
fn words_of_choices_are_english_in_english() {
    let mut stage = Stage::new(Lang::En, Theme::named("dark"), 120, 40);
    stage.keys(&["F4"]);
    assert_eq!(at(&stage, "gender"), "male");
    assert_eq!(
        at(&stage, "skills"),
        "farming and herding, popular lectures"
    );
    assert!(!form(&stage).touched());
    to(&mut stage, "gender");
    stage.keys(&["Ctrl-U", "2", "Tab", "F8"]);
    let change = made(&stage).pop().unwrap();
    assert_eq!(change.fields["gender"], Value::from("female"));
    assert_eq!(change.fields.len(), 1);
}

#[test]
fn missing_fields_are_told_all_at_once() {
    let mut stage = stage();
    stage.keys(&["F7", "F8"]);
    let text = stage.text();
    assert!(text.contains("3 项要改（姓名、手机、所属组织）"), "{text}");
    assert_eq!(
        text.matches("! 必填").count(),
        4,
        "three beside the fields, one below:\n{text}"
    );
    assert!(made(&stage).is_empty());
}

#[test]
fn a_form_that_is_left_is_kept_and_found_again() {
    let mut stage = stage();
    stage.keys(&["F7", "单", "F6"]);
    assert!(stage.app.over.is_empty());
    stage.keys(&["F4", "Tab"]);
    to(&mut stage, "note");
    stage.keys(&["乙", "Esc"]);
    assert_eq!(stage.app.drafts.left.len(), 2);
    assert!(stage.text().contains("草稿 2"), "{}", stage.text());
    // Two drafts: neither takes the other's place.
    stage.keys(&["F7", "2"]);
    assert_eq!(at(&stage, "name"), "单");
    stage.keys(&["Esc", "Esc", "q"]);
    assert!(!stage.app.ended);
    assert!(stage.text().contains("草稿 2 份留着"), "{}", stage.text());
    // Whoever goes on working is asked again.
    stage.keys(&["Down", "q"]);
    assert!(!stage.app.ended);
    stage.keys(&["q"]);
    assert!(stage.app.ended);
}

#[test]
fn the_first_letter_of_a_name_does_not_quit() {
    let mut stage = stage();
    stage.keys(&["Esc", "q"]);
    assert!(!stage.app.ended);
    assert!(stage.text().contains("再按 q 退出"), "{}", stage.text());
    stage.keys(&["Down", "q"]);
    assert!(!stage.app.ended);
    stage.keys(&["q"]);
    assert!(stage.app.ended);
}

#[test]
fn the_palette_quits_without_any_letter() {
    let mut stage = stage();
    stage.keys(&["F4"]);
    to(&mut stage, "note");
    stage.keys(&["甲", "Esc", "F9", "退出", "Enter"]);
    let text = stage.text();
    for said in ["1    退出", "草稿 1 份留着", "2    返回", "3    继续"] {
        assert!(text.contains(said), "{said}:\n{text}");
    }
    stage.keys(&["2"]);
    assert!(!stage.app.ended && stage.app.over.is_empty());
    stage.keys(&["F9", "退出", "Enter", "１"]);
    assert!(stage.app.ended);
    // Over a card it is not for there.
    let mut stage = self::stage();
    stage.keys(&["Enter", "F9", "退出", "Enter"]);
    assert!(!matches!(stage.app.over.last(), Some(Overlay::Menu(_))));
    assert!(stage.text().contains("这里用不上"), "{}", stage.text());
}

#[test]
fn an_answer_finds_its_form_below_another_layer() {
    let mut stage = stage();
    stage.keys(&["F4"]);
    to(&mut stage, "note");
    stage.keys(&["乙"]);
    // The answer to F8 comes after F2 was opened.
    for name in ["F8", "F2"] {
        stage.app.key(&crate::look::code(name).unwrap());
    }
    stage.draw();
    let forms = stage
        .app
        .over
        .iter()
        .filter(|over| matches!(over, Overlay::Form(_)));
    assert_eq!(forms.count(), 0);
    assert!(matches!(stage.app.over.last(), Some(Overlay::Look(_))));
    assert!(
        stage.text().contains("已保存 ZY-000001"),
        "{}",
        stage.text()
    );
}

#[test]
fn going_elsewhere_over_a_form_keeps_its_text() {
    let mut stage = stage();
    stage.keys(&["F7", "单", "F2", "zw", "Enter", "g", "a"]);
    assert_eq!(stage.app.focus, 2);
    assert!(stage.app.over.is_empty());
    assert_eq!(stage.app.drafts.left.len(), 1);
    stage.keys(&["g", "d", "1"]);
    assert_eq!(at(&stage, "name"), "单");
}

#[test]
fn an_untouched_form_leaves_no_draft() {
    let mut stage = stage();
    stage.keys(&["Esc", "1", "Down", "F7", "Esc"]);
    assert!(stage.app.drafts.left.is_empty());
}

/// The record as somebody else saved it meanwhile.
fn changed(fields: &[(&str, &str)]) -> kezhi::protocol::View {
    let mut view = show(volunteer(1));
    view.rev = 4;
    for (key, value) in fields {
        view.fields.insert((*key).to_owned(), Value::from(*value));
    }
    view
}

#[test]
fn a_stale_save_without_a_clash_merges_and_says_so() {
    let mut stage = stage();
    stage.keys(&["F4"]);
    to(&mut stage, "note");
    stage.keys(&["我加"]);
    stage.theirs = Some(changed(&[("employer", "别处")]));
    stage.keys(&["F8"]);
    assert_eq!(at(&stage, "note"), "可周末；不便爬楼我加");
    assert_eq!(at(&stage, "employer"), "别处");
    assert!(stage.text().contains("已并入"), "{}", stage.text());
    stage.keys(&["F8"]);
    let change = made(&stage).pop().unwrap();
    assert!(matches!(change.act, Act::Edit { rev: Some(4), .. }));
    assert_eq!(change.fields.keys().collect::<Vec<_>>(), ["note"]);
}

#[test]
fn a_stale_save_with_a_clash_shows_base_theirs_and_mine() {
    let mut stage = stage();
    stage.keys(&["F4"]);
    to(&mut stage, "employer");
    stage.keys(&["Ctrl-U", "我的单位"]);
    to(&mut stage, "note");
    stage.keys(&["Ctrl-U", "我的备注"]);
    stage.theirs = Some(changed(&[("employer", "对方单位"), ("note", "对方备注")]));
    stage.keys(&["F8"]);
    let text = stage.text();
    for part in [
        "红山区农牧局",
        "对方单位",
        "我的单位",
        "对方备注",
        "我的备注",
    ] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    // One digit turns a field to the other's.
    stage.keys(&["1", "F8"]);
    assert_eq!(at(&stage, "employer"), "对方单位");
    assert_eq!(at(&stage, "note"), "我的备注");
    stage.keys(&["F8"]);
    let change = made(&stage).pop().unwrap();
    assert_eq!(change.fields.keys().collect::<Vec<_>>(), ["note"]);
}

#[test]
fn leaving_the_comparison_loses_nothing() {
    let mut stage = stage();
    stage.keys(&["F4"]);
    to(&mut stage, "note");
    stage.keys(&["Ctrl-U", "我的备注"]);
    stage.theirs = Some(changed(&[("note", "对方备注")]));
    stage.keys(&["F8", "Esc"]);
    assert_eq!(at(&stage, "note"), "我的备注");
    stage.keys(&["F8"]);
    assert!(stage.text().contains("对方备注"), "{}", stage.text());
}

#[test]
fn a_masked_field_that_both_changed_is_compared_too() {
    let mut stage = stage();
    stage.keys(&["F4"]);
    to(&mut stage, "phone");
    stage.keys(&["13900000001"]);
    stage.theirs = Some(changed(&[("phone", "186****7777")]));
    stage.keys(&["F8"]);
    let text = stage.text();
    for part in ["140****4471", "186****7777", "13900000001"] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    // Theirs is taken by sending nothing: what is masked cannot be typed again.
    stage.keys(&["1", "F8", "F8"]);
    assert!(
        stage.text().contains("没有改动，没有保存"),
        "{}",
        stage.text()
    );
    assert_eq!(made(&stage).len(), 1, "the one that was refused");
}

#[test]
fn what_only_they_changed_of_a_masked_field_is_no_clash() {
    let mut stage = stage();
    stage.keys(&["F4"]);
    to(&mut stage, "note");
    stage.keys(&["我加"]);
    stage.theirs = Some(changed(&[("phone", "186****7777")]));
    stage.keys(&["F8"]);
    assert!(stage.text().contains("已并入"), "{}", stage.text());
    stage.keys(&["F8"]);
    let change = made(&stage).pop().unwrap();
    assert_eq!(change.fields.keys().collect::<Vec<_>>(), ["note"]);
}

#[test]
fn a_step_that_writes_what_somebody_else_wrote_is_compared_too() {
    let mut stage = stage();
    stage.keys(&["Esc", "4", "Down", "Enter", "r"]);
    let code = form(&stage).code().unwrap();
    to(&mut stage, "found");
    stage.keys(&["我查明的"]);
    let Some(Overlay::Form(form)) = stage.app.over.last_mut() else {
        panic!()
    };
    for at in 0..form.fields.len() {
        if form.text(at).is_empty() {
            let word = form.fields[at].words().first().map_or("有", |word| word.zh);
            form.put(at, word);
        }
    }
    let mut view = crate::look_matter_data::case(code).view;
    view.rev += 1;
    view.fields
        .insert("found".into(), Value::from("对方查明的"));
    stage.theirs = Some(view);
    // An answer is seen outside: the panel asks first.
    stage.keys(&["F8", "1"]);
    let text = stage.text();
    assert!(
        text.contains("对方查明的") && text.contains("我查明的"),
        "{text}"
    );
    let Some(Overlay::Conflict(conflict)) = stage.app.over.last() else {
        panic!("{text}")
    };
    assert_eq!(conflict.clashes.len(), 1, "only what both changed");
    stage.keys(&["1", "F8"]);
    assert_eq!(at(&stage, "found"), "对方查明的");
}
