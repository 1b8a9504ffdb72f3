//! The month of the calendar: glyphs and roles in three sizes, full cells, a year without data.

use chrono::NaiveDate;
use kezhi::domain::said::Lang;
use kezhi::domain::workday::Calendar;
use kezhi::tui::draw::month::month;
use kezhi::tui::month::Month;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::look::{Stage, coded, lines, roles};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A month with one day full, one with something in its way below what fits, one with a long name.
fn filled(chosen: &str, lang: Lang) -> Month {
    let chosen = day(chosen);
    let mut month = Month::of(Calendar::shipped(), chosen, day("2026-02-26"), lang);
    for nth in 1..=12 {
        month.put(chosen, format!("讲座{nth}"), nth == 11);
    }
    let next = chosen.succ_opt().unwrap();
    month.put(next, "草原防火科普行 12/20".into(), true);
    month.put(next, "义诊".into(), false);
    month.put(day("2020-01-01"), "elsewhere".into(), false);
    month
}

fn drawn(one: &Month, lang: Lang, style: &str, width: u16, height: u16) -> Buffer {
    let stage = Stage::new(lang, coded(style), width, height);
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    month(&stage.app, &mut buffer, area, one);
    buffer
}

#[test]
fn the_spring_festival_in_three_sizes() {
    let month = filled("2026-02-11", Lang::Zh);
    for (width, height) in [(80, 24), (120, 36), (200, 50)] {
        let buffer = drawn(&month, Lang::Zh, "line", width, height);
        insta::assert_snapshot!(format!("month-{width}"), lines(&buffer).join("\n"));
        insta::assert_snapshot!(format!("month-{width}-roles"), roles(&buffer));
    }
}

#[test]
fn six_weeks_without_data_in_english_and_with_title_frames() {
    let chosen = "2027-05-30";
    let en = drawn(&filled(chosen, Lang::En), Lang::En, "title", 80, 24);
    insta::assert_snapshot!("month-unknown-en", lines(&en).join("\n"));
    let zh = drawn(&filled(chosen, Lang::Zh), Lang::Zh, "line", 80, 24);
    insta::assert_snapshot!("month-unknown", lines(&zh).join("\n"));
    insta::assert_snapshot!("month-unknown-roles", roles(&zh));
}

/// What is hidden is counted, and told when something in its way is among it.
#[test]
fn nothing_is_hidden_silently() {
    for height in 1..40 {
        for width in [20, 40, 80, 121] {
            let month = filled("2026-02-11", Lang::Zh);
            let buffer = drawn(&month, Lang::Zh, "line", width, height);
            let text = lines(&buffer).join("\n");
            let shown = (1..=12).filter(|nth| {
                let whole = format!("讲座{nth}");
                text.contains(&format!("{whole} ")) || text.contains(&format!("{whole}│"))
            });
            let shown = shown.count();
            // Rows of at least one line for each week, and columns wide enough for the words.
            if height >= 7 && width >= 80 && shown < 12 {
                let hidden = format!("+{} !", 12 - shown);
                assert!(text.contains(&hidden), "{width}x{height}: {hidden}\n{text}");
            }
        }
    }
}

#[test]
fn days_off_and_days_made_up_are_told_without_colour() {
    let buffer = drawn(&filled("2026-02-11", Lang::Zh), Lang::Zh, "line", 120, 36);
    let text = lines(&buffer).join("\n");
    for glyphs in ["14班", "15休 春节", "22休 春节", "28班", " 7休", "*26"] {
        assert!(text.contains(glyphs), "{glyphs}\n{text}");
    }
    assert!(!text.contains("13休") && !text.contains("24休"), "{text}");
}
