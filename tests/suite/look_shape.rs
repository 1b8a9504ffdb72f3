//! No size, no data and no overlay breaks the screen.

use kezhi::domain::kind::Kind;
use kezhi::domain::said::Lang;
use kezhi::protocol::{Answer, Found, Node, Request, Row};
use kezhi::tui::draw::border::shell;
use kezhi::tui::theme::Theme;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::look::{Stage, coded, lines};

/// Keys that open one thing or another.
const WAYS: &[&[&str]] = &[
    &[],
    &["1", "Right", "Down"],
    &["Enter"],
    &["Enter", "h"],
    &["F2", "h"],
    &["F4"],
    &["F7", "F8"],
    &["F7", "Down", "F3"],
    &["F8"],
    &["F9", "s"],
    &["F1", "Tab"],
    &["Esc", "f"],
    &["Esc", "o"],
    &["Esc", "Space", "Space", "F8"],
    &["Enter", "Ctrl-E", "1"],
    &["F12"],
    &["Esc", "3", "r", "a"],
    &["Esc", "3", "Down", "r"],
    &["Esc", "3", "Down", "Down", "t", "="],
    &["Esc", "3", "Down", "Down", "t", "v", "签到"],
    &["1", "t"],
    &["Esc", "3", "m"],
    &["Esc", "3", "c"],
    &["Esc", "3", "c", "Enter"],
    &["Esc", "3", "c", "l"],
    &["Esc", "3", "k", "Right"],
    &["Esc", "3", "k", "/", "9"],
];

fn row(name: &str, number: u64) -> Row {
    Row {
        code: kezhi::domain::kind::Code::new(Kind::Volunteer, number),
        kind: Kind::Volunteer,
        title: name.to_owned(),
        subtitle: name.to_owned(),
        area: name.to_owned(),
        phone: "140****4471".to_owned(),
        status: name.to_owned(),
        day: "2024-05-20".to_owned(),
        why: Vec::new(),
        facts: Default::default(),
    }
}

/// Answers lists with names of any length.
fn strange(stage: &mut Stage, name: &str, count: usize) {
    stage.app.begin();
    for (tag, request) in stage.app.take_calls() {
        let answer = match request {
            Request::Find(_) => Answer::Found(Found {
                total: count,
                fuzzy: true,
                rows: (0..count as u64).map(|number| row(name, number)).collect(),
            }),
            Request::Tree => Answer::Tree(
                (1..=count.max(1) as u64)
                    .map(|number| Node {
                        number,
                        parent: number - 1,
                        name: name.to_owned(),
                        kind: name.to_owned(),
                        status: "筹建".to_owned(),
                        area: String::new(),
                        members: 1,
                    })
                    .collect(),
            ),
            _ => continue,
        };
        stage.app.answer(tag, Ok(answer));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_size_and_no_name_breaks_it(
        width in 1u16..300,
        height in 1u16..100,
        wider in 1u16..300,
        higher in 1u16..100,
        way in 0..WAYS.len(),
        english: bool,
        titles: bool,
        letters in prop_oneof![Just(0usize), Just(1), Just(9), Just(200)],
        count in prop_oneof![Just(0usize), Just(1), Just(60)],
    ) {
        let lang = if english { Lang::En } else { Lang::Zh };
        let frame = if titles { "title" } else { "line" };
        let mut stage = Stage::new(lang, coded(frame), width, height);
        strange(&mut stage, &"其木格a".chars().cycle().take(letters).collect::<String>(), count);
        stage.draw();
        if WAYS[way].first() == Some(&"1") {
            stage.keys(&["Esc"]);
        }
        stage.keys(WAYS[way]);
        lines(stage.buffer());
        stage.resize(wider, higher);
        stage.keys(&["Down", "PageDown", "Up", "End"]);
        lines(stage.buffer());
    }

    #[test]
    fn a_box_over_chinese_cuts_no_character(
        x in 0u16..50, y in 0u16..12, width in 4u16..40, height in 3u16..10,
        text in "[a新行者]{0,60}", titles: bool,
    ) {
        let frame = if titles { "title" } else { "line" };
        let stage = Stage::new(Lang::Zh, coded(frame), 80, 24);
        let area = Rect::new(0, 0, 60, 14);
        let mut buffer = Buffer::empty(area);
        for row in 0..14 {
            let shifted = format!("{}{text}", " ".repeat(usize::from(row % 2)));
            buffer.set_stringn(0, row, shifted, 60, Style::new());
        }
        let place = Rect::new(x, y, width, height).intersection(area);
        prop_assume!(place.width >= 4 && place.height >= 3);
        shell(&stage.app, &mut buffer, place, "标题很长的一个框", "右");
        lines(&buffer);
        // The sides of the box are whole, whatever lay below.
        let sides = if titles { ["|", "+"] } else { ["┃", "┏┓┗┛"] };
        for row in place.top()..place.bottom() {
            for column in [place.left(), place.right() - 1] {
                let symbol = buffer[(column, row)].symbol();
                prop_assert!(sides.iter().any(|side| side.contains(symbol)), "{symbol} at {column},{row}");
            }
        }
    }
}

#[test]
fn a_name_is_never_cut_while_others_can_give_way() {
    for (width, height) in [(80, 24), (120, 36), (200, 50)] {
        let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), width, height);
        let text = stage.text();
        assert!(text.contains("敖日格乐哈斯其木格"), "{width}:\n{text}");
        assert!(text.contains("ZY-000003"), "{width}:\n{text}");
        assert!(
            text.contains("140****0042 暂停") || text.contains("140****0042  暂停"),
            "{text}"
        );
        let look = stage.keys(&["F2", "ar"]).text();
        assert!(look.contains("敖日格乐哈斯其木格"), "{width}:\n{look}");
    }
}

#[test]
fn beside_the_longest_names_columns_are_left_out_not_cut() {
    let mut long = row("阿尔斯楞巴特尔额尔德尼朝鲁", 103);
    long.status = "在册".to_owned();
    let rows = [long];
    for (width, whole) in [
        (43, "阿尔斯楞巴特尔额尔德尼朝鲁 ZY-000103 在册"),
        (40, "阿尔斯楞巴特尔额尔德尼朝~ ZY-000103 在册"),
    ] {
        let fitted = fitted(&rows, &rows, width);
        let line = fitted.row(&rows[0], Lang::Zh);
        assert_eq!(line.trim_end(), whole, "{width}");
    }
    // Where there is room it runs over the unit, in its own row alone.
    let mut short = row("张伟", 104);
    short.status = "在册".to_owned();
    let rows = [rows[0].clone(), short];
    let fitted = fitted(&rows, &rows, 60);
    let [long, short] = [0, 1].map(|at| fitted.row(&rows[at], Lang::Zh));
    assert!(
        long.starts_with("阿尔斯楞巴特尔额尔德尼朝鲁 ZY-000103 "),
        "{long}"
    );
    assert!(short.contains(&rows[1].subtitle), "{short}");
    assert_eq!(
        from(&long, "140****4471 在册"),
        from(&short, "140****4471 在册")
    );
}

fn fitted(rows: &[Row], seen: &[Row], width: usize) -> kezhi::tui::draw::column::Fitted {
    use kezhi::tui::draw::column::{Fitted, columns};
    let columns = columns(&[Kind::Volunteer]);
    Fitted::new(columns, rows, seen.iter(), width, Lang::Zh)
}

/// Where a text begins in a line, in columns.
fn from(line: &str, text: &str) -> Option<usize> {
    use kezhi::terminal::width::Measure;
    line.find(text).map(|at| line[..at].width())
}

#[test]
fn beside_a_long_name_the_columns_of_all_rows_stay_in_line() {
    let mut rows = [
        row("阿拉坦其其格·乌云毕力格·巴特尔苏和", 1),
        row("张伟", 2),
        row("阿尔斯楞巴特尔额尔德尼朝鲁", 3),
    ];
    for one in &mut rows {
        one.status = "在册".to_owned();
    }
    rows[1].status = "已退出".to_owned();
    for width in [40, 46, 50, 60, 64, 84, 120] {
        let fitted = fitted(&rows, &rows, width);
        let lines: Vec<String> = rows.iter().map(|row| fitted.row(row, Lang::Zh)).collect();
        let places: Vec<_> = lines.iter().map(|line| from(line, "140****")).collect();
        let same = places.iter().all(|place| *place == places[0]);
        assert!(same, "{width}: {lines:#?}");
        assert!(
            lines[1].contains("ZY-000002") && lines[1].contains("退出"),
            "{lines:#?}"
        );
        let cut = !lines[0].starts_with(&rows[0].title);
        assert_eq!(cut, width < 34 + 1 + 9 + 1 + 4, "{width}: {lines:#?}");
        // The name out of sight takes nothing from those in sight.
        let near = self::fitted(&rows, &rows[1..2], width);
        let line = near.row(&rows[1], Lang::Zh);
        assert!(line.contains("140****"), "{width}: {line}");
    }
}

#[test]
fn a_unit_keeps_its_least_cells_before_an_area_gets_any() {
    use kezhi::terminal::width::Measure;
    let mut rows = [row("张伟", 1), row("敖日格乐哈斯其木格", 2)];
    for one in &mut rows {
        one.status = "在册".to_owned();
        one.subtitle = "呼和浩特市新城区科技志愿者队".to_owned();
        one.area = "内蒙古自治区呼和浩特市新城区保合少镇".to_owned();
    }
    for width in 64..200 {
        let fitted = fitted(&rows, &rows, width);
        let line = fitted.row(&rows[0], Lang::Zh);
        let shown = from(&line, "呼和浩特市新").is_some();
        assert!(shown || width < 66, "{width}: {line}");
        assert!(line.width() <= width, "{width}: {line}");
    }
}

#[test]
fn nothing_is_drawn_over_the_cover() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 80, 24);
    stage.keys(&["Enter", "F12"]);
    let text = stage.text();
    assert!(
        !text.contains("单立文") && !text.contains("140****"),
        "{text}"
    );
    stage.keys(&["Enter"]);
    assert!(stage.text().contains("单立文"));
}

#[test]
fn what_a_call_was_about_comes_before_the_year_of_its_day() {
    use kezhi::domain::kind::Code;
    use kezhi::tui::draw::column::{Fitted, columns};
    let call = Row {
        code: Code::new(Kind::Call, 2_026_000_037),
        kind: Kind::Call,
        status: "待回".to_owned(),
        day: "2026-11-26T06:54".to_owned(),
        subtitle: "总队".to_owned(),
        ..row("问证明什么时候能出", 1)
    };
    let rows = [call];
    for (width, day) in [(49, " 11-26 06:54"), (118, " 2026-11-26 06:54")] {
        let line = Fitted::new(columns(&[Kind::Call]), &rows, rows.iter(), width, Lang::Zh);
        let line = line.row(&rows[0], Lang::Zh);
        assert!(line.contains("问证明什么时候能出"), "{width}: {line}");
        assert!(line.contains(day), "{width}: {line}");
    }
}
