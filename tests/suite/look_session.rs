//! What the screens of a session look like: drafts, messages, filters, columns, questions, self-test, tour.

use kezhi::domain::said::Lang;

use crate::look::{Stage, coded};

/// The screens, and the keys that lead there.
const SCREENS: &[(&str, &[&str])] = &[
    ("drafts", &["F7", "单", "Esc", "Esc", "g", "d"]),
    (
        "messages",
        &["Esc", "y", "F7", "单", "Esc", "Esc", "g", "l"],
    ),
    ("filters", &["Esc", "3", "f"]),
    ("periods", &["Esc", "f", "5", "1"]),
    ("period-own", &["Esc", "f", "5", "1", "0", "11-20.."]),
    ("columns", &["Esc", "w"]),
    ("selftest", &["Esc", "F9", "zj", "Enter"]),
    ("tour", &["Esc", "F9", "jc", "Enter"]),
    ("visible", &["Esc", "F8", "退出", "Enter", "不便", "F8"]),
];

#[test]
fn every_screen_in_two_sizes_and_languages() {
    for (name, keys) in SCREENS {
        for (width, height) in [(80, 24), (120, 36)] {
            let mut stage = Stage::new(Lang::Zh, coded("line"), width, height);
            stage.keys(keys);
            insta::assert_snapshot!(format!("{name}-{width}"), stage.text());
            insta::assert_snapshot!(format!("{name}-{width}-roles"), stage.roles());
        }
        // The names of steps are typed in the language of the session.
        let english: Vec<&str> = keys
            .iter()
            .map(|key| if *key == "退出" { "leav" } else { key })
            .collect();
        let mut stage = Stage::new(Lang::En, coded("line"), 80, 24);
        stage.keys(&english);
        insta::assert_snapshot!(format!("{name}-en-80"), stage.text());
        let mut stage = Stage::new(Lang::Zh, coded("title"), 80, 24);
        stage.keys(keys);
        insta::assert_snapshot!(format!("{name}-title-80"), stage.text());
    }
}
