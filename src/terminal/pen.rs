//! What cells are painted with, and the shortest way from one pen to another.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use crate::terminal::colour::{self, Depth};

/// The colours and the modifiers of a cell, as they are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pen {
    /// Of the character.
    pub fg: Color,
    /// Of what is behind it.
    pub bg: Color,
    /// Bold and the like.
    pub modifier: Modifier,
}

/// What a terminal paints with before it is told anything.
pub const PLAIN: Pen = Pen {
    fg: Color::Reset,
    bg: Color::Reset,
    modifier: Modifier::empty(),
};

/// Modifiers with the numbers that switch them on and off.
const MODIFIERS: [(Modifier, &str, &str); 4] = [
    (Modifier::BOLD, "1", "22"),
    (Modifier::ITALIC, "3", "23"),
    (Modifier::UNDERLINED, "4", "24"),
    (Modifier::REVERSED, "7", "27"),
];

impl Pen {
    /// The pen of a cell, in the colours that there are.
    pub fn of(cell: &Cell, depth: Depth) -> Pen {
        Pen {
            fg: colour::map(cell.fg, depth),
            bg: colour::map(cell.bg, depth),
            modifier: cell.modifier,
        }
    }

    /// Whether a blank shows more of it than the ground.
    pub fn lined(self) -> bool {
        let seen = Modifier::UNDERLINED | Modifier::REVERSED;
        self.modifier.intersects(seen)
    }

    /// What is seen of it on a blank, with the rest of another pen.
    pub fn on_blank(self, rest: Pen) -> Pen {
        if self.lined() || rest.lined() {
            return self;
        }
        Pen {
            bg: self.bg,
            ..rest
        }
    }

    /// Appends what makes it another pen: the difference, or all anew, whichever is shorter.
    pub fn change(self, to: Pen, out: &mut String) {
        if self == to {
            return;
        }
        let (near, anew) = (self.codes(to), PLAIN.codes(to));
        out.push_str("\x1b[");
        // All that is plain is said shortest.
        if anew.is_empty() {
        } else if anew.len() + 2 < near.len() {
            out.push_str("0;");
            out.push_str(&anew);
        } else {
            out.push_str(&near);
        }
        out.push('m');
    }

    fn codes(self, to: Pen) -> String {
        let mut codes = String::new();
        let part = |codes: &mut String| {
            if !codes.is_empty() {
                codes.push(';');
            }
        };
        for (modifier, on, off) in MODIFIERS {
            let was = self.modifier.contains(modifier);
            let is = to.modifier.contains(modifier);
            if was != is {
                part(&mut codes);
                codes.push_str(if is { on } else { off });
            }
        }
        for (was, is, foreground) in [(self.fg, to.fg, true), (self.bg, to.bg, false)] {
            if was != is {
                part(&mut codes);
                colour::code(&mut codes, is, foreground);
            }
        }
        codes
    }
}
