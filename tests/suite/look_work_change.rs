//! Pane 3 and its cards when something changes: participants, certificates, long texts.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::said::Lang;
use kezhi::protocol::{Notice, Request};
use kezhi::tui::theme::Theme;

use crate::look::Stage;
use crate::look_work::CHECK;

#[test]
fn what_happens_to_participants_refreshes_list_and_card() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.keys(&["Esc", "3", "Enter"]);
    let before = stage.asked.len();
    let enrolment = Code::new(Kind::Enrolment, 1);
    stage.app.notice(&Notice::Changed(vec![enrolment]));
    stage.draw();
    let asked = &stage.asked[before..];
    let listed = asked
        .iter()
        .any(|request| matches!(request, Request::Find(find) if find.kinds == [Kind::Activity]));
    let shown = asked
        .iter()
        .any(|request| matches!(request, Request::Show(code) if code.kind == Kind::Activity));
    assert!(listed && shown, "{asked:?}");
}

#[test]
fn ten_digits_that_agree_show_the_certificate_first_however_they_are_grouped() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.keys(&["F2", &CHECK[..4], " ", &CHECK[4..8], "-", &CHECK[8..]]);
    let text = stage.text();
    assert!(text.contains("有效：张伟，2024-01-01"), "{text}");
    // One digit heard wrong.
    stage.keys(&["Ctrl-U", "1234567893"]);
    let text = stage.text();
    assert!(text.contains("校验位不符"), "{text}");
}

#[test]
fn a_long_text_that_changed_shows_its_lines() {
    use kezhi::tui::draw::diff::{Line, by_line};
    let lines = by_line("甲\n乙\n丙\n丁", "甲\n丙\n戊\n丁\n己");
    assert_eq!(
        lines,
        [
            Line::Same("甲"),
            Line::Gone("乙"),
            Line::Same("丙"),
            Line::Come("戊"),
            Line::Same("丁"),
            Line::Come("己"),
        ]
    );
    assert_eq!(by_line("", "甲"), [Line::Come("甲")]);
    assert_eq!(by_line("甲", ""), [Line::Gone("甲")]);
}
