//! Drawing the test of the display.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::terminal::colour::Depth;
use crate::terminal::width::{Measure, Profile};
use crate::tui::app::App;
use crate::tui::draw::border::{rule, shell};
use crate::tui::paint::{Run, at, line, part, raw, runs};
use crate::tui::selftest::{Selftest, multiplexer};
use crate::tui::theme::ROLES;

/// Characters that take one column on some terminals and two on others.
const RULER: &str = "“”…—·×①α";

/// Cells of a role.
const ROLE: usize = 19;

fn profile(app: &App) -> String {
    let named = |profile: Profile| match profile {
        Profile::Narrow => app.say("窄（一格）", "narrow (one column)"),
        Profile::Wide => app.say("宽（两格）", "wide (two columns)"),
        Profile::Unknown => app.say("未知", "not known"),
    };
    let inside = multiplexer(&app.client);
    let source = match (app.told_profile(), app.probed_profile(), inside) {
        (Some(_), _, _) => app.say("本人答过", "as you answered").to_owned(),
        (_, None, _) => app.say("没有探测", "nobody asked").to_owned(),
        (_, Some(Profile::Unknown), _) => app
            .say("终端没有应答", "the terminal did not answer")
            .to_owned(),
        (_, _, Some(inside)) => {
            let said = app.say("应答的是", "answered by");
            let not = app.say("，不是窗口本身", ", not by the window itself");
            format!("{said} {inside}{not}")
        }
        _ => app.say("终端应答", "as the terminal answered").to_owned(),
    };
    format!("{}: {source}", named(app.profile))
}

fn depth(app: &App) -> &'static str {
    match app.theme.depth {
        Depth::Mono => app.say("无颜色", "no colours"),
        Depth::C16 => app.say("16 色", "16 colours"),
        Depth::C256 => app.say("256 色", "256 colours"),
        Depth::True => app.say("真彩", "true colour"),
    }
}

/// Draws the test.
pub fn selftest(app: &App, test: &Selftest, buffer: &mut Buffer, area: Rect) {
    let size = format!("{}x{}", buffer.area.width, buffer.area.height);
    let title = app.say("显示自检", "Display self-test");
    let leave = app.say("连按两次 Esc 返回", "Esc twice goes back");
    let inside = shell(app, buffer, area, title, leave);
    let role = |name: &str| app.theme.role(name);
    let label = |zh, en| (app.say(zh, en).to_owned(), "text.muted");
    let facts: [Vec<Run>; 2] = [
        vec![
            label("终端 ", "terminal "),
            (app.client.clone(), "text.strong"),
            label("  大小 ", "  size "),
            (size, "text.strong"),
            label("  颜色 ", "  colours "),
            (depth(app).to_owned(), "text.strong"),
        ],
        vec![
            label("符号宽度 ", "width of signs "),
            (profile(app), "text.strong"),
        ],
    ];
    for (row, line) in facts.iter().enumerate() {
        runs(buffer, inside, row, line, &app.theme);
    }
    // As one text, so that nothing but the terminal decides where its end comes to lie.
    let signs = RULER.chars().count();
    raw(
        buffer,
        inside,
        2,
        3,
        &format!("{RULER}|"),
        2 * signs + 1,
        role("text"),
    );
    let digits: String = ('1'..='9').take(signs).collect();
    at(buffer, inside, 2, 4, &format!("{digits}|"), role("text"));
    let question = app.say(
        "上下两条竖线对齐吗？ 1 是  2 否  3 不答，按终端应答",
        "do the two bars stand in line?  1 yes  2 no  3 as the terminal answers",
    );
    line(buffer, inside, 5, question, role("text"));
    let mut keys = vec![label("按键 ", "keys ")];
    for (nth, key) in test.keys.iter().enumerate() {
        let role = if nth == 0 { "key" } else { "text.muted" };
        keys.push((format!(" {key}"), role));
        if nth == 0 && !app.means(key).is_empty() {
            keys.push((format!(" ({})", app.means(key)), "text"));
        }
    }
    if test.keys.is_empty() {
        let text = app.say("按任何键，看程序收到什么", "any key: see what arrives");
        keys.push((text.to_owned(), "text"));
    }
    runs(buffer, inside, 7, &keys, &app.theme);
    rule(app, buffer, area, 9, app.say("颜色", "Colours"));
    let below = part(inside, 0, 9, inside.width, inside.height.saturating_sub(9));
    let across = (usize::from(below.width) / ROLE).max(1);
    for (nth, (name, label)) in ROLES.iter().enumerate() {
        let label = label.get(app.lang);
        let (row, column) = (nth / across, nth % across * ROLE);
        if row < usize::from(below.height) && column + label.width() <= usize::from(below.width) {
            at(buffer, below, column, row, label, role(name));
        }
    }
}
