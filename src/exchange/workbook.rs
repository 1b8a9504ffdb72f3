//! Reading workbooks: xlsx, xls, ods.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::panic::AssertUnwindSafe;
use std::path::Path;

use calamine::{DataType, Dimensions, Ods, Reader, SheetVisible, Sheets, Xls, Xlsx};

use crate::domain::said::Said;
use crate::exchange::cell::clock;
use crate::exchange::table::{Held, Table};
use crate::say;

/// A workbook as it was read.
pub struct Workbook<T> {
    /// The first sheet that fits.
    pub table: Table,
    /// What was said of that sheet.
    pub found: T,
    /// The names of the sheets that were not read.
    pub unread: Vec<String>,
    /// Whether the format is one that can be written too.
    pub writable: bool,
}

type Book = Sheets<BufReader<File>>;

/// Opens a workbook by what it is, whatever its name says; none if it is no workbook.
fn open(path: &Path) -> Result<Option<Book>, calamine::Error> {
    let mut head = [0; 4];
    let mut file = File::open(path)?;
    let read = file.read(&mut head)?;
    file.rewind()?;
    let file = BufReader::new(file);
    Ok(match head.get(..read) {
        Some([0xd0, 0xcf, 0x11, 0xe0]) => Some(Sheets::Xls(Xls::new(file)?)),
        Some([b'P', b'K', ..]) => {
            let other = BufReader::new(File::open(path)?);
            Some(match Xlsx::new(file) {
                Ok(book) => Sheets::Xlsx(book),
                Err(error) => match Ods::new(other) {
                    Ok(book) => Sheets::Ods(book),
                    Err(_) => return Err(error.into()),
                },
            })
        }
        _ => None,
    })
}

fn broken(path: &Path, error: &dyn std::fmt::Display) -> Said {
    let name = path.display();
    say!(
        "打不开表格 {name}：{error}。文件可能加了密码或已损坏，请用 Excel 或 WPS 打开，去掉密码后另存为 xlsx",
        "cannot open the sheet {name}: {error}. It may have a password or be damaged: open it in Excel, save it as xlsx without password"
    )
}

/// Reads the first sheet of a workbook that `fits`; none if the file is no workbook.
pub fn read<T>(
    path: &Path,
    fits: impl Fn(&Table) -> Result<T, Said>,
) -> Result<Option<Workbook<T>>, Said> {
    // The reader of xls trusts what the file says of itself and panics where a damaged one lies.
    let read = std::panic::catch_unwind(AssertUnwindSafe(|| first(path, fits)));
    read.unwrap_or_else(|_| Err(broken(path, &"...")))
}

fn first<T>(
    path: &Path,
    fits: impl Fn(&Table) -> Result<T, Said>,
) -> Result<Option<Workbook<T>>, Said> {
    let name = path.display();
    let broken = |error: &dyn std::fmt::Display| broken(path, error);
    let Some(mut book) = open(path).map_err(|error| match error {
        calamine::Error::Io(error) => say!("读不了 {name}：{error}", "cannot read {name}: {error}"),
        error => broken(&error),
    })?
    else {
        return Ok(None);
    };
    let writable = matches!(book, Sheets::Xlsx(_));
    let mut visible: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut first: Option<Said> = None;
    for at in 0..visible.len() {
        let Some(sheet) = visible.get(at) else { break };
        let table = table(&mut book, sheet)
            .map_err(|error| broken(&error))?
            .whole()?;
        match fits(&table) {
            Ok(found) => {
                visible.remove(at);
                return Ok(Some(Workbook {
                    table,
                    found,
                    unread: visible,
                    writable,
                }));
            }
            // What is said of a sheet with content helps more than that another is empty.
            Err(said) if !table.is_empty() => {
                first.get_or_insert(said);
            }
            Err(_) => {}
        }
    }
    Err(first.unwrap_or_else(|| say!("表格里没有内容", "the workbook is empty")))
}

fn table(book: &mut Book, sheet: &str) -> Result<Table, calamine::Error> {
    let merged = match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        Sheets::Xlsb(_) | Sheets::Ods(_) => Vec::new(),
    };
    if let Sheets::Xlsx(book) = book {
        // Cell by cell: the whole range of a large sheet would take several times its size.
        let mut rows = Rows::new(&merged);
        let mut cells = book.worksheet_cells_reader(sheet)?;
        let mut ordered = true;
        while let Some(cell) = cells.next_cell()? {
            ordered &= rows.put(cell.get_position(), cell.get_value());
        }
        if ordered {
            return Ok(rows.finish());
        }
    }
    let range = book.worksheet_range(sheet)?;
    let (top, left) = range.start().unwrap_or((0, 0));
    let mut rows = Rows::new(&merged);
    for (row, column, value) in range.used_cells() {
        rows.put((row as u32 + top, column as u32 + left), value);
    }
    Ok(rows.finish())
}

/// Rows that Excel has at most, and columns that any sheet of records has: what claims to lie beyond is no record.
const MOST: (u32, u32) = (1 << 20, 1 << 10);

/// Puts cells in their places; a value merged over several rows of one column stands in each of them.
struct Rows {
    table: Table,
    row: u32,
    cells: BTreeMap<u32, (String, Held)>,
    /// Last row of a merged region, by its first cell.
    merged: HashMap<(u32, u32), u32>,
    /// Values that go on downwards, by column: to which row.
    down: BTreeMap<u32, (u32, String, Held)>,
}

impl Rows {
    fn new(merged: &[Dimensions]) -> Rows {
        let tall =
            |region: &&Dimensions| region.start.1 == region.end.1 && region.end.0 > region.start.0;
        Rows {
            table: Table::default(),
            row: 0,
            cells: BTreeMap::new(),
            merged: merged
                .iter()
                .filter(tall)
                .map(|region| (region.start, region.end.0))
                .collect(),
            down: BTreeMap::new(),
        }
    }

    /// Takes a cell; false if it stands before one that came already.
    fn put(&mut self, at: (u32, u32), value: &impl DataType) -> bool {
        let Some((text, held)) = plain(value) else {
            return true;
        };
        if at.0 >= MOST.0 || at.1 >= MOST.1 {
            return true;
        }
        if at.0 < self.row {
            return false;
        }
        while self.row < at.0 {
            self.end_row();
        }
        if let Some(until) = self.merged.get(&at) {
            self.down
                .insert(at.1, (*until, text.clone().into_owned(), held));
        }
        self.cells.insert(at.1, (text.into_owned(), held));
        true
    }

    fn end_row(&mut self) {
        let row = self.row;
        self.down.retain(|_, (until, ..)| row <= *until);
        for (column, (_, text, held)) in &self.down {
            self.cells
                .entry(*column)
                .or_insert_with(|| (text.clone(), *held));
        }
        let mut next = 0;
        for (column, (text, held)) in std::mem::take(&mut self.cells) {
            for _ in next..column {
                self.table.push("", Held::Text);
            }
            self.table.push(&text, held);
            next = column + 1;
        }
        self.table.end_row();
        self.row += 1;
    }

    fn finish(mut self) -> Table {
        if !self.cells.is_empty() {
            self.end_row();
        }
        self.table
    }
}

/// From here on a double no longer holds every whole number that Excel was given.
const EXACT: f64 = 1e15;

fn plain<T: DataType>(cell: &T) -> Option<(Cow<'_, str>, Held)> {
    if let Some(time) = cell.get_duration_iso().and_then(iso_time) {
        return Some((time.into(), Held::Text));
    }
    if let Some(text) = cell.get_string().or_else(|| cell.get_duration_iso()) {
        return (!text.is_empty()).then_some((Cow::Borrowed(text), Held::Text));
    }
    if let Some(text) = cell.get_datetime_iso() {
        let (day, time) = text.split_once('T').unwrap_or((text, ""));
        let time = time.get(..5).unwrap_or("00:00");
        let moment = match time {
            "00:00" => Cow::Borrowed(day),
            time => Cow::Owned(format!("{day} {time}")),
        };
        return Some((moment, Held::Text));
    }
    if let Some(moment) = cell.get_datetime() {
        let serial = moment.as_f64();
        if moment.is_datetime() && (1.0..2_958_466.0).contains(&serial) {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            return Some(match minutes(serial) {
                0 => (day.into(), Held::Text),
                time => (format!("{day} {}", clock(time)).into(), Held::Text),
            });
        }
        if moment.is_datetime() && (0.0..1.0).contains(&serial) {
            return Some((clock(minutes(serial)).into(), Held::Text));
        }
        return Some((number(serial).into(), Held::Number));
    }
    if let Some(value) = cell.get_float() {
        return Some((number(value).into(), Held::Number));
    }
    if let Some(value) = cell.get_int() {
        return Some((number(value as f64).into(), Held::Number));
    }
    if let Some(flag) = cell.get_bool() {
        return Some(((if flag { "是" } else { "否" }).into(), Held::Text));
    }
    let fault = cell.get_error()?;
    Some((fault.to_string().into(), Held::Fault))
}

/// A time of day as ods writes it: `PT09H30M00S`.
fn iso_time(text: &str) -> Option<String> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, _) = rest.split_once('M')?;
    Some(clock(
        hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?,
    ))
}

/// The minute of the day in a serial; a serial is never quite exact.
fn minutes(serial: f64) -> u32 {
    ((serial.fract() * 1440.0).round() as u32).min(1439)
}

/// A number as Excel shows it: whole up to fifteen digits, beyond that in scientific form, by which checks know that digits are lost.
fn number(value: f64) -> String {
    if value.abs() >= EXACT {
        let text = format!("{value:.14E}");
        return text.replacen('E', "E+", usize::from(value.is_finite()));
    }
    if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        value.to_string()
    }
}
