//! Cards: what stands on them, what is hidden, and whose they are.

use kezhi::domain::kind::{KINDS, Kind};
use kezhi::domain::said::Lang;
use kezhi::tui::draw::group::{fields, groups, spelled};
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::{Stage, code};
use crate::look_data::volunteer;

fn stage() -> Stage {
    Stage::new(Lang::Zh, Theme::named("default"), 120, 40)
}

#[test]
fn every_field_stands_on_the_card_once() {
    for spec in KINDS {
        let mut seen: Vec<&str> = groups(spec.kind)
            .iter()
            .flat_map(|group| fields(spec.kind, group))
            .map(|field| field.key)
            .collect();
        seen.sort_unstable();
        let mut all: Vec<&str> = spec.fields.iter().map(|field| field.key).collect();
        // The posts have a table of their own.
        all.retain(|key| *key != "posts");
        all.sort_unstable();
        assert_eq!(seen, all, "{}", spec.key);
    }
    let named = groups(Kind::Volunteer)
        .iter()
        .flat_map(|group| group.fields);
    for key in named {
        assert!(Kind::Volunteer.spec().field(key).is_some(), "{key}");
    }
}

#[test]
fn surnames_are_spelled_as_surnames() {
    assert_eq!(spelled("单立文"), "shan li wen");
    assert_eq!(spelled("张伟"), "zhang wei");
    assert_eq!(spelled("尉迟单"), "yu chi dan");
}

#[test]
fn a_masked_field_is_shown_for_twenty_seconds() {
    let mut stage = stage();
    stage.keys(&["Enter"]);
    let text = stage.text();
    assert!(text.contains("140****4471  Ctrl-E"), "{text}");
    // The second masked field is the phone; the first reason is a call.
    stage.keys(&["Ctrl-E", "2", "1"]);
    let text = stage.text();
    assert!(text.contains("14000004471"), "{text}");
    stage
        .app
        .tick(stage.app.now + chrono::Duration::seconds(21));
    stage.draw();
    let text = stage.text();
    assert!(!text.contains("14000004471"), "{text}");
}

#[test]
fn the_card_of_a_team_hides_mobiles_and_keeps_landlines() {
    let mut stage = stage();
    stage.keys(&["F2", "hsq", "Enter"]);
    let text = stage.text();
    assert!(
        text.contains("140****5284") && !text.contains("14097065284"),
        "{text}"
    );
    assert!(text.contains("0476-8233311"), "{text}");
    assert!(text.contains("41 人"), "{text}");
    assert!(text.contains("2022-12 至 2024-01"), "{text}");
}

#[test]
fn history_opens_over_the_card_and_goes_again() {
    let mut stage = stage();
    stage.keys(&["Enter", "h"]);
    assert!(
        stage.text().contains("红山区农机站 -> 红山区农牧局"),
        "{}",
        stage.text()
    );
    stage.keys(&["h"]);
    assert!(stage.text().contains("基本"), "{}", stage.text());
}

#[test]
fn what_is_typed_fast_opens_what_was_meant() {
    for keys in [&[][..], &["F2"]] {
        let mut stage = stage();
        stage.keys(keys);
        // No answer comes between the letters and Enter.
        for c in "zw".chars() {
            let key = ratatui::crossterm::event::KeyCode::Char(c);
            stage.app.key(&key.into());
        }
        stage.app.key(&code("Enter").unwrap());
        stage.draw();
        let Some(Overlay::Card(card)) = stage.app.over.last() else {
            panic!("no card:\n{}", stage.text())
        };
        assert_eq!(card.view.code, volunteer(2), "{keys:?}");
    }
}
