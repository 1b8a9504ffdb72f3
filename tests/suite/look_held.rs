//! What others change moves no row under the cursor; what is awaited for long is said.

use chrono::Duration;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::said::Lang;
use kezhi::protocol::matter::{Matter, QueueView};
use kezhi::protocol::{Answer, Found, Notice, Request, Row};
use kezhi::tui::app::{Level, Tag};
use kezhi::tui::draw;
use kezhi::tui::theme::Theme;

use crate::look::{Stage, code};
use crate::look_data::volunteer;

fn stage() -> Stage {
    Stage::new(Lang::Zh, Theme::named("dark"), 120, 36)
}

fn row(number: u64) -> Row {
    crate::look_data::row(
        Kind::Volunteer,
        number,
        &format!("甲{number}"),
        "红山区",
        "在册",
        "2024-05-20",
    )
}

fn found(total: usize, numbers: &[u64]) -> Answer {
    Answer::Found(Found {
        total,
        fuzzy: false,
        rows: numbers.iter().map(|number| row(*number)).collect(),
    })
}

/// Draws without answering.
fn paint(stage: &mut Stage) -> String {
    let app = &mut stage.app;
    stage
        .terminal
        .draw(|frame| {
            draw::measure(app, frame.area());
            draw::draw(app, frame);
        })
        .unwrap();
    stage.text()
}

/// Answers what a pane asked, and drops all else.
fn answer(stage: &mut Stage, pane: usize, of: &dyn Fn(&Request) -> Answer) -> Request {
    let mut asked = None;
    for (tag, request) in stage.app.take_calls() {
        if matches!(tag, Tag::List(at, _) if at == pane) {
            let answer = of(&request);
            asked = Some(request);
            stage.app.answer(tag, Ok(answer));
        }
    }
    asked.unwrap()
}

fn notice(stage: &mut Stage, numbers: &[u64]) {
    let codes = numbers.iter().map(|number| volunteer(*number)).collect();
    stage.app.notice(&Notice::Changed(codes));
}

/// A list of some people with the third selected.
fn standing() -> Stage {
    let mut stage = stage();
    stage.app.act("refresh");
    answer(&mut stage, 0, &|_| found(5, &[1, 2, 3, 4, 5]));
    stage.app.act("first");
    stage.app.act("down");
    stage.app.act("down");
    paint(&mut stage);
    stage
}

fn names(stage: &Stage) -> Vec<String> {
    let rows = stage.app.lists[0].rows.iter();
    rows.map(|row| row.title.clone()).collect()
}

#[test]
fn rows_keep_their_places_until_f5_takes_the_others_in() {
    let mut stage = standing();
    let places = |text: &str| -> Vec<usize> {
        let lines: Vec<&str> = text.lines().collect();
        (1..=5)
            .map(|n| {
                let name = format!("甲{n} ");
                lines.iter().position(|line| line.contains(&name)).unwrap()
            })
            .collect()
    };
    let before = places(&stage.text());
    // Another operator changed 4, which is the most recent now, and added 6 and 7.
    notice(&mut stage, &[4, 6, 7]);
    answer(&mut stage, 0, &|_| found(7, &[7, 6, 4, 1, 2, 3, 5]));
    let text = paint(&mut stage);
    assert_eq!(places(&text), before, "{text}");
    assert_eq!(names(&stage), ["甲1", "甲2", "甲3", "甲4", "甲5"]);
    assert_eq!(stage.app.lists[0].selected().unwrap().code, volunteer(3));
    assert!(
        text.contains("改 甲4") && text.contains("新 2 按 F5"),
        "{text}"
    );
    assert!(text.contains("3/5"), "{text}");
    // A second notice does not count the same ones again.
    notice(&mut stage, &[5]);
    answer(&mut stage, 0, &|_| found(7, &[5, 7, 6, 4, 1, 2, 3]));
    assert_eq!(stage.app.lists[0].news, 2);
    // F5: all at their places, the selection on its record.
    stage.app.act("refresh");
    answer(&mut stage, 0, &|_| found(7, &[5, 7, 6, 4, 1, 2, 3]));
    let text = paint(&mut stage);
    assert_eq!(names(&stage)[0], "甲5");
    assert_eq!(stage.app.lists[0].selected().unwrap().code, volunteer(3));
    assert!(!text.contains("按 F5") && text.contains("7/7"), "{text}");
}

#[test]
fn a_selected_row_that_is_gone_gives_its_place_to_the_neighbour_and_says_so() {
    let mut stage = standing();
    notice(&mut stage, &[3]);
    answer(&mut stage, 0, &|_| found(4, &[1, 2, 4, 5]));
    let text = paint(&mut stage);
    // It stays in sight, so that nothing moves.
    assert_eq!(names(&stage).len(), 5);
    assert_eq!(stage.app.lists[0].selected().unwrap().code, volunteer(4));
    let said = "ZY-000003 甲3 已不在此列，现选中 甲4";
    assert!(text.contains(said), "{text}");
    stage.app.act("refresh");
    answer(&mut stage, 0, &|_| found(4, &[1, 2, 4, 5]));
    assert_eq!(names(&stage), ["甲1", "甲2", "甲4", "甲5"]);
    assert_eq!(stage.app.lists[0].selected().unwrap().code, volunteer(4));
    // F5 itself may find that the selected one is gone.
    stage.app.message = None;
    stage.app.act("refresh");
    answer(&mut stage, 0, &|_| found(3, &[1, 2, 5]));
    assert_eq!(stage.app.lists[0].selected().unwrap().code, volunteer(5));
    let (level, said) = stage.app.message.clone().unwrap();
    assert!(level == Level::Warn && said.contains("ZY-000004"), "{said}");
}

#[test]
fn a_long_list_keeps_the_selected_row_where_it_is_on_the_screen() {
    let mut stage = stage();
    let page = |request: &Request, shift: u64| {
        let Request::Find(find) = request else {
            panic!("{request:?}")
        };
        let from = find.offset as u64;
        // As many new ones stand before all others.
        let rows: Vec<u64> = (from..from + find.limit as u64)
            .map(|at| {
                if at < shift {
                    5000 + at
                } else {
                    at - shift + 1
                }
            })
            .collect();
        found(1000 + shift as usize, &rows)
    };
    stage.app.act("refresh");
    answer(&mut stage, 0, &|request| page(request, 0));
    for _ in 0..60 {
        stage.app.act("down");
    }
    paint(&mut stage);
    let line = |stage: &Stage| {
        let text = stage.text();
        text.lines()
            .position(|line| line.contains("甲61 "))
            .unwrap()
    };
    let before = line(&stage);
    notice(&mut stage, &[5000]);
    answer(&mut stage, 0, &|request| page(request, 3));
    let text = paint(&mut stage);
    assert_eq!(line(&stage), before, "{text}");
    assert!(
        text.contains("新 3 按 F5") && text.contains("61/1000"),
        "{text}"
    );
    stage.app.act("refresh");
    answer(&mut stage, 0, &|request| page(request, 3));
    let text = paint(&mut stage);
    assert_eq!(line(&stage), before, "{text}");
    assert!(text.contains("64/1003"), "{text}");
}

#[test]
fn the_queue_keeps_its_order_too_and_its_matters_stand_with_their_rows() {
    let mut stage = stage();
    stage.keys(&["Esc", "4"]);
    let matter = |number: u64, left: i64| Matter {
        title: format!("事项{number}"),
        left,
        code: Code::new(Kind::Complaint, 2_024_000_000 + number),
        ..crate::look_matter_data::queue(&Default::default()).rows[0].clone()
    };
    let view = |rows: &[(u64, i64)]| {
        Answer::Queue(QueueView {
            total: rows.len(),
            open: rows.len(),
            rows: rows.iter().map(|(n, left)| matter(*n, *left)).collect(),
            ..QueueView::default()
        })
    };
    stage.app.act("refresh");
    answer(&mut stage, 2, &|_| view(&[(1, 3), (2, 5), (3, 9)]));
    stage.app.act("first");
    stage.app.act("down");
    let second = Code::new(Kind::Complaint, 2_024_000_002);
    let changed = Notice::Changed(vec![Code::new(Kind::Complaint, 2_024_000_003)]);
    stage.app.notice(&changed);
    answer(&mut stage, 2, &|_| view(&[(3, -1), (4, 1), (1, 3), (2, 5)]));
    let text = paint(&mut stage);
    let list = &stage.app.lists[2];
    assert_eq!(list.selected().unwrap().code, second);
    let order: Vec<&str> = list
        .docket
        .rows
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    assert_eq!(order, ["事项1", "事项2", "事项3"]);
    assert_eq!(list.matter(2).unwrap().left, -1);
    assert!(
        text.contains("新 1 按 F5") || text.contains("新1 F5"),
        "{text}"
    );
    // What is counted is as it is now.
    assert_eq!(list.docket.open, 4);
    stage.app.act("refresh");
    answer(&mut stage, 2, &|_| view(&[(3, -1), (4, 1), (1, 3), (2, 5)]));
    assert_eq!(stage.app.lists[2].matter(0).unwrap().title, "事项3");
    assert_eq!(stage.app.lists[2].selected().unwrap().code, second);
}

#[test]
fn what_is_awaited_is_said_in_words_and_what_is_shown_is_called_old() {
    let mut stage = stage();
    stage.app.key(&code("Esc").unwrap());
    stage.draw();
    stage.app.act("search");
    for c in "单".chars() {
        let key = ratatui::crossterm::event::KeyCode::Char(c);
        let none = ratatui::crossterm::event::KeyModifiers::NONE;
        stage
            .app
            .key(&ratatui::crossterm::event::KeyEvent::new(key, none));
    }
    let calls = stage.app.take_calls();
    let now = stage.app.now;
    stage.app.stirred = false;
    stage.app.tick(now + Duration::milliseconds(149));
    assert!(!stage.app.stirred && !paint(&mut stage).contains("查询中"));
    stage.app.tick(now + Duration::milliseconds(151));
    assert!(std::mem::take(&mut stage.app.stirred));
    let text = paint(&mut stage);
    assert!(
        text.contains("查询中") && text.contains("~1/") && text.contains(" ~"),
        "{text}"
    );
    // Nothing moves until there is something else to say.
    stage.app.tick(now + Duration::milliseconds(1900));
    assert!(!stage.app.stirred);
    stage.app.tick(now + Duration::milliseconds(2001));
    assert!(std::mem::take(&mut stage.app.stirred));
    let text = paint(&mut stage);
    assert!(text.contains("服务较慢，所示是 14:32:00 的结果"), "{text}");
    for (tag, request) in calls {
        if matches!(tag, Tag::List(0, _)) {
            let Request::Find(find) = request else {
                panic!()
            };
            let answer = Answer::Found(crate::look_data::found(&find));
            stage.app.answer(tag, Ok(answer));
        }
    }
    let text = paint(&mut stage);
    assert!(
        !text.contains("查询中") && !text.contains("服务较慢") && !text.contains("~1/"),
        "{text}"
    );
}

#[test]
fn a_record_that_does_not_open_at_once_is_said_too() {
    let mut stage = stage();
    stage.app.key(&code("Enter").unwrap());
    let calls = stage.app.take_calls();
    let now = stage.app.now;
    stage.app.tick(now + Duration::milliseconds(200));
    assert!(paint(&mut stage).contains("查询中"));
    stage.app.tick(now + Duration::seconds(3));
    assert!(paint(&mut stage).contains("服务较慢，记录还没有打开"));
    for (tag, request) in calls {
        if let (Tag::Card, Request::Show(code)) = (&tag, &request) {
            let view = crate::look_data::show(*code);
            stage.app.answer(tag, Ok(Answer::View(view)));
        }
    }
    let text = paint(&mut stage);
    assert!(
        !text.contains("查询中") && !text.contains("服务较慢"),
        "{text}"
    );
}
