//! Official documents as plain data, to be printed as PDF or as text.

use std::fmt::Write;

use chrono::NaiveDate;

use crate::domain::said::Said;
use crate::say;

mod build;
mod font;
mod layout;
mod page;
mod pair;
mod paper;
mod pdf;
mod sign;
mod table;
mod text;
pub mod wrap;

/// A Chinese document for A4 paper, in the order in which it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What stands large above everything.
    pub title: String,
    /// The line below the title at the right, such as 编号.
    pub number: Option<String>,
    /// The body.
    pub blocks: Vec<Block>,
    /// What stands at the foot of every page, above the page number.
    pub footer: Option<String>,
    /// Whether the paper lies on its long side.
    pub landscape: bool,
    /// The day that the file says it was made on; nothing is said without one.
    pub dated: Option<NaiveDate>,
}

/// One part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Running text whose first line begins two characters further in.
    Paragraph(String),
    /// Running text from the margin: whom the document addresses.
    Flush(String),
    /// A heading, never left alone at the foot of a page.
    Heading(String),
    /// A label and its value; pairs that follow one another share a column.
    Pair(String, String),
    /// A table.
    Table(Table),
    /// Two places to sign, left and right; an empty label leaves its side blank.
    Sign(String, String),
    /// Who issues the document, and below it the day, at the right, with room for a seal.
    Seal(String, String),
    /// Small print.
    Note(String),
}

/// A table whose head is repeated on every page.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The heads of the columns and the shares of the width that they take.
    pub columns: Vec<(String, u16)>,
    /// The cells; what a row lacks is blank, what it has beyond the columns is left out.
    pub rows: Vec<Vec<String>>,
    /// Whether the rows are tall enough to be filled in by hand.
    pub roomy: bool,
}

/// The characters that the embedded font cannot show; a document with one of them has no PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The characters, each once, in the order of their code points.
    pub chars: Vec<char>,
}

impl Missing {
    /// What the operator is told.
    pub fn said(&self) -> Said {
        let mut named = String::new();
        for one in &self.chars {
            if !named.is_empty() {
                named.push(' ');
            }
            // Writing to a string cannot fail.
            let _ = write!(named, "{one} (U+{:04X})", u32::from(*one));
        }
        say!(
            "印刷字体中没有这些字：{named}；未写出 PDF，内容没有改动。可改为输出纯文本",
            "the print font has no {named}; no PDF was written, nothing was changed. Print plain text instead"
        )
    }
}

impl Document {
    /// A document that has only its title.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            number: None,
            blocks: Vec::new(),
            footer: None,
            landscape: false,
            dated: None,
        }
    }

    /// The document as PDF: the same bytes for the same document.
    pub fn pdf(&self) -> Result<Vec<u8>, Missing> {
        pdf::write(std::slice::from_ref(self))
    }

    /// The document as text for a terminal or a line printer that many columns wide.
    pub fn text(&self, width: usize) -> String {
        text::write(std::slice::from_ref(self), width)
    }
}

/// Many documents in one PDF, each with its own page numbers; the file is named after the first.
pub fn pdf(documents: &[Document]) -> Result<Vec<u8>, Missing> {
    pdf::write(documents)
}

/// Many documents as one text, each on a new sheet.
pub fn text(documents: &[Document], width: usize) -> String {
    text::write(documents, width)
}

impl Table {
    /// The shares of the columns as fractions of one.
    fn shares(&self) -> Vec<f32> {
        let total: f32 = self.columns.iter().map(|(_, share)| share_of(*share)).sum();
        self.columns
            .iter()
            .map(|(_, share)| share_of(*share) / total)
            .collect()
    }
}

/// A column without a share still needs a place.
fn share_of(share: u16) -> f32 {
    f32::from(share.max(1))
}
