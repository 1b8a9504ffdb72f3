//! Confirmation by consequence and undo on the screen: what is asked, what is sent, what comes back.

use kezhi::domain::said::Lang;
use kezhi::protocol::undo::Undo;
use kezhi::protocol::work::Many;
use kezhi::protocol::{Act, Change, Request};
use kezhi::tui::action::Place;
use kezhi::tui::app::Level;
use kezhi::tui::theme::Theme;

use crate::look::Stage;

fn stage(lang: Lang, keys: &[&str]) -> Stage {
    let mut stage = Stage::new(lang, Theme::named("default"), 120, 36);
    stage.keys(keys);
    stage
}

/// The changes that were sent, but for those that were only tried.
fn made(stage: &Stage) -> Vec<&Change> {
    let all = stage.asked.iter();
    all.filter_map(|request| match request {
        Request::Make { change, .. } => Some(change),
        _ => None,
    })
    .collect()
}

fn many(stage: &Stage) -> Vec<&Many> {
    let all = stage.asked.iter();
    all.filter_map(|request| match request {
        Request::Many { many, .. } => Some(many),
        _ => None,
    })
    .collect()
}

fn undone(stage: &Stage) -> Vec<Undo> {
    let all = stage.asked.iter();
    all.filter_map(|request| match request {
        Request::Undo(undo) => Some(*undo),
        _ => None,
    })
    .collect()
}

fn told(stage: &Stage) -> &str {
    stage.app.message.as_ref().map_or("", |(_, text)| text)
}

/// The step of the first volunteer, chosen by its name.
fn step(stage: &mut Stage, name: &str) {
    stage.keys(&["Esc", "F8", name, "Enter"]);
}

#[test]
fn a_light_step_is_not_asked_about_and_says_how_it_is_taken_back() {
    let mut stage = stage(Lang::Zh, &[]);
    step(&mut stage, "暂停");
    stage.keys(&["出差", "F8"]);
    assert_eq!(made(&stage).len(), 1, "{}", stage.text());
    assert!(told(&stage).starts_with("已办「暂停」"), "{}", told(&stage));
    assert!(
        told(&stage).ends_with("Ctrl-Z 撤回 (30 秒)"),
        "{}",
        told(&stage)
    );
    stage.keys(&["Ctrl-Z"]);
    let sent = undone(&stage);
    assert_eq!(sent.len(), 1);
    assert!(sent[0].rev.is_some());
    assert!(
        told(&stage).starts_with("已撤回「暂停」"),
        "{}",
        told(&stage)
    );
    // There was one: the next says so.
    stage.keys(&["Ctrl-Z"]);
    assert_eq!(undone(&stage).len(), 1);
    assert!(told(&stage).contains("没有可撤回的"), "{}", told(&stage));
}

#[test]
fn what_others_see_is_asked_about_and_the_text_stays() {
    let mut stage = stage(Lang::Zh, &[]);
    step(&mut stage, "退出");
    stage.keys(&["搬走了", "F8"]);
    let panel = stage.text();
    for fact in [
        "ZY-0",
        "退出，此后为：已退出",
        "所派活动的队伍",
        "搬走了",
        ">2 返回",
    ] {
        assert!(panel.contains(fact), "{fact}: {panel}");
    }
    // Enter takes what is highlighted, Esc goes back, F8 does nothing by surprise.
    stage.keys(&["F8", "Enter"]);
    assert!(made(&stage).is_empty());
    assert!(stage.text().contains("搬走了"), "{}", stage.text());
    stage.keys(&["F8", "Esc"]);
    assert!(made(&stage).is_empty() && stage.text().contains("━ 退出 "));
    stage.keys(&["F8", "2"]);
    assert!(made(&stage).is_empty() && stage.text().contains("━ 退出 "));
    stage.keys(&["F8", "Left", "Enter"]);
    let sent = made(&stage);
    assert_eq!(sent.len(), 1);
    assert!(matches!(&sent[0].act, Act::Step { step, .. } if step == "leave"));
    assert!(!sent[0].confirmed);
    // It is not offered to be taken back.
    assert!(!told(&stage).contains("Ctrl-Z"), "{}", told(&stage));
}

#[test]
fn the_key_means_what_was_done_last_and_nothing_before_it() {
    let mut stage = stage(Lang::Zh, &[]);
    step(&mut stage, "暂停");
    stage.keys(&["出差", "F8", "Esc", "Esc", "Down"]);
    let second = stage.app.current().unwrap();
    step(&mut stage, "退出");
    stage.keys(&["搬走了", "F8", "1"]);
    assert_eq!(made(&stage).len(), 2, "{}", stage.text());
    // The service says that others have seen it: what was done before stays, however often one asks.
    stage.stubborn = Some(second);
    for _ in 0..3 {
        stage.keys(&["Ctrl-Z"]);
        assert!(told(&stage).contains("别人已看到"), "{}", told(&stage));
    }
    let sent = undone(&stage);
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|undo| undo.code == second), "{sent:?}");
}

#[test]
fn what_is_being_taken_back_is_not_asked_for_twice() {
    let mut stage = stage(Lang::Zh, &[]);
    step(&mut stage, "暂停");
    stage.keys(&["出差", "F8", "Esc", "Esc", "Down"]);
    step(&mut stage, "暂停");
    stage.keys(&["出差", "F8"]);
    // Both in one burst, before any answer.
    for _ in 0..2 {
        let key = crate::look::code("Ctrl-Z").unwrap();
        stage.app.key(&key);
    }
    stage.draw();
    assert_eq!(undone(&stage).len(), 1);
    stage.keys(&["Ctrl-Z"]);
    let sent = undone(&stage);
    assert!(sent.len() == 2 && sent[0].code != sent[1].code, "{sent:?}");
}

#[test]
fn what_a_rule_asks_stands_in_the_same_panel() {
    let mut stage = stage(Lang::Zh, &[]);
    stage.asks = true;
    step(&mut stage, "退出");
    stage.keys(&["搬走了", "F8"]);
    let panel = stage.text();
    assert!(
        panel.contains("已有同名的一件") && panel.contains("第八条"),
        "{panel}"
    );
    stage.keys(&["1"]);
    let sent = made(&stage);
    assert_eq!(sent.len(), 1, "asked once for both");
    assert!(sent[0].confirmed);
}

#[test]
fn what_does_not_come_back_takes_the_last_four_digits() {
    let mut stage = stage(Lang::Zh, &["Esc", "1", "F8", "注销", "Enter"]);
    stage.keys(&["并入旗队", "F8"]);
    let panel = stage.text();
    assert!(
        panel.contains("后四位") && panel.contains("不能恢复"),
        "{panel}"
    );
    let hints = panel.lines().last().unwrap();
    assert!(hints.contains("F8 四位输完，办理"), "{hints}");
    let place = stage.cursor();
    let row = panel.lines().nth(usize::from(place.y)).unwrap();
    assert!(
        row.contains("后四位"),
        "the cursor stands where one types: {row}"
    );
    stage.keys(&["Enter", "F8"]);
    assert!(made(&stage).is_empty());
    // What is pasted does nothing, and is no answer.
    stage.app.paste("150102199001011234 13912345678");
    assert!(told(&stage).contains("不能粘贴"), "{}", told(&stage));
    stage.keys(&["9999", "F8"]);
    assert!(made(&stage).is_empty());
    assert!(
        told(&stage).contains("与编号后四位不符"),
        "{}",
        told(&stage)
    );
    let code = stage.app.over.iter().find_map(|over| match over {
        kezhi::tui::overlay::Overlay::Confirm(confirm) => Some(confirm.digits()),
        _ => None,
    });
    stage.keys(&["Ctrl-U", &code.unwrap(), "F8"]);
    assert_eq!(made(&stage).len(), 1, "{}", stage.text());
}

#[test]
fn of_many_the_panel_counts_them_and_shows_the_first() {
    let mut stage = stage(Lang::Zh, &["Esc"]);
    for _ in 0..6 {
        stage.keys(&["Space"]);
    }
    stage.keys(&["F8", "退出", "Enter", "搬走了", "F8"]);
    let panel = stage.text();
    assert!(
        panel.contains("共 6 条") && panel.contains("..."),
        "{panel}"
    );
    stage.keys(&["1"]);
    assert_eq!(many(&stage).len(), 1);
    assert_eq!(many(&stage)[0].codes.len(), 6);
}

#[test]
fn many_light_ones_come_back_with_one_key() {
    let mut stage = stage(Lang::Zh, &["Esc", "Space", "Down", "Space", "Down", "F8"]);
    stage.keys(&["暂停", "Enter", "出差", "F8"]);
    assert!(
        told(&stage).ends_with("Ctrl-Z 撤回 (30 秒)"),
        "{}",
        told(&stage)
    );
    stage.keys(&["Ctrl-Z"]);
    assert_eq!(
        undone(&stage),
        [Undo {
            code: many(&stage)[0].codes[0],
            rev: None
        }]
    );
    assert!(told(&stage).contains("2 条"), "{}", told(&stage));
}

#[test]
fn the_panel_fits_small_screens_and_both_languages() {
    for (lang, width, height) in [
        (Lang::Zh, 80, 24),
        (Lang::En, 80, 24),
        (Lang::En, 40, 12),
        (Lang::Zh, 40, 10),
    ] {
        let mut stage = Stage::new(lang, Theme::named("default"), width, height);
        let name = if lang == Lang::Zh { "退出" } else { "Leave" };
        stage.keys(&["Esc", "F8", name, "Enter", "moved away", "F8"]);
        let panel = stage.text();
        if width == 80 {
            let back = if lang == Lang::Zh {
                ">2 返回"
            } else {
                ">2 back"
            };
            assert!(panel.contains(back), "{panel}");
        }
        stage.keys(&["1"]);
        assert_eq!(made(&stage).len(), 1);
    }
}

#[test]
fn in_a_form_it_goes_back_over_all_fields() {
    let mut stage = stage(Lang::Zh, &["Esc", "F7"]);
    stage.keys(&["韩", "Tab"]);
    let (first, second) = (0, 1);
    let text = |stage: &Stage, at: usize| {
        stage.app.over.iter().find_map(|over| match over {
            kezhi::tui::overlay::Overlay::Form(form) => Some(form.text(at)),
            _ => None,
        })
    };
    stage.app.paste("13912344471");
    stage.draw();
    assert_eq!(text(&stage, second).as_deref(), Some("13912344471"));
    // A paste is one edit; what was typed before it in another field comes next.
    stage.keys(&["Ctrl-Z"]);
    assert_eq!(text(&stage, second).as_deref(), Some(""));
    assert_eq!(text(&stage, first).as_deref(), Some("韩"));
    stage.keys(&["Ctrl-Z"]);
    assert_eq!(text(&stage, first).as_deref(), Some(""));
    stage.keys(&["Ctrl-Y", "Ctrl-Y"]);
    assert_eq!(text(&stage, first).as_deref(), Some("韩"));
    assert_eq!(text(&stage, second).as_deref(), Some("13912344471"));
    // Nothing is left: it is said, the program goes on, and no change of the store is touched.
    stage.keys(&["Ctrl-Z", "Ctrl-Z", "Ctrl-Z"]);
    assert!(
        matches!(&stage.app.message, Some((Level::Warn, text)) if text.contains("没有可撤销的输入"))
    );
    assert!(!stage.app.ended && undone(&stage).is_empty());
}

#[test]
fn a_choice_from_a_picker_is_one_edit() {
    let mut stage = stage(Lang::Zh, &["Esc", "F7"]);
    let at = |stage: &Stage, key: &str| {
        stage.app.over.iter().find_map(|over| match over {
            kezhi::tui::overlay::Overlay::Form(form) => {
                form.place(key).map(|at| (at, form.text(at)))
            }
            _ => None,
        })
    };
    let (place, _) = at(&stage, "gender").unwrap();
    if let Some(kezhi::tui::overlay::Overlay::Form(form)) = stage.app.over.last_mut() {
        form.at = place;
    }
    stage.keys(&["F3", "1"]);
    let (_, chosen) = at(&stage, "gender").unwrap();
    assert!(!chosen.is_empty(), "{}", stage.text());
    stage.keys(&["F3", "2"]);
    stage.keys(&["Ctrl-Z"]);
    assert_eq!(at(&stage, "gender").unwrap().1, chosen);
    stage.keys(&["Ctrl-Z"]);
    assert_eq!(at(&stage, "gender").unwrap().1, "");
}

#[test]
fn every_text_names_the_time_that_there_is() {
    let rows = kezhi::tui::action::ACTIONS.iter();
    // In a form the same key goes back over what is typed, for as long as one likes.
    let rows = rows.filter(|row| row.key == "undo" && row.place != Place::Form);
    let mut count = 0;
    for text in rows.map(|row| row.label) {
        for said in [text.zh, text.en] {
            let named: String = said.chars().filter(char::is_ascii_digit).collect();
            assert_eq!(named, kezhi::protocol::undo::SECONDS.to_string(), "{said}");
            count += 1;
        }
    }
    assert_eq!(count, 12);
}
