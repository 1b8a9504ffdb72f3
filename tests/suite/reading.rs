//! `--read-only`: what the screen and the command line do with a session that only reads.

use kezhi::domain::refusal::Refusal;
use kezhi::domain::said::Lang;
use kezhi::protocol::{Answer, Request};
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::command::{Desk, kezhi, ok};
use crate::look::Stage;

fn stage() -> Stage {
    let mut stage = Stage::new(Lang::Zh, Theme::named("default"), 120, 36);
    stage.app.welcome.read_only = true;
    stage.draw();
    stage
}

#[test]
fn the_screen_says_so_and_opens_no_form() {
    let mut first = stage();
    assert!(crate::look::lines(first.buffer())[0].contains("只读"));
    // Each of these leads to a form, to a reason, or to a result that is noted.
    let ways: &[&[&str]] = &[
        &["F7"],
        &["Esc", "F4"],
        &["Esc", "Enter", "F7"],
        &["Esc", "Enter", "Ctrl-E"],
        &["Esc", "F8", "Enter"],
        &["Esc", "3", "p", "F7"],
        &["Esc", "3", "t", "1"],
        &["Esc", "3", "t", "v"],
        &["Esc", "3", "r", "F7"],
        &["Esc", "3", "m", "1"],
        &["Esc", "4", "F7"],
        &["F9", "xj", "Enter"],
    ];
    for way in ways {
        let mut stage = stage();
        stage.keys(way);
        let entered = |over: &Overlay| matches!(over, Overlay::Form(_) | Overlay::Reason(..));
        assert!(!stage.app.over.iter().any(entered), "{way:?}");
        let told = stage.app.message.as_ref().map(|(_, text)| text.as_str());
        assert_eq!(
            told,
            Some(Refusal::read_only().line(Lang::Zh).as_str()),
            "{way:?}"
        );
        let wrote = stage.asked.iter().any(|request| {
            matches!(
                request,
                Request::Make { .. }
                    | Request::Many { .. }
                    | Request::Try(_)
                    | Request::Reveal { .. }
            )
        });
        assert!(!wrote, "{way:?}");
    }
    first.keys(&["Esc", "Enter"]);
    assert!(matches!(first.app.over.last(), Some(Overlay::Card(_))));
}

#[test]
fn the_command_line_honours_it() {
    let desk = Desk::new();
    let dir = desk.path();
    let person = [
        "new",
        "volunteer",
        "name=单立文",
        "phone=13912344471",
        "teams=红山区",
    ];
    let with = |args: &[&str]| {
        let mut all = vec!["--read-only"];
        all.extend(args);
        kezhi(dir, &all)
    };
    let refused = with(&person);
    assert_eq!(refused.status.code(), Some(5));
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(told.contains("打开时没有 --read-only 的科志"), "{told}");
    ok(dir, &person);
    assert!(with(&["show", "zy1"]).status.success());
    assert!(with(&["find", "slw"]).status.success());
    let file = dir.join("b.redb").display().to_string();
    for args in [
        &["edit", "zy1", "employer=别处"][..],
        &["do", "confirm", "zy1"],
        &["reveal", "zy1", "phone", "--reason", "核对"],
        &["setting", "most_teams=6", "--reason", "会"],
        &["backup", &file],
        &["restore", &file],
        &["stop"],
    ] {
        assert_eq!(with(args).status.code(), Some(5), "{args:?}");
    }
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_kezhi"))
        .arg("--data")
        .arg(dir)
        .args(["edit", "zy1", "employer=别处"])
        .env("KEZHI_READ_ONLY", "1")
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(5));
    let shown = ok(dir, &["show", "zy1"]);
    assert!(!shown.contains("别处"));
}

#[test]
fn what_an_operator_prefers_holds_in_a_session_that_reads_and_is_not_kept() {
    // The screen takes it without a word.
    let mut stage = stage();
    stage.keys(&["Esc", "2", "w", "1", "Esc"]);
    stage.keys(&["F9", "mouse", "Enter"]);
    assert!(stage.app.mouse_wanted, "{}", stage.text());
    stage.keys(&["F9", "tour", "Enter", "Esc"]);
    let refused = Refusal::read_only().line(Lang::Zh);
    assert!(stage.app.told.iter().all(|told| told.text != refused));
    let sent = |request: &Request| matches!(request, Request::Prefer { .. });
    assert!(!stage.asked.iter().any(sent));
    // The service would refuse it.
    let place = tempfile::tempdir().unwrap();
    let service = crate::consequence::service(place.path(), &[]);
    let who = crate::consequence::login(7, "li", crate::consequence::COUNTY);
    let mut session = crate::consequence::session(&service, who);
    session.read_only = true;
    let prefer = Request::Prefer {
        key: "mouse".into(),
        value: "on".into(),
    };
    let refusal = service.handle(&session, prefer).unwrap_err();
    assert_eq!(refusal.kind, Refusal::read_only().kind);
    let Ok(Answer::Preferences(kept)) = service.handle(&session, Request::Preferences) else {
        panic!();
    };
    assert!(kept.is_empty());
}
