//! The shortest way for the cursor from where it is to where it is wanted.

use std::fmt::Write;

use ratatui::layout::Position;

/// Where the terminal's cursor is, as far as that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Its cell; none when that is not known for sure.
    pub at: Option<Position>,
    /// The row in which it is for sure, though not in which column.
    pub row: Option<u16>,
}

impl Place {
    /// A cell for sure.
    pub fn sure(at: Position) -> Place {
        Place {
            at: Some(at),
            row: Some(at.y),
        }
    }

    /// Appends what moves it to a cell; `seen` says that somebody sees it go: by sequences alone.
    pub fn hop(self, to: Position, seen: bool, out: &mut String) {
        if self.at == Some(to) {
            return;
        }
        let from = out.len();
        // Writing to memory does not fail.
        let _ = match (to.x, to.y) {
            (0, 0) => write!(out, "\x1b[H"),
            (0, y) => write!(out, "\x1b[{}H", y + 1),
            (x, y) => write!(out, "\x1b[{};{}H", y + 1, x + 1),
        };
        let mut shortest = |other: String| {
            if other.len() < out.len() - from {
                out.truncate(from);
                out.push_str(&other);
            }
        };
        let Some(row) = self.row else { return };
        let mut down = String::new();
        by(&mut down, to.y, row, "BA");
        let x = self.at.map(|at| at.x);
        // The column alone is shorter to say, or how far it is.
        shortest(format!("{down}\x1b[{}G", to.x + 1));
        if let Some(x) = x {
            let mut way = down.clone();
            by(&mut way, to.x, x, "CD");
            shortest(way);
            if !seen && x > to.x && x - to.x < 4 {
                shortest(format!("{down}{}", "\x08".repeat((x - to.x).into())));
            }
        }
        if !seen && to.y.wrapping_sub(row) <= 1 {
            let line = if to.y > row { "\r\n" } else { "\r" };
            let mut way = line.to_owned();
            by(&mut way, to.x, 0, "CD");
            shortest(way);
        }
    }
}

/// Appends how far it is from one row or column to another, by the letters for forward and back.
fn by(out: &mut String, to: u16, from: u16, letters: &str) {
    let (forward, back) = letters.split_at(1);
    let letter = if to > from { forward } else { back };
    let _ = match to.abs_diff(from) {
        0 => Ok(()),
        1 => write!(out, "\x1b[{letter}"),
        far => write!(out, "\x1b[{far}{letter}"),
    };
}
