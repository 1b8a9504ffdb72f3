//! Roles instead of colours, and the style of the frame.

use std::collections::HashMap;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

/// Every role that a theme may set.
pub const ROLES: &[&str] = &[
    "text",
    "text.muted",
    "text.strong",
    "frame",
    "frame.focus",
    "title",
    "title.focus",
    "row.select",
    "row.select.idle",
    "row.mark",
    "key",
    "input",
    "input.invalid",
    "status.ok",
    "status.warn",
    "status.danger",
    "status.overdue",
    "status.new",
    "status.changed",
    "pii.masked",
    "pii.shown",
    "msg.info",
    "msg.warn",
    "msg.error",
    "diff.old",
    "diff.new",
    "day.rest",
    "day.holiday",
    "day.made_up",
    "day.named",
];

/// The names of the themes that come with the program.
pub const THEMES: &[&str] = &["default", "contrast", "mono"];

#[derive(Deserialize, Default)]
struct File {
    #[serde(default)]
    frame: FrameFile,
    #[serde(default)]
    role: HashMap<String, Role>,
}

#[derive(Deserialize, Default)]
struct FrameFile {
    #[serde(default)]
    style: FrameStyle,
}

/// How panes are set apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FrameStyle {
    /// Box drawing; the focused pane has heavy lines.
    #[default]
    Line,
    /// Title lines of ASCII; `==` where the keys go.
    Title,
}

#[derive(Deserialize, Default, Clone)]
struct Role {
    fg: Option<Color>,
    bg: Option<Color>,
    #[serde(rename = "mod")]
    modifier: Option<String>,
}

/// The styles of a theme file; a missing role falls back along its dotted name, then to `text`.
#[derive(Clone)]
pub struct Theme {
    roles: HashMap<String, Role>,
    /// The style of the frame.
    pub frame: FrameStyle,
}

impl Theme {
    /// A theme by name; unknown names are the default.
    pub fn named(name: &str) -> Theme {
        let text = match name {
            "mono" => include_str!("../../themes/mono.toml"),
            "contrast" => include_str!("../../themes/contrast.toml"),
            _ => include_str!("../../themes/default.toml"),
        };
        Theme::read(text).unwrap_or(Theme {
            roles: HashMap::new(),
            frame: FrameStyle::Title,
        })
    }

    /// A theme from the text of its file.
    pub fn read(text: &str) -> Result<Theme, String> {
        let file: File = toml::from_str(text).map_err(|cause| cause.to_string())?;
        Ok(Theme {
            roles: file.role,
            frame: file.frame.style,
        })
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

impl Theme {
    /// The style of a role on the selected row: on the screen's own ground, since its colour was chosen for that.
    pub fn lit(&self, role: &str) -> Style {
        let style = self.role(role);
        Style {
            bg: style.bg.or(self.role("text").bg),
            ..style
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
