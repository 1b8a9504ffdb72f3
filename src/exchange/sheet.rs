//! A sheet of records: xlsx, xls, ods, csv.

use std::path::Path;

use encoding_rs::Encoding;

use crate::domain::field::{Field, Need};
use crate::domain::fold::narrow;
use crate::domain::refusal::Refusal;
use crate::domain::said::Said;
use crate::domain::value::{Fields, Value};
use crate::exchange::heading::{CODE, Header, find};
use crate::exchange::table::Table;
use crate::exchange::{beside, cell, column, text, workbook};
use crate::say;

/// How a file is written.
#[derive(Clone, Copy, Debug)]
pub enum Format {
    /// A workbook that can be written too.
    Xlsx,
    /// A workbook that can only be read.
    Old,
    /// Text with a separator in an encoding.
    Text(u8, &'static Encoding),
}

/// A sheet as it was read.
pub struct Sheet {
    /// How it was written.
    pub format: Format,
    /// The header.
    pub header: Header,
    /// All cells.
    pub table: Table,
    /// Worksheets of the same file that were not read.
    pub unread: Vec<String>,
}

/// A row below the header.
pub enum Line {
    /// A record: raw values, and what is wrong with cells that hold none.
    Record(Fields, Vec<Refusal>),
    /// No record, and why.
    Beside(Said),
}

impl Sheet {
    /// The rows below the header that hold something, each with its number as the sheet shows it.
    ///
    /// `prefix` is how codes of this kind begin: other numbering in that column is nobody's code.
    pub fn lines<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (u64, Line)> + 'a {
        (self.header.below..self.table.len()).filter_map(move |at| {
            let line = match beside::why(&self.header, &self.table, at) {
                Some(said) => Line::Beside(said),
                None => self.record(at, prefix)?,
            };
            Some((at as u64 + 1, line))
        })
    }

    fn record(&self, at: usize, prefix: &str) -> Option<Line> {
        let mut fields = Fields::new();
        let mut problems = Vec::new();
        for (cell, field) in self.table.row(at).zip(&self.header.columns) {
            // What only steps change is not taken, whatever a sheet says of it.
            let Some(field) = field.filter(|field| field.need != Need::System) else {
                continue;
            };
            match cell::read(field, cell) {
                Ok(Some(text)) => {
                    let code = || narrow(&text).to_ascii_uppercase().starts_with(prefix);
                    if field.key != CODE.key || code() {
                        fields.insert(field.key.to_owned(), Value::from(text));
                    }
                }
                Ok(None) => {}
                Err(refusal) => problems.push(refusal),
            }
        }
        column::minutes(&mut fields, &mut problems);
        column::session(
            &mut fields,
            &mut problems,
            chrono::Local::now().date_naive(),
        );
        (!fields.is_empty() || !problems.is_empty()).then_some(Line::Record(fields, problems))
    }
}

/// Reads a file for a kind's fields.
pub fn read(path: &Path, fields: &'static [Field]) -> Result<Sheet, Said> {
    let name = path.display();
    let extension = path
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or("")
        .to_lowercase();
    if path.is_dir() {
        return Err(say!(
            "{name} 是文件夹，请给出表格文件",
            "{name} is a directory; name a sheet"
        ));
    }
    if !["xlsx", "xlsm", "xls", "et", "ods", "csv", "txt", "tsv"].contains(&extension.as_str()) {
        return Err(say!(
            "不认识「.{extension}」文件，可用 xlsx、xls、ods、csv",
            "\".{extension}\" is not known here; use xlsx, xls, ods or csv"
        ));
    }
    // What a file is decides, not its name: websites give out csv as xls, and mail programs rename.
    if let Some(book) = workbook::read(path, |table| find(fields, table))? {
        return Ok(Sheet {
            format: if book.writable {
                Format::Xlsx
            } else {
                Format::Old
            },
            header: book.found,
            table: book.table,
            unread: book.unread,
        });
    }
    let (table, delimiter, encoding) = text::read(path)?;
    Ok(Sheet {
        format: Format::Text(delimiter, encoding),
        header: find(fields, &table)?,
        table,
        unread: Vec::new(),
    })
}
