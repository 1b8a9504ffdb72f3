//! Pane 5 of wide screens: the selected record.

use ratatui::buffer::Buffer;

use crate::tui::app::{App, PREVIEW};
use crate::tui::draw::border;
use crate::tui::draw::card;
use crate::tui::draw::first::first;
use crate::tui::layout::Slot;
use crate::tui::list::List;
use crate::tui::paint::{line, part};

/// Draws it.
pub fn preview(app: &App, buffer: &mut Buffer, place: Slot) {
    let focused = app.focus == PREVIEW && app.over.is_empty();
    let row = match app.source() {
        0 => None,
        at => app.lists.get(at - 1).and_then(List::selected),
    };
    // While the selection moves, what was shown stays in whole: its title says whose it is.
    let before = app.peek.as_ref().filter(|_| row.is_some());
    let row = row.filter(|row| before.is_none_or(|view| view.code == row.code));
    let label = app.say("5 预览", "5 Preview");
    let enter = app.say("Enter 打开", "Enter opens");
    // The tree's selection stands in full below the tree; here it has its posts and dates.
    let view = match row {
        _ if before.is_some() => before,
        None if app.source() == 0 => app.unit.as_ref(),
        _ => None,
    };
    let name = match (row, view) {
        (Some(row), _) => format!("{label}  {}  {}", row.title, row.code),
        (None, Some(view)) => format!("{label}  {}  {}", card::title(view), view.code),
        (None, None) => label.to_owned(),
    };
    border::title(app, buffer, place, focused, &name, enter);
    let area = part(
        place.inner,
        1,
        0,
        place.inner.width.saturating_sub(2),
        place.inner.height,
    );
    let Some(view) = view else {
        if row.is_none() {
            let text = app.say("没有选中的记录", "nothing is selected");
            line(buffer, area, 0, text, app.theme.role("text.muted"));
        }
        return;
    };
    let width = usize::from(area.width);
    let [left, right] = card::columns(app, view, &[], [width; 2]);
    let mut all = first(app, view, width);
    all.extend(left.into_iter().chain(right));
    let why = row.map_or(0, |row| row.why.len() + 1);
    let all = card::spaced(all, usize::from(area.height).saturating_sub(why));
    for (nth, text) in all.iter().enumerate() {
        crate::tui::paint::runs(buffer, area, nth, text, &app.theme);
    }
    if let Some(row) = row {
        let from = all.len() + 1;
        for (nth, why) in row.why.iter().enumerate() {
            let label = why.label(row.kind, app.lang);
            let text = format!("{} = {label} {}", why.word, why.text);
            line(
                buffer,
                area,
                from + nth,
                &text,
                app.theme.role("text.muted"),
            );
        }
    }
}
