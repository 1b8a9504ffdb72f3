//! A document as plain text.

use unicode_width::UnicodeWidthChar;

use super::wrap::{lines, printable};
use super::{Block, Document};

mod table;

/// Between the columns of a table.
const GUTTER: usize = 2;
const LEAST: usize = 20;
/// The least length of a line to sign on.
const LINE: usize = 4;
/// What makes a line printer begin a new sheet.
const SHEET: &str = "\u{c}\n";

/// Documents one after another in lines of at most so many columns, but never fewer than twenty.
pub fn write(documents: &[Document], width: usize) -> String {
    let texts: Vec<String> = documents
        .iter()
        .map(|document| {
            let mut out = Out {
                width: width.max(LEAST),
                lines: Vec::new(),
            };
            out.document(document);
            format!("{}\n", out.lines.join("\n").trim_end())
        })
        .collect();
    texts.join(SHEET)
}

struct Out {
    width: usize,
    lines: Vec<String>,
}

impl Out {
    fn document(&mut self, document: &Document) {
        for line in wrap(&document.title, self.width, 0) {
            let room = self.width.saturating_sub(cells(&line));
            self.line(room / 2, &line);
        }
        if let Some(number) = &document.number {
            for line in wrap(number, self.width, 0) {
                self.right(&line);
            }
        }
        self.gap();
        let mut rest = document.blocks.as_slice();
        while let Some((block, after)) = rest.split_first() {
            rest = after;
            match block {
                Block::Paragraph(text) => self.text(text, 4),
                Block::Heading(text) => {
                    self.gap();
                    self.text(text, 4);
                }
                Block::Flush(text) => self.text(text, 0),
                Block::Pair(label, value) => {
                    let mut pairs = vec![(label.as_str(), value.as_str())];
                    while let Some((Block::Pair(label, value), after)) = rest.split_first() {
                        pairs.push((label, value));
                        rest = after;
                    }
                    self.pairs(&pairs);
                }
                Block::Table(table) => self.table(table),
                Block::Sign(left, right) => self.sign(left, right),
                Block::Seal(issuer, day) => self.seal(issuer, day),
                Block::Note(text) => {
                    self.gap();
                    self.text(text, 0);
                }
            }
        }
        if let Some(footer) = &document.footer {
            self.gap();
            self.text(footer, 0);
        }
    }

    fn line(&mut self, indent: usize, text: &str) {
        let line = format!("{:indent$}{text}", "");
        self.lines.push(line.trim_end().to_owned());
    }

    fn right(&mut self, text: &str) {
        self.line(self.width.saturating_sub(cells(text)), text);
    }

    /// An empty line, unless there is one.
    fn gap(&mut self) {
        if self.lines.last().is_some_and(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn text(&mut self, text: &str, indent: usize) {
        let texts = wrap(text, self.width, indent);
        for (at, text) in texts.iter().enumerate() {
            self.line(if at == 0 { indent } else { 0 }, text);
        }
    }

    fn pairs(&mut self, pairs: &[(&str, &str)]) {
        let label = |label: &str| printable(&format!("{label}："));
        let most = self.width * 2 / 5;
        let column = pairs
            .iter()
            .map(|(one, _)| cells(&label(one)))
            .filter(|wide| *wide <= most)
            .max()
            .unwrap_or_default();
        for (one, value) in pairs {
            let mut labels = wrap(&label(one), most, 0);
            let last = labels.pop().unwrap_or_default();
            for text in &labels {
                self.line(0, text);
            }
            let at = column.max(cells(&last));
            for (row, text) in wrap(value, self.width - at, 0).iter().enumerate() {
                if row == 0 {
                    let first = format!("{}{text}", padded(&last, at));
                    self.line(0, &first);
                } else {
                    self.line(at, text);
                }
            }
        }
    }

    fn sign(&mut self, left: &str, right: &str) {
        self.gap();
        let half = (self.width - GUTTER) / 2;
        let [left, right] = [left, right].map(|label| {
            let label = match label {
                "" => String::new(),
                label => printable(&format!("{label}：")),
            };
            let mut texts = wrap(&label, half - LINE, 0);
            if let Some(last) = texts.last_mut().filter(|last| !last.is_empty()) {
                let room = half.saturating_sub(cells(last));
                last.push_str(&"_".repeat(room));
            }
            texts
        });
        for at in 0..left.len().max(right.len()) {
            let [left, right] = [&left, &right].map(|side| side.get(at).map_or("", |text| text));
            let line = padded(left, half + GUTTER) + right;
            self.line(0, &line);
        }
    }

    fn seal(&mut self, issuer: &str, day: &str) {
        self.gap();
        for text in [issuer, day] {
            for line in wrap(text, self.width, 0) {
                self.right(&line);
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a file is read on any screen: its columns follow no terminal"
)]
fn columns(one: char) -> usize {
    one.width().unwrap_or_default()
}

fn cells(text: &str) -> usize {
    text.chars().map(columns).sum()
}

fn padded(text: &str, width: usize) -> String {
    let room = width.saturating_sub(cells(text));
    format!("{text}{:room$}", "")
}

fn wrap(text: &str, width: usize, indent: usize) -> Vec<String> {
    // Widths of terminals are far below where this type is inexact.
    let wide = |cells: usize| f32::from(u16::try_from(cells).unwrap_or(u16::MAX));
    lines(&printable(text), wide(width), wide(indent), |one| {
        wide(columns(one))
    })
}
