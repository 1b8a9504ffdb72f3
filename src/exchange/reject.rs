//! Refused rows in a file of the same format, each with its reason in front.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::domain::said::Said;
use crate::exchange::encoding::encode;
use crate::exchange::heading::REASON;
use crate::exchange::sheet::{Format, Sheet};
use crate::say;

/// Where the refused rows of a file go.
pub fn path(source: &Path, format: Format) -> PathBuf {
    let stem = source
        .file_stem()
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let extension = match format {
        Format::Workbook => "xlsx",
        Format::Text(..) => "csv",
    };
    source.with_file_name(format!("{stem}-未导入.{extension}"))
}

/// Writes header and refused rows; the cells stand as they came.
pub fn write(target: &Path, sheet: &Sheet, reasons: &BTreeMap<u64, String>) -> Result<(), Said> {
    let failed = |error: &dyn std::fmt::Display| {
        let name = target.display();
        say!("写不了 {name}：{error}", "cannot write {name}: {error}")
    };
    let mut lines: Vec<Vec<&str>> = Vec::new();
    // A second round has a reason column already: it is replaced, not doubled.
    let old = sheet
        .rows
        .get(sheet.header.row)
        .and_then(|row| row.iter().position(|cell| cell.trim() == REASON));
    let body = |row: &'_ [String]| -> Vec<usize> {
        (0..row.len()).filter(|at| Some(*at) != old).collect()
    };
    for (at, row) in sheet.rows.iter().enumerate() {
        let reason = match at {
            at if at == sheet.header.row => Some(REASON),
            at => reasons.get(&(at as u64 + 1)).map(String::as_str),
        };
        if let Some(reason) = reason {
            let mut line = vec![reason];
            line.extend(
                body(row)
                    .into_iter()
                    .filter_map(|at| row.get(at))
                    .map(String::as_str),
            );
            lines.push(line);
        }
    }
    match sheet.format {
        Format::Text(delimiter, encoding) => {
            let mut writer = csv::WriterBuilder::new()
                .flexible(true)
                .delimiter(delimiter)
                .from_writer(Vec::new());
            for line in &lines {
                writer.write_record(line).map_err(|error| failed(&error))?;
            }
            let bytes = writer.into_inner().map_err(|error| failed(&error))?;
            let bytes = encode(&String::from_utf8_lossy(&bytes), encoding);
            std::fs::write(target, bytes).map_err(|error| failed(&error))
        }
        Format::Workbook => {
            let mut book = rust_xlsxwriter::Workbook::new();
            let page = book.add_worksheet();
            for (row, line) in lines.iter().enumerate() {
                for (column, cell) in line.iter().enumerate() {
                    page.write_string(row as u32, column as u16, *cell)
                        .map_err(|error| failed(&error))?;
                }
            }
            book.save(target).map_err(|error| failed(&error))
        }
    }
}
