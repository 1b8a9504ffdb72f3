//! The look of a document on paper: sizes, and what stands where.

use super::font::Font;
use super::page::{self, Page, Strip, run};
use super::paper::Paper;
use super::wrap::{lines, printable};
use super::{Block, Document};

const TITLE: f32 = 22.0;
/// The size of running text.
pub const BODY: f32 = 14.0;
const NUMBER: f32 = 12.0;
const NOTE: f32 = 10.5;
/// From one baseline to the next, in sizes.
pub const LEADING: f32 = 1.75;
/// The share of a character above the baseline.
const ASCENT: f32 = 0.88;

/// Lays out a document.
pub fn pages(document: &Document, font: &Font) -> (Paper, Vec<Page>) {
    let paper = Paper::of(document, font);
    let mut layout = Layout {
        font,
        width: paper.body,
        room: paper.room,
        strips: Vec::new(),
        heads: Vec::new(),
    };
    layout.document(document);
    let pages = page::fill(layout.strips, &layout.heads, paper.room);
    (paper, pages)
}

/// Where the baseline lies in a line of some height, so that the characters stand in its middle.
pub fn baseline(height: f32, size: f32) -> f32 {
    (height - size) / 2.0 + size * ASCENT
}

/// The strips so far and what they are made with.
pub struct Layout<'a> {
    pub(super) font: &'a Font,
    pub(super) width: f32,
    pub(super) room: f32,
    pub(super) strips: Vec<Strip>,
    pub(super) heads: Vec<Strip>,
}

impl Layout<'_> {
    fn document(&mut self, document: &Document) {
        self.centred(&document.title, TITLE);
        if let Some(number) = &document.number {
            self.gap(6.0);
            for text in self.wrap(number, NUMBER, self.width, 0.0) {
                let x = self.width - self.measure(&text, NUMBER);
                self.line(x, NUMBER, false, text);
            }
        }
        self.gap(14.0);
        let mut rest = document.blocks.as_slice();
        while let Some((block, after)) = rest.split_first() {
            rest = after;
            match block {
                Block::Paragraph(text) => self.text(text, BODY, BODY * 2.0, false),
                Block::Flush(text) => self.text(text, BODY, 0.0, false),
                Block::Heading(text) => {
                    self.text(text, BODY, BODY * 2.0, true);
                    self.keep();
                }
                Block::Pair(label, value) => {
                    let mut pairs = vec![(label.as_str(), value.as_str())];
                    while let Some((Block::Pair(label, value), after)) = rest.split_first() {
                        pairs.push((label, value));
                        rest = after;
                    }
                    self.pairs(&pairs);
                    self.gap(BODY / 2.0);
                }
                Block::Table(table) => self.table(table),
                Block::Sign(left, right) => self.sign(left, right),
                Block::Seal(issuer, day) => self.seal(issuer, day),
                Block::Note(text) => self.text(text, NOTE, 0.0, false),
            }
        }
    }

    /// How wide a text is.
    pub(super) fn measure(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|one| self.font.advance(one) * size).sum()
    }

    /// The lines of a text.
    pub(super) fn wrap(&self, text: &str, size: f32, width: f32, indent: f32) -> Vec<String> {
        lines(&printable(text), width, indent, |one| {
            self.font.advance(one) * size
        })
    }

    /// Adds a strip.
    pub(super) fn push(&mut self, strip: Strip) {
        self.strips.push(strip);
    }

    /// Adds empty height, which no page begins with.
    pub(super) fn gap(&mut self, height: f32) {
        let keep = self.strips.last().is_some_and(|last| last.keep);
        self.push(Strip {
            height,
            keep,
            ..Strip::default()
        });
    }

    /// Holds the last strip that says something to the one that comes.
    pub(super) fn keep(&mut self) {
        for strip in self.strips.iter_mut().rev() {
            strip.keep = true;
            if !strip.blank() {
                break;
            }
        }
    }

    /// Adds one line of text.
    pub(super) fn line(&mut self, x: f32, size: f32, bold: bool, text: String) {
        let height = size * LEADING;
        let mut run = run(x, baseline(height, size), size, text);
        run.bold = bold;
        self.push(Strip {
            height,
            runs: vec![run],
            ..Strip::default()
        });
    }

    fn centred(&mut self, text: &str, size: f32) {
        for text in self.wrap(text, size, self.width, 0.0) {
            let x = (self.width - self.measure(&text, size)) / 2.0;
            self.line(x, size, true, text);
            self.keep();
        }
    }

    /// Adds running text; neither its first nor its last line stands alone on a page.
    fn text(&mut self, text: &str, size: f32, indent: f32, bold: bool) {
        let texts = self.wrap(text, size, self.width, indent);
        let count = texts.len();
        for (at, text) in texts.into_iter().enumerate() {
            let x = if at == 0 { indent } else { 0.0 };
            self.line(x, size, bold, text);
            if count > 1 && (at == 0 || at + 2 == count) {
                self.keep();
            }
        }
    }
}
