//! The first row and the last two: who and when, messages, hints.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::agreement::ELEMENTS;
use crate::domain::said::{Lang, Text, t};
use crate::protocol::matter::Which;
use crate::terminal::width::Measure;
use crate::tui::action::{ACTIONS, Place, boards, hints as hinted};
use crate::tui::app::{App, Level};
use crate::tui::case::open_steps;
use crate::tui::cells::{fit, spread, wrap_words};
use crate::tui::form::several;
use crate::tui::keymap::is_text;
use crate::tui::overlay::Overlay;
use crate::tui::paint::{at, line};
use crate::tui::pick::source;

/// Identity and clock.
pub fn head(app: &App, buffer: &mut Buffer, area: Rect) {
    let who = &app.welcome.who.name;
    let demo = if app.welcome.demo {
        app.say(" | 演示数据", " | demonstration data")
    } else {
        ""
    };
    let reads = match app.welcome.read_only {
        true => app.say(" | 只读", " | read only"),
        false => "",
    };
    let drafts = match (app.count_drafts(), app.lang) {
        (0, _) => String::new(),
        (count, Lang::Zh) => format!("草稿 {count}  "),
        (count, Lang::En) => format!("drafts {count}  "),
    };
    let name = app.say(" 科志 科技志愿服务工作台", " Kezhi workstation");
    let left = format!("{name} | {who}{reads}{demo}");
    let (now, role) = match app.offline {
        true => (app.say("离线", "offline").to_owned(), "offline"),
        false => (app.now.format("%m-%d %H:%M").to_string(), "text.muted"),
    };
    let width = usize::from(area.width);
    let text = spread(&left, &format!("  {drafts}{now} "), width);
    line(buffer, area, 0, &text, app.theme.role("text.muted"));
    // What stands at the right is never cut, and the name only where all is.
    let from = width.saturating_sub(now.width() + 1);
    let before = from.saturating_sub(drafts.width());
    if name.width() < before {
        at(buffer, area, 0, 0, name, app.theme.role("text.strong"));
    }
    at(buffer, area, from, 0, &now, app.theme.role(role));
    let style = app.theme.role("status.draft");
    at(buffer, area, before, 0, drafts.trim_end(), style);
}

/// The message.
pub fn message(app: &App, buffer: &mut Buffer, area: Rect) {
    let Some((level, text)) = &app.message else {
        if app.opening() {
            let text = app.say(" 查询中", " asking");
            line(buffer, area, 0, text, app.theme.role("text.muted"));
        }
        return;
    };
    let (mark, role) = match level {
        Level::Info => ("", "msg.info"),
        Level::Warn => (app.say("注意 ", "note "), "msg.warn"),
        Level::Error => (app.say("不行 ", "refused: "), "msg.error"),
    };
    // What does not fit in one row takes the rows above: half a refusal helps nobody.
    let lines = wrap_words(
        &format!("{mark}{text}"),
        usize::from(area.width.saturating_sub(2)),
    );
    let count = lines.len().min(4) as u16;
    let rows = Rect {
        y: area.y.saturating_sub(count - 1),
        height: count,
        ..area
    };
    for (row, text) in lines.iter().take(4).enumerate() {
        line(buffer, rows, row, &format!(" {text}"), app.theme.role(role));
    }
}

/// The hints of the place; after the steps come those of the selected record, and in pane 3 its lists.
fn wanted(app: &App) -> Vec<(&'static str, Text)> {
    let place = app.place();
    let mut all: Vec<(&'static str, Text)> = hinted(place).collect();
    let kind = match place {
        Place::List if app.focus == 2 => Some(app.work_kind()),
        Place::Card => app.current().map(|code| code.kind),
        _ => None,
    };
    if place == Place::List {
        // Pane 4 has two keys of its own; the first means nothing in the other lists.
        let at = |all: &[(&str, Text)], key: &str| all.iter().position(|(one, _)| *one == key);
        let today = at(&all, "today").map(|at| all.remove(at));
        if let Some(today) = today.filter(|_| app.focus == 3)
            && let Some(work) = at(&all, "work").map(|at| all.remove(at))
        {
            let steps = at(&all, "steps").map_or(all.len(), |at| at + 1);
            all.splice(steps..steps, [today, work]);
        }
    }
    if place == Place::Look {
        let noted = app.noted();
        all.retain(|(action, _)| noted || *action != "new");
        let steps = all.iter_mut().filter(|(action, _)| *action == "steps");
        for (_, text) in steps.filter(|_| noted) {
            *text = t("转投诉", "complaint");
        }
    }
    if place == Place::Case {
        if let Some(code) = app.current() {
            let open = match app.over.last() {
                Some(Overlay::Card(card)) => card.case.as_deref().map(open_steps),
                _ => None,
            };
            let able = |key: &str| match &open {
                Some(open) => open.iter().any(|step| step.key == key),
                None => code.kind.spec().step(key).is_some(),
            };
            let has = |action: &str| action.strip_prefix("case.").is_none_or(able);
            all.retain(|(action, _)| has(action));
        }
        // From the queue one goes through the cases one by one.
        let first = ["steps", "previous", "following", "reveal"];
        all.sort_by_key(|(action, _)| {
            let own = action.starts_with("case.");
            let at = first.iter().position(|key| key == action);
            match at {
                _ if all_places(action) => 0,
                _ if own => 1,
                Some(at) => 2 + at,
                None => 9,
            }
        });
    }
    if let Some(Overlay::Form(form)) = app.over.last()
        && let Some(field) = form.field()
    {
        // What is typed alone offers no choice, and in a long text Enter begins a line.
        if source(field).is_none() && !ELEMENTS.contains(&field.key) {
            all.retain(|(action, _)| *action != "search");
        }
        if several(field)
            && let Some(at) = all.iter().position(|(action, _)| *action == "open")
        {
            let next = ("next", t("下一项", "next field"));
            all.splice(at..=at, [next, ("open", t("换行", "new line"))]);
        }
    }
    // Before what does not come back Enter does nothing: F8 does it.
    if let Some(Overlay::Confirm(one)) = app.over.last()
        && one.last()
    {
        for (action, text) in all.iter_mut().filter(|(action, _)| *action == "open") {
            (*action, *text) = ("steps", t("四位输完，办理", "after the digits: do it"));
        }
    }
    let Some(kind) = kind else { return all };
    let mut own: Vec<(&'static str, Text)> = boards(kind).collect();
    if place == Place::List {
        let at = all.iter().position(|(action, _)| *action == "work");
        own.splice(0..0, at.map(|at| all.remove(at)));
    }
    let at = all.iter().position(|(action, _)| *action == "steps");
    let at = at.map_or(all.len(), |at| at + 1);
    all.splice(at..at, own);
    all
}

/// A key that turns back what it did: its action, what it is called then, and whether that is now.
type Back = (&'static str, Text, fn(&App) -> bool);

/// What a key is called while it turns back what it did.
const BACK: &[Back] = &[
    ("zoom", t("还原", "restore"), |app| app.zoom),
    ("today", t("全部", "all"), |app| {
        let queue = app.lists.get(2).and_then(|list| list.queue);
        queue == Some(Which::Today)
    }),
];

/// Whether an action counts everywhere: its hint comes first.
fn all_places(action: &str) -> bool {
    let mut everywhere = ACTIONS.iter().filter(|one| one.place == Place::Any);
    everywhere.any(|one| one.key == action)
}

/// Columns below which not all keys of the workstation have room.
const NARROW: u16 = 76;

/// What the keys of the display test do.
const ECHOED: &[(&str, Text)] = &[
    ("Esc Esc", t("返回", "back")),
    ("1 2 3", t("宽窄", "widths")),
];

/// Hints by priority; what does not fit is dropped whole.
pub fn hints(app: &App, buffer: &mut Buffer, area: Rect) {
    line(buffer, area, 0, "", app.theme.role("text"));
    let mut used = 1;
    // The test echoes every key: those of the workstation mean nothing there.
    let own: &[(&str, Text)] = match app.over.last() {
        Some(Overlay::Selftest(_)) => ECHOED,
        _ => &[],
    };
    let typing = app.typing();
    // In a form F6 leads back to the workstation: the other keys of the next pane to the next field.
    let form = app.place() == Place::Form;
    let mut all = match own {
        [] => wanted(app),
        own => own.to_vec(),
    };
    all.retain(|(action, _)| !own.is_empty() || app.offers(action));
    // With little room the two menus lead to all the others.
    if area.width < NARROW {
        all.sort_by_key(|(action, _)| match *action {
            action if all_places(action) => 0,
            "steps" | "palette" => 1,
            _ => 2,
        });
    }
    for (action, text) in &mut all {
        let back = BACK.iter().find(|(key, _, on)| *key == *action && on(app));
        *text = back.map_or(*text, |(_, back, _)| *back);
    }
    // Where letters are text the way out comes first: behind it they are keys.
    if typing {
        all.sort_by_key(|(action, _)| *action != "cancel");
    }
    for (action, text) in all {
        let mut keys = app.keymap.keys(action).iter().map(String::as_str);
        let named = match own {
            [] => keys.find(|key| !(typing && is_text(key) || form && *key == "F6")),
            _ => Some(action),
        };
        let Some(key) = named else { continue };
        let text = text.get(app.lang);
        let width = key.width() + 1 + text.width();
        if used + width > usize::from(area.width) {
            continue;
        }
        at(buffer, area, used, 0, key, app.theme.role("key"));
        let from = used + key.width() + 1;
        at(
            buffer,
            area,
            from,
            0,
            &fit(text, text.width()),
            app.theme.role("key.desc"),
        );
        used += width + 2;
    }
}
