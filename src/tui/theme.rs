//! Roles instead of colours, and the style of the frame.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};

use crate::domain::said::{Text, t};
use crate::terminal::colour::{Depth, map};

pub mod choice;
pub mod contrast;
pub mod read;

/// Every role that a theme may set, and what stands in it.
pub const ROLES: &[(&str, Text)] = &[
    ("text", t("文字", "text")),
    ("text.muted", t("次要文字", "muted text")),
    ("text.strong", t("着重文字", "strong text")),
    ("frame", t("边框", "frame")),
    ("frame.focus", t("所在窗边框", "focused frame")),
    ("title", t("标题", "title")),
    ("title.focus", t("所在窗标题", "focused title")),
    ("row.select", t("选中行", "selected row")),
    ("row.select.idle", t("别窗选中行", "idle selected row")),
    ("row.mark", t("标记", "mark")),
    ("key", t("按键", "key")),
    ("input", t("输入", "input")),
    ("input.invalid", t("填写有误", "invalid input")),
    ("status.ok", t("正常", "fine")),
    ("status.warn", t("留意", "warning")),
    ("status.danger", t("危险", "danger")),
    ("status.overdue", t("逾期", "overdue")),
    ("status.new", t("新", "new")),
    ("status.changed", t("有变动", "changed")),
    ("pii.masked", t("隐去的信息", "masked")),
    ("pii.shown", t("显示的信息", "shown")),
    ("msg.info", t("办妥消息", "done message")),
    ("msg.warn", t("注意消息", "note message")),
    ("msg.error", t("不行消息", "refusal")),
    ("diff.old", t("改前", "before")),
    ("diff.new", t("改后", "after")),
    ("day.rest", t("休息日", "day off")),
    ("day.holiday", t("节假日", "holiday")),
    ("day.made_up", t("调休上班", "made-up day")),
    ("day.named", t("纪念日", "named day")),
    ("match", t("查到的字", "match")),
    ("key.desc", t("按键说明", "key hint")),
    ("input.placeholder", t("输入提示", "placeholder")),
    ("status.info", t("说明", "information")),
    ("status.draft", t("草稿", "draft")),
    ("status.locked", t("锁定", "locked")),
    ("stale", t("旧结果", "stale")),
    ("offline", t("离线", "offline")),
    ("cover", t("遮挡", "cover")),
];

/// A theme that comes with the program.
pub struct Known {
    /// Its name in settings.
    pub name: &'static str,
    /// What it is called.
    pub label: Text,
    text: &'static str,
}

/// The themes that come with the program; the first is the default.
pub const THEMES: &[Known] = &[
    Known {
        name: "dark",
        label: t("深色", "dark"),
        text: include_str!("../../themes/dark.toml"),
    },
    Known {
        name: "light",
        label: t("浅色", "light"),
        text: include_str!("../../themes/light.toml"),
    },
    Known {
        name: "contrast",
        label: t("高对比", "high contrast"),
        text: include_str!("../../themes/contrast.toml"),
    },
    Known {
        name: "ansi16",
        label: t("十六色", "16 colours"),
        text: include_str!("../../themes/ansi16.toml"),
    },
    Known {
        name: "mono",
        label: t("单色", "no colours"),
        text: include_str!("../../themes/mono.toml"),
    },
];

/// How panes are set apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FrameStyle {
    /// Box drawing; the focused pane has heavy lines.
    #[default]
    Line,
    /// Title lines of ASCII; `==` where the keys go.
    Title,
}

#[derive(Clone, Debug, Default)]
struct Role {
    fg: Option<Color>,
    bg: Option<Color>,
    modifier: Modifier,
}

/// The styles of a theme file; a missing role falls back along its dotted name, then to `text`.
#[derive(Clone, Debug)]
pub struct Theme {
    roles: BTreeMap<String, Role>,
    /// What it is called.
    pub name: String,
    /// The style of the frame.
    pub frame: FrameStyle,
    /// The colours that it needs.
    pub depth: Depth,
    /// What stands before the selected row: one column.
    pub marker: String,
    /// Whether all of the selected row is in the role `row.select`, or the marker alone.
    pub whole: bool,
}

impl Default for Theme {
    fn default() -> Theme {
        Theme {
            roles: BTreeMap::new(),
            name: String::new(),
            frame: FrameStyle::Line,
            depth: Depth::True,
            marker: ">".to_owned(),
            whole: true,
        }
    }
}

impl Theme {
    /// A theme by name; unknown names are the default.
    pub fn named(name: &str) -> Theme {
        let known = THEMES.iter().find(|known| known.name == name);
        let text = known.or(THEMES.first()).map_or("", |known| known.text);
        read::read(text, Theme::default()).0
    }

    /// The theme in the colours that a terminal has.
    pub fn within(mut self, depth: Depth) -> Theme {
        let depth = self.depth.min(depth);
        self.depth = depth;
        for role in self.roles.values_mut() {
            for colour in [&mut role.fg, &mut role.bg] {
                *colour = colour.map(|colour| map(colour, depth));
            }
        }
        self
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

    /// The role of a selected row, or of one that is not.
    pub fn row(&self, chosen: bool, focused: bool, plain: &'static str) -> &'static str {
        match (chosen && self.whole, focused) {
            (true, true) => "row.select",
            (true, false) => "row.select.idle",
            (false, _) => plain,
        }
    }

    /// The style of a role on the selected row: on its ground where it can be read there, else on the screen's own.
    pub fn lit(&self, role: &str) -> Style {
        let style = self.role(role);
        let text = self.role("text");
        if style.bg.is_some() {
            return style;
        }
        let ground = self.role("row.select").bg;
        let read = contrast::readable(style.fg.or(text.fg), ground);
        Style {
            bg: if read { ground } else { text.bg },
            ..style
        }
    }
}

fn style(role: &Role) -> Style {
    let style = Style {
        fg: role.fg,
        bg: role.bg,
        ..Style::new()
    };
    style.add_modifier(role.modifier)
}
