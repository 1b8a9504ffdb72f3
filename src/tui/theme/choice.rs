//! Which theme a session begins with, and how many colours its terminal has.

use std::collections::BTreeMap;

use crate::terminal::colour::Depth;
use crate::tui::theme::THEMES;

/// Names and values, as a process finds them.
pub type Environment = BTreeMap<String, String>;

/// The name of the operator's own theme: that of the file.
pub const OWN: &str = "own";

/// The name under which settings know a theme; `default` is what the dark one was called.
pub fn known(name: &str) -> Option<&'static str> {
    match name {
        "default" => THEMES.first().map(|known| known.name),
        OWN => Some(OWN),
        _ => {
            let known = THEMES.iter().find(|known| known.name == name);
            known.map(|known| known.name)
        }
    }
}

/// The name of the theme and the colours of the terminal: what the operator prefers, what the environment asks for,
/// the operator's own file if there is one, then what the terminal can show.
pub fn choose(
    environment: &Environment,
    preferred: Option<&str>,
    own: bool,
) -> (&'static str, Depth) {
    let get = |key: &str| environment.get(key).map_or("", String::as_str);
    let term = get("TERM");
    let depth = match get("COLORTERM") {
        "truecolor" | "24bit" => Depth::True,
        // `screen` without that passes on 256 at most.
        _ if term.contains("256color") || term == "xterm" => Depth::C256,
        _ => Depth::C16,
    };
    let asked = preferred.unwrap_or_default();
    let named = known(asked).or_else(|| known(get("KEZHI_THEME")));
    let named = named.filter(|name| own || *name != OWN);
    let plain = !get("NO_COLOR").is_empty() || term == "dumb" || term.starts_with("vt");
    let name = match named {
        Some(name) => name,
        None if plain => "mono",
        None if own => OWN,
        None if depth == Depth::C16 => "ansi16",
        None => "dark",
    };
    match name {
        "mono" => (name, Depth::Mono),
        _ => (name, depth),
    }
}
