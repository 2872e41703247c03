//! The three tables of the pain log, up to the day of the report, for programs and research: places and words in codes, no notes.

use super::{episodes as spells, fixed, ostrc_weeks as weeks, ratings as rows};
use crate::{
    error::Error,
    model::History,
    pain::{Entry, PainLog},
};
use fixed::Column;
use polars::prelude::DataFrame;

/// What a column is, for the data dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// The table: `ratings`, `episodes` or `ostrc_weeks`.
    pub table: &'static str,
    /// The column.
    pub id: &'static str,
    /// Its unit as written, empty for words and counts.
    pub unit: &'static str,
    /// What it is, and what an empty cell means.
    pub about: &'static str,
}

/// One row for each row of the log and place, rated or not, by day, moment and line.
///
/// # Errors
/// [`Error::Render`] when polars refuses.
pub fn ratings(history: &History, pain: &PainLog) -> Result<DataFrame, Error> {
    fixed::frame(rows::COLUMNS, entries(history, pain))
}

/// One row for each spell of pain at a place, by onset and place.
///
/// # Errors
/// As [`ratings`].
pub fn episodes(history: &History, pain: &PainLog) -> Result<DataFrame, Error> {
    let spells = spells::rows(history, entries(history, pain));
    fixed::frame(spells::COLUMNS, &spells)
}

/// One row for each week and place with answers to the weekly OSTRC questions, by week and place.
///
/// # Errors
/// As [`ratings`].
pub fn ostrc_weeks(history: &History, pain: &PainLog) -> Result<DataFrame, Error> {
    fixed::frame(weeks::COLUMNS, &weeks::rows(entries(history, pain)))
}

/// Every column of the three, in their order.
pub fn pain_columns() -> Vec<About> {
    let of_weeks = about("ostrc_weeks", weeks::COLUMNS);
    let of_spells = about("episodes", spells::COLUMNS).chain(of_weeks);
    about("ratings", rows::COLUMNS).chain(of_spells).collect()
}

pub(super) fn about<R>(
    table: &'static str,
    columns: &'static [Column<R>],
) -> impl Iterator<Item = About> {
    columns.iter().map(move |column| About {
        table,
        id: column.id,
        unit: column.unit,
        about: column.about,
    })
}

/// The rows up to the day of the report.
fn entries<'a>(history: &History, pain: &'a PainLog) -> &'a [Entry] {
    let entries = &pain.entries;
    let end = entries.partition_point(|entry| entry.date <= history.as_of);
    entries.get(..end).unwrap_or_default()
}
