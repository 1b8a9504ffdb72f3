//! What is drawn, as bytes: one write per frame, and none for a frame that changes nothing.

use std::io;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use crate::terminal::colour::Depth;
use crate::terminal::hop::Place;
use crate::terminal::order::{Mark, order};
use crate::terminal::pen::{PLAIN, Pen};
use crate::terminal::seen::{Seen, common, empty, half, han};
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
    place: Place,
    /// Where it should be behind so many Han characters, though that is not proved.
    trusted: Option<(Position, u16)>,
    pen: Pen,
    /// What the terminal shows, cell by cell; none where that is not known for sure.
    seen: Vec<Option<Seen>>,
    /// Where the cursor is to be seen; none if nowhere.
    wanted: Option<Position>,
    shown: bool,
}

/// So many Han characters at most go out behind each other where nothing is proved: what a terminal makes of them in
/// another width or another encoding stays near its place, and within its row.
const TRUST: u16 = 8;

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
            place: Place::default(),
            trusted: None,
            pen: PLAIN,
            seen: vec![empty(); usize::from(size.width) * usize::from(size.height)],
            wanted: None,
            shown: false,
        }
    }

    /// The terminal has another size now.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.place = Place::default();
        self.trusted = None;
        self.seen.clear();
    }

    /// Sends something beside the cells, in the same write.
    pub fn beside(&mut self, bytes: &str) {
        self.extra.push_str(bytes);
    }

    /// What the terminal shows is not known any more.
    pub fn forget(&mut self) {
        self.place = Place::default();
        self.trusted = None;
        self.pen = PLAIN;
        self.seen.clear();
        let cells = usize::from(self.size.width) * usize::from(self.size.height);
        self.seen.resize(cells, empty());
        self.cells.clear();
        self.clear = true;
    }

    fn go(&mut self, to: Position, seen: bool) {
        self.trusted = None;
        self.place.hop(to, seen, &mut self.cells);
        self.place = Place::sure(to);
    }

    fn paint(&mut self, pen: Pen) {
        if pen != self.pen {
            self.end_run();
            self.pen.change(pen, &mut self.cells);
            self.pen = pen;
        }
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

    /// Adds a cell that is to be painted, unless the terminal shows it already; `alone` says that the one behind it stays.
    fn mark<'a>(
        &mut self,
        marks: &mut Vec<Mark<'a>>,
        at: Position,
        cell: &'a Cell,
        shadow: bool,
        alone: impl Fn(u16) -> bool,
    ) {
        let symbol = cell.symbol();
        let pen = Pen::of(cell, self.depth);
        let sure = !self.unsure(symbol) && self.behind(at, symbol).is_some();
        let columns = u16::try_from(width(symbol)).unwrap_or(1).max(1);
        let plain = symbol.len() == 1 || common(symbol);
        let seen = match symbol {
            " " => pen.on_blank(PLAIN),
            _ => pen,
        };
        let known = plain && !self.unsure(symbol);
        let shown = known.then(|| (seen, symbol.to_owned()));
        let first = usize::from(at.y) * usize::from(self.size.width) + usize::from(at.x);
        if shown.is_some() && self.seen.get(first) == Some(&shown) {
            return;
        }
        // What lay across either edge is no whole character any more.
        let taken = usize::from(columns + u16::from(shadow)).max(1 + usize::from(!known));
        let wide = |cell: &Option<Seen>| cell.as_ref().is_some_and(|(_, one)| width(one) > 1);
        if let Some(left) = first.checked_sub(1).filter(|_| at.x > 0)
            && let Some(left) = self.seen.get_mut(left).filter(|left| wide(left))
        {
            *left = None;
        }
        let last = self.seen.get(first + taken - 1).cloned().flatten();
        let parts = last.as_ref().is_none_or(|(_, last)| width(last) > 1);
        for (nth, cell) in self.seen.iter_mut().skip(first).take(taken).enumerate() {
            *cell = match (nth, known) {
                (0, _) => shown.clone(),
                (_, true) => half(),
                (_, false) => None,
            };
        }
        marks.push(Mark {
            at,
            columns,
            symbol,
            pen,
            sure,
            shadow,
            parts,
        });
        let next = at.x + columns + u16::from(shadow);
        let Some((before, _)) = last.filter(|_| parts) else {
            return;
        };
        // Of its other half a blank is left, which may have the ground that was there or the one that comes.
        let plain = |pen: Pen| pen.on_blank(PLAIN) == PLAIN;
        if plain(before) && plain(pen) {
            if let Some(rest) = self.seen.get_mut(first + taken) {
                *rest = empty();
            }
        } else if alone(next) {
            marks.push(Mark::blank_at(Position::new(next, at.y), PLAIN));
        }
    }

    /// What a cell is painted with; a blank shows no more than its ground, so it is painted with what comes before or after.
    fn pen_of(&self, mark: &Mark, more: &[Mark]) -> Pen {
        if !mark.blank() {
            return mark.pen;
        }
        let pen = mark.pen.on_blank(self.pen);
        let after = more.iter().find(|one| !one.blank()).map(|one| one.pen);
        match after {
            Some(after) if pen != self.pen && mark.pen.on_blank(after) == after => after,
            _ => pen,
        }
    }

    fn put(&mut self, mark: &Mark, more: &[Mark]) {
        let Mark { at, symbol, .. } = *mark;
        let pen = self.pen_of(mark, more);
        let follows = self.follows(at, symbol);
        if pen == self.pen && !follows {
            self.bridge(mark);
        }
        if self.goes_on(mark, pen) {
            return;
        }
        self.end_run();
        self.paint(pen);
        if mark.shadow {
            // A blank where its second half may come to lie, then the character itself.
            self.go(Position::new(at.x + 1, at.y), false);
            self.cells.push(' ');
            self.place.at = None;
        }
        if !follows {
            self.go(at, false);
        }
        self.cells.push_str(symbol);
        self.leave(at, symbol);
        if self.unsure(symbol) {
            self.place.at = None;
        }
        self.trust(at, symbol, follows);
        self.begin_run(symbol);
    }

    /// Whether it is one more of the character that was painted last, behind it.
    fn goes_on(&mut self, mark: &Mark, pen: Pen) -> bool {
        let Mark { at, symbol, .. } = *mark;
        if pen != self.pen || self.place.at != Some(at) || self.unsure(symbol) {
            return false;
        }
        let Some((_, more)) = self.run.as_mut().filter(|(run, _)| run == symbol) else {
            return false;
        };
        *more += 1;
        self.leave(at, symbol);
        true
    }

    /// Writes out what stands in a gap before a cell, where that is shorter than to jump over it.
    fn bridge(&mut self, mark: &Mark) {
        let Some(from) = self
            .place
            .at
            .filter(|from| from.y == mark.at.y && from.x < mark.at.x)
        else {
            return;
        };
        let (pen, row) = (self.pen, usize::from(from.y) * usize::from(self.size.width));
        let (mut x, mut gap, mut blank) = (from.x, Vec::new(), true);
        while x < mark.at.x {
            let cell = self.seen.get(row + usize::from(x));
            let Some((other, symbol)) = cell.and_then(Option::as_ref) else {
                return;
            };
            let same = match symbol.as_str() {
                " " => other.on_blank(pen) == pen,
                _ => *other == pen,
            };
            let at = Position::new(x, from.y);
            if !same || symbol.is_empty() || gap.len() > 24 || self.behind(at, symbol).is_none() {
                return;
            }
            blank &= symbol == " ";
            x += u16::try_from(width(symbol)).unwrap_or(1).max(1);
            gap.push((at, symbol.clone()));
        }
        let mut jump = String::new();
        self.place.hop(mark.at, false, &mut jump);
        let beside = mark.blank() || self.run.as_ref().is_some_and(|(run, _)| run == " ");
        let long: usize = gap.iter().map(|(_, symbol)| symbol.len()).sum();
        let long = if blank && beside && self.repeats {
            1
        } else {
            long
        };
        if x != mark.at.x || long >= jump.len() {
            return;
        }
        for (at, symbol) in gap {
            let columns = u16::try_from(width(&symbol)).unwrap_or(1);
            let mark = Mark {
                at,
                columns,
                symbol: &symbol,
                pen,
                sure: true,
                shadow: false,
                parts: false,
            };
            if !self.goes_on(&mark, pen) {
                self.end_run();
                self.cells.push_str(&symbol);
                self.leave(at, &symbol);
                self.begin_run(&symbol);
            }
        }
    }

    /// Whether a Han character goes out behind others without a move, though nothing is proved.
    fn follows(&self, at: Position, symbol: &str) -> bool {
        let Some((_, count)) = self.trusted.filter(|(next, _)| *next == at) else {
            return false;
        };
        // In another encoding each may be a column wider.
        count < TRUST && at.x + count + 4 < self.size.width && han(symbol)
    }

    /// Notes where the cursor should be behind a Han character.
    fn trust(&mut self, at: Position, symbol: &str, follows: bool) {
        let count = self
            .trusted
            .filter(|_| follows)
            .map_or(1, |(_, count)| count + 1);
        let next = Position::new(at.x + 2, at.y);
        self.trusted = (!self.proved && han(symbol)).then_some((next, count));
    }

    fn begin_run(&mut self, symbol: &str) {
        // Of others it is not known whether they can be repeated.
        let known = matches!(
            symbol.chars().next(),
            Some(' '..='~' | '\u{2500}'..='\u{257f}')
        );
        self.run = (known && self.place.at.is_some()).then(|| (symbol.to_owned(), 0));
    }

    /// The cursor goes on behind a character.
    fn leave(&mut self, at: Position, symbol: &str) {
        let next = self.behind(at, symbol);
        // In the last columns it may have gone to the next row.
        let stays = next.is_some() || at.x + 4 < self.size.width;
        self.place = Place {
            at: next,
            row: stays.then_some(at.y),
        };
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

impl Backend for Screen {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        let mut marks = Vec::new();
        while let Some((x, y, cell)) = content.next() {
            // What stands behind it unchanged is no blank of ours to write.
            let blank =
                |next: &(u16, u16, &Cell)| (next.0, next.1, next.2.symbol()) == (x + 1, y, " ");
            let shadow = self.unsure(cell.symbol()) && content.next_if(blank).is_some();
            let beside = content.peek().map(|next| (next.0, next.1));
            let alone = |x| beside != Some((x, y));
            self.mark(&mut marks, Position::new(x, y), cell, shadow, alone);
        }
        let marks = order(&marks, self.repeats);
        let mut rest = marks.as_slice();
        while let Some((mark, more)) = rest.split_first() {
            self.put(mark, more);
            rest = more;
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
        let stays = !drawn && (self.wanted.is_none() || self.wanted == self.place.at);
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
            self.go(wanted, true);
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
