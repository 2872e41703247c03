//! The log of a whole study: a column says whose a row is. One plan is made of all rows, so that a date order or a scale that one
//! person's rows leave open is settled by another's; then each person's rows go through the reader of a single log when they are asked for.

mod qualtrics;
mod redcap;

use super::{
    HeaderError, HeaderFault, NamedColumn, Options, PainLog,
    first_look::FirstLook,
    gathering::Gathering,
    limits::{MAX_LONG_BYTES, MAX_WORKBOOK_BYTES},
    log::remembered,
    plan::{self, Plan},
    records::{Record, Records},
    rows::{Reading, RowReader},
    same::{Copies, hash},
    text::{Text, decode},
    understood::{columns_read, understood},
    words::Vocabulary,
    workbook,
};
use crate::digest::Digest;
use std::{borrow::Cow, collections::BTreeMap};

/// A log of several people, its rows sorted out and not yet read.
#[derive(Debug)]
pub struct Long {
    place: String,
    text: String,
    plan: Plan,
    reading: Reading,
    fills_down: bool,
    /// What is to be said of the whole, in each person's log as well.
    understood: Vec<String>,
    remarks: Vec<String>,
    options: Options,
    people: BTreeMap<String, Vec<Row>>,
    nobodys: usize,
}

/// Where a row stands in the text.
#[derive(Debug, Clone, Copy)]
struct Row {
    at: usize,
    line: u64,
}

impl Long {
    /// Reads a log whose column `id` says whose a row is; `options` are those of a single log. Ids count as they are written, to the letter.
    ///
    /// # Errors
    /// As [`super::read`], and where no column is called so.
    pub fn read(
        bytes: &[u8],
        place: &str,
        id: &str,
        options: &Options,
    ) -> Result<Long, HeaderError> {
        let reader = Reader { place, id, options };
        match workbook::is_workbook(bytes) {
            true => reader.workbook(bytes),
            false => reader.checked(bytes, MAX_LONG_BYTES).and_then(|bytes| {
                let text = decode(bytes);
                reader.text(text)
            }),
        }
    }

    /// Everyone in it, in order, and how many rows are theirs.
    pub fn people(&self) -> impl Iterator<Item = (&str, usize)> {
        let people = self.people.iter();
        people.map(|(id, rows)| (id.as_str(), rows.len()))
    }

    /// Whether any row is this person's.
    pub fn has(&self, id: &str) -> bool {
        self.people.contains_key(id)
    }

    /// How many rows say something and not whose it is.
    pub fn nobodys(&self) -> usize {
        self.nobodys
    }

    /// What is to be known of the whole, a sentence each.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// One person's rows as a log of their own. Of `options` only the clock and the days that can be believed are the person's; what all have
    /// in common was decided for all. None where no row is theirs.
    pub fn log_of(&self, id: &str, options: &Options) -> Option<PainLog> {
        let rows = self.people.get(id)?;
        let options = Options {
            as_of: options.as_of,
            last_run: options.last_run,
            clock: options.clock.clone(),
            ..self.options.clone()
        };
        let digests = self.records(rows);
        let digests = digests.map(|row| Digest::of_bytes(row.raw.as_bytes()));
        Some(PainLog {
            columns: columns_read(&self.plan),
            remarks: self.remarks.clone(),
            digest: digests.collect(),
            ..self.read_rows(rows, &options)
        })
    }

    fn read_rows(&self, rows: &[Row], options: &Options) -> PainLog {
        let reader = RowReader::new(&self.plan, Vocabulary::shared(), self.reading, options);
        let no_text = Text {
            text: Cow::Borrowed(""),
            encoding: "",
            nul_lines: Vec::new(),
        };
        let mut gathering = Gathering::new(&self.place, &no_text, rows.len(), self.fills_down);
        gathering.copies_of = Copies::among(self.records(rows).map(|row| hash(&row.raw)).collect());
        gathering.records(self.records(rows), &self.plan, &reader);
        gathering.into_log(&self.place, self.understood.clone())
    }

    /// These rows of the text.
    fn records<'l>(&'l self, rows: &'l [Row]) -> impl Iterator<Item = Record<'l>> {
        let mut records = Records::new(&self.text, self.plan.delimiter);
        // What the first record shows of the others is learned once.
        records.next();
        rows.iter().filter_map(move |row| {
            records.go_to(row.at, row.line);
            records.next()?.ok()
        })
    }

    /// Puts every row to whom it is of.
    fn sort_out(&mut self, id: usize) {
        let mut people: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        let mut nobodys = 0;
        for record in self.plan.data_rows(&self.text).flatten() {
            let said = said_by(&self.plan, &record);
            match record.cell(id) {
                _ if !said => {}
                blank if blank.trim().is_empty() => nobodys += 1,
                name => match (people.get_mut(name), self.row(&record)) {
                    (Some(rows), row) => rows.push(row),
                    (None, row) => _ = people.insert(name.to_string(), vec![row]),
                },
            }
        }
        (self.people, self.nobodys) = (people, nobodys);
    }

    /// Where a record of the text stands.
    fn row(&self, record: &Record) -> Row {
        Row {
            at: record.raw.as_ptr().addr() - self.text.as_ptr().addr(),
            line: record.line,
        }
    }
}

/// Whether a row says anything that is read: a study's tool writes a row for every form, and most are about something else.
fn said_by(plan: &Plan, record: &Record) -> bool {
    let mut read = (0..record.fields.len()).filter(|index| plan.read_as(*index).is_some());
    read.any(|index| !record.cell(index).trim().is_empty())
}

/// How a file is called, and how it is read.
struct Reader<'a> {
    place: &'a str,
    id: &'a str,
    options: &'a Options,
}

impl Reader<'_> {
    fn error(&self, (line, fault): plan::Fault) -> HeaderError {
        HeaderError {
            place: self.place.to_string(),
            line,
            fault,
        }
    }

    fn checked<'b>(&self, bytes: &'b [u8], limit: usize) -> Result<&'b [u8], HeaderError> {
        let too_large = HeaderFault::TooLarge {
            bytes: bytes.len(),
            limit,
        };
        match bytes.len() > limit {
            true => Err(self.error((None, too_large))),
            false => Ok(bytes),
        }
    }

    /// The first sheet that can be read; the error of the first that is not empty where none can.
    fn workbook(&self, bytes: &[u8]) -> Result<Long, HeaderError> {
        let no_table = |what: String| {
            let what = what.trim_end_matches('.').to_string();
            self.error((None, HeaderFault::NoTable { what }))
        };
        let bytes = self.checked(bytes, MAX_WORKBOOK_BYTES)?;
        let sheets = workbook::sheets(bytes).map_err(|what| no_table(what.to_string()))?;
        let mut first_error = None;
        for sheet in sheets {
            let text = Text {
                text: Cow::Owned(sheet.text),
                encoding: "a workbook",
                nul_lines: Vec::new(),
            };
            match self.text(text) {
                Ok(log) => return Ok(log),
                Err(error) if error.fault == HeaderFault::Empty => {}
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        Err(first_error.unwrap_or_else(|| self.error((None, HeaderFault::Empty))))
    }

    fn text(&self, mut text: Text) -> Result<Long, HeaderError> {
        if let Some(plain) = qualtrics::plain(&text.text, &self.columns_named()) {
            text.text = Cow::Owned(plain);
        }
        let words = Vocabulary::shared();
        let options = self.options_of(&text.text);
        let plan = Plan::of(&text.text, words, self.place, &options)?;
        let error = |fault| self.error(fault);
        let id = self.column(&plan).map_err(error)?;
        let look = FirstLook::at(&text.text, &plan, &options).map_err(error)?;
        let (reading, coding_remark) = look.reading(&plan, &options).map_err(error)?;
        let remarks = plan.remarks.iter().cloned();
        let remarks = remarks.chain(coding_remark).chain(look.decimals_remark());
        let mut long = Long {
            place: self.place.to_string(),
            reading,
            fills_down: look.fills_down(),
            understood: understood(&text, &plan, &look, &options),
            remarks: remarks.collect(),
            plan,
            options,
            people: BTreeMap::new(),
            nobodys: 0,
            text: String::new(),
        };
        drop(look);
        long.text = text.text.into_owned();
        long.sort_out(id);
        Ok(long)
    }

    /// Columns that are called by their names on the command line.
    fn columns_named(&self) -> Vec<&str> {
        let named = self.options.columns.iter();
        let named = named.map(|column| column.name.as_str());
        named.chain([self.id]).collect()
    }

    /// The options with the columns that are about the rows themselves, which are none of the log.
    fn options_of(&self, text: &str) -> Options {
        let mut options = Options {
            id: Some(self.id.to_string()),
            athlete: None,
            ..remembered(text, self.options)
        };
        let names = plan::names_of(text, Vocabulary::shared(), &options);
        let names = names
            .iter()
            .filter(|name| is_called(name, self.id) || redcap::is_its_own(name));
        let ignored = names.map(|name| NamedColumn {
            role: "ignore",
            name: name.clone(),
        });
        options.columns.extend(ignored);
        options
    }

    /// The field of the ids.
    fn column(&self, plan: &Plan) -> Result<usize, plan::Fault> {
        let exact = plan.names.iter().position(|name| name == self.id);
        let folded = || plan.names.iter().position(|name| is_called(name, self.id));
        let column = exact.or_else(folded);
        column.ok_or_else(|| (Some(plan.line), self.no_column(plan)))
    }

    /// No field is called as that of the ids should be.
    fn no_column(&self, plan: &Plan) -> HeaderFault {
        let found = plan.names.iter().map(|name| crate::words::clipped(name));
        HeaderFault::NoSuchColumn {
            role: "ids",
            name: self.id.to_string(),
            found: found.collect::<Vec<_>>().join(", "),
        }
    }
}

/// Names of columns are the same whatever their capitals, blanks and underscores.
fn is_called(name: &str, wanted: &str) -> bool {
    name == wanted || crate::text::fold::fold(name) == crate::text::fold::fold(wanted)
}

#[cfg(test)]
#[path = "long/tests.rs"]
mod tests;
