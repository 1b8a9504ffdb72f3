//! Cards: what stands on them, what is hidden, and whose they are.

use kezhi::domain::kind::{KINDS, Kind};
use kezhi::domain::said::Lang;
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::{Notice, Request};
use kezhi::tui::draw::group::{fields, groups, spelled};
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::{Stage, code};
use crate::look_data::{entry, volunteer};

fn stage() -> Stage {
    Stage::new(Lang::Zh, Theme::named("dark"), 120, 40)
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
        // From whom a sealed record is kept is no text to read.
        let read = spec
            .fields
            .iter()
            .filter(|field| !(spec.sealed && field.inner));
        let mut all: Vec<&str> = read.map(|field| field.key).collect();
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
fn the_card_of_a_team_shows_the_number_of_one_holder_on_demand() {
    let mut stage = stage();
    stage.keys(&["F2", "hsq", "Enter"]);
    let text = stage.text();
    assert!(text.contains("140****5284"), "{text}");
    assert!(text.contains("0476-8233311"), "{text}");
    assert!(text.contains("41 人"), "{text}");
    assert!(text.contains("2022-12 至 2024-01"), "{text}");
    stage.keys(&["Ctrl-E"]);
    assert!(stage.text().contains("队长 王超思"), "{}", stage.text());
    stage.keys(&["1", "1"]);
    let text = stage.text();
    assert!(
        text.contains("14000004471") && !text.contains("140****5284"),
        "{text}"
    );
    assert!(stage.asked.iter().any(|request| matches!(
        request,
        Request::Reveal { field, .. } if field == "posts.1.phone"
    )));
}

#[test]
fn the_phone_desk_shows_a_number_without_opening_the_card() {
    let mut stage = stage();
    stage.keys(&["F2", "zw"]);
    stage.keys(&["Ctrl-E", "2", "1"]);
    let text = stage.text();
    assert!(
        text.contains("查: zw") && text.contains("14000004471"),
        "{text}"
    );
}

#[test]
fn nothing_is_lost_where_a_card_breaks_a_line() {
    for width in [80, 81, 90, 120, 121] {
        let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), width, 40);
        stage.keys(&["Enter"]);
        let half = |line: &str| -> String {
            let inside = line.split('┃').nth(1).unwrap_or("");
            inside.split('│').nth(1).unwrap_or("").trim().to_owned()
        };
        let right: String = stage.text().lines().map(half).collect();
        for whole in ["红山区科技志愿者队", "赤峰市红山区"] {
            assert!(right.contains(whole), "{width}: {}", stage.text());
        }
    }
}

#[test]
fn what_one_did_oneself_is_not_marked_as_changed() {
    // The notice of a change may come before its answer, or after it.
    for early in [true, false] {
        let mut stage = stage();
        let notice = Notice::Changed(vec![volunteer(1)]);
        stage.keys(&["F4", "Tab", "Tab", "Tab", "Tab", "Tab", "x"]);
        stage.app.key(&code("F8").unwrap());
        if early {
            stage.app.notice(&notice);
        }
        stage.draw();
        stage.keys(&["Esc", "Esc"]);
        if !early {
            stage.app.notice(&notice);
        }
        assert!(!stage.app.changed.contains(&volunteer(1)), "early: {early}");
        // What somebody else does after that is.
        stage.app.notice(&notice);
        stage.draw();
        assert!(stage.app.changed.contains(&volunteer(1)), "early: {early}");
    }
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
fn history_tells_of_lists_what_went_and_what_came_and_cuts_nothing() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 80, 40);
    stage.keys(&["F2", "hsq", "Enter", "h"]);
    let post = |post: &str, holder: &str| {
        Value::Map(Fields::from([
            ("post".to_owned(), post.into()),
            ("holder".to_owned(), holder.into()),
            (
                "holder_post".to_owned(),
                "红山区科学技术协会党组书记、主席".into(),
            ),
            ("from".to_owned(), "2024-02-14".into()),
        ]))
    };
    let mut one = entry(30, "appoint", "posts", "", "");
    one.entry.changes[0].from = Some(Value::List(vec![post("队长", "孙旧")]));
    one.entry.changes[0].to = Some(Value::List(vec![
        post("队长", "孙旧"),
        post("联系人", "李博玉"),
    ]));
    let mut two = entry(29, "edit", "area", "150404", "150402");
    two.entry.changes[0].from = None;
    let Some(Overlay::Card(card)) = stage.app.over.last_mut() else {
        panic!("no card")
    };
    card.history = Some(vec![one, two]);
    stage.draw();
    let text = stage.text();
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(
        flat.contains("任职+联系人李博玉红山区科学技术协会党组书记、主席2024-02-14"),
        "{text}"
    );
    assert!(!text.contains("孙旧"), "what stayed is not told\n{text}");
    assert!(text.contains("属地  空 -> 赤峰市红山区"), "{text}");
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
