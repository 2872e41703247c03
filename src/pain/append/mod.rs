//! A new row for a log that its keeper, a spreadsheet or a form began: in that file's own columns, words, dates, scale and encoding,
//! behind what stands there, of which nothing is touched.
//!
//! Bytes in, bytes to put behind them out. They are only handed out when the whole has been read back and says what it said before
//! and the new row what was asked.

mod check;
mod day;
mod draft;
mod form;
mod rated;
mod said;

use super::{
    Entry, Function, HeaderError, HeaderFault, MAX_NOTE_CHARS, Options, PainLog, Place, Scale,
    Sign, Site, Template,
    cells::rating_text,
    first_look::FirstLook,
    gathering::key,
    is_workbook,
    log::{read, remembered},
    places::is_all_clear,
    plan::Plan,
    records::Record,
    rows::{Keyed, Reading},
    site_text, template,
    text::decode,
    words::{Vocabulary, fold, likely_site},
};
use check::{Expected, of_the_row, rest_is_the_same};
use chrono::NaiveDate;
use draft::Draft;
use form::Form;
pub use said::{Said, function_called, moment_called, said, sign_called, stated};
use std::collections::BTreeMap;
use thiserror::Error;

/// What a new row is to say.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRow {
    /// The local day.
    pub date: NaiveDate,
    /// Where, how much, when, and a note.
    pub said: Said,
    /// What it did to running.
    pub function: Option<Function>,
    /// Signs beside it.
    pub signs: Vec<Sign>,
    /// Every place that is not named is free of pain.
    pub others_clear: bool,
}

/// A rating as it was said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stated {
    /// A number on the scale of the log.
    OnItsScale(f64),
    /// A number of a scale that was named with it: `3/10`.
    Of(f64, Scale),
}

/// What is to be put behind a log, and what the log says with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Appended {
    /// The bytes of the new row; empty when the very row stands there already.
    pub tail: Vec<u8>,
    /// The log with the row.
    pub log: PainLog,
    /// What niggle understands by the row: `left knee 3 of 10, during the run, Sun 5 Oct 2025`.
    pub row: String,
    /// What could not be written as it was said, and what else there is to know, a sentence each.
    pub told: Vec<String>,
}

/// Why no row was made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The log cannot be read.
    #[error("{0}")]
    Unread(#[from] HeaderError),
    /// The log can be read, and the row cannot be put into it.
    #[error("{place}: {why} Nothing was written.")]
    NoRow {
        /// The file.
        place: String,
        /// A sentence or two: what is in the way, and what to do.
        why: String,
    },
}

/// A row behind a log; a file without a byte becomes a log. `place` is how the file is called in messages.
///
/// # Errors
/// [`Refusal`] when the log cannot be read, or when the row cannot be written so that it is read back with what it says.
pub fn append(
    bytes: &[u8],
    place: &str,
    row: &NewRow,
    options: &Options,
) -> Result<Appended, Refusal> {
    let refused = |why: String| Refusal::NoRow {
        place: place.to_string(),
        why,
    };
    if is_workbook(bytes) {
        return Err(refused(IS_WORKBOOK.to_string()));
    }
    if bytes.is_empty() {
        return begun(place, row, options);
    }
    let log = Log::of(bytes, place, options)?;
    log.with(row).map_err(refused)
}

const IS_WORKBOOK: &str = "a row can only be put into a text file, and this is a spreadsheet's workbook: save it as CSV (UTF-8) and \
    name that file, or write the row into the workbook yourself.";

/// A log of this one row.
fn begun(place: &str, row: &NewRow, options: &Options) -> Result<Appended, Refusal> {
    let head = match row.others_clear {
        true => Template::Full.header(options.scale),
        false => template::begun(options.scale),
    };
    let mut appended = append(head.as_bytes(), place, row, options)?;
    appended.tail.splice(0..0, head.into_bytes());
    Ok(appended)
}

/// A log as it stands, and all that is known of its form.
struct Log<'a> {
    bytes: &'a [u8],
    place: &'a str,
    options: Options,
    log: PainLog,
}

/// The text of a log and how its rows are read.
struct Read<'a> {
    plan: Plan,
    reading: Reading,
    rows: Vec<Record<'a>>,
}

impl<'a> Log<'a> {
    fn of(bytes: &'a [u8], place: &'a str, options: &Options) -> Result<Self, HeaderError> {
        Ok(Log {
            bytes,
            place,
            options: remembered(&decode(bytes).text, options),
            log: read(bytes, place, options)?,
        })
    }

    fn with(self, row: &NewRow) -> Result<Appended, String> {
        self.check_is_understood()?;
        let text = decode(self.bytes);
        let before = self.read(&text.text)?;
        let form = Form::of(self.bytes, &before.plan, &before.rows);
        let draft = Draft::of(row, &before, &form)?;
        let line = form.line(&draft.cells)?;
        if before.rows.iter().any(|row| row.raw == line) {
            return Ok(self.unchanged(&draft));
        }
        let tail = form.tail(&line)?;
        let whole = [self.bytes, &tail].concat();
        let log = read(&whole, self.place, &self.options).map_err(|error| error.to_string())?;
        let keyed = self.last_row(&whole, &draft.expected)?;
        rest_is_the_same(&self.log, &log, &keyed)?;
        let mut told = draft.told;
        told.extend(same_as_before(&self.log, &keyed));
        told.extend(beside_pain(&self.log, &keyed));
        told.extend(unknown_places(&self.log, &draft.expected));
        Ok(Appended {
            tail,
            row: draft.expected.text(),
            log,
            told,
        })
    }

    /// A file of which not one row can be used is not understood, whatever its header says.
    fn check_is_understood(&self) -> Result<(), String> {
        let rows = self.log.rows;
        match rows > 0 && self.log.unusable_rows == rows {
            true => Err(format!(
                "niggle can use none of the {rows} rows that are there; `niggle pain check` says why."
            )),
            false => Ok(()),
        }
    }

    /// How a text is read, and its rows that count.
    fn read<'t>(&self, text: &'t str) -> Result<Read<'t>, String> {
        let words = Vocabulary::shared();
        let plan = Plan::of(text, words, self.place, &self.options);
        let plan = plan.map_err(|error| error.to_string())?;
        let fault = |(_, fault): (_, HeaderFault)| fault.to_string();
        let look = FirstLook::at(text, &plan, &self.options).map_err(fault)?;
        let (reading, _) = look.reading(&plan, &self.options).map_err(fault)?;
        let rows = plan.data_rows(text).flatten().collect();
        Ok(Read {
            plan,
            reading,
            rows,
        })
    }

    /// The entries of the last row of all, once it is known that they say what they should.
    fn last_row(&self, whole: &[u8], expected: &Expected) -> Result<Vec<Keyed>, String> {
        let text = decode(whole);
        let read = self.read(&text.text)?;
        of_the_row(
            &read.plan,
            read.reading,
            &read.rows,
            &self.options,
            expected,
        )
    }

    /// The very row stands there already.
    fn unchanged(self, draft: &Draft) -> Appended {
        let row = draft.expected.text();
        let told = vec!["This very row is in the log already: nothing was written.".to_string()];
        Appended {
            tail: Vec::new(),
            log: self.log,
            row,
            told,
        }
    }
}

/// A row about the same place and moment of that day that was there before.
fn same_as_before(old: &PainLog, keyed: &[Keyed]) -> Option<String> {
    let is_same = |entry: &&Entry| keyed.iter().any(|keyed| key(&keyed.entry) == key(entry));
    let entry = old.entries.iter().find(is_same)?;
    let rated = match entry.pain {
        Some(pain) => format!("with {}", rating_text(pain)),
        None => "without a rating".to_string(),
    };
    Some(format!(
        "Line {} is about the same place and moment of that day, {rated}: both rows stay, and the higher rating counts.",
        entry.line
    ))
}

/// What an all-clear means beside pain of that day, which it does not take back.
fn beside_pain(old: &PainLog, keyed: &[Keyed]) -> Option<String> {
    let clear = keyed.iter().find(|keyed| is_all_clear(&keyed.entry))?;
    let sore = old.entries.iter().filter(|entry| {
        entry.date == clear.entry.date && entry.pain.is_some_and(|pain| pain > 0.0)
    });
    let mut highest: BTreeMap<Place, f64> = BTreeMap::new();
    for entry in sore {
        if let (Some(place), Some(pain)) = (entry.place(), entry.pain) {
            let rated = highest.entry(place).or_insert(pain);
            *rated = rated.max(pain);
        }
    }
    let names = highest.iter().map(|((site, side), pain)| {
        format!("{} with {}", site_text(*site, *side), rating_text(*pain))
    });
    let names: Vec<String> = names.collect();
    let are = if names.len() == 1 { "is" } else { "are" };
    (!names.is_empty()).then(|| {
        format!(
            "That day {} {are} logged: the pain stays, and `none` now means that nothing else hurts.",
            crate::words::list(&names)
        )
    })
}

/// Places that niggle has no name for and that the log did not name before.
fn unknown_places(old: &PainLog, expected: &Expected) -> Vec<String> {
    let places = expected.places.iter();
    let unknown = places.filter(|(site, _)| matches!(site, Site::Other(_)));
    let is_new = |site: Site| old.entries.iter().all(|entry| entry.site != Some(site));
    let told = unknown.filter(|(site, _)| is_new(*site)).map(|place| {
        let name = site_text(place.0, place.1);
        let likely = likely_site(&fold(&name));
        let likely = likely.map_or_else(String::new, |near| {
            format!(" If you meant {near}, correct the row.")
        });
        format!(
            "niggle knows no place called \"{name}\": it is kept as a place of your own.{likely}"
        )
    });
    told.collect()
}

#[cfg(test)]
mod tests;
