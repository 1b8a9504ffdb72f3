//! The mouse, where the operator wants one: by the rectangles in which things were drawn.

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use crate::tui::app::{App, PREVIEW};
use crate::tui::draw::pane::headed;
use crate::tui::layout::layout;

/// Rows that one notch of the wheel moves.
const NOTCH: isize = 3;

impl App {
    /// A move of the mouse, a click, a notch of the wheel.
    pub fn mouse(&mut self, event: MouseEvent) {
        if !self.mouse_wanted || self.covered() {
            return;
        }
        self.attended();
        match event.kind {
            MouseEventKind::ScrollUp => self.wheel(event, -NOTCH),
            MouseEventKind::ScrollDown => self.wheel(event, NOTCH),
            MouseEventKind::Down(MouseButton::Left) => self.click(event),
            _ => return,
        }
        self.note_spot();
    }

    /// What lies over the panes scrolls wherever the mouse is; of the panes the one under it.
    fn wheel(&mut self, event: MouseEvent, by: isize) {
        if self.over.is_empty() {
            self.point(event);
        }
        self.act(if by < 0 { "up" } else { "down" });
        for _ in 1..by.abs() {
            self.act(if by < 0 { "up" } else { "down" });
        }
    }

    /// Selects what is under the mouse; a second click opens it.
    fn click(&mut self, event: MouseEvent) {
        if !self.over.is_empty() {
            return;
        }
        let before = (self.focus, self.current());
        let Some(row) = self.point(event) else { return };
        match (self.focus, row) {
            (_, None) => return,
            (0, Some(row)) => {
                let at = self.tree.top + row;
                self.tree.select(at);
                self.narrow();
            }
            (PREVIEW, Some(_)) => {}
            (pane, Some(row)) => {
                let Some(list) = self.lists.get_mut(pane - 1) else {
                    return;
                };
                let at = list.top + row;
                if at >= list.total {
                    return;
                }
                if list.go(at) {
                    self.ask_list(pane - 1);
                }
                self.narrow();
            }
        }
        if (self.focus, self.current()) == before && before.1.is_some() {
            self.act("open");
        }
    }

    /// Goes to the pane under the mouse; gives the row in it, or that it is none, if a pane is there.
    fn point(&mut self, event: MouseEvent) -> Option<Option<usize>> {
        let made = layout(self.area, self.focus, self.zoom, self.frame())?;
        let spot = Position::new(event.column, event.row);
        let places = made.panes.iter().chain([&made.preview]).enumerate();
        // Neighbours share a line: it belongs to the one whose inside is not missed.
        let inside = places.clone().find(|(_, place)| place.inner.contains(spot));
        let found = inside.or_else(|| {
            let mut places = places;
            places.find(|(_, place)| place.outer.contains(spot))
        });
        let (pane, place) = found?;
        if pane == PREVIEW {
            self.reach_preview();
        } else {
            self.focus = pane;
        }
        let heads = u16::from((1..PREVIEW).contains(&pane) && headed(made.class, pane, *place));
        let top = place.inner.y + heads;
        let row = (place.inner.contains(spot) && spot.y >= top).then(|| spot.y - top);
        Some(row.map(usize::from))
    }
}
