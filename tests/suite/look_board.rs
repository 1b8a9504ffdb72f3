//! Boards: the people of an activity, their hours, who fits, a month, the findings.

use kezhi::domain::fold::is_han;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::said::Lang;
use kezhi::protocol::{Act, Change, Notice, Request};
use kezhi::tui::action::ACTIONS;
use kezhi::tui::hours::Hours;
use kezhi::tui::keymap::Keymap;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::roster::{Piece, strip};
use kezhi::tui::theme::Theme;

use crate::look::{Stage, coded};
use crate::look_board_data::record;

/// The boards, and the keys that lead there; the first activity has 30 people, the second 500, the third is over.
pub const BOARDS: &[(&str, &[&str])] = &[
    ("roster", &["Esc", "3", "r", "Space", "Down", "Space"]),
    ("roster-500", &["Esc", "3", "Down", "r", "End"]),
    (
        "hours",
        &[
            "Esc", "3", "Down", "Down", "t", "Down", "Down", "Down", "Down", "90", "=",
        ],
    ),
    ("sums", &["Esc", "1", "t", "Down"]),
    ("matching", &["Esc", "3", "m", "Down", "Down", "Down"]),
    ("calendar", &["Esc", "3", "c", "Right"]),
    ("calendar-list", &["Esc", "3", "c", "l"]),
    ("findings", &["Esc", "3", "k", "Enter", "Down"]),
];

pub fn stage(keys: &[&str]) -> Stage {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.keys(keys);
    stage
}

pub fn board(name: &str) -> &'static [&'static str] {
    BOARDS.iter().find(|(one, _)| *one == name).unwrap().1
}

pub fn made(stage: &Stage) -> Vec<&Change> {
    fn change(request: &Request) -> Option<&Change> {
        match request {
            Request::Make { change, .. } => Some(change),
            _ => None,
        }
    }
    stage.asked.iter().filter_map(change).collect()
}

pub fn text(change: &Change, key: &str) -> String {
    change
        .fields
        .get(key)
        .map(ToString::to_string)
        .unwrap_or_default()
}

#[test]
fn every_board_in_three_sizes_and_in_english() {
    for (name, keys) in BOARDS {
        for (width, height) in [(80, 24), (120, 36), (200, 50)] {
            let mut stage = Stage::new(Lang::Zh, coded("line"), width, height);
            stage.keys(keys);
            insta::assert_snapshot!(format!("{name}-{width}"), stage.text());
            insta::assert_snapshot!(format!("{name}-{width}-roles"), stage.roles());
        }
        let mut stage = Stage::new(Lang::En, coded("title"), 120, 36);
        stage.keys(keys);
        let text = stage.text();
        let known = crate::look_board_data::known() + &crate::look_data::known();
        for run in text.split(|c| !is_han(c)).filter(|run| !run.is_empty()) {
            assert!(
                known.contains(run),
                "{name}: {run} in the English screen\n{text}"
            );
        }
        insta::assert_snapshot!(format!("{name}-en-120"), text);
    }
}

#[test]
fn hints_of_boards_hold_help_and_back() {
    for (name, keys) in BOARDS {
        for (width, height) in [(40, 10), (80, 24), (200, 50)] {
            let mut stage = Stage::new(Lang::Zh, coded("line"), width, height);
            stage.keys(keys);
            let text = stage.text();
            let last = text.lines().last().unwrap();
            assert!(
                last.contains("F1") && last.contains("Esc 返回"),
                "{name} {width}: {last}"
            );
        }
    }
}

/// A letter of a board stands in its F8 menu or in the palette there, and nowhere else in the palette.
#[test]
fn letters_of_a_board_are_in_its_palette() {
    let keymap = Keymap::new();
    for action in ACTIONS.iter().filter(|action| action.key.contains('.')) {
        assert!(action.listed, "{}", action.key);
        assert!(
            action
                .key
                .starts_with(&format!("{}.", action.place.group())),
            "{}",
            action.key
        );
        assert!(!keymap.keys(action.key).is_empty(), "{}", action.key);
    }
    let mut stage = stage(board("roster"));
    stage.keys(&["F9", "投保"]);
    assert!(stage.text().contains("投保：所标各人"), "{}", stage.text());
    stage.keys(&["Enter"]);
    assert!(
        matches!(stage.app.over.last(), Some(Overlay::Form(_))),
        "{}",
        stage.text()
    );
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.keys(&["Esc", "F9", "投保"]);
    assert!(!stage.text().contains("投保：所标各人"), "{}", stage.text());
}

#[test]
fn a_cell_of_the_strip_is_a_share_of_its_session() {
    let pair = |from: &str, to: &str| (format!("2026-05-26T{from}"), format!("2026-05-26T{to}"));
    let draw = |sessions: &[(String, String)], holes: &[(String, String)], width| -> String {
        let glyph = |piece| match piece {
            Piece::Covered => '━',
            Piece::Hole => '·',
            Piece::Gap => ' ',
        };
        strip(sessions, holes, width)
            .into_iter()
            .map(glyph)
            .collect()
    };
    let two = [pair("09:00", "11:00"), pair("14:00", "15:00")];
    assert_eq!(draw(&two, &[], 13), "━━━━━━━ ━━━━");
    assert_eq!(draw(&two, &[pair("09:00", "10:00")], 10), "···━━ ━━━");
    assert_eq!(draw(&two, &two[1..], 10), "━━━━━ ···");
    // One minute is seen, however small its share.
    assert_eq!(draw(&two[..1], &[pair("10:59", "11:00")], 8), "━━━━━━━·");
    let many: Vec<_> = (1..=28)
        .map(|day| {
            (
                format!("2026-02-{day:02}T09:00"),
                format!("2026-02-{day:02}T10:00"),
            )
        })
        .collect();
    let line = draw(&many, &many[27..], 10);
    assert!(
        line.ends_with('·') && line.chars().count() <= 10 && !line.contains(' '),
        "{line}"
    );
    assert_eq!(draw(&[], &[], 10), "");
    assert_eq!(draw(&two, &two, 0), "");
    assert_eq!(draw(&two, &two, 1), "·");
}

#[test]
fn a_step_for_the_marked_is_one_call() {
    let mut stage = stage(&["Esc", "3", "r", "a", "t"]);
    let title = stage.text();
    // Those who said no or cannot come are not told of anything.
    assert!(title.contains("告知风险 27 条"), "{title}");
    stage.keys(&["F8"]);
    let many: Vec<_> = stage
        .asked
        .iter()
        .filter_map(|request| match request {
            Request::Many { many, .. } => Some(many),
            _ => None,
        })
        .collect();
    assert_eq!(
        (many.len(), many[0].codes.len(), many[0].step.as_str()),
        (1, 27, "tell")
    );
    assert!(made(&stage).is_empty());
    let text = stage.text();
    assert!(
        text.contains("已办 27 条") && text.contains("名单"),
        "{text}"
    );
}

#[test]
fn what_is_doubtful_of_several_is_asked_and_sent_again_alone() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.stubborn = Some(Code::new(Kind::Enrolment, 14));
    stage.keys(&["Esc", "3", "r", "a", "i"]);
    assert!(
        stage.text().contains("已办 5 条，1 条未办"),
        "{}",
        stage.text()
    );
    stage.keys(&["F8"]);
    let last = stage.asked.iter().rev().find_map(|request| match request {
        Request::Many { many, .. } => Some(many.clone()),
        _ => None,
    });
    let last = last.unwrap();
    assert_eq!((last.codes.len(), last.confirmed), (1, true));
    assert!(
        matches!(stage.app.over.last(), Some(Overlay::Board(_))),
        "{}",
        stage.text()
    );
}

#[test]
fn who_cannot_come_is_replaced_from_the_list_of_those_who_fit() {
    let mut stage = stage(&["Esc", "3", "r", "w"]);
    let title = stage.text();
    assert!(
        title.contains("不能来 PQ-000001 敖日格乐哈斯其木格") && title.contains("向谁告假"),
        "{title}"
    );
    stage.keys(&["Down", "Down", "生病", "F8"]);
    assert!(stage.text().contains("f 找替补"), "{}", stage.text());
    stage.keys(&["f"]);
    assert!(stage.text().contains("找人"), "{}", stage.text());
}

#[test]
fn the_selection_stays_on_its_person_when_the_roster_is_asked_anew() {
    let mut stage = stage(&["Esc", "3", "r", "Down", "Down", "Down"]);
    let before = stage.app.current();
    stage
        .app
        .notice(&Notice::Changed(vec![Code::new(Kind::Enrolment, 1)]));
    let asked = |stage: &Stage| {
        stage
            .asked
            .iter()
            .filter(|request| matches!(request, Request::Cover(_)))
            .count()
    };
    let count = asked(&stage);
    stage.draw();
    assert_eq!(asked(&stage), count + 1);
    assert_eq!(stage.app.current(), before);
}

#[test]
fn a_person_is_added_and_a_policy_is_laid_over_the_activity() {
    let mut stage = stage(&["Esc", "3", "r", "F7"]);
    assert!(
        matches!(stage.app.over.last(), Some(Overlay::Pick(_))),
        "{}",
        stage.text()
    );
    stage.keys(&["zw", "Enter", "F8"]);
    {
        let changes = made(&stage);
        let change = changes.last().unwrap();
        assert_eq!(change.act, Act::New(Kind::Enrolment));
        assert_eq!(text(change, "activity"), "HD-2024-0147");
        assert!(text(change, "volunteer").starts_with("ZY-"), "{change:?}");
    }
    // No card comes over the roster.
    assert!(
        matches!(stage.app.over.last(), Some(Overlay::Board(_))),
        "{}",
        stage.text()
    );
    stage.keys(&["Space", "Space", "b"]);
    let Some(Overlay::Form(form)) = stage.app.over.last() else {
        panic!("{}", stage.text())
    };
    let held = |key: &str| form.text(form.place(key).unwrap());
    assert_eq!(held("from"), "2024-05-26 09:00");
    assert_eq!(held("to"), "2024-05-26 15:00");
    assert_eq!(held("covers").split('、').count(), 2);
    assert_eq!(held("activity"), "HD-2024-0147");
}

#[test]
fn hours_are_typed_in_place_and_saved_each_on_its_own() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.stubborn = Some(Code::new(Kind::Volunteer, 6));
    stage.keys(board("hours"));
    let text = stage.text();
    assert!(text.contains("__90") && text.contains("_180"), "{text}");
    // Absent people have no input.
    assert!(text.contains("不能填时长"), "{text}");
    stage.keys(&["F8"]);
    {
        let changes = made(&stage);
        // 4, 5, 6 and 7 were there and have no record that stands.
        let minutes: Vec<String> = changes
            .iter()
            .map(|one| super::look_board::text(one, "minutes"))
            .collect();
        assert_eq!(minutes, ["90", "180", "180", "180"]);
    }
    let text = stage.text();
    assert!(
        text.contains("已保存 3 条，1 条未存：时长多于场次"),
        "{text}"
    );
    assert!(text.contains("未保存"), "{text}");
    // The one that is left is kept over Esc, and over another board.
    stage.keys(&["Esc"]);
    assert!(
        stage.text().contains("1 行时长还没有保存"),
        "{}",
        stage.text()
    );
    stage.stubborn = None;
    stage.keys(&["t", "F8"]);
    let changes = made(&stage);
    assert_eq!(changes.len(), 5);
    assert!(stage.text().contains("已保存 1 条"), "{}", stage.text());
}

#[test]
fn an_activity_of_several_days_has_a_row_a_day_with_the_minutes_of_that_day() {
    let mut cover = crate::look_board_data::cover(Code::new(Kind::Activity, 1));
    let session = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    cover.sessions = vec![
        session("2024-05-26T09:00", "2024-05-26T11:00"),
        session("2024-05-26T14:00", "2024-05-26T15:00"),
        session("2024-06-02T09:00", "2024-06-02T10:30"),
        // Not held yet.
        session("2024-06-09T09:00", "2024-06-09T11:00"),
    ];
    cover.people.truncate(2);
    for row in &mut cover.people {
        row.status = "到场".into();
    }
    let activity = Code::new(Kind::Activity, 1);
    let mut hours = Hours::new(activity, "2024-06-05".parse().unwrap(), Default::default());
    hours.cover = cover;
    let view = |day: &str, minutes: i64| kezhi::protocol::View {
        code: crate::look_board_data::record(1),
        kind: Kind::ServiceRecord,
        fields: kezhi::domain::value::Fields::from([
            (
                "volunteer".to_owned(),
                hours.cover.people[0].volunteer.to_string().into(),
            ),
            ("day".to_owned(), day.into()),
            ("minutes".to_owned(), minutes.into()),
            ("status".to_owned(), "待确认".into()),
        ]),
        rev: 1,
        names: Default::default(),
        masked: vec![],
        told: vec![],
        findings: vec![],
        calls: vec![],
    };
    let (part, whole) = (view("2024-05-26", 180), view("2024-05-26", 390));
    let open = |hours: &Hours| -> Vec<String> {
        let rows = hours.lines.iter().filter(|line| line.open());
        rows.map(|line| format!("{} {}", line.volunteer.number, line.day))
            .collect()
    };
    hours.records.insert(part.code, part);
    hours.lay();
    assert_eq!(
        open(&hours),
        ["1 2024-06-02", "2 2024-05-26", "2 2024-06-02"]
    );
    // Whose record holds all minutes of the sessions has no more to enter.
    hours.records.insert(whole.code, whole);
    hours.lay();
    assert_eq!(open(&hours), ["2 2024-05-26", "2 2024-06-02"]);
    let mut stage = stage(&["Esc", "3", "Down", "Down", "t"]);
    let Some(Overlay::Board(board)) = stage.app.over.last_mut() else {
        panic!()
    };
    board.body = kezhi::tui::board::Body::Hours(Box::new(hours));
    stage.keys(&["=", "F8"]);
    let changes = made(&stage);
    let said: Vec<String> = changes
        .iter()
        .map(|one| format!("{} {}", text(one, "day"), text(one, "minutes")))
        .collect();
    assert_eq!(said, ["2024-05-26 180", "2024-06-02 90"]);
}

#[test]
fn evidence_is_typed_for_the_marked_rows() {
    let mut stage = stage(&["Esc", "3", "Down", "Down", "t"]);
    stage.keys(&["a", "=", "v", "签到表 7 页", "Enter", "F8"]);
    let changes = made(&stage);
    assert!(changes.len() >= 4, "{}", changes.len());
    assert!(
        changes
            .iter()
            .all(|change| text(change, "evidence") == "签到表 7 页"),
        "{changes:?}"
    );
}

#[test]
fn what_cannot_be_is_marked_before_it_is_confirmed() {
    let mut stage = stage(&["Esc", "3", "Down", "Down", "t"]);
    let text = stage.text();
    assert!(
        text.contains("! 600 分钟多于活动的 180 分钟（第九条（三））"),
        "{text}"
    );
    stage.keys(&["c"]);
    let many = stage.asked.iter().find_map(|request| match request {
        Request::Many { many, .. } => Some(many.clone()),
        _ => None,
    });
    // All that are pending, and nothing else.
    assert_eq!(many.unwrap().codes, [record(2), record(4)]);
    stage.keys(&["Home", "e"]);
    assert!(
        stage.text().contains("没有可「退回」的：须是 待确认"),
        "{}",
        stage.text()
    );
    stage.keys(&["Down", "e"]);
    assert!(stage.text().contains("退回 FW-"), "{}", stage.text());
}

#[test]
fn a_name_is_whole_on_every_board_and_the_columns_stay_in_line() {
    use kezhi::terminal::width::Measure;
    use kezhi::tui::board::Body;
    let long = "阿拉坦其其格·乌云毕力格·巴特尔苏和";
    for name in ["roster", "hours", "matching"] {
        for (width, height) in [(80, 24), (120, 36), (200, 50)] {
            let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), width, height);
            stage.keys(board(name));
            stage.keys(&["Home"]);
            if let Some(Overlay::Board(board)) = stage.app.over.last_mut() {
                match &mut board.body {
                    Body::Roster(one) => one.cover.people[1].name = long.into(),
                    Body::Hours(one) => one.lines[1].name = long.into(),
                    Body::Matching(one) => one.found[1].name = long.into(),
                    _ => unreachable!("{name}"),
                }
            }
            stage.draw();
            let text = stage.text();
            let rows: Vec<&str> = text.lines().collect();
            let at = rows.iter().position(|row| row.contains(long));
            let at = at.unwrap_or_else(|| panic!("{name} {width}:\n{text}"));
            // What stands behind the names begins in one column.
            let behind = |row: &str| {
                let phone = row.find("140****").or_else(|| row.find("到场"));
                phone.map(|at| row[..at].width())
            };
            let next = rows[at + 1];
            assert!(behind(next).is_some(), "{name} {width}:\n{text}");
            assert_eq!(behind(rows[at]), behind(next), "{name} {width}:\n{text}");
        }
    }
}
