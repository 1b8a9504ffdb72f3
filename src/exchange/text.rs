//! Reading csv and its relatives.

use std::path::Path;

use encoding_rs::Encoding;

use crate::domain::said::Said;
use crate::exchange::encoding::decode;
use crate::exchange::table::{Held, Table};
use crate::say;

/// Reads a text file: its cells, its delimiter, its encoding.
pub fn read(path: &Path) -> Result<(Table, u8, &'static Encoding), Said> {
    let name = path.display();
    let bytes = std::fs::read(path)
        .map_err(|error| say!("读不了 {name}：{error}", "cannot read {name}: {error}"))?;
    let (text, encoding) = decode(&bytes);
    if text.trim_start().starts_with('<') {
        return Err(say!(
            "{name} 其实是网页，请用 Excel 或 WPS 打开后另存为 xlsx",
            "{name} is a web page in truth; open it in Excel and save it as xlsx"
        ));
    }
    if text.contains('\0') {
        return Err(say!(
            "{name} 不是表格，或已损坏",
            "{name} is no sheet, or is damaged"
        ));
    }
    drop(bytes);
    let delimiter = delimiter(&text);
    let text = blank_lines_kept(&text, delimiter as char);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut table = Table::default();
    let mut record = csv::StringRecord::new();
    loop {
        let more = reader
            .read_record(&mut record)
            .map_err(|error| say!("csv 有错：{error}", "the csv is broken: {error}"))?;
        if !more {
            break;
        }
        for cell in &record {
            table.push(cell, Held::Text);
        }
        table.end_row();
    }
    Ok((table.whole()?, delimiter, encoding))
}

/// What stands between cells: as the first line says (`sep=;`), else what the head of the file has most of.
fn delimiter(text: &str) -> u8 {
    if let Some(said) = text
        .lines()
        .next()
        .and_then(|line| line.trim().strip_prefix("sep="))
        .and_then(|said| said.bytes().next())
        .filter(u8::is_ascii)
    {
        return said;
    }
    let head: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .take(30)
        .collect();
    let count = |mark: char| -> usize { head.iter().map(|line| line.matches(mark).count()).sum() };
    [',', ';', '\t']
        .into_iter()
        .max_by_key(|mark| count(*mark))
        .unwrap_or(',') as u8
}

/// Gives blank lines a delimiter: the csv reader passes over blank lines, and rows must keep the number that a spreadsheet shows.
fn blank_lines_kept(text: &str, delimiter: char) -> String {
    let mut kept = String::with_capacity(text.len() + 64);
    let (mut quoted, mut opening, mut blank) = (false, true, true);
    let mut last = '\n';
    for c in text.chars() {
        // `\r\n` is one end of line.
        let end = !quoted && (c == '\r' || (c == '\n' && last != '\r'));
        if end && blank {
            kept.push(delimiter);
        }
        if c == '"' && (quoted || opening) {
            quoted = !quoted;
        }
        if !quoted {
            opening = c == delimiter || c == '\n' || c == '\r' || (c == '"' && opening);
        }
        blank = !quoted && (c == '\n' || c == '\r');
        kept.push(c);
        last = c;
    }
    kept
}
