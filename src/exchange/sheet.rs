//! Reading a sheet: xlsx, xls, ods, csv.

use std::path::Path;

use calamine::{Data, Reader};
use encoding_rs::Encoding;

use crate::domain::day::from_serial;
use crate::domain::field::{Field, Type};
use crate::domain::said::Said;
use crate::domain::value::{Fields, Value};
use crate::exchange::encoding::decode;
use crate::exchange::heading::{Header, find};
use crate::say;

/// How a file is written.
#[derive(Clone, Copy, Debug)]
pub enum Format {
    /// A workbook.
    Workbook,
    /// Text with a separator in an encoding.
    Text(u8, &'static Encoding),
}

/// A sheet as it was read.
pub struct Sheet {
    /// How it was written.
    pub format: Format,
    /// The header.
    pub header: Header,
    /// All rows as texts; days are ISO where the cell is a day.
    pub rows: Vec<Vec<String>>,
    /// Cells that cannot be taken as they stand: row, column, why.
    pub broken: Vec<(usize, usize, Said)>,
}

impl Sheet {
    /// The rows below the header that hold something: number as the sheet shows it, and fields.
    pub fn records(
        &self,
    ) -> impl Iterator<Item = (u64, Result<Fields, (&'static Field, Said)>)> + '_ {
        self.rows
            .iter()
            .enumerate()
            .skip(self.header.row + 1)
            .filter_map(|(at, row)| {
                let filled = row.iter().zip(&self.header.columns);
                let mut fields = Fields::new();
                for (cell, field) in filled {
                    if let Some(field) = field
                        && !cell.trim().is_empty()
                    {
                        fields.insert(field.key.to_owned(), Value::from(cell.trim()));
                    }
                }
                if fields.is_empty() {
                    return None;
                }
                let broken = self.broken.iter().find(|broken| broken.0 == at).and_then(
                    |(_, column, said)| {
                        let field = self.header.columns.get(*column).copied().flatten()?;
                        Some((field, said.clone()))
                    },
                );
                Some((at as u64 + 1, broken.map_or(Ok(fields), Err)))
            })
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
    match extension.as_str() {
        "xlsx" | "xlsm" | "xls" | "ods" | "xlsb" => workbook(path, fields),
        "csv" | "txt" | "tsv" => text(path, fields),
        _ => Err(say!(
            "不认识「.{extension}」文件，可用 xlsx、xls、ods、csv",
            "\".{extension}\" is not known here; use xlsx, xls, ods or csv"
        )),
    }
}

fn text(path: &Path, fields: &'static [Field]) -> Result<Sheet, Said> {
    let name = path.display();
    let bytes = std::fs::read(path)
        .map_err(|error| say!("读不了 {name}：{error}", "cannot read {name}: {error}"))?;
    let (text, encoding) = decode(&bytes);
    let head: String = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .take(30)
        .collect();
    let count = |mark: char| head.matches(mark).count();
    let delimiter = [',', '\t', ';']
        .into_iter()
        .max_by_key(|mark| count(*mark))
        .unwrap_or(',') as u8;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        let record =
            record.map_err(|error| say!("csv 有错：{error}", "the csv is broken: {error}"))?;
        // Rows stand at the number of their line, as editors and spreadsheets show it.
        let line = record.position().map_or(0, |at| at.line() as usize);
        while rows.len() + 1 < line {
            rows.push(Vec::new());
        }
        rows.push(record.iter().map(unquoted).collect());
    }
    let header = find(fields, &rows)?;
    Ok(Sheet {
        format: Format::Text(delimiter, encoding),
        header,
        rows,
        broken: Vec::new(),
    })
}

/// An export puts a mark before what a spreadsheet would take for a formula.
fn unquoted(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) => rest.to_owned(),
        None => cell.to_owned(),
    }
}

fn workbook(path: &Path, fields: &'static [Field]) -> Result<Sheet, Said> {
    let name = path.display().to_string();
    let broken = |error: &dyn std::fmt::Display| {
        say!(
            "打不开表格 {name}：{error}",
            "cannot open the sheet {name}: {error}"
        )
    };
    let mut book = calamine::open_workbook_auto(path).map_err(|error| broken(&error))?;
    let mut first: Option<Said> = None;
    for sheet in book.sheet_names() {
        let range = book
            .worksheet_range(&sheet)
            .map_err(|error| broken(&error))?;
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut cells: Vec<Vec<Data>> = vec![Vec::new(); top as usize];
        for row in range.rows() {
            let mut line = vec![Data::Empty; left as usize];
            line.extend_from_slice(row);
            cells.push(line);
        }
        drop(range);
        let plain: Vec<Vec<String>> = cells
            .iter()
            .take(30)
            .map(|row| row.iter().map(|cell| cell.to_string()).collect())
            .collect();
        match find(fields, &plain) {
            Err(said) => {
                first.get_or_insert(said);
            }
            Ok(header) => return Ok(texts(cells, header)),
        }
    }
    Err(first.unwrap_or_else(|| say!("表格里没有内容", "the workbook is empty")))
}

fn texts(cells: Vec<Vec<Data>>, header: Header) -> Sheet {
    let mut broken = Vec::new();
    let rows = cells
        .into_iter()
        .enumerate()
        .map(|(at, row)| {
            row.into_iter()
                .enumerate()
                .map(|(column, cell)| {
                    let field = header.columns.get(column).copied().flatten();
                    if at > header.row
                        && let Some(said) = field.and_then(|field| rounded(field, &cell))
                    {
                        broken.push((at, column, said));
                    }
                    plain(field, cell)
                })
                .collect()
        })
        .collect();
    Sheet {
        format: Format::Workbook,
        header,
        rows,
        broken,
    }
}

/// A long number that Excel keeps as a number has lost its last digits.
fn rounded(field: &Field, cell: &Data) -> Option<Said> {
    let number = match cell {
        Data::Float(number) => *number,
        Data::Int(number) => *number as f64,
        _ => return None,
    };
    let long = matches!(field.of, Type::Identity | Type::CreditCode) && number.abs() >= 1e15;
    long.then(|| {
        say!(
            "号码被 Excel 当作数字并四舍五入，末几位已丢失；请把该列设为文本格式后重填",
            "Excel took this number for a value and rounded it, its last digits are lost; set the column to text and enter it again"
        )
    })
}

fn plain(field: Option<&'static Field>, cell: Data) -> String {
    let day = field.is_some_and(|field| matches!(field.of, Type::Day));
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text,
        Data::Bool(flag) => (if flag { "是" } else { "否" }).to_owned(),
        Data::DateTime(moment) => {
            from_serial(moment.as_f64()).map_or_else(String::new, |day| day.to_string())
        }
        Data::Float(number) if day && number < 80_000.0 => {
            from_serial(number).map_or_else(|| number.to_string(), |day| day.to_string())
        }
        Data::Int(number) if day && number < 80_000 => {
            from_serial(number as f64).map_or_else(|| number.to_string(), |day| day.to_string())
        }
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Error(_) => String::new(),
    }
}
