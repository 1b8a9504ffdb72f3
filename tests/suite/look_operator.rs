//! What an operator who goes through the story stumbles over: boards that alarm, jump, or hide what is needed.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::said::Lang;
use kezhi::protocol::work::{HoursRow, HoursView};
use kezhi::protocol::{Answer, Notice, Request};
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::{ROLES, Theme};

use crate::look::{Stage, coded};

fn stage(keys: &[&str]) -> Stage {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.keys(keys);
    stage
}

/// Where nothing is dangerous nobody has to be insured: nothing alarms.
#[test]
fn without_a_danger_the_strip_says_nothing() {
    for dangerous in [true, false] {
        let mut stage = Stage::new(Lang::Zh, coded("line"), 120, 36);
        stage.keys(&["Esc", "3"]);
        stage.app.act("roster");
        for (tag, request) in stage.app.take_calls() {
            let answer = crate::look_board_data::answer(&request, None);
            let Some(Ok(mut answer)) = answer else {
                continue;
            };
            if let Answer::Cover(cover) = &mut answer {
                cover.dangerous = dangerous;
            }
            stage.app.answer(tag, Ok(answer));
        }
        stage.draw();
        let text = stage.text();
        // The board fills all but the first row and the last two.
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('┃')).collect();
        for alarm in ["缺险", "缺180分", "··", "· 即缺"] {
            let told = rows.iter().any(|line| line.contains(alarm));
            assert_eq!(told, dangerous, "{alarm}: {text}");
        }
        let at = ROLES.iter().position(|(role, _)| *role == "status.danger");
        let danger = char::from(b'a' + u8::try_from(at.unwrap()).unwrap());
        let red = stage.roles().lines().any(|line| line.contains(danger));
        assert_eq!(red, dangerous, "{}", stage.roles());
    }
}

/// Who answered stays in the row: the next one is below.
#[test]
fn the_order_stays_while_one_phones() {
    let mut stage = stage(&["Esc", "3", "m", "Down"]);
    let codes = |stage: &Stage| -> Vec<Code> {
        let board = stage.app.board().unwrap();
        let rows = (0..board.rows()).filter_map(|at| board.code_at(at));
        rows.collect()
    };
    let before = codes(&stage);
    let again = |stage: &mut Stage, key: &str| {
        stage.app.act(key);
        for (tag, request) in stage.app.take_calls() {
            let answer = crate::look_board_data::answer(&request, None);
            let Some(Ok(mut answer)) = answer else {
                continue;
            };
            if let Answer::Matches(found) = &mut answer {
                found.reverse();
            }
            stage.app.answer(tag, Ok(answer));
        }
        codes(stage)
    };
    stage
        .app
        .notice(&Notice::Changed(vec![Code::new(Kind::Activity, 1)]));
    assert_eq!(again(&mut stage, "redraw"), before);
    let sorted = again(&mut stage, "refresh");
    assert!(
        sorted.iter().eq(before.iter().rev()),
        "F5 puts them in order anew"
    );
}

/// A letter that opens another board is no letter without a use.
#[test]
fn a_replacement_is_looked_for_without_a_complaint() {
    let mut stage = stage(&["Esc", "3", "r"]);
    stage.keys(&["f"]);
    let text = stage.text();
    assert!(
        text.contains("━ 找人") && !text.contains("用不上"),
        "{text}"
    );
    // The phone is shown where it is needed: after a reason.
    stage.keys(&["Home", "Ctrl-E"]);
    assert!(
        matches!(stage.app.over.last(), Some(Overlay::Reason(code, field, _))
            if code.kind == Kind::Volunteer && field == "phone"),
        "{}",
        stage.text()
    );
}

/// What lies outside one's scope is one row, and named.
#[test]
fn hours_outside_the_scope_are_named() {
    for (lang, named) in [(Lang::Zh, "管辖范围之外"), (Lang::En, "outside your scope")] {
        let mut stage = Stage::new(lang, Theme::named("dark"), 120, 36);
        stage.app.act("hours");
        for (tag, request) in stage.app.take_calls() {
            if matches!(request, Request::Hours(_)) {
                let view = HoursView {
                    more: 0,
                    name: "王建国".to_owned(),
                    minutes: 120,
                    rows: vec![HoursRow {
                        code: Code::new(Kind::Volunteer, 2),
                        name: String::new(),
                        minutes: 120,
                        status: "已确认".to_owned(),
                        evidence: String::new(),
                    }],
                };
                stage.app.answer(tag, Ok(Answer::Hours(view)));
            }
        }
        stage.draw();
        assert!(stage.text().contains(named), "{}", stage.text());
    }
}
