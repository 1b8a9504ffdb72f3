//! Pane 1, and the facts of the selected organisation below it.

use ratatui::buffer::Buffer;

use crate::domain::field::Type;
use crate::domain::kind::Kind;
use crate::domain::organisation::{KINDS_OF_TEAM, SPELLINGS};
use crate::domain::said::{Lang, Text};
use crate::domain::value::Value;
use crate::protocol::{Node, View};
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::{fit, spread};
use crate::tui::draw::border;
use crate::tui::layout::Slot;
use crate::tui::paint::{Run, line, marker, runs};

/// In the tree the common end of the names says nothing.
pub fn short(name: &str) -> &str {
    SPELLINGS
        .iter()
        .chain(&["科技志愿服务总队"])
        .find_map(|spelling| name.strip_suffix(spelling))
        .filter(|short| !short.is_empty())
        .unwrap_or(name)
}

/// The title of the pane: all members.
pub fn title(app: &App, buffer: &mut Buffer, place: Slot) {
    let focused = app.focus == 0 && app.over.is_empty();
    let sum: u32 = app
        .tree
        .nodes
        .iter()
        .zip(&app.tree.totals)
        .filter(|(node, _)| node.parent == 0)
        .map(|(_, total)| *total)
        .sum();
    let people = match app.lang {
        Lang::Zh => format!("{sum} 人"),
        Lang::En => format!("{sum}"),
    };
    let name = app.say("1 组织", "1 Organisations");
    border::title(app, buffer, place, focused, name, &people);
}

/// The lines of the pane.
pub fn rows(app: &App, buffer: &mut Buffer, place: Slot) {
    let focused = app.focus == 0 && app.over.is_empty();
    let area = place.inner;
    let width = usize::from(area.width);
    let selected = app.tree.at();
    for row in 0..usize::from(area.height) {
        let Some(one) = app.tree.lines.get(app.tree.top + row) else {
            break;
        };
        let Some(node) = app.tree.nodes.get(one.node) else {
            break;
        };
        let total = app.tree.totals.get(one.node).copied().unwrap_or(0);
        let chosen = app.tree.top + row == selected;
        let mark = match one.open {
            Some(true) => "-",
            Some(false) => "+",
            None => " ",
        };
        // Established ones stand plain; planned and missing ones say so.
        let state = match node.status.as_str() {
            "应成立" => app.say(" 未成立", " due"),
            "筹建" => app.say(" 筹建", " planned"),
            "已注销" => app.say(" 注销", " dissolved"),
            _ => "",
        };
        let left = format!(
            " {}{mark} {}",
            "  ".repeat(one.depth.min(width / 4)),
            short(&node.name)
        );
        let right = format!("{state} {total:>4}");
        let plain = match node.status.as_str() {
            "应成立" => "status.warn",
            "筹建" => "status.info",
            "已注销" => "text.muted",
            _ => "text",
        };
        let role = app.theme.row(chosen, focused, plain);
        let text = spread(&left, &right, width);
        line(buffer, area, row, &text, app.theme.role(role));
        if chosen {
            marker(buffer, area, row, &app.theme, focused);
        }
    }
}

/// How the organisations directly below one stand.
pub fn children(app: &App, number: u64) -> Vec<(Text, usize)> {
    let below: Vec<&Node> = app
        .tree
        .nodes
        .iter()
        .filter(|node| node.parent == number)
        .collect();
    Kind::Organisation
        .spec()
        .states
        .iter()
        .map(|state| {
            let count = below.iter().filter(|node| node.status == state.name.zh);
            (state.name, count.count())
        })
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// Members of an organisation: at or below it, and its own.
pub fn members(app: &App, number: u64) -> (u32, u32) {
    let at = app.tree.nodes.iter().position(|node| node.number == number);
    at.map_or((0, 0), |at| {
        let total = app.tree.totals.get(at).copied().unwrap_or(0);
        let own = app.tree.nodes.get(at).map_or(0, |node| node.members);
        (total, own)
    })
}

/// Members and organisations below in a sentence each.
pub fn numbers(app: &App, number: u64) -> [String; 2] {
    let (total, own) = members(app, number);
    let people = match (app.lang, total == own) {
        (Lang::Zh, true) => format!("{total} 人"),
        (Lang::Zh, false) => format!("{total} 人（本级 {own}）"),
        (Lang::En, true) => total.to_string(),
        (Lang::En, false) => format!("{total} ({own} directly)"),
    };
    let below: Vec<String> = children(app, number)
        .into_iter()
        .map(|(state, count)| format!("{} {count}", state.get(app.lang)))
        .collect();
    let below = if below.is_empty() {
        app.say("无", "none").to_owned()
    } else {
        below.join(app.say("、", ", "))
    };
    [people, below]
}

/// The rows of the posts that are held now.
pub fn posts(view: &View) -> impl Iterator<Item = &crate::domain::value::Fields> {
    let all = view.fields.get("posts").map_or(&[][..], Value::parts);
    all.iter().filter_map(|row| match row {
        Value::Map(row) if !row.contains_key("to") => Some(row),
        _ => None,
    })
}

/// A word of a choice in the language of the session.
pub fn word(words: &[Text], text: &str, lang: Lang) -> String {
    let known = words.iter().find(|word| word.zh == text);
    known.map_or(text, |word| word.get(lang)).to_owned()
}

/// The facts of the selected organisation.
pub fn unit(app: &App, buffer: &mut Buffer, place: Slot) {
    let name = app.say("选中单位", "Selected");
    border::title(app, buffer, place, false, name, "");
    let Some(node) = app.tree.node() else { return };
    let code = app
        .tree
        .code()
        .map_or_else(String::new, |code| code.to_string());
    let view = app
        .unit
        .as_ref()
        .filter(|view| Some(view.code) == app.tree.code());
    let [people, below] = numbers(app, node.number);
    let mut facts: Vec<(&str, String)> = vec![
        (app.say("编号", "code"), code),
        (
            app.say("类别", "kind"),
            format!(
                "{}  {}",
                word(KINDS_OF_TEAM, &node.kind, app.lang),
                Kind::Organisation.spec().said(&node.status, app.lang)
            ),
        ),
    ];
    if let Some(view) = view {
        let leader = posts(view).next();
        if let Some(row) = leader {
            let get = |key: &str| row.get(key).map(ToString::to_string).unwrap_or_default();
            let known = crate::domain::organisation::POSTS;
            facts.push((
                app.say("负责", "leader"),
                format!("{} {}", get("holder"), word(known, &get("post"), app.lang)),
            ));
        }
        if let Some(phone) = view.fields.get("phone") {
            facts.push((app.say("电话", "phone"), phone.to_string()));
        }
    }
    facts.push((app.say("成员", "people"), people));
    facts.push((app.say("下级", "below"), below));
    if let Some(parent) = app
        .tree
        .nodes
        .iter()
        .find(|other| other.number == node.parent)
    {
        facts.push((app.say("上级", "parent"), short(&parent.name).to_owned()));
    }
    let label = if app.lang == Lang::Zh { 5 } else { 7 };
    let width = usize::from(place.inner.width);
    let head: Run = (format!(" {}", node.name), "text.strong");
    runs(buffer, place.inner, 0, &[head], &app.theme);
    for (row, (name, text)) in facts.into_iter().enumerate() {
        let line: [Run; 2] = [
            (format!(" {}", fit(name, label)), "text.muted"),
            (fit(&text, width.saturating_sub(label + 2)), "text"),
        ];
        runs(buffer, place.inner, row + 1, &line, &app.theme);
    }
}

/// Whether a field holds codes of records.
pub fn refers(of: Type) -> bool {
    matches!(of, Type::Ref(_) | Type::Refs(..) | Type::Codes(..))
}

/// The name behind a code, as far as it was seen: of an organisation in the tree, of others where they were shown.
pub fn named<'a>(app: &'a App, code: &str) -> Option<&'a str> {
    let code = crate::domain::kind::Code::read(code)?;
    if let Some(name) = app.names.get(&code) {
        return Some(name);
    }
    let node = app
        .tree
        .nodes
        .iter()
        .find(|node| code.kind == Kind::Organisation && node.number == code.number)?;
    (node.name.width() > 0).then_some(node.name.as_str())
}
