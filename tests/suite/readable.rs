//! Which terminal it is, and whether Chinese can be read on it.

use kezhi::domain::said::Lang;
use kezhi::protocol::Answer;
use kezhi::terminal::width::Profile;
use kezhi::tui::selftest::client;
use kezhi::tui::theme::Theme;

use crate::look::Stage;

#[test]
fn terminals_on_two_machines_are_two() {
    let named = |from: &str| {
        let environment = [
            ("TERM", "xterm-256color"),
            ("SSH_CONNECTION", from),
            ("SSH_TTY", "/dev/pts/1"),
        ];
        let environment = environment.map(|(key, value)| (key.to_owned(), value.to_owned()));
        client(&environment.into())
    };
    let first = named("192.0.2.7 50001 192.0.2.1 22");
    assert_eq!(first, "xterm-256color/@192.0.2.7");
    // The port is another with every login.
    assert_eq!(first, named("192.0.2.7 50002 192.0.2.1 22"));
    assert!(first != named("192.0.2.8 50001 192.0.2.1 22"));
}

#[test]
fn whether_chinese_is_readable_is_asked_once_where_the_terminal_does_not_say() {
    let asked = "中文显示正常吗？若为乱码请把终端编码设为 UTF-8";
    let tag = || kezhi::tui::app::Tag::Preferences;
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 80, 24);
    stage.app.client = "xterm/@192.0.2.7".to_owned();
    stage.app.settle_profile(Profile::Unknown);
    stage.app.doubt_encoding(false, false);
    // Not before it is known what was asked earlier.
    assert!(stage.app.told.is_empty());
    let none = Answer::Preferences(Default::default());
    stage.app.answer(tag(), Ok(none));
    stage.draw();
    assert!(stage.text().contains("中文显示正常吗"), "{}", stage.text());
    // First what can be read in every encoding.
    let first = &stage.app.told.last().unwrap().text;
    assert!(
        first.starts_with("Garbled? set the terminal's encoding to UTF-8"),
        "{first}"
    );
    let told = |stage: &Stage| {
        stage
            .app
            .told
            .iter()
            .filter(|one| one.text.contains(asked))
            .count()
    };
    let seen = stage.app.preferences.clone();
    for (client, proved, odd, locale, wanted) in [
        ("xterm/@192.0.2.7", false, false, None, 0),
        ("xterm/@192.0.2.8", false, false, None, 1),
        // What proves its widths takes what it is sent for UTF-8, but for one behind a multiplexer.
        ("xterm/@192.0.2.8", true, false, None, 0),
        ("tmux-256color/tmux@192.0.2.8", true, false, None, 1),
        // What answers as nothing does that takes it so is asked every time.
        ("xterm/@192.0.2.7", false, true, None, 1),
        ("xterm/@192.0.2.7", true, false, Some("LANG=C"), 0),
        ("xterm/@192.0.2.7", true, false, Some("LANG=zh_CN"), 1),
    ] {
        let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 80, 24);
        stage.app.client = client.to_owned();
        stage.app.locale = locale.map(str::to_owned);
        stage
            .app
            .answer(tag(), Ok(Answer::Preferences(seen.clone())));
        stage.app.settle_profile(Profile::Unknown);
        stage.app.doubt_encoding(proved, odd);
        assert_eq!(told(&stage), wanted, "{client} {proved} {odd} {locale:?}");
        // Never twice in a session.
        stage.app.doubt_encoding(proved, odd);
        assert_eq!(told(&stage), wanted, "{client} {proved} {odd} {locale:?}");
    }
}
