//! Drawing the workstation.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::said::Lang;
use crate::terminal::width::measure_by;
use crate::tui::app::App;
use crate::tui::app::PREVIEW;
use crate::tui::cells::wrap_words;
use crate::tui::layout::{self, Class, layout};
use crate::tui::overlay::Overlay;
use crate::tui::paint::{blank, line};

pub mod bar;
pub mod board;
pub mod border;
pub mod calendar;
pub mod call;
pub mod card;
pub mod case;
pub mod clock;
pub mod column;
pub mod confirm;
pub mod conflict;
pub mod cover;
pub mod day;
pub mod diff;
pub mod findings;
pub mod first;
pub mod form;
pub mod found;
pub mod group;
pub mod grouped;
pub mod help;
mod help_field;
pub mod history;
pub mod hours;
pub mod log;
pub mod look;
pub mod matching;
pub mod menu;
pub mod month;
pub mod others;
pub mod over;
pub mod pane;
pub mod pick;
pub mod preview;
pub mod queue;
pub mod roster;
pub mod selftest;
pub mod several;
pub mod table;
pub mod tour;
pub mod tree;
pub mod typed;

/// Tells the lists how many rows they have.
pub fn measure(app: &mut App, area: Rect) {
    measure_by(app.profile);
    app.area = area;
    if let Some(Overlay::Tour(one)) = app.over.last_mut() {
        measure(&mut one.app, area);
    }
    // The preview has no place on a smaller screen.
    if layout::class(area) < Class::Large {
        app.focus = app.source();
    }
    let Some(layout) = layout(area, app.focus, app.zoom, app.frame()) else {
        return;
    };
    app.roomy = layout.class >= Class::Large;
    let [tree, rest @ ..] = layout.panes;
    app.tree_height = usize::from(tree.inner.height).max(1);
    for (nth, (list, pane)) in app.lists.iter_mut().zip(rest).enumerate() {
        let heads = u16::from(pane::headed(layout.class, nth + 1, pane));
        list.fit(usize::from(pane.inner.height.saturating_sub(heads)).max(1));
    }
    let selected = app.tree.at();
    if selected < app.tree.top {
        app.tree.top = selected;
    }
    if selected >= app.tree.top + app.tree_height {
        app.tree.top = selected + 1 - app.tree_height;
    }
    over::measure(app, area);
}

/// Draws everything.
pub fn draw(app: &App, frame: &mut Frame) {
    measure_by(app.profile);
    if let Some(Overlay::Tour(one)) = app.over.last() {
        return tour::tour(app, one, frame);
    }
    let area = frame.area();
    let buffer = frame.buffer_mut();
    blank(buffer, area, app.theme.role("text"));
    let Some(layout) = layout(area, app.focus, app.zoom, app.frame()) else {
        return small(app, buffer, area);
    };
    bar::head(app, buffer, layout.head);
    let mut cursor = panes(app, buffer, &layout);
    if !app.over.is_empty() {
        cursor = over::draw(app, buffer, area);
    }
    if !app.covered() {
        bar::message(app, buffer, layout.message);
        bar::hints(app, buffer, layout.hints);
        menu::keys(app, buffer, area);
    }
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// A window without room: how large it must be, and that nothing is lost.
fn small(app: &App, buffer: &mut Buffer, area: Rect) {
    let (width, height) = layout::LEAST;
    let told = match app.lang {
        Lang::Zh => format!("窗口太小 至少 {width}x{height}；内容都在，放大前不收键"),
        Lang::En => {
            format!("too small: {width}x{height} at least; text is safe, keys wait for room")
        }
    };
    let lines = wrap_words(&told, usize::from(area.width));
    for (row, text) in lines.iter().enumerate() {
        line(buffer, area, row, text, app.theme.role("msg.warn"));
    }
}

fn panes(app: &App, buffer: &mut Buffer, layout: &crate::tui::layout::Layout) -> Option<Position> {
    let focus = if app.over.is_empty() {
        match app.focus {
            PREVIEW => Some(layout.preview),
            focus => layout.panes.get(focus).copied(),
        }
    } else {
        None
    };
    // Lines first, the focused pane's last, then the titles that stand in them.
    let places = layout.panes.iter().chain([&layout.unit, &layout.preview]);
    for place in places.filter(|place| Some(**place) != focus) {
        border::outline(app, buffer, *place, false);
    }
    if let Some(place) = focus {
        border::outline(app, buffer, place, true);
    }
    let mut cursor = None;
    for (pane, place) in layout.panes.into_iter().enumerate() {
        if place.inner.is_empty() {
            continue;
        }
        match pane {
            0 => {
                tree::rows(app, buffer, place);
                tree::title(app, buffer, place);
            }
            _ => {
                pane::rows(app, buffer, place, pane, layout.class);
                cursor = cursor.or(pane::title(app, buffer, place, pane));
            }
        }
    }
    if !layout.unit.inner.is_empty() {
        tree::unit(app, buffer, layout.unit);
    }
    if !layout.preview.inner.is_empty() {
        preview::preview(app, buffer, layout.preview);
    }
    cursor
}
