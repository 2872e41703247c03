//! Cells of a sheet to lines of text.

use super::{MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Sheet};
use calamine::ExcelDateTime;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell<'c> {
    Blank,
    Number(f64),
    Text(&'c str),
    Truth(bool),
    /// A day, a day and a time, or for less than a day of the spreadsheet's count a time alone.
    Date {
        days: f64,
        at: NaiveDateTime,
    },
    /// Days of a stretch of time.
    Stretch(f64),
    /// `2025-08-13`, `2025-08-13T21:04:00`, and fractions of a second.
    IsoDate(&'c str),
    /// `PT07H30M00S`.
    Duration(&'c str),
    Error,
}

impl Cell<'_> {
    /// A date, or a stretch of time, as the crate has it.
    pub(super) fn of_date(date: &ExcelDateTime) -> Self {
        if date.is_duration() {
            return Cell::Stretch(date.as_f64());
        }
        let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
        let time =
            NaiveTime::from_hms_milli_opt(hour.into(), minute.into(), second.into(), milli.into());
        let at = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
            .zip(time)
            .map(|(day, time)| day.and_time(time));
        at.map_or(Cell::Number(date.as_f64()), |at| Cell::Date {
            days: date.as_f64(),
            at,
        })
    }

    /// The cell as text; None when it is blank or an error.
    fn text(self) -> Option<String> {
        match self {
            Cell::Blank | Cell::Error => None,
            Cell::Number(number) => number_text(number),
            Cell::Text(text) => Some(one_line(text)),
            Cell::Truth(truth) => Some(if truth { "TRUE" } else { "FALSE" }.to_string()),
            Cell::Date { days, at } => Some(date_text(days, at)),
            Cell::Stretch(days) => stretch_text(days),
            Cell::IsoDate(text) => Some(iso_text(text)),
            Cell::Duration(text) => Some(duration_text(text).unwrap_or_else(|| one_line(text))),
        }
        .filter(|text| !text.is_empty())
    }
}

/// The cells of one sheet, gathered.
#[derive(Debug, Default)]
pub(super) struct Table {
    cells: Vec<(u32, u32, String)>,
    text_bytes: usize,
    errors: usize,
    beyond: usize,
}

impl Table {
    /// Adds a cell by row and column, both from 0. What is blank is left out, what lies beyond the limits is counted.
    pub(super) fn add(&mut self, row: u32, column: u32, cell: Cell) {
        if cell == Cell::Error {
            self.errors += 1;
        }
        if self.text_bytes > MAX_TEXT {
            return;
        }
        let Some(text) = cell.text() else { return };
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            self.beyond += 1;
            return;
        }
        self.text_bytes += text.len() + 1;
        self.cells.push((row, column, text));
    }

    /// The sheet's text: a line a row, cells up to the last used column.
    pub(super) fn into_sheet(mut self, name: String) -> Sheet {
        let by_place = |cell: &(u32, u32, String)| (cell.0, cell.1);
        if !self.cells.is_sorted_by_key(by_place) {
            self.cells.sort_by_key(by_place);
        }
        let width = self
            .cells
            .iter()
            .map(|(_, column, _)| column + 1)
            .max()
            .unwrap_or(0);
        let rows = self.cells.chunk_by(|a, b| a.0 == b.0);
        // One cell far out would make every row a line of commas: the text is weighed before it is written.
        let commas = rows.clone().count() * width as usize;
        let (errors, beyond) = (self.errors, self.beyond);
        if self.text_bytes.saturating_add(commas) > MAX_TEXT {
            return Sheet {
                name,
                errors,
                beyond,
                is_too_large: true,
                ..Sheet::default()
            };
        }
        let mut text = String::with_capacity(self.text_bytes + commas);
        let mut next_row = 0;
        for cells in rows {
            let row = cells.first().map_or(0, |cell| cell.0);
            (next_row..row).for_each(|_| text.push('\n'));
            push_row(&mut text, cells, width);
            next_row = row + 1;
        }
        Sheet {
            name,
            text,
            errors,
            beyond,
            is_too_large: false,
        }
    }
}

fn push_row(text: &mut String, cells: &[(u32, u32, String)], width: u32) {
    let mut at = 0;
    for (_, column, cell) in cells {
        // A cell given twice counts once.
        if *column < at && at > 0 {
            continue;
        }
        (at..*column).for_each(|_| text.push(','));
        push_cell(text, cell);
        at = *column + 1;
        if at < width {
            text.push(',');
        }
    }
    (at + 1..width).for_each(|_| text.push(','));
    text.push('\n');
}

/// A cell in quotes where it needs them. One that begins with `#` stands in quotes, so that it is no comment.
fn push_cell(text: &mut String, cell: &str) {
    if is_to_be_quoted(cell) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}

fn is_to_be_quoted(cell: &str) -> bool {
    cell.contains(['"', ',']) || cell.trim_start().starts_with('#') || cell.trim() != cell
}

/// Line ends and other control characters are blanks.
fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| *c != '\r')
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.trim().to_string()
}

/// `3`, `3.5`: fifteen digits, as spreadsheets show, without an exponent.
fn number_text(number: f64) -> Option<String> {
    let rounded: f64 = format!("{number:.14e}")
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())?;
    Some(if rounded == 0.0 {
        "0".to_string()
    } else {
        rounded.to_string()
    })
}

/// `2025-08-13`, `2025-08-13T21:04:11`, or a time of day alone for less than a day.
fn date_text(days: f64, at: NaiveDateTime) -> String {
    let at = at
        .checked_add_signed(TimeDelta::milliseconds(500))
        .unwrap_or(at);
    at.format(date_form(days, at)).to_string()
}

/// How a date is written: without a time of day at midnight, without a day where there is none.
fn date_form(days: f64, at: NaiveDateTime) -> &'static str {
    let is_midnight = at.num_seconds_from_midnight() == 0;
    match (days < 1.0, is_midnight) {
        (true, _) => "%H:%M:%S",
        (false, true) => "%Y-%m-%d",
        (false, false) => "%Y-%m-%dT%H:%M:%S",
    }
}

/// `7:30:00`.
fn stretch_text(days: f64) -> Option<String> {
    let seconds =
        Some((days * 86_400.0).round()).filter(|seconds| (0.0..1e9).contains(seconds))? as u64;
    Some(format!(
        "{}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    ))
}

/// An ISO date as LibreOffice stores it, without a midnight and without fractions of a second.
fn iso_text(text: &str) -> String {
    match text.parse::<NaiveDateTime>() {
        Ok(at) if at.time().num_seconds_from_midnight() == 0 => at.format("%Y-%m-%d").to_string(),
        Ok(at) => at.format("%Y-%m-%dT%H:%M:%S").to_string(),
        Err(_) => one_line(text),
    }
}

/// `PT07H30M00S` as `7:30:00`.
fn duration_text(text: &str) -> Option<String> {
    let rest = text.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H').unwrap_or(("0", rest));
    let (minutes, rest) = rest.split_once('M').unwrap_or(("0", rest));
    let seconds = rest.strip_suffix('S').unwrap_or("0");
    let [hours, minutes, seconds] =
        [hours, minutes, seconds].map(|part| part.replace(',', ".").parse::<f64>().ok());
    stretch_text((hours? * 3600.0 + minutes? * 60.0 + seconds?) / 86_400.0)
}
