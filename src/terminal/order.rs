//! In which order the cells of a frame are painted: what stands scattered in one pen comes behind the rest, at one go.

use std::collections::HashMap;

use ratatui::layout::Position;
use ratatui::style::Color;

use crate::terminal::hop::Place;
use crate::terminal::pen::{PLAIN, Pen};

/// A cell that is to be painted.
#[derive(Clone, Copy)]
pub struct Mark<'a> {
    /// Where it is.
    pub at: Position,
    /// How many columns it takes.
    pub columns: u16,
    /// What stands in it.
    pub symbol: &'a str,
    /// In what it is painted; of a blank only the ground counts.
    pub pen: Pen,
    /// Whether the cursor is known to be behind it afterwards.
    pub sure: bool,
    /// Whether the cell behind it is a blank that goes out with it.
    pub shadow: bool,
    /// Whether it parts a wide character: then it comes before what stands behind it, for a terminal may blank that.
    pub parts: bool,
}

impl Mark<'_> {
    /// A blank.
    pub fn blank_at(at: Position, pen: Pen) -> Mark<'static> {
        Mark {
            at,
            columns: 1,
            symbol: " ",
            pen,
            sure: true,
            shadow: false,
            parts: false,
        }
    }

    /// Whether nothing of it is seen but the ground.
    pub fn blank(&self) -> bool {
        self.symbol == " " && !self.pen.lined()
    }

    fn end(&self) -> u16 {
        self.at.x + self.columns.max(1) + u16::from(self.shadow)
    }
}

/// Marks beside each other in one pen.
struct Span<'m, 'a> {
    marks: &'m [Mark<'a>],
    /// Its first mark among all.
    from: usize,
    pen: Pen,
}

impl<'a> Span<'_, 'a> {
    fn first(&self) -> Position {
        self.marks
            .first()
            .map_or_else(Position::default, |mark| mark.at)
    }

    fn last(&self) -> Option<&Mark<'a>> {
        self.marks.last()
    }

    fn columns(&self) -> u16 {
        self.last().map_or(0, |last| last.end() - self.first().x)
    }

    fn behind(&self) -> usize {
        self.from + self.marks.len()
    }
}

/// A gap of so many columns is filled with blanks, not jumped over.
const NARROW: u16 = 4;
/// Blanks that part a span: they are painted with all others.
const APART: usize = 6;

/// The same marks in the order that takes the fewest bytes, as far as one can tell; they come row by row.
pub fn order<'a>(marks: &[Mark<'a>], repeats: bool) -> Vec<Mark<'a>> {
    let ground = ground(marks);
    let spans = spans(marks, ground);
    let late = late(&spans);
    let mut postponed = late.clone();
    postponed.sort_by_key(|span| span.from);
    let mut ordered = Vec::with_capacity(marks.len() + 64);
    let mut next = 0;
    for span in postponed {
        ordered.extend(marks.get(next..span.from).unwrap_or_default());
        next = span.behind();
        let Position { x, y } = span.first();
        let to = x + span.columns();
        let blank = |at: Option<usize>, x: u16| {
            let beside = at.and_then(|at| marks.get(at));
            let beside = beside.filter(|one| one.blank() && one.at.y == y);
            beside.is_some_and(|one| one.at.x == x || one.end() == x)
        };
        // At the end of a row nothing goes on.
        let goes_on = marks.get(span.behind()).is_some_and(|next| next.at.y == y);
        let between = || blank(span.from.checked_sub(1), x) && blank(Some(span.behind()), to);
        if goes_on && (span.columns() <= NARROW || repeats && between()) {
            // What is written over it anyway is no gap: a run of blanks goes on.
            let pen = Pen {
                bg: ground,
                ..PLAIN
            };
            ordered.extend((x..to).map(|x| Mark::blank_at(Position::new(x, y), pen)));
        }
    }
    ordered.extend(marks.get(next..).unwrap_or_default());
    ordered.extend(late.iter().flat_map(|span| span.marks));
    ordered
}

/// The ground of most cells.
fn ground(marks: &[Mark]) -> Color {
    let mut counts: Vec<(Color, usize)> = Vec::new();
    for mark in marks {
        match counts.iter_mut().find(|(colour, _)| *colour == mark.pen.bg) {
            Some((_, count)) => *count += 1,
            None => counts.push((mark.pen.bg, 1)),
        }
    }
    let most = counts.iter().max_by_key(|(_, count)| *count);
    most.map_or(Color::Reset, |(colour, _)| *colour)
}

/// What is painted at one go wherever it stands; blanks on the ground of most cells are free between them.
fn spans<'m, 'a>(marks: &'m [Mark<'a>], ground: Color) -> Vec<Span<'m, 'a>> {
    let mut spans: Vec<Span> = Vec::new();
    // Whether the last span may go on, and whether it has no more than a ground so far.
    let (mut open, mut bare, mut before) = (false, false, None);
    for (at, mark) in marks.iter().enumerate() {
        open &= before == Some(mark.at);
        before = Some(Position::new(mark.end(), mark.at.y));
        if mark.blank() && mark.pen.bg == ground {
            continue;
        }
        let same = |pen: Pen| match mark.blank() || bare {
            true => pen.bg == mark.pen.bg && !pen.lined() && !mark.pen.lined(),
            false => pen == mark.pen,
        };
        match spans.last_mut() {
            Some(last) if open && same(last.pen) && at - last.behind() < APART => {
                last.marks = marks.get(last.from..=at).unwrap_or_default();
                if bare && !mark.blank() {
                    last.pen = mark.pen;
                    bare = false;
                }
            }
            _ => {
                spans.push(Span {
                    marks: marks.get(at..=at).unwrap_or_default(),
                    from: at,
                    pen: mark.pen,
                });
                bare = mark.blank();
            }
        }
        open = true;
    }
    spans
}

/// The spans that come behind the rest, pen by pen, each in the order in which they are painted.
fn late<'s, 'm, 'a>(spans: &'s [Span<'m, 'a>]) -> Vec<&'s Span<'m, 'a>> {
    let mut pens = Changes::default();
    let bound = |span: &Span| span.marks.iter().any(|mark| mark.parts);
    // Each with whether it has to stay in its place.
    let mut rest: Vec<(Pen, bool)> = spans.iter().map(|span| (span.pen, bound(span))).collect();
    let mut apart: Vec<(Pen, Vec<&Span>, usize)> = Vec::new();
    for (span, (pen, bound)) in spans.iter().zip(&rest) {
        match apart.iter_mut().find(|(other, ..)| other == pen) {
            _ if *bound => {}
            Some((_, all, _)) => all.push(span),
            None => apart.push((*pen, vec![span], 0)),
        }
    }
    for (pen, all, cost) in &mut apart {
        *cost = route(all) + pens.cost(PLAIN, *pen);
    }
    let mut late = Vec::new();
    while rest
        .iter()
        .any(|(pen, _)| rest.first().is_some_and(|first| first.0 != *pen))
    {
        let inline = pens.inline(&rest);
        let saving = |(_, (pen, _, cost)): &(usize, &(Pen, Vec<&Span>, usize))| {
            inline
                .get(pen)
                .map_or(0, |inline| inline.saturating_sub(*cost))
        };
        let best = apart.iter().enumerate().max_by_key(saving);
        let Some((at, _)) = best.filter(|best| saving(best) > 0) else {
            break;
        };
        let (pen, all, _) = apart.swap_remove(at);
        rest.retain(|(other, bound)| *bound || *other != pen);
        late.extend(all);
    }
    late
}

/// Orders spans of one pen down the columns or along the rows, as takes fewer bytes; gives how many.
fn route(spans: &mut Vec<&Span>) -> usize {
    let cost = |order: &[&Span]| {
        let (mut way, mut place, mut skips) = (String::new(), Place::default(), 0);
        for span in order {
            place.hop(span.first(), false, &mut way);
            skips += NARROW.min(span.columns());
            place = Place {
                at: span
                    .last()
                    .filter(|last| last.sure)
                    .map(|last| Position::new(last.end(), last.at.y)),
                row: Some(span.first().y),
            };
        }
        way.len() + usize::from(skips)
    };
    let mut columns = spans.clone();
    columns.sort_by_key(|span| (span.first().x, span.first().y));
    let (down, along) = (cost(&columns), cost(spans));
    if down < along {
        *spans = columns;
    }
    down.min(along)
}

/// How many bytes it takes to change pens.
#[derive(Default)]
struct Changes(HashMap<(Pen, Pen), usize>);

impl Changes {
    fn cost(&mut self, from: Pen, to: Pen) -> usize {
        *self.0.entry((from, to)).or_insert_with(|| {
            let mut said = String::new();
            from.change(to, &mut said);
            said.len()
        })
    }

    /// What every pen takes where its spans are painted in their places and may go elsewhere.
    fn inline(&mut self, spans: &[(Pen, bool)]) -> HashMap<Pen, usize> {
        let mut sums: HashMap<Pen, usize> = HashMap::new();
        let mut before = PLAIN;
        let mut groups = spans.chunk_by(|one, other| one.0 == other.0).peekable();
        while let Some(group) = groups.next() {
            let Some((pen, _)) = group.first() else { break };
            let next = groups.peek().and_then(|next| next.first());
            let after = next.map_or(before, |next| next.0);
            if group.iter().all(|(_, bound)| !bound) {
                let with = self.cost(before, *pen) + self.cost(*pen, after);
                *sums.entry(*pen).or_default() += with.saturating_sub(self.cost(before, after));
            }
            before = *pen;
        }
        sums
    }
}
