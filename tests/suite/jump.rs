//! Back and forth through what was opened.

use kezhi::domain::refusal::Refusal;
use kezhi::protocol::Request;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::tag::Tag;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::comfort::{sized, stage};
use crate::look::Stage;

#[test]
fn one_jumps_back_and_forth_through_what_was_opened() {
    let mut stage = stage();
    stage.keys(&[
        "Esc", "Enter", "Esc", "Down", "Enter", "Esc", "c", "Esc", "3",
    ]);
    let top = |stage: &Stage| match stage.app.over.last() {
        Some(Overlay::Card(card)) => card.view.code.to_string(),
        Some(Overlay::Board(board)) => board.action().to_owned(),
        None => format!("pane {}", stage.app.focus + 1),
        _ => panic!("odd"),
    };
    let mut seen = vec![top(&stage)];
    for _ in 0..5 {
        stage.keys(&["<"]);
        seen.push(top(&stage));
    }
    let path = [
        "pane 3",
        "calendar",
        "ZY-000002",
        "ZY-000001",
        "pane 2",
        "pane 2",
    ];
    assert_eq!(seen, path);
    assert!(
        stage.text().contains("没有更早的去处了"),
        "{}",
        stage.text()
    );
    let mut seen = Vec::new();
    for _ in 0..4 {
        stage.keys(&[">"]);
        seen.push(top(&stage));
    }
    assert_eq!(seen, ["ZY-000001", "ZY-000002", "calendar", "pane 3"]);
    // From the palette too, and a form keeps its text.
    stage.keys(&["2", "F7", "试", "F9", "回到刚才", "Enter"]);
    assert_eq!(stage.app.waiting().len(), 1);
}

#[test]
fn a_place_that_is_gone_is_passed_over() {
    let mut stage = stage();
    stage.keys(&["Esc", "Enter", "Esc", "Down", "Enter", "Esc"]);
    let event = KeyEvent::new(KeyCode::Char('<'), KeyModifiers::NONE);
    stage.app.key(&event);
    // The second person was erased meanwhile.
    for (tag, request) in stage.app.take_calls() {
        if let (Tag::Card, Request::Show(code)) = (&tag, &request) {
            let gone = Refusal::not_found(&code.to_string());
            stage.app.answer(tag, Err(gone));
        }
    }
    stage.draw();
    assert!(stage.text().contains("ZY-000001"), "{}", stage.text());
    assert!(matches!(stage.app.over.last(), Some(Overlay::Card(card))
        if card.view.code == crate::look_data::volunteer(1)));
}

#[test]
fn many_places_are_remembered() {
    let mut stage = sized(80, 24);
    stage.keys(&["Esc"]);
    for _ in 0..30 {
        stage.keys(&["Enter", "]", "Esc", "3", "2"]);
    }
    let mut jumps = 0;
    for _ in 0..300 {
        stage.keys(&["<"]);
        if stage.text().contains("没有更早的去处了") {
            break;
        }
        jumps += 1;
    }
    assert!((50..=100).contains(&jumps), "{jumps}");
}
