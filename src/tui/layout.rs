//! Where the panes stand, by the size of the screen.

use ratatui::layout::Rect;

use crate::tui::paint::part;

/// The smallest screen on which anything can be done.
const LEAST: (u16, u16) = (40, 10);

/// The arrangement of one screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Identity and counters.
    pub head: Rect,
    /// Panes 1 to 4; empty where a pane is not seen.
    pub panes: [Rect; 4],
    /// The preview of wide screens.
    pub preview: Rect,
    /// Messages.
    pub message: Rect,
    /// Hints.
    pub hints: Rect,
}

/// The arrangement, or none if the screen is too small.
pub fn layout(area: Rect, focus: usize, zoom: bool) -> Option<Layout> {
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return None;
    }
    let body = part(area, 0, 1, area.width, area.height - 3);
    let mut panes = [Rect::ZERO; 4];
    let mut preview = Rect::ZERO;
    let (w, h) = (body.width, body.height);
    if zoom || area.width < 80 || area.height < 24 {
        if let Some(pane) = panes.get_mut(focus) {
            *pane = body;
        }
    } else if area.width >= 160 && area.height >= 40 {
        let (tree, middle) = (36, 80.max(w / 2 - 18).min(110));
        let rest = w - tree - middle - 2;
        let lower = h / 2;
        panes = [
            part(body, 0, 0, tree, h),
            part(body, tree + 1, 0, middle, h - lower),
            part(body, tree + 1, h - lower, middle, lower),
            part(body, tree + middle + 2, 0, rest, h / 3),
        ];
        preview = part(body, tree + middle + 2, h / 3, rest, h - h / 3);
    } else if area.width >= 100 && area.height >= 30 {
        let tree = 33;
        let rest = w - tree - 1;
        let lower = h / 3;
        let half = rest / 2;
        panes = [
            part(body, 0, 0, tree, h),
            part(body, tree + 1, 0, rest, h - lower),
            part(body, tree + 1, h - lower, half, lower),
            part(body, tree + 2 + half, h - lower, rest - half - 1, lower),
        ];
    } else {
        let tree = 27;
        let rest = w - tree - 1;
        let small = 5.min(h / 4);
        let mut heights = [small; 3];
        let grown = focus.saturating_sub(1);
        if let Some(height) = heights.get_mut(grown) {
            *height = h - 2 * small;
        }
        panes = [
            part(body, 0, 0, tree, h),
            part(body, tree + 1, 0, rest, heights[0]),
            part(body, tree + 1, heights[0], rest, heights[1]),
            part(body, tree + 1, heights[0] + heights[1], rest, heights[2]),
        ];
    }
    Some(Layout {
        head: part(area, 0, 0, area.width, 1),
        panes,
        preview,
        message: part(area, 0, area.height - 2, area.width, 1),
        hints: part(area, 0, area.height - 1, area.width, 1),
    })
}
