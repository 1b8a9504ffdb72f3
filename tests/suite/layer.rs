//! The layers of the house: nothing imports upwards or sideways.

use std::collections::BTreeMap;
use std::path::Path;

pub fn files(dir: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_layer_imports_only_what_lies_below() {
    let may: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("domain", &["domain"][..]),
        ("protocol", &["domain", "protocol"]),
        ("search", &["domain", "search"]),
        ("store", &["domain", "store"]),
        ("exchange", &["domain", "exchange"]),
        ("demo", &["domain", "demo"]),
        (
            "service",
            &[
                "domain", "protocol", "search", "store", "exchange", "service",
            ],
        ),
        ("wire", &["domain", "protocol", "service", "wire"]),
        // A terminal knows nothing of what is shown on it.
        ("terminal", &["terminal"]),
        ("tui", &["domain", "protocol", "wire", "terminal", "tui"]),
        (
            "cli",
            &[
                "domain", "protocol", "exchange", "demo", "service", "store", "wire", "terminal",
                "tui", "cli",
            ],
        ),
        ("lib", &[]),
        ("main", &[]),
    ]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&root, &mut all);
    let mut wrong = Vec::new();
    for path in all {
        let text = std::fs::read_to_string(&path).unwrap();
        let inside = path
            .strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let layer = inside.split(['/', '.']).next().unwrap();
        let allowed = may
            .get(layer)
            .unwrap_or_else(|| panic!("{inside} belongs to no layer"));
        for part in text.split("crate::").skip(1) {
            let target: String = part
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if target == "say" || target.is_empty() {
                continue;
            }
            if !allowed.contains(&target.as_str()) {
                wrong.push(format!("{inside} imports {target}"));
            }
        }
        assert!(
            text.lines().count() <= 500,
            "{inside} is longer than 500 lines"
        );
        assert!(
            !inside.ends_with("mod.rs") && !inside.contains("utils"),
            "{inside}"
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_command_line_and_the_screen_read_the_environment() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&root, &mut all);
    for path in all {
        let inside = path
            .strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let reads = text.contains("env::var");
        assert!(
            !reads
                || inside.starts_with("cli")
                || matches!(inside.as_str(), "tui.rs" | "tui/config.rs"),
            "{inside} reads the environment"
        );
    }
}
