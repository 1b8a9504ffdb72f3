//! What is shown of the selected record follows when the selection rests.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use kezhi::domain::said::Lang;
use kezhi::tui::pace::Pace;
use kezhi::tui::theme::Theme;

use crate::look::Stage;

#[test]
fn a_single_key_rests_at_once_and_a_held_one_when_it_is_let_go() {
    let (mut pace, begun) = (Pace::default(), Instant::now());
    let at = |millis| begun + Duration::from_millis(millis);
    assert_eq!(pace.rests(at(0)), at(0));
    pace.key(at(0));
    assert_eq!(pace.rests(at(1)), at(1));
    for nth in 1..=30 {
        pace.key(at(33 * nth));
        assert!(pace.rests(at(33 * nth)) > at(33 * nth + 33), "{nth}");
    }
    let let_go = at(33 * 30 + 150);
    assert_eq!(pace.rests(at(33 * 30 + 40)), let_go);
    // It was only slow, not held: the next is a single one again.
    pace.key(at(2000));
    assert_eq!(pace.rests(at(2000)), at(2000));
}

#[test]
fn the_preview_is_of_one_record_in_whole_while_the_selection_moves() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 200, 50);
    stage.keys(&["Esc"]);
    assert!(stage.text().contains("5 预览  单立文  ZY-000001"));
    let before = stage.text().matches("1990-03-05").count();
    stage.moving = true;
    for key in ["Down", "Down"] {
        stage.keys(&[key]);
        let text = stage.text();
        assert!(text.contains("5 预览  单立文  ZY-000001"), "{text}");
        assert_eq!(text.matches("1990-03-05").count(), before, "{text}");
    }
    // Nobody answers: facts of another record are not left beside the selection.
    let now = stage.app.now + TimeDelta::seconds(1);
    stage.app.tick(now);
    stage.draw();
    let text = stage.text();
    assert!(
        text.contains("5 预览  敖日格乐哈斯其木格  ZY-000003"),
        "{text}"
    );
    assert!(!text.contains("出生日期"), "{text}");
    stage.moving = false;
    stage.draw();
    assert!(stage.text().contains("出生日期"));
}
