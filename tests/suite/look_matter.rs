//! Pane 4 and the case: what is lost first, what must be done today, and the answer beside the evidence.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::said::Lang;
use kezhi::protocol::matter::{Queue, Which};
use kezhi::protocol::{Act, Notice, Request};
use kezhi::tui::form::Form;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::{Stage, coded};
use crate::look_matter_data::URGENT;

/// The screens, and the keys that lead there.
pub const SCREENS: &[(&str, &[&str])] = &[
    ("queue", &["Esc", "4", "Down"]),
    ("queue-today", &["Esc", "4", "j", "Space"]),
    ("queue-filter", &["Esc", "4", "f"]),
    ("case", &["Esc", "4", "Down", "Enter"]),
    (
        "case-answer",
        &["Esc", "4", "Down", "Enter", "r", "已派员核查", "Tab"],
    ),
    (
        "case-draft",
        &["Esc", "4", "Down", "Enter", "r", "已派员核查", "Esc"],
    ),
    (
        "case-form",
        &["Esc", "4", "F7", "1", "Tab", "Tab", "王秀英"],
    ),
];

fn stage(keys: &[&str]) -> Stage {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.keys(keys);
    stage
}

fn queues(stage: &Stage) -> Vec<&Queue> {
    let asked = stage.asked.iter();
    asked
        .filter_map(|request| match request {
            Request::Queue(queue) => Some(queue),
            _ => None,
        })
        .collect()
}

#[test]
fn every_screen_of_a_matter_in_three_sizes_and_in_english() {
    for (name, keys) in SCREENS {
        for (width, height) in [(80, 24), (120, 36), (200, 50)] {
            let mut stage = Stage::new(Lang::Zh, coded("line"), width, height);
            stage.keys(keys);
            insta::assert_snapshot!(format!("{name}-{width}"), stage.text());
            insta::assert_snapshot!(format!("{name}-{width}-roles"), stage.roles());
        }
        let mut stage = Stage::new(Lang::En, coded("title"), 80, 24);
        stage.keys(keys);
        insta::assert_snapshot!(format!("{name}-en-80"), stage.text());
    }
}

#[test]
fn hints_hold_help_and_back_and_the_key_of_today() {
    for (name, keys) in SCREENS {
        for (width, height) in [(40, 10), (80, 24), (200, 50)] {
            let mut stage = Stage::new(Lang::Zh, coded("line"), width, height);
            stage.keys(keys);
            let text = stage.text();
            let last = text.lines().last().unwrap();
            assert!(
                last.contains("F1") && last.contains("Esc 返回"),
                "{name} {width}: {last}"
            );
            if *name == "queue" && width >= 80 {
                assert!(last.contains("j 今日必办"), "{width}: {last}");
            }
        }
    }
    // It means nothing where other things are listed.
    let text = stage(&["Esc", "3"]).text();
    assert!(!text.lines().last().unwrap().contains("今日必办"), "{text}");
}

#[test]
fn one_key_shows_what_must_be_done_today_from_wherever_one_is() {
    let mut stage = stage(&["Esc", "2", "Ctrl-D"]);
    assert_eq!(queues(&stage).last().unwrap().which, Which::Today);
    let text = stage.text();
    assert!(
        text.contains("4 今日必办") && !text.contains("TS-2024-000016"),
        "{text}"
    );
    stage.keys(&["j"]);
    assert_eq!(queues(&stage).last().unwrap().which, Which::Open);
    assert!(stage.text().contains("TS-2024-000016"), "{}", stage.text());
}

#[test]
fn the_pane_turns_from_the_queue_to_incidents_oversight_and_sanctions() {
    let mut stage = stage(&["Esc", "4"]);
    let asked = |stage: &Stage| stage.asked.last().cloned().unwrap();
    stage.keys(&["p"]);
    assert!(matches!(asked(&stage), Request::Find(find) if find.kinds == [Kind::Incident]));
    stage.keys(&["p"]);
    assert!(stage.text().contains("4 监督"), "{}", stage.text());
    stage.keys(&["p"]);
    // Nobody finds a sanction by its words: it is listed.
    let kind = Kind::Sanction;
    assert!(
        matches!(asked(&stage), Request::List(list) if list.kind == kind && !kind.spec().searched)
    );
    stage.keys(&["p"]);
    assert!(stage.text().contains("4 来电"), "{}", stage.text());
    stage.keys(&["p"]);
    assert!(stage.text().contains("4 投诉与监督"), "{}", stage.text());
    assert!(stage.text().contains("活动现场"), "{}", stage.text());
}

#[test]
fn words_and_states_narrow_the_queue() {
    let mut stage = stage(&["Esc", "4", "/", "募捐"]);
    assert_eq!(queues(&stage).last().unwrap().text, "募捐");
    stage.keys(&["Esc", "Esc", "f"]);
    let text = stage.text();
    for name in ["今日必办", "已逾期", "我承办的", "连同已结", "类别", "状态"] {
        assert!(text.contains(name), "{name}\n{text}");
    }
    for name in ["已逾期", "我承办的"] {
        assert_eq!(text.matches(name).count(), 1, "{name}\n{text}");
    }
    stage.keys(&["4"]);
    assert_eq!(queues(&stage).last().unwrap().which, Which::Overdue);
    stage.keys(&["o"]);
    assert!(stage.text().contains("最先误期"), "{}", stage.text());
}

#[test]
fn a_digit_on_a_case_takes_the_step_that_stands_there() {
    let mut stage = stage(&["Esc", "4", "Down", "Enter"]);
    assert!(stage.asked.contains(&Request::Case(URGENT)));
    let text = stage.text();
    let line = text
        .lines()
        .find(|line| line.contains("1 转办"))
        .unwrap()
        .to_owned();
    let at = |name: &str| {
        let from = line.find(name).unwrap();
        line[..from].trim_end().chars().last().unwrap().to_string()
    };
    let extend = at("延期");
    stage.keys(&[&extend]);
    assert!(
        stage.text().contains("延期 TS-2024-000012"),
        "{}",
        stage.text()
    );
    stage.keys(&["Esc", "F8"]);
    // The menu has the same numbers; what cannot be taken now stands behind.
    let text = stage.text();
    let same = text
        .lines()
        .any(|line| line.contains(&format!("{extend}    延期")));
    assert!(same, "{text}");
    stage.keys(&[&extend]);
    assert!(
        stage.text().contains("延期 TS-2024-000012"),
        "{}",
        stage.text()
    );
}

#[test]
fn a_half_written_answer_goes_on_where_it_was_left() {
    let mut stage = stage(&[
        "Esc",
        "4",
        "Down",
        "Enter",
        "r",
        "已派员核查",
        "Tab",
        "管理疏漏",
        "Esc",
    ]);
    let text = stage.text();
    assert!(
        text.contains("拟答复（草稿") && text.contains("管理疏漏"),
        "{text}"
    );
    stage.keys(&["r"]);
    let text = stage.text();
    assert!(text.contains("已派员核查"), "{text}");
    // The evidence is in sight while the answer is written.
    assert!(
        text.contains("来电录音") && text.contains("曾向队长反映"),
        "{text}"
    );
    let count = |stage: &Stage| stage.app.drafts.left.len();
    assert_eq!(count(&stage), 0);
    // What is refused stays as it was typed.
    stage.stubborn = Some(URGENT);
    stage.keys(&["F8"]);
    let text = stage.text();
    assert!(text.contains("管理疏漏") && text.contains("必填"), "{text}");
}

/// What the complainant asked for was recorded while the caller talked: the answer starts with it, and with nothing else.
#[test]
fn an_answer_starts_with_the_claims_and_an_operator_is_typed() {
    let mut stage = stage(&["Esc", "4", "Down", "Enter", "r"]);
    let Some(Overlay::Form(form)) = stage.app.over.last() else {
        panic!("{}", stage.text())
    };
    let filled: Vec<(&str, String)> = form
        .fields
        .iter()
        .enumerate()
        .map(|(at, field)| (field.key, form.text(at)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    assert_eq!(
        filled,
        [(
            "claims",
            "查明责任；书面答复；对外不公开其姓名电话".to_owned()
        )]
    );
    assert!(!form.touched(), "nobody typed it");
    // No list of operators is there for whoever does daily work: the line says what to type.
    stage.keys(&["Esc"]);
    let assign = Kind::Complaint.spec().step("assign").unwrap();
    let form = Form::step(stage.app.current().unwrap(), 1, assign, "试".into());
    stage.app.over.push(Overlay::Form(Box::new(form)));
    stage.keys(&["F3"]);
    assert!(matches!(stage.app.over.last(), Some(Overlay::Form(_))));
    let (_, told) = stage.app.message.clone().unwrap();
    assert!(told.contains("登录名"), "{told}");
}

#[test]
fn a_step_that_cannot_be_taken_says_why() {
    let stage = stage(&["Esc", "4", "Down", "Down", "Enter", "r"]);
    let text = stage.text();
    assert!(text.contains("已受理，不能再受理"), "{text}");
    assert!(matches!(stage.app.over.last(), Some(Overlay::Card(_))));
}

#[test]
fn brackets_go_through_the_queue_and_escape_comes_back() {
    let mut stage = stage(&["Esc", "4", "Down", "Enter", "]"]);
    let next = Code::new(Kind::Complaint, 2_024_000_016);
    assert!(stage.asked.contains(&Request::Case(next)));
    assert!(stage.text().contains("TS-2024-000016"), "{}", stage.text());
    stage.keys(&["[", "Esc"]);
    assert!(stage.app.over.is_empty());
    assert_eq!(stage.app.lists[2].selected().unwrap().code, URGENT);
}

#[test]
fn a_notice_refreshes_the_queue_and_the_open_case() {
    let mut stage = stage(&["Esc", "4", "Down", "Enter"]);
    let before = stage.asked.len();
    stage.app.notice(&Notice::Changed(vec![URGENT]));
    stage.draw();
    let since = &stage.asked[before..];
    assert!(since.contains(&Request::Case(URGENT)), "{since:?}");
    let queue = since
        .iter()
        .any(|request| matches!(request, Request::Queue(_)));
    assert!(queue, "{since:?}");
    // At midnight what is left of every clock is another.
    let before = stage.asked.len();
    let tomorrow = stage.app.now + chrono::Duration::days(1);
    stage.app.tick(tomorrow);
    stage.draw();
    assert!(matches!(
        stage.asked[before..].first(),
        Some(Request::Queue(_))
    ));
}

#[test]
fn a_new_complaint_has_what_is_asked_on_the_telephone_in_sight() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 80, 24);
    stage.keys(&["Esc", "4", "n"]);
    let text = stage.text();
    for label in [
        "类别",
        "渠道",
        "来人",
        "联系方式",
        "匿名",
        "要求保密",
        "被反映对象",
        "有关活动",
        "事项",
        "事实",
        "发生时间",
        "发生地点",
        "请求",
        "证据",
        "希望的回复",
        "代表",
    ] {
        assert!(text.contains(label), "{label}\n{text}");
    }
    let before = stage.text();
    stage.keys(&["Tab", "Tab", "Tab"]);
    let heads = |text: &str| -> Vec<String> {
        text.lines()
            .take(16)
            .map(|line| line.replace('>', " "))
            .collect()
    };
    // Nothing moves while one goes from field to field.
    assert_eq!(heads(&before)[1..15], heads(&stage.text())[1..15]);
    let Some(Overlay::Form(form)) = stage.app.over.last() else {
        panic!("{}", stage.text());
    };
    assert!(matches!(form.act, Act::New(Kind::Complaint)));
    assert_eq!(form.field().unwrap().key, "contact");
}

#[test]
fn no_list_tells_who_complained() {
    for keys in [&["Esc", "4"][..], &["Esc", "4", "z"], &["Esc", "4", "j"]] {
        let text = stage(keys).text();
        assert!(!text.contains("王**") || text.contains("5 预览"), "{text}");
    }
}
