//! An answer that is lost, a write that is refused, a draft that another session goes on with: nothing typed is
//! lost, and nothing is saved twice.

use chrono::TimeDelta;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::said::Lang;
use kezhi::protocol::draft::{Draft, Drafting};
use kezhi::protocol::{Act, Answer, Change, Notice, Request};
use kezhi::say;
use kezhi::tui::app::Tag;
use kezhi::tui::form::Form;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::{Stage, code};
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

fn to(stage: &mut Stage, key: &str) -> usize {
    let at = form(stage).place(key).unwrap();
    while form(stage).at < at {
        stage.keys(&["Tab"]);
    }
    while form(stage).at > at {
        stage.keys(&["BackTab"]);
    }
    at
}

fn pass(stage: &mut Stage, milliseconds: i64) {
    let now = stage.app.now + TimeDelta::milliseconds(milliseconds);
    stage.app.tick(now);
    stage.draw();
}

fn away() -> Refusal {
    Refusal::new(RefusalKind::Unavailable, say!("断开", "gone"))
}

fn made(code: Code) -> Refusal {
    let mut refusal = Refusal::new(RefusalKind::Stale, say!("上次提交已存", "saved before"));
    refusal.made = Some(code);
    refusal
}

/// A key whose calls go out and are not answered.
fn unanswered(stage: &mut Stage, key: &str) -> Vec<(Tag, Request)> {
    stage.app.key(&code(key).unwrap());
    stage.app.take_calls()
}

/// The link is cut: whatever waits for an answer hears so.
fn cut(stage: &mut Stage, calls: Vec<(Tag, Request)>) {
    stage.app.lost();
    for (tag, _) in calls {
        stage.app.failed(&tag, &away());
    }
}

fn sent(calls: &[(Tag, Request)]) -> Option<(u64, Change)> {
    calls.iter().find_map(|(_, request)| match request {
        Request::Make { token, change } => Some((*token, change.clone())),
        _ => None,
    })
}

fn keeps(calls: &[(Tag, Request)]) -> Vec<(Tag, Draft)> {
    let all = calls.iter().filter_map(|(tag, request)| match request {
        Request::Draft(Drafting::Keep(draft)) => Some((tag.clone(), (**draft).clone())),
        _ => None,
    });
    all.collect()
}

/// A new volunteer that was sent, and the link cut before the answer.
fn lost_new() -> (Stage, u64) {
    let mut stage = stage();
    stage.keys(&["F7", "单立文"]);
    to(&mut stage, "phone");
    stage.keys(&["13912344471"]);
    let teams = form(&stage).place("teams").unwrap();
    if form(&stage).text(teams).is_empty() {
        to(&mut stage, "teams");
        stage.keys(&["ZZ-0035"]);
    }
    let calls = unanswered(&mut stage, "F8");
    let (token, _) = sent(&calls).unwrap_or_else(|| panic!("{}", stage.text()));
    cut(&mut stage, calls);
    (stage, token)
}

#[test]
fn a_lost_answer_is_said_to_be_lost_and_the_same_text_is_the_same_call() {
    let (mut stage, token) = lost_new();
    stage.app.found_again();
    stage.draw();
    let told = stage.app.message.clone().unwrap().1;
    assert!(told.contains("没有收到答复"), "{told}");
    // A write that comes too late takes no new token while nothing else is typed.
    stage.app.failed(&Tag::Kept(token, 1), &made(volunteer(1)));
    assert_eq!(form(&stage).token, token);
    let calls = unanswered(&mut stage, "F8");
    assert_eq!(sent(&calls).unwrap().0, token);
}

#[test]
fn what_is_typed_after_a_lost_answer_becomes_an_edit_of_what_was_made() {
    let (mut stage, token) = lost_new();
    stage.app.found_again();
    stage.draw();
    let at = to(&mut stage, "note");
    stage.keys(&["后填"]);
    // The write of it is refused as one of what is done.
    let now = stage.app.now + TimeDelta::milliseconds(600);
    stage.app.tick(now);
    let calls = stage.app.take_calls();
    let (tag, draft) = keeps(&calls).pop().expect("it is written");
    assert_eq!(draft.id, token);
    stage.app.failed(&tag, &made(volunteer(1)));
    assert_ne!(form(&stage).token, token);
    // Before the record is here nothing is sent a second time.
    let calls = unanswered(&mut stage, "F8");
    assert!(sent(&calls).is_none());
    for (tag, request) in calls {
        if matches!(tag, Tag::Earlier(_)) {
            assert_eq!(request, Request::Show(volunteer(1)));
            stage.app.answer(tag, Ok(Answer::View(show(volunteer(1)))));
        }
    }
    let Act::Edit { code, rev } = form(&stage).act else {
        panic!("{:?}", form(&stage).act)
    };
    assert_eq!((code, rev), (volunteer(1), Some(show(volunteer(1)).rev)));
    assert_eq!(form(&stage).text(at), "后填");
    let (next, change) = sent(&unanswered(&mut stage, "F8")).unwrap();
    assert_ne!(next, token);
    assert!(matches!(change.act, Act::Edit { .. }));
    assert_eq!(change.fields["note"], "后填".into());
}

#[test]
fn another_text_under_a_done_token_is_no_old_success() {
    let (mut stage, token) = lost_new();
    stage.app.found_again();
    stage.draw();
    let at = to(&mut stage, "note");
    stage.keys(&["后"]);
    let calls = unanswered(&mut stage, "F8");
    assert_eq!(sent(&calls).unwrap().0, token);
    stage.app.failed(&Tag::Sent(token), &made(volunteer(1)));
    stage.draw();
    let told = stage.app.message.clone().unwrap().1;
    assert!(told.contains("此后所改还在"), "{told}");
    assert!(matches!(form(&stage).act, Act::Edit { .. }));
    assert_eq!(form(&stage).text(at), "后");
}

#[test]
fn nothing_is_typed_into_a_form_that_is_being_sent() {
    let mut stage = stage();
    stage.keys(&["F4"]);
    let at = to(&mut stage, "note");
    stage.keys(&["乙"]);
    let before = form(&stage).text(at);
    let calls = unanswered(&mut stage, "F8");
    assert!(sent(&calls).is_some());
    for key in ["Backspace", "Ctrl-U", "Ctrl-Z"] {
        stage.app.key(&code(key).unwrap());
        let told = stage.app.message.clone().unwrap().1;
        assert!(told.contains("提交中"), "{key}: {told}");
    }
    stage.app.paste("QQQ");
    assert!(stage.app.message.clone().unwrap().1.contains("提交中"));
    assert_eq!(form(&stage).text(at), before);
}

fn refused(stage: &mut Stage, kind: RefusalKind) -> u64 {
    let now = stage.app.now + TimeDelta::milliseconds(600);
    stage.app.tick(now);
    let calls = stage.app.take_calls();
    let (tag, draft) = keeps(&calls).pop().expect("it is written");
    let refusal = Refusal::new(kind, say!("不收", "not taken"));
    stage.app.failed(&tag, &refusal);
    draft.number
}

#[test]
fn a_write_that_is_refused_is_in_a_file_at_once() {
    for kind in [RefusalKind::Usage, RefusalKind::Fault] {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("drafts");
        let mut stage = stage();
        stage.app.drafts.dir = Some(dir.clone());
        stage.keys(&["F7", "单"]);
        refused(&mut stage, kind);
        assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 1, "{kind:?}");
        stage.draw();
        assert!(stage.text().contains("存于本机"), "{}", stage.text());
    }
}

#[test]
fn a_full_disk_is_asked_seldom_and_the_file_is_written_often() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("drafts");
    let mut stage = stage();
    stage.app.drafts.dir = Some(dir.clone());
    stage.keys(&["F7", "单"]);
    refused(&mut stage, RefusalKind::Unavailable);
    let held = |dir: &std::path::Path| {
        let file = std::fs::read_dir(dir).unwrap().next().unwrap().unwrap();
        std::fs::read_to_string(file.path()).unwrap()
    };
    let count = |stage: &Stage| {
        let asked = stage.asked.iter();
        let keep = |request: &&Request| matches!(request, Request::Draft(Drafting::Keep(_)));
        asked.filter(keep).count()
    };
    stage.keys(&["立"]);
    pass(&mut stage, 2100);
    assert!(held(&dir).contains("单立"));
    assert_eq!(count(&stage), 0);
    pass(&mut stage, 30_000);
    pass(&mut stage, 2100);
    assert_eq!(count(&stage), 1);
    assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 0);
}

#[test]
fn what_is_emptied_without_a_service_does_not_come_back() {
    let mut stage = stage();
    stage.keys(&["F7", "单"]);
    pass(&mut stage, 600);
    let id = form(&stage).token;
    stage.keys(&["Backspace"]);
    stage.app.lost();
    let now = stage.app.now + TimeDelta::milliseconds(3000);
    stage.app.tick(now);
    for (tag, _) in stage.app.take_calls() {
        stage.app.failed(&tag, &away());
    }
    assert_eq!(stage.drafts.borrow().len(), 1);
    stage.app.found_again();
    stage.draw();
    assert!(stage.drafts.borrow().iter().all(|draft| draft.id != id));
    assert_eq!(stage.app.count_drafts(), 0);
}

#[test]
fn a_form_that_is_read_alone_wakes_nobody() {
    let mut stage = stage();
    stage.keys(&["F7", "单"]);
    pass(&mut stage, 600);
    stage.keys(&["立"]);
    let id = form(&stage).token;
    stage.app.notice(&Notice::Taken(id, 1));
    stage.draw();
    // What a form takes over by itself changes it too.
    if let Some(Overlay::Form(form)) = stage.app.over.last_mut() {
        form.prefill("note", "变了");
    }
    pass(&mut stage, 5000);
    assert_eq!(stage.app.patience().as_millis(), 500);
}

#[test]
fn drafts_that_are_being_sent_are_counted_as_they_are_listed() {
    let mut stage = stage();
    stage.keys(&["F4"]);
    to(&mut stage, "note");
    stage.keys(&["乙"]);
    unanswered(&mut stage, "F8");
    stage.app.key(&code("Esc").unwrap());
    assert_eq!(stage.app.count_drafts(), stage.app.waiting().len());
}

fn hours() -> Stage {
    let mut stage = crate::look_board::stage(&["Esc", "3", "t"]);
    stage.keys(&["Down", "Down", "Down", "Down", "9", "0"]);
    pass(&mut stage, 600);
    stage
}

fn typed(stage: &Stage) -> std::collections::BTreeMap<String, String> {
    stage.drafts.borrow()[0].texts.clone()
}

#[test]
fn hours_that_another_terminal_goes_on_with_are_not_saved_here() {
    let mut stage = hours();
    let id = stage.drafts.borrow()[0].id;
    stage.app.notice(&Notice::Taken(id, 1));
    stage.draw();
    for key in ["=", "v", "5", "F8"] {
        stage.keys(&[key]);
        assert!(
            !stage
                .asked
                .iter()
                .any(|request| matches!(request, Request::Make { .. })),
            "{key}"
        );
        assert!(
            stage.text().contains("草稿已在另一终端打开"),
            "{key}:\n{}",
            stage.text()
        );
    }
}

#[test]
fn a_row_of_hours_is_one_call_whatever_its_minutes() {
    let mut stage = hours();
    let token = |stage: &Stage| {
        let all = typed(stage);
        let mut tokens = all.into_iter().filter(|(key, _)| key.ends_with("|token"));
        tokens.next().map(|(_, text)| text)
    };
    let first = token(&stage);
    assert!(first.is_some());
    let calls = unanswered(&mut stage, "F8");
    let (sent_as, _) = sent(&calls).unwrap();
    assert_eq!(first, Some(sent_as.to_string()));
    // Nothing is typed into a row while its answer is on its way.
    stage.app.key(&code("Backspace").unwrap());
    assert!(stage.app.message.clone().unwrap().1.contains("提交中"));
    let saved = calls
        .iter()
        .find(|(_, one)| matches!(one, Request::Make { .. }));
    let saved = saved.unwrap().0.clone();
    cut(&mut stage, calls);
    stage.app.found_again();
    let told = stage.app.message.clone().unwrap().1;
    assert!(told.contains("没有收到答复"), "{told}");
    let asked = stage.app.take_calls();
    let again = |request: &Request| matches!(request, Request::List(list) if list.kind == Kind::ServiceRecord);
    assert!(asked.iter().any(|(_, request)| again(request)));
    stage.keys(&["Backspace", "Backspace", "8"]);
    let (again, change) = sent(&unanswered(&mut stage, "F8")).unwrap();
    assert_eq!((again, &change.fields["minutes"]), (sent_as, &"8".into()));
    // What was saved before is told, and not saved once more.
    stage
        .app
        .failed(&saved, &made(Code::new(Kind::ServiceRecord, 7)));
    let told = stage.app.message.clone().unwrap().1;
    assert!(told.contains("8 分未存"), "{told}");
}

#[test]
fn hours_that_were_left_here_are_thrown_away_when_their_draft_is() {
    let mut stage = hours();
    stage.keys(&["Esc", "g", "d"]);
    let waiting = stage.app.waiting();
    assert_eq!(waiting.len(), 1, "{}", stage.text());
    stage.keys(&["2"]);
    assert!(stage.drafts.borrow()[0].discarded.is_some());
    stage.keys(&["Esc", "Esc", "3", "t"]);
    assert!(!stage.text().contains("____90"), "{}", stage.text());
}

#[test]
fn evidence_that_is_half_typed_waits_for_its_row() {
    let mut stage = crate::look_board::stage(&["Esc", "3", "t"]);
    stage.keys(&["Down", "Down", "Down", "Down", "v", "签到"]);
    pass(&mut stage, 600);
    assert_eq!(typed(&stage)["typing"], "签到");
    stage.keys(&["Ctrl-G"]);
    assert!(stage.app.over.is_empty(), "{}", stage.text());
    assert_eq!(typed(&stage)["typing"], "签到", "it is still a draft");
    stage.keys(&["t"]);
    assert!(stage.text().contains("依据: 签到"), "{}", stage.text());
    // It goes to the row for which it was begun, not to the one where the board opens.
    stage.keys(&["Enter"]);
    pass(&mut stage, 600);
    let rows = typed(&stage).into_iter();
    let rows: Vec<(String, String)> = rows.filter(|(key, _)| key.ends_with("|evidence")).collect();
    assert_eq!(rows.len(), 1);
    let mut first = crate::look_board::stage(&["Esc", "3", "t"]);
    first.keys(&["Down", "Down", "Down", "Down", "v", "签到", "Enter"]);
    pass(&mut first, 600);
    assert_eq!(typed(&first).get(&rows[0].0), Some(&rows[0].1));
}
