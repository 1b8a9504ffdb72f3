//! Keys: where they count, what input methods make of them, and that every action can be reached.

use kezhi::domain::said::Lang;
use kezhi::protocol::{Order, Request};
use kezhi::tui::action::{ACTIONS, Place, counts};
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;

use crate::look::Stage;

fn stage() -> Stage {
    Stage::new(Lang::Zh, Theme::named("dark"), 120, 36)
}

#[test]
fn the_menu_of_a_pane_holds_its_letters_under_digits() {
    let mut stage = stage();
    stage.keys(&["Esc", "F8"]);
    let text = stage.text();
    let letters = ACTIONS
        .iter()
        .filter(|action| action.place == Place::List && action.listed);
    for action in letters {
        assert!(
            text.contains(action.label.zh),
            "{}:\n{text}",
            action.label.zh
        );
    }
    // 6 is the first after the five steps of a volunteer.
    stage.keys(&["6"]);
    assert!(stage.text().contains("筛选"), "{}", stage.text());
}

#[test]
fn the_help_tells_every_action_that_counts_where_it_was_asked() {
    for (keys, place) in [
        (&["Esc", "F1"][..], Place::List),
        (&["Esc", "1", "F1"], Place::Tree),
        (&["Enter", "F1"], Place::Card),
        (&["F7", "F1"], Place::Form),
    ] {
        let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 60);
        let mut pages = String::new();
        stage.keys(keys);
        for _ in 0..3 {
            pages.push_str(&stage.text());
            stage.keys(&["Tab"]);
        }
        for action in ACTIONS
            .iter()
            .filter(|action| counts(place).contains(&action.place))
        {
            assert!(
                pages.contains(action.label.zh),
                "{place:?}: {}",
                action.label.zh
            );
        }
    }
}

#[test]
fn help_is_searched_as_one_types() {
    let mut stage = stage();
    stage.keys(&["F1", "撤销"]);
    let text = stage.text();
    assert!(
        text.contains("Ctrl-Z") && !text.contains("Ctrl-P"),
        "{text}"
    );
}

#[test]
fn what_an_input_method_makes_of_punctuation_acts_as_its_key() {
    for (typed, seen) in [
        ("：", "命令 F9"),
        ("？", "帮助 F1"),
        ("、", "查找:"),
        ("ｆ", "筛选"),
    ] {
        let mut stage = stage();
        stage.keys(&["Esc", typed]);
        assert!(stage.text().contains(seen), "{typed}:\n{}", stage.text());
    }
    let mut stage = stage();
    stage.keys(&["Esc", "３"]);
    assert_eq!(stage.app.focus, 2);
    stage.keys(&["Esc", "２", "Enter", "】"]);
    assert!(
        stage.text().contains("志愿者 ZY-000002  张伟"),
        "{}",
        stage.text()
    );
    stage.keys(&["【"]);
    assert!(
        stage.text().contains("志愿者 ZY-000001  单立文"),
        "{}",
        stage.text()
    );
}

#[test]
fn han_characters_start_a_search_wherever_nothing_is_typed() {
    for keys in [&["Esc"][..], &["Esc", "1"], &["Esc", "3"], &["Esc", "4"]] {
        let mut stage = stage();
        stage.keys(keys).keys(&["张伟"]);
        let typed = stage
            .app
            .lists
            .iter()
            .any(|list| list.input.value() == "张伟");
        assert!(typed, "{keys:?}");
    }
    let mut stage = stage();
    stage.keys(&["Enter", "张"]);
    assert!(stage.text().contains("来电查询"), "{}", stage.text());
    assert!(stage.text().contains("查: 张"), "{}", stage.text());
}

#[test]
fn the_key_after_g_acts_at_once_and_the_popup_waits() {
    let mut stage = stage();
    stage.keys(&["Esc", "g"]);
    assert!(!stage.text().contains("前往 g"), "{}", stage.text());
    stage.keys(&["a"]);
    assert_eq!(stage.app.focus, 2);
    stage.keys(&["g"]);
    let later = stage.app.now + chrono::Duration::milliseconds(600);
    stage.app.tick(later);
    stage.draw();
    assert!(stage.text().contains("前往 g"), "{}", stage.text());
    stage.keys(&["c"]);
    assert_eq!(stage.app.focus, 3);
    assert!(!stage.text().contains("前往 g"));
}

#[test]
fn the_palette_finds_by_word_initials_pinyin_english_and_key() {
    for typed in ["筛选", "sx", "shaixuan", "filter"] {
        let mut stage = stage();
        stage.keys(&["F9", typed]);
        let Some(Overlay::Menu(menu)) = stage.app.over.last() else {
            panic!("no palette")
        };
        // 刷新 has the same initials.
        let found = menu.matching();
        assert!(
            found.iter().take(2).any(|item| item.label == "筛选"),
            "{typed}"
        );
    }
    let mut stage = stage();
    stage.keys(&["F9", "f12"]);
    assert!(stage.text().contains("隐私遮挡"), "{}", stage.text());
    stage.keys(&["Enter"]);
    assert!(stage.text().contains("屏幕已遮挡"));
}

#[test]
fn filters_and_orders_go_to_the_service() {
    let mut stage = stage();
    // The first three are filters with names.
    stage.keys(&["Esc", "f", "4", "2", "o", "2"]);
    let Some(Request::Find(find)) = stage
        .asked
        .iter()
        .rfind(|request| matches!(request, Request::Find(_)))
    else {
        panic!()
    };
    assert_eq!(find.filters, [("status".to_owned(), "在册".to_owned())]);
    assert_eq!(find.sort, Order::Name);
    assert!(stage.text().contains("[在册]"), "{}", stage.text());
    assert!(stage.text().contains("排序 姓名"), "{}", stage.text());
    stage.keys(&["Esc"]);
    assert!(stage.app.lists[0].filters.is_empty());
}

#[test]
fn marked_rows_are_copied_and_stepped_together() {
    let mut stage = stage();
    stage.keys(&["Esc", "Space", "Space", "y"]);
    assert_eq!(stage.app.clip.as_deref(), Some("ZY-000001 ZY-000002"));
    assert!(
        stage.text().contains("ZY-000001 ZY-000002"),
        "{}",
        stage.text()
    );
    // 暂停 asks for a reason once.
    stage.keys(&["F8", "2", "外出", "F8"]);
    let sent: Vec<usize> = stage
        .asked
        .iter()
        .filter_map(|request| match request {
            Request::Many { many, .. } => Some(many.codes.len()),
            _ => None,
        })
        .collect();
    assert_eq!(sent, [2], "one transaction for all");
    assert!(stage.text().contains("已办 2 条"), "{}", stage.text());
    assert!(stage.app.lists[0].marked.is_empty());
}

#[test]
fn what_is_refused_of_several_keeps_its_form() {
    let mut stage = stage();
    stage.stubborn = Some(crate::look_data::volunteer(2));
    stage.keys(&["Esc", "Space", "Space", "F8", "2", "外出", "F8"]);
    assert!(
        stage.text().contains("已办 1 条，1 条未办"),
        "{}",
        stage.text()
    );
    assert!(stage.text().contains("外出"), "{}", stage.text());
    let left = crate::look_data::volunteer(2);
    assert!(
        stage.app.lists[0].marked.iter().eq([&left]),
        "it stays marked"
    );
    // Again only for the one that is left, as a request of its own.
    stage.stubborn = None;
    stage.keys(&["F8"]);
    let sent: Vec<(u64, Vec<_>)> = stage
        .asked
        .iter()
        .filter_map(|request| match request {
            Request::Many { token, many } => Some((*token, many.codes.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(sent.len(), 2);
    assert_ne!(sent[0].0, sent[1].0);
    assert_eq!(sent[1].1, [left]);
    assert!(stage.app.lists[0].marked.is_empty());
    assert!(stage.text().contains("已办 1 条"), "{}", stage.text());
    assert!(stage.app.over.is_empty());
}

#[test]
fn the_look_up_shows_what_was_opened_last() {
    let mut stage = stage();
    stage.keys(&["Enter", "Esc", "Down", "Enter", "F2"]);
    let text = stage.text();
    assert!(text.contains("最近打开"), "{text}");
    let (first, second) = (
        text.find("ZY-000002").unwrap(),
        text.find("ZY-000001").unwrap(),
    );
    assert!(first < second, "{text}");
}

#[test]
fn a_long_message_is_told_in_full() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 80, 24);
    let long = "一二三四五六七八九十".repeat(9);
    stage
        .app
        .tell(kezhi::tui::app::Level::Error, format!("{long}完"));
    stage.draw();
    assert!(stage.text().contains('完'), "{}", stage.text());
    stage.keys(&["Esc", "l"]);
    assert!(stage.text().contains("消息记录"), "{}", stage.text());
    assert!(stage.text().contains("14:32:00"), "{}", stage.text());
}

#[test]
fn keys_of_lists_do_nothing_behind_a_form() {
    let mut stage = stage();
    stage.keys(&["F7", "F4", "F7"]);
    assert_eq!(stage.app.over.len(), 1);
    assert!(stage.text().contains("这里用不上"), "{}", stage.text());
}

#[test]
fn one_s_own_change_is_not_marked() {
    let mut stage = stage();
    stage.keys(&["F4", "Ctrl-U", "单立", "F8", "Esc"]);
    let notice = kezhi::protocol::Notice::Changed(vec![crate::look_data::volunteer(1)]);
    stage.app.notice(&notice);
    stage.draw();
    assert!(!stage.text().contains("改 单立文"), "{}", stage.text());
}

#[test]
fn rows_that_come_in_above_push_the_list_not_the_selection() {
    use kezhi::domain::kind::Kind;
    use kezhi::protocol::{Found, Row};
    let row = |number| Row {
        code: crate::look_data::volunteer(number),
        kind: Kind::Volunteer,
        title: format!("{number}"),
        subtitle: String::new(),
        area: String::new(),
        phone: String::new(),
        status: "在册".into(),
        day: String::new(),
        why: Vec::new(),
        facts: Default::default(),
    };
    let answer = |numbers: std::ops::Range<u64>| Found {
        total: 500,
        fuzzy: false,
        rows: numbers.map(row).collect(),
    };
    let mut list = kezhi::tui::list::List::new(&[Kind::Volunteer]);
    let (asked, _) = list.retype();
    list.take(asked, answer(10..130));
    // Also the first row keeps its record.
    let (asked, _) = list.ask();
    list.take(asked, answer(9..129));
    // Where nothing is scrolled what came in above is seen.
    assert_eq!((list.at, list.top), (1, 0));
    assert_eq!(
        list.selected().unwrap().code,
        crate::look_data::volunteer(10)
    );
    // While more rows are on their way, the numbers of those in sight stay.
    list.go(110);
    let seen = list.selected().unwrap().code;
    let (asked, _) = list.ask();
    assert_eq!(list.selected().unwrap().code, seen);
    list.take(asked, answer(71..191));
    assert_eq!(list.selected().unwrap().code, seen);
}

#[test]
fn another_operators_change_is_marked_and_moves_nothing() {
    let mut stage = stage();
    stage.keys(&["Down"]);
    let before = stage.app.lists[0].selected().unwrap().code;
    stage.app.notice(&kezhi::protocol::Notice::Changed(vec![
        crate::look_data::volunteer(1),
    ]));
    stage.draw();
    assert_eq!(stage.app.lists[0].selected().unwrap().code, before);
    assert!(stage.text().contains("改 单立文"), "{}", stage.text());
    stage.keys(&["Up", "Enter", "Esc"]);
    assert!(!stage.text().contains("改 单立文"), "{}", stage.text());
}

#[test]
fn the_look_up_key_begins_anew_for_the_next_caller() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 80, 24);
    stage.keys(&["F2", "hs", "F2", "单"]);
    assert!(stage.text().contains("查: 单"), "{}", stage.text());
}
