//! Putting a document together part by part.

use chrono::NaiveDate;

use super::{Block, Document, Table};

impl Document {
    fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// Sets the number line below the title.
    pub fn number(mut self, number: impl Into<String>) -> Self {
        self.number = Some(number.into());
        self
    }

    /// Sets the foot of every page.
    pub fn footer(mut self, footer: impl Into<String>) -> Self {
        self.footer = Some(footer.into());
        self
    }

    /// Lays the paper on its long side.
    pub fn landscape(mut self) -> Self {
        self.landscape = true;
        self
    }

    /// Sets the day that the file says it was made on.
    pub fn dated(mut self, day: NaiveDate) -> Self {
        self.dated = Some(day);
        self
    }

    /// Adds running text; each of its lines becomes a paragraph.
    pub fn paragraph(mut self, text: impl AsRef<str>) -> Self {
        let lines = text.as_ref().split('\n');
        self.blocks
            .extend(lines.map(|line| Block::Paragraph(line.to_owned())));
        self
    }

    /// Adds running text from the margin.
    pub fn flush(self, text: impl Into<String>) -> Self {
        self.with(Block::Flush(text.into()))
    }

    /// Adds a heading.
    pub fn heading(self, text: impl Into<String>) -> Self {
        self.with(Block::Heading(text.into()))
    }

    /// Adds a label, without its colon, and its value.
    pub fn pair(self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(Block::Pair(label.into(), value.into()))
    }

    /// Adds a table of heads, shares of the width, and rows.
    pub fn table(
        self,
        columns: &[(&str, u16)],
        rows: impl IntoIterator<Item = Vec<String>>,
    ) -> Self {
        self.with(Block::Table(Table::new(columns, rows, false)))
    }

    /// Adds a table whose rows are tall enough to be filled in by hand.
    pub fn form(
        self,
        columns: &[(&str, u16)],
        rows: impl IntoIterator<Item = Vec<String>>,
    ) -> Self {
        self.with(Block::Table(Table::new(columns, rows, true)))
    }

    /// Adds places to sign at the left and at the right.
    pub fn sign(self, left: impl Into<String>, right: impl Into<String>) -> Self {
        self.with(Block::Sign(left.into(), right.into()))
    }

    /// Adds the issuer and the day at the right.
    pub fn seal(self, issuer: impl Into<String>, day: impl Into<String>) -> Self {
        self.with(Block::Seal(issuer.into(), day.into()))
    }

    /// Adds small print.
    pub fn note(self, text: impl Into<String>) -> Self {
        self.with(Block::Note(text.into()))
    }
}

impl Table {
    fn new(
        columns: &[(&str, u16)],
        rows: impl IntoIterator<Item = Vec<String>>,
        roomy: bool,
    ) -> Self {
        Self {
            columns: columns
                .iter()
                .map(|(head, share)| ((*head).to_owned(), *share))
                .collect(),
            rows: rows.into_iter().collect(),
            roomy,
        }
    }
}
