//! Excel, LibreOffice and old Excel files as tables of text: every sheet, a line a row, dates as ISO, formulas by the value
//! that the program stored. Nothing is executed, and what a file claims of its size is checked before it is believed.

mod months;
mod ods;
mod table;
mod xls;
mod zip;

pub(super) use months::join;

use calamine::{Data, DataRef, Ods, Reader, SheetType, SheetVisible, Xls, Xlsx, XlsxError};
use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};
use table::{Cell, Table};
use thiserror::Error;
use zip::Package;

/// Largest workbook read, bytes.
const MAX_BYTES: usize = 50 * 1024 * 1024;
/// Most rows read of a sheet; the same as of a text log.
const MAX_ROWS: u32 = 200_000;
/// Most columns read of a sheet.
const MAX_COLUMNS: u32 = 256;
/// Most cells of all sheets together, blank ones between others counted where a reader keeps them.
const MAX_CELLS: u64 = 4_000_000;
/// Most text of a sheet, bytes; the same as of a text log.
const MAX_TEXT: usize = 16 * 1024 * 1024;
/// Most text that a reader may unpack of all cells, repeated strings counted each time.
const MAX_UNPACKED_TEXT: u64 = 128 * 1024 * 1024;
/// Most sheets read.
const MAX_SHEETS: usize = 256;

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sheet {
    /// The name on its tab.
    pub name: String,
    /// Its cells as comma-separated text, a line for each row from the first on, so that line numbers are row numbers. Blank
    /// rows are blank lines, other lines all have the same number of cells. Line ends in a cell are blanks.
    pub text: String,
    /// Cells whose formula stored an error (`#REF!`); they are blank in the text.
    pub errors: usize,
    /// Cells with something in them beyond the rows and columns that are read.
    pub beyond: usize,
    /// It holds more text than a pain log of many years, so `text` is empty.
    pub is_too_large: bool,
}

/// Why a workbook cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum WorkbookError {
    /// More than 50 MB.
    #[error(
        "the workbook has {0} MB; niggle reads workbooks of up to 50 MB. Save its sheet as CSV."
    )]
    TooLarge(usize),
    /// Encrypted.
    #[error(
        "the workbook is locked with a password. Save it without one, or save its sheet as CSV."
    )]
    Password,
    /// A web page under the name of a workbook.
    #[error("this is an HTML page saved as .xls: open it and save it as .xlsx or CSV.")]
    Html,
    /// Excel 2003 XML or a flat OpenDocument file.
    #[error("this is a spreadsheet as one XML file: open it and save it as .xlsx or CSV.")]
    FlatXml,
    /// Excel's binary workbook.
    #[error("this is a binary Excel workbook (.xlsb): open it and save it as .xlsx or CSV.")]
    Binary,
    /// Apple Numbers.
    #[error("this is a Numbers document: export it as Excel (.xlsx) or CSV.")]
    Numbers,
    /// Another file in the same container.
    #[error(
        "this is no workbook (an Office file without sheets of cells). Save the log as .xlsx or CSV."
    )]
    NoWorkbook,
    /// No worksheet, only macros or charts.
    #[error(
        "the workbook has no sheet of cells, only macros or charts. Save the log as .xlsx or CSV."
    )]
    NoSheets,
    /// Unpacks to far more than it is.
    #[error(
        "the workbook unpacks to more than a pain log can hold, as a file made to fill memory does. It was not read."
    )]
    Bomb,
    /// Cells far apart, or far too many.
    #[error(
        "{} reaches to row {row} and column {column}, more than niggle reads. Delete what stands far from the log, or save it as \
         CSV.",
        sheet_text(sheet)
    )]
    TooWide {
        /// The sheet's name; empty where the file does not tell it before it is read.
        sheet: String,
        /// Its last row, from 1.
        row: u64,
        /// Its last column, from 1.
        column: u64,
    },
    /// Nothing of the above, and not readable.
    #[error(
        "the workbook is damaged ({0}). Open it in a spreadsheet program and save it again, or as CSV."
    )]
    Damaged(&'static str),
}

fn sheet_text(name: &str) -> String {
    if name.is_empty() {
        "one of its sheets".to_string()
    } else {
        format!("the sheet {name:?}")
    }
}

/// Whether bytes are a workbook, or a file that is called one (an HTML page or an XML file saved as .xls, Numbers): by what
/// they begin with and, for a zip, by the names in it. A plain zip is none.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    Kind::of(bytes).is_some()
}

/// Every sheet of a workbook in the order of its tabs, hidden ones last.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    let kind = Kind::of(bytes).ok_or(WorkbookError::NoWorkbook)?;
    if bytes.len() > MAX_BYTES {
        return Err(WorkbookError::TooLarge(bytes.len() / 1024 / 1024));
    }
    let sheets = kind.sheets(bytes)?;
    match sheets.is_empty() {
        true => Err(WorkbookError::NoSheets),
        false => Ok(sheets),
    }
}

/// How pages begin.
const PAGE: &[&str] = &[
    "<html",
    "<!doctype html",
    "<table",
    "<meta",
    "<head",
    "<style",
    "<body",
];

/// What a workbook in one XML file says of itself.
const FLAT: &[&str] = &[
    "urn:schemas-microsoft-com:office:spreadsheet",
    "opendocument.spreadsheet",
];

/// The first letters of a file in lower case, of whichever encoding.
fn head(bytes: &[u8]) -> String {
    let head = bytes.get(..bytes.len().min(2048)).unwrap_or_default();
    let letters = head.iter().filter(|b| **b != 0);
    letters
        .map(|b| char::from(b.to_ascii_lowercase()))
        .collect()
}

/// What bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Xlsx,
    Ods,
    Ole,
    Html,
    FlatXml,
    Binary,
    Numbers,
}

impl Kind {
    fn of(bytes: &[u8]) -> Option<Kind> {
        match bytes {
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => Some(Kind::Ole),
            [b'P', b'K', 3, 4, ..] => Package::of(bytes).and_then(|package| package.kind()),
            _ => Kind::of_text(bytes),
        }
    }

    fn of_text(bytes: &[u8]) -> Option<Kind> {
        let head = head(bytes);
        let head = head.trim_start_matches(|c: char| c.is_whitespace() || !c.is_ascii());
        let is_xml = head.starts_with("<?xml");
        if PAGE.iter().any(|tag| head.starts_with(tag)) || is_xml && head.contains("<html") {
            return Some(Kind::Html);
        }
        let is_flat = is_xml && FLAT.iter().any(|name| head.contains(name));
        is_flat.then_some(Kind::FlatXml)
    }

    fn sheets(self, bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
        match self {
            Kind::Html => Err(WorkbookError::Html),
            Kind::FlatXml => Err(WorkbookError::FlatXml),
            Kind::Binary => Err(WorkbookError::Binary),
            Kind::Numbers => Err(WorkbookError::Numbers),
            Kind::Xlsx => {
                let package = zip::check(bytes)?;
                aside(|| xlsx(package.bytes))
            }
            Kind::Ods => {
                let package = zip::check(bytes)?;
                ods::check(&package)?;
                aside(|| ods(package.bytes))
            }
            Kind::Ole => {
                xls::check(bytes)?;
                aside(|| xls(bytes))
            }
        }
    }
}

/// Runs a reader of the crate where a panic in it ends nothing and prints nothing: on a thread with the name of the workers.
fn aside<T: Send>(
    read: impl FnOnce() -> Result<T, WorkbookError> + Send,
) -> Result<T, WorkbookError> {
    const DAMAGED: WorkbookError = WorkbookError::Damaged("its reader gave up");
    thread::scope(|scope| {
        let work = move || catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(DAMAGED));
        // The name for which the program keeps the panic message to itself (`ingest::WORKER_NAME`, which lies above).
        let worker = thread::Builder::new()
            .name("niggle-ingest".to_string())
            .spawn_scoped(scope, work);
        worker.map_or(Err(DAMAGED), |worker| worker.join().unwrap_or(Err(DAMAGED)))
    })
}

fn xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(xlsx_fault)?;
    let mut all_cells = 0;
    let mut sheets = Vec::new();
    for (name, is_hidden) in names(&workbook) {
        let mut table = Table::default();
        let mut cells = match workbook.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(xlsx_fault(error)),
        };
        while let Some(cell) = cells.next_cell().map_err(xlsx_fault)? {
            let (row, column) = cell.get_position();
            all_cells += 1;
            if all_cells > MAX_CELLS {
                return Err(too_wide(name, row, column));
            }
            table.add(row, column, xlsx_cell(cell.get_value()));
        }
        sheets.push((is_hidden, table.into_sheet(name)));
    }
    Ok(visible_first(sheets))
}

fn xlsx_fault(error: XlsxError) -> WorkbookError {
    match error {
        XlsxError::Password => WorkbookError::Password,
        XlsxError::Zip(_) | XlsxError::Io(_) => {
            WorkbookError::Damaged("a part of it does not unpack")
        }
        XlsxError::FileNotFound(_) => WorkbookError::Damaged("a part of it is missing"),
        _ => WorkbookError::Damaged("a part of it does not read as a sheet"),
    }
}

fn too_wide(sheet: String, row: u32, column: u32) -> WorkbookError {
    WorkbookError::TooWide {
        sheet,
        row: row.into(),
        column: column.into(),
    }
}

fn ods(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    let workbook: Result<Ods<_>, _> = Ods::new(Cursor::new(bytes));
    let workbook = workbook.map_err(|error| match error {
        calamine::OdsError::Password => WorkbookError::Password,
        calamine::OdsError::Zip(_) | calamine::OdsError::Io(_) => {
            WorkbookError::Damaged("a part of it does not unpack")
        }
        _ => WorkbookError::Damaged("its content does not read as sheets"),
    })?;
    whole_sheets(workbook)
}

fn xls(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    let workbook: Result<Xls<_>, _> = Xls::new(Cursor::new(bytes));
    let workbook = workbook.map_err(|error| match error {
        calamine::XlsError::Password => WorkbookError::Password,
        _ => WorkbookError::Damaged("its content does not read as sheets"),
    })?;
    whole_sheets(workbook)
}

/// The sheets of a reader that has read them all at once.
fn whole_sheets<R: Reader<Cursor<B>>, B: AsRef<[u8]>>(
    mut workbook: R,
) -> Result<Vec<Sheet>, WorkbookError> {
    let mut sheets = Vec::new();
    for (name, is_hidden) in names(&workbook) {
        let range = workbook
            .worksheet_range(&name)
            .map_err(|_| WorkbookError::Damaged("a sheet is missing"))?;
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut table = Table::default();
        for (row, column, value) in range.used_cells() {
            table.add(
                top.saturating_add(row as u32),
                left.saturating_add(column as u32),
                cell(value),
            );
        }
        sheets.push((is_hidden, table.into_sheet(name)));
    }
    Ok(visible_first(sheets))
}

/// The names of worksheets and whether each is hidden.
fn names<R: Reader<Cursor<B>>, B: AsRef<[u8]>>(workbook: &R) -> Vec<(String, bool)> {
    let sheets = workbook.sheets_metadata();
    let worksheets = sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .take(MAX_SHEETS);
    worksheets
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect()
}

fn visible_first(mut sheets: Vec<(bool, Sheet)>) -> Vec<Sheet> {
    sheets.sort_by_key(|(is_hidden, _)| *is_hidden);
    sheets.into_iter().map(|(_, sheet)| sheet).collect()
}

fn cell(value: &Data) -> Cell<'_> {
    match value {
        Data::Empty => Cell::Blank,
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::String(text) => Cell::Text(text),
        Data::Bool(truth) => Cell::Truth(*truth),
        Data::DateTime(date) => Cell::of_date(date),
        Data::DateTimeIso(text) => Cell::IsoDate(text),
        Data::DurationIso(text) => Cell::Duration(text),
        Data::Error(_) => Cell::Error,
    }
}

fn xlsx_cell<'c>(value: &'c DataRef<'_>) -> Cell<'c> {
    match value {
        DataRef::Empty => Cell::Blank,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::Text(text),
        DataRef::SharedString(text) => Cell::Text(text),
        DataRef::Bool(truth) => Cell::Truth(*truth),
        DataRef::DateTime(date) => Cell::of_date(date),
        DataRef::DateTimeIso(text) => Cell::IsoDate(text),
        DataRef::DurationIso(text) => Cell::Duration(text),
        DataRef::Error(_) => Cell::Error,
    }
}

#[cfg(test)]
mod tests;
