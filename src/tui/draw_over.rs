//! Drawing what lies over the panes.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::domain::field::{Need, Privacy};
use crate::domain::said::Lang;
use crate::domain::value::Value;
use crate::protocol::View;
use crate::tui::action::ACTIONS;
use crate::tui::app::App;
use crate::tui::cells::{fit, spread, wrap};
use crate::tui::draw::columns;
use crate::tui::form::Form;
use crate::tui::overlay::{Card, Look, Menu, Overlay};
use crate::tui::paint::{at, blank, line, part};

/// The box of an overlay: the whole of a small screen, the middle of a large one.
fn place(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = if area.width < 100 {
        (area.width, area.height.saturating_sub(2))
    } else {
        (
            width.min(area.width),
            height.min(area.height.saturating_sub(2)),
        )
    };
    part(
        area,
        (area.width - width) / 2,
        (area.height.saturating_sub(1) - height) / 2,
        width,
        height,
    )
}

fn large(area: Rect) -> Rect {
    place(
        area,
        120.min(area.width.saturating_sub(8)),
        area.height.saturating_sub(6),
    )
}

/// Tells the look-up and the form how many rows they have.
pub fn measure(app: &mut App, area: Rect) {
    let large = large(area);
    match app.over.last_mut() {
        Some(Overlay::Look(look)) => look.list.height = usize::from(large.height / 2).max(3),
        Some(Overlay::Form(form)) => {
            let rows = usize::from(large.height.saturating_sub(4)).max(1);
            if form.at < form.top {
                form.top = form.at;
            }
            if form.at >= form.top + rows {
                form.top = form.at + 1 - rows;
            }
        }
        _ => {}
    }
}

/// Draws the topmost overlay; gives the place of the cursor.
pub fn draw(app: &App, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    match app.over.last()? {
        Overlay::Look(one) => look(app, one, buffer, large(area)),
        Overlay::Card(one) => {
            card(app, one, buffer, large(area));
            None
        }
        Overlay::Form(one) => form(app, one, buffer, large(area)),
        Overlay::Menu(one) => menu(app, one, buffer, place(area, 84, 24)),
        Overlay::Help(input) => help(
            app,
            input.value(),
            input.visual_cursor(),
            buffer,
            large(area),
        ),
        Overlay::Reason(code, field, input) => {
            let inside = frame(
                app,
                buffer,
                place(area, 76, 8),
                app.say(
                    "显示隐藏项：写明原因，将记入日志",
                    "show a masked field: the reason is logged",
                ),
                "Esc",
            );
            let label = code
                .kind
                .spec()
                .field(field)
                .map_or(field.as_str(), |field| field.label.get(app.lang));
            line(
                buffer,
                inside,
                1,
                &format!("{code}  {label}"),
                app.theme.role("text"),
            );
            let lead = app.say("原因: ", "reason: ");
            line(
                buffer,
                inside,
                3,
                &format!("{lead}{}", input.value()),
                app.theme.role("input"),
            );
            line(
                buffer,
                inside,
                4,
                app.say("Enter 显示 20 秒", "Enter shows it for 20 seconds"),
                app.theme.role("text.muted"),
            );
            cursor(inside, lead.width() + input.visual_cursor(), 3)
        }
        Overlay::Cover => {
            blank(buffer, area, app.theme.role("text"));
            let row = usize::from(area.height) / 2;
            line(
                buffer,
                area,
                row,
                app.say(
                    "  屏幕已遮挡，按 Enter 回来",
                    "  the screen is covered: Enter comes back",
                ),
                app.theme.role("text.strong"),
            );
            None
        }
    }
}

fn cursor(area: Rect, column: usize, row: usize) -> Option<Position> {
    let column = u16::try_from(column)
        .ok()?
        .min(area.width.saturating_sub(1));
    let row = u16::try_from(row).ok()?.min(area.height.saturating_sub(1));
    Some(Position::new(area.x + column, area.y + row))
}

/// A box of title, sides and foot; gives its inside.
fn frame(app: &App, buffer: &mut Buffer, area: Rect, title: &str, right: &str) -> Rect {
    // A Han character that the box cuts in half goes: half a character breaks the line on a terminal.
    for row in area.top()..area.bottom() {
        if let Some(cell) = area
            .x
            .checked_sub(1)
            .and_then(|x| buffer.cell_mut((x, row)))
            && cell.symbol().width() > 1
        {
            cell.set_symbol(" ");
        }
    }
    blank(buffer, area, app.theme.role("text"));
    let width = usize::from(area.width);
    let end = format!(" {right} ==");
    let text = format!("== {title} ");
    let room = width.saturating_sub(end.width());
    let text = if text.width() > room {
        fit(&text, room)
    } else {
        format!("{text}{}", "=".repeat(room - text.width()))
    };
    line(
        buffer,
        area,
        0,
        &format!("{text}{end}"),
        app.theme.role("title.focus"),
    );
    let last = usize::from(area.height.saturating_sub(1));
    line(
        buffer,
        area,
        last,
        &"-".repeat(width),
        app.theme.role("frame"),
    );
    for row in 1..last {
        at(buffer, area, 0, row, "|", app.theme.role("frame"));
        at(
            buffer,
            area,
            width.saturating_sub(1),
            row,
            "|",
            app.theme.role("frame"),
        );
    }
    part(
        area,
        2,
        1,
        area.width.saturating_sub(4),
        area.height.saturating_sub(2),
    )
}

fn look(app: &App, look: &Look, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let guess = if look.list.fuzzy && look.list.total > 0 {
        app.say("近似 ", "like ")
    } else {
        ""
    };
    let count = format!("{guess}{} {}", app.say("结果", "hits"), look.list.total);
    let inside = frame(
        app,
        buffer,
        area,
        app.say("来电查询 F2", "Look up F2"),
        &count,
    );
    let lead = app.say("查: ", "find: ");
    line(
        buffer,
        inside,
        0,
        &format!("{lead}{}", look.list.input.value()),
        app.theme.role("input"),
    );
    line(
        buffer,
        inside,
        1,
        app.say("姓名、拼音首字母、全拼、电话任意三位、证件后四位、编号、队名、地名；空格=同时满足", "names, initials, pinyin, 3 digits of a phone, 4 of a document, codes, teams, places; blank = and"),
        app.theme.role("text.muted"),
    );
    let rows = look.list.height;
    for row in 0..rows {
        let number = look.list.top + row;
        let Some(found) = look.list.row(number).filter(|_| number < look.list.total) else {
            break;
        };
        let chosen = number == look.list.at;
        let kind: String = found
            .kind
            .spec()
            .label
            .get(app.lang)
            .chars()
            .take(if app.lang == Lang::Zh { 1 } else { 3 })
            .collect();
        let text = format!(
            "{} {} {}",
            if chosen { ">" } else { " " },
            fit(&kind, 3),
            columns(found, usize::from(inside.width).saturating_sub(6))
        );
        line(
            buffer,
            inside,
            row + 2,
            &text,
            app.theme.role(if chosen { "row.select" } else { "text" }),
        );
    }
    if look.list.total == 0 && !look.list.waiting {
        line(
            buffer,
            inside,
            2,
            app.say("  没有找到：换个词试试", "  nothing found: try other words"),
            app.theme.role("text.muted"),
        );
    }
    let below = part(
        inside,
        0,
        rows as u16 + 2,
        inside.width,
        inside.height.saturating_sub(rows as u16 + 2),
    );
    line(
        buffer,
        below,
        0,
        &"-".repeat(usize::from(below.width)),
        app.theme.role("frame"),
    );
    if let Some(view) = &look.preview {
        for (row, text) in facts(app, view, usize::from(below.width))
            .iter()
            .enumerate()
        {
            line(buffer, below, row + 1, text, app.theme.role("text"));
        }
    }
    cursor(inside, lead.width() + look.list.input.visual_cursor(), 0)
}

/// A record's fields, label and value, two lines where one is too short.
fn facts(app: &App, view: &View, width: usize) -> Vec<String> {
    let mut lines = vec![match app.lang {
        Lang::Zh => format!("{}  {}  第 {} 版", title(view), view.code, view.rev),
        Lang::En => format!("{}  {}  revision {}", title(view), view.code, view.rev),
    }];
    for field in view.kind.spec().fields {
        let Some(value) = view.fields.get(field.key) else {
            continue;
        };
        let label = fit(
            field.label.get(app.lang),
            if app.lang == Lang::Zh { 12 } else { 18 },
        );
        let text = match app.revealed(view, field.key) {
            Some(text) => format!("{text}  ({})", app.say("20 秒", "20 s")),
            None if field.privacy != Privacy::Open => {
                format!("{}  {}", value, app.say("Ctrl-E 显示", "Ctrl-E shows"))
            }
            None => told(view, value),
        };
        for (nth, part) in wrap(&text, width.saturating_sub(label.width() + 1))
            .into_iter()
            .enumerate()
        {
            let label = if nth == 0 {
                label.clone()
            } else {
                " ".repeat(label.width())
            };
            lines.push(format!("{label} {part}"));
        }
    }
    lines
}

fn title(view: &View) -> String {
    view.fields
        .get(view.kind.spec().title)
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn told(view: &View, value: &Value) -> String {
    value
        .parts()
        .iter()
        .map(|part| match part {
            Value::Map(row) => {
                let get = |key: &str| row.get(key).map(ToString::to_string).unwrap_or_default();
                let until = if get("to").is_empty() {
                    String::new()
                } else {
                    format!(" 至 {}", get("to"))
                };
                format!(
                    "{} {} {} {} {}{until}\n",
                    get("post"),
                    get("holder"),
                    get("holder_post"),
                    get("phone"),
                    get("from")
                )
            }
            other => {
                let text = other.to_string();
                match view.names.get(&text) {
                    Some(name) => format!("{name}({text}) "),
                    None => format!("{text} "),
                }
            }
        })
        .collect::<String>()
        .trim_end()
        .to_owned()
}

fn card(app: &App, card: &Card, buffer: &mut Buffer, area: Rect) {
    let view = &card.view;
    let hint = app.say(
        "F4 编辑  F8 办理  h 记录  Esc 返回",
        "F4 edit  F8 steps  h history  Esc back",
    );
    let inside = frame(
        app,
        buffer,
        area,
        &format!("{} {}", view.kind.spec().label.get(app.lang), title(view)),
        hint,
    );
    let width = usize::from(inside.width);
    let mut lines = Vec::new();
    match &card.history {
        None => lines = facts(app, view, width),
        Some(entries) => {
            for one in entries {
                let entry = &one.entry;
                lines.push(format!(
                    "#{} {} {} {} {}",
                    one.seq, entry.at, entry.who, entry.action, entry.reason
                ));
                for change in &entry.changes {
                    let label = view
                        .kind
                        .spec()
                        .field(&change.field)
                        .map_or(change.field.as_str(), |field| field.label.get(app.lang));
                    let said = |value: &Option<Value>| {
                        value
                            .as_ref()
                            .map_or_else(|| "—".to_owned(), ToString::to_string)
                    };
                    lines.push(format!(
                        "    {label}: {} → {}",
                        said(&change.from),
                        said(&change.to)
                    ));
                }
            }
        }
    }
    let top = card
        .top
        .min(lines.len().saturating_sub(usize::from(inside.height)));
    for (row, text) in lines
        .iter()
        .skip(top)
        .take(usize::from(inside.height))
        .enumerate()
    {
        line(buffer, inside, row, text, app.theme.role("text"));
    }
}

fn form(app: &App, form: &Form, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let hint = if form.confirmed {
        app.say("再按 F8 确认保存", "F8 again saves it")
    } else {
        app.say(
            "F8 保存  Esc 离开（草稿保留）",
            "F8 saves  Esc leaves (draft kept)",
        )
    };
    let inside = frame(app, buffer, area, &form.title, hint);
    let label_width = if app.lang == Lang::Zh { 18 } else { 22 };
    let rows = usize::from(inside.height.saturating_sub(2));
    let mut place = None;
    for (row, nth) in (form.top..form.fields.len()).take(rows).enumerate() {
        let (Some(field), Some(input)) = (form.fields.get(nth), form.inputs.get(nth)) else {
            break;
        };
        let mark = if field.need == Need::Required {
            "*"
        } else {
            " "
        };
        let here = nth == form.at;
        let label = format!(
            "{}{mark}{}",
            if here { ">" } else { " " },
            field.label.get(app.lang)
        );
        let problem = form.problems.get(field.key);
        let room = usize::from(inside.width).saturating_sub(label_width);
        let value_width = room * 2 / 5;
        at(
            buffer,
            inside,
            0,
            row,
            &fit(&label, label_width),
            app.theme.role(if here { "text.strong" } else { "text" }),
        );
        let role = if problem.is_some() {
            "input.invalid"
        } else {
            "input"
        };
        let scroll = input.visual_scroll(value_width.saturating_sub(1));
        let shown: String = visible(input.value(), scroll);
        at(
            buffer,
            inside,
            label_width,
            row,
            &fit(&shown, value_width),
            app.theme.role(role),
        );
        let kept = form.kept(field) && input.value().is_empty();
        let note = match problem {
            Some(problem) => format!("! {problem}"),
            None if kept => app
                .say("不填则保持原值", "empty keeps what is there")
                .to_owned(),
            None if here && !field.words().is_empty() => choices(field, app.lang),
            None if here => field.help.get(app.lang).to_owned(),
            None => String::new(),
        };
        let role = if problem.is_some() {
            "msg.error"
        } else {
            "text.muted"
        };
        at(
            buffer,
            inside,
            label_width + value_width + 1,
            row,
            &fit(&note, room.saturating_sub(value_width + 1)),
            app.theme.role(role),
        );
        if here {
            let column = label_width + input.visual_cursor().saturating_sub(scroll);
            place = cursor(inside, column, row);
        }
    }
    // A long problem is told in full below.
    if let Some(problem) = form
        .fields
        .get(form.at)
        .and_then(|field| form.problems.get(field.key))
    {
        for (nth, text) in wrap(problem, usize::from(inside.width))
            .into_iter()
            .take(2)
            .enumerate()
        {
            line(
                buffer,
                inside,
                rows + nth,
                &text,
                app.theme.role("msg.error"),
            );
        }
    } else if let Some((_, text)) = &app.message {
        line(buffer, inside, rows, text, app.theme.role("msg.warn"));
    }
    place
}

fn visible(text: &str, scroll: usize) -> String {
    let mut skipped = 0;
    text.chars()
        .skip_while(|c| {
            let skip = skipped < scroll;
            skipped += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
            skip
        })
        .collect()
}

fn choices(field: &crate::domain::field::Field, lang: Lang) -> String {
    field
        .words()
        .iter()
        .enumerate()
        .map(|(nth, word)| format!("{} {}", nth + 1, word.get(lang)))
        .collect::<Vec<_>>()
        .join("  ")
}

fn menu(app: &App, menu: &Menu, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let inside = frame(
        app,
        buffer,
        area,
        &menu.title,
        app.say("数字或 Enter 选  Esc 返回", "digit or Enter  Esc back"),
    );
    let lead = "> ";
    line(
        buffer,
        inside,
        0,
        &format!("{lead}{}", menu.input.value()),
        app.theme.role("input"),
    );
    let rows = usize::from(inside.height.saturating_sub(1));
    let top = menu.at.saturating_sub(rows.saturating_sub(1));
    for (row, (nth, item)) in menu
        .matching()
        .into_iter()
        .enumerate()
        .skip(top)
        .take(rows)
        .enumerate()
    {
        let digit = if nth < 9 {
            (nth + 1).to_string()
        } else {
            " ".to_owned()
        };
        let mark = if item.open { " " } else { "×" };
        let left = format!("{digit} {mark} {}", fit(&item.label, 26));
        let text = format!("{left} {}", item.note);
        let role = match (nth == menu.at, item.open) {
            (true, _) => "row.select",
            (_, false) => "text.muted",
            _ => "text",
        };
        line(buffer, inside, row + 1, &text, app.theme.role(role));
    }
    cursor(inside, lead.width() + menu.input.visual_cursor(), 0)
}

fn help(
    app: &App,
    filter: &str,
    column: usize,
    buffer: &mut Buffer,
    area: Rect,
) -> Option<Position> {
    let inside = frame(
        app,
        buffer,
        area,
        app.say("帮助 F1", "Help F1"),
        app.say("打字即查  Esc 返回", "type to search  Esc back"),
    );
    let lead = app.say("查: ", "find: ");
    line(
        buffer,
        inside,
        0,
        &format!("{lead}{filter}"),
        app.theme.role("input"),
    );
    let topics = [
        app.say("查人：在志愿者窗直接打 slw、单立文、4471、cf 农技，词间空格表示同时满足", "people: type slw, 4471 or a place in pane 2; blanks mean and"),
        app.say("一次答完：F2 打两三个字母，最像的一条已选中，资料在下方", "one call: F2 and two or three letters; the best hit is chosen, its facts stand below"),
        app.say("选中组织后，志愿者、活动、投诉三窗只列它和下级的", "the selected organisation narrows the other panes to its subtree"),
        app.say("打字时字母都是文字；要用字母命令先按 Esc", "while you type, letters are text: press Esc before a letter command"),
        app.say("隐藏的号码：打开记录按 Ctrl-E，写明原因，显示 20 秒并记入日志", "masked numbers: open the record, Ctrl-E, give a reason; shown for 20 seconds and logged"),
        app.say("表单：Enter 下一项，F8 保存，Esc 离开而草稿保留", "forms: Enter goes on, F8 saves, Esc leaves and keeps the draft"),
    ];
    let mut lines: Vec<String> = topics.iter().map(|topic| (*topic).to_owned()).collect();
    lines.push(String::new());
    for action in ACTIONS {
        let keys = app.keymap.keys(action.key).join(" ");
        lines.push(spread(
            &format!("{} {}", fit(&keys, 18), action.label.get(app.lang)),
            "",
            70,
        ));
    }
    let wanted = filter.to_lowercase();
    let fits = |line: &&String| wanted.is_empty() || line.to_lowercase().contains(&wanted);
    for (row, text) in lines
        .iter()
        .filter(fits)
        .take(usize::from(inside.height.saturating_sub(1)))
        .enumerate()
    {
        line(
            buffer,
            inside,
            row + 1,
            text.trim_end(),
            app.theme.role("text"),
        );
    }
    cursor(inside, lead.width() + column, 0)
}
