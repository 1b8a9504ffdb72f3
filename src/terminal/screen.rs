//! What is drawn, as bytes: one write per frame, and none for a frame that changes nothing.

use std::fmt::Write;
use std::io;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use crate::terminal::colour::{self, Depth};
use crate::terminal::width::{Profile, ambiguous, width};

/// Where frames go.
pub type Sink = Box<dyn FnMut(Vec<u8>) -> io::Result<()>>;

/// Turns cells into bytes.
pub struct Screen {
    sink: Sink,
    size: Size,
    /// How many colours are sent.
    pub depth: Depth,
    /// Whether the terminal has proved how wide its characters are: else every wide one is followed by a move.
    pub proved: bool,
    /// What it does with ambiguous characters.
    pub profile: Profile,
    /// Whether it can hold a frame back until it is whole.
    pub synchronised: bool,
    /// Whether it can be told to repeat a character.
    pub repeats: bool,
    /// The cells of the frame.
    cells: String,
    /// What goes out with the frame and is no cell.
    extra: String,
    clear: bool,
    /// A character that goes on along the row, and how many more of it there are.
    run: Option<(String, u16)>,
    /// Where the terminal's cursor is; none when it is not known for sure.
    at: Option<Position>,
    /// The row in which it is for sure, though not in which column.
    row: Option<u16>,
    pen: Pen,
    /// Where the cursor is to be seen; none if nowhere.
    wanted: Option<Position>,
    shown: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const PLAIN: Pen = Pen {
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

/// A frame of more bytes than this may come in parts.
const LONG: usize = 512;

impl Screen {
    /// A screen of some size whose frames go somewhere.
    pub fn new(size: Size, depth: Depth, sink: Sink) -> Screen {
        Screen {
            sink,
            size,
            depth,
            proved: false,
            profile: Profile::Unknown,
            synchronised: false,
            repeats: false,
            run: None,
            cells: String::new(),
            extra: String::new(),
            clear: false,
            at: None,
            row: None,
            pen: PLAIN,
            wanted: None,
            shown: false,
        }
    }

    /// The terminal has another size now.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.at = None;
        self.row = None;
    }

    /// Sends something beside the cells, in the same write.
    pub fn beside(&mut self, bytes: &str) {
        self.extra.push_str(bytes);
    }

    /// What the terminal shows is not known any more.
    pub fn forget(&mut self) {
        self.at = None;
        self.row = None;
        self.pen = PLAIN;
        self.cells.clear();
        self.clear = true;
    }

    fn go(&mut self, to: Position) {
        let out = &mut self.cells;
        let moved = match self.at {
            Some(at) if at == to => Ok(()),
            Some(at) if at.y == to.y && at.x < to.x => match to.x - at.x {
                1 => write!(out, "\x1b[C"),
                by => write!(out, "\x1b[{by}C"),
            },
            // The column alone is shorter to say.
            _ if self.row == Some(to.y) => write!(out, "\x1b[{}G", to.x + 1),
            _ if to.x == 0 && to.y == 0 => write!(out, "\x1b[H"),
            _ if to.x == 0 => write!(out, "\x1b[{}H", to.y + 1),
            _ => write!(out, "\x1b[{};{}H", to.y + 1, to.x + 1),
        };
        // Writing to memory does not fail.
        let _ = moved;
        self.at = Some(to);
        self.row = Some(to.y);
    }

    /// What a cell is painted with; a blank shows no more than its ground.
    fn pen_of(&self, cell: &Cell) -> Pen {
        let pen = Pen {
            fg: colour::map(cell.fg, self.depth),
            bg: colour::map(cell.bg, self.depth),
            modifier: cell.modifier,
        };
        let seen = Modifier::UNDERLINED | Modifier::REVERSED;
        if cell.symbol() == " " && !(pen.modifier | self.pen.modifier).intersects(seen) {
            return Pen {
                bg: pen.bg,
                ..self.pen
            };
        }
        pen
    }

    fn paint(&mut self, pen: Pen) {
        if pen == self.pen {
            return;
        }
        self.end_run();
        let mut codes = String::new();
        let mut add = |code: &str| {
            if !codes.is_empty() {
                codes.push(';');
            }
            codes.push_str(code);
        };
        for (modifier, on, off) in MODIFIERS {
            let (was, is) = (
                self.pen.modifier.contains(modifier),
                pen.modifier.contains(modifier),
            );
            match (was, is) {
                (false, true) => add(on),
                (true, false) => add(off),
                _ => {}
            }
        }
        for (was, is, foreground) in [(self.pen.fg, pen.fg, true), (self.pen.bg, pen.bg, false)] {
            if was != is {
                let mut code = String::new();
                colour::code(&mut code, is, foreground);
                add(&code);
            }
        }
        // All that is plain is said shortest.
        let plain = pen == PLAIN;
        let _ = write!(self.cells, "\x1b[{}m", if plain { "" } else { &codes });
        self.pen = pen;
    }

    /// Says how often the last character goes on.
    fn end_run(&mut self) {
        let Some((symbol, more)) = self.run.take() else {
            return;
        };
        let said = format!("\x1b[{more}b");
        // Short runs are shorter written out.
        if self.repeats && said.len() < symbol.len() * usize::from(more) {
            self.cells.push_str(&said);
        } else {
            self.cells.push_str(&symbol.repeat(usize::from(more)));
        }
    }

    /// Whether a symbol may take the next cell too.
    fn unsure(&self, symbol: &str) -> bool {
        self.profile != Profile::Narrow && symbol.chars().any(ambiguous)
    }

    /// Paints a cell; `shadow` says that the one behind it is a blank that goes out with it.
    fn put(&mut self, at: Position, cell: &Cell, shadow: bool) {
        let symbol = cell.symbol();
        let unsure = self.unsure(symbol);
        let pen = self.pen_of(cell);
        let goes_on = pen == self.pen && self.at == Some(at) && !unsure;
        if goes_on
            && let Some((run, more)) = &mut self.run
            && run == symbol
        {
            *more += 1;
            self.at = self.behind(at, symbol);
            self.row = self.at.map(|at| at.y);
            return;
        }
        self.end_run();
        self.paint(pen);
        if shadow {
            // A blank where its second half may come to lie, then the character itself.
            self.go(Position::new(at.x + 1, at.y));
            self.cells.push(' ');
            self.at = None;
        }
        self.go(at);
        self.cells.push_str(symbol);
        self.at = if unsure {
            None
        } else {
            self.behind(at, symbol)
        };
        // In the last columns it may have gone to the next row.
        if at.x + 4 >= self.size.width {
            self.row = None;
        }
        // Of others it is not known whether they can be repeated.
        let known = matches!(
            symbol.chars().next(),
            Some(' '..='~' | '\u{2500}'..='\u{257f}')
        );
        self.run = (known && self.at.is_some()).then(|| (symbol.to_owned(), 0));
    }

    /// Where the cursor is behind a character; none if that is not certain.
    fn behind(&self, at: Position, symbol: &str) -> Option<Position> {
        let columns = u16::try_from(width(symbol)).unwrap_or(1).max(1);
        let certain = self.proved && common(symbol) || symbol.is_ascii();
        let next = Position::new(at.x + columns, at.y);
        // Behind the last column a terminal may or may not have gone to the next line.
        (certain && next.x < self.size.width).then_some(next)
    }
}

/// Characters of which a terminal that measured the probe as expected is known to have the width.
fn common(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let (first, more) = (chars.next(), chars.next());
    more.is_none()
        && first.is_some_and(|c| {
            matches!(c, ' '..='~' | '·' | '—' | '“' | '”' | '\u{2500}'..='\u{257f}' | '\u{3000}'..='\u{303f}'
                | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
        })
}

impl Backend for Screen {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        while let Some((x, y, cell)) = content.next() {
            // What stands behind it unchanged is no blank of ours to write.
            let blank =
                |next: &(u16, u16, &Cell)| (next.0, next.1, next.2.symbol()) == (x + 1, y, " ");
            let shadow = self.unsure(cell.symbol()) && content.next_if(blank).is_some();
            self.put(Position::new(x, y), cell, shadow);
        }
        self.end_run();
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.wanted = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.wanted.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.wanted = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.forget();
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.forget();
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::default(),
        })
    }

    /// Sends the frame: hide, cells, cursor, show, in one write.
    fn flush(&mut self) -> io::Result<()> {
        let drawn = self.clear || !self.cells.is_empty();
        let stays = !drawn && (self.wanted.is_none() || self.wanted == self.at);
        if stays && self.shown == self.wanted.is_some() && self.extra.is_empty() {
            return Ok(());
        }
        let mut frame = String::with_capacity(self.cells.len() + self.extra.len() + 64);
        if self.shown && (drawn || self.wanted.is_none()) {
            frame.push_str("\x1b[?25l");
            self.shown = false;
        }
        // What is short comes at once anyway.
        let whole = self.synchronised && self.cells.len() > LONG;
        if whole {
            frame.push_str("\x1b[?2026h");
        }
        if std::mem::take(&mut self.clear) {
            frame.push_str("\x1b[m\x1b[2J");
        }
        if let Some(wanted) = self.wanted {
            self.go(wanted);
        }
        frame.push_str(&std::mem::take(&mut self.cells));
        frame.push_str(&std::mem::take(&mut self.extra));
        if self.wanted.is_some() && !self.shown {
            frame.push_str("\x1b[?25h");
            self.shown = true;
        }
        if whole {
            frame.push_str("\x1b[?2026l");
        }
        (self.sink)(frame.into_bytes())
    }
}
