//! The form of a file, kept as data: how its text is encoded, how its lines end, what separates cells and which stand in quotes.

use crate::pain::{
    plan::Plan,
    records::{MAX_FIELDS, Record},
};
use crate::text::encoding;
use std::iter::repeat_n;

/// Rows that are looked at for the habits of a file.
const LOOKED_AT: usize = 20;

/// How a file writes a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Form {
    coding: &'static encoding::Encoding,
    line_end: &'static str,
    ends_with_line: bool,
    delimiter: char,
    /// Rows stand between pipes.
    is_table: bool,
    /// Cells of a row.
    pub width: usize,
    /// All cells stand in quotes, blank ones too.
    quotes_all: bool,
    /// Columns whose text stands in quotes though it need not.
    quoted: Vec<bool>,
    /// Numbers are written with a comma.
    pub decimal_comma: bool,
}

impl Form {
    pub(super) fn of(bytes: &[u8], plan: &Plan, rows: &[Record]) -> Form {
        let (text, coding) = encoding::decode(bytes);
        let recent = rows
            .get(rows.len().saturating_sub(LOOKED_AT)..)
            .unwrap_or_default();
        let line_end = line_end(&text);
        Form {
            coding,
            line_end,
            ends_with_line: text.ends_with(['\n', '\r']),
            delimiter: char::from(plan.delimiter),
            is_table: plan.delimiter == b'|'
                && recent
                    .iter()
                    .any(|row| row.raw.trim_start().starts_with('|')),
            width: width(plan, recent),
            quotes_all: recent
                .last()
                .is_some_and(|row| all_quoted(row, plan.delimiter)),
            quoted: quoted_columns(recent, plan.delimiter),
            decimal_comma: has_decimal_commas(plan, rows),
        }
    }

    /// The row as text, without its line end.
    pub(super) fn line(&self, cells: &[String]) -> Result<String, String> {
        if self.is_table {
            return table_row(cells);
        }
        let cells: Vec<String> = cells
            .iter()
            .enumerate()
            .map(|(at, cell)| self.cell(at, cell))
            .collect();
        Ok(cells.join(&self.delimiter.to_string()))
    }

    fn cell(&self, at: usize, cell: &str) -> String {
        let is_habit = self.quoted.get(at).is_some_and(|is_quoted| *is_quoted);
        let is_quoted =
            self.quotes_all || (is_habit && !cell.is_empty()) || self.needs_quotes(cell);
        match is_quoted {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.to_string(),
        }
    }

    fn needs_quotes(&self, cell: &str) -> bool {
        cell.contains([self.delimiter, '"', '\n', '\r'])
            || cell.trim() != cell
            || cell.starts_with('#')
    }

    /// What is to be put behind the file: the line in its encoding, with the line ends that it has.
    pub(super) fn tail(&self, line: &str) -> Result<Vec<u8>, String> {
        let text = match self.ends_with_line {
            true => format!("{line}{}", self.line_end),
            false => format!("{}{line}", self.line_end),
        };
        encoding::encode(&text, self.coding).map_err(|letter| {
            format!(
                "the letter \"{letter}\" cannot be written in the file's encoding, {}: write it another way, or save the file as UTF-8.",
                self.coding.name()
            )
        })
    }
}

/// The last line end of a text.
fn line_end(text: &str) -> &'static str {
    let end = text.trim_end_matches(['\r', '\n']).len();
    let last = text.get(end..).filter(|tail| !tail.is_empty());
    let front = || {
        text.rfind(['\r', '\n'])
            .and_then(|at| text.get(at.saturating_sub(1)..=at))
    };
    match last.or_else(front) {
        Some(ends) if ends.ends_with("\r\n") => "\r\n",
        Some(ends) if ends.ends_with('\r') => "\r",
        _ => "\n",
    }
}

/// As many cells as the header has, and as many more as rows have that a program ended with blank ones.
fn width(plan: &Plan, recent: &[Record]) -> usize {
    let named = plan.names.len();
    let last = recent.last().map(|row| row.fields.as_slice());
    let behind = last
        .and_then(|fields| fields.get(named..))
        .unwrap_or_default();
    let is_blank = behind.iter().all(|field| field.trim().is_empty());
    let more = if is_blank { behind.len() } else { 0 };
    (named + more).min(MAX_FIELDS)
}

/// Which fields of a row stand in quotes.
fn quoted_fields(raw: &str, delimiter: u8) -> Vec<bool> {
    let (mut fields, mut is_inside, mut is_start) = (Vec::new(), false, true);
    for byte in raw.bytes().chain([delimiter]) {
        if is_start {
            fields.push(byte == b'"');
        }
        let is_quoted = fields.last().is_some_and(|quoted| *quoted);
        is_inside ^= byte == b'"' && is_quoted;
        is_start = byte == delimiter && !is_inside;
    }
    fields
}

fn all_quoted(row: &Record, delimiter: u8) -> bool {
    quoted_fields(row.raw, delimiter)
        .iter()
        .all(|quoted| *quoted)
}

/// Columns whose filled cells all stand in quotes, at least one of them without need.
fn quoted_columns(recent: &[Record], delimiter: u8) -> Vec<bool> {
    let mut columns: Vec<(bool, bool)> = Vec::new();
    for row in recent {
        let quoted = quoted_fields(row.raw, delimiter);
        let more = row.fields.len().saturating_sub(columns.len());
        columns.extend(repeat_n((true, false), more));
        for ((field, quoted), (always, needless)) in row.fields.iter().zip(quoted).zip(&mut columns)
        {
            *always &= quoted || field.is_empty();
            *needless |=
                quoted && !field.is_empty() && !field.contains([char::from(delimiter), '"', '\n']);
        }
    }
    columns
        .into_iter()
        .map(|(always, needless)| always && needless)
        .collect()
}

/// By the ratings that are there; without any that tells, semicolons are of places that write commas.
fn has_decimal_commas(plan: &Plan, rows: &[Record]) -> bool {
    let cells = rows.iter().rev().flat_map(|row| {
        let ratings = plan.ratings.iter();
        ratings.map(|column| row.cell(column.index))
    });
    let mut signs = cells.filter_map(decimal_sign);
    signs
        .next()
        .map_or(plan.delimiter == b';', |sign| sign == ',')
}

/// The sign between the digits of a cell that is a decimal.
fn decimal_sign(cell: &str) -> Option<char> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    [',', '.'].into_iter().find(|sign| {
        let parts = cell.trim().split_once(*sign);
        parts.is_some_and(|(whole, part)| is_digits(whole) && is_digits(part))
    })
}

fn table_row(cells: &[String]) -> Result<String, String> {
    if cells.iter().any(|cell| cell.contains('|')) {
        return Err(
            "the log is a table of pipes, and a | cannot stand in its cells: write it another way."
                .to_string(),
        );
    }
    Ok(format!("| {} |", cells.join(" | ")))
}
