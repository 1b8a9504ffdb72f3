//! What makes the workstation comfortable: messages, jumps, named filters, columns, clipboard, mouse, tour.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::said::Lang;
use kezhi::protocol::matter::Which;
use kezhi::protocol::{Answer, Order, Request};
use kezhi::tui::app::Level;
use kezhi::tui::named::BUILT;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::tag::Tag;
use kezhi::tui::theme::Theme;
use kezhi::tui::tour::STEPS;
use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::look::Stage;

pub fn sized(width: u16, height: u16) -> Stage {
    Stage::new(Lang::Zh, Theme::named("default"), width, height)
}

pub fn stage() -> Stage {
    sized(120, 36)
}

fn preferred(stage: &Stage, key: &str) -> Option<String> {
    let asked = stage.asked.iter().rev();
    let mut kept = asked.filter_map(|request| match request {
        Request::Prefer { key: one, value } if one == key => Some(value.clone()),
        _ => None,
    });
    kept.next()
}

#[test]
fn han_characters_on_a_board_start_a_search() {
    let mut stage = stage();
    stage.keys(&["Esc", "c", "张"]);
    assert!(stage.text().contains("查: 张"), "{}", stage.text());
    // Punctuation of an input method is its key.
    let mut stage = self::stage();
    stage.keys(&["Enter", "《"]);
    assert!(stage.app.over.is_empty(), "{}", stage.text());
    stage.keys(&["》"]);
    assert!(stage.text().contains("ZY-000001"), "{}", stage.text());
}

#[test]
fn a_paste_is_whole_or_nothing_and_does_nothing_else() {
    let mut stage = stage();
    stage.keys(&["Esc"]);
    stage.app.paste("rm -rf\nq");
    stage.draw();
    assert!(stage.text().contains("这里不能粘贴"), "{}", stage.text());
    assert!(stage.app.lists[0].input.value().is_empty());
    stage.app.paste("１３８ 0000\n5521\n");
    assert_eq!(stage.app.lists[0].input.value(), "１３８ 0000 5521");
    stage.keys(&["Esc", "Esc", "1"]);
    stage.app.paste("张伟\x1b[31m");
    assert_eq!(stage.app.lists[0].input.value(), "张伟[31m");
    // Too long for a line: nothing is cut.
    let before = stage.app.lists[0].input.value().to_owned();
    stage.app.paste(&"长".repeat(201));
    stage.draw();
    assert_eq!(stage.app.lists[0].input.value(), before);
    assert!(stage.text().contains("至多 200 字"), "{}", stage.text());
    // A digit that is pasted into a menu chooses nothing.
    stage.keys(&["Esc", "Esc", "F9"]);
    stage.app.paste("1\n");
    stage.draw();
    assert!(matches!(stage.app.over.last(), Some(Overlay::Menu(_))));
    // Nor does it note what nobody said on the phone, or tell anybody anything.
    for board in ["m", "r", "t"] {
        let mut stage = self::stage();
        stage.keys(&["Esc", "3", board]);
        let (layers, asked) = (stage.app.over.len(), stage.asked.len());
        stage.app.paste("mongolian text about the volunteer");
        stage.draw();
        assert!(stage.text().contains("这里不能粘贴"), "{}", stage.text());
        assert_eq!((stage.app.over.len(), stage.asked.len()), (layers, asked));
        stage.app.paste("150102199001011234 13912345678");
        stage.draw();
        assert!(
            matches!(stage.app.over.last(), Some(Overlay::Look(_))),
            "{board}"
        );
    }
}

#[test]
fn a_paste_into_a_field_fits_or_is_refused_with_its_length() {
    let mut stage = stage();
    stage.keys(&["F4"]);
    let at = |stage: &Stage| match stage.app.over.last() {
        Some(Overlay::Form(form)) => form.text(form.at),
        _ => panic!("no form"),
    };
    while !matches!(stage.app.over.last(), Some(Overlay::Form(form))
        if form.field().is_some_and(|field| matches!(field.of, kezhi::domain::field::Type::Line(_))))
    {
        stage.keys(&["Tab"]);
    }
    stage.keys(&["Ctrl-U"]);
    stage.app.paste("红山区\n农牧局\u{7}");
    assert_eq!(at(&stage), "红山区 农牧局");
    stage.app.paste(&"长".repeat(600));
    stage.draw();
    assert_eq!(at(&stage), "红山区 农牧局");
    assert!(stage.text().contains("粘贴后有 607 字"), "{}", stage.text());
}

#[test]
fn control_keys_of_terminals_do_nothing_odd() {
    let mut stage = stage();
    stage.keys(&["张伟", "Ctrl-H"]);
    assert_eq!(stage.app.lists[0].input.value(), "张");
    stage.keys(&["Ctrl-4", "Ctrl-7", "Ctrl-_"]);
    assert_eq!(stage.app.lists[0].input.value(), "张");
    for key in ["Ctrl-S", "Ctrl-O"] {
        let mut stage = self::stage();
        stage.keys(&["F7", "试", key]);
        assert!(
            stage.text().contains("草稿 14:32:09"),
            "{key}: {}",
            stage.text()
        );
    }
}

#[test]
fn a_refusal_stays_until_esc_a_warning_until_a_key_a_success_five_seconds() {
    let mut stage = stage();
    let shown = |stage: &Stage| stage.app.message.is_some();
    stage.app.tell(Level::Error, "不行");
    stage.keys(&["Down", "张", "F2"]);
    let later = stage.app.now + chrono::Duration::seconds(60);
    stage.app.tick(later);
    assert!(shown(&stage));
    stage.keys(&["Esc"]);
    assert!(!shown(&stage));
    stage.app.tell(Level::Warn, "注意");
    let later = stage.app.now + chrono::Duration::seconds(60);
    stage.app.tick(later);
    assert!(shown(&stage));
    stage.keys(&["Down"]);
    assert!(!shown(&stage));
    stage.app.tell(Level::Info, "好了");
    stage.keys(&["Down"]);
    assert!(shown(&stage));
    let later = stage.app.now + chrono::Duration::seconds(5);
    stage.app.tick(later);
    assert!(!shown(&stage));
}

#[test]
fn the_messages_are_searched_and_open_what_they_name() {
    let mut stage = stage();
    stage.app.tell(Level::Info, "已保存 ZY-000002 第 4 版");
    stage.app.tell(Level::Error, "未提交：数据库忙。F8 重试");
    for nth in 0..250 {
        stage.app.tell(Level::Warn, format!("第 {nth} 条"));
    }
    assert_eq!(stage.app.told.len(), 200);
    stage.app.tell(Level::Info, "已保存 ZY-000002 第 4 版");
    stage.keys(&["Esc", "g", "l"]);
    let text = stage.text();
    assert!(text.contains("消息记录 g l"), "{text}");
    assert!(
        text.contains("14:32:00  办妥     已保存 ZY-000002"),
        "{text}"
    );
    assert!(text.contains("Enter 打开 ZY-000002"), "{text}");
    stage.keys(&["249"]);
    assert!(stage.text().contains("注意"), "{}", stage.text());
    assert!(!stage.text().contains("第 248 条"), "{}", stage.text());
    stage.keys(&["Ctrl-U", "Enter"]);
    assert!(matches!(stage.app.over.last(), Some(Overlay::Card(card))
        if card.view.code == crate::look_data::volunteer(2)));
}

#[test]
fn a_named_filter_is_two_keys_and_can_be_kept_renamed_and_given_up() {
    let mut stage = stage();
    stage.keys(&["Esc", "f", "1"]);
    assert_eq!(
        stage.app.lists[0].filters,
        [("status".to_owned(), "待核".to_owned())]
    );
    assert_eq!(stage.app.lists[0].sort, Order::Recent);
    stage.keys(&["Esc", "红山", "Esc", "Esc"]);
    stage.app.lists[0].filters = vec![("status".to_owned(), "暂停".to_owned())];
    stage.keys(&["f", "起个名", "Enter", "我的暂停", "Enter"]);
    assert!(stage.text().contains("f 4"), "{}", stage.text());
    let kept = preferred(&stage, "filter:volunteer").unwrap();
    assert!(kept.contains("我的暂停"), "{kept}");
    // At the next login it is there.
    let mut next = self::stage();
    let all = [("filter:volunteer".to_owned(), kept)].into();
    next.app
        .answer(Tag::Preferences, Ok(Answer::Preferences(all)));
    next.keys(&["Esc", "f", "4"]);
    assert_eq!(
        next.app.lists[0].filters,
        [("status".to_owned(), "暂停".to_owned())]
    );
    next.keys(&["f", "改名", "Enter", "去掉 我的", "Enter"]);
    assert_eq!(next.app.named_filters(Kind::Volunteer).len(), 3);
    next.keys(&["f", "改名", "Enter", "1", "Ctrl-U", "先办这些", "Enter"]);
    assert_eq!(next.app.named_filters(Kind::Volunteer)[0].name, "先办这些");
    let mut queue = self::stage();
    queue.keys(&["Esc", "4", "f", "5"]);
    assert_eq!(queue.app.lists[2].queue, Some(Which::Mine));
}

#[test]
fn the_filters_that_come_with_the_program_can_be_applied() {
    for one in BUILT {
        let state = one.kind.spec().state(one.status);
        assert!(one.status.is_empty() || state.is_some(), "{}", one.name.zh);
        let of = BUILT.iter().filter(|other| other.kind == one.kind);
        assert!(of.count() <= 9);
    }
}

#[test]
fn columns_and_orders_are_kept() {
    let mut stage = stage();
    assert!(stage.text().contains("2024-05-20"), "{}", stage.text());
    stage.keys(&["Esc", "w"]);
    let text = stage.text();
    let line = text.lines().find(|line| line.contains("[x] 登记")).unwrap();
    let digit = line.split_once("[x]").unwrap().0;
    let digit = digit
        .chars()
        .rfind(char::is_ascii_digit)
        .unwrap()
        .to_string();
    stage.keys(&[&digit]);
    assert!(stage.text().contains("[ ] 登记"), "{}", stage.text());
    stage.keys(&["Esc"]);
    assert!(!stage.text().contains("2024-05-20"), "{}", stage.text());
    assert_eq!(
        preferred(&stage, "columns:volunteer").as_deref(),
        Some("登记")
    );
    stage.keys(&["o", "2"]);
    assert_eq!(
        preferred(&stage, "sort:volunteer").as_deref(),
        Some("\"name\"")
    );
    let mut next = self::stage();
    let all = [
        ("columns:volunteer".to_owned(), "登记".to_owned()),
        ("sort:volunteer".to_owned(), "\"name\"".to_owned()),
        ("sort:agreement".to_owned(), "\"recent\"".to_owned()),
    ];
    let all = Answer::Preferences(all.into());
    next.app.answer(Tag::Preferences, Ok(all));
    next.draw();
    assert!(!next.text().contains("2024-05-20"), "{}", next.text());
    assert_eq!(next.app.lists[0].sort, Order::Name);
    next.keys(&["Esc", "p", "p"]);
    assert_eq!(next.app.lists[1].sort, Order::Recent);
}

#[test]
fn rows_are_marked_in_every_pane_and_the_count_shows() {
    for (pane, kind) in [
        ("2", Kind::Volunteer),
        ("3", Kind::Activity),
        ("4", Kind::Complaint),
    ] {
        let mut stage = stage();
        stage.keys(&["Esc", pane, "Space", "Space"]);
        assert!(stage.text().contains("标记 2"), "{pane}: {}", stage.text());
        stage.keys(&["F8"]);
        assert!(
            stage.text().contains("一并办理 2 条"),
            "{pane}: {}",
            stage.text()
        );
        let codes = stage.asked.iter().rev().find_map(|request| match request {
            Request::Steps(code) => Some(code.kind),
            _ => None,
        });
        assert_eq!(codes, Some(kind));
    }
}

#[test]
fn only_codes_and_a_shown_field_go_to_the_clipboard() {
    let mut stage = stage();
    stage.keys(&["Enter", "y"]);
    assert_eq!(stage.app.clip.take().as_deref(), Some("ZY-000001"));
    stage.keys(&["Ctrl-E", "1", "1", "y"]);
    assert!(stage.text().contains("复制哪一样"), "{}", stage.text());
    stage.keys(&["2"]);
    assert_eq!(stage.app.clip.take().as_deref(), Some("14000004471"));
    assert!(stage.text().contains("已留痕"), "{}", stage.text());
    assert!(
        !stage
            .app
            .told
            .iter()
            .any(|told| told.text.contains("14000004471")),
        "the messages keep no masked text"
    );
    // When it is masked again there is nothing to choose.
    let later = stage.app.now + chrono::Duration::seconds(30);
    stage.app.tick(later);
    stage.keys(&["y"]);
    assert_eq!(stage.app.clip.take().as_deref(), Some("ZY-000001"));
    stage.keys(&["F9", "剪贴板", "Enter", "y"]);
    assert_eq!(stage.app.clip, None);
    assert!(
        stage.text().contains("请手抄：ZY-000001"),
        "{}",
        stage.text()
    );
    assert_eq!(preferred(&stage, "clipboard").as_deref(), Some("off"));
    let mut many = self::stage();
    many.keys(&["Esc"]);
    many.app.lists[0].marked = (1..900).map(|n| Code::new(Kind::Volunteer, n)).collect();
    many.keys(&["y"]);
    assert_eq!(many.app.clip, None);
    assert!(many.text().contains("至多 4096"), "{}", many.text());
}

fn mouse(stage: &mut Stage, kind: MouseEventKind, column: u16, row: u16) {
    stage.app.mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers: KeyModifiers::NONE,
    });
    stage.draw();
}

#[test]
fn the_mouse_selects_opens_and_scrolls_where_it_is_wanted() {
    const CLICK: MouseEventKind = MouseEventKind::Down(MouseButton::Left);
    for (width, height) in [(80, 24), (120, 36), (200, 50)] {
        let mut stage = sized(width, height);
        stage.keys(&["Esc"]);
        let line = |stage: &Stage, text: &str| {
            let row = stage.text().lines().position(|line| line.contains(text));
            row.unwrap() as u16
        };
        let row = line(&stage, "张伟");
        mouse(&mut stage, CLICK, 50, row);
        assert_eq!(stage.app.lists[0].at, 0, "off unless it is wanted");
        stage.keys(&["F9", "鼠标", "Enter"]);
        assert!(stage.app.mouse_wanted);
        assert_eq!(preferred(&stage, "mouse").as_deref(), Some("on"));
        let row = line(&stage, "张伟");
        mouse(&mut stage, CLICK, 50, row);
        assert_eq!(stage.app.lists[0].at, 1);
        assert!(stage.app.over.is_empty());
        mouse(&mut stage, CLICK, 50, row);
        assert!(matches!(stage.app.over.last(), Some(Overlay::Card(card))
            if card.view.code == crate::look_data::volunteer(2)));
        stage.keys(&["Esc"]);
        mouse(&mut stage, MouseEventKind::ScrollDown, 50, 3);
        assert_eq!((stage.app.focus, stage.app.lists[0].at), (1, 4));
        mouse(&mut stage, MouseEventKind::ScrollUp, 50, 3);
        assert_eq!(stage.app.lists[0].at, 1);
        let row = line(&stage, "包头");
        mouse(&mut stage, CLICK, 5, row);
        assert_eq!(stage.app.focus, 0);
        assert_eq!(stage.app.tree.code().unwrap().number, 3);
    }
}

#[test]
fn five_is_the_preview_where_there_is_room() {
    let mut stage = sized(200, 50);
    stage.keys(&["Esc", "Down", "5"]);
    assert_eq!(stage.app.focus, 4);
    stage.keys(&["Enter"]);
    assert!(matches!(stage.app.over.last(), Some(Overlay::Card(card))
        if card.view.code == crate::look_data::volunteer(2)));
    stage.keys(&["Esc", "z"]);
    assert!(stage.text().contains("5 预览"), "{}", stage.text());
    assert!(!stage.text().contains("2 志愿者"), "{}", stage.text());
    stage.keys(&["0", "张"]);
    assert_eq!(stage.app.lists[0].input.value(), "张");
    stage.keys(&["Esc", "Esc", "5"]);
    stage.resize(80, 24);
    assert_eq!(stage.app.focus, 1);
    stage.keys(&["5"]);
    assert_eq!(stage.app.focus, 1);
    assert!(stage.text().contains("160x40"), "{}", stage.text());
}

#[test]
fn the_tour_goes_through_six_keys_and_asks_the_service_nothing() {
    for lang in [Lang::Zh, Lang::En] {
        let mut stage = Stage::new(lang, Theme::named("default"), 80, 24);
        let told = |stage: &Stage, zh: &str, en: &str| {
            let text = stage.text();
            assert!(
                text.contains(if lang == Lang::Zh { zh } else { en }),
                "{text}"
            );
        };
        // A greeting of one line, and no more.
        let none = Answer::Preferences(Default::default());
        stage.app.answer(Tag::Preferences, Ok(none));
        stage.draw();
        told(&stage, "F9 输 jc", "type tour");
        assert!(stage.app.over.is_empty());
        stage.keys(&["F9", if lang == Lang::Zh { "jc" } else { "tour" }, "Enter"]);
        told(&stage, "请按 F2", "Press F2");
        assert_eq!(preferred(&stage, "tour").as_deref(), Some("done"));
        let asked = stage.asked.len();
        stage.keys(&["F5"]);
        told(&stage, "这一步请按 F2", "here it is F2");
        stage.keys(&["F2", "zw", "Enter", "F8", "Esc", "Esc", "Esc", "Tab"]);
        told(&stage, "完成，按 Enter", "Done, press Enter");
        stage.keys(&["Enter"]);
        assert!(stage.app.over.is_empty());
        assert_eq!(
            stage.asked.len(),
            asked,
            "the tour asks the service nothing"
        );
        assert!(STEPS.len() <= 8);
        stage.keys(&[
            "F9",
            if lang == Lang::Zh { "jc" } else { "tour" },
            "Enter",
            "Esc",
        ]);
        assert!(stage.app.over.is_empty());
    }
}
