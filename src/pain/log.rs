//! Reading a whole log: bytes in; entries, problems and what was understood out. Nothing else is touched.

use super::{
    HeaderError, HeaderFault, MAX_BYTES, MAX_ROWS, MAX_WORKBOOK_BYTES, NamedColumn, Options,
    PainLog, Resembles, Scale,
    first_look::FirstLook,
    gathering::Gathering,
    plan::{self, Plan},
    rows::RowReader,
    text::{Text, decode},
    understood::{columns_read, understood},
    words::Vocabulary,
    workbook::{self, Sheet},
};
use crate::words::clipped;
use crate::{
    option::{COLUMN, PAIN_SCALE},
    units::counted,
};
use std::{borrow::Cow, mem::take};

/// Reads a log. `place` is how the file is called in messages. Bad rows and cells become problems in the log; an error
/// means that nothing could be trusted (no date or pain column, dates that can be read two ways, an open quote).
pub fn read(bytes: &[u8], place: &str, options: &Options) -> Result<PainLog, HeaderError> {
    let reader = LogReader { place, options };
    match workbook::is_workbook(bytes) {
        true => reader.workbook(reader.checked(bytes, MAX_WORKBOOK_BYTES)?),
        false => reader.text(&decode(reader.checked(bytes, MAX_BYTES)?)),
    }
}

/// Looks at the header of a file that nobody named. Of a workbook the first sheet with a header counts.
pub fn resembles(bytes: &[u8]) -> Resembles {
    if workbook::is_workbook(bytes) {
        return workbook_resembles(bytes);
    }
    match bytes.len() > MAX_BYTES {
        true => Resembles::No,
        false => text_resembles(&decode(bytes).text),
    }
}

/// A workbook is what its likeliest sheet is.
fn workbook_resembles(bytes: &[u8]) -> Resembles {
    let sheets = workbook::sheets(bytes).unwrap_or_default();
    sheets
        .iter()
        .map(|sheet| text_resembles(&sheet.text))
        .min_by_key(|resembles| *resembles as usize)
        .unwrap_or(Resembles::No)
}

fn text_resembles(text: &str) -> Resembles {
    plan::resembles(text, Vocabulary::shared())
}

/// Whether the bytes are a workbook of a spreadsheet (`.xlsx`, `.ods`, `.xls`).
pub fn is_workbook(bytes: &[u8]) -> bool {
    workbook::is_workbook(bytes)
}

/// How a file is called, and how it is read.
#[derive(Debug, Clone, Copy)]
struct LogReader<'a> {
    place: &'a str,
    options: &'a Options,
}

impl LogReader<'_> {
    /// The bytes of a file that is no larger than the limit of its kind.
    fn checked(self, bytes: &[u8], limit: usize) -> Result<&[u8], HeaderError> {
        match bytes.len() > limit {
            true => Err(self.too_large(bytes.len(), limit)),
            false => Ok(bytes),
        }
    }

    fn error(self, (line, fault): (Option<u64>, HeaderFault)) -> HeaderError {
        HeaderError {
            place: self.place.to_string(),
            line,
            fault,
        }
    }

    fn too_large(self, bytes: usize, limit: usize) -> HeaderError {
        self.error((None, HeaderFault::TooLarge { bytes, limit }))
    }

    /// Sheets that continue each other, else the first sheet with a date and a rating.
    fn workbook(self, bytes: &[u8]) -> Result<PainLog, HeaderError> {
        let sheets = self.sheets(bytes)?;
        match self.joined_sheets(&sheets) {
            Some(log) => Ok(log),
            None => self.first_sheet(&sheets),
        }
    }

    fn sheets(self, bytes: &[u8]) -> Result<Vec<Sheet>, HeaderError> {
        workbook::sheets(bytes).map_err(|what| self.no_sheets(&what.to_string()))
    }

    /// What to say of a workbook that cannot be read; `why` may be a sentence.
    fn no_sheets(self, why: &str) -> HeaderError {
        let what = why.trim_end_matches('.').to_string();
        self.error((None, HeaderFault::NoTable { what }))
    }

    /// What cannot be read as one may be read by its first sheet.
    fn joined_sheets(self, sheets: &[Sheet]) -> Option<PainLog> {
        let words = Vocabulary::shared();
        let header = |sheet: &Sheet| plan::header_of(&sheet.text, words, self.options);
        let joined = workbook::join(sheets, header)?;
        if joined.sheet.text.len() > MAX_BYTES {
            return None;
        }
        let mut log = self.text(&text_of(&joined.sheet)).ok()?;
        log.understood.insert(0, joined.told);
        tell_of_sheets(&mut log, sheets, joined.count, &joined.sheet);
        Some(log)
    }

    /// The first sheet that can be read; the error of the first that is not empty when none can.
    fn first_sheet(self, sheets: &[Sheet]) -> Result<PainLog, HeaderError> {
        let mut first_error = None;
        for sheet in sheets {
            match self.sheet(sheet) {
                Ok(mut log) => {
                    log.understood.splice(0..0, which_sheet(sheets, sheet));
                    tell_of_sheets(&mut log, sheets, 1, sheet);
                    return Ok(log);
                }
                Err(error) if matches!(error.fault, HeaderFault::Empty) => {}
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        Err(first_error.unwrap_or_else(|| self.error((None, HeaderFault::Empty))))
    }

    fn sheet(self, sheet: &Sheet) -> Result<PainLog, HeaderError> {
        match sheet.is_too_large {
            true => Err(self.too_large(MAX_BYTES + 1, MAX_BYTES)),
            false => self.text(&text_of(sheet)),
        }
    }

    fn text(self, text: &Text) -> Result<PainLog, HeaderError> {
        let words = Vocabulary::shared();
        let options = &remembered(&text.text, self.options);
        let plan = Plan::of(&text.text, words, self.place, options)?;
        let error = |fault| self.error(fault);
        let mut look = FirstLook::at(&text.text, &plan, options).map_err(error)?;
        let (reading, coding_remark) = look.reading(&plan, options).map_err(error)?;
        let reader = RowReader::new(&plan, words, reading, options);
        let mut gathering = Gathering::new(self.place, text, look.rows, look.fills_down());
        gathering.copies_of = take(&mut look.copies);
        gathering.rows(&text.text, &plan, &reader);
        let mut log = gathering.into_log(self.place, understood(text, &plan, &look, options));
        log.columns = columns_read(&plan);
        let remarks = plan.remarks.iter().cloned();
        log.remarks
            .extend(remarks.chain(coding_remark).chain(look.decimals_remark()));
        Ok(log)
    }
}

fn text_of(sheet: &Sheet) -> Text<'_> {
    Text {
        text: Cow::Borrowed(&sheet.text),
        encoding: "a workbook",
        nul_lines: Vec::new(),
    }
}

fn which_sheet(sheets: &[Sheet], sheet: &Sheet) -> Option<String> {
    let (count, name) = (sheets.len(), clipped(&sheet.name));
    (count > 1).then(|| format!("Of {count} sheets, \"{name}\" was read."))
}

/// Remarks on the sheets that were not read, and on what of the one that was cannot be.
fn tell_of_sheets(log: &mut PainLog, sheets: &[Sheet], read: usize, sheet: &Sheet) {
    log.remarks.extend(others_told(other_logs(sheets, read)));
    log.remarks.extend(unread_cells(sheet));
}

/// How many sheets read as a log beyond those that were read.
fn other_logs(sheets: &[Sheet], read: usize) -> usize {
    let logs = sheets
        .iter()
        .filter(|sheet| text_resembles(&sheet.text) == Resembles::Log);
    logs.count().saturating_sub(read)
}

fn others_told(others: usize) -> Option<String> {
    let sheets = counted(
        others,
        "other sheet of the workbook reads",
        "other sheets of the workbook read",
    );
    (others > 0).then(|| {
        format!("{sheets} as a pain log too and was not read: put all rows into one sheet.")
    })
}

/// Cells of a sheet that cannot be read, a sentence each.
fn unread_cells(sheet: &Sheet) -> Vec<String> {
    let sentences = [errors_told(sheet), beyond_told(sheet)];
    sentences.into_iter().flatten().collect()
}

fn errors_told(sheet: &Sheet) -> Option<String> {
    let cells = counted(sheet.errors, "cell holds", "cells hold");
    (sheet.errors > 0)
        .then(|| format!("{cells} a spreadsheet's error and no value; they count as blank."))
}

fn beyond_told(sheet: &Sheet) -> Option<String> {
    let cells = counted(sheet.beyond, "cell lies", "cells lie");
    (sheet.beyond > 0).then(|| {
        format!("{cells} beyond the {MAX_ROWS} rows and 256 columns that niggle reads of a sheet.")
    })
}

/// Lines looked at for what a log remembers of its own form.
const MAX_COMMENTS: usize = 100;

/// The options with what a comment of the log itself remembers (`# niggle: --pain-scale 0-5`); the command line goes before it.
pub(super) fn remembered(text: &str, options: &Options) -> Options {
    let mut all = options.clone();
    let comments = text.lines().take(MAX_COMMENTS).filter_map(|line| {
        line.trim_matches(['"', ',', ';'])
            .strip_prefix("# niggle: ")
    });
    for comment in comments {
        all.scale = all.scale.or_else(|| remembered_scale(comment));
        if let Some(column) = remembered_column(comment) {
            let is_named = all.columns.iter().any(|known| known.role == column.role);
            all.columns.extend((!is_named).then_some(column));
        }
    }
    all
}

fn remembered_scale(comment: &str) -> Option<Scale> {
    comment.strip_prefix(PAIN_SCALE)?.trim().parse().ok()
}

fn remembered_column(comment: &str) -> Option<NamedColumn> {
    let column = comment.strip_prefix(COLUMN)?.trim().replace('"', "");
    NamedColumn::parse(&column).ok()
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
