//! Whether the sheets of an OpenDocument file are as large as they may be: its cells can be repeated by a number.

use super::{MAX_CELLS, MAX_UNPACKED_TEXT, WorkbookError, zip::Package};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

/// Columns of a sheet in any program; a reader cuts repeats there.
const MOST_COLUMNS: u64 = 16_384;

/// Walks through the content and adds up what repeats come to.
pub(super) fn check(package: &Package) -> Result<(), WorkbookError> {
    check_encryption(package)?;
    let content = package.part("content.xml", u64::MAX)?.ok_or(DAMAGED)?;
    let content = std::str::from_utf8(&content).map_err(|_| DAMAGED)?;
    let mut reader = Reader::from_str(content);
    reader.config_mut().check_end_names = false;
    let mut size = Size::default();
    loop {
        match reader.read_event().map_err(|_| DAMAGED)? {
            Event::Eof => return Ok(()),
            event => size.add(&event),
        }
        size.check()?;
    }
}

fn check_encryption(package: &Package) -> Result<(), WorkbookError> {
    let manifest = package.part("META-INF/manifest.xml", 16 * 1024 * 1024)?;
    let manifest = manifest.unwrap_or_default();
    match manifest.windows(15).any(|part| part == b"encryption-data") {
        true => Err(WorkbookError::Password),
        false => Ok(()),
    }
}

const DAMAGED: WorkbookError = WorkbookError::Damaged("its content does not read as sheets");

/// What has been seen of the sheets so far.
#[derive(Debug, Default)]
struct Size {
    sheet: String,
    /// Rows of the sheet up to here, repeats counted, and up to the last one with something in it.
    rows: u64,
    used_rows: u64,
    used_columns: u64,
    row_repeats: u64,
    /// The row's cells up to here, those that a reader keeps, and its last one with something in it.
    row_cells: u64,
    row_used: u64,
    row_text: u64,
    cell_repeats: u64,
    is_used: bool,
    /// Of all sheets.
    cells: u64,
    text: u64,
}

impl Size {
    fn add(&mut self, event: &Event) {
        match event {
            Event::Start(tag) => self.start(tag, true),
            Event::Empty(tag) => self.start(tag, false),
            Event::Text(text) => self.text(text.len() as u64),
            Event::End(tag) if tag.name().as_ref() == "table:table-row" => self.end_row(),
            Event::End(tag) if tag.name().as_ref() == "table:table" => self.end_table(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &BytesStart, has_content: bool) {
        match tag.name().as_ref() {
            "table:table" => self.start_table(tag),
            "table:table-row" => {
                self.row_repeats = number(tag, "table:number-rows-repeated").min(1 << 20);
                (self.row_cells, self.row_used, self.row_text) = (0, 0, 0);
                if !has_content {
                    self.end_row();
                }
            }
            "table:table-cell" | "table:covered-table-cell" => self.start_cell(tag),
            "text:s" => self.text(number(tag, "text:c")),
            _ => {}
        }
    }

    fn start_table(&mut self, tag: &BytesStart) {
        *self = Size {
            sheet: attribute(tag, "table:name").unwrap_or_default(),
            cells: self.cells,
            text: self.text,
            ..Size::default()
        };
    }

    fn start_cell(&mut self, tag: &BytesStart) {
        self.cell_repeats = number(tag, "table:number-columns-repeated").min(MOST_COLUMNS);
        self.row_cells = self.row_cells.saturating_add(self.cell_repeats);
        let signs = ["office:value-type", "table:formula", "office:value"];
        self.is_used = signs.iter().any(|name| attribute(tag, name).is_some());
        if self.is_used {
            self.row_used = self.row_cells;
            self.text(tag.len() as u64);
        }
    }

    /// Text within a cell, which each repeat holds again.
    fn text(&mut self, bytes: u64) {
        if self.is_used {
            self.row_text = self
                .row_text
                .saturating_add(bytes.saturating_mul(self.cell_repeats.max(1)));
        }
    }

    fn end_row(&mut self) {
        self.rows = self.rows.saturating_add(self.row_repeats);
        // What a reader keeps of the row before repeats: everything but blank cells at its end.
        self.cells = self.cells.saturating_add(self.row_used);
        if self.row_used > 0 {
            self.used_rows = self.rows;
            self.used_columns = self.used_columns.max(self.row_used);
            self.text = self
                .text
                .saturating_add(self.row_text.saturating_mul(self.row_repeats));
        }
        self.is_used = false;
    }

    fn end_table(&mut self) {
        self.cells = self
            .cells
            .saturating_add(self.used_rows.saturating_mul(self.used_columns));
    }

    fn check(&self) -> Result<(), WorkbookError> {
        let grid = self.used_rows.saturating_mul(self.used_columns);
        if self.cells.saturating_add(grid) > 2 * MAX_CELLS {
            let (row, column) = (self.used_rows, self.used_columns.max(self.row_used));
            return Err(WorkbookError::TooWide {
                sheet: self.sheet.clone(),
                row,
                column,
            });
        }
        if self.text.saturating_add(self.row_text) > MAX_UNPACKED_TEXT {
            return Err(WorkbookError::Bomb);
        }
        Ok(())
    }
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)?;
    Some(found.value.into_owned())
}

/// A count in an attribute; 1 without one.
fn number(tag: &BytesStart, name: &str) -> u64 {
    attribute(tag, name).map_or(1, |value| value.parse().unwrap_or(u64::MAX))
}
