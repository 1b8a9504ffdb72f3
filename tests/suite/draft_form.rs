//! Writing ahead without a service: when, what, and what is said of it.

use std::os::unix::fs::PermissionsExt;

use chrono::TimeDelta;
use kezhi::domain::said::Lang;
use kezhi::protocol::draft::{Draft, Drafting};
use kezhi::protocol::presence::Other;
use kezhi::protocol::{Act, Answer, Notice, Request};
use kezhi::tui::app::Tag;
use kezhi::tui::form::Form;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::Stage;
use crate::look_data::{show, volunteer};

fn stage() -> Stage {
    Stage::new(Lang::Zh, Theme::named("default"), 120, 40)
}

fn form(stage: &Stage) -> &Form {
    match stage.app.over.last() {
        Some(Overlay::Form(form)) => form,
        _ => panic!("no form:\n{}", stage.text()),
    }
}

fn pass(stage: &mut Stage, milliseconds: i64) {
    let now = stage.app.now + TimeDelta::milliseconds(milliseconds);
    stage.app.tick(now);
    stage.draw();
}

fn kept(stage: &Stage) -> Vec<Draft> {
    let asked = stage.asked.iter();
    asked
        .filter_map(|request| match request {
            Request::Draft(Drafting::Keep(draft)) => Some((**draft).clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn half_a_second_after_the_last_key_it_is_kept_and_only_then_said_to_be() {
    let mut stage = stage();
    stage.keys(&["F7"]);
    pass(&mut stage, 5000);
    assert!(kept(&stage).is_empty(), "nothing is typed");
    stage.keys(&["单"]);
    assert!(stage.text().contains("草稿 *"), "{}", stage.text());
    pass(&mut stage, 499);
    assert!(kept(&stage).is_empty());
    pass(&mut stage, 1);
    assert_eq!(kept(&stage).len(), 1);
    assert_eq!(kept(&stage)[0].texts["name"], "单");
    let text = stage.text();
    assert!(
        text.contains("草稿 14:32:09") && !text.contains("草稿 *"),
        "{text}"
    );
    // Nothing is written and nothing moves while nothing is typed.
    pass(&mut stage, 60_000);
    assert_eq!(kept(&stage).len(), 1);
}

#[test]
fn while_somebody_goes_on_typing_it_is_kept_every_two_seconds() {
    let mut stage = stage();
    stage.keys(&["F7"]);
    for _ in 0..20 {
        stage.keys(&["a"]);
        pass(&mut stage, 400);
    }
    let kept = kept(&stage);
    assert!((3..=5).contains(&kept.len()), "{}", kept.len());
    let numbers: Vec<u64> = kept.iter().map(|draft| draft.number).collect();
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
}

#[test]
fn what_is_taken_back_is_no_draft() {
    let mut stage = stage();
    stage.keys(&["F7", "单"]);
    pass(&mut stage, 500);
    assert_eq!(stage.drafts.borrow().len(), 1);
    stage.keys(&["Backspace"]);
    pass(&mut stage, 500);
    assert!(stage.drafts.borrow().is_empty());
    let text = stage.text();
    assert!(
        !text.contains("草稿 1") && !text.contains("草稿 *"),
        "{text}"
    );
}

#[test]
fn a_later_session_finds_it_and_goes_on_where_it_was() {
    let mut stage = stage();
    stage.keys(&["F4", "Tab"]);
    let at = form(&stage).place("note").unwrap();
    while form(&stage).at < at {
        stage.keys(&["Tab"]);
    }
    stage.keys(&["乙", "Esc"]);
    assert!(
        stage.text().contains("草稿 14:32:09 已保留，F7 继续填"),
        "{}",
        stage.text()
    );
    let drafts = stage.drafts.take();
    assert_eq!(drafts.len(), 1);
    let mut later = self::stage();
    later.drafts.replace(drafts);
    // What a session hears first, as at a login.
    later.app.drafts = Default::default();
    later.app.begin();
    later.draw();
    let text = later.text();
    assert!(text.contains("有 1 份未提交草稿"), "{text}");
    // It is a line and no panel: a digit means a pane, and throws nothing away.
    assert!(later.app.over.is_empty());
    later.keys(&["Esc", "3", "2", "1"]);
    assert!(later.app.over.is_empty(), "{}", later.text());
    assert!(later.drafts.borrow()[0].discarded.is_none());
    // Whatever is pressed, nothing is lost.
    later.keys(&["Esc", "Esc", "g", "d", "1"]);
    assert_eq!(form(&later).text(at), "可周末；不便爬楼乙");
    assert_eq!(form(&later).at, at);
    assert!(matches!(form(&later).act, Act::Edit { rev: Some(3), .. }));
    // The record has changed since: nothing is overwritten silently.
    let mut view = show(volunteer(1));
    view.rev = 9;
    view.fields.insert("note".into(), "对方备注".into());
    later.theirs = Some(view);
    later.keys(&["F8"]);
    let text = later.text();
    for part in ["可周末；不便爬楼", "对方备注", "可周末；不便爬楼乙"] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
}

#[test]
fn what_is_thrown_away_is_back_with_one_key() {
    let mut stage = stage();
    stage.keys(&["F7", "单", "Esc", "Esc", "g", "d", "2"]);
    assert!(stage.text().contains("Ctrl-Z 恢复"), "{}", stage.text());
    assert!(stage.drafts.borrow()[0].discarded.is_some());
    stage.keys(&["Ctrl-Z"]);
    assert!(stage.drafts.borrow()[0].discarded.is_none());
    // Later it is restored from the drafts.
    stage.keys(&["g", "d", "2", "Down", "g", "d"]);
    let text = stage.text();
    assert!(text.contains("已放弃，06-01 后消失"), "{text}");
    stage.keys(&["1", "g", "d", "1"]);
    assert_eq!(form(&stage).text(0), "单");
}

#[test]
fn the_older_terminal_only_reads_and_loses_nothing() {
    let mut stage = stage();
    stage.keys(&["F7", "单"]);
    pass(&mut stage, 500);
    stage.keys(&["立"]);
    let id = form(&stage).token;
    stage.app.notice(&Notice::Taken(id, 1));
    stage.draw();
    assert!(
        stage.text().contains("草稿已在另一终端打开"),
        "{}",
        stage.text()
    );
    // The hints name what works there.
    let hints = stage.text().lines().last().unwrap().to_owned();
    for key in ["F8", "Ctrl-O", "Ctrl-Z", "F3"] {
        assert!(!hints.contains(key), "{key}: {hints}");
    }
    assert!(hints.contains("Esc") && hints.contains("F2"), "{hints}");
    // What was typed in the last moment is a draft of its own.
    let apart = kept(&stage).pop().unwrap();
    assert!(apart.id != id && apart.texts["name"] == "单立");
    for key in ["文", "Backspace", "Ctrl-U", "Ctrl-Z", "F8"] {
        stage.keys(&[key]);
        assert_eq!(form(&stage).text(0), "单立", "{key}");
    }
    stage.app.paste("文");
    assert_eq!(form(&stage).text(0), "单立");
    let count = kept(&stage).len();
    pass(&mut stage, 5000);
    assert_eq!(kept(&stage).len(), count);
    stage.keys(&["Esc"]);
    assert!(stage.app.over.is_empty());
    assert!(stage.app.drafts.left.is_empty());
}

#[test]
fn without_a_service_it_goes_to_a_file_and_from_there_to_the_service() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("state/drafts");
    let mut stage = stage();
    stage.app.drafts.dir = Some(dir.clone());
    stage.keys(&["F7", "单"]);
    pass(&mut stage, 500);
    stage.app.lost();
    stage.keys(&["立"]);
    pass(&mut stage, 1900);
    assert!(!dir.exists(), "it may be back in a moment");
    pass(&mut stage, 200);
    let files: Vec<_> = std::fs::read_dir(&dir).unwrap().flatten().collect();
    assert_eq!(files.len(), 1);
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&dir), mode(&files[0].path())), (0o700, 0o600));
    assert!(stage.text().contains("存于本机"), "{}", stage.text());
    // Another session sends it, and the file goes once the service has it.
    let mut later = self::stage();
    later.app.drafts.dir = Some(dir.clone());
    later.app.begin();
    later.draw();
    assert_eq!(later.drafts.borrow()[0].texts["name"], "单立");
    assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 0);
    // The session that typed it goes on with the service by itself.
    stage.keys(&["文"]);
    pass(&mut stage, 500);
    assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 1);
    stage.app.found_again();
    pass(&mut stage, 500);
    assert_eq!(stage.drafts.borrow()[0].texts["name"], "单立文");
    assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 0);
}

#[test]
fn hours_that_are_typed_in_place_are_kept_and_come_back() {
    let mut stage = crate::look_board::stage(&["Esc", "3", "t"]);
    stage.keys(&["Down", "Down", "Down", "Down", "9", "0"]);
    pass(&mut stage, 500);
    let drafts = stage.drafts.borrow().clone();
    assert_eq!(drafts.len(), 1, "{}", stage.text());
    assert!(
        drafts[0]
            .texts
            .iter()
            .any(|(key, text)| key.ends_with("|minutes") && text == "90")
    );
    // The evidence that is not even taken with Enter is kept too.
    stage.keys(&["v", "签到"]);
    pass(&mut stage, 500);
    let drafts = stage.drafts.borrow().clone();
    assert_eq!(drafts[0].texts["typing"], "签到");
    let mut later = crate::look_board::stage(&["Esc", "3"]);
    later.drafts.replace(drafts);
    later.app.begin();
    later.draw();
    later.keys(&["t"]);
    let text = later.text();
    assert!(
        text.contains("____90") && text.contains("依据: 签到"),
        "{text}"
    );
    assert_eq!(later.drafts.borrow()[0].turn, 1);
}

#[test]
fn others_at_the_same_record_are_named_on_card_and_form() {
    let mut stage = stage();
    let code = volunteer(1);
    stage.keys(&["Esc", "Enter"]);
    let open = |edits| Request::Open {
        code: Some(code),
        edits,
    };
    assert!(stage.asked.contains(&open(false)));
    let others = |edits| {
        vec![Other {
            name: "陈静".into(),
            edits,
        }]
    };
    stage.app.notice(&Notice::Others(code, others(false)));
    stage.draw();
    assert!(stage.text().contains("陈静 正在查看"), "{}", stage.text());
    stage.keys(&["F4"]);
    assert!(stage.asked.contains(&open(true)));
    stage.app.notice(&Notice::Others(code, others(true)));
    stage.draw();
    assert!(stage.text().contains("陈静 正在编辑"), "{}", stage.text());
    // An answer that comes after what was told later is older than it.
    stage
        .app
        .answer(Tag::Others(Some(code)), Ok(Answer::Others(Vec::new())));
    stage.draw();
    assert!(stage.text().contains("陈静 正在编辑"), "{}", stage.text());
    // What is said of a record that is not open here is not shown.
    stage
        .app
        .notice(&Notice::Others(volunteer(2), others(false)));
    stage.draw();
    assert!(stage.text().contains("陈静 正在编辑"), "{}", stage.text());
    stage.keys(&["Esc", "Esc"]);
    assert!(!stage.text().contains("陈静"), "{}", stage.text());
    let none = Request::Open {
        code: None,
        edits: false,
    };
    assert_eq!(stage.asked.last(), Some(&none));
}

#[test]
fn ctrl_o_keeps_it_now() {
    let mut stage = stage();
    stage.keys(&["F7", "Ctrl-O"]);
    assert!(stage.text().contains("还没有填什么"), "{}", stage.text());
    stage.keys(&["单", "Ctrl-O"]);
    assert_eq!(kept(&stage).len(), 1);
    let last = stage.app.message.clone().unwrap();
    assert_eq!(last.1, "草稿 14:32:09");
}
