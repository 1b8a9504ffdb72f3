//! Refused rows in a file of the same format, each with its reason in front.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::domain::said::Said;
use crate::exchange::encoding::encode;
use crate::exchange::heading::REASON;
use crate::exchange::sheet::{Format, Sheet};
use crate::say;

/// What is put behind the name of the file.
const MARK: &str = "-未导入";

/// Writes what stands above the records and the refused rows; the cells stand as they came. Gives the name of the file.
pub fn write(
    source: &Path,
    sheet: &Sheet,
    reasons: &BTreeMap<u64, String>,
) -> Result<PathBuf, Said> {
    let (mut file, target) = create(source, sheet.format)?;
    let written = fill(&mut file, sheet, reasons);
    if let Err(error) = written {
        let _ = std::fs::remove_file(&target);
        let name = target.display();
        return Err(say!(
            "写不了 {name}：{error}",
            "cannot write {name}: {error}"
        ));
    }
    Ok(target)
}

/// Makes a file that did not exist: `花名册-未导入.csv`, then `花名册-未导入-2.csv`, and so on.
fn create(source: &Path, format: Format) -> Result<(File, PathBuf), Said> {
    let stem = source
        .file_stem()
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    // Refused rows of refused rows go by the name of the first file.
    let stem = stem
        .rsplit_once(MARK)
        .filter(|(_, rest)| rest.chars().all(|c| c == '-' || c.is_ascii_digit()))
        .map_or(stem.as_str(), |(stem, _)| stem);
    let extension = match format {
        Format::Xlsx | Format::Old => "xlsx",
        Format::Text(..) => source
            .extension()
            .and_then(|extension| extension.to_str())
            .filter(|extension| ["csv", "txt", "tsv"].contains(extension))
            .unwrap_or("csv"),
    };
    let mut nth = 1;
    loop {
        let name = match nth {
            1 => format!("{stem}{MARK}.{extension}"),
            nth => format!("{stem}{MARK}-{nth}.{extension}"),
        };
        let target = source.with_file_name(name);
        let opened = OpenOptions::new()
            .write(true)
            .read(true)
            .create_new(true)
            .mode(0o600)
            .open(&target);
        match opened {
            Ok(file) => return Ok((file, target)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => nth += 1,
            Err(error) => {
                let name = target.display();
                return Err(say!(
                    "写不了 {name}：{error}",
                    "cannot write {name}: {error}"
                ));
            }
        }
    }
}

type Failed = Box<dyn std::error::Error>;

fn fill(file: &mut File, sheet: &Sheet, reasons: &BTreeMap<u64, String>) -> Result<(), Failed> {
    match sheet.format {
        Format::Text(delimiter, encoding) => {
            let mut writer = csv::WriterBuilder::new()
                .flexible(true)
                .delimiter(delimiter)
                .terminator(csv::Terminator::CRLF)
                .from_writer(Vec::new());
            lines(sheet, reasons, |line| Ok(writer.write_record(line)?))?;
            let text = String::from_utf8(writer.into_inner().map_err(|error| error.to_string())?)?;
            file.write_all(&encode(&text, encoding))?;
        }
        Format::Xlsx | Format::Old => {
            let mut book = rust_xlsxwriter::Workbook::new();
            let text = rust_xlsxwriter::Format::new().set_num_format("@");
            let page = book.add_worksheet_with_constant_memory()?;
            let mut row = 0;
            lines(sheet, reasons, |line| {
                for (column, cell) in line.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                    page.write_string_with_format(row, column as u16, *cell, &text)?;
                }
                row += 1;
                Ok(())
            })?;
            book.save_to_writer(&*file)?;
        }
    }
    file.rewind()?;
    file.sync_all()?;
    Ok(())
}

/// The rows above the records and the refused ones. A second round has a reason column already: it is replaced, not doubled.
fn lines(
    sheet: &Sheet,
    reasons: &BTreeMap<u64, String>,
    mut each: impl FnMut(&[&str]) -> Result<(), Failed>,
) -> Result<(), Failed> {
    let header = &sheet.header;
    let refused = reasons.iter().filter_map(|(row, reason)| {
        Some((usize::try_from(*row).ok()?.checked_sub(1)?, reason.as_str()))
    });
    let above = (0..header.below).map(|at| (at, if at == header.row { REASON } else { "" }));
    for (at, reason) in above.chain(refused.filter(|(at, _)| *at >= header.below)) {
        let mut line = vec![reason];
        let cells = sheet.table.row(at).enumerate();
        line.extend(
            cells
                .filter(|(column, _)| Some(*column) != header.reason)
                .map(|(_, cell)| cell.text),
        );
        each(&line)?;
    }
    Ok(())
}
