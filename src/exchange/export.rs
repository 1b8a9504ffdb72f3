//! Writing whole kinds to a file: csv, xlsx or json, a row at a time.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Format, Workbook};
use unicode_width::UnicodeWidthStr;

use crate::domain::said::Said;
use crate::say;

enum Out {
    Csv(Box<csv::Writer<BufWriter<File>>>),
    Xlsx(Box<Workbook>, u32),
    Json(BufWriter<File>, bool, bool),
}

/// A file that is being written; it has its name only when it is whole.
pub struct Export {
    target: PathBuf,
    partial: PathBuf,
    keys: Vec<String>,
    out: Option<Out>,
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> Said {
    let name = path.display();
    say!("写不了 {name}：{error}", "cannot write {name}: {error}")
}

/// Whether a spreadsheet would take a text for a formula.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\''])
}

/// A cell that a spreadsheet would take for a formula gets the mark of a text in front; an import takes it off again.
fn harmless(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) {
        return Cow::Owned(format!("'{cell}"));
    }
    Cow::Borrowed(cell)
}

impl Export {
    /// Opens a file for columns of key and label; notes are lines put above the header.
    pub fn create(
        path: &Path,
        columns: &[(String, String)],
        notes: &[String],
    ) -> Result<Export, Said> {
        let mut name = path.as_os_str().to_owned();
        name.push(".partial");
        let partial = PathBuf::from(name);
        let open = || {
            std::fs::OpenOptions::new()
                .create(true)
                .write(true)
                .truncate(true)
                .mode(0o600)
                .open(&partial)
                .map_err(|error| failed(path, &error))
        };
        let labels: Vec<&str> = columns.iter().map(|column| column.1.as_str()).collect();
        let extension = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or("")
            .to_lowercase();
        let out = match extension.as_str() {
            "csv" => {
                let mut file = BufWriter::new(open()?);
                file.write_all(b"\xef\xbb\xbf")
                    .map_err(|error| failed(path, &error))?;
                for note in notes {
                    write!(file, "# {}\r\n", note.replace(['\r', '\n'], " "))
                        .map_err(|error| failed(path, &error))?;
                }
                let mut writer = csv::WriterBuilder::new()
                    .terminator(csv::Terminator::CRLF)
                    .from_writer(file);
                writer
                    .write_record(&labels)
                    .map_err(|error| failed(path, &error))?;
                Out::Csv(Box::new(writer))
            }
            "xlsx" => {
                let mut book = Workbook::new();
                let page = book
                    .add_worksheet_with_constant_memory()
                    .map_err(|error| failed(path, &error))?;
                let bold = Format::new().set_bold();
                let mut row = 0;
                for (at, label) in labels.iter().enumerate() {
                    #[expect(
                        clippy::disallowed_methods,
                        reason = "a file is read on any screen: its columns follow no terminal"
                    )]
                    let width = (label.width() + 6).clamp(12, 40) as f64;
                    page.set_column_width(at as u16, width)
                        .map_err(|error| failed(path, &error))?;
                }
                for note in notes {
                    page.write_string(row, 0, note)
                        .map_err(|error| failed(path, &error))?;
                    row += 1;
                }
                page.set_freeze_panes(row + 1, 0)
                    .map_err(|error| failed(path, &error))?;
                for (at, label) in labels.iter().enumerate() {
                    page.write_string_with_format(row, at as u16, *label, &bold)
                        .map_err(|error| failed(path, &error))?;
                }
                Out::Xlsx(Box::new(book), row + 1)
            }
            "json" => {
                let mut file = BufWriter::new(open()?);
                let noted = !notes.is_empty();
                let head = if noted {
                    let notes =
                        serde_json::to_string(notes).map_err(|error| failed(path, &error))?;
                    format!("{{\"note\":{notes},\"rows\":[")
                } else {
                    "[".to_owned()
                };
                file.write_all(head.as_bytes())
                    .map_err(|error| failed(path, &error))?;
                Out::Json(file, true, noted)
            }
            _ => {
                return Err(say!(
                    "不认识「.{extension}」，导出可用 .csv、.xlsx、.json",
                    "\".{extension}\" is not known here; export to .csv, .xlsx or .json"
                ));
            }
        };
        Ok(Export {
            target: path.to_owned(),
            partial,
            keys: columns.iter().map(|column| column.0.clone()).collect(),
            out: Some(out),
        })
    }

    /// Writes one row.
    pub fn row(&mut self, cells: &[String]) -> Result<(), Said> {
        let target = self.target.clone();
        let failed = |error: &dyn std::fmt::Display| failed(&target, error);
        match self.out.as_mut() {
            Some(Out::Csv(writer)) => writer
                .write_record(cells.iter().map(|cell| harmless(cell).into_owned()))
                .map_err(|error| failed(&error)),
            Some(Out::Xlsx(book, row)) => {
                let page = book
                    .worksheet_from_index(0)
                    .map_err(|error| failed(&error))?;
                // Text cells: a number that somebody types over keeps all its digits, a formula stays a text.
                let text = Format::new().set_num_format("@");
                let marked = Format::new().set_num_format("@").set_quote_prefix();
                for (at, cell) in cells.iter().enumerate() {
                    let format = if is_formula(cell) { &marked } else { &text };
                    page.write_string_with_format(*row, at as u16, cell, format)
                        .map_err(|error| failed(&error))?;
                }
                *row += 1;
                Ok(())
            }
            Some(Out::Json(file, first, _)) => {
                let object: serde_json::Map<String, serde_json::Value> = self
                    .keys
                    .iter()
                    .zip(cells)
                    .filter(|(_, cell)| !cell.is_empty())
                    .map(|(key, cell)| (key.clone(), cell.clone().into()))
                    .collect();
                let line = serde_json::to_string(&object).map_err(|error| failed(&error))?;
                let mark = if std::mem::take(first) { "\n" } else { ",\n" };
                write!(file, "{mark}{line}").map_err(|error| failed(&error))
            }
            None => Ok(()),
        }
    }

    /// Ends the file and gives it its name.
    pub fn finish(mut self) -> Result<(), Said> {
        let target = self.target.clone();
        let failed = |error: &dyn std::fmt::Display| failed(&target, error);
        match self.out.take() {
            Some(Out::Csv(mut writer)) => writer.flush().map_err(|error| failed(&error))?,
            Some(Out::Xlsx(mut book, _)) => {
                book.save(&self.partial).map_err(|error| failed(&error))?;
                use std::os::unix::fs::PermissionsExt;
                std::fs::set_permissions(&self.partial, std::fs::Permissions::from_mode(0o600))
                    .map_err(|error| failed(&error))?;
            }
            Some(Out::Json(mut file, _, noted)) => {
                let end = if noted { "\n]}\n" } else { "\n]\n" };
                file.write_all(end.as_bytes())
                    .map_err(|error| failed(&error))?;
                file.flush().map_err(|error| failed(&error))?;
            }
            None => {}
        }
        std::fs::rename(&self.partial, &self.target).map_err(|error| failed(&error))
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        // What was not finished leaves nothing; after a finish there is nothing left to remove.
        let _ = std::fs::remove_file(&self.partial);
    }
}
