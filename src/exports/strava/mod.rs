//! The files of Strava's bulk export: `activities.csv` and `shoes.csv`, in the language of the account.
//!
//! Files are told by their header, in any of eight languages, and by their values where the header's words are not known; the
//! file's name counts for nothing. Numbers and dates are read as the language writes them. A shoe's key is `Brand Model`, with
//! the nickname behind it where it has one, which is what `Activity Gear` holds: the two join by equality.

mod activities;
mod columns;
mod dates;
mod numbers;
mod shoes;
mod table;
mod trouble;
mod words;

#[cfg(test)]
mod strava_tests;

use super::{
    export::{Basis, Export, Said},
    facts::Facts,
};
use crate::text::encoding;
use columns::Columns;
use table::Table;

/// What separates cells: a comma in the export, the others after a spreadsheet saved it.
const DELIMITERS: [u8; 3] = *b",;\t";

/// Separators in a header: of at least three names, and of no more than any spreadsheet has (Strava's longest has 103).
const SEPARATORS: std::ops::RangeInclusive<usize> = 2..=16_384;

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "Strava",
    download: "the zip of the bulk export (export_123.zip)",
    reads: "every recording; titles, sports and runs entered by hand, in eight languages; shoes",
    basis: Basis::RealFiles,
    stream: None,
    recognises: is_export,
    read,
};

/// See [`super::read`].
pub fn read(bytes: &[u8], _name: &str) -> Option<Said> {
    match kind(bytes)? {
        Kind::Activities { table, columns } => {
            let (activities, problems) = activities::read(&table, &columns);
            let facts = Facts {
                activities,
                ..Facts::default()
            };
            Some((facts, problems))
        }
        Kind::Shoes { table, columns } => {
            let (shoes, problems) = shoes::read(&table, columns);
            let facts = Facts {
                shoes,
                ..Facts::default()
            };
            Some((facts, problems))
        }
    }
}

/// See [`super::Export::recognises`]. A file in an unknown language is told only if `head` holds a row that names its recording.
pub fn is_export(head: &[u8], _name: &str) -> bool {
    kind(head).is_some()
}

/// A file that is Strava's.
enum Kind {
    Activities {
        table: Table,
        columns: Columns,
    },
    Shoes {
        table: Table,
        columns: shoes::Columns,
    },
}

fn kind(bytes: &[u8]) -> Option<Kind> {
    if !is_table(bytes) {
        return None;
    }
    let (text, _) = encoding::decode(encoding::whole_characters(bytes));
    DELIMITERS
        .iter()
        .find_map(|delimiter| named(&text, *delimiter))
        .or_else(|| shaped(&text))
}

fn named(text: &str, delimiter: u8) -> Option<Kind> {
    let header = Table::header(text, delimiter);
    if let Some(columns) = Columns::named(&header) {
        let table = Table::read(text, delimiter);
        let columns = columns.complete(&table);
        return Some(Kind::Activities { table, columns });
    }
    let columns = shoes::Columns::named(&header)?;
    Some(Kind::Shoes {
        table: Table::read(text, delimiter),
        columns,
    })
}

/// Only with commas: a file that a spreadsheet saved anew keeps its header, and one of these is enough to guess.
fn shaped(text: &str) -> Option<Kind> {
    let is_wide = Table::header(text, b',').len() > columns::FILE;
    let table = is_wide.then(|| Table::read(text, b','))?;
    let columns = Columns::shaped(&table)?.complete(&table);
    Some(Kind::Activities { table, columns })
}

/// Whether the first line can be a header: what keeps recordings, pictures and archives from being decoded.
fn is_table(bytes: &[u8]) -> bool {
    let line = first_line(bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes));
    is_marked_utf16(bytes) || is_plain(line) && has_separators(line)
}

fn is_marked_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..])
}

fn first_line(text: &[u8]) -> &[u8] {
    text.trim_ascii_start()
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .next()
        .unwrap_or_default()
}

/// Whether no control character but a tab is in it, and it begins no XML or JSON.
fn is_plain(line: &[u8]) -> bool {
    !line.iter().any(|byte| *byte < 0x20 && *byte != b'\t')
        && !matches!(line, [b'<' | b'{' | b'[', ..])
}

fn has_separators(line: &[u8]) -> bool {
    let counts = DELIMITERS.map(|delimiter| count_of(line, delimiter));
    counts.iter().any(|count| count >= SEPARATORS.start())
        && counts.iter().all(|count| count <= SEPARATORS.end())
}

fn count_of(line: &[u8], delimiter: u8) -> usize {
    line.iter().filter(|byte| **byte == delimiter).count()
}
