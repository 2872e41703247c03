//! The tables: what a report has of them, and `niggle tables`, which writes them alone.

use super::{
    File, Maker, Output, data_dictionary, text_file,
    write::{remove, write_all},
};
use crate::{
    analysis::Analysis,
    digest::Digest,
    error::Error,
    frames::{self, Frames},
    model::{History, Merge},
    pain::PainLog,
    problem::Problem,
    source::TABLES,
};
use chrono::NaiveDate;
use serde::Serialize;

/// What the tables are made of: a report's, or what stands before anything is judged.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// The calendar.
    pub history: &'a History,
    /// Its days and weeks.
    pub frames: &'a Frames,
    /// The pain log.
    pub pain: &'a PainLog,
    /// Every copy that was merged.
    pub merges: &'a [Merge],
    /// Every problem, by place.
    pub problems: &'a [Problem],
}

impl<'a> Tables<'a> {
    /// Those of a report.
    pub(super) fn of(analysis: &'a Analysis, frames: &'a Frames) -> Self {
        Tables {
            history: &analysis.history,
            frames,
            pain: &analysis.pain,
            merges: &analysis.merges,
            problems: &analysis.problems,
        }
    }
}

/// As what the tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Text, for spreadsheets.
    Csv,
    /// For programs, with types.
    Parquet,
    /// As both.
    #[default]
    Both,
}

impl Form {
    fn has(self, table: &Table) -> bool {
        match self {
            Form::Both => true,
            Form::Csv => table.0.ends_with(CSV),
            Form::Parquet => table.0.ends_with(PARQUET),
        }
    }
}

const CSV: &str = ".csv";
const PARQUET: &str = ".parquet";

/// Makes one file.
type Make = fn(&Tables) -> Result<Vec<u8>, Error>;

/// A file's name, and what makes it.
type Table = (&'static str, Make);

/// Every table, in both forms. The pain log's rows are not called `pain.csv`: that is how people call their own log, which may lie in
/// the folder.
const ALL: [Table; 12] = [
    ("runs.csv", |of| frames::csv(frames::runs(of.history))),
    ("runs.parquet", |of| {
        frames::parquet(frames::runs(of.history))
    }),
    ("days.csv", |of| frames::csv([Ok(of.frames.days.clone())])),
    ("days.parquet", |of| {
        frames::parquet([Ok(of.frames.days.clone())])
    }),
    ("weeks.csv", |of| frames::csv([Ok(of.frames.weeks.clone())])),
    ("weeks.parquet", |of| {
        frames::parquet([Ok(of.frames.weeks.clone())])
    }),
    ("ratings.csv", |of| {
        frames::csv([frames::ratings(of.history, of.pain)])
    }),
    ("ratings.parquet", |of| {
        frames::parquet([frames::ratings(of.history, of.pain)])
    }),
    ("episodes.csv", |of| {
        frames::csv([frames::episodes(of.history, of.pain)])
    }),
    ("episodes.parquet", |of| {
        frames::parquet([frames::episodes(of.history, of.pain)])
    }),
    ("ostrc_weeks.csv", |of| {
        frames::csv([frames::ostrc_weeks(of.history, of.pain)])
    }),
    ("ostrc_weeks.parquet", |of| {
        frames::parquet([frames::ostrc_weeks(of.history, of.pain)])
    }),
];

/// The lists beside them, which are for reading.
const LISTS: [Table; 3] = [
    ("other_sports.csv", |of| {
        frames::csv([frames::other_sports(&of.history.others)])
    }),
    ("merges.csv", |of| frames::csv([frames::merges(of.merges)])),
    ("problems.csv", |of| frames::problems_csv(of.problems)),
];

/// The tables in this form, and the lists.
pub(super) fn makers<'a>(tables: Tables<'a>, form: Form) -> impl Iterator<Item = Maker<'a>> {
    let wanted = ALL.into_iter().filter(move |table| form.has(table));
    wanted.chain(LISTS).map(move |(name, make)| -> Maker {
        Box::new(move || -> Result<File, Error> { Ok((name.to_string(), make(&tables)?)) })
    })
}

/// What the tables were made from, in a file of its own by which niggle knows the folder again.
#[derive(Debug, Serialize)]
struct Origin {
    niggle_version: &'static str,
    as_of: NaiveDate,
    digest: String,
}

/// Writes the tables, the lists and the data dictionary into `output`, and nothing else. Tables of another form that lie there from the
/// time before go: they would be of other runs.
///
/// # Errors
/// [`Error::Render`] when a table cannot be made, [`Error::Output`] when a file cannot be written.
pub fn write_tables(
    tables: Tables,
    digest: Digest,
    form: Form,
    output: &Output,
) -> Result<(), Error> {
    let origin = origin(&tables, digest).map_err(|error| Error::render(TABLES, &error))?;
    let texts = [(TABLES, origin), ("data_dictionary.md", data_dictionary())];
    let texts = texts.map(|(name, text)| text_file(name, text));
    let texts = texts.map(|text| -> Maker { Box::new(move || Ok(text.clone())) });
    let files: Vec<Maker> = makers(tables, form).chain(texts).collect();
    write_all(output, &files)?;
    let unwanted = ALL.iter().filter(|table| !form.has(table));
    remove(output.path(), unwanted.map(|(name, _)| *name));
    Ok(())
}

fn origin(tables: &Tables, digest: Digest) -> serde_json::Result<String> {
    let origin = Origin {
        niggle_version: env!("CARGO_PKG_VERSION"),
        as_of: tables.history.as_of,
        digest: digest.to_string(),
    };
    serde_json::to_string_pretty(&origin).map(|text| text + "\n")
}
