//! Drawing menus and help.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::tui::action::ACTIONS;
use crate::tui::app::App;
use crate::tui::cells::{fit, spread};
use crate::tui::draw_over::{cursor, frame};
use crate::tui::overlay::Menu;
use crate::tui::paint::line;

/// Draws a numbered menu; gives the place of the cursor.
pub fn menu(app: &App, menu: &Menu, buffer: &mut Buffer, area: Rect) -> Option<Position> {
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

/// Draws the help; gives the place of the cursor.
pub fn help(
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
