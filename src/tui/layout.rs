//! Where the panes stand, by the size of the screen.

use ratatui::layout::Rect;

use crate::tui::paint::part;
use crate::tui::theme::FrameStyle;

/// The smallest screen on which anything can be done.
pub const LEAST: (u16, u16) = (40, 10);

/// Panes stop growing here.
const MOST: u16 = 240;

/// The class of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// One pane at a time.
    Tiny,
    /// 80 columns.
    Small,
    /// 100 columns, 30 rows.
    Middle,
    /// 160 columns, 40 rows.
    Large,
}

/// A pane with its frame, and what is within.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slot {
    /// With title and lines.
    pub outer: Rect,
    /// Without.
    pub inner: Rect,
}

/// The arrangement of one screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The class.
    pub class: Class,
    /// Identity and counters.
    pub head: Rect,
    /// Panes 1 to 4; empty where a pane is not seen.
    pub panes: [Slot; 4],
    /// Facts of the selected organisation.
    pub unit: Slot,
    /// The preview of wide screens.
    pub preview: Slot,
    /// Messages.
    pub message: Rect,
    /// Hints.
    pub hints: Rect,
}

/// The edges that panes share. Where sides are not drawn the outer ones lie off the screen.
struct Edges {
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
    clip: Rect,
}

impl Edges {
    fn new(body: Rect, style: FrameStyle) -> Edges {
        let off = i32::from(style == FrameStyle::Title);
        Edges {
            left: i32::from(body.left()) - off,
            right: i32::from(body.right()) - 1 + off,
            top: i32::from(body.top()),
            bottom: i32::from(body.bottom()) - 1 + off,
            clip: body,
        }
    }

    fn place(&self, left: i32, top: i32, right: i32, bottom: i32) -> Slot {
        Slot {
            outer: self.rect(left, top, right + 1, bottom + 1),
            inner: self.rect(left + 1, top + 1, right, bottom),
        }
    }

    /// A rectangle up to, not including, its right and bottom.
    fn rect(&self, left: i32, top: i32, right: i32, bottom: i32) -> Rect {
        let clip = |at: i32, from: u16, to: u16| {
            u16::try_from(at.clamp(i32::from(from), i32::from(to))).unwrap_or(from)
        };
        let x = clip(left, self.clip.left(), self.clip.right());
        let y = clip(top, self.clip.top(), self.clip.bottom());
        Rect {
            x,
            y,
            width: clip(right, self.clip.left(), self.clip.right()).saturating_sub(x),
            height: clip(bottom, self.clip.top(), self.clip.bottom()).saturating_sub(y),
        }
    }
}

/// The class of a size.
pub fn class(area: Rect) -> Class {
    match (area.width, area.height) {
        (160.., 40..) => Class::Large,
        (100.., 30..) => Class::Middle,
        (80.., 24..) => Class::Small,
        _ => Class::Tiny,
    }
}

/// Whether nothing can be done on a screen of that size.
pub fn too_small(area: Rect) -> bool {
    area.width < LEAST.0 || area.height < LEAST.1
}

/// The arrangement, or none if the screen is too small.
pub fn layout(area: Rect, focus: usize, zoom: bool, style: FrameStyle) -> Option<Layout> {
    if too_small(area) {
        return None;
    }
    let body = part(area, 0, 1, area.width.min(MOST), area.height - 3);
    let class = class(area);
    let edges = Edges::new(body, style);
    let mut made = Layout {
        class,
        head: part(area, 0, 0, area.width, 1),
        panes: [Slot::default(); 4],
        unit: Slot::default(),
        preview: Slot::default(),
        message: part(area, 0, area.height - 2, area.width, 1),
        hints: part(area, 0, area.height - 1, area.width, 1),
    };
    let Edges {
        left: l,
        right: r,
        top: t,
        bottom: b,
        ..
    } = edges;
    let tall = b - t;
    match class {
        _ if zoom || class == Class::Tiny => {
            let whole = edges.place(l, t, r, b);
            match made.panes.get_mut(focus) {
                Some(pane) => *pane = whole,
                None => made.preview = whole,
            }
        }
        Class::Large => {
            let tree = l + 37;
            let middle = tree + 81 + (r - l - 160).max(0) / 4;
            let unit = b - 11;
            let lower = b - tall / 3;
            let queue = t + tall / 2;
            made.panes = [
                edges.place(l, t, tree, unit),
                edges.place(tree, t, middle, lower),
                edges.place(tree, lower, middle, b),
                edges.place(middle, t, r, queue),
            ];
            made.unit = edges.place(l, unit, tree, b);
            made.preview = edges.place(middle, queue, r, b);
        }
        Class::Middle => {
            let tree = l + 34;
            let lower = b - tall / 3;
            // The work tells more of a row than the complaints.
            let half = tree + (r - tree) * 11 / 20;
            let unit = lower.max(b - 9);
            made.panes = [
                edges.place(l, t, tree, unit),
                edges.place(tree, t, r, lower),
                edges.place(tree, lower, half, b),
                edges.place(half, lower, r, b),
            ];
            made.unit = edges.place(l, unit, tree, b);
        }
        Class::Small | Class::Tiny => {
            let tree = l + if area.width >= 100 { 33 } else { 27 };
            let small = if tall >= 26 { 5 } else { 4 };
            let mut heights = [small; 3];
            let grown = focus.saturating_sub(1);
            if let Some(height) = heights.get_mut(grown) {
                *height = tall - 2 * small;
            }
            let (second, third) = (t + heights[0], t + heights[0] + heights[1]);
            made.panes = [
                edges.place(l, t, tree, b),
                edges.place(tree, t, r, second),
                edges.place(tree, second, r, third),
                edges.place(tree, third, r, b),
            ];
        }
    }
    Some(made)
}
