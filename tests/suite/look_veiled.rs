//! F12: whatever comes while the screen is covered lies below the cover.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::said::Lang;
use kezhi::protocol::{Answer, Request};
use kezhi::say;
use kezhi::tui::app::Tag;
use kezhi::tui::theme::Theme;

use crate::look::{Stage, code};
use crate::look_data::show;

const PERSON: Code = Code::new(Kind::Volunteer, 1);

fn stage(keys: &[&str]) -> Stage {
    let mut stage = Stage::new(Lang::Zh, Theme::named("default"), 120, 36);
    stage.keys(keys);
    stage
}

/// Keys that come in one burst, before any answer.
fn burst(stage: &mut Stage, keys: &[&str]) {
    for key in keys {
        stage.app.key(&code(key).unwrap());
    }
    stage.draw();
}

/// The rows that hold anything.
fn seen(stage: &Stage) -> Vec<String> {
    let text = stage.text();
    let rows = text.lines().filter(|row| !row.trim().is_empty());
    rows.map(str::trim).map(str::to_owned).collect()
}

fn covered(stage: &Stage) {
    let seen = seen(stage);
    assert!(
        seen.iter().any(|row| row.contains("屏幕已遮挡")),
        "{seen:?}"
    );
    // The cover says its sentence and how a PIN is set, and in the first row what time it is.
    assert!(seen.len() <= 3, "{seen:?}");
    assert!(seen.len() < 3 || seen[2].contains("设遮挡口令"), "{seen:?}");
    let name = show(PERSON).fields["name"].to_string();
    assert!(!seen.concat().contains(&name), "{seen:?}");
}

#[test]
fn what_was_asked_before_comes_below_the_cover() {
    for keys in [
        &["Enter", "F12"][..],
        &["F4", "F12"],
        &["F8", "F12"],
        &["F7", "F12"],
        &["F2", "F12"],
    ] {
        let mut stage = stage(&["Esc"]);
        burst(&mut stage, keys);
        covered(&stage);
        // It is there when somebody comes back.
        stage.keys(&["Enter"]);
        assert!(
            !stage.app.covered() && !stage.app.over.is_empty(),
            "{keys:?}"
        );
        assert!(!stage.text().contains("屏幕已遮挡"));
    }
}

#[test]
fn neither_answers_nor_refusals_nor_time_uncover_it() {
    let mut stage = stage(&["Esc", "Enter", "F12"]);
    covered(&stage);
    let refusal = || Refusal::new(RefusalKind::Rule, say!("单立文不行", "no"));
    let view = || Answer::View(show(PERSON));
    stage.app.answer(Tag::Card, Ok(view()));
    stage.app.answer(Tag::Edit, Ok(view()));
    stage.app.answer(Tag::Every, Ok(Answer::Steps(Vec::new())));
    stage.app.answer(
        Tag::DraftBox,
        Err(Refusal::new(RefusalKind::Unavailable, say!("断", "off"))),
    );
    stage.app.answer(Tag::Card, Err(refusal()));
    stage.app.failed(&Tag::Card, &refusal());
    stage.app.lost();
    stage.draw();
    covered(&stage);
    stage.app.found_again();
    stage
        .app
        .tick(stage.app.now + chrono::TimeDelta::seconds(9));
    stage.draw();
    covered(&stage);
    stage.app.paste("单立文");
    stage.keys(&["j", "F2", "F4"]);
    covered(&stage);
}

#[test]
fn a_field_that_comes_while_it_is_covered_is_not_shown_afterwards() {
    let mut stage = stage(&["Esc", "Enter", "F12"]);
    let tag = Tag::Reveal(PERSON, "phone".into());
    stage
        .app
        .answer(tag, Ok(Answer::Revealed("14000004471".into())));
    stage.keys(&["Enter"]);
    assert!(!stage.text().contains("14000004471"), "{}", stage.text());
}

#[test]
fn the_look_up_below_it_takes_its_rows() {
    let mut stage = stage(&["Esc"]);
    burst(&mut stage, &["F2"]);
    for c in "立文".chars() {
        let key = ratatui::crossterm::event::KeyCode::Char(c).into();
        stage.app.key(&key);
    }
    burst(&mut stage, &["F12"]);
    covered(&stage);
    stage.keys(&["Enter"]);
    assert!(!stage.app.unsettled(), "{}", stage.text());
    assert!(
        stage
            .asked
            .iter()
            .any(|one| matches!(one, Request::Find(_)))
    );
}
