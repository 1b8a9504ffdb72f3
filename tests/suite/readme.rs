//! The pictures and the key sheet of the README: they are what the program shows, and are written by it.

use std::path::Path;

use kezhi::domain::said::Lang;
use kezhi::tui::theme::Theme;

use crate::look::Stage;

/// A picture: its marker in the README, its size, and the keys that lead there.
const PICTURES: &[(&str, (u16, u16), &[&str])] = &[
    ("main", (120, 30), &["Esc"]),
    ("look", (80, 24), &["F2", "单"]),
    ("case", (120, 30), &["Esc", "4", "Down", "Enter"]),
    ("agreement", (80, 24), &["Esc", "3", "p", "Enter"]),
];

fn picture(size: (u16, u16), keys: &[&str]) -> String {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), size.0, size.1);
    stage.keys(keys);
    stage.text().trim_end().to_owned()
}

/// The text with a block put between its markers.
fn put(text: &str, name: &str, block: &str) -> String {
    let (begin, end) = (
        format!("<!-- {name}: made -->\n"),
        format!("<!-- {name}: end -->"),
    );
    let (before, rest) = text.split_once(&begin).expect(name);
    let (_, after) = rest.split_once(&end).expect(name);
    format!("{before}{begin}```text\n{block}\n```\n{end}{after}")
}

#[test]
fn the_readme_shows_what_the_program_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let old = std::fs::read_to_string(&path).unwrap();
    let mut new = old.clone();
    for (name, size, keys) in PICTURES {
        new = put(&new, name, &picture(*size, keys));
    }
    let nowhere = tempfile::tempdir().unwrap();
    // Of the keys as they come with the program, not as whoever runs the tests changed them.
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_kezhi"))
        .args(["keys", "--lang", "zh"])
        .env("KEZHI_CONFIG", nowhere.path())
        .output()
        .unwrap();
    let sheet = String::from_utf8(out.stdout).unwrap();
    new = put(&new, "keys", sheet.trim_end());
    if std::env::var_os("KEZHI_WRITE").is_some_and(|one| one == "1") {
        std::fs::write(&path, &new).unwrap();
        return;
    }
    let differs = old.lines().zip(new.lines()).find(|(old, new)| old != new);
    assert!(
        old == new,
        "README.md shows what is no more; KEZHI_WRITE=1 cargo test readme writes it anew: {differs:?}"
    );
}
