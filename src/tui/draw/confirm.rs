//! Drawing the panel that asks before a step which others see, or which does not come back.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::kind::Code;
use crate::domain::lifecycle::{DAY, Weight};
use crate::domain::said::Lang;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::{fit, wrap_words};
use crate::tui::confirm::Confirm;
use crate::tui::draw::border::shell;
use crate::tui::draw::typed::typed;
use crate::tui::form::Form;
use crate::tui::overlay::Overlay;
use crate::tui::paint::{at, line, part};

/// So many of several records, and of the typed fields, are shown.
const SHOWN: usize = 4;

/// Columns of the labels.
const LABELS: usize = 10;

/// Columns of the panel.
pub const WIDE: u16 = 76;

/// A fact: its label, and what it says.
type Fact = (&'static str, String, &'static str);

/// A record by its code, and its name where that was seen.
pub fn named(app: &App, code: Code) -> String {
    let known = app.names.get(&code).map(String::as_str);
    let mut listed = app.lists.iter().flat_map(|list| &list.rows);
    let mut listed = || listed.find(|row| row.code == code);
    let name = known.or_else(|| listed().map(|row| row.title.as_str()));
    let name = name.unwrap_or("");
    format!("{code} {name}").trim_end().to_owned()
}

/// The form below.
fn form<'a>(app: &'a App, confirm: &Confirm) -> Option<&'a Form> {
    app.over.iter().find_map(|over| match over {
        Overlay::Form(form) if form.token == confirm.token => Some(form.as_ref()),
        _ => None,
    })
}

/// What was filled in, a line each.
fn facts_typed(app: &App, form: &Form) -> Vec<String> {
    let fields = form.fields.iter().enumerate();
    let filled = fields.filter_map(|(nth, field)| {
        let text = form.text(nth).replace('\n', " ");
        (!text.trim().is_empty())
            .then(|| format!("{}{}{text}", field.label.get(app.lang), app.say("：", ": ")))
    });
    filled.take(SHOWN).collect()
}

/// The day that the step writes down by itself.
fn stamped(app: &App, confirm: &Confirm) -> Option<String> {
    let step = confirm.step;
    let kind = confirm.codes.first()?.kind;
    let label = kind.spec().field(step.stamp?)?.label.get(app.lang);
    let ask = step.asks.iter().find(|ask| ask.key == DAY);
    let typed = form(app, confirm).and_then(|form| Some(form.text(form.place(DAY)?)));
    if typed.is_some_and(|text| !text.trim().is_empty()) {
        return None;
    }
    let day = app.now.date();
    // Each of several keeps what it holds.
    let held =
        confirm.codes.len() > 1 && ask.is_some_and(|ask| step.takes_over(kind, ask).is_some());
    let held = if held {
        app.say("已登记的，没有的", "as entered, else ")
    } else {
        ""
    };
    Some(format!("{label}{}{held}{day}", app.say("：", ": ")))
}

/// All that the panel tells.
fn facts(app: &App, confirm: &Confirm) -> Vec<Fact> {
    let step = confirm.step;
    let spec = confirm.codes.first().map(|code| code.kind.spec());
    let mut facts: Vec<Fact> = Vec::new();
    match confirm.codes.as_slice() {
        [one] => facts.push((app.say("记录", "record"), named(app, *one), "text.strong")),
        many => {
            let count = many.len();
            let text = match app.lang {
                Lang::Zh => format!("共 {count} 条"),
                Lang::En => format!("{count} in all"),
            };
            facts.push((app.say("记录", "records"), text, "text.strong"));
            let first = many.iter().take(SHOWN);
            facts.extend(first.map(|code| ("", named(app, *code), "text")));
            if count > SHOWN {
                facts.push(("", "...".to_owned(), "text.muted"));
            }
        }
    }
    let label = step.label.get(app.lang);
    let state = step.to.zip(spec);
    let leads = state.map(|(to, spec)| spec.said(to, app.lang));
    let leads = leads
        .filter(|to| *to != label)
        .map_or_else(String::new, |to| {
            format!("{}{to}", app.say("，此后为：", ", then: "))
        });
    facts.push((
        app.say("办理", "step"),
        format!("{label}{leads}"),
        "text.strong",
    ));
    match step.weight {
        Weight::Light => {}
        Weight::Visible(whom) => {
            let label = app.say("谁看到", "seen by");
            facts.push((label, whom.get(app.lang).to_owned(), "msg.warn"));
        }
        Weight::Final(what) => {
            let label = app.say("不能恢复", "for good");
            facts.push((label, what.get(app.lang).to_owned(), "msg.error"));
        }
    }
    let help = step.help.get(app.lang);
    if !help.is_empty() {
        facts.push((app.say("结果", "follows"), help.to_owned(), "text"));
    }
    for (nth, text) in form(app, confirm)
        .map_or_else(Vec::new, |form| facts_typed(app, form))
        .into_iter()
        .enumerate()
    {
        let label = if nth == 0 {
            app.say("已填", "filled")
        } else {
            ""
        };
        facts.push((label, text, "text"));
    }
    if let Some(day) = stamped(app, confirm) {
        facts.push((app.say("日期", "day"), day, "text"));
    }
    let own = confirm
        .asked
        .as_ref()
        .and_then(|asked| asked.article.clone());
    if let Some(asked) = &confirm.asked {
        let text = app.way(asked.message.get(app.lang));
        facts.push((app.say("请核对", "check"), text, "msg.warn"));
    }
    let article = own.or_else(|| spec.map(|spec| spec.article.to_owned()));
    if let Some(article) = article.filter(|article| !article.is_empty()) {
        facts.push((app.say("依据", "article"), article, "text.muted"));
    }
    facts
}

/// The lines of a fact in a width, the label before the first; long texts are cut after the third.
fn lines(fact: &Fact, width: usize) -> Vec<(String, &'static str)> {
    let (label, text, role) = fact;
    let mut wrapped = wrap_words(text, width.saturating_sub(LABELS).max(8));
    if wrapped.len() > 3 {
        wrapped.truncate(3);
        if let Some(last) = wrapped.last_mut() {
            *last = fit(&format!("{last}..."), width.saturating_sub(LABELS).max(8));
        }
    }
    let lines = wrapped.into_iter().enumerate().map(|(nth, line)| {
        let label = if nth == 0 { label } else { "" };
        (format!("{}{line}", fit(label, LABELS)), *role)
    });
    lines.collect()
}

/// Rows that the panel needs in so many columns.
pub fn height(app: &App, confirm: &Confirm, width: u16) -> u16 {
    let width = usize::from(width.saturating_sub(4));
    let rows: usize = facts(app, confirm)
        .iter()
        .map(|fact| lines(fact, width).len())
        .sum();
    u16::try_from(rows).unwrap_or(20).saturating_add(4)
}

/// Draws the panel; gives the place of the cursor.
pub fn confirm(app: &App, confirm: &Confirm, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let label = confirm.step.label.get(app.lang);
    let title = match confirm.last() {
        true => format!("{}{label}", app.say("不能恢复：", "For good: ")),
        false => format!("{}{label}", app.say("核对后办理：", "Before it is seen: ")),
    };
    let inside = shell(app, buffer, area, &title, "");
    let width = usize::from(inside.width);
    let room = usize::from(inside.height).saturating_sub(2);
    let rows: Vec<(String, &str)> = facts(app, confirm)
        .iter()
        .flat_map(|fact| lines(fact, width))
        .collect();
    for (row, (text, role)) in rows.iter().take(room).enumerate() {
        line(buffer, inside, row, text, app.theme.role(role));
    }
    let foot = part(inside, 0, inside.height.saturating_sub(1), inside.width, 1);
    if confirm.last() {
        let code = confirm
            .codes
            .first()
            .map_or_else(String::new, Code::to_string);
        let lead = match app.lang {
            Lang::Zh => format!("输入 {code} 后四位: "),
            Lang::En => format!("last four digits of {code}: "),
        };
        let style = app.theme.role("input");
        let place = typed(buffer, foot, 0, &lead, &confirm.input, style);
        let way = app.keyed(
            "{steps} 办理  {cancel} 返回",
            "{steps} does it  {cancel} back",
        );
        let column = width.saturating_sub(way.width());
        at(buffer, foot, column, 0, &way, app.theme.role("key"));
        return place;
    }
    let choices = [(true, "1", label), (false, "2", app.say("返回", "back"))];
    let mut column = 0;
    for (yes, digit, label) in choices {
        let here = confirm.yes == yes;
        let mark = if here { ">" } else { " " };
        let text = format!("{mark}{digit} {label} ");
        let role = if here { "row.select" } else { "text" };
        at(buffer, foot, column, 0, &text, app.theme.role(role));
        column += text.width() + 2;
    }
    None
}
