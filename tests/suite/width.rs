//! How many columns a text takes, on terminals of each kind.

use kezhi::terminal::width::{Profile, ambiguous, measure_by, shadowed, symbols, width};
use kezhi::tui::cells::{fit, spread, wrap};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

const PROFILES: [Profile; 3] = [Profile::Narrow, Profile::Wide, Profile::Unknown];

/// Text, and its columns on a narrow, a wide and an unknown terminal.
const TABLE: &[(&str, [usize; 3])] = &[
    ("", [0, 0, 0]),
    ("Kezhi ~", [7, 7, 7]),
    ("科志", [4, 4, 4]),
    // Extension B, full-width, half-width kana, a combining mark, an emoji.
    ("𠮷", [2, 2, 2]),
    ("ＡＢ，", [6, 6, 6]),
    // The marks of half-width kana are shown by their wide forms.
    ("ｱｲｶﾞ", [5, 5, 5]),
    ("e\u{301}", [1, 1, 1]),
    ("👨\u{200d}👩\u{200d}👧", [2, 2, 2]),
    // What steers a terminal takes a blank; what has no place of its own takes none.
    ("a\u{1b}[2J", [5, 5, 5]),
    ("a\r\nb", [3, 3, 3]),
    ("a\u{200b}b\u{202e}", [2, 2, 2]),
    // Ambiguous with a safe equivalent.
    ("“科”", [4, 6, 6]),
    ("……", [2, 4, 4]),
    ("——", [2, 4, 4]),
    ("巴·图", [5, 6, 5]),
    ("×①", [2, 4, 4]),
    // Ambiguous without one.
    ("α", [1, 2, 2]),
    ("é", [1, 2, 2]),
    ("Ж℃", [2, 4, 4]),
];

#[test]
fn the_table_of_widths_holds_on_each_terminal() {
    for (text, columns) in TABLE {
        for (profile, columns) in PROFILES.iter().zip(columns) {
            measure_by(*profile);
            assert_eq!(width(text), *columns, "{text:?} under {profile:?}");
        }
    }
}

#[test]
fn where_the_width_is_not_known_what_stands_for_a_character_is_sure() {
    measure_by(Profile::Unknown);
    let ambiguous_ones = "“”‘’…—―–·•●★☆○■□▲→←↑↓×÷±≤≥≠①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ─│";
    for one in ambiguous_ones.chars() {
        assert!(ambiguous(one), "{one}");
        let text = one.to_string();
        symbols(&text, |safe, columns| {
            assert!(!safe.chars().any(ambiguous), "{one} as {safe}");
            assert_eq!(columns, width(safe), "{one}");
        });
    }
    // A letter has no equivalent: it stands with a shadow.
    symbols("α", |symbol, columns| {
        assert_eq!((symbol, columns), ("α", 2))
    });
    assert!(shadowed("α") && !shadowed("科") && !shadowed("a"));
    measure_by(Profile::Narrow);
    assert!(!shadowed("α"));
}

/// Texts of all that makes trouble.
pub fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "科",
        "阿",
        "𠮷",
        "a",
        " ",
        "~",
        "·",
        "“",
        "”",
        "…",
        "—",
        "×",
        "①",
        "α",
        "Ж",
        "e\u{301}",
        "，",
        "ｱ",
        "\u{200b}",
        "\t",
        "\u{1b}",
        "👨\u{200d}👩",
        "⌚\u{fe0e}",
        "1\u{fe0f}\u{20e3}",
        "क्षि",
        "لا",
        "\u{300}",
        "각",
        "🇨🇳",
        "",
        "1",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_fitted_text_has_its_columns_and_is_a_beginning(
        text in texts(), columns in 0_usize..80, nth in 0_usize..3
    ) {
        measure_by(PROFILES[nth]);
        let fitted = fit(&text, columns);
        prop_assert_eq!(width(&fitted), columns);
        let kept: String = match width(&text) <= columns {
            true => text.clone(),
            false => {
                let kept = fitted.trim_end_matches(' ');
                kept.strip_suffix('~').unwrap_or(kept).to_owned()
            }
        };
        prop_assert!(text.starts_with(&kept), "{:?} of {:?}", kept, text);
        let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        prop_assert!(kept.len() == text.len() || ends.contains(&kept.len()));
        for line in wrap(&text, columns) {
            prop_assert!(width(&line) <= columns.max(10));
        }
        prop_assert_eq!(width(&spread(&text, "科1", columns)), columns);
    }
}
