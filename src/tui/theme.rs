//! Roles instead of colours.

use std::collections::HashMap;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

#[derive(Deserialize, Default)]
struct File {
    #[serde(default)]
    role: HashMap<String, Role>,
}

#[derive(Deserialize, Default, Clone)]
struct Role {
    fg: Option<Color>,
    bg: Option<Color>,
    #[serde(rename = "mod")]
    modifier: Option<String>,
}

/// The styles of a theme file; a missing role falls back along its dotted name, then to `text`.
pub struct Theme {
    roles: HashMap<String, Role>,
}

impl Theme {
    /// A theme by name; unknown names are the default.
    pub fn named(name: &str) -> Theme {
        let text = match name {
            "mono" => include_str!("../../themes/mono.toml"),
            "contrast" => include_str!("../../themes/contrast.toml"),
            _ => include_str!("../../themes/default.toml"),
        };
        let file: File = toml::from_str(text).unwrap_or_default();
        Theme { roles: file.role }
    }

    /// The style of a role.
    pub fn role(&self, role: &str) -> Style {
        let mut name = role;
        loop {
            if let Some(role) = self.roles.get(name) {
                return style(role);
            }
            match name.rsplit_once('.') {
                Some((head, _)) => name = head,
                None => return self.roles.get("text").map(style).unwrap_or_default(),
            }
        }
    }
}

fn style(role: &Role) -> Style {
    let mut style = Style::new();
    style.fg = role.fg;
    style.bg = role.bg;
    match role.modifier.as_deref() {
        Some("bold") => style.add_modifier(Modifier::BOLD),
        Some("reverse") => style.add_modifier(Modifier::REVERSED),
        Some("underline") => style.add_modifier(Modifier::UNDERLINED),
        _ => style,
    }
}
