//! Which column of a sheet holds which field.

use crate::domain::field::{Field, Need};
use crate::domain::fold::narrow;
use crate::domain::said::Said;
use crate::say;

/// The heading of the column that [`crate::exchange::reject`] puts in front.
pub const REASON: &str = "未导入原因";

/// What a heading is compared by: without blanks, marks and what stands in brackets.
fn fold(heading: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for c in narrow(heading).chars() {
        match c {
            '(' | '[' | '【' | '（' => depth += 1,
            ')' | ']' | '】' | '）' => depth -= 1,
            _ if depth > 0
                || c.is_whitespace()
                || matches!(c, '*' | ':' | '：' | '※' | '\u{feff}' | '_') => {}
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The field that a heading means.
pub fn field(fields: &'static [Field], heading: &str) -> Option<&'static Field> {
    let wanted = fold(heading);
    if wanted.is_empty() {
        return None;
    }
    let names = |field: &Field| {
        let mut names = vec![fold(field.key), fold(field.label.zh), fold(field.label.en)];
        names.extend(field.headings.iter().map(|heading| fold(heading)));
        names
    };
    fields.iter().find(|field| names(field).contains(&wanted))
}

/// The header row and the field of each of its columns.
pub struct Header {
    /// Index of the row.
    pub row: usize,
    /// Field by column.
    pub columns: Vec<Option<&'static Field>>,
    /// Headings that mean no field.
    pub ignored: Vec<String>,
}

/// Finds the header below title rows: the first of the fullest among the first thirty.
pub fn find(fields: &'static [Field], rows: &[Vec<String>]) -> Result<Header, Said> {
    let known = |row: &Vec<String>| {
        row.iter()
            .filter(|cell| field(fields, cell).is_some())
            .count()
    };
    let best = rows.iter().take(30).map(known).max().unwrap_or(0);
    let title = fields.iter().find(|field| field.need == Need::Required);
    let name = title.map_or("", |field| field.label.zh);
    if best == 0 || (best == 1 && rows.first().is_some_and(|row| row.len() > 1)) {
        return Err(say!(
            "前 30 行里找不到表头，至少要有「{name}」等列",
            "no header in the first 30 rows; columns such as \"{name}\" are needed"
        ));
    }
    let at = rows
        .iter()
        .take(30)
        .position(|row| known(row) == best)
        .unwrap_or(0);
    let mut columns: Vec<Option<&'static Field>> = Vec::new();
    let mut ignored = Vec::new();
    for cell in rows.get(at).into_iter().flatten() {
        let found = field(fields, cell);
        if let Some(found) = found
            && columns.iter().flatten().any(|other| other.key == found.key)
        {
            let (label, cell) = (found.label.zh, cell.trim());
            return Err(say!(
                "有两列都是「{label}」（{cell}），请留一列",
                "two columns are both \"{label}\" ({cell}); keep one"
            ));
        }
        if found.is_none() && !cell.trim().is_empty() && cell.trim() != REASON {
            ignored.push(cell.trim().to_owned());
        }
        columns.push(found);
    }
    if let Some(title) =
        title.filter(|title| !columns.iter().flatten().any(|field| field.key == title.key))
    {
        let label = title.label.zh;
        return Err(say!(
            "表头里没有「{label}」列",
            "the header has no column \"{label}\""
        ));
    }
    Ok(Header {
        row: at,
        columns,
        ignored,
    })
}
