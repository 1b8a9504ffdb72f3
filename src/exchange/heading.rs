//! Which column of a sheet holds which field.

use crate::domain::field::{Field, Need, Type};
use crate::domain::fold::narrow;
use crate::domain::organisation::POST_COLUMNS;
use crate::domain::said::Said;
use crate::exchange::column::{further, kept, leads, unit};
use crate::exchange::table::Table;
use crate::say;

/// The heading of the column that [`crate::exchange::reject`] puts in front.
pub const REASON: &str = "未导入原因";

/// The column in which an export says which record a row is; it is no field of the record.
pub const CODE: Field = Field::new("code", "编号", "Code", Type::Line(20));

/// Where a header is looked for.
const DEPTH: usize = 30;

/// What a heading is compared by: without numbering, blanks, marks and what stands in brackets.
fn fold(heading: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for c in narrow(heading).chars() {
        match c {
            '(' | '[' | '【' | '〔' | '<' | '《' => depth += 1,
            ')' | ']' | '】' | '〕' | '>' | '》' => depth -= 1,
            _ if depth > 0
                || c.is_whitespace()
                || matches!(c, '*' | ':' | '※' | '★' | '#' | '_' | '.' | '、' | '\'')
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') => {}
            _ => out.extend(c.to_lowercase()),
        }
    }
    out.trim_start_matches(|c: char| c.is_ascii_digit())
        .to_owned()
}

/// The field that a heading means; of two names in one heading (`手机/Phone`) either will do.
pub fn field(fields: &'static [Field], heading: &str) -> Option<&'static Field> {
    let means = |wanted: &str| {
        let is = |name: &str| fold(name) == wanted;
        let named = |field: &&Field| {
            is(field.key)
                || is(field.label.zh)
                || is(field.label.en)
                || field.headings.iter().any(|name| is(name))
        };
        let first = further(fields).filter(|column| leads(column)).find(named);
        let found = first.or_else(|| fields.iter().chain(further(fields)).find(named));
        found.or_else(|| Some(&CODE).filter(named))
    };
    let whole = fold(heading);
    if whole.is_empty() {
        return None;
    }
    means(&whole).or_else(|| {
        let parts: Vec<String> = heading.split(['/', '／', '\n', '\r']).map(fold).collect();
        (parts.len() > 1)
            .then(|| parts.iter().find_map(|part| means(part)))
            .flatten()
    })
}

/// The header row and the field of each of its columns.
#[derive(Debug)]
pub struct Header {
    /// Index of the row.
    pub row: usize,
    /// Index of the first row below; a header may have two rows.
    pub below: usize,
    /// Field by column.
    pub columns: Vec<Option<&'static Field>>,
    /// The column of reasons that a file of refused rows has.
    pub reason: Option<usize>,
    /// Headings that mean no field.
    pub ignored: Vec<String>,
    /// Headings of fields that only steps change.
    pub stepped: Vec<String>,
}

/// Finds the header below title rows: the fullest of the first thirty rows, with what a second row adds to it.
pub fn find(fields: &'static [Field], table: &Table) -> Result<Header, Said> {
    let read = |at: usize| -> Vec<Option<&'static Field>> {
        table.row(at).map(|cell| field(fields, cell.text)).collect()
    };
    let rows: Vec<Vec<Option<&'static Field>>> = (0..table.len().min(DEPTH)).map(read).collect();
    let known = |at: usize| rows.get(at).map_or(0, |row| row.iter().flatten().count());
    let most = (0..rows.len()).map(known).max().unwrap_or(0);
    let at = (0..rows.len()).find(|at| known(*at) == most).unwrap_or(0);
    let title = fields.iter().find(|field| field.need == Need::Required);
    let label = title.map_or("", |field| field.label.zh);
    if most == 0 {
        return Err(say!(
            "前 {DEPTH} 行里找不到表头，至少要有「{label}」等列",
            "no header in the first {DEPTH} rows; columns such as \"{label}\" are needed"
        ));
    }
    let (row, below) = two(table, &rows, at);
    let header = columns(fields, table, row, below)?;
    let has = |wanted: &Field| {
        header
            .columns
            .iter()
            .flatten()
            .any(|field| field.key == wanted.key)
    };
    // Who is known may be named by code or by document, an organisation by its name; who is new needs all that is required.
    let posts =
        further(fields).any(|column| POST_COLUMNS.iter().any(|post| post.key == column.key));
    let document = fields
        .iter()
        .find(|field| matches!(field.of, Type::Identity))
        .or(title.filter(|_| posts));
    let names = has(&CODE) || document.is_some_and(has);
    let missing: Vec<&str> = fields
        .iter()
        .filter(|field| field.need == Need::Required && !has(field))
        .map(|field| field.label.zh)
        .collect();
    if !names && !missing.is_empty() {
        let missing = missing.join("」「");
        let row = header.row + 1;
        return Err(say!(
            "表头（第 {row} 行）里没有「{missing}」列",
            "the header (row {row}) has no column \"{missing}\""
        ));
    }
    Ok(header)
}

/// A header of two rows: the other row names columns that the fuller one leaves blank.
fn two(table: &Table, rows: &[Vec<Option<&'static Field>>], at: usize) -> (usize, usize) {
    let adds = |other: usize| {
        let Some(others) = rows.get(other) else {
            return false;
        };
        let blank = |column: usize| {
            let cell = table.row(at).nth(column);
            cell.is_none_or(|cell| cell.text.trim().is_empty())
        };
        let news = others
            .iter()
            .enumerate()
            .any(|(column, field)| field.is_some() && blank(column));
        let alien = table
            .row(other)
            .zip(others)
            .any(|(cell, field)| field.is_none() && !cell.text.trim().is_empty());
        news && (other < at || !alien)
    };
    if adds(at + 1) {
        (at, at + 2)
    } else if at > 0 && adds(at - 1) {
        (at - 1, at + 1)
    } else {
        (at, at + 1)
    }
}

/// What the columns between two rows are called.
fn columns(
    fields: &'static [Field],
    table: &Table,
    row: usize,
    below: usize,
) -> Result<Header, Said> {
    let width = (row..below)
        .map(|at| table.row(at).len())
        .max()
        .unwrap_or(0);
    let mut header = Header {
        row,
        below,
        columns: Vec::new(),
        reason: None,
        ignored: Vec::new(),
        stepped: Vec::new(),
    };
    let mut named: Vec<(&'static Field, String)> = Vec::new();
    for column in 0..width {
        // The lowest heading of a column names it most closely.
        let names: Vec<String> = (row..below)
            .rev()
            .filter_map(|at| table.row(at).nth(column))
            .map(|cell| cell.text.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|text| !text.is_empty())
            .collect();
        let found = names
            .iter()
            .find_map(|name| Some((field(fields, name)?, name.clone())));
        let found = match found {
            Some((field, name)) => Some((unit(field, &name)?, name)),
            None => None,
        };
        header.columns.push(found.as_ref().map(|found| found.0));
        match (found, names.into_iter().next()) {
            (Some((field, name)), _) => {
                if let Some((_, other)) = named.iter().find(|(other, _)| kept(other) == kept(field))
                {
                    let (zh, en) = (field.label.zh, field.label.en);
                    return Err(say!(
                        "「{other}」和「{name}」两列都是「{zh}」，请留一列，或给另一列改名",
                        "the columns \"{other}\" and \"{name}\" are both \"{en}\"; keep one, or rename the other"
                    ));
                }
                if field.need == Need::System {
                    header.stepped.push(name.clone());
                }
                named.push((field, name));
            }
            (None, Some(name)) if fold(&name) == REASON => header.reason = Some(column),
            (None, Some(name)) if !is_number(&name) => header.ignored.push(name),
            (None, _) => {}
        }
    }
    Ok(header)
}

/// Whether a heading is the one of a running number, which nobody misses.
fn is_number(heading: &str) -> bool {
    matches!(fold(heading).as_str(), "序号" | "no" | "序" | "")
}
