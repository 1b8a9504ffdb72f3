//! The cover comes by itself, and hides what was shown; drafts go on.

use chrono::Duration;
use kezhi::domain::said::Lang;
use kezhi::protocol::{Answer, Request};
use kezhi::tui::theme::Theme;

use crate::look::{Stage, code};

fn stage() -> Stage {
    Stage::new(Lang::Zh, Theme::named("dark"), 80, 24)
}

fn pass(stage: &mut Stage, time: Duration) {
    let now = stage.app.now + time;
    stage.app.tick(now);
    stage.draw();
}

#[test]
fn five_minutes_without_a_key_cover_the_screen() {
    let mut stage = stage();
    pass(&mut stage, Duration::seconds(299));
    assert!(!stage.app.covered());
    stage.keys(&["Down"]);
    pass(&mut stage, Duration::seconds(299));
    assert!(!stage.app.covered());
    pass(&mut stage, Duration::seconds(1));
    assert!(stage.app.covered());
    let text = stage.text();
    assert!(
        !text.contains("单立文") && !text.contains("140****"),
        "{text}"
    );
    assert!(
        text.contains("屏幕已遮挡") && text.contains("05-25 14:41"),
        "{text}"
    );
    // Any other key shows nothing.
    stage.keys(&["Down", "q", "F2"]);
    assert!(stage.app.covered());
    stage.keys(&["Enter"]);
    assert!(stage.text().contains("单立文"));
}

#[test]
fn the_minutes_are_the_operator_s_and_never_is_among_them() {
    let mut stage = stage();
    stage.keys(&["F9", "自动遮挡", "Enter", "2"]);
    assert_eq!(stage.app.cover_minutes(), 2, "{}", stage.text());
    pass(&mut stage, Duration::minutes(2));
    assert!(stage.app.covered());
    stage.keys(&["Enter", "Esc", "F9", "自动遮挡", "Enter", "1"]);
    assert_eq!(stage.app.cover_minutes(), 0);
    pass(&mut stage, Duration::hours(9));
    assert!(!stage.app.covered());
    let kept = stage.asked.iter().any(|request| {
        matches!(request, Request::Prefer { key, value } if key == "cover_minutes" && value == "0")
    });
    assert!(kept);
    stage
        .app
        .preferences
        .insert("cover_minutes".into(), "x".into());
    assert_eq!(stage.app.cover_minutes(), 5);
}

#[test]
fn a_revealed_field_ends_with_the_cover_and_nothing_comes_over_it() {
    let mut stage = stage();
    stage.keys(&["Enter", "Ctrl-E", "1", "1"]);
    assert!(stage.app.shown.is_some(), "{}", stage.text());
    stage.keys(&["F12"]);
    assert!(stage.app.shown.is_none());
    stage.keys(&["Enter"]);
    // The reveal is answered, and a card opens, only after F12.
    stage.keys(&["Ctrl-E", "1"]);
    stage.app.key(&code("F12").unwrap());
    for (tag, request) in stage.app.take_calls() {
        if matches!(request, Request::Reveal { .. }) {
            stage
                .app
                .answer(tag, Ok(Answer::Revealed("13912344471".into())));
        }
    }
    stage.draw();
    assert!(stage.app.shown.is_none() && stage.app.covered());
    let mut stage = self::stage();
    stage.app.key(&code("Enter").unwrap());
    stage.app.key(&code("F12").unwrap());
    stage.draw();
    assert!(stage.app.covered() && !stage.text().contains("单立文"));
    stage.keys(&["Enter"]);
    assert!(stage.text().contains("ZY-000001"), "{}", stage.text());
}

#[test]
fn what_is_typed_is_kept_when_the_cover_comes() {
    let mut stage = stage();
    stage.keys(&["F7", "陈二虎"]);
    stage.drafts.borrow_mut().clear();
    pass(&mut stage, Duration::minutes(5));
    assert!(stage.app.covered());
    let drafts = stage.drafts.borrow().clone();
    let held = drafts
        .iter()
        .any(|one| one.texts.values().any(|text| text == "陈二虎"));
    assert!(held, "{drafts:?}");
    stage.keys(&["Enter"]);
    assert!(stage.text().contains("陈二虎"));
}
