//! F1: the keys of this place, everywhere, in forms; searched on all pages at once.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::said::{Text, t};
use crate::terminal::width::Measure;
use crate::tui::action::{ACTIONS, Action, Place, counts};
use crate::tui::app::App;
use crate::tui::cells::{fit, wrap_words};
use crate::tui::draw::border::{rule, shell};
use crate::tui::draw::help_field::asked;
use crate::tui::draw::typed::typed;
use crate::tui::form::Form;
use crate::tui::mark::MARKS;
use crate::tui::overlay::{Help, Overlay};
use crate::tui::paint::{Run, line, part, runs};
use crate::tui::rank::ways;

/// How many pages there are.
pub const PAGES: usize = 3;

const NAMES: [Text; PAGES] = [
    t("本窗", "here"),
    t("全局", "everywhere"),
    t("表单", "forms"),
];

const TOPICS: &[(usize, Text)] = &[
    (
        0,
        t(
            "查人：直接打 slw、单立文、4471、cf 科普，空格表示同时满足",
            "people: type slw, 4471 or a place; a blank means and",
        ),
    ),
    (
        0,
        t(
            "选中组织后，志愿者、活动、投诉三窗只列它和下级的",
            "the selected organisation narrows the other panes to its subtree",
        ),
    ),
    (
        0,
        t(
            "打字时字母都是文字；要用字母命令先按 Esc，或按 F8 用数字选",
            "while you type, letters are text: Esc before a letter command, or F8 and a digit",
        ),
    ),
    (
        1,
        t(
            "一次答完：F2 打两三个字母，最像的一条已选中，资料在下方",
            "one call: F2 and two or three letters; the best hit is chosen, its facts stand below",
        ),
    ),
    (
        1,
        t(
            "输入法开着也能用：F1-F9 数字 方向键 Tab Enter Esc；标点自动识别",
            "with an input method on: F1-F9, digits, arrows, Tab, Enter, Esc; its punctuation is understood",
        ),
    ),
    (
        1,
        t(
            "隐藏的号码：打开记录按 Ctrl-E，写明原因，显示 20 秒并记入日志",
            "masked numbers: open the record, Ctrl-E, give a reason; shown for 20 seconds and logged",
        ),
    ),
    (
        2,
        t(
            "Enter 下一项，F8 提交，Esc 离开而草稿保留，F6 回工作台",
            "Enter goes on, F8 saves, Esc leaves and keeps the draft, F6 to the workstation",
        ),
    ),
    (
        2,
        t(
            "选项可打数字、首字母或全称；F3 列出全部",
            "a choice takes its digit, initials or word; F3 lists all",
        ),
    ),
    (
        2,
        t(
            "带 * 的必填；出错写在该项旁边，光标移到第一处",
            "* must be filled; what is wrong stands beside the field",
        ),
    ),
];

/// The actions of a page.
fn actions(help: &Help, page: usize) -> impl Iterator<Item = &'static Action> {
    let places: Vec<Place> = match page {
        0 => counts(help.place)
            .iter()
            .copied()
            .filter(|place| !matches!(place, Place::Any | Place::Panes))
            .collect(),
        1 => vec![Place::Any, Place::Panes],
        _ => vec![Place::Form],
    };
    ACTIONS
        .iter()
        .filter(move |action| places.contains(&action.place))
}

/// A line: a margin, the key or mark, blanks, what it means.
pub(super) type Line = [Run; 4];

pub(super) fn told(keys: &str, role: &'static str, text: &str) -> Line {
    let blanks = " ".repeat(18_usize.saturating_sub(keys.width()));
    [
        ("  ".to_owned(), "text"),
        (keys.to_owned(), role),
        (blanks, "text"),
        (text.to_owned(), "text"),
    ]
}

/// The form that lies below the help.
fn below(app: &App) -> Option<&Form> {
    match app.over.iter().rev().nth(1) {
        Some(Overlay::Form(form)) => Some(form),
        _ => None,
    }
}

/// A line that is all text.
pub(super) fn plain(text: String, role: &'static str) -> Line {
    let none = || (String::new(), "text");
    [("  ".to_owned(), "text"), (text, role), none(), none()]
}

fn lines(app: &App, help: &Help, page: usize, width: usize) -> Vec<Line> {
    let mut lines = match page {
        0 => below(app).map_or_else(Vec::new, |form| asked(app, form, width)),
        _ => Vec::new(),
    };
    // In a form letters are text always, elsewhere where something is typed.
    let typing = page == 2 || (page == 0 && help.typing);
    lines.extend(actions(help, page).filter_map(|action| {
        let keys = app.keymap.named_where(action.key, "  ", typing);
        let shown = !typing || !keys.is_empty();
        shown.then(|| told(&fit(&keys, 18), "key", action.label.get(app.lang)))
    }));
    if page == 0 {
        lines.push(told("", "text", ""));
        lines.extend(MARKS.iter().map(|mark| {
            let text = mark.text.get(app.lang).trim_end();
            told(text, mark.role, mark.label.get(app.lang))
        }));
    }
    lines.push(told("", "text", ""));
    let topics = TOPICS.iter().filter(|(of, _)| *of == page);
    lines.extend(topics.flat_map(|(_, text)| {
        let parts = wrap_words(text.get(app.lang), width.saturating_sub(2));
        parts.into_iter().map(|part| plain(part, "text.muted"))
    }));
    lines
}

/// The lines that match what is typed, from all pages.
fn found(app: &App, help: &Help, width: usize) -> Vec<Line> {
    let wanted = help.input.value().trim().to_lowercase();
    if wanted.is_empty() {
        return lines(app, help, help.page, width);
    }
    let fits = |line: &Line| {
        line.iter().any(|(text, _)| {
            ways(text)
                .iter()
                .any(|way| way.to_lowercase().contains(&wanted))
        })
    };
    (0..PAGES)
        .flat_map(|page| lines(app, help, page, width))
        .filter(fits)
        .collect()
}

/// Draws the help; gives the place of the cursor.
pub fn help(app: &App, help: &Help, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let name = app.say("帮助 F1", "Help F1");
    let inside = shell(app, buffer, area, name, app.say("Esc 返回", "Esc back"));
    let lead = app.say("查: ", "find: ");
    let style = app.theme.role("input");
    let place = typed(buffer, inside, 0, lead, &help.input, style);
    let searching = !help.input.value().trim().is_empty();
    let mut tabs: Vec<Run> = vec![(app.say("Tab 换页  ", "Tab page  ").to_owned(), "text.muted")];
    for (nth, name) in NAMES.iter().enumerate() {
        let name = name.get(app.lang);
        tabs.push(if nth == help.page && !searching {
            (format!("[{name}]"), "text.strong")
        } else {
            (format!(" {name} "), "text.muted")
        });
    }
    runs(buffer, inside, 1, &tabs, &app.theme);
    rule(app, buffer, area, 3, "");
    let body = part(inside, 0, 3, inside.width, inside.height.saturating_sub(4));
    let found = found(app, help, usize::from(body.width));
    let rows = usize::from(body.height);
    let top = help.top.min(found.len().saturating_sub(rows));
    for (row, text) in found.iter().skip(top).take(rows).enumerate() {
        runs(buffer, body, row, text, &app.theme);
    }
    if found.is_empty() {
        let text = app.say("  没有找到：换个词", "  nothing found: other words");
        line(buffer, body, 0, text, app.theme.role("text.muted"));
    }
    let version = format!("Kezhi {}", app.welcome.version);
    let more = if found.len() > top + rows {
        app.say("PgDn 还有  ", "PgDn for more  ")
    } else {
        ""
    };
    let foot = format!("{more}{version}");
    let last = usize::from(inside.height.saturating_sub(1));
    line(buffer, inside, last, &foot, app.theme.role("text.muted"));
    place
}
