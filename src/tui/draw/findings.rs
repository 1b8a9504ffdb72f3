//! Drawing what the rules hold against what stands.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::kind::Code;
use crate::domain::said::Lang;
use crate::protocol::work::Finding;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::board::Board;
use crate::tui::cells::wrap_words;
use crate::tui::draw::board::{cells, count, empty, lead, rest, rows, tail};
use crate::tui::draw::border::{rule, shell};
use crate::tui::draw::typed::typed;
use crate::tui::findings::{Findings, Line};
use crate::tui::paint::{Run, at, line, part};

/// The role of an effect: a breach, a deviation, a doubt, a hint.
fn role(found: &Finding) -> &'static str {
    match found.effect.zh.as_str() {
        "违规" => "status.danger",
        "偏离" => "status.warn",
        "疑点" => "status.new",
        _ => "text.muted",
    }
}

/// A rule: whether it is unfolded, how many, its article and word.
fn head(app: &App, found: &Finding, count: usize, open: bool, chosen: bool) -> Vec<Run> {
    let fold = if open { "-" } else { "+" };
    let number = match app.lang {
        Lang::Zh => format!("{count} 条"),
        Lang::En => count.to_string(),
    };
    let article = if found.article.is_empty() {
        app.say("事理", "plain sense")
    } else {
        &found.article
    };
    let effect = found.effect.get(app.lang);
    let effect = if effect.is_empty() {
        found.strength.get(app.lang)
    } else {
        effect
    };
    let mut line = cells(
        chosen,
        &[
            (fold, 1, "text"),
            (&number, 8, "text.strong"),
            (effect, 9, role(found)),
            (article, 18, "text"),
        ],
    );
    line.push(tail(chosen, &mended(app, found), "text.muted"));
    line
}

/// What was found, as it is mended here.
fn mended(app: &App, found: &Finding) -> String {
    app.way_of(found.message.get(app.lang), Code::read(&found.code))
}

fn finding(app: &App, found: &Finding, chosen: bool, width: usize) -> Vec<Run> {
    let since = found.since.map_or_else(String::new, |day| day.to_string());
    let (name, message) = (
        if width > 100 { 24 } else { 14 },
        found.message.get(app.lang),
    );
    let mut line = cells(
        chosen,
        &[
            ("", 2, "text"),
            (&found.code, 13, "text"),
            (&found.name, name, "text"),
            (&since, 10, "text.muted"),
        ],
    );
    line.push(tail(chosen, message, role(found)));
    line
}

/// Draws them; gives the place of the cursor while an article is typed.
pub fn findings(
    app: &App,
    board: &Board,
    one: &Findings,
    buffer: &mut Buffer,
    area: Rect,
) -> Option<Position> {
    let whose = one.within.map_or_else(String::new, |code| code.to_string());
    let title = format!("{}  {whose}", app.say("检查", "Findings"));
    let inside = shell(app, buffer, area, title.trim_end(), &count(app, board));
    let ask = app.say("条号: ", "article: ");
    let said = match app.lang {
        Lang::Zh => format!("{} 条规则 {} 个问题", one.rules(), one.all.len()),
        Lang::En => format!("{} rules, {} findings", one.rules(), one.all.len()),
    };
    let mut place = None;
    if one.typing || !one.input.value().is_empty() {
        let style = app.theme.role("input");
        let typed_at = typed(buffer, inside, 0, ask, &one.input, style);
        place = typed_at.filter(|_| one.typing);
        let taken = ask.width() + one.input.value().width() + 3;
        if taken + said.width() <= usize::from(inside.width) {
            at(buffer, inside, taken, 0, &said, style);
        }
    } else {
        line(buffer, inside, 0, &said, app.theme.role("text"));
    }
    let list = rest(inside, 1);
    let list = Rect {
        height: list.height.saturating_sub(3),
        ..list
    };
    empty(
        app,
        board,
        buffer,
        list,
        app.say("没有问题", "nothing is held against anything"),
    );
    let width = usize::from(inside.width);
    rows(app, board, buffer, list, |at, chosen| {
        let (Some(row), Some(found)) = (one.lines.get(at), one.finding(at)) else {
            return Vec::new();
        };
        let mut line = vec![lead(chosen, false)];
        line.extend(match row {
            Line::Rule(_, count) => {
                head(app, found, *count, one.open.contains(&found.rule), chosen)
            }
            Line::One(_) => finding(app, found, chosen, width),
        });
        line
    });
    // The sentence in full, with its article.
    let foot = usize::from(inside.height.saturating_sub(3));
    rule(app, buffer, area, foot + 1, "");
    let full = part(inside, 0, foot as u16 + 1, inside.width, 2);
    if let Some(found) = one.finding(board.at) {
        let article = match found.article.as_str() {
            "" => String::new(),
            article => format!("（{article}）"),
        };
        let text = format!("{}  {}{article}", found.name, mended(app, found));
        for (nth, text) in wrap_words(&text, width).iter().take(2).enumerate() {
            line(buffer, full, nth, text, app.theme.role("text"));
        }
    }
    place
}
