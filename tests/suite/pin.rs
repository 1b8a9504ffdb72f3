//! The digits of the cover: kept as a hash, judged by the service, with a wait that a new session does not end.

use kezhi::domain::said::Lang;
use kezhi::protocol::pin::{Pin, PinView};
use kezhi::protocol::{Answer, Request};
use kezhi::service::Service;
use kezhi::tui::theme::Theme;

use crate::command::{Desk, ok};
use crate::look::{Stage, code};
use crate::screen::{F7, Terminal};

const F9: &str = "\x1b[20~";

fn ask(service: &Service, uid: u32, pin: Pin) -> PinView {
    let who = kezhi::protocol::Who {
        uid,
        roles: vec![kezhi::domain::operator::Role::Operator],
        ..Default::default()
    };
    let session = service.join(who, |_| {});
    match service.handle(&session, Request::Pin(pin)) {
        Ok(Answer::Pin(view)) => view,
        other => panic!("{other:?}"),
    }
}

fn pin(digits: &str) -> Pin {
    Pin::Try(digits.into())
}

#[test]
fn the_service_keeps_a_hash_and_waits_longer_after_each_wrong_try() {
    let dir = tempfile::tempdir().unwrap();
    let service = Service::open(dir.path(), 1, false).unwrap();
    assert!(!ask(&service, 7, Pin::Known).set);
    // Nobody is kept out where none are set.
    assert!(ask(&service, 7, pin("1234")).right);
    assert!(ask(&service, 7, Pin::Set("73190264".into())).set);
    assert!(ask(&service, 7, Pin::Known).set && !ask(&service, 8, Pin::Known).set);
    assert!(ask(&service, 7, pin("73190264")).right);
    // Each try comes from a session of its own.
    for nth in 1..=3 {
        let view = ask(&service, 7, pin("11111111"));
        assert!(!view.right && view.set, "{nth}");
        assert_eq!(view.wait > 0, nth == 3, "{nth}: {view:?}");
        if nth == 2 {
            // A right one forgives the wrong ones.
            assert!(ask(&service, 7, pin("73190264")).right);
            ask(&service, 7, pin("2222"));
            ask(&service, 7, pin("2222"));
        }
    }
    let first = ask(&service, 7, Pin::Known).wait;
    assert!((25..=30).contains(&first), "{first}");
    // The right ones do not count before.
    let view = ask(&service, 7, pin("73190264"));
    assert!(!view.right && view.wait > 0);
    assert!(ask(&service, 8, pin("5555")).right);
    service.close();
    let bytes = std::fs::read(dir.path().join("store.redb")).unwrap();
    let plain = b"73190264";
    assert!(!bytes.windows(plain.len()).any(|part| part == plain));
    // Nor does a new service forget it; whoever logs in takes it away.
    drop(service);
    let service = Service::open(dir.path(), 1, false).unwrap();
    assert!(ask(&service, 7, Pin::Known).wait > 0);
    assert!(!ask(&service, 7, Pin::Clear).set);
    assert!(ask(&service, 7, pin("0000")).right);
}

#[test]
fn what_are_no_digits_is_not_set() {
    let dir = tempfile::tempdir().unwrap();
    let service = Service::open(dir.path(), 1, true).unwrap();
    let who = service.identify(1, None).unwrap();
    let session = service.join(who, |_| {});
    for text in ["", "123", "1234567890123", "12a4", "１２３４"] {
        let answer = service.handle(&session, Request::Pin(Pin::Set(text.into())));
        assert!(answer.is_err(), "{text}");
    }
    assert_eq!(format!("{:?}", Request::Pin(pin("4711"))), "Pin(Try)");
    let exact = service.handle(&session, Request::Pin(Pin::Set("123456789012".into())));
    assert!(matches!(exact, Ok(Answer::Pin(view)) if view.set));
}

fn stage() -> Stage {
    Stage::new(Lang::Zh, Theme::named("dark"), 80, 24)
}

#[test]
fn f9_asks_twice_and_shows_stars() {
    let mut stage = stage();
    stage.keys(&["F9", "遮挡口令", "Enter", "12a", "Enter"]);
    assert!(stage.text().contains("只用数字"), "{}", stage.text());
    stage.keys(&["4711", "Enter"]);
    assert!(stage.text().contains("再输一次"), "{}", stage.text());
    stage.keys(&["4712", "Enter"]);
    assert!(stage.text().contains("两次不一样"), "{}", stage.text());
    stage.keys(&["4711"]);
    assert!(stage.text().contains("****") && !stage.text().contains("4711"));
    // Digits from an input method are digits.
    stage.keys(&["Enter", "４７１１", "Enter"]);
    assert_eq!(stage.pin.borrow().as_deref(), Some("4711"));
    assert!(
        stage.text().contains("kezhi pin --clear"),
        "{}",
        stage.text()
    );
    stage.keys(&["F9", "遮挡口令", "Enter", "2"]);
    assert_eq!(*stage.pin.borrow(), None);
}

#[test]
fn the_cover_opens_to_the_digits_alone_and_tells_nothing_else() {
    let mut stage = stage();
    *stage.pin.borrow_mut() = Some("4711".into());
    stage.keys(&["F7", "陈二虎", "F12"]);
    assert!(stage.app.covered());
    for way in ["Enter", "Esc", "F12", "q", "F2"] {
        stage.keys(&[way]);
        assert!(stage.app.covered(), "{way}");
    }
    stage.keys(&["4710"]);
    let text = stage.text();
    assert!(
        text.contains("口令: ****") && !text.contains("4710"),
        "{text}"
    );
    assert!(!text.contains("陈二虎"), "{text}");
    stage.keys(&["Enter"]);
    assert!(stage.app.covered() && stage.text().contains("口令不对"));
    stage.keys(&["9999", "Enter"]);
    assert!(
        stage.text().contains("请等到 14:32:30 再试"),
        "{}",
        stage.text()
    );
    stage.keys(&["4712", "Backspace", "1", "Enter"]);
    assert!(!stage.app.covered() && stage.text().contains("陈二虎"));
    // What was typed goes with the cover.
    stage.keys(&["F12", "47", "Esc"]);
    assert!(!stage.text().contains("口令: *"), "{}", stage.text());
}

/// Neither a service that is gone, nor one that has not answered yet, opens it.
#[test]
fn a_lost_service_opens_nothing() {
    let mut stage = stage();
    *stage.pin.borrow_mut() = Some("4711".into());
    stage.keys(&["F12", "4711"]);
    stage.app.lost();
    stage.app.key(&code("Enter").unwrap());
    for (tag, _) in stage.app.take_calls() {
        stage
            .app
            .failed(&tag, &kezhi::wire::client::unavailable("EOF"));
    }
    assert!(stage.app.covered());
    stage.app.found_again();
    assert!(stage.app.covered());
    stage.draw();
    assert!(stage.text().contains("请稍候再试"), "{}", stage.text());
    stage.keys(&["4711", "Enter"]);
    assert!(!stage.app.covered());
    // Nothing is known of it: the service is asked first.
    stage.app.pin.set = None;
    stage.app.key(&code("F12").unwrap());
    stage.app.take_calls();
    stage.app.key(&code("Enter").unwrap());
    assert!(stage.app.covered());
    stage.draw();
    assert!(stage.app.covered() && stage.text().contains("口令:"));
}

#[test]
fn at_a_terminal_the_digits_are_set_asked_for_and_forgotten() {
    let desk = Desk::new();
    let mut one = Terminal::open(desk.path(), 100, 30, &[]);
    one.wait("2 志愿者");
    one.send(F9);
    one.wait("命令 F9");
    one.send("遮挡口令\r");
    one.wait("4 至 12 位数字");
    one.send("2468135790\r");
    one.wait("再输一次");
    one.send("2468135790\r");
    one.wait("遮挡口令已设");
    one.send(F7);
    one.wait("新建 志愿者");
    one.send("遮着也存");
    one.wait("遮着也存");
    one.send("\x14");
    one.wait("屏幕已遮挡，输口令");
    one.send("\r1111\r");
    one.wait("口令不对");
    one.send("2468135790\r");
    one.wait("遮着也存");
    let raw = one.raw();
    let digits = b"2468135790";
    assert!(!raw.windows(digits.len()).any(|part| part == digits));
    // Forgotten: the same user logs in elsewhere.
    one.send("\x14");
    one.wait("屏幕已遮挡，输口令");
    let told = ok(desk.path(), &["pin", "--clear"]);
    assert!(told.contains("已去掉"), "{told}");
    one.send("1357\r");
    one.wait("遮着也存");
}
