//! What a key may do: declared once, read by keymap, hints, help and palette.

use crate::domain::said::{Text, t};

/// An action.
pub struct Action {
    /// Key in `keymap.toml`.
    pub key: &'static str,
    /// Name.
    pub label: Text,
    /// Short name for the hint bar; empty keeps it out.
    pub hint: Text,
    /// Whether it stands in the palette.
    pub listed: bool,
}

const fn action(key: &'static str, label: Text, hint: Text, listed: bool) -> Action {
    Action {
        key,
        label,
        hint,
        listed,
    }
}

const NONE: Text = t("", "");

/// All actions, the most wanted hints first.
pub const ACTIONS: &[Action] = &[
    action(
        "help",
        t("帮助（可查找）", "help, can be searched"),
        t("帮助", "help"),
        true,
    ),
    action(
        "cancel",
        t("返回、取消", "back, cancel"),
        t("返回", "back"),
        false,
    ),
    action(
        "look",
        t("来电查询：查一切", "look up anything"),
        t("来电", "look up"),
        true,
    ),
    action(
        "search",
        t("在本窗查找", "search in this pane"),
        t("查找", "search"),
        true,
    ),
    action(
        "edit",
        t("编辑选中的记录", "edit the selected record"),
        t("编辑", "edit"),
        true,
    ),
    action("refresh", t("刷新", "refresh"), t("刷新", "refresh"), true),
    action("next", t("下一窗", "next pane"), t("换窗", "pane"), true),
    action("new", t("新建", "new record"), t("新建", "new"), true),
    action(
        "steps",
        t("办理：可办的步骤", "steps that can be taken"),
        t("办理", "steps"),
        true,
    ),
    action(
        "palette",
        t("命令面板", "palette"),
        t("命令", "palette"),
        false,
    ),
    action("history", t("变更记录", "history"), NONE, true),
    action(
        "reveal",
        t(
            "显示隐藏项（写明原因，留痕）",
            "show a masked field (with a reason, logged)",
        ),
        NONE,
        true,
    ),
    action("cover", t("隐私遮挡", "cover the screen"), NONE, true),
    action("pane1", t("到组织窗", "organisations"), NONE, true),
    action("pane2", t("到志愿者窗", "volunteers"), NONE, true),
    action("pane3", t("到活动与协议窗", "activities"), NONE, true),
    action("pane4", t("到投诉与监督窗", "complaints"), NONE, true),
    action(
        "zoom",
        t("放大、还原本窗", "enlarge this pane"),
        t("放大", "enlarge"),
        true,
    ),
    action("go", t("前往…", "go to…"), t("前往", "go"), false),
    action(
        "dissolved",
        t("显示、隐藏已注销组织", "show dissolved organisations"),
        NONE,
        true,
    ),
    action("redraw", t("重画屏幕", "redraw"), NONE, true),
    action("quit", t("退出", "quit"), t("退出", "quit"), true),
    action("open", t("打开", "open"), NONE, false),
    action(
        "left",
        t("收起，到上级", "fold, to the parent"),
        NONE,
        false,
    ),
    action(
        "right",
        t("展开，到下级", "unfold, to the child"),
        NONE,
        false,
    ),
];
